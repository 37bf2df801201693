-- How a difference to the contractor's tally was settled, why totals were fixed without one, and sheets half typed.

ALTER TABLE event_surveys ADD COLUMN settlements TEXT NOT NULL DEFAULT '{}';

ALTER TABLE event_surveys ADD COLUMN uncompared TEXT NOT NULL DEFAULT '';

CREATE TABLE sheet_drafts (
    id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL REFERENCES event_surveys(id),
    number INTEGER NOT NULL,
    second INTEGER NOT NULL DEFAULT 0 CHECK (second IN (0, 1)),
    sheet_id INTEGER NOT NULL DEFAULT 0,
    answers TEXT NOT NULL DEFAULT '{}',
    answered TEXT NOT NULL DEFAULT '[]',
    place INTEGER NOT NULL DEFAULT 0,
    typist TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX sheet_drafts_survey_id ON sheet_drafts(survey_id);
