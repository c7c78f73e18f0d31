"""What the tests put into an archive, and how they look at all of it at once."""

import hashlib
from pathlib import Path

from core.archive import Archive
from core.claims import Acquisition, Identification, LookAlike, Marking, Origin, Transfer
from core.records import Facts, ImageId, Place, SightingId
from core.regions import Region
from core.store import claims, descriptions, images, relations, representatives, rows, settlements, sightings, sources
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
    sightings.identify(archive.db, sighting_id, Identification(type, certainty="probable"), author)
    sightings.place_origin(archive.db, sighting_id, Origin("manufacture", (made_in,), certainty="possible"), author)
    sightings.place_origin(archive.db, sighting_id, Origin("design", ("SUHH",), certainty="certain"), author)
    return sighting_id


def say_more(archive: Archive, ids: list[ImageId], found: list[SightingId]) -> None:
    """Put rows into the tables that a plain tag leaves empty; an action must be open."""
    db = archive.db
    rows.insert(db, "setting", {"name": "four_eyes", "value": "yes"})
    descriptions.change(db, ids[:2], {"date": "2014-06", "caption": "Parade", "latitude_e7": 1, "longitude_e7": -2})
    descriptions.add_sensitivity(db, ids[:1], "graphic_violence")
    source = sources.add(db, {"title": "A channel", "reliability": "C"})
    capture = {"source_id": source, "source_url": "https://example.org/1"}
    sources.add_capture(db, ids[0], capture, at="2014-06-15T12:00:00.000Z")
    representatives.choose(db, sha_of(1), "Ada")
    weapon = rows.insert(db, "weapon", {"label": "The one with the broken stock"})
    region = Region(100_000, 200_000, 300_000, 400_000)
    sightings.set_region(db, found[1], region)
    sightings.change(db, found[1], {"weapon_id": weapon, "quantity": 2, "quantity_basis": "at_least"})
    excluded = (LookAlike("ak-63", "no folding stock"),)
    rival = Identification("SA.RIF.AUT", "ak-63", preferred=False, look_alikes=excluded, bases=("silhouette",))
    claim = claims.add(db, found[1], rival, "Grace")
    transfers = (Transfer("Serbia", "United Kingdom", date="2005"), Transfer("United Kingdom", "Iraq"))
    claims.add(db, found[1], Acquisition(route="re_export_diversion", source_id=source, transfers=transfers), "Ada")
    claims.add(db, found[1], Marking("?2345", kind="serial"), "Ada")
    review = {"identification_id": claim, "reviewer": "Mary", "decision": "confirm", "reason": "", "decided_at": "now"}
    rows.insert(db, "review", review)
    judged = settlements.put(db, found[0], found[1], same=False, by="Ada")
    settlements.change(db, judged, found[1], {"condition": "damaged"})
    coded = rows.insert(db, "coding_set", {"name": "Pilot", "note": "", "author": "Ada", "created_at": "now"})
    rows.insert(db, "set_member", {"set_id": coded, "image_id": ids[3]})
    coding = rows.insert(db, "coding", {"set_id": coded, "coder": "Grace", "closed_at": "now"})
    rows.insert(db, "coding", {"set_id": coded, "coder": "Mary", "closed_at": "now"})
    sightings.add(db, ids[3], author="Grace", coding_id=coding)


def fill(archive: Archive) -> None:
    """Put several rows into every table, in several actions, with rivals, an undone one and one removed."""
    for number in range(6):
        write_original(archive, number)
    with archive.action("Import 4 images"):
        ids = [add_image(archive, number) for number in range(4)]
    with archive.action("Tag 3 images"):
        found = [tag(archive, image_id, type="SA.RIF.AUT", made_in="HUN") for image_id in ids[:3]]
    with archive.action("Tag: light machine gun"):
        sightings.identify(archive.db, found[0], Identification("SA.MG.L", certainty="doubtful"), "Grace")
        sightings.place_origin(archive.db, found[1], Origin("manufacture", ("ROU",), certainty="certain"), "Grace")
        images.set_status(archive.db, ids[:2], "reviewed")
    with archive.action("Say more of it"):
        say_more(archive, ids, found)
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
