"""Weapon models in the catalogue: terms with names in many languages, and facts, each with its source."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.model_facts import UNCHECKED, UND, Fact, Model, model
from core.store import terms
from core.store.terms import MODELS, OWN, PARENT_SOURCE

_OF_TERM: Final = ("label", "parent", "name")  # the facts that stand in the term and in its names
_FACT: Final = ("fact", "value", "production", "maker", "years", "source")


def seed(db: Database, models: Iterable[Model], version: str) -> None:
    """Write the models that a new archive begins with; an action must be open."""
    terms.set_version(db, MODELS, version)
    add_all(db, models)


def add_all(db: Database, models: Iterable[Model]) -> None:
    """Record models after those that are there; an action must be open."""
    given = list(models)
    position = terms.next_position(db, MODELS)
    rows = ((MODELS, *_term(one), position + at) for at, one in enumerate(given))
    db.conn.executemany(
        "INSERT INTO term (vocabulary, code, parent, label, attributes, source, position) VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    ids = dict(db.conn.execute("SELECT code, id FROM term WHERE vocabulary = ?", (MODELS,)).fetchall())
    _write_facts(db, ((ids[one.code], one) for one in given))


def _write_facts(db: Database, models: Iterable[tuple[int, Model]]) -> None:
    names: list[tuple[Any, ...]] = []
    facts: list[tuple[Any, ...]] = []
    for term_id, one in models:
        names += ((term_id, fact.language or UND, fact.value, fact.source) for fact in one.all("name"))
        facts += (
            (term_id, *(getattr(fact, column) for column in _FACT)) for fact in one.facts if fact.fact not in _OF_TERM
        )
    db.conn.executemany("INSERT INTO term_name (term_id, language, text, source) VALUES (?, ?, ?, ?)", names)
    marks = ", ".join("?" * (len(_FACT) + 1))
    db.conn.executemany(f"INSERT INTO model_fact (term_id, {', '.join(_FACT)}) VALUES ({marks})", facts)


def _term(one: Model, own: Iterable[str] = ()) -> tuple[str, str | None, str, str, str]:
    """The code, parent, label, attributes and source of a model's term."""
    label, parent = one.first("label"), one.first("parent")
    attributes = {PARENT_SOURCE: parent.source} if parent else {}
    if own:
        attributes[OWN] = " ".join(sorted(own))
    text = json.dumps(attributes, ensure_ascii=False, sort_keys=True)
    return one.code, one.parent, one.label, text, label.source if label else UNCHECKED


def change(db: Database, one: Model, *, own: Iterable[str] = ()) -> None:
    """Make a model's facts these; rows that say the same stay.  An action must be open.

    ``own`` are the kinds of fact that the user has changed, which no update touches.
    """
    term_id = terms.id_of(db, MODELS, one.code)
    assert term_id is not None
    code, parent, label, attributes, source = _term(one, own)
    db.conn.execute(
        "UPDATE term SET parent = ?, label = ?, attributes = ?, source = ? WHERE vocabulary = ? AND code = ?",
        (parent, label, attributes, source, MODELS, code),
    )
    held = _facts(db, [term_id]).get(term_id, [])
    wanted = [fact for fact in one.facts if fact.fact not in ("label", "parent")]
    left = list(held)
    missing = []
    for fact in wanted:
        same = next((pair for pair in left if pair[1] == fact), None)
        if same:
            left.remove(same)
        else:
            missing.append(fact)
    for row_id, fact in left:
        table = "term_name" if fact.fact == "name" else "model_fact"
        db.conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
    _write_facts(db, [(term_id, Model(code, tuple(missing)))])


def _facts(db: Database, term_ids: Sequence[int] | None = None) -> dict[int, list[tuple[int, Fact]]]:
    """The names and facts of models with their rows' ids, by the id of the term; of all models without ids."""
    found: dict[int, list[tuple[int, Fact]]] = {}
    only = "" if term_ids is None else f"AND term.id IN ({', '.join(str(int(one)) for one in term_ids)})"
    for term_id, row_id, language, text, source in db.conn.execute(
        "SELECT term_id, term_name.id, language, text, term_name.source FROM term_name JOIN term ON term.id = term_id "
        f"WHERE vocabulary = ? {only} ORDER BY term_name.id",
        (MODELS,),
    ).fetchall():
        fact = Fact("name", text, language or UND, source=source or UNCHECKED)
        found.setdefault(term_id, []).append((row_id, fact))
    for term_id, row_id, *said in db.conn.execute(
        f"SELECT term_id, model_fact.id, {', '.join(f'model_fact.{column}' for column in _FACT)} FROM model_fact "
        f"JOIN term ON term.id = term_id WHERE vocabulary = ? {only} ORDER BY model_fact.id",
        (MODELS,),
    ).fetchall():
        found.setdefault(term_id, []).append((row_id, Fact(**dict(zip(_FACT, said, strict=True)))))
    return found


def load(db: Database, code: str | None = None) -> dict[str, Model]:
    """The models with all their facts by code, in the library's order; only one where its code is given."""
    only = "" if code is None else "AND code = ?"
    found = db.conn.execute(
        "SELECT id, code, label, parent, attributes, source FROM term "
        f"WHERE vocabulary = ? {only} ORDER BY position, id",
        (MODELS, *(() if code is None else (code,))),
    ).fetchall()
    facts = _facts(db, None if code is None else [row[0] for row in found])
    return {row[1]: _model(row, facts.get(row[0], ())) for row in found}


def _model(row: Sequence[Any], held: Iterable[tuple[int, Fact]]) -> Model:
    _, code, label, parent, attributes, source = row
    facts = [Fact("label", label, source=source or UNCHECKED), *(fact for _, fact in held)]
    if parent:
        facts.append(Fact("parent", parent, source=json.loads(attributes).get(PARENT_SOURCE) or UNCHECKED))
    return model(code, facts)


def own_kinds(db: Database) -> Mapping[str, frozenset[str]]:
    """The kinds of fact that the user has changed, by the model's code; models without any have no entry."""
    rows = db.conn.execute(
        f"SELECT code, json_extract(attributes, '$.{OWN}') FROM term WHERE vocabulary = ? "
        f"AND json_extract(attributes, '$.{OWN}') <> ''",
        (MODELS,),
    ).fetchall()
    return {code: frozenset(kinds.split()) for code, kinds in rows}


def removed(db: Database) -> frozenset[str]:
    """The codes of models that somebody took away and that are not there again; undoing takes nothing away."""
    rows = db.conn.execute(
        "SELECT json_extract(before, '$.code') FROM change JOIN action ON action.id = action_id "
        "WHERE tbl = 'term' AND after IS NULL AND undoes IS NULL AND json_extract(before, '$.vocabulary') = ? "
        "AND json_extract(before, '$.code') NOT IN (SELECT code FROM term WHERE vocabulary = ?)",
        (MODELS, MODELS),
    ).fetchall()
    return frozenset(code for (code,) in rows)
