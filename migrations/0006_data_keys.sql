-- Verified identities. The data is encrypted under a random key of its own (PI-15), which is kept only in wraps that
-- open with something its owner brings: the password, the personal key, an authenticator.
CREATE TABLE profiles (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  level TEXT NOT NULL CHECK (level IN ('verified', 'facial')),
  sealed TEXT NOT NULL,
  verified_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deactivated_at INTEGER,
  deactivation TEXT CHECK (deactivation IN ('password_reset', 'encryption_error')),
  CHECK ((deactivated_at IS NULL) = (deactivation IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX profiles_active ON profiles (account) WHERE deactivated_at IS NULL;
CREATE INDEX profiles_by_account ON profiles (account);

CREATE TABLE data_keys (
  profile TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('password', 'personal_key', 'prf')),
  -- The factor whose authenticator opens a wrap of kind prf; empty for the others.
  factor TEXT NOT NULL DEFAULT '',
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  -- What the personal key is stretched with.
  salt TEXT,
  wrapped TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (profile, kind, factor)
) STRICT, WITHOUT ROWID;
CREATE INDEX data_keys_by_account ON data_keys (account);
