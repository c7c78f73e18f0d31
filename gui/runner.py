"""From the window's thread to a worker thread and back.

A runner has one worker thread, which opens the archive for itself at its first task, does one task after
another, and closes what it opened.  Everything a runner emits or calls back comes on the window's thread.
"""

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import Cancelled, CoreError
from core.jobs import Job, Progress
from gui.errors import Bug

_log = logging.getLogger(__name__)

# What a worker is given to do.  ``Any`` is the archive, as the runner's opener made it.
Work = Callable[[Any, Job], Any]


class Ending(Enum):
    """How a task ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Pace(Enum):
    """How a task gets on with the others.

    A ``BRIEF`` one is done in the next rest of a long one, unless another stands before it.  A ``YIELDING`` one is
    cancelled when other work comes, and then ``yielded``: whoever started it starts it again.  A ``RESTING`` one is a
    yielding one that rests so often that brief work need not end it.
    """

    BRIEF = "brief"
    LONG = "long"
    YIELDING = "yielding"
    RESTING = "resting"

    @property
    def in_the_background(self) -> bool:
        """Whether it goes on only while there is nothing else to do."""
        return self in (Pace.YIELDING, Pace.RESTING)


class Task:
    """One piece of work handed to a runner: its title for the user, and the means to cancel it."""

    def __init__(
        self,
        function: Work,
        *,
        title: str = "",
        key: Hashable = None,
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[Exception], None] | None = None,
        on_progress: Callable[["Task", Progress], None] | None = None,
        on_rest: Callable[[], None] | None = None,
        told: Callable[[Progress], None] | None = None,
        pace: Pace = Pace.LONG,
        later: bool = False,
    ) -> None:
        self.title = title
        self.later = later
        self.pace = pace
        self.yielded = False
        self.key = key
        self.told = told
        self.function = function
        self.on_done = on_done
        self.on_failed = on_failed
        self.job = Job(self._report if on_progress else None, None if pace is Pace.BRIEF else on_rest)
        self._on_progress = on_progress

    def cancel(self) -> None:
        """Ask the task to stop at its next step; one that has not begun will not begin."""
        self.job.cancel()

    def _report(self, progress: Progress) -> None:
        assert self._on_progress is not None
        self._on_progress(self, progress)


class Runner(QObject):
    """One worker thread and its queue of tasks.

    ``opener`` is called in the worker thread and gives a context manager for what the tasks work on; it is
    entered and left in that thread.  Signals tell of the tasks given to ``start``; questions given to ``ask``
    are silent but for ``failed`` when they have no ``on_failed`` of their own; progress they tell to who asks only.
    """

    started = Signal(object)  # Task
    progressed = Signal(object, object)  # Task, Progress
    succeeded = Signal(object, object)  # Task, what the function returned
    failed = Signal(object, object)  # Task, CoreError or Bug
    cancelled = Signal(object)  # Task
    idle = Signal()  # nothing under way and nothing waiting

    # From the worker to this object, which lives on the window's thread; everything above is emitted there.
    _begun = Signal(object)
    _reported = Signal(object, object)
    _ended = Signal(object, object, object)

    def __init__(
        self, opener: Callable[[], AbstractContextManager[Any]], name: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._opener = opener
        self._tasks: deque[Task] = deque()
        self._current: Task | None = None
        self._entered: Any = None  # the worker's own
        self._stopping = False
        self._changed = threading.Condition()
        queued = Qt.ConnectionType.QueuedConnection
        self._begun.connect(self._on_begun, queued)
        self._reported.connect(self._on_reported, queued)
        self._ended.connect(self._on_ended, queued)
        self._asked: dict[Hashable, Task] = {}  # the newest question under each key, until it is answered
        self._unanswered = 0
        self._thread = threading.Thread(target=self._work, name=name)
        self._thread.start()

    def start(
        self,
        function: Work,
        *,
        title: str,
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[Exception], None] | None = None,
        pace: Pace = Pace.LONG,
    ) -> Task:
        """Do ``function(archive, job)`` on the worker, after what waits already (but see ``Pace``).

        ``on_done`` is called with its result.  With ``on_failed``, a failure is dealt with there and
        ``failed`` is not emitted.
        """
        task = Task(
            function,
            title=title,
            on_done=on_done,
            on_failed=on_failed,
            on_progress=self._reported.emit,
            on_rest=self._rest,
            pace=pace,
        )
        self._put(task)
        return task

    def ask(
        self,
        key: Hashable,
        function: Work,
        on_done: Callable[[Any], None],
        *,
        on_failed: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        later: bool = False,
    ) -> None:
        """Ask a question to which only the newest answer under its key matters.

        An older question under the same key is dropped, or cancelled if it is under way, and not answered.  One that
        may be answered ``later`` lets all others go first that come before its turn.
        """
        self.forget(key)
        reported = None if on_progress is None else self._reported.emit
        task = Task(
            function,
            key=key,
            on_done=on_done,
            on_failed=on_failed,
            on_progress=reported,
            told=on_progress,
            later=later,
        )
        self._asked[key] = task
        self._put(task)

    def hurry(self) -> None:
        """Set a question aside that may be answered later, if it is under way: it is begun again in its turn."""
        with self._changed:
            current = self._current
            if current is not None and current.later and not current.job.cancelled:
                current.yielded = True
                current.cancel()

    def forget(self, key: Hashable) -> None:
        """Drop the question under a key: its answer will not come."""
        task = self._asked.pop(key, None)
        if task is not None:
            task.cancel()

    def cancel(self) -> None:
        """Cancel the task under way and all that wait."""
        with self._changed:
            for task in [*self._tasks, self._current]:
                if task is not None:
                    task.cancel()

    @property
    def busy(self) -> bool:
        """Whether anything waits, is under way, or has not been answered yet."""
        return self._unanswered > 0

    def stop(self) -> None:
        """Cancel everything, wait until the worker has closed what it opened, and end it.

        No signal and no answer comes after.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self.cancel()
        self._thread.join()

    def _put(self, task: Task) -> None:
        if self._stopping:
            return
        self._unanswered += 1
        with self._changed:
            for other in (*self._tasks, self._current):
                if other is not None and _gives_way(other, task):
                    other.yielded = True
                    other.cancel()
            if not task.later and self._current is not None and self._current.later:
                self.hurry()
            place = next((at for at, other in enumerate(self._tasks) if other.later and not task.later), None)
            self._tasks.insert(len(self._tasks) if place is None else place, task)
            self._changed.notify()

    # On the worker thread.

    def _work(self) -> None:
        archive: AbstractContextManager[Any] | None = None
        while (task := self._next()) is not None:
            ending, value = Ending.CANCELLED, None
            if not task.job.cancelled:
                if task.key is None:
                    self._begun.emit(task)
                if archive is None:
                    archive, self._entered, value = self._open()
                ending, value = (Ending.FAILED, value) if archive is None else _run(task, self._entered)
            with self._changed:
                self._current = None
            self._ended.emit(task, ending, value)
        if archive is not None:
            _close(archive)

    def _next(self) -> Task | None:
        with self._changed:
            while not self._tasks and not self._stopping:
                self._changed.wait()
            if self._stopping:
                return None
            self._current = self._tasks.popleft()
            return self._current

    def _rest(self) -> None:
        """Do the brief tasks at the head of the queue, while a long one rests."""
        while (task := self._next_brief()) is not None:
            ending, value = (Ending.CANCELLED, None) if task.job.cancelled else _run(task, self._entered)
            self._ended.emit(task, ending, value)

    def _next_brief(self) -> Task | None:
        with self._changed:
            if self._stopping or not self._tasks or self._tasks[0].pace is not Pace.BRIEF:
                return None
            return self._tasks.popleft()

    def _open(self) -> tuple[AbstractContextManager[Any] | None, Any, Exception | None]:
        try:
            archive = self._opener()
            return archive, archive.__enter__(), None
        except CoreError as error:
            return None, None, _bare(error)
        except Exception as error:  # noqa: BLE001 - boundary: the window says what became of it
            return None, None, _bug(error)

    # On the window's thread.

    def _on_begun(self, task: Task) -> None:
        if not self._stopping:
            self.started.emit(task)

    def _on_reported(self, task: Task, progress: Progress) -> None:
        if self._stopping:
            return
        if task.key is None:
            self.progressed.emit(task, progress)
        elif task.told is not None and self._asked.get(task.key) is task:
            task.told(progress)

    def _on_ended(self, task: Task, ending: Ending, value: Any) -> None:
        if self._stopping:
            return
        self._unanswered -= 1
        try:
            if task.key is None or self._asked.get(task.key) is task:
                self._asked.pop(task.key, None)
                if task.later and task.yielded and ending is Ending.CANCELLED and task.on_done is not None:
                    self.ask(
                        task.key,
                        task.function,
                        task.on_done,
                        on_failed=task.on_failed,
                        on_progress=task.told,
                        later=True,
                    )
                else:
                    self._tell(task, ending, value)
        finally:
            if not self._unanswered:
                self.idle.emit()

    def _tell(self, task: Task, ending: Ending, value: Any) -> None:
        if ending is Ending.FAILED:
            if task.on_failed is None:
                self.failed.emit(task, value)
            else:
                task.on_failed(value)
        elif ending is Ending.CANCELLED:
            if task.key is None:
                self.cancelled.emit(task)
        else:
            if task.on_done is not None:
                task.on_done(value)
            if task.key is None:
                self.succeeded.emit(task, value)


def _gives_way(task: Task, other: Task) -> bool:
    if not task.pace.in_the_background or other.pace.in_the_background or task.job.cancelled:
        return False
    return task.pace is Pace.YIELDING or other.pace is not Pace.BRIEF


def _run(task: Task, archive: Any) -> tuple[Ending, Any]:
    """How a task ended, and its result or what went wrong."""
    try:
        return Ending.SUCCEEDED, task.function(archive, task.job)
    except Cancelled:
        return Ending.CANCELLED, None
    except CoreError as error:
        return Ending.FAILED, _bare(error)
    except Exception as error:  # noqa: BLE001 - boundary: the window says what became of it
        return Ending.FAILED, _bug(error)


def _close(archive: AbstractContextManager[Any]) -> None:
    try:
        archive.__exit__(None, None, None)
    except Exception:  # noqa: BLE001 - boundary: nobody is there any more to be told
        _log.exception("the archive could not be closed")


# Frames stay behind on the worker, and with them what only that thread may hold.


def _bare(error: CoreError) -> CoreError:
    _log.info("a task failed", exc_info=error)
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _bug(error: Exception) -> Bug:
    report = "".join(traceback.format_exception(error))
    _log.error("a task broke\n%s", report)
    return Bug(report)
