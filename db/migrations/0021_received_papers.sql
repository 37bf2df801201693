-- One received paper for every kind: reports that came in as a file move here with their id; what is made here stays a report.

CREATE TABLE received_papers (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    event_id INTEGER REFERENCES events(id),
    programme_id INTEGER REFERENCES programmes(id),
    version INTEGER NOT NULL,
    file_id INTEGER REFERENCES stored_files(id),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER,
    received_on TEXT NOT NULL,
    received_time TEXT NOT NULL,
    received_how TEXT NOT NULL,
    received_from TEXT NOT NULL,
    receipt_number TEXT NOT NULL,
    original_place TEXT NOT NULL,
    keep_years INTEGER,
    sensitive TEXT NOT NULL,
    encrypted TEXT NOT NULL,
    points TEXT NOT NULL,
    status TEXT NOT NULL,
    asked_on TEXT,
    asked_by TEXT NOT NULL,
    correction_due TEXT,
    correction_text TEXT NOT NULL,
    checked_on TEXT,
    checked_by TEXT NOT NULL,
    note TEXT NOT NULL,
    CHECK ((event_id IS NOT NULL) + (programme_id IS NOT NULL) = 1)
) STRICT;

CREATE INDEX received_papers_event_id ON received_papers(event_id);

CREATE INDEX received_papers_programme_id ON received_papers(programme_id);

CREATE INDEX received_papers_file_id ON received_papers(file_id);

INSERT INTO received_papers (id, kind, event_id, version, file_id, file_name, sha256, pages, received_on, received_time,
    received_how, received_from, receipt_number, original_place, sensitive, encrypted, points, status, asked_on, asked_by,
    correction_text, checked_on, checked_by, note)
SELECT id, '実施報告書', event_id, version, file_id, file_name, sha256, pages, received_on, '',
    received_how, '', receipt_number, original_place, '', '',
    (SELECT json_group_object(key, json_object('result', CASE WHEN value THEN '○' ELSE 'なし' END, 'page', '', 'note', ''))
        FROM json_each(reports.points)),
    CASE WHEN status IN ('修正依頼', '確認済') THEN status ELSE '区が確認中' END,
    CASE WHEN status = '修正依頼' THEN checked_on END, CASE WHEN status = '修正依頼' THEN checked_by ELSE '' END,
    '', CASE WHEN status = '修正依頼' THEN NULL ELSE checked_on END,
    CASE WHEN status = '修正依頼' THEN '' ELSE checked_by END, note
FROM reports WHERE way = '受領' AND received_on IS NOT NULL;

CREATE TABLE report_figures_of_received (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES received_papers(id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    theirs TEXT NOT NULL,
    ours TEXT NOT NULL,
    source TEXT NOT NULL,
    page TEXT NOT NULL,
    handling TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

INSERT INTO report_figures_of_received (id, report_id, position, item, theirs, ours, source, page, handling, reason)
SELECT id, report_id, position, item, theirs, ours, source, page, handling, reason FROM report_figures;

DROP TABLE report_figures;

ALTER TABLE report_figures_of_received RENAME TO report_figures;

CREATE INDEX report_figures_report_id ON report_figures(report_id);

DELETE FROM reports WHERE id IN (SELECT id FROM received_papers)
    AND id NOT IN (SELECT report_id FROM confirmed_states WHERE report_id IS NOT NULL)
    AND id NOT IN (SELECT report_id FROM report_photos);
