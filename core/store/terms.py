"""The archive's vocabularies and its own name."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from sqlite_utils import Database

from core.store.journal import newest_action, now
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
            changed = self._db.conn.execute(
                "SELECT 1 FROM change WHERE action_id > ? AND tbl IN ('term', 'term_name') LIMIT 1", (self._seen,)
            ).fetchone()
            if changed:
                self._loaded.clear()
            self._seen = newest
        if name not in self._loaded:
            self._loaded[name] = load(self._db, name)
        return self._loaded[name]
