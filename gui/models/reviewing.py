"""Going through the pairs: what is decided is sent to the archive, and what the archive says is taken in.

While a verdict is on its way the archive's list is older than what was seen here, so it is asked for again only
when the last verdict has arrived.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from core import duplicates, looking
from core.archive import Archive
from core.duplicates import Pair
from core.jobs import Job
from core.records import ImageId, Match
from gui import operations
from gui.models.review_queue import Decision, ReviewQueue
from gui.models.sentences import match_words
from gui.runner import Task
from gui.session import Session


class Reviewing(QObject):
    """The pairs that are to be decided, one of them current.  ``pair`` is None until its images are known."""

    moved = Signal()  # another pair is current, or none
    pair_arrived = Signal()  # ``pair`` is there
    counted = Signal()  # how many are decided and left has changed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.queue = ReviewQueue()
        self.pair: Pair | None = None
        self.begun = False
        self._image: ImageId | None = None
        self._wanted = False
        self._writes: set[Task] = set()
        session.changed.connect(self.reload)
        session.job_ended.connect(self._on_job_ended)
        session.closed.connect(self.stop)

    def start(self, image_id: ImageId | None) -> None:
        """Begin with the tightest pair, of one image's pairs only where it is given."""
        self._image, self._wanted, self.begun = image_id, True, False
        self.queue.begin([])
        self._go()
        self.reload()

    def stop(self) -> None:
        """Follow the archive no longer."""
        self._wanted = self.begun = False
        self._writes.clear()
        self.queue.begin([])
        self.pair = None

    def decide(self, decision: Decision) -> None:
        """Give a verdict on the current pair and go on."""
        match = self.queue.current
        if match is None:
            return
        self._follow(
            operations.decide(
                self._session,
                from_sha256=decision.from_sha256,
                to_sha256=decision.to_sha256,
                verdict=decision.verdict,
                evidence=match_words(match),
            )
        )
        self.queue.decide(decision)
        self._go()

    def take_back(self) -> None:
        """Take the verdict given last back, and go to its pair."""
        match = self.queue.last_decided
        if match is not None:
            self._follow(operations.forget_verdict(self._session, match.sha256_a, match.sha256_b))
            self.queue.take_back(match)
            self._go()

    def settle(self, matches: tuple[Match, ...]) -> None:
        """Decide these pairs together, as the same picture."""
        self._follow(operations.decide_many(self._session, matches, "same_picture", self._on_settled))
        before = self.queue.current
        self.queue.settle(matches)
        self._tell(before)

    def step(self, *, forward: bool) -> None:
        """Go on or back; it decides nothing."""
        before = self.queue.current
        (self.queue.forward if forward else self.queue.back)()
        self._tell(before)

    def choose_kind(self, kind: str | None) -> None:
        """Go through the pairs of one kind only, or of all."""
        before = self.queue.current
        self.queue.choose_kind(kind)
        self._tell(before)

    def reload(self) -> None:
        """Ask the archive what is undecided."""
        if self._wanted and not self._writes:
            known = self.queue.undecided if self.begun else None
            self._session.read(("review", id(self)), partial(_undecided, self._image, known), self._on_undecided)

    def _follow(self, task: Task | None) -> None:
        if task is not None:
            self._writes.add(task)

    def _go(self) -> None:
        """Another pair is current: ask for its images."""
        self.pair = None
        match = self.queue.current
        if match is not None:
            self._session.read(("review pair", id(self)), partial(_pair, match), self._on_pair)
        self.moved.emit()
        self.counted.emit()

    def _tell(self, before: Match | None) -> None:
        if self.queue.current != before:
            self._go()
        else:
            self.counted.emit()

    def _on_undecided(self, matches: list[Match] | None) -> None:
        if self._writes or not self._wanted or matches is None:
            return
        before = self.queue.current
        if self.begun:
            self.queue.refresh(matches)
            self._tell(before)
        else:
            self.begun = True
            self.queue.begin(matches)
            self._go()

    def _on_pair(self, pair: Pair | None) -> None:
        if pair is not None and self.queue.current == pair.match:
            self.pair = pair
            self.pair_arrived.emit()

    def _on_settled(self, count: int) -> None:
        self._session.message.emit(self.tr("Settled %1 pairs as the same picture.").replace("%1", f"{count:,}"))

    def _on_job_ended(self, task: Task) -> None:
        if task in self._writes:
            self._writes.discard(task)
            self.reload()


def _undecided(image_id: ImageId | None, known: list[Match] | None, archive: Archive, _job: Job) -> list[Match] | None:
    """What is undecided now; None where that is what is known, as after one's own verdicts."""
    matches = duplicates.queue(archive)
    if image_id is not None:
        own = {member.sha256 for member in looking.members(archive, [image_id])}
        matches = [match for match in matches if match.sha256_a in own or match.sha256_b in own]
    return None if matches == known else matches


def _pair(match: Match, archive: Archive, _job: Job) -> Pair | None:
    return duplicates.pair(archive, match)
