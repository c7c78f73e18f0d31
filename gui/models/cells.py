"""What one cell of the grid shows, and where the cells come from."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from PySide6.QtCore import QCoreApplication

TYPE: Final = "type"
_DIRECTIONS: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Chip:
    """A value on a tag, short: a weapon type or a country.

    ``kind`` is ``type``, ``design`` or ``manufacture``; ``text`` is what fits on a chip, ``label`` the value's
    full name; ``certainty`` is one of ``core.records.CERTAINTIES``.
    """

    kind: str
    text: str
    label: str
    certainty: str = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """What the grid shows of one image besides its picture.

    ``name`` is its file name; ``group_size`` counts the images of its group, 1 when it is alone; ``reason`` says
    why an undecodable image could not be decoded; ``covered`` that it is graphic.
    """

    image_id: int
    name: str
    chips: tuple[Chip, ...] = ()
    group_size: int = 1
    status: str = "new"
    state: str = "decoded"
    reason: str = ""
    covered: bool = False


class CellSource(Protocol):
    """Where the grid gets its cells; called on a worker thread with the archive that this thread owns."""

    def cells(self, archive: Any, ids: Sequence[int]) -> list[Cell]:
        """The cells of these images, in any order; an image that is not there any more is left out."""
        ...

    def thumbnail(self, archive: Any, image_id: int) -> bytes | None:
        """The image's thumbnail as an encoded picture, None where there is none."""
        ...


def shown_name(name: str) -> str:
    """A file name to show in one line: control and direction-changing characters cannot disguise it."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _misleads(letter) else letter for letter in name)


def _misleads(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Zl", "Zp"} or letter in _DIRECTIONS


def describe_chip(chip: Chip) -> str:
    """A chip in words: "assault rifle, probable" or "made in Hungary, certainty not assessed"."""
    sentence = {
        "design": _tr("designed in %1"),
        "manufacture": _tr("made in %1"),
    }.get(chip.kind, "%1")
    certainty = {
        "certain": _tr("certain"),
        "probable": _tr("probable"),
        "possible": _tr("possible"),
        "doubtful": _tr("doubtful"),
    }.get(chip.certainty, _tr("certainty not assessed"))
    return f"{sentence.replace('%1', chip.label)}, {certainty}"


def status_words(status: str) -> str:
    """A status as it reads on screen."""
    return {
        "new": _tr("new"),
        "in_progress": _tr("in progress"),
        "needs_help": _tr("needs help"),
        "ready_for_review": _tr("ready for review"),
        "reviewed": _tr("reviewed"),
        "excluded": _tr("excluded"),
    }.get(status, status)


def describe_cell(cell: Cell, *, covering: bool = True) -> str:
    """A cell in words, for tooltips and screen readers, one fact a line; ``covering`` as for a ``GridModel``."""
    lines = [shown_name(cell.name), *(describe_chip(chip) for chip in cell.chips)]
    if cell.state == "undecodable":
        lines.append(_tr("Cannot be decoded: %1").replace("%1", cell.reason))
    if cell.covered:
        lines.append(_tr("Graphic picture, covered: hold B to look") if covering else _tr("Graphic picture"))
    if cell.group_size > 1:
        lines.append(_tr("One of %1 images of the same picture").replace("%1", str(cell.group_size)))
    if cell.status != "new":
        lines.append(_tr("Status: %1").replace("%1", status_words(cell.status)))
    return "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("cells", text)
