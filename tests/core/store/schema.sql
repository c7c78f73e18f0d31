CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
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
    imported_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX capture_place ON capture (image_id, path, ifnull(raw_path_hex, ''));
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
CREATE INDEX change_row ON change (tbl, row_id);
CREATE TABLE identification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    certainty TEXT NOT NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX identification_preferred ON identification (sighting_id) WHERE preferred = 1;
CREATE INDEX identification_sighting ON identification (sighting_id);
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
CREATE TABLE origin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('design', 'manufacture')),
    country TEXT NOT NULL,
    certainty TEXT NOT NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX origin_preferred ON origin (sighting_id, role) WHERE preferred = 1;
CREATE INDEX origin_sighting ON origin (sighting_id, role);
CREATE TABLE relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_sha256 TEXT NOT NULL CHECK (length(from_sha256) = 64),
    to_sha256 TEXT NOT NULL CHECK (length(to_sha256) = 64 AND to_sha256 <> from_sha256),
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX relation_from ON relation (from_sha256);
CREATE UNIQUE INDEX relation_pair
    ON relation (min(from_sha256, to_sha256), max(from_sha256, to_sha256));
CREATE INDEX relation_to ON relation (to_sha256);
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sighting_image ON sighting (image_id);
CREATE TABLE term (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vocabulary TEXT NOT NULL,
    code TEXT NOT NULL,
    parent TEXT,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    attributes TEXT NOT NULL DEFAULT '{}',
    source TEXT NOT NULL,
    UNIQUE (vocabulary, code)
) STRICT;
CREATE TABLE term_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    term_id INTEGER NOT NULL REFERENCES term (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (term_id, language, text)
) STRICT;
