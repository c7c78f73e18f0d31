"""What facets and the search for words show of images, as SQL over the working tables of a writing connection.

``touched`` holds the images whose rows are made anew, ``sibling`` beside each those of its group that have sightings,
``ancestry`` the terms used and those above them.  CROSS JOIN is SQLite's way to keep the order of the tables as
written: from the few to the many.
"""

from typing import Final

from sqlite_utils import Database

from core.facets import FACETS, Facet, Of
from core.folding import fold_words
from core.records import SAME_KINDS
from core.store import dated, postings, settlements
from core.store.relations import OPEN

# A sighting on one copy is shown for every image of its group; what was made in a blind coding is shown nowhere.
# One that was settled into that of a copy is shown as that one.
_SIGHTED: Final = (
    "sibling CROSS JOIN sighting ON sighting.image_id = sibling.other_id AND sighting.coding_id IS NULL "
    f"AND NOT {settlements.SETTLED}"
)
_IDENTIFIED: Final = (
    f"{_SIGHTED} CROSS JOIN identification AS claim ON claim.sighting_id = sighting.id AND claim.preferred = 1"
)
_DESCRIBED: Final = "touched CROSS JOIN description USING (image_id)"


def of_facet(facet: Facet) -> str:
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


SHOWN: Final = (
    *map(of_facet, FACETS.values()),
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

# What is only the same object or place is offered in the review, and asks nobody to decide.
_SAYS_SAME: Final = "found.kind IN ({})".format(", ".join(f"'{kind}'" for kind in (*SAME_KINDS, "near")))
# Only verdicts, matches and images that come or go change these.
DUPLICATES: Final = (
    "SELECT 'duplicates', 'grouped', image_id FROM touched CROSS JOIN cache.membership USING (image_id)",
    # One open match is enough: an image may have thousands.
    f"""SELECT 'duplicates', 'undecided', image_id FROM touched CROSS JOIN image AS a ON a.id = image_id
       WHERE EXISTS (SELECT 1 FROM cache.match AS found CROSS JOIN image AS b ON b.sha256 = found.sha256_b
                     WHERE found.sha256_a = a.sha256 AND {_SAYS_SAME} AND {OPEN})""",
    f"""SELECT 'duplicates', 'undecided', image_id FROM touched CROSS JOIN image AS b ON b.id = image_id
       WHERE EXISTS (SELECT 1 FROM cache.match AS found CROSS JOIN image AS a ON a.sha256 = found.sha256_a
                     WHERE found.sha256_b = b.sha256 AND {_SAYS_SAME} AND {OPEN})""",
)

# What terms are called is not in it: a word is looked for among them when it is asked for, so that a term may be
# renamed without a look at any image.
WORDS: Final = f"""
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
        FROM {_SIGHTED}
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
ANCESTRY: Final = f"""
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
TOUCHED_GROUPS: Final = "(SELECT DISTINCT picture FROM touched CROSS JOIN cache.membership USING (image_id)) AS grouped"

PLACES: Final = f"""
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
