"""A field for a name of one's own, which offers the names given before."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.folding import fold
from gui.models.offers import Offer
from gui.views.suggestion_list import SuggestionList
from gui.views.term_field import TermOffer

_LIMIT: Final = 12


class NameField(QLineEdit):
    """What is typed counts as it is; arrow down goes to the names that hold it, Enter or a click takes one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.offers = SuggestionList(self)
        self.offers.chosen.connect(self._on_offer_chosen)
        self.textEdited.connect(self._on_text_edited)
        self.destroyed.connect(self.offers.deleteLater)  # it lies over the window and would outlive the field

    def set_names(self, names: Sequence[str]) -> None:
        """Offer these names from now on."""
        self._names = tuple(names)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk the names, Enter takes the highlighted one, Esc closes the list."""
        key, listed = Qt.Key(event.key()), not self.offers.isHidden()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isReadOnly():
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and listed:
            self.offers.hide()
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_highlighted()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes with the keys."""
        self.offers.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The list, which lies over the window, goes with the field."""
        self.offers.hide()
        super().hideEvent(event)

    def _walk(self, by: int) -> None:
        if self.offers.isHidden():
            self._show(self.text() if self.isModified() else "")
        if self.offers.highlighted is None:
            self.offers.setCurrentRow(0 if by > 0 else self.offers.count() - 1)
        else:
            self.offers.walk(by)
        offer = self.offers.highlighted
        self.setAccessibleDescription("" if offer is None else offer.label)

    def _show(self, text: str) -> None:
        wanted = fold(text)
        fitting = [name for name in self._names if wanted in fold(name)][:_LIMIT]
        self.offers.show_offers([TermOffer("", name, name) for name in fitting])
        self.offers.setCurrentRow(-1)  # Enter keeps what is typed, until a name is gone to

    def _take_highlighted(self) -> None:
        offer = self.offers.highlighted
        self.offers.hide()
        if offer is not None:
            self.setText(offer.label)

    def _on_text_edited(self, text: str) -> None:
        if text.strip():
            self._show(text)
        else:
            self.offers.hide()

    def _on_offer_chosen(self, offer: Offer) -> None:
        self.offers.hide()
        self.setText(offer.label)
        self.editingFinished.emit()
