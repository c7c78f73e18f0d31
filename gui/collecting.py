"""Has Python's cyclic garbage collected on the window's thread alone.

By itself Python collects in whichever thread happens to allocate.  A worker that frees a Qt object in this way waits
for the interpreter's lock while it holds one of Qt's; when the window's thread waits the other way round, both stand
still for ever.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 1_000


class Collector(QObject):
    """While it is at work nothing is collected elsewhere; it belongs to the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what was made to start with stays to the end, and need not be looked through every time
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that is due, as Python itself would have."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
