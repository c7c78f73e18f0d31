"""Completing what a crash cut short: the files of the last batch that are in the archive but not in its record."""

import os
from concurrent.futures import Executor

from core.archive import Archive
from core.batches import Batch, Listed, clear, commit, unfinished
from core.examining import Examined, Request, examine, undecodable
from core.executing import Workers, outcomes, working
from core.jobs import Job
from core.store import images

LABEL = "Complete an interrupted import"


def recover(archive: Archive, *, executor: Executor | None = None, jobs: int | None = None) -> int:
    """Complete the batch that a crash cut short, if there is one; how many images that took in.

    It is over at once where there is none.  Whatever else a crash left is derived data, which importing and
    rebuilding catch up with.  To be called by the archive's one writer, before it imports.

    Raises:
        ReadOnly: the archive is open for reading only.
        StorageFault: the disk failed; it is completed at the next start.
    """
    archive.check_writable()
    left = _left(archive)
    if left:
        with working(executor, jobs) as workers:
            batch = _examined(archive, left, workers)
        if batch.size:
            commit(archive, batch, label=LABEL)
    clear(archive)
    archive.originals.prepare()
    return len(left)


def _left(archive: Archive) -> list[Listed]:
    """The listed images whose bytes are there and that the record does not know.

    One that it knew and knows no more was undone by the user, and stays set aside.
    """
    listed = [one for one in unfinished(archive) if archive.originals.path_of(one.sha256, one.ending).is_file()]
    known = images.ever_known(archive.db, {one.sha256 for one in listed})
    return [one for one in listed if one.sha256 not in known]


def _examined(archive: Archive, left: list[Listed], workers: Workers) -> Batch:
    batch = Batch()
    archive.originals.incoming.mkdir(exist_ok=True)
    requests = {
        Request(
            os.fsencode(archive.originals.path_of(one.sha256, one.ending)), one.sha256, str(archive.originals.incoming)
        ): one
        for one in left
    }
    for outcome in outcomes(workers, examine, requests, Job()):
        examined = outcome.result or _without_decoding(archive, outcome.argument, str(outcome.error))
        # Damaged bytes (the disk lied when it said that they were written) are replaced by a new import.
        if not examined.changed:
            batch.add(examined, requests[outcome.argument].arrived)
    return batch


def _without_decoding(archive: Archive, request: Request, reason: str) -> Examined:
    return undecodable(archive.originals.copy_in(request.raw), reason)
