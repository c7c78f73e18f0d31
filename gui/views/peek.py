"""A look at what is covered: for as long as a key is held down where the keys are, and no longer."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.views.held_key import HeldKey


class Peek(QObject):
    """One key that uncovers while it is held; whoever owns it hands on the keys, and ends it when they leave."""

    changed = Signal()  # it began or ended

    def __init__(self, parent: QObject | None = None, *, key: Qt.Key = Qt.Key.Key_B) -> None:
        super().__init__(parent)
        self._code = key
        self.looking = False
        self._key = HeldKey(self)
        self._key.pressed.connect(self._on_key_pressed)
        self._key.let_go.connect(self.end)

    def press(self, event: QKeyEvent) -> bool:
        """A key went down; whether it was this one."""
        if event.key() != self._code or event.modifiers():
            return False
        self._key.press(event)
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key went up; whether it was this one."""
        if event.key() != self._code:
            return False
        self._key.release(event)
        return True

    def end(self) -> None:
        """Cover again, whatever is held."""
        self._key.forget()
        self._look(looking=False)

    def _on_key_pressed(self) -> None:
        self._look(looking=True)

    def _look(self, *, looking: bool) -> None:
        if looking != self.looking:
            self.looking = looking
            self.changed.emit()
