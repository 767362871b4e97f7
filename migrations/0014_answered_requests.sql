-- What the machine interface answered to requests that named an Idempotency-Key, so that one sent twice acts once (M3).
-- `key` and `request` are digests; without an answer the request is still running. Rows go after a day.
CREATE TABLE answered_requests (
  key TEXT PRIMARY KEY NOT NULL,
  request TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  answer TEXT
) STRICT;

CREATE INDEX answered_requests_age ON answered_requests (started_at);
