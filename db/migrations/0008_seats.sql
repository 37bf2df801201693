-- Which seat wrote a row of the journal (0 = before there were seats): a later seat's word counts.

ALTER TABLE journal ADD COLUMN seat INTEGER NOT NULL DEFAULT 0;
