"""Buttons beside the tag line: how certain is what is tagged next, and on what it rests."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core.claims import CERTAINTIES, NOT_ASSESSED
from core.vocabularies import Term
from gui import style
from gui.icons import icon
from gui.models.assessing import BASIS_KEYS, CERTAINTY_KEYS, digit
from gui.models.sentences import certainty_words

_LETTERS: Final = 14  # room for a basis; a longer one gives way at its end


class _HowButton(QToolButton):
    """Shows what is chosen, and lets another be chosen from a menu."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("chevron-down"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The arrow stands behind the words, and the style's own would stand on them.
        mirrored, usual = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(usual if self.isRightToLeft() else mirrored)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)

    def _offer(self, words: str, code: str, key: str = "") -> None:
        action = self.menu().addAction(f"{words}\t{key}" if key else words)
        action.setData(code)

    def _make_room(self, words: Sequence[str]) -> None:
        widest = max((self.fontMetrics().horizontalAdvance(one) for one in words), default=0)
        self.setMinimumWidth(widest + style.ICON + style.HUGE)

    def _on_triggered(self, action: QObject) -> None:
        self.chosen.emit(action.data())  # type: ignore[attr-defined]


class CertaintyButton(_HowButton):
    """The certainty of what is tagged next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTip(self.tr("How certain is what is tagged next, and what was just tagged (Alt+0 to Alt+4)"))
        keys = {certainty: key for key, certainty in CERTAINTY_KEYS.items()}
        for certainty in CERTAINTIES:
            self._offer(certainty_words(certainty), certainty, f"Alt+{digit(keys[certainty])}")
        self._make_room([certainty_words(certainty) for certainty in CERTAINTIES])
        self.show_certainty(NOT_ASSESSED)

    def show_certainty(self, certainty: str) -> None:
        """This certainty is chosen."""
        self.setText(certainty_words(certainty))
        self.setAccessibleName(self.tr("Certainty: %1").replace("%1", certainty_words(certainty)))


class BasisButton(_HowButton):
    """The basis of what is tagged next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTip(
            self.tr("On what rests what is tagged next, and what was just tagged (Alt+5 to Alt+9 for the first five)")
        )
        self._labels: dict[str, str] = {}
        self._code = ""
        self.show_basis("")

    def set_bases(self, terms: Sequence[Term]) -> None:
        """Let these be chosen, in this order."""
        self.menu().clear()
        self._labels = {term.code: term.label for term in terms}
        for place, term in enumerate(terms):
            key = f"Alt+{digit(BASIS_KEYS[place])}" if place < len(BASIS_KEYS) else ""
            self._offer(term.label, term.code, key)
        self._offer(self.tr("none"), "")
        self.show_basis(self._code)

    def show_basis(self, code: str) -> None:
        """This basis is chosen, or none."""
        self._code = code
        label = self._labels.get(code, code)
        words = self.tr("by %1").replace("%1", label) if code else self.tr("no basis")
        room = _LETTERS * self.fontMetrics().averageCharWidth()
        self.setFixedWidth(room + style.ICON + style.HUGE)  # whichever it is, the line beside it stays as it is
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.setAccessibleName(self.tr("Basis: %1").replace("%1", label or self.tr("none")))
