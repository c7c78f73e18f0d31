"""What two pictures are to each other, and why: the last word on a pair, from how they lie and what agrees.

Each limit is told with what it was measured on: 1,800 pairs of photographs with their copies and 3,600 pairs of
different photographs that share key points (the same cards, cloth, scissors and tables), see
``tests/benchmarks/bench_likeness.py``.
"""

import math
from dataclasses import dataclass
from typing import Final

from core.likeness.aligning import Alignment
from core.likeness.overlap import Overlap
from core.likeness.surroundings import Surroundings
from core.transforms import Transform

RULES: Final = "judging/8"

# Of what both show, this agrees in 0.99 of copies, and of different photographs in less than 0.1.
_BOTH_AGREE: Final = 0.75
# One of the two is there whole: what is written over the other leaves it so.
_ONE_WHOLE: Final = 0.85
_MOSTLY: Final = 0.8
# Straightening turns by a few degrees; an object lies on its table in any direction.
_TILT_DEGREES: Final = 6.0
# Of one of the two, so much must lie on the other; two that only meet at an edge are two pictures of one scene.
_LEAST_PART: Final = 0.3
# Where more inside differs, it is another moment, or was worked on.  A logo covers up to 0.037 of a copy, in a corner.
_HOLE: Final = 0.021
# The same for a thick part of which one may show nothing.  A logo in a corner stays below up to a twentieth of the
# picture; of 106 pairs of photographs in the same chat or studio that differ in no larger hole, 0.87 are above.
_REPLACED: Final = 0.026
# Of a page, a calendar or a chat, which lie on a ground of one tone, each word counts: where so much of what both show
# is something else, it is another page.  Drawn months whose days fall alike differ in 0.02, copies of one in 0.003.
_PAPER: Final = 0.35
_OTHER_WORDS: Final = 0.01
# And one of the two is there to its edges: rows of days and of messages come again further on.
_TO_ITS_EDGES: Final = 0.95
# Where a thick part was replaced and what lies round it clashes as well, less is enough: 3 of 3,450 copies have both.
_LITTLE_REPLACED: Final = 0.008
_LITTLE_CLASH: Final = 0.04
# Where little but a plain ground is to be seen, few key points agree and they were turned, the light of the ground must
# be that of one photograph: of copies that are so plain, 0.99 are off by at most 0.3 grey values.
_FAINT: Final = 0.2
_MOSTLY_PLAIN: Final = 0.5
_OFF: Final = 0.33
_ASKEW_DEGREES: Final = 1.5
_BROAD: Final = 0.35
_ONE_THING: Final = 0.2  # key points that go round less are of one thing, which may have been turned
_SMALL: Final = 0.15
_LEAST_RELATED: Final = 10
_PART_AGREES: Final = 0.4
_SAME_SIZE: Final = 0.03  # of the logarithm of the scale
_STRAIGHT_DEGREES: Final = 0.7
_SPOT: Final = 0.003
_UNTOUCHED: Final = 0.96
_SAME_TONES: Final = 12.0  # grey values of 255, on average


@dataclass(frozen=True, slots=True)
class Sizes:
    """Upright sizes of two pictures in pixels, (width, height)."""

    a: tuple[int, int]
    b: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a pair: kind, changes and transform as in a ``Match``, the evidence in words and numbers."""

    kind: str
    changes: tuple[str, ...]
    transform: Transform | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Turn:
    """How a transform turns and scales a picture, in pixels: quarter turns counter-clockwise, and degrees beyond."""

    mirrored: bool
    quarters: int
    degrees: float
    scale: float

    @classmethod
    def of(cls, transform: Transform, sizes: Sizes) -> "Turn":
        """What the transform from a to b does."""
        (wa, ha), (wb, hb) = sizes.a, sizes.b
        xx, xy = transform.xx * wb / wa, transform.xy * wb / ha
        yx, yy = transform.yx * hb / wa, transform.yy * hb / ha
        mirrored = xx * yy < xy * yx
        if mirrored:
            xx, yx = -xx, -yx
        clockwise = math.degrees(math.atan2(yx - xy, xx + yy))
        quarters = round(-clockwise / 90) % 4
        return cls(mirrored, quarters, (-clockwise - 90 * quarters + 180) % 360 - 180, abs(xx * yy - xy * yx) ** 0.5)


def judge(
    alignment: Alignment | None,
    look: Overlap,
    around: Surroundings,
    sizes: Sizes,
    transform: Transform,
    *,
    part: bool = False,
) -> Finding:
    """What a and b are to each other, b lying as ``transform`` says; ``alignment`` is None where only hashes said so.

    Kind ``different`` where they are nothing to each other, ``unconfirmed`` where too little is to be seen to tell.
    ``part`` says that a is a region that is looked for: then all that may be it is told.
    """
    turn = Turn.of(transform, sizes)
    said = _evidence(alignment, look)
    if _is_same(alignment, look, turn):
        kind, changes = _named(look, around, turn)
        return Finding(kind, changes, transform, said)
    if alignment is None:
        hardly = look.to_see < 0.02
        return Finding("unconfirmed" if hardly else "different", (), transform if hardly else None, said)
    if part:
        return Finding("same_object" if look.agree_both >= _PART_AGREES else "different", (), transform, said)
    related = _related(alignment, look, turn)
    return Finding(related, ("altered",) if related == "same_scene" and _is_altered(look) else (), transform, said)


def is_page(look: Overlap) -> bool:
    """Whether it lies on a ground of one tone, as words and things for sale do: small differences count."""
    return look.ground > _PAPER


def _is_same(alignment: Alignment | None, look: Overlap, turn: Turn) -> bool:
    spread, share = (alignment.spread, alignment.share) if alignment else (0.0, 0.0)
    if look.to_see < 0.02 or max(look.of_a, look.of_b) < _LEAST_PART or _is_altered(look):
        return False
    if look.light_differs or (share < _FAINT and abs(turn.degrees) > _ASKEW_DEGREES and _is_off(look)):
        return False
    dense = share > 0.5 and spread > 0.4 and look.agree > 0.4
    if not dense and (look.agree_both < _BOTH_AGREE or not _is_whole(look)):
        return False
    all_over = look.agree > 0.9 and look.to_see > 0.3
    if abs(turn.degrees) > _TILT_DEGREES:
        broad = all_over and spread > _BROAD and look.plain < 0.4
        if not broad and not (look.light_agrees and look.agree > 0.9 and spread > _ONE_THING):
            return False
    if min(look.of_a, look.of_b) < _SMALL:
        return all_over and look.to_see > 0.5 and alignment is not None and alignment.agreeing >= 15
    calm = look.plain >= 0.3 and look.mostly_off < 1 and look.off_share < 0.01
    return (spread >= 0.1 and share > 0.08) or calm or all_over


def _is_off(look: Overlap) -> bool:
    """Whether little but a plain ground is to be seen, whose light is hardly that of one photograph."""
    return look.plain > _MOSTLY_PLAIN and look.off > _OFF


def _is_altered(look: Overlap) -> bool:
    other_words = is_page(look) and (look.clash > _OTHER_WORDS or max(look.of_a, look.of_b) < _TO_ITS_EDGES)
    both = look.replaced > _LITTLE_REPLACED and look.clash > _LITTLE_CLASH
    return look.hole > _HOLE or look.replaced > _REPLACED or other_words or both


def _is_whole(look: Overlap) -> bool:
    return max(look.agree_a, look.agree_b) >= _ONE_WHOLE or look.agree >= _MOSTLY


def _related(alignment: Alignment, look: Overlap, turn: Turn) -> str:
    """What pictures that are not the same have in common; ``different`` where that is too little to be told."""
    if alignment.agreeing < _LEAST_RELATED or alignment.agreeing < 0.3 * alignment.pairs:
        return "different"
    if alignment.spread >= 0.25:
        return "same_scene" if look.agree_both >= 0.5 else "same_place"
    if _is_chrome(alignment, turn):
        return "different"
    return "same_object"


def _is_chrome(alignment: Alignment, turn: Turn) -> bool:
    """Whether what agrees lies at the same place of both near an edge: a frame, a logo, a caption of the same make."""
    unmoved = abs(turn.degrees) < 1 and not turn.quarters and not turn.mirrored
    return unmoved and alignment.outer >= 0.8


def _named(look: Overlap, around: Surroundings, turn: Turn) -> tuple[str, tuple[str, ...]]:
    became = (
        ("mirrored", turn.mirrored),
        (f"turned_{90 * turn.quarters}", turn.quarters > 0),
        ("tilted", abs(turn.degrees) > _STRAIGHT_DEGREES),
        ("resized", abs(math.log(turn.scale)) > _SAME_SIZE),
        *((change, True) for change in around.changes),
        ("overlaid", look.hole > _SPOT or look.agree < _UNTOUCHED),
        ("recoloured", look.shifted > _SAME_TONES),
    )
    changes = tuple(change for change, so in became if so)
    kind = "same_picture"
    if turn.mirrored:
        kind = "mirrored"
    elif turn.quarters:
        kind = "rotated"
    elif "screenshot" in changes or "inset" in changes:
        kind = "contains"
    elif "cut" in changes:
        kind = "crop"
    return kind, changes


def _evidence(alignment: Alignment | None, look: Overlap) -> str:
    agrees = f"{look.agree:.0%} of what is to be seen agrees"
    if alignment is None:
        return agrees
    return (
        f"{alignment.agreeing} of {alignment.pairs} key points agree, over {alignment.spread:.0%} of what they share; "
        f"{agrees}"
    )
