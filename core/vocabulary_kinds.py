"""The vocabularies that an archive keeps, by name: what one of their terms is called, and how free they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A vocabulary: ``noun`` is what messages call one of its terms, ``title`` what the editor calls it.

    The program's rules rest on the codes of a ``fixed`` one: its terms can be renamed, ordered and given other
    names, but none can be added, merged, retired or removed.
    """

    name: str
    noun: str
    title: str
    fixed: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("weapon_type", "weapon type", "Weapon types"),
        Kind("weapon_model", "weapon model", "Weapon models"),
        Kind("country", "country", "Countries"),
        Kind("place", "place", "Places"),
        Kind("conflict", "conflict", "Conflicts"),
        Kind("holder", "holder", "Holders"),
        Kind("certainty", "certainty", "Certainty", fixed=True),
        Kind("level", "level of identification", "Levels of identification", fixed=True),
        Kind("basis", "basis", "Bases of claims"),
        Kind("visible_part", "visible part", "Visible parts"),
        Kind("condition", "condition", "Conditions"),
        Kind("context", "context", "Contexts"),
        Kind("quantity_basis", "basis of a quantity", "Bases of quantities"),
        Kind("production", "production relation", "Production relations"),
        Kind("route", "route of acquisition", "Routes of acquisition"),
        Kind("scope", "scope", "Scopes of acquisitions", fixed=True),
        Kind("marking_kind", "kind of marking", "Kinds of marking"),
        Kind("script", "script", "Scripts"),
        Kind("legibility", "legibility", "Legibility"),
        Kind("image_kind", "kind of image", "Kinds of image"),
        Kind("generation", "generation", "Generations"),
        Kind("date_basis", "basis of a date", "Bases of dates"),
        Kind("place_precision", "precision of a place", "Precisions of places"),
        Kind("place_basis", "basis of a place", "Bases of places"),
        Kind("holder_basis", "basis of a holder", "Bases of holders"),
        Kind("sensitivity", "sensitivity", "Sensitivity", fixed=True),
        Kind("rights_status", "rights status", "Rights"),
        Kind("source_type", "type of source", "Types of source"),
        Kind("platform", "platform", "Platforms"),
        Kind("reliability", "reliability", "Reliability of sources", fixed=True),
        Kind("capture_mode", "mode of capture", "Modes of capture"),
        Kind("status", "status", "Status of the work", fixed=True),
        Kind("decision", "decision", "Decisions of reviewers", fixed=True),
    )
}
"""Every vocabulary, in the order in which the editor shows them."""
