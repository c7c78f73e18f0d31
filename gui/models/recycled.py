"""Recycled pictures in words, and what the window shows of one."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from core import recycling
from core.archive import Archive
from core.contradictions import PATTERNS, Difference
from core.jobs import Job
from core.records import ImageId
from core.recycling import Recycled
from gui.models.cells import shown_name
from gui.models.subject import Other
from gui.models.thumbnails import Thumbnails


def difference_words(difference: Difference) -> str:
    """What differs, with both values."""
    pattern = QCoreApplication.translate("recycled", PATTERNS[difference.kind])
    return pattern.replace("%1", difference.own).replace("%2", difference.other)


def recycled_words(one: Recycled) -> str:
    """Both images by name, and under them all that differs, each difference in a line of its own."""
    pair = _tr("%1 and %2").replace("%1", shown_name(one.own.name)).replace("%2", shown_name(one.other.name))
    title = shown_name(one.own.name) if one.own.image_id == one.other.image_id else pair
    return "\n    ".join([title, *map(difference_words, one.differences)])


@dataclass(frozen=True, slots=True)
class Shown:
    """An image's contradictions, the first of them with the other image; ``image_id`` says whose they are."""

    image_id: ImageId
    found: tuple[Recycled, ...]
    other: Other | None


@dataclass(frozen=True, slots=True)
class AskRecycled:
    """The question what an image and its copies are said to be and cannot both be."""

    image_id: ImageId
    thumbnails: Thumbnails

    def __call__(self, archive: Archive, _job: Job) -> Shown:
        """Ask the archive."""
        found = tuple(one for one in recycling.of_image(archive, self.image_id) if one.contradicts)
        if not found or found[0].other.image_id == self.image_id:
            return Shown(self.image_id, found, None)
        told = found[0].other
        picture = self.thumbnails.of(archive, told.image_id, self.image_id)
        return Shown(self.image_id, found, Other(told.image_id, told.name, picture))


@dataclass(frozen=True, slots=True)
class AskAfterImport:
    """The question what an import brought that is said to be another event as well."""

    step: str

    def __call__(self, archive: Archive, job: Job) -> list[Recycled]:
        """Ask the archive."""
        return [one for one in recycling.after_import(archive, self.step, job) if one.contradicts]


def _tr(text: str) -> str:
    return QCoreApplication.translate("recycled", text)
