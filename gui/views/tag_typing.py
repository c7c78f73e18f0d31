"""Typing tags: what a field's text may mean is offered beside it, walked through, and taken by Enter."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.archive import Archive
from core.jobs import Job
from core.vocabularies import Vocabulary
from gui.models.offers import Offer
from gui.models.suggestions import Suggestions
from gui.session import Session
from gui.views.suggestion_list import SuggestionList
from gui.views.tag_entry import TagEntry


class TagTyping(QObject):
    """Reads an entry; what is done with an offer is up to whoever hears that it was chosen."""

    chosen = Signal(object)  # an Offer
    done = Signal()  # these images are finished
    left = Signal()
    told = Signal(str)

    def __init__(self, session: Session, line: TagEntry) -> None:
        super().__init__(line)
        self._session = session
        self.line = line
        self.offers = SuggestionList(line)
        self.suggestions: Suggestions | None = None
        line.textChanged.connect(self._on_text_changed)
        line.entered.connect(self._on_entered)
        line.walked.connect(self._on_walked)
        line.escaped.connect(self._on_escaped)
        line.create_pressed.connect(self._on_create_pressed)
        line.done_pressed.connect(self._on_done_pressed)
        line.left.connect(self.offers.hide)
        line.destroyed.connect(self.offers.deleteLater)  # it lies over the window and would outlive the line
        self.offers.chosen.connect(self._on_offer_clicked)
        session.opened.connect(self._on_opened)
        session.vocabularies_changed.connect(self._on_vocabularies_changed)
        self._on_opened()

    def _on_opened(self) -> None:
        info = self._session.info
        self.suggestions = None if info is None else Suggestions(info.vocabularies)
        self._on_vocabularies_changed()

    def _on_vocabularies_changed(self) -> None:
        info = self._session.info
        if info is None or self.suggestions is None:
            return
        self.suggestions.vocabularies = info.vocabularies
        # The first look-up builds an index, which takes longer than a key should.
        warm = _Warm(tuple(info.vocabularies.values()))
        self._session.read("tag line index", warm, self._on_warmed)

    def _on_warmed(self, _nothing: None) -> None:
        """The vocabularies answer at once from now on."""

    def _on_text_changed(self, text: str) -> None:
        if self.suggestions is None or not text.strip():
            self.offers.hide()
            self.line.setAccessibleDescription("")
            return
        nothing = self.tr("Nothing is called “%1”.").replace("%1", text.strip())
        if text.strip() in ("n:", "note:", "-"):
            nothing = self.tr("Type the note.") if text.strip() != "-" else self.tr("There is nothing to remove.")
        elif self.suggestions.creatable(text):
            nothing = f"{nothing} {self.tr('Shift+Enter offers to create it.')}"
        self.offers.show_offers(self.suggestions.offers(text), nothing=nothing)
        self._describe()

    def _on_walked(self, by: int) -> None:
        if self.offers.isHidden():
            if self.suggestions is not None and not self.line.text().strip():
                self.offers.show_offers(self.suggestions.offers(""))
        else:
            self.offers.walk(by)
        self._describe()

    def _describe(self) -> None:
        """Tell screen readers what Enter would do."""
        offer = self.offers.highlighted
        self.line.setAccessibleDescription("" if offer is None else offer.words)

    def _on_entered(self) -> None:
        offer = self.offers.highlighted
        if offer is not None and offer.creates:
            self.told.emit(self.tr("Shift+Enter creates it; nothing was tagged."))
        elif offer is not None:
            self.take(offer)
        elif self.line.text().strip():
            self.told.emit(
                self.tr("Nothing was tagged: no term is called “%1”.").replace("%1", self.line.text().strip())
            )

    def _on_create_pressed(self) -> None:
        """Ask whether a term is to be made, and when it was asked, make it."""
        asked, text = self.offers.highlighted, self.line.text()
        if asked is not None and asked.creates:
            self.take(asked)
            return
        found = self.suggestions.creatable(text) if self.suggestions is not None else []
        if found:
            self.offers.show_offers(found)
            self._describe()
        elif text.strip():
            self.told.emit(self.tr("No term can be made of “%1” here.").replace("%1", text.strip()))

    def _on_done_pressed(self) -> None:
        offer = self.offers.highlighted
        if offer is not None and not offer.creates and self.line.text().strip():
            self.take(offer)
        self.done.emit()

    def take(self, offer: Offer) -> None:
        """Empty the field and let an offer be chosen."""
        self.line.clear()
        self.offers.hide()
        if self.suggestions is not None:
            self.suggestions.remember(offer)
        self.chosen.emit(offer)

    def _on_offer_clicked(self, offer: Offer) -> None:
        if not offer.creates:
            self.take(offer)

    def _on_escaped(self) -> None:
        if self.line.text():
            self.line.clear()
        elif not self.offers.isHidden():
            self.offers.hide()
        else:
            self.left.emit()


@dataclass(frozen=True, slots=True)
class _Warm:
    """Has vocabularies build what they look up in, away from the window's thread."""

    vocabularies: Sequence[Vocabulary]

    def __call__(self, _archive: Archive, job: Job) -> None:
        for vocabulary in self.vocabularies:
            job.check()
            vocabulary.suggest("a", len(vocabulary) + 1)
