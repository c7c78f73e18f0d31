"""CSV: one line for each sighting of each image, and one line for an image without any."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from core.exporting.columns import IMAGE, SIGHTING, Cell, image_cells, sighting_cells
from core.exporting.selection import Selection
from core.jobs import Job

# What makes a spreadsheet run a cell (the wide forms too, in East Asian settings), and the mark against that.
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK: Final = "'"


def safe_cell(value: Cell) -> Cell:
    """A value that no spreadsheet runs as a formula: a text that one would run gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith((*_RUNS, _MARK)):
        return _MARK + value
    return value


def read_cell(text: str) -> str:
    """The text that ``safe_cell`` was given, from what it made of it."""
    return text.removeprefix(_MARK)


def write(selection: Selection, path: Path, job: Job, *, bom: bool = False) -> None:
    """Write the images of a selection with their sightings as CSV in UTF-8.

    ``bom`` puts a byte-order mark first, without which Excel takes Arabic for rubbish and which confuses others.

    Raises:
        Cancelled: the user stopped the job.
    """
    nothing: list[Cell] = [None] * len(SIGHTING)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*IMAGE, *SIGHTING])
        for entry in selection.entries(job):
            cells = _safe(image_cells(entry))
            seen = [_safe(sighting_cells(selection, sighting)) for sighting in entry.sightings]
            out.writerows(cells + rest for rest in seen or [nothing])


def _safe(cells: Iterable[Cell]) -> list[Cell]:
    return [safe_cell(cell) for cell in cells]
