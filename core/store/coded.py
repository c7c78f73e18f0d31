"""Where the codes of each vocabulary stand in the record, so that a merge and a count of uses reach all of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sqlite_utils import Database


class Column(NamedTuple):
    """A column that holds codes of a vocabulary: one of them or, where ``is_list``, several with spaces.

    ``where`` narrows it to some rows; ``once`` says that no two rows may say the same.
    """

    table: str
    name: str
    is_list: bool = False
    where: str = ""
    once: bool = False


def _claims(name: str) -> tuple[Column, ...]:
    return tuple(Column(table, name) for table in ("identification", "origin", "acquisition", "marking"))


def _settled(field: str) -> tuple[Column, ...]:
    """What a detail was before a sighting of a copy was settled into its own, and after: it may have to come back.

    A number stands before a quantity's basis.
    """
    where = f"field = '{field}'"
    return tuple(Column("settled_field", name, is_list=True, where=where) for name in ("earlier", "taken"))


COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "weapon_type": (Column("identification", "type"), Column("model_fact", "value", where="fact = 'type'")),
    "weapon_model": (
        Column("identification", "model"),
        Column("look_alike", "model", once=True),
        Column("model_fact", "value", where="fact = 'look_alike'"),
    ),
    "country": (
        Column("origin", "countries", is_list=True),
        Column("description", "country"),
        Column("model_fact", "value", where="fact IN ('design', 'manufacture')"),
    ),
    "place": (Column("description", "place"),),
    "conflict": (Column("description", "conflict"),),
    "holder": (Column("description", "holder"), Column("acquisition", "holder"), Column("acquisition", "from_party")),
    "certainty": _claims("certainty"),
    "level": (Column("identification", "level"), Column("model_fact", "value", where="fact = 'level'")),
    "basis": tuple(Column(table, "bases", is_list=True) for table in ("identification", "origin", "acquisition")),
    "visible_part": (Column("sighting", "visible_part"), *_settled("visible_part")),
    "condition": (Column("sighting", "condition"), *_settled("condition")),
    "context": (Column("sighting", "context"), *_settled("context")),
    "quantity_basis": (Column("sighting", "quantity_basis"), *_settled("quantity")),
    "production": (Column("origin", "production"), Column("model_fact", "production")),
    "route": (Column("acquisition", "route"),),
    "scope": (Column("acquisition", "scope"),),
    "marking_kind": (Column("marking", "kind"),),
    "script": (Column("marking", "script"),),
    "legibility": (Column("marking", "legibility"),),
    "image_kind": (Column("description", "kind"),),
    "generation": (Column("description", "generation"),),
    "date_basis": (Column("description", "date_basis"),),
    "place_precision": (Column("description", "place_precision"),),
    "place_basis": (Column("description", "place_basis"),),
    "holder_basis": (Column("description", "holder_basis"),),
    "sensitivity": (Column("sensitivity", "code", once=True),),
    "rights_status": (Column("description", "rights_status"),),
    "source_type": (Column("source", "type"),),
    "platform": (Column("source", "platform"),),
    "reliability": (Column("source", "reliability"),),
    "capture_mode": (Column("capture", "mode"),),
    "status": (Column("image", "status"),),
    "decision": (Column("review", "decision"),),
}
_LISTED: Final = "' ' || {name} || ' ' LIKE '% ' || ? || ' %' ESCAPE '\\'"


# Of the tables that belong to a sighting, which of their columns names it.
_SIGHTING: Final = {"sighting": "id"} | dict.fromkeys(
    ("identification", "origin", "acquisition", "marking"), "sighting_id"
)
_CLAIMED: Final = ("look_alike", "review")


def is_of_sightings(vocabulary: str) -> bool:
    """Whether sightings or what is claimed of them say codes of a vocabulary."""
    return any(column.table in (*_SIGHTING, *_CLAIMED) for column in COLUMNS[vocabulary])


def uses(db: Database, vocabulary: str, code: str, *, hidden: Collection[int] = ()) -> int:
    """How many rows of the record say this code, the reference library's facts included.

    Those of ``hidden`` sightings are left out.
    """
    return sum(
        db.conn.execute(
            f"SELECT count(*) FROM {column.table} WHERE {clause}{_unless(column.table, hidden)}", (value,)
        ).fetchone()[0]
        for column, clause, value in _holding(vocabulary, code)
    )


def all_uses(db: Database, vocabulary: str, *, hidden: Collection[int] = ()) -> dict[str, int]:
    """How many rows of the record say each code of a vocabulary; those that none says have no entry."""
    return _counted(db, COLUMNS[vocabulary], hidden)


def _counted(db: Database, columns: Iterable[Column], hidden: Collection[int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in columns:
        where = f"{column.where or '1'}{_unless(column.table, hidden)}"
        for text, count in db.conn.execute(
            f"SELECT {column.name}, count(*) FROM {column.table} WHERE {column.name} <> '' AND {where} "
            f"GROUP BY {column.name}"
        ).fetchall():
            for code in text.split() if column.is_list else (text,):
                found[code] = found.get(code, 0) + count
    return found


def record_uses(db: Database, vocabulary: str) -> dict[str, int]:
    """As ``all_uses``, of everybody's sightings and without the reference library's own facts."""
    return _counted(db, (column for column in COLUMNS[vocabulary] if column.table != "model_fact"), ())


def _unless(table: str, hidden: Collection[int]) -> str:
    """The condition that a row belongs to none of these sightings."""
    ids = ", ".join(str(int(sighting_id)) for sighting_id in hidden)
    if ids and table in _SIGHTING:
        return f" AND {_SIGHTING[table]} NOT IN ({ids})"
    if ids and table in _CLAIMED:
        return f" AND identification_id NOT IN (SELECT id FROM identification WHERE sighting_id IN ({ids}))"
    return ""


def replace(db: Database, vocabulary: str, code: str, by: str) -> int:
    """Put another code in the place of this one everywhere; returns in how many rows.  An action must be open."""
    changed = 0
    for column, clause, value in _holding(vocabulary, code):
        name = column.name
        if column.is_list:
            rows = db.conn.execute(f"SELECT id, {name} FROM {column.table} WHERE {clause}", (value,)).fetchall()
            listed = [(_replaced(text, code, by), row_id) for row_id, text in rows]
            db.conn.executemany(f"UPDATE {column.table} SET {name} = ? WHERE id = ?", listed)
            changed += len(rows)
            continue
        unless = " OR IGNORE" if column.once else ""
        cursor = db.conn.execute(f"UPDATE{unless} {column.table} SET {name} = ? WHERE {clause}", (by, value))
        changed += cursor.rowcount
        if column.once:  # where a row with the new code is there already, the one with the old says nothing more
            changed += db.conn.execute(f"DELETE FROM {column.table} WHERE {clause}", (value,)).rowcount
    return changed


def _replaced(text: str, code: str, by: str) -> str:
    return " ".join(dict.fromkeys(by if one == code else one for one in text.split()))


def _holding(vocabulary: str, code: str) -> Iterator[tuple[Column, str, str]]:
    """Each column of a vocabulary with the condition that it holds a code, and the value to bind in it."""
    for column in COLUMNS[vocabulary]:
        if column.is_list:
            escaped = code.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            clause, value = _LISTED.format(name=column.name), escaped
        else:
            clause, value = f"{column.name} = ?", code
        yield column, f"{clause} AND {column.where}" if column.where else clause, value
