-- Phones: what a factor of kind 'phone' has beyond the others. The number itself is sealed in factors.secret; the same
-- number may be on several accounts, but not twice on one.
CREATE TABLE phones (
  factor TEXT PRIMARY KEY REFERENCES factors (id) ON DELETE CASCADE,
  account TEXT NOT NULL,
  -- Keyed digest of the number.
  fingerprint TEXT NOT NULL,
  delivery TEXT NOT NULL CHECK (delivery IN ('sms', 'voice')),
  made_default_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX phones_per_account ON phones (account, fingerprint);

-- What the telephone company told us about a number, whoever has it: opted out of texts, or unreachable.
CREATE TABLE phone_news (
  fingerprint TEXT PRIMARY KEY,
  -- Names the number in the address of the page that opts back in.
  uuid TEXT NOT NULL CHECK (length(uuid) = 36),
  opted_out_at INTEGER,
  -- The last time its owner opted back in here; carriers permit that once in 30 days.
  opted_in_at INTEGER,
  failure TEXT CHECK (failure IN ('invalid_number', 'unsupported_area', 'unavailable', 'opted_out', 'throttled', 'landline', 'blocked')),
  failed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX phone_news_uuid ON phone_news (uuid);
CREATE INDEX phone_news_by_failure ON phone_news (failed_at);
