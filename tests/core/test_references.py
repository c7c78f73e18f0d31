"""References: which labelled regions stand beside an unknown one, which models are tried, and what is excluded."""

from dataclasses import replace

import pytest

from core import (
    describing,
    duplicates,
    excluding,
    identifying,
    looking,
    references,
    reviewing,
    sighting_details,
    tagging,
)
from core.archive import Archive
from core.claims import ClaimId, Identification, LookAlike
from core.errors import Refused
from core.records import ImageId, SightingId
from core.regions import Region
from core.store import claims
from tests.core.blind import begin_coding
from tests.core.filling import add_image

SMALL, LARGE = Region(0, 0, 100_000, 100_000), Region(0, 0, 900_000, 900_000)


@pytest.fixture
def archive(new: Archive) -> Archive:
    """A new archive with eight images."""
    with new.action("Import 8 images"):
        for number in range(8):
            add_image(new, number)
    return new


def label(
    archive: Archive, image: int, model: str, certainty: str = "possible", region: Region | None = LARGE
) -> SightingId:
    """Record a sighting that is identified."""
    made = sighting_details.add(archive, ImageId(image), region=region)
    identifying.add(archive, made, Identification("", model=model, certainty=certainty))
    return made


def identification(archive: Archive, sighting: SightingId) -> Identification:
    return claims.of_sightings(archive.db, Identification, [sighting], preferred_only=True)[sighting][0]


def confirm(archive: Archive, sighting: SightingId, decision: str = "confirm") -> None:
    before, archive.actor = archive.actor, "Ben"
    reviewing.decide(archive, identification(archive, sighting).id, decision, "looked at")
    archive.actor = before


def found(archive: Archive, model: str = "akm", but: int | None = None) -> list[SightingId]:
    image = None if but is None else ImageId(but)
    return [one.sighting.id for one in references.best(archive, model=model, but=image)]


def test_the_confirmed_come_first_then_the_certain_then_the_large(archive: Archive) -> None:
    doubtful = label(archive, 1, "akm", "doubtful")
    small = label(archive, 2, "akm", "certain", SMALL)
    large = label(archive, 3, "akm", "certain")
    confirmed = label(archive, 4, "akm", "possible", SMALL)
    confirm(archive, confirmed)
    assert found(archive) == [confirmed, large, small, doubtful]
    assert [one.confirmed for one in references.best(archive, model="akm")] == [True, False, False, False]
    before, archive.actor = archive.actor, "Eve"
    reviewing.decide(archive, identification(archive, confirmed).id, "reject", "no")
    archive.actor = before
    assert found(archive) == [large, small, confirmed, doubtful]


def test_what_has_no_region_is_not_preferred_or_does_not_count_is_no_reference(archive: Archive) -> None:
    label(archive, 1, "akm", region=None)
    rival = label(archive, 2, "ak-74")
    identifying.add(archive, rival, Identification("", model="akm", preferred=False))
    label(archive, 3, "akm")
    tagging.set_status(archive, [ImageId(3)], "excluded")
    begin_coding(archive, [ImageId(4)], "Ada", "Ben")
    label(archive, 4, "akm")
    assert found(archive) == []


def test_a_picture_gives_its_best_region_only(archive: Archive) -> None:
    label(archive, 1, "akm", "possible")
    best = label(archive, 2, "akm", "certain")
    label(archive, 2, "akm", "probable")
    one, other = looking.members(archive, [ImageId(1), ImageId(2)])
    duplicates.decide(archive, from_sha256=one.sha256, to_sha256=other.sha256, verdict="same_picture")
    assert found(archive) == [best]


def test_nothing_is_held_against_itself_or_against_a_copy_of_itself(archive: Archive) -> None:
    label(archive, 1, "akm")
    other = label(archive, 3, "akm")
    assert found(archive, but=1) == [other]
    one, copy = looking.members(archive, [ImageId(1), ImageId(2)])
    duplicates.decide(archive, from_sha256=one.sha256, to_sha256=copy.sha256, verdict="same_picture")
    assert found(archive, but=2) == [other]


def test_a_family_takes_its_members_along_and_a_model_no_others(archive: Archive) -> None:
    akm, ak47 = label(archive, 1, "akm"), label(archive, 2, "ak-47")
    assert set(found(archive, "ak-family")) == {akm, ak47}
    assert found(archive, "ak-47") == [ak47]


def test_a_type_takes_those_below_it_along(archive: Archive) -> None:
    akm = label(archive, 1, "akm")
    for weapon_type, expected in (("SA.RIF", [akm]), ("SA.PIS", [])):
        assert [one.sighting.id for one in references.best(archive, weapon_type=weapon_type)] == expected


def test_there_are_no_more_than_were_asked_for(archive: Archive) -> None:
    for image in range(1, 5):
        label(archive, image, "akm")
    assert len(references.best(archive, model="akm", most=3)) == 3


def test_a_graphic_reference_is_covered(archive: Archive) -> None:
    label(archive, 1, "akm")
    describing.mark_sensitive(archive, [ImageId(1)], "graphic_violence")
    assert [one.covered for one in references.best(archive, model="akm")] == [True]


def test_candidates_are_what_is_said_its_look_alikes_the_rivals_and_the_frequent(archive: Archive) -> None:
    unknown = label(archive, 1, "akm")
    identifying.add(archive, unknown, Identification("", model="rpk", preferred=False))
    label(archive, 2, "ak-103")
    label(archive, 3, "makarov-pm")
    tried = references.candidates(archive, unknown)
    why = {one.model: one.why for one in tried}
    assert tried[0].model == "akm"
    assert why["akm"] == "said"
    assert why["ak-47"] == "look_alike"
    assert why.get("rpk") in ("rival", "look_alike")
    assert why["ak-103"] in ("frequent", "look_alike")
    assert "makarov-pm" not in why


def test_look_alikes_hold_both_ways(archive: Archive) -> None:
    for one, other in (("akm", "ak-47"), ("ak-47", "akm")):
        assert other in {
            tried.model for tried in references.candidates(archive, label(archive, 1, one)) if tried.why == "look_alike"
        }


def test_for_what_is_no_sighting_yet_the_most_frequent_models_are_tried(archive: Archive) -> None:
    for image, model in ((1, "akm"), (2, "makarov-pm"), (3, "makarov-pm")):
        label(archive, image, model)
    assert [one.model for one in references.candidates(archive, None)] == ["makarov-pm", "akm"]


def test_of_another_coder_s_blind_sighting_nothing_is_told(archive: Archive) -> None:
    begin_coding(archive, [ImageId(1)], "Ada", "Ben")
    blind = label(archive, 1, "akm")
    assert references.candidates(archive, blind)[0].model == "akm"
    archive.actor = "Ben"
    assert references.candidates(archive, blind) == ()


def test_an_exclusion_stands_in_the_own_identification(archive: Archive) -> None:
    unknown = label(archive, 1, "akm")
    excluding.exclude(archive, unknown, "ak-47", "stamped receiver")
    assert identification(archive, unknown).look_alikes == (LookAlike("ak-47", "stamped receiver"),)
    excluding.exclude(archive, unknown, "ak-47", "ribbed cover")
    assert identification(archive, unknown).look_alikes == (LookAlike("ak-47", "ribbed cover"),)
    tried = {one.model: one for one in references.candidates(archive, unknown)}
    assert (tried["ak-47"].excluded, tried["ak-47"].reason) == (True, "ribbed cover")
    assert not tried["akm"].excluded


def test_an_exclusion_beside_another_s_identification_leaves_that_as_it_was(archive: Archive) -> None:
    unknown = label(archive, 1, "akm")
    before = identification(archive, unknown)
    archive.actor = "Ben"
    excluding.exclude(archive, unknown, "ak-47", "stamped receiver")
    assert identification(archive, unknown) == before
    own = claims.of_sightings(archive.db, Identification, [unknown])[unknown][-1]
    assert replace(own, look_alikes=(), author="Ada", id=before.id, claimed_at=before.claimed_at, preferred=True) == (
        before
    )
    assert (own.author, own.preferred, own.look_alikes) == ("Ben", False, (LookAlike("ak-47", "stamped receiver"),))


def test_what_is_not_identified_yet_can_be_told_what_it_is_not(archive: Archive) -> None:
    unknown = sighting_details.add(archive, ImageId(1), region=LARGE)
    excluding.exclude(archive, unknown, "akm", "no gas tube")
    said = identification(archive, unknown)
    assert (said.type, said.level, said.look_alikes) == ("UNK", "none", (LookAlike("akm", "no gas tube"),))


@pytest.mark.parametrize(("model", "reason"), [("akm", "no"), ("ak-47", "  "), ("no-such", "no")])
def test_an_exclusion_that_says_nothing_or_contradicts_is_refused(archive: Archive, model: str, reason: str) -> None:
    unknown = label(archive, 1, "akm")
    with pytest.raises(Refused):
        excluding.exclude(archive, unknown, model, reason)
    with pytest.raises(Refused):
        excluding.exclude(archive, SightingId(99), "ak-47", "no")
    assert ClaimId(0) != identification(archive, unknown).id
