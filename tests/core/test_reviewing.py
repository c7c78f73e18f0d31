"""Reviewing: decisions on identifications, disputes, and the four-eyes rule."""

from collections.abc import Callable

import pytest

from core import duplicates, identifying, looking, reviewing, rules, search, sighting_details, tagging
from core.archive import Archive
from core.claims import ClaimId, Identification
from core.errors import ReadOnly, Refused
from core.records import ImageId, Sighting
from core.store import claims
from core.tagging import Tag
from tests.core.blind import begin_coding
from tests.core.filling import add_image, dump, sha_of

Act = Callable[[Archive, list[ImageId]], object]


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three images, the first of which Ada has tagged."""
    with new.action("Import 3 images"):
        found = [add_image(new, number) for number in range(3)]
    tagging.tag(new, found[:1], Tag("SA.PIS", certainty="probable"))
    return found


def sighting_of(archive: Archive, image_id: ImageId) -> Sighting:
    return looking.summaries(archive, [image_id])[0].sightings[0]


def claim_of(archive: Archive, image_id: ImageId) -> ClaimId:
    claim = sighting_of(archive, image_id).identification
    assert claim is not None
    return claim.id


def decide(archive: Archive, image_id: ImageId, who: str, decision: str, reason: str = "") -> str:
    """Decide on an image's identification as somebody."""
    before, archive.actor = archive.actor, who
    try:
        return reviewing.decide(archive, claim_of(archive, image_id), decision, reason)
    finally:
        archive.actor = before


def found(archive: Archive, text: str) -> list[int]:
    return list(search.find(archive, search.parse(archive, text)))


def state(archive: Archive, image_id: ImageId) -> str:
    return reviewing.state(archive, sighting_of(archive, image_id))


def test_an_identification_is_unreviewed_until_somebody_decides(new: Archive, ids: list[ImageId]) -> None:
    assert state(new, ids[0]) == "unreviewed"
    assert found(new, "review:unreviewed") == [ids[0]]
    decide(new, ids[0], "Ben", "confirm")
    assert state(new, ids[0]) == "confirm"
    assert found(new, "review:confirmed") == [ids[0]]
    assert found(new, "review:unreviewed") == []


@pytest.mark.parametrize("decision", ["change", "reject", "cannot_determine", "needs_specialist"])
def test_all_but_a_confirmation_need_a_reason(new: Archive, ids: list[ImageId], decision: str) -> None:
    before = dump(new)
    with pytest.raises(Refused, match="say why"):
        decide(new, ids[0], "Ben", decision, "  ")
    assert dump(new) == before
    decide(new, ids[0], "Ben", decision, "the muzzle is hidden")
    assert state(new, ids[0]) == decision
    (review,) = reviewing.standing(new, claim_of(new, ids[0]))
    assert (review.reviewer, review.reason) == ("Ben", "the muzzle is hidden")


def test_a_later_decision_withdraws_the_earlier_one_and_keeps_it(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "reject", "a revolver")
    decide(new, ids[0], "Ben", "confirm")
    claim = claim_of(new, ids[0])
    held = claims.reviews(new.db, [claim])[claim]
    assert [(one.decision, one.withdrawn) for one in held] == [("reject", True), ("confirm", False)]
    assert state(new, ids[0]) == "confirm"
    new.undo()
    assert state(new, ids[0]) == "reject"


def test_reviewers_who_decide_alike_agree_and_others_dispute(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "confirm")
    decide(new, ids[0], "Cleo", "confirm")
    assert state(new, ids[0]) == "confirm"
    decide(new, ids[0], "Cleo", "reject", "the slide is wrong")
    assert state(new, ids[0]) == "disputed"
    assert found(new, "review:disputed") == [ids[0]]
    assert found(new, "review:confirm") == []
    decide(new, ids[0], "Ben", "reject", "so it is")
    assert state(new, ids[0]) == "reject"


def test_one_can_withdraw_only_the_own_decision(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "confirm")
    new.actor = "Cleo"
    reviewing.withdraw(new, claim_of(new, ids[0]))
    assert state(new, ids[0]) == "confirm"
    new.actor = "Ben"
    reviewing.withdraw(new, claim_of(new, ids[0]))
    assert state(new, ids[0]) == "unreviewed"


def test_the_history_says_what_was_decided_and_why(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "reject", "a revolver: the cylinder is visible")
    assert new.undo_label == "Review self-loading pistol: rejected (a revolver: the cylinder is visible)"
    decide(new, ids[0], "Ben", "reject", "w" * 200)
    assert new.undo_label == f"Review self-loading pistol: rejected ({'w' * 80}…)"


def test_the_same_decision_again_leaves_no_trace(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "reject", "a revolver")
    before, newest = dump(new), new.generation
    decide(new, ids[0], "Ben", "reject", "a revolver")
    assert (dump(new), new.generation) == (before, newest)


def test_an_identification_that_is_changed_has_to_be_reviewed_again(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "confirm")
    tagging.set_certainty(new, [sighting_of(new, ids[0]).id], "certain")
    assert state(new, ids[0]) == "unreviewed"
    new.undo()
    assert state(new, ids[0]) == "confirm"


def test_a_rival_that_is_preferred_has_a_review_of_its_own(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "confirm")
    sighting = sighting_of(new, ids[0])
    new.actor = "Cleo"
    tagging.tag(new, ids[:1], Tag("SA.REV"), onto=[sighting.id])
    assert state(new, ids[0]) == "unreviewed"
    assert found(new, "review:unreviewed") == [ids[0]]


def test_a_copy_shows_the_review_of_the_picture(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "confirm")
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    assert found(new, "review:confirm") == ids[:2]


def test_what_makes_no_sense_is_refused(new: Archive, ids: list[ImageId]) -> None:
    with pytest.raises(Refused, match="no decision “perhaps”"):
        decide(new, ids[0], "Ben", "perhaps")
    with pytest.raises(Refused, match="not there any more"):
        reviewing.decide(new, ClaimId(99), "confirm")


def test_a_reader_cannot_review(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ben", "confirm")
    claim = claim_of(new, ids[0])
    new.close()
    with Archive.open(new.folder, read_only=True, actor="Ben") as reader, pytest.raises(ReadOnly):
        reviewing.decide(reader, claim, "confirm")


def test_without_the_rule_an_author_may_confirm_and_the_status_is_free(new: Archive, ids: list[ImageId]) -> None:
    assert not rules.four_eyes(new)
    tagging.set_status(new, ids, "reviewed")
    decide(new, ids[0], "Ada", "confirm")
    assert state(new, ids[0]) == "confirm"


def test_the_four_eyes_rule_is_an_action_that_can_be_undone(new: Archive, ids: list[ImageId]) -> None:
    rules.set_four_eyes(new, on=True)
    assert (rules.four_eyes(new), new.undo_label) == (True, "Four-eyes rule: on")
    newest = new.generation
    rules.set_four_eyes(new, on=True)
    assert new.generation == newest
    rules.set_four_eyes(new, on=False)
    assert not rules.four_eyes(new)
    new.undo()
    assert rules.four_eyes(new)


def test_with_four_eyes_an_author_cannot_confirm_but_can_doubt(new: Archive, ids: list[ImageId]) -> None:
    rules.set_four_eyes(new, on=True)
    with pytest.raises(Refused, match="asks for another person to confirm"):
        decide(new, ids[0], "Ada", "confirm")
    decide(new, ids[0], "Ada", "needs_specialist", "the stamp is unreadable")
    assert state(new, ids[0]) == "needs_specialist"


def test_with_four_eyes_reviewed_needs_another_persons_confirmation(new: Archive, ids: list[ImageId]) -> None:
    decide(new, ids[0], "Ada", "confirm")
    rules.set_four_eyes(new, on=True)
    with pytest.raises(Refused, match=r"IMG_0000\.jpg cannot be called reviewed"):
        tagging.set_status(new, ids[:1], "reviewed")
    tagging.set_status(new, ids[:1], "ready_for_review")
    decide(new, ids[0], "Ben", "confirm")
    tagging.set_status(new, ids[:1], "reviewed")
    assert found(new, "status:reviewed") == [ids[0]]


def test_with_four_eyes_a_dispute_is_not_reviewed(new: Archive, ids: list[ImageId]) -> None:
    rules.set_four_eyes(new, on=True)
    decide(new, ids[0], "Ben", "confirm")
    decide(new, ids[0], "Cleo", "reject", "the slide is wrong")
    with pytest.raises(Refused, match="nobody disagrees"):
        tagging.set_status(new, ids[:1], "reviewed")


def test_with_four_eyes_every_weapon_counts_those_of_copies_too(new: Archive, ids: list[ImageId]) -> None:
    rules.set_four_eyes(new, on=True)
    decide(new, ids[0], "Ben", "confirm")
    tagging.tag(new, ids[1:2], Tag(manufacture="HUN"))
    tagging.set_status(new, ids[:1], "reviewed")
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    with pytest.raises(Refused, match=r"IMG_0001\.jpg"):
        tagging.set_status(new, ids[:1], "reviewed")


def _tag_as_ada(*said: str) -> Act:
    return lambda archive, ids: tagging.tag(archive, ids[:1], Tag(*said), onto=[sighting_of(archive, ids[0]).id])


def _withdraw(archive: Archive, ids: list[ImageId]) -> None:
    archive.actor = "Ben"
    reviewing.withdraw(archive, claim_of(archive, ids[0]))
    archive.actor = "Ada"


CHANGES: dict[str, Act] = {
    "claimed anew": _tag_as_ada("SA.REV"),
    "of another certainty": lambda archive, ids: tagging.set_certainty(
        archive, [sighting_of(archive, ids[0]).id], "possible"
    ),
    "another weapon": lambda archive, ids: tagging.tag(archive, ids[:1], Tag("SA.REV")),
    "a weapon in a copy": lambda archive, ids: sighting_details.add(archive, ids[1]),
    "disputed": lambda archive, ids: decide(archive, ids[0], "Cleo", "reject", "the slide is wrong"),
    "withdrawn": _withdraw,
    "not identified": lambda archive, ids: identifying.remove(archive, Identification, claim_of(archive, ids[0])),
}
ASIDE: dict[str, Act] = {
    "confirmed again": lambda archive, ids: decide(archive, ids[0], "Cleo", "confirm"),
    "noted": lambda archive, ids: tagging.set_note(archive, sighting_of(archive, ids[0]).id, "later"),
    "of another picture": lambda archive, ids: tagging.tag(archive, ids[2:], Tag("SA.REV")),
    "gone": lambda archive, ids: tagging.remove(archive, [sighting_of(archive, ids[0]).id]),
}


@pytest.fixture
def reviewed(new: Archive, ids: list[ImageId]) -> list[ImageId]:
    """The images, with the first and its copy, the second, reviewed by four eyes."""
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    rules.set_four_eyes(new, on=True)
    decide(new, ids[0], "Ben", "confirm")
    tagging.set_status(new, ids[:2], "reviewed")
    return ids


@pytest.mark.parametrize("what", CHANGES)
def test_with_four_eyes_what_is_no_longer_confirmed_is_no_longer_reviewed(
    new: Archive, reviewed: list[ImageId], what: str
) -> None:
    before = dump(new)
    CHANGES[what](new, reviewed)
    assert found(new, "status:ready_for_review") == reviewed[:2]
    after = dump(new)
    new.undo()
    assert dump(new) == before
    new.redo()
    assert dump(new) == after


@pytest.mark.parametrize("what", ASIDE)
def test_with_four_eyes_what_is_still_confirmed_stays_reviewed(
    new: Archive, reviewed: list[ImageId], what: str
) -> None:
    ASIDE[what](new, reviewed)
    assert found(new, "status:reviewed") == reviewed[:2]


def test_what_is_said_blind_does_not_show_in_the_status(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_status(new, ids[1:2], "reviewed")
    rules.set_four_eyes(new, on=True)
    begin_coding(new, ids[1:2], "Ada", "Ben")
    tagging.tag(new, ids[1:2], Tag("SA.REV"))
    assert found(new, "status:reviewed") == ids[1:2]


@pytest.mark.parametrize("what", CHANGES)
def test_without_the_rule_the_status_is_what_people_say(new: Archive, reviewed: list[ImageId], what: str) -> None:
    rules.set_four_eyes(new, on=False)
    CHANGES[what](new, reviewed)
    assert found(new, "status:reviewed") == reviewed[:2]


def test_the_first_tag_begins_the_work_in_the_same_action(new: Archive, ids: list[ImageId]) -> None:
    assert found(new, "status:in_progress") == [ids[0]]
    tagging.set_status(new, ids[1:2], "needs_help")
    tagging.tag(new, ids[1:], Tag("SA.PIS"))
    assert found(new, "status:in_progress") == [ids[0], ids[2]]
    assert found(new, "status:needs_help") == [ids[1]]
    new.undo()
    assert found(new, "status:in_progress") == [ids[0]]


def test_removing_an_identification_takes_its_decisions_along_and_undo_brings_them_back(
    new: Archive, ids: list[ImageId]
) -> None:
    decide(new, ids[0], "Ben", "confirm")
    with new.action("Take an identification away"):
        claims.remove(new.db, Identification, claim_of(new, ids[0]))
    assert found(new, "review:confirm") == []
    new.undo()
    assert state(new, ids[0]) == "confirm"
