"""Facets: the values by which images are tagged, found and counted, and where each of them stands in the record.

A facet's values are the terms of a vocabulary.  The tag line, the coding sheet, the search and the facets at the
window's side all go by this one table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Of(Enum):
    """What a facet is said of."""

    IDENTIFICATION = "identification"
    ORIGIN = "origin"
    SIGHTING = "sighting"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Facet:
    """``column`` names the field in the records of what it is ``of``; an origin's facet is named for its role.

    ``several`` says that one image may have several of its values.  In the facets, a value that stands under others
    in its vocabulary is found under those too where it is a ``tree``.
    """

    name: str
    vocabulary: str
    of: Of
    column: str
    several: bool = False
    tree: bool = False


FACETS: Final[Mapping[str, Facet]] = {
    facet.name: facet
    for facet in (
        Facet("type", "weapon_type", Of.IDENTIFICATION, "type", tree=True),
        Facet("model", "weapon_model", Of.IDENTIFICATION, "model"),
        Facet("manufacture", "country", Of.ORIGIN, "countries"),
        Facet("design", "country", Of.ORIGIN, "countries"),
        Facet("context", "context", Of.SIGHTING, "context"),
        Facet("condition", "condition", Of.SIGHTING, "condition"),
        Facet("visible_part", "visible_part", Of.SIGHTING, "visible_part"),
        Facet("holder", "holder", Of.IMAGE, "holder"),
        Facet("conflict", "conflict", Of.IMAGE, "conflict"),
        Facet("seen_in", "country", Of.IMAGE, "country"),
        Facet("place", "place", Of.IMAGE, "place", tree=True),
        Facet("image_kind", "image_kind", Of.IMAGE, "kind"),
        Facet("generation", "generation", Of.IMAGE, "generation"),
        Facet("sensitivity", "sensitivity", Of.IMAGE, "sensitivity", several=True),
    )
}
"""Every facet that can be tagged, in the order in which it is offered."""


def of(kind: Of) -> tuple[Facet, ...]:
    """The facets of one kind, in order."""
    return tuple(facet for facet in FACETS.values() if facet.of is kind)


DETAILS: Final = tuple(facet.name for facet in of(Of.SIGHTING))
"""The facets of a sighting that a tag can give besides its claims."""
