-- The 仕様書 of this year and of the next one, read side by side, and the numbers confirmed for the next year.

CREATE TABLE specification_texts (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    side TEXT NOT NULL,
    file_id INTEGER REFERENCES stored_files(id),
    file_name TEXT NOT NULL,
    text TEXT NOT NULL,
    kept_on TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    UNIQUE (programme_id, side)
) STRICT;

CREATE INDEX specification_texts_file_id ON specification_texts(file_id);

CREATE TABLE next_values (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    clause TEXT NOT NULL,
    quote TEXT NOT NULL,
    confirmed_on TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    UNIQUE (programme_id, key)
) STRICT;
