"""Telling equal pixels from near ones, by decoding in full just those images that may have them.

It goes on where it was stopped: what is still to be compared is what has no pixel hash yet.
"""

import contextlib
import os
from typing import Final

from core.archive import Archive
from core.executing import Workers, outcomes
from core.fingerprints import pixel_hash
from core.imaging import Undecodable
from core.jobs import Job
from core.store import following, pixels
from core.store.connection import transaction

_BATCH: Final = 50


def is_due(archive: Archive) -> bool:
    """Whether there are images whose pixels are still to be compared."""
    return bool(pixels.candidates(archive.db))


def compare_pixels(archive: Archive, workers: Workers, job: Job) -> int:
    """Turn into *same_pixels* every pair of images that have them in common; how many images were decoded.

    Raises:
        Cancelled: the user asked to stop; what was compared by then is kept.
        CoreError: the executor broke down; the same.
    """
    endings = dict(pixels.candidates(archive.db))
    paths = {os.fspath(archive.originals.path_of(sha, ending)): sha for sha, ending in endings.items()}
    found: list[tuple[str, str]] = []
    count = 0
    try:
        with contextlib.closing(outcomes(workers, hash_pixels, paths, job)) as results:
            for one in results:
                if one.error is None or one.died:
                    found.append((paths[one.argument], one.result or ""))
                count += 1
                job.step(count, len(paths), "Comparing pixels")
                if len(found) >= _BATCH:
                    _keep(archive, found)
                    found = []
    finally:
        _keep(archive, found)
    return count


def hash_pixels(path: str) -> str:
    """The pixel hash of an original, empty where it cannot be decoded; what a worker process runs."""
    try:
        return pixel_hash(path)
    except (Undecodable, OSError):
        return ""


def _keep(archive: Archive, hashes: list[tuple[str, str]]) -> None:
    if hashes:
        with transaction(archive.db):
            changed = pixels.keep(archive.db, hashes)
            following.refresh(archive.db, changed)
