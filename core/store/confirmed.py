"""The four-eyes rule in the catalogue: which images meet it, and which are called reviewed no longer."""

from collections.abc import Sequence
from typing import Final

from sqlite_utils import Database

from core.claims import Identification, Review
from core.records import READY_FOR_REVIEW, REVIEWED, ImageId
from core.store import claims, images, rules, sightings
from core.store.images import in_chunks

_RULE: Final = "four_eyes"
# The images of which the open action changed a sighting that counts, what it is, or what was decided on that.
_CONCERNED: Final = """
    WITH said AS (
        SELECT tbl, row_id, ifnull(after, before) AS said FROM temp.noted
        WHERE tbl IN ('sighting', 'identification', 'review', 'settlement')
    ), identified AS (
        SELECT said ->> 'sighting_id' AS sighting_id FROM said WHERE tbl = 'identification'
        UNION SELECT said ->> 'sighting_id' FROM said WHERE tbl = 'settlement'
        UNION SELECT sighting_id FROM identification
            WHERE id IN (SELECT said ->> 'identification_id' FROM said WHERE tbl = 'review')
    )
    SELECT said ->> 'image_id' FROM said WHERE tbl = 'sighting' AND said ->> 'coding_id' IS NULL
    UNION SELECT image_id FROM sighting
        WHERE id IN (SELECT sighting_id FROM identified) AND coding_id IS NULL
"""


def asked_for(db: Database) -> bool:
    """Whether the archive asks that each identification is confirmed by somebody other than its author."""
    return rules.value(db, _RULE) == "yes"


def ask_for(db: Database, answer: str) -> None:
    """Set the rule, *yes* or *no*; an action must be open."""
    rules.put(db, _RULE, answer)


def unmet(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, ImageId]:
    """Those of these images that do not meet the rule, each with the image of its group that shows why.

    Of each weapon that an image shows, its copies' included, the preferred identification must be confirmed by
    somebody other than its author, and nobody may have decided otherwise.
    """
    groups = sightings.siblings(db, ids)
    held = sightings.of_images(db, sorted({other for group in groups.values() for other in group}))
    preferred = [one.identification for found in held.values() for one in found if one.identification is not None]
    decided = claims.reviews(db, [claim.id for claim in preferred])
    lacking = {
        image_id
        for image_id, found in held.items()
        for one in found
        if one.identification is None or not _is_met(one.identification, decided.get(one.identification.id, ()))
    }
    return {
        image_id: next(other for other in groups[image_id] if other in lacking)
        for image_id in ids
        if not lacking.isdisjoint(groups[image_id])
    }


def _is_met(claim: Identification, reviews: Sequence[Review]) -> bool:
    standing = [one for one in reviews if not one.withdrawn]
    agreed = all(one.decision == "confirm" for one in standing)
    return agreed and any(one.reviewer != claim.author for one in standing)


def fall_back(db: Database) -> None:
    """Have images that were *reviewed*, and by what the open action did are not, be *ready for review* again.

    Their copies are looked at with them, since they show the same weapons.
    """
    if not asked_for(db):
        return
    concerned = [ImageId(image_id) for (image_id,) in db.conn.execute(_CONCERNED).fetchall()]
    copies = sightings.siblings(db, concerned)
    reviewed = _reviewed(db, sorted({other for group in copies.values() for other in group}))
    lacking = unmet(db, [one for one in concerned if not reviewed.isdisjoint(copies[one])])
    images.set_status(db, sorted(reviewed & {other for one in lacking for other in copies[one]}), READY_FOR_REVIEW)


def _reviewed(db: Database, ids: Sequence[ImageId]) -> set[ImageId]:
    found: set[ImageId] = set()
    for marks, chunk in in_chunks(ids):
        read = db.conn.execute(f"SELECT id FROM image WHERE id IN ({marks}) AND status = ?", (*chunk, REVIEWED))
        found.update(ImageId(image_id) for (image_id,) in read.fetchall())
    return found
