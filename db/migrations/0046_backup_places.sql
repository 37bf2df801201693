-- The second place of the backups, as it was decided; the newest row counts, an empty place is none.

CREATE TABLE backup_places (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
