"""Where two pictures that lie on each other really show the same: every place is looked at, not only key points.

The one is laid on the other, and round every pixel their grey values correlate or do not.  A chrome, a logo or an
object that both have agrees where it is and nowhere else; a copy agrees wherever there is anything to see.  Where
there is nothing to see, the slow change of light over a wall or a table tells whether it is one photograph: the tones
of a copy follow from the tones of the other by one curve.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from core.transforms import Transform

# How wide a pixel is looked at, and what is finer is smoothed away: as they are, and as a coarse copy shows them.
_FINE: Final = (9, 0.0)
_COARSE: Final = (11, 1.5)
_DETAIL_PX: Final = 1.5
_LEAST_SPREAD: Final = 4.0  # grey values: less is plain, and noise decides what it correlates with
_AGREES: Final = 0.55
_DIFFERS: Final = 0.3
_EDGE: Final = 0.02
_LIGHT_PX: Final = 4.0
_BESIDE_PX: Final = 7  # a plain place so near to something is touched by it
_TONES: Final = 13
_CLIPPED: Final = (5, 250)
_USUAL_TONES: Final = 60.0
_LEAST_PX: Final = 200
_MUCH_PLAIN: Final = 0.3  # of the common area: less says nothing of the light
_NOTHING: Final = (0.0, 0.0, 0.0)
_DEEP: Final = 0.12  # of the longer side: captions and frames that lie over an edge are not so thick
_CORNER: Final = 0.3  # of width and height
# Of the longer side, with what the window adds: a line of text across a copy is thinner, and so are most black bars; a
# picture that was put into the frame or the chat of another is thicker.
_THICK: Final = 0.1
_ONE_TONE: Final = 4.0
_OTHER_TONE: Final = 25.0  # grey values off the curve, where the tones have their usual range

Grey = NDArray[np.uint8]
_Floats = NDArray[np.float32]
_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a look at every place of the common area says; all are shares from 0 to 1 but the tones.

    ``of_a`` and ``of_b`` is how much of either lies on the other.  ``to_see`` is how much of the common area shows
    anything.  Of that, ``agree`` is the share that agrees of what either shows, ``agree_a`` and ``agree_b`` of what
    the one shows, ``agree_both`` of what both show.  ``hole`` is the largest part reaching well into the common
    area where both show something else; half of it in a corner, where logos are.  ``replaced`` is the same for a thick
    part where either shows what the other does not, or has quite another tone: a picture of a plain thing in the same
    frame shows nothing where another shows something.  ``clash`` is the share of what both show that is something else
    on either; ``ground`` how much of the common area is of one tone on both, as paper and screens are.
    ``plain`` is how much shows nothing; there the tones of the one
    are off the curve by ``off`` and four fifths of them by at most ``mostly_off``, in grey values of 255, over a
    range of ``tones`` (all three 0 where less than 0.3 is plain).  ``shifted`` is how much the tones differ as a whole.
    ``finer`` is how many times more the one shows of what is as fine as a pixel or two: at least 1.
    """

    of_a: float
    of_b: float
    to_see: float
    agree: float
    agree_a: float
    agree_b: float
    agree_both: float
    hole: float
    replaced: float
    clash: float
    ground: float
    plain: float
    off: float
    mostly_off: float
    tones: float
    shifted: float
    finer: float

    @property
    def off_share(self) -> float:
        """How far the tones are off the curve, as a share of their range or of a usual one if that is larger."""
        return self.off / max(1.5, min(_USUAL_TONES, self.tones))

    @property
    def light_agrees(self) -> bool:
        """Whether much is plain and its light is clearly that of one photograph."""
        return self.plain >= _MUCH_PLAIN and self.tones >= 6 and self.off < 0.15 and self.off_share < 0.006

    @property
    def light_differs(self) -> bool:
        """Whether much is plain and its light is clearly that of two photographs.

        Of 720 copies that are so plain, 0.99 are off by at most 0.3 and by 0.0104 of the range; of 505 pairs of
        photographs of the same thing on the same table, half are off by more than 1 and 0.025.
        """
        clearly = self.mostly_off > 1.5 and self.off_share > 0.02
        return self.plain >= _MUCH_PLAIN and (clearly or (self.off > 0.33 and self.off_share > 0.009))


@dataclass(frozen=True, slots=True)
class Laid:
    """Two upright grey pictures, the larger one laid on the other: ``laid`` on ``ground``, on all of ``common``.

    ``of_a`` and ``of_b`` is how much of either that is; ``a_on_b`` says which of the two was laid on which.
    """

    laid: _Floats
    ground: _Floats
    common: _Mask
    of_a: float
    of_b: float
    a_on_b: bool

    @classmethod
    def of(cls, a: Grey, b: Grey, transform: Transform) -> "Laid":
        """A as it lies on b by the transform."""
        a_on_b = abs(transform.determinant) * b.size <= a.size
        below, above, leads = (b, a, transform) if a_on_b else (a, b, transform.inverse())
        laid, common = _laid(above, below, leads)
        return cls(laid, below.astype(np.float32), common, transform.inside, transform.inverse().inside, a_on_b)


def overlap(pictures: Laid, *, coarsely: bool = False) -> Overlap:
    """Look at every place of the common area.

    ``coarsely`` passes over what is fine in either: noise, and what a blurred copy has lost.
    """
    laid, ground, common = pictures.laid, pictures.ground, pictures.common
    correlation, shows_below, shows_laid = _correlation(ground, laid, *(_COARSE if coarsely else _FINE))
    shows_below &= common
    shows_laid &= common
    either, both = shows_below | shows_laid, shows_below & shows_laid
    same = correlation > _AGREES
    area = max(1, int(common.sum()))
    agree_below, agree_laid = _share(same, shows_below), _share(same, shows_laid)
    plain = common & ~_grown(either)
    off, mostly_off, tones = _off_the_curve(laid, ground, plain) if plain.sum() >= _MUCH_PLAIN * area else _NOTHING
    return Overlap(
        of_a=pictures.of_a,
        of_b=pictures.of_b,
        to_see=int(either.sum()) / area,
        agree=_share(same, either),
        agree_a=agree_laid if pictures.a_on_b else agree_below,
        agree_b=agree_below if pictures.a_on_b else agree_laid,
        agree_both=_share(same, both),
        hole=_hole(_closed(both & (correlation < _DIFFERS)), common) / area,
        replaced=_hole(_thick((either & (correlation < _DIFFERS)) | _of_another_tone(laid, ground, common)), common)
        / area,
        clash=_share(correlation < _DIFFERS, both),
        ground=min(_of_one_tone(laid, common), _of_one_tone(ground, common)),
        plain=int(plain.sum()) / area,
        off=off,
        mostly_off=mostly_off,
        tones=tones,
        shifted=float(np.abs(ground[common] - laid[common]).mean()) if common.any() else 0.0,
        finer=_finer(_detail(laid, common), _detail(ground, common)),
    )


def _detail(tones: _Floats, common: _Mask) -> float:
    """How much of the common area is finer than a pixel or two, in grey values."""
    return float(np.abs(tones - cv2.GaussianBlur(tones, (0, 0), _DETAIL_PX))[common].mean()) if common.any() else 0.0


def _finer(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 0.05)


def _share(same: _Mask, of: _Mask) -> float:
    count = int(of.sum())
    return int((same & of).sum()) / count if count else 0.0


def _of_one_tone(tones: _Floats, common: _Mask) -> float:
    """How much of the common area is of its most usual tone."""
    values = tones[common]
    if not len(values):
        return 0.0
    usual = int(np.bincount(np.rint(values).astype(np.int64)).argmax())
    return float((np.abs(values - usual) <= _ONE_TONE).mean())


def _laid(above: Grey, below: Grey, leads: Transform) -> tuple[_Floats, _Mask]:
    """The one picture as it lies on the other, and where it does, less an edge."""
    (down, across), (height, width) = above.shape, below.shape
    matrix = np.array(
        [
            [leads.xx * width / across, leads.xy * width / down, leads.x0 * width],
            [leads.yx * height / across, leads.yy * height / down, leads.y0 * height],
        ]
    )
    matrix[:, 2] += 0.5 * (matrix[:, 0] + matrix[:, 1]) - 0.5  # from edges of pixels to their middles
    shrinks = 1 / max(abs(float(np.linalg.det(matrix[:, :2]))) ** 0.5, 1e-3)
    if shrinks > 1.2:  # what is finer than the other shows would be noise there
        above = cv2.GaussianBlur(above, (0, 0), 0.5 * (shrinks**2 - 1) ** 0.5)
    laid: Any = cv2.warpAffine(above, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside: Any = cv2.warpAffine(np.full_like(above, 255), matrix, (width, height), flags=cv2.INTER_NEAREST)
    margin = max(1, round(min(width, height) * _EDGE))
    frame = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return laid.astype(np.float32), cv2.erode(frame, np.ones((2 * margin + 1,) * 2, np.uint8))[1:-1, 1:-1] > 0


def _correlation(one: _Floats, other: _Floats, window_px: int, smooth_px: float) -> tuple[_Floats, _Mask, _Mask]:
    """How the two correlate round every pixel, from -1 to 1, and where the one and the other show anything."""
    if smooth_px:
        one, other = (cv2.GaussianBlur(tones, (0, 0), smooth_px) for tones in (one, other))

    def mean(values: _Floats) -> Any:
        return cv2.boxFilter(values, cv2.CV_32F, (window_px, window_px), borderType=cv2.BORDER_REFLECT)

    mean_one, mean_other = mean(one), mean(other)
    spread_one = np.maximum(mean(one * one) - mean_one**2, 0)
    spread_other = np.maximum(mean(other * other) - mean_other**2, 0)
    together = mean(one * other) - mean_one * mean_other
    correlation: _Floats = together / np.sqrt((spread_one + 1) * (spread_other + 1))
    return correlation, spread_one > _LEAST_SPREAD**2, spread_other > _LEAST_SPREAD**2


def _grown(mask: _Mask) -> _Mask:
    grown: _Mask = cv2.dilate(mask.astype(np.uint8), np.ones((_BESIDE_PX, _BESIDE_PX), np.uint8)) > 0
    return grown


def _closed(differs: _Mask) -> Any:
    """Without single pixels, and without gaps of a few."""
    spots = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return cv2.morphologyEx(spots, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))


def _thick(differs: _Mask) -> Any:
    """Only what is thick in every direction."""
    spots = _closed(differs)
    if not spots.any():  # as on most copies; to open nothing takes as long
        return spots
    across = round(_THICK * max(differs.shape)) // 2 * 2 + 1
    round_one = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across))
    return cv2.morphologyEx(spots, cv2.MORPH_OPEN, round_one)


def _of_another_tone(laid: _Floats, ground: _Floats, common: _Mask) -> _Mask:
    """Where the tones of the common area are far off the curve by which most of the one follow from the other."""
    one, other = (cv2.GaussianBlur(tones, (0, 0), _LIGHT_PX) for tones in (laid, ground))
    if int(common.sum()) < _LEAST_PX:
        return np.zeros_like(common)
    at, to = _curve(one[common][::7], other[common][::7])
    low, high = np.quantile(other[common], (0.05, 0.95))
    contrast = np.clip((high - low) / _USUAL_TONES, 0.5, 1.0)
    far: _Mask = np.abs(other - np.interp(one, at, to)) > _OTHER_TONE * contrast
    return far & common


def _curve(x: _Floats, y: _Floats) -> tuple[list[float], list[float]]:
    """The tones of the one, in steps of equally many, and the usual tone of the other at each."""
    steps = np.unique(np.quantile(x, np.linspace(0, 1, _TONES)))
    step = np.clip(np.searchsorted(steps, x, side="right") - 1, 0, max(0, len(steps) - 2))
    ends = np.cumsum(np.bincount(step))
    return _middles(np.sort(x), ends), _middles(y[np.lexsort((y, step))], ends)


def _middles(values: _Floats, ends: NDArray[np.int64]) -> list[float]:
    """The median of each run of sorted values that ends before these; of an empty run there is none."""
    starts = np.concatenate(([0], ends[:-1]))[np.diff(ends, prepend=0) > 0]
    last = starts + ends[np.diff(ends, prepend=0) > 0] - 1
    middles: list[float] = ((values[last // 2] + values[(last + 1) // 2]) / 2).tolist()
    return middles


def _hole(differs: Any, common: _Mask) -> float:
    """The pixels of the largest part that differs and reaches well into the common area, in a corner half of them."""
    if not differs.any():
        return 0.0
    depth = cv2.distanceTransform(np.pad(common.astype(np.uint8), 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    count, names, facts, middles = cv2.connectedComponentsWithStats(differs)
    deep = np.bincount(names[depth > _DEEP * max(common.shape)], minlength=count) > 0
    x, y, width, height = cv2.boundingRect(common.astype(np.uint8))
    at = np.abs((middles - (x, y)) / (max(1, width), max(1, height)) - 0.5)
    # Who puts a logo on a picture puts it into a corner, and small.
    small = facts[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] <= _CORNER * np.array([width, height])
    weight = np.where((at > 0.5 - _CORNER).all(axis=1) & small.all(axis=1), 0.5, 1.0)
    areas = facts[:, cv2.CC_STAT_AREA] * weight * deep
    return float(areas[1:].max(initial=0.0))


def _off_the_curve(laid: _Floats, ground: _Floats, plain: _Mask) -> tuple[float, float, float]:
    """How far the tones of plain places are off one curve: half of them, four fifths; and their range."""
    if int(plain.sum()) < _LEAST_PX:
        return 0.0, 0.0, 0.0
    weight = plain.astype(np.float32)
    near = np.maximum(cv2.GaussianBlur(weight, (0, 0), _LIGHT_PX), 1e-3)
    tones = [(cv2.GaussianBlur(one * weight, (0, 0), _LIGHT_PX) / near)[plain][::7] for one in (laid, ground)]
    low, high = _CLIPPED
    kept = np.all([(low <= one) & (one <= high) for one in tones], axis=0)
    x, y = (one[kept] for one in tones)
    if len(x) < _LEAST_PX // 7:
        return 0.0, 0.0, 0.0
    off = np.abs(y - np.interp(x, *_curve(x, y)))
    half, most = np.quantile(off, (0.5, 0.8))
    return float(half), float(most), float(np.quantile(y, 0.95) - np.quantile(y, 0.05))
