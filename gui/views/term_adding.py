"""Making a term that does not exist yet from a field for one: Shift+Enter asks, and once it was asked makes it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit

from core.errors import CoreError
from core.folding import fold
from core.vocabularies import Term
from core.vocabulary_kinds import KINDS
from gui import operations
from gui.models.offers import Offer
from gui.session import Session
from gui.views.suggestion_list import SuggestionList

_KEPT: Final = ("weapon_model", "weapon_type", "country")
"""Reference lists: a model needs facts, and a new type or country a place among the others."""


@dataclass(frozen=True, slots=True)
class NewTermOffer(Offer):
    """The question whether a term of this label is to be made; ``noun`` is what it would be."""

    noun: str = ""

    @property
    def words(self) -> str:
        """The question, and what says yes to it."""
        pattern = QCoreApplication.translate("suggestions", "Create the %1 “%2”: press Shift+Enter again")
        return pattern.replace("%1", self.noun).replace("%2", self.label)


class TermAdding(QObject):
    """Makes terms of what is typed in a field; never of a fixed vocabulary, and never without being asked twice."""

    added = Signal(str)  # the code of the term that was made, where the field still asks for it
    refused = Signal(str)  # why none was made

    def __init__(self, session: Session, vocabulary: str, field: QLineEdit, offers: SuggestionList) -> None:
        super().__init__(field)
        self._session = session
        self._vocabulary = vocabulary
        self._field = field
        self._offers = offers
        self._label = ""
        field.textEdited.connect(self.forget)

    @property
    def possible(self) -> bool:
        """Whether terms can be made here."""
        closed = KINDS[self._vocabulary].fixed or self._vocabulary in _KEPT
        return not (closed or self._session.read_only or self._field.isReadOnly())

    @property
    def waiting(self) -> bool:
        """Whether a term is being made for the field."""
        return bool(self._label)

    def nothing_words(self, text: str) -> str:
        """What to say where no term is called so."""
        words = self.tr("Nothing is called “%1”; Shift+Enter creates it.") if self.possible else ""
        return (words or self.tr("Nothing is called “%1”.")).replace("%1", text.strip())

    def press(self) -> None:
        """Ask whether a term is to be made of what is typed; make it, where that was asked."""
        asked, text = self._offers.highlighted, self._field.text().strip()
        if not self.possible or not text:
            return
        if isinstance(asked, NewTermOffer):
            self._offers.hide()
            self._label = asked.label
            operations.create_term(self._session, self._vocabulary, asked.label, self._on_added, self._on_failed)
        elif not self._is_known(text):
            self._offers.show_offers([NewTermOffer("", "", text, noun=KINDS[self._vocabulary].noun)])

    def forget(self) -> None:
        """The field asks for something else by now; a term that is being made is made all the same."""
        self._label = ""

    def _is_known(self, text: str) -> bool:
        info = self._session.info
        return info is None or any(fold(text) == fold(term.label) for term in info.vocabularies[self._vocabulary])

    def _on_added(self, term: Term) -> None:
        if self._label == term.label:
            self.forget()
            self.added.emit(term.code)

    def _on_failed(self, error: Exception) -> None:
        self.forget()
        if isinstance(error, CoreError):
            self.refused.emit(str(error))
        else:
            self._session.failed.emit(error)
