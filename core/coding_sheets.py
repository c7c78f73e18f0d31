"""Coding sheets: a user's own short list of values, each under one key; every archive has its own.

They are settings of a user and no part of the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from core.errors import Refused
from core.facets import FACETS

KEYS: Final = "123456789" + "efghijkmnopqsuvwxy" + "abcdlrtz"
"""Every key, in the order in which keys are given: digits first, last the letters that mean something on an image."""
FACETS_OF_SHEETS: Final = (*FACETS, "certainty", "basis", "status")
ADVANCE_AFTER: Final = ("type", "model")
_MOST_ARCHIVES: Final = 200
_LONGEST_CODE: Final = 64


@dataclass(frozen=True, slots=True)
class SheetValue:
    """A value under a key, which is one of ``KEYS``."""

    key: str
    facet: str
    code: str


@dataclass(frozen=True, slots=True)
class CodingSheet:
    """The values in the order in which they were put in.

    With ``advances``, the next image follows as soon as a value of one of the facets ``advance_after`` was given.
    """

    values: tuple[SheetValue, ...] = ()
    advances: bool = False
    advance_after: tuple[str, ...] = ADVANCE_AFTER

    def at(self, key: str) -> SheetValue | None:
        """What stands under a key."""
        return next((value for value in self.values if value.key == key), None)

    def with_value(self, facet: str, code: str) -> "CodingSheet":
        """The sheet with one more value, under the first key that is free.

        Raises:
            Refused: it is there already, it cannot stand there, or no key is free.
        """
        if facet not in FACETS_OF_SHEETS:
            raise Refused("Only values of vocabularies stand on a coding sheet; texts and numbers are typed.")
        if any((value.facet, value.code) == (facet, code) for value in self.values):
            raise Refused("This value is on the sheet already.")
        free = next((key for key in KEYS if self.at(key) is None), None)
        if free is None:
            raise Refused("Every key has a value already; take one off the sheet first.")
        return replace(self, values=(*self.values, SheetValue(free, facet, code)))

    def without(self, key: str) -> "CodingSheet":
        """The sheet less what stands under a key."""
        return replace(self, values=tuple(value for value in self.values if value.key != key))

    def moved(self, key: str, to: str) -> "CodingSheet":
        """The sheet with a value under another key; what stood there takes the key that becomes free."""
        if to not in KEYS or self.at(key) is None:
            return self
        swapped = {key: to, to: key}
        return replace(self, values=tuple(replace(one, key=swapped.get(one.key, one.key)) for one in self.values))


def read(held: Any) -> dict[str, CodingSheet]:
    """Sheets by the archive's uuid, from what a settings file holds; what makes no sense is left out."""
    if not isinstance(held, dict):
        return {}
    found = {uuid: _sheet(one) for uuid, one in held.items() if isinstance(uuid, str) and isinstance(one, dict)}
    return dict(list(found.items())[-_MOST_ARCHIVES:])


def _sheet(held: Mapping[str, Any]) -> CodingSheet:
    given, after = held.get("values"), held.get("advance_after")
    values: dict[str, SheetValue] = {}
    for one in given if isinstance(given, list) else ():
        value = _value(one)
        if value is not None:
            values.setdefault(value.key, value)
    facets = tuple(one for one in after if _is_facet(one)) if isinstance(after, list) else ()
    return CodingSheet(tuple(values.values()), held.get("advances") is True, facets or ADVANCE_AFTER)


def _is_facet(held: Any) -> bool:
    return isinstance(held, str) and held in FACETS_OF_SHEETS


def _value(held: Any) -> SheetValue | None:
    if not isinstance(held, dict):
        return None
    key, facet, code = (held.get(name) for name in SheetValue.__slots__)
    fits = isinstance(key, str) and len(key) == 1 and key in KEYS and _is_facet(facet)
    if not fits or not isinstance(code, str) or not 0 < len(code) <= _LONGEST_CODE:
        return None
    return SheetValue(str(key), str(facet), code)


def written(sheets: Mapping[str, CodingSheet]) -> dict[str, Any]:
    """Sheets as a settings file holds them."""
    return {
        uuid: {
            "values": [{name: getattr(value, name) for name in SheetValue.__slots__} for value in sheet.values],
            "advances": sheet.advances,
            "advance_after": list(sheet.advance_after),
        }
        for uuid, sheet in sheets.items()
    }
