-- 事故の対応 (特25, 個人情報保護法68条): incidents, their course, what prevents the next one, and how the ward counts.

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    sort TEXT NOT NULL,
    event_id INTEGER REFERENCES events(id),
    origin TEXT NOT NULL,
    known_at TEXT NOT NULL,
    known_by TEXT NOT NULL,
    happened TEXT NOT NULL,
    what TEXT NOT NULL,
    amount TEXT NOT NULL,
    people INTEGER,
    spot TEXT NOT NULL,
    course TEXT NOT NULL,
    needed TEXT NOT NULL,
    needed_by TEXT NOT NULL,
    needed_on TEXT,
    needed_reason TEXT NOT NULL,
    wrong_purpose INTEGER NOT NULL,
    early_on TEXT,
    final_on TEXT,
    owners_needed TEXT NOT NULL,
    owners_by TEXT NOT NULL,
    owners_on TEXT,
    owners_how TEXT NOT NULL,
    cause TEXT NOT NULL,
    closed_on TEXT,
    closed_how TEXT NOT NULL,
    closed_by TEXT NOT NULL,
    closed_reason TEXT NOT NULL
) STRICT;

CREATE INDEX incidents_of_year ON incidents (programme_id);

CREATE TABLE incident_notes (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incidents(id),
    at TEXT NOT NULL,
    words TEXT NOT NULL,
    by TEXT NOT NULL,
    step TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX incident_notes_of ON incident_notes (incident_id);

CREATE TABLE incident_measures (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incidents(id),
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    planned_on TEXT,
    done_on TEXT
) STRICT;

CREATE INDEX incident_measures_of ON incident_measures (incident_id);

CREATE TABLE incident_rules (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL UNIQUE REFERENCES programmes(id),
    early_from INTEGER NOT NULL,
    early_to INTEGER NOT NULL,
    final_days INTEGER NOT NULL,
    long_days INTEGER NOT NULL,
    parties TEXT NOT NULL
) STRICT;
