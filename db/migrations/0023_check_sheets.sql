-- Check lists: what was looked at, the judgement and evidence of each item, and who took it in.

CREATE TABLE check_sheets (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    head TEXT NOT NULL,
    answers TEXT NOT NULL,
    filled_on TEXT,
    filled_by TEXT NOT NULL DEFAULT '',
    received_on TEXT,
    checked_by TEXT NOT NULL DEFAULT '',
    review_on TEXT,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (programme_id, list, number, revision)
) STRICT;
