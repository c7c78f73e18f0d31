"""Figures of renaming and merging a term that half of a large archive says, through the real store.

Run it from the project's folder: ``python -m tests.benchmarks.bench_terms [--images N]``.  It makes an archive of so
many images (100,000) with twice as many sightings, prints, and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core import search
from core import vocabulary_editing as editing
from core.archive import Archive
from core.jobs import Job
from core.records import ImageId
from core.store import descriptions, journal
from core.vocabularies import Term
from tests.benchmarks.generate import AUTHOR, Sizes, generate


def seconds(label: str, work: Callable[[], object]) -> None:
    """Do something and print how long it took."""
    started = time.perf_counter()
    work()
    print(f"  {label:60}{time.perf_counter() - started:10.2f} s", flush=True)


def count(archive: Archive, text: str) -> int:
    """How many images a query finds."""
    return search.count(archive, search.parse(archive, text))


def give_holder(archive: Archive, images: int) -> None:
    """Say a holder of every other image."""
    editing.add(archive, "holder", Term("is", "IS"))
    editing.add(archive, "holder", Term("isil", "ISIL"))
    ids = [ImageId(number) for number in range(1, images + 1, 2)]
    with journal.recording(archive.db, journal.Entry("Benchmark", AUTHOR, journal.new_step())):
        descriptions.change(archive.db, ids, {"holder": "is"})
        descriptions.change(archive.db, [ImageId(2)], {"holder": "isil"})
    archive.catch_up()


def measure(folder: Path, images: int) -> None:
    """Rename, merge and take back."""
    with Archive.open(folder) as archive:
        give_holder(archive, images)
        common = max(editing.all_uses(archive, "weapon_type").items(), key=lambda one: one[1])
        print(f"  holder is: {editing.uses(archive, 'holder', 'is')} images, type {common[0]}: {common[1]} sightings")
        seconds("rename the holder", lambda: editing.rename(archive, "holder", "is", "Islamic State"))
        seconds("find it by its new name", lambda: print("  found", count(archive, '"islamic state"')))
        seconds("rename the type", lambda: editing.rename(archive, "weapon_type", common[0], "Handheld arms"))
        seconds("find it by its new name", lambda: print("  found", count(archive, "handheld")))
        seconds("count the uses of all types", lambda: editing.all_uses(archive, "weapon_type"))
        seconds("merge the holder", lambda: editing.merge(archive, "holder", "is", into="isil", job=Job()))
        print("  found", count(archive, "holder:isil"))
        seconds("undo it", archive.undo)
        seconds("merge the type", lambda: editing.merge(archive, "weapon_type", common[0], into="LW", job=Job()))
        seconds("undo it", archive.undo)


def main() -> None:
    """Make an archive and measure it."""
    options = argparse.ArgumentParser()
    options.add_argument("--images", type=int, default=100_000)
    images = options.parse_args().images
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "archive"
        seconds(f"make {images:,} images", lambda: generate(folder, Sizes(images)))
        measure(folder, images)


if __name__ == "__main__":
    main()
