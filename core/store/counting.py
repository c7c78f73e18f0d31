"""What the counts are made from, read from the record itself and never from the cache: a few long plain lists."""

from typing import Final

from sqlite_utils import Database

from core.records import SAME_VERDICTS

_SAME: Final = ", ".join(f"'{kind}'" for kind in SAME_VERDICTS)


def members(db: Database) -> list[tuple[int, str, int, int]]:
    """Of every image: id, SHA-256, 1 where its status is *excluded*, number of captures."""
    return db.conn.execute(
        "SELECT id, sha256, status = 'excluded', "
        "(SELECT count(*) FROM capture WHERE image_id = image.id) FROM image ORDER BY id"
    ).fetchall()


def same_pairs(db: Database) -> list[tuple[str, str]]:
    """The pairs of content hashes that were decided to show the same picture."""
    return db.conn.execute(
        f"SELECT from_sha256, to_sha256 FROM relation WHERE kind IN ({_SAME}) ORDER BY id"
    ).fetchall()


def tags(db: Database) -> list[tuple[int, int, str | None, str | None, str | None]]:
    """Of every sighting that counts, oldest first: id, image id, and the preferred type, design and manufacture.

    The latter two are codes of countries, with spaces between those of a joint claim.
    """
    return db.conn.execute(
        "SELECT sighting.id, image_id, claim.type, design.countries, made.countries FROM sighting "
        "LEFT JOIN identification AS claim ON claim.sighting_id = sighting.id AND claim.preferred = 1 "
        "LEFT JOIN origin AS design ON design.sighting_id = sighting.id AND design.role = 'design' "
        "AND design.preferred = 1 "
        "LEFT JOIN origin AS made ON made.sighting_id = sighting.id AND made.role = 'manufacture' "
        "AND made.preferred = 1 WHERE sighting.coding_id IS NULL ORDER BY sighting.id"
    ).fetchall()


def captured_as(db: Database) -> list[tuple[str, str]]:
    """SHA-256 and path of every capture with a file, images and their captures in the order in which they came."""
    return db.conn.execute(
        "SELECT sha256, path FROM capture JOIN image ON image.id = image_id WHERE path <> '' "
        "ORDER BY image_id, capture.id"
    ).fetchall()
