"""Particulars: what a few letters say of the weapon just tagged."""

import pytest

from core import looking, tagging
from core.archive import Archive
from core.claims import Marking
from core.errors import Refused
from core.particulars import Particulars, say
from core.records import ImageId, Sighting
from core.store import claims, terms
from core.tagging import Tag
from core.vocabularies import Term
from tests.core.blind import begin_coding
from tests.core.filling import add_image
from tests.core.library import add_models


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three images in an archive with a few models."""
    add_models(new)
    with new.action("Import 3 images"):
        return [add_image(new, number) for number in range(3)]


def shown(archive: Archive, image_id: ImageId) -> list[Sighting]:
    (summary,) = looking.summaries(archive, [image_id])
    return list(summary.sightings)


def test_a_quantity_goes_onto_the_weapon_just_tagged_with_how_it_was_counted(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:2], Tag(type="SA.PIS"))
    report = tagging.tag(new, ids[:2], Tag(type="VH.TNK"))
    say(new, ids[:2], Particulars(quantity=3, quantity_basis="at_least"), onto=report.sightings)
    pistol, tank = shown(new, ids[0])
    assert (pistol.quantity, tank.quantity, tank.quantity_basis) == (None, 3, "at_least")
    assert new.undo_label == "Tag 2 images: quantity: 3 (at least)"
    new.undo()
    assert shown(new, ids[1])[1].quantity is None


def test_a_quantity_of_an_image_without_a_weapon_makes_one_of_which_nobody_has_said_the_type(
    new: Archive, ids: list[ImageId]
) -> None:
    say(new, ids[:1], Particulars(quantity=12, quantity_basis="estimate"))
    (made,) = shown(new, ids[0])
    assert (made.quantity, made.quantity_basis, made.identification) == (12, "estimate", None)


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_quantity_that_cannot_be_is_refused(new: Archive, ids: list[ImageId], quantity: int) -> None:
    with pytest.raises(Refused, match="whole number"):
        say(new, ids, Particulars(quantity=quantity))


def test_a_variant_brings_its_level_and_goes_with_it(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(model="akm"))
    say(new, ids[:1], Particulars(variant="with GP-25"))
    claim = shown(new, ids[0])[0].identification
    assert claim is not None
    assert (claim.variant, claim.level) == ("with GP-25", "variant")
    say(new, ids[:1], Particulars(variant=""))
    claim = shown(new, ids[0])[0].identification
    assert claim is not None
    assert (claim.variant, claim.level) == ("", "model")


def test_how_it_is_written_and_the_level_are_said_of_the_identification(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(model="akm"))
    say(new, ids[:1], Particulars(as_written="AKMS-ish", level="family"))
    claim = shown(new, ids[0])[0].identification
    assert claim is not None
    assert (claim.as_written, claim.level, claim.model) == ("AKMS-ish", "family", "akm")


def test_what_belongs_to_an_identification_is_refused_where_there_is_none(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(type="SA.PIS"))
    before = new.generation
    with pytest.raises(Refused, match="Say first"):
        say(new, ids[:2], Particulars(as_written="pistolet"))
    assert new.generation == before


def test_a_serial_is_read_once_however_often_it_is_typed(new: Archive, ids: list[ImageId]) -> None:
    (sighting_id,) = tagging.tag(new, ids[:1], Tag(type="SA.PIS")).sightings
    for _ in range(2):
        say(new, ids[:1], Particulars(serial=" 12?45 ", certainty="probable"))
    (read,) = claims.of_sightings(new.db, Marking, [sighting_id])[sighting_id]
    assert (read.text, read.kind, read.certainty) == ("12?45", "serial", "probable")
    with pytest.raises(Refused, match="unread"):
        say(new, ids[:1], Particulars(serial="  "))


def test_what_is_said_in_a_blind_coding_is_not_told_by_the_history(new: Archive, ids: list[ImageId]) -> None:
    begin_coding(new, ids[:1], "Ada", "Grace")
    say(new, ids[:1], Particulars(serial="12345"))
    assert new.undo_label == "Tag 1 image: in a blind coding"
    assert [one.coding_id is None for one in shown(new, ids[0])] == [False]


def test_a_basis_is_given_to_all_that_is_said_of_a_sighting(new: Archive, ids: list[ImageId]) -> None:
    report = tagging.tag(new, ids[:1], Tag(model="akm", manufacture="HUN"))
    tagging.set_bases(new, report.sightings, ["silhouette"])
    (held,) = shown(new, ids[0])
    assert held.identification is not None
    assert [claim.bases for claim in (held.identification, *held.origins)] == [("silhouette",)] * 2
    assert new.undo_label == "Basis silhouette: 1 sighting"
    with pytest.raises(Refused, match="basis"):
        tagging.set_bases(new, report.sightings, ["a hunch"])


def test_a_model_without_a_type_takes_the_type_that_was_said(new: Archive, ids: list[ImageId]) -> None:
    with new.action("Add a model"):
        terms.add(new.db, "weapon_model", 9, Term("own", "Own make", source="typed"))
    (sighting_id,) = tagging.tag(new, ids[:1], Tag(type="SA.PIS")).sightings
    tagging.tag(new, ids[:1], Tag(model="own"), onto=[sighting_id])
    tagging.tag(new, ids[1:2], Tag(model="own"))
    claims_ = [shown(new, image_id)[0].identification for image_id in ids[:2]]
    assert [(one.type, one.model) for one in claims_ if one] == [("SA.PIS", "own"), ("UNK", "own")]
