"""What somebody says of a weapon in the own name where something is claimed already, by the same person or by another.

What it is may be taken over from another; what the other saw, read and rests on may not.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from core.claims import Identification, Origin

C = TypeVar("C", Identification, Origin)

# What a claim may say besides what the weapon is, where it is from, and how certain that is.
_MORE: Final = {
    Identification: ("variant", "as_written", "calibre", "features", "look_alikes", "source_id", "bases"),
    Origin: ("maker", "production", "years", "source_id", "bases"),
}


def in_own_name(claim: C, actor: str) -> C:
    """A claim as somebody may say it: one's own whole, of another's only what the weapon is or where it is from."""
    if claim.author == actor:
        return claim
    if isinstance(claim, Identification):
        return Identification(claim.type, claim.model, claim.level, claim.variant)
    return Origin(claim.role, claim.countries)


def assessed(claim: C, how: Mapping[str, Any], actor: str) -> C:
    """A claim with a certainty or bases as somebody gives them; as it is where that is no news."""
    if replace(claim, **how) == claim:
        return claim
    return replace(in_own_name(claim, actor), **how)


def loses(before: Identification | Origin, claim: Identification | Origin) -> bool:
    """Whether a claim in the place of one that says something else would leave out what else that says."""
    if isinstance(before, Origin) and len(before.countries) > 1:
        return True
    held = {name: getattr(before, name) for name in _MORE[type(before)]}
    return any(value and getattr(claim, name) != value for name, value in held.items())
