-- What was erased for good: the cells of which lives, and the hash of each image that was written anew for it. Whoever repeats the changes repeats this too.

CREATE TABLE erasings (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    lives TEXT NOT NULL DEFAULT '[]',
    files TEXT NOT NULL DEFAULT '[]',
    images TEXT NOT NULL DEFAULT '[]'
) STRICT;
