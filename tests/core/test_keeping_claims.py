"""Tagging and untagging: that nothing which was said, by whomever, is lost by it."""

from dataclasses import replace
from typing import Any

import pytest

from core import identifying, looking, reviewing, tag_values, tagging
from core.archive import Archive
from core.claims import Acquisition, Identification, LookAlike, Marking, Origin
from core.records import ImageId, Sighting, SightingId
from core.store import claims, sightings
from core.tagging import Tag
from tests.core.filling import add_image, dump
from tests.core.library import add_models

RIFLE = Identification(
    "SA.RIF.AUT", certainty="probable", bases=("marking_read",), as_written="Kalashnikov", features="gas block",
    look_alikes=(LookAlike("m2", "too small"),),
)  # fmt: skip
HUNGARY = Origin("manufacture", ("HUN",), maker="FÉG", years="1974", certainty="probable", bases=("marking_read",))


@pytest.fixture
def image_id(new: Archive) -> ImageId:
    """An untagged image, in an archive that knows three models."""
    add_models(new)
    with new.action("Import 1 image"):
        return add_image(new, 0)


def said_of(archive: Archive, sighting_id: SightingId, *said: Any) -> SightingId:
    """Claim all of this of a sighting."""
    for claim in said:
        identifying.add(archive, sighting_id, claim)
    return sighting_id


def tagged(archive: Archive, image_id: ImageId, *said: Any) -> SightingId:
    """A sighting with a serial number of which all of this is claimed."""
    (sighting_id,) = tagging.tag(archive, [image_id], Tag(note="x")).sightings
    tagging.set_note(archive, sighting_id, "")
    return said_of(archive, sighting_id, *said)


def held(archive: Archive, sighting_id: SightingId) -> Sighting:
    found = sightings.get(archive.db, sighting_id)
    assert found is not None
    return found


def every(archive: Archive, kind: Any, sighting_id: SightingId) -> list[Any]:
    return claims.of_sightings(archive.db, kind, [sighting_id]).get(sighting_id, [])


def plain(claim: Any) -> Any:
    return replace(claim, id=0, author="", claimed_at="")


@pytest.mark.parametrize(
    "other",
    [
        Marking("12345", kind="serial"),
        Acquisition(route="looted_depot"),
    ],
)
def test_a_sighting_stays_while_anything_is_claimed_of_it(new: Archive, image_id: ImageId, other: Any) -> None:
    sighting_id = tagged(new, image_id, Identification("SA.PIS"), other)
    tag_values.untag(new, [image_id], "type", "SA.PIS")
    assert held(new, sighting_id).identification is None
    assert len(every(new, type(other), sighting_id)) == 1


def test_a_sighting_stays_for_the_rival_that_another_said(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, Identification("SA.PIS"))
    tag_values.untag(new, [image_id], "type", "SA.PIS")
    assert sightings.get(new.db, sighting_id) is None
    new.undo()
    new.actor = "Grace"
    tag_values.untag(new, [image_id], "type", "SA.PIS")
    assert [one.preferred for one in every(new, Identification, sighting_id)] == [False]


def test_untagging_keeps_what_another_said_and_a_reviewer_confirmed(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, RIFLE, HUNGARY)
    (claim,) = every(new, Identification, sighting_id)
    new.actor = "Ben"
    reviewing.decide(new, claim.id, "confirm")
    before = dump(new)
    new.actor = "Grace"
    tag_values.untag(new, [image_id], "type", "SA.RIF.AUT")
    tag_values.untag(new, [image_id], "manufacture", "HUN")
    found = held(new, sighting_id)
    assert (found.identification, found.origins) == (None, ())
    assert [plain(one) for one in every(new, Identification, sighting_id)] == [replace(RIFLE, preferred=False)]
    assert [plain(one) for one in every(new, Origin, sighting_id)] == [replace(HUNGARY, preferred=False)]
    assert len(reviewing.standing(new, claim.id)) == 1
    new.undo()
    new.undo()
    assert dump(new) == before


def test_untagging_what_was_reviewed_keeps_ones_own_as_well(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, RIFLE)
    (claim,) = every(new, Identification, sighting_id)
    new.actor = "Ben"
    reviewing.decide(new, claim.id, "confirm")
    new.actor = "Ada"
    tag_values.untag(new, [image_id], "type", "SA.RIF.AUT")
    assert [one.preferred for one in every(new, Identification, sighting_id)] == [False]
    assert len(reviewing.standing(new, claim.id)) == 1


def test_untagging_goes_back_through_what_was_said_and_comes_to_an_end(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, Identification("SA.PIS"))
    new.actor = "Ben"
    identifying.add(new, sighting_id, Identification("SA.REV"))
    new.actor = "Grace"
    tag_values.untag(new, [image_id], "type", "SA.REV")
    claim = held(new, sighting_id).identification
    assert claim is not None
    assert claim.type == "SA.PIS"
    tag_values.untag(new, [image_id], "type", "SA.PIS")
    assert held(new, sighting_id).identification is None
    assert [one.type for one in every(new, Identification, sighting_id)] == ["SA.PIS", "SA.REV"]


def test_untagging_a_country_of_several_takes_nobodys_maker_along(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, replace(HUNGARY, countries=("HUN", "ROU")))
    new.actor = "Grace"
    tag_values.untag(new, [image_id], "manufacture", "ROU")
    assert [plain(one) for one in every(new, Origin, sighting_id)] == [
        replace(HUNGARY, countries=("HUN", "ROU"), preferred=False),
        Origin("manufacture", ("HUN",)),
    ]


def test_untagging_anothers_model_leaves_the_type_in_ones_own_name(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, replace(RIFLE, model="akm"))
    new.actor = "Grace"
    tag_values.untag(new, [image_id], "model", "akm")
    adas, graces = every(new, Identification, sighting_id)
    assert (adas.model, adas.features, adas.preferred) == ("akm", "gas block", False)
    assert (plain(graces), graces.author) == (Identification("SA.RIF.AUT"), "Grace")


def test_naming_a_model_keeps_all_that_was_said_of_the_type(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, RIFLE)
    tagging.tag(new, [image_id], Tag(model="akm"))
    (claim,) = every(new, Identification, sighting_id)
    assert plain(claim) == replace(RIFLE, model="akm", level="model")


def test_a_model_that_was_excluded_stands_beside_what_excluded_it(new: Archive, image_id: ImageId) -> None:
    claim = replace(RIFLE, look_alikes=(LookAlike("akm", "no muzzle brake"),))
    sighting_id = tagged(new, image_id, claim)
    tagging.tag(new, [image_id], Tag(model="akm"))
    assert [plain(one) for one in every(new, Identification, sighting_id)] == [
        replace(claim, preferred=False),
        Identification("SA.RIF.AUT", "akm", "model"),
    ]


def test_another_type_or_model_stands_beside_an_own_claim_that_says_more(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, replace(RIFLE, model="akm", level="model"))
    tagging.tag(new, [image_id], Tag(model="ak"), onto=[sighting_id])
    tagging.tag(new, [image_id], Tag("SA.PIS"), onto=[sighting_id])
    assert [(one.type, one.model, one.features, one.preferred) for one in every(new, Identification, sighting_id)] == [
        ("SA.RIF.AUT", "akm", "gas block", False),
        ("SA.PIS", "", "", True),
    ]


def test_another_country_stands_beside_an_own_origin_that_says_more(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, HUNGARY)
    tagging.tag(new, [image_id], Tag(manufacture="HUN", certainty="possible"))
    assert [plain(one) for one in every(new, Origin, sighting_id)] == [replace(HUNGARY, certainty="possible")]
    tagging.tag(new, [image_id], Tag(manufacture="ROU"))
    assert [plain(one) for one in every(new, Origin, sighting_id)] == [
        replace(HUNGARY, certainty="possible", preferred=False),
        Origin("manufacture", ("ROU",)),
    ]


@pytest.mark.parametrize("said", [Tag("SA.PIS"), Tag(model="akm"), Tag("SA.RIF.AUT", certainty="possible")])
def test_what_was_reviewed_is_never_written_over(new: Archive, image_id: ImageId, said: Tag) -> None:
    sighting_id = tagged(new, image_id, Identification("SA.RIF.AUT"))
    (claim,) = every(new, Identification, sighting_id)
    new.actor = "Ben"
    reviewing.decide(new, claim.id, "confirm")
    new.actor = "Ada"
    tagging.tag(new, [image_id], said, onto=[sighting_id])
    assert every(new, Identification, sighting_id)[0] == replace(claim, preferred=False)
    assert len(reviewing.standing(new, claim.id)) == 1
    (summary,) = looking.summaries(new, [image_id])
    assert reviewing.state(new, summary.sightings[0]) == "unreviewed"


def test_pressing_a_certainty_takes_over_what_another_says_it_is_and_not_why(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, replace(RIFLE, model="akm", level="model"), HUNGARY)
    new.actor = "Grace"
    tagging.set_certainty(new, [sighting_id], "certain")
    found = held(new, sighting_id)
    assert found.identification is not None
    assert plain(found.identification) == Identification("SA.RIF.AUT", "akm", "model", certainty="certain")
    assert [plain(one) for one in found.origins] == [Origin("manufacture", ("HUN",), certainty="certain")]
    assert every(new, Identification, sighting_id)[0].features == "gas block"
    tagging.set_bases(new, [sighting_id], ["silhouette"])
    assert [one.bases for one in every(new, Identification, sighting_id)] == [("marking_read",), ("silhouette",)]


def test_saying_the_same_of_anothers_claim_rests_on_what_one_says_oneself(new: Archive, image_id: ImageId) -> None:
    sighting_id = tagged(new, image_id, RIFLE)
    new.actor = "Grace"
    tagging.tag(new, [image_id], Tag("SA.RIF.AUT"))
    assert len(every(new, Identification, sighting_id)) == 1
    tagging.tag(new, [image_id], Tag("SA.RIF.AUT", certainty="certain"))
    assert [plain(one) for one in every(new, Identification, sighting_id)] == [
        replace(RIFLE, preferred=False),
        Identification("SA.RIF.AUT", certainty="certain"),
    ]
