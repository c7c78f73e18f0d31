"""The cache follows the history: what search, facets and groups read is brought up to the newest action.

Every change names its table and row, so the images concerned are known exactly; only their rows are made anew.
Where too much changed, or the cache is new, all of it is.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from sqlite_utils import Database

from core.facets import FACETS, Facet, Of
from core.folding import fold_words
from core.grouping import component_of, components, standing
from core.jobs import Job
from core.records import SAME_VERDICTS
from core.store import cache, dated, journal, postings, substituting
from core.store.connection import transaction
from core.store.relations import OPEN

_MARK: Final = "follows"
_REBUILD_ABOVE: Final = 20_000
_CHUNK: Final = 20_000
_SAME: Final = ", ".join(f"'{kind}'" for kind in SAME_VERDICTS)

# CROSS JOIN is SQLite's way to keep the order of the tables as written: from the few to the many.

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
UNION SELECT capture.image_id FROM news CROSS JOIN capture ON capture.source_id = news.row_id WHERE tbl = 'source'
UNION SELECT other.id FROM news
    CROSS JOIN cache.match AS found ON found.sha256_a = json_extract(said, '$.sha256')
    CROSS JOIN image AS other ON other.sha256 = found.sha256_b WHERE tbl = 'image' AND whole
UNION SELECT other.id FROM news
    CROSS JOIN cache.match AS found ON found.sha256_b = json_extract(said, '$.sha256')
    CROSS JOIN image AS other ON other.sha256 = found.sha256_a WHERE tbl = 'image' AND whole
"""

# A sighting on one copy is shown for every image of its group; what was made in a blind coding is shown nowhere.
_SIGHTED: Final = "sibling CROSS JOIN sighting ON sighting.image_id = sibling.other_id AND sighting.coding_id IS NULL"
_IDENTIFIED: Final = (
    f"{_SIGHTED} CROSS JOIN identification AS claim ON claim.sighting_id = sighting.id AND claim.preferred = 1"
)
_DESCRIBED: Final = "touched CROSS JOIN description USING (image_id)"


def _facet(facet: Facet) -> str:
    """The rows of a facet: its name, the code of a value, and the id of an image that has it."""
    name, column = facet.name, facet.column
    if facet.of is Of.ORIGIN:
        return f"""SELECT origin.role, one.value, sibling.image_id FROM {_SIGHTED}
            CROSS JOIN origin ON origin.sighting_id = sighting.id AND preferred = 1 AND role = '{name}'
            CROSS JOIN json_each('["' || replace(origin.countries, ' ', '","') || '"]') AS one"""
    if facet.several:
        return f"SELECT '{name}', code, image_id FROM touched CROSS JOIN {facet.vocabulary} USING (image_id)"
    image, value, rows = {
        Of.IDENTIFICATION: ("sibling.image_id", f"claim.{column}", _IDENTIFIED),
        Of.SIGHTING: ("sibling.image_id", f"sighting.{column}", _SIGHTED),
        Of.IMAGE: ("image_id", f"description.{column}", _DESCRIBED),
    }[facet.of]
    if facet.tree or facet.name == "model":
        rows += f" CROSS JOIN ancestry ON ancestry.vocabulary = '{facet.vocabulary}' AND ancestry.code = {value}"
        value = "ancestry.ancestor"
    return f"SELECT '{name}', {value}, {image} FROM {rows} WHERE {value} <> ''"


_SHOWN: Final = (
    *map(_facet, FACETS.values()),
    f"SELECT 'certainty', claim.certainty, sibling.image_id FROM {_IDENTIFIED}",
    f"""SELECT 'tagged', CASE WHEN EXISTS (
            SELECT 1 FROM {_SIGHTED} WHERE sibling.image_id = touched.image_id
        ) THEN 'yes' ELSE 'no' END, image_id FROM touched""",
    f"""SELECT 'review', CASE count(DISTINCT decision) WHEN 0 THEN 'unreviewed' WHEN 1 THEN min(decision)
            ELSE 'disputed' END, sibling.image_id
        FROM {_IDENTIFIED} LEFT JOIN review ON review.identification_id = claim.id AND withdrawn = 0
        GROUP BY sibling.image_id, claim.id""",
    """SELECT 'source', ifnull('#' || source_id, 'none'), image_id FROM touched
        LEFT JOIN capture USING (image_id) WHERE source_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM capture AS other WHERE other.image_id = touched.image_id AND other.source_id IS NOT NULL)""",
    f"""SELECT '{dated.FACET}', ifnull(year.value, '{dated.NONE}'), touched.image_id FROM touched
        CROSS JOIN image ON image.id = touched.image_id LEFT JOIN description USING (image_id)
        LEFT JOIN json_each(years_of(ifnull(date, ''), ifnull(taken_at, ''))) AS year""",
    """SELECT 'set', coding_set.name, image_id FROM touched CROSS JOIN set_member USING (image_id)
        CROSS JOIN coding_set ON coding_set.id = set_id""",
    "SELECT 'status', status, image_id FROM touched CROSS JOIN image ON image.id = image_id",
    "SELECT 'state', state, image_id FROM touched CROSS JOIN image ON image.id = image_id",
)

# Only verdicts, matches and images that come or go change these.
_DUPLICATES: Final = (
    "SELECT 'duplicates', 'grouped', image_id FROM touched CROSS JOIN cache.membership USING (image_id)",
    # One open match is enough: an image may have thousands.
    f"""SELECT 'duplicates', 'undecided', image_id FROM touched CROSS JOIN image AS a ON a.id = image_id
       WHERE EXISTS (SELECT 1 FROM cache.match AS found CROSS JOIN image AS b ON b.sha256 = found.sha256_b
                     WHERE found.sha256_a = a.sha256 AND {OPEN})""",
    f"""SELECT 'duplicates', 'undecided', image_id FROM touched CROSS JOIN image AS b ON b.id = image_id
       WHERE EXISTS (SELECT 1 FROM cache.match AS found CROSS JOIN image AS a ON a.sha256 = found.sha256_a
                     WHERE found.sha256_b = b.sha256 AND {OPEN})""",
)

# What terms are called is not in it: a word is looked for among them when it is asked for, so that a term may be
# renamed without a look at any image.
_WORDS: Final = """
INSERT INTO cache.search (rowid, text)
SELECT touched.image_id, fold_words(image.notes
    || ' ' || ifnull((SELECT caption || ' ' || rights_holder FROM description WHERE image_id = image.id), '')
    || ' ' || ifnull((SELECT group_concat(name_of(path) || ' ' || source_url || ' ' || capture.note || ' '
        || ifnull(title || ' ' || account || ' ' || source.author || ' ' || publisher, ''), ' ')
        FROM capture LEFT JOIN source ON source.id = capture.source_id WHERE capture.image_id = image.id), '')
    || ' ' || ifnull((SELECT group_concat(note || ' ' || accessories || ' ' || modifications || ' '
        || ifnull((SELECT group_concat(as_written || ' ' || variant || ' ' || features, ' ')
            FROM identification WHERE sighting_id = sighting.id AND preferred = 1), '') || ' '
        || ifnull((SELECT group_concat(text, ' ') FROM marking WHERE sighting_id = sighting.id), ''), ' ')
        FROM sibling CROSS JOIN sighting ON sighting.image_id = sibling.other_id AND sighting.coding_id IS NULL
        WHERE sibling.image_id = image.id), ''))
FROM touched CROSS JOIN image ON image.id = touched.image_id
"""

# Each term of a tree under itself and all above it; a model under itself and the families it belongs to, since what it
# was copied or developed from is another model.
_USED: Final = f"""
    SELECT 'weapon_type', type FROM {_IDENTIFIED}
    UNION SELECT 'weapon_model', model FROM {_IDENTIFIED} WHERE model <> ''
    UNION SELECT 'place', place FROM {_DESCRIBED} WHERE place <> ''
"""
_ANCESTRY: Final = f"""
INSERT OR IGNORE INTO ancestry WITH RECURSIVE used (vocabulary, code) AS ({_USED}),
    up (vocabulary, code, ancestor) AS (
        SELECT vocabulary, code, code FROM used
        UNION SELECT up.vocabulary, up.code, term.parent FROM up
        JOIN term ON term.vocabulary = up.vocabulary AND term.code = up.ancestor WHERE term.parent IS NOT NULL)
SELECT vocabulary, code, ancestor FROM up WHERE vocabulary <> 'weapon_model' OR code = ancestor OR EXISTS (
    SELECT 1 FROM term JOIN model_fact ON term_id = term.id AND fact = 'level' AND value = 'family'
    WHERE term.vocabulary = up.vocabulary AND term.code = up.ancestor)
"""

# The pictures of the touched images that are in a group, each once.
_TOUCHED_GROUPS: Final = (
    "(SELECT DISTINCT picture FROM touched CROSS JOIN cache.membership USING (image_id)) AS grouped"
)

_PLACES: Final = f"""
SELECT facet, code, image_id / {postings.BLOCK_IDS} AS block, group_concat(image_id % {postings.BLOCK_IDS})
FROM touched CROSS JOIN cache.shown USING (image_id) GROUP BY facet, code, block
"""


def prepare(db: Database) -> None:
    """Give a writing connection the working tables and functions that following needs."""
    db.conn.create_function("fold_words", 1, fold_words, deterministic=True)
    db.conn.create_function("name_of", 1, lambda path: path.rsplit("/", 1)[-1], deterministic=True)
    db.conn.create_function("years_of", 2, dated.years_of, deterministic=True)
    for statement in (
        "CREATE TEMP TABLE IF NOT EXISTS touched (image_id INTEGER PRIMARY KEY)",
        """CREATE TEMP TABLE IF NOT EXISTS sibling (
               image_id INTEGER, other_id INTEGER, PRIMARY KEY (image_id, other_id)) WITHOUT ROWID""",
        """CREATE TEMP TABLE IF NOT EXISTS ancestry (
               vocabulary TEXT, code TEXT, ancestor TEXT, PRIMARY KEY (vocabulary, code, ancestor)) WITHOUT ROWID""",
    ):
        db.conn.execute(statement)


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
            _refresh(db, ids | _regroup(db, shas), regrouped=bool(shas))
        moved = substituting.moved_facets(db, since)
        if moved:
            _replace_values(db, {row[0] for row in db.conn.execute("SELECT id FROM image").fetchall()}, moved, job)
        cache.write_note(db, _MARK, str(newest))


def refresh(db: Database, shas: Iterable[str]) -> None:
    """Make anew what is shown for these images, whose matches changed."""
    ids = {row[0] for sha in shas for row in db.conn.execute("SELECT id FROM image WHERE sha256 = ?", (sha,))}
    with transaction(db):
        _refresh(db, ids, regrouped=True)


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
        touched |= _join(db, members)
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


def _join(db: Database, shas: Iterable[str]) -> set[int]:
    """Make one group of the present ones among these images."""
    found: list[tuple[int, int, str]] = []
    for sha in sorted(shas):
        found += db.conn.execute(
            "SELECT id, upright_width_px * upright_height_px, sha256 FROM image WHERE sha256 = ?", (sha,)
        ).fetchall()
    if len(found) > 1:
        first = _representative(db, found)
        db.conn.executemany(
            "INSERT OR REPLACE INTO cache.membership (image_id, picture, representative) VALUES (?, ?, ?)",
            [(image_id, found[0][2], int(image_id == first)) for image_id, _, _ in found],
        )
    return {image_id for image_id, _, _ in found}


def _representative(db: Database, found: list[tuple[int, int, str]]) -> int:
    """The image that stands for a group: none is better by verdict, then the largest, then the first by hash."""

    def is_worse(sha: str) -> bool:
        better = "SELECT 1 FROM relation WHERE to_sha256 = ? AND kind = 'better_copy_of'"
        return db.conn.execute(better, (sha,)).fetchone() is not None

    return min(found, key=lambda row: standing(row[2], area_px=row[1], worse=is_worse(row[2])))[0]


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
    _show(db, (*_SHOWN, *_DUPLICATES) if regrouped else _SHOWN)
    after = _values(db)
    postings.change(db, gone=before - after, come=after - before)


def _replace_values(db: Database, ids: set[int], facets: frozenset[str], job: Job) -> None:
    """Make anew what is shown of some facets for these images and the others of their groups."""
    of_facet = "FROM cache.shown WHERE facet = ? AND image_id IN (SELECT image_id FROM touched)"
    every = sorted(ids)
    for start in range(0, len(every), _CHUNK):
        _touch_groups(db, set(every[start : start + _CHUNK]))
        _fill_siblings(db)
        for name in sorted(facets):
            before = set(db.conn.execute(f"SELECT facet, code, image_id {of_facet}", (name,)).fetchall())
            db.conn.execute(f"DELETE {of_facet}", (name,))
            db.conn.execute(f"INSERT OR IGNORE INTO cache.shown (facet, code, image_id) {_facet(FACETS[name])}")
            after = set(db.conn.execute(f"SELECT facet, code, image_id {of_facet}", (name,)).fetchall())
            postings.change(db, gone=before - after, come=after - before)
        job.step(min(start + _CHUNK, len(every)), len(every), "Preparing search and facets")


def _touch_groups(db: Database, ids: set[int]) -> None:
    """Note these images, and the others of their groups, as touched."""
    _touch(db, ids)
    db.conn.execute(
        f"INSERT OR IGNORE INTO touched SELECT other.image_id FROM {_TOUCHED_GROUPS} "
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
        f"INSERT OR IGNORE INTO sibling SELECT own.image_id, other.image_id FROM {_TOUCHED_GROUPS} "
        "CROSS JOIN cache.membership AS other USING (picture) CROSS JOIN cache.membership AS own USING (picture) "
        "WHERE EXISTS (SELECT 1 FROM sighting WHERE sighting.image_id = other.image_id) "
        # The plus keeps SQLite from going through all that is touched for each.
        "AND +own.image_id IN (SELECT image_id FROM touched)"
    )
    db.conn.execute(_ANCESTRY)


def _show(db: Database, facets: Iterable[str]) -> None:
    _fill_siblings(db)
    for rows in facets:
        db.conn.execute(f"INSERT OR IGNORE INTO cache.shown (facet, code, image_id) {rows}")
    db.conn.execute(_WORDS)


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
            _show(db, (*_SHOWN, *_DUPLICATES))
            postings.add(db, db.conn.execute(_PLACES).fetchall())
            done += len(ids)
            job.step(done, total, "Preparing search and facets")
        cache.write_note(db, _MARK, str(newest))


def _group_all(db: Database) -> None:
    pairs = db.conn.execute(f"SELECT from_sha256, to_sha256 FROM relation WHERE kind IN ({_SAME})").fetchall()
    groups: dict[str, list[str]] = {}
    for sha, key in components(pairs).items():
        groups.setdefault(key, []).append(sha)
    for members in groups.values():
        _join(db, members)


def _chunks(db: Database) -> Iterator[set[int]]:
    last = 0
    while rows := db.conn.execute("SELECT id FROM image WHERE id > ? ORDER BY id LIMIT ?", (last, _CHUNK)).fetchall():
        yield {image_id for (image_id,) in rows}
        last = rows[-1][0]
