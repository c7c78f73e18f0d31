"""The counts: what each unit counts, what a group changes, and that the rule says so."""

from pathlib import Path

import pytest

from core import analysis, duplicates, search, tagging
from core.analysis import BY, NOT_RECORDED, UNITS, CountTable
from core.archive import Archive
from core.errors import Refused
from core.records import ImageId, Match, Place, Query
from core.statements import import_statements
from core.store import cache, images, sightings
from core.store.connection import transaction
from core.tagging import Tag
from tests.core.filling import add_image, sha_of

TABLE = Path(__file__).parent.parent / "data" / "statements.csv"


def add(archive: Archive, count: int, *, first: int = 0) -> list[ImageId]:
    with archive.action("Import"):
        return [add_image(archive, number) for number in range(first, first + count)]


def tag_each(archive: Archive, ids: list[ImageId], said: Tag) -> None:
    """Tag every image by itself, copies too."""
    for image_id in ids:
        tagging.tag(archive, [image_id], said)


def same(archive: Archive, a: int, b: int, verdict: str = "same_picture") -> None:
    duplicates.decide(archive, from_sha256=sha_of(a), to_sha256=sha_of(b), verdict=verdict)


def counted(archive: Archive, by: str, unit: str, query: str = "") -> dict[str, int]:
    table = analysis.counts(archive, by=by, unit=unit, query=search.parse(archive, query))
    return {row.code: row.count for row in table.rows}


def rule(archive: Archive, by: str = "manufacture", unit: str = "pictures", query: str = "") -> str:
    return analysis.counts(archive, by=by, unit=unit, query=search.parse(archive, query)).rule


def test_the_four_units_are_four_different_numbers(new: Archive) -> None:
    ids = add(new, 3)
    with new.action("Import"):
        images.add_capture(new.db, ids[0], Place("/again/a.jpg"), "2014-06-14T12:00:00.000Z")
    tag_each(new, ids, Tag("SA.PIS", manufacture="HUN"))
    with new.action("Tag"):
        second = sightings.add(new.db, ids[2], "")
    tagging.tag(new, [ids[2]], Tag("SA.REV", manufacture="HUN"), onto=[second])
    same(new, 0, 1)
    assert {unit: counted(new, "manufacture", unit) for unit in UNITS} == {
        "captures": {"HUN": 4},
        "images": {"HUN": 3},
        "pictures": {"HUN": 2},
        "sightings": {"HUN": 3},
    }


def test_a_set_imported_three_times_and_settled_counts_like_one(new: Archive) -> None:
    once = add(new, 4)
    tag_each(new, once, Tag("SA.RIF.AUT", manufacture="HUN"))
    tag_each(new, once[:2], Tag("SA.MG.L", design="SUHH"))
    before = {(by, unit): counted(new, by, unit) for by in analysis.BY for unit in ("pictures", "sightings")}
    for first in (10, 20):
        copies = add(new, 4, first=first)
        tag_each(new, copies, Tag("SA.RIF.AUT", manufacture="HUN"))
        tag_each(new, copies[:2], Tag("SA.MG.L", design="SUHH"))
    assert counted(new, "type", "pictures")["SA.RIF.AUT"] == 12
    for number in range(4):
        same(new, number, 10 + number)
        same(new, 20 + number, 10 + number, "better_copy_of")
    after = {(by, unit): counted(new, by, unit) for by in analysis.BY for unit in ("pictures", "sightings")}
    assert after == before
    assert counted(new, "type", "images")["SA.RIF.AUT"] == 12


def test_a_tag_on_one_copy_counts_for_every_image_and_capture_of_the_group(new: Archive) -> None:
    ids = add(new, 3)
    same(new, 0, 1)
    tag_each(new, ids[:1], Tag("SA.PIS"))
    assert counted(new, "type", "images")["SA.PIS"] == 2
    assert counted(new, "type", "captures")["SA.PIS"] == 2
    assert counted(new, "type", "pictures")["SA.PIS"] == 1


def test_images_joined_only_through_an_absent_one_are_one_picture(new: Archive) -> None:
    ids = add(new, 2)
    tag_each(new, ids, Tag("SA.PIS"))
    add(new, 1, first=7)
    same(new, 0, 7)
    same(new, 7, 1)
    with new.action("Remove"):
        new.db.conn.execute("DELETE FROM image WHERE sha256 = ?", (sha_of(7),))
    assert counted(new, "type", "pictures")["SA.PIS"] == 1


def test_a_type_counts_for_all_above_it_in_tree_order(new: Archive) -> None:
    tag_each(new, add(new, 1), Tag("LW.GL.UB"))
    tag_each(new, add(new, 1, first=5), Tag("SA.RIF.AUT"))
    table = analysis.counts(new, by="type", unit="pictures")
    assert [(row.code, row.count) for row in table.rows] == [
        (code, 1) for code in ("SA", "SA.RIF", "SA.RIF.AUT", "LW", "LW.GL", "LW.GL.UB")
    ]
    assert "do not add the rows up" in table.rule


def test_a_picture_with_two_rifles_counts_once_as_picture_and_twice_as_sightings(new: Archive) -> None:
    (image_id,) = add(new, 1)
    tagging.tag(new, [image_id], Tag("SA.RIF.AUT"))
    tagging.tag(new, [image_id], Tag("SA.RIF.SNI"))
    assert counted(new, "type", "pictures")["SA.RIF"] == 1
    assert counted(new, "type", "sightings")["SA.RIF"] == 2


def test_countries_stand_by_falling_count_and_what_is_not_recorded_is_never_dropped(new: Archive) -> None:
    ids = add(new, 6)
    for image_id, country in zip(ids, ("ROU", "HUN", "HUN", "x-UNK", "BGR", None), strict=True):
        tagging.tag(new, [image_id], Tag("SA.PIS", manufacture=country))
    rows = analysis.counts(new, by="manufacture", unit="sightings").rows
    assert [(row.code, row.count) for row in rows[:2]] == [("HUN", 2), ("BGR", 1)]
    assert {row.code: row.label for row in rows}[NOT_RECORDED] == "not recorded"
    assert [row.label for row in rows[1:]] == sorted(row.label for row in rows[1:])
    assert sum(row.count for row in rows) == 6


def test_a_sighting_without_identification_is_a_row_by_type(new: Archive) -> None:
    tag_each(new, add(new, 1), Tag(manufacture="HUN"))
    assert counted(new, "type", "sightings") == {NOT_RECORDED: 1}


def test_what_one_copy_leaves_open_and_another_says_is_recorded(new: Archive) -> None:
    ids = add(new, 2)
    tagging.tag(new, [ids[0]], Tag("SA.PIS"))
    tagging.tag(new, [ids[1]], Tag("SA.PIS", manufacture="HUN"))
    same(new, 0, 1)
    for unit in UNITS:
        assert NOT_RECORDED not in counted(new, "manufacture", unit)


def test_where_copies_contradict_each_other_the_representative_decides_the_sighting(new: Archive) -> None:
    ids = add(new, 2)  # the second is larger
    tagging.tag(new, [ids[0]], Tag("SA.PIS", manufacture="HUN"))
    tagging.tag(new, [ids[1]], Tag("SA.PIS", manufacture="CHN"))
    same(new, 0, 1)
    assert counted(new, "manufacture", "sightings") == {"CHN": 1}
    assert counted(new, "manufacture", "pictures") == {"CHN": 1, "HUN": 1}
    same(new, 0, 1, "better_copy_of")
    assert counted(new, "manufacture", "sightings") == {"HUN": 1}


def test_excluded_images_are_left_out_and_the_rule_says_how_many(new: Archive) -> None:
    ids = add(new, 3)
    tag_each(new, ids, Tag("SA.PIS", manufacture="HUN"))
    with new.action("Exclude"):
        images.set_status(new.db, ids[:1], "excluded")
    assert counted(new, "manufacture", "pictures") == {"HUN": 2}
    assert "Images with the status excluded are left out: 1 image." in rule(new)


def test_a_tag_on_an_excluded_copy_still_holds_for_the_others(new: Archive) -> None:
    ids = add(new, 2)
    tagging.tag(new, [ids[0]], Tag("SA.PIS"))
    same(new, 0, 1)
    with new.action("Exclude"):
        images.set_status(new.db, ids[:1], "excluded")
    assert counted(new, "type", "images")["SA.PIS"] == 1


def test_rivals_and_removed_sightings_do_not_count(filled: Archive) -> None:
    # One of three sightings was removed, one has a rival origin, one a rival type; the two are on copies.
    assert counted(filled, "manufacture", "pictures") == {"HUN": 1, "ROU": 1}
    assert counted(filled, "design", "pictures") == {"SUHH": 1}


def test_the_rule_says_how_many_found_pairs_are_undecided(new: Archive) -> None:
    add(new, 4)
    with transaction(new.db):
        pairs = [sorted((sha_of(a), sha_of(b))) for a, b in ((0, 1), (1, 2), (0, 2))]
        cache.add_matches(new.db, [Match(a, b, "near", 3) for a, b in pairs])
    assert "3 found pairs are not decided yet; until then their images count as separate pictures." in rule(new)
    same(new, 0, 1)
    same(new, 1, 2)
    assert "No found pair is left undecided." in rule(new), "the third pair would join nothing more"


def test_statements_of_a_table_are_not_counted_and_the_rule_says_how_many(new: Archive) -> None:
    tag_each(new, add(new, 2), Tag("SA.PIS", manufacture="HUN"))
    before = {(by, unit): counted(new, by, unit) for by in BY for unit in UNITS}
    assert "table" not in rule(new)
    report = import_statements(new, TABLE)
    assert {(by, unit): counted(new, by, unit) for by in BY for unit in UNITS} == before
    assert "36 statements of 1 table are not counted: nobody saw these weapons in a picture." in rule(new)
    assert "2 pictures are covered." in rule(new)
    sighting = sightings.of_images(new.db, [report.image_id])[report.image_id][0]
    tagging.set_note(new, sighting.id, "")
    assert "36 statements of 1 table are not counted" in rule(new, unit="sightings")
    assert "statements" not in rule(new, query=f"sha256:{sha_of(0)}")


def test_only_what_the_query_finds_is_counted_and_the_rule_names_it(new: Archive) -> None:
    ids = add(new, 3)
    tag_each(new, ids[:2], Tag("SA.PIS", manufacture="HUN"))
    tag_each(new, ids[2:], Tag("SA.PIS", manufacture="ROU"))
    assert counted(new, "type", "images", "country:hungary")["SA.PIS"] == 2
    assert "the query country:HUN finds" in rule(new, query="country:hungary")


def test_the_rule_says_how_many_have_no_sighting(new: Archive) -> None:
    tag_each(new, add(new, 3)[:1], Tag("SA.PIS"))
    assert "3 pictures are covered. Of these 2 have no sighting yet" in rule(new)


@pytest.mark.parametrize("text", ['"two words" type:SA.RIF -status:excluded', "country:HUN design:SUHH sha256:ab", "a"])
def test_a_query_is_written_as_it_can_be_typed(new: Archive, text: str) -> None:
    query = search.parse(new, text)
    assert search.parse(new, analysis.query_text(query)) == query


def test_every_count_gives_what_counts_gives(filled: Archive) -> None:
    found = list(analysis.every_count(filled, Query()))
    assert [analysis.counts(filled, by=table.by, unit=table.unit) for table in found] == found
    assert len(found) == 12


@pytest.mark.parametrize(("by", "unit"), [("colour", "images"), ("type", "files")])
def test_what_cannot_be_counted_is_refused(new: Archive, by: str, unit: str) -> None:
    with pytest.raises(Refused):
        analysis.counts(new, by=by, unit=unit)


# Shares of 1,832 weapons by country of manufacture, in per cent (Conflict Armament Research, 2017).
PUBLISHED = {
    "CHN": 43.5, "ROU": 12.1, "RUS": 9.6, "HUN": 7.2, "BGR": 5.3, "SRB": 4.0, "DEU": 3.6, "IRQ": 3.2, "POL": 2.2,
    "CZE": 2.1, "USA": 1.8, "IRN": 0.9,
}  # fmt: skip
ALL = 1832


def share(table: CountTable) -> dict[str, float]:
    return {row.code: round(100 * row.count / ALL, 1) for row in table.rows if row.code in PUBLISHED}


def test_a_published_table_comes_out_also_when_every_picture_is_there_three_times(new: Archive) -> None:
    made_in = [code for code, per_cent in PUBLISHED.items() for _ in range(round(ALL * per_cent / 100))]
    made_in += ["x-UNK"] * (ALL - len(made_in))
    with new.action("Import and tag"):
        for copy in range(3):
            for number, country in enumerate(made_in):
                image_id = add_image(new, 10_000 * copy + number)
                sighting = sightings.add(new.db, image_id, "")
                new.db.conn.execute(
                    "INSERT INTO origin (sighting_id, role, countries, certainty, preferred, author, claimed_at) "
                    "VALUES (?, 'manufacture', ?, 'unknown', 1, 'Ada', '2017')",
                    (sighting, country),
                )
    with new.action("Settle"):
        new.db.conn.executemany(
            "INSERT INTO relation (from_sha256, to_sha256, kind, evidence, decided_by, decided_at) "
            "VALUES (?, ?, 'same_picture', '', 'Ada', '2017')",
            [(sha_of(n), sha_of(10_000 * copy + n)) for copy in (1, 2) for n in range(ALL)],
        )
    for unit in ("sightings", "pictures"):
        table = analysis.counts(new, by="manufacture", unit=unit)
        assert share(table) == PUBLISHED
        assert sum(row.count for row in table.rows) == ALL
        assert {row.code: row.count for row in table.rows if row.code in ("CHN", "HUN")} == {"CHN": 797, "HUN": 132}
