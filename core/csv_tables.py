"""Reading a table that a user made: CSV from any spreadsheet, checked whole before anything is taken from it.

Rows are numbered as a spreadsheet shows them: the heading is row 1, and an empty row counts.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import Refused, StorageFault
from core.spreadsheet_cells import read_cell, safe_cell
from core.term_checks import MARKUP, RUNS

MOST_ROWS: Final = 50_000
MOST_BYTES: Final = 100 * 1024 * 1024
_MOST_TOLD: Final = 20
_MOST_KEPT: Final = 10_000
_DELIMITERS: Final = (",", ";", "\t")
_UTF_8: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF_32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SAVE: Final = "save the table as “CSV UTF-8” and import that"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number in a spreadsheet, and its cells by their column's heading."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says; rows without any text are left out, and a cell that is not there is empty."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Problems:
    """What is wrong with a table, gathered row by row, so that the user mends all of it at once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: dict[tuple[int, str], None] = {}

    def add(self, row: int, reason: str) -> None:
        """Note a reason, as it can follow “row 7: ”; 0 is for what is no row's."""
        if len(self._found) < _MOST_KEPT:
            self._found[row, reason] = None

    def check(self) -> None:
        """Go on only where nothing is wrong.

        Raises:
            Refused: something is; the text names up to 20 rows and reasons.
        """
        if not self._found:
            return
        found = sorted(self._found, key=lambda one: one[0])
        told = [f"row {row}: {reason}" if row else reason for row, reason in found[:_MOST_TOLD]]
        more = len(found) - len(told)
        if more:
            told.append(f"and {'at least ' if len(found) == _MOST_KEPT else ''}{more:,} more")
        raise Refused(f"Nothing was taken from {self._name}, because not all of it can be: {'; '.join(told)}.")


def read(path: Path, *, required: Collection[str], known: Callable[[str], bool]) -> Table:
    """Read a table from a file; ``known`` says whether a column's heading means something.

    Raises:
        Refused: it is no such table; the text names the rows and reasons.
        StorageFault: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise StorageFault(f"{path} cannot be read: {error.strerror or error}.") from error
    return parse(data, path.name, required=required, known=known)


def parse(data: bytes, name: str, *, required: Collection[str], known: Callable[[str], bool]) -> Table:
    """Read a table from the bytes of a file of that name; see ``read``.

    Raises:
        Refused: it is no such table.
    """
    problems = Problems(name)
    text = _text(data, problems)
    problems.check()
    records = _records(text, _delimiter(text, known), problems)
    columns = _columns(next(records, (1, [""]))[1], required, known, problems)
    rows = [row for number, cells in records if (row := _row(number, cells, columns, problems))]
    problems.check()
    return Table(tuple(filter(None, columns)), tuple(rows))


def _text(data: bytes, problems: Problems) -> str:
    """The text that bytes are, in UTF-8 or, with its mark, in UTF-16."""
    if len(data) > MOST_BYTES:
        problems.add(0, f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
    elif data.startswith(_UTF_32):
        problems.add(0, f"it is in UTF-32; {_SAVE}")
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8"
    try:
        return data.removeprefix(_UTF_8).decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "replace")
        row = 1 + sum(1 for _ in _lines(before)) - (0 if before.endswith(("\n", "\r")) or not before else 1)
        problems.add(row, f"it holds bytes that are no text in {encoding.upper()}; {_SAVE}")
        return ""


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    """What stands between cells: that which makes most sense of the heading."""
    heading = next(_lines(text), "").rstrip("\r\n")
    return max(_DELIMITERS, key=lambda one: sum(known(_clean(cell)) for cell in heading.split(one)))


def _records(text: str, delimiter: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number, empty ones too, up to the first that cannot be read."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                problems.add(number, f"a table has at most {MOST_ROWS:,} rows; import it in parts")
                return
            yield number, cells
    except csv.Error as error:
        problems.add(number + 1, f"it cannot be read as a row of a table ({error})")


def _columns(
    cells: list[str], required: Collection[str], known: Callable[[str], bool], problems: Problems
) -> tuple[str, ...]:
    """The headings, empty ones included."""
    found = tuple(map(_clean, cells))
    for at, name in enumerate(found):
        if name and not known(name):
            problems.add(1, f"there is no column “{name[:60]}”")
        elif name and name in found[:at]:
            problems.add(1, f"the column “{name[:60]}” is there twice")
    missing = [name for name in required if name not in found]
    if missing:
        problems.add(1, f"the heading lacks {', '.join(f'“{name}”' for name in missing)}")
    return found


def _row(number: int, cells: list[str], columns: tuple[str, ...], problems: Problems) -> Row | None:
    """A row by its headings; None for an empty one."""
    found: dict[str, str] = {}
    for at, raw in enumerate(cells):
        column = columns[at] if at < len(columns) else ""
        text = _clean(raw)
        why = _fault(raw)
        if why:
            problems.add(number, f"the cell under “{column}” {why}" if column else f"a cell {why}")
        elif text and not column:
            problems.add(number, f"“{text[:60]}” stands under no heading")
        elif text:
            found[column] = text
    return Row(number, found) if found else None


def _clean(raw: str) -> str:
    """What a cell says: without the apostrophe that an export puts before what a spreadsheet would run."""
    text = raw.strip(" ")
    plain = read_cell(text)
    return plain.strip() if safe_cell(plain) == text else text.strip()


def _fault(raw: str) -> str:
    """Why a cell cannot be taken, as the end of a sentence."""
    text = raw.strip(" ")
    if "\0" in text:
        return f"holds a NUL, as text in another encoding does; {_SAVE}"
    if text.startswith(RUNS):
        return "begins like a formula"
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        return "holds a control character or a line break"
    return "holds markup" if MARKUP.search(text) else ""
