"""The hash index against a plain comparison of everything with everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import hashtable, nearest
from core.nearest import HashIndex

TOP = 2**64 - 1
# Hashes that lie near one another, as reposts do, and near the ends of the range.
near_ones = st.builds(
    lambda base, flips: base ^ sum(1 << bit for bit in flips),
    st.sampled_from((0, TOP, 0x0F0F_3C3C_A5A5_9669, 1 << 63)),
    st.frozensets(st.integers(0, 63), max_size=7),
)
hashes = near_ones | st.integers(0, TOP)
entries = st.lists(st.tuples(st.integers(-3, 12), hashes), max_size=24)
steps = st.lists(entries | st.frozensets(st.integers(-3, 12), max_size=3), max_size=6)


@contextmanager
def tuned(*, block: int, plain_factor: int) -> Iterator[None]:
    """Small blocks and tails, and at factor 0 the buckets even where a plain loop would be faster."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashtable, "_BLOCK", block)
        patch.setattr(hashtable, "_PLAIN_FACTOR", plain_factor)
        patch.setattr(nearest, "_TAIL_MOST", 5)
        patch.setattr(nearest, "_GROWTH", 2)
        yield


def after(changes: list[list[tuple[int, int]] | frozenset[int]]) -> tuple[HashIndex, set[tuple[int, int]]]:
    """An index that went through these additions and removals, and what must stand in it."""
    index, standing = HashIndex(), set()
    for change in changes:
        if isinstance(change, frozenset):
            index.remove(sorted(change))
            standing = {(key, value) for key, value in standing if key not in change}
        else:
            index.add([key for key, _ in change], [value for _, value in change])
            standing |= set(change)
    return index, standing


def rows_of(columns: tuple[np.ndarray, ...]) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in columns), strict=True))


def expected_answers(standing: set[tuple[int, int]], queries: list[int], radius: int) -> list[tuple[int, ...]]:
    best: dict[tuple[int, int], int] = {}
    for number, query in enumerate(queries):
        for key, value in standing:
            distance = (query ^ value).bit_count()
            if distance <= radius:
                best[number, key] = min(distance, best.get((number, key), 64))
    return sorted((*place, distance) for place, distance in best.items())


def expected_pairs(standing: set[tuple[int, int]], radius: int) -> list[tuple[int, ...]]:
    best: dict[tuple[int, int], int] = {}
    for (key, value), (other, other_value) in combinations(sorted(standing), 2):
        distance = (value ^ other_value).bit_count()
        if key != other and distance <= radius:
            best[key, other] = min(distance, best.get((key, other), 64))
    return sorted((*pair, distance) for pair, distance in best.items())


@settings(deadline=None)
@given(steps, st.lists(hashes, max_size=16), st.integers(0, 12), st.integers(1, 40))
def test_query_through_buckets_finds_what_a_plain_loop_finds(changes, queries, radius, block):
    with tuned(block=block, plain_factor=0):
        index, standing = after(changes)
        assert rows_of(index.query(queries, radius)) == expected_answers(standing, queries, radius)


@settings(deadline=None)
@given(steps, st.lists(hashes, max_size=16), st.integers(0, 64), st.integers(1, 40))
def test_query_finds_what_a_plain_loop_finds_at_any_radius(changes, queries, radius, block):
    with tuned(block=block, plain_factor=8):
        index, standing = after(changes)
        assert rows_of(index.query(queries, radius)) == expected_answers(standing, queries, radius)


@settings(deadline=None)
@given(steps, st.integers(0, 10), st.integers(1, 40))
def test_pairs_through_buckets_are_all_there_and_each_once(changes, radius, block):
    with tuned(block=block, plain_factor=0):
        index, standing = after(changes)
        found = [row for part in index.pairs_within(radius) for row in rows_of(part)]
        assert sorted(found) == expected_pairs(standing, radius)


@settings(deadline=None)
@given(steps, st.integers(0, 64), st.integers(1, 40))
def test_pairs_are_all_there_and_each_once_at_any_radius(changes, radius, block):
    with tuned(block=block, plain_factor=8):
        index, standing = after(changes)
        found = [row for part in index.pairs_within(radius) for row in rows_of(part)]
        assert sorted(found) == expected_pairs(standing, radius)


def clustered(count: int) -> np.ndarray:
    """Hashes of which one in five is another with up to eight bits changed."""
    chance = np.random.default_rng(5)
    values = chance.integers(0, 2**64, count, dtype=np.uint64)
    copies = chance.choice(count, count // 5, replace=False)
    values[copies] = values[chance.integers(0, count, len(copies))]
    for _ in range(8):
        bit = np.uint64(1) << chance.integers(0, 64, len(copies), dtype=np.uint64)
        values[copies] ^= np.where(chance.random(len(copies)) < 0.5, bit, np.uint64(0))
    return values


def test_twenty_thousand_hashes_give_the_same_answers_as_a_plain_loop():
    values = clustered(20_000)
    index = HashIndex()
    for start in range(0, len(values), 1_000):
        index.add(range(start, start + 1_000), values[start : start + 1_000])
    query, key, distance = index.query(values[:64], 8)
    plain = np.bitwise_count(values[:64, None] ^ values)
    wanted = np.nonzero(plain <= 8)
    assert np.array_equal(query, wanted[0])
    assert np.array_equal(key, wanted[1])
    assert np.array_equal(distance, plain[wanted])


def test_pairs_of_four_thousand_hashes_are_those_of_a_plain_loop():
    values = clustered(4_000)
    index = HashIndex()
    index.add(range(len(values)), values)
    found = sorted(row for part in index.pairs_within(8) for row in rows_of(part))
    plain = np.bitwise_count(values[:, None] ^ values)
    first, second = np.nonzero(np.triu(plain <= 8, k=1))
    assert found == rows_of((first, second, plain[first, second]))


def test_a_large_cluster_of_equal_hashes_comes_in_blocks_of_bounded_size():
    index = HashIndex()
    index.add(range(2_000), [7] * 1_000 + [TOP] * 1_000)
    sizes = [len(first) for first, _, _ in index.pairs_within(8)]
    assert sum(sizes) == 2 * (1_000 * 999 // 2)
    assert max(sizes) <= hashtable._BLOCK


def test_two_large_clusters_near_each_other_come_in_blocks_of_bounded_size():
    index = HashIndex()
    index.add(range(2_000), [0] * 1_000 + [0b111] * 1_000)
    blocks = [(len(distance), int((distance == 3).sum())) for _, _, distance in index.pairs_within(8)]
    assert sum(size for size, _ in blocks) == 2_000 * 1_999 // 2
    assert sum(apart for _, apart in blocks) == 1_000 * 1_000
    assert max(size for size, _ in blocks) <= hashtable._BLOCK


@settings(deadline=None)
@given(steps)
def test_the_entries_are_what_stands_there_and_make_the_same_index_again(changes):
    with tuned(block=16, plain_factor=0):
        index, standing = after(changes)
        keys, values = index.entries()
        again = HashIndex()
        again.add(keys, values)
    pairs = list(zip(values.tolist(), keys.tolist(), strict=True))
    assert pairs == sorted((value, key) for key, value in standing)
    assert [part.tolist() for part in again.entries()] == [keys.tolist(), values.tolist()]


def test_an_empty_index_answers_nothing():
    index = HashIndex()
    assert rows_of(index.query([0, 5], 64)) == []
    assert [row for part in index.pairs_within(64) for row in rows_of(part)] == []


def test_no_hashes_asked_is_no_answer():
    index = HashIndex()
    index.add([1], [5])
    assert rows_of(index.query([], 64)) == []


def test_keys_and_hashes_must_be_equally_many():
    with pytest.raises(ValueError, match="2 keys for 1 hashes"):
        HashIndex().add([1, 2], [5])


def test_a_removed_key_can_come_back_with_another_hash():
    index = HashIndex()
    index.add(range(5_000), clustered(5_000))
    index.remove([17])
    index.add([17], [TOP])
    assert (0, 17, 0) in rows_of(index.query([TOP], 0))
    assert 17 not in index.query([int(clustered(5_000)[17])], 0)[1].tolist()


def test_pairs_are_those_of_the_moment_they_were_asked_for():
    index = HashIndex()
    index.add([1, 2], [5, 5])
    pairs = index.pairs_within(0)
    index.add([3], [5])
    index.remove([1])
    assert [row for part in pairs for row in rows_of(part)] == [(1, 2, 0)]
    assert [row for part in index.pairs_within(0) for row in rows_of(part)] == [(2, 3, 0)]
