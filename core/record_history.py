"""The history of one image, field by field: who changed what, when, from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.archive import Archive
from core.errors import Refused
from core.record_words import GROUPS, HIDDEN, field_name, row_words, value_words, what
from core.records import ImageId
from core.store import descriptions, images, record_rows
from core.store.record_rows import RowChange

PAGE: Final = 100
# Rows that only hold fields of something else: that they come or go is no event, the fields that they bring are.
_BLANK: Final = "description"


class Kind(Enum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's change, or with an empty ``field`` a row that came or went.

    ``change`` and ``field`` name it to ``taking_back.take_back``; ``what`` says in words what was changed, ``old``
    and ``new`` are its values as people read them, empty for none.  ``label`` is the action's.
    """

    change: int
    field: str
    kind: Kind
    at: str
    actor: str
    label: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Page:
    """Changes, the newest first; ``older`` is where the next page begins, None on the last one."""

    changes: tuple[FieldChange, ...]
    older: int | None


def of_image(archive: Archive, image_id: ImageId, *, before: int | None = None, limit: int = PAGE) -> Page:
    """What was changed of an image, its sightings and claims, its captures, and the verdicts that name it.

    A page holds the fields of at most ``limit`` changed rows, older than the change ``before`` where it is given.
    What others say in a blind coding is left out until both coders have closed the set.

    Raises:
        Refused: the image is not in the archive any more.
    """
    image = images.get(archive.db, image_id)
    if image is None:
        raise Refused("This image is no longer in the archive.")
    sha256 = image.facts.sha256
    ids = record_rows.of_image(archive.db, image_id, sha256, archive.actor)
    found = record_rows.changes_of(archive.db, ids, before=before, limit=limit + 1)
    page = found[:limit]
    told = _Told(archive, sha256)
    changes = tuple(change for row in page for change in told.fields(row))
    return Page(changes, page[-1].id if len(found) > limit else None)


class _Told:
    """Puts changed rows into words."""

    def __init__(self, archive: Archive, sha256: str) -> None:
        self._archive = archive
        self._sha256 = sha256
        self._sightings: dict[tuple[str, int], int | None] = {}

    def fields(self, change: RowChange) -> Iterator[FieldChange]:
        """The fields that a change of a row concerns."""
        if change.table == _BLANK or (change.before is not None and change.after is not None):
            for field in changed_fields(change):
                old, new = (value_words(self._archive, change.table, field, row) for row in sides(change))
                name = f"{self._what(change)}: {field_name(change.table, field)}"
                yield self._entry(change, Kind.CHANGED, name, old, new, field=field)
            return
        words = row_words(self._archive, change.table, change.said, self._sha256)
        if change.after is None:
            yield self._entry(change, Kind.REMOVED, self._what(change), words, "")
        else:
            yield self._entry(change, Kind.ADDED, self._what(change), "", words)

    def _entry(self, change: RowChange, kind: Kind, words: str, old: str, new: str, *, field: str = "") -> FieldChange:
        return FieldChange(change.id, field, kind, change.at, change.actor, change.label, words, old, new)

    def _what(self, change: RowChange) -> str:
        return what(change.table, change.said, record_rows.sighting_of(self._archive.db, change))


def sides(change: RowChange) -> tuple[record_rows.Row, record_rows.Row]:
    """The changed row before and after; of fields that stand in a row only while they say something, the blank row."""
    blank = descriptions.BLANK if change.table == _BLANK else {}
    return change.before or blank, change.after or blank


def changed_fields(change: RowChange) -> list[str]:
    """The fields that differ before and after, as people see them: columns, or names of ``record_words.GROUPS``."""
    before, after = sides(change)
    grouped = {column: name for name, columns in GROUPS.items() for column in columns}
    differing = (name for name in change.said if name not in HIDDEN and before.get(name) != after.get(name))
    return list(dict.fromkeys(grouped.get(name, name) for name in differing))
