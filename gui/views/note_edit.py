"""Notes edited in place: kept when the keys go elsewhere, and never overwritten while they are being typed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui import style


class NoteEdit(QPlainTextEdit):
    """A few lines of text that belong to ``owner`` (an id); ``committed`` gives both."""

    committed = Signal(object, str)  # the owner whose text it is, and the text

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._owner: int | None = None
        self._kept = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the lines it was made for."""
        return QSize(120, self._lines * self.fontMetrics().lineSpacing() + 2 * style.SMALL + 4)

    def show_text(self, owner: int | None, text: str) -> None:
        """Show an owner's text; what was typed for another is committed, what is being typed for this one stays."""
        if owner != self._owner:
            self.commit()
        elif self.toPlainText() != self._kept and self.toPlainText() != text:
            self._kept = text
            return
        self._owner, self._kept = owner, text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def commit(self) -> None:
        """Keep what was typed, if anything was."""
        text = self.toPlainText()
        if self._owner is not None and text != self._kept:
            self._kept = text
            self.committed.emit(self._owner, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter keeps it at once, Esc takes back what was typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._kept)
        else:
            super().keyPressEvent(event)
