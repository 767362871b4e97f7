-- Who may not sign in to which app, and who decided that, why and when (SP-2). App '*' stands for all of them.
CREATE TABLE bans (
  account TEXT NOT NULL REFERENCES accounts (uuid) ON DELETE CASCADE,
  app TEXT NOT NULL CHECK (app = '*' OR length(app) = 36),
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, app)
) STRICT, WITHOUT ROWID;

-- The same in short beside what every sign-in reads anyway: {"version": 2, "apps": ["..."]}. The version grows with every
-- change, so that sessions told of two changes keep the later. Null until the first ban.
ALTER TABLE accounts ADD COLUMN bans TEXT;
