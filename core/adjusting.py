"""Looking harder at a picture: lighter, steeper, sharper, one channel alone.  Nothing of it is ever kept.

Tones go through one curve: first gamma, then contrast round the middle, then brightness, then inversion.
"""

from dataclasses import dataclass
from typing import Final

from PIL import Image as Pillow
from PIL import ImageFilter

from core.errors import Refused

CHANNELS: Final = ("all", "red", "green", "blue", "luminance")
GAMMA_E2: Final = (20, 500)
_SHARPEN_RADIUS_PX: Final = 2
_SHARPEN_PERCENT: Final = 3  # of unsharp masking, for each step
_STEEPEST: Final = 0.95  # a full contrast would leave two tones


@dataclass(frozen=True, slots=True)
class Adjustments:
    """How a picture is looked at: brightness and contrast from -100 to 100, sharpening from 0 to 100.

    ``gamma_e2`` is in hundredths: above 100 it opens the shadows.  A ``channel`` alone is seen in greys.

    Raises:
        Refused: a value is out of its range.
    """

    brightness: int = 0
    contrast: int = 0
    gamma_e2: int = 100
    sharpen: int = 0
    invert: bool = False
    channel: str = "all"

    def __post_init__(self) -> None:
        for value, (least, most) in (
            (self.brightness, (-100, 100)),
            (self.contrast, (-100, 100)),
            (self.gamma_e2, GAMMA_E2),
            (self.sharpen, (0, 100)),
        ):
            if not least <= value <= most:
                raise Refused(f"An adjustment of {value} is not between {least} and {most}.")
        if self.channel not in CHANNELS:
            raise Refused(f"There is no channel called {self.channel}.")

    @property
    def neutral(self) -> bool:
        """Whether the picture is seen as it is."""
        return self == Adjustments()


def curve(adjustments: Adjustments) -> list[int]:
    """The tone from 0 to 255 that each tone becomes."""
    slope = adjustments.contrast / 100
    slope = 1 / (1 - _STEEPEST * slope) if slope > 0 else 1 + slope
    tones = []
    for tone in range(256):
        level = (tone / 255) ** (100 / adjustments.gamma_e2)
        level = (level - 0.5) * slope + 0.5 + adjustments.brightness / 100
        level = min(max(level, 0.0), 1.0)
        tones.append(round(255 * (1 - level if adjustments.invert else level)))
    return tones


def adjust(image: Pillow.Image, adjustments: Adjustments) -> Pillow.Image:
    """An RGB or RGBA picture as it is to be seen; the one given stays as it is, and so does its transparency."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    seen = image.convert("L") if adjustments.channel == "luminance" else image.convert("RGB")
    if adjustments.channel in CHANNELS[1:4]:
        seen = seen.getchannel(CHANNELS.index(adjustments.channel) - 1)
    seen = seen.point(curve(adjustments) * len(seen.getbands()))
    if adjustments.sharpen:
        seen = _sharpened(seen, _SHARPEN_PERCENT * adjustments.sharpen)
    seen = seen.convert("RGB")
    if alpha is not None:
        seen.putalpha(alpha)
    return seen


def _sharpened(image: Pillow.Image, percent: int) -> Pillow.Image:
    """Only the luminance is sharpened: in colours it would make fringes, and take three times as long."""
    mask = ImageFilter.UnsharpMask(_SHARPEN_RADIUS_PX, percent, threshold=0)
    if image.mode == "L":
        return image.filter(mask)
    luminance, *colours = image.convert("YCbCr").split()
    return Pillow.merge("YCbCr", [luminance.filter(mask), *colours]).convert("RGB")
