"""A rectangle of an upright image, in millionths of its width and height from the top left.

Fractions hold whatever copy of the image is looked at, a thumbnail or the original; whole numbers survive the
history, which has no place for fractions.  In an image of up to 100,000 pixels a side, every pixel edge has
millionths of its own, so that a rectangle of pixels comes back as it was drawn.
"""

from dataclasses import dataclass
from typing import Final, Self

from core.errors import Refused

WHOLE_E6: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle that lies in its image and is not empty.

    Raises:
        Refused: it reaches out of the image, or has no size.
    """

    x_e6: int
    y_e6: int
    width_e6: int
    height_e6: int

    def __post_init__(self) -> None:
        if self.width_e6 <= 0 or self.height_e6 <= 0:
            raise Refused("A region must have a width and a height.")
        if self.x_e6 < 0 or self.y_e6 < 0 or self.right_e6 > WHOLE_E6 or self.bottom_e6 > WHOLE_E6:
            raise Refused("A region must lie inside its image.")

    @classmethod
    def from_pixels(  # noqa: PLR0917 - edges and size in their everyday order, as ``pixels`` gives them
        cls, left: int, top: int, right: int, bottom: int, width_px: int, height_px: int
    ) -> Self:
        """The region between pixel edges of an upright image of ``width_px`` by ``height_px`` pixels.

        The edges are counted from 0 to the width and the height: ``right`` and ``bottom`` are not inside.

        Raises:
            Refused: the edges reach out of the image or hold nothing, or the image has no size.
        """
        if width_px <= 0 or height_px <= 0:
            raise Refused("An image without a size has no regions.")
        x_e6, y_e6 = _scaled(left, WHOLE_E6, width_px), _scaled(top, WHOLE_E6, height_px)
        right_e6, bottom_e6 = _scaled(right, WHOLE_E6, width_px), _scaled(bottom, WHOLE_E6, height_px)
        return cls(x_e6, y_e6, right_e6 - x_e6, bottom_e6 - y_e6)

    @property
    def right_e6(self) -> int:
        """The right edge."""
        return self.x_e6 + self.width_e6

    @property
    def bottom_e6(self) -> int:
        """The lower edge."""
        return self.y_e6 + self.height_e6

    def pixels(self, width_px: int, height_px: int) -> tuple[int, int, int, int]:
        """The nearest pixel edges (left, top, right, bottom) in the upright image at a size, one apart at least."""
        left, right = _edges(self.x_e6, self.right_e6, width_px)
        top, bottom = _edges(self.y_e6, self.bottom_e6, height_px)
        return left, top, right, bottom

    def moved_px(self, dx: int, dy: int, width_px: int, height_px: int) -> "Region":
        """The same size elsewhere, as far as the image goes."""
        left, top, right, bottom = self.pixels(width_px, height_px)
        dx = min(max(dx, -left), width_px - right)
        dy = min(max(dy, -top), height_px - bottom)
        if not dx and not dy:
            return self
        return Region.from_pixels(left + dx, top + dy, right + dx, bottom + dy, width_px, height_px)

    def resized_px(self, wider: int, higher: int, width_px: int, height_px: int) -> "Region":
        """The same top left with another lower right, as far as the image goes, and one pixel at least."""
        left, top, right, bottom = self.pixels(width_px, height_px)
        new_right = min(max(right + wider, left + 1), width_px)
        new_bottom = min(max(bottom + higher, top + 1), height_px)
        if (new_right, new_bottom) == (right, bottom):
            return self
        return Region.from_pixels(left, top, new_right, new_bottom, width_px, height_px)

    def intersection_over_union(self, other: "Region") -> float:
        """How much two regions of one image are the same place: from 0, apart, to 1, equal."""
        width = min(self.right_e6, other.right_e6) - max(self.x_e6, other.x_e6)
        height = min(self.bottom_e6, other.bottom_e6) - max(self.y_e6, other.y_e6)
        shared = max(width, 0) * max(height, 0)
        both = self.width_e6 * self.height_e6 + other.width_e6 * other.height_e6 - shared
        return shared / both


def _scaled(value: int, factor: int, divisor: int) -> int:
    """``value * factor / divisor`` to the nearest whole number, exactly, halves upward."""
    return (2 * value * factor + divisor) // (2 * divisor)


def _edges(start_e6: int, end_e6: int, length_px: int) -> tuple[int, int]:
    start = min(_scaled(start_e6, length_px, WHOLE_E6), length_px - 1)
    return start, max(_scaled(end_e6, length_px, WHOLE_E6), start + 1)
