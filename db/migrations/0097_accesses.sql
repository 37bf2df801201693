-- Who opened the data, what with names was opened, what left and what was changed, by numbers only: a chain of its own, no rows of a record.

CREATE TABLE accesses (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    login_id TEXT NOT NULL,
    pc TEXT NOT NULL,
    act TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    journal_seq INTEGER,
    chain TEXT NOT NULL,
    UNIQUE (token, number)
) STRICT;

CREATE INDEX accesses_at ON accesses(at);

-- What an office says of a month of them.
CREATE TABLE access_reviews (
    id INTEGER PRIMARY KEY,
    fiscal_year INTEGER NOT NULL,
    month TEXT NOT NULL,
    total INTEGER NOT NULL,
    figures TEXT NOT NULL,
    remarks TEXT NOT NULL,
    treatment TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT
) STRICT;
