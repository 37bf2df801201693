-- The day on which an event got its date: a 区の目標 before that day was past already and is none.

ALTER TABLE events ADD COLUMN dated_on TEXT;
