-- What applicants wrote in their own words, with what was made of it; the condition under which somebody may be
-- photographed; and how often each value of a column came that was kept as numbers alone.

ALTER TABLE entries ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN words_use TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN photo_words TEXT NOT NULL DEFAULT '';
ALTER TABLE foreign_imports ADD COLUMN value_counts TEXT NOT NULL DEFAULT '{}';

UPDATE entries SET words = (SELECT note FROM applications WHERE applications.id = entries.application_id)
WHERE id IN (
    SELECT min(entries.id) FROM entries JOIN applications ON applications.id = entries.application_id
    WHERE applications.note <> '' AND applications.import_id IS NOT NULL GROUP BY applications.id
);
