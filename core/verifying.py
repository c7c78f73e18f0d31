"""Verification: every original hashed again, and the history replayed against the tables.

A finding never stops it, and it changes nothing: it works on an archive that is open for reading only.  What is
derived (the cache) is not verified, because it can be made anew.
"""

import os
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.archive import Archive
from core.jobs import Job
from core.originals import hash_of_raw
from core.records import Place
from core.regular_files import Unreadable
from core.store import images, replay

_NAME: Final = re.compile(r"(?P<sha256>[0-9a-f]{64})\.(?P<ending>[a-z0-9]+)")
_HASHERS: Final = 4
_IN_FLIGHT: Final = 64


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found; the first four are faults.  Files are named by their paths inside the archive's folder.

    ``changed`` originals are no longer the bytes that their name promises, or cannot be read; ``missing`` ones
    are gone; ``untracked`` files the history never knew.  ``altered`` are sentences that begin with table and
    row.  ``set_aside`` are originals that the history knows and no row refers to, as after an import undone.
    """

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    untracked: tuple[str, ...]
    altered: tuple[str, ...]
    set_aside: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether there is no fault."""
        return not (self.changed or self.missing or self.untracked or self.altered)


def verify(archive: Archive, job: Job) -> Verification:
    """Look for everything in the archive that is not as Stocktake left it.

    Raises:
        Cancelled: the user asked.
    """
    progress = _Progress(job, replay.size(archive.db) + 2 * images.count(archive.db))
    altered = tuple(replay.findings(archive.db, job, progress.history))
    files = _Files(archive, progress)
    files.look()
    job.step(1, 1, "Verified")
    return Verification(
        changed=tuple(sorted(files.changed)),
        missing=tuple(files.missing),
        untracked=tuple(sorted(files.untracked)),
        altered=altered,
        set_aside=tuple(sorted(files.set_aside)),
    )


class _Progress:
    """How far the verification has come: rows of the history, then each image's file and each image's row."""

    def __init__(self, job: Job, total: int) -> None:
        self._job = job
        self._total = total
        self._done = 0

    def history(self, more: int) -> None:
        self._step(more, "Replaying the history")

    def originals(self, more: int) -> None:
        self._step(more, "Hashing the originals")

    def _step(self, more: int, text: str) -> None:
        # Files may lie there that no row speaks of, so that there is more than was counted.
        self._done = min(self._done + more, self._total)
        self._job.step(self._done, self._total, text)


class _Files:
    """The originals' folder, compared with the rows and with the history."""

    def __init__(self, archive: Archive, progress: _Progress) -> None:
        self.changed: list[str] = []
        self.missing: list[str] = []
        self.untracked: list[str] = []
        self.set_aside: list[str] = []
        self._archive = archive
        self._progress = progress
        self._without_row: dict[str, list[tuple[str, bool]]] = {}  # by hash: path, and whether its bytes are right

    def look(self) -> None:
        """Go through all of it."""
        pool = ThreadPoolExecutor(min(_HASHERS, os.cpu_count() or 1), thread_name_prefix="hashing")
        try:
            self._hash_all(pool)
        finally:
            pool.shutdown(cancel_futures=True)
        self._tell_set_aside()
        self._find_missing()

    def _hash_all(self, pool: ThreadPoolExecutor) -> None:
        """Hash every file that is named like an original, few at a time, and note the strange ones."""
        waiting: deque[tuple[Path, Future[str]]] = deque()
        for path in self._every_file():
            if self._is_in_place(path):
                waiting.append((path, pool.submit(hash_of_raw, os.fsencode(path))))
            else:
                self.untracked.append(self._shown(path))
            if len(waiting) >= _IN_FLIGHT:
                self._judge(*waiting.popleft())
        while waiting:
            self._judge(*waiting.popleft())

    def _every_file(self) -> Iterator[Path]:
        """Everything under the originals' folder that is no folder; links are not followed."""
        for name, inner, names in os.walk(self._archive.originals.folder):
            inner.sort()
            folder = Path(name)
            yield from (folder / file for file in sorted(names))
            # A link to a folder is counted among the folders, but is not entered.
            yield from (folder / link for link in inner if (folder / link).is_symlink())

    def _is_in_place(self, path: Path) -> bool:
        found = _NAME.fullmatch(path.name)
        return found is not None and path == self._archive.originals.path_of(found["sha256"], found["ending"])

    def _judge(self, path: Path, hashed: "Future[str]") -> None:
        self._progress.originals(1)
        sha256, _, ending = path.name.partition(".")
        try:
            right = hashed.result() == sha256
        except Unreadable:
            right = False
        if images.ending_of(self._archive.db, sha256) != ending:
            self._without_row.setdefault(sha256, []).append((self._shown(path), right))
        elif not right:
            self.changed.append(self._shown(path))

    def _tell_set_aside(self) -> None:
        """Of the files without a row, those that the history knows are set aside."""
        known = images.ever_known(self._archive.db, self._without_row.keys())
        for sha256, files in self._without_row.items():
            for path, right in files:
                if sha256 not in known:
                    self.untracked.append(path)
                elif right:
                    self.set_aside.append(path)
                else:
                    self.changed.append(path)

    def _find_missing(self) -> None:
        for sha256, ending in images.each_original(self._archive.db):
            self._progress.originals(1)
            path = self._archive.originals.path_of(sha256, ending)
            if not path.is_symlink() and not path.exists():
                self.missing.append(self._shown(path))

    def _shown(self, path: Path) -> str:
        return Place.from_bytes(os.fsencode(path.relative_to(self._archive.folder))).text.replace(os.sep, "/")
