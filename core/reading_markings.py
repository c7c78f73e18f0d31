"""Finding markings again: by part of a serial, and the earlier readings that a new one may be the same as."""

from dataclasses import dataclass
from typing import Final

from core import markings
from core.archive import Archive
from core.claims import Marking
from core.folding import fold
from core.markings import Quality
from core.records import ImageId, SightingId
from core.store import marked

_OF_MANY: Final = frozenset({"maker", "country", "year", "model", "calibre", "selector", "proof"})
"""What stands on many weapons alike: that two of these fit says nothing."""
_FEWEST_READ: Final = 3
"""Readings of fewer characters fit half of all weapons."""
_UNREAD: Final = "?*"


@dataclass(frozen=True, slots=True)
class FoundMarking:
    """A marking that can be what is looked for, where it was read, and how well it matches."""

    marking: Marking
    sighting_id: SightingId
    image_id: ImageId
    quality: Quality


def find_markings(archive: Archive, text: str) -> list[FoundMarking]:
    """The markings that can be a text or contain it, ``?`` and ``*`` standing for what was not read, best first."""
    found = marked.search(archive.db, text, coder=archive.actor)
    held = marked.of_sightings(archive.db, list({one.sighting_id for one in found}))
    return [FoundMarking(held[one.marking_id], one.sighting_id, one.image_id, one.quality) for one in found]


def fitting_markings(
    archive: Archive, marking: Marking, *, but: SightingId | None = None, limit: int = 12
) -> list[FoundMarking]:
    """The earlier markings that can be the same text as a new one, best first; not those of the sighting ``but``.

    Only what tells one weapon from another counts: serials and the like, of which enough was read, and of one kind
    where both kinds are said.
    """
    if marking.kind in _OF_MANY or _read(marking.text) < _FEWEST_READ:
        return []
    fitting = (
        one
        for one in find_markings(archive, marking.text)
        if one.quality != "contains" and one.sighting_id != but and one.marking.id != marking.id
    )
    return [one for one in fitting if _is_like(one.marking, marking)][:limit]


def _is_like(one: Marking, other: Marking) -> bool:
    if one.kind in _OF_MANY or _read(one.text) < _FEWEST_READ:
        return False
    if not markings.fits(one.text, other.text) and not markings.nearly(one.text, other.text):
        return False
    return one.kind == other.kind or not one.kind or not other.kind


def _read(text: str) -> int:
    """How many characters of a marking were read."""
    return len(fold(text.translate(dict.fromkeys(map(ord, _UNREAD)))))
