"""Parts of the index in files, read by the page: a folder for each, of one array a file.

Everything here is made from the key points and may be deleted at any time.
"""

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from core.likeness.keypoint_index import Part

_ENDING: Final = ".part"
_NEW: Final = ".new"
_AT_ONCE: Final = 16_000_000  # bytes
_ARRAYS: Final = tuple(field.name for field in fields(Part))


def save(part: Part, folder: Path, check: Callable[[], None] = lambda: None) -> Path:
    """Write a part into a folder of its own under this one, whole or not at all; where it is.

    ``check`` is called after each array, and some times within a large one; what it raises ends the work.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{int(part.pictures[0]):09}-{int(part.pictures[-1]):09}{_ENDING}"
    new = place.with_suffix(_NEW)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        for name in _ARRAYS:
            with (new / f"{name}.npy").open("wb") as file:
                _write(file, getattr(part, name), check)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(place, ignore_errors=True)
    new.replace(place)
    return place


def _write(file: BinaryIO, array: NDArray[Any], check: Callable[[], None]) -> None:
    np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
    data = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    for start in range(0, len(data), _AT_ONCE):
        check()
        file.write(data[start : start + _AT_ONCE].tobytes())
        _sync(file)  # piece by piece: the disk is waited for no longer than for one
    _sync(file)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def load(place: Path) -> Part | None:
    """The part in a folder, None where it is torn or of another make."""
    try:
        arrays = {name: np.load(place / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS}
        part = Part(**arrays)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return part if part.sound else None


def places(folder: Path) -> list[Path]:
    """Where the parts under a folder are, in the order of their pictures; of two that begin alike the longer first."""
    found = sorted(folder.glob(f"*{_ENDING}"), reverse=True) if folder.is_dir() else []
    return sorted(found, key=lambda place: place.name.partition("-")[0])


def remove_unfinished(folder: Path) -> None:
    """Delete what was left half written."""
    for place in folder.glob(f"*{_NEW}") if folder.is_dir() else []:
        remove(place)


def remove(place: Path) -> None:
    """Delete a part; who still reads it keeps what it has."""
    with contextlib.suppress(OSError):
        shutil.rmtree(place)
