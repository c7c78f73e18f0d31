"""What the tests put into an archive, and how they look at all of it at once."""

import hashlib
from pathlib import Path

from core.archive import Archive
from core.records import Facts, Identification, ImageId, Origin, Place, SightingId
from core.store import images, relations, sightings
from core.store.schema import TRACKED

Dump = dict[str, list[tuple[object, ...]]]


def content(number: int) -> bytes:
    """The bytes of the file that stands for an image."""
    return b"image %d" % number


def sha_of(number: int) -> str:
    """The content hash of that file."""
    return hashlib.sha256(content(number)).hexdigest()


def add_image(archive: Archive, number: int) -> ImageId:
    """Record an image with one capture; an action must be open.  Its original is not written."""
    facts = Facts(
        sha256=sha_of(number),
        size_bytes=len(content(number)),
        format="JPEG",
        mime="image/jpeg",
        state="decoded",
        width_px=640 + number,
        height_px=480,
        upright_width_px=640 + number,
        upright_height_px=480,
    )
    image_id = images.add(archive.db, facts, "jpg")
    images.add_capture(archive.db, image_id, Place(f"/field/IMG_{number:04}.jpg"), "2014-06-14T12:00:00.000Z")
    return image_id


def write_original(archive: Archive, number: int) -> Path:
    """Put an image's file in its place, by the way that an import takes."""
    archive.originals.incoming.mkdir(exist_ok=True)
    source = archive.folder / "incoming" / f"{number}.source"
    source.write_bytes(content(number))
    copied = archive.originals.copy_in(bytes(source))
    source.unlink()
    path = archive.originals.take_up(copied.temp, copied.sha256, "jpg")
    archive.originals.sync()
    return path


def tag(archive: Archive, image_id: ImageId, *, type: str, made_in: str, author: str = "Ada") -> SightingId:  # noqa: A002
    """Record a sighting with an identification and two origins; an action must be open."""
    sighting_id = sightings.add(archive.db, image_id, "stock folded")
    sightings.identify(archive.db, sighting_id, Identification(type, "probable"), author)
    sightings.place_origin(archive.db, sighting_id, Origin("manufacture", made_in, "possible"), author)
    sightings.place_origin(archive.db, sighting_id, Origin("design", "SUHH", "certain"), author)
    return sighting_id


def fill(archive: Archive) -> None:
    """Put several rows into every table, in several actions, with rivals, an undone one and one removed."""
    for number in range(6):
        write_original(archive, number)
    with archive.action("Import 4 images"):
        ids = [add_image(archive, number) for number in range(4)]
    with archive.action("Tag 3 images"):
        found = [tag(archive, image_id, type="SA.RIF.AUT", made_in="HUN") for image_id in ids[:3]]
    with archive.action("Tag: light machine gun"):
        sightings.identify(archive.db, found[0], Identification("SA.MG.L", "doubtful"), "Grace")
        sightings.place_origin(archive.db, found[1], Origin("manufacture", "ROU", "certain"), "Grace")
        images.set_status(archive.db, ids[:2], "reviewed")
    with archive.action("Decide 2 pairs"):
        for one, other, kind in ((0, 1, "same_picture"), (2, 3, "not_related")):
            relations.put(
                archive.db, from_sha256=sha_of(one), to_sha256=sha_of(other), kind=kind, evidence="near", by="Ada"
            )
    with archive.action("Remove a sighting"):
        sightings.remove(archive.db, found[2])
    with archive.action("Import 2 images"):
        for number in (4, 5):
            add_image(archive, number)
    archive.undo()
    archive.redo()


def dump(archive: Archive) -> Dump:
    """Every row of every tracked table."""
    return {table: archive.db.conn.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in TRACKED}
