-- How many names and numbers an erasing looked for in what stays. Erasings of before left some columns out: they have
-- none, and their record says so.

ALTER TABLE disposals ADD COLUMN searched INTEGER;
