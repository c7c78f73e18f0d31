"""The columns of the flat exports, the same in every format."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from core.claims import ROLES
from core.exporting.selection import Entry, Selection
from core.records import Capture, Description, Sighting, Source
from core.spreadsheet_cells import Cell
from core.store import images, sources
from core.store.claimed import Claimed
from core.weapon_models import possible_origins

SEPARATOR: Final = " | "


def _values_shown(entry: Entry, facet: str) -> str:
    """The codes that hold for an image, whichever copy they were recorded on."""
    return _joined(code for claimed in (*entry.sightings, *entry.shown) for code in _codes(claimed.sighting, facet))


def _codes(sighting: Sighting, facet: str) -> tuple[str, ...]:
    """The codes of the preferred type, model, or countries in a role."""
    if facet in ROLES:
        return sighting.countries(facet)
    code = getattr(sighting.identification, facet, "")
    return (code,) if code else ()


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(texts))


def _degrees(e7: int | None) -> float | None:
    return None if e7 is None else e7 / 10**7


def _described(name: str) -> Callable[[Entry], Cell]:
    """The cell for a field of an image's description."""

    def cell(entry: Entry) -> Cell:
        value = getattr(entry.description, name)
        return _joined(value) if isinstance(value, tuple) else value

    return cell


def _captured(name: str) -> Callable[[Entry], Cell]:
    """The cell for what the captures of an image say under a name, each different text once."""
    return lambda entry: _joined(filter(None, (getattr(capture, name) for capture in entry.captures)))


_DESCRIBED: Final = tuple(name for name in Description.__slots__ if name not in ("latitude_e7", "longitude_e7"))
IMAGE: Final[Mapping[str, Callable[[Entry], Cell]]] = {
    "sha256": lambda entry: entry.image.facts.sha256,
    "names": lambda entry: _joined(filter(None, (capture.place.name for capture in entry.captures))),
    "paths": lambda entry: _joined(filter(None, (capture.place.text for capture in entry.captures))),
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
    "source_names": lambda entry: _joined(source.name for source in entry.sources.values()),
    "source_urls": _captured("source_url"),
    "archive_urls": _captured("archive_url"),
    "published_as_given": _captured("published_as_given"),
    "published_at": _captured("published_at"),
    "collected_at": _captured("collected_at"),
    **{f"described_{name}": _described(name) for name in _DESCRIBED},
    "described_latitude": lambda entry: _degrees(entry.description.latitude_e7),
    "described_longitude": lambda entry: _degrees(entry.description.longitude_e7),
    "group": lambda entry: entry.group,
    "representative": lambda entry: "yes" if entry.representative else "no",
    "shown_types": lambda entry: _values_shown(entry, "type"),
    "shown_models": lambda entry: _values_shown(entry, "model"),
    "shown_designs": lambda entry: _values_shown(entry, "design"),
    "shown_manufactures": lambda entry: _values_shown(entry, "manufacture"),
}

_SEEN: Final = ("visible_part", "condition", "context", "quantity", "quantity_basis", "accessories", "modifications")
_IDENTIFIED: Final = ("level", "variant", "as_written", "calibre", "bases", "features", "author")

SIGHTING: Final = (
    "sighting",
    *(f"{facet}{part}" for facet in ("type", "model") for part in ("", "_label")),
    "identification_certainty",
    *(f"identification_{name}" for name in _IDENTIFIED),
    *(f"{role}{part}" for role in ROLES for part in ("", "_label", "_certainty", "_bases", "_maker", "_production")),
    *(f"possible_{role}{part}" for role in ROLES for part in ("", "_label")),
    "possible_unchecked",
    "markings",
    "region",
    *_SEEN,
    "sighting_note",
)


CAPTURE: Final = (
    "sha256", "capture", "path", "modified_at", "imported_at", "source_name", *images.SAID_OF_CAPTURE,
)  # fmt: skip
SOURCE: Final = ("id", "name", *sources.COLUMNS)


def capture_cells(entry: Entry, capture: Capture) -> list[Cell]:
    """The cells of a capture, in the order of ``CAPTURE``."""
    source = None if capture.source_id is None else entry.sources.get(capture.source_id)
    said = (getattr(capture, name) for name in images.SAID_OF_CAPTURE)
    facts = (capture.id, capture.place.text, capture.modified_at, capture.imported_at)
    return [entry.image.facts.sha256, *facts, source.name if source else None, *said]


def source_cells(source: Source) -> list[Cell]:
    """The cells of a source, in the order of ``SOURCE``."""
    return [getattr(source, name) for name in SOURCE]


def image_cells(entry: Entry) -> list[Cell]:
    """The cells of an image, in the order of ``IMAGE``."""
    return [cell(entry) for cell in IMAGE.values()]


def sighting_cells(selection: Selection, claimed: Claimed) -> list[Cell]:
    """The cells of a sighting with its preferred claims, in the order of ``SIGHTING``."""
    sighting, vocabulary = claimed.sighting, selection.archive.vocabulary
    cells: list[Cell] = [sighting.id]
    for facet, name in (("type", "weapon_type"), ("model", "weapon_model")):
        code = next(iter(_codes(sighting, facet)), None)
        cells += [code, None if code is None else vocabulary(name).label(code)]
    cells += _identified(sighting)
    for role in ROLES:
        cells += _placed(selection, sighting, role)
    return [
        *cells,
        *_possible(selection, sighting),
        _joined(marking.text for marking in claimed.markings),
        _region(sighting),
        *(getattr(sighting, name) for name in _SEEN),
        sighting.note,
    ]


def _identified(sighting: Sighting) -> list[Cell]:
    claim = sighting.identification
    if claim is None:
        return [None] * (1 + len(_IDENTIFIED))
    return [claim.certainty, *(_text(getattr(claim, name)) for name in _IDENTIFIED)]


def _placed(selection: Selection, sighting: Sighting, role: str) -> list[Cell]:
    claim = sighting.origin(role)
    if claim is None:
        return [None] * 6
    return [
        _joined(claim.countries),
        _labels(selection, claim.countries),
        claim.certainty,
        _joined(claim.bases),
        claim.maker,
        claim.production,
    ]


def _possible(selection: Selection, sighting: Sighting) -> list[Cell]:
    """What follows from the model where nobody has claimed a country, and whether any of it is unchecked."""
    found = possible_origins(selection.archive.weapon_models, sighting)
    cells: list[Cell] = []
    for role in ROLES:
        codes = tuple(dict.fromkeys(one.country for one in found if one.role == role))
        cells += [_joined(codes), _labels(selection, codes)]
    return [*cells, _joined(f"{one.role}: {one.country}" for one in found if not one.checked)]


def _labels(selection: Selection, codes: Iterable[str]) -> str:
    return _joined(selection.archive.countries.label(code) for code in codes)


def _region(sighting: Sighting) -> str | None:
    """Left, top, width and height in millionths of the upright image."""
    region = sighting.region
    return None if region is None else f"{region.x_e6} {region.y_e6} {region.width_e6} {region.height_e6}"


def _text(value: Cell | tuple[str, ...]) -> Cell:
    return _joined(value) if isinstance(value, tuple) else value
