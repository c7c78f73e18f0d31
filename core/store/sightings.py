"""Sightings in the catalogue, with the preferred claims about them.

What was made in a blind coding is nobody's but its coder's: it is read only where its ``coder`` is named, and only
for as long as the coding is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlite_utils import Database

from core.claims import Identification, Origin
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from core.store import claims, rows, settlements
from core.store.images import in_chunks

_REGION: Final = ("x_e6", "y_e6", "width_e6", "height_e6")
DETAILS: Final = (
    "visible_part", "condition", "context", "quantity", "quantity_basis", "weapon_id", "accessories", "modifications",
    "note",
)  # fmt: skip
"""The columns that people fill in, besides the region."""
_COLUMNS: Final = ("id", "image_id", *_REGION, *DETAILS, "author", "coding_id")
_SIGHTING: Final = f"SELECT {', '.join(f'sighting.{name}' for name in _COLUMNS)} FROM sighting"
_RECORDED: Final = "sighting.coding_id IS NULL"
_COUNTS: Final = f"{_RECORDED} AND NOT {settlements.SETTLED}"
_READABLE: Final = f"""({_COUNTS} OR sighting.coding_id IN (
    SELECT id FROM coding WHERE coder = :coder AND closed_at = ''))"""


def add(
    db: Database,
    image_id: ImageId,
    note: str = "",
    *,
    region: Region | None = None,
    author: str = "",
    coding_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> SightingId:
    """Record a sighting in an image; an action must be open."""
    values = {"image_id": image_id, "note": note, "author": author, "coding_id": coding_id, **(details or {})}
    return SightingId(rows.insert(db, "sighting", values | _region_values(region)))


def change(db: Database, sighting_id: SightingId, details: Mapping[str, Any]) -> None:
    """Give columns of ``DETAILS`` other values; an action must be open."""
    rows.update(db, "sighting", sighting_id, details)


def set_region(db: Database, sighting_id: SightingId, region: Region | None) -> None:
    """Say where in its image a sighting is, or that nobody says; an action must be open."""
    rows.update(db, "sighting", sighting_id, _region_values(region))


def _region_values(region: Region | None) -> dict[str, int | None]:
    return {name: None if region is None else getattr(region, name) for name in _REGION}


def remove(db: Database, sighting_id: SightingId) -> None:
    """Take a sighting and its claims away; an action must be open."""
    rows.delete(db, "sighting", sighting_id)


def set_note(db: Database, sighting_id: SightingId, note: str) -> None:
    """Give a sighting its note; an action must be open."""
    change(db, sighting_id, {"note": note})


def identify(db: Database, sighting_id: SightingId, claim: Identification, author: str) -> None:
    """Make this the preferred identification; an action must be open.

    An author corrects the own claim in place; another's is kept beside it as a rival, and so is one that a reviewer
    has decided on.
    """
    _say(db, sighting_id, claim, author)


def place_origin(db: Database, sighting_id: SightingId, claim: Origin, author: str) -> None:
    """Make this the preferred origin in its role, as ``identify`` does; an action must be open."""
    _say(db, sighting_id, claim, author)


def _say(db: Database, sighting_id: SightingId, claim: Identification | Origin, author: str) -> None:
    held = next((one for one in _preferred(db, [sighting_id], type(claim)) if _same_kind(one, claim)), None)
    if held is None:
        claims.add(db, sighting_id, replace(claim, preferred=True), author)
    else:
        claims.revise(db, sighting_id, claim, held, author)


def _preferred(db: Database, ids: Sequence[int], kind: Any) -> list[Any]:
    found = claims.of_sightings(db, kind, ids, preferred_only=True)
    return [claim for held in found.values() for claim in held]


def _same_kind(held: Any, claim: Any) -> bool:
    return getattr(held, "role", "") == getattr(claim, "role", "")


def forget(db: Database, claim: Identification | Origin, author: str) -> None:
    """Have a preferred claim not hold any more; an action must be open.

    The author's own is taken away, and the newest rival takes its place.  Another's, and one that a reviewer has
    decided on, is kept as a rival, and what was said before it comes forward.
    """
    if claims.is_free(db, claim, author):
        claims.remove(db, type(claim), claim.id)
    else:
        claims.withhold(db, type(claim), claim.id)


def of_images(db: Database, ids: Sequence[ImageId], *, coder: str = "") -> dict[ImageId, list[Sighting]]:
    """The sightings that belong to each of these images themselves, oldest first.

    One that was settled into that of a copy is left out: it is the same weapon.
    """
    found: dict[ImageId, list[Sighting]] = {image_id: [] for image_id in ids}
    for _, chunk in in_chunks(ids):
        marks = ", ".join(map(str, chunk))
        read = db.conn.execute(
            f"{_SIGHTING} WHERE sighting.image_id IN ({marks}) AND {_READABLE} ORDER BY sighting.id", {"coder": coder}
        )
        for sighting in _with_claims(db, read.fetchall()):
            found[sighting.image_id].append(sighting)
    return found


def every(db: Database) -> list[Sighting]:
    """Every sighting of the archive that counts, oldest first."""
    return _with_claims(db, db.conn.execute(f"{_SIGHTING} WHERE {_COUNTS} ORDER BY sighting.id").fetchall())


def settled_of_images(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[Sighting]]:
    """The sightings that belong to each of these images and count as those of copies, oldest first."""
    found: dict[ImageId, list[Sighting]] = {image_id: [] for image_id in ids}
    for marks, chunk in in_chunks(ids):
        read = db.conn.execute(
            f"{_SIGHTING} WHERE sighting.image_id IN ({marks}) AND {settlements.SETTLED} ORDER BY sighting.id", chunk
        )
        for sighting in _with_claims(db, read.fetchall()):
            found[sighting.image_id].append(sighting)
    return found


def of_coding(db: Database, coding_id: int) -> list[Sighting]:
    """The sightings made in a blind coding, oldest first."""
    read = db.conn.execute(f"{_SIGHTING} WHERE coding_id = ? ORDER BY sighting.id", (coding_id,))
    return _with_claims(db, read.fetchall())


def get(db: Database, sighting_id: SightingId) -> Sighting | None:
    """A sighting, None where it is not there (any more)."""
    read = db.conn.execute(f"{_SIGHTING} WHERE sighting.id = ?", (sighting_id,)).fetchall()
    return next(iter(_with_claims(db, read)), None)


def _with_claims(db: Database, read: list[Sequence[Any]]) -> list[Sighting]:
    ids = [row[0] for row in read]
    types = claims.of_sightings(db, Identification, ids, preferred_only=True)
    origins = claims.of_sightings(db, Origin, ids, preferred_only=True)
    return [
        _sighting(
            dict(zip(_COLUMNS, row, strict=True)),
            next(iter(types.get(row[0], ())), None),
            tuple(sorted(origins.get(row[0], ()), key=lambda origin: origin.role)),
        )
        for row in read
    ]


def _sighting(values: dict[str, Any], identification: Identification | None, origins: tuple[Origin, ...]) -> Sighting:
    corner, *rest = (values.pop(name) for name in _REGION)
    region = None if corner is None else Region(corner, *rest)
    return Sighting(identification=identification, origins=origins, region=region, **values)


def siblings(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[ImageId]]:
    """For each of these images, the images of its group, itself first; itself alone where it is ungrouped."""
    found: dict[ImageId, list[ImageId]] = {image_id: [image_id] for image_id in ids}
    for marks, chunk in in_chunks(ids):
        rows_ = db.conn.execute(
            "SELECT own.image_id, other.image_id FROM cache.membership AS own "
            "JOIN cache.membership AS other USING (picture) "
            f"WHERE own.image_id IN ({marks}) AND other.image_id <> own.image_id "
            "ORDER BY other.representative DESC, other.image_id",
            chunk,
        ).fetchall()
        for own, other in rows_:
            found[ImageId(own)].append(ImageId(other))
    return found


def group(db: Database, image_id: ImageId) -> list[ImageId]:
    """The images of an image's group, the representative first; itself alone where it is ungrouped."""
    rows_ = db.conn.execute(
        "SELECT other.image_id FROM cache.membership AS own JOIN cache.membership AS other USING (picture) "
        "WHERE own.image_id = ? ORDER BY other.representative DESC, other.image_id",
        (image_id,),
    ).fetchall()
    return [ImageId(other) for (other,) in rows_] or [image_id]
