-- When the link that deletes an account went out. One that was granted but never mailed, because its run was cut off, is
-- due again (AR-2). What was granted until now was mailed.
ALTER TABLE account_resets ADD COLUMN mailed_at INTEGER;
UPDATE account_resets SET mailed_at = granted_at;
DROP INDEX account_resets_waiting;
CREATE INDEX account_resets_unmailed ON account_resets (requested_at) WHERE mailed_at IS NULL;

-- Sign-ups nobody finished are found without reading the accounts of everybody else.
CREATE INDEX accounts_unfinished ON accounts (created_at) WHERE password IS NULL;
