-- Why a number that differs between two places was left so, with both numbers of then.

CREATE TABLE kept_numbers (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    number TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    ours TEXT NOT NULL DEFAULT '',
    theirs TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    kept_on TEXT NOT NULL
) STRICT;

CREATE INDEX kept_numbers_event_id ON kept_numbers(event_id);
