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

-- What left of a letter that is 施行 already: last between its 決裁 and its 施行 (what was saved one by one left at one
-- moment), else first after it, which may say something else.
WITH left_then AS (
    SELECT o.*, l.id AS letter_id, date(o.at) > l.issued_on AS is_late, dense_rank() OVER (
        PARTITION BY l.id
        ORDER BY date(o.at) > l.issued_on, CASE WHEN date(o.at) > l.issued_on THEN julianday(o.at) ELSE -julianday(o.at) END
    ) AS turn
    FROM letters l JOIN outgoing o ON o.document_kind = l.document_kind AND o.event_id IS l.event_id
        AND o.programme_id IS l.programme_id AND o.organisation_id IS l.organisation_id
        AND COALESCE(NULLIF(o.ordinal, 0), o.version) = l.revision
    WHERE l.form = '公文書' AND l.state = '施行' AND o.format = 'pdf' AND o.copy_file_id IS NOT NULL AND o.way <> '取消'
        AND date(o.at) >= COALESCE(l.decided_on, l.issued_on)
        AND NOT EXISTS (SELECT 1 FROM outgoing t WHERE t.withdraws = o.id)
)
INSERT INTO kept_papers (
    letter_id, document_kind, position, addressee, entries, file_id, sha256, pages, source, "by", at, replaced
)
SELECT letter_id, document_kind, row_number() OVER (PARTITION BY letter_id ORDER BY id) - 1, '', '[]', copy_file_id,
    copy_sha256, COALESCE(pages, 0), CASE WHEN is_late THEN '移行（施行後の写し）' ELSE '移行' END, "by", at, 0
FROM left_then WHERE turn = 1;
