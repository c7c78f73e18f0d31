"""Reviewers' decisions in the catalogue: one open decision of each reviewer on each identification."""

from collections.abc import Iterable

from sqlite_utils import Database

from core.claims import ClaimId, Review
from core.store import rows
from core.store.images import in_chunks
from core.store.journal import now


def of_identifications(db: Database, identification_ids: Iterable[int]) -> dict[int, list[Review]]:
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


def open_of(db: Database, identification_id: int) -> list[Review]:
    """The decisions on an identification that stand, oldest first."""
    held = of_identifications(db, [identification_id]).get(identification_id, [])
    return [review for review in held if not review.withdrawn]


def add(db: Database, identification_id: int, *, reviewer: str, decision: str, reason: str) -> None:
    """Record a decision in place of the reviewer's earlier one; an action must be open."""
    withdraw(db, identification_id, reviewer)
    values = {"identification_id": identification_id, "reviewer": reviewer, "decision": decision, "reason": reason}
    rows.insert(db, "review", {**values, "decided_at": now()})


def withdraw(db: Database, identification_id: int, reviewer: str | None = None) -> None:
    """Withdraw what stands on an identification, all of it or only a reviewer's own; an action must be open."""
    for review in open_of(db, identification_id):
        if reviewer in (None, review.reviewer):
            rows.update(db, "review", review.id, {"withdrawn": 1})
