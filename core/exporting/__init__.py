"""Exports of the catalogue, one file for each format; what they hold is in README.md beside this file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.archive import Archive
from core.errors import Refused
from core.exporting import comma_separated, json_document, spreadsheet
from core.exporting.selection import Selection, program_version
from core.jobs import Job
from core.records import Query
from core.spreadsheet_cells import read_cell, safe_cell
from core.whole_file import whole_file

__all__ = ["EXPORTERS", "Exporter", "export", "exporter", "program_version", "read_cell", "safe_cell", "whole_file"]

_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its short name, what to call it on screen, its file ending, and the options that it knows."""

    id: str
    label: str
    suffix: str
    options: tuple[str, ...]
    write: Callable[..., None]


EXPORTERS: Final = (
    Exporter("csv", "CSV table: a line for each sighting", ".csv", ("bom",), comma_separated.write),
    Exporter("xlsx", "Excel workbook: images, sightings, counts", ".xlsx", (), spreadsheet.write),
    Exporter("json", "JSON: the complete record", ".json", (), json_document.write),
)


def exporter(format_id: str) -> Exporter:
    """The exporter of a format.

    Raises:
        Refused: there is no such format.
    """
    for one in EXPORTERS:
        if one.id == format_id:
            return one
    raise Refused(f"There is no export format “{format_id}”; there are {', '.join(one.id for one in EXPORTERS)}.")


def export(
    archive: Archive,
    *,
    format: str,  # noqa: A002 - the word that everyone uses for it
    to: Path,
    query: Query | None = None,
    job: Job | None = None,
    bom: bool = False,
) -> int:
    """Write the images that a query finds to a file, complete or not at all; returns how many images.

    ``bom`` puts a byte-order mark before a CSV.

    Raises:
        Refused: the format, an option or the place is not possible, or the archive kept changing meanwhile.
        StorageFault: the disk failed or is full.
        Cancelled: the user stopped the job.
    """
    chosen = exporter(format)
    if bom and "bom" not in chosen.options:
        raise Refused(f"A byte-order mark is for CSV only; {chosen.id} has none.")
    job = job or Job()
    for _ in range(_TRIES):
        try:
            return _write_once(archive, chosen, to, query or Query(), job, bom=bom)
        except _Changed:
            continue
    raise Refused("The archive kept changing while it was exported; export again when the other work is done.")


class _Changed(Exception):
    """The archive changed while it was read, so what was written may not belong together."""


def _write_once(archive: Archive, chosen: Exporter, to: Path, query: Query, job: Job, *, bom: bool) -> int:
    with whole_file(to, outside=archive.folder) as path:
        selection = Selection(archive, query)
        chosen.write(selection, path, job, bom=bom)
        if not selection.is_current:
            raise _Changed
        job.check()
        return len(selection)
