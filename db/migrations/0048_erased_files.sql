-- Kept files whose day came: hidden since their mark, gone = erased for good. Their rows in stored_files stay, as what refers to them does.

CREATE TABLE erased_files (
    id INTEGER PRIMARY KEY,
    keyed_hash TEXT NOT NULL UNIQUE,
    since TEXT NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    disposal_id INTEGER
) STRICT;
