"""Figures of search, facets and of the cache that follows the history, through the real store.

Run it from the project's folder: ``python -m tests.benchmarks.bench_search [IMAGES | FOLDER]...``.  A number makes
an archive of so many images first (100,000 where nothing is given); a folder is one that was made before, and
gets a few hundred images more.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from core import search
from core.archive import Archive
from core.claims import Identification
from core.jobs import Job
from core.records import ImageId, Query
from core.store import cache, following, images, journal, sightings
from core.verifying import verify
from tests.benchmarks.generate import AUTHOR, Sizes, add_image, generate

QUERIES = (
    "",
    "type:SA",
    "type:SA.PIS",
    "country:hungary",
    "type:SA country:hungary",
    "-type:SA",
    "tagged:no",
    "duplicates:grouped",
    "depot",
    "img",
    "IMG_0000123",
    "ak",
    "folded type:SA",
)
BATCH = 100


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best * 1000


def memory_mb() -> float:
    """What this process holds."""
    return psutil.Process().memory_info().rss / 2**20


def line(label: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"  {label:44}{value:12.1f} {unit}")


def measure_reading(folder: Path) -> None:
    """What a window asks: the whole list, the count, the facets."""
    before = memory_mb()
    line("open", milliseconds(lambda: Archive.open(folder, read_only=True).close(), 3), "ms")
    with Archive.open(folder, read_only=True) as archive:
        for text in QUERIES:
            query = search.parse(archive, text)
            found = search.count(archive, query)
            line(
                f"find {text or '(all)'}: {found}", milliseconds(lambda query=query: search.find(archive, query)), "ms"
            )
            line("     its facets", milliseconds(lambda query=query: search.facet_values(archive, query)), "ms")
        line("memory grew by", memory_mb() - before, "MB")


def _follow(archive: Archive, write: Callable[[], object]) -> float:
    with journal.recording(archive.db, journal.Entry("Benchmark", AUTHOR, journal.new_step())):
        write()
    return milliseconds(lambda: following.follow(archive.db), 1)


def measure_writing(folder: Path) -> None:
    """What following costs after a batch, and when all is made anew."""
    chance = random.Random(2)
    with Archive.open(folder) as archive:
        archive.catch_up()
        total = images.count(archive.db)
        first = 10**9 + total
        new = [
            _follow(archive, lambda at=at: [add_image(archive, first + at + n, chance) for n in range(BATCH)])
            for at in range(0, 3 * BATCH, BATCH)
        ]
        line(f"follow {BATCH} new images", min(new), "ms")
        ids = [ImageId(number) for number in chance.sample(range(1, total), BATCH)]
        line(f"follow {BATCH} tags on images anywhere", _follow(archive, lambda: _tag(archive, ids)), "ms")
        line("verify, originals missing", milliseconds(lambda: verify(archive, Job()), 1) / 1000, "s")
        cache.write_note(archive.db, "follows", "nothing")
        line("make the cache anew", milliseconds(lambda: following.follow(archive.db), 1) / 1000, "s")
        line("memory", memory_mb(), "MB")
        assert search.count(archive, Query()) == images.count(archive.db)


def _tag(archive: Archive, ids: list[ImageId]) -> None:
    for image_id in ids:
        sighting_id = sightings.add(archive.db, image_id, "")
        sightings.identify(archive.db, sighting_id, Identification("SA.PIS", certainty="certain"), AUTHOR)


def main() -> None:
    """Measure each archive that the command line names."""
    for wanted in sys.argv[1:] or ["100000"]:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(wanted)
            if wanted.isdecimal():
                folder = Path(temporary) / "archive"
                started = time.perf_counter()
                generate(folder, Sizes(int(wanted)))
                line(f"make {wanted} images", time.perf_counter() - started, "s")
            print(wanted)
            measure_reading(folder)
            measure_writing(folder)


if __name__ == "__main__":
    main()
