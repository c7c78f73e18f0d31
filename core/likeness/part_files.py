"""Parts of the index in files, read by the page: a folder for each, of one array a file.

Everything here is made from the key points and may be deleted at any time.
"""

import contextlib
import os
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Final

import numpy as np

from core.likeness.keypoint_index import Part

_ENDING: Final = ".part"
_NEW: Final = ".new"
_ARRAYS: Final = tuple(field.name for field in fields(Part))


def save(part: Part, folder: Path) -> Path:
    """Write a part into a folder of its own under this one, whole or not at all; where it is.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{int(part.pictures[0]):09}-{int(part.pictures[-1]):09}{_ENDING}"
    new = place.with_suffix(_NEW)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for name in _ARRAYS:
        with (new / f"{name}.npy").open("wb") as file:
            np.save(file, getattr(part, name), allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    shutil.rmtree(place, ignore_errors=True)
    new.replace(place)
    return place


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


def remove(place: Path) -> None:
    """Delete a part; who still reads it keeps what it has."""
    with contextlib.suppress(OSError):
        shutil.rmtree(place)


def clear(folder: Path) -> None:
    """Delete every part, and what was left half written."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)
