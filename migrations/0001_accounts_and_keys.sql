-- Accounts, what signs them in, what connects them to apps, and the key ring.
-- Times are UTC epoch milliseconds. Sealed columns hold AES-256-GCM ciphertext bound to purpose, owner and record.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  uuid TEXT PRIMARY KEY CHECK (length(uuid) = 36),
  password TEXT,
  email_locale TEXT NOT NULL DEFAULT 'en' CHECK (email_locale IN ('en', 'es', 'fr', 'zh')),
  rules_accepted_at INTEGER,
  created_at INTEGER NOT NULL,
  second_factor_succeeded_at INTEGER,
  remember_revoked_at INTEGER,
  suspended_at INTEGER,
  password_change_required INTEGER NOT NULL DEFAULT 0 CHECK (password_change_required IN (0, 1)),
  identity_held TEXT NOT NULL DEFAULT 'none' CHECK (identity_held IN ('none', 'verified', 'facial')),
  verified_at INTEGER,
  profile TEXT,
  origin TEXT NOT NULL DEFAULT 'sign-up' CHECK (origin IN ('sign-up', 'sandbox'))
) STRICT, WITHOUT ROWID;

CREATE TABLE emails (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  address TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  confirmed_at INTEGER,
  last_sign_in_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX emails_confirmed ON emails (fingerprint) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX emails_per_account ON emails (account, fingerprint);
CREATE INDEX emails_by_fingerprint ON emails (fingerprint);

-- Links sent by mail, by the digest of the secret they carry.
CREATE TABLE links (
  digest TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sign-up', 'add-email', 'reset-password', 'disavow', 'cancel-reset', 'delete-account')),
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  email TEXT,
  event INTEGER,
  request TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_account ON links (account, kind);
CREATE INDEX links_by_expiry ON links (expires_at);

CREATE TABLE factors (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('totp', 'phone', 'security_key', 'platform_passkey', 'piv', 'personal_key')),
  name TEXT NOT NULL,
  secret TEXT NOT NULL,
  -- What makes this factor unique across all accounts: a credential id, a card's uuid.
  lookup TEXT,
  -- The last accepted TOTP step or signature counter.
  last_step INTEGER,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX factors_by_account ON factors (account);
CREATE UNIQUE INDEX factors_lookup ON factors (kind, lookup) WHERE lookup IS NOT NULL;
CREATE UNIQUE INDEX factors_names ON factors (account, kind, name);

CREATE TABLE backup_codes (
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  digest TEXT NOT NULL,
  hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (account, digest)
) STRICT, WITHOUT ROWID;

-- One person at one agency: the subject outlives consent, address changes and even the account (SUB-2).
CREATE TABLE subjects (
  account TEXT NOT NULL,
  agency TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (length(subject) = 36),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, agency)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX subjects_unique ON subjects (subject);

CREATE TABLE connections (
  account TEXT NOT NULL,
  app TEXT NOT NULL,
  uuid TEXT NOT NULL CHECK (length(uuid) = 36),
  email TEXT,
  agreed TEXT NOT NULL DEFAULT '[]',
  consented_at INTEGER,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  PRIMARY KEY (account, app)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX connections_uuid ON connections (uuid);

CREATE TABLE devices (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  account TEXT NOT NULL,
  cookie TEXT NOT NULL,
  browser TEXT NOT NULL,
  last_used_at INTEGER NOT NULL,
  last_place TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX devices_cookie ON devices (account, cookie);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL,
  device TEXT,
  app TEXT,
  place TEXT,
  disavowed_at INTEGER
) STRICT;
CREATE INDEX events_by_account ON events (account, at);

-- Live sessions of an account, for the list of signed-in browsers and for ending them. The locator opens nothing.
CREATE TABLE sessions (
  locator TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  device TEXT,
  started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_start ON sessions (started_at);

-- Notices that wait to see whether something else happens first (SI-5).
CREATE TABLE deferred_notices (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  event INTEGER,
  due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deferred_by_due ON deferred_notices (due_at);

-- Deleted accounts: nothing personal, so that no uuid is ever issued again (DL-2).
CREATE TABLE tombstones (
  uuid TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
  kid TEXT PRIMARY KEY,
  use TEXT NOT NULL CHECK (use IN ('oidc', 'saml')),
  year INTEGER,
  alg TEXT NOT NULL,
  public_jwk TEXT NOT NULL,
  certificate TEXT,
  sealed TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'retiring', 'retired')),
  created_at INTEGER NOT NULL,
  activated_at INTEGER,
  retiring_at INTEGER,
  retired_at INTEGER,
  created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX signing_keys_one_active_oidc ON signing_keys (use) WHERE state = 'active' AND use = 'oidc';
CREATE UNIQUE INDEX signing_keys_one_per_year ON signing_keys (year) WHERE use = 'saml' AND state IN ('pending', 'active');

-- What a sandbox would have sent; empty in staging and production. Bodies are sealed like everything personal.
CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'voice', 'letter')),
  recipient TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_recipient ON messages (recipient, sent_at);
CREATE INDEX messages_by_time ON messages (sent_at);
