ALTER TABLE applications ADD COLUMN large_print TEXT NOT NULL DEFAULT '';
