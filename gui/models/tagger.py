"""Carrying out what the tag line is told: one wish after another, each onto what the one before it made.

A country typed after a weapon type belongs to the same weapon, so each wish waits for the answer to the one
before; whoever types fast loses nothing.
"""

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.records import ImageId, SightingId
from core.tagging import Tag, TagReport
from gui import operations
from gui.models.selection_values import targets
from gui.models.sentences import certainty_words, images_words
from gui.models.suggestions import Offer
from gui.runner import Task
from gui.session import Session

NOT_ASSESSED = "unknown"


@dataclass(frozen=True, slots=True)
class _Wish:
    ids: tuple[ImageId, ...]
    offer: Offer
    certainty: str | None


@dataclass(frozen=True, slots=True)
class _Last:
    """What was tagged last: which images, all that was said of the weapon, and the sightings that it became."""

    ids: tuple[ImageId, ...]
    said: Tag
    sightings: tuple[SightingId, ...]


class Tagger(QObject):
    """Applies offers to the selection, or to the current image where nothing is selected."""

    told = Signal(str)  # what was done or is under way, for the user
    certainty_changed = Signal(str)  # the certainty of what is tagged next

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[_Wish] = deque()
        self._task: Task | None = None
        self._wish: _Wish | None = None
        self._last: _Last | None = None
        self.certainty = NOT_ASSESSED
        session.selection_changed.connect(self._on_target_changed)
        session.current_changed.connect(self._on_target_changed)
        session.job_ended.connect(self._on_job_ended)
        session.closed.connect(self._on_closed)

    def apply(self, offer: Offer) -> None:
        """Give or take away a value, write a note, or set the certainty."""
        if offer.facet == "certainty":
            self.set_certainty(offer.code)
        elif not targets(self._session):
            self.told.emit(self.tr("Select an image first."))
        else:
            chosen = None if self.certainty == NOT_ASSESSED else self.certainty
            self._put(_Wish(targets(self._session), offer, None if offer.removes else chosen))

    def set_certainty(self, certainty: str) -> None:
        """The certainty of what is tagged next, and of what was just tagged."""
        self.certainty = certainty
        self.certainty_changed.emit(certainty)
        if self._last is not None or self._task is not None:
            words = certainty_words(certainty)
            self._put(_Wish(targets(self._session), Offer("certainty", certainty, words), certainty))
        else:
            self.told.emit(self.tr("What is tagged next is %1.").replace("%1", certainty_words(certainty)))

    def undo(self) -> None:
        """Take the archive's newest step back."""
        self._last = None
        operations.undo(self._session, self._on_undone)

    def start_afresh(self) -> None:
        """Begin with the certainty that the user set, and with no weapon to go on with."""
        self._last = None
        self.certainty = self._session.settings.default_certainty
        self.certainty_changed.emit(self.certainty)

    def _put(self, wish: _Wish) -> None:
        self._waiting.append(wish)
        self._go_on()

    def _go_on(self) -> None:
        while self._task is None and self._waiting:
            wish = self._wish = self._waiting.popleft()
            if self._session.busy:
                self.told.emit(self.tr("It is done as soon as the job under way is finished."))
            offer = wish.offer
            if offer.facet == "certainty":
                self._task = self._say_certainty(wish)
            elif offer.removes:
                self._task = operations.untag(self._session, wish.ids, offer.facet, offer.code, self._on_untagged)
            elif offer.of_image:
                self._task = operations.give(self._session, wish.ids, offer.facet, offer.code, self._on_given)
            else:
                said = replace(offer.tag, certainty=wish.certainty)
                self._task = operations.tag(self._session, wish.ids, said, self._on_tagged, onto=self._onto(wish))

    def _say_certainty(self, wish: _Wish) -> Task | None:
        last = self._last
        if last is None or last.ids != wish.ids or not (last.said.type or last.said.model or last.said.countries):
            return None
        said = replace(last.said, certainty=wish.certainty, note=None)
        return operations.tag(self._session, wish.ids, said, self._on_tagged, onto=last.sightings)

    def _onto(self, wish: _Wish) -> tuple[SightingId, ...] | None:
        """The sightings just made, where the wish is about the same weapons: a second type is another weapon."""
        last = self._last
        if last is None or last.ids != wish.ids:
            return None
        named = last.said.model or last.said.type
        another = (wish.offer.facet == "type" and named) or (wish.offer.facet == "model" and last.said.model)
        return None if another else last.sightings

    def _on_tagged(self, report: TagReport) -> None:
        wish = self._wish
        assert wish is not None
        before = self._last if self._last is not None and self._last.sightings == report.sightings else None
        said = before.said if before else Tag()
        if wish.offer.facet != "certainty":
            given = wish.offer.tag
            said = replace(said, **{name: value for name in _SAID if (value := getattr(given, name)) is not None})
            said = replace(said, details={**said.details, **given.details})
        self._last = _Last(wish.ids, said, report.sightings)
        words = self.tr("Tagged %1: %2").replace("%1", images_words(report.images))
        certainty = wish.offer.facet == "certainty"
        self.told.emit(words.replace("%2", wish.offer.label if certainty else wish.offer.words))

    def _on_given(self, _nothing: None) -> None:
        wish = self._wish
        assert wish is not None
        words = self.tr("Said of %1: %2").replace("%1", images_words(len(wish.ids)))
        self.told.emit(words.replace("%2", wish.offer.words))

    def _on_untagged(self, count: int) -> None:
        wish = self._wish
        assert wish is not None
        self._last = None
        words = self.tr("Removed from %1: %2") if count else self.tr("None of %1 has it: %2")
        self.told.emit(words.replace("%1", images_words(len(wish.ids))).replace("%2", wish.offer.words))

    def _on_undone(self, label: str | None) -> None:
        words = self.tr("There is nothing to undo.") if label is None else self.tr("Undone: %1")
        self.told.emit(words.replace("%1", label or ""))

    def _on_job_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = self._wish = None
            self._go_on()

    def _on_target_changed(self) -> None:
        self._last = None

    def _on_closed(self) -> None:
        self._waiting.clear()
        self._task = self._wish = self._last = None


_SAID = ("type", "model", "design", "manufacture", "note")
