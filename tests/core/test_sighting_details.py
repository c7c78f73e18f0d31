"""Sightings in detail: regions, details, duplicates; one undo step each, and nothing that a blind coding hides."""

from typing import Any

import pytest

from core import sighting_details, tagging
from core.archive import Archive
from core.claims import Acquisition, Marking
from core.errors import ReadOnly, Refused
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from core.store import claims, images, rows, sightings
from core.store.claimed import of_sightings
from core.tagging import Tag
from tests.core.blind import begin_coding, close_coding
from tests.core.filling import add_image, dump

REGION = Region(100_000, 200_000, 300_000, 400_000)


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three untagged images of 640 pixels and more by 480."""
    with new.action("Import 3 images"):
        return [add_image(new, number) for number in range(3)]


def held(archive: Archive, sighting_id: SightingId) -> Sighting:
    found = sightings.get(archive.db, sighting_id)
    assert found is not None
    return found


def test_a_sighting_is_added_with_or_without_a_region(new: Archive, ids: list[ImageId]) -> None:
    drawn = sighting_details.add(new, ids[0], region=REGION, details={"context": "held"})
    somewhere = sighting_details.add(new, ids[0])
    assert held(new, drawn) == Sighting(drawn, ids[0], region=REGION, context="held", author="Ada")
    assert held(new, somewhere) == Sighting(somewhere, ids[0], author="Ada")
    assert new.undo_label == "Add a sighting"
    new.undo()
    assert new.undo_label == "Add a sighting with a region"
    new.undo()
    assert sightings.get(new.db, drawn) is None


def test_a_new_image_is_begun_with_its_first_sighting_but_not_where_it_is_coded_blind(
    new: Archive, ids: list[ImageId]
) -> None:
    tagging.set_status(new, [ids[1]], "needs_help")
    begin_coding(new, [ids[2]], "Ada", "Ben")
    for image_id in ids:
        sighting_details.add(new, image_id)
    statuses = [image.status for image in images.each(new.db, ids)]
    assert statuses == ["in_progress", "needs_help", "new"]
    for _ in range(3):
        new.undo()
    assert next(images.each(new.db, ids[:1])).status == "new"


def test_a_region_is_drawn_moved_and_removed_one_step_each(new: Archive, ids: list[ImageId]) -> None:
    sighting_id = sighting_details.add(new, ids[0])
    labels = []
    for region in (REGION, Region(0, 0, 1_000_000, 1_000_000), None):
        sighting_details.set_region(new, sighting_id, region)
        labels.append(new.undo_label)
        assert held(new, sighting_id).region == region
    assert labels == [f"{verb} the region of a sighting" for verb in ("Draw", "Move", "Remove")]
    before = new.generation
    sighting_details.set_region(new, sighting_id, None)
    assert new.generation == before


@pytest.mark.parametrize("corner", [(-1, 0, 10, 10), (0, 0, 0, 10), (0, 0, 10, 0), (999_999, 0, 2, 10)])
def test_a_region_outside_the_image_or_without_a_size_is_refused(corner: tuple[int, int, int, int]) -> None:
    with pytest.raises(Refused, match=r"must (lie inside|have a width)"):
        Region(*corner)


def test_details_are_given_and_taken_away(new: Archive, ids: list[ImageId]) -> None:
    sighting_id = sighting_details.add(new, ids[0])
    said = {
        "visible_part": "partial", "condition": "damaged", "context": "laid_out", "quantity": 3,
        "quantity_basis": "at_least", "accessories": " sling ", "modifications": "sawn off", "note": "left row",
    }  # fmt: skip
    label = sighting_details.set_details(new, sighting_id, said)
    assert label == (
        "Details of a sighting: visible part: partial, condition: damaged, context: laid out, quantity: 3, "
        "quantity basis: at least, accessories, modifications, note"
    )
    now = held(new, sighting_id)
    assert {name: getattr(now, name) for name in said} == said | {"accessories": "sling"}
    sighting_details.set_details(new, sighting_id, {"quantity": None, "condition": ""})
    assert new.undo_label == "Details of a sighting: quantity: none, condition: none, quantity basis: none"
    now = held(new, sighting_id)
    assert (now.quantity, now.quantity_basis, now.condition, now.context) == (None, "", "", "laid_out")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"context": "asleep"}, "no context with the code"),
        ({"quantity": 0}, "whole number from 1"),
        ({"quantity": 1_000_001}, "whole number from 1"),
        ({"quantity": "3"}, "whole number from 1"),
        ({"quantity_basis": "exact"}, "needs the quantity"),
        ({"colour": "green"}, "no detail “colour”"),
        ({"weapon_id": 1}, "no detail “weapon_id”"),
    ],
)
def test_what_is_no_detail_is_refused_and_nothing_is_changed(
    new: Archive, ids: list[ImageId], said: dict[str, Any], words: str
) -> None:
    sighting_id = sighting_details.add(new, ids[0])
    before = dump(new)
    with pytest.raises(Refused, match=words):
        sighting_details.set_details(new, sighting_id, said)
    with pytest.raises(Refused, match=words):
        sighting_details.add(new, ids[0], details=said)
    assert dump(new) == before


def test_a_retired_value_stands_where_it_was_said_and_is_said_no_more(new: Archive, ids: list[ImageId]) -> None:
    sighting_id = sighting_details.add(new, ids[0], details={"context": "worn"})
    with new.action("Retire"):
        (row,) = new.db.conn.execute("SELECT id FROM term WHERE vocabulary = 'context' AND code = 'worn'").fetchall()
        rows.update(new.db, "term", row[0], {"retired": 1})
    sighting_details.set_details(new, sighting_id, {"context": "worn", "note": "still"})
    assert held(new, sighting_id).note == "still"
    with pytest.raises(Refused, match="retired"):
        sighting_details.add(new, ids[0], details={"context": "worn"})


def test_a_duplicate_is_another_weapon_like_it_a_little_aside(new: Archive, ids: list[ImageId]) -> None:
    (first,) = tagging.tag(new, ids[:1], Tag("SA.RIF.AUT", manufacture="HUN", certainty="probable")).sightings
    sighting_details.set_region(new, first, REGION)
    sighting_details.set_details(new, first, {"context": "held", "quantity": 2})
    with new.action("Say more"):
        claims.add(new.db, first, Marking("1234"), "Ada")
        claims.add(new.db, first, Acquisition(route="looted_depot"), "Ada")
    new.actor = "Grace"
    second = sighting_details.duplicate(new, first)
    assert new.undo_label == "Duplicate a sighting"
    old, made = of_sightings(new.db, [held(new, first), held(new, second)])
    assert made.sighting.region == REGION.moved_px(12, 9, 640, 480)
    assert (made.sighting.context, made.sighting.quantity, made.sighting.author) == ("held", 2, "Grace")
    assert [(one.type, one.certainty, one.author) for one in made.identifications] == [
        ("SA.RIF.AUT", "probable", "Grace")
    ]
    assert [(one.countries, one.author) for one in made.origins] == [(("HUN",), "Grace")]
    assert [one.route for one in made.acquisitions] == ["looted_depot"]
    assert made.markings == ()
    assert [one.author for one in old.identifications] == ["Ada"]
    new.undo()
    assert sightings.get(new.db, second) is None


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (Region(700_000, 600_000, 300_000, 400_000), Region(681_250, 581_250, 300_000, 400_000)),
        (Region(0, 0, 1_000_000, 1_000_000), Region(0, 0, 1_000_000, 1_000_000)),
    ],
)
def test_a_duplicate_stays_inside_the_image(new: Archive, ids: list[ImageId], region: Region, expected: Region) -> None:
    first = sighting_details.add(new, ids[0], region=region)
    assert held(new, sighting_details.duplicate(new, first)).region == expected


def test_a_sighting_that_is_gone_is_refused_in_a_sentence(new: Archive, ids: list[ImageId]) -> None:
    with pytest.raises(Refused, match="not in the archive any more"):
        sighting_details.set_region(new, SightingId(99), REGION)
    with pytest.raises(Refused, match="image is not in the archive any more"):
        sighting_details.add(new, ImageId(99))


def test_an_archive_open_for_reading_refuses(new: Archive, ids: list[ImageId]) -> None:
    sighting_id = sighting_details.add(new, ids[0])
    with Archive.open(new.folder, read_only=True) as reader:
        for change in (
            lambda: sighting_details.add(reader, ids[0]),
            lambda: sighting_details.set_region(reader, sighting_id, REGION),
            lambda: sighting_details.set_details(reader, sighting_id, {"note": "x"}),
            lambda: sighting_details.duplicate(reader, sighting_id),
        ):
            with pytest.raises(ReadOnly):
                change()


def test_in_a_blind_coding_labels_tell_nothing_and_others_cannot_touch_it(new: Archive, ids: list[ImageId]) -> None:
    common = sighting_details.add(new, ids[0])
    coded = begin_coding(new, ids[:1], "Grace", "Mary")
    new.actor = "Grace"
    own = sighting_details.add(new, ids[0], region=REGION)
    assert held(new, own).coding_id == coded["Grace"]
    label = sighting_details.set_details(new, own, {"context": "held"})
    assert label == "Details of a sighting: in a blind coding"
    assert held(new, sighting_details.duplicate(new, own)).coding_id == coded["Grace"]
    with pytest.raises(Refused, match="stays as it is until both"):
        sighting_details.set_details(new, common, {"context": "held"})
    new.actor = "Mary"
    with pytest.raises(Refused, match="another coder's blind coding"):
        sighting_details.set_region(new, own, None)
    new.actor = "Ada"
    with pytest.raises(Refused, match="only they can tag it"):
        sighting_details.add(new, ids[0])
    new.actor = "Grace"
    close_coding(new, coded["Grace"])
    with pytest.raises(Refused, match="coding that is closed"):
        sighting_details.set_region(new, own, None)
    close_coding(new, coded["Mary"])
    with pytest.raises(Refused, match="coding that is closed"):
        sighting_details.set_region(new, own, None)
    sighting_details.set_details(new, common, {"context": "held"})
