"""Finding the files to import: every regular file under the given paths, image or not, in a fixed order.

Names are bytes throughout, since a name need not be text.  Nothing is opened but regular files, and of those
only the first bytes are read.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.formats import HEAD_BYTES, has_image_ending, sniff
from core.jobs import Job
from core.regular_files import Unreadable, kind_of_mode, open_regular, why


@dataclass(frozen=True, slots=True)
class Found:
    """One file that was met.

    ``verdict`` is ``image`` (it begins or ends as images do), ``ignored`` or ``failed``, the last two with their
    ``reason`` in a sentence.  ``modified_ns`` is in nanoseconds since 1970.
    """

    raw: bytes
    verdict: str
    reason: str = ""
    size_bytes: int = 0
    modified_ns: int = 0


@dataclass(frozen=True, slots=True)
class _Met:
    """A path on the way, unopened: its status, or why there is none."""

    raw: bytes
    status: os.stat_result | None
    reason: str = ""


def count_files(paths: Iterable[str | bytes], job: Job, *, exclude: Path | None = None) -> int:
    """How many times ``scan`` will yield, unless files come and go meanwhile; much faster, as it opens none.

    Raises:
        Cancelled: the user asked to stop.
    """
    count = 0
    for _ in _walk(paths, job, exclude):
        count += 1
        job.step(count, 0, "Looking for files")
    return count


def scan(paths: Iterable[str | bytes], job: Job, *, exclude: Path | None = None) -> Iterator[Found]:
    """Meet every file that the paths name or that lies in folders that they name, each once.

    Links are not followed; an unreadable folder and a path that leads nowhere are *failed*.  ``exclude`` is a
    folder (the archive's own) that is passed over wherever it lies.  Sorted by name within each folder.

    Raises:
        Cancelled: the user asked to stop.
    """
    for met in _walk(paths, job, exclude):
        yield _judge(met)


def _judge(met: _Met) -> Found:
    if met.status is None:
        return Found(met.raw, "failed", met.reason)
    size, modified_ns = met.status.st_size, met.status.st_mtime_ns
    kind = kind_of_mode(met.status.st_mode)
    if kind != "file":
        return Found(met.raw, "ignored", f"It is a {kind}, which is not opened.")
    try:
        descriptor = open_regular(met.raw)
        try:
            head = os.read(descriptor, HEAD_BYTES)
        finally:
            os.close(descriptor)
    except Unreadable as error:
        return Found(met.raw, "failed", str(error))
    except OSError as error:
        return Found(met.raw, "failed", why(error))
    if sniff(head) is None and not has_image_ending(met.raw.rpartition(b"/")[2]):
        return Found(met.raw, "ignored", "It neither begins nor ends as images do.", size, modified_ns)
    return Found(met.raw, "image", "", size, modified_ns)


def _walk(paths: Iterable[str | bytes], job: Job, exclude: Path | None) -> Iterator[_Met]:
    excluded = _identity(os.fsencode(exclude)) if exclude is not None else None
    for root in _distinct(paths):
        if not root:
            yield _Met(root, None, "An empty name leads nowhere.")
            continue
        if excluded is not None and any(_identity(above) == excluded for above in _self_and_above(root)):
            yield _Met(root, None, "It lies inside the archive itself.")
            continue
        yield from _walk_root(root, job, excluded)


def _walk_root(root: bytes, job: Job, excluded: tuple[int, int] | None) -> Iterator[_Met]:
    """Every file at or under ``root``, depth first, without recursion: trees may be deeper than the stack."""
    pending = [root]
    while pending:
        job.check()
        raw = pending.pop()
        try:
            status = os.lstat(raw)
            if kind_of_mode(status.st_mode) != "folder":
                yield _Met(raw, status)
                continue
            if (status.st_dev, status.st_ino) == excluded:
                continue
            names = sorted(os.listdir(raw), reverse=True)  # noqa: PTH208 - names as bytes, which Path has not
        except OSError as error:
            yield _Met(raw, None, why(error))
            continue
        pending.extend(os.path.join(raw, name) for name in names)  # noqa: PTH118 - as above


def _distinct(paths: Iterable[str | bytes]) -> list[bytes]:
    """The absolute paths, without those that are named twice or lie in another one.

    An empty one stays as it is: the system would take it for the folder in which the program happens to run.
    """
    named = map(os.fsencode, paths)
    roots = dict.fromkeys(os.path.abspath(raw) if raw else raw for raw in named)  # noqa: PTH100 - bytes
    return [root for root in roots if not any(above in roots for above in _self_and_above(root)[1:])]


def _self_and_above(raw: bytes) -> list[bytes]:
    chain = [raw]
    while (above := os.path.dirname(chain[-1])) != chain[-1]:  # noqa: PTH120 - bytes
        chain.append(above)
    return chain


def _identity(raw: bytes) -> tuple[int, int] | None:
    """Device and number of what the path leads to, by which a folder is known under all its names."""
    try:
        status = os.stat(raw)  # noqa: PTH116 - bytes
    except OSError:
        return None
    return status.st_dev, status.st_ino
