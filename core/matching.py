"""Finding the images that are alike while they come in: near by perceptual hash, in any of eight orientations.

What is found here is *near*: nobody has verified it.  Every image is held against all that were matched before
it, and noted as matched together with what was found; so one that a crash left out is found out by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.archive import Archive
from core.fingerprints import RECIPE, Fingerprint, kind_of
from core.jobs import Job
from core.nearest import HashIndex
from core.records import Match
from core.store import cache, following
from core.store.connection import transaction

# Measured on photographs and what reposting makes of them: up to here no two different ones were near.
NEAR_BITS: Final = 5
TURNED_BITS: Final = 5
MATCHING: Final = f"near {NEAR_BITS}, turned {TURNED_BITS}, both ways; {RECIPE}"

_RADIUS: Final = np.array([NEAR_BITS] + [TURNED_BITS] * 7)
# Turned back: a quarter to the left by one to the right; every mirroring by itself.
_INVERSE: Final = np.array([0, 3, 2, 1, 4, 5, 6, 7])
_NOTE: Final = "matching"
_AT_ONCE: Final = 500
_PAIRS_AT_ONCE: Final = 20_000
_HASHES: Final = np.dtype(">u8")
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


def keep_fingerprints(archive: Archive, made: Iterable[tuple[str, Fingerprint]]) -> None:
    """Remember fingerprints by SHA-256; they are matched the next time that somebody catches up."""
    cache.add_fingerprints(
        archive.db, ((sha256, one.recipe, _packed(one.phashes), _packed(one.trimmed)) for sha256, one in made)
    )


def distances(one: Hashes, other: Hashes) -> tuple[Numbers, Numbers]:
    """How far the images of each pair are apart, in bits, and the orientation that brings them so near.

    Both arrays have the shape (pairs, 2, 8): whole picture and without borders, in eight orientations.  A pair
    is as far apart as the worse of turning the one or the other, since a hash that is turned back is not
    always the first again; so the answer is the same from either side.  65 is too far in every orientation.
    """
    forth = _closest(one, other[:, :, 0])
    back = _closest(other, one[:, :, 0])[:, _INVERSE]
    apart = np.maximum(forth, back)
    # At equal distance an unturned picture is the simpler explanation: argmin takes the first.
    apart = np.where(apart <= _RADIUS, apart, 65)
    orientation = apart.argmin(axis=1)
    return apart[np.arange(len(apart)), orientation], orientation


def _closest(turned: Hashes, first: Hashes) -> Numbers:
    """The least distance in each orientation, over whole and trimmed: shape (pairs, 8)."""
    bits = np.bitwise_count(turned[:, :, None, :] ^ first[:, None, :, None])
    least: Numbers = bits.min(axis=(1, 2)).astype(np.int64)
    return least


def is_behind(archive: Archive) -> bool:
    """Whether there are images still to be matched, or all of them anew."""
    if cache.note(archive.db, _NOTE) != MATCHING:
        return cache.has_fingerprints(archive.db)
    return bool(cache.unmatched(archive.db, RECIPE, 1))


class Matcher:
    """The hashes of the matched images of an archive, against which new ones are held.  Belongs to one thread."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._index: HashIndex | None = None

    def catch_up(self, job: Job | None = None) -> int:
        """Match every image that has a fingerprint and was not matched yet; how many there were.

        Raises:
            Cancelled: the user asked to stop; what was matched by then is kept.
        """
        job = job or Job()
        db = self._archive.db
        if cache.note(db, _NOTE) != MATCHING:
            with transaction(db):
                cache.forget_matches(db)
                cache.write_note(db, _NOTE, MATCHING)
        count = 0
        while new := cache.unmatched(db, RECIPE, _AT_ONCE):
            found = self._match([image_id for image_id, _, upright, trimmed in new if upright or trimmed])
            with transaction(db):
                cache.add_matches(db, found)
                cache.mark_matched(db, (sha256 for _, sha256, _, _ in new))
                following.refresh(db, {sha for match in found for sha in (match.sha256_a, match.sha256_b)})
            count += len(new)
            job.step(count, 0, "Looking for duplicates")
        return count

    def _match(self, new: Sequence[int]) -> list[Match]:
        """Take new images in, and tell which of all those known they are near, each pair once."""
        if self._index is None:
            self._index = _indexed(cache.first_hashes(self._archive.db))
        index, known = self._index, _Known(self._archive)
        hashes = known.of(new)
        index.add(np.repeat(np.array(new, dtype=np.int64), 2), hashes[:, :, 0].ravel())
        asked = np.ones(hashes.shape, dtype=np.bool_)
        asked[:, 1] = hashes[:, 1] != hashes[:, 0]  # most have no borders
        query, other, _ = index.query(hashes[asked], max(NEAR_BITS, TURNED_BITS))
        own = np.repeat(np.array(new, dtype=np.int64), 16)[asked.ravel()][query]
        pairs = np.stack([np.minimum(own, other), np.maximum(own, other)], axis=1)
        pairs = np.unique(pairs[own != other], axis=0)
        found: list[Match] = []
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            found += known.judged(pairs[start : start + _PAIRS_AT_ONCE])
        return found


class _Known:
    """The content hashes and perceptual hashes of the images just now concerned."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._shas: dict[int, str] = {}
        self._hashes: dict[int, Hashes] = {}

    def of(self, ids: Iterable[int]) -> Hashes:
        """The hashes of these images, shape (ids, 2, 8)."""
        wanted = [int(image_id) for image_id in ids]
        missing = sorted(set(wanted) - self._hashes.keys())
        for image_id, sha256, upright, trimmed in cache.hashes_of(self._archive.db, missing):
            self._shas[image_id] = sha256
            self._hashes[image_id] = np.stack([_unpacked(upright or trimmed), _unpacked(trimmed or upright)])
        return np.array([self._hashes[image_id] for image_id in wanted], dtype=np.uint64).reshape(-1, 2, 8)

    def judged(self, pairs: Numbers) -> Iterator[Match]:
        """The matches among these pairs of images, shape (pairs, 2)."""
        apart, orientation = distances(self.of(pairs[:, 0]), self.of(pairs[:, 1]))
        for number in np.flatnonzero(apart <= 64):
            first, second = sorted(self._shas[int(image_id)] for image_id in pairs[number])
            distance = int(apart[number])
            kind = kind_of(int(orientation[number]))
            yield Match(first, second, kind, distance, f"perceptual hash, {distance} of 64 bits differ")


def _indexed(rows: Sequence[tuple[int, bytes]]) -> HashIndex:
    index = HashIndex()
    index.add([image_id for image_id, _ in rows], _unpacked(b"".join(first for _, first in rows)))
    return index


def _packed(hashes: Sequence[int]) -> bytes:
    return np.array(hashes, dtype=_HASHES).tobytes()


def _unpacked(blob: bytes) -> Hashes:
    return np.frombuffer(blob, dtype=_HASHES).astype(np.uint64)
