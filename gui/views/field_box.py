"""Fields for what is said of something: the label above, the value editable in place, and a line about it below.

A field belongs to an owner: the ids of what it shows a value of, several at once where they are edited together.
What was typed is kept for its owner when the keys go elsewhere or another owner takes its place; what is being typed
is never overwritten.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core import dates, positions
from core.errors import Refused
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.note_edit import NoteEdit
from gui.views.term_field import TermField

Owner = tuple[int, ...]
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldBox(QWidget):
    """``name`` is that of the record's field, ``title`` what the user reads."""

    said = Signal(object, str, object)  # the owner, the name and the value that the user gave

    def __init__(self, name: str, title: str, editor: QWidget) -> None:
        super().__init__()
        self.name = name
        self.owner: Owner = ()
        label = PlainLabel(title)
        label.setProperty("role", "muted")
        label.setBuddy(editor)
        editor.setAccessibleName(title)
        self.hint = PlainLabel()
        self.hint.setWordWrap(True)
        self.hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (label, editor, self.hint):
            layout.addWidget(part)

    def show_values(self, owner: Owner, values: Sequence[Any]) -> None:
        """Show what the owner has: one value, or that there are several different ones."""
        raise NotImplementedError

    def set_writable(self, *, writable: bool) -> None:
        """Let the user change it, or not."""
        raise NotImplementedError

    def commit(self) -> None:
        """Keep what was typed, if anything was."""

    def say(self, words: str, role: str = "muted") -> None:
        """Put a line under the field, or take it away."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        if self.hint.property("role") != role:
            self.hint.setProperty("role", role)
            self.hint.style().polish(self.hint)

    def differing(self, values: Sequence[Any]) -> str:
        """What stands in an empty field whose owner has several values."""
        return self.tr("%1 different values").replace("%1", f"{len(values):,}") if len(values) > 1 else ""


class Line(QLineEdit):
    """A line that tells when it is to be kept and when it is not."""

    settled = Signal()  # Enter, or the keys went elsewhere
    given_up = Signal()  # Esc

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter keeps what is typed, Esc takes it back."""
        if event.key() in _ENTER:
            self.settled.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settled.emit()


class TextBox(FieldBox):
    """One line of text, as it is written."""

    def __init__(self, name: str, title: str, *, example: str = "") -> None:
        self.line = Line()
        super().__init__(name, title, self.line)
        self._example = example
        self._values: tuple[Any, ...] = ()
        self.line.textEdited.connect(self._on_text_edited)
        self.line.settled.connect(self.commit)
        self.line.given_up.connect(self._on_given_up)

    def show_values(self, owner: Owner, values: Sequence[Any]) -> None:
        """Show what the owner has."""
        if owner != self.owner:
            self.commit()
        elif self.line.isModified():
            self._values = tuple(values)
            return
        self.owner, self._values = owner, tuple(values)
        self._show()

    def set_writable(self, *, writable: bool) -> None:
        """Let the user change it, or not."""
        self.line.setReadOnly(not writable)

    def commit(self) -> None:
        """Keep what was typed; what cannot be read stays to be mended, and says why."""
        if not self.line.isModified() or not self.owner:
            return
        try:
            value = self.read(self.line.text().strip())
        except Refused as error:
            self.say(str(error), "caution")
            return
        self.line.setModified(False)
        if self._values != (value,):
            self._values = (value,)
            self.said.emit(self.owner, self.name, value)

    def read(self, text: str) -> Any:
        """The value that a text means.

        Raises:
            Refused: it means none.
        """
        return text

    def shown(self, value: Any) -> str:
        """The text that shows a value."""
        return str(value)

    def about(self, text: str) -> str:
        """A line about what stands in the field.

        Raises:
            Refused: it cannot be read.
        """
        del text
        return ""

    def _show(self) -> None:
        only = self._values[0] if len(self._values) == 1 else None
        self.line.setText("" if only is None else self.shown(only))
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(self.differing(self._values) or self._example)
        self._tell()

    def _tell(self) -> None:
        try:
            self.say(self.about(self.line.text().strip()))
        except Refused as error:
            self.say(str(error), "caution")

    def _on_text_edited(self, _text: str) -> None:
        self._tell()

    def _on_given_up(self) -> None:
        self._show()


class DateBox(TextBox):
    """A date as exactly as it is known; says how it was understood while it is typed."""

    def read(self, text: str) -> str:
        """The date in its normal form."""
        return dates.parse(text).text if text else ""

    def about(self, text: str) -> str:
        """The date in words, or where those are what was typed, as it will be kept."""
        if not text:
            return ""
        words, kept = dates.words(text), dates.parse(text).text
        return words if words != text else kept if kept != text else ""


class PositionBox(TextBox):
    """Latitude and longitude in one line; the value is a pair in 10^-7 degrees, or a pair of None."""

    def read(self, text: str) -> tuple[int | None, int | None]:
        """The position."""
        return positions.parse(text) if text else (None, None)

    def shown(self, value: Any) -> str:
        """The position in degrees."""
        return "" if None in value else positions.words(*value)

    def about(self, text: str) -> str:
        """The position as it was understood, where it was typed in another way."""
        words = positions.words(*positions.parse(text)) if text else ""
        return "" if words == text else words


class TermBox(FieldBox):
    """A term of a vocabulary."""

    def __init__(self, session: Session, name: str, title: str, vocabulary: str) -> None:
        self.field = TermField(session, vocabulary)
        super().__init__(name, title, self.field)
        self.field.chosen.connect(self._on_chosen)
        self.field.refused.connect(self._on_refused)
        self.field.not_added.connect(self._on_refused)

    def show_values(self, owner: Owner, values: Sequence[Any]) -> None:
        """Show what the owner has."""
        if owner != self.owner:
            self.commit()
        elif self.field.isModified():
            return
        self.owner = owner
        self.field.show_code(str(values[0]) if len(values) == 1 else "")
        self.field.setPlaceholderText(self.differing(values))
        self.say("")

    def set_writable(self, *, writable: bool) -> None:
        """Let the user change it, or not."""
        self.field.setReadOnly(not writable)

    def commit(self) -> None:
        """Keep what was typed, where it is a term."""
        if not self.field.isModified() or not self.owner:
            return
        try:
            code = self.field.value()
        except Refused:
            return
        if code != self.field.code:
            self.field.show_code(code)
            self.said.emit(self.owner, self.name, code)

    def _on_chosen(self, code: str) -> None:
        self.say("")
        if self.owner:
            self.said.emit(self.owner, self.name, code)

    def _on_refused(self, words: str) -> None:
        self.say(words, "caution")


class NoteBox(FieldBox):
    """A few lines of text."""

    def __init__(self, name: str, title: str, lines: int = 3) -> None:
        self.note = NoteEdit(lines)
        super().__init__(name, title, self.note)
        self._owners: list[Owner] = []  # by the number that the note has for each
        self.note.committed.connect(self._on_committed)

    def show_values(self, owner: Owner, values: Sequence[Any]) -> None:
        """Show what the owner has."""
        if owner != self.owner or not self._owners:
            self._owners.append(owner)
        self.owner = owner
        self.note.setPlaceholderText(self.differing(values))
        self.note.show_text(len(self._owners) - 1, str(values[0]) if len(values) == 1 else "")

    def set_writable(self, *, writable: bool) -> None:
        """Let the user change it, or not."""
        self.note.setReadOnly(not writable)

    def commit(self) -> None:
        """Keep what was typed."""
        self.note.commit()

    def _on_committed(self, number: int, text: str) -> None:
        if self._owners[number]:
            self.said.emit(self._owners[number], self.name, text)
