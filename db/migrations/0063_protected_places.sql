-- Places that a manager named as protected, with the basis; a place that is given up keeps its row.

CREATE TABLE protected_places (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    pc TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL,
    entrants TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_by TEXT NOT NULL DEFAULT '',
    ended_at TEXT
) STRICT;
