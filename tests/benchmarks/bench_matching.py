"""Matching by perceptual hash in an archive of 1,000,000 images: what ``Matcher.catch_up`` takes, beside a bare loop.

PHOTOS="folder" takes your own photographs, otherwise pictures are drawn; IMAGES=100000 makes fewer.  The hashes are
those of blends of two photographs with a little noise, in all eight orientations and with borders for some, so that
their bits hang together as real ones do; and one in five is a copy of another.  The images stand in the tables
without a history.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import hashlib
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.fftpack import dct

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.archive import CACHE, CATALOGUE, Archive
from core.fingerprints import RECIPE, SKETCH_SIDE_PX, Fingerprint, fingerprint
from core.matching import MATCHING, Matcher, keep_fingerprints
from core.nearest import HashIndex
from core.records import Facts, Place
from core.store import cache, images
from core.store.connection import transaction
from tests.harness.drawn import folder_of

COUNT = int(os.environ.get("IMAGES", "1000000"))
NEW = 1_000
BATCH = 100  # as an import records and matches them
SINGLE = 20
PIECES = 200
# How much the frequencies of a blend are changed; with this, about as many pairs lie near as in real photographs.
VARIETY = 0.8
COPIES, BORDERS, CHANGED = 0.2, 0.1, 0.1
RADIUS = 8
Hashes = NDArray[np.uint64]
Indexed = tuple[NDArray[np.int64], Hashes]  # id of an image, hash


class Photographs:
    """Real photographs: the low frequencies that their hash is made of, and their sketches."""

    def __init__(self, folder: Path) -> None:
        self.sketches: list[bytes] = []
        low = []
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})[
            :2_000
        ]:
            with Image.open(path) as opened:
                opened.draft("RGB", (256, 256))
                picture = opened.convert("RGB")
            picture.thumbnail((256, 256))
            made = fingerprint(picture)
            if made.flat:
                continue
            self.sketches.append(made.sketch)
            grey = np.frombuffer(made.sketch[: SKETCH_SIDE_PX**2], np.uint8).reshape(SKETCH_SIDE_PX, -1)
            low.append(dct(dct(grey.astype(np.float64), axis=0), axis=1)[:8, :8])
        self.low = np.array(low, dtype=np.float32)

    def blends(self, count: int, chance: np.random.Generator) -> NDArray[np.float32]:
        """The low frequencies of blends of two photographs each, with noise; some are copies of the ones before."""
        first, second = chance.integers(0, len(self.low), (2, count))
        share = chance.uniform(0.3, 0.7, (count, 1, 1)).astype(np.float32)
        made = share * self.low[first] + (1 - share) * self.low[second]
        made *= 1 + VARIETY * chance.standard_normal(made.shape).astype(np.float32)
        copies = np.flatnonzero(chance.random(count) < COPIES)[1:]
        made[copies] = made[(copies * chance.random(len(copies))).astype(np.int64)]
        strength = np.median(np.abs(made), axis=(1, 2), keepdims=True)
        return made + CHANGED * strength * chance.standard_normal(made.shape).astype(np.float32)


def turned(low: NDArray[np.float32]) -> Hashes:
    """The hashes in the eight orientations, of the low frequencies alone: shape (pictures, 8)."""
    odd = np.where(np.arange(8) % 2, -1, 1).astype(np.float32)
    hashes = []
    for start in (low, low * odd):
        for _ in range(4):
            flat = start.reshape(len(low), 64)
            bits = np.packbits(flat > np.median(flat, axis=1, keepdims=True), axis=1)
            hashes.append(bits.view(">u8").ravel().astype(np.uint64))
            # A quarter to the left: the two directions change places, and then top and bottom.
            start = start.transpose(0, 2, 1) * odd[:, None]  # noqa: PLW2901
    return np.stack(hashes, axis=1)


def hashes_of(photographs: Photographs, count: int, seed: int) -> Iterator[tuple[Hashes, Hashes]]:
    """Blocks of hashes of whole pictures and of those without borders, which are 0 where there are none."""
    chance = np.random.default_rng(seed)
    for start in range(0, count, 50_000):
        low = photographs.blends(min(50_000, count - start), chance)
        inner = turned(low * (1 + 0.5 * chance.standard_normal(low.shape).astype(np.float32)))
        inner[chance.random(len(low)) >= BORDERS] = 0
        yield turned(low), inner


def sha_of(number: int) -> str:
    """A content hash."""
    return hashlib.sha256(b"%d" % number).hexdigest()


def fill(folder: Path, photographs: Photographs) -> Indexed:
    """Put matched images into an archive that nobody has open; ids and first hashes of all, upright and trimmed."""
    catalogue = sqlite3.connect(folder / CATALOGUE)
    catalogue.execute("ATTACH ? AS cache", (str(folder / CACHE),))
    number, ids, first = 0, [], []
    for whole, inner in hashes_of(photographs, COUNT, 1):
        shas = [sha_of(number + row) for row in range(len(whole))]
        catalogue.executemany(
            "INSERT INTO image (id, sha256, size_bytes, format, ending, mime, state, reason, width_px, height_px, "
            "orientation, upright_width_px, upright_height_px, exif) "
            "VALUES (?, ?, 1, 'JPEG', 'jpg', 'image/jpeg', 'decoded', '', 800, 600, 1, 800, 600, '{}')",
            ((number + row + 1, sha) for row, sha in enumerate(shas)),
        )
        catalogue.executemany(
            "INSERT INTO cache.fingerprint (sha256, recipe, upright, trimmed, matched) VALUES (?, ?, ?, ?, 1)",
            ((sha, RECIPE, *packed) for sha, packed in zip(shas, map(_packed, whole, inner), strict=True)),
        )
        framed = np.flatnonzero(inner[:, 0])
        ids += [np.arange(number, number + len(whole)) + 1, framed + number + 1]
        first += [whole[:, 0], inner[framed, 0]]
        number += len(whole)
    known = np.concatenate(ids), np.concatenate(first)
    _keep_in_pieces(catalogue, *known)
    catalogue.execute("INSERT OR REPLACE INTO cache.note (key, value) VALUES ('matching', ?)", (MATCHING,))
    catalogue.commit()
    catalogue.close()
    return known


def _keep_in_pieces(catalogue: sqlite3.Connection, ids: NDArray[np.int64], hashes: Hashes) -> None:
    """As they lie after many imports: most in one sorted piece, the newest in nearly as many pieces as there may be."""
    parts = [slice(0, len(ids) - PIECES * BATCH)]
    parts += [slice(start, start + BATCH) for start in range(len(ids) - PIECES * BATCH, len(ids), BATCH)]
    for number, part in enumerate(parts):
        order = np.lexsort((ids[part], hashes[part])) if number == 0 else slice(None)
        catalogue.execute(
            "INSERT INTO cache.matched_hashes (image_ids, hashes) VALUES (?, ?)",
            (ids[part][order].astype(">i8").tobytes(), hashes[part][order].astype(">u8").tobytes()),
        )


def _packed(whole: Hashes, inner: Hashes) -> tuple[bytes, bytes]:
    return whole.astype(">u8").tobytes(), inner.astype(">u8").tobytes() if inner[0] else b""


class Arriving:
    """New images on their way into the archive, a fifth of them copies of those that are there."""

    def __init__(self, archive: Archive, photographs: Photographs, known: Indexed, count: int) -> None:
        self._archive = archive
        self._chance = np.random.default_rng(2)
        self._came = 0
        self.whole, self.inner = next(hashes_of(photographs, count, 3))
        copies = np.flatnonzero(self._chance.random(count) < COPIES)
        originals = (self._chance.integers(0, COUNT, len(copies)) + 1).tolist()
        held = {
            image_id: (upright, trimmed) for image_id, _, upright, trimmed in cache.hashes_of(archive.db, originals)
        }
        for row, original in zip(copies.tolist(), originals, strict=True):
            upright, trimmed = held[original]
            self.whole[row] = np.frombuffer(upright, ">u8") ^ np.uint64(1 << int(self._chance.integers(0, 64)))
            self.inner[row] = np.frombuffer(trimmed, ">u8") if trimmed else 0
        self.sketches = [photographs.sketches[row % len(photographs.sketches)] for row in range(count)]
        self.candidates = self._drawn(known)

    def _drawn(self, known: Indexed) -> int:
        """Give each image that these will be held against a sketch, the same as theirs; how many there are."""
        index = HashIndex()
        index.add(*known)
        asked = np.concatenate((self.whole, self.inner), axis=1)
        rows, columns = np.nonzero(asked)
        query, image_id, _ = index.query(asked[rows, columns], RADIUS)
        wanted = dict(zip(image_id.tolist(), rows[query].tolist(), strict=True))
        with transaction(self._archive.db):
            cache.add_sketches(self._archive.db, ((sha_of(one - 1), self.sketches[row]) for one, row in wanted.items()))
        return len(wanted)

    def come(self, count: int) -> None:
        """Record the next of them, as an import does before it has them matched."""
        rows = range(self._came, self._came + count)
        shas = [sha_of(COUNT + row) for row in rows]
        made = (
            Fingerprint(
                RECIPE,
                tuple(self.whole[row].tolist()),
                tuple(self.inner[row].tolist()) if self.inner[row, 0] else (),
                sketch=self.sketches[row],
            )
            for row in rows
        )
        with transaction(self._archive.db):
            keep_fingerprints(self._archive, zip(shas, made, strict=True))
        with self._archive.action(f"Import {count}"):
            for sha in shas:
                image_id = images.add(self._archive.db, Facts(sha, 1, "JPEG", "image/jpeg", "decoded"), "jpg")
                images.add_capture(self._archive.db, image_id, Place(f"/x/{sha}.jpg"), "2014-06-14T12:00:00.000Z")
        self._came += count


def near_share(hashes: Hashes) -> float:
    """Which share of the pairs of these is near as they are."""
    near = sum(int((np.bitwise_count(hashes[row + 1 :] ^ one) <= RADIUS).sum()) for row, one in enumerate(hashes))
    return near / (len(hashes) * (len(hashes) - 1) / 2)


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare_query(known: Hashes, asked: Hashes) -> int:
    """One image's hashes against all in a bare loop."""
    return sum(int((np.bitwise_count(known ^ one) <= RADIUS).sum()) for one in asked)


@dataclass
class Taken:
    """Seconds by the clock, and of the processor, of each time."""

    clock_s: list[float]
    processor_s: list[float]

    def __str__(self) -> str:
        return f"{sum(self.clock_s):.2f} s (processor {sum(self.processor_s):.2f} s)"


def timed(matcher: Matcher, arriving: Arriving, counts: Sequence[int]) -> Taken:
    """How long each catching up takes after so many new images."""
    taken = Taken([], [])
    for count in counts:
        arriving.come(count)
        before = time.process_time()
        taken.clock_s.append(seconds(matcher.catch_up))
        taken.processor_s.append(time.process_time() - before)
    return taken


def bench(folder: Path, photographs: Photographs) -> None:
    """Print the figures."""
    Archive.create(folder).close()
    started = time.perf_counter()
    known = fill(folder, photographs)
    print(
        f"{COUNT:,} images of {len(photographs.low)} photographs' hashes: made in {time.perf_counter() - started:.0f} s"
    )
    print(
        f"  of all pairs within {RADIUS} bits: {near_share(known[1][: COUNT : max(1, COUNT // 20_000)]):.1e}; of the "
        f"photographs {near_share(turned(photographs.low)[:, 0]):.1e}"
    )
    with Archive.open(folder) as archive:
        arriving = Arriving(archive, photographs, known, 2 * NEW + 2 * SINGLE)
        share = arriving.candidates / len(arriving.whole)
        print(f"  images within {RADIUS} bits of a new one in any way: {share:.1f}")
        asked = [
            np.unique(np.append(whole, inner)) for whole, inner in zip(arriving.whole, arriving.inner, strict=True)
        ]
        bare = [seconds(partial(bare_query, known[1], one[one > 0])) for one in asked[:SINGLE]]
        print(f"  a bare loop over all hashes of one image: median {statistics.median(bare) * 1e3:.1f} ms")
        for state in ("first", "second"):
            matcher = Matcher(archive)
            opening = timed(matcher, arriving, [1])
            ones = timed(matcher, arriving, [1] * (SINGLE - 1))
            many = timed(matcher, arriving, [BATCH] * (NEW // BATCH))
            print(
                f"  {state} import: its first image {opening}; {NEW:,} in batches of {BATCH}: {many}\n"
                f"    one more image: median {statistics.median(ones.clock_s) * 1e3:.1f} ms "
                f"(processor {statistics.median(ones.processor_s) * 1e3:.1f}), worst {max(ones.clock_s) * 1e3:.1f}"
            )
        found = archive.db.conn.execute("SELECT count(*) FROM cache.match").fetchone()[0]
        print(f"  {found:,} matches kept")


def main() -> None:
    """Make the archive and print."""
    with tempfile.TemporaryDirectory() as kept:
        given = os.environ.get("PHOTOS")
        if given is None:
            folder_of(Path(kept, "photos"), 400)
        photographs = Photographs(Path(given or Path(kept, "photos")))
        bench(Path(kept, "archive"), photographs)


if __name__ == "__main__":
    main()
