"""Asking what is like a picture, and the answer: all of it runs on a worker, and nothing is imported by it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from core import looking, sighted
from core.archive import Archive
from core.errors import Refused
from core.jobs import Job
from core.records import ImageId, Match, SightingId
from core.regions import Region
from gui.models.catalogue_source import to_qimage
from gui.models.pair_pictures import picture
from gui.views.pyramid import Pyramid

if TYPE_CHECKING:
    from core.similar import Asked, Similar

SHOWN_PX: Final = 1600

# What looks for likeness brings OpenCV with it.  It is imported on the worker when it is wanted, so that the window is
# there sooner.


@dataclass(frozen=True, slots=True)
class Taken:
    """What is asked about as it is shown: ``name`` is that of its image or file, empty for a clipboard.

    ``graphic`` says that it, or a copy of it, is marked as graphic.
    """

    name: str
    picture: Pyramid
    asked: "Asked"
    graphic: bool = False


@dataclass(frozen=True, slots=True)
class OfImage:
    """An image of the archive, or a region of it."""

    image_id: ImageId
    region: Region | None = None

    def taken(self, archive: Archive) -> Taken:
        """What is asked about.

        Raises:
            CoreError: it cannot be shown; the sentence says why.
        """
        from core.similar import ask_image  # noqa: PLC0415

        shown = picture(archive, self.image_id, SHOWN_PX)
        if self.region is not None:
            one = SightingId(0)
            shown = to_qimage(sighted.crops(archive, self.image_id, [(one, self.region)], max_px=SHOWN_PX)[one])
        asked = ask_image(archive, self.image_id, self.region)
        (member,) = looking.members(archive, [self.image_id])
        return Taken(member.name, Pyramid.of(shown), asked, graphic=bool(looking.covered(archive, [self.image_id])))


@dataclass(frozen=True, slots=True)
class OfFile:
    """A file from anywhere."""

    path: Path

    def taken(self, _archive: Archive) -> Taken:
        """What is asked about.

        Raises:
            CoreError: it cannot be read or decoded; the sentence says why.
        """
        from core.similar import content_of  # noqa: PLC0415

        return _taken(self.path.name, content_of(self.path))


@dataclass(frozen=True, slots=True, eq=False)
class OfClipboard:
    """What a clipboard holds: the content of a picture file, or pixels."""

    content: bytes | QImage

    def taken(self, _archive: Archive) -> Taken:
        """What is asked about.

        Raises:
            CoreError: it cannot be decoded; the sentence says why.
        """
        return _taken("", self.content if isinstance(self.content, bytes) else _encoded(self.content))


Question = OfImage | OfFile | OfClipboard


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked about, the images that are like it, and how many images were not looked at yet.

    ``covered`` says that what was asked about is graphic, or an image that is like it and may well be a copy.
    """

    taken: Taken
    found: "tuple[Similar, ...]"
    left: int
    covered: bool

    @property
    def is_known(self) -> bool:
        """Whether just this file is in the archive."""
        return any(one.kind == "same_bytes" for one in self.found)


@dataclass(frozen=True, slots=True)
class AskSimilar:
    """The question put to the archive."""

    question: Question

    def __call__(self, archive: Archive, job: Job) -> Answer:
        """Ask it."""
        from core.features import count_left  # noqa: PLC0415
        from core.similar import find  # noqa: PLC0415

        taken = self.question.taken(archive)
        found = tuple(find(archive, taken.asked, job=job))
        graphic = bool(looking.covered(archive, [one.image.id for one in found]))
        return Answer(taken, found, count_left(archive), covered=taken.graphic or graphic)


@dataclass(frozen=True, slots=True)
class AskPicture:
    """The question for the picture of an image that was found."""

    image_id: ImageId

    def __call__(self, archive: Archive, _job: Job) -> tuple[ImageId, Pyramid]:
        """Ask it."""
        return self.image_id, Pyramid.of(picture(archive, self.image_id, SHOWN_PX))


def match_of(similar: "Similar") -> Match:
    """What was found, as sentences are made of it."""
    return Match("", "", similar.kind, None, similar.evidence, similar.changes, similar.transform)


def _taken(name: str, content: bytes) -> Taken:
    from core.imaging import decode_upright  # noqa: PLC0415
    from core.similar import ask_bytes  # noqa: PLC0415

    asked = ask_bytes(content)
    return Taken(name, Pyramid.of(to_qimage(decode_upright(BytesIO(content), SHOWN_PX))), asked)


def _encoded(image: QImage) -> bytes:
    """The same pixels as a PNG file, which loses none of them."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise Refused("The picture on the clipboard cannot be read.")
    return bytes(buffer.data().data())
