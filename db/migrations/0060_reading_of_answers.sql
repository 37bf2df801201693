-- By which reading a file of answers was taken in: 0 searched cells for words, 1 reads them whole (as 0058 for lists).

ALTER TABLE survey_imports ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
