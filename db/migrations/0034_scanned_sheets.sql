-- A sheet that was read from a scan remembers which pages those were, so that none is entered twice. No word of it is kept.

ALTER TABLE answer_sheets ADD COLUMN scan TEXT NOT NULL DEFAULT '';

ALTER TABLE sheet_drafts ADD COLUMN scan TEXT NOT NULL DEFAULT '';
