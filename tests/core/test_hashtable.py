"""The sorted table: nothing is handed out twice, and the chunks together leave no gap."""

import numpy as np
import pytest

from core import hashtable
from core.hashtable import HashTable


def sparse(count: int) -> HashTable:
    """Hashes with about four bits set, so that many are near one another."""
    chance = np.random.default_rng(3)
    few = np.bitwise_and.reduce(chance.integers(0, 2**64, (4, count), dtype=np.uint64))
    return HashTable.of(np.arange(count), few)


@pytest.mark.parametrize("radius", [1, 3, 4, 8, 11])
def test_search_and_join_hand_out_each_pair_once(radius, monkeypatch):
    monkeypatch.setattr(hashtable, "_PLAIN_FACTOR", 0)
    stored = sparse(1_000)
    searched = [np.stack((query, row)) for query, row, _ in stored.search(stored.hashes[:50], radius)]
    joined = [np.sort(np.stack((row, other)), axis=0) for row, other, _ in stored.join(radius)]
    for blocks in (searched, joined):
        pairs = list(map(tuple, np.concatenate(blocks, axis=1).T.tolist()))
        assert len(pairs) == len(set(pairs)) > 50


def test_a_chunk_that_tells_nothing_apart_is_not_searched():
    values = np.random.default_rng(3).integers(0, 2**64, 50_000, dtype=np.uint64)
    values |= np.uint64(0xFFFF_FFFF_0000_0000)
    reach = HashTable.of(np.arange(50_000), values)._reach(6)
    assert reach is not None
    assert reach[2:] == (-1, -1)
    assert sum(chunk + 1 for chunk in reach) == 7


def test_hashes_that_no_chunk_tells_apart_are_searched_plainly():
    values = np.arange(20_000, dtype=np.uint64) // np.uint64(2)
    assert HashTable.of(np.arange(20_000), values)._reach(12) is None


def test_repeated_entries_count_once():
    stored = HashTable.of(np.array([4, 4, 4]), np.array([9, 9, 2], dtype=np.uint64))
    assert stored.keys.tolist() == [4, 4]
    assert stored.entry_hashes().tolist() == [2, 9]
