"""What a terminal is told: lines, JSON, tables, how far a job has come, and how a command ended."""

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

import click

from core.jobs import Job, Progress
from core.spreadsheet_cells import safe_cell

_ERASE: Final = "\r\x1b[2K"
_JOINERS: Final = "\u200c\u200d"  # Persian and emoji need them, and they steer nothing


def printable(text: str) -> str:
    r"""A text that cannot steer a terminal: control characters and direction marks are shown as ``\xNN``."""
    return "".join(_escaped(char) if _steers(char) else char for char in text)


def _escaped(char: str) -> str:
    return f"\\x{ord(char):02x}" if char.isascii() else char.encode("ascii", "backslashreplace").decode()


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _JOINERS


def say(text: str) -> None:
    """Write a line to standard output."""
    click.echo(printable(text))


def complain(text: str) -> None:
    """Write a line to standard error."""
    click.echo(printable(text), err=True)


def put_json(value: Any) -> None:
    """Write one JSON value to standard output, in UTF-8 whatever the terminal's settings."""
    _put(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def put_json_list(values: Iterable[Any]) -> None:
    """Write a JSON array to standard output, one value a line, without holding all of it."""
    before = "["
    for value in values:
        _put(f"{before}\n{json.dumps(value, ensure_ascii=False)}")
        before = ","
    _put("[]\n" if before == "[" else "\n]\n")


def put_csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV table to standard output."""
    for line in csv_lines(heading, rows):
        _put(line)


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV table; no cell is one that a spreadsheet would run as a formula."""
    line = io.StringIO(newline="")
    out = csv.writer(line)
    for row in chain([heading], rows):
        out.writerow([safe_cell(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _put(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


class ProgressLine:
    """A line on standard error that says how far a job has come; silent where that is no terminal."""

    def __init__(self) -> None:
        self._shown = False
        self.job = Job(self._tell if sys.stderr.isatty() else None)

    def _tell(self, progress: Progress) -> None:
        parts = [progress.text]
        if progress.total:
            parts.append(f"{progress.done:,} of {progress.total:,}")
        if progress.seconds_left is not None:
            parts.append(f"{_duration(progress.seconds_left)} left")
        click.echo(_ERASE + ", ".join(parts), nl=False, err=True)
        self._shown = True

    def clear(self) -> None:
        """Take the line away, before anything else is said."""
        if self._shown:
            click.echo(_ERASE, nl=False, err=True)
            self._shown = False


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
