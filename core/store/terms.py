"""The archive's vocabularies and its own name."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlite_utils import Database

from core.model_facts import SAYING_UNCHECKED
from core.store import rows
from core.store.journal import newest_action, now
from core.vocabularies import Term, Vocabulary
from core.vocabulary_kinds import KINDS

MODELS: Final = "weapon_model"
MODEL_FACTS: Final = ("type", "level", "calibre", "design", "manufacture", "look_alike", "checked", "checked_calibre")
"""The attributes of a weapon model that are made of its facts."""
PARENT_SOURCE: Final = "parent_source"
OWN: Final = "own"
MODEL_NOTES: Final = (PARENT_SOURCE, OWN)
"""The attributes of a weapon model that say who says something of it: see ``store.models``."""
_UND: Final = "und"  # the language of a model's name that nobody has said the language of

_ALIAS: Final = ""  # the language of an alias, which may be any


def add_archive(db: Database) -> None:
    """Give a new archive its own name; an action must be open."""
    rows.insert(db, "archive", {"uuid": str(uuid.uuid4()), "created_at": now()})


def archive_uuid(db: Database) -> str:
    """The archive's own name."""
    found: str = db.conn.execute("SELECT uuid FROM archive").fetchone()[0]
    return found


def seed(db: Database, vocabulary: str, terms: Iterable[Term], version: str) -> None:
    """Write the terms that a vocabulary of a new archive begins with; an action must be open."""
    set_version(db, vocabulary, version)
    for position, term in enumerate(terms):
        add(db, vocabulary, position, term)


def set_version(db: Database, vocabulary: str, version: str) -> None:
    """Note which version of a vocabulary the archive has; an action must be open."""
    found = db.conn.execute("SELECT id FROM vocabulary WHERE name = ?", (vocabulary,)).fetchone()
    if found:
        rows.update(db, "vocabulary", found[0], {"version": version})
    else:
        rows.insert(db, "vocabulary", {"name": vocabulary, "version": version})


def version(db: Database, vocabulary: str) -> str:
    """The version of a vocabulary that the archive was last given, empty where it never was."""
    found = db.conn.execute("SELECT version FROM vocabulary WHERE name = ?", (vocabulary,)).fetchone()
    return found[0] if found else ""


def _attributes(vocabulary: str, term: Term) -> str:
    """A term's own attributes; those of a model that are its facts stand in a table of theirs."""
    facts = MODEL_FACTS if vocabulary == MODELS else ()
    held = {name: value for name, value in term.attributes.items() if name not in facts}
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def add(db: Database, vocabulary: str, position: int, term: Term) -> int:
    """Record a term at a place in its vocabulary's order; returns its row's id.  An action must be open."""
    term_id = rows.insert(
        db,
        "term",
        {
            "vocabulary": vocabulary,
            "code": term.code,
            "parent": term.parent,
            "label": term.label,
            "position": position,
            "retired": int(term.retired),
            "attributes": _attributes(vocabulary, term),
            "source": term.source,
        },
    )
    _write_names(db, term_id, _called(term))
    return term_id


def change(db: Database, vocabulary: str, term: Term) -> None:
    """Write a term anew in the place of the one with its code, but for its order; an action must be open."""
    term_id = id_of(db, vocabulary, term.code)
    assert term_id is not None
    values = {
        "parent": term.parent,
        "label": term.label,
        "retired": int(term.retired),
        "attributes": _attributes(vocabulary, term),
        "source": term.source,
    }
    rows.update(db, "term", term_id, values)
    held = db.conn.execute("SELECT language, text FROM term_name WHERE term_id = ? ORDER BY id", (term_id,)).fetchall()
    wanted = list(dict.fromkeys(_called(term)))
    if vocabulary == MODELS:  # a term does not tell the languages of a model's names, so those that stay keep theirs
        texts, known = dict.fromkeys(text for _, text in wanted), {text for _, text in held}
        wanted = [name for name in held if name[1] in texts]
        wanted += [(_UND, text) for text in texts if text not in known]
    kept = [name for name in held if name in wanted]
    if kept != wanted[: len(kept)] and vocabulary != MODELS:  # they are in another order now
        kept = []
    db.conn.executemany(
        "DELETE FROM term_name WHERE term_id = ? AND language = ? AND text = ?",
        [(term_id, *name) for name in held if name not in kept],
    )
    _write_names(db, term_id, (name for name in wanted if name not in kept))


def _called(term: Term) -> Iterable[tuple[str, str]]:
    return (*term.names.items(), *((_ALIAS, alias) for alias in term.aliases))


def _write_names(db: Database, term_id: int, names: Iterable[tuple[str, str]]) -> None:
    db.conn.executemany(
        "INSERT OR IGNORE INTO term_name (term_id, language, text) VALUES (?, ?, ?)",
        [(term_id, language, text) for language, text in names],
    )


def id_of(db: Database, vocabulary: str, code: str) -> int | None:
    """The row's id of a term, None where there is none."""
    found = db.conn.execute("SELECT id FROM term WHERE vocabulary = ? AND code = ?", (vocabulary, code)).fetchone()
    return found[0] if found else None


def remove(db: Database, vocabulary: str, code: str) -> None:
    """Take a term away; an action must be open."""
    db.conn.execute("DELETE FROM term WHERE vocabulary = ? AND code = ?", (vocabulary, code))


def reorder(db: Database, vocabulary: str, codes: Iterable[str]) -> None:
    """Give the terms of a vocabulary this order; an action must be open."""
    db.conn.executemany(
        "UPDATE term SET position = ? WHERE vocabulary = ? AND code = ?",
        [(position, vocabulary, code) for position, code in enumerate(codes)],
    )


def next_position(db: Database, vocabulary: str) -> int:
    """The place after all terms of a vocabulary."""
    found = db.conn.execute("SELECT ifnull(max(position), -1) + 1 FROM term WHERE vocabulary = ?", (vocabulary,))
    position: int = found.fetchone()[0]
    return position


def swap(db: Database, vocabulary: str, one: str, other: str) -> None:
    """Have two terms change places in their vocabulary's order; an action must be open."""
    places = dict(
        db.conn.execute(
            "SELECT code, position FROM term WHERE vocabulary = ? AND code IN (?, ?)", (vocabulary, one, other)
        ).fetchall()
    )
    if places[one] == places[other]:
        codes = [term.code for term in load(db, vocabulary)]
        at, to = codes.index(one), codes.index(other)
        codes[at], codes[to] = codes[to], codes[at]
        reorder(db, vocabulary, codes)
        return
    for code, place in ((one, places[other]), (other, places[one])):
        db.conn.execute("UPDATE term SET position = ? WHERE vocabulary = ? AND code = ?", (place, vocabulary, code))


def move_children(db: Database, vocabulary: str, code: str, parent: str | None) -> None:
    """Put all that stands under a term under another one; an action must be open."""
    db.conn.execute("UPDATE term SET parent = ? WHERE vocabulary = ? AND parent = ?", (parent, vocabulary, code))


def load(db: Database, vocabulary: str) -> Vocabulary:
    """A vocabulary as the archive has it."""
    names: dict[int, dict[str, str]] = {}
    aliases: dict[int, dict[str, None]] = {}
    for term_id, language, text in db.conn.execute(
        "SELECT term_id, language, text FROM term_name JOIN term ON term.id = term_id WHERE vocabulary = ? "
        "ORDER BY term_name.id",
        (vocabulary,),
    ).fetchall():
        # The names of a model have their language, but one language may have several.
        if language == _ALIAS or vocabulary == MODELS:
            aliases.setdefault(term_id, {})[text] = None
        else:
            names.setdefault(term_id, {})[language] = text
    facts = _model_facts(db) if vocabulary == MODELS else {}
    found = db.conn.execute(
        "SELECT id, code, label, parent, attributes, source, retired FROM term WHERE vocabulary = ? "
        "ORDER BY position, id",
        (vocabulary,),
    ).fetchall()
    terms = (
        Term(
            code,
            label,
            parent,
            tuple(aliases.get(key, ())),
            names.get(key, {}),
            json.loads(attributes) | facts.get(key, {}),
            source,
            bool(retired),
        )
        for key, code, label, parent, attributes, source, retired in found
    )
    return Vocabulary(terms, noun=KINDS[vocabulary].noun)


_UNCHECKED: Final = ", ".join(f"'{words}'" for words in ("", *sorted(SAYING_UNCHECKED)))
_FACTS: Final = f"""
    SELECT term_id, fact, value FROM model_fact GROUP BY term_id, fact, value
    UNION ALL SELECT term_id, 'checked', fact || ':' || value FROM model_fact
    WHERE fact IN ('design', 'manufacture') AND lower(trim(source)) NOT IN ({_UNCHECKED})
    GROUP BY term_id, fact, value
    UNION ALL SELECT term_id, 'checked_calibre', value FROM model_fact
    WHERE fact = 'calibre' AND lower(trim(source)) NOT IN ({_UNCHECKED})
    GROUP BY term_id, value
"""


def _model_facts(db: Database) -> dict[int, dict[str, str]]:
    """The facts of each model by its row's id, as its attributes; see ``weapon_models``."""
    facts: dict[int, dict[str, str]] = {}
    for term_id, fact, values in db.conn.execute(
        "SELECT term_id, fact, "
        "group_concat(value, CASE WHEN fact IN ('calibre', 'checked_calibre') THEN ' | ' ELSE ' ' END) "
        f"FROM ({_FACTS}) GROUP BY term_id, fact"
    ).fetchall():
        facts.setdefault(term_id, {})[fact] = values
    return facts


# The plus keeps SQLite from going through all that was ever said of terms.
_CHANGED: Final = """
    SELECT json_extract(ifnull(after, before), '$.vocabulary') FROM change WHERE action_id > :seen AND +tbl = 'term'
    UNION SELECT term.vocabulary FROM change JOIN term ON term.id = json_extract(ifnull(after, before), '$.term_id')
    WHERE action_id > :seen AND +tbl IN ('term_name', 'model_fact')
"""


def tidy_facts(db: Database) -> None:
    """Take away facts of models that say the same as an older one, or that a model looks like itself."""
    same = " AND ".join(f"older.{name} = model_fact.{name}" for name in _FACT_COLUMNS)
    db.conn.execute(
        "DELETE FROM model_fact WHERE EXISTS "
        f"(SELECT 1 FROM model_fact AS older WHERE older.id < model_fact.id AND {same}) OR (fact = 'look_alike' AND "
        "value = (SELECT code FROM term WHERE term.id = term_id))"
    )


_FACT_COLUMNS: Final = ("term_id", "fact", "value", "production", "maker", "years", "source")


class Terms:
    """The archive's vocabularies, loaded when they are first asked for and again when a term has changed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen = -1
        self._loaded: dict[str, Vocabulary] = {}

    def vocabulary(self, name: str) -> Vocabulary:
        """A vocabulary as the archive has it now."""
        newest = newest_action(self._db)
        if newest != self._seen:
            if self._loaded:
                for (changed,) in self._db.conn.execute(_CHANGED, {"seen": self._seen}).fetchall():
                    self._loaded.pop(changed, None)
            self._seen = newest
        if name not in self._loaded:
            self._loaded[name] = load(self._db, name)
        return self._loaded[name]


def add_facts(db: Database, term_id: int, facts: Iterable[Mapping[str, Any]]) -> None:
    """Record facts of a weapon model, by the columns of their table; an action must be open."""
    for fact in facts:
        rows.insert(db, "model_fact", {"term_id": term_id, **fact})
