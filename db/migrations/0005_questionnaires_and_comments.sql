-- Masters with their year and agreement, second entries, free texts grouped by hand.

ALTER TABLE questionnaires ADD COLUMN fiscal_year INTEGER;

ALTER TABLE questionnaires ADD COLUMN agreed_on TEXT;

ALTER TABLE questionnaires ADD COLUMN agreed_with TEXT NOT NULL DEFAULT '';

ALTER TABLE questionnaires ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;

ALTER TABLE questionnaires ADD COLUMN note TEXT NOT NULL DEFAULT '';

ALTER TABLE event_surveys ADD COLUMN questionnaire_id INTEGER REFERENCES questionnaires(id);

ALTER TABLE event_surveys ADD COLUMN large_copies INTEGER NOT NULL DEFAULT 0;

CREATE TABLE second_entries (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES answer_sheets(id),
    answers TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_at TEXT,
    settled_by TEXT NOT NULL
) STRICT;

CREATE TABLE comment_themes (
    id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL REFERENCES event_surveys(id),
    question_code TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE comment_marks (
    id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL REFERENCES event_surveys(id),
    sheet_id INTEGER NOT NULL REFERENCES answer_sheets(id),
    question_code TEXT NOT NULL,
    theme_id INTEGER REFERENCES comment_themes(id),
    quoted INTEGER NOT NULL,
    quote TEXT NOT NULL
) STRICT;

CREATE INDEX second_entries_by_sheet_id ON second_entries (sheet_id);

CREATE INDEX comment_themes_by_survey_id ON comment_themes (survey_id);

CREATE INDEX comment_marks_by_survey_id ON comment_marks (survey_id);
