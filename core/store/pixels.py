"""Equal pixels: which images may have them, and the matches between those that do."""

from collections.abc import Iterable

from sqlite_utils import Database

from core.records import Match
from core.store import cache

_UNTURNED_AND_OF_ONE_SIZE = """
    a.upright_width_px = b.upright_width_px AND a.upright_height_px = b.upright_height_px
    AND a.state = 'decoded' AND b.state = 'decoded'
"""

_CANDIDATES = f"""
WITH near AS (
    SELECT sha256_a AS one, sha256_b AS two FROM cache.near
    JOIN image AS a ON a.sha256 = sha256_a JOIN image AS b ON b.sha256 = sha256_b
    WHERE kind = 'near' AND {_UNTURNED_AND_OF_ONE_SIZE}
), flat AS (
    SELECT sha256, upright_width_px AS width, upright_height_px AS height
    FROM cache.fingerprint JOIN image USING (sha256) WHERE upright = x'' AND trimmed = x''
), wanted AS (
    SELECT one AS sha256 FROM near UNION SELECT two FROM near UNION
    SELECT sha256 FROM flat WHERE (width, height) IN (
        SELECT width, height FROM flat GROUP BY width, height HAVING count(*) > 1)
)
SELECT image.sha256, image.ending FROM wanted
JOIN image USING (sha256) JOIN cache.fingerprint AS made USING (sha256)
WHERE made.pixel_hash IS NULL ORDER BY image.id
"""


def candidates(db: Database) -> list[tuple[str, str]]:
    """SHA-256 and ending of images whose pixel hash is worth taking and not yet known.

    They are near another of the same size, or flat like another of the same size: equal pixels make equal hashes
    but for the decoder's rounding, and flat pictures have none.
    """
    return db.conn.execute(_CANDIDATES).fetchall()


def keep(db: Database, hashes: Iterable[tuple[str, str]]) -> set[str]:
    """Write pixel hashes by SHA-256 and the matches that follow from them; which images those name."""
    changed: set[str] = set()
    for sha256, value in hashes:
        db.conn.execute("UPDATE cache.fingerprint SET pixel_hash = ? WHERE sha256 = ?", (value, sha256))
        if value:
            changed |= _match(db, sha256, value)
    return changed


def _match(db: Database, sha256: str, value: str) -> set[str]:
    others = db.conn.execute(
        "SELECT sha256 FROM cache.fingerprint WHERE pixel_hash = ? AND sha256 <> ?", (value, sha256)
    ).fetchall()
    found = [
        Match(min(sha256, other), max(sha256, other), "same_pixels", 0, "every pixel is equal") for (other,) in others
    ]
    cache.add_matches(db, found)
    return {sha for match in found for sha in (match.sha256_a, match.sha256_b)}
