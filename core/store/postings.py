"""Which images have each value of a facet: one bit for each image id, in blocks of 65,536 ids.

Counting a facet among a million images is then a few megabytes of bits held against each other, where rows of
SQL took a second.  The bitmaps lie in the cache and follow the history with it.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

Bits = NDArray[np.uint8]
Value = tuple[str, str, int]
"""A facet, the code of one of its values, and the id of an image that has it."""

BLOCK_IDS: Final = 65_536
_BLOCK_BYTES: Final = BLOCK_IDS // 8


def blocks(db: Database) -> int:
    """How many blocks hold every image's id."""
    newest: int = db.conn.execute("SELECT ifnull(max(id), 0) FROM image").fetchone()[0]
    return newest // BLOCK_IDS + 1


def of_ids(ids: Sequence[int], blocks: int) -> Bits:
    """The bits of these images; ids beyond the blocks are left out."""
    flags = np.zeros(blocks * BLOCK_IDS, dtype=bool)
    places = np.asarray(ids, dtype=np.int64)
    flags[places[places < len(flags)]] = True
    return np.packbits(flags)


def ids_of(bits: Bits) -> "array[int]":
    """The ids whose bits are set, in order."""
    found = array("q")
    found.frombytes(np.flatnonzero(np.unpackbits(bits)).astype(np.int64).tobytes())
    return found


def number(bits: Bits) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits.view(np.uint64)).sum())


def having(db: Database, facet: str, codes: Sequence[str], blocks: int) -> Bits:
    """The bits of the images that have any of these values."""
    bits = np.zeros(blocks * _BLOCK_BYTES, dtype=np.uint8)
    marks = ", ".join("?" * len(codes))
    for _, block, posted in _rows(db, f"facet = ? AND code IN ({marks}) AND block < ?", [facet, *codes, blocks]):
        bits[block * _BLOCK_BYTES : (block + 1) * _BLOCK_BYTES] |= posted
    return bits


def codes(db: Database, facet: str) -> list[str]:
    """The values of a facet that any image has."""
    rows = db.conn.execute("SELECT DISTINCT code FROM cache.posting WHERE facet = ?", (facet,)).fetchall()
    return [code for (code,) in rows]


def counts(db: Database, facet: str, found: Bits) -> dict[str, int]:
    """How many of the found images have each value of a facet; values that none has are left out."""
    counted: dict[str, int] = {}
    for code, block, posted in _rows(db, "facet = ? AND block < ?", [facet, len(found) // _BLOCK_BYTES]):
        among = number(posted & found[block * _BLOCK_BYTES : (block + 1) * _BLOCK_BYTES])
        if among:
            counted[code] = counted.get(code, 0) + among
    return counted


def _rows(db: Database, where: str, values: Sequence[object]) -> Iterator[tuple[str, int, Bits]]:
    rows = db.conn.execute(f"SELECT code, block, bits FROM cache.posting WHERE {where}", values).fetchall()
    return ((code, block, np.frombuffer(bits, dtype=np.uint8)) for code, block, bits in rows)


def empty(db: Database) -> None:
    """Forget all of it, before it is made anew."""
    db.conn.execute("DELETE FROM cache.posting")


def change(db: Database, *, gone: Collection[Value] = (), come: Collection[Value] = ()) -> None:
    """Clear the bits of values that images no longer have, and set those that they have now."""
    cleared, added = _by_block(gone), _by_block(come)
    for key in cleared.keys() | added.keys():
        _write(db, key, (_block(db, key) & ~_packed(cleared.get(key, ()))) | _packed(added.get(key, ())))


def add(db: Database, places: Iterable[tuple[str, str, int, str]]) -> None:
    """Set many bits at once: facet, code, block, and the places in the block, joined by commas."""
    for *key, joined in places:
        _write(db, tuple(key), _block(db, tuple(key)) | _packed(list(map(int, joined.split(",")))))


def _write(db: Database, key: tuple[Any, ...], bits: Bits) -> None:
    if bits.any():
        db.conn.execute(
            "INSERT OR REPLACE INTO cache.posting (facet, code, block, bits) VALUES (?, ?, ?, ?)",
            (*key, bits.tobytes()),
        )
    else:
        db.conn.execute("DELETE FROM cache.posting WHERE facet = ? AND code = ? AND block = ?", key)


def _by_block(values: Iterable[Value]) -> dict[tuple[str, str, int], list[int]]:
    found: dict[tuple[str, str, int], list[int]] = {}
    for facet, code, image_id in values:
        block, place = divmod(image_id, BLOCK_IDS)
        found.setdefault((facet, code, block), []).append(place)
    return found


def _packed(places: Sequence[int]) -> Bits:
    return of_ids(places, 1)


def _block(db: Database, key: tuple[Any, ...]) -> Bits:
    row = db.conn.execute("SELECT bits FROM cache.posting WHERE facet = ? AND code = ? AND block = ?", key).fetchone()
    return np.frombuffer(row[0], dtype=np.uint8) if row else np.zeros(_BLOCK_BYTES, dtype=np.uint8)
