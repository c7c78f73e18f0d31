"""The real window, which tells a file of each pair under review that can be decided; see ``review_by_keyboard``."""

import sys
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from gui import running
from gui.views.reviewing.review import DuplicateReview

_LOOK_EVERY_MS: Final = 20


class Watcher(QObject):
    """Waits for the review, and writes a line for each pair that is on screen."""

    def __init__(self, window: QObject, told: Path) -> None:
        super().__init__(window)
        self._window = window
        self._told = told
        self._review: DuplicateReview | None = None
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._on_time)
        self._look.start()

    def _on_time(self) -> None:
        found = self._window.findChild(DuplicateReview)
        if found is not None:
            self._look.stop()
            self._review = found
            found.page.ready.connect(self._on_ready)

    def _on_ready(self) -> None:
        assert self._review is not None
        match = self._review.reviewing.queue.current
        if match is not None:
            with self._told.open("a") as file:
                file.write(f"{time.monotonic():.4f} {match.sha256_a} {match.sha256_b}\n")


def watch(told: str, archive: str) -> None:
    """Run the window on an archive until it is closed."""
    running.start_log()
    app = QApplication(sys.argv[:1])
    program = running.Program(app)
    stopper = running.Stopper(program.window)
    Watcher(program.window, Path(told))
    program.window.show()
    program.session.open(Path(archive))
    code = app.exec()
    stopper.restore()
    program.keeper.save()
    sys.exit(code)
