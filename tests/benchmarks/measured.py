"""Runs a command in a process of its own: how long it took, its processor time, and the memory of all its processes."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

SAMPLE_EVERY_S = 0.05


class TooLong(Exception):
    """The command was stopped because its time was over."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost, and how it ended.

    ``peak_bytes`` is the resident memory of its processes at the worst moment that was seen; what they share counts
    for each of them.
    """

    code: int
    complaint: str
    seconds: float
    processor_s: float
    peak_bytes: int

    @property
    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        lines = self.complaint.strip().splitlines()
        return lines[-1] if lines else f"it ended with {self.code}"


def run(command: Sequence[str], *, folder: Path, limit_s: float, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder, which gets its output in files; its processes end with it.

    Raises:
        TooLong: it was not done within ``limit_s`` seconds.
    """
    before, started = _processor_s(), time.perf_counter()
    complaint = folder / "complaint.txt"
    with (folder / "said.txt").open("wb") as out, complaint.open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
    with _watched(process.pid) as seen:
        try:
            code = process.wait(max(0.0, limit_s))
        except subprocess.TimeoutExpired:
            raise TooLong from None
        finally:
            _end(process)
    seconds = time.perf_counter() - started
    # Each is short of something: of processes that nobody waited for, and of the last moments of each.
    processor_s = max(_processor_s() - before, sum(seen.processor_s.values()))
    return Run(code, complaint.read_text("utf-8", "replace"), seconds, processor_s, seen.peak_bytes)


@dataclass(slots=True)
class _Seen:
    """The most memory that a process and its descendants held, and the processor time of each when last seen."""

    peak_bytes: int = 0
    processor_s: dict[int, float] = field(default_factory=dict)

    def look(self, pid: int) -> None:
        """Look at the process and those it started."""
        held = 0
        for process in _tree(pid):
            try:
                used = process.cpu_times()
                held += int(process.memory_info().rss)
            except psutil.NoSuchProcess:
                continue
            self.processor_s[process.pid] = used.user + used.system
        self.peak_bytes = max(self.peak_bytes, held)


@contextmanager
def _watched(pid: int) -> Iterator[_Seen]:
    """What is seen of the process while it lasts."""
    seen, done = _Seen(), threading.Event()

    def watch() -> None:
        seen.look(pid)
        while not done.wait(SAMPLE_EVERY_S):
            seen.look(pid)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _tree(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        for one in _tree(process.pid):
            one.kill()
        process.wait()


def _processor_s() -> float:
    """Of all processes that were waited for, and their descendants that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
