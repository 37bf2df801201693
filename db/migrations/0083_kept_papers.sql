-- Each letter of a 公文書 and its 起案資料 as put up for 決裁: content from 起案 on, pages from 施行 on, one row an addressee. A row of the
-- log names the kept letters that left with it instead of holding a copy of all of them.

CREATE TABLE kept_papers (
    id INTEGER PRIMARY KEY,
    letter_id INTEGER NOT NULL REFERENCES letters(id),
    document_kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    addressee TEXT NOT NULL,
    entries TEXT NOT NULL,
    content_file_id INTEGER REFERENCES stored_files(id),
    file_id INTEGER REFERENCES stored_files(id),
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    source TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    replaced INTEGER NOT NULL,
    erased_on TEXT
) STRICT;

CREATE INDEX kept_papers_letter_id ON kept_papers(letter_id);

CREATE TABLE letter_answers (
    id INTEGER PRIMARY KEY,
    letter_id INTEGER NOT NULL REFERENCES letters(id),
    document_kind TEXT NOT NULL,
    difference TEXT NOT NULL,
    answer TEXT NOT NULL,
    told_on TEXT,
    told_how TEXT NOT NULL,
    told_to TEXT NOT NULL,
    reason TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX letter_answers_letter_id ON letter_answers(letter_id);

-- How a letter was decided: by a deputy, with a review afterwards, or by word of mouth (急施) with a 起案 that follows.

ALTER TABLE letters ADD COLUMN decision_way TEXT NOT NULL DEFAULT '決裁';
ALTER TABLE letters ADD COLUMN decided_at TEXT;
ALTER TABLE letters ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN heard_by TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN drafted_on TEXT;

ALTER TABLE outgoing ADD COLUMN kept_papers TEXT NOT NULL DEFAULT '[]';
