"""Verdicts on pairs of images in the catalogue, under their two content hashes."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.records import FOUND_KINDS, SAME_VERDICTS, Match, Relation
from core.store.images import in_chunks
from core.store.journal import now
from core.transforms import Transform

_COLUMNS: Final = "from_sha256, to_sha256, kind, evidence, decided_by, decided_at, transform"
_PAIR: Final = "min(from_sha256, to_sha256) = ? AND max(from_sha256, to_sha256) = ?"

# A match ``found`` between the images ``a`` and ``b`` that still asks for a verdict: it has none, and none is
# implied, as by A ~ B and B ~ C for A ~ C.  Without the pluses SQLite would go through all verdicts for each match
# (an index over an expression has no affinity, a column has), and through the whole group.
OPEN: Final = """
    NOT EXISTS (
        SELECT 1 FROM relation
        WHERE min(from_sha256, to_sha256) = +found.sha256_a AND max(from_sha256, to_sha256) = +found.sha256_b)
    AND ifnull(
        (SELECT picture FROM cache.membership WHERE image_id = a.id)
        = (SELECT picture FROM cache.membership WHERE image_id = b.id), 0) = 0
"""
_PLACES: Final = " ".join(f"WHEN '{kind}' THEN {100 * place}" for place, kind in enumerate(FOUND_KINDS))
TIGHTNESS: Final = f"CASE found.kind {_PLACES} ELSE {100 * len(FOUND_KINDS)} END + ifnull(found.distance, 65)"
"""How tight a match ``found`` is, 0 the tightest: by its kind, then by the distance of the hashes where they spoke."""
_TIGHTEST: Final = f"ORDER BY {TIGHTNESS}, found.sha256_a, found.sha256_b"
_FOUND: Final = """
    SELECT found.sha256_a, found.sha256_b, found.kind, found.distance, found.evidence, found.changes, found.transform
    FROM cache.match AS found
    JOIN image AS a ON a.sha256 = found.sha256_a JOIN image AS b ON b.sha256 = found.sha256_b
"""


def put(
    db: Database,
    *,
    from_sha256: str,
    to_sha256: str,
    kind: str,
    evidence: str,
    by: str,
    transform: Transform | None = None,
    at: str | None = None,
) -> None:
    """Record a verdict on a pair in place of an earlier one, ``at`` a time that is not now; an action must be open."""
    found = get(db, from_sha256, to_sha256)
    if found and (found.from_sha256, found.to_sha256, found.kind) == (from_sha256, to_sha256, kind):
        return
    values = (from_sha256, to_sha256, kind, evidence, by, at or now(), transform.text if transform else "")
    if found:
        db.conn.execute(
            "UPDATE relation SET from_sha256 = ?, to_sha256 = ?, kind = ?, evidence = ?, decided_by = ?, "
            f"decided_at = ?, transform = ? WHERE {_PAIR}",
            (*values, *sorted((from_sha256, to_sha256))),
        )
    else:
        db.conn.execute(f"INSERT INTO relation ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def remove(db: Database, sha256_a: str, sha256_b: str) -> None:
    """Take a verdict back, so that the pair is undecided again; an action must be open."""
    db.conn.execute(f"DELETE FROM relation WHERE {_PAIR}", sorted((sha256_a, sha256_b)))


def get(db: Database, sha256_a: str, sha256_b: str) -> Relation | None:
    """The verdict on a pair in either direction, None while it is undecided."""
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM relation WHERE {_PAIR}", sorted((sha256_a, sha256_b))).fetchone()
    return _relation(row) if row else None


def every(db: Database) -> list[Relation]:
    """Every verdict, in the order in which they were given."""
    return [_relation(row) for row in db.conn.execute(f"SELECT {_COLUMNS} FROM relation ORDER BY id").fetchall()]


def of(db: Database, sha256: str) -> list[Relation]:
    """Every verdict that names an image."""
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM relation WHERE from_sha256 = ? UNION SELECT {_COLUMNS} FROM relation "
        "WHERE to_sha256 = ?",
        (sha256, sha256),
    ).fetchall()
    return [_relation(row) for row in rows]


def matches(db: Database, *, undecided_only: bool = False) -> Iterator[Match]:
    """What the program found between images that are both present, tightest first.

    With ``undecided_only``, those on which there is a verdict or which are in one group already are left out.
    """
    where = f"WHERE {OPEN}" if undecided_only else ""
    rows = db.conn.execute(f"{_FOUND} {where} {_TIGHTEST}")
    for row in rows:
        yield _match(row)


def match(db: Database, sha256_a: str, sha256_b: str) -> Match | None:
    """What was found between two images, None where nothing was; they need not be present."""
    row = db.conn.execute(
        "SELECT sha256_a, sha256_b, kind, distance, evidence, changes, transform FROM cache.match "
        "WHERE sha256_a = ? AND sha256_b = ?",
        sorted((sha256_a, sha256_b)),
    ).fetchone()
    return _match(row) if row else None


def matches_of(db: Database, sha256: str) -> list[Match]:
    """What was found between an image and others that are present, decided or not."""
    rows = db.conn.execute(
        f"{_FOUND} WHERE found.sha256_a = ? UNION ALL {_FOUND} WHERE found.sha256_b = ?", (sha256, sha256)
    ).fetchall()
    return [_match(row) for row in rows]


def matches_by_layer(db: Database) -> Iterator[tuple[Match, bool]]:
    """What the program found between images that are both present, tightest first, and whether it was looked at."""
    columns = _FOUND.replace("found.transform", "found.transform, found.verified", 1)
    for *row, verified in db.conn.execute(f"{columns} {_TIGHTEST}"):
        yield _match(row), bool(verified)


def undecided_of(db: Database, sha256: str) -> list[Match]:
    """What was found between an image and others and still asks for a verdict; tightest first."""
    rows = db.conn.execute(
        f"{_FOUND} WHERE (found.sha256_a = ? OR found.sha256_b = ?) AND {OPEN} {_TIGHTEST}",
        (sha256, sha256),
    ).fetchall()
    return [_match(row) for row in rows]


def undecided_of_any(db: Database, hashes: Sequence[str]) -> list[Match]:
    """What was found between any of these images and others and still asks for a verdict; tightest first."""
    found: dict[tuple[str, str], Match] = {}
    for marks, chunk in in_chunks(hashes):
        for side in ("a", "b"):
            rows = db.conn.execute(f"{_FOUND} WHERE found.sha256_{side} IN ({marks}) AND {OPEN}", chunk)
            found |= {(row[0], row[1]): _match(row) for row in rows.fetchall()}
    places = {kind: place for place, kind in enumerate(FOUND_KINDS)}
    return sorted(found.values(), key=lambda one: (places.get(one.kind, len(places)), one.sha256_a, one.sha256_b))


def found_within(db: Database, hashes: Sequence[str], kinds: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs of these images that were found to be of one of these kinds, decided or not."""
    inside, among = frozenset(hashes), ", ".join("?" * len(kinds))
    found: set[tuple[str, str]] = set()
    for marks, chunk in in_chunks(hashes):
        rows = db.conn.execute(
            f"SELECT sha256_a, sha256_b FROM cache.match WHERE sha256_a IN ({marks}) AND kind IN ({among})",
            [*chunk, *kinds],
        )
        found.update((a, b) for a, b in rows if b in inside)
    return found


def found_with(db: Database, sha256: str, kinds: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs with this image that were found to be of one of these kinds, decided or not."""
    among = ", ".join("?" * len(kinds))
    rows = [
        db.conn.execute(
            f"SELECT sha256_a, sha256_b FROM cache.match WHERE sha256_{side} = ? AND kind IN ({among})",
            (sha256, *kinds),
        )
        for side in ("a", "b")
    ]
    return {(a, b) for found in rows for a, b in found}


def parted(db: Database, hashes: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs with any of these images that were decided to be something else than the same picture."""
    return _pairs_with(db, hashes, f"NOT IN ({', '.join(f'{kind!r}' for kind in SAME_VERDICTS)})")


def wholes(db: Database, hashes: Sequence[str]) -> set[str]:
    """Those of these images that were decided to be a screenshot, or a composite, of another."""
    pairs = _pairs_with(db, hashes, "IN ('screenshot_of', 'composite_contains')")
    return {whole for whole, _ in pairs} & set(hashes)


def _pairs_with(db: Database, hashes: Sequence[str], kinds: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for marks, chunk in in_chunks(hashes):
        for side in ("from", "to"):
            rows = db.conn.execute(
                f"SELECT from_sha256, to_sha256 FROM relation WHERE {side}_sha256 IN ({marks}) AND +kind {kinds}", chunk
            )
            found.update(rows.fetchall())
    return found


def found_of(db: Database, sha256: str) -> list[Match]:
    """Everything that was found between an image and others that are present, decided or not."""
    rows = db.conn.execute(
        f"{_FOUND} WHERE found.sha256_a = ? UNION ALL {_FOUND} WHERE found.sha256_b = ?", (sha256, sha256)
    ).fetchall()
    return [_match(row) for row in rows]


def _relation(row: Sequence[Any]) -> Relation:
    from_sha256, to_sha256, kind, evidence, decided_by, decided_at, transform = row
    return Relation(from_sha256, to_sha256, kind, evidence, decided_by, decided_at, _transform(transform))


def _match(row: Sequence[Any]) -> Match:
    sha256_a, sha256_b, kind, distance, evidence, changes, transform = row
    return Match(sha256_a, sha256_b, kind, distance, evidence, tuple(changes.split()), _transform(transform))


def _transform(text: str) -> Transform | None:
    return Transform.parse(text) if text else None
