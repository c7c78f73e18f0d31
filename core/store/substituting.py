"""Which facets changed, where all that changed is that codes stand in the place of others, as after a merge.

Then only these facets need to be made anew for the images concerned, and not everything for all images.
"""

from collections.abc import Mapping
from typing import Final

from sqlite_utils import Database

from core.facets import FACETS, Facet, Of

_TABLES: Final[Mapping[Of, str]] = {
    Of.IDENTIFICATION: "identification",
    Of.ORIGIN: "origin",
    Of.SIGHTING: "sighting",
    Of.IMAGE: "description",
}
# What is in no facet, or is looked up at query time.
_ASIDE: Final = ("term", "term_name", "model_fact", "vocabulary", "look_alike", "acquisition", "settled_field")

_TREES: Final = {facet.vocabulary: facet.name for facet in FACETS.values() if facet.tree or facet.name == "model"}
_MOVED: Final = f"""
SELECT json_extract(before, '$.vocabulary') FROM change WHERE action_id > :mark AND +tbl = 'term'
    AND before IS NOT NULL AND after IS NOT NULL
    AND json_extract(before, '$.parent') IS NOT json_extract(after, '$.parent')
    AND json_extract(before, '$.vocabulary') IN ({", ".join(f"'{name}'" for name in _TREES)})
UNION SELECT 'weapon_model' FROM change WHERE action_id > :mark AND +tbl = 'model_fact'
    AND 'family' IN (json_extract(before, '$.value'), json_extract(after, '$.value'))
"""


def _columns() -> dict[str, dict[str, list[Facet]]]:
    """Each column of each table that holds the values of facets, and which."""
    found: dict[str, dict[str, list[Facet]]] = {}
    for facet in FACETS.values():
        if not facet.several:
            found.setdefault(_TABLES[facet.of], {}).setdefault(facet.column, []).append(facet)
    return found


_COLUMNS: Final = _columns()


def is_much(db: Database, mark: int, limit: int) -> bool:
    """Whether so many changes or more were recorded since the action ``mark``."""
    news = "SELECT count(*) FROM (SELECT 1 FROM change WHERE action_id > ? LIMIT ?)"
    return bool(db.conn.execute(news, (mark, limit)).fetchone()[0] >= limit)


def changed_facets(db: Database, mark: int) -> frozenset[str] | None:
    """The facets whose values changed since the action ``mark``; None where other things changed as well."""
    tables = db.conn.execute("SELECT DISTINCT tbl FROM change WHERE action_id > ?", (mark,)).fetchall()
    found: set[str] = set()
    for (table,) in tables:
        if table in _ASIDE:
            continue
        if table not in _COLUMNS or _changed_otherwise(db, mark, table):
            return None
        for column, facets in _COLUMNS[table].items():
            if _differs(db, mark, table, column):
                found.update(facet.name for facet in facets)
    return frozenset(found)


def _changed_otherwise(db: Database, mark: int, table: str) -> bool:
    """Whether rows of a table came or went, or differ in more than the values of facets."""
    paths = ", ".join(f"'$.{column}'" for column in _COLUMNS[table])
    row = db.conn.execute(
        "SELECT 1 FROM change WHERE action_id > ? AND +tbl = ? AND (before IS NULL OR after IS NULL "
        f"OR json_remove(before, {paths}) <> json_remove(after, {paths})) LIMIT 1",
        (mark, table),
    ).fetchone()
    return row is not None


def _differs(db: Database, mark: int, table: str, column: str) -> bool:
    row = db.conn.execute(
        "SELECT 1 FROM change WHERE action_id > ? AND +tbl = ? "
        "AND json_extract(before, ?) <> json_extract(after, ?) LIMIT 1",
        (mark, table, f"$.{column}", f"$.{column}"),
    ).fetchone()
    return row is not None


def moved_facets(db: Database, mark: int) -> frozenset[str]:
    """The facets in whose trees a term came to stand elsewhere, so that what is said with it counts under others."""
    return frozenset(_TREES[name] for (name,) in db.conn.execute(_MOVED, {"mark": mark}).fetchall())
