-- Every file said of every entry that it was changed when the file was saved. NULL = not known, of files before this.

ALTER TABLE calendar_entries ADD COLUMN changed_at TEXT;
