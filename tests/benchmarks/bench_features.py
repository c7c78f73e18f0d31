"""The look at places in an archive of many images: processor time for each image, memory, disk, and one question.

    PHOTOS=folder IMAGES=100000 python tests/benchmarks/bench_features.py

The index is filled with key points made of real ones: each image has some 180 that are blends of two descriptors of
different photographs, at other places.  One image in fifty is a copy of a photograph, moved, scaled and with noise.
It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for; what comes first must come first

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import psutil

import core.one_thread  # noqa: F401 - before numpy: a processor for each figure
from core.imaging import encode_thumbnail, load_upright, opaque
from core.likeness.codes import codes_of
from core.likeness.keypoint_index import MOST_BITS, candidates
from core.likeness.keypoints import Keypoints, keypoints_of, read_keypoints
from core.likeness.looks import Picture
from core.likeness.stored_index import StoredIndex
from core.likeness.verifying_pairs import Pair, look
from tests.core.drawing import fill

IMAGES = int(os.environ.get("IMAGES", "100000"))
PHOTOS = os.environ.get("PHOTOS")
POINTS = 180
BATCH = 500
ASKED = 60


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _photographs(Path(folder))
        chance = np.random.default_rng(1)
        print(f"{len(paths):,} photographs, {IMAGES:,} images made of them")
        points, extraction = _timed(read_keypoints, paths[:400])
        print(f"extraction: {_ms(extraction)} of processor time an image, {_sizes(points)}")
        index = StoredIndex(Path(folder) / "index")
        began, wall = time.process_time(), time.monotonic()
        for start in range(0, IMAGES, BATCH):
            index.add(list(_made(points, chance, start, min(BATCH, IMAGES - start))))
        index.save()
        count = sum(len(part.codes) for part in index.parts)
        filled = (time.process_time() - began) / IMAGES
        print(
            f"filling: {count:,} descriptors in {len(index.parts)} parts, {time.monotonic() - wall:.0f} s, "
            f"{filled * 1000:.2f} ms an image (making them up included)"
        )
        on_disk = sum(file.stat().st_size for file in (Path(folder) / "index").rglob("*.npy"))
        kept = statistics.mean(len(one.packed()) for one in points)
        print(f"on disk: {on_disk / IMAGES / 1000:.1f} KB of index and {kept / 1000:.1f} KB of key points an image")
        _ask(index, points, paths, chance)
        print(f"memory: {psutil.Process().memory_info().rss / 1e6:,.0f} MB in all")


def _ask(index: StoredIndex, points: list[Keypoints], paths: list[Path], chance: np.random.Generator) -> None:
    """Hold photographs against all: the search and the look at what it finds."""
    chosen = [int(number) for number in chance.choice(len(points), ASKED)]
    candidates(index.parts, points[chosen[0]])  # the pages are read from the disk once
    found, searching = _timed(lambda number: _search(index, points[number]), chosen)
    print(f"search, both forms: {_ms(searching)}; {statistics.mean(map(len, found)):.1f} candidates an image")
    codes, bare = np.concatenate([part.codes for part in index.parts]), codes_of(points[chosen[0]].descriptors)[:20]
    _, loop = _timed(lambda code: np.flatnonzero(np.bitwise_count(codes ^ code) <= MOST_BITS), list(bare))
    print(
        f"  a bare numpy loop over all codes: {statistics.median(loop) * 1000 * 2 * POINTS:,.0f} ms for as many points"
    )
    looks = [_picture(paths[number], points[number]) for number in chosen]
    pairs = [Pair(one, other, (False,)) for one, other in pairwise(looks)]
    _, looking = _timed(look, pairs)
    print(f"a look at a pair that is not the same: {_ms(looking)}")
    _, looking_same = _timed(look, [Pair(one, one, (False,)) for one in looks])
    print(f"a look at a pair that is: {_ms(looking_same)}")
    began = time.monotonic()
    pixels = load_upright(paths[chosen[1]], 320)
    _search(index, keypoints_of(pixels))
    print(f"one question from a file, search included: {time.monotonic() - began:.3f} s")


def _search(index: StoredIndex, picture: Keypoints) -> dict[int, int]:
    return candidates(index.parts, picture) | candidates(index.parts, picture.mirrored())


def _picture(path: Path, points: Keypoints) -> Picture:
    pixels = load_upright(path, 256)
    return Picture(pixels.size, encode_thumbnail(opaque(pixels)), points.packed())


def _made(
    points: list[Keypoints], chance: np.random.Generator, first: int, count: int
) -> Iterator[tuple[int, Keypoints]]:
    every = np.concatenate([one.descriptors for one in points])
    for number in range(first + 1, first + count + 1):
        if number % 50 == 0:
            yield number, _copy(points[int(chance.integers(len(points)))], chance)
            continue
        one, other = every[chance.integers(len(every), size=(2, POINTS))].astype(np.float32)
        share = chance.uniform(0.4, 0.6, size=(POINTS, 1)).astype(np.float32)
        blend = np.sqrt(share * one**2 + (1 - share) * other**2) + chance.normal(0, 6, size=one.shape)
        places = chance.uniform(0, (320, 240, 12, 360), size=(POINTS, 4)).astype(np.float32)
        yield number, Keypoints((320, 240), places, np.clip(blend, 0, 255).astype(np.uint8))


def _copy(picture: Keypoints, chance: np.random.Generator) -> Keypoints:
    scale = chance.uniform(0.6, 1.0)
    places = picture.places.copy()
    places[:, :3] *= scale
    places[:, :2] += chance.uniform(0, 20, size=2)
    noise = chance.normal(0, 8, size=picture.descriptors.shape)
    return Keypoints(picture.size_px, places, np.clip(picture.descriptors + noise, 0, 255).astype(np.uint8))


def _photographs(folder: Path) -> list[Path]:
    if PHOTOS is None:
        return fill(folder / "drawn", 120)
    return sorted(path for path in Path(PHOTOS).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))


def _timed(function: Callable[[Any], Any], arguments: list[Any]) -> tuple[list[Any], list[float]]:
    """What came of each, and the processor time that it took."""
    results, times = [], []
    for argument in arguments:
        began = time.process_time()
        results.append(function(argument))
        times.append(time.process_time() - began)
    return results, times


def _ms(times: list[float]) -> str:
    mean, median, worst = (1000 * of(times) for of in (statistics.mean, statistics.median, max))
    return f"mean {mean:.1f} ms, median {median:.1f}, worst {worst:.1f}"


def _sizes(points: list[Keypoints]) -> str:
    return f"{statistics.mean(map(len, points)):.0f} key points each"


if __name__ == "__main__":
    main()
