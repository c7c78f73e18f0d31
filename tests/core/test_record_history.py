"""The history of one image: who changed which field from what to what, however long ago."""

import pytest

from core import describing, duplicates, record_history, reviewing, tagging
from core.archive import Archive
from core.blind_coding import double_coding
from core.claims import ClaimId, Identification
from core.errors import Refused
from core.record_history import FieldChange, Kind
from core.records import ImageId
from core.regions import Region
from core.store import claims, sightings, sources
from core.tagging import Tag
from tests.core.filling import add_image, sha_of


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three images, just imported."""
    with new.action("Import 3 images"):
        return [add_image(new, number) for number in range(3)]


def history(archive: Archive, image_id: ImageId) -> tuple[FieldChange, ...]:
    return record_history.of_image(archive, image_id).changes


def told(archive: Archive, image_id: ImageId) -> list[tuple[str, str, str]]:
    """What was changed, from what to what, newest first."""
    return [(one.what, one.old, one.new) for one in history(archive, image_id)]


def test_an_import_is_the_first_that_is_known(new: Archive, ids: list[ImageId]) -> None:
    found = history(new, ids[0])
    assert [(one.what, one.kind, one.new) for one in found] == [
        ("capture", Kind.ADDED, "/field/IMG_0000.jpg"),
        ("image", Kind.ADDED, "JPEG"),
    ]
    assert {(one.actor, one.label) for one in found} == {("Ada", "Import 3 images")}


def test_a_tag_and_its_change_are_told_in_words(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="HUN", certainty="probable"))
    tagging.tag(new, ids[:1], Tag(manufacture="AUT"))
    number = sightings.of_images(new.db, ids[:1])[ids[0]][0].id
    assert told(new, ids[0])[:-2] == [
        (f"country of manufacture of sighting {number}: countries", "Hungary", "Austria"),
        (f"country of manufacture of sighting {number}: certainty", "probable", "not assessed"),
        ("image: status", "new", "in progress"),
        (f"country of manufacture of sighting {number}", "", "Hungary, probable"),
        (f"identification of sighting {number}", "", "self-loading pistol, probable"),
        (f"sighting {number}", "", ""),
    ]


def test_fields_of_the_image_are_told_from_their_first_value_on(new: Archive, ids: list[ImageId]) -> None:
    describing.describe(new, ids[:1], {"date": "2014-06", "latitude_e7": 350_000_000, "longitude_e7": 401_234_567})
    describing.describe(new, ids[:1], {"country": "IRQ", "latitude_e7": None, "longitude_e7": None})
    describing.mark_sensitive(new, ids[:1], "graphic_violence")
    tagging.set_image_notes(new, ids[0], "seen twice")
    label = new.vocabulary("sensitivity").label("graphic_violence")
    assert told(new, ids[0])[:-2] == [
        ("image: notes", "", "seen twice"),
        ("sensitivity", "", label),
        ("image: country where seen", "", "Iraq"),
        ("image: position", "35.00000, 40.12346", ""),
        ("image: date", "", "2014-06"),
        ("image: position", "", "35.00000, 40.12346"),
    ]


def test_a_source_is_told_by_its_title_and_a_region_by_its_place(new: Archive, ids: list[ImageId]) -> None:
    sighting = tagging.tag(new, ids[:1], Tag("SA.PIS")).sightings[0]
    with new.action("Record a source"):
        source = sources.add(new.db, {"title": "A channel"})
        sources.add_capture(
            new.db, ids[0], {"source_id": source, "source_url": "https://example.org/1"}, at="2014-06-15"
        )
        sightings.set_region(new.db, sighting, Region(100_000, 200_000, 300_000, 400_000))
    with new.action("Give a claim a source"):
        claim = claims.of_sightings(new.db, Identification, [sighting])[sighting][0]
        claims.change(new.db, Identification(claim.type, source_id=source, id=claim.id))
    found = told(new, ids[0])
    assert (f"identification of sighting {sighting}: source", "", "A channel") in found
    assert (f"sighting {sighting}: region", "", "30 × 40 % at 10, 20 %") in found
    assert ("capture", "", "https://example.org/1") in found


def test_what_is_gone_is_still_told(new: Archive, ids: list[ImageId]) -> None:
    sighting = tagging.tag(new, ids[:1], Tag("SA.PIS", note="a toy?")).sightings[0]
    claim = claims.of_sightings(new.db, Identification, [sighting])[sighting][0]
    reviewing.decide(new, claim.id, "reject", "a toy")
    tagging.remove(new, [sighting])
    found = told(new, ids[0])
    assert (f"sighting {sighting}", "a toy?", "") in found
    assert (f"identification of sighting {sighting}", "self-loading pistol, not assessed", "") in found
    assert (f"review of sighting {sighting}", "rejected, Ada: a toy", "") in found
    assert (f"review of sighting {sighting}", "", "rejected, Ada: a toy") in found


def test_verdicts_are_told_of_both_images_also_those_taken_back(new: Archive, ids: list[ImageId]) -> None:
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="better_copy_of")
    duplicates.forget(new, sha_of(0), sha_of(1))
    assert told(new, ids[0])[:2] == [
        ("verdict", "better copy: IMG_0001.jpg", ""),
        ("verdict", "", "better copy: IMG_0001.jpg"),
    ]
    assert told(new, ids[1])[0] == ("verdict", "poorer copy: IMG_0000.jpg", "")
    assert len(told(new, ids[2])) == 2


def test_one_images_history_is_not_anothers(new: Archive, ids: list[ImageId]) -> None:
    tagging.remove(new, tagging.tag(new, ids[:1], Tag("SA.PIS")).sightings)
    tagging.tag(new, ids[1:2], Tag("SA.REV"))
    assert len(told(new, ids[2])) == 2
    assert not [one for one in told(new, ids[1]) if "pistol" in str(one)]


def test_pages_follow_on_each_other_without_a_gap(new: Archive, ids: list[ImageId]) -> None:
    for number in range(7):
        tagging.set_image_notes(new, ids[0], f"note {number}")
    whole = history(new, ids[0])
    found: list[FieldChange] = []
    before = None
    while True:
        page = record_history.of_image(new, ids[0], before=before, limit=4)
        found += page.changes
        before = page.older
        if before is None:
            break
    assert tuple(found) == whole
    assert record_history.of_image(new, ids[0], limit=len(whole)).older is None


def test_an_image_that_is_gone_has_no_history_to_show(new: Archive) -> None:
    with pytest.raises(Refused, match="no longer in the archive"):
        record_history.of_image(new, ImageId(99))


@pytest.mark.parametrize("removed", [False, True])
def test_a_blind_coding_is_hidden_from_all_but_its_coder(new: Archive, ids: list[ImageId], removed: bool) -> None:
    double_coding.make(new, "Pilot", ids[:1], ["Ada", "Ben"])
    sighting = tagging.tag(new, ids[:1], Tag("IM.CRA", manufacture="PRY", note="zeppelinesque")).sightings
    if removed:
        tagging.remove(new, sighting)
    for who in ("Ben", "Cleo"):
        new.actor = who
        assert len(told(new, ids[0])) == 2, who
    new.actor = "Ada"
    assert "zeppelinesque" in str(told(new, ids[0]))
    for who in ("Ada", "Ben"):
        new.actor = who
        double_coding.close(new, "Pilot")
    new.actor = "Cleo"
    assert "zeppelinesque" in str(told(new, ids[0]))


def test_a_decision_names_what_it_was_on(new: Archive, ids: list[ImageId]) -> None:
    sighting = tagging.tag(new, ids[:1], Tag("SA.PIS")).sightings[0]
    claim = ClaimId(claims.of_sightings(new.db, Identification, [sighting])[sighting][0].id)
    new.actor = "Ben"
    reviewing.decide(new, claim, "confirm")
    reviewing.decide(new, claim, "reject", "a revolver")
    assert told(new, ids[0])[:3] == [
        (f"review of sighting {sighting}", "", "rejected, Ben: a revolver"),
        (f"review of sighting {sighting}: withdrawn", "no", "yes"),
        (f"review of sighting {sighting}", "", "confirmed, Ben"),
    ]


def test_the_search_for_gone_rows_goes_by_the_index(new: Archive) -> None:
    plan = new.db.conn.execute(
        "EXPLAIN QUERY PLAN SELECT row_id FROM change WHERE tbl = ? AND "
        "CAST(substr(before, instr(before, '_id\":') + 5) AS INTEGER) IN (?, ?) AND after IS NULL",
        ("sighting", 1, 2),
    ).fetchall()
    assert "change_gone" in plan[0][3]
