"""A file that is there complete or not at all, whatever happens while it is written."""

import contextlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import Refused, StorageFault


@contextmanager
def whole_file(to: Path, *, outside: Path) -> Iterator[Path]:
    """Lend a path beside the target to write to; on leaving, put it in the target's place.

    On any error, a cancel included, what was written is removed and an earlier file at the target stays as it
    was.  ``outside`` is the archive's folder, where nothing else is ever put.

    Raises:
        Refused: the target is no place for a file, or is inside the archive.
        StorageFault: the disk failed or is full.
    """
    target = _checked(to, outside)
    temp = target.with_name(f".stocktake-{uuid.uuid4().hex}.part")
    try:
        temp.open("xb").close()
        yield temp
        _flush(temp)
        temp.replace(target)
        _flush(target.parent)
    except OSError as error:
        raise StorageFault(f"{to} cannot be written: {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            temp.unlink(missing_ok=True)


def _checked(to: Path, outside: Path) -> Path:
    """The target without symbolic links, so that a link stays one."""
    try:
        target = to.resolve()
        if target.is_symlink():  # what Python from 3.13 on makes of links that lead round in a circle
            raise Refused(f"{to} cannot be written: it is a link that leads back to itself.")
        if target.exists() and not target.is_file():
            raise Refused(f"{to} is not a file that can be written; choose another name.")
        if not target.parent.is_dir():
            raise Refused(f"{to} cannot be written: there is no folder {target.parent}.")
        if any(parent.samefile(outside) for parent in target.parents):
            raise Refused(f"{to} lies inside the archive, where nothing else belongs; choose another folder.")
    except RuntimeError as error:  # what Python before 3.13 makes of links that lead round in a circle
        raise Refused(f"{to} cannot be written: it is a link that leads back to itself.") from error
    except OSError as error:
        raise Refused(f"{to} cannot be written: {error.strerror or error}.") from error
    return target


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
