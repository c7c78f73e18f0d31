"""Watches for pictures that a search for copies found to be known as something else, whoever had it search."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from core.records import ImageId
from core.recycling import Alarms, Recycled
from gui import operations
from gui.models.recycled import AskAlarms
from gui.runner import Task
from gui.session import Session


class AlarmWatch(QObject):
    """``recycled`` is all that was told since the archive was opened, or since ``forget``.

    It asks when any job has ended: the one that prepares an opened archive as well, so that what was found without a
    window is told too.  Whoever finds copies for long may call ``ask`` in between.
    """

    raised = Signal()  # ``recycled`` has grown

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ending: Task | None = None  # notes what was told as told
        self._told: set[tuple[frozenset[ImageId], bool]] = set()  # pairs of images, and whether they contradict
        self.recycled: tuple[Recycled, ...] = ()
        session.job_ended.connect(self._on_job_ended)

    def forget(self) -> None:
        """Begin anew: what was told so far was seen."""
        self.recycled = ()

    def pass_over(self, told: Iterable[Recycled]) -> None:
        """Do not tell again what the user was told elsewhere."""
        self._told.update(map(_as_told, told))

    def ask(self) -> None:
        """Look for something to tell; cheap where there is nothing."""
        if not (self._ending or self._session.read_only):
            self._session.read(("alarms", id(self)), AskAlarms(), self._on_answer, later=True)

    def _on_job_ended(self, task: Task) -> None:
        if task is self._ending:
            # It could not be noted, or was cancelled: with the next job, not at once, or a full disk is tried for ever.
            self._ending = None
        else:
            self.ask()

    def _on_answer(self, alarms: Alarms) -> None:
        if not alarms.pairs or self._ending:
            return
        # Told again after a crash in between, rather than never.
        self._ending = operations.end_alarms(self._session, alarms.pairs, self._on_noted, self._session.failed.emit)
        new = tuple(one for one in alarms.recycled if _as_told(one) not in self._told)
        self.pass_over(new)
        if new:
            self.recycled += new
            self.raised.emit()

    def _on_noted(self, _nothing: object) -> None:
        self._ending = None


def _as_told(one: Recycled) -> tuple[frozenset[ImageId], bool]:
    return frozenset((one.own.image_id, one.other.image_id)), one.contradicts
