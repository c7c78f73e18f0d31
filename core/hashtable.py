"""64-bit hashes sorted for searching: which of millions differ in only a few bits.

Multi-index hashing (Norouzi, Punjani and Fleet, *Fast exact search in Hamming space with multi-index
hashing*, 2014): a hash is cut into four chunks of 16 bits.  If each chunk c of two hashes differs in more
than t_c bits, the whole differs in at least the sum of t_c + 1; so with that sum at radius + 1 no pair within
the radius is missed by looking only at hashes that share a chunk up to t_c bits.  Hashes of pictures are not
uniform, hence the t_c are chosen by how evenly each chunk spreads the hashes.

Equal hashes, of which reposts make thousands, are searched once and told apart only in the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Triples = tuple[Numbers, Numbers, Numbers]

_CHUNKS: Final = 4
_CHUNK_BITS: Final = 16
_VALUES: Final = 1 << _CHUNK_BITS
# Work goes on in blocks of so many candidates: large for numpy, small for the processor's cache.
_BLOCK: Final = 1 << 18
# Looking at one candidate through the buckets costs about as much as eight in a plain loop over all.
_PLAIN_FACTOR: Final = 8


@dataclass(frozen=True, slots=True)
class _Buckets:
    """The distinct hashes sorted by one chunk.

    ``rows`` are their positions among the distinct hashes; those with chunk value v lie from ``starts[v]`` to
    ``starts[v + 1]``.  ``load`` is how many hashes share a value, as an average hash meets it.
    """

    hashes: Hashes
    rows: Numbers
    starts: Numbers
    load: float

    @classmethod
    def of(cls, hashes: Hashes, chunk: int) -> "_Buckets":
        values = _chunk_values(hashes, chunk)
        order = np.argsort(values.astype(np.uint16), kind="stable")
        sizes = np.bincount(values, minlength=_VALUES)
        load = float(np.square(sizes.astype(np.float64)).sum()) / max(1, len(hashes))
        return cls(hashes[order], order, _starts(sizes), load)


@dataclass(frozen=True, slots=True)
class HashTable:
    """The distinct hashes in ascending order, and the entries (hash, key) that they stand for; never changes.

    The entries of distinct hash (row) r are ``keys[starts[r]:starts[r + 1]]``.
    """

    hashes: Hashes
    starts: Numbers
    keys: Numbers
    buckets: tuple[_Buckets, ...]

    @classmethod
    def of(cls, keys: Numbers, hashes: Hashes) -> "HashTable":
        """The table of these entries, ``keys[i]`` standing with ``hashes[i]``; repeated ones count once.

        Those of another table, in the order of its ``keys``, are in order already and cost less.
        """
        if not _ascends(keys, hashes):
            order = np.lexsort((keys, hashes))
            keys, hashes = keys[order], hashes[order]
        first = np.ones(len(keys), dtype=np.bool_)
        first[1:] = (hashes[1:] != hashes[:-1]) | (keys[1:] != keys[:-1])
        keys, hashes = keys[first], hashes[first]
        first = np.ones(len(keys), dtype=np.bool_)
        first[1:] = hashes[1:] != hashes[:-1]
        starts = np.append(np.flatnonzero(first), len(keys)).astype(np.int64)
        distinct = hashes[first]
        buckets = tuple(_Buckets.of(distinct, chunk) for chunk in range(_CHUNKS))
        return cls(distinct, starts, keys, buckets)

    def entry_hashes(self) -> Hashes:
        """The hash of each entry."""
        return np.repeat(self.hashes, np.diff(self.starts))

    def entries(self, rows: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """The entries of these rows, in blocks of (position in ``rows``, entry)."""
        return _spans(self.starts[rows], self.starts[rows + 1] - self.starts[rows])

    def search(self, queries: Hashes, radius: int) -> Iterator[Triples]:
        """Blocks of (position in ``queries``, row, distance), each such pair once."""
        reach = self._reach(radius)
        if reach is None:
            yield from search_plainly(queries, self.hashes, radius)
            return
        for chunk, bucket in enumerate(self.buckets):
            flips = _flips(reach[chunk])
            step = max(1, _BLOCK // max(1, len(flips)))
            for start in range(0, len(queries), step):
                part = queries[start : start + step]
                values = (_chunk_values(part, chunk)[:, None] ^ flips).ravel()
                first = bucket.starts[values]
                for probe, member in _spans(first, bucket.starts[values + 1] - first):
                    query = probe // len(flips)
                    differing = part[query] ^ bucket.hashes[member]
                    hit, distance = _hits(differing, radius, reach[:chunk])
                    yield query[hit] + start, bucket.rows[member[hit]], distance

    def join(self, radius: int) -> Iterator[Triples]:
        """Blocks of (row, other row, distance) for all different rows within the radius, each pair once."""
        reach = self._reach(radius)
        if reach is None:
            yield from _join_plainly(self.hashes, radius)
            return
        for chunk, bucket in enumerate(self.buckets):
            values = np.repeat(np.arange(_VALUES), np.diff(bucket.starts))
            for flip in _flips(reach[chunk]):
                partner = values ^ flip
                # Each pair of buckets is met from its smaller side; within one bucket, each row looks ahead.
                first = bucket.starts[partner] if flip else np.arange(1, len(values) + 1)
                length = np.where(partner >= values, bucket.starts[partner + 1] - first, 0)
                for row, member in _spans(first, length):
                    differing = bucket.hashes[row] ^ bucket.hashes[member]
                    hit, distance = _hits(differing, radius, reach[:chunk])
                    yield bucket.rows[row[hit]], bucket.rows[member[hit]], distance

    def entry_pairs(self, radius: int) -> Iterator[tuple[Numbers, Numbers]]:
        """Blocks of (entry, other entry) for all pairs of entries within the radius, each pair once."""
        ends = np.repeat(self.starts[1:], np.diff(self.starts))
        ahead = np.arange(1, len(ends) + 1)
        yield from _spans(ahead, ends - ahead)
        for row, other_row, _ in self.join(radius):
            if len(row) == 0:
                yield row, other_row
            for hit, entry in self.entries(row):
                for number, other in self.entries(other_row[hit]):
                    yield entry[number], other

    def _reach(self, radius: int) -> tuple[int, ...] | None:
        return _reach(tuple(bucket.load for bucket in self.buckets), len(self.hashes), radius, _PLAIN_FACTOR)


@lru_cache(64)
def _reach(loads: tuple[float, ...], count: int, radius: int, plain_factor: float) -> tuple[int, ...] | None:
    """How many bits of each chunk may differ in a candidate, -1: chunk not used; None: search plainly.

    Each of the radius + 1 steps goes where it adds the least work.
    """
    reach = [-1] * _CHUNKS
    work = 0.0
    for _ in range(radius + 1):
        added, chunk = min(
            (comb(_CHUNK_BITS, reach[chunk] + 1) * (1 + loads[chunk]), chunk) for chunk in range(_CHUNKS)
        )
        reach[chunk] += 1
        work += added
        if work * plain_factor > count:
            return None
    return tuple(reach)


def _spans(first: Numbers, length: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """The numbers ``first[i]`` … ``first[i] + length[i] - 1`` for each i, in blocks of (i, number)."""
    ends = np.cumsum(length)
    shift = first - (ends - length)
    total = int(ends[-1]) if len(ends) else 0
    for low in range(0, total, _BLOCK):
        high = min(low + _BLOCK, total)
        start, stop = np.searchsorted(ends, low, side="right"), np.searchsorted(ends, high, side="left") + 1
        part = ends[start:stop]
        share = np.minimum(part, high) - np.maximum(part - length[start:stop], low)
        yield (
            np.repeat(np.arange(start, stop), share),
            np.repeat(shift[start:stop], share) + np.arange(low, high),
        )


def _hits(differing: Hashes, radius: int, earlier: tuple[int, ...]) -> tuple[Numbers, Numbers]:
    """Which differences lie within the radius and were not found by an earlier chunk, and their distances."""
    count = np.bitwise_count(differing)
    hit = np.flatnonzero(count <= radius)
    for chunk, reach in enumerate(earlier):
        hit = hit[np.bitwise_count(_chunk_values(differing[hit], chunk)) > reach]
    return hit, count[hit].astype(np.int64)


def search_plainly(queries: Hashes, hashes: Hashes, radius: int) -> Iterator[Triples]:
    """Blocks of (position in ``queries``, position in ``hashes``, distance), by comparing all with all."""
    step = max(1, _BLOCK // max(1, len(hashes)))
    for start in range(0, len(queries) if len(hashes) else 0, step):
        count = np.bitwise_count(queries[start : start + step, None] ^ hashes)
        query, row = np.nonzero(count <= radius)
        yield query + start, row, count[query, row].astype(np.int64)


def _join_plainly(hashes: Hashes, radius: int) -> Iterator[Triples]:
    step = max(1, _BLOCK // max(1, len(hashes)))
    for start in range(0, len(hashes), step):
        count = np.bitwise_count(hashes[start : start + step, None] ^ hashes[start:])
        row, other = np.nonzero(np.triu(count <= radius, k=1))
        yield row + start, other + start, count[row, other].astype(np.int64)


@cache
def _flips(reach: int) -> Numbers:
    """All 16-bit patterns with at most ``reach`` bits set; none below 0."""
    patterns = np.arange(_VALUES)
    return patterns[np.bitwise_count(patterns).astype(np.int64) <= reach]


def _chunk_values(hashes: Hashes, chunk: int) -> Numbers:
    return (hashes >> np.uint64(chunk * _CHUNK_BITS) & np.uint64(_VALUES - 1)).astype(np.int64)


def _ascends(keys: Numbers, hashes: Hashes) -> bool:
    """Whether the entries are in the order of their hashes, and equal hashes in that of their keys."""
    before, after = hashes[:-1], hashes[1:]
    return bool(((before < after) | ((before == after) & (keys[:-1] <= keys[1:]))).all())


def _starts(sizes: Numbers) -> Numbers:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
