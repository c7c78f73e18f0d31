"""Settling blind codings: what goes into the record, in whose name, and that nothing is lost or counted twice."""

import json

import pytest

from core import duplicates, search
from core.archive import Archive
from core.blind_coding import coding_agreement, double_coding, settling_codings
from core.blind_coding.settling_codings import Choice
from core.claims import Identification
from core.errors import Refused
from core.records import ImageId
from core.regions import Region
from core.sighting_details import set_details
from core.store import claimed, claims, sightings
from tests.core.coding_set import SET, as_, close, code, shown
from tests.core.filling import add_image, sha_of
from tests.core.library import add_models

REGION = Region(0, 100_000, 200_000, 300_000)


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Five untagged images, the first four of them in a set that Ada and Ben code."""
    with new.action("Import 5 images"):
        found = [add_image(new, number) for number in range(5)]
    double_coding.make(new, SET, found[:4], ["Ada", "Ben"])
    return found


def test_images_on_which_both_agree_are_settled_together(new: Archive, ids: list[ImageId]) -> None:
    for who in ("Ada", "Ben"):
        code(new, who, ids[0], type="SA.PIS", manufacture="HUN", certainty="probable")
    code(new, "Ada", ids[1], type="SA.PIS")
    close(new, "Ada", "Ben")
    assert len(settling_codings.settleable(new, SET)) == 3
    assert settling_codings.settle_agreed(as_(new, "Cleo"), SET) == 3
    (sighting,) = shown(new, ids[0])
    assert (sighting.author, sighting.coding_id) == ("Ada", None)
    assert sighting.identification == Identification(
        "SA.PIS", certainty="probable", author="Ada", id=sighting.identification.id,  # type: ignore[union-attr]
        claimed_at=sighting.identification.claimed_at,  # type: ignore[union-attr]
    )  # fmt: skip
    assert sighting.countries("manufacture") == ("HUN",)
    assert len(claims.of_sightings(new.db, Identification, [sighting.id])[sighting.id]) == 1
    assert double_coding.get(new, SET).settled == 3
    assert list(search.find(new, search.parse(new, "type:SA.PIS"))) == ids[:1]
    assert list(search.find(new, search.parse(new, "status:in_progress"))) == ids[:1]
    new.undo()
    assert (shown(new, ids[0]), double_coding.get(new, SET).settled) == ((), 0)


def test_a_disagreement_is_settled_by_one_side_and_keeps_the_others_claim(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS", manufacture="HUN", details={"condition": "damaged"})
    hers = shown(new, ids[0])[0].identification
    code(new, "Ben", ids[0], type="SA.REV", design="AUT", details={"condition": "fired"})
    close(new, "Ada", "Ben")
    as_(new, "Cleo")
    with pytest.raises(Refused, match="say why"):
        settling_codings.settle(new, SET, ids[0], Choice("first"))
    settling_codings.settle(new, SET, ids[0], Choice("first"), "no cylinder")
    (sighting,) = shown(new, ids[0])
    held = claims.of_sightings(new.db, Identification, [sighting.id])[sighting.id]
    assert [(one.type, one.author, one.preferred) for one in held] == [
        ("SA.PIS", "Ada", True),
        ("SA.REV", "Ben", False),
    ]
    assert hers is not None
    assert held[0].claimed_at == hers.claimed_at
    assert (sighting.condition, sighting.countries("manufacture"), sighting.countries("design")) == (
        "damaged", ("HUN",), (),
    )  # fmt: skip
    assert new.undo_label == "Settle an image of the coding set “Pilot”: no cylinder"
    assert coding_agreement.disagreements(new, SET) == []
    with pytest.raises(Refused, match="settled already"):
        settling_codings.settle(new, SET, ids[0], Choice("second"), "again")


def test_parts_can_be_chosen_apart(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS", manufacture="HUN", details={"condition": "damaged"})
    code(new, "Ben", ids[0], type="SA.REV", manufacture="AUT", details={"condition": "fired"})
    close(new, "Ada", "Ben")
    choice = Choice("first", {(0, "manufacture"): "second", (0, "condition"): "second"})
    settling_codings.settle(new, SET, ids[0], choice, "the proof mark is Austrian")
    (sighting,) = shown(new, ids[0])
    assert sighting.identification is not None
    assert (sighting.identification.type, sighting.countries("manufacture"), sighting.condition) == (
        "SA.PIS", ("AUT",), "fired",
    )  # fmt: skip
    by_role = claimed.of_sightings(new.db, [sighting])[0].origins
    assert [(one.countries, one.author, one.preferred) for one in by_role] == [
        (("AUT",), "Ben", True), (("HUN",), "Ada", False),
    ]  # fmt: skip


def test_an_identification_is_settled_field_by_field_beside_the_others_whole_claim(
    new: Archive, ids: list[ImageId]
) -> None:
    add_models(new)
    code(new, "Ada", ids[0], model="akm", certainty="possible")
    code(new, "Ben", ids[0], type="SA.RIF", certainty="certain")
    close(new, "Ada", "Ben")
    before = new.generation
    with pytest.raises(Refused, match="follow one coder in the model and in the level"):
        settling_codings.settle(new, SET, ids[0], Choice("first", {(0, "level"): "second"}), "clear")
    assert (new.generation, shown(new, ids[0])) == (before, ())
    settling_codings.settle(new, SET, ids[0], Choice("first", {(0, "certainty"): "second"}), "clear")
    (sighting,) = shown(new, ids[0])
    held = claims.of_sightings(new.db, Identification, [sighting.id])[sighting.id]
    assert [(one.type, one.model, one.certainty, one.author, one.preferred) for one in held] == [
        ("SA.RIF.AUT", "akm", "certain", "Ada", True),
        ("SA.RIF", "", "certain", "Ben", False),
    ]


def test_a_weapon_that_only_one_saw_is_there_or_not_as_chosen(new: Archive, ids: list[ImageId]) -> None:
    for image_id in ids[:2]:
        code(new, "Ada", image_id, type="SA.PIS")
    close(new, "Ada", "Ben")
    assert settling_codings.settle(new, SET, ids[0], Choice("second"), "a toy") == ()
    assert shown(new, ids[0]) == ()
    made = settling_codings.settle(new, SET, ids[1], Choice("second", {(0, "sighting"): "first"}), "in the corner")
    assert [one.id for one in shown(new, ids[1])] == list(made)


def test_what_was_tagged_meanwhile_is_not_counted_twice(new: Archive, ids: list[ImageId]) -> None:
    for who in ("Ada", "Ben"):
        code(new, who, ids[0], type="SA.PIS")
    close(new, "Ada", "Ben")
    code(new, "Cleo", ids[4], type="SA.REV")
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(4), verdict="same_picture")
    with pytest.raises(Refused, match="count its weapons twice"):
        settling_codings.settle(new, SET, ids[0], Choice("first"))
    assert settling_codings.settle_agreed(new, SET) == 3
    assert [one.identification.type for one in shown(new, ids[0]) if one.identification] == ["SA.REV"]


def test_what_the_coders_are_not_compared_in_is_taken_from_either(new: Archive, ids: list[ImageId]) -> None:
    for who, note in (("Ada", ""), ("Ben", "seen from below")):
        mine = code(new, who, ids[0], type="SA.PIS", note=note)
        if who == "Ben":
            with new.action("Region in a blind coding"):
                sightings.set_region(new.db, mine, REGION)
    close(new, "Ada", "Ben")
    settling_codings.settle_agreed(new, SET)
    (sighting,) = shown(new, ids[0])
    assert (sighting.author, sighting.note, sighting.region) == ("Ada", "seen from below", REGION)


def test_a_quantity_and_its_basis_are_one_coders_and_compared(new: Archive, ids: list[ImageId]) -> None:
    set_details(new, code(new, "Ada", ids[0], type="SA.PIS"), {"quantity": 3})
    set_details(new, code(new, "Ben", ids[0], type="SA.PIS"), {"quantity": 1200, "quantity_basis": "estimate"})
    close(new, "Ada", "Ben")
    assert settling_codings.settleable(new, SET)[0].image_id != ids[0]
    told = [one[1:] for one in coding_agreement.differences(new, SET)]
    assert told == [("quantity", "3", f"1,200 ({new.vocabulary('quantity_basis').label('estimate')})")]
    settling_codings.settle(new, SET, ids[0], Choice("first"), "clear")
    (sighting,) = shown(new, ids[0])
    assert (sighting.quantity, sighting.quantity_basis) == (3, "")


def test_what_both_coders_wrote_is_kept(new: Archive, ids: list[ImageId]) -> None:
    for who, words in (("Ada", "a red band"), ("Ben", "seen from below")):
        mine = code(new, who, ids[0], type="SA.PIS", note=words)
        set_details(new, mine, {"accessories": words, "modifications": "sawn off"})
    close(new, "Ada", "Ben")
    settling_codings.settle_agreed(new, SET)
    (sighting,) = shown(new, ids[0])
    assert sighting.note == sighting.accessories == "a red band\nseen from below"
    assert sighting.modifications == "sawn off"


def test_two_images_of_one_picture_are_settled_once(new: Archive, ids: list[ImageId]) -> None:
    for image_id in ids[:2]:
        for who in ("Ada", "Ben"):
            code(new, who, image_id, type="SA.PIS")
    close(new, "Ada", "Ben")
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    assert [one.image_id for one in settling_codings.settleable(new, SET)] == [ids[0], *ids[2:4]]
    assert settling_codings.settle_agreed(new, SET) == 3
    assert [len(sightings.of_images(new.db, [image_id])[image_id]) for image_id in ids[:2]] == [1, 0]
    assert settling_codings.settle_agreed(new, SET) == 0


def test_the_record_of_a_coding_survives_its_settling(new: Archive, ids: list[ImageId]) -> None:
    code(new, "Ada", ids[0], type="SA.PIS")
    close(new, "Ada", "Ben")
    before = json.dumps([str(one.agreement) for one in coding_agreement.agreement(new, SET).fields])
    settling_codings.settle(new, SET, ids[0], Choice("first"), "clear")
    after = json.dumps([str(one.agreement) for one in coding_agreement.agreement(new, SET).fields])
    assert before == after
