"""What a claim may say: values that the vocabularies offer, dates that are dates, and nothing that contradicts itself.

Where a model is named, what follows from it in the reference library need not be said.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core import dates, markings
from core.archive import Archive
from core.claims import LEVELS, ROLES, UNKNOWN_TYPE, Acquisition, Identification, LookAlike, Marking, Origin, Transfer
from core.errors import Refused
from core.offering import check_certainty, offered
from core.store import sources
from core.vocabularies import Term
from core.weapon_models import check_type

if TYPE_CHECKING:
    from core.store.claims import AnyClaim

C = TypeVar("C", Identification, Origin, Acquisition, Marking)

_NONE, _TYPE, _FAMILY, _MODEL, _VARIANT = LEVELS
# The fields of each kind of claim that hold a code, each with its vocabulary.
_CODES: Final = {
    Identification: {"type": "weapon_type", "model": "weapon_model"},
    Origin: {"production": "production"},
    Acquisition: {"route": "route", "scope": "scope", "from_party": "holder", "holder": "holder"},
    Marking: {"kind": "marking_kind", "script": "script", "legibility": "legibility"},
}
_TEXTS: Final = {
    Identification: ("variant", "as_written", "calibre", "features"),
    Origin: ("maker",),
    Acquisition: ("note",),
    Marking: ("position", "note"),
}


def checked(archive: Archive, claim: "AnyClaim", before: "AnyClaim | None" = None) -> "AnyClaim":
    """A claim as it is recorded, with what follows from its model; ``before`` is what it said until now.

    Raises:
        Refused: a value is not in its vocabulary, or retired (unless it was said before), a date cannot be read, it
            says nothing, or it contradicts itself; the sentence says what to do.
    """
    check_certainty(claim.certainty)
    kind = type(claim)
    for name, vocabulary in _CODES[kind].items():
        _check_codes(archive, vocabulary, (getattr(claim, name),), (getattr(before, name, ""),))
    if not isinstance(claim, Marking):
        _check_codes(archive, "basis", claim.bases, getattr(before, "bases", ()))
        if claim.source_id is not None and not sources.of_ids(archive.db, [claim.source_id]):
            raise Refused("This source is not in the archive any more.")
    if isinstance(claim, Identification):
        return _identification(archive, _trimmed(claim), before)
    if isinstance(claim, Origin):
        return _origin(archive, _trimmed(claim), before)
    return _acquisition(_trimmed(claim)) if isinstance(claim, Acquisition) else _marking(_trimmed(claim))


def _check_codes(archive: Archive, vocabulary: str, codes: Iterable[str], before: Iterable[str]) -> None:
    """Refuse what is not offered; what was said before stands, retired or not."""
    said = set(before)
    for code in codes:
        if code and code not in said:
            offered(archive, vocabulary, code)


def _trimmed(claim: C) -> C:
    texts: dict[str, Any] = {name: getattr(claim, name).strip() for name in _TEXTS[type(claim)]}
    return replace(claim, **texts)


def _identification(archive: Archive, claim: Identification, before: "AnyClaim | None") -> Identification:
    known = getattr(before, "look_alikes", ())
    _check_codes(archive, "weapon_model", (one.model for one in claim.look_alikes), [one.model for one in known])
    claim = replace(claim, look_alikes=_excluded(archive, claim))
    if claim.model:
        return _of_model(archive, claim, archive.weapon_models.get(claim.model))
    if not claim.type:
        raise Refused("An identification needs a weapon type or a model.")
    if claim.variant:
        raise Refused("A variant needs the model that it is one of.")
    if claim.level in (_FAMILY, _MODEL, _VARIANT):
        raise Refused(f"An identification at the level “{claim.level}” needs a model.")
    if claim.level not in LEVELS:
        raise Refused(f"There is no level of identification “{claim.level}”; there are {', '.join(LEVELS)}.")
    return replace(claim, level=_NONE if claim.type == UNKNOWN_TYPE else _TYPE)


def _of_model(archive: Archive, claim: Identification, model: Term) -> Identification:
    """A claim with what follows from its model where it is not said: type and level.

    The library's calibre may be unchecked, and is nobody's claim; it is shown with the model.
    """
    known = model.attributes.get("type", "")
    if not claim.type:
        claim = replace(claim, type=known or UNKNOWN_TYPE)
    else:
        check_type(archive.weapon_models, archive.weapon_types, model.code, claim.type)
    level = claim.level
    if claim.variant:
        level = _VARIANT
    elif level not in (_FAMILY, _MODEL, _VARIANT):
        level = model.attributes.get("level", _MODEL)
    return replace(claim, level=level)


def _excluded(archive: Archive, claim: Identification) -> tuple[LookAlike, ...]:
    models = [one.model for one in claim.look_alikes]
    if not all(models):
        raise Refused("A look-alike is a model that was considered; choose which one.")
    for model in models:
        if model == claim.model:
            raise Refused(f"{archive.weapon_models.label(model)} cannot be claimed and excluded at once.")
        if models.count(model) > 1:
            raise Refused(f"{archive.weapon_models.label(model)} is excluded twice.")
    return tuple(LookAlike(one.model, one.reason.strip()) for one in claim.look_alikes)


def _origin(archive: Archive, claim: Origin, before: "AnyClaim | None") -> Origin:
    if claim.role not in ROLES:
        raise Refused(f"There is no role “{claim.role}” of an origin; there are {' and '.join(ROLES)}.")
    countries = tuple(dict.fromkeys(claim.countries))
    if not any(countries):
        raise Refused("An origin needs at least one country; there is one for an unknown country too.")
    _check_codes(archive, "country", countries, getattr(before, "countries", ()))
    return replace(claim, countries=tuple(filter(None, countries)), years=_date(claim.years))


def _acquisition(claim: Acquisition) -> Acquisition:
    steps = (_transfer(step) for step in claim.transfers)
    claim = replace(claim, transfers=tuple(step for step in steps if step != Transfer()))
    if not (claim.route or claim.from_party or claim.holder or claim.note or claim.transfers):
        raise Refused("An acquisition needs a route, a party, a transfer or a note.")
    return claim


def _transfer(step: Transfer) -> Transfer:
    texts = {name: getattr(step, name).strip() for name in ("from_party", "to_party", "mode", "place")}
    return Transfer(**texts, date=_date(step.date))


def _marking(claim: Marking) -> Marking:
    text = markings.normalise(claim.text)
    if not text and claim.kind != "obliterated":
        raise Refused("A marking needs what was read; write ? for an unread character and * for several.")
    return replace(claim, text=text)


def _date(text: str) -> str:
    return dates.parse(text).text if text.strip() else ""
