"""The look at places in an archive of many images: processor time for each image, memory, disk, and one question.

    PHOTOS=folder IMAGES=100000 python tests/benchmarks/bench_features.py

The index is filled with key points made of real ones: each image has some 180 that are blends of two descriptors of
different photographs, at other places.  One image in fifty is a copy of a photograph, scaled and with noise.
Photographs are then asked for as the newest image would be: held against all, and every pair that comes of it looked
at.  (In the stage an image is only held against those before it: half as many on average.)
It prints and judges nothing.
"""
# ruff: noqa: T201, I001 - printing is what it is for; what comes first must come first

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import core  # noqa: F401 - before numpy: the time of one thread in each figure
import numpy as np
import psutil

from core.imaging import encode_thumbnail, load_upright, opaque
from core.likeness.codes import codes_of
from core.likeness.keypoint_index import MOST_BITS, candidates
from core.likeness.keypoints import Keypoints, keypoints_of, read_keypoints
from core.likeness.looks import Picture
from core.likeness.stored_index import StoredIndex
from core.likeness.verifying_pairs import Pair, look
from core.records import SAME_KINDS
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
        print(f"{len(paths):,} photographs, {IMAGES:,} images made of them")
        points, extraction = _timed(read_keypoints, paths[:400])
        print(f"extraction: {_ms(extraction)} of processor time an image, {_sizes(points)}")
        points += [read_keypoints(path) for path in paths[400:]]
        made = _Made(paths, points)
        index = StoredIndex(Path(folder) / "index")
        began, wall = time.process_time(), time.monotonic()
        for start in range(1, IMAGES + 1, BATCH):
            index.add([(number, made.keypoints(number)) for number in range(start, min(start + BATCH, IMAGES + 1))])
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
        found = _ask(index, points, made, statistics.mean(extraction))
        worst = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3  # while parts are merged
        print(f"memory: {psutil.Process().memory_info().rss / 1e6:,.0f} MB in all, at the worst {worst:,.0f} MB")
        _find_similar(index, paths, made, found)


def _ask(index: StoredIndex, points: list[Keypoints], made: "_Made", extraction: float) -> list[int]:
    """Hold photographs against all: the search and the look at what it finds; which were asked for."""
    chosen = [int(number) for number in np.random.default_rng(2).choice(len(points), ASKED, replace=False)]
    _search(index, points[chosen[0]])  # the pages are read from the disk once
    found, searching = _timed(lambda number: _search(index, points[number]), chosen)
    print(f"search, both forms: {_ms(searching)}; {statistics.mean(map(len, found)):.1f} candidates an image")
    codes, bare = np.concatenate([part.codes for part in index.parts]), codes_of(points[chosen[0]].descriptors)[:20]
    _, loop = _timed(lambda code: np.flatnonzero(np.bitwise_count(codes ^ code) <= MOST_BITS), list(bare))
    print(
        f"  a bare numpy loop over all codes: {statistics.median(loop) * 1000 * 2 * POINTS:,.0f} ms for as many points"
    )
    pairs = [
        [Pair(made.picture_of(asked), made.picture(number), forms) for number, forms in others.items()]
        for asked, others in zip(chosen, found, strict=True)
    ]
    results, looking = _timed(look, [pair for of_one in pairs for pair in of_one])
    same = [one.kind in SAME_KINDS for one in results]
    for is_same, word in ((False, "is not the same"), (True, "is")):
        print(f"a look at a pair that {word}: {_ms([t for t, so in zip(looking, same, strict=True) if so == is_same])}")
    together = extraction + statistics.mean(searching) + sum(looking) / ASKED
    print(
        f"together: {together * 1000:.1f} ms of processor time an image that comes last "
        f"(key points, search, {len(looking) / ASKED:.1f} looks of which {sum(same) / ASKED:.1f} find the same)"
    )
    return chosen


def _find_similar(index: StoredIndex, paths: list[Path], made: "_Made", chosen: list[int]) -> None:
    """Ask for files from outside, as *find similar* does: key points, search and every look, one after another."""
    times = []
    for number in chosen:
        began = time.monotonic()
        points = keypoints_of(load_upright(paths[number], 320))
        asked = made.picture_of(number)
        for other, forms in _search(index, points).items():
            look(Pair(asked, made.picture(other), forms))
        times.append(time.monotonic() - began)
    print(f"one find similar, of a file, with every look: {_ms(times)}")


def _search(index: StoredIndex, picture: Keypoints) -> dict[int, tuple[bool, ...]]:
    found: dict[int, tuple[bool, ...]] = {}
    for mirrored in (False, True):
        for other in candidates(index.parts, picture.mirrored() if mirrored else picture):
            found[other] = (*found.get(other, ()), mirrored)
    return found


class _Made:
    """The images that are made up: each of its number alone, so that it can be had again."""

    def __init__(self, paths: list[Path], points: list[Keypoints]) -> None:
        self._paths, self._points = paths, points
        self._every = np.concatenate([one.descriptors for one in points])

    def keypoints(self, number: int) -> Keypoints:
        chance = np.random.default_rng(number)
        if self._is_copy(number):
            return _copy(self._points[chance.integers(len(self._points))], chance)
        one, other = self._every[chance.integers(len(self._every), size=(2, POINTS))].astype(np.float32)
        share = chance.uniform(0.4, 0.6, size=(POINTS, 1)).astype(np.float32)
        blend = np.sqrt(share * one**2 + (1 - share) * other**2) + chance.normal(0, 6, size=one.shape)
        places = chance.uniform(0, (320, 240, 12, 360), size=(POINTS, 4)).astype(np.float32)
        return Keypoints((320, 240), places, np.clip(blend, 0, 255).astype(np.uint8))

    def picture(self, number: int) -> Picture:
        """What is kept of it, with the thumbnail of the photograph that it is a copy of, or of any."""
        chosen = int(np.random.default_rng(number).integers(len(self._paths)))
        of = self.picture_of(chosen)
        return Picture(of.size_px, of.thumbnail, self.keypoints(number).packed())

    @cache  # noqa: B019 - there is one, to the end
    def picture_of(self, chosen: int) -> Picture:
        """What is kept of a photograph."""
        pixels = load_upright(self._paths[chosen], 256)
        return Picture(pixels.size, encode_thumbnail(opaque(pixels)), self._points[chosen].packed())

    @staticmethod
    def _is_copy(number: int) -> bool:
        return number % 50 == 0


def _copy(picture: Keypoints, chance: np.random.Generator) -> Keypoints:
    scale = chance.uniform(0.6, 1.0)
    places = picture.places.copy()
    places[:, :3] *= scale
    width, height = picture.size_px
    noise = chance.normal(0, 8, size=picture.descriptors.shape)
    size_px = max(1, round(width * scale)), max(1, round(height * scale))
    return Keypoints(size_px, places, np.clip(picture.descriptors + noise, 0, 255).astype(np.uint8))


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
