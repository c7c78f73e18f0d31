"""Figures of tagging: from the key press to stored and shown, in an archive of 100,000 images.

Run it from the project's folder: ``python -m tests.benchmarks.bench_tagging [ARCHIVE]``.  Without an archive it
makes one of 100,000 images and 200,000 sightings first, with models, origins and sources.  Beside the figures it
prints what one bare INSERT with its fsync takes on the same disk in the same run.  It judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cProfile
import pstats
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.archive import Archive
from core.fingerprints import RECIPE
from core.store import cache
from core.store.connection import transaction
from gui.window import MainWindow
from tests.benchmarks.bench_window import at_rest, opened, run_until
from tests.benchmarks.generate import Sizes, generate

IMAGES: Final = 100_000
ROUNDS: Final = 50
LONGEST_S: Final = 10
TYPED: Final = {
    "revolver": ("type", "SA.REV"),
    "hungary": ("manufacture", "HUN"),
    "context: held": ("context", "held"),
    "battle tank": ("type", "VH.TNK"),
    "d: soviet union": ("design", "SUHH"),
}


class Stored(QObject):
    """Notes when a change was stored."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at = 0.0
        window.session.job_ended.connect(self._on_job_ended)

    def _on_job_ended(self) -> None:
        self.at = time.perf_counter()


def bare_insert(folder: Path) -> list[float]:
    """The milliseconds of one row written durably to a small table, as a floor for whatever stores."""
    db = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    took = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        db.execute("INSERT INTO row (text) VALUES (?)", (str(number),))
        took.append((time.perf_counter() - began) * 1000)
    db.close()
    return took


def show(title: str, took: list[float]) -> None:
    """Print a row of figures."""
    print(f"  {title:52} median {statistics.median(took):7.1f} ms   worst {max(took):7.1f} ms")


def go_to_next(app: QApplication, window: MainWindow) -> None:
    """Go to the next image that shows none of the values."""
    desk = window.desk
    while True:
        desk.browser.next_image()
        run_until(app, lambda: at_rest(window) and desk.tag_line.selected.shown is not None)
        held = {(one.value.facet, one.value.code) for one in desk.tag_line.selected.shown or ()}
        if not held & set(TYPED.values()):
            return


def tag(app: QApplication, window: MainWindow, stored: Stored, typed: str) -> tuple[float, float]:
    """Type a value, and give the milliseconds from Enter until it is stored, and until chips and grid cell show it."""
    desk = window.desk
    row = desk.browser.grid.currentIndex().row()
    run_until(app, lambda: at_rest(window) and desk.browser.model.cell(row) is not None)
    line = desk.tag_line
    QTest.keyClicks(line.line, typed)
    app.processEvents()
    cell, chips = desk.browser.model.cell(row), [chip.shown for chip in line.values.chips]
    stored.at = 0.0
    began = time.perf_counter()
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    while not (
        stored.at and [chip.shown for chip in line.values.chips] != chips and desk.browser.model.cell(row) is not cell
    ):
        app.processEvents()
        if time.perf_counter() - began > LONGEST_S:
            raise TimeoutError(typed)
    app.processEvents()  # what is known is painted
    return (stored.at - began) * 1000, (time.perf_counter() - began) * 1000


def give_up_thumbnails(folder: Path) -> None:
    """Leave the archive as after a try to make thumbnails: there are no originals to make them from."""
    with Archive.open(folder) as archive, transaction(archive.db):
        missing = cache.count_underived(archive.db, RECIPE)
        cache.write_note(archive.db, "underivable", str(missing))


def figures(app: QApplication, archive: Path, *, profiled: bool) -> None:
    """Tag fifty times by real keys."""
    give_up_thumbnails(archive)
    program = opened(app, archive)
    window = program.window
    print(f"  {program.session.state.images:,} images")
    desk = window.desk
    desk.browser.grid.set_current_id(desk.browser.model.id_at(0))
    desk.start_tagging()
    run_until(app, lambda: at_rest(window))
    stored = Stored(window)
    times, profile = [], cProfile.Profile()
    for turn in range(ROUNDS):
        if turn % len(TYPED) == 0:
            go_to_next(app, window)
        if profiled:
            profile.enable()
        times.append(tag(app, window, stored, list(TYPED)[turn % len(TYPED)]))
        profile.disable()
    show("Enter to stored", [one for one, _ in times])
    show("Enter to stored and shown", [one for _, one in times])
    if profiled:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(30)
    window.close()


def main() -> None:
    """Measure the archive that the command line names, or a new one."""
    app = QApplication(sys.argv[:1])
    named = [Path(name) for name in sys.argv[1:] if name != "--profile"]
    with tempfile.TemporaryDirectory(prefix="stocktake-bench-", dir=named[0].parent if named else None) as given:
        os.environ["XDG_CONFIG_HOME"] = given
        archive = Path(given, "archive")
        if named:
            shutil.copytree(named[0], archive)
        else:
            generate(archive, Sizes(IMAGES, sources_per_thousand=2, models=400))
        show("a bare INSERT with its fsync", bare_insert(Path(given)))
        figures(app, archive, profiled="--profile" in sys.argv)
        show("a bare INSERT with its fsync, afterwards", bare_insert(Path(tempfile.mkdtemp(dir=given))))


if __name__ == "__main__":
    main()
