"""The cache follows the history: what search, facets and groups read is brought up to the newest action.

Every change names its table and row, so the images concerned are known exactly; only their rows are made anew.
Where too much changed, or the cache is new, all of it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlite_utils import Database

from core.facets import FACETS
from core.grouping import component_of, components
from core.jobs import Job
from core.records import SAME_VERDICTS
from core.store import cache, journal, postings, representatives, shown, substituting
from core.store.connection import transaction

_MARK: Final = "follows"
_REBUILD_ABOVE: Final = 20_000
_CHUNK: Final = 20_000
_SAME: Final = ", ".join(f"'{kind}'" for kind in SAME_VERDICTS)

# Each row since the mark, as it was and as it became: a row may be moved, and one that is gone is still here.
# ``whole`` ones came or went.
_NEWS: Final = """
WITH news AS MATERIALIZED (
    SELECT tbl, row_id, before AS said, after IS NULL AS whole
    FROM change WHERE action_id > :mark AND before IS NOT NULL
    UNION ALL SELECT tbl, row_id, after, before IS NULL FROM change WHERE action_id > :mark AND after IS NOT NULL
)
"""
# The images that a change concerns, by the table it was made in.
_CONCERNED: Final = """
SELECT row_id FROM news WHERE tbl = 'image'
UNION SELECT json_extract(said, '$.image_id') FROM news
    WHERE tbl IN ('capture', 'sighting', 'description', 'sensitivity', 'set_member')
UNION SELECT sighting.image_id FROM news
    CROSS JOIN sighting ON sighting.id = json_extract(said, '$.sighting_id')
    WHERE tbl IN ('identification', 'origin', 'acquisition', 'marking')
UNION SELECT sighting.image_id FROM news
    CROSS JOIN identification ON identification.id = json_extract(said, '$.identification_id')
    CROSS JOIN sighting ON sighting.id = identification.sighting_id WHERE tbl = 'review'
UNION SELECT sighting.image_id FROM news CROSS JOIN sighting
    ON sighting.id IN (json_extract(said, '$.sighting_id'), json_extract(said, '$.kept_id')) WHERE tbl = 'settlement'
UNION SELECT capture.image_id FROM news CROSS JOIN capture ON capture.source_id = news.row_id WHERE tbl = 'source'
UNION SELECT other.id FROM news
    CROSS JOIN cache.match AS found ON found.sha256_a = json_extract(said, '$.sha256')
    CROSS JOIN image AS other ON other.sha256 = found.sha256_b WHERE tbl = 'image' AND whole
UNION SELECT other.id FROM news
    CROSS JOIN cache.match AS found ON found.sha256_b = json_extract(said, '$.sha256')
    CROSS JOIN image AS other ON other.sha256 = found.sha256_a WHERE tbl = 'image' AND whole
"""
# The images that were chosen to stand for a group or no more, and those in groups of which a capture came or went, or
# its times changed.
_STANDING: Final = """
SELECT json_extract(ifnull(after, before), '$.sha256') FROM change
    WHERE action_id > :mark AND +tbl = 'representative'
UNION SELECT image.sha256 FROM change
    CROSS JOIN cache.membership ON image_id = json_extract(ifnull(after, before), '$.image_id')
    CROSS JOIN image ON image.id = image_id
    WHERE action_id > :mark AND +tbl = 'capture' AND (
        json_extract(before, '$.published_at') IS NOT json_extract(after, '$.published_at')
        OR json_extract(before, '$.collected_at') IS NOT json_extract(after, '$.collected_at')
        OR json_extract(before, '$.modified_at') IS NOT json_extract(after, '$.modified_at'))
"""


def is_behind(db: Database) -> bool:
    """Whether the cache has not yet followed the newest action."""
    return cache.note(db, _MARK) != str(journal.newest_action(db))


def follow(db: Database, job: Job | None = None) -> None:
    """Bring the cache up to the newest action."""
    newest = journal.newest_action(db)
    mark = cache.note(db, _MARK)
    if mark == str(newest):
        return
    job = job or Job()
    since = int(mark) if mark is not None and mark.isdecimal() else newest + 1
    many = since < newest and substituting.is_much(db, since, _REBUILD_ABOVE)
    facets = substituting.changed_facets(db, since) if many else frozenset()
    if since > newest or facets is None:
        _rebuild(db, newest, job)
        return
    with transaction(db):
        ids = _concerned(db, since)
        if many:
            _replace_values(db, ids, facets, job)
        else:
            shas = _related_since(db, since)
            _refresh(db, ids | _regroup(db, shas | _standing_since(db, since)), regrouped=bool(shas))
        moved = substituting.moved_facets(db, since)
        if moved:
            _replace_values(db, {row[0] for row in db.conn.execute("SELECT id FROM image").fetchall()}, moved, job)
        cache.write_note(db, _MARK, str(newest))


def refresh(db: Database, shas: Iterable[str]) -> None:
    """Make anew what is said of these images' duplicates, whose matches changed; nothing else follows from those."""
    ids = {row[0] for sha in shas for row in db.conn.execute("SELECT id FROM image WHERE sha256 = ?", (sha,))}
    with transaction(db):
        _touch(db, ids)
        before = _values(db)
        db.conn.execute(
            "DELETE FROM cache.shown WHERE facet = 'duplicates' AND image_id IN (SELECT image_id FROM touched)"
        )
        for rows in shown.DUPLICATES:
            db.conn.execute(f"INSERT OR IGNORE INTO cache.shown (facet, code, image_id) {rows}")
        after = _values(db)
        postings.change(db, gone=before - after, come=after - before)


def refresh_all(db: Database) -> None:
    """Have everything made anew at the next change or catch-up, because matches of all images changed."""
    cache.write_note(db, _MARK, "")


def _concerned(db: Database, mark: int) -> set[int]:
    rows = db.conn.execute(f"{_NEWS} {_CONCERNED}", {"mark": mark}).fetchall()
    return {row[0] for row in rows if row[0] is not None}


def _related_since(db: Database, mark: int) -> set[str]:
    """The content hashes that verdicts since the mark name, and those of images that came or went."""
    shas: set[str] = set()
    for found in (
        f"""{_NEWS} SELECT json_extract(said, '$.from_sha256'), json_extract(said, '$.to_sha256')
            FROM news WHERE tbl = 'relation'""",
        # The plus keeps SQLite from going through all images' changes instead of the few since the mark.
        """SELECT json_extract(ifnull(after, before), '$.sha256'), NULL
           FROM change WHERE action_id > :mark AND +tbl = 'image' AND (before IS NULL OR after IS NULL)""",
    ):
        for pair in db.conn.execute(found, {"mark": mark}).fetchall():
            shas.update(sha for sha in pair if sha)
    return shas


def _standing_since(db: Database, mark: int) -> set[str]:
    """The content hashes of which something else changed that says what stands for their groups."""
    return {sha for (sha,) in db.conn.execute(_STANDING, {"mark": mark}).fetchall()}


def _neighbours(db: Database, sha: str) -> list[str]:
    rows = db.conn.execute(
        f"SELECT to_sha256 FROM relation WHERE from_sha256 = ? AND kind IN ({_SAME}) "
        f"UNION SELECT from_sha256 FROM relation WHERE to_sha256 = ? AND kind IN ({_SAME})",
        (sha, sha),
    ).fetchall()
    return [row[0] for row in rows]


def _regroup(db: Database, shas: set[str]) -> set[int]:
    """Make the groups of these content hashes anew; the ids of all images that were or are in them."""
    touched: set[int] = set()
    left = set(shas)
    while left:
        sha = left.pop()
        members = component_of(sha, lambda of: _neighbours(db, of))
        left -= members
        touched |= _leave(db, members)
        touched |= _join(db, representatives.in_order(db, members))
    return touched


def _leave(db: Database, shas: Iterable[str]) -> set[int]:
    """Take these images, and all that shared a group with them, out of their groups."""
    ids: set[int] = set()
    for sha in shas:
        row = db.conn.execute(
            "SELECT picture FROM image JOIN cache.membership ON image_id = image.id WHERE sha256 = ?", (sha,)
        ).fetchone()
        if row:
            rows = db.conn.execute("DELETE FROM cache.membership WHERE picture = ? RETURNING image_id", row).fetchall()
            ids.update(found for (found,) in rows)
    return ids


def _join(db: Database, members: Sequence[tuple[int, str]]) -> set[int]:
    """Make one group of these present images, the one that stands for it first."""
    ids = [image_id for image_id, _ in members]
    if len(ids) > 1:
        picture = min(sha for _, sha in members)
        db.conn.executemany(
            "INSERT OR REPLACE INTO cache.membership (image_id, picture, representative) VALUES (?, ?, ?)",
            [(image_id, picture, int(image_id == ids[0])) for image_id in ids],
        )
    return set(ids)


def _refresh(db: Database, ids: set[int], *, regrouped: bool) -> None:
    """Make anew what is shown for these images and for the others of their groups.

    Where nothing can have been ``regrouped``, what is said of duplicates stays: a tag on one of a thousand copies
    must not go through half a million matches between them.
    """
    _touch_groups(db, ids)
    before = _values(db)
    for row in db.conn.execute("SELECT image_id FROM touched").fetchall():
        db.conn.execute(
            "DELETE FROM cache.shown WHERE image_id = ? AND (facet <> 'duplicates' OR ?)", (*row, regrouped)
        )
        db.conn.execute("DELETE FROM cache.search WHERE rowid = ?", row)
    db.conn.execute("DELETE FROM touched WHERE image_id NOT IN (SELECT id FROM image)")
    _show(db, (*shown.SHOWN, *shown.DUPLICATES) if regrouped else shown.SHOWN)
    after = _values(db)
    postings.change(db, gone=before - after, come=after - before)


def _replace_values(db: Database, ids: set[int], facets: frozenset[str], job: Job) -> None:
    """Make anew what is shown of some facets for these images and the others of their groups."""
    of_this = "FROM cache.shown WHERE facet = ? AND image_id IN (SELECT image_id FROM touched)"
    every = sorted(ids)
    for start in range(0, len(every), _CHUNK):
        _touch_groups(db, set(every[start : start + _CHUNK]))
        _fill_siblings(db)
        for name in sorted(facets):
            before = set(db.conn.execute(f"SELECT facet, code, image_id {of_this}", (name,)).fetchall())
            db.conn.execute(f"DELETE {of_this}", (name,))
            db.conn.execute(f"INSERT OR IGNORE INTO cache.shown (facet, code, image_id) {shown.of_facet(FACETS[name])}")
            after = set(db.conn.execute(f"SELECT facet, code, image_id {of_this}", (name,)).fetchall())
            postings.change(db, gone=before - after, come=after - before)
        job.step(min(start + _CHUNK, len(every)), len(every), "Preparing search and facets")


def _touch_groups(db: Database, ids: set[int]) -> None:
    """Note these images, and the others of their groups, as touched."""
    _touch(db, ids)
    db.conn.execute(
        f"INSERT OR IGNORE INTO touched SELECT other.image_id FROM {shown.TOUCHED_GROUPS} "
        "CROSS JOIN cache.membership AS other USING (picture)"
    )


def _values(db: Database) -> set[postings.Value]:
    """The facet values that the touched images have."""
    return set(
        db.conn.execute("SELECT facet, code, image_id FROM touched CROSS JOIN cache.shown USING (image_id)").fetchall()
    )


def _touch(db: Database, ids: set[int]) -> None:
    for table in ("touched", "sibling", "ancestry"):
        db.conn.execute(f"DELETE FROM {table}")
    db.conn.executemany("INSERT INTO touched (image_id) VALUES (?)", ((image_id,) for image_id in sorted(ids)))


def _fill_siblings(db: Database) -> None:
    db.conn.execute("INSERT INTO sibling SELECT image_id, image_id FROM touched")
    # Few of a group have sightings of their own; all pairs of a group of thousands would be millions.
    db.conn.execute(
        f"INSERT OR IGNORE INTO sibling SELECT own.image_id, other.image_id FROM {shown.TOUCHED_GROUPS} "
        "CROSS JOIN cache.membership AS other USING (picture) CROSS JOIN cache.membership AS own USING (picture) "
        "WHERE EXISTS (SELECT 1 FROM sighting WHERE sighting.image_id = other.image_id) "
        # The plus keeps SQLite from going through all that is touched for each.
        "AND +own.image_id IN (SELECT image_id FROM touched)"
    )
    db.conn.execute(shown.ANCESTRY)


def _show(db: Database, facets: Iterable[str]) -> None:
    _fill_siblings(db)
    for rows in facets:
        db.conn.execute(f"INSERT OR IGNORE INTO cache.shown (facet, code, image_id) {rows}")
    db.conn.execute(shown.WORDS)


def _rebuild(db: Database, newest: int, job: Job) -> None:
    """Make all of it anew, in one transaction, so that nobody reads half of it."""
    total = db.conn.execute("SELECT count(*) FROM image").fetchone()[0]
    with transaction(db):
        for table in ("shown", "membership"):
            db.conn.execute(f"DELETE FROM cache.{table}")
        cache.empty_search(db)
        postings.empty(db)
        _group_all(db)
        done = 0
        for ids in _chunks(db):
            _touch(db, ids)
            _show(db, (*shown.SHOWN, *shown.DUPLICATES))
            postings.add(db, db.conn.execute(shown.PLACES).fetchall())
            done += len(ids)
            job.step(done, total, "Preparing search and facets")
        cache.write_note(db, _MARK, str(newest))


def _group_all(db: Database) -> None:
    pairs = db.conn.execute(f"SELECT from_sha256, to_sha256 FROM relation WHERE kind IN ({_SAME})").fetchall()
    group_of = components(pairs)
    groups: dict[str, list[tuple[int, str]]] = {}
    for image_id, sha in representatives.in_order(db, group_of):
        groups.setdefault(group_of[sha], []).append((image_id, sha))
    for members in groups.values():
        _join(db, members)


def _chunks(db: Database) -> Iterator[set[int]]:
    last = 0
    while rows := db.conn.execute("SELECT id FROM image WHERE id > ? ORDER BY id LIMIT ?", (last, _CHUNK)).fetchall():
        yield {image_id for (image_id,) in rows}
        last = rows[-1][0]
