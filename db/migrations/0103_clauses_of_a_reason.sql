-- One reason was shown for everything that differs at an event; now for the clauses that
-- it was asked for. Empty = written before.

ALTER TABLE events ADD COLUMN exception_clauses TEXT NOT NULL DEFAULT '[]';
