"""One batch of an import: written down, taken up, recorded, in the order that survives a power cut.

A list of what a batch brings is flushed to the disk before its files are renamed into their places.  If the
machine stops before the action that records them, the files are there and the list says what they are.
"""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.archive import Archive
from core.errors import StorageFault
from core.examining import Examined
from core.matching import keep_fingerprints
from core.originals import sync_folder
from core.records import ImageId, Place
from core.store import cache, images
from core.store.connection import transaction
from core.store.journal import new_step

_LIST: Final = "unfinished.json"
# A file's time may be anything that 64 bits hold; what is written has four digits for the year.
_EARLIEST_S: Final = -62_135_596_800
_LATEST_S: Final = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Arrived:
    """Where a file was met and when it was last changed (UTC)."""

    place: Place
    modified_at: str

    @classmethod
    def of(cls, raw: bytes, modified_ns: int) -> "Arrived":
        """A file by its path and its time, in nanoseconds since 1970."""
        seconds = min(max(modified_ns // 1_000_000_000, _EARLIEST_S), _LATEST_S)
        modified = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        return cls(Place.from_bytes(raw), modified.isoformat().replace("+00:00", "Z"))


@dataclass(frozen=True, slots=True)
class Listed:
    """An image of a batch that was cut short."""

    sha256: str
    ending: str
    arrived: Arrived


@dataclass(slots=True)
class Batch:
    """What is to be recorded in one action: new images, and further captures of known ones.

    ``again`` are captures of images that are new in this batch or were in an earlier one, by content hash.
    """

    examined: list[tuple[Examined, Arrived]] = field(default_factory=list)
    captures: list[tuple[ImageId, Arrived]] = field(default_factory=list)
    again: list[tuple[str, Arrived]] = field(default_factory=list)
    _shas: set[str] = field(default_factory=set)

    def add(self, examined: Examined, arrived: Arrived) -> None:
        """One more new image; what could not be read is left out."""
        if examined.facts is not None:
            self.examined.append((examined, arrived))
            self._shas.add(examined.facts.sha256)

    def has(self, sha256: str) -> bool:
        """Whether an image is new in this batch."""
        return sha256 in self._shas

    @property
    def size(self) -> int:
        """How many records it brings."""
        return len(self.examined) + len(self.captures) + len(self.again)


def commit(
    archive: Archive, batch: Batch, *, label: str, step: str | None = None, also: Callable[[], None] | None = None
) -> str:
    """Make a batch part of the archive; returns the step to go on with.

    ``also`` records what belongs to it, in the same action.

    Raises:
        StorageFault: the disk failed; nothing of the batch is recorded, and the next start completes it.
    """
    step = step or new_step()
    # Workers finish in any order; neighbours in a folder should be neighbours in the grid.
    batch.examined.sort(key=lambda new: new[1].place.raw)
    if batch.examined:
        _take_up(archive, batch)
        _keep_derived(archive, batch)
    with archive.action(label, step=step):
        _record(archive, batch)
        if also is not None:
            also()
    if batch.examined:
        clear(archive)
    return step


def _take_up(archive: Archive, batch: Batch) -> None:
    try:
        _write_list(archive, batch)
        for examined, _ in batch.examined:
            if examined.copied is not None and examined.facts is not None:
                archive.originals.take_up(examined.copied.temp, examined.facts.sha256, examined.ending)
        archive.originals.sync()
    except OSError as error:
        raise StorageFault(
            f"The files could not be put into the archive ({error.strerror or error}); "
            "import them again when the disk is well."
        ) from error


def _keep_derived(archive: Archive, batch: Batch) -> None:
    """Thumbnails and fingerprints go before the record, so that no image is shown without."""
    made = [(one.facts.sha256, one) for one, _ in batch.examined if one.facts is not None]
    with transaction(archive.db):
        cache.add_thumbnails(archive.db, ((sha, one.thumbnail) for sha, one in made if one.thumbnail))
        keep_fingerprints(archive, ((sha, one.fingerprint) for sha, one in made if one.fingerprint))


def _record(archive: Archive, batch: Batch) -> None:
    for examined, arrived in batch.examined:
        assert examined.facts is not None
        image_id = images.add(archive.db, examined.facts, examined.ending)
        images.add_capture(archive.db, image_id, arrived.place, arrived.modified_at)
    for image_id, arrived in batch.captures:
        images.add_capture(archive.db, image_id, arrived.place, arrived.modified_at)
    for sha256, arrived in batch.again:
        known = images.id_of(archive.db, sha256)
        assert known is not None
        images.add_capture(archive.db, known, arrived.place, arrived.modified_at)


def _write_list(archive: Archive, batch: Batch) -> None:
    rows = [
        {
            "sha256": examined.facts.sha256,
            "ending": examined.ending,
            "path_hex": arrived.place.raw.hex(),
            "modified_at": arrived.modified_at,
        }
        for examined, arrived in batch.examined
        if examined.facts is not None
    ]
    new = archive.folder / (_LIST + ".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(archive.folder / _LIST)
    sync_folder(archive.folder)


def clear(archive: Archive) -> None:
    """Forget the list: what it names is recorded, or is not in the archive."""
    for name in (_LIST, _LIST + ".new"):
        with contextlib.suppress(FileNotFoundError):
            (archive.folder / name).unlink()


def unfinished(archive: Archive) -> list[Listed]:
    """What a batch that was cut short would have brought; nothing where none was, or its list is torn."""
    try:
        rows: list[dict[str, Any]] = json.loads((archive.folder / _LIST).read_text("utf-8"))
        return [
            Listed(
                row["sha256"],
                row["ending"],
                Arrived(Place.from_bytes(bytes.fromhex(row["path_hex"])), row["modified_at"]),
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError):
        # A torn list was never followed by a rename: the files are still where they came from.
        return []
