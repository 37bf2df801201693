-- The day on which a handout was added: one added after the day of its event is not part of what was checked for it.

ALTER TABLE materials ADD COLUMN added_on TEXT;
