-- When the password was last looked for in the list of breached ones (PW-6). Whoever turns that on has every password
-- looked for once, at its owner's next sign-in, and again after some weeks.
ALTER TABLE accounts ADD COLUMN password_checked_at INTEGER;
