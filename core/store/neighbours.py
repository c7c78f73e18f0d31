"""Images that are likely to show what others show: found alike, or published by the same source."""

from collections.abc import Sequence
from typing import Final

from sqlite_utils import Database

from core.records import ImageId
from core.store.images import in_chunks
from core.store.relations import TIGHTNESS

# What was judged not related is no neighbour.  Without the pluses SQLite would go through all verdicts for each match.
_NEAR: Final = """
    SELECT image.id, {rank} AS distance FROM cache.match AS found JOIN image ON image.sha256 = found.{other}
    WHERE found.{own} IN ({marks}) AND NOT EXISTS (
        SELECT 1 FROM relation WHERE kind = 'not_related'
        AND min(from_sha256, to_sha256) = +found.sha256_a AND max(from_sha256, to_sha256) = +found.sha256_b)
"""


def near(db: Database, hashes: Sequence[str], limit: int) -> list[ImageId]:
    """The images that were found to be like one of these contents, decided or not, the tightest likeness first."""
    marks = ", ".join("?" * len(hashes))
    ways = [_NEAR.format(own=f"sha256_{a}", other=f"sha256_{b}", marks=marks, rank=TIGHTNESS) for a, b in ("ab", "ba")]
    rows = db.conn.execute(
        f"SELECT id, min(distance) AS least FROM ({' UNION ALL '.join(ways)}) GROUP BY id ORDER BY least, id LIMIT ?",
        (*hashes, *hashes, limit),
    ).fetchall()
    return [ImageId(image_id) for image_id, _ in rows]


def of_same_source(db: Database, ids: Sequence[ImageId], limit: int) -> list[ImageId]:
    """Other images that a source of these published, the ones taken in last first."""
    sources: set[int] = set()
    for marks, chunk in in_chunks(ids):
        found = db.conn.execute(
            f"SELECT source_id FROM capture WHERE image_id IN ({marks}) AND source_id IS NOT NULL", chunk
        )
        sources.update(source_id for (source_id,) in found.fetchall())
    chosen, others = set(ids), list[ImageId]()
    for source_id in sorted(sources):
        rows = db.conn.execute(
            "SELECT image_id FROM capture WHERE source_id = ? ORDER BY id DESC LIMIT ?",
            (source_id, limit + len(chosen)),
        ).fetchall()
        others += [ImageId(image_id) for (image_id,) in rows if image_id not in chosen]
    return list(dict.fromkeys(others))[:limit]
