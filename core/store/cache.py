"""The cache beside the catalogue: thumbnails, fingerprints, matches, and what search and facets read.

All of it is derived, so the file may be deleted at any time and is then rebuilt.  It is attached to the
catalogue's connection under the name ``cache``.  WAL with NORMAL may forget its last transactions in a power
cut but is never torn, and the mark of the last followed action goes with them, so it catches up by itself.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from core.errors import CoreError
from core.records import ImageId, Match
from core.store.connection import filling_memory, transaction
from core.store.images import in_chunks

VERSION: Final = 9

_GATHERED_BYTES: Final = 32 * 1024 * 1024
_SEARCH: Final = "CREATE VIRTUAL TABLE cache.search USING fts5 (text, tokenize = 'trigram')"
_SCHEMA: Final = f"""
CREATE TABLE cache.note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE cache.thumbnail (sha256 TEXT PRIMARY KEY, jpeg BLOB NOT NULL) STRICT;
CREATE TABLE cache.fingerprint (
    sha256 TEXT PRIMARY KEY, recipe TEXT NOT NULL, upright BLOB NOT NULL, trimmed BLOB NOT NULL, pixel_hash TEXT,
    matched INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX cache.fingerprint_unmatched ON fingerprint (sha256) WHERE matched = 0;
CREATE INDEX cache.fingerprint_pixels ON fingerprint (pixel_hash) WHERE pixel_hash IS NOT NULL;
CREATE TABLE cache.sketch (sha256 TEXT PRIMARY KEY, grey BLOB NOT NULL) STRICT;
CREATE TABLE cache.matched_hashes (id INTEGER PRIMARY KEY, image_ids BLOB NOT NULL, hashes BLOB NOT NULL) STRICT;
CREATE TABLE cache.match (
    sha256_a TEXT NOT NULL, sha256_b TEXT NOT NULL, kind TEXT NOT NULL, distance INTEGER,
    evidence TEXT NOT NULL, changes TEXT NOT NULL DEFAULT '', transform TEXT NOT NULL DEFAULT '',
    verified INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (sha256_a, sha256_b)
) STRICT, WITHOUT ROWID;
CREATE INDEX cache.match_b ON match (sha256_b);
CREATE TABLE cache.near (
    sha256_a TEXT NOT NULL, sha256_b TEXT NOT NULL, kind TEXT NOT NULL, distance INTEGER NOT NULL,
    evidence TEXT NOT NULL, verified INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (sha256_a, sha256_b)
) STRICT, WITHOUT ROWID;
CREATE INDEX cache.near_unverified ON near (sha256_a) WHERE verified = 0;
CREATE TABLE cache.alarm (
    sha256_a TEXT NOT NULL, sha256_b TEXT NOT NULL, PRIMARY KEY (sha256_a, sha256_b)
) STRICT, WITHOUT ROWID;
CREATE TABLE cache.keypoints (
    number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, width_px INTEGER NOT NULL, height_px INTEGER NOT NULL,
    points BLOB NOT NULL, searched INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX cache.keypoints_unsearched ON keypoints (number) WHERE searched = 0;
CREATE TABLE cache.membership (
    image_id INTEGER PRIMARY KEY, picture TEXT NOT NULL, representative INTEGER NOT NULL
) STRICT;
CREATE INDEX cache.membership_picture ON membership (picture);
CREATE TABLE cache.shown (
    image_id INTEGER NOT NULL, facet TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (image_id, facet, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE cache.posting (
    facet TEXT NOT NULL, code TEXT NOT NULL, block INTEGER NOT NULL, bits BLOB NOT NULL,
    PRIMARY KEY (facet, code, block)
) STRICT;
{_SEARCH};
INSERT INTO cache.note (key, value) SELECT 'alarms', ifnull(max(id), 0) FROM main.image;
PRAGMA cache.user_version = {VERSION};
"""


def attach(db: Database, path: Path, *, read_only: bool) -> bool:
    """Attach the cache, made anew where it is missing, foreign or damaged.

    Returns whether it is the file: a reader that finds none usable gets an empty one in memory instead.
    """
    if _attach_file(db, path, read_only=read_only):
        return True
    if read_only:
        with filling_memory(db):
            db.conn.execute("ATTACH ':memory:' AS cache")
            _create(db)
        return False
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    _attach(db, path, "rwc")
    _set_up(db)
    _create(db)
    return True


def _attach_file(db: Database, path: Path, *, read_only: bool) -> bool:
    if not path.is_file():
        return False
    try:
        _attach(db, path, "ro" if read_only else "rw")
        usable = bool(db.conn.execute("PRAGMA cache.user_version").fetchone() == (VERSION,))
        if usable and not read_only:
            _set_up(db)
    except (CoreError, sqlite3.Error):
        usable = False
    if not usable and any(row[1] == "cache" for row in db.conn.execute("PRAGMA database_list").fetchall()):
        db.conn.execute("DETACH cache")
    return usable


def _attach(db: Database, path: Path, mode: str) -> None:
    db.conn.execute("ATTACH ? AS cache", (f"{path.absolute().as_uri()}?mode={mode}",))


def _set_up(db: Database) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
        db.conn.execute(f"PRAGMA cache.{pragma}").fetchall()


def _create(db: Database) -> None:
    with transaction(db):
        for statement in _SCHEMA.split(";\n"):
            if statement.strip():
                db.conn.execute(statement)


def empty_search(db: Database) -> None:
    """Begin the word index anew: taking its rows out one by one costs as much as putting them in."""
    db.conn.execute("DROP TABLE cache.search")
    db.conn.execute(_SEARCH)
    # Gathering more in memory before it is written makes fewer pieces to merge.
    db.conn.execute("INSERT INTO cache.search (search, rank) VALUES ('hashsize', ?)", (_GATHERED_BYTES,))


def note(db: Database, key: str) -> str | None:
    """What is written under a key, None where nothing is."""
    row = db.conn.execute("SELECT value FROM cache.note WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def write_note(db: Database, key: str, value: str) -> None:
    """Write under a key."""
    db.conn.execute("INSERT OR REPLACE INTO cache.note (key, value) VALUES (?, ?)", (key, value))


def thumbnail(db: Database, image_id: ImageId) -> bytes | None:
    """The JPEG of an image's thumbnail, None where there is none (yet)."""
    row = db.conn.execute(
        "SELECT jpeg FROM image JOIN cache.thumbnail USING (sha256) WHERE image.id = ?", (image_id,)
    ).fetchone()
    return row[0] if row else None


def add_thumbnails(db: Database, rows: Iterable[tuple[str, bytes]]) -> None:
    """Keep thumbnails, each under its image's SHA-256."""
    db.conn.executemany("INSERT OR REPLACE INTO cache.thumbnail (sha256, jpeg) VALUES (?, ?)", rows)


def add_fingerprints(db: Database, rows: Iterable[tuple[str, str, bytes, bytes]]) -> None:
    """Keep fingerprints: SHA-256, recipe, and the eight 64-bit hashes upright and trimmed (empty where none)."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO cache.fingerprint (sha256, recipe, upright, trimmed) VALUES (?, ?, ?, ?)",
        rows,
    )


def add_sketches(db: Database, rows: Iterable[tuple[str, bytes]]) -> None:
    """Keep sketches, each under its image's SHA-256."""
    db.conn.executemany("INSERT OR REPLACE INTO cache.sketch (sha256, grey) VALUES (?, ?)", rows)


def sketches(db: Database, ids: Sequence[int]) -> list[tuple[ImageId, bytes]]:
    """Id and sketch of those of these images that have one."""
    found: list[tuple[ImageId, bytes]] = []
    for marks, chunk in in_chunks(ids):
        found += db.conn.execute(
            f"SELECT image.id, grey FROM image JOIN cache.sketch USING (sha256) WHERE image.id IN ({marks})", chunk
        ).fetchall()
    return found


def matched_hashes(db: Database) -> list[tuple[bytes, bytes]]:
    """The image ids and the first hashes of all that were matched, in the pieces in which they were added.

    An image that is gone may still be among them.
    """
    return db.conn.execute("SELECT image_ids, hashes FROM cache.matched_hashes ORDER BY id").fetchall()


def add_matched_hashes(db: Database, image_ids: bytes, hashes: bytes) -> int:
    """Keep one more piece of them; how many pieces there are since they were last put together."""
    sql = "INSERT INTO cache.matched_hashes (image_ids, hashes) VALUES (?, ?)"
    return db.conn.execute(sql, (image_ids, hashes)).lastrowid or 0


def put_together(db: Database, image_ids: bytes, hashes: bytes) -> None:
    """Keep these in the place of all pieces, so that there is only one to read."""
    db.conn.execute("DELETE FROM cache.matched_hashes")
    add_matched_hashes(db, image_ids, hashes)


def hashes_of(db: Database, ids: Sequence[int]) -> list[tuple[ImageId, str, bytes, bytes]]:
    """Id, SHA-256 and hashes (upright, trimmed) of these images."""
    found: list[tuple[ImageId, str, bytes, bytes]] = []
    for marks, chunk in in_chunks(ids):
        found += db.conn.execute(
            "SELECT image.id, sha256, upright, trimmed FROM image JOIN cache.fingerprint USING (sha256) "
            f"WHERE image.id IN ({marks})",
            chunk,
        ).fetchall()
    return found


def unmatched(db: Database, recipe: str, limit: int) -> list[tuple[ImageId, str, bytes, bytes]]:
    """Id, SHA-256 and hashes (upright, trimmed) of present images not yet held against the others."""
    return db.conn.execute(
        "SELECT image.id, sha256, upright, trimmed FROM cache.fingerprint JOIN image USING (sha256) "
        "WHERE matched = 0 AND recipe = ? ORDER BY image.id LIMIT ?",
        (recipe, limit),
    ).fetchall()


def has_fingerprints(db: Database) -> bool:
    """Whether there is any fingerprint at all."""
    return db.conn.execute("SELECT 1 FROM cache.fingerprint LIMIT 1").fetchone() is not None


def mark_matched(db: Database, shas: Iterable[str]) -> None:
    """Note that these images were held against all that were matched before them, and against each other."""
    db.conn.executemany("UPDATE cache.fingerprint SET matched = 1 WHERE sha256 = ?", ((sha,) for sha in shas))


_UNDERIVED: Final = """
FROM image LEFT JOIN cache.fingerprint AS made USING (sha256) WHERE state = 'decoded' AND (
    made.recipe IS NOT ? OR NOT EXISTS (SELECT 1 FROM cache.thumbnail WHERE thumbnail.sha256 = image.sha256))
"""


def underived(db: Database, recipe: str) -> list[tuple[str, str]]:
    """SHA-256 and ending of the decoded images whose thumbnail or fingerprint is missing or of another recipe."""
    return db.conn.execute(f"SELECT image.sha256, ending {_UNDERIVED} ORDER BY image.id", (recipe,)).fetchall()


def count_underived(db: Database, recipe: str) -> int:
    """How many images ``underived`` would name."""
    number: int = db.conn.execute(f"SELECT count(*) {_UNDERIVED}", (recipe,)).fetchone()[0]
    return number


def add_matches(db: Database, matches: Iterable[Match]) -> None:
    """Keep what was found between images."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO cache.match (sha256_a, sha256_b, kind, distance, evidence, changes, transform) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                match.sha256_a,
                match.sha256_b,
                match.kind,
                match.distance,
                match.evidence,
                " ".join(match.changes),
                match.transform.text if match.transform else "",
            )
            for match in matches
        ),
    )


def add_near(db: Database, matches: Iterable[Match]) -> None:
    """Keep what the perceptual hashes found: shown unless more is known of the pair, and to be verified."""
    found = list(matches)
    db.conn.executemany(
        "INSERT OR REPLACE INTO cache.near (sha256_a, sha256_b, kind, distance, evidence) VALUES (?, ?, ?, ?, ?)",
        ((match.sha256_a, match.sha256_b, match.kind, match.distance, match.evidence) for match in found),
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO cache.match (sha256_a, sha256_b, kind, distance, evidence) VALUES (?, ?, ?, ?, ?)",
        ((match.sha256_a, match.sha256_b, match.kind, match.distance, match.evidence) for match in found),
    )


def forget_matches(db: Database) -> None:
    """Drop every match but those that were verified, so that all are found again."""
    db.conn.execute("DELETE FROM cache.match WHERE verified = 0")
    db.conn.execute("DELETE FROM cache.near")
    db.conn.execute("DELETE FROM cache.matched_hashes")
    db.conn.execute("UPDATE cache.fingerprint SET matched = 0, pixel_hash = NULL")
