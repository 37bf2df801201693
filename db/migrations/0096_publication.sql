-- Whether pictures may be published, where a form asks for that apart from photographing; empty: as for photographing.
-- Up to now a 同意 to something else (個人情報の取扱い) counted as 撮影 可, so files that brought one are to be compared.

ALTER TABLE entries ADD COLUMN publication TEXT NOT NULL DEFAULT '';

UPDATE foreign_imports SET reading = 0 WHERE reading = 1 AND target = '申込' AND id IN (
    SELECT applications.import_id FROM applications JOIN entries ON entries.application_id = applications.id
    WHERE entries.photo = '可'
);
