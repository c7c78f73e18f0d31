"""A picture at several sizes, each half of the one before, so that drawing it costs what the screen costs.

Scaling 24 megapixels down smoothly takes a tenth of a second, at each paint; from the right level it takes a
few milliseconds.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

SMALLEST_PX: Final = 256


@dataclass(frozen=True, slots=True)
class Pyramid:
    """``levels[0]`` is the picture itself, each next one has half its width and height."""

    levels: tuple[QImage, ...]

    @classmethod
    def of(cls, image: QImage) -> "Pyramid":
        """Build the levels; for a worker thread, since it takes a while for a large picture."""
        opaque = QImage.Format.Format_RGB32
        clear = QImage.Format.Format_ARGB32_Premultiplied
        levels = [image.convertToFormat(clear if image.hasAlphaChannel() else opaque)]
        while max(levels[-1].width(), levels[-1].height()) > SMALLEST_PX:
            half = QSize(max(1, levels[-1].width() // 2), max(1, levels[-1].height() // 2))
            aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            levels.append(levels[-1].scaled(half, aspect, smooth))
        return cls(tuple(levels))

    @property
    def size(self) -> QSize:
        """The size of the picture itself, in pixels."""
        return self.levels[0].size()

    def level(self, scale: float) -> QImage:
        """The smallest level that need not be enlarged to be drawn at a scale of the picture itself."""
        fitting = [image for image in self.levels if image.width() >= scale * self.size.width()]
        return fitting[-1] if fitting else self.levels[0]
