-- The number under which apps knew an account before it came here, imported with it (saml A9). Null for all others. No
-- larger than what JSON readers everywhere tell apart.
ALTER TABLE accounts ADD COLUMN legacy_name_id INTEGER
  CHECK (legacy_name_id BETWEEN 1 AND 9007199254740991);
-- Two people must never answer to one number.
CREATE UNIQUE INDEX accounts_by_legacy_name_id ON accounts (legacy_name_id) WHERE legacy_name_id IS NOT NULL;
