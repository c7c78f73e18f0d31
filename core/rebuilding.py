"""Making the cache's contents anew from the originals: thumbnails, fingerprints, matches, equal pixels.

Each part goes on where it was stopped, because what is still to be made is what is not there: after a crash,
after the cache was deleted, and after a recipe was changed.
"""

import contextlib
import os
from concurrent.futures import Executor
from typing import Final

from core import comparing
from core.archive import Archive
from core.examining import Derived, derive
from core.executing import Workers, outcomes, working
from core.fingerprints import RECIPE
from core.jobs import Job
from core.matching import Matcher, is_behind, keep_fingerprints
from core.store import cache
from core.store.connection import transaction

_BATCH: Final = 100
_HOPELESS: Final = "underivable"


def needs_rebuilding(archive: Archive) -> bool:
    """Whether anything that is made from the originals is missing or of another recipe."""
    return is_behind(archive) or comparing.is_due(archive) or _missing(archive) != _hopeless(archive)


def rebuild(
    archive: Archive, *, job: Job | None = None, executor: Executor | None = None, jobs: int | None = None
) -> int:
    """Make all that is missing; how many images got a new thumbnail or fingerprint.

    ``executor`` decodes, or else ``jobs`` processes of this machine's own.

    Raises:
        Cancelled: the user asked to stop; what was made by then is kept.
        CoreError: the executor broke down, or the disk failed; the same.
    """
    archive.check_writable()
    job = job or Job()
    archive.catch_up(job)
    with working(executor, jobs) as workers:
        count = _derive_all(archive, workers, job)
        Matcher(archive).catch_up(job)
        comparing.compare_pixels(archive, workers, job)
    return count


def _derive_all(archive: Archive, workers: Workers, job: Job) -> int:
    """Thumbnails and fingerprints of the images that lack them, kept batch by batch."""
    endings = cache.underived(archive.db, RECIPE)
    paths = {os.fspath(archive.originals.path_of(sha256, ending)): sha256 for sha256, ending in endings}
    made: list[tuple[str, Derived]] = []
    tried = count = 0
    try:
        with contextlib.closing(outcomes(workers, derive, paths, job)) as results:
            for outcome in results:
                tried += 1
                if outcome.result is not None:
                    made.append((paths[outcome.argument], outcome.result))
                    count += 1
                if len(made) >= _BATCH:
                    made = _keep(archive, made)
                job.step(tried, len(paths), "Making thumbnails and fingerprints")
    finally:
        _keep(archive, made)
    with transaction(archive.db):
        cache.write_note(archive.db, _HOPELESS, str(_missing(archive)))
    return count


def _keep(archive: Archive, made: list[tuple[str, Derived]]) -> list[tuple[str, Derived]]:
    with transaction(archive.db):
        cache.add_thumbnails(archive.db, ((sha256, one.thumbnail) for sha256, one in made))
        keep_fingerprints(archive, ((sha256, one.fingerprint) for sha256, one in made))
    return []


def _missing(archive: Archive) -> int:
    return cache.count_underived(archive.db, RECIPE)


def _hopeless(archive: Archive) -> int:
    """How many images could not be derived when it was last tried: their originals are damaged or gone."""
    return int(cache.note(archive.db, _HOPELESS) or 0)
