"""The columns of the flat exports, the same in every format."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from core.exporting.selection import Entry, Selection
from core.store.claims import Claimed

Cell = str | int | float | None
SEPARATOR: Final = " | "


def _values_shown(entry: Entry, role: str) -> str:
    """The codes that hold for an image, whichever copy they were recorded on."""
    claims = (sighting.preferred(role) for sighting in (*entry.sightings, *entry.shown))
    return _joined(claim.code for claim in claims if claim is not None)


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(texts))


def _degrees(e7: int | None) -> float | None:
    return None if e7 is None else e7 / 10**7


IMAGE: Final[Mapping[str, Callable[[Entry], Cell]]] = {
    "sha256": lambda entry: entry.image.facts.sha256,
    "names": lambda entry: _joined(capture.place.name for capture in entry.captures),
    "paths": lambda entry: _joined(capture.place.text for capture in entry.captures),
    "captures": lambda entry: len(entry.captures),
    "state": lambda entry: entry.image.facts.state,
    "reason": lambda entry: entry.image.facts.reason,
    "format": lambda entry: entry.image.facts.format,
    "width_px": lambda entry: entry.image.facts.upright_width_px,
    "height_px": lambda entry: entry.image.facts.upright_height_px,
    "size_bytes": lambda entry: entry.image.facts.size_bytes,
    "taken_at": lambda entry: entry.image.facts.taken_at,
    "camera": lambda entry: entry.image.facts.camera,
    "latitude": lambda entry: _degrees(entry.image.facts.latitude_e7),
    "longitude": lambda entry: _degrees(entry.image.facts.longitude_e7),
    "status": lambda entry: entry.image.status,
    "notes": lambda entry: entry.image.notes,
    "group": lambda entry: entry.group,
    "representative": lambda entry: "yes" if entry.representative else "no",
    "shown_types": lambda entry: _values_shown(entry, ""),
    "shown_designs": lambda entry: _values_shown(entry, "design"),
    "shown_manufactures": lambda entry: _values_shown(entry, "manufacture"),
}

SIGHTING: Final = (
    "sighting",
    *(f"{claim}{part}" for claim in ("type", "design", "manufacture") for part in ("", "_label", "_certainty")),
    "sighting_note",
)


def image_cells(entry: Entry) -> list[Cell]:
    """The cells of an image, in the order of ``IMAGE``."""
    return [cell(entry) for cell in IMAGE.values()]


def sighting_cells(selection: Selection, sighting: Claimed) -> list[Cell]:
    """The cells of a sighting with its preferred claims, in the order of ``SIGHTING``."""
    cells: list[Cell] = [sighting.id]
    for role in ("", "design", "manufacture"):
        claim = sighting.preferred(role)
        vocabulary = selection.countries if role else selection.weapon_types
        cells += [None] * 3 if claim is None else [claim.code, vocabulary.label(claim.code), claim.certainty]
    return [*cells, sighting.note]
