"""A look at what is covered: for as long as a key is held down where the keys are, and no longer."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.views.held_key import HeldKey


class Peek(QObject):
    """One key that uncovers what a widget shows while it is held there; the widget itself does not get that key."""

    changed = Signal()  # it began or ended

    def __init__(self, widget: QWidget, *, key: Qt.Key = Qt.Key.Key_B) -> None:
        super().__init__(widget)
        self._code = key
        self.looking = False
        self._key = HeldKey(self)
        self._key.pressed.connect(self._on_key_pressed)
        self._key.let_go.connect(self.end)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the key; when the keys leave, that it is let go would not be heard."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.end()
        if not isinstance(event, QKeyEvent) or event.key() != self._code:
            return False
        if event.type() == QEvent.Type.KeyPress and not event.modifiers():
            self._key.press(event)
            return True
        if event.type() == QEvent.Type.KeyRelease:
            self._key.release(event)
            return True
        return False

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
