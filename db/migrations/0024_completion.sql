-- Completion: what was read from 業務完了届 and 請求書, each 検査, the steps of the payment, questions to the 会計課, and the last settings they need.

ALTER TABLE programmes ADD COLUMN accounts_due TEXT;

ALTER TABLE programmes ADD COLUMN invoice_seal TEXT NOT NULL DEFAULT '';

ALTER TABLE contractors ADD COLUMN account TEXT NOT NULL DEFAULT '';

ALTER TABLE contractors ADD COLUMN account_holder TEXT NOT NULL DEFAULT '';

CREATE TABLE paper_readings (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL UNIQUE REFERENCES received_papers(id),
    said TEXT NOT NULL,
    reasons TEXT NOT NULL,
    first_by TEXT NOT NULL,
    second_by TEXT NOT NULL,
    checked_on TEXT
) STRICT;

CREATE TABLE inspections (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    held_on TEXT NOT NULL,
    result TEXT NOT NULL,
    inspector_post TEXT NOT NULL,
    inspector TEXT NOT NULL,
    witness_post TEXT NOT NULL,
    witness TEXT NOT NULL,
    staff TEXT NOT NULL,
    repair TEXT NOT NULL,
    repair_due TEXT,
    repaired_on TEXT,
    open_reason TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE INDEX inspections_programme_id ON inspections(programme_id);

CREATE TABLE payments (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL UNIQUE REFERENCES programmes(id),
    ordered_on TEXT NOT NULL,
    order_number TEXT NOT NULL,
    paid_on TEXT,
    reason TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE account_questions (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    matter TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_on TEXT
) STRICT;

CREATE INDEX account_questions_programme_id ON account_questions(programme_id);
