"""Blind codings in the catalogue: which images are being coded, by whom, and whether a coding is closed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.errors import Refused
from core.records import ImageId
from core.store import sightings
from core.store.images import in_chunks

BLIND: Final = "in a blind coding"
"""All that an action's label says of what others must not know yet."""
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


def under_way(db: Database) -> str:
    """The name of a set that is being coded blind, empty where none is."""
    row = db.conn.execute(
        "SELECT coding_set.name FROM coding JOIN coding_set ON coding_set.id = set_id WHERE closed_at = '' "
        "ORDER BY coding.id LIMIT 1"
    ).fetchone()
    return row[0] if row else ""


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
    """Refuse to touch what another coder made in a set that is not closed yet, or anybody in a closed coding.

    Raises:
        Refused: one of these sightings is such a one.
    """
    if not _any(db):
        return
    for marks, chunk in in_chunks(list(sighting_ids)):
        found = db.conn.execute(
            f"SELECT DISTINCT coding_id FROM sighting WHERE id IN ({marks}) AND coding_id IS NOT NULL", chunk
        )
        for (coding_id,) in found.fetchall():
            check_changeable(db, coding_id, actor)


def check_changeable(db: Database, coding_id: int, actor: str) -> None:
    """Refuse to change what belongs to a coding that is another's or closed.

    Raises:
        Refused: it is.
    """
    row = db.conn.execute("SELECT coder, closed_at FROM coding WHERE id = ?", (coding_id,)).fetchone()
    if row is None or row[0] != actor:
        raise Refused(
            "This belongs to another coder's blind coding; it can be read when both have closed the set, and only "
            "its coder can change it until then."
        )
    if row[1]:
        raise Refused("This belongs to a coding that is closed, so it stays as it is.")


def is_readable(db: Database, sighting_id: int, actor: str) -> bool:
    """Whether ``actor`` may read of a sighting, also of one that is gone."""
    coding_id = coding_of(db, "identification", {"sighting_id": sighting_id})
    if coding_id is None:
        return True
    row = db.conn.execute("SELECT coder FROM coding WHERE id = ?", (coding_id,)).fetchone()
    return row is not None and (row[0] == actor or not _standing(db, coding_id)[1])


def check_undoable(db: Database, step: str, doer: str, actor: str) -> None:
    """Refuse to take back a step that would tamper with a blind coding.

    Raises:
        Refused: it is another coder's work in a set that is not closed yet, or it closed the set's last coding: from
            then on both coders' work can be read, and must stay what was made blind.
    """
    if not _any(db):
        return
    found = db.conn.execute(_CONCERNED, {"step": step}).fetchall()
    concerned = {coding_id: bool(of_itself) for coding_id, of_itself in found}
    for coding_id, of_itself in concerned.items():
        name, open_ = _standing(db, coding_id)
        if not open_ and of_itself and name:
            raise Refused(f"Both coders have closed the set “{name}” and can read each other, so it stays closed.")
        if open_ and doer != actor:
            raise Refused(
                f"The newest step is another coder's work in the set “{name}”, which is being coded blind; only "
                f"{doer} can take it back."
            )


def _any(db: Database) -> bool:
    return db.conn.execute("SELECT 1 FROM coding LIMIT 1").fetchone() is not None


def _standing(db: Database, coding_id: int) -> tuple[str, bool]:
    """The name of a coding's set, empty where it is not there any more, and whether anybody still codes it blind."""
    row = db.conn.execute(
        """SELECT coding_set.name, EXISTS (SELECT 1 FROM coding AS other
               WHERE other.set_id = coding.set_id AND other.closed_at = '')
           FROM coding JOIN coding_set ON coding_set.id = set_id WHERE coding.id = ?""",
        (coding_id,),
    ).fetchone()
    return (row[0], bool(row[1])) if row else ("", False)


# What each claim's row hangs on: the table above it, and the column that names the row there.
_ABOVE: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("identification", "origin", "acquisition", "marking"), ("sighting", "sighting_id")),
    **dict.fromkeys(("look_alike", "review"), ("identification", "identification_id")),
    "transfer": ("acquisition", "acquisition_id"),
}


_LAST: Final = """
    (SELECT ifnull(after, before) FROM change WHERE tbl = {table} AND row_id = {row_id} ORDER BY id DESC LIMIT 1)
"""
# The codings that a step's rows belong to, each with whether the step changed the coding itself.
_CONCERNED: Final = f"""
    WITH said AS (
        SELECT tbl, ifnull(after, before) AS said FROM change JOIN action ON action.id = action_id
        WHERE step = :step AND tbl IN ({", ".join(map(repr, ("coding", "sighting", *_ABOVE)))})
    ), claimed AS (
        SELECT DISTINCT 'identification' AS tbl, said ->> 'identification_id' AS id FROM said
            WHERE tbl IN ('look_alike', 'review')
        UNION SELECT 'acquisition', said ->> 'acquisition_id' FROM said WHERE tbl = 'transfer'
    ), claim AS (
        SELECT said ->> 'sighting_id' AS sighting_id FROM said
            WHERE tbl IN ('identification', 'origin', 'acquisition', 'marking')
        UNION SELECT {_LAST.format(table="claimed.tbl", row_id="claimed.id")} ->> 'sighting_id' FROM claimed
    ), concerned AS (
        SELECT said ->> 'id' AS coding_id, 1 AS of_itself FROM said WHERE tbl = 'coding'
        UNION SELECT said ->> 'coding_id', 0 FROM said WHERE tbl = 'sighting'
        UNION SELECT {_LAST.format(table="'sighting'", row_id="claim.sighting_id")} ->> 'coding_id', 0 FROM claim
    )
    SELECT coding_id, max(of_itself) FROM concerned WHERE coding_id IS NOT NULL GROUP BY coding_id ORDER BY coding_id
"""


def coding_of(db: Database, table: str, row: Mapping[str, Any]) -> int | None:
    """The coding that a row of a sighting or a claim belongs to, also where it is gone; None for what counts."""
    while table in _ABOVE:
        table, column = _ABOVE[table]
        found = db.conn.execute(
            "SELECT ifnull(after, before) FROM change WHERE tbl = ? AND row_id = ? ORDER BY id DESC LIMIT 1",
            (table, row[column]),
        ).fetchone()
        if found is None:
            return None
        row = json.loads(found[0])
    coding_id: int | None = row.get("coding_id")
    return coding_id
