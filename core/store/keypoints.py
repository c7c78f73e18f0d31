"""Key points of images, and what became of the pairs that they were held against: derived, and rebuilt at any time.

Each content has a number of its own here, by which the index of key points knows it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlite_utils import Database

from core.likeness.looks import Picture
from core.records import ImageId, Match
from core.store import alarms, cache
from core.store.images import in_chunks

_MISSING: Final = """
FROM image WHERE state = 'decoded' AND NOT EXISTS (SELECT 1 FROM cache.keypoints WHERE keypoints.sha256 = image.sha256)
AND EXISTS (SELECT 1 FROM cache.thumbnail WHERE thumbnail.sha256 = image.sha256)
"""


def missing(db: Database) -> list[tuple[str, str]]:
    """SHA-256 and ending of the decoded images whose key points are not there yet; their thumbnails are."""
    return db.conn.execute(f"SELECT sha256, ending {_MISSING} ORDER BY id").fetchall()


def count_decoded(db: Database) -> int:
    """How many images have key points, or can have some."""
    number: int = db.conn.execute("SELECT count(*) FROM image WHERE state = 'decoded'").fetchone()[0]
    return number


def count_unsearched(db: Database) -> int:
    """How many contents have key points that were not held against the others."""
    number: int = db.conn.execute("SELECT count(*) FROM cache.keypoints WHERE searched = 0").fetchone()[0]
    return number


def add(db: Database, rows: Iterable[tuple[str, bytes]]) -> None:
    """Keep key points, packed, each under its image's SHA-256."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO cache.keypoints (sha256, width_px, height_px, points) "
        "SELECT sha256, upright_width_px, upright_height_px, ? FROM image WHERE sha256 = ?",
        ((points, sha256) for sha256, points in rows),
    )


def unsearched(db: Database, *, above: int, limit: int) -> list[tuple[int, str, bytes]]:
    """Number, SHA-256 and packed key points of contents not yet held against the others, above a number, ascending."""
    return db.conn.execute(
        "SELECT number, sha256, points FROM cache.keypoints WHERE searched = 0 AND number > ? ORDER BY number LIMIT ?",
        (above, limit),
    ).fetchall()


def searched_above(db: Database, number: int, limit: int) -> list[tuple[int, bytes]]:
    """Number and packed key points of contents that were held against the others, above a number, ascending."""
    return db.conn.execute(
        "SELECT number, points FROM cache.keypoints WHERE searched = 1 AND number > ? ORDER BY number LIMIT ?",
        (number, limit),
    ).fetchall()


def named(db: Database, numbers: Sequence[int]) -> dict[int, str]:
    """The SHA-256 of these contents, by their numbers."""
    found: dict[int, str] = {}
    for marks, chunk in in_chunks(numbers):
        rows = db.conn.execute(f"SELECT number, sha256 FROM cache.keypoints WHERE number IN ({marks})", chunk)
        found |= dict(rows.fetchall())
    return found


def looks(db: Database, hashes: Sequence[str]) -> dict[str, Picture]:
    """What these contents are looked at by; those that lack any of it are left out."""
    found: dict[str, Picture] = {}
    for marks, chunk in in_chunks(hashes):
        rows = db.conn.execute(
            "SELECT sha256, width_px, height_px, jpeg, points FROM cache.keypoints "
            f"JOIN cache.thumbnail USING (sha256) WHERE sha256 IN ({marks})",
            chunk,
        )
        found |= {
            sha256: Picture((width, height), jpeg, points) for sha256, width, height, jpeg, points in rows.fetchall()
        }
    return found


def unverified_near(db: Database, limit: int) -> list[Match]:
    """What the perceptual hashes found between present images that have key points, and nobody verified."""
    rows = db.conn.execute(
        "SELECT found.sha256_a, found.sha256_b, found.kind, found.distance, found.evidence "
        "FROM cache.near AS found JOIN image AS a ON a.sha256 = found.sha256_a "
        "JOIN image AS b ON b.sha256 = found.sha256_b "
        "JOIN cache.keypoints AS one ON one.sha256 = found.sha256_a AND one.searched = 1 "
        "JOIN cache.keypoints AS other ON other.sha256 = found.sha256_b AND other.searched = 1 "
        "WHERE found.verified = 0 ORDER BY found.sha256_a, found.sha256_b LIMIT ?",
        (limit,),
    ).fetchall()
    return [Match(*row) for row in rows]


def near_of(db: Database, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Match]:
    """What the perceptual hashes found between these pairs, the smaller hash first."""
    found = {}
    for pair in pairs:
        row = db.conn.execute(
            "SELECT sha256_a, sha256_b, kind, distance, evidence FROM cache.near WHERE sha256_a = ? AND sha256_b = ?",
            pair,
        ).fetchone()
        if row:
            found[pair] = Match(*row)
    return found


def near(db: Database) -> list[Match]:
    """All that the perceptual hashes found between present images, verified or not."""
    rows = db.conn.execute(
        "SELECT sha256_a, sha256_b, kind, distance, evidence FROM cache.near AS found "
        "WHERE EXISTS (SELECT 1 FROM image WHERE sha256 = found.sha256_a) "
        "AND EXISTS (SELECT 1 FROM image WHERE sha256 = found.sha256_b) ORDER BY distance, sha256_a, sha256_b"
    ).fetchall()
    return [Match(*row) for row in rows]


def keep_verified(db: Database, pairs: Iterable[tuple[str, str, Match | None]]) -> set[str]:
    """Write what was found of pairs that were looked at, None where it is nothing; which contents it changes.

    Equal pixels are more than anything that a look can say, and stay.
    """
    changed: set[str] = set()
    for a, b, match in pairs:
        pair = (a, b)
        row = db.conn.execute("SELECT kind FROM cache.match WHERE sha256_a = ? AND sha256_b = ?", pair).fetchone()
        mark_verified(db, [pair])
        if row == ("same_pixels",) or (row is None and match is None):
            continue
        if match is None:
            db.conn.execute("DELETE FROM cache.match WHERE sha256_a = ? AND sha256_b = ?", pair)
        else:
            cache.add_matches(db, [match])
            db.conn.execute("UPDATE cache.match SET verified = 1 WHERE sha256_a = ? AND sha256_b = ?", pair)
            alarms.add(db, pair, before=row[0] if row else "", now=match.kind)
        changed |= {a, b}
    return changed


def mark_verified(db: Database, pairs: Iterable[tuple[str, str]]) -> None:
    """Note that these pairs, if the perceptual hashes found them, need no look any more."""
    db.conn.executemany("UPDATE cache.near SET verified = 1 WHERE sha256_a = ? AND sha256_b = ?", pairs)


def mark_searched(db: Database, numbers: Iterable[int]) -> None:
    """Note that these contents were held against all before them."""
    db.conn.executemany("UPDATE cache.keypoints SET searched = 1 WHERE number = ?", ((number,) for number in numbers))


def forget(db: Database, *, points: bool) -> None:
    """Drop what was verified, so that it is done again; the key points as well where they are of another recipe."""
    alarms.pass_over_searched(db)
    db.conn.execute("DELETE FROM cache.match WHERE verified = 1")
    db.conn.execute(
        "INSERT OR IGNORE INTO cache.match (sha256_a, sha256_b, kind, distance, evidence) "
        "SELECT sha256_a, sha256_b, kind, distance, evidence FROM cache.near"
    )
    db.conn.execute("UPDATE cache.near SET verified = 0")
    db.conn.execute("DELETE FROM cache.keypoints" if points else "UPDATE cache.keypoints SET searched = 0")


def images_of(db: Database, hashes: Sequence[str]) -> dict[str, ImageId]:
    """The ids of those of these contents that are images of the archive."""
    found: dict[str, ImageId] = {}
    for marks, chunk in in_chunks(hashes):
        rows = db.conn.execute(f"SELECT sha256, id FROM image WHERE sha256 IN ({marks})", chunk)
        found |= {sha256: ImageId(image_id) for sha256, image_id in rows.fetchall()}
    return found
