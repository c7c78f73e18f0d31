"""Finding the images that are alike while they come in: near by perceptual hash, in any of eight orientations.

What is found here is *near*: nobody has verified it.  Only equal pixels are certain, and they are told apart at
the end of an import, by decoding in full just those that may have them.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.archive import Archive
from core.fingerprints import Fingerprint, kind_of, pixel_hash
from core.imaging import Undecodable
from core.nearest import HashIndex
from core.records import ImageId, Match
from core.store import cache, following, pixels
from core.store.connection import transaction

# Measured on photographs and what reposting makes of them: up to here no two different ones were near.
NEAR_BITS: Final = 5
_HASHES: Final = np.dtype(">u8")
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An image that has just come in, with its fingerprint."""

    image_id: ImageId
    sha256: str
    fingerprint: Fingerprint


def packed(hashes: Sequence[int]) -> bytes:
    """Hashes as the cache keeps them."""
    return np.array(hashes, dtype=_HASHES).tobytes()


def unpacked(blob: bytes) -> Hashes:
    """Hashes out of the cache."""
    return np.frombuffer(blob, dtype=_HASHES).astype(np.uint64)


class Matcher:
    """The hashes of all images of an archive, against which new ones are held.  Belongs to one thread."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._index = HashIndex()
        self._shas: dict[int, str] = {}
        ids: list[int] = []
        hashes: list[int] = []
        for image_id, sha256, upright, trimmed in cache.fingerprints(archive.db):
            self._shas[image_id] = sha256
            for value in {int(unpacked(blob[:8])[0]) for blob in (upright, trimmed) if blob}:
                ids.append(image_id)
                hashes.append(value)
        self._index.add(ids, hashes)

    def match(self, arrivals: Iterable[Arrival]) -> list[Match]:
        """Take new images in, and tell which of all those known they are near, each pair once at its closest."""
        new = [arrival for arrival in arrivals if not arrival.fingerprint.flat]
        for arrival in new:
            self._shas[arrival.image_id] = arrival.sha256
            first = {hashes[0] for hashes in (arrival.fingerprint.phashes, arrival.fingerprint.trimmed) if hashes}
            self._index.add([arrival.image_id] * len(first), sorted(first))
        queries = [
            (arrival.image_id, orientation, value)
            for arrival in new
            for hashes in (arrival.fingerprint.phashes, arrival.fingerprint.trimmed)
            for orientation, value in enumerate(hashes)
        ]
        values = np.array([value for _, _, value in queries], dtype=np.uint64)
        best: dict[tuple[int, int], tuple[int, int]] = {}
        for number, other, distance in zip(*self._index.query(values, NEAR_BITS), strict=True):
            own, orientation, _ = queries[int(number)]
            if own != int(other):
                pair = (min(own, int(other)), max(own, int(other)))
                # At equal distance an unturned picture is the simpler explanation.
                best[pair] = min(best.get(pair, (65, 0)), (int(distance), orientation))
        return [self._match(pair, *found) for pair, found in best.items()]

    def _match(self, pair: tuple[int, int], distance: int, orientation: int) -> Match:
        first, second = sorted(self._shas[image_id] for image_id in pair)
        kind = kind_of(orientation)
        return Match(first, second, kind, distance, f"perceptual hash, {distance} of 64 bits differ")


def keep(archive: Archive, matches: Sequence[Match]) -> None:
    """Remember what was found, and show it."""
    if matches:
        with transaction(archive.db):
            cache.add_matches(archive.db, matches)
            following.refresh(archive.db, {sha for match in matches for sha in (match.sha256_a, match.sha256_b)})


def to_compare(archive: Archive) -> list[tuple[str, str]]:
    """SHA-256 and ending of the images that may have pixels in common with another and were not yet looked at."""
    return pixels.candidates(archive.db)


def hash_pixels(path: str) -> str:
    """The pixel hash of an original, empty where it cannot be decoded; what a worker process runs."""
    try:
        return pixel_hash(path)
    except (Undecodable, OSError):
        return ""


def keep_pixels(archive: Archive, hashes: Iterable[tuple[str, str]]) -> None:
    """Remember pixel hashes by SHA-256, and turn into *same_pixels* every pair that has them in common."""
    with transaction(archive.db):
        changed = pixels.keep(archive.db, hashes)
        following.refresh(archive.db, changed)


def path_of(archive: Archive, sha256: str, ending: str) -> str:
    """Where an original lies."""
    return os.fspath(archive.originals.path_of(sha256, ending))
