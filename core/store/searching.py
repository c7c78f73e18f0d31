"""A query as SQL: which images it finds, and how many of them each facet value has."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.folding import fold_words
from core.records import Query

_TRIGRAM: Final = 3
Clause = tuple[str, list[Any]]


def find(db: Database, query: Query) -> "array[int]":
    """The ids of the images that a query finds, in the order in which they came into the archive."""
    where, values = _where(query, "image.id")
    rows = db.conn.execute(f"SELECT id FROM image WHERE {where} ORDER BY id", values).fetchall()
    return array("q", (image_id for (image_id,) in rows))


def count(db: Database, query: Query) -> int:
    """How many images a query finds."""
    where, values = _where(query, "image.id")
    number: int = db.conn.execute(f"SELECT count(*) FROM image WHERE {where}", values).fetchone()[0]
    return number


def facet_counts(db: Database, query: Query, facets: Sequence[str]) -> dict[str, Mapping[str, int]]:
    """For each facet, how many images have each of its values, among those that the rest of the query finds.

    A facet's own filters are left out of its counts, so that they say what another choice would show.
    """
    counts: dict[str, Mapping[str, int]] = {}
    for facet in facets:
        others = query.without_facet(facet)
        where, values = _where(others, "image_id")
        counts[facet] = dict(
            db.conn.execute(
                f"SELECT code, count(*) FROM cache.shown WHERE facet = ? AND {where} GROUP BY code", [facet, *values]
            ).fetchall()
        )
    return counts


def _where(query: Query, column: str) -> Clause:
    """The condition on a column of image ids; ``1`` for the query that finds all."""
    clauses = [*_filters(query, column), *(_word(word, column) for word in query.words)]
    clauses += [_hash(prefix, column) for prefix in query.sha256]
    if not clauses:
        return "1", []
    return " AND ".join(sql for sql, _ in clauses), [value for _, values in clauses for value in values]


def _filters(query: Query, column: str) -> list[Clause]:
    clauses: list[Clause] = []
    for wanted in (True, False):
        codes: dict[str, list[str]] = {}
        for chosen in query.filters:
            if chosen.wanted is wanted:
                codes.setdefault(chosen.facet, []).append(chosen.code)
        for facet, chosen_codes in codes.items():
            marks = ", ".join("?" * len(chosen_codes))
            verb = "IN" if wanted else "NOT IN"
            sql = f"{column} {verb} (SELECT image_id FROM cache.shown WHERE facet = ? AND code IN ({marks}))"
            clauses.append((sql, [facet, *chosen_codes]))
    return clauses


def _word(word: str, column: str) -> Clause:
    folded = fold_words(word)
    if len(folded) >= _TRIGRAM:
        quoted = '"' + folded.replace('"', '""') + '"'
        return f"{column} IN (SELECT rowid FROM cache.search WHERE search MATCH ?)", [quoted]
    # The index knows runs of three letters; a shorter word is looked for in the texts themselves.
    return f"{column} IN (SELECT rowid FROM cache.search WHERE instr(text, ?))", [folded]


def _hash(prefix: str, column: str) -> Clause:
    return f"{column} IN (SELECT id FROM image WHERE sha256 >= ? AND sha256 < ?)", [prefix, prefix + "g"]
