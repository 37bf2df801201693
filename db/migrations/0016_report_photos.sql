-- Pictures of a report: the file lies with the other kept files, what it shows and how consent was given stands here.

CREATE TABLE report_photos (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    position INTEGER NOT NULL,
    file_id INTEGER NOT NULL REFERENCES stored_files(id),
    taken_at TEXT NOT NULL DEFAULT '',
    scene TEXT NOT NULL DEFAULT '',
    seen TEXT NOT NULL DEFAULT '',
    consent TEXT NOT NULL DEFAULT '',
    permitted TEXT NOT NULL DEFAULT '',
    treated TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX report_photos_report_id ON report_photos(report_id);
CREATE INDEX report_photos_file_id ON report_photos(file_id);
