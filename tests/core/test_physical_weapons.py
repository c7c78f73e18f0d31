"""Physical weapons: named once, linked to what is judged to be them, unlinked, listed."""

import pytest

from core import physical_weapons, sighting_details
from core.archive import Archive
from core.errors import Refused
from core.physical_weapons import Weapon
from core.records import ImageId, SightingId
from tests.core.blind import begin_coding
from tests.core.filling import add_image


@pytest.fixture
def seen(new: Archive) -> list[SightingId]:
    """A sighting in each of three images."""
    with new.action("Import 3 images"):
        ids = [add_image(new, number) for number in range(3)]
    return [sighting_details.add(new, image_id) for image_id in ids]


def test_a_weapon_is_named_with_its_first_sighting_and_linked_to_more(new: Archive, seen: list[SightingId]) -> None:
    weapon = physical_weapons.name(new, "  the one with  the broken stock ", seen[:1])
    assert new.undo_label == "Name the physical weapon “the one with the broken stock”"
    physical_weapons.link(new, weapon, seen[1:2])
    assert new.undo_label == "Link 1 sighting to the physical weapon “the one with the broken stock”"
    assert [one.id for one in physical_weapons.sightings_of(new, weapon)] == seen[:2]
    assert physical_weapons.weapons(new) == [Weapon(weapon, "the one with the broken stock", "", 2)]
    physical_weapons.unlink(new, seen[:1])
    assert new.undo_label == "Unlink 1 sighting from a physical weapon"
    assert [one.id for one in physical_weapons.sightings_of(new, weapon)] == seen[1:2]
    new.undo()
    assert [one.id for one in physical_weapons.sightings_of(new, weapon)] == seen[:2]


def test_a_weapon_can_be_called_otherwise(new: Archive, seen: list[SightingId]) -> None:
    weapon = physical_weapons.name(new, "rifle 7")
    physical_weapons.rename(new, weapon, "rifle 8")
    assert new.undo_label == "Rename the physical weapon “rifle 7” to “rifle 8”"
    assert [one.label for one in physical_weapons.weapons(new)] == ["rifle 8"]
    before = new.generation
    physical_weapons.rename(new, weapon, "rifle 8")
    assert new.generation == before
    physical_weapons.rename(new, weapon, "Rifle 8")
    assert [one.label for one in physical_weapons.weapons(new)] == ["Rifle 8"]


def test_a_name_links_to_the_weapon_that_has_it_or_to_a_new_one(new: Archive, seen: list[SightingId]) -> None:
    physical_weapons.link_by_name(new, " Rifle  7", seen[0])
    physical_weapons.link_by_name(new, "rifle 7", seen[1])
    (weapon,) = physical_weapons.weapons(new)
    assert (weapon.label, weapon.sightings) == ("Rifle 7", 2)
    physical_weapons.link_by_name(new, "", seen[1])
    assert [one.id for one in physical_weapons.sightings_of(new, weapon.id)] == seen[:1]


def test_a_name_is_needed_and_is_given_once(new: Archive, seen: list[SightingId]) -> None:
    physical_weapons.name(new, "Rifle 7")
    with pytest.raises(Refused, match="needs a name"):
        physical_weapons.name(new, "  ")
    with pytest.raises(Refused, match="already"):
        physical_weapons.name(new, "rifle 7", seen[:1])


def test_what_is_not_there_is_refused(new: Archive, seen: list[SightingId]) -> None:
    with pytest.raises(Refused, match="not in the archive any more"):
        physical_weapons.link(new, 9, seen[:1])
    weapon = physical_weapons.name(new, "rifle 7")
    with pytest.raises(Refused, match="not in the archive any more"):
        physical_weapons.link(new, weapon, [SightingId(99)])


def test_a_blind_coding_is_linked_to_nothing(new: Archive, seen: list[SightingId]) -> None:
    weapon = physical_weapons.name(new, "rifle 7")
    begin_coding(new, [ImageId(1)], "Grace", "Mary")
    new.actor = "Grace"
    own = sighting_details.add(new, ImageId(1))
    with pytest.raises(Refused, match="when the blind coding is closed"):
        physical_weapons.link(new, weapon, [own])
    with pytest.raises(Refused, match="when the blind coding is closed"):
        physical_weapons.name(new, "rifle 8", [own])
