"""Small pictures of images for panels and lists, made on a worker thread; graphic ones are covered there already."""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from core import looking
from core.archive import Archive
from core.records import ImageId
from gui.models.covering import cover_of
from gui.models.grid_model import fitted


@dataclass(frozen=True, slots=True)
class Thumbnails:
    """Pictures for squares of ``edge_px`` logical pixels; ``ratio`` is the number of device pixels in each.

    Where it is ``covering``, graphic pictures are covered.
    """

    edge_px: int
    ratio: float
    covering: bool

    def of(self, archive: Archive, image_id: ImageId, *beside: ImageId) -> QImage | None:
        """The picture of an image, None where there is none.

        ``beside`` are images that may well be copies of it: where one of them is graphic, it is covered too.
        """
        data = looking.thumbnail(archive, image_id)
        made = None if data is None else fitted(data, round(self.edge_px * self.ratio), self.ratio)
        if made is None or not self.covering or not looking.covered(archive, [image_id, *beside]):
            return made
        return cover_of(made)
