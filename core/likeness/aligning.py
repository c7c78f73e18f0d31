"""How one picture lies on another, by the key points that they share.

Descriptors are paired where each is the other's nearest and clearly nearer than the next one elsewhere; a similarity
that many pairs agree on is found by sampling (RANSAC) and then freed to an affine map, which takes in the stretching
that screens and messengers do.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import Refused
from core.likeness.keypoints import Keypoints
from core.transforms import MIRROR, Transform

LEAST_PAIRS: Final = 6
_RATIO: Final = 0.85
_ELSEWHERE_PX: Final = 4.0  # a second nearest that lies beside the nearest is the same thing again
_TOLERANCE_PX: Final = 4.0
_SAMPLES: Final = 2_000
_SURENESS: Final = 0.999
_SHEAR: Final = 0.35  # more than this, and the map is no copy's

_OUTER: Final = 0.2

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How picture a lies on picture b: ``agreeing`` of ``pairs`` pairs of key points lie where ``transform`` puts them.

    ``share`` is how many of the key points that lie on both agree, at least; ``spread`` how much of the common area the
    agreeing ones go round; ``outer`` how many of them lie near an edge of both pictures.  All from 0 to 1.
    """

    transform: Transform
    agreeing: int
    pairs: int
    share: float
    spread: float
    outer: float


def align(a: Keypoints, b: Keypoints, *, mirrored: bool = False) -> Alignment | None:
    """How a, or a mirrored, lies on b; None where too few key points agree on anything.

    The transform leads from a itself, also where it is mirrored.
    """
    first = a.mirrored() if mirrored else a
    here, there = _paired(first, b)
    found = _affine(here, there) if len(here) >= LEAST_PAIRS else None
    if found is None:
        return None
    matrix, inside = found
    try:
        transform = _transform(matrix, a, b, mirrored=mirrored)
    except Refused:
        return None
    own, other = _shares(here[inside], first.size_px), _shares(there[inside], b.size_px)
    if mirrored:
        own[:, 0] = 1 - own[:, 0]
    agreeing = int(inside.sum())
    return Alignment(
        transform,
        agreeing,
        len(here),
        agreeing / max(1, min(_meeting(a, transform), _meeting(b, transform.inverse()))),
        _spread(own, other, transform),
        float((_outer(own) & _outer(other)).mean()),
    )


def _meeting(picture: Keypoints, transform: Transform) -> int:
    """How many of its key points lie on the other picture."""
    places = _shares(picture.places[:, :2], picture.size_px)
    xx, xy, x0, yx, yy, y0 = transform.numbers
    leads = places @ np.array([[xx, yx], [xy, yy]]) + np.array([x0, y0])
    return int(((leads >= 0) & (leads <= 1)).all(axis=1).sum())


def _spread(own: _Floats, other: _Floats, transform: Transform) -> float:
    """The area that the points go round, as a share of the common area, on the picture where it is smaller."""
    hulls = [cv2.contourArea(cv2.convexHull(places.astype(np.float32))) for places in (own, other)]
    common = (transform.inside, transform.inverse().inside)
    return min(1.0, max(hull / max(area, 1e-3) for hull, area in zip(hulls, common, strict=True)))


def _outer(places: _Floats) -> NDArray[np.bool_]:
    """Which lie in the outer fifth of the picture, near any edge."""
    return np.asarray(((places < _OUTER) | (places > 1 - _OUTER)).any(axis=1), dtype=np.bool_)


def _paired(a: Keypoints, b: Keypoints) -> tuple[_Floats, _Floats]:
    """The places of the descriptors that are each other's nearest: two arrays of the shape (pairs, 2), in pixels."""
    if len(a) < LEAST_PAIRS or len(b) < LEAST_PAIRS:
        return np.empty((0, 2), np.float32), np.empty((0, 2), np.float32)
    one, other = a.descriptors.astype(np.float32), b.descriptors.astype(np.float32)
    apart = np.square(one).sum(axis=1)[:, None] + np.square(other).sum(axis=1) - 2 * (one @ other.T)
    nearest, back = apart.argmin(axis=1), apart.argmin(axis=0)
    own = np.flatnonzero(np.equal(back[nearest], np.arange(len(a))))
    own = own[_clear(apart[own], nearest[own], b.places)]
    own = own[_clear(apart.T[nearest[own]], own, a.places)]
    return a.places[own, :2], b.places[nearest[own], :2]


def _clear(apart: _Floats, nearest: NDArray[np.int64], places: _Floats) -> NDArray[np.bool_]:
    """Whether the nearest of each is much nearer than any that lies elsewhere; ``apart`` has a row for each."""
    beside = np.abs(places[:, 0] - places[nearest, 0, None]) < _ELSEWHERE_PX
    beside &= np.abs(places[:, 1] - places[nearest, 1, None]) < _ELSEWHERE_PX
    elsewhere = np.where(beside, np.inf, apart).min(axis=1, initial=np.inf)
    return np.asarray(apart[np.arange(len(apart)), nearest] <= _RATIO**2 * elsewhere, dtype=np.bool_)


def _affine(here: _Floats, there: _Floats) -> tuple[NDArray[np.float64], NDArray[np.bool_]] | None:
    """The affine map that most of these pairs agree on, shape (2, 3), and which do."""
    options: dict[str, Any] = {
        "ransacReprojThreshold": _TOLERANCE_PX,
        "maxIters": _SAMPLES,
        "confidence": _SURENESS,
    }
    matrix, _ = cv2.estimateAffinePartial2D(here, there, **options)
    if matrix is None:
        return None
    inside = _agree(matrix, here, there)
    if inside.sum() < len(here) * 0.5:
        freed, _ = cv2.estimateAffine2D(here, there, **options)
        if freed is not None and _agree(freed, here, there).sum() > 1.3 * inside.sum():
            matrix = freed
    for _ in range(2):
        inside = _agree(matrix, here, there)
        if inside.sum() < LEAST_PAIRS:
            return None
        matrix = _fitted(here[inside], there[inside]) if inside.sum() >= 2 * LEAST_PAIRS else matrix
    inside = _agree(matrix, here, there)
    inside &= _distinct(here, inside) & _distinct(there, inside)
    if inside.sum() < LEAST_PAIRS or not _is_a_copys(matrix):
        return None
    return matrix, inside


def _agree(matrix: NDArray[np.float64], here: _Floats, there: _Floats) -> NDArray[np.bool_]:
    agree: NDArray[np.bool_] = np.linalg.norm(here @ matrix[:, :2].T + matrix[:, 2] - there, axis=1) <= _TOLERANCE_PX
    return agree


def _fitted(here: _Floats, there: _Floats) -> NDArray[np.float64]:
    """The affine map that fits these pairs best."""
    known = np.column_stack([here, np.ones(len(here))]).astype(np.float64)
    return np.asarray(np.linalg.lstsq(known, there.astype(np.float64), rcond=None)[0].T, dtype=np.float64)


def _distinct(places: _Floats, of: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of these that stand first at their place: one thing has several points, at several sizes."""
    cells = np.floor(places / _ELSEWHERE_PX).astype(np.int64)
    names = cells[:, 0] * 100_000 + cells[:, 1]
    names[~of] = -1 - np.arange((~of).sum())
    first = np.zeros(len(places), dtype=np.bool_)
    first[np.unique(names, return_index=True)[1]] = True
    return first


def _is_a_copys(matrix: NDArray[np.float64]) -> bool:
    """Whether it neither mirrors, which the descriptors would have to, nor flattens or shears more than a copy is."""
    larger, smaller = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return bool(np.linalg.det(matrix[:, :2]) > 0 and smaller > 0.03 and larger < 30 and smaller / larger > 1 - _SHEAR)


def _shares(places: _Floats, size_px: tuple[int, int]) -> _Floats:
    """Pixels as shares of the picture; the middle of its first pixel is half a pixel in."""
    shares: _Floats = ((places + 0.5) / np.array(size_px, dtype=np.float32)).astype(np.float32)
    return shares


def _transform(matrix: NDArray[np.float64], a: Keypoints, b: Keypoints, *, mirrored: bool) -> Transform:
    """The map between pixels of the reduced pictures as one between shares."""
    (xx, xy, x0), (yx, yy, y0) = matrix.tolist()
    # From the middles of pixels to their edges, on both sides.
    x0, y0 = x0 + 0.5 - 0.5 * (xx + xy), y0 + 0.5 - 0.5 * (yx + yy)
    (width, height), (across, down) = a.size_px, b.size_px
    found = Transform(
        xx * width / across, xy * height / across, x0 / across, yx * width / down, yy * height / down, y0 / down
    )
    return MIRROR.then(found) if mirrored else found
