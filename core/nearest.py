"""The search among perceptual hashes: which images' hashes differ in only a few bits.

The searching itself is done by the sorted tables of :mod:`core.hashtable`; here are the keys, the coming and
going of hashes while images are imported and removed, and the rule that two keys are as far apart as their
closest hashes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.hashtable import Hashes, HashTable, Numbers, Triples, search_plainly

# The unsorted tail is searched plainly; one that outgrows this is sorted into a part of its own.
_TAIL_MOST: Final = 4096
# A part is merged with the one before that is not so many times as large: few parts, and each hash is moved rarely.
_GROWTH: Final = 8


Entries = tuple[Numbers, Hashes]


@dataclass(slots=True)
class _Part:
    """Sorted entries, and which of them were not removed."""

    table: HashTable
    alive: NDArray[np.bool_]

    @classmethod
    def of(cls, keys: Numbers, hashes: Hashes) -> "_Part":
        table = HashTable.of(keys, hashes)
        return cls(table, np.ones(len(table.keys), dtype=np.bool_))

    def entries(self) -> Entries:
        return self.table.keys[self.alive], self.table.entry_hashes()[self.alive]

    def search(self, queries: Hashes, radius: int) -> Iterator[Triples]:
        for query, row, distance in self.table.search(queries, radius):
            for hit, entry in self.table.entries(row):
                alive = self.alive[entry]
                still = hit[alive]
                yield query[still], self.table.keys[entry[alive]], distance[still]


class HashIndex:
    """64-bit hashes, each with a key; a key may stand several times, with different hashes.

    Additions go to a small tail; what outgrows it is sorted into parts, of which each is some times as large as the
    next.  The index belongs to one thread.  At 1,000,000 hashes it takes about 75 MB.
    """

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._tail_keys = _numbers(())
        self._tail_hashes = _hashes(())

    def add(self, keys: Sequence[int] | Numbers, hashes: Sequence[int] | Hashes) -> None:
        """Take in ``hashes[i]`` under ``keys[i]``; one that is there already changes nothing.

        Raises:
            ValueError: there are not as many keys as hashes.
        """
        new_keys, new_hashes = _numbers(keys), _hashes(hashes)
        if len(new_keys) != len(new_hashes):
            raise ValueError(f"{len(new_keys)} keys for {len(new_hashes)} hashes")
        self._tail_keys = np.concatenate((self._tail_keys, new_keys))
        self._tail_hashes = np.concatenate((self._tail_hashes, new_hashes))
        if len(self._tail_keys) > _TAIL_MOST:
            self._settle(_GROWTH)

    def remove(self, keys: Sequence[int] | Numbers) -> None:
        """Forget every hash of these keys; keys that are not there are passed over."""
        gone = _numbers(keys)
        for part in self._parts:
            part.alive &= ~np.isin(part.table.keys, gone)
        stays = ~np.isin(self._tail_keys, gone)
        self._tail_keys, self._tail_hashes = self._tail_keys[stays], self._tail_hashes[stays]

    def entries(self) -> Entries:
        """Every key with every hash of it, in the order of the hashes, in which they are added again fastest."""
        return self._merged().entries()

    def query(self, hashes: Sequence[int] | Hashes, radius: int) -> Triples:
        """Every key within ``radius`` bits (0 or more) of each of the hashes, with its smallest distance.

        Many hashes at once cost less each than one by one.

        Returns:
            Three arrays of one length: the position in ``hashes``, the key, the distance in bits; sorted by
            position, then key, each such pair once.
        """
        queries = _hashes(hashes)
        found: list[Triples] = []
        for part in self._parts:
            found += part.search(queries, radius)
        for query, row, distance in search_plainly(queries, self._tail_hashes, radius):
            found.append((query, self._tail_keys[row], distance))
        return _smallest(found)

    def pairs_within(self, radius: int) -> Iterator[Triples]:
        """All pairs of different keys within ``radius`` bits (0 or more), each once, as the index stands now.

        The number of pairs is quadratic in the size of a cluster of equal hashes, so they come in blocks of
        bounded size, in no particular order.  Blocks may be empty: they come often enough to obey a cancel.

        Yields:
            Three arrays of one length: the smaller key, the larger key, their smallest distance in bits.
        """
        return _pairs(self._merged().table, radius)

    def _merged(self) -> _Part:
        """Everything in one part."""
        if len(self._parts) != 1 or len(self._tail_keys) or not self._parts[0].alive.all():
            self._settle(None)
        return self._parts[0]

    def _settle(self, growth: int | None) -> None:
        """Sort the tail, and with it the parts before that are not ``growth`` times as large; None: all of them."""
        keys, hashes = [self._tail_keys], [self._tail_hashes]
        while self._parts and (growth is None or len(self._parts[-1].alive) < growth * sum(map(len, keys))):
            part_keys, part_hashes = self._parts.pop().entries()
            keys.append(part_keys)
            hashes.append(part_hashes)
        self._parts.append(_Part.of(np.concatenate(keys), np.concatenate(hashes)))
        self._tail_keys, self._tail_hashes = _numbers(()), _hashes(())


def _pairs(table: HashTable, radius: int) -> Iterator[Triples]:
    hashes = table.entry_hashes()
    rivals = _Rivals.of(table.keys, hashes)
    for entry, other in table.entry_pairs(radius):
        forward = table.keys[entry] < table.keys[other]
        first, second = np.where(forward, entry, other), np.where(forward, other, entry)
        best = np.flatnonzero(table.keys[first] != table.keys[second])
        best = best[rivals.none_closer(first[best], second[best])]
        first, second = first[best], second[best]
        distance = np.bitwise_count(hashes[first] ^ hashes[second]).astype(np.int64)
        yield table.keys[first], table.keys[second], distance


@dataclass(frozen=True, slots=True)
class _Rivals:
    """The hashes of each key, to tell which pair of their hashes speaks for two keys.

    ``first`` and ``size`` say for each entry where in ``hashes`` those of its key lie and how many they are.
    """

    entry_hashes: Hashes
    hashes: Hashes
    first: Numbers
    size: Numbers

    @classmethod
    def of(cls, keys: Numbers, hashes: Hashes) -> "_Rivals":
        order = np.argsort(keys, kind="stable")
        first = np.searchsorted(keys[order], keys, side="left")
        return cls(hashes, hashes[order], first, np.searchsorted(keys[order], keys, side="right") - first)

    def none_closer(self, entry: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """Whether a pair of entries is the closest of its two keys; of equals, the one of smallest hashes."""
        a, b = self.entry_hashes[entry], self.entry_hashes[other]
        distance = np.bitwise_count(a ^ b)
        beaten = np.zeros(len(entry), dtype=np.bool_)
        for i in range(int(self.size[entry].max(initial=1))):
            # Where a key has fewer hashes, its last is asked again, which changes nothing.
            rival_a = self.hashes[self.first[entry] + np.minimum(i, self.size[entry] - 1)]
            for j in range(int(self.size[other].max(initial=1))):
                rival_b = self.hashes[self.first[other] + np.minimum(j, self.size[other] - 1)]
                rival = np.bitwise_count(rival_a ^ rival_b)
                before = (rival_a < a) | ((rival_a == a) & (rival_b < b))
                beaten |= (rival < distance) | ((rival == distance) & before)
        return ~beaten


def _smallest(found: list[Triples]) -> Triples:
    """The smallest distance of each (query, key), sorted."""
    if not found:
        return _numbers(()), _numbers(()), _numbers(())
    query, key, distance = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((distance, key, query))
    query, key, distance = query[order], key[order], distance[order]
    first = np.ones(len(query), dtype=np.bool_)
    first[1:] = (query[1:] != query[:-1]) | (key[1:] != key[:-1])
    return query[first], key[first], distance[first]


def _numbers(values: Sequence[int] | Numbers) -> Numbers:
    return np.asarray(values, dtype=np.int64)


def _hashes(values: Sequence[int] | Hashes) -> Hashes:
    return np.asarray(values, dtype=np.uint64)
