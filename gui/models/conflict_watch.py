"""Watches for verdicts that leave sightings on several copies which may be the same weapon, whoever gave them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core import settling_sightings
from core.archive import Archive
from core.jobs import Job
from core.records import ImageId
from gui.session import Session


@dataclass(frozen=True, slots=True)
class _Answer:
    """What there is to settle as of an action: an image of each group concerned, and how many pairs in all."""

    generation: int
    images: tuple[ImageId, ...]
    count: int


class ConflictWatch(QObject):
    """``images`` stand for the groups in which something was left to settle."""

    arisen = Signal(int)  # new verdicts left so many pairs
    left_to_settle = Signal(int)  # of those told of before, so many pairs are left

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._seen: int | None = None  # the newest action whose verdicts were looked at
        self.images: tuple[ImageId, ...] = ()
        session.changed.connect(self._on_changed)
        session.closed.connect(self._on_closed)

    def _on_closed(self) -> None:
        self._seen, self.images = None, ()

    def _on_changed(self) -> None:
        generation = self._session.state.generation
        if self._seen is None:  # what was left before is told in each image's own panel
            self._seen = generation or None  # of an archive that was just opened it is not known yet
            return
        question = _Ask(self._seen, self.images)
        self._session.read(("conflicts", id(self)), question, self._on_answer, later=True)

    def _on_answer(self, answers: tuple[_Answer, _Answer]) -> None:
        new, old = answers
        self._seen = new.generation
        if new.count:
            self.images = new.images
            self.arisen.emit(new.count)
        elif self.images:
            self.images = old.images
            self.left_to_settle.emit(old.count)


@dataclass(frozen=True, slots=True)
class _Ask:
    since: int
    images: tuple[ImageId, ...]

    def __call__(self, archive: Archive, job: Job) -> tuple[_Answer, _Answer]:
        generation = archive.generation
        images, count = settling_sightings.arisen(archive, self.since)
        job.check()
        counted = {one: len(settling_sightings.conflicts(archive, one)) for one in self.images}
        left = tuple(one for one, number in counted.items() if number)
        return _Answer(generation, tuple(images), count), _Answer(generation, left, sum(counted.values()))
