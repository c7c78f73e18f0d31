"""What is said of a weapon model, and with it, when it becomes one with another."""

from typing import Final

from sqlite_utils import Database

from core.model_facts import UNCHECKED, UND
from core.store import models, terms
from core.store.terms import MODELS

_MOVING: Final = ("design", "manufacture", "calibre", "look_alike")
"""The facts of which a model may have several."""


def move_names(db: Database, code: str, to: str) -> None:
    """Give what a model is called to another one, languages and sources kept; an action must be open."""
    gone, kept = terms.id_of(db, MODELS, code), terms.id_of(db, MODELS, to)
    db.conn.execute("UPDATE OR IGNORE term_name SET term_id = ? WHERE term_id = ?", (kept, gone))
    db.conn.execute(
        "INSERT INTO term_name (term_id, language, text, source) SELECT ?, ?, label, source FROM term WHERE id = ? "
        "AND label NOT IN (SELECT text FROM term_name WHERE term_id = ?)",
        (kept, UND, gone, kept),
    )


def move_facts(db: Database, code: str, to: str) -> frozenset[str]:
    """Give a model's facts to another one, each with its source; the kinds of which that one now says other things.

    An action must be open.
    """
    before = models.load(db, to)[to]
    gone, kept = terms.id_of(db, MODELS, code), terms.id_of(db, MODELS, to)
    marks = ", ".join("?" * len(_MOVING))
    db.conn.execute(
        f"UPDATE model_fact SET term_id = ? WHERE term_id = ? AND fact IN ({marks})", (kept, gone, *_MOVING)
    )
    terms.tidy_facts(db)
    same = " AND ".join(
        f"other.{name} = model_fact.{name}" for name in ("fact", "value", "production", "maker", "years")
    )
    db.conn.execute(
        "DELETE FROM model_fact WHERE term_id = :kept AND source = :unchecked AND EXISTS (SELECT 1 FROM model_fact AS "
        f"other WHERE other.term_id = :kept AND other.source <> :unchecked AND {same})",
        {"kept": kept, "unchecked": UNCHECKED},
    )
    after = models.load(db, to)[to]
    return frozenset(kind for kind in _MOVING if before.all(kind) != after.all(kind))


def join_look_alikes(db: Database, code: str, by: str) -> int:
    """Keep each reason for which a model was excluded before the two become one; in how many rows it was kept apart.

    Where both were excluded, the reasons become one; where the one was excluded and the other claimed, the reason goes
    into the features that were seen.  An action must be open.
    """
    labels = dict(
        db.conn.execute("SELECT code, label FROM term WHERE vocabulary = ? AND code IN (?, ?)", (MODELS, code, by))
    )
    rows = db.conn.execute(
        "SELECT look_alike.id, identification_id, look_alike.model, reason, identification.model FROM look_alike "
        "JOIN identification ON identification.id = identification_id WHERE look_alike.model IN (?, ?) "
        "ORDER BY look_alike.id",
        (code, by),
    ).fetchall()
    standing = {claim: (row_id, reason) for row_id, claim, model, reason, claimed in rows if model == by}
    joined = 0
    for row_id, claim, model, reason, claimed in rows:
        if {model, claimed} == {code, by}:
            db.conn.execute(
                "UPDATE identification SET features = CASE features WHEN '' THEN '' ELSE features || '; ' END || ? "
                "WHERE id = ?",
                (f"not {labels[model]}: {reason}", claim),
            )
        elif model == code and claim in standing:
            other_id, other = standing[claim]
            both = "; ".join(dict.fromkeys(filter(None, (other, reason))))
            db.conn.execute("UPDATE look_alike SET reason = ? WHERE id = ?", (both, other_id))
        else:
            continue
        db.conn.execute("DELETE FROM look_alike WHERE id = ?", (row_id,))
        joined += 1
    return joined
