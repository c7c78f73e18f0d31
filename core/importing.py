"""From files and folders to records: meet, hash, examine, store, add.

Each file is hashed first, so that one that is known already costs no more than that.  The others are copied and
decoded in worker processes, while no transaction is open; what they make of them comes back in batches, and each
batch is one short action.  A list of the batch lies beside it until then, so that one cut short is completed at
the next start.
"""

import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from os import fsencode
from queue import Empty, SimpleQueue
from typing import Final

from core.archive import Archive, UnderWay
from core.batches import Arrived, Batch, commit
from core.comparing import compare_pixels
from core.errors import Cancelled, StorageFault
from core.examining import Examined, Request, examine, undecodable
from core.executing import Workers, broke_down, working
from core.jobs import Job
from core.matching import Matcher
from core.originals import hash_of_raw
from core.records import Place
from core.recovering import recover
from core.regular_files import Unreadable
from core.scanning import Found, count_files, scan
from core.store import images
from core.store.journal import new_step
from core.workers import Stopped, TimedOut, WorkerDied

__all__ = ["BATCH_IMAGES", "ImportReport", "Problem", "import_paths", "recover"]

BATCH_IMAGES: Final = 100
_BATCH_S: Final = 1.0
_HASHED_AHEAD: Final = 16
_LOOK_EVERY_S: Final = 0.1
_TEXT: Final = "Importing"


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be taken in, or not be decoded, and why."""

    place: Place
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What became of every file that was met: each is counted in exactly one of the five.

    ``undecodable`` ones are in the archive, bit by bit; ``failed`` ones are not.  ``cancelled`` says that the
    user stopped the import: what was finished stays.  ``step`` is its step of the history.
    """

    added: int = 0
    known: int = 0
    ignored: int = 0
    undecodable: list[Problem] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    cancelled: bool = False
    seconds: float = 0.0
    step: str = ""

    @property
    def met(self) -> int:
        """How many files were met in all."""
        return self.added + self.known + self.ignored + len(self.undecodable) + len(self.failed)


def import_paths(
    archive: Archive,
    paths: Sequence[str | bytes],
    *,
    job: Job | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
) -> ImportReport:
    """Take files and folder trees into an archive; running it again adds nothing.

    The files are decoded by ``executor``, whose ``jobs`` workers must reach the same folders (it is not shut down),
    or else by ``jobs`` processes of this machine's own.  When the job is cancelled, what is finished stays and the
    report says so.

    Raises:
        ReadOnly: the archive is open for reading only.
        StorageFault: the disk failed or is full; what was finished before stays.
    """
    archive.check_writable()
    job = job or Job()
    began = time.monotonic()
    with working(executor, jobs) as workers:
        recover(archive, executor=workers.executor, jobs=workers.count)
        running = _Import(archive, job, workers)
        try:
            running.run(paths)
        except Cancelled:
            running.report.cancelled = True
        finally:
            archive.under_way = None
    archive.originals.sweep()
    running.report.seconds = time.monotonic() - began
    return running.report


@dataclass(slots=True)
class _Pending:
    """A file that a worker is busy with, and those with the same bytes that were met meanwhile."""

    found: Found
    sha256: str
    again: list[Found] = field(default_factory=list)
    tries: int = 1

    def next(self) -> "_Pending | None":
        """The next file that had those bytes when it was met, None where there is none."""
        return _Pending(self.again[0], self.sha256, self.again[1:]) if self.again else None


class _Import:
    """One run of an import."""

    def __init__(self, archive: Archive, job: Job, workers: Workers) -> None:
        self._archive = archive
        self._job = job
        self._workers = workers
        self._matcher = Matcher(archive)
        self._busy: dict[Future[Examined], _Pending] = {}
        self._done: SimpleQueue[Future[Examined]] = SimpleQueue()
        self._hashes: dict[str, _Pending] = {}
        self._batch = Batch()
        self._batch_began = time.monotonic()
        self._step = new_step()
        self.report = ImportReport(step=self._step)
        self._label = "Import"
        self._total = 0

    def run(self, paths: Sequence[str | bytes]) -> None:
        """Take everything in; whatever stops it, what is examined by then is kept.

        Raises:
            Cancelled: the user stopped it.
            CoreError: the disk failed, or the executor did.
        """
        self._label = f"Import {_named(paths)}"
        self._archive.under_way = UnderWay(self._step, self._archive.generation)
        try:
            self._take_in(paths)
        except StorageFault:
            raise
        except BaseException:
            self._keep_finished()
            raise
        finally:
            for future in self._busy:
                if not future.cancel():
                    future.add_done_callback(_discard)
        self._matcher.catch_up(self._job)
        compare_pixels(self._archive, self._workers, self._job)

    def _take_in(self, paths: Sequence[str | bytes]) -> None:
        self._total = count_files(paths, self._job, exclude=self._archive.folder)
        with closing(self._hashed(scan(paths, self._job, exclude=self._archive.folder))) as files:
            for found, sha256 in files:
                self._meet(found, sha256)
                self._collect(until_below=self._workers.ahead)
        while self._busy:
            self._collect(until_below=len(self._busy))
        self._flush()

    def _keep_finished(self) -> None:
        """Record what was examined before something stopped the import."""
        for future, pending in self._busy.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                examined = future.result()
                if examined.facts is not None and not examined.changed:
                    self._keep(examined, pending)
        self._flush()

    def _hashed(self, found: Iterable[Found]) -> Generator[tuple[Found, str | Unreadable | None]]:
        """Each file with its SHA-256, some hashed ahead while the others are dealt with."""
        with ThreadPoolExecutor(2, "hashing") as pool:
            ahead: deque[tuple[Found, Future[str] | None]] = deque()
            try:
                for one in found:
                    ahead.append((one, pool.submit(hash_of_raw, one.raw) if one.verdict == "image" else None))
                    if len(ahead) > _HASHED_AHEAD:
                        yield _with_hash(*ahead.popleft())
                while ahead:
                    yield _with_hash(*ahead.popleft())
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _meet(self, found: Found, sha256: str | Unreadable | None) -> None:
        if found.verdict == "ignored":
            self.report.ignored += 1
        elif found.verdict == "failed":
            self._fail(found, found.reason)
        elif isinstance(sha256, Unreadable):
            self._fail(found, str(sha256))
        elif sha256 is not None:
            self._meet_image(found, sha256)
        self._tell()

    def _meet_image(self, found: Found, sha256: str) -> None:
        if sha256 in self._hashes:
            self._hashes[sha256].again.append(found)
            return
        image_id = images.id_of(self._archive.db, sha256)
        if image_id is None:
            self._submit(_Pending(found, sha256))
        else:
            self.report.known += 1
            if not images.has_capture(self._archive.db, image_id, Place.from_bytes(found.raw)):
                self._batch.captures.append((image_id, _arrived(found)))

    def _submit(self, pending: _Pending) -> None:
        request = Request(pending.found.raw, pending.sha256, str(self._archive.originals.incoming))
        self._hashes[pending.sha256] = pending
        future = self._workers.submit(examine, request)
        self._busy[future] = pending
        future.add_done_callback(self._done.put)

    def _collect(self, until_below: int) -> None:
        """Take what is examined; wait while too much is under way."""
        while True:
            crowded = len(self._busy) >= until_below
            for future in self._finished(_LOOK_EVERY_S if crowded else 0):
                self._take(future, self._busy.pop(future))
            if self._batch.size >= BATCH_IMAGES or time.monotonic() - self._batch_began > _BATCH_S:
                self._flush()
            self._tell()
            # A researcher who tags while the grid fills does not wait for the end of it.
            self._job.rest()
            if len(self._busy) < until_below or not self._busy:
                return

    def _finished(self, wait_s: float) -> Iterator[Future[Examined]]:
        """What is examined by now; where that is nothing, the first that comes within that time."""
        with suppress(Empty):
            if wait_s:
                yield self._done.get(timeout=wait_s)
            while True:
                yield self._done.get_nowait()

    def _take(self, future: Future[Examined], pending: _Pending) -> None:
        try:
            examined = future.result()
        except (BrokenExecutor, CancelledError, Stopped) as error:
            raise broke_down(error) from error
        except (WorkerDied, TimedOut) as error:
            if isinstance(error, WorkerDied) and pending.tries == 1:
                # A worker may be killed for a reason that is not the file's: it is given another.
                pending.tries += 1
                self._submit(pending)
                return
            examined = self._copied_only(pending.found, str(error))
        except Exception as error:  # noqa: BLE001 - the marked boundary: foreign executors have errors of their own
            examined = Examined(f"What decodes the files could not examine it ({type(error).__name__}: {error}).")
        self._keep(examined, pending)

    def _copied_only(self, found: Found, reason: str) -> Examined:
        try:
            return undecodable(self._archive.originals.copy_in(found.raw), reason)
        except Unreadable as error:
            return Examined(str(error))

    def _keep(self, examined: Examined, pending: _Pending) -> None:
        """Put what came of a file into the batch; ``_hashes`` and ``_busy`` have let go of it then."""
        del self._hashes[pending.sha256]
        if examined.failure or examined.facts is None:
            self._fail(pending.found, examined.failure)
        else:
            self._keep_new(examined, pending.found)
        if examined.facts is not None and examined.facts.sha256 == pending.sha256:
            for found in pending.again:
                self.report.known += 1
                self._batch.again.append((pending.sha256, _arrived(found)))
        elif (following := pending.next()) is not None:
            # The first was changed or taken away since it was hashed; the others need not have been.
            self._submit(following)

    def _keep_new(self, examined: Examined, found: Found) -> None:
        assert examined.facts is not None
        sha256 = examined.facts.sha256
        if self._batch.has(sha256):
            self.report.known += 1
            self._batch.again.append((sha256, _arrived(found)))
        elif (image_id := images.id_of(self._archive.db, sha256)) is not None:
            # It was changed after it was hashed, into something known.
            self.report.known += 1
            self._batch.captures.append((image_id, _arrived(found)))
        else:
            self._batch.add(examined, _arrived(found))
            if examined.facts.state == "decoded":
                self.report.added += 1
            else:
                self.report.undecodable.append(Problem(Place.from_bytes(found.raw), examined.facts.reason))

    def _fail(self, found: Found, reason: str) -> None:
        self.report.failed.append(Problem(Place.from_bytes(found.raw), reason))

    def _flush(self) -> None:
        if self._batch.size:
            batch, self._batch = self._batch, Batch()
            commit(self._archive, batch, label=self._label, step=self._step)
            # Not stopped by a cancel: this is what keeps the duplicates in step with the images.
            self._matcher.catch_up()
        self._batch_began = time.monotonic()

    def _tell(self) -> None:
        done = min(self.report.met, self._total)
        self._job.step(done, max(self._total, done + len(self._busy)), _TEXT)


def _discard(future: Future[Examined]) -> None:
    """Remove the copy that a worker made after nobody waited for it any more; what was kept has left that place."""
    if not future.cancelled() and future.exception() is None and (copied := future.result().copied) is not None:
        with suppress(OSError):
            copied.temp.unlink()


def _with_hash(found: Found, future: Future[str] | None) -> tuple[Found, str | Unreadable | None]:
    if future is None:
        return found, None
    try:
        return found, future.result()
    except Unreadable as error:
        return found, error


def _arrived(found: Found) -> Arrived:
    return Arrived.of(found.raw, found.modified_ns)


def _named(paths: Sequence[str | bytes]) -> str:
    """What an import is called in the history: by the folder or file, or their number."""
    if len(paths) != 1:
        return f"{len(paths)} files or folders"
    return f"“{Place.from_bytes(fsencode(paths[0]).rstrip(b'/')).name or '/'}”"
