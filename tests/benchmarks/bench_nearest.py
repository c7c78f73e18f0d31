"""Figures of the hash index and of the grouping, beside plain loops in the same run.

Run it from the project's folder: ``python -m tests.benchmarks.bench_nearest``.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import random
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.grouping import components
from core.nearest import HashIndex

QUERIES = 16  # the hashes of one image: eight orientations, plain and without borders
RADIUS = 8


def uniform(count: int) -> NDArray[np.uint64]:
    """Hashes whose bits are thrown by a fair coin."""
    return np.random.default_rng(1).integers(0, 2**64, count, dtype=np.uint64)


def clustered(count: int) -> NDArray[np.uint64]:
    """Hashes as pictures have them.

    The bits are biased; one hash in five is another with up to eight bits changed; one in a hundred is a
    repost of one of ten pictures.
    """
    chance = np.random.default_rng(2)
    values = np.zeros(count, dtype=np.uint64)
    for place, share in enumerate(chance.uniform(0.3, 0.7, 64)):
        values |= (chance.random(count) < share).astype(np.uint64) << np.uint64(place)
    copies = chance.choice(count, count // 5, replace=False)
    values[copies] = values[chance.integers(0, count, len(copies))]
    changed_bits = chance.integers(0, 9, len(copies))
    for number in range(8):
        bit = np.uint64(1) << chance.integers(0, 64, len(copies), dtype=np.uint64)
        values[copies] ^= np.where(number < changed_bits, bit, np.uint64(0))
    values[chance.choice(count, count // 100, replace=False)] = chance.choice(values[:10], count // 100)
    return values


def plain_query(values: NDArray[np.uint64], queries: NDArray[np.uint64]) -> int:
    """How many the plain loop finds."""
    return sum(int((np.bitwise_count(values ^ query) <= RADIUS).sum()) for query in queries)


def plain_pairs(values: NDArray[np.uint64], rows: range) -> int:
    """How many pairs of these rows with later ones the plain loop finds."""
    return sum(int((np.bitwise_count(values[row + 1 :] ^ values[row]) <= RADIUS).sum()) for row in rows)


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def filled(values: NDArray[np.uint64], batch: int) -> HashIndex:
    """An index to which the hashes came in batches."""
    index = HashIndex()
    for start in range(0, len(values), batch):
        index.add(np.arange(start, min(start + batch, len(values))), values[start : start + batch])
    return index


def samples(values: NDArray[np.uint64]) -> Iterator[NDArray[np.uint64]]:
    """The hashes of twenty images to search for: one that is there, its likes and strangers."""
    strangers = np.random.default_rng(3).integers(0, 2**64, (20, QUERIES), dtype=np.uint64)
    for number, queries in enumerate(strangers):
        queries[: QUERIES // 2] = values[number * 8 : number * 8 + QUERIES // 2]
        yield queries


def bench(name: str, values: NDArray[np.uint64]) -> None:
    """Print the figures for these hashes."""
    count = len(values)
    index = filled(values, count)
    print(f"\n{count:,} {name} hashes, radius {RADIUS}")
    growing = seconds(lambda: filled(values, 100))
    print(f"  build at once {seconds(lambda: filled(values, count)):.2f} s, in batches of 100 {growing:.2f} s")
    images = list(samples(values))
    ours = np.array([seconds(partial(index.query, queries, RADIUS)) for queries in images])
    plain = np.array([seconds(partial(plain_query, values, queries)) for queries in images])
    print(
        f"  one query of {QUERIES} hashes: median {np.median(ours) * 1e3:.2f} ms, worst {ours.max() * 1e3:.2f} ms"
        f"; plain loop {np.median(plain) * 1e3:.2f} ms, {np.median(plain) / np.median(ours):.0f} times as long"
    )
    found: list[int] = []
    pairs_s = seconds(lambda: found.extend(len(part[0]) for part in index.pairs_within(RADIUS)))
    rows = range(0, count, max(1, count // 200))
    plain_s = seconds(lambda: plain_pairs(values, rows)) * count / len(rows)
    print(
        f"  all {sum(found):,} pairs: {pairs_s:.2f} s; plain loop {plain_s:.1f} s (from {len(rows)} rows), "
        f"{plain_s / pairs_s:.0f} times as long"
    )


def bench_grouping(count: int) -> None:
    """Print how long the groups of so many random pairs take."""
    chance = random.Random(4)
    names = [f"{number:064x}" for number in range(count)]
    pairs = [(chance.choice(names), chance.choice(names)) for _ in range(count)]
    print(f"\ngroups of {count:,} random pairs: {seconds(lambda: components(pairs)):.2f} s")


def main() -> None:
    """Print everything."""
    for count in (100_000, 1_000_000):
        bench("uniform", uniform(count))
        bench("clustered", clustered(count))
    bench_grouping(200_000)


if __name__ == "__main__":
    main()
