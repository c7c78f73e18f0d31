CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE acquisition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    route TEXT NOT NULL DEFAULT '',
    from_party TEXT NOT NULL DEFAULT '',
    holder TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT '',
    certainty TEXT NOT NULL,
    bases TEXT NOT NULL DEFAULT '',
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX acquisition_preferred ON acquisition (sighting_id) WHERE preferred = 1;
CREATE INDEX acquisition_sighting ON acquisition (sighting_id);
CREATE INDEX acquisition_source ON acquisition (source_id) WHERE source_id IS NOT NULL;
CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    step TEXT NOT NULL,
    label TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes TEXT,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX action_step ON action (step);
CREATE TABLE archive (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE capture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    raw_path_hex TEXT,
    modified_at TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL,
    source_url TEXT NOT NULL DEFAULT '',
    archive_url TEXT NOT NULL DEFAULT '',
    archived_at TEXT NOT NULL DEFAULT '',
    published_as_given TEXT NOT NULL DEFAULT '',
    published_at TEXT NOT NULL DEFAULT '',
    collected_at TEXT NOT NULL DEFAULT '',
    collector TEXT NOT NULL DEFAULT '',
    mode TEXT NOT NULL DEFAULT '',
    tool TEXT NOT NULL DEFAULT '',
    tool_version TEXT NOT NULL DEFAULT '',
    external_ids TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX capture_image ON capture (image_id);
CREATE UNIQUE INDEX capture_place ON capture (image_id, path, ifnull(raw_path_hex, '')) WHERE path <> '';
CREATE INDEX capture_source ON capture (source_id) WHERE source_id IS NOT NULL;
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,
    tbl TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX change_action ON change (action_id);
CREATE INDEX change_gone ON change (tbl, CAST(substr(before, instr(before, '_id":') + 5) AS INTEGER))
    WHERE after IS NULL;
CREATE INDEX change_row ON change (tbl, row_id);
CREATE TABLE coding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    set_id INTEGER NOT NULL REFERENCES coding_set (id) ON DELETE CASCADE,
    coder TEXT NOT NULL,
    closed_at TEXT NOT NULL DEFAULT '',
    UNIQUE (set_id, coder)
) STRICT;
CREATE TABLE coding_set (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE description (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL UNIQUE REFERENCES image (id) ON DELETE CASCADE,
    kind TEXT NOT NULL DEFAULT '',
    generation TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    date_basis TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    latitude_e7 INTEGER CHECK (latitude_e7 BETWEEN -900000000 AND 900000000),
    longitude_e7 INTEGER CHECK (longitude_e7 BETWEEN -1800000000 AND 1800000000),
    place_precision TEXT NOT NULL DEFAULT '',
    place_basis TEXT NOT NULL DEFAULT '',
    conflict TEXT NOT NULL DEFAULT '',
    holder TEXT NOT NULL DEFAULT '',
    holder_basis TEXT NOT NULL DEFAULT '',
    caption TEXT NOT NULL DEFAULT '',
    rights_holder TEXT NOT NULL DEFAULT '',
    rights_status TEXT NOT NULL DEFAULT '',
    CHECK ((latitude_e7 IS NULL) = (longitude_e7 IS NULL))
) STRICT;
CREATE TABLE identification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    level TEXT NOT NULL DEFAULT 'type',
    type TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    variant TEXT NOT NULL DEFAULT '',
    as_written TEXT NOT NULL DEFAULT '',
    calibre TEXT NOT NULL DEFAULT '',
    certainty TEXT NOT NULL,
    bases TEXT NOT NULL DEFAULT '',
    features TEXT NOT NULL DEFAULT '',
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE INDEX identification_model ON identification (model) WHERE model <> '';
CREATE UNIQUE INDEX identification_preferred ON identification (sighting_id) WHERE preferred = 1;
CREATE INDEX identification_sighting ON identification (sighting_id);
CREATE INDEX identification_source ON identification (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX identification_type ON identification (type);
CREATE TABLE image (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size_bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    ending TEXT NOT NULL,
    mime TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('decoded', 'undecodable')),
    reason TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    upright_width_px INTEGER NOT NULL,
    upright_height_px INTEGER NOT NULL,
    exif TEXT NOT NULL,
    taken_at TEXT,
    camera TEXT,
    latitude_e7 INTEGER,
    longitude_e7 INTEGER,
    status TEXT NOT NULL DEFAULT 'new',
    notes TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE look_alike (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    identification_id INTEGER NOT NULL REFERENCES identification (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (identification_id, model)
) STRICT;
CREATE TABLE marking (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    position TEXT NOT NULL DEFAULT '',
    script TEXT NOT NULL DEFAULT '',
    legibility TEXT NOT NULL DEFAULT '',
    certainty TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE INDEX marking_sighting ON marking (sighting_id);
CREATE TABLE model_fact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    term_id INTEGER NOT NULL REFERENCES term (id) ON DELETE CASCADE,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    production TEXT NOT NULL DEFAULT '',
    maker TEXT NOT NULL DEFAULT '',
    years TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL
) STRICT;
CREATE INDEX model_fact_term ON model_fact (term_id);
CREATE TABLE origin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('design', 'manufacture')),
    countries TEXT NOT NULL,
    maker TEXT NOT NULL DEFAULT '',
    production TEXT NOT NULL DEFAULT '',
    years TEXT NOT NULL DEFAULT '',
    certainty TEXT NOT NULL,
    bases TEXT NOT NULL DEFAULT '',
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX origin_preferred ON origin (sighting_id, role) WHERE preferred = 1;
CREATE INDEX origin_sighting ON origin (sighting_id, role);
CREATE INDEX origin_source ON origin (source_id) WHERE source_id IS NOT NULL;
CREATE TABLE relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_sha256 TEXT NOT NULL CHECK (length(from_sha256) = 64),
    to_sha256 TEXT NOT NULL CHECK (length(to_sha256) = 64 AND to_sha256 <> from_sha256),
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    transform TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX relation_from ON relation (from_sha256);
CREATE UNIQUE INDEX relation_pair
    ON relation (min(from_sha256, to_sha256), max(from_sha256, to_sha256));
CREATE INDEX relation_to ON relation (to_sha256);
CREATE TABLE representative (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    chosen_by TEXT NOT NULL,
    chosen_at TEXT NOT NULL
) STRICT;
CREATE TABLE review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    identification_id INTEGER NOT NULL REFERENCES identification (id) ON DELETE CASCADE,
    reviewer TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX review_identification ON review (identification_id);
CREATE TABLE sensitivity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    UNIQUE (image_id, code)
) STRICT;
CREATE TABLE set_member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    set_id INTEGER NOT NULL REFERENCES coding_set (id) ON DELETE CASCADE,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (set_id, image_id)
) STRICT;
CREATE INDEX set_member_image ON set_member (image_id);
CREATE TABLE setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE settled_field (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    settlement_id INTEGER NOT NULL REFERENCES settlement (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    earlier TEXT NOT NULL,
    taken TEXT NOT NULL,
    stamp TEXT NOT NULL
) STRICT;
CREATE INDEX settled_field_settlement ON settled_field (settlement_id);
CREATE TABLE settlement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    kept_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE CHECK (kept_id <> sighting_id),
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    settled_by TEXT NOT NULL,
    settled_at TEXT NOT NULL
) STRICT;
CREATE INDEX settlement_kept ON settlement (kept_id);
CREATE UNIQUE INDEX settlement_same ON settlement (sighting_id) WHERE same = 1;
CREATE INDEX settlement_sighting ON settlement (sighting_id);
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    x_e6 INTEGER CHECK (x_e6 >= 0),
    y_e6 INTEGER CHECK (y_e6 >= 0),
    width_e6 INTEGER CHECK (width_e6 > 0 AND x_e6 + width_e6 <= 1000000),
    height_e6 INTEGER CHECK (height_e6 > 0 AND y_e6 + height_e6 <= 1000000),
    visible_part TEXT NOT NULL DEFAULT '',
    condition TEXT NOT NULL DEFAULT '',
    context TEXT NOT NULL DEFAULT '',
    quantity INTEGER CHECK (quantity > 0),
    quantity_basis TEXT NOT NULL DEFAULT '',
    weapon_id INTEGER REFERENCES weapon (id) ON DELETE SET NULL,
    accessories TEXT NOT NULL DEFAULT '',
    modifications TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    coding_id INTEGER REFERENCES coding (id) ON DELETE CASCADE,
    CHECK ((x_e6 IS NULL) = (width_e6 IS NULL) AND (y_e6 IS NULL) = (height_e6 IS NULL)
           AND (x_e6 IS NULL) = (y_e6 IS NULL))
) STRICT;
CREATE INDEX sighting_coding ON sighting (coding_id) WHERE coding_id IS NOT NULL;
CREATE INDEX sighting_image ON sighting (image_id);
CREATE INDEX sighting_weapon ON sighting (weapon_id) WHERE weapon_id IS NOT NULL;
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL DEFAULT '',
    platform TEXT NOT NULL DEFAULT '',
    account TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    publisher TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    reliability TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE term (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vocabulary TEXT NOT NULL,
    code TEXT NOT NULL,
    parent TEXT,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    attributes TEXT NOT NULL DEFAULT '{}',
    source TEXT NOT NULL,
    UNIQUE (vocabulary, code)
) STRICT;
CREATE TABLE term_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    term_id INTEGER NOT NULL REFERENCES term (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    UNIQUE (term_id, language, text)
) STRICT;
CREATE TABLE transfer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    acquisition_id INTEGER NOT NULL REFERENCES acquisition (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    from_party TEXT NOT NULL DEFAULT '',
    to_party TEXT NOT NULL DEFAULT '',
    mode TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX transfer_acquisition ON transfer (acquisition_id);
CREATE TABLE vocabulary (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL
) STRICT;
CREATE TABLE weapon (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
