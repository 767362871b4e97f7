-- Names people give their factors are sealed; a keyed digest keeps them unique for one account and kind.
ALTER TABLE factors ADD COLUMN name_digest TEXT;
DROP INDEX factors_names;
CREATE UNIQUE INDEX factors_names ON factors (account, kind, name_digest) WHERE name_digest IS NOT NULL;

-- Accounts whose owner lost every second factor and asked to delete them: one live request each (AR-3).
CREATE TABLE account_resets (
  account TEXT PRIMARY KEY REFERENCES accounts (uuid) ON DELETE CASCADE,
  requested_at INTEGER NOT NULL,
  -- When the waiting was over and the link that deletes the account was mailed.
  granted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX account_resets_waiting ON account_resets (requested_at) WHERE granted_at IS NULL;

-- Keyed digests of what the addresses of suspended accounts come down to: no new account with any of them (SP-1).
CREATE TABLE blocked_addresses (
  digest TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (digest, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocked_addresses_by_account ON blocked_addresses (account);
