-- Settings belong to a year and hold from a day; papers, texts and dates may hang on a year or a 団体; a year is closed by hand.

ALTER TABLE programmes ADD COLUMN closed_on TEXT;

ALTER TABLE programmes ADD COLUMN closed_reason TEXT NOT NULL DEFAULT '';

CREATE TABLE contract_terms (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    valid_from TEXT NOT NULL,
    reason TEXT NOT NULL,
    term_end TEXT NOT NULL,
    proposal_period TEXT NOT NULL,
    payment_period TEXT NOT NULL
) STRICT;

CREATE INDEX contract_terms_programme_id ON contract_terms(programme_id);

ALTER TABLE kind_numbers ADD COLUMN valid_from TEXT;

ALTER TABLE kind_numbers ADD COLUMN reason TEXT NOT NULL DEFAULT '';

ALTER TABLE offices ADD COLUMN programme_id INTEGER REFERENCES programmes(id);

ALTER TABLE offices ADD COLUMN valid_from TEXT;

ALTER TABLE offices ADD COLUMN reason TEXT NOT NULL DEFAULT '';

ALTER TABLE contractors ADD COLUMN programme_id INTEGER REFERENCES programmes(id);

ALTER TABLE contractors ADD COLUMN valid_from TEXT;

ALTER TABLE contractors ADD COLUMN reason TEXT NOT NULL DEFAULT '';

ALTER TABLE paper_settings ADD COLUMN programme_id INTEGER REFERENCES programmes(id);

ALTER TABLE paper_settings ADD COLUMN valid_from TEXT;

ALTER TABLE paper_settings ADD COLUMN reason TEXT NOT NULL DEFAULT '';

UPDATE offices SET programme_id = (SELECT id FROM programmes ORDER BY fiscal_year DESC, id DESC LIMIT 1);

UPDATE contractors SET programme_id = (SELECT id FROM programmes ORDER BY fiscal_year DESC, id DESC LIMIT 1);

UPDATE paper_settings SET programme_id = (SELECT id FROM programmes ORDER BY fiscal_year DESC, id DESC LIMIT 1);

CREATE TABLE letters_of_scopes (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    programme_id INTEGER REFERENCES programmes(id),
    organisation_id INTEGER REFERENCES organisations(id),
    document_kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    form TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_on TEXT,
    document_number TEXT NOT NULL,
    issued_on TEXT,
    CHECK ((event_id IS NOT NULL) + (programme_id IS NOT NULL) + (organisation_id IS NOT NULL) = 1)
) STRICT;

INSERT INTO letters_of_scopes (id, event_id, document_kind, revision, form, state, decided_on, document_number, issued_on)
SELECT id, event_id, document_kind, revision, form, state, decided_on, document_number, issued_on FROM letters;

DROP TABLE letters;

ALTER TABLE letters_of_scopes RENAME TO letters;

CREATE INDEX letters_event_id ON letters(event_id);

CREATE TABLE paper_texts_of_scopes (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    programme_id INTEGER REFERENCES programmes(id),
    organisation_id INTEGER REFERENCES organisations(id),
    document_kind TEXT NOT NULL,
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    CHECK ((event_id IS NOT NULL) + (programme_id IS NOT NULL) + (organisation_id IS NOT NULL) = 1)
) STRICT;

INSERT INTO paper_texts_of_scopes (id, event_id, document_kind, part, text)
SELECT id, event_id, document_kind, part, text FROM paper_texts;

DROP TABLE paper_texts;

ALTER TABLE paper_texts_of_scopes RENAME TO paper_texts;

CREATE TABLE deadline_overrides_of_scopes (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    programme_id INTEGER REFERENCES programmes(id),
    task TEXT NOT NULL,
    due TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    CHECK ((event_id IS NOT NULL) + (programme_id IS NOT NULL) = 1)
) STRICT;

INSERT INTO deadline_overrides_of_scopes (id, event_id, task, due, reason, by, at)
SELECT id, event_id, task, due, reason, by, at FROM deadline_overrides;

DROP TABLE deadline_overrides;

ALTER TABLE deadline_overrides_of_scopes RENAME TO deadline_overrides;

CREATE INDEX deadline_overrides_event_id ON deadline_overrides(event_id);

ALTER TABLE outgoing ADD COLUMN programme_id INTEGER REFERENCES programmes(id);

ALTER TABLE outgoing ADD COLUMN organisation_id INTEGER REFERENCES organisations(id);

CREATE TABLE task_closings (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    task TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX task_closings_programme_id ON task_closings(programme_id);
