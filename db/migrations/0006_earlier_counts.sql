-- Totals of earlier years, to stand beside those of this one.

CREATE TABLE earlier_counts (
    id INTEGER PRIMARY KEY,
    fiscal_year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    events INTEGER,
    sheets INTEGER NOT NULL,
    questions TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE INDEX earlier_counts_of_year ON earlier_counts (fiscal_year, kind);
