"""The search bar, and under it what is looked for as chips that can be taken away one by one."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from core import search
from core.archive import Archive
from core.errors import CoreError
from core.jobs import Job
from core.records import Query
from gui import style
from gui.icons import icon
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.wrapping import WrappingLayout


class SearchField(QLineEdit):
    """The line that is typed into."""

    left = Signal()  # Esc in an empty line, or Down: the user wants to go on with what is found

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc empties the line and then leaves it; Down leaves it."""
        if event.key() == Qt.Key.Key_Down or (event.key() == Qt.Key.Key_Escape and not self.text()):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)


class SearchBar(QWidget):
    """Where the user types what to look for; Enter adds it to the filters that are set already.

    What cannot be understood is said under the line, which keeps its text.
    """

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = ""
        self.field = SearchField()
        self.field.setAccessibleName(self.tr("Search"))
        self.field.setPlaceholderText(self.tr("Search names, notes and tags; or type:rifle country:hungary"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.returnPressed.connect(self._on_return_pressed)
        self.field.textEdited.connect(self._on_text_edited)
        self.field.left.connect(self.left)
        self.problem = PlainLabel()
        self.problem.setProperty("role", "bad")
        self.problem.setWordWrap(True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.field)
        layout.addWidget(self.problem)

    def start(self) -> None:
        """Put the keyboard into the line, over what stands there.  Enter there a second time leads to the images."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_return_pressed(self) -> None:
        if not self.field.text():  # it was looked for already: now on with what was found
            self.left.emit()
            return
        self._asked = self.field.text()
        self._session.read("parse", _Parsed(self._asked), self._on_parsed, on_failed=self._on_refused)

    def _on_parsed(self, typed: Query) -> None:
        if self.field.text() == self._asked:
            self.field.clear()
        self._say("")
        query = self._session.query
        for chosen in typed.filters:
            query = query.with_filter(chosen)
        words = tuple(dict.fromkeys((*query.words, *typed.words)))
        hashes = tuple(dict.fromkeys((*query.sha256, *typed.sha256)))
        markings = tuple(dict.fromkeys((*query.markings, *typed.markings)))
        self._session.set_query(Query(words, query.filters, hashes, markings))

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, CoreError):
            self._say(str(error))
        else:
            self._session.failed.emit(error)

    def _on_text_edited(self, _text: str) -> None:
        self._say("")

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)


class FilterChips(QWidget):
    """What is looked for, one chip for each condition; pressing a chip takes it away."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rests: list[Query] = []
        self._layout = WrappingLayout(self)
        self.setAccessibleName(self.tr("Filters"))
        self.hide()
        session.query_changed.connect(self._on_query_changed)

    @property
    def texts(self) -> list[str]:
        """What stands on the chips."""
        return [chip.text() for chip in self.findChildren(FilterChip)]

    def _on_query_changed(self) -> None:
        self._session.read("chips", _Parts(self._session.query), self._on_parts)

    def _on_parts(self, parts: list[tuple[str, Query]]) -> None:
        had_focus = any(child.hasFocus() for child in self.findChildren(QWidget))
        self._layout.clear()
        for label, rest in parts:
            chip = FilterChip(label, rest, self)
            chip.removed.connect(self._session.set_query)
            self._layout.addWidget(chip)
        if len(parts) > 1:
            everything = QPushButton(self.tr("Clear all"), self)
            everything.setFlat(True)
            everything.setProperty("link", "true")
            everything.clicked.connect(self._on_clear_clicked)
            self._layout.addWidget(everything)
        self.setVisible(bool(parts))
        if had_focus and (first := self.findChild(FilterChip)):
            first.setFocus()

    def _on_clear_clicked(self) -> None:
        self._session.set_query(Query())


class FilterChip(QToolButton):
    """One condition; a press or Delete removes it."""

    removed = Signal(object)  # the query without it

    def __init__(self, label: str, rest: Query, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = rest
        self.setText(label.replace("&", "&&"))
        self.setIcon(icon("close"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if not self.isRightToLeft() else Qt.LayoutDirection.LeftToRight
        )
        self.setProperty("chip", "true")
        self.setAccessibleName(self.tr("Filter %1, press to remove").replace("%1", label))
        self.setToolTip(self.tr("Remove this filter"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete and Backspace remove, as Space and Enter do."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.removed.emit(self._rest)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.removed.emit(self._rest)


class _Parsed:
    """Reads what was typed, on a worker."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, archive: Archive, _job: Job) -> Query:
        return search.parse(archive, self._text)


class _Parts:
    """Names the conditions of a query, on a worker."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def __call__(self, archive: Archive, _job: Job) -> Any:
        return search.parts(archive, self._query)
