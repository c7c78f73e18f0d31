"""Blind codings in the catalogue: which images are being coded, by whom, and whether a coding is closed."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlite_utils import Database

from core.errors import Refused
from core.records import ImageId
from core.store import sightings
from core.store.images import in_chunks

_OPEN: Final = """
    SELECT set_member.image_id, coding_set.name, coding.id, coding.coder, coding.closed_at FROM set_member
    JOIN coding_set ON coding_set.id = set_member.set_id JOIN coding ON coding.set_id = coding_set.id
    WHERE EXISTS (SELECT 1 FROM coding AS other WHERE other.set_id = coding_set.id AND other.closed_at = '')
"""


def codings_for(db: Database, ids: Sequence[ImageId], actor: str) -> dict[ImageId, int]:
    """For each of these images that is being coded blind, the coding that what ``actor`` says of it belongs to.

    Raises:
        Refused: one is being coded, or a copy of it is, and the actor does not code it or has closed the coding.
    """
    if db.conn.execute("SELECT 1 FROM coding WHERE closed_at = '' LIMIT 1").fetchone() is None:
        return {}
    copies = sightings.siblings(db, ids)
    found: dict[ImageId, int] = {}
    held: dict[int, list[tuple[str, int, str, str]]] = {}
    for marks, chunk in in_chunks(sorted({other for group in copies.values() for other in group})):
        for image_id, *rest in db.conn.execute(f"{_OPEN} AND set_member.image_id IN ({marks})", chunk).fetchall():
            held.setdefault(image_id, []).append((rest[0], rest[1], rest[2], rest[3]))
    for image_id in ids:
        coded = [row for other in copies[image_id] for row in held.get(other, ())]
        own = [row for row in held.get(image_id, ()) if row[2] == actor and not row[3]]
        if own:
            found[image_id] = own[0][1]
        elif coded:
            raise Refused(
                f"An image is being coded blind in the set “{coded[0][0]}”; until both of its coders have closed it, "
                "only they can tag it, each for themselves."
            )
    return found


def check_not_coded(db: Database, ids: Sequence[ImageId]) -> None:
    """Refuse to change what everybody sees of images that are being coded blind.

    Raises:
        Refused: one of them, or a copy of it, is in a set that is not closed yet.
    """
    copies = sightings.siblings(db, ids)
    for marks, chunk in in_chunks(sorted({other for group in copies.values() for other in group})):
        row = db.conn.execute(f"{_OPEN} AND set_member.image_id IN ({marks}) LIMIT 1", chunk).fetchone()
        if row is not None:
            raise Refused(
                f"An image is being coded blind in the set “{row[1]}”; what all can see of it stays as it is until "
                "both coders have closed the set."
            )


def hidden_from(db: Database, actor: str) -> set[int]:
    """The sightings that ``actor`` must not read yet: those of others in sets that are not closed."""
    rows = db.conn.execute(
        """SELECT sighting.id FROM sighting JOIN coding ON coding.id = sighting.coding_id
           WHERE coding.coder <> ? AND EXISTS (
               SELECT 1 FROM coding AS other WHERE other.set_id = coding.set_id AND other.closed_at = '')""",
        (actor,),
    ).fetchall()
    return {sighting_id for (sighting_id,) in rows}


def check_readable(db: Database, sighting_ids: Iterable[int], actor: str) -> None:
    """Refuse to touch what another coder made in a set that is not closed yet.

    Raises:
        Refused: one of these sightings is such a one.
    """
    if hidden_from(db, actor).intersection(sighting_ids):
        raise Refused("This belongs to another coder's blind coding; it can be read when both have closed the set.")
