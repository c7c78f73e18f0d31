"""Recycled pictures in words, and what the window shows of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from core import recycling
from core.archive import Archive
from core.contradictions import PATTERNS, Difference
from core.jobs import Job
from core.records import ImageId
from core.recycling import Alarms, Recycled
from gui.models.cells import shown_name
from gui.models.subject import Other
from gui.models.thumbnails import Thumbnails

_MOST: Final = 3  # copies of one image in a list


def difference_words(difference: Difference) -> str:
    """What differs, with both values."""
    pattern = QCoreApplication.translate("recycled", PATTERNS[difference.kind])
    return pattern.replace("%1", difference.own).replace("%2", difference.other)


def recycled_words(one: Recycled) -> str:
    """Both images by name, and under them all that differs, each difference in a line of its own."""
    pair = _tr("%1 and %2").replace("%1", shown_name(one.own.name)).replace("%2", shown_name(one.other.name))
    title = shown_name(one.own.name) if one.own.image_id == one.other.image_id else pair
    return "\n    ".join([title, *map(difference_words, one.differences)])


def list_words(recycled: Sequence[Recycled]) -> str:
    """All of them, contradictions first; of an image with many copies only some."""
    parts = []
    for contradicts in (True, False):
        by_image: dict[ImageId, list[Recycled]] = {}
        for one in recycled:
            if one.contradicts is contradicts:
                by_image.setdefault(one.own.image_id, []).append(one)
        for held in by_image.values():
            parts += [recycled_words(one) for one in held[:_MOST]]
            if len(held) > _MOST:
                more = _tr("%1 and more copies (%2)").replace("%1", shown_name(held[0].own.name))
                parts.append(more.replace("%2", f"{len(held) - _MOST:,}"))
    return "\n".join(parts)


def counts_of(recycled: Iterable[Recycled]) -> tuple[int, int]:
    """How many images contradict a copy or themselves, and how many others only come from another source."""
    held = list(recycled)
    contradicting = {one.own.image_id for one in held if one.contradicts}
    mild = {one.own.image_id for one in held}
    return len(contradicting), len(mild - contradicting)


def came_in_words(recycled: Iterable[Recycled]) -> str:
    """How many images contradict a copy, or themselves, and how many are only known from other sources."""
    contradicting, mild = counts_of(recycled)
    if contradicting:
        one = _tr("1 image contradicts a copy")
        many = _tr("%1 images contradict copies")
    else:
        one = _tr("1 imported image is known from another source")
        many = _tr("%1 imported images are known from other sources")
    count = contradicting or mild
    words = one if count == 1 else many.replace("%1", f"{count:,}")
    return f"{words}; {from_sources_words(mild)}" if contradicting and mild else words


def from_sources_words(count: int) -> str:
    """How many images are known from other sources."""
    return _tr("1 from another source") if count == 1 else _tr("%1 from other sources").replace("%1", f"{count:,}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What an image and its copies differ in, the first of it with the other image; ``image_id`` says whose it is.

    Where anything contradicts, what does not is left out.
    """

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
        every = recycling.of_image(archive, self.image_id)
        found = tuple(one for one in every if one.contradicts is every[0].contradicts)
        if not found or found[0].other.image_id == self.image_id:
            return Shown(self.image_id, found, None)
        told = found[0].other
        picture = self.thumbnails.of(archive, told.image_id, self.image_id)
        return Shown(self.image_id, found, Other(told.image_id, told.name, picture))


@dataclass(frozen=True, slots=True)
class AskAfterImport:
    """The question what an import brought that is said to be something else as well."""

    step: str

    def __call__(self, archive: Archive, job: Job) -> list[Recycled]:
        """Ask the archive."""
        return recycling.after_import(archive, self.step, job)


@dataclass(frozen=True, slots=True)
class AskAlarms:
    """The question what a search for copies brought to light that nobody was told of."""

    def __call__(self, archive: Archive, job: Job) -> Alarms:
        """Ask the archive."""
        return recycling.after_search(archive, job)


def _tr(text: str) -> str:
    return QCoreApplication.translate("recycled", text)
