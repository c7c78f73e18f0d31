"""Tagging through the tag line, and what is said then."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from core import looking
from core.archive import Archive
from core.records import ImageId, Sighting
from gui.views.tag_line import TagLine

Ask = Callable[[Callable[[Archive], Any]], Any]
Said = tuple[str | None, str | None, str | None, str]
"""A weapon's type, countries of design and of manufacture, and how certain its type is."""


def described(sighting: Sighting) -> Said:
    """What is said of a sighting."""
    claim = sighting.identification
    return (
        claim.type if claim else None,
        " ".join(sighting.countries("design")) or None,
        " ".join(sighting.countries("manufacture")) or None,
        claim.certainty if claim else "",
    )


def weapons(ask: Ask, image_id: int) -> list[Said]:
    """What is said of each weapon in an image."""
    (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(image_id)]))
    return [described(sighting) for sighting in found.sightings]


def enter(line: TagLine, qtbot, text: str) -> None:
    """Type and press Enter, as fast as can be."""
    qtbot.keyClicks(line.line, text)
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
