-- How many assertions were signed on a day and how many SAML sign-ins the house completed, to be compared when the day is
-- over (V23). Days count from 1970.
CREATE TABLE assertion_counts (
  day INTEGER PRIMARY KEY,
  assertions INTEGER NOT NULL,
  sign_ins INTEGER NOT NULL,
  compared INTEGER NOT NULL DEFAULT 0
) STRICT;
