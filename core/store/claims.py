"""Sightings with every claim about them, rivals included: what a complete export holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from core.records import ImageId, SightingId
from core.store.images import in_chunks


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: a type's or a country's code, how certain, whether it is the preferred one, whose and when.

    ``role`` is *design* or *manufacture* for a country, and empty for a type.
    """

    code: str
    role: str
    certainty: str
    preferred: bool
    author: str
    claimed_at: str


@dataclass(slots=True)
class Claimed:
    """A sighting with all claims of its type and its countries, oldest first."""

    id: SightingId
    image_id: ImageId
    note: str
    types: list[Claim] = field(default_factory=list)
    countries: list[Claim] = field(default_factory=list)

    def preferred(self, role: str = "") -> Claim | None:
        """The preferred claim of the type, or of the country in a role; None where nobody has said."""
        claims = self.countries if role else self.types
        return next((claim for claim in claims if claim.preferred and claim.role == role), None)


def of_images(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[Claimed]]:
    """The sightings that belong to each of these images themselves, oldest first."""
    found: dict[ImageId, list[Claimed]] = {image_id: [] for image_id in ids}
    for marks, chunk in in_chunks(ids):
        where = f"WHERE image_id IN ({marks})"
        by_id: dict[int, Claimed] = {}
        for row in db.conn.execute(f"SELECT id, image_id, note FROM sighting {where} ORDER BY id", chunk).fetchall():
            by_id[row[0]] = Claimed(*row)
            found[row[1]].append(by_id[row[0]])
        for table, code, role in (("identification", "type", "''"), ("origin", "country", "role")):
            rows = db.conn.execute(
                f"SELECT sighting_id, {code}, {role}, certainty, preferred, author, claimed_at FROM {table} "
                f"WHERE sighting_id IN (SELECT id FROM sighting {where}) ORDER BY id",
                chunk,
            ).fetchall()
            for sighting_id, value, part, certainty, preferred, author, claimed_at in rows:
                sighting = by_id[sighting_id]
                claims = sighting.countries if part else sighting.types
                claims.append(Claim(value, part, certainty, bool(preferred), author, claimed_at))
    return found
