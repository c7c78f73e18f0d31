"""An archive opened for one command of the command line: to be written to, or only to be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import rebuilding
from core.archive import Archive
from core.jobs import Job
from core.store import following
from core.terminal import ProgressLine


@contextmanager
def progress() -> Iterator[Job]:
    """A job that shows on a terminal how far it has come."""
    line = ProgressLine()
    try:
        yield line.job
    finally:
        line.clear()


@contextmanager
def writing(folder: Path, *, actor: str | None = None) -> Iterator[tuple[Archive, Job]]:
    """An archive that nobody else may write to meanwhile, and a job that shows its progress.

    ``actor`` is who acts, where that is not the account's user.
    """
    with Archive.open(folder, actor=actor) as archive, progress() as job:
        archive.check_writable()
        archive.catch_up(job)
        yield archive, job


@contextmanager
def reading(folder: Path, *, with_matches: bool = False, actor: str | None = None) -> Iterator[tuple[Archive, Job]]:
    """An archive open for reading, with search, facets and groups up to date, and ``with_matches`` the found pairs.

    It is locked only while there is something to catch up with.  A reader that kept the lock would have every
    ``tag`` refused that its own output is piped into, and a window that starts meanwhile could not write.
    """
    with progress() as job:
        with Archive.open(folder, read_only=True, actor=actor) as archive:
            current = not following.is_behind(archive.db) and not (
                with_matches and rebuilding.needs_rebuilding(archive)
            )
            if current:
                yield archive, job
                return
        with Archive.open(folder) as archive:
            archive.catch_up(job)
            if with_matches and not archive.read_only and rebuilding.needs_rebuilding(archive):
                rebuilding.rebuild(archive, job=job)
        with Archive.open(folder, read_only=True, actor=actor) as archive:
            archive.catch_up(job)
            yield archive, job
