"""Single rows written by the names of their columns; an action must be open."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database


def insert(db: Database, table: str, values: Mapping[str, Any]) -> int:
    """Add a row; returns its id."""
    marks = ", ".join("?" * len(values))
    cursor = db.conn.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    return cursor.lastrowid or 0


def update(db: Database, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Give columns of a row other values."""
    if values:
        sets = ", ".join(f"{name} = ?" for name in values)
        db.conn.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), row_id))


def delete(db: Database, table: str, row_id: int) -> None:
    """Take a row away, and what belongs to it."""
    db.conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


def values_of(db: Database, table: str, row_id: int, columns: Sequence[str]) -> dict[str, Any] | None:
    """Columns of a row by name, None where there is no such row."""
    row = db.conn.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return None if row is None else dict(zip(columns, row, strict=True))
