"""Going through the pairs: what is decided is sent to the archive, and what the archive says is taken in.

While a verdict is on its way the archive's list is older than what was seen here, so it is asked for again only
when the last verdict has arrived.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from core import duplicates, known_sources, looking
from core.archive import Archive
from core.jobs import Job
from core.known_sources import Collected
from core.proposing import Decision
from core.records import ImageId, Match
from gui import operations
from gui.models import review_place
from gui.models.pair_facts import AskPair, PairFacts
from gui.models.pair_pictures import PairPictures
from gui.models.review_queue import Key, ReviewQueue, key_of
from gui.models.review_tally import Wanted
from gui.models.sentences import match_words
from gui.runner import Task
from gui.session import Session

# To read so many pairs takes a fiftieth of a second, for which the next pair would have to wait after each verdict.
_MANY: Final = 2_000
_PAUSE_MS: Final = 1_500


class Reviewing(QObject):
    """The pairs that are to be decided, one of them current.

    ``facts`` are what there is to be said of it, None until that is known; ``collected`` are the images' sources.
    ``unlooked`` is how many images the search for copies has not come to yet.
    """

    moved = Signal()  # another pair is current, or none
    facts_arrived = Signal()  # ``facts`` are there, or newer
    counted = Signal()  # how many are decided and left has changed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.queue = ReviewQueue()
        self.pictures = PairPictures(session, self)
        self.facts: PairFacts | None = None
        self.begun = False
        self.collected = Collected({}, {})
        self.unlooked = 0
        self._image: ImageId | None = None
        self._uuid = ""
        self._place: Key | None = None  # where one stopped last
        self._wanted = False
        self._writes: set[Task] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_undecided)
        session.changed.connect(self.reload)
        session.job_ended.connect(self._on_job_ended)
        session.closed.connect(self.stop)
        self.pictures.arrived.connect(self._on_picture_arrived)

    def start(self, image_id: ImageId | None) -> None:
        """Begin where one stopped or with the tightest pair, of one image's pairs only where it is given."""
        self._keep_place()
        self._image, self._wanted, self.begun = image_id, True, False
        self._uuid = self._session.info.uuid if self._session.info else ""
        self._place = review_place.kept(self._session, self._uuid) if image_id is None else None
        self.queue.begin([])
        self._go()
        self.reload()

    def stop(self) -> None:
        """Follow the archive no longer, and remember where one was."""
        self._keep_place()
        self._wanted = self.begun = False
        self._writes.clear()
        self.queue.begin([])
        self.pictures.clear()
        self.facts = None

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

    def choose(self, wanted: Wanted) -> None:
        """Go through the pairs of one kind or one source only, or through all."""
        before = self.queue.current
        self.queue.choose(wanted)
        self._tell(before)

    def reload(self) -> None:
        """Ask the archive what is undecided, and what is said now of the current pair."""
        if self.facts is not None:
            self._ask_facts()
        if self.begun and self.queue.tally.left(Wanted()) > _MANY:
            self._pause.start()
        else:
            self._ask_undecided()

    def _ask_undecided(self) -> None:
        if self._wanted and not self._writes:
            known = _Known(self.queue.undecided, self.collected, self.unlooked) if self.begun else None
            ask = partial(_undecided, self._image, known)
            self._session.read(("review", id(self)), ask, self._on_undecided, later=self.begun)

    def _keep_place(self) -> None:
        current = self.queue.current
        if self.begun and self._image is None:
            is_open = current is not None and self.queue.decision(current) is None
            review_place.keep(self._session, self._uuid, key_of(current) if current and is_open else None)

    def _follow(self, task: Task | None) -> None:
        if task is not None:
            self._writes.add(task)

    def _ask_facts(self) -> None:
        match = self.queue.current
        if match is not None:
            self._session.read(("review pair", id(self)), AskPair(match), self._on_facts)

    def _go(self) -> None:
        """Another pair is current: ask what there is to be said of it."""
        self.facts = None
        self._ask_facts()
        self.moved.emit()
        self.counted.emit()

    def _tell(self, before: Match | None) -> None:
        if self.queue.current != before:
            self._go()
        else:
            self.counted.emit()

    def _on_undecided(self, found: "_Known | None") -> None:
        if self._writes or not self._wanted or found is None:
            return
        self.collected, self.unlooked = found.collected, found.unlooked
        before = self.queue.current
        if self.begun:
            self.queue.refresh(found.matches, found.collected.by_hash)
            self._tell(before)
        else:
            self.begun = True
            self.queue.begin(found.matches, found.collected.by_hash, self._place)
            self._go()

    def _on_facts(self, facts: PairFacts | None) -> None:
        if facts is not None and self.queue.current == facts.pair.match:
            self.facts = facts
            self.facts_arrived.emit()

    def _on_picture_arrived(self, _image_id: int) -> None:
        """When all is there to be looked at, load what comes next."""
        following = self.queue.following
        if following is not None and self.facts and all(self.pictures.of(one.id) for one in self.facts.sides):
            self._session.read(("review ahead", id(self)), partial(_ids, following), self.pictures.ahead, later=True)

    def _on_settled(self, count: int) -> None:
        one, many = self.tr("Settled 1 pair as the same picture."), self.tr("Settled %1 pairs as the same picture.")
        self._session.message.emit(one if count == 1 else many.replace("%1", f"{count:,}"))

    def _on_job_ended(self, task: Task) -> None:
        if task in self._writes:
            self._writes.discard(task)
            self.reload()


@dataclass(frozen=True, slots=True)
class _Known:
    matches: list[Match]
    collected: Collected
    unlooked: int


def _undecided(image_id: ImageId | None, known: _Known | None, archive: Archive, _job: Job) -> _Known | None:
    """What is undecided now; None where that is what is known, as after one's own verdicts."""
    from core.features import count_left  # noqa: PLC0415 - it brings OpenCV, which the window can wait for

    matches = duplicates.queue(archive)
    if image_id is not None:
        own = {member.sha256 for member in looking.members(archive, [image_id])}
        matches = [match for match in matches if match.sha256_a in own or match.sha256_b in own]
    found = _Known(matches, known_sources.collected(archive), count_left(archive))
    return None if found == known else found


def _ids(match: Match, archive: Archive, _job: Job) -> list[ImageId]:
    pair = duplicates.pair(archive, match)
    return [] if pair is None else [pair.a.image.id, pair.b.image.id]
