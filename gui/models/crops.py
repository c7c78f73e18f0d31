"""What the regions of sightings hold, cut out on a worker thread; each image is decoded once for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core import sighted
from core.archive import Archive
from core.errors import CoreError
from core.jobs import Job
from core.records import ImageId, SightingId
from core.regions import Region
from gui.models.catalogue_source import to_qimage
from gui.session import Session

MOST_PX: Final = 1600  # of a crop's longer side: sharp on any screen at the panel's width

_Key = tuple[SightingId, ImageId, Region]


class Crops(QObject):
    """Follows the sightings that are shown; keeps only their crops."""

    arrived = Signal()  # ``of`` answers for more sightings than before

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._held: dict[_Key, QImage] = {}
        self._wanted: tuple[_Key, ...] = ()

    def want(self, image: ImageId, regions: Iterable[tuple[SightingId, Region]]) -> None:
        """Cut the regions of these sightings out of an image, and forget the others."""
        self._wanted = tuple((one, image, region) for one, region in regions)
        shown = {one for one, _, _ in self._wanted}
        self._held = {key: image for key, image in self._held.items() if key[0] in shown}
        missing = tuple(key for key in self._wanted if key not in self._held)
        if missing:
            self._session.read(("crops", id(self)), _Cut(missing), self._on_cut)

    def of(self, sighting: SightingId) -> QImage | None:
        """The crop of a sighting, None until it is there, or where there is none.

        While a region is being moved, that of the region before, so that nothing jumps; never that of another image.
        """
        wanted = next((key for key in self._wanted if key[0] == sighting), None)
        if wanted is None:
            return None
        before = next((image for key, image in self._held.items() if key[:2] == wanted[:2]), None)
        return self._held.get(wanted, before)

    def _on_cut(self, found: dict[_Key, QImage]) -> None:
        new = {key: image for key, image in found.items() if key in self._wanted}
        known = {one for one, _, _ in new}
        self._held = {key: image for key, image in self._held.items() if key[0] not in known} | new
        self.arrived.emit()


@dataclass(frozen=True, slots=True)
class _Cut:
    wanted: tuple[_Key, ...]

    def __call__(self, archive: Archive, job: Job) -> dict[_Key, QImage]:
        found: dict[_Key, QImage] = {}
        for image_id in dict.fromkeys(image_id for _, image_id, _ in self.wanted):
            job.check()
            regions = [(one, region) for one, of, region in self.wanted if of == image_id]
            try:
                cut = sighted.crops(archive, image_id, regions, max_px=MOST_PX)
            except CoreError:  # it cannot be decoded, or is gone: then there is nothing to show
                continue
            for one, region in regions:
                found[one, image_id, region] = to_qimage(cut[one])
        return found
