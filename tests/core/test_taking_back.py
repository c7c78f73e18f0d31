"""Taking back one change by itself: only where that loses nothing, and to be undone like anything else."""

from collections.abc import Callable

import pytest

from core import (
    capturing,
    describing,
    duplicates,
    record_history,
    reviewing,
    rules,
    search,
    tagging,
    taking_back,
)
from core.archive import Archive
from core.blind_coding import double_coding
from core.claims import Identification
from core.errors import ReadOnly, Refused
from core.record_history import FieldChange, Kind
from core.records import CaptureId, ImageId
from core.store import claims, images, relations, rows, sightings, sources
from core.tagging import Tag
from tests.core.blind import begin_coding
from tests.core.changes_of_images import claim_of, newest, sighting_of, take_back
from tests.core.filling import add_image, dump, sha_of


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three images, the first of which Ada has tagged."""
    with new.action("Import 3 images"):
        found = [add_image(new, number) for number in range(3)]
    tagging.tag(
        new, found[:1], Tag("SA.PIS", manufacture="HUN", certainty="probable", details={"condition": "damaged"})
    )
    return found


def test_a_field_gets_its_old_value_and_the_others_stay(new: Archive, ids: list[ImageId]) -> None:
    sighting = sighting_of(new, ids[0]).id
    tagging.tag(new, ids[:1], Tag(details={"condition": "fired"}))
    tagging.set_note(new, sighting, "later")
    before = dump(new)
    assert take_back(new, newest(new, ids[0], "condition")) == f"Take back sighting {sighting}: condition"
    held = sighting_of(new, ids[0])
    assert (held.condition, held.note) == ("damaged", "later")
    assert list(search.find(new, search.parse(new, "condition:damaged"))) == ids[:1]
    new.undo()
    assert dump(new) == before


def test_it_is_refused_where_the_field_was_changed_again(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_image_notes(new, ids[0], "one")
    first = newest(new, ids[0], "notes")
    tagging.set_image_notes(new, ids[0], "two")
    before = dump(new)
    with pytest.raises(Refused, match="notes is now “two”"):
        take_back(new, first)
    assert dump(new) == before
    take_back(new, newest(new, ids[0], "notes"))
    take_back(new, first)
    image = images.get(new.db, ids[0])
    assert image is not None
    assert image.notes == ""


def test_a_position_goes_back_as_a_whole(new: Archive, ids: list[ImageId]) -> None:
    describing.describe(new, ids[:1], {"latitude_e7": 10, "longitude_e7": 20, "date": "2014"})
    take_back(new, newest(new, ids[0], "position"))
    held = describing.description(new, ids[0])
    assert (held.latitude_e7, held.longitude_e7, held.date) == (None, None, "2014")


def test_what_was_added_is_taken_away(new: Archive, ids: list[ImageId]) -> None:
    describing.mark_sensitive(new, ids[:1], "graphic_violence")
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    take_back(new, newest(new, ids[0], "sensitivity", Kind.ADDED))
    take_back(new, newest(new, ids[0], "verdict", Kind.ADDED))
    take_back(new, newest(new, ids[0], "sighting", Kind.ADDED))  # its country of manufacture
    assert describing.description(new, ids[0]).sensitivity == ()
    assert relations.every(new.db) == []
    assert sighting_of(new, ids[0]).origins == ()
    (whole,) = [one for one in record_history.of_image(new, ids[0]).changes if one.what == "sighting 1"]
    take_back(new, whole)
    assert sightings.of_images(new.db, ids[:1])[ids[0]] == []


def test_what_was_removed_is_put_back_with_all_that_hung_on_it(new: Archive, ids: list[ImageId]) -> None:
    reviewing.decide(new, claim_of(new, ids[0]).id, "reject", "a toy")
    before = dump(new)
    tagging.remove(new, [sighting_of(new, ids[0]).id])
    tagging.tag(new, ids[1:2], Tag("SA.REV"))
    take_back(new, newest(new, ids[0], "sighting 1", Kind.REMOVED))
    assert dump(new)["sighting"][0] == before["sighting"][0]
    for table in ("identification", "origin", "review"):
        assert set(before[table]) <= set(dump(new)[table]), table


def test_a_claim_put_back_does_not_displace_the_preferred_one(new: Archive, ids: list[ImageId]) -> None:
    old = claim_of(new, ids[0])
    with new.action("Take an identification away"):
        claims.remove(new.db, Identification, old.id)
    tagging.tag(new, ids[:1], Tag("SA.REV"), onto=[sighting_of(new, ids[0]).id])
    take_back(new, newest(new, ids[0], "identification", Kind.REMOVED))
    held = claims.of_sightings(new.db, Identification, [sighting_of(new, ids[0]).id])
    assert [(one.type, one.preferred) for one in held[sighting_of(new, ids[0]).id]] == [
        ("SA.PIS", False), ("SA.REV", True),
    ]  # fmt: skip


def test_preference_goes_back_to_the_claim_that_had_it(new: Archive, ids: list[ImageId]) -> None:
    new.actor = "Ben"
    tagging.tag(new, ids[:1], Tag("SA.REV"), onto=[sighting_of(new, ids[0]).id])
    take_back(new, newest(new, ids[0], "preferred"))
    assert claim_of(new, ids[0]).type == "SA.PIS"
    take_back(new, newest(new, ids[0], "preferred"))
    assert claim_of(new, ids[0]).type == "SA.REV"


def test_an_identification_set_back_has_to_be_reviewed_again(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_certainty(new, [sighting_of(new, ids[0]).id], "certain")
    reviewing.decide(new, claim_of(new, ids[0]).id, "confirm")
    take_back(new, newest(new, ids[0], "identification of sighting 1: certainty"))
    assert reviewing.state(new, sighting_of(new, ids[0])) == "unreviewed"
    held = claims.of_sightings(new.db, Identification, [sighting_of(new, ids[0]).id])[sighting_of(new, ids[0]).id]
    assert [(one.certainty, one.preferred) for one in held] == [("certain", False), ("probable", True)]
    assert [one.decision for one in reviewing.standing(new, held[0].id)] == ["confirm"]


def _remove_then(what: str, kind: Kind) -> Callable[[Archive, ImageId], FieldChange]:
    def prepare(archive: Archive, image_id: ImageId) -> FieldChange:
        change = newest(archive, image_id, what, kind)
        tagging.remove(archive, [sighting_of(archive, image_id).id])
        return change

    return prepare


def _file(archive: Archive, image_id: ImageId) -> FieldChange:
    return newest(archive, image_id, "capture", Kind.ADDED)


def _image(archive: Archive, image_id: ImageId) -> FieldChange:
    return newest(archive, image_id, "image", Kind.ADDED)


def _orphan(archive: Archive, image_id: ImageId) -> FieldChange:
    tagging.remove(archive, [sighting_of(archive, image_id).id])
    return newest(archive, image_id, "identification", Kind.REMOVED)


def _twice(archive: Archive, image_id: ImageId) -> FieldChange:
    describing.mark_sensitive(archive, [image_id], "graphic_violence")
    describing.mark_sensitive(archive, [image_id], "graphic_violence", sensitive=False)
    change = newest(archive, image_id, "sensitivity", Kind.REMOVED)
    describing.mark_sensitive(archive, [image_id], "graphic_violence")
    return change


def _others(archive: Archive, image_id: ImageId) -> FieldChange:
    change = newest(archive, image_id, "sighting 1", Kind.ADDED)
    whole = next(one for one in record_history.of_image(archive, image_id).changes if one.what == "sighting 1")
    assert change
    archive.actor = "Ben"
    tagging.tag(archive, [image_id], Tag("SA.REV"), onto=[sighting_of(archive, image_id).id])
    archive.actor = "Cleo"
    return whole


def _decision(archive: Archive, image_id: ImageId) -> FieldChange:
    archive.actor = "Ben"
    reviewing.decide(archive, claim_of(archive, image_id).id, "confirm")
    archive.actor = "Ada"
    return newest(archive, image_id, "review", Kind.ADDED)


def _withdrawn(archive: Archive, image_id: ImageId) -> FieldChange:
    reviewing.decide(archive, claim_of(archive, image_id).id, "confirm")
    reviewing.withdraw(archive, claim_of(archive, image_id).id)
    return newest(archive, image_id, "withdrawn")


def _changed(archive: Archive, image_id: ImageId) -> FieldChange:
    change = newest(archive, image_id, "identification", Kind.ADDED)
    tagging.tag(archive, [image_id], Tag("SA.REV"), onto=[sighting_of(archive, image_id).id])
    return change


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (_remove_then("identification", Kind.ADDED), "not there any more"),
        (_file, "taken back as a whole, by undo"),
        (_image, "taken back as a whole, by undo"),
        (_orphan, "put that back first"),
        (_twice, "the same is there again"),
        (_others, "Ben said something of it since"),
        (_decision, "the decision of Ben"),
        (_withdrawn, "decide again instead"),
        (_changed, "it is now “revolver, not assessed”"),
    ],
)
def test_what_would_lose_something_is_refused_in_words(
    new: Archive, ids: list[ImageId], prepare: Callable[[Archive, ImageId], FieldChange], words: str
) -> None:
    change = prepare(new, ids[0])
    before = dump(new)
    with pytest.raises(Refused, match=words):
        take_back(new, change)
    assert dump(new) == before


def test_a_change_is_named_by_its_number_and_field(new: Archive, ids: list[ImageId]) -> None:
    with pytest.raises(Refused, match="no such change"):
        taking_back.take_back(new, 10**9)
    with pytest.raises(Refused, match="no such change"):
        taking_back.take_back(new, 1)  # the archive's own row
    tagging.set_image_notes(new, ids[0], "one")
    change = newest(new, ids[0], "notes")
    with pytest.raises(Refused, match="did not concern"):
        taking_back.take_back(new, change.change, "status")
    with pytest.raises(Refused, match="Say which field"):
        taking_back.take_back(new, change.change)


def test_the_four_eyes_rule_holds_for_taking_back_too(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_status(new, ids[:1], "reviewed")
    tagging.set_status(new, ids[:1], "needs_help")
    rules.set_four_eyes(new, on=True)
    with pytest.raises(Refused, match="cannot be called reviewed"):
        take_back(new, newest(new, ids[0], "status"))


def test_a_reader_takes_nothing_back(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_image_notes(new, ids[0], "one")
    change = newest(new, ids[0], "notes")
    new.close()
    with Archive.open(new.folder, read_only=True) as reader, pytest.raises(ReadOnly):
        take_back(reader, change)


def test_a_blind_coding_is_its_coders_to_take_back_until_it_is_closed(new: Archive, ids: list[ImageId]) -> None:
    double_coding.make(new, "Pilot", ids[1:2], ["Ada", "Ben"])
    tagging.tag(new, ids[1:2], Tag("SA.PIS", details={"condition": "damaged"}))
    tagging.tag(new, ids[1:2], Tag(details={"condition": "fired"}))
    change = newest(new, ids[1], "condition")
    added = newest(new, ids[1], "identification", Kind.ADDED)
    tagging.tag(new, ids[1:2], Tag(details={"condition": "destroyed"}))
    before = dump(new)
    new.actor = "Ben"
    for one in (change, added):
        with pytest.raises(Refused, match="another coder") as refused:
            take_back(new, one)
        assert "destroyed" not in str(refused.value)
    assert dump(new) == before
    new.actor = "Ada"
    new.undo()
    assert take_back(new, change) == "Take back a change in a blind coding"
    change = newest(new, ids[1], "condition")
    for who in ("Ada", "Ben"):
        new.actor = who
        double_coding.close(new, "Pilot")
    new.actor = "Ada"
    with pytest.raises(Refused, match="closed"):
        take_back(new, change)


def test_what_is_gone_from_the_vocabulary_is_not_said_again(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(details={"condition": "fired"}))
    change = newest(new, ids[0], "condition")
    with new.action("Take a term away"):
        new.db.conn.execute("DELETE FROM term WHERE vocabulary = 'condition' AND code = 'damaged'")
    with pytest.raises(Refused, match="“damaged” is not in the vocabulary any more"):
        take_back(new, change)


def test_a_row_is_not_put_back_with_what_is_gone_from_the_vocabulary(new: Archive, ids: list[ImageId]) -> None:
    tagging.remove(new, [sighting_of(new, ids[0]).id])
    change = newest(new, ids[0], "sighting 1", Kind.REMOVED)
    for vocabulary, code in (("condition", "damaged"), ("weapon_type", "SA.PIS"), ("country", "HUN")):
        with new.action("Take a term away"):
            new.db.conn.execute("DELETE FROM term WHERE vocabulary = ? AND code = ?", (vocabulary, code))
        before = dump(new)
        with pytest.raises(Refused, match=f"“{code}” is not in the vocabulary any more"):
            take_back(new, change)
        assert dump(new) == before
        new.undo()


def test_a_decision_is_put_back_by_its_reviewer_alone_and_does_not_stand_again(
    new: Archive, ids: list[ImageId]
) -> None:
    new.actor = "Ben"
    reviewing.decide(new, claim_of(new, ids[0]).id, "confirm")
    take_back(new, newest(new, ids[0], "review", Kind.ADDED))
    gone = newest(new, ids[0], "review", Kind.REMOVED)
    new.actor = "Ada"
    with pytest.raises(Refused, match="the decision of Ben"):
        take_back(new, gone)
    new.actor = "Ben"
    take_back(new, gone)
    assert reviewing.state(new, sighting_of(new, ids[0])) == "unreviewed"
    assert [row[5] for row in dump(new)["review"]] == [1]


def test_what_all_can_see_of_an_image_that_is_coded_blind_is_not_taken_back(new: Archive, ids: list[ImageId]) -> None:
    capturing.change(new, [CaptureId(1)], {"note": "seen"})
    tagging.set_note(new, sighting_of(new, ids[0]).id, "later")
    tagging.set_certainty(new, [sighting_of(new, ids[0]).id], "possible")
    changes = [newest(new, ids[0], words) for words in ("capture: note", "sighting 1: note", "certainty")]
    changes += [newest(new, ids[0], "country of manufacture", Kind.ADDED)]
    begin_coding(new, ids[:1], "Ada", "Ben")
    before = dump(new)
    for change in changes:
        with pytest.raises(Refused, match="coded blind"):
            take_back(new, change)
    assert dump(new) == before


def test_what_comes_from_a_source_that_is_gone_stays_as_it_is(new: Archive, ids: list[ImageId]) -> None:
    with new.action("Record sources"):
        first, second = (sources.add(new.db, {"title": title}) for title in ("first", "second"))
        capture = sources.add_capture(new.db, ids[0], {"source_id": first}, at="2014-06-15")
    with new.action("Change the source"):
        rows.update(new.db, "capture", capture, {"source_id": second})
    with new.action("Take a source away"):
        sources.remove(new.db, first)
    before = dump(new)
    with pytest.raises(Refused, match="does not fit what is there now"):
        take_back(new, newest(new, ids[0], "source"))
    assert dump(new) == before
