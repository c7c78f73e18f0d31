"""Worker processes in which files are decoded: a file that crashes, hangs or eats memory costs itself alone.

Each worker has a pipe of its own and a thread of this process that waits for it, so that nothing is shared that
a dying worker could leave locked or half written.  (A pool with one queue for all workers was tried: killing an
idle worker broke the whole pool.)
"""

import contextlib
import math
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from core.errors import CoreError

TIME_LIMIT_S: Final = 60.0
# What one task may take beside the program itself.  A 250-megapixel picture is 1,000 MB decoded (JPEG far less,
# since it is decoded reduced), and one step may need a second, smaller one beside it.
MEMORY_LIMIT_BYTES: Final = 1_500_000_000
# What a cancelled pool leaves running tasks: most end by themselves in that time.
_GRACE_S: Final = 0.3
_LOOK_EVERY_S: Final = 0.1
_START_LIMIT_S: Final = 60.0
_BEGUN: Final = b"begun"
_CANNOT_START: Final = "The worker processes that decode images cannot be started."


class WorkerDied(CoreError):
    """The worker process ended in the middle of the task."""


class TimedOut(CoreError):
    """The task took longer than the time limit and was stopped."""


class CannotStart(CoreError):
    """No worker process could be started: a fault of the machine, which says nothing of the task."""


class Stopped(CoreError):
    """The pool was shut down before the task was done."""


@dataclass(frozen=True, slots=True)
class _Task:
    future: Future[Any]
    message: bytes


class DecoderPool(Executor):
    """An executor whose workers are processes with limits; a dead worker is replaced, and only its task fails.

    The future of a task that failed so raises ``WorkerDied`` or ``TimedOut``, whose words are for the user;
    every other future goes on.  ``CannotStart`` instead means that nothing can be decoded now, whatever
    the task.  Functions and arguments must be picklable, and the function importable.  Workers start with the
    first tasks, ignore Ctrl+C, and end when this process ends, however it does.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        time_limit_s: float = TIME_LIMIT_S,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        self._time_limit_s = time_limit_s
        self._memory_limit_bytes = memory_limit_bytes
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._shut = False
        self._kill_at = float("inf")
        self._threads: list[threading.Thread] = []
        self._size = workers or os.cpu_count() or 1
        self._waiting = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call ``fn``.

        Raises:
            RuntimeError: the pool was shut down.
            Exception: what pickling the function or its arguments raises.
        """
        task = _Task(Future(), pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL))
        with self._lock:
            if self._shut:
                raise RuntimeError("The pool was shut down.")
            self._tasks.put(task)
            if len(self._threads) < self._size:
                thread = threading.Thread(target=self._serve, name=f"decoder-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's
        """Take no more tasks, and end the workers when those submitted are done.

        With ``cancel_futures`` the waiting ones are cancelled, and those running are stopped after a third of a second
        (their futures raise ``Stopped``), so that it takes less than a second in all.
        """
        with self._lock:
            if not self._shut:
                self._shut = True
                for _ in self._threads:
                    self._tasks.put(None)
        if cancel_futures:
            self._kill_at = min(self._kill_at, time.monotonic() + _GRACE_S)
            self._cancel_waiting()
        if wait:
            for thread in self._threads:
                thread.join()

    def _cancel_waiting(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task.future.cancel()
                    task.future.set_running_or_notify_cancel()
        for _ in self._threads:
            self._tasks.put(None)

    def _serve(self) -> None:
        """What each thread does: hand one task after another to its worker, starting a new one when it died."""
        worker: _Worker | None = None
        while (task := self._tasks.get()) is not None:
            if not task.future.set_running_or_notify_cancel():
                continue
            try:
                previous, worker = worker, None
                worker = self._sent(task, previous)
                ok, value = self._answer(worker)
            except Exception as error:  # noqa: BLE001 - the marked boundary: tasks would wait for ever
                if worker is not None:
                    worker.end()
                worker = None
                ok, value = False, WorkerDied(_died(error)) if isinstance(error, OSError) else error
            if ok:
                task.future.set_result(value)
            else:
                task.future.set_exception(value)
        if worker is not None:
            worker.end()

    def _sent(self, task: _Task, worker: "_Worker | None") -> "_Worker":
        """Give the task to the worker, or to a new one when that has died meanwhile.

        Raises:
            CannotStart: the new one died before it began.
        """
        if worker is not None:
            if worker.took(task.message):
                return worker
            worker.end()
        worker = _Worker(self._time_limit_s, self._memory_limit_bytes)
        if worker.took(task.message):
            return worker
        worker.end()
        raise CannotStart(_CANNOT_START)

    def _answer(self, worker: "_Worker") -> tuple[bool, Any]:
        """Wait for the worker's answer to the task that it was sent.

        Raises:
            TimedOut: none came in time.
            Stopped: the pool was shut down.
            WorkerDied: the worker did.
        """
        deadline = time.monotonic() + self._time_limit_s
        while not wait([worker.connection, worker.process.sentinel], _LOOK_EVERY_S):
            now = time.monotonic()
            if now >= self._kill_at:
                raise Stopped("The work was stopped before this was done.")
            if now >= deadline:
                raise TimedOut(f"Decoding it took longer than {self._time_limit_s:g} seconds and was stopped.")
        try:
            ok, value = pickle.loads(worker.connection.recv_bytes())  # noqa: S301 - from our own process
        except (EOFError, OSError) as error:
            worker.process.join()
            raise WorkerDied(_died(error, worker.process.exitcode)) from error
        return ok, value


class _Worker:
    """One process and this end of its pipe."""

    def __init__(self, time_limit_s: float, memory_limit_bytes: int) -> None:
        context = _context()
        self.connection, theirs = context.Pipe()
        self.process = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, time_limit_s, memory_limit_bytes), name="stocktake-decoder", daemon=True
        )
        try:
            self.process.start()
        except (OSError, EOFError) as error:
            self.connection.close()
            raise CannotStart(_CANNOT_START) from error
        finally:
            theirs.close()

    def took(self, message: bytes) -> bool:
        """Whether it has begun with that task: if it dies before that, the task is not to blame."""
        with contextlib.suppress(OSError, EOFError):
            self.connection.send_bytes(message)
            return self.connection.poll(_START_LIMIT_S) and self.connection.recv_bytes() == _BEGUN
        return False

    def end(self) -> None:
        """End the process at once, whatever it does, and leave nothing of it behind."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _context() -> multiprocessing.context.BaseContext:
    """How workers are started: from a small server that has the decoders loaded, where the system can fork.

    Forking this process itself would copy the locks of its threads in whatever state they are.
    """
    if sys.platform in ("win32", "cygwin"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["core.examining", "scipy.fftpack"])
    return context


def _died(error: BaseException, exit_code: int | None = None) -> str:
    if exit_code is not None and exit_code < 0:
        with contextlib.suppress(ValueError):
            return f"Decoding it ended the worker process ({signal.Signals(-exit_code).name})."
    code = "" if exit_code is None else f", exit code {exit_code}"
    return f"Decoding it ended the worker process ({type(error).__name__}{code})."


def _work(connection: Connection, time_limit_s: float, memory_limit_bytes: int) -> None:
    """What a worker process does until its pipe closes: call what it is sent, send what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _silence()
    _limit_memory(memory_limit_bytes)
    with contextlib.suppress(EOFError, OSError):
        while True:
            message = connection.recv_bytes()
            connection.send_bytes(_BEGUN)
            _alarm(math.ceil(time_limit_s) + 5)
            connection.send_bytes(_call(message))
            _alarm(0)


def _call(message: bytes) -> bytes:
    try:
        fn, args, kwargs = pickle.loads(message)  # noqa: S301 - from our own process
        return pickle.dumps((True, fn(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - the marked boundary: it is raised again over there
        try:
            answer = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
            pickle.loads(answer)  # noqa: S301 - some exceptions can be written and not read
        except Exception:  # noqa: BLE001 - the marked boundary
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        return answer


def _end_with_parent() -> None:
    """End this process when the one that it works for has ended, killed or not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _alarm(seconds: int) -> None:
    """Have the system end this process in that time: a decoder that never returns keeps the watcher waiting too.

    0 takes the alarm back.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _silence() -> None:
    """Give nobody what the decoders' C libraries print: every broken TIFF file would fill the terminal."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)


def _limit_memory(extra_bytes: int) -> None:
    """Refuse this process more memory than that beyond what it has, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            now = int(file.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = now + extra_bytes if hard == resource.RLIM_INFINITY else min(now + extra_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):
        return
