-- 復元の点検: each time a backup was really restored into an empty place, what was done, counted and found.

CREATE TABLE restore_drills (
    id INTEGER PRIMARY KEY,
    fiscal_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    began TEXT NOT NULL,
    ended TEXT NOT NULL,
    by TEXT NOT NULL,
    witness TEXT NOT NULL DEFAULT '',
    pc TEXT NOT NULL DEFAULT '',
    opened_with TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 0,
    made TEXT,
    replayed INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    places TEXT NOT NULL DEFAULT '[]',
    steps TEXT NOT NULL DEFAULT '[]',
    counts TEXT NOT NULL DEFAULT '[]',
    notes TEXT NOT NULL DEFAULT '[]',
    treatment TEXT NOT NULL DEFAULT '',
    treated_by TEXT NOT NULL DEFAULT '',
    treated_on TEXT
) STRICT;
