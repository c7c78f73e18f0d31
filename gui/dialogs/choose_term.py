"""Choosing one term of a vocabulary: what another is merged into, or stands under."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from core.vocabularies import Vocabulary
from gui import style
from gui.plain import PlainLabel
from gui.views.term_list import TermList


class TermChooser(QDialog):
    """Shows the terms; ``chosen`` tells the code of the one that was agreed on, empty for none."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        words: str,
        agree: str,
        vocabulary: Vocabulary,
        uses: Mapping[str, int],
        *,
        none: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.terms = TermList()
        self.agree = QPushButton(agree)
        self.agree.setProperty("primary", "true")
        self.agree.setEnabled(False)
        told = PlainLabel(words)
        told.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.ActionRole)
        if none:
            self.none = QPushButton(none)
            self.none.setAutoDefault(False)
            self.none.clicked.connect(self._on_none_clicked)
            buttons.addButton(self.none, QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        for part in (told, self.terms, buttons):
            layout.addWidget(part)
        buttons.rejected.connect(self.reject)
        self.terms.chosen.connect(self._on_chosen)
        self.terms.accepted.connect(self._on_accepted)
        self.agree.clicked.connect(self._on_agreed)
        self.agree.setAutoDefault(False)
        self.terms.show_terms(vocabulary, uses)
        self.resize(420, 480)

    def _on_chosen(self, code: str) -> None:
        self.agree.setEnabled(bool(code))

    def _on_accepted(self, code: str) -> None:
        self._end(code)

    def _on_agreed(self) -> None:
        self._end(self.terms.code)

    def _on_none_clicked(self) -> None:
        self._end("")

    def _end(self, code: str) -> None:
        self.accept()
        self.chosen.emit(code)
