-- Two entries of the register that look like one and were looked at: they are two.

CREATE TABLE not_doubles (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    marked_on TEXT NOT NULL,
    by TEXT NOT NULL,
    UNIQUE (what, first_id, second_id)
) STRICT;
