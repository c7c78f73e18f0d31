"""Copying tags: what is taken along, what stays behind, and that nothing is doubled."""

from dataclasses import replace
from typing import Any

import pytest

from core import copying_tags, identifying, looking, sighting_details, tagging
from core.archive import Archive
from core.claims import Acquisition, Identification, LookAlike, Marking, Origin, SourceId
from core.errors import Refused
from core.records import ImageId, Sighting
from core.regions import Region
from core.store import claims, relations, sources
from core.tagging import Tag
from tests.core.blind import begin_coding
from tests.core.filling import add_image, dump, sha_of
from tests.core.library import add_models


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Four images, of which the first shows an AKM of Hungary in detail and a pistol."""
    add_models(new)
    with new.action("Import 4 images"):
        ids = [add_image(new, number) for number in range(4)]
    said = Tag(model="akm", manufacture="HUN", certainty="probable", bases=("silhouette",), details={"context": "held"})
    (akm,) = tagging.tag(new, ids[:1], said).sightings
    tagging.tag(new, ids[:1], Tag(type="SA.PIS", note="in the belt"))
    sighting_details.set_details(new, akm, {"quantity": 2, "quantity_basis": "at_least", "accessories": "sling"})
    sighting_details.set_region(new, akm, Region(100_000, 100_000, 200_000, 200_000))
    with new.action("Say more"):
        claims.add(new.db, akm, Marking("12345", kind="serial"), "Ada")
        claims.add(new.db, akm, Acquisition(route="looted_depot", certainty="possible"), "Ada")
    return ids


def plain(claim: Any) -> Any:
    """What a claim says, but for whose it is and when it was made."""
    return replace(claim, id=0, author="", claimed_at="")


def shown(archive: Archive, image_id: ImageId) -> list[Sighting]:
    (summary,) = looking.summaries(archive, [image_id])
    return list(summary.sightings)


def test_claims_and_details_are_pasted_and_what_is_of_one_picture_alone_stays(new: Archive, ids: list[ImageId]) -> None:
    label = copying_tags.paste(new, ids[1:3], copying_tags.copy(new, ids[0]))
    assert label == new.undo_label == "Paste onto 2 images: AKM, made in Hungary; self-loading pistol"
    akm, pistol = shown(new, ids[2])
    assert akm.identification is not None
    assert (akm.identification.model, akm.identification.certainty) == ("akm", "unknown")
    assert akm.identification.bases == ("silhouette",)
    assert akm.countries("manufacture") == ("HUN",)
    assert (akm.quantity, akm.quantity_basis, akm.accessories, akm.context) == (2, "at_least", "sling", "held")
    assert (akm.region, pistol.note) == (None, "")
    assert claims.of_sightings(new.db, Marking, [akm.id]) == {}
    (route,) = claims.of_sightings(new.db, Acquisition, [akm.id])[akm.id]
    assert (route.route, route.certainty) == ("looted_depot", "unknown")
    new.undo()
    assert shown(new, ids[1]) == shown(new, ids[2]) == []


def test_pasting_again_or_onto_the_same_image_changes_nothing(new: Archive, ids: list[ImageId]) -> None:
    copied = copying_tags.copy(new, ids[0])
    copying_tags.paste(new, ids[:2], copied)
    before = dump(new)
    copying_tags.paste(new, ids[:2], copied)
    assert dump(new) == before


def test_a_copy_of_the_same_picture_shows_it_already(new: Archive, ids: list[ImageId]) -> None:
    with new.action("Decide a pair"):
        pair = {"from_sha256": sha_of(0), "to_sha256": sha_of(1)}
        relations.put(new.db, **pair, kind="same_picture", evidence="near", by="Ada")
    copying_tags.paste(new, [ids[1]], copying_tags.copy(new, ids[0]))
    assert len(shown(new, ids[1])) == 2


def test_what_is_said_already_is_kept_and_what_is_not_is_added(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[1:2], Tag(type="SA.RIF.AUT", design="SUHH", details={"context": "worn"}))
    copying_tags.paste(new, ids[1:2], copying_tags.copy(new, ids[0]))
    rifle, _pistol = shown(new, ids[1])
    assert rifle.identification is not None
    assert rifle.identification.model == "akm"
    assert (rifle.countries("design"), rifle.countries("manufacture")) == (("SUHH",), ("HUN",))
    assert (rifle.context, rifle.accessories) == ("worn", "sling")


SAID_THERE = Identification(
    "SA.RIF.AUT", "akm", "variant", "with GP-25", "Kalashnikov", certainty="certain",
    bases=("marking_read", "silhouette"), features="gas block", look_alikes=(LookAlike("m2", "too small"),),
)  # fmt: skip


def test_what_was_seen_and_read_on_one_picture_is_not_claimed_of_another(new: Archive, ids: list[ImageId]) -> None:
    with new.action("Name a source"):
        source_id = SourceId(sources.add(new.db, {"title": "A channel"}))
    (tank,) = tagging.tag(new, ids[3:], Tag(note="x")).sightings
    identifying.add(new, tank, replace(SAID_THERE, source_id=source_id))
    made = Origin("manufacture", ("HUN",), maker="FÉG", certainty="certain", bases=("marking_read",))
    identifying.add(new, tank, replace(made, source_id=source_id))
    copying_tags.paste(new, ids[2:3], copying_tags.copy(new, ids[3]), certainty="possible")
    (held,) = shown(new, ids[2])
    assert held.identification is not None
    assert plain(held.identification) == Identification(
        "SA.RIF.AUT", "akm", "variant", "with GP-25", certainty="possible", bases=("silhouette",)
    )
    assert [plain(one) for one in held.origins] == [replace(made, certainty="possible", bases=())]


def test_a_model_is_pasted_onto_a_type_that_keeps_what_is_said_of_it(new: Archive, ids: list[ImageId]) -> None:
    own = Identification("SA.RIF.AUT", as_written="a rifle", features="curved magazine", bases=("distinctive_feature",))
    (held,) = tagging.tag(new, ids[2:3], Tag(note="x")).sightings
    identifying.add(new, held, own)
    copying_tags.paste(new, ids[2:3], copying_tags.copy(new, ids[0]))
    (claim,) = claims.of_sightings(new.db, Identification, [held])[held]
    assert plain(claim) == replace(own, model="akm", level="model")


def test_a_model_that_was_excluded_is_another_weapon(new: Archive, ids: list[ImageId]) -> None:
    (held,) = tagging.tag(new, ids[2:3], Tag(note="x")).sightings
    identifying.add(new, held, Identification("SA.RIF.AUT", look_alikes=(LookAlike("akm", "no muzzle brake"),)))
    copying_tags.paste(new, ids[2:3], copying_tags.copy(new, ids[0]))
    assert [one.identification and one.identification.model for one in shown(new, ids[2])] == ["", "akm", ""]


def test_how_certain_the_type_was_is_kept_and_not_said_of_the_model_pasted(new: Archive, ids: list[ImageId]) -> None:
    (held,) = tagging.tag(new, ids[2:3], Tag("SA.RIF.AUT", certainty="certain")).sightings
    copying_tags.paste(new, ids[2:3], copying_tags.copy(new, ids[0]))
    said = claims.of_sightings(new.db, Identification, [held])[held]
    assert [(one.model, one.certainty, one.preferred) for one in said] == [
        ("", "certain", False),
        ("akm", "unknown", True),
    ]


def test_anothers_type_stays_as_it_was_beside_the_model_pasted(new: Archive, ids: list[ImageId]) -> None:
    (held,) = tagging.tag(new, ids[2:3], Tag(note="x")).sightings
    identifying.add(new, held, Identification("SA.RIF.AUT", features="curved magazine"))
    new.actor = "Grace"
    copying_tags.paste(new, ids[2:3], copying_tags.copy(new, ids[0]))
    said = claims.of_sightings(new.db, Identification, [held])[held]
    assert [(one.author, one.model, one.features) for one in said] == [
        ("Ada", "", "curved magazine"),
        ("Grace", "akm", ""),
    ]


def test_a_weapon_that_contradicts_is_another_one(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[1:2], Tag(model="akm", manufacture="SUHH"))
    copying_tags.paste(new, ids[1:2], copying_tags.copy(new, ids[0]))
    countries = [one.countries("manufacture") for one in shown(new, ids[1])]
    assert countries == [("SUHH",), ("HUN",), ()]


def test_two_like_weapons_stay_two(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[3:], Tag(type="SA.PIS"))
    (held,) = shown(new, ids[3])
    sighting_details.duplicate(new, held.id)
    copying_tags.paste(new, ids[2:3], copying_tags.copy(new, ids[3]))
    assert len(shown(new, ids[2])) == 2


def test_of_many_weapons_the_label_tells_the_number(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(type="VH.TNK"))
    assert copying_tags.paste(new, ids[1:2], copying_tags.copy(new, ids[0])) == "Paste onto 1 image: 3 weapons"


def test_where_nothing_is_said_there_is_nothing_to_paste(new: Archive, ids: list[ImageId]) -> None:
    copied = copying_tags.copy(new, ids[2])
    assert copied.weapons == ()
    with pytest.raises(Refused, match="Nothing is said"):
        copying_tags.paste(new, ids[1:2], copied)


def test_what_a_coder_said_blind_is_neither_told_nor_carried_out(new: Archive, ids: list[ImageId]) -> None:
    begin_coding(new, ids[1:3], "Ada", "Grace")
    tagging.tag(new, ids[1:2], Tag(type="VH.TNK"))
    copied = copying_tags.copy(new, ids[1])
    assert copying_tags.paste(new, ids[2:3], copied) == "Paste onto 1 image: in a blind coding"
    with pytest.raises(Refused, match="blind"):
        copying_tags.paste(new, ids[3:], copied)
    assert shown(new, ids[3]) == []
