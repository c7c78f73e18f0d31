"""The pairs that a search for copies found to be the same picture, until the user is told what is said of both.

An image that came in is told of once.  What is found again after the cache was made anew, or by another recipe, is
known long since: the mark is the newest image of which everything was told or can be looked up.
"""

from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

from core.records import SAME_KINDS

_MARK: Final = "alarms"


def add(db: Database, pair: tuple[str, str], *, before: str, now: str) -> None:
    """Have a pair told of that was found to be of another kind than ``before``, the smaller hash first.

    What was only near before may have been told after its import; after one that was cancelled, or that no window
    saw, it was not.
    """
    if now in SAME_KINDS and before not in SAME_KINDS:
        db.conn.execute(
            "INSERT OR IGNORE INTO cache.alarm (sha256_a, sha256_b) SELECT ?, ? "
            "WHERE (SELECT max(id) FROM image WHERE sha256 IN (?, ?)) > "
            "(SELECT CAST(value AS INTEGER) FROM cache.note WHERE key = ?)",
            (*pair, *pair, _MARK),
        )


def due(db: Database) -> list[tuple[str, str]]:
    """The pairs to be told of."""
    return db.conn.execute("SELECT sha256_a, sha256_b FROM cache.alarm ORDER BY sha256_a, sha256_b").fetchall()


def end(db: Database, pairs: Iterable[tuple[str, str]]) -> None:
    """Note that these were told of."""
    db.conn.executemany("DELETE FROM cache.alarm WHERE sha256_a = ? AND sha256_b = ?", pairs)


def pass_over_searched(db: Database) -> None:
    """Tell nothing new of images that were searched already, though they will be searched again."""
    db.conn.execute(
        "UPDATE cache.note SET value = max(CAST(value AS INTEGER), ifnull((SELECT max(image.id) FROM image "
        "JOIN cache.keypoints USING (sha256) WHERE searched = 1), 0)) WHERE key = ?",
        (_MARK,),
    )
