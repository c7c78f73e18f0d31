"""Claims in the catalogue: what was said of sightings, rivals included, and which of them is preferred.

A claim's fields are the columns of its table; what stands in a table of its own (look-alikes, transfers) is read and
written with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from sqlite_utils import Database

from core.claims import Acquisition, ClaimId, Identification, LookAlike, Marking, Origin, Review, Transfer
from core.errors import Refused
from core.records import SightingId
from core.store import rows
from core.store.images import in_chunks
from core.store.journal import now

Kind = type[Identification] | type[Origin] | type[Acquisition] | type[Marking]
AnyClaim = Identification | Origin | Acquisition | Marking
C = TypeVar("C", Identification, Origin, Acquisition, Marking)

TABLES: Final[Mapping[Kind, str]] = {
    Identification: "identification",
    Origin: "origin",
    Acquisition: "acquisition",
    Marking: "marking",
}
_LISTS: Final = frozenset({"bases", "countries"})  # codes with spaces between them
_CHILDREN: Final = frozenset({"look_alikes", "transfers"})
_STAMPS: Final = frozenset({"id", "author", "claimed_at", "preferred"})
_COLUMNS: Final[Mapping[Kind, tuple[str, ...]]] = {
    kind: tuple(one.name for one in fields(kind) if one.name not in _CHILDREN) for kind in TABLES
}


def of_sightings(
    db: Database, kind: type[C], ids: Sequence[int], *, preferred_only: bool = False
) -> dict[int, list[C]]:
    """The claims of a kind about each of these sightings, oldest first; those about none of them have no entry."""
    found: dict[int, list[C]] = {}
    columns = _COLUMNS[kind]
    only = " AND preferred = 1" if preferred_only else ""
    for marks, chunk in in_chunks(ids):
        read = db.conn.execute(
            f"SELECT sighting_id, {', '.join(columns)} FROM {TABLES[kind]} "
            f"WHERE sighting_id IN ({marks}){only} ORDER BY id",
            chunk,
        ).fetchall()
        said = [(row[0], dict(zip(columns, row[1:], strict=True))) for row in read]
        children = _children(db, kind, [values["id"] for _, values in said])
        for sighting_id, values in said:
            found.setdefault(sighting_id, []).append(_claim(kind, values, children.get(values["id"], {})))
    return found


def _claim(kind: type[C], values: dict[str, Any], children: Mapping[str, Any]) -> C:
    for name in _LISTS & values.keys():
        values[name] = tuple(values[name].split())
    if "preferred" in values:
        values["preferred"] = bool(values["preferred"])
    return kind(**values, **children)


def _children(db: Database, kind: Kind, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What claims have in a table of their own, by the claim's id and the field's name."""
    found: dict[int, dict[str, Any]] = {}
    if kind is Identification:
        for marks, chunk in in_chunks(ids):
            for claim_id, model, reason in db.conn.execute(
                "SELECT identification_id, model, reason FROM look_alike "
                f"WHERE identification_id IN ({marks}) ORDER BY id",
                chunk,
            ).fetchall():
                excluded = found.setdefault(claim_id, {"look_alikes": ()})
                excluded["look_alikes"] += (LookAlike(model, reason),)
    if kind is Acquisition:
        for marks, chunk in in_chunks(ids):
            for claim_id, *said in db.conn.execute(
                "SELECT acquisition_id, from_party, to_party, mode, date, place FROM transfer "
                f"WHERE acquisition_id IN ({marks}) ORDER BY position, id",
                chunk,
            ).fetchall():
                found.setdefault(claim_id, {"transfers": ()})["transfers"] += (Transfer(*said),)
    return found


def get(db: Database, kind: type[C], claim_id: int) -> tuple[SightingId, C] | None:
    """A claim and the sighting that it is about, None where it is not there (any more)."""
    row = db.conn.execute(f"SELECT sighting_id FROM {TABLES[kind]} WHERE id = ?", (claim_id,)).fetchone()
    if row is None:
        return None
    claim = next(one for one in of_sightings(db, kind, [row[0]])[row[0]] if one.id == claim_id)
    return SightingId(row[0]), claim


def held(db: Database, kind: Kind, claim_id: int) -> tuple[SightingId, AnyClaim] | None:
    """A claim of any kind and the sighting that it is about, None where it is not there (any more)."""
    found: tuple[SightingId, AnyClaim] | None = get(db, kind, claim_id)  # type: ignore[type-var]
    return found


def add(
    db: Database, sighting_id: SightingId, claim: AnyClaim, author: str, *, claimed_at: str | None = None
) -> ClaimId:
    """Record a claim, preferred before all others of its kind where it says so; an action must be open.

    The first of its kind is preferred whatever it says.  ``claimed_at`` is for what was claimed before now.
    """
    kind = type(claim)
    values = {"sighting_id": sighting_id, **_values(claim), "author": author, "claimed_at": claimed_at or now()}
    if not isinstance(claim, Marking):
        before = preferred_id(db, kind, sighting_id, claim)
        if before is not None and claim.preferred:
            rows.update(db, TABLES[kind], before, {"preferred": 0})
        values["preferred"] = int(claim.preferred or before is None)
    claim_id = rows.insert(db, TABLES[kind], values)
    _write_children(db, claim, claim_id)
    return ClaimId(claim_id)


def change(db: Database, claim: AnyClaim) -> None:
    """Write what a claim says anew; whose it is and whether it is preferred stay.  An action must be open.

    What was decided on an identification was said of the old words, so it is withdrawn.
    """
    found = held(db, type(claim), claim.id)
    assert found is not None
    said, before = _values(claim), _values(found[1])
    changed = {name: value for name, value in said.items() if before[name] != value}
    if changed:
        rows.update(db, TABLES[type(claim)], claim.id, {**changed, "claimed_at": now()})
        if isinstance(claim, Identification):
            withdraw_reviews(db, claim.id)
    _write_children(db, claim, claim.id)


def revise(db: Database, sighting_id: SightingId, claim: AnyClaim, before: AnyClaim, author: str) -> ClaimId:
    """Have ``author`` say this in the place of a claim; the id under which it then stands.  An action must be open.

    An own claim is written anew.  Another's, and one that a reviewer has decided on, stays as it was, as a rival.
    """
    claim = _in_the_place_of(claim, before)
    if claim == before:
        return before.id
    if not is_free(db, before, author):
        return add(db, sighting_id, claim, author)
    change(db, claim)
    return before.id


def _in_the_place_of(claim: AnyClaim, before: AnyClaim) -> AnyClaim:
    stamps: dict[str, Any] = {name: getattr(before, name) for name in _STAMPS if hasattr(before, name)}
    return replace(claim, **stamps)


def is_free(db: Database, claim: AnyClaim, author: str) -> bool:
    """Whether a claim is the author's own and no decision of a reviewer stands on it: its words may be changed."""
    if claim.author != author:
        return False
    decided = reviews(db, [claim.id]).get(claim.id, ()) if isinstance(claim, Identification) else ()
    return all(review.withdrawn for review in decided)


def withhold(db: Database, kind: Kind, claim_id: int) -> None:
    """Have a claim stand as a rival; what was said before it is preferred, or nothing.  An action must be open."""
    found = held(db, kind, claim_id)
    if found is None or isinstance(found[1], Marking) or not found[1].preferred:
        return
    rows.update(db, TABLES[kind], claim_id, {"preferred": 0})
    where, values = _rivals(*found)
    earlier = f"SELECT max(id) FROM {TABLES[kind]} WHERE {where} AND id < ?"
    before = db.conn.execute(earlier, (*values, claim_id)).fetchone()[0]
    if before is not None:
        rows.update(db, TABLES[kind], before, {"preferred": 1})


def remove(db: Database, kind: Kind, claim_id: int) -> None:
    """Take a claim away; the newest rival takes the place of a preferred one.  An action must be open."""
    found = held(db, kind, claim_id)
    if found is None:
        return
    sighting_id, claim = found
    rows.delete(db, TABLES[kind], claim_id)
    if not isinstance(claim, Marking) and claim.preferred:
        where, values = _rivals(sighting_id, claim)
        newest = db.conn.execute(f"SELECT max(id) FROM {TABLES[kind]} WHERE {where}", values).fetchone()[0]
        if newest is not None:
            rows.update(db, TABLES[kind], newest, {"preferred": 1})


def prefer(db: Database, kind: Kind, claim_id: int) -> None:
    """Make a claim the preferred one; the others stay.  An action must be open."""
    found = held(db, kind, claim_id)
    if found is None or isinstance(found[1], Marking) or found[1].preferred:
        return
    before = preferred_id(db, kind, *found)
    if before is not None:
        rows.update(db, TABLES[kind], before, {"preferred": 0})
    rows.update(db, TABLES[kind], claim_id, {"preferred": 1})


def _values(claim: AnyClaim) -> dict[str, Any]:
    """What a claim says, by the columns of its table."""
    names = (name for name in _COLUMNS[type(claim)] if name not in _STAMPS)
    return {name: " ".join(getattr(claim, name)) if name in _LISTS else getattr(claim, name) for name in names}


def _rivals(sighting_id: SightingId, claim: AnyClaim) -> tuple[str, tuple[Any, ...]]:
    """The condition for the claims that a claim stands against, itself included, and what to bind in it."""
    if isinstance(claim, Origin):
        return "sighting_id = ? AND role = ?", (sighting_id, claim.role)
    return "sighting_id = ?", (sighting_id,)


def preferred_id(db: Database, kind: Kind, sighting_id: SightingId, claim: AnyClaim) -> int | None:
    """The preferred one of those that a claim stands, or would stand, against; None where there is none."""
    where, values = _rivals(sighting_id, claim)
    found = db.conn.execute(f"SELECT id FROM {TABLES[kind]} WHERE preferred = 1 AND {where}", values).fetchone()
    return found[0] if found else None


def with_values(claim: AnyClaim, row: Mapping[str, Any]) -> AnyClaim:
    """A claim that says what a row of its table says; whose it is and whether it is preferred stay."""
    names = (name for name in _COLUMNS[type(claim)] if name not in _STAMPS and name in row)
    said: dict[str, Any] = {name: tuple(row[name].split()) if name in _LISTS else row[name] for name in names}
    return replace(claim, **said)


def with_part(claim: AnyClaim, row: Mapping[str, Any] | None, held: Mapping[str, Any] | None) -> AnyClaim:
    """A claim with what one row of its table of parts says in the place of what ``held`` says; None is nothing.

    Raises:
        Refused: nothing gives way to it, and the claim says it already.
    """
    name, kind = ("look_alikes", LookAlike) if isinstance(claim, Identification) else ("transfers", Transfer)
    parts = list(getattr(claim, name))
    old, new = (None if one is None else _part(kind, one) for one in (held, row))
    if old is None and new in parts:
        raise Refused("It is there again already.")
    at = row.get("position", len(parts)) if row else len(parts)
    if old is not None:
        at = parts.index(old)
        del parts[at]
    if new is not None:
        parts.insert(at, new)
    said: dict[str, Any] = {name: tuple(parts)}
    return replace(claim, **said)


def _part(kind: type[LookAlike] | type[Transfer], row: Mapping[str, Any]) -> LookAlike | Transfer:
    return kind(**{name: row[name] for name in kind.__slots__})


def _write_children(db: Database, claim: AnyClaim, claim_id: int) -> None:
    if isinstance(claim, Identification):
        _write(db, "look_alike", "identification_id", claim_id, [(one.model, one.reason) for one in claim.look_alikes])
    elif isinstance(claim, Acquisition):
        steps = ((at, *(getattr(one, name) for name in Transfer.__slots__)) for at, one in enumerate(claim.transfers))
        _write(db, "transfer", "acquisition_id", claim_id, list(steps))


def has_preferred(db: Database, kind: Kind, row: Mapping[str, Any]) -> bool:
    """Whether a claim is preferred among those that a row of this kind's table stands against."""
    where, values = "sighting_id = ?", [row["sighting_id"]]
    if kind is Origin:
        where, values = f"{where} AND role = ?", [*values, row["role"]]
    found = db.conn.execute(f"SELECT 1 FROM {TABLES[kind]} WHERE preferred = 1 AND {where}", values).fetchone()
    return found is not None


def authors(db: Database, sighting_id: SightingId) -> set[str]:
    """Everybody who has claimed something of a sighting."""
    parts = " UNION ".join(f"SELECT author FROM {table} WHERE sighting_id = :id" for table in TABLES.values())
    return {author for (author,) in db.conn.execute(parts, {"id": sighting_id}).fetchall()}


_CHILD_COLUMNS: Final = {"look_alike": ("model", "reason"), "transfer": ("position", *Transfer.__slots__)}


def _write(db: Database, table: str, key: str, claim_id: int, wanted: Sequence[tuple[Any, ...]]) -> None:
    """Make the rows that belong to a claim those wanted; what is there already stays as it is."""
    names = _CHILD_COLUMNS[table]
    there = db.conn.execute(f"SELECT id, {', '.join(names)} FROM {table} WHERE {key} = ?", (claim_id,)).fetchall()
    for row in there:
        if tuple(row[1:]) not in wanted:
            rows.delete(db, table, row[0])
    kept = [tuple(row[1:]) for row in there]
    for values in wanted:
        if values not in kept:
            rows.insert(db, table, {key: claim_id, **dict(zip(names, values, strict=True))})


def reviews(db: Database, identification_ids: Iterable[int]) -> dict[int, list[Review]]:
    """The decisions on each of these identifications, oldest first, withdrawn ones included."""
    found: dict[int, list[Review]] = {}
    for marks, chunk in in_chunks(list(identification_ids)):
        for row in db.conn.execute(
            "SELECT identification_id, reviewer, decision, reason, decided_at, withdrawn, id FROM review "
            f"WHERE identification_id IN ({marks}) ORDER BY id",
            chunk,
        ).fetchall():
            review = Review(ClaimId(row[0]), row[1], row[2], row[3], row[4], bool(row[5]), row[6])
            found.setdefault(row[0], []).append(review)
    return found


def withdraw_reviews(db: Database, identification_id: int, reviewer: str | None = None) -> None:
    """Withdraw what stands on an identification, all of it or only a reviewer's own; an action must be open."""
    for review in reviews(db, [identification_id]).get(identification_id, ()):
        if not review.withdrawn and reviewer in (None, review.reviewer):
            rows.update(db, "review", review.id, {"withdrawn": 1})


def add_review(db: Database, identification_id: int, *, reviewer: str, decision: str, reason: str) -> None:
    """Record a decision in place of the reviewer's earlier one; an action must be open."""
    withdraw_reviews(db, identification_id, reviewer)
    values = {"identification_id": identification_id, "reviewer": reviewer, "decision": decision, "reason": reason}
    rows.insert(db, "review", {**values, "decided_at": now()})
