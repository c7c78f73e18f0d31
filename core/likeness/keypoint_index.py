"""The index of key points: which of many pictures share some with another, and where they would lie on each other.

A point is found by any of its code's three keys and kept where the codes differ in few bits.  Points that two
pictures share vote for how the one would have to be turned, scaled and moved to lie on the other; only pictures of
which several agree on that are worth a comparison (Jégou, Douze and Schmid, *Hamming embedding and weak geometric
consistency*, 2008).  Whether a pair is found depends on the two alone.

An index is made of parts that never change once they are made, so that they can lie in files and be read by the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.likeness.codes import KEY_BITS, KEYS, Codes, codes_of, key_of
from core.likeness.keypoints import MOST, Keypoints

MOST_BITS: Final = 10
"""Codes that differ in more are no sign: 0.95 of all copies differ in at most 10, one in 10,000 others does."""
LEAST_VOTES: Final = 4
# Of a key that more points have, the first are asked: ten thousand copies of one picture find its oldest ones.
_CROWD: Final = 2_000
_TURN: Final = 12  # bins of the angle
_SCALE: Final = 2.0  # bins an octave
_MOVE: Final = 4.0  # bins of a picture's longer side
_REACH: Final = 16  # bins of scale and of place, on either side of none
_CELLS: Final = _TURN * (2 * _REACH) ** 3

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Part:
    """The points of some pictures, which are found by key.

    ``pictures`` are their numbers; the points of ``pictures[i]`` are ``firsts[i]`` to ``firsts[i + 1]``, and
    ``middles[i]`` its middle.  Of each point there is its code, and in ``places`` x, y, the binary logarithm of its
    size, and its angle in turns.  Lengths are in longer sides of the picture.  The points whose key ``k`` begins with
    the bits of ``v`` are ``points[k, starts[k, v]:starts[k, v + 1]]``; a large part tells more bits apart.
    """

    pictures: Numbers
    firsts: Numbers
    middles: Floats
    codes: Codes
    places: NDArray[np.float16]
    starts: NDArray[np.uint32]
    points: NDArray[np.uint32]

    @classmethod
    def of(cls, pictures: Sequence[tuple[int, Keypoints]]) -> "Part":
        """The part of these pictures, each with a number of its own, in their order."""
        firsts = np.cumsum([0, *(len(keypoints) for _, keypoints in pictures)])
        return cls._keyed(
            np.array([number for number, _ in pictures], dtype=np.int64),
            firsts.astype(np.int64),
            np.array([_middle(keypoints) for _, keypoints in pictures], dtype=np.float32).reshape(-1, 2),
            np.concatenate([np.empty(0, np.uint64), *(codes_of(one.descriptors) for _, one in pictures)]),
            np.concatenate([np.empty((0, 4), np.float16), *(_placed(one) for _, one in pictures)]),
        )

    @classmethod
    def merged(cls, parts: Sequence["Part"], check: Callable[[], None] = lambda: None) -> "Part":
        """One part of the pictures of several, which have none in common, in their order.

        ``check`` is called between steps, of which a part of 18 million points takes none for a second; what it
        raises ends the work.
        """
        sizes = np.concatenate([np.diff(part.firsts) for part in parts])
        bits = _bits(int(sizes.sum()))
        starts = np.zeros((KEYS, (1 << bits) + 1), dtype=np.uint32)
        points = np.empty((KEYS, int(sizes.sum())), dtype=np.uint32)
        for number in range(KEYS):
            _merge(parts, number, starts[number], points[number], check)
        firsts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)

        def joined(name: str) -> Any:
            check()
            return np.concatenate([getattr(part, name) for part in parts])

        return cls(joined("pictures"), firsts, joined("middles"), joined("codes"), joined("places"), starts, points)

    @classmethod
    def _keyed(
        cls, pictures: Numbers, firsts: Numbers, middles: Floats, codes: Codes, places: NDArray[np.float16]
    ) -> "Part":
        sorted_by_key = [_order(codes, number, _bits(len(codes))) for number in range(KEYS)]
        starts, points = (np.stack(arrays) for arrays in zip(*sorted_by_key, strict=True))
        return cls(pictures, firsts, middles, codes, places, starts, points)

    @property
    def sound(self) -> bool:
        """Whether its arrays fit together."""
        count = len(self.codes)
        return (
            len(self.pictures) > 0
            and len(self.middles) == len(self.pictures) == len(self.firsts) - 1
            and int(self.firsts[-1]) == count == len(self.places)
            and self.points.shape == (KEYS, count)
            and bool((self.starts[:, -1] == count).all())
        )

    def meet(self, codes: Codes) -> tuple[Numbers, Numbers]:
        """Which of these points (by position) and which of the part's are alike, each pair once and in order."""
        shift = np.uint32(KEY_BITS + 1 - (self.starts.shape[1] - 1).bit_length())
        asked, met = [], []
        for number in range(KEYS):
            keys = key_of(codes, number)
            first = self.starts[number, keys >> shift].astype(np.int64)
            count = np.minimum(self.starts[number, (keys >> shift) + np.uint32(1)] - first, _CROWD)
            own = np.repeat(np.arange(len(codes)), count)
            within = np.arange(len(own)) - np.repeat(np.cumsum(count) - count, count)
            other = self.points[number, first[own] + within]
            apart = codes[own] ^ self.codes[other]
            alike = (np.bitwise_count(apart) <= MOST_BITS) & (key_of(apart, number) == 0)
            asked.append(own[alike])
            met.append(other[alike].astype(np.int64))
        both = np.unique(np.concatenate(asked) * len(self.codes) + np.concatenate(met))
        own, other = np.divmod(both, max(1, len(self.codes)))
        return own, other


def _bits(count: int) -> int:
    """How many bits of a key so many points are told apart by."""
    return min(KEY_BITS, max(1, count).bit_length())


def _order(codes: Codes, number: int, bits: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Where the points of each key start, and the points in the order of their keys, equal ones in their own."""
    keys = key_of(codes, number) >> np.uint32(KEY_BITS - bits)
    starts = np.zeros((1 << bits) + 1, dtype=np.uint32)
    np.cumsum(np.bincount(keys, minlength=1 << bits), out=starts[1:])
    return starts, np.argsort(keys, kind="stable").astype(np.uint32)


def _merge(
    parts: Sequence[Part],
    number: int,
    starts: NDArray[np.uint32],
    points: NDArray[np.uint32],
    check: Callable[[], None],
) -> None:
    """Write the same of several parts together: what is sorted already only moves."""
    orders = []
    for part in parts:
        check()
        alike = part.starts.shape[1] == len(starts)
        bits = (len(starts) - 1).bit_length() - 1
        orders.append((part.starts[number], part.points[number]) if alike else _order(part.codes, number, bits))
        starts += orders[-1][0]
    free, before = starts[:-1].copy(), 0
    for own, order in orders:
        count = np.diff(own)
        check()
        to = np.repeat(free - own[:-1], count)  # below 0 it begins again at 2^32, as the sum does
        check()
        to += np.arange(len(order), dtype=np.uint32)
        check()
        points[to] = order + np.uint32(before)
        free += count
        before += len(order)


def candidates(parts: Sequence[Part], picture: Keypoints) -> dict[int, int]:
    """The numbers of the pictures that may show the same as this one, each with how many points agree on how."""
    codes, places = codes_of(picture.descriptors), _placed(picture)
    middle = np.array(_middle(picture), dtype=np.float32)
    found: dict[int, int] = {}
    for part in parts:
        own, other = part.meet(codes)
        at = np.searchsorted(part.firsts, other, side="right") - 1
        often = np.bincount(at, minlength=1)[at] >= LEAST_VOTES
        if not often.any():
            continue
        order = np.argsort(at[often], kind="stable")
        own, other, at = own[often][order], other[often][order], at[often][order]
        here, there = places[own].astype(np.float32), part.places[other].astype(np.float32)
        forth = _bins(here, there, middle, part.middles[at])
        back = _bins(there, here, part.middles[at], middle)
        # Asked from either side, so that it makes no difference which of the two was there first.
        votes = np.minimum(_most(forth, own, at), _most(back, other - part.firsts[at], at))
        chosen = np.flatnonzero(votes >= LEAST_VOTES)
        found |= dict(zip(part.pictures[chosen].tolist(), votes[chosen].tolist(), strict=True))
    return found


def _bins(here: Floats, there: Floats, middle_here: Floats, middle_there: Floats) -> Numbers:
    """The bins of turn, scale and place that each pair of points votes for, the two nearest of each: (16, pairs)."""
    turn, scale = there[:, 3] - here[:, 3], there[:, 2] - here[:, 2]
    grown, angle = np.exp2(scale), 2 * np.pi * turn
    x, y = (middle_here - here[:, :2]).T * grown
    moved_x = there[:, 0] + np.cos(angle) * x - np.sin(angle) * y - middle_there[..., 0]
    moved_y = there[:, 1] + np.sin(angle) * x + np.cos(angle) * y - middle_there[..., 1]
    bins = np.zeros((1, len(here)), dtype=np.int64)
    for value, size in ((turn * _TURN, _TURN), (scale * _SCALE, 0), (moved_x * _MOVE, 0), (moved_y * _MOVE, 0)):
        low = np.floor(value).astype(np.int64)
        both = np.stack([low, low + 1])
        both = both % size if size else np.clip(both, -_REACH, _REACH - 1) + _REACH
        bins = (bins[:, None] * (size or 2 * _REACH) + both).reshape(-1, len(here))
    return bins


def _most(bins: Numbers, points: Numbers, at: Numbers) -> Numbers:
    """The most different points (each below ``MOST``) that vote for one bin, for each picture of the part."""
    ballots = np.sort(((at * _CELLS + bins) * MOST + points).ravel())
    cells = ballots[np.flatnonzero(np.diff(ballots, prepend=-1))] // MOST
    first = np.flatnonzero(np.diff(cells, prepend=-1))
    votes = np.zeros(int(at[-1]) + 1, dtype=np.int64)
    np.maximum.at(votes, cells[first] // _CELLS, np.diff(first, append=len(cells)))
    return votes


def _placed(picture: Keypoints) -> NDArray[np.float16]:
    longer = max(picture.size_px)
    x, y, size, angle = picture.places.T
    return np.stack([x / longer, y / longer, np.log2(np.maximum(size, 0.5) / longer), angle / 360], 1).astype(
        np.float16
    )


def _middle(picture: Keypoints) -> tuple[float, float]:
    longer = max(picture.size_px)
    return picture.size_px[0] / longer / 2, picture.size_px[1] / longer / 2
