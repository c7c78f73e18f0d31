"""What the grid costs the window's thread at a million rows: run it, it prints milliseconds.

Run it from the project's folder: ``python -m tests.benchmarks.bench_grid [WIDTH HEIGHT]``.  The source is synthetic;
the goal is that nothing takes more than 20 ms.
"""

# ruff: noqa: T201 - printing is what it is for

import os
import statistics
import sys
import time
from array import array
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.models.cells import Cell, Chip
from gui.models.grid_model import GridModel
from gui.runner import Runner
from gui.style import Appearance
from gui.views.grid import GridView

ROWS = 1_000_000
ROUNDS = 15


class Synthetic:
    """Every image is tagged, and all show the same plain picture."""

    def __init__(self) -> None:
        image = QImage(256, 192, QImage.Format.Format_RGB32)
        image.fill(QColor("#7A6F5D"))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", 80)  # type: ignore[call-overload]  # the stub asks for bytes, Qt for text
        self._thumbnail = bytes(data.data())

    def cells(self, _archive: Any, ids: Sequence[int]) -> list[Cell]:
        chips = (
            Chip("type", "assault rifle", "rifle, assault or selective-fire", "probable"),
            Chip("manufacture", "HUN", "Hungary", "possible"),
        )
        return [
            Cell(image_id, f"DSC_{image_id:07}.jpg", chips if image_id % 3 else (), 3, "reviewed") for image_id in ids
        ]

    def thumbnail(self, _archive: Any, _image_id: int) -> bytes | None:
        return self._thumbnail


def settle(app: QApplication, runner: Runner) -> None:
    """Let everything arrive that is under way."""
    app.processEvents()
    while runner.busy:
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()


def measure(app: QApplication, runner: Runner, title: str, acts: Callable[[int], None]) -> None:
    """Print how long an act and the painting that follows it take."""
    took = []
    for turn in range(ROUNDS):
        settle(app, runner)
        began = time.perf_counter()
        acts(turn)
        app.sendPostedEvents()
        app.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    settle(app, runner)
    print(f"{title:44} median {statistics.median(took):7.1f} ms   longest {max(took):7.1f} ms")


def main(width: int = 1280, height: int = 800) -> None:
    """Measure what a user does at a million rows in a window of a size."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    Appearance(app).choose("light")
    runner = Runner(lambda: nullcontext(None), "reader")
    view = GridView(GridModel(runner, Synthetic()))
    view.resize(width, height)
    view.show()
    ids = array("q", range(1, ROWS + 1))
    shuffled = array("q", [*range(ROWS // 2, ROWS + 1), *range(1, ROWS // 2)])
    bar = view.verticalScrollBar()
    print(f"{ROWS:,} rows in a window of {width}x{height}")
    measure(app, runner, "replace all ids", lambda turn: view.set_ids(shuffled if turn % 2 else ids))
    measure(app, runner, "jump", lambda turn: bar.setValue((turn * 7_919_000) % bar.maximum()))
    measure(app, runner, "jump back to what is known", lambda turn: bar.setValue(2000 * (turn % 2)))
    measure(app, runner, "scroll by a line", lambda _: bar.setValue(bar.value() + bar.singleStep()))
    measure(app, runner, "End, Home", lambda turn: QTest.keyClick(view, _END_OR_HOME[turn % 2]))
    measure(app, runner, "arrow key", lambda _: QTest.keyClick(view, Qt.Key.Key_Up))
    measure(app, runner, "select all", lambda _: view.selectAll())
    measure(app, runner, "replace all ids, all selected", lambda turn: view.set_ids(ids[turn:]))
    measure(app, runner, "select none", lambda _: view.clearSelection())
    measure(app, runner, "resize", lambda turn: view.resize(width - 40 * (turn % 5), height))
    measure(app, runner, "cell size", lambda turn: view.set_cell_size(120 + 8 * (turn % 5)))
    measure(
        app,
        runner,
        "append 100",
        lambda turn: view.append_ids(range(ROWS * 2 + turn * 100, ROWS * 2 + turn * 100 + 100)),
    )
    measure(app, runner, "paint everything", lambda _: view.viewport().repaint())
    runner.stop()
    view.close()


_END_OR_HOME = (Qt.Key.Key_End, Qt.Key.Key_Home)

if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:3]))
