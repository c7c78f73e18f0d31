"""Import beside a bare loop on the same two worker processes, by turns; and the memory of all processes.

The bare loop reads, hashes, decodes reduced, makes the thumbnail and the hash, and copies with the same fsyncs; it
keeps no record.  PHOTOS="folder" takes your own photographs, otherwise pictures are drawn.
"""
# ruff: noqa: T201 - printing is what it is for

import hashlib
import io
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Self

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.archive import Archive
from core.importing import BATCH_IMAGES, ImportReport, import_paths
from core.workers import DecoderPool
from tests.harness.drawn import folder_of

WORKERS = 2
ROUNDS = 5
SAMPLE_EVERY_S = 0.1


def bare(path: str, folder: str) -> str:
    """What must be done with a file whatever the program: runs in a worker process."""
    import imagehash
    from PIL import Image

    content = Path(path).read_bytes()
    name = hashlib.sha256(content).hexdigest()
    with Image.open(io.BytesIO(content)) as image:
        image.draft(None, (256, 256))
        picture = image.convert("RGB")
    picture.thumbnail((256, 256), reducing_gap=1.0)
    picture.save(io.BytesIO(), "JPEG", quality=80)
    imagehash.phash(picture)
    temp = Path(folder, uuid.uuid4().hex)
    with temp.open("xb", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())
    target = Path(folder, name[:2], name)
    target.parent.mkdir(exist_ok=True)
    temp.replace(target)
    return str(target.parent)


def bare_loop(pool: DecoderPool, files: list[str], folder: Path) -> None:
    """Have the workers do that to every file, and flush the folders once for each batch."""
    folder.mkdir()
    for start in range(0, len(files), BATCH_IMAGES):
        part = files[start : start + BATCH_IMAGES]
        for shard in {*pool.map(bare, part, [str(folder)] * len(part)), str(folder)}:
            handle = os.open(shard, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)


def timed(work: Callable[[], object]) -> float:
    """How many seconds that takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Memory:
    """Samples the memory of this process and all that it began, shared pages counted once: the peak in bytes."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._over.wait(SAMPLE_EVERY_S):
            total = 0
            for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
                try:
                    full = process.memory_full_info()
                except psutil.Error:
                    continue
                total += getattr(full, "pss", full.uss)
            self.peak_bytes = max(self.peak_bytes, total)


def imported(pool: DecoderPool, photos: Path, folder: Path) -> ImportReport:
    """Import everything into a new archive."""
    with Archive.create(folder) as archive:
        return import_paths(archive, [str(photos)], executor=pool, jobs=WORKERS)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as made, DecoderPool(WORKERS) as pool:
        base = Path(made)
        photos = Path(os.environ["PHOTOS"]) if os.environ.get("PHOTOS") else folder_of(base / "photos", 400)
        report = imported(pool, photos, base / "first")  # warms workers and the disk's cache
        with Archive.open(base / "first", read_only=True) as archive:
            files = [row[0] for row in archive.db.conn.execute(
                "SELECT min(path) FROM capture JOIN image ON image.id = image_id "
                "WHERE state = 'decoded' AND raw_path_hex IS NULL GROUP BY image_id"
            )]  # fmt: skip
        rates: dict[str, list[float]] = {"import": [], "bare": []}
        for number in range(ROUNDS):
            rates["bare"].append(len(files) / timed(lambda: bare_loop(pool, files, base / "bare")))
            shutil.rmtree(base / "bare")
            seconds = timed(lambda: imported(pool, photos, base / "archive"))
            rates["import"].append(report.met / seconds)
            if number + 1 < ROUNDS:
                shutil.rmtree(base / "archive")
        tell(report, files, rates)
        with Archive.open(base / "archive") as archive:
            again = timed(lambda: import_paths(archive, [str(photos)], executor=pool, jobs=WORKERS))
        print(f"importing the same again: {report.met / again:,.0f} files/s")
        with Memory() as memory:
            imported(pool, photos, base / "measured")
        print(f"peak memory of all processes: {memory.peak_bytes / 1e6:.0f} MB (target under 1,000)")


def tell(report: ImportReport, files: list[str], rates: dict[str, list[float]]) -> None:
    """Print the two rates and what one is of the other."""
    ratios = [own / plain for own, plain in zip(rates["import"], rates["bare"], strict=True)]
    print(f"{report.met} files, {len(files)} distinct decodable ones, {WORKERS} workers, {ROUNDS} rounds")
    for what, found in rates.items():
        print(f"{what}: {statistics.median(found):.0f} files/s ({', '.join(f'{rate:.0f}' for rate in found)})")
    print(f"import / bare: {statistics.median(ratios):.2f} (target at least 0.75)")


if __name__ == "__main__":
    main()
