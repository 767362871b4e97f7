-- Apps, the agencies whose subjects they share, the origins of their redirect URIs, and the history of changes.

CREATE TABLE agencies (
  id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 255),
  abbreviation TEXT UNIQUE COLLATE NOCASE,
  created_at INTEGER NOT NULL
) STRICT;

-- A deleted app keeps its row: the issuer stays reserved and the uuid, hence people's subjects, survives re-creation.
CREATE TABLE apps (
  uuid TEXT PRIMARY KEY NOT NULL CHECK (length(uuid) = 36),
  issuer TEXT NOT NULL UNIQUE CHECK (length(issuer) BETWEEN 1 AND 255),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  agency_id TEXT REFERENCES agencies (id),
  team TEXT,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  etag TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE INDEX apps_agency ON apps (agency_id);

-- The constraint waits for the end of the transaction, because an app is written after its origins.
CREATE TABLE app_origins (
  origin TEXT NOT NULL,
  app TEXT NOT NULL REFERENCES apps (uuid) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (origin, app)
) STRICT, WITHOUT ROWID;

CREATE INDEX app_origins_app ON app_origins (app);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  item_type TEXT NOT NULL,
  item_id TEXT NOT NULL,
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;

CREATE INDEX audit_item ON audit (item_type, item_id, id);

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;
