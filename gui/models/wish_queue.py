"""Carrying out wishes one after another, each onto the weapon that the one before it made.

A country typed after a weapon type belongs to the same weapon, so each wish waits for the answer to the one
before; whoever types fast loses nothing.
"""

from collections import deque
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.facets import FACETS
from core.records import SightingId
from core.tagging import Tag, TagReport
from core.vocabularies import Term
from gui import operations
from gui.models.offers import HOW, PARTICULARS, Offer
from gui.models.sentences import images_words
from gui.models.wishes import Last, Wish
from gui.runner import Task
from gui.session import Session


class WishQueue(QObject):
    """Has the archive do what is wished; remembers what was tagged last, until told to ``forget``."""

    told = Signal(str)  # what was done or is under way, for the user
    applied = Signal(object, object)  # the ids of the images, and the Offer that was said of them or taken away

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[Wish] = deque()
        self._task: Task | None = None
        self._wish: Wish | None = None
        self._last: Last | None = None
        self.aim: SightingId | None = None
        session.job_ended.connect(self._on_job_ended)
        session.closed.connect(self._on_closed)

    @property
    def has_weapon(self) -> bool:
        """Whether there is, or soon will be, a weapon to say more of."""
        return self._last is not None or self._task is not None or self.aim is not None

    def forget(self) -> None:
        """Go on with no weapon."""
        self._last = self.aim = None

    def put(self, wish: Wish) -> None:
        """Have it done after those that wait."""
        self._waiting.append(wish)
        self._go_on()

    def _go_on(self) -> None:
        while self._task is None and self._waiting:
            wish = self._wish = self._waiting.popleft()
            if self._session.busy:
                self.told.emit(self.tr("It is done as soon as the job under way is finished."))
            self._task = self._start(wish)

    def _start(self, wish: Wish) -> Task | None:
        session, offer, ids = self._session, wish.offer, wish.ids
        if offer.creates:
            return operations.create_term(session, FACETS[offer.facet].vocabulary, offer.label, self._on_created)
        if offer.facet in HOW:
            return self._say_how(wish)
        if offer.removes:
            onto = None if self.aim is None else (self.aim,)
            return operations.untag(session, ids, offer.facet, offer.code, self._on_untagged, onto=onto)
        if offer.facet == "status":
            return operations.set_status(session, ids, offer.code, self._on_given)
        if offer.of_image:
            return operations.give(session, ids, offer.facet, offer.code, self._on_given)
        return self._say_of_weapon(wish)

    def _say_of_weapon(self, wish: Wish) -> Task | None:
        session, offer, onto = self._session, wish.offer, self._onto(wish)
        if offer.facet in PARTICULARS:
            said = replace(offer.particulars, certainty=wish.certainty)
            return operations.say(session, wish.ids, said, self._on_tagged, onto=onto)
        tag = replace(offer.tag, certainty=wish.certainty, bases=wish.bases)
        return operations.tag(session, wish.ids, tag, self._on_tagged, onto=onto)

    def _say_how(self, wish: Wish) -> Task | None:
        """Have what was tagged last, or what is aimed at, be as certain, or rest on the same."""
        last, offer = self._last, wish.offer
        if last is None or last.ids != wish.ids or not last.claims:
            return None if self.aim is None else self._say_how_of([self.aim], offer)
        how: dict[str, Any] = {"certainty": offer.code}
        if offer.facet == "basis":
            how = {"bases": (offer.code,) if offer.code else ()}
        said = replace(last.said, note=None, details={})
        return operations.tag(self._session, wish.ids, replace(said, **how), self._on_tagged, onto=last.sightings)

    def _say_how_of(self, sightings: list[SightingId], offer: Offer) -> Task | None:
        if offer.facet == "certainty":
            return operations.set_certainty(self._session, sightings, offer.code)
        return operations.set_bases(self._session, sightings, [offer.code] if offer.code else [])

    def _onto(self, wish: Wish) -> tuple[SightingId, ...] | None:
        """The sightings just made, where the wish is about the same weapons: a second type is another weapon."""
        if self.aim is not None:
            return (self.aim,)
        last = self._last
        return None if last is None or last.ids != wish.ids or last.begins_another(wish.offer) else last.sightings

    def _on_tagged(self, report: TagReport) -> None:
        wish = self._wish
        assert wish is not None
        before = self._last if self._last is not None and self._last.sightings == report.sightings else None
        said = before.said if before else Tag()
        self._last = Last(wish.ids, said, report.sightings).with_said(wish.offer)
        words = wish.offer.label if wish.offer.facet == "certainty" else wish.offer.words
        self._tell(self.tr("Tagged %1: %2"), words)

    def _on_given(self, _nothing: None) -> None:
        self._tell(self.tr("Said of %1: %2"))

    def _on_created(self, term: Term) -> None:
        wish = self._wish
        assert wish is not None
        if wish.ids:
            self._waiting.appendleft(replace(wish, offer=Offer(wish.offer.facet, term.code, term.label)))

    def _on_untagged(self, count: int) -> None:
        self._last = None
        self._tell(self.tr("Removed from %1: %2") if count else self.tr("None of %1 has it: %2"))

    def _tell(self, pattern: str, words: str | None = None) -> None:
        wish = self._wish
        assert wish is not None
        said = wish.offer.words if words is None else words
        self.told.emit(pattern.replace("%1", images_words(len(wish.ids))).replace("%2", said))
        self.applied.emit(wish.ids, wish.offer)

    def _on_job_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = self._wish = None
            self._go_on()

    def _on_closed(self) -> None:
        self._waiting.clear()
        self._task = self._wish = None
        self.forget()
