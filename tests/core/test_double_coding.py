"""Double coding: who codes what and when, that neither sees the other, and how agreement becomes the record."""

from pathlib import Path

import pytest

from core import (
    analysis,
    describing,
    duplicates,
    looking,
    record_history,
    reviewing,
    search,
    tag_values,
    tagging,
)
from core.archive import Archive
from core.blind_coding import coding_agreement, double_coding
from core.errors import Refused
from core.exporting import EXPORTERS, export
from core.records import ImageId, Match, SightingId
from core.store import claimed, codings, sightings
from core.tagging import Tag
from tests.core.coding_set import SET, as_, close, code, shown
from tests.core.filling import add_image, dump, sha_of


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Five untagged images, the first four of them in a set that Ada and Ben code."""
    with new.action("Import 5 images"):
        found = [add_image(new, number) for number in range(5)]
    double_coding.make(new, SET, found[:4], ["Ada", "Ben"])
    return found


def test_a_set_says_who_codes_how_many_images(new: Archive, ids: list[ImageId]) -> None:
    (made,) = double_coding.every(new)
    assert (made.name, made.images, made.settled, made.closed) == (SET, 4, 0, False)
    assert [coder.name for coder in made.coders] == ["Ada", "Ben"]
    assert new.undo_label == "Make the coding set “Pilot” of 4 images"
    assert list(search.find(new, search.parse(new, "set:pilot"))) == ids[:4]


@pytest.mark.parametrize(
    ("name", "coders", "words"),
    [
        (" ", ["Ada", "Ben"], "needs a name"),
        (SET, ["Ada", "Ben"], "already"),
        ("Two", ["Ada"], "two coders"),
        ("Two", ["Ada", "Ada "], "two coders"),
        ("Two", ["Ada", " "], "two coders"),
        ("Two", ["Ada", "Ben", "Cleo"], "two coders"),
    ],
)
def test_a_set_needs_a_name_of_its_own_and_two_coders(
    new: Archive, ids: list[ImageId], name: str, coders: list[str], words: str
) -> None:
    before = dump(new)
    with pytest.raises(Refused, match=words):
        double_coding.make(new, name, ids[4:], coders)
    assert dump(new) == before


def test_an_image_is_refused_that_is_tagged_or_waits_in_another_set(new: Archive, ids: list[ImageId]) -> None:
    with pytest.raises(Refused, match="waits in the coding set “Pilot”"):
        double_coding.make(new, "Two", ids[3:], ["Ada", "Ben"])
    code(new, "Cleo", ids[4], type="SA.PIS")
    with pytest.raises(Refused, match="tagged already"):
        double_coding.make(new, "Two", ids[4:], ["Ada", "Ben"])
    with pytest.raises(Refused, match="select some"):
        double_coding.make(new, "Two", [], ["Ada", "Ben"])


def test_copies_count_for_each_other_and_one_of_them_is_taken(new: Archive) -> None:
    with new.action("Import 4 images"):
        found = [add_image(new, number) for number in range(4)]
    for a, b in ((0, 1), (2, 3)):
        duplicates.decide(new, from_sha256=sha_of(a), to_sha256=sha_of(b), verdict="same_picture")
    report = double_coding.make(new, SET, found[:2], ["Ada", "Ben"])
    assert (report.coding_set.images, report.copies) == (1, 1)
    code(new, "Cleo", found[2], type="SA.PIS")
    with pytest.raises(Refused, match="tagged already"):
        double_coding.make(new, "Two", found[3:], ["Ada", "Ben"])


def test_each_coder_sees_the_own_work_alone(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS")
    code(new, "Ben", ids[0], type="SA.REV")
    for who, seen in (("Ada", ["SA.PIS"]), ("Ben", ["SA.REV"]), ("Cleo", [])):
        found = [one.identification.type for one in shown(as_(new, who), ids[0]) if one.identification]
        assert found == seen, who
    assert not list(search.find(new, search.parse(new, "type:SA")))


def test_progress_is_ones_own_until_both_have_closed(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS")
    code(new, "Ada", ids[1], type="SA.PIS")
    code(new, "Ben", ids[0], type="SA.REV")
    assert [coder.done for coder in double_coding.get(as_(new, "Ada"), SET).coders] == [2, None]
    assert [coder.done for coder in double_coding.get(as_(new, "Cleo"), SET).coders] == [None, None]
    close(new, "Ada", "Ben")
    assert [coder.done for coder in double_coding.get(new, SET).coders] == [2, 1]


def test_others_cannot_touch_an_image_that_is_being_coded(new: Archive, ids: list[ImageId]) -> None:
    hers = code(new, "Ada", ids[0], type="SA.PIS")
    as_(new, "Cleo")
    before = dump(new)
    attempts = (
        lambda: tagging.tag(new, ids[:1], Tag("SA.REV")),
        lambda: tag_values.untag(new, ids[:1], "type", "SA.PIS"),
        lambda: tagging.set_image_notes(new, ids[0], "x"),
        lambda: describing.describe(new, ids[:1], {"caption": "x"}),
        lambda: tagging.remove(new, [hers]),
        lambda: tagging.set_certainty(new, [hers], "certain"),
        lambda: tagging.set_note(new, hers, "x"),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="blind"):
            attempt()
    as_(new, "Ben")
    for attempt in attempts[4:]:
        with pytest.raises(Refused, match="another coder"):
            attempt()
    assert dump(new) == before


def joined_later(archive: Archive, ids: list[ImageId]) -> tuple[SightingId, SightingId]:
    """What Cleo said of an image that turns out to show a picture that is being coded, and what Ada codes of that."""
    theirs = code(archive, "Cleo", ids[4], type="SA.PIS")
    hers = code(archive, "Ada", ids[0], type="SA.PIS")
    duplicates.decide(as_(archive, "Cleo"), from_sha256=sha_of(0), to_sha256=sha_of(4), verdict="same_picture")
    return theirs, hers


def test_a_coder_who_untags_takes_nothing_from_the_record(new: Archive, ids: list[ImageId]) -> None:
    theirs, hers = joined_later(new, ids)
    assert tag_values.untag(as_(new, "Ada"), ids[:1], "type", "SA.PIS") == 1
    assert [sightings.get(new.db, one) is not None for one in (theirs, hers)] == [True, False]


def test_what_counts_stays_while_a_copy_is_coded_blind(new: Archive, ids: list[ImageId]) -> None:
    theirs, _ = joined_later(new, ids)
    before = dump(new)
    for who in ("Ada", "Cleo"):
        as_(new, who)
        for attempt in (
            lambda: tagging.remove(new, [theirs]),
            lambda: tagging.set_certainty(new, [theirs], "certain"),
            lambda: tagging.set_bases(new, [theirs], ["silhouette"]),
            lambda: tagging.set_note(new, theirs, "x"),
        ):
            with pytest.raises(Refused, match="coded blind"):
                attempt()
    assert dump(new) == before


def test_only_a_coder_closes_and_only_once(new: Archive, ids: list[ImageId]) -> None:
    with pytest.raises(Refused, match="Cleo is not a coder"):
        close(new, "Cleo")
    close(new, "Ada")
    with pytest.raises(Refused, match="closed your coding"):
        close(new, "Ada")
    with pytest.raises(Refused, match="no coding set “Other”; there are “Pilot”"):
        double_coding.close(new, "Other")


def test_who_has_closed_cannot_add_and_does_not_see_the_other_yet(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ben", ids[0], type="SA.REV")
    close(new, "Ada")
    with pytest.raises(Refused, match="blind"):
        code(new, "Ada", ids[0], type="SA.PIS")
    assert shown(new, ids[0]) == ()
    with pytest.raises(Refused, match="still being coded"):
        coding_agreement.agreement(new, SET)


def test_a_closed_coding_stays_as_it_is(new: Archive, ids: list[ImageId]) -> None:
    hers = code(new, "Ada", ids[0], type="SA.PIS")
    close(new, "Ada", "Ben")
    as_(new, "Ada")
    with pytest.raises(Refused, match="closed"):
        tagging.remove(new, [hers])


def test_a_blind_identification_is_not_reviewed(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS")
    claim = shown(new, ids[0])[0].identification
    assert claim is not None
    with pytest.raises(Refused, match="blind coding"):
        reviewing.decide(new, claim.id, "confirm")


def test_the_status_of_what_is_coded_blind_stays(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS")
    assert list(search.find(new, search.parse(new, "status:new"))) == ids


def test_undo_never_takes_another_coders_work(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS")
    before = dump(new)
    as_(new, "Ben")
    assert new.undo_label == "Tag 1 image: in a blind coding"
    with pytest.raises(Refused, match="only Ada can take it back"):
        new.undo()
    assert dump(new) == before
    as_(new, "Ada").undo()
    as_(new, "Ben")
    with pytest.raises(Refused, match="only Ada can take it back"):
        new.redo()
    as_(new, "Ada").redo()
    assert len(shown(new, ids[0])) == 1


def test_what_is_not_coded_blind_can_be_undone_by_anybody(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[4], type="SA.PIS")
    as_(new, "Ben").undo()
    assert shown(new, ids[4]) == ()
    new.redo()
    assert len(shown(new, ids[4])) == 1


def test_whether_a_step_may_be_undone_is_asked_once_however_much_it_changed(new: Archive, ids: list[ImageId]) -> None:
    asked: list[list[str]] = []
    for images in (ids[:1], ids[:4]):
        details = {"condition": "damaged"}
        tagging.tag(as_(new, "Ada"), images, Tag("SA.PIS", manufacture="HUN", details=details))
        step = new.history(limit=1)[0].uuid
        asked.append([])
        new.db.conn.set_trace_callback(asked[-1].append)
        with pytest.raises(Refused, match="another coder's work"):
            codings.check_undoable(new.db, step, "Ada", "Ben")
        new.db.conn.set_trace_callback(None)
    assert len(asked[0]) == len(asked[1]) > 0


def test_undo_opens_ones_own_coding_again_but_not_when_both_are_closed(new: Archive, ids: list[ImageId]) -> None:
    close(new, "Ada")
    as_(new, "Ben")
    with pytest.raises(Refused, match="only Ada"):
        new.undo()
    as_(new, "Ada").undo()
    code(new, "Ada", ids[0], type="SA.PIS")
    close(new, "Ada", "Ben")
    with pytest.raises(Refused, match="it stays closed"):
        new.undo()
    assert double_coding.get(new, SET).closed


def test_a_removed_sighting_of_a_coder_is_not_put_back_by_the_other(new: Archive, ids: list[ImageId]) -> None:
    hers = code(new, "Ada", ids[0], type="SA.PIS")
    tagging.remove(new, [hers])
    as_(new, "Ben")
    with pytest.raises(Refused, match="only Ada"):
        new.undo()


def test_the_maker_of_a_set_may_undo_it_while_nobody_has_coded(new: Archive, ids: list[ImageId]) -> None:
    new.undo()
    assert double_coding.every(new) == []
    assert search.facet_values(new, search.parse(new, ""))["set"] == []
    tagging.tag(new, ids[:1], Tag("SA.PIS"))
    assert len(shown(new, ids[0])) == 1


# What only Ada says: a word, a type, a country, values.
WORD = "zeppelinesque"


def planted(archive: Archive, ids: list[ImageId]) -> None:
    """Ada codes an image in every way there is; Ben has coded another one."""
    hers = code(
        archive,
        "Ada",
        ids[0],
        type="IM.CRA",
        design="MNG",
        manufacture="PRY",
        certainty="doubtful",
        note=WORD,
        details={"condition": "destroyed"},
    )
    tagging.set_certainty(archive, [hers], "certain")
    tagging.set_note(archive, hers, f"{WORD} again")
    tag_values.untag(archive, ids[:1], "design", "MNG")
    code(archive, "Ada", ids[0], design="MNG")
    code(archive, "Ben", ids[1], type="SA.PIS")


def outputs(archive: Archive, ids: list[ImageId], folder: Path) -> dict[str, str]:
    """Everything that can be read of the archive, by what it is."""
    query = search.parse(archive, "")
    found: dict[str, object] = {
        "summaries": looking.summaries(archive, ids),
        "detail": [looking.detail(archive, image_id) for image_id in ids],
        "values": tag_values.values(archive, ids),
        "facets": search.facet_values(archive, query),
        "history": archive.history(limit=1000),
        "undo": (archive.undo_label, archive.redo_label),
        "pair": duplicates.pair(archive, Match(min(sha_of(0), sha_of(1)), max(sha_of(0), sha_of(1)), "near", 3)),
        "changes": [record_history.of_image(archive, image_id) for image_id in ids],
        "members": looking.members(archive, ids),
        "descriptions": [describing.description(archive, image_id) for image_id in ids],
        "claimed": claimed.of_images(archive.db, ids, coder=archive.actor),
        "sets": double_coding.every(archive),
    }
    for by in analysis.BY:
        for unit in analysis.UNITS:
            found[f"counts {by} {unit}"] = [row for row in analysis.counts(archive, by=by, unit=unit).rows if row.count]
    for one in EXPORTERS:
        to = folder / f"{archive.actor}{one.suffix}"
        export(archive, format=one.id, to=to)
        found[f"export {one.id}"] = to.read_bytes() if one.id != "xlsx" else _cells(to)
    return {name: str(value) for name, value in found.items()}


def _cells(path: Path) -> list[object]:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    return [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]


@pytest.mark.parametrize("who", ["Ben", "Cleo"])
def test_nothing_that_a_coder_says_can_be_read_by_anybody_else(
    new: Archive, ids: list[ImageId], tmp_path: Path, who: str
) -> None:
    planted(new, ids)
    secret = (WORD, "IM.CRA", "craft-made", "MNG", "Mongolia", "PRY", "Paraguay", "destroyed", "doubtful")
    told = outputs(as_(new, who), ids, tmp_path)
    assert {(name, word) for name, text in told.items() for word in secret if word in text} == set()
    for text in (WORD, "type:IM", "country:PRY", "design:MNG", "condition:destroyed", "certainty:certain", "craft"):
        assert not list(search.find(new, search.parse(new, text))), text
    assert list(search.find(new, search.parse(new, "tagged:yes"))) == []
    hers = outputs(as_(new, "Ada"), ids, tmp_path)
    assert all(word in hers["summaries"] + hers["values"] for word in (WORD, "IM.CRA", "Paraguay", "destroyed"))


def test_after_closing_both_can_be_compared_but_count_nowhere(new: Archive, ids: list[ImageId], tmp_path: Path) -> None:
    planted(new, ids)
    close(new, "Ada", "Ben")
    assert [image.image_id for image in coding_agreement.disagreements(new, SET)] == ids[:2]
    told = outputs(as_(new, "Cleo"), ids, tmp_path)
    assert [name for name, text in told.items() if WORD in text or "IM.CRA" in text] == ["changes"]


def test_agreement_is_per_field_over_weapons_and_over_images_for_their_number(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS", manufacture="HUN")
    code(new, "Ben", ids[0], type="SA.PIS", manufacture="AUT")
    code(new, "Ada", ids[1], type="SA.REV")
    code(new, "Ben", ids[1], type="SA.REV")
    code(new, "Ada", ids[2], type="SA.REV")
    code(new, "Ada", ids[2], type="SA.PIS")
    code(new, "Ben", ids[2], type="SA.PIS")
    close(new, "Ada", "Ben")
    found = coding_agreement.agreement(new, SET)
    fields = {one.field: one.agreement for one in found.fields}
    assert (found.first, found.second, found.images, found.weapons) == ("Ada", "Ben", 4, 4)
    assert (fields["type"].units, fields["type"].agreed) == (4, 3)
    assert (fields["manufacture"].units, fields["manufacture"].agreed, fields["manufacture"].left_out) == (1, 0, 3)
    assert (fields["sightings"].units, fields["sightings"].agreed) == (4, 3)  # nobody found a weapon in the last
    assert fields["model"].undefined
    assert fields["type"].kappa == pytest.approx((3 / 4 - 6 / 16) / (1 - 6 / 16))
    assert "4 images blind and recorded 4 weapons" in found.rule
