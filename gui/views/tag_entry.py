"""The field in which tags are typed, with the keys that are its own."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.models.assessing import BASIS_KEYS, CERTAINTY_KEYS

# Alt and one of these gives a suggestion.  None of them opens a menu.
SUGGESTION_KEYS: Final = tuple(Qt.Key[f"Key_{letter}"] for letter in "ASDGJKL")


class TagEntry(QLineEdit):
    """The line itself, with the keys that are its own, whatever shortcuts the window has."""

    entered = Signal()
    escaped = Signal()
    walked = Signal(int)  # +1 down the list, -1 up
    stepped = Signal(int)  # +1 to the next image, -1 to the one before
    certainty_pressed = Signal(str)
    basis_pressed = Signal(object)  # the key
    suggestion_pressed = Signal(int)  # the place of a suggestion
    create_pressed = Signal()
    done_pressed = Signal()
    undo_pressed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.suggested = 0  # how many suggestions have a key
        self.setAccessibleName(self.tr("Tag"))
        self.setClearButtonEnabled(False)
        self.setMinimumWidth(120)

    def event(self, event: QEvent) -> bool:
        """Take Tab while there is something to walk, and the keys of the line before any shortcut does."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._act(event) is not None:
                event.accept()
                return True
            tab = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if event.type() == QEvent.Type.KeyPress and tab is not None and self.text().strip():
                self.walked.emit(tab)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter, Esc, arrows and paging act; everything else edits the text."""
        act = self._act(event)
        if act is None:
            super().keyPressEvent(event)
            return
        signal, *arguments = act
        signal.emit(*arguments)  # type: ignore[attr-defined]

    def _act(self, event: QKeyEvent) -> tuple[object, ...] | None:
        """The signal that a key stands for and what goes with it, None for a key that edits."""
        key, keys = Qt.Key(event.key()), Qt.Key
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts: dict[Qt.Key, tuple[object, ...]] = {}
        if held == Qt.KeyboardModifier.AltModifier:
            acts = {number: (self.certainty_pressed, certainty) for number, certainty in CERTAINTY_KEYS.items()}
            acts |= {number: (self.basis_pressed, number) for number in BASIS_KEYS}
            acts |= {
                letter: (self.suggestion_pressed, at) for at, letter in enumerate(SUGGESTION_KEYS[: self.suggested])
            }
            acts |= {keys.Key_Right: (self.stepped, 1), keys.Key_Left: (self.stepped, -1)}
        elif held == Qt.KeyboardModifier.ShiftModifier:
            acts = dict.fromkeys((keys.Key_Return, keys.Key_Enter), (self.create_pressed,))
        elif held == Qt.KeyboardModifier.ControlModifier and key in (keys.Key_Return, keys.Key_Enter):
            return (self.done_pressed,)
        elif not self.text() and event.matches(QKeySequence.StandardKey.Undo):
            return (self.undo_pressed,)
        elif not held:
            acts = {keys.Key_Down: (self.walked, 1), keys.Key_Up: (self.walked, -1), keys.Key_Escape: (self.escaped,)}
            acts |= dict.fromkeys((keys.Key_Return, keys.Key_Enter), (self.entered,))
            if not self.text():
                acts |= {keys.Key_PageDown: (self.stepped, 1), keys.Key_PageUp: (self.stepped, -1)}
        return acts.get(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes when the keys go elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()
