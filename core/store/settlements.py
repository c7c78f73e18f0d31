"""Sightings of copies that were judged to be one weapon or two, and what was taken over from the one to the other.

A settlement holds while both images are in one group.  What parts them ends it: what was taken over goes, and what was
preferred before comes back, where nobody has changed it since.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlite_utils import Database

from core.claims import Acquisition, Identification, Marking, Origin
from core.grouping import component_of
from core.records import SAME_VERDICTS, ImageId, SightingId
from core.store import claims, rows
from core.store.images import CHUNK, in_chunks
from core.store.journal import now

SETTLED: Final = """EXISTS (
    SELECT 1 FROM settlement CROSS JOIN sighting AS kept ON kept.id = kept_id
    CROSS JOIN cache.membership AS own ON own.image_id = sighting.image_id
    CROSS JOIN cache.membership AS other ON other.image_id = kept.image_id AND other.picture = own.picture
    WHERE settlement.sighting_id = sighting.id AND same = 1)"""
"""The condition, in SQL, that a ``sighting`` counts as another of its group and not by itself."""

CLAIMS: Final[Mapping[str, claims.Kind]] = {
    "identification": Identification,
    "design": Origin,
    "manufacture": Origin,
    "acquisition": Acquisition,
    "marking": Marking,
}
"""What is taken over as a claim, by the field's name; every other field is a detail of the sighting."""
_QUANTITY: Final = "quantity"  # with its basis, since neither means anything alone
_SAME: Final = ", ".join(f"'{kind}'" for kind in SAME_VERDICTS)


class Settlement(NamedTuple):
    """A sighting that was settled into another, by whom and when."""

    id: int
    sighting_id: SightingId
    kept_id: SightingId
    image_id: ImageId
    settled_by: str
    settled_at: str


def put(db: Database, sighting_id: SightingId, kept_id: SightingId, *, same: bool, by: str) -> int:
    """Record that two sightings are the same weapon, of which ``kept_id`` counts, or that they are not."""
    values = {"sighting_id": sighting_id, "kept_id": kept_id, "same": int(same), "settled_by": by, "settled_at": now()}
    return rows.insert(db, "settlement", values)


def take_over(db: Database, settlement_id: int, field: str, claim_id: int, before: int | None, *, made: bool) -> None:
    """Note a claim that is preferred by a settlement, or was added by it, and which one was preferred before."""
    stamp = _stamp(db, CLAIMS[field], claim_id) if made else ""
    earlier = "" if before is None else str(before)
    _note(db, settlement_id, field, earlier=earlier, taken=str(claim_id), stamp=stamp)


def change(db: Database, settlement_id: int, kept_id: SightingId, values: Mapping[str, Any]) -> None:
    """Give details of the sighting that is kept other values, and note what they were; a quantity with its basis."""
    held = (rows.values_of(db, "sighting", kept_id, tuple(values)) if values else None) or {}
    rows.update(db, "sighting", kept_id, values)
    for field in values:
        if field != "quantity_basis":
            _note(db, settlement_id, field, earlier=_text(field, held), taken=_text(field, values), stamp="")


def _note(db: Database, settlement_id: int, field: str, **values: str) -> None:
    rows.insert(db, "settled_field", {"settlement_id": settlement_id, "field": field, **values})


def _text(field: str, row: Mapping[str, Any]) -> str:
    if field == _QUANTITY:
        return f"{row[field]} {row['quantity_basis']}".rstrip() if row[field] is not None else ""
    return "" if row[field] is None else str(row[field])


def links(db: Database) -> dict[int, int]:
    """Every sighting that was settled, and the one that is kept, whether or not they are in one group now."""
    return dict(db.conn.execute("SELECT sighting_id, kept_id FROM settlement WHERE same = 1").fetchall())


def apart(db: Database) -> frozenset[tuple[int, int]]:
    """The pairs of sightings that were judged to be two weapons, the older sighting first."""
    found = db.conn.execute("SELECT sighting_id, kept_id FROM settlement WHERE same = 0").fetchall()
    return frozenset((min(pair), max(pair)) for pair in found)


def joined_since(db: Database, action: int) -> list[ImageId]:
    """An image of each group that verdicts since an action joined, and of which several images have sightings."""
    found = db.conn.execute(
        f"""WITH said AS (
            SELECT json_extract(after, '$.from_sha256') AS sha256 FROM change
            WHERE action_id > ? AND +tbl = 'relation' AND json_extract(after, '$.kind') IN ({_SAME})
        ), grouped AS (
            SELECT DISTINCT picture FROM said CROSS JOIN image USING (sha256)
            CROSS JOIN cache.membership ON image_id = image.id
        )
        SELECT min(image_id) FROM grouped CROSS JOIN cache.membership AS member USING (picture)
        CROSS JOIN sighting USING (image_id) WHERE coding_id IS NULL AND NOT {SETTLED}
        GROUP BY picture HAVING count(DISTINCT image_id) > 1 ORDER BY 1""",
        (action,),
    )
    return [ImageId(image_id) for (image_id,) in found.fetchall()]


def of_kept(db: Database, kept_ids: Sequence[SightingId]) -> dict[SightingId, list[Settlement]]:
    """What was settled into each of these sightings; those into which nothing was have no entry."""
    found: dict[SightingId, list[Settlement]] = {}
    for marks, chunk in in_chunks(kept_ids):
        for row in db.conn.execute(
            f"SELECT settlement.id, sighting_id, kept_id, image_id, settled_by, settled_at FROM settlement "
            f"JOIN sighting ON sighting.id = sighting_id WHERE kept_id IN ({marks}) AND {SETTLED} ORDER BY 1",
            chunk,
        ).fetchall():
            found.setdefault(row[2], []).append(Settlement(*row))
    return found


def into(db: Database, sighting_id: SightingId) -> Settlement | None:
    """The settlement of a sighting into another, None where it counts by itself."""
    row = db.conn.execute(
        "SELECT settlement.id, sighting_id, kept_id, image_id, settled_by, settled_at FROM settlement "
        "JOIN sighting ON sighting.id = sighting_id WHERE sighting_id = ? AND same = 1",
        (sighting_id,),
    ).fetchone()
    return Settlement(*row) if row else None


def end(db: Database, settlement_id: int) -> None:
    """Have both sightings count again, with what was preferred before; an action must be open.

    What somebody has changed since stays as it is.
    """
    kept, *_ = db.conn.execute("SELECT kept_id FROM settlement WHERE id = ?", (settlement_id,)).fetchone()
    fields = db.conn.execute(
        "SELECT field, earlier, taken, stamp FROM settled_field WHERE settlement_id = ? ORDER BY id DESC",
        (settlement_id,),
    ).fetchall()
    rows.delete(db, "settlement", settlement_id)
    for field, before, after, stamp in fields:
        if field in CLAIMS:
            _give_back(db, CLAIMS[field], before, int(after), stamp)
        else:
            _set_back(db, kept, field, before, after)


def _give_back(db: Database, kind: claims.Kind, before: str, after: int, stamp: str) -> None:
    found = claims.held(db, kind, after)
    if found is None or (stamp and stamp != _stamp(db, kind, after)):
        return
    was_preferred = getattr(found[1], "preferred", False)
    if stamp:  # nobody claimed it of this sighting before it was settled, and nobody has touched it since
        claims.remove(db, kind, after)
    if before and was_preferred:
        claims.prefer(db, kind, int(before))


def _stamp(db: Database, kind: claims.Kind, claim_id: int) -> str:
    """What changes whenever somebody changes a claim or decides on it."""
    found = claims.held(db, kind, claim_id)
    assert found is not None
    claim = found[1]
    parts = (*getattr(claim, "look_alikes", ()), *getattr(claim, "transfers", ()))
    decided = claims.reviews(db, [claim_id]).get(claim_id, ()) if isinstance(claim, Identification) else ()
    return f"{claim.claimed_at} {len(parts)} {len(decided)}"


def _set_back(db: Database, kept_id: int, field: str, before: str, after: str) -> None:
    names = (field, "quantity_basis") if field == _QUANTITY else (field,)
    held = rows.values_of(db, "sighting", kept_id, names)
    if held is None or _text(field, held) != after:
        return
    values: dict[str, Any] = {field: before}
    if field == _QUANTITY:
        number, _, basis = before.partition(" ")
        values = {field: int(number) if number else None, "quantity_basis": basis}
    elif field == "weapon_id":
        values = {field: int(before) if before and rows.values_of(db, "weapon", int(before), ("id",)) else None}
    rows.update(db, "sighting", kept_id, values)


# The content hashes of the pairs on which the open action gave, changed or took back a verdict.
_DECIDED: Final = """
    SELECT said ->> 'from_sha256', said ->> 'to_sha256' FROM (
        SELECT before AS said FROM temp.noted WHERE tbl = 'relation' AND before IS NOT NULL
        UNION SELECT after FROM temp.noted WHERE tbl = 'relation' AND after IS NOT NULL)
"""


def end_parted(db: Database) -> None:
    """End what holds no longer, because the open action parted the images from each other."""
    if db.conn.execute("SELECT 1 FROM settlement WHERE same = 1 LIMIT 1").fetchone() is None:
        return
    group_of: dict[str, int] = {}
    for number, sha256 in enumerate(sha for pair in db.conn.execute(_DECIDED).fetchall() for sha in pair):
        if sha256 not in group_of:
            group_of |= dict.fromkeys(component_of(sha256, lambda of: _same_as(db, of)), number)
    for settlement_id, own, kept in _between(db, group_of):
        if group_of.get(own) != group_of.get(kept):
            end(db, settlement_id)


def _between(db: Database, shas: Collection[str]) -> Iterable[tuple[int, str, str]]:
    """The settlements between sightings of which one belongs to one of these contents, and both contents."""
    found: dict[int, tuple[int, str, str]] = {}
    every = sorted(shas)
    for start in range(0, len(every), CHUNK):
        chunk = every[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        for row in db.conn.execute(
            "SELECT settlement.id, a.sha256, b.sha256 FROM settlement "
            "JOIN sighting AS own ON own.id = sighting_id JOIN image AS a ON a.id = own.image_id "
            "JOIN sighting AS kept ON kept.id = kept_id JOIN image AS b ON b.id = kept.image_id "
            f"WHERE same = 1 AND (a.sha256 IN ({marks}) OR b.sha256 IN ({marks}))",
            (*chunk, *chunk),
        ).fetchall():
            found[row[0]] = row
    return [found[one] for one in sorted(found, reverse=True)]  # the newest first, as it was settled last


def _same_as(db: Database, sha256: str) -> list[str]:
    found = db.conn.execute(
        f"SELECT to_sha256 FROM relation WHERE from_sha256 = :sha AND kind IN ({_SAME}) "
        f"UNION SELECT from_sha256 FROM relation WHERE to_sha256 = :sha AND kind IN ({_SAME})",
        {"sha": sha256},
    )
    return [other for (other,) in found.fetchall()]
