"""The terms of a vocabulary, searched by any of their names; a tree while nothing is looked for."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from core.vocabularies import Vocabulary
from gui import style
from gui.models.terms_model import CODE_ROLE, TERM_COLUMN, USES_COLUMN, TermsModel

_SEARCH_AFTER_MS = 120
_USES_PX = 72
_EXPANDED_UP_TO = 120  # terms; a longer tree is opened by hand


class TermList(QWidget):
    """``chosen`` tells the code of the term that the user went to, ``accepted`` that of one that was entered."""

    chosen = Signal(str)
    accepted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = Vocabulary(())
        self._uses: Mapping[str, int] = {}
        self._code = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name, in any language, or code"))
        self.search.setAccessibleName(self.tr("Search the terms"))
        self.search.setClearButtonEnabled(True)
        self.model = TermsModel(self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Terms"))
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._wait = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self.setFocusProxy(self.search)
        self._wait.timeout.connect(self._fill)
        self.search.textChanged.connect(self._wait.start)
        self.search.returnPressed.connect(self._on_return_pressed)
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self.tree.activated.connect(self._on_activated)

    @property
    def code(self) -> str:
        """The code of the term that is chosen, empty where none is."""
        return self._code

    def show_terms(self, vocabulary: Vocabulary, uses: Mapping[str, int], *, select: str = "") -> None:
        """Hold a vocabulary, with one of its terms chosen."""
        self._vocabulary, self._uses = vocabulary, uses
        self._code = select if select in vocabulary else ""
        self._fill()

    def go_to(self, code: str) -> None:
        """Choose a term; one that the search does not show is shown all the same."""
        if not self.model.index_of(code).isValid():
            self.search.clear()
            self._wait.stop()
            self._fill()
        self._select(code)

    def _fill(self) -> None:
        keep = self._code
        with QSignalBlocker(self.tree.selectionModel()):
            self.model.show(self._vocabulary, self._uses, self.search.text())
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TERM_COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(USES_COLUMN, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(USES_COLUMN, _USES_PX)
        self.tree.setRootIsDecorated(any(term.parent for term in self._vocabulary) and not self.search.text().strip())
        if len(self._vocabulary) <= _EXPANDED_UP_TO:
            self.tree.expandAll()
        if keep:
            self._select(keep)

    def _select(self, code: str) -> None:
        index = self.model.index_of(code)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def _on_current_changed(self, index: QModelIndex) -> None:
        code = index.data(CODE_ROLE) or ""
        if code and code != self._code:
            self._code = code
            self.chosen.emit(code)

    def _on_activated(self, index: QModelIndex) -> None:
        self.accepted.emit(index.data(CODE_ROLE) or "")

    def _on_return_pressed(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._fill()
        first = self.model.index(0, TERM_COLUMN)
        if first.isValid() and self.search.text().strip():
            self.tree.setCurrentIndex(first)
        self.tree.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Down goes from the search to the terms."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._on_return_pressed()
        else:
            super().keyPressEvent(event)
