-- 応対メモ: who asked what, who answers it until when. Caller and number are erased with the year.

CREATE TABLE contact_memos (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    received_at TEXT NOT NULL,
    way TEXT NOT NULL,
    sort TEXT NOT NULL,
    caller TEXT NOT NULL,
    phone TEXT NOT NULL,
    organisation_id INTEGER REFERENCES organisations(id),
    event_id INTEGER REFERENCES events(id),
    about TEXT NOT NULL,
    answerer TEXT NOT NULL,
    answer_by TEXT,
    answer TEXT NOT NULL,
    answered_on TEXT,
    "by" TEXT NOT NULL
) STRICT;
