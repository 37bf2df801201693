-- What people ask of their own data: mistakes they point out, and requests of 開示, 訂正 and 利用停止 with their steps.

CREATE TABLE mistake_reports (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    person_id INTEGER NOT NULL REFERENCES people(id),
    about TEXT NOT NULL,
    said_by TEXT NOT NULL,
    received_on TEXT NOT NULL,
    way TEXT NOT NULL,
    done TEXT NOT NULL,
    done_on TEXT,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX mistake_reports_of ON mistake_reports (person_id);

CREATE TABLE data_requests (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person_id INTEGER REFERENCES people(id),
    requester TEXT NOT NULL,
    contact TEXT NOT NULL,
    capacity TEXT NOT NULL,
    agent TEXT NOT NULL,
    proof TEXT NOT NULL,
    asked TEXT NOT NULL,
    received_on TEXT NOT NULL,
    section_on TEXT,
    disclosed_on TEXT,
    days INTEGER NOT NULL,
    extra_days INTEGER NOT NULL,
    basis TEXT NOT NULL,
    extended_on TEXT,
    extension_reason TEXT NOT NULL,
    late_until TEXT,
    decision TEXT NOT NULL,
    decided_on TEXT,
    notified_on TEXT,
    notice_number TEXT NOT NULL,
    reason TEXT NOT NULL,
    stops_letters INTEGER NOT NULL,
    stops_lists INTEGER NOT NULL,
    stops_exports INTEGER NOT NULL,
    ended_on TEXT,
    carried_out_on TEXT,
    carried_out_how TEXT NOT NULL,
    sheets INTEGER,
    cost INTEGER,
    paid_on TEXT,
    appealed_on TEXT,
    appeal_result TEXT NOT NULL,
    appeal_ended_on TEXT,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX data_requests_of ON data_requests (person_id);

CREATE TABLE request_steps (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES data_requests(id),
    sort TEXT NOT NULL,
    whom TEXT NOT NULL,
    what TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    answered_on TEXT,
    opposes INTEGER NOT NULL
) STRICT;

CREATE INDEX request_steps_of ON request_steps (request_id);

CREATE TABLE request_terms (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL UNIQUE,
    days INTEGER NOT NULL,
    extra_days INTEGER NOT NULL,
    basis TEXT NOT NULL,
    sheet_cost INTEGER,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
