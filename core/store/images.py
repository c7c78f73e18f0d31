"""Images and their captures in the catalogue."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlite_utils import Database

from core.records import Capture, CaptureId, Facts, Image, ImageId, Place
from core.store.journal import now

_FACTS: Final = (
    "sha256",
    "size_bytes",
    "format",
    "mime",
    "state",
    "reason",
    "width_px",
    "height_px",
    "orientation",
    "upright_width_px",
    "upright_height_px",
    "exif",
    "taken_at",
    "camera",
    "latitude_e7",
    "longitude_e7",
)
SAID_OF_CAPTURE: Final = tuple(name for name in Capture.__slots__[5:])
"""The columns of a capture that people fill in."""
_CAPTURE: Final = f"id, image_id, path, raw_path_hex, modified_at, imported_at, {', '.join(SAID_OF_CAPTURE)}"
CHUNK: Final = 500
_Bound = TypeVar("_Bound", int, str)


@dataclass(frozen=True, slots=True)
class FileClaims:
    """What the file of an image says of the picture: when and where it was taken, and whether it is a screenshot."""

    sha256: str
    taken_at: str | None
    latitude_e7: int | None
    longitude_e7: int | None
    is_screenshot: bool


def in_chunks(ids: Sequence[_Bound]) -> Iterator[tuple[str, Sequence[_Bound]]]:
    """Ids or content hashes in chunks that SQLite takes as bound values, each with its marks for ``IN (…)``."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        yield ", ".join("?" * len(chunk)), chunk


def add(db: Database, facts: Facts, ending: str) -> ImageId:
    """Record a new image; ``ending`` is its original's.  An action must be open."""
    marks = ", ".join("?" * len(_FACTS))
    cursor = db.conn.execute(
        f"INSERT INTO image ({', '.join(_FACTS)}, ending) VALUES ({marks}, ?)",
        [*(getattr(facts, name) for name in _FACTS), ending],
    )
    return ImageId(cursor.lastrowid or 0)


def add_capture(db: Database, image_id: ImageId, place: Place, modified_at: str) -> bool:
    """Record where an image was collected; False where that very capture is known.  An action must be open."""
    cursor = db.conn.execute(
        "INSERT OR IGNORE INTO capture (image_id, path, raw_path_hex, modified_at, imported_at) VALUES (?, ?, ?, ?, ?)",
        (image_id, place.text, place.raw_hex, modified_at, now()),
    )
    return cursor.rowcount > 0


def has_capture(db: Database, image_id: ImageId, place: Place) -> bool:
    """Whether an image is known to have been collected at this place."""
    row = db.conn.execute(
        "SELECT 1 FROM capture WHERE image_id = ? AND path = ? AND ifnull(raw_path_hex, '') = ?",
        (image_id, place.text, place.raw_hex or ""),
    ).fetchone()
    return row is not None


def id_of(db: Database, sha256: str) -> ImageId | None:
    """The image with this content hash, None where there is none."""
    row = db.conn.execute("SELECT id FROM image WHERE sha256 = ?", (sha256,)).fetchone()
    return ImageId(row[0]) if row else None


def get(db: Database, image_id: ImageId) -> Image | None:
    """An image, None where it is not (any more) in the archive."""
    row = db.conn.execute(
        f"SELECT id, status, notes, {', '.join(_FACTS)} FROM image WHERE id = ?", (image_id,)
    ).fetchone()
    return _image(row) if row else None


def each(db: Database, ids: Sequence[ImageId]) -> Iterator[Image]:
    """These images in the order of the ids; absent ones are left out."""
    for marks, chunk in in_chunks(ids):
        rows = db.conn.execute(
            f"SELECT id, status, notes, {', '.join(_FACTS)} FROM image WHERE id IN ({marks})", chunk
        ).fetchall()
        found = {row[0]: row for row in rows}
        yield from (_image(found[image_id]) for image_id in chunk if image_id in found)


def _image(row: Sequence[Any]) -> Image:
    return Image(ImageId(row[0]), Facts(**dict(zip(_FACTS, row[3:], strict=True))), row[1], row[2])


def captures(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[Capture]]:
    """The captures of these images, each image's in the order in which they came."""
    found: dict[ImageId, list[Capture]] = {image_id: [] for image_id in ids}
    for marks, chunk in in_chunks(ids):
        rows = db.conn.execute(f"SELECT {_CAPTURE} FROM capture WHERE image_id IN ({marks}) ORDER BY id", chunk)
        for row in rows.fetchall():
            found[ImageId(row[1])].append(_capture(row))
    return found


def called(db: Database, image_id: ImageId) -> str:
    """The name of the file as which an image came first, for a sentence; its number where it has none."""
    seen = captures(db, [image_id])[image_id]
    return (seen[0].place.name if seen else "") or f"Image {image_id}"


def captures_by_id(db: Database, ids: Sequence[CaptureId]) -> dict[CaptureId, Capture]:
    """These captures by their ids; absent ones are left out."""
    found: dict[CaptureId, Capture] = {}
    for marks, chunk in in_chunks(ids):
        for row in db.conn.execute(f"SELECT {_CAPTURE} FROM capture WHERE id IN ({marks})", chunk).fetchall():
            found[CaptureId(row[0])] = _capture(row)
    return found


def _capture(row: Sequence[Any]) -> Capture:
    return Capture(CaptureId(row[0]), ImageId(row[1]), Place(row[2], row[3]), *row[4:])


def collected_in(db: Database, step: str) -> set[ImageId]:
    """The images of which a step of the history recorded captures."""
    rows = db.conn.execute(
        "SELECT DISTINCT json_extract(after, '$.image_id') FROM action JOIN change ON change.action_id = action.id "
        "WHERE step = ? AND +tbl = 'capture' AND before IS NULL",
        (step,),
    ).fetchall()
    return {ImageId(image_id) for (image_id,) in rows}


def original(db: Database, image_id: ImageId) -> tuple[str, str] | None:
    """SHA-256 and ending under which an image's original lies, None where there is no such image."""
    row = db.conn.execute("SELECT sha256, ending FROM image WHERE id = ?", (image_id,)).fetchone()
    return (row[0], row[1]) if row else None


def ending_of(db: Database, sha256: str) -> str | None:
    """The ending of the original with this content hash, None where there is no such image."""
    row = db.conn.execute("SELECT ending FROM image WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0] if row else None


def each_original(db: Database) -> Iterator[tuple[str, str]]:
    """SHA-256 and ending of every image, read in short statements."""
    last = 0
    while rows := db.conn.execute(
        "SELECT id, sha256, ending FROM image WHERE id > ? ORDER BY id LIMIT ?", (last, CHUNK)
    ).fetchall():
        yield from (row[1:] for row in rows)
        last = rows[-1][0]


def ever_known(db: Database, hashes: Collection[str]) -> set[str]:
    """Those of these content hashes that the history ever held, of removed images too."""
    if not hashes:
        return set()
    rows = db.conn.execute(
        "SELECT json_extract(after, '$.sha256') FROM change WHERE tbl = 'image' AND after IS NOT NULL "
        "AND json_valid(after)"
    )
    return {sha for (sha,) in rows if sha in hashes}


def hashes(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, str]:
    """The content hash of each of these images."""
    found: dict[ImageId, str] = {}
    for marks, chunk in in_chunks(ids):
        found.update(db.conn.execute(f"SELECT id, sha256 FROM image WHERE id IN ({marks})", chunk).fetchall())
    return found


def file_claims(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, FileClaims]:
    """What the files of these images say; absent ones are left out."""
    found: dict[ImageId, FileClaims] = {}
    for marks, chunk in in_chunks(ids):
        # A telephone writes the word as the user's comment, of which the bytes are kept in hex.
        rows = db.conn.execute(
            "SELECT id, sha256, taken_at, latitude_e7, longitude_e7, (taken_at IS NOT NULL OR latitude_e7 IS NOT NULL) "
            "AND (instr(exif, '53637265656e73686f74') OR instr(exif, 'Screenshot')) "
            f"FROM image WHERE id IN ({marks})",
            chunk,
        )
        for image_id, sha256, taken_at, latitude, longitude, screenshot in rows.fetchall():
            found[ImageId(image_id)] = FileClaims(sha256, taken_at, latitude, longitude, bool(screenshot))
    return found


def count(db: Database) -> int:
    """How many images the archive holds."""
    number: int = db.conn.execute("SELECT count(*) FROM image").fetchone()[0]
    return number


def set_status(db: Database, ids: Iterable[ImageId], status: str) -> None:
    """Give these images a status; an action must be open."""
    db.conn.executemany("UPDATE image SET status = ? WHERE id = ?", ((status, image_id) for image_id in ids))


def begin(db: Database, ids: Iterable[ImageId]) -> None:
    """Have those of these images that are *new* be *in progress*; an action must be open."""
    db.conn.executemany(
        "UPDATE image SET status = 'in_progress' WHERE id = ? AND status = 'new'", ((image_id,) for image_id in ids)
    )


def set_notes(db: Database, image_id: ImageId, notes: str) -> None:
    """Give an image its notes; an action must be open."""
    db.conn.execute("UPDATE image SET notes = ? WHERE id = ?", (notes, image_id))
