-- A call may also confirm that somebody comes: without a decision, and about the day that was confirmed.

ALTER TABLE calls RENAME TO calls_old;

DROP INDEX calls_by_event_id;

CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    decision_id INTEGER REFERENCES change_decisions(id),
    target TEXT NOT NULL,
    organisation_id INTEGER REFERENCES organisations(id),
    entry_id INTEGER REFERENCES entries(id),
    whom TEXT NOT NULL,
    outcome TEXT NOT NULL,
    about_day TEXT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    again_at TEXT,
    note TEXT NOT NULL
) STRICT;

INSERT INTO calls (id, event_id, decision_id, target, organisation_id, entry_id, whom, outcome, at, by, again_at, note)
SELECT id, event_id, decision_id, target, organisation_id, entry_id, whom, outcome, at, by, again_at, note
FROM calls_old;

DROP TABLE calls_old;

CREATE INDEX calls_by_event_id ON calls (event_id);
