"""Cells of tables that spreadsheets open: no text is one that they would run as a formula."""

from typing import Final

Cell = str | int | float | None

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
