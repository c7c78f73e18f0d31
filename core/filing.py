"""Filing: taking a file that is no picture into the archive as evidence, bit for bit, with what was read in it.

A table, say, in which statements were read.  It is an image like any other, one that cannot be decoded.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.archive import Archive
from core.batches import Arrived, Batch, commit
from core.errors import Refused, StorageFault
from core.examining import undecodable
from core.originals import Copied
from core.records import ImageId
from core.recovering import recover
from core.regular_files import Unreadable
from core.store import images


@contextmanager
def copied_in(archive: Archive, path: Path) -> Iterator[Copied]:
    """A copy of a file in the archive's ``incoming``, so that what is read is what is kept; cleared away at the end.

    Raises:
        ReadOnly: the archive is open for reading only.
        Refused: the file cannot be read.
        StorageFault: the disk failed or is full.
    """
    recover(archive, jobs=1)
    try:
        yield archive.originals.copy_in(_raw(path))
    except Unreadable as error:
        raise Refused(f"{path} cannot be read: {error}") from error
    except OSError as error:
        raise StorageFault(f"{path} cannot be copied into the archive ({error.strerror or error}).") from error
    finally:
        archive.originals.sweep()


def keep(
    archive: Archive, copied: Copied, path: Path, *, reason: str, label: str, also: Callable[[ImageId], None]
) -> ImageId:
    """Make a copied file part of the archive, and record in the same action what ``also`` has to say of it.

    One whose bytes the archive knows stays what it is, and is noted to have been met at ``path`` too.  ``reason`` says
    why it cannot be decoded.

    Raises:
        StorageFault: the disk failed; nothing is recorded, or the next start completes the file.
    """
    arrived = Arrived.of(_raw(path), copied.modified_ns)
    known = images.id_of(archive.db, copied.sha256)
    batch = Batch()
    if known is None:
        batch.add(undecodable(copied, reason), arrived)
    else:
        batch.captures.append((known, arrived))
    commit(archive, batch, label=label, also=lambda: also(_found(archive, copied)))
    return _found(archive, copied)


def _found(archive: Archive, copied: Copied) -> ImageId:
    found = images.id_of(archive.db, copied.sha256)
    assert found is not None
    return found


def _raw(path: Path) -> bytes:
    return os.fsencode(path.absolute())
