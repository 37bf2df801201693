-- Which cancelled event an event takes place for.

ALTER TABLE events ADD COLUMN replaces INTEGER REFERENCES events(id);
