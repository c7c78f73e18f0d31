"""CSV: one line for each sighting of each image, and one line for an image without any."""

import csv
from collections.abc import Iterable
from pathlib import Path

from core.exporting.columns import IMAGE, SIGHTING, image_cells, sighting_cells
from core.exporting.selection import Selection
from core.jobs import Job
from core.spreadsheet_cells import Cell, safe_cell


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
