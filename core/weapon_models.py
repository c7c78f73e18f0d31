"""Weapon models of the reference library, and what follows from one where nobody has claimed anything.

A model is a term of the vocabulary ``weapon_model``.  Its attributes are its facts: ``type``, ``level`` (family, model
or variant), ``calibre``, and the codes of its countries under ``design`` and ``manufacture``, spaces between; those of
which the library names a page that says so stand under ``checked`` as ``role:code``, such calibres under
``checked_calibre``.
"""

from dataclasses import dataclass

from core.claims import ROLES
from core.errors import Refused
from core.records import Sighting
from core.vocabularies import LIST_SEPARATOR, Vocabulary


@dataclass(frozen=True, slots=True)
class PossibleOrigin:
    """A country that a weapon's model allows: no more than possible, until somebody claims it.

    ``checked`` says whether the library names a source for it.
    """

    role: str
    country: str
    checked: bool


def possible_origins(models: Vocabulary, sighting: Sighting) -> tuple[PossibleOrigin, ...]:
    """What follows from a sighting's model in the roles for which nobody has claimed a country."""
    model = sighting.identification.model if sighting.identification else ""
    if model not in models:
        return ()
    attributes = models.get(model).attributes
    checked = attributes.get("checked", "").split()
    return tuple(
        PossibleOrigin(role, country, f"{role}:{country}" in checked)
        for role in ROLES
        if not sighting.countries(role)
        for country in attributes.get(role, "").split()
    )


@dataclass(frozen=True, slots=True)
class PossibleCalibre:
    """A calibre in which a model is known, as it is written; ``checked``: whether the library names a source."""

    calibre: str
    checked: bool


def possible_calibres(models: Vocabulary, model: str) -> tuple[PossibleCalibre, ...]:
    """The calibres that the library knows of a model, none for a model that it does not hold."""
    if model not in models:
        return ()
    known, checked = (models.get(model).attributes.get(name, "") for name in ("calibre", "checked_calibre"))
    sourced = checked.split(LIST_SEPARATOR)
    return tuple(PossibleCalibre(one, one in sourced) for one in known.split(LIST_SEPARATOR) if one)


def check_type(models: Vocabulary, types: Vocabulary, model: str, weapon_type: str) -> None:
    """Refuse a type that a model is not of; a type above its own is as true.

    Raises:
        Refused: the model is of another type.
    """
    known = models.get(model).attributes.get("type", "")
    if known and weapon_type != known and weapon_type not in types.ancestors(known):
        raise Refused(
            f"{models.label(model)} is of the type “{types.label(known)}”, not “{types.label(weapon_type)}”; choose "
            "that type, one above it, or another model."
        )
