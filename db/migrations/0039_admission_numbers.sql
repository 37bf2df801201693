-- 入場番号: a number for each place that was decided, never given twice in an event. An event that was there before has
-- none until somebody switches them on, so that its letters stay as they were.

ALTER TABLE entries ADD COLUMN admission INTEGER;
ALTER TABLE events ADD COLUMN admissions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN last_admission INTEGER NOT NULL DEFAULT 0;
