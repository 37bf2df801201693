-- What is typed beside the numbers of a year: those of earlier years, why one is not as the 仕様書 has it, what was answered with them.

CREATE TABLE earlier_figures (
    id INTEGER PRIMARY KEY,
    fiscal_year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    number INTEGER NOT NULL,
    day TEXT,
    source TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (fiscal_year, kind, item)
) STRICT;

CREATE TABLE year_reasons (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    item TEXT NOT NULL,
    reason TEXT NOT NULL,
    agreement_id INTEGER REFERENCES agreements(id),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (programme_id, item)
) STRICT;

CREATE INDEX year_reasons_agreement_id ON year_reasons(agreement_id);

CREATE TABLE year_answers (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    question TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    figures TEXT NOT NULL,
    answer TEXT NOT NULL,
    day TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX year_answers_programme_id ON year_answers(programme_id);
