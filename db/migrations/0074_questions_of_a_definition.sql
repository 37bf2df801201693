-- The questions of a questionnaire that lay beside a definition file are kept with the kind of event that begins with them.

ALTER TABLE kind_numbers ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';
