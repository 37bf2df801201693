-- What a report was when the contractor confirmed it, and what surrounded a tally when it was fixed, stays as it was then.

CREATE TABLE confirmed_states (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    report_id INTEGER REFERENCES reports(id),
    survey_id INTEGER REFERENCES event_surveys(id),
    content TEXT NOT NULL,
    CHECK ((report_id IS NOT NULL) + (survey_id IS NOT NULL) = 1)
) STRICT;

CREATE UNIQUE INDEX confirmed_states_report_id ON confirmed_states(report_id);

CREATE UNIQUE INDEX confirmed_states_survey_id ON confirmed_states(survey_id);
