"""What is asked about now, how far the search has come, and what was found; asked again, all of it starts anew."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from core.jobs import Progress
from core.transforms import Point, Transform
from gui.models.similar_question import Answer, AskSimilar, Question
from gui.session import Session

_ALL_OF_IT: Final = 0.02  # corners as near as this to those of the other picture show nothing that is worth a frame


class FindingSimilar(QObject):
    """One question at a time; a newer one takes the place of the one before."""

    begun = Signal()  # ``answer`` is gone: nothing of the question before counts any more
    progressed = Signal(object)  # Progress
    answered = Signal()  # ``answer`` is there
    failed = Signal(object)  # CoreError or Bug
    stopped = Signal()  # the user did not want to wait

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.question: Question | None = None
        self.answer: Answer | None = None
        self.busy = False

    def ask(self, question: Question) -> None:
        """Ask what is like a picture."""
        self.question, self.answer, self.busy = question, None, True
        self.begun.emit()
        self._session.read(
            self._key,
            AskSimilar(question),
            self._on_answer,
            on_failed=self._on_failed,
            on_progress=self._on_progress,
        )

    def again(self) -> None:
        """Ask the same once more."""
        if self.question is not None:
            self.ask(self.question)

    def stop(self) -> None:
        """Wait no longer for an answer."""
        if self.busy:
            self._session.reader.forget(self._key)
            self.busy = False
            self.stopped.emit()

    @property
    def _key(self) -> tuple[str, int]:
        return "similar", id(self)

    def _on_answer(self, answer: Answer) -> None:
        self.answer, self.busy = answer, False
        self.answered.emit()

    def _on_failed(self, error: Exception) -> None:
        self.busy = False
        self.failed.emit(error)

    def _on_progress(self, progress: Progress) -> None:
        self.progressed.emit(progress)


def frames(transform: Transform | None) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The edge of the smaller picture on the larger, in shares of it: on what was asked about, on what was found.

    One of the two is empty, or both where the pictures cover each other or nobody knows how they lie.
    """
    if transform is None:
        return (), ()
    smaller = abs(transform.determinant) < 1
    corners = transform.frame() if smaller else transform.inverse().frame()
    if all(abs(number - round(number)) < _ALL_OF_IT and 0 <= round(number) <= 1 for one in corners for number in one):
        return (), ()
    return ((), corners) if smaller else (corners, ())
