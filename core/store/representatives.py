"""Which image stands for its group: proposed from what is stored of each, unless a person chose.

The order of images is one for the whole archive and does not depend on the groups; in each, the first stands for
it.  Both the record's pictures and the cache take it from here.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlite_utils import Database

from core import dates
from core.errors import Refused
from core.grouping import standing
from core.records import PARTIAL_VERDICTS
from core.store.images import in_chunks
from core.store.journal import now

_PARTIAL: Final = ", ".join(f"'{kind}'" for kind in PARTIAL_VERDICTS)
_FACTS: Final = f"""
    SELECT id, sha256, upright_width_px * upright_height_px, size_bytes, format,
        ifnull((SELECT chosen.id FROM representative AS chosen WHERE chosen.sha256 = image.sha256), 0),
        EXISTS (SELECT 1 FROM relation WHERE to_sha256 = image.sha256 AND kind = 'better_copy_of'),
        EXISTS (SELECT 1 FROM relation WHERE from_sha256 = image.sha256 AND kind IN ({_PARTIAL}))
    FROM image WHERE sha256 IN
"""


class Choice(NamedTuple):
    """What a person chose to stand for its group, and who that was and when."""

    sha256: str
    chosen_by: str
    chosen_at: str


def in_order(db: Database, shas: Collection[str]) -> list[tuple[int, str]]:
    """Id and content hash of those of these images that are present, the one that stands best for the others first."""
    ranked = []
    for marks, chunk in in_chunks(sorted(shas)):
        rows = db.conn.execute(f"{_FACTS} ({marks})", chunk).fetchall()
        firsts = _first_captured(db, [row[0] for row in rows])
        ranked += [(_rank(row, firsts.get(row[0], "")), row[0], row[1]) for row in rows]
    return [(image_id, sha256) for _, image_id, sha256 in sorted(ranked)]


def _rank(row: Sequence[Any], first_at: str) -> tuple[Any, ...]:
    _, sha256, area_px, size_bytes, kind, chosen, worse, partial = row
    return standing(
        sha256,
        chosen=chosen,
        worse=bool(worse),
        partial=bool(partial),
        area_px=area_px,
        size_bytes=size_bytes,
        format=kind,
        first_at=first_at,
    )


def _first_captured(db: Database, ids: Sequence[int]) -> dict[int, str]:
    """When each image was there first, as far as its captures tell; without those of which none does."""
    found: dict[int, str] = {}
    for marks, chunk in in_chunks(ids):
        rows = db.conn.execute(
            "SELECT DISTINCT image_id, published_at, collected_at, modified_at FROM capture "
            f"WHERE image_id IN ({marks})",
            chunk,
        ).fetchall()
        for image_id, *times in rows:
            # A file's own time tells least: often it is that of the last copying.
            first = next(filter(None, map(_earliest, times)), "")
            if first and (image_id not in found or first < found[image_id]):
                found[image_id] = first
    return found


def _earliest(at: str) -> str:
    """The first moment that a time or a date in the EDTF can mean, to be compared as text; empty where there is none.

    A whole day comes before all of its times.
    """
    if not at or (at[4:5] == at[7:8] == "-" and at[10:11] in ("", "T")):
        return at
    try:
        return dates.parse(at).earliest or ""
    except Refused:
        return ""


def choice(db: Database, shas: Iterable[str]) -> Choice | None:
    """The newest choice among these images, None where nobody chose."""
    newest: tuple[int, Choice] | None = None
    for marks, chunk in in_chunks(sorted(shas)):
        row = db.conn.execute(
            f"SELECT id, sha256, chosen_by, chosen_at FROM representative WHERE sha256 IN ({marks}) "
            "ORDER BY id DESC LIMIT 1",
            chunk,
        ).fetchone()
        if row and (newest is None or row[0] > newest[0]):
            newest = row[0], Choice(*row[1:])
    return newest[1] if newest else None


def choose(db: Database, sha256: str, by: str) -> None:
    """Record that an image is to stand for its group, as the newest of all choices; an action must be open."""
    forget(db, [sha256])
    db.conn.execute("INSERT INTO representative (sha256, chosen_by, chosen_at) VALUES (?, ?, ?)", (sha256, by, now()))


def forget(db: Database, shas: Iterable[str]) -> None:
    """Take the choices of these images back; an action must be open."""
    db.conn.executemany("DELETE FROM representative WHERE sha256 = ?", ((sha256,) for sha256 in shas))
