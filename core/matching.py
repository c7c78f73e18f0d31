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
from core.records import ImageId, Match
from core.sketches import SIDE_PX, Sketches, correlation, sketches
from core.store import cache, following
from core.store.connection import transaction

# Measured on 60 photographs with 32 copies of each and 660 others, many of them of the same table and cloth: with
# hashes alone, pairs of different photographs begin at 4 bits, and 2 bits find 0.63 of the copies.  Where the
# sketches must agree as well, 8 bits (6 turned) find 0.72 and no false pair.  Those that the hashes alone joined
# agree to 0.77 at most within 6 bits, and to 0.87 (two dark garments on a light wall) within 8.
NEAR_BITS: Final = 8
TURNED_BITS: Final = 6
LEAST_CORRELATION: Final = (0.80, 0.80, 0.80, 0.80, 0.80, 0.80, 0.80, 0.89, 0.89)
MATCHING: Final = f"near {NEAR_BITS}, turned {TURNED_BITS} both ways, sketch {SIDE_PX}: {LEAST_CORRELATION}; {RECIPE}"

_RADIUS: Final = np.array([NEAR_BITS] + [TURNED_BITS] * 7)
_TOO_FAR: Final = 65
# By distance; nothing correlates so well that it would be near from too far.
_LEAST: Final = np.array(LEAST_CORRELATION + (2.0,) * (_TOO_FAR + 1 - len(LEAST_CORRELATION)))
# Turned back: a quarter to the left by one to the right; every mirroring by itself.
_INVERSE: Final = np.array([0, 3, 2, 1, 4, 5, 6, 7])
_NOTE: Final = "matching"
_AT_ONCE: Final = 500
_PAIRS_AT_ONCE: Final = 2_000  # 16 kilobytes of sketches each
_NOTHING: Final = np.zeros((2, SIDE_PX, SIDE_PX), dtype=np.float32)
_HASHES: Final = np.dtype(">u8")
_IDS: Final = np.dtype(">i8")
_PIECES: Final = 256
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


def keep_fingerprints(archive: Archive, made: Iterable[tuple[str, Fingerprint]]) -> None:
    """Remember fingerprints by SHA-256; they are matched the next time that somebody catches up."""
    kept = list(made)
    cache.add_fingerprints(
        archive.db, ((sha256, one.recipe, _packed(one.phashes), _packed(one.trimmed)) for sha256, one in kept)
    )
    cache.add_sketches(archive.db, ((sha256, one.sketch) for sha256, one in kept if not one.flat))


def distances(one: Hashes, other: Hashes) -> Numbers:
    """How far the images of each pair are apart in each orientation of the one, in bits: shape (pairs, 8).

    Both arrays have the shape (pairs, 2, 8): whole picture and without borders, in eight orientations.  A pair
    is as far apart as the worse of turning the one or the other, since a hash that is turned back is not
    always the first again; so the answer is the same from either side.  65 stands for too far.
    """
    forth = _closest(one, other[:, :, 0])
    back = _closest(other, one[:, :, 0])[:, _INVERSE]
    apart = np.maximum(forth, back)
    return np.where(apart <= _RADIUS, apart, _TOO_FAR)


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
            ids = np.array([image_id for image_id, _, upright, trimmed in new if upright or trimmed], dtype=np.int64)
            found, firsts = self._match(ids)
            with transaction(db):
                cache.add_near(db, found)
                self._keep(ids, firsts)
                cache.mark_matched(db, (sha256 for _, sha256, _, _ in new))
                following.refresh(db, {sha for match in found for sha in (match.sha256_a, match.sha256_b)})
            count += len(new)
            job.step(count, 0, "Looking for duplicates")
        return count

    def near(self, asked: Fingerprint) -> list[ImageId]:
        """The images whose hashes are near those of a picture that need not be among them."""
        if asked.flat:
            return []
        if self._index is None:
            self._index = _indexed(cache.matched_hashes(self._archive.db))
        whole, trimmed = asked.phashes or asked.trimmed, asked.trimmed or asked.phashes
        pairs = self._candidates(self._index, np.array([-1]), np.array([[whole, trimmed]], dtype=np.uint64))
        return [ImageId(image_id) for image_id in pairs[:, 1].tolist()]

    def _match(self, new: Numbers) -> tuple[list[Match], Hashes]:
        """Take new images in: which of all those known they are near, each pair once, and their first hashes."""
        if self._index is None:
            self._index = _indexed(cache.matched_hashes(self._archive.db))
        index, known = self._index, _Known(self._archive)
        hashes = known.of(new)
        firsts = hashes[:, :, 0]
        index.add(np.repeat(new, 2), firsts.ravel())
        pairs = self._candidates(index, new, hashes)
        pairs = pairs[np.isin(pairs, known.present(pairs)).all(axis=1)]
        found: list[Match] = []
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            found += known.judged(pairs[start : start + _PAIRS_AT_ONCE])
        return found, firsts

    def _keep(self, new: Numbers, firsts: Hashes) -> None:
        """Keep the hashes of images just matched, of which the next index is made: quickly while the pieces are few."""
        db, index = self._archive.db, self._index
        if (
            len(new)
            and cache.add_matched_hashes(db, _packed_ids(np.repeat(new, 2)), _packed(firsts.ravel())) >= _PIECES
        ):
            assert index is not None
            ids, hashes = index.entries()
            cache.put_together(db, _packed_ids(ids), _packed(hashes))

    def _candidates(self, index: HashIndex, ids: Numbers, hashes: Hashes) -> Numbers:
        """The pairs of one of these images and any other that are near in one way at least: shape (pairs, 2)."""
        asked = np.ones(hashes.shape, dtype=np.bool_)
        asked[:, 1] = hashes[:, 1] != hashes[:, 0]  # most have no borders
        owners = np.broadcast_to(ids[:, None, None], hashes.shape)
        pairs = []
        for part, radius in ((slice(0, 1), NEAR_BITS), (slice(1, 8), TURNED_BITS)):
            query, other, _ = index.query(hashes[:, :, part][asked[:, :, part]], radius)
            own = owners[:, :, part][asked[:, :, part]][query]
            pairs.append(np.stack([np.minimum(own, other), np.maximum(own, other)], axis=1)[own != other])
        return np.unique(np.concatenate(pairs), axis=0)


class _Known:
    """The content hashes, perceptual hashes and sketches of the images just now concerned."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._shas: dict[int, str] = {}
        self._hashes: dict[int, Hashes] = {}
        self._sketches: dict[int, Sketches] = {}

    def of(self, ids: Iterable[int]) -> Hashes:
        """The hashes of these images, shape (ids, 2, 8)."""
        wanted = [int(image_id) for image_id in ids]
        self._read(wanted)
        return np.array([self._hashes[image_id] for image_id in wanted], dtype=np.uint64).reshape(-1, 2, 8)

    def _read(self, ids: Iterable[int]) -> None:
        missing = sorted(set(ids) - self._hashes.keys())
        for image_id, sha256, upright, trimmed in cache.hashes_of(self._archive.db, missing):
            self._shas[image_id] = sha256
            self._hashes[image_id] = np.stack([_unpacked(upright or trimmed), _unpacked(trimmed or upright)])

    def present(self, ids: Numbers) -> list[int]:
        """Those of these images that are in the archive still."""
        wanted = np.unique(ids).tolist()
        self._read(wanted)
        return [image_id for image_id in wanted if image_id in self._hashes]

    def judged(self, pairs: Numbers) -> Iterator[Match]:
        """The matches among these pairs of images, shape (pairs, 2)."""
        # Turning the one or the other may round differently in the sketch, so it is always the smaller hash's.
        self.of(pairs.ravel())
        pairs = np.array([sorted(pair, key=self._shas.__getitem__) for pair in pairs.tolist()]).reshape(-1, 2)
        apart = distances(self.of(pairs[:, 0]), self.of(pairs[:, 1]))
        pairs, apart = _some(apart.min(axis=1) < _TOO_FAR, pairs, apart)
        agreement = np.zeros(apart.shape)
        for turn in range(8):
            near = apart[:, turn] < _TOO_FAR
            if near.any():
                drawn = self._sketched(pairs[near])
                agreement[near, turn] = correlation(drawn[:, 0], drawn[:, 1], turn)
        apart = np.where(agreement >= _LEAST[apart], apart, _TOO_FAR)
        # At equal distance an unturned picture is the simpler explanation: argmin takes the first.
        orientation = apart.argmin(axis=1)
        for number in np.flatnonzero(apart.min(axis=1) < _TOO_FAR):
            first, second = (self._shas[image_id] for image_id in pairs[number].tolist())
            turn = int(orientation[number])
            distance = int(apart[number, turn])
            evidence = f"perceptual hash, {distance} of 64 bits differ; correlation {agreement[number, turn]:.2f}"
            yield Match(first, second, kind_of(turn), distance, evidence)

    def _sketched(self, pairs: Numbers) -> Sketches:
        """The sketches of these pairs, shape (pairs, 2, 2, 32, 32); nothing agrees with a lost one."""
        missing = sorted({int(image_id) for image_id in pairs.ravel()} - self._sketches.keys())
        self._sketches |= dict.fromkeys(missing, _NOTHING)
        kept = dict(cache.sketches(self._archive.db, missing))
        self._sketches |= zip(kept, sketches(list(kept.values())), strict=True)
        drawn = [self._sketches[image_id] for image_id in pairs.ravel().tolist()]
        return np.array(drawn, dtype=np.float32).reshape(-1, 2, *_NOTHING.shape)


def _some(chosen: NDArray[np.bool_], *arrays: Numbers) -> list[Numbers]:
    return [array[chosen] for array in arrays]


def _indexed(pieces: Iterable[tuple[bytes, bytes]]) -> HashIndex:
    index = HashIndex()
    for ids, hashes in pieces:
        index.add(np.frombuffer(ids, dtype=_IDS).astype(np.int64), _unpacked(hashes))
    return index


def _packed_ids(ids: Numbers) -> bytes:
    return ids.astype(_IDS).tobytes()


def _packed(hashes: Sequence[int] | Hashes) -> bytes:
    return np.array(hashes, dtype=_HASHES).tobytes()


def _unpacked(blob: bytes) -> Hashes:
    return np.frombuffer(blob, dtype=_HASHES).astype(np.uint64)
