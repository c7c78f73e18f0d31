"""XLSX: sheets of images, captures, sources, sightings and counts, and one that says by which rules they count."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.analysis import BY, UNITS, CountTable, every_count
from core.errors import Refused
from core.exporting.columns import (
    CAPTURE,
    IMAGE,
    SIGHTING,
    SOURCE,
    capture_cells,
    image_cells,
    sighting_cells,
    source_cells,
)
from core.exporting.selection import PROGRAM, Selection, program_version
from core.jobs import Job
from core.spreadsheet_cells import Cell
from core.store import counting

if TYPE_CHECKING:
    from core.claims import SourceId
    from core.records import Source

MAX_ROWS: Final = 1_048_576
MAX_TEXT: Final = 32_767  # UTF-16 units in one cell
_CUT: Final = " … [cut here: a cell holds no more than 32,767 characters; the JSON export has all of it]"
_WIDE: Final = 18


def write(selection: Selection, path: Path, job: Job, *, bom: bool = False) -> None:
    """Write a selection as a workbook.

    Raises:
        Refused: there are more images, captures or sightings than a sheet has rows.
        Cancelled: the user stopped the job.
    """
    assert not bom, "a workbook has no byte-order mark"
    found = frozenset(selection.ids)
    sightings = sum(row[1] in found for row in counting.tags(selection.archive.db))
    captures = sum(row[3] for row in counting.members(selection.archive.db) if row[0] in found)
    check_rows(images=len(selection), captures=captures, sightings=sightings)
    with _workbook(path) as workbook:
        images, taken = _Sheet(workbook, "images", IMAGE), _Sheet(workbook, "captures", CAPTURE)
        known, seen = _Sheet(workbook, "sources", SOURCE), _Sheet(workbook, "sightings", ("sha256", "group", *SIGHTING))
        named: dict[SourceId, Source] = {}
        for entry in selection.entries(job):
            images.add(image_cells(entry))
            for capture in entry.captures:
                taken.add(capture_cells(entry, capture))
            named.update(entry.sources)
            for sighting in entry.sightings:
                cells = sighting_cells(selection, sighting)
                seen.add([entry.image.facts.sha256, entry.group, *cells])
        for _, source in sorted(named.items()):
            known.add(source_cells(source))
        tables = list(every_count(selection.archive, selection.query))
        counts = _Sheet(workbook, "counts", ("by", "code", "label", *UNITS))
        for row in _count_rows(tables):
            counts.add(row)
        about = _Sheet(workbook, "about", ("what", "value"), wide=100)
        changed = sum(sheet.changed for sheet in (images, taken, known, seen, counts))
        for line in _about(selection, tables, changed):
            about.add(line)
        job.check()


def check_rows(*, images: int, sightings: int, captures: int = 0) -> None:
    """Refuse what does not fit into a sheet.

    Raises:
        Refused: there are more images, captures or sightings than a sheet has rows under its heading.
    """
    for what, count in (("images", images), ("captures", captures), ("sightings", sightings)):
        if count > MAX_ROWS - 1:
            raise Refused(
                f"{count:,} {what} do not fit into a spreadsheet, which has {MAX_ROWS:,} rows; export them as CSV or "
                "JSON, or narrow the query."
            )


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """A workbook that is written to the path at the end, and leaves nothing behind when it is given up."""
    # Loading it takes a fifth of a second, which every start of the program would pay.
    import xlsxwriter  # noqa: PLC0415
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="stocktake-") as folder:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": folder,
        }
        workbook = xlsxwriter.Workbook(str(path), options)
        workbook.use_zip64()
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for sheet in workbook.worksheets():
                sheet.row_data_fh.close()


class _Sheet:
    """A sheet that is filled row by row; ``changed`` counts the cells that could not be written as they are."""

    def __init__(self, workbook: Any, name: str, headings: Iterable[str], *, wide: int = _WIDE) -> None:
        self.changed = 0
        self._sheet = workbook.add_worksheet(name)
        self._row = 0
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(tuple(headings)) - 1, wide)
        self.add(tuple(headings), workbook.add_format({"bold": True}))

    def add(self, cells: Sequence[Cell], style: Any = None) -> None:
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                fitting = fit(cell)
                self.changed += fitting != cell
                failed = self._sheet.write_string(self._row, column, fitting, style)
            else:
                failed = self._sheet.write_number(self._row, column, cell, style)
            if failed:
                raise RuntimeError(f"cell {self._row}, {column} was not written ({failed})")
        self._row += 1


def fit(text: str) -> str:
    """A text as a cell can hold it: too long a one is cut and says so at its end.

    XlsxWriter takes a text in ``<r>`` and ``</r>`` for markup of its own, so such a one gets a space behind it.
    """
    if len(text) > MAX_TEXT // 2 and _units(text) > MAX_TEXT:
        kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - _units(_CUT))]
        return kept.decode("utf-16-le", "ignore") + _CUT
    if text.startswith("<r>") and text.endswith("</r>"):
        return text + " "
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _count_rows(tables: Iterable[CountTable]) -> Iterator[list[Cell]]:
    """One row for each value that is counted by something, with its count in every unit."""
    by_unit = {(table.by, table.unit): {row.code: row.count for row in table.rows} for table in tables}
    for table in tables:
        if table.unit == UNITS[0]:
            for row in table.rows:
                numbers = [by_unit[table.by, unit].get(row.code, 0) for unit in UNITS]
                yield [BY[table.by], row.code, row.label, *numbers]


def _about(selection: Selection, tables: Iterable[CountTable], changed: int) -> Iterator[list[Cell]]:
    yield ["archive", selection.archive.uuid]
    yield ["exported at (UTC)", selection.exported_at]
    yield ["query", selection.query_text or "none: every image of the archive"]
    yield ["images", len(selection)]
    yield ["history head", selection.history_head]
    yield ["program", f"{PROGRAM} {program_version()}"]
    yield ["sheet images", "One row for each image; shown_… are the values that hold for its whole group."]
    yield ["sheet captures", "One row for each time that an image was collected; one without a path has no file."]
    yield ["sheet sources", "One row for each source that a capture comes from, under the source_id of the captures."]
    yield ["sheet sightings", "One row for each sighting, under the image that it was recorded on."]
    yield ["sheet counts", "One row for each value, counted in four units; the rule of each column follows."]
    yield ["changed cells", f"{changed:,} texts did not fit into their cells as they are; the JSON export has them."]
    for table in tables:
        yield [f"rule: {table.unit} by {BY[table.by]}", table.rule]
