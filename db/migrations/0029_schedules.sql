-- Candidate dates of a year before any event moves, the ward's own calendar, and what a 団体 told in advance.

CREATE TABLE schedule_plans (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    made_on TEXT NOT NULL,
    made_by TEXT NOT NULL DEFAULT '',
    applied_on TEXT
) STRICT;

CREATE INDEX schedule_plans_programme_id ON schedule_plans(programme_id);

CREATE TABLE schedule_candidates (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES schedule_plans(id),
    position INTEGER NOT NULL,
    event_id INTEGER REFERENCES events(id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    organisation_name TEXT NOT NULL DEFAULT '',
    typed TEXT NOT NULL DEFAULT '',
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    venue TEXT NOT NULL DEFAULT '',
    room TEXT NOT NULL DEFAULT '',
    lecturer TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    nature TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX schedule_candidates_plan_id ON schedule_candidates(plan_id);

CREATE INDEX schedule_candidates_event_id ON schedule_candidates(event_id);

CREATE TABLE ward_days (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    title TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL,
    basis TEXT NOT NULL DEFAULT '',
    done_on TEXT,
    done_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX ward_days_programme_id ON ward_days(programme_id);

CREATE TABLE planned_changes (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    furigana TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    applied_on TEXT
) STRICT;

CREATE INDEX planned_changes_organisation_id ON planned_changes(organisation_id);
