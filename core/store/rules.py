"""The archive's own settings in the catalogue: each a name and a text."""

from sqlite_utils import Database

from core.store import rows


def value(db: Database, name: str) -> str:
    """What a setting says, empty where nobody has set it."""
    row = db.conn.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def put(db: Database, name: str, value_: str) -> None:
    """Give a setting its value; an action must be open."""
    row = db.conn.execute("SELECT id FROM setting WHERE name = ?", (name,)).fetchone()
    if row is None:
        rows.insert(db, "setting", {"name": name, "value": value_})
    else:
        rows.update(db, "setting", row[0], {"value": value_})
