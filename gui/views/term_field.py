"""A field for one value of a vocabulary: a few letters and Enter choose it, arrow down lists what there is."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import Refused
from core.vocabularies import Term, Vocabulary
from gui.models.offers import Offer
from gui.session import Session
from gui.views.suggestion_list import SuggestionList
from gui.views.term_adding import NewTermOffer, TermAdding

_LIMIT: Final = 12
_LISTED: Final = 80  # a longer vocabulary is not listed as a whole: a letter narrows it down


@dataclass(frozen=True, slots=True)
class TermOffer(Offer):
    """A term in the list, by its name alone: the field's label says what it is a value of."""

    @property
    def words(self) -> str:
        """Its name."""
        return self.label


class TermField(QLineEdit):
    """Holds the code of a term, or none; ``vocabulary`` is the name of one of the archive's.

    What is typed becomes a value by Enter, by a click in the list, or on leaving the field where a term is called
    exactly so.  Retired terms are shown, and not offered.  Shift+Enter makes a term that does not exist, where the
    vocabulary is open and after a question.
    """

    chosen = Signal(str)  # the user chose a code, or emptied the field: an empty text
    refused = Signal(str)  # the field was left with what is no term: the sentence that says so
    not_added = Signal(str)  # a term could not be made: the sentence that says why

    def __init__(self, session: Session, vocabulary: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name = vocabulary
        self._code = ""
        self.offers = SuggestionList(self)
        self.adding = TermAdding(session, vocabulary, self, self.offers)
        self.textEdited.connect(self._on_text_edited)
        self.offers.chosen.connect(self._on_offer_chosen)
        self.adding.added.connect(self._choose)
        self.adding.refused.connect(self.not_added)
        self.destroyed.connect(self.offers.deleteLater)  # it lies over the window and would outlive the field
        session.vocabularies_changed.connect(self._on_vocabularies_changed)

    @property
    def code(self) -> str:
        """The code chosen last; what has been typed since does not count."""
        return self._code

    def show_code(self, code: str) -> None:
        """Hold this code, an empty one for none; nobody is told."""
        self._code = code
        self.adding.forget()
        self.setText(self._terms.label(code) if code else "")
        self.setCursorPosition(0)
        self.offers.hide()

    def value(self) -> str:
        """The code that the field says now.

        Raises:
            Refused: no term is called as is typed, or several are, or it is retired.
        """
        typed = self.text().strip()
        if not typed or typed == self._shown:
            return self._code if typed else ""
        term = self._terms.resolve(typed)
        if term.retired and term.code != self._code:
            raise Refused(self.tr("“%1” is retired, so nothing new is said with it.").replace("%1", term.label))
        return term.code

    @property
    def _terms(self) -> Vocabulary:
        info = self._session.info
        return Vocabulary(()) if info is None else info.vocabularies[self._name]

    @property
    def _shown(self) -> str:
        return self._terms.label(self._code) if self._code else ""

    def event(self, event: QEvent) -> bool:
        """Take Tab while something is highlighted, and then go on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            self._take_highlighted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes what is highlighted, arrows walk the list, Esc closes it; then they are the form's."""
        key = Qt.Key(event.key())
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.adding.press()
            self._describe()
        elif enter and self._take_highlighted():
            return
        elif enter:
            self._settle()
            event.ignore()  # for a form to keep what is said
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isReadOnly():
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and (not self.offers.isHidden() or self.text() != self._shown):
            self.show_code(self._code)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes with the keys; what is called exactly as typed is taken."""
        super().focusOutEvent(event)
        self.offers.hide()
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._settle()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The list, which lies over the window, goes with the field."""
        self.offers.hide()
        super().hideEvent(event)

    def _settle(self) -> None:
        """Take what is typed, or say why it cannot be taken; the text stays to be mended."""
        if self.adding.waiting:
            return
        try:
            code = self.value()
        except Refused as error:
            self.refused.emit(str(error))
            return
        self._choose(code)

    def _choose(self, code: str) -> None:
        changed = code != self._code
        self.show_code(code)
        if changed:
            self.chosen.emit(code)

    def _take_highlighted(self) -> bool:
        """Take what is highlighted, whether anything is; a question is not answered by that."""
        offer = self.offers.highlighted
        if offer is not None and not isinstance(offer, NewTermOffer):
            self._choose(offer.code)
        return offer is not None

    def _walk(self, by: int) -> None:
        if not self.offers.isHidden():
            self.offers.walk(by)
        elif not self.text().strip() or self.text() == self._shown:
            self._list_all()
        else:
            self._suggest(self.text())
        self._describe()

    def _list_all(self) -> None:
        terms = [term for term in self._terms if not term.retired]
        if len(terms) <= _LISTED:
            self.offers.show_offers([_offer(term) for term in terms])
            held = next((at for at, term in enumerate(terms) if term.code == self._code), 0)
            self.offers.setCurrentRow(held)

    def _suggest(self, text: str) -> None:
        found = self._terms.suggest(text, 2 * _LIMIT)
        offers = [_offer(one.term, one.matched_text) for one in found if not one.term.retired]
        self.offers.show_offers(offers[:_LIMIT], nothing=self.adding.nothing_words(text))

    def _describe(self) -> None:
        """Tell screen readers what Enter would take."""
        offer = self.offers.highlighted
        self.setAccessibleDescription("" if offer is None else offer.words)

    def _on_text_edited(self, text: str) -> None:
        if text.strip():
            self._suggest(text)
        else:
            self.offers.hide()
        self._describe()

    def _on_offer_chosen(self, offer: Offer) -> None:
        if not isinstance(offer, NewTermOffer):
            self._choose(offer.code)

    def _on_vocabularies_changed(self) -> None:
        if not (self.adding.waiting or (self.hasFocus() and self.isModified())):
            self.show_code(self._code)


def _offer(term: Term, matched: str = "") -> Offer:
    hint = "" if matched in ("", term.label) else matched
    return TermOffer("", term.code, term.label, hint)
