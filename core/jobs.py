"""A job: how far a long piece of work has come, and whether the user wants it stopped.  No threads, no Qt."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import Cancelled

REPORT_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come.

    ``total`` is 0 while it is not known.  ``seconds_left`` is None until it can be said.
    """

    done: int
    total: int
    text: str
    seconds_left: float | None


class Job:
    """Handed to every long function: it reports through it and stops when told to.

    ``cancel`` may be called from any thread; everything else belongs to the working thread.
    """

    def __init__(
        self, on_progress: Callable[[Progress], None] | None = None, on_rest: Callable[[], None] | None = None
    ) -> None:
        self._on_progress = on_progress
        self._on_rest = on_rest
        self._stop = threading.Event()
        self._started = time.monotonic()
        self._reported = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Stop here if the user asked to.

        Raises:
            Cancelled: the user asked.
        """
        if self._stop.is_set():
            raise Cancelled

    def unstoppable(self) -> "Job":
        """A job that reports in the same place and obeys no cancel: for what has to be finished."""
        return Job(self._on_progress)

    def rest(self) -> None:
        """Let brief work that waits be done now; no transaction may be open, and the archive may have changed after."""
        if self._on_rest is not None:
            self._on_rest()

    def step(self, done: int, total: int, text: str) -> None:
        """Report progress, at most ten times a second and always at the end, and obey a cancel.

        Raises:
            Cancelled: the user asked.
        """
        self.check()
        if self._on_progress is None:
            return
        now = time.monotonic()
        if done != total and now - self._reported < REPORT_EVERY_S:
            return
        self._reported = now
        left = (now - self._started) * (total - done) / done if 0 < done <= total else None
        self._on_progress(Progress(done, total, text, left))
