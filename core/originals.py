"""The original files: copied in bit by bit, hashed on the way, named by their SHA-256, never altered or deleted.

The order is what keeps them through a power cut: the copy is written to ``incoming`` under a passing name and
flushed to the disk, renamed into its place, the folders flushed, and only then may a row speak of it.
"""

import contextlib
import hashlib
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.regular_files import Unreadable, open_regular, why

_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """A file copied into ``incoming`` and flushed: what its bytes are and where they lie.

    ``modified_ns`` is the modification time of the file that was copied, in nanoseconds since 1970.
    """

    sha256: str
    size_bytes: int
    modified_ns: int
    temp: Path


class Originals:
    """The folders ``originals`` and ``incoming`` of the archive in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "originals"
        self.incoming = folder / "incoming"
        self._unsynced: set[Path] = set()

    def prepare(self) -> None:
        """Make the folders where they are missing, and clear ``incoming`` of what a broken import left there.

        Only the archive's one writer may call it, and before it imports.
        """
        for folder in (self.folder, self.incoming):
            folder.mkdir(parents=True, exist_ok=True)
        self.sweep()
        sync_folder(self.folder.parent)

    def sweep(self) -> int:
        """Remove the leftovers in ``incoming``, and nothing anywhere else; how many there were."""
        count = 0
        for left in self.incoming.iterdir():
            if left.is_file() and not left.is_symlink():
                _unlock(left)
                with contextlib.suppress(FileNotFoundError):  # a worker of a cancelled import removes its own late
                    left.unlink()
                    count += 1
        return count

    def path_of(self, sha256: str, ending: str) -> Path:
        """Where the original with that hash and ending (without a dot) belongs."""
        return self.folder / sha256[:2] / f"{sha256}.{ending}"

    def find(self, sha256: str) -> Path | None:
        """The original with that hash, whatever its ending; None when it is not there."""
        return next(iter(sorted((self.folder / sha256[:2]).glob(f"{sha256}.*"))), None)

    def copy_in(self, raw: bytes) -> Copied:
        """Copy a file into ``incoming`` without looking into it; see ``copy_in``."""
        return copy_in(raw, self.incoming)

    def take_up(self, temp: Path, sha256: str, ending: str) -> Path:
        """Put a flushed copy from ``incoming`` into its place; durable after the next ``sync``.

        Where that place is taken by good bytes already, they stay and the copy goes; a damaged or shorter
        leftover is replaced.

        Raises:
            OSError: the disk failed; the copy is still in ``incoming``.
        """
        target = self.path_of(sha256, ending)
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            self._unsynced.add(self.folder)
        self._unsynced.add(target.parent)
        if target.is_file() and hash_of(target) == sha256:
            _flush(target)
            _unlock(temp)
            temp.unlink()
        else:
            if target.exists():
                _unlock(target)
            temp.replace(target)
            # A file system that forbids renaming a read-only file left the copy writable until now.
            _lock(target)
        return target

    def sync(self) -> None:
        """Flush every folder in which something was renamed since the last call: once for each batch.

        Raises:
            OSError: the disk failed; what was taken up since the last call may not be durable.
        """
        # The parent last: a shard's own entry is worth nothing before what it holds.
        for folder in sorted(self._unsynced, key=lambda path: len(path.parts), reverse=True):
            sync_folder(folder)
        self._unsynced.clear()


def copy_in(raw: bytes, incoming: Path) -> Copied:
    """Copy a file bit by bit into the folder, hash it on the way, flush it to the disk, make it read-only.

    Raises:
        Unreadable: the file cannot be read, or is no regular file.
        OSError: the copy cannot be written (a full disk, say); nothing is left of it.
    """
    source = open_regular(raw)
    temp = incoming / f"{uuid.uuid4().hex}.part"
    try:
        modified_ns = os.fstat(source).st_mtime_ns
        with temp.open("xb", buffering=0) as target:
            sha256, size = _pump(source, target.fileno())
            os.fsync(target.fileno())
        _lock(temp)
    except BaseException:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    finally:
        os.close(source)
    return Copied(sha256, size, modified_ns, temp)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in lower-case hex.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_of_raw(raw: bytes) -> str:
    """The SHA-256 of a file that is still where it was collected, in lower-case hex.

    Raises:
        Unreadable: it cannot be read, or is no regular file.
    """
    descriptor = open_regular(raw)
    try:
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(why(error)) from error


def _pump(source: int, target: int) -> tuple[str, int]:
    """Copy one descriptor to the other; the SHA-256 and the number of bytes."""
    digest = hashlib.sha256()
    size = 0
    while True:
        try:
            chunk = os.read(source, _CHUNK_BYTES)
        except OSError as error:
            raise Unreadable(why(error)) from error
        if not chunk:
            return digest.hexdigest(), size
        digest.update(chunk)
        size += len(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(target, rest) :]


def _lock(path: Path) -> None:
    """Make a file read-only where the file system knows that."""
    if os.name != "nt":  # there it could not be renamed any more
        with contextlib.suppress(OSError):
            path.chmod(0o444)


def _unlock(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.chmod(0o644)


def _flush(path: Path) -> None:
    """Flush a file that is in its place already: nobody knows whether the one who put it there did."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make durable what was renamed into a folder or out of it."""
    if os.name == "nt":  # a folder cannot be opened there; NTFS journals its names
        return
    _flush(folder)
