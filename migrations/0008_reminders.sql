-- What the reminders after a sign-in go by (RT-1). Only young accounts are asked how often they signed in, so that a plain
-- count will do; what is counted so far are the events of complete sign-ins (19).
ALTER TABLE accounts ADD COLUMN sign_ins INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET sign_ins = (SELECT count(*) FROM events WHERE events.account = accounts.uuid AND kind = 19);
-- When its owner said that one method is enough, and that a card is not wanted.
ALTER TABLE accounts ADD COLUMN second_method_declined_at INTEGER;
ALTER TABLE accounts ADD COLUMN card_declined_at INTEGER;

-- When a code last arrived at a number, on whatever account: what was sent before then does not count any more (LI-1).
CREATE INDEX phones_by_number ON phones (fingerprint);
