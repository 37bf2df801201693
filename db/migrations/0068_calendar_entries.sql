-- What a saved calendar file said of each entry: with it the next file moves an old entry instead of doubling it, and
-- withdraws what is no longer planned. The key names the event, its deadline, its step or the deadline of the year; it
-- refers to no row, since an entry outlives what it stood for.

CREATE TABLE calendar_entries (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    uid TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL,
    day TEXT NOT NULL,
    digest TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX calendar_entries_of_year ON calendar_entries (programme_id);
