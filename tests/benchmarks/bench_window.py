"""Figures of the real window: how soon it is there, how soon it answers, and that an import never blocks it.

Run it from the project's folder: ``python -m tests.benchmarks.bench_window [ARCHIVE...]``.  Without archives it
makes one of 100,000 and one of 1,000,000 records first.  Photographs to import are those of the folder named by
the variable PHOTOS, or 700 made on the spot.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from core.archive import Archive
from core.records import Query
from gui.running import Program
from gui.window import MainWindow
from tests.benchmarks.generate import Sizes, generate

SIZES: Final = (100_000, 1_000_000)
ROUNDS: Final = 20
PHOTOS: Final = 700
LONGEST_S: Final = 600
_SHOWN: Final = "--shown"


class FirstPaint(QObject):
    """Prints the time of day when the grid has first been painted with images in it, and ends the program."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.session.opened.connect(self._on_opened)

    def _on_opened(self) -> None:
        self._window.desk.browser.grid.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._window.desk.browser.model.rowCount():
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        print(time.time(), flush=True)
        os._exit(0)  # the archive is thrown away after this


class Heart(QObject):
    """Beats every millisecond in the window's thread; remembers the longest pause and the most work between beats."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self.works: list[float] = []
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._beat)
        self._at, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.pauses.append((now - self._at) * 1000)
        self.works.append((worked - self._worked) * 1000)
        self._at, self._worked = now, worked

    def stop(self) -> None:
        self._timer.stop()


def run_until(app: QApplication, reached: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    began = time.perf_counter()
    while not reached():
        app.processEvents()
        if time.perf_counter() - began > LONGEST_S:
            raise TimeoutError
        time.sleep(0.0005)
    app.processEvents()


def at_rest(window: MainWindow) -> bool:
    """Whether nothing is asked or under way."""
    return not window.session.busy and not window.session.reader.busy


def start_figure(archive: Path, title: str) -> None:
    """From the start of the process to the first paint with images, five times.

    The code is compiled beforehand, by a first start that does not count, as it is where a program is installed.
    """
    took = []
    command = [sys.executable, "-m", "tests.benchmarks.bench_window", _SHOWN, str(archive)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(6):
        began = time.time()
        shown = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
        took.append(float(shown) - began)
    took.pop(0)
    print(f"  {title:44} median {statistics.median(took):7.2f} s    longest {max(took):7.2f} s")


def show(archive: Path) -> None:
    """Be the process that is measured by ``start_figure``."""
    app = QApplication(sys.argv[:1])
    program = Program(app)
    paint = FirstPaint(program.window)
    program.window.show()
    program.session.open(archive)
    app.exec()
    del paint


def opened(app: QApplication, archive: Path) -> Program:
    """The window on an archive, at rest; what is made anew from originals, which are not there, is called off."""
    program = Program(app)
    program.window.show()
    program.session.open(archive)
    run_until(app, lambda: program.window.workspace is not None)
    run_until(app, lambda: bool(program.window.desk.browser.model.rowCount()))
    program.window.status_bar.job.cancel.click()
    run_until(app, lambda: at_rest(program.window))
    return program


def measure(app: QApplication, window: MainWindow, title: str, act: Callable[[int], None], *, answer: bool) -> None:
    """Time an act until it is painted, or with ``answer`` until all that it asked is answered and painted."""
    took = []
    for turn in range(ROUNDS):
        run_until(app, lambda: at_rest(window))
        began = time.perf_counter()
        act(turn)
        if answer:
            run_until(app, lambda: at_rest(window))
        app.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    print(f"  {title:44} median {statistics.median(took):7.1f} ms   longest {max(took):7.1f} ms")


def looking_figures(app: QApplication, window: MainWindow) -> None:
    """Jump, facets and search as a user does them."""
    desk, session = window.desk, window.session
    bar, facets = desk.browser.grid.verticalScrollBar(), desk.facets
    measure(app, window, "grid jump", lambda turn: bar.setValue((turn * 7_919_000) % bar.maximum()), answer=False)

    def press(turn: int) -> None:
        section = facets.model.index(turn % 2, 0)
        index = facets.model.index(turn % 7, 0, section)
        session.set_query(facets.model.next_query(index, Query()))

    measure(app, window, "facet click, grid and facets answered", press, answer=True)
    words = ("depot", "1234", "img_00", "телеграм", "xyzzy")
    measure(
        app, window, "search for a word, answered",
        lambda turn: session.set_query(Query(words=(words[turn % 5] + "0" * (turn // 5),))), answer=True,
    )  # fmt: skip
    measure(app, window, "show all again, answered", lambda turn: session.set_query(_either(turn)), answer=True)
    measure(app, window, "select all, answered", lambda turn: _select(window, turn), answer=True)
    print(f"  {'memory of the window':44} {psutil.Process().memory_info().rss / 2**20:14.0f} MB")


def _either(turn: int) -> Query:
    return Query() if turn % 2 else Query(words=("telegram",))


def _select(window: MainWindow, turn: int) -> None:
    if turn % 2:
        window.desk.browser.grid.clearSelection()
    else:
        window.desk.browser.grid.selectAll()


def photographs(folder: Path) -> Path:
    """The folder of photographs to import."""
    if os.environ.get("PHOTOS"):
        return Path(os.environ["PHOTOS"])
    folder.mkdir()
    for number in range(PHOTOS):
        coarse = Image.frombytes("RGB", (64, 48), random.Random(number).randbytes(64 * 48 * 3))
        coarse.resize((1600, 1200), Image.Resampling.BICUBIC).save(folder / f"{number}.jpg", quality=85)
    return folder


def import_figures(app: QApplication, window: MainWindow, photos: Path) -> None:
    """Import photographs while a heart beats in the window's thread."""
    heart = Heart()
    began = time.perf_counter()
    window.intake.take([os.fsencode(photos)])
    run_until(app, lambda: window.intake.last is not None)
    heart.stop()
    took = time.perf_counter() - began
    report = window.intake.last
    assert report is not None
    print(f"  {'import':44} {report.met} files in {took:.1f} s")
    for title, values in (("longest pause of the window", heart.pauses), ("most work of its own at once", heart.works)):
        top = sorted(values, reverse=True)
        print(
            f"  {title + ' while importing':44} {top[0]:7.1f} ms   then {', '.join(f'{one:.1f}' for one in top[1:6])}"
        )


def figures(app: QApplication, archive: Path, work: Path) -> None:
    """All figures of one archive; it is changed by the import."""
    with Archive.open(archive) as made:
        made.catch_up()
    start_figure(archive, "shown after the start, nothing but thumbnails missing")
    bare = work / "bare"
    bare.mkdir()
    shutil.copy2(archive / "catalogue.sqlite", bare)
    start_figure(bare, "shown after the start, cache deleted")
    shutil.rmtree(bare)
    program = opened(app, archive)
    print(f"  {program.session.state.images:,} images")
    looking_figures(app, program.window)
    program.session.set_query(Query())
    run_until(app, lambda: at_rest(program.window))
    import_figures(app, program.window, photographs(work / "photos"))
    program.window.close()


def main() -> None:
    """Measure the archives that the command line names, or new ones."""
    if sys.argv[1:2] == [_SHOWN]:
        show(Path(sys.argv[2]))
        return
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="stocktake-bench-") as given:
        os.environ["XDG_CONFIG_HOME"] = given
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(given, "compiled")))
        given_archives = [Path(name) for name in sys.argv[1:]]
        for number, size in enumerate(given_archives or SIZES):
            work = Path(given, str(number))
            work.mkdir()
            archive = work / "archive"
            if isinstance(size, Path):
                shutil.copytree(size, archive)
            else:
                generate(archive, Sizes(size))
            print(f"{archive if isinstance(size, int) else size}")
            figures(app, archive, work)
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
