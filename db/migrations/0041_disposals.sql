-- What somebody marked as due for erasing, one row a kind and press, and what was kept all the same with its reason. The rows are hidden at once; they are erased at the first opening of a later day.

CREATE TABLE disposals (
    id INTEGER PRIMARY KEY,
    fiscal_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    places TEXT NOT NULL DEFAULT '',
    count INTEGER NOT NULL,
    unit TEXT NOT NULL,
    why TEXT NOT NULL,
    due_on TEXT NOT NULL,
    items TEXT NOT NULL DEFAULT '[]',
    marked_at TEXT NOT NULL,
    by TEXT NOT NULL,
    witness TEXT NOT NULL DEFAULT '',
    erased_at TEXT,
    erased INTEGER NOT NULL DEFAULT 0,
    stayed INTEGER NOT NULL DEFAULT 0,
    removed_before INTEGER NOT NULL DEFAULT 0,
    left_over INTEGER NOT NULL DEFAULT 0,
    elsewhere INTEGER NOT NULL DEFAULT 0,
    people_before INTEGER NOT NULL DEFAULT 0,
    people_after INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE disposal_holds (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    until TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
