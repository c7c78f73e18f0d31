"""Whether a key is held down.

X11 repeats a held key as pairs of release and press, which Qt does not always take for what they are: a key is
let go only when no press follows at once.
"""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

LET_GO_AFTER_MS: Final = 40


class HeldKey(QObject):
    """One key, or several of which one at a time counts."""

    pressed = Signal()  # it went down; not told again while it is held
    let_go = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.down = False
        self.repeated = False  # held for longer than a touch
        self._wait = QTimer(self, singleShot=True, interval=LET_GO_AFTER_MS)
        self._wait.timeout.connect(self._on_waited)

    def press(self, event: QKeyEvent) -> None:
        """It went down, or repeats itself."""
        waiting = self._wait.isActive()
        self._wait.stop()
        if waiting or event.isAutoRepeat():
            self.repeated = self.down
        else:
            self.down, self.repeated = True, False
            self.pressed.emit()

    def release(self, event: QKeyEvent) -> None:
        """It went up, or so it seems."""
        if self.down and not event.isAutoRepeat():
            self._wait.start()

    def forget(self) -> None:
        """Whatever becomes of the key, it is not to be told."""
        self._wait.stop()
        self.down = self.repeated = False

    def _on_waited(self) -> None:
        self.down = False
        self.let_go.emit()
