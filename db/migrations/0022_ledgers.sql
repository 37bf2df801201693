-- One engine for every ledger: rows typed by hand, what is said about rows afterwards, numbers once given, and how each is checked.

CREATE TABLE ledger_rows (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    ledger TEXT NOT NULL,
    number INTEGER NOT NULL,
    event_id INTEGER REFERENCES events(id),
    cells TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    UNIQUE (programme_id, ledger, number)
) STRICT;

CREATE INDEX ledger_rows_event_id ON ledger_rows(event_id);

CREATE TABLE ledger_notes (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    ledger TEXT NOT NULL,
    row_key TEXT NOT NULL,
    what TEXT NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,
    about TEXT NOT NULL DEFAULT '',
    old TEXT NOT NULL DEFAULT '',
    new TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX ledger_notes_programme_id ON ledger_notes(programme_id);

CREATE TABLE ledger_numbers (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    ledger TEXT NOT NULL,
    source_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    cells TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (programme_id, ledger, number),
    UNIQUE (programme_id, ledger, source_key)
) STRICT;

CREATE TABLE ledger_settings (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    ledger TEXT NOT NULL,
    every TEXT NOT NULL DEFAULT '',
    begins TEXT,
    basis TEXT NOT NULL DEFAULT '',
    keep_years INTEGER NOT NULL DEFAULT 5,
    UNIQUE (programme_id, ledger)
) STRICT;
