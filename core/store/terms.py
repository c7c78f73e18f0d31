"""The archive's vocabularies and its own name."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from sqlite_utils import Database

from core.store.journal import now
from core.vocabularies import Term, Vocabulary

NOUNS: Final[Mapping[str, str]] = {"weapon_type": "weapon type", "country": "country"}
_ALIAS: Final = ""  # the language of an alias, which may be any


def add_archive(db: Database) -> None:
    """Give a new archive its own name; an action must be open."""
    db.conn.execute("INSERT INTO archive (uuid, created_at) VALUES (?, ?)", (str(uuid.uuid4()), now()))


def archive_uuid(db: Database) -> str:
    """The archive's own name."""
    found: str = db.conn.execute("SELECT uuid FROM archive").fetchone()[0]
    return found


def newest_change(db: Database) -> int:
    """A number that grows when any term changes."""
    row = db.conn.execute(
        "SELECT max((SELECT ifnull(max(id), 0) FROM change WHERE tbl = 'term'), "
        "(SELECT ifnull(max(id), 0) FROM change WHERE tbl = 'term_name'))"
    ).fetchone()
    return int(row[0])


def seed(db: Database, vocabularies: Mapping[str, Iterable[Term]]) -> None:
    """Write the terms that a new archive begins with; an action must be open."""
    for vocabulary, terms in vocabularies.items():
        for position, term in enumerate(terms):
            _add(db, vocabulary, position, term)


def _add(db: Database, vocabulary: str, position: int, term: Term) -> None:
    attributes = json.dumps(dict(term.attributes), ensure_ascii=False, sort_keys=True)
    cursor = db.conn.execute(
        "INSERT INTO term (vocabulary, code, parent, label, position, attributes, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (vocabulary, term.code, term.parent, term.label, position, attributes, term.source),
    )
    called = [*term.names.items(), *((_ALIAS, alias) for alias in term.aliases)]
    db.conn.executemany(
        "INSERT OR IGNORE INTO term_name (term_id, language, text) VALUES (?, ?, ?)",
        [(cursor.lastrowid, language, text) for language, text in called],
    )


def load(db: Database, vocabulary: str) -> Vocabulary:
    """A vocabulary as the archive has it."""
    names: dict[int, dict[str, str]] = {}
    aliases: dict[int, list[str]] = {}
    for term_id, language, text in db.conn.execute(
        "SELECT term_id, language, text FROM term_name JOIN term ON term.id = term_id WHERE vocabulary = ? "
        "ORDER BY term_name.id",
        (vocabulary,),
    ).fetchall():
        if language == _ALIAS:
            aliases.setdefault(term_id, []).append(text)
        else:
            names.setdefault(term_id, {})[language] = text
    rows = db.conn.execute(
        "SELECT id, code, label, parent, attributes, source FROM term WHERE vocabulary = ? ORDER BY position, id",
        (vocabulary,),
    ).fetchall()
    terms = (
        Term(
            code,
            label,
            parent,
            tuple(aliases.get(key, ())),
            names.get(key, {}),
            json.loads(attributes),
            source,
        )
        for key, code, label, parent, attributes, source in rows
    )
    return Vocabulary(terms, noun=NOUNS[vocabulary])
