-- When somebody confirmed the day of the PC, after its clock had gone on by more than a month since the mark.

ALTER TABLE disposals ADD COLUMN confirmed_at TEXT;
