"""Work handed to an executor, a few tasks ahead of what is taken back, while the job is obeyed.

Any ``concurrent.futures.Executor`` will do; without one, worker processes of this machine's own are started.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from os import cpu_count
from typing import Any, Final, Generic, TypeVar

from core.errors import CoreError
from core.jobs import Job
from core.workers import DecoderPool, Stopped, TimedOut, WorkerDied

# A batch that is being committed keeps the taker busy for as long as this many files keep a worker.
AHEAD: Final = 24
_LOOK_EVERY_S: Final = 0.02  # who tags meanwhile waits so long at most

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor and how many workers it has."""

    executor: Executor
    count: int

    @property
    def ahead(self) -> int:
        """How many tasks may be under way at once."""
        return self.count * AHEAD

    def submit(self, function: Callable[..., R], *arguments: Any) -> Future[R]:
        """Have a worker call a function.

        Raises:
            CoreError: the executor broke down.
        """
        try:
            return self.executor.submit(function, *arguments)
        except RuntimeError as error:  # a BrokenExecutor is one, and so is what one that was shut down raises
            raise broke_down(error) from error


@dataclass(frozen=True, slots=True)
class Outcome(Generic[A, R]):
    """What became of one task: its result, or what it failed with."""

    argument: A
    result: R | None = None
    error: Exception | None = None

    @property
    def died(self) -> bool:
        """Whether it ended its worker or was stopped for taking too long, and would again."""
        return isinstance(self.error, WorkerDied | TimedOut)


@contextmanager
def working(executor: Executor | None, jobs: int | None) -> Iterator[Workers]:
    """The workers of ``executor``, which is left running, or ``jobs`` processes of our own for a while."""
    count = jobs or cpu_count() or 1
    if executor is not None:
        yield Workers(executor, count)
        return
    own = DecoderPool(count)
    try:
        yield Workers(own, count)
    finally:
        own.shutdown(wait=True, cancel_futures=True)


def outcomes(
    workers: Workers, function: Callable[[A], R], arguments: Iterable[A], job: Job
) -> Generator[Outcome[A, R]]:
    """What came of calling the function with each argument, in their order; close it to drop the rest.

    The job rests before each; so no transaction may be open when the next is asked for.

    Raises:
        Cancelled: the user asked to stop.
        CoreError: the executor broke down.
    """
    under_way: deque[tuple[A, Future[R]]] = deque()
    try:
        for argument in arguments:
            under_way.append((argument, workers.submit(function, argument)))
            if len(under_way) >= workers.ahead:
                yield _outcome(*under_way.popleft(), job)
        while under_way:
            yield _outcome(*under_way.popleft(), job)
    finally:
        for _, future in under_way:
            future.cancel()


def _outcome(argument: A, future: Future[R], job: Job) -> Outcome[A, R]:
    while not wait([future], timeout=_LOOK_EVERY_S).done:
        job.check()
        job.rest()
    job.check()
    job.rest()
    try:
        return Outcome(argument, result=future.result())
    except (BrokenExecutor, CancelledError, Stopped) as error:
        raise broke_down(error) from error
    except Exception as error:  # noqa: BLE001 - the marked boundary: foreign executors have errors of their own
        return Outcome(argument, error=error)


def broke_down(error: BaseException) -> CoreError:
    """What the user is told when an executor can do no more."""
    said = str(error).strip().rstrip(".") or type(error).__name__
    return CoreError(f"What decodes the files broke down ({said}); what was finished before is kept.")
