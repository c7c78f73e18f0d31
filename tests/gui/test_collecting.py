"""Cyclic garbage goes on the window's thread, whoever made it."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from gui.collecting import Collector, collect_due


class Knot(QObject):
    """A Qt object that only a collection frees."""

    def __init__(self) -> None:
        super().__init__()
        self.self = self


def allocate(kept: list[list[int]]) -> None:
    """Make and keep as much as would start a collection many times over."""
    kept += [[] for _ in range(50 * gc.get_threshold()[0])]


def test_a_worker_frees_no_qt_object_and_the_window_does(qtbot) -> None:
    freed_by: list[str] = []
    kept: list[list[int]] = []
    gc.enable()
    collector = Collector()
    weakref.finalize(Knot(), lambda: freed_by.append(threading.current_thread().name))
    worker = threading.Thread(target=allocate, args=(kept,), name="worker")
    worker.start()
    worker.join()
    assert freed_by == []
    qtbot.waitUntil(lambda: bool(freed_by))
    assert freed_by == [threading.main_thread().name]
    collector.stop()
    assert gc.isenabled()


def test_what_is_old_is_collected_when_it_is_due(qtbot) -> None:
    for generation in (1, 2):
        gc.collect(generation - 1)
        for _ in range(gc.get_threshold()[generation] + 1):
            gc.collect(generation - 1)
        assert gc.get_count()[generation] > gc.get_threshold()[generation]
        collect_due()
        assert gc.get_count()[generation] == 0
