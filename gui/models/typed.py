"""How a text in the tag line is read before any vocabulary is asked: what stands before a value, and numbers."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from core.facets import FACETS
from gui.models.offers import Offer

PREFIXES: Final = {
    "d": "design",
    "m": "manufacture",
    "made": "manufacture",
    "t": "type",
    "in": "seen_in",
    "at": "place",
    "p": "place",
    "h": "holder",
    "c": "conflict",
    "b": "basis",
    "basis": "basis",
    "l": "level",
    "level": "level",
    "st": "status",
    "status": "status",
    "n": "note",
    "note": "note",
    "s": "serial",
    "serial": "serial",
    "v": "variant",
    "variant": "variant",
    "w": "as_written",
    "written": "as_written",
    **{name: name for name in FACETS},
}
"""What may stand before a value and a colon, and the facet that it chooses."""
TEXTS: Final = ("note", "serial", "variant", "as_written")
"""What is written freely, and is a value of no vocabulary."""
_QUOTES: Final = '"“”«»„'
_NUMBER: Final = r"(\d{1,7})"
# How a number is written, and what that says of how it was counted.
_QUANTITIES: Final = (
    ("exact", re.compile(rf"[x×]\s*{_NUMBER}|{_NUMBER}\s*[x×]", re.IGNORECASE)),
    ("estimate", re.compile(rf"[~≈]\s*{_NUMBER}")),
    ("at_least", re.compile(rf"(?:>=|≥)\s*{_NUMBER}|{_NUMBER}\s*\+")),
)


def parted(text: str) -> tuple[str | None, str]:
    """The facet that a text's beginning chooses, None for none, and the rest of it."""
    before, colon, after = text.strip().partition(":")
    facet = PREFIXES.get(before.strip().lower()) if colon else None
    return (None, text.strip()) if facet is None else (facet, after.strip())


def written(facet: str, text: str) -> list[Offer]:
    """The offer of a text that is written freely, none where nothing is."""
    bare = text if facet == "note" else text.strip(_QUOTES).strip()
    return [Offer(facet, bare, bare)] if bare else []


def quantity(text: str) -> list[Offer]:
    """The offer of a quantity: ``x3`` and ``3x`` are counted, ``~3`` is estimated, ``>=3`` and ``3+`` are at least."""
    for basis, pattern in _QUANTITIES:
        match = pattern.fullmatch(text.strip())
        number = int(next(filter(None, match.groups()))) if match else 0
        if number:
            return [Offer("quantity", f"{basis}:{number}", _quantity_words(basis).replace("%1", f"{number:,}"))]
    return []


def _quantity_words(basis: str) -> str:
    return {"exact": _tr("%1"), "estimate": _tr("about %1"), "at_least": _tr("at least %1")}[basis]


def _tr(text: str) -> str:
    return QCoreApplication.translate("typed", text)
