"""The pictures of the pairs under review: loaded off the window's thread, the next ones ahead of time.

A few are kept, so that going back is as quick as going on.  They are not much larger than a screen; where somebody
looks closer, the whole of them is loaded for as long as that pair is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core import looking
from core.archive import Archive
from core.errors import Refused
from core.jobs import Job
from core.records import ImageId
from gui.models.catalogue_source import to_qimage
from gui.session import Session
from gui.views.pyramid import Pyramid

_MAX_PX: Final = 2048  # enough to compare by; a full decode of a large photograph takes three times as long
_KEPT: Final = 6

Loaded = Pyramid | Exception
"""A picture, or why there is none."""


class PairPictures(QObject):
    """Gives pictures that are there, and says when one has ``arrived``."""

    arrived = Signal(object)  # an image's id: its picture is there, or why there is none, or a finer one

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: dict[ImageId, Loaded] = {}
        self._fine: dict[ImageId, Loaded] = {}
        self._asked: set[tuple[ImageId, bool]] = set()
        self._wanted: tuple[ImageId, ...] = ()
        self._newest = _Newest()

    def of(self, image_id: ImageId) -> Loaded | None:
        """An image's picture, the reason why there is none, or None while it is loaded."""
        return self._fine.get(image_id) or self._kept.get(image_id)

    def want(self, ids: Sequence[ImageId]) -> None:
        """These are looked at now; what else was asked for is not waited for."""
        self._wanted = tuple(ids)
        self._fine.clear()
        for one, fine in list(self._asked):
            if one not in ids or fine:
                self._forget(one, fine=fine)
        for one in ids:
            if one in self._kept:
                self._kept[one] = self._kept.pop(one)  # the newest last
            else:
                self._ask(one, later=False)

    def ahead(self, ids: Sequence[ImageId]) -> None:
        """These will be looked at next; they are loaded when nothing else is to be done."""
        for one in ids:
            if one not in self._kept and (one, False) not in self._asked:
                self._ask(one, later=True)

    def want_fine(self, image_id: ImageId) -> None:
        """Somebody looks closely: load all of a picture that is looked at."""
        if image_id in self._wanted and image_id not in self._fine and (image_id, True) not in self._asked:
            self._ask(image_id, later=False, fine=True)

    def clear(self) -> None:
        """Forget all; an archive is closed."""
        self._wanted = ()
        self._kept.clear()
        self._fine.clear()
        self._asked.clear()
        self._newest = _Newest()

    def _ask(self, image_id: ImageId, *, later: bool, fine: bool = False) -> None:
        self._asked.add((image_id, fine))
        self._session.read(
            self._key(image_id, fine=fine),
            _LoadingAll(image_id) if fine else _Loading(image_id, self._newest),
            partial(self._on_loaded, image_id, fine),
            on_failed=partial(self._on_loaded, image_id, fine),
            later=later,
        )

    def _forget(self, image_id: ImageId, *, fine: bool) -> None:
        self._asked.discard((image_id, fine))
        self._session.reader.forget(self._key(image_id, fine=fine))

    def _key(self, image_id: ImageId, *, fine: bool) -> tuple[str, int, ImageId, bool]:
        return "pair picture", id(self), image_id, fine

    def _on_loaded(self, image_id: ImageId, fine: bool, loaded: Loaded) -> None:  # noqa: FBT001 - bound in advance
        self._asked.discard((image_id, fine))
        if fine:
            self._fine[image_id] = loaded
        else:
            self._kept[image_id] = loaded
        for one in [one for one in self._kept if one not in self._wanted][: max(0, len(self._kept) - _KEPT)]:
            del self._kept[one]
        self.arrived.emit(image_id)


class _Newest:
    """The pictures made last, for the reading thread alone.

    Who goes on while the next picture is made asks for it again, more urgently: then it is not made twice.
    """

    def __init__(self) -> None:
        self._held: dict[ImageId, Pyramid] = {}

    def get(self, image_id: ImageId) -> Pyramid | None:
        return self._held.pop(image_id, None)

    def put(self, image_id: ImageId, made: Pyramid) -> None:
        self._held[image_id] = made
        while len(self._held) > 2:
            del self._held[next(iter(self._held))]


@dataclass(frozen=True, slots=True, eq=False)
class _Loading:
    image_id: ImageId
    newest: _Newest

    def __call__(self, archive: Archive, _job: Job) -> Pyramid:
        made = self.newest.get(self.image_id)
        if made is None:
            made = Pyramid.of(picture(archive, self.image_id, _MAX_PX))
            self.newest.put(self.image_id, made)
        return made


@dataclass(frozen=True, slots=True)
class _LoadingAll:
    image_id: ImageId

    def __call__(self, archive: Archive, job: Job) -> Pyramid:
        image = picture(archive, self.image_id, None)
        job.check()
        return Pyramid.of(image)


def picture(archive: Archive, image_id: ImageId, max_px: int | None) -> QImage:
    """An image's picture, upright; for a worker thread.

    Raises:
        CoreError: there is none; the sentence says why.
    """
    detail = looking.detail(archive, image_id)
    if detail is not None and detail.image.facts.state == "undecodable":
        raise Refused(detail.image.facts.reason)
    return to_qimage(looking.picture(archive, image_id, max_px=max_px))
