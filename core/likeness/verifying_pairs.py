"""Looking closely at one pair of pictures, from what is kept of them: what a worker does, and all that it may do.

No SQL, no files: it gets the key points and thumbnails of both and says what they are to each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from core.imaging import open_thumbnail
from core.likeness.aligning import Alignment, align
from core.likeness.judging import Finding, Sizes, is_page, judge
from core.likeness.keypoints import Keypoints
from core.likeness.looks import Picture
from core.likeness.overlap import Grey, Laid, overlap
from core.likeness.surroundings import surroundings
from core.records import SAME_KINDS
from core.transforms import IDENTITY, MIRROR, Transform

DIFFERENT: Final = "different"
_FEW: Final = 15
# Looked at coarsely, 22 of 7,412 pairs of different pictures in the same studio or on the same table pass for one;
# none of those where the one is so much finer.  Where one of two different ones was blurred for it, more of what both
# show is something else (0.063 on two playing cards) than on 49 copies (0.042 at most, but for strong blur).
_FINER: Final = 1.3
_COARSE_CLASH: Final = 0.05
# Something put in shows less through blur as well; copies that are only blurred or noisy have no hole at all.
_COARSE_HOLE: Final = 0.01
_QUARTER: Final = Transform(0, 1, 0, -1, 0, 1)
_STRENGTH: Final = {
    kind: place for place, kind in enumerate(("unconfirmed", "same_object", "same_place", "same_scene"), 1)
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures, a the one of the smaller content hash, and what speaks for them.

    ``forms`` are those of a that key points spoke for: False as it is, True mirrored.  ``hints`` are how a may lie on b
    by their perceptual hashes, none where those said nothing.  ``part`` says that a is a region to be looked for:
    the least that agrees is told.
    """

    a: Picture
    b: Picture
    forms: tuple[bool, ...] = ()
    hints: tuple[Transform, ...] = ()
    part: bool = False


def look_at(pairs: Sequence[Pair]) -> list[Finding]:
    """What each of these pairs is to each other; ``different`` where it is nothing."""
    return [look(pair) for pair in pairs]


def look(pair: Pair) -> Finding:
    """What a pair is to each other."""
    a, b = _points(pair.a.points), _points(pair.b.points)
    best: Finding | None = None
    for mirrored in pair.forms:
        alignment = align(a, b, mirrored=mirrored)
        if alignment is not None:
            best = _stronger(best, _judged(pair, alignment, alignment.transform))
    if pair.hints and (best is None or best.kind not in SAME_KINDS):
        for hint in pair.hints:
            best = _stronger(best, _judged(pair, None, hint))
        if best is not None and best.kind not in SAME_KINDS and min(len(a), len(b)) < _FEW:
            best = Finding("unconfirmed", (), None, "too little is to be seen on them to tell")
    return best or Finding(DIFFERENT, (), None, "too few key points agree on anything")


def turned(kind: str) -> tuple[Transform, ...]:
    """The ways in which a picture may lie on another that its perceptual hash is near to, by the kind of that match."""
    quarters = (IDENTITY, _QUARTER, _QUARTER.then(_QUARTER), _QUARTER.inverse())
    if kind == "mirrored":
        return tuple(MIRROR.then(turn) for turn in quarters)
    return quarters[1:] if kind == "rotated" else quarters[:1]


def _judged(pair: Pair, alignment: Alignment | None, transform: Transform) -> Finding:
    a, b = _grey(pair.a.thumbnail), _grey(pair.b.thumbnail)
    around, sizes = surroundings(a, b, transform), Sizes(pair.a.size_px, pair.b.size_px)
    laid = Laid.of(a, b, transform)
    look = overlap(laid)
    found = judge(alignment, look, around, sizes, transform, part=pair.part)
    if found.kind in SAME_KINDS or look.finer < _FINER or is_page(look):
        return found
    # The one is blurred or full of noise: what is left of it may still be the same.
    look = overlap(laid, coarsely=True)
    again = judge(alignment, look, around, sizes, transform, part=pair.part)
    whole = look.clash <= _COARSE_CLASH and max(look.hole, look.replaced) <= _COARSE_HOLE
    return again if again.kind in SAME_KINDS and whole else found


def _stronger(one: Finding | None, other: Finding) -> Finding:
    return other if one is None or _strength(other) > _strength(one) else one


def _strength(finding: Finding) -> int:
    return len(_STRENGTH) + 1 if finding.kind in SAME_KINDS else _STRENGTH.get(finding.kind, 0)


@lru_cache(64)
def _points(packed: bytes) -> Keypoints:
    return Keypoints.unpacked(packed)


@lru_cache(64)
def _grey(thumbnail: bytes) -> Grey:
    return np.asarray(open_thumbnail(thumbnail).convert("L"))
