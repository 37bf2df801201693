-- How a telling was posted (差出日, 種別, 通数, 追跡番号), what came back of it, and who acts for whom while somebody is away.

ALTER TABLE acts ADD COLUMN posted_on TEXT;
ALTER TABLE acts ADD COLUMN post_sort TEXT NOT NULL DEFAULT '';
ALTER TABLE acts ADD COLUMN pieces INTEGER;
ALTER TABLE acts ADD COLUMN tracking TEXT NOT NULL DEFAULT '';

CREATE TABLE returned_letters (
    id INTEGER PRIMARY KEY,
    notification_id INTEGER NOT NULL REFERENCES acts(id),
    event_id INTEGER NOT NULL REFERENCES events(id),
    addressee TEXT NOT NULL,
    returned_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    "by" TEXT NOT NULL
) STRICT;

CREATE TABLE absences (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    colleague TEXT NOT NULL,
    begins_on TEXT NOT NULL,
    until TEXT NOT NULL,
    "by" TEXT NOT NULL
) STRICT;
