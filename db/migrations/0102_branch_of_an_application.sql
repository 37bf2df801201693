-- A file of applications names the 支部 beside the 団体; a 団体 added from it later had none. Empty = the file named none.

ALTER TABLE applications ADD COLUMN branch TEXT NOT NULL DEFAULT '';
