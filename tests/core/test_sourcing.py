"""Sources are described, found, merged and removed, and nothing that was said of them is lost."""

import pytest

from core import capturing, known_sources, sourcing
from core.archive import Archive
from core.claims import Acquisition, SourceId
from core.errors import Refused
from core.records import ImageId
from core.store import claims
from tests.core.filling import add_image, tag


@pytest.fixture
def stocked(new: Archive) -> Archive:
    """Three images, the first one tagged."""
    with new.action("Stock"):
        ids = [add_image(new, number) for number in (1, 2, 3)]
        tag(new, ids[0], type="SA.PIS", made_in="HUN")
    return new


def names(archive: Archive, words: str) -> list[str]:
    return [found.source.name for found in known_sources.find(archive, words)]


def test_a_source_is_found_by_folded_words_over_all_that_names_it(stocked: Archive) -> None:
    sourcing.add(stocked, {"account": "@Калаш_news", "type": "messaging_channel"})
    sourcing.add(stocked, {"title": "A day at Łódź", "publisher": "Agency", "url": "https://example.org/lodz"})
    assert names(stocked, "калаш") == ["@Калаш_news"]
    assert names(stocked, "lodz AGENCY") == ["A day at Łódź"]
    assert names(stocked, "agency news") == []
    assert names(stocked, "") == ["@Калаш_news", "A day at Łódź"]


def test_a_source_is_found_by_its_platform(stocked: Archive) -> None:
    sourcing.add(stocked, {"account": "@arms", "platform": "telegram"})
    sourcing.add(stocked, {"account": "@arms", "platform": "x_twitter"})
    assert [one.source.platform for one in known_sources.find(stocked, "arms twitter")] == ["x_twitter"]


def test_adding_and_changing_are_one_step_each_with_a_label(stocked: Archive) -> None:
    source = sourcing.add(stocked, {"account": " @arms ", "reliability": "C"})
    assert stocked.undo_label == "Add source “@arms”"
    sourcing.change(stocked, source, {"reliability": "E", "account": "@arms"})
    assert stocked.undo_label == "Source “@arms”: reliability"
    stocked.undo()
    assert sourcing.get(stocked, source).reliability == "C"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "needs at least"),
        ({"note": "somebody"}, "needs at least"),
        ({"account": "a", "type": "rumour"}, "no type of source"),
        ({"account": "a", "reliability": "Z"}, "no reliability"),
        ({"account": "a", "colour": "red"}, "no field “colour”"),
        ({"url": "https://example.org/\x00"}, "control characters"),
        ({"title": "one\ntwo"}, "control characters"),
    ],
)
def test_what_makes_no_source_is_refused(stocked: Archive, said: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        sourcing.add(stocked, said)


def test_a_source_cannot_be_emptied(stocked: Archive) -> None:
    source = sourcing.add(stocked, {"account": "@arms"})
    with pytest.raises(Refused, match="needs at least"):
        sourcing.change(stocked, source, {"account": ""})


def test_merging_moves_captures_and_claims_and_keeps_what_was_said(stocked: Archive) -> None:
    gone = sourcing.add(stocked, {"account": "@arms_old", "publisher": "Ada", "note": "closed"})
    kept = sourcing.add(stocked, {"account": "@arms", "note": "open"})
    capturing.put_under(stocked, [ImageId(1), ImageId(2)], gone)
    with stocked.action("Claim"):
        sighting = stocked.db.conn.execute("SELECT id FROM sighting").fetchone()[0]
        claims.add(stocked.db, sighting, Acquisition(route="unknown", source_id=gone), "Ada")
    before = stocked.generation
    sourcing.merge(stocked, gone, kept)
    assert stocked.generation == before + 1
    (standing,) = known_sources.find(stocked)
    assert (standing.source.id, standing.captures, standing.claims) == (kept, 2, 1)
    assert standing.source.publisher == "Ada"
    assert standing.source.note == "open\nclosed\nAlso recorded as: account “@arms_old”."
    stocked.undo()
    assert [(one.source.id, one.captures) for one in known_sources.find(stocked)] == [(kept, 0), (gone, 2)]


def test_a_source_is_called_as_before_after_another_was_merged_into_it(stocked: Archive) -> None:
    kept = sourcing.add(stocked, {"title": "Report"})
    sourcing.merge(stocked, sourcing.add(stocked, {"account": "@press", "language": "ru"}), kept)
    found = sourcing.get(stocked, kept)
    assert (found.name, found.language, found.note) == ("Report", "ru", "Also recorded as: account “@press”.")


def test_a_source_is_not_merged_into_itself_or_one_that_is_gone(stocked: Archive) -> None:
    source = sourcing.add(stocked, {"account": "@arms"})
    with pytest.raises(Refused, match="into itself"):
        sourcing.merge(stocked, source, source)
    with pytest.raises(Refused, match="not in the archive any more"):
        sourcing.merge(stocked, source, SourceId(99))


def test_only_a_source_from_which_nothing_comes_is_removed(stocked: Archive) -> None:
    used, unused = (sourcing.add(stocked, {"account": name}) for name in ("@used", "@unused"))
    capturing.put_under(stocked, [ImageId(1)], used)
    with pytest.raises(Refused, match="“@used”, so it stays"):
        sourcing.remove(stocked, [unused, used])
    sourcing.remove(stocked, [unused])
    assert names(stocked, "") == ["@used"]
    assert stocked.undo_label == "Remove source “@unused”"


def test_where_each_image_was_collected_is_told_by_content(stocked: Archive) -> None:
    one, other = (sourcing.add(stocked, {"account": name}) for name in ("@one", "@other"))
    capturing.put_under(stocked, [ImageId(1), ImageId(2)], one)
    capturing.add(stocked, ImageId(2), {"source_id": other})
    found = known_sources.collected(stocked)
    assert found.names == {one: "@one", other: "@other"}
    assert sorted(found.by_hash.values()) == [(one,), (one, other)]
