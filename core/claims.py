"""What is claimed of a sighting: identifications, origins, acquisitions and markings, each with who says so and why.

Rivals are kept side by side; of each kind one is preferred.  An empty text or tuple means that nobody has said;
where somebody looked and could not tell, the value is a term like *unknown*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType

ClaimId = NewType("ClaimId", int)
SourceId = NewType("SourceId", int)

NOT_ASSESSED: Final = "unknown"
UNKNOWN_TYPE: Final = "UNK"
"""The weapon type of what was looked at and could not be told."""
CERTAINTIES: Final = ("certain", "probable", "possible", "doubtful", NOT_ASSESSED)
ROLES: Final = ("design", "manufacture")
LEVELS: Final = ("none", "type", "family", "model", "variant")
"""How far an identification reached, the least first."""
DECISIONS: Final = ("confirm", "change", "reject", "cannot_determine", "needs_specialist")
UNREVIEWED: Final = "unreviewed"
DISPUTED: Final = "disputed"
REVIEW_STATES: Final[Mapping[str, str]] = {
    UNREVIEWED: "not reviewed",
    "confirm": "confirmed",
    "change": "to be changed",
    "reject": "rejected",
    "cannot_determine": "cannot be determined",
    "needs_specialist": "needs a specialist",
    DISPUTED: "disputed",
}
"""How the review of an identification stands, in words: the decision that its reviewers share, or that they differ."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A model that was considered and excluded, and why."""

    model: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What all claims have in common; ``bases`` are codes, ``claimed_at`` is UTC."""

    certainty: str = NOT_ASSESSED
    bases: tuple[str, ...] = ()
    source_id: SourceId | None = None
    preferred: bool = True
    author: str = ""
    claimed_at: str = ""
    id: ClaimId = ClaimId(0)


@dataclass(frozen=True, slots=True)
class Identification(Claim):
    """A claim of what a sighting is.

    ``type`` and ``model`` are codes, ``level`` is one of ``LEVELS``, ``as_written`` the model in the words of whoever
    claims it, ``look_alikes`` what was excluded.
    """

    type: str
    model: str = ""
    level: str = "type"
    variant: str = ""
    as_written: str = ""
    calibre: str = ""
    features: str = ""
    look_alikes: tuple[LookAlike, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin(Claim):
    """A claim of where a sighted weapon was designed or manufactured.

    ``countries`` are codes; several say that they did it together.  ``years`` is an EDTF text.
    """

    role: str
    countries: tuple[str, ...]
    maker: str = ""
    production: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A step before a weapon came to its holder: parties and modes as written, ``date`` an EDTF text."""

    from_party: str = ""
    to_party: str = ""
    mode: str = ""
    date: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Acquisition(Claim):
    """A claim of how a holder got a weapon, with the transfers before that in their order.

    ``scope`` says whether it was said of this sighting, of this model, or of a report as a whole.
    """

    route: str = ""
    from_party: str = ""
    holder: str = ""
    scope: str = ""
    note: str = ""
    transfers: tuple[Transfer, ...] = ()


@dataclass(frozen=True, slots=True)
class Marking:
    """Characters or a symbol read on a weapon; in ``text``, ``?`` and ``*`` stand for what could not be read.

    ``position`` is the place on the weapon, as written.
    """

    text: str
    kind: str = ""
    position: str = ""
    script: str = ""
    legibility: str = ""
    certainty: str = NOT_ASSESSED
    note: str = ""
    author: str = ""
    claimed_at: str = ""
    id: ClaimId = ClaimId(0)


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's decision on one identification; a later one of the same reviewer withdraws it."""

    identification_id: ClaimId
    reviewer: str
    decision: str
    reason: str
    decided_at: str
    withdrawn: bool = False
    id: int = 0
