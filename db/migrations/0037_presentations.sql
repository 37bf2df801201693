-- Who tells an example at an event: the request, the 承諾書 and the seven uses that it allows. Contact and handout may go:
-- their numbers then lead nowhere.

CREATE TABLE presentations (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    of_contractor INTEGER NOT NULL DEFAULT 0,
    organisation_id INTEGER REFERENCES organisations(id),
    organisation_name TEXT NOT NULL DEFAULT '',
    addressed TEXT NOT NULL DEFAULT '',
    asked TEXT NOT NULL DEFAULT '',
    start_time TEXT NOT NULL DEFAULT '',
    minutes INTEGER,
    questions INTEGER,
    answer_by TEXT,
    answer TEXT NOT NULL DEFAULT '',
    answered_on TEXT,
    received_by TEXT NOT NULL DEFAULT '',
    presenter TEXT NOT NULL DEFAULT '',
    contact_id INTEGER,
    material TEXT NOT NULL DEFAULT '',
    sheets INTEGER,
    material_id INTEGER,
    use_handout INTEGER NOT NULL DEFAULT 0,
    use_report INTEGER NOT NULL DEFAULT 0,
    use_web INTEGER NOT NULL DEFAULT 0,
    use_report_photo INTEGER NOT NULL DEFAULT 0,
    use_web_photo INTEGER NOT NULL DEFAULT 0,
    pictured_agree INTEGER NOT NULL DEFAULT 0,
    tell_number INTEGER NOT NULL DEFAULT 0,
    original_place TEXT NOT NULL DEFAULT '',
    dispose_on TEXT,
    withdrawn_on TEXT,
    withdrawn_words TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX presentations_event_id ON presentations(event_id);

CREATE INDEX presentations_organisation_id ON presentations(organisation_id);

