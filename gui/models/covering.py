"""Covers graphic pictures: of what is seen, only patches of its colours are left."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

PATCHES: Final = 6  # along the longer side: enough to tell one picture from another, too few to see what it shows
_COVERED_PX: Final = 192
_IGNORE, _SMOOTH = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation


def cover(image: QImage) -> QImage:
    """A small blurred picture of the same shape, to be drawn in the place of one that must not be seen.

    It is made from so few points that no enlarging or sharpening brings anything back.  It takes the longer the
    larger the image is: give it a thumbnail, or the smallest level of a pyramid.
    """
    if image.isNull():
        return QImage()
    return _patches(image).scaled(_sized(image.size(), _COVERED_PX), _IGNORE, _SMOOTH)


def cover_of(image: QImage) -> QImage:
    """The cover of a small picture, of its size in both kinds of pixels."""
    if image.isNull():
        return QImage()
    covered = _patches(image).scaled(image.size(), _IGNORE, _SMOOTH)
    covered.setDevicePixelRatio(image.devicePixelRatio())
    return covered


def _patches(image: QImage) -> QImage:
    patches = image.scaled(_sized(image.size(), PATCHES), _IGNORE, _SMOOTH)
    # In two steps, since one alone leaves the corners of the patches to be seen.
    return patches.scaled(_sized(image.size(), 4 * PATCHES), _IGNORE, _SMOOTH)


def _sized(size: QSize, longest: int) -> QSize:
    longer = max(size.width(), size.height())
    return QSize(max(1, round(size.width() * longest / longer)), max(1, round(size.height() * longest / longer)))
