"""One identification out of two coders' words, where of each field one coder is followed.

A model brings its type and how far it reaches, so not every combination can be said.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal

from core.archive import Archive
from core.blind_coding.coded_units import FIELDS
from core.claims import LEVELS, NOT_ASSESSED, UNKNOWN_TYPE, Identification
from core.errors import Refused
from core.weapon_models import check_type

Side = Literal["first", "second"]
JOINED: Final = FIELDS[:4]
"""The fields of an identification that are chosen one by one: type, model, level and certainty."""
_LEADING: Final = ("model", "type", "level", "certainty")
_OF_A_MODEL: Final = LEVELS[2:]


def joined(
    archive: Archive, said: Mapping[Side, Identification | None], chosen: Mapping[str, Side]
) -> tuple[Side, Identification | None]:
    """Whose claim it is and what it says, where ``chosen`` names whom to follow in each field of ``JOINED``.

    It is the claim of whoever is followed in the model, or where both say the same, in the type, and it keeps all else
    that this one says.  Where nothing is followed that anybody says, there is none.

    Raises:
        Refused: the fields contradict each other.
    """
    values = {field: _value(said[chosen[field]], field) for field in JOINED}
    lead = _lead(said, chosen)
    held = said[lead]
    if held is None or not any(values.values()):
        return lead, None
    followed: dict[str, Any] = {field: value or _blank(field, held, values) for field, value in values.items()}
    claim = replace(held, **followed)
    if not claim.model:  # what is said of a model goes with it
        claim = replace(claim, variant="", calibre="", as_written="")
    if any(_value(claim, field) != _value(held, field) for field in JOINED):
        _check(archive, claim)
        return lead, claim
    return lead, held


def _value(claim: Identification | None, field: str) -> str:
    return "" if claim is None else str(getattr(claim, field))


def _blank(field: str, held: Identification, values: Mapping[str, str]) -> str:
    """What stands in a field in which somebody is followed who does not say what the weapon is.

    Raises:
        Refused: nothing can stand there.
    """
    if field == "type" and not values["model"]:
        raise Refused("Who is followed in the type does not say what it is; follow one coder in all of that.")
    if field == "level" and values["model"] != held.model:
        return LEVELS[0] if values["type"] == UNKNOWN_TYPE else LEVELS[1]
    return {"certainty": NOT_ASSESSED, "model": ""}.get(field, _value(held, field))


def _lead(said: Mapping[Side, Identification | None], chosen: Mapping[str, Side]) -> Side:
    """Who is followed in the first field in which the coders differ and this one says something."""
    for field in _LEADING:
        side = chosen[field]
        if _value(said[side], field) and len({_value(claim, field) for claim in said.values()}) > 1:
            return side
    return chosen["model"]


def _check(archive: Archive, claim: Identification) -> None:
    """Refuse what contradicts itself.

    Raises:
        Refused: it does; the sentence says what to follow together.
    """
    models, types = archive.weapon_models, archive.weapon_types
    level = archive.vocabulary("level").label(claim.level)
    if claim.model:
        check_type(models, types, claim.model, claim.type)
        if claim.level not in _OF_A_MODEL:
            raise Refused(
                f"Who names {models.label(claim.model)} got further than the level “{level}”; follow one coder in the "
                "model and in the level."
            )
        if claim.variant and claim.level != LEVELS[-1]:
            raise Refused(
                f"Who names {models.label(claim.model)} names its variant “{claim.variant}” too, which the level "
                f"“{level}” does not reach; follow one coder in the model and in the level."
            )
    elif claim.level in _OF_A_MODEL:
        raise Refused(f"The level “{level}” needs a model; follow one coder in the model and in the level.")
    elif (claim.level == LEVELS[0]) != (claim.type == UNKNOWN_TYPE):
        raise Refused(
            f"The level “{level}” does not go with the type “{types.label(claim.type)}”; follow one coder in the type "
            "and in the level."
        )
