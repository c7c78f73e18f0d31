"""Worker processes: what kills, hangs or overfills one costs one task; nothing is left behind."""

import collections
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, wait
from pathlib import Path

import psutil
import pytest

from core.workers import CannotStart, DecoderPool, Stopped, TimedOut, WorkerDied, _call

ROOT = Path(__file__).parents[2]


def tell_and_hang(fifo: str) -> None:
    """Write the worker's own number into a pipe, then never return."""
    Path(fifo).write_text(str(os.getpid()))
    signal.pause()


def raise_unpicklable() -> None:
    class Local(Exception):
        pass

    raise Local("only known here")


class Unreadable:
    """Can be pickled there and not be read here."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("no number",)


@pytest.fixture
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(2) as pool:
        yield pool


@pytest.fixture
def fifo(tmp_path: Path) -> str:
    path = tmp_path / "told"
    os.mkfifo(path)
    return str(path)


def test_tasks_run_in_other_processes_and_give_their_results(pool: DecoderPool) -> None:
    assert list(pool.map(pow, range(50), [2] * 50)) == [n * n for n in range(50)]
    assert pool.submit(os.getpid).result() != os.getpid()


def test_an_exception_in_a_task_comes_out_of_its_future(pool: DecoderPool) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        pool.submit(int, "x").result()
    with pytest.raises(RuntimeError, match="Local: only known here"):
        pool.submit(raise_unpicklable).result()


def test_a_result_that_cannot_be_read_fails_its_task_alone(pool: DecoderPool) -> None:
    futures = [pool.submit(Unreadable) for _ in range(4)]
    for future in futures:
        with pytest.raises(ValueError, match="no number"):
            future.result()
    assert pool.submit(pow, 2, 3).result() == 8


def test_what_a_worker_answers_is_its_result_or_its_exception() -> None:
    def answer(fn: object, *args: object) -> tuple[bool, object]:
        ok, value = pickle.loads(_call(pickle.dumps((fn, args, {}))))
        return ok, value

    assert answer(pow, 2, 5) == (True, 32)
    ok, error = answer(int, "x")
    assert not ok
    assert isinstance(error, ValueError)
    ok, error = answer(raise_unpicklable)
    assert not ok
    assert str(error) == "Local: only known here"


def test_a_worker_killed_in_the_middle_of_a_task_loses_only_that_task(pool: DecoderPool, fifo: str) -> None:
    hanging = pool.submit(tell_and_hang, fifo)
    others = [pool.submit(pow, n, 2) for n in range(20)]
    os.kill(int(Path(fifo).read_text()), signal.SIGKILL)
    with pytest.raises(WorkerDied, match="SIGKILL"):
        hanging.result()
    others += [pool.submit(pow, n, 2) for n in range(20, 40)]
    assert [future.result() for future in others] == [n * n for n in range(40)]


def test_a_task_that_crashes_its_process_fails_alone(pool: DecoderPool) -> None:
    futures = [pool.submit(os.abort) if n == 3 else pool.submit(pow, n, 2) for n in range(8)]
    wait(futures)
    assert [n for n, future in enumerate(futures) if isinstance(future.exception(), WorkerDied)] == [3]
    assert [future.result() for n, future in enumerate(futures) if n != 3] == [0, 1, 4, 16, 25, 36, 49]


def test_killing_an_idle_worker_fails_no_task() -> None:
    with DecoderPool(1) as pool:
        for _ in range(5):
            idle = pool.submit(os.getpid).result()
            os.kill(idle, signal.SIGKILL)
            assert pool.submit(os.getpid).result() != idle


def test_an_endless_loop_times_out_alone() -> None:
    with DecoderPool(2, time_limit_s=0.5) as pool:
        endless = pool.submit(collections.deque, iter(int, 1), 0)
        others = [pool.submit(pow, n, 2) for n in range(20)]
        with pytest.raises(TimedOut, match=r"longer than 0\.5 seconds"):
            endless.result()
        assert [future.result() for future in others] == [n * n for n in range(20)]
        assert pool.submit(pow, 3, 2).result() == 9


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process has mapped")
def test_a_task_that_takes_too_much_memory_fails_alone() -> None:
    with DecoderPool(2, memory_limit_bytes=200_000_000) as pool:
        hog = pool.submit(bytearray, 2_000_000_000)
        others = [pool.submit(len, bytes(1_000_000)) for _ in range(10)]
        with pytest.raises(MemoryError):
            hog.result()
        assert [future.result() for future in others] == [1_000_000] * 10


def test_cancelling_does_not_wait_for_what_runs(fifo: str) -> None:
    pool = DecoderPool(1)
    running = pool.submit(tell_and_hang, fifo)
    waiting = [pool.submit(pow, n, 2) for n in range(100)]
    worker = int(Path(fifo).read_text())
    pool.shutdown(cancel_futures=True)
    with pytest.raises(Stopped):
        running.result()
    for future in waiting:
        with pytest.raises(CancelledError):
            future.result()
    assert not psutil.pid_exists(worker)


def test_a_worker_that_cannot_start_is_not_blamed_on_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    # A worker runs the main program's file first, and this one is not there.
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.setattr(sys.modules["__main__"], "__file__", "/nowhere/at/all.py")
    with DecoderPool(1) as pool:
        futures = [pool.submit(pow, 2, 3) for _ in range(2)]
        for future in futures:
            with pytest.raises(CannotStart, match="cannot be started"):
                future.result()


def test_shutting_down_finishes_what_was_submitted_and_leaves_no_thread_or_worker() -> None:
    pool = DecoderPool(2)
    futures = [pool.submit(os.getpid) for _ in range(40)]
    pool.shutdown()
    workers = {future.result() for future in futures}
    assert not any(psutil.pid_exists(worker) for worker in workers)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decoder-")]
    assert not multiprocessing.active_children()
    with pytest.raises(RuntimeError, match="was shut down"):
        pool.submit(os.getpid)


def test_a_cancelled_future_is_never_run(fifo: str, tmp_path: Path) -> None:
    pool = DecoderPool(1)
    pool.submit(tell_and_hang, fifo)
    unwanted = pool.submit(os.mkdir, tmp_path / "made")
    assert unwanted.cancel()
    Path(fifo).read_text()
    pool.shutdown(cancel_futures=True)
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_program_leaves_no_worker_behind() -> None:
    code = """if __name__ == "__main__":
        import collections, os, sys
        from core.workers import CannotStart, DecoderPool
        pool = DecoderPool(2)
        for future in [pool.submit(os.getpid) for _ in range(20)]:
            print(future.result(), flush=True)
        pool.submit(__import__("signal").pause)
        print("ready", flush=True)
        sys.stdin.read()
    """
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        workers = set()
        for line in program.stdout:
            if line == "ready\n":
                break
            workers.add(int(line))
        left = [psutil.Process(program.pid), *psutil.Process(program.pid).children(recursive=True)][1:]
        assert workers <= {process.pid for process in left}
        program.kill()
        assert psutil.wait_procs(left, timeout=10)[1] == []
