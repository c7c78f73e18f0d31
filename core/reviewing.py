"""Reviewing: what a second look says of an identification, and how the review of a sighting stands.

A decision is about one identification as it stood; where that is changed, what was decided on it is withdrawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core import rules
from core.archive import Archive
from core.claims import DECISIONS, DISPUTED, REVIEW_STATES, UNREVIEWED, ClaimId, Identification, Review
from core.errors import Refused
from core.offering import shortened
from core.records import ImageId, Sighting, SightingId
from core.store import claims, codings, confirmed, images, sightings

CONFIRM: Final = "confirm"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sighting with decisions on its identifications, oldest first."""

    sighting: Sighting
    reviews: tuple[Review, ...]


def decide(archive: Archive, identification_id: ClaimId, decision: str, reason: str = "") -> str:
    """Decide on an identification in one's own name, in one action; returns its label.

    It takes the place of the reviewer's own earlier decision on it.  All but *confirm* need a reason.

    Raises:
        Refused: there is no such decision or identification, the reason is missing, the identification is part of a
            blind coding, or the four-eyes rule forbids to confirm it.
        ReadOnly: the archive is open for reading only.
    """
    reason = reason.strip()
    if decision not in DECISIONS:
        raise Refused(f"There is no decision “{decision}”; there are {', '.join(DECISIONS)}.")
    if decision != CONFIRM and not reason:
        raise Refused("Only a confirmation needs no reason; say why, so that others can follow the decision.")
    _, claim = _reviewable(archive, identification_id)
    if decision == CONFIRM and claim.author == archive.actor and rules.four_eyes(archive):
        raise Refused(
            "This is your own identification, and the archive's four-eyes rule asks for another person to confirm it."
        )
    label = _label(archive, claim, REVIEW_STATES[decision], reason)
    if any(
        (one.reviewer, one.decision, one.reason) == (archive.actor, decision, reason)
        for one in standing(archive, identification_id)
    ):
        archive.check_writable()
        return label
    with archive.action(label):
        claims.add_review(archive.db, identification_id, reviewer=archive.actor, decision=decision, reason=reason)
    return label


def withdraw(archive: Archive, identification_id: ClaimId) -> None:
    """Take one's own decision on an identification back, in one action; it stays readable as withdrawn.

    Raises:
        Refused: there is no such identification, or it is part of a blind coding.
        ReadOnly: the archive is open for reading only.
    """
    _, claim = _reviewable(archive, identification_id)
    with archive.action(_label(archive, claim, "withdrawn", "")):
        claims.withdraw_reviews(archive.db, identification_id, archive.actor)


def _reviewable(archive: Archive, identification_id: ClaimId) -> tuple[SightingId, Identification]:
    held = claims.get(archive.db, Identification, identification_id)
    if held is None:
        raise Refused("This identification is not there any more.")
    codings.check_readable(archive.db, [held[0]], archive.actor)
    sighting = sightings.get(archive.db, held[0])
    if sighting is not None and sighting.coding_id is not None:
        raise Refused("This belongs to a blind coding; it can be reviewed when it has been settled.")
    return held


def _label(archive: Archive, claim: Identification, outcome: str, reason: str) -> str:
    what = archive.weapon_models.label(claim.model) if claim.model else archive.weapon_types.label(claim.type)
    return f"Review {what}: {outcome}" + (f" ({shortened(reason)})" if reason else "")


def standing(archive: Archive, identification_id: ClaimId) -> list[Review]:
    """The decisions on an identification that stand, oldest first."""
    held = claims.reviews(archive.db, [identification_id]).get(identification_id, [])
    return [review for review in held if not review.withdrawn]


def state_of(reviews: Iterable[Review]) -> str:
    """How a review stands by the decisions on one identification: a code of ``claims.REVIEW_STATES``.

    Withdrawn ones say nothing.  Several reviewers share a state where they decided alike.
    """
    decisions = {review.decision for review in reviews if not review.withdrawn}
    if not decisions:
        return UNREVIEWED
    return decisions.pop() if len(decisions) == 1 else DISPUTED


def state(archive: Archive, sighting: Sighting) -> str:
    """How the review of a sighting's preferred identification stands: a code of ``claims.REVIEW_STATES``."""
    if sighting.identification is None:
        return UNREVIEWED
    return state_of(standing(archive, sighting.identification.id))


def decided(archive: Archive, shown: Iterable[Sighting]) -> dict[ClaimId, tuple[Review, ...]]:
    """The decisions on the preferred identification of each of these sightings, oldest first, by its id."""
    ids = [sighting.identification.id for sighting in shown if sighting.identification is not None]
    held = claims.reviews(archive.db, ids)
    return {claim_id: tuple(held.get(claim_id, ())) for claim_id in ids}


def check_reviewed(archive: Archive, image_ids: Sequence[ImageId]) -> None:
    """Refuse to call images reviewed where the four-eyes rule holds and they do not meet it.

    Once they are, they stay so for as long as they meet it: see ``Archive.action``.

    Raises:
        Refused: one does not.
    """
    if not rules.four_eyes(archive):
        return
    for shown in confirmed.unmet(archive.db, image_ids).values():
        raise Refused(
            f"{images.called(archive.db, shown)} cannot be called reviewed: the archive's four-eyes rule asks that "
            "each identification is confirmed by somebody other than its author, and nobody disagrees."
        )
