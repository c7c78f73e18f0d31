"""Tagging: what goes onto which sighting, what several copies share, and that every slip can be undone."""

from dataclasses import replace
from typing import Any

import pytest

from core import duplicates, looking, search, tag_values, tagging
from core.archive import Archive
from core.claims import Identification, Origin
from core.errors import ReadOnly, Refused
from core.records import ImageId, Sighting
from core.store import images, sightings
from core.tag_values import TagValue
from core.tagging import Tag
from tests.core.filling import add_image, dump, sha_of


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Five untagged images, numbered as in ``sha_of``."""
    with new.action("Import 5 images"):
        return [add_image(new, number) for number in range(5)]


def join(archive: Archive, *numbers: int) -> None:
    """Decide that these images show the same picture."""
    for number in numbers[1:]:
        duplicates.decide(archive, from_sha256=sha_of(numbers[0]), to_sha256=sha_of(number), verdict="same_picture")


def shown(archive: Archive, image_id: ImageId) -> tuple[Sighting, ...]:
    """The sightings that an image shows, those of its copies included."""
    return looking.summaries(archive, [image_id])[0].sightings


def plain(claim: Any) -> Any:
    """What a claim says, but for whose it is and when it was made."""
    return replace(claim, id=0, author="", claimed_at="")


def found(archive: Archive, text: str) -> list[int]:
    return list(search.find(archive, search.parse(archive, text)))


def facet(archive: Archive, name: str) -> dict[str, int]:
    return {value.code: value.count for value in search.facet_values(archive, search.parse(archive, ""))[name]}


def test_a_tag_is_a_sighting_with_its_identification_and_origins(new: Archive, ids: list[ImageId]) -> None:
    said = Tag("SA.RIF.AUT", design="SUHH", manufacture="HUN", certainty="probable", note="folding stock")
    report = tagging.tag(new, ids[:1], said)
    (sighting,) = shown(new, ids[0])
    assert report.sightings == (sighting.id,)
    assert sighting.note == "folding stock"
    assert plain(sighting.identification) == Identification("SA.RIF.AUT", certainty="probable")
    assert tuple(map(plain, sighting.origins)) == (
        Origin("design", ("SUHH",), certainty="probable"),
        Origin("manufacture", ("HUN",), certainty="probable"),
    )


def test_the_label_says_what_was_done_in_words(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:2], Tag("SA.PIS", design="AUT", manufacture="HUN", certainty="possible", note="x"))
    assert new.undo_label == ("Tag 2 images: self-loading pistol, designed in Austria, made in Hungary, possible, note")


@pytest.mark.parametrize(
    "said",
    [
        Tag("SA.PIS"),
        Tag("SA.PIS", manufacture="HUN", certainty="certain"),
        Tag("SA.PIS", design="AUT", manufacture="HUN", note="a note"),
        Tag(manufacture="HUN"),
        Tag(note="a note"),
    ],
)
def test_saying_the_same_again_changes_nothing(new: Archive, ids: list[ImageId], said: Tag) -> None:
    first = tagging.tag(new, ids, said)
    before, newest = dump(new), new.generation
    again = tagging.tag(new, ids, said)
    assert again.sightings == first.sightings
    assert (dump(new), new.generation) == (before, newest)


def test_an_image_selected_twice_is_tagged_once(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, [ids[0], ids[0]], Tag("SA.PIS"))
    assert len(shown(new, ids[0])) == 1


def test_a_country_goes_onto_the_sighting_just_tagged(new: Archive, ids: list[ImageId]) -> None:
    rifle = tagging.tag(new, ids[:2], Tag("SA.RIF.AUT"))
    tagging.tag(new, ids[:2], Tag("SA.PIS"))
    tagging.tag(new, ids[:2], Tag(manufacture="HUN"), onto=rifle.sightings)
    for image_id in ids[:2]:
        by_type = {one.identification.type: one.countries("manufacture") for one in shown(new, image_id)}
        assert by_type == {"SA.RIF.AUT": ("HUN",), "SA.PIS": ()}


def test_a_country_alone_goes_onto_the_newest_sighting(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.RIF.AUT"))
    pistol = tagging.tag(new, ids[:1], Tag("SA.PIS"))
    tagging.tag(new, ids[:1], Tag(design="AUT"))
    assert [one.id for one in shown(new, ids[0]) if one.countries("design") == ("AUT",)] == list(pistol.sightings)


def test_a_country_alone_on_an_untagged_image_is_a_sighting_of_unknown_kind(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(manufacture="HUN"))
    (sighting,) = shown(new, ids[0])
    assert sighting.identification is None
    assert sighting.countries("manufacture") == ("HUN",)


def test_the_same_type_from_another_country_is_a_further_sighting(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="HUN"))
    tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="ROU"))
    assert [one.countries("manufacture") for one in shown(new, ids[0])] == [("HUN",), ("ROU",)]


def test_a_country_fills_a_sighting_of_that_type_that_has_none(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", design="SUHH"))
    tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="ROU"))
    (sighting,) = shown(new, ids[0])
    assert (sighting.countries("design"), sighting.countries("manufacture")) == (("SUHH",), ("ROU",))


def test_what_one_sighting_says_already_is_not_said_of_another_that_leaves_it_open(
    new: Archive, ids: list[ImageId]
) -> None:
    (first,) = tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="HUN")).sightings
    (second,) = tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="ROU")).sightings
    tag_values.untag(new, ids[:1], "manufacture", "HUN")
    assert tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="ROU")).sightings == (second,)
    assert [one.countries("manufacture") for one in shown(new, ids[0]) if one.id == first] == [()]


def test_tagging_one_copy_is_shown_for_all_of_its_group(new: Archive, ids: list[ImageId]) -> None:
    join(new, 0, 1, 2)
    tagging.tag(new, ids[1:2], Tag("SA.PIS", manufacture="AUT"))
    assert [len(shown(new, image_id)) for image_id in ids] == [1, 1, 1, 0, 0]
    assert found(new, "type:SA country:AUT") == ids[:3]
    assert facet(new, "tagged") == {"yes": 3, "no": 2}


def test_all_copies_selected_get_one_sighting_between_them(new: Archive, ids: list[ImageId]) -> None:
    join(new, 0, 1, 2)
    report = tagging.tag(new, ids, Tag("SA.PIS"))
    assert len(report.sightings) == 3
    assert len(sightings.every(new.db)) == 3


def test_what_a_copy_has_already_is_not_added_to_another(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS"))
    join(new, 0, 1)
    tagging.tag(new, ids[1:2], Tag("SA.PIS", manufacture="AUT"))
    (sighting,) = sightings.every(new.db)
    assert (sighting.image_id, sighting.countries("manufacture")) == (ids[0], ("AUT",))


def test_untagging_one_value_leaves_the_others(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:2], Tag("SA.PIS", manufacture="AUT"))
    assert tag_values.untag(new, ids[:2], "manufacture", "AUT") == 2
    assert [one.origins for image_id in ids[:2] for one in shown(new, image_id)] == [(), ()]
    assert found(new, "type:SA.PIS") == ids[:2]


def test_untagging_the_last_value_removes_the_sighting(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT"))
    tag_values.untag(new, ids[:1], "type", "SA.PIS")
    tag_values.untag(new, ids[:1], "manufacture", "AUT")
    assert sightings.every(new.db) == []
    assert facet(new, "tagged") == {"no": 5}


def test_a_note_keeps_a_sighting_of_which_nothing_else_is_left(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", note="behind the box"))
    tag_values.untag(new, ids[:1], "type", "SA.PIS")
    assert [one.note for one in shown(new, ids[0])] == ["behind the box"]


def test_untagging_one_copy_untags_the_group(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS"))
    join(new, 0, 1)
    assert tag_values.untag(new, ids[1:2], "type", "SA.PIS") == 1
    assert shown(new, ids[0]) == ()


def test_untagging_what_is_not_there_changes_nothing(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS"))
    newest = new.generation
    assert tag_values.untag(new, ids, "type", "SA.REV") == 0
    assert tag_values.untag(new, ids, "design", "HUN") == 0
    assert new.generation == newest


def test_every_act_is_undone_and_redone_whole(new: Archive, ids: list[ImageId]) -> None:
    states = [dump(new)]

    def act(act_done: object) -> None:
        states.append(dump(new))
        assert states[-1] != states[-2], act_done

    report = tagging.tag(new, ids, Tag("SA.RIF.AUT"))
    act("tag")
    tagging.tag(new, ids, Tag(manufacture="HUN"), onto=report.sightings)
    act("country")
    tagging.set_certainty(new, report.sightings, "possible")
    act("certainty")
    tagging.set_note(new, report.sightings[0], "rack number 3")
    act("note")
    tagging.set_status(new, ids[:3], "reviewed")
    act("status")
    tagging.set_image_notes(new, ids[0], "from the second truck")
    act("image notes")
    tag_values.untag(new, ids[:2], "manufacture", "HUN")
    act("untag one")
    tag_values.untag(new, ids, "type", "SA.RIF.AUT")
    act("untag type")
    tag_values.untag(new, ids, "manufacture", "HUN")
    act("untag the rest")
    tagging.remove(new, [one.id for one in sightings.every(new.db)])
    act("remove")
    for state in reversed(states[:-1]):
        new.undo()
        assert dump(new) == state
    assert facet(new, "tagged") == {"no": 5}
    for state in states[1:]:
        new.redo()
        assert dump(new) == state


def test_undoing_a_tag_takes_it_out_of_search_and_facets(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:3], Tag("SA.PIS", manufacture="AUT"))
    assert facet(new, "manufacture") == {"AUT": 3}
    new.undo()
    assert facet(new, "manufacture") == {}
    assert found(new, "pistol") == []
    new.redo()
    assert found(new, "pistol") == ids[:3]


def test_mixed_values_are_counted_by_images(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:3], Tag("SA.PIS", manufacture="AUT"))
    tagging.tag(new, ids[2:4], Tag("SA.REV"))
    tagging.tag(new, ids[:1], Tag("SA.PIS", design="HUN", manufacture="HUN"))
    assert tag_values.values(new, ids) == [
        TagValue("type", "SA.PIS", "self-loading pistol", 3),
        TagValue("type", "SA.REV", "revolver", 2),
        TagValue("manufacture", "AUT", "made in Austria", 3),
        TagValue("manufacture", "HUN", "made in Hungary", 1),
        TagValue("design", "HUN", "designed in Hungary", 1),
    ]
    assert tag_values.values(new, ids[4:]) == []


def test_two_sightings_with_one_value_count_their_image_once(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT"))
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="HUN"))
    assert TagValue("type", "SA.PIS", "self-loading pistol", 1) in tag_values.values(new, ids)


def test_certainty_is_unknown_until_it_is_said(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT"))
    (sighting,) = shown(new, ids[0])
    assert plain(sighting.identification) == Identification("SA.PIS", certainty="unknown")
    assert tuple(map(plain, sighting.origins)) == (Origin("manufacture", ("AUT",), certainty="unknown"),)


def test_saying_the_same_without_a_certainty_leaves_that_which_was_given(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT", certainty="certain"))
    tagging.tag(new, ids[:1], Tag("SA.PIS", design="HUN", manufacture="AUT"))
    (sighting,) = shown(new, ids[0])
    assert plain(sighting.identification) == Identification("SA.PIS", certainty="certain")
    assert tuple(map(plain, sighting.origins)) == (
        Origin("design", ("HUN",), certainty="unknown"),
        Origin("manufacture", ("AUT",), certainty="certain"),
    )


def test_a_certainty_goes_with_all_that_is_said_and_nothing_else(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", design="HUN", certainty="possible"))
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT", certainty="certain"))
    (sighting,) = shown(new, ids[0])
    assert plain(sighting.identification) == Identification("SA.PIS", certainty="certain")
    assert tuple(map(plain, sighting.origins)) == (
        Origin("design", ("HUN",), certainty="possible"),
        Origin("manufacture", ("AUT",), certainty="certain"),
    )


def test_another_value_does_not_inherit_the_certainty_of_the_old_one(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT", certainty="certain"))
    tagging.tag(new, ids[:1], Tag("SA.REV", manufacture="HUN"), onto=report.sightings)
    (sighting,) = shown(new, ids[0])
    assert plain(sighting.identification) == Identification("SA.REV", certainty="unknown")
    assert tuple(map(plain, sighting.origins)) == (Origin("manufacture", ("HUN",), certainty="unknown"),)


def test_a_certainty_can_be_given_to_whole_sightings(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:2], Tag("SA.PIS", manufacture="AUT"))
    tagging.set_certainty(new, report.sightings, "doubtful")
    for image_id in ids[:2]:
        (sighting,) = shown(new, image_id)
        assert plain(sighting.identification) == Identification("SA.PIS", certainty="doubtful")
        assert tuple(map(plain, sighting.origins)) == (Origin("manufacture", ("AUT",), certainty="doubtful"),)


def claims(archive: Archive, table: str, column: str) -> list[tuple[str, str, int]]:
    """Every claim of a kind, rivals included: what, who, whether it is preferred."""
    rows: list[tuple[str, str, int]] = archive.db.conn.execute(
        f"SELECT {column}, author, preferred FROM {table} ORDER BY id"
    ).fetchall()
    return rows


def test_the_claim_of_another_is_kept_beside_the_new_one(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT"))
    new.actor = "Grace"
    tagging.tag(new, ids[:1], Tag("SA.REV", manufacture="HUN"), onto=report.sightings)
    assert claims(new, "identification", "type") == [("SA.PIS", "Ada", 0), ("SA.REV", "Grace", 1)]
    assert claims(new, "origin", "countries") == [("AUT", "Ada", 0), ("HUN", "Grace", 1)]
    assert found(new, "type:SA.PIS") == []


def test_ones_own_claim_is_corrected_in_place(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT"))
    tagging.tag(new, ids[:1], Tag("SA.REV", manufacture="HUN"), onto=report.sightings)
    assert claims(new, "identification", "type") == [("SA.REV", "Ada", 1)]
    assert claims(new, "origin", "countries") == [("HUN", "Ada", 1)]


def test_taking_a_claim_away_brings_the_rival_forward_and_loses_nothing(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT", certainty="probable"))
    new.actor = "Grace"
    tagging.tag(new, ids[:1], Tag("SA.REV", manufacture="HUN"), onto=report.sightings)
    tag_values.untag(new, ids[:1], "type", "SA.REV")
    tag_values.untag(new, ids[:1], "manufacture", "HUN")
    (sighting,) = shown(new, ids[0])
    assert plain(sighting.identification) == Identification("SA.PIS", certainty="probable")
    assert tuple(map(plain, sighting.origins)) == (Origin("manufacture", ("AUT",), certainty="probable"),)
    assert found(new, "type:SA.PIS country:AUT") == ids[:1]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Tag(), "at least a weapon type, a model, a country, a detail or a note"),
        (Tag(certainty="certain"), "at least a weapon type, a model, a country, a detail or a note"),
        (Tag("SA.NONE"), "SA.NONE"),
        (Tag(design="ZZZ"), "ZZZ"),
        (Tag("SA.PIS", manufacture="Hungary"), "Hungary"),
        (Tag("SA.PIS", certainty="sure"), "no certainty “sure”; there are certain, probable"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    new: Archive, ids: list[ImageId], said: Tag, words: str
) -> None:
    before = dump(new)
    with pytest.raises(Refused, match=words):
        tagging.tag(new, ids, said)
    assert dump(new) == before


def test_an_image_that_is_gone_is_refused_in_words(new: Archive, ids: list[ImageId]) -> None:
    new.undo()
    with pytest.raises(Refused, match="Not all of these images"):
        tagging.tag(new, ids[:1], Tag("SA.PIS"))


def test_a_status_or_certainty_that_does_not_exist_is_refused_in_words(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:1], Tag("SA.PIS"))
    with pytest.raises(Refused, match="no status “done”; there are new, in_progress"):
        tagging.set_status(new, ids, "done")
    with pytest.raises(Refused, match="no certainty “sure”"):
        tagging.set_certainty(new, report.sightings, "sure")


def test_a_reader_cannot_tag(new: Archive, ids: list[ImageId]) -> None:
    with Archive.open(new.folder) as reader:
        for act in (
            lambda: tagging.tag(reader, ids, Tag("SA.PIS")),
            lambda: tag_values.untag(reader, ids, "type", "SA.PIS"),
            lambda: tagging.set_status(reader, ids, "reviewed"),
            lambda: tagging.set_image_notes(reader, ids[0], "x"),
        ):
            with pytest.raises(ReadOnly, match="open for reading only"):
                act()


def test_status_and_notes_are_set_and_found(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_status(new, ids[1:3], "needs_help")
    tagging.set_image_notes(new, ids[4], "seen from the bridge")
    assert found(new, 'status:"needs help"') == ids[1:3]
    assert found(new, "bridge") == ids[4:]
    assert [image.status for image in images.each(new.db, ids[:2])] == ["new", "needs_help"]
    assert new.undo_label == "Notes on an image"
