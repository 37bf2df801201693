-- The 補助金 of a 団体 has a name, its two days and how far it is. 会計の締切 of a year stands in its contract alone.

ALTER TABLE subsidies ADD COLUMN name TEXT NOT NULL DEFAULT '';

ALTER TABLE subsidies ADD COLUMN apply_by TEXT;

ALTER TABLE subsidies ADD COLUMN report_by TEXT;

ALTER TABLE subsidies ADD COLUMN state TEXT NOT NULL DEFAULT '';

ALTER TABLE subsidies ADD COLUMN state_on TEXT;

UPDATE programmes SET accounts_due = (
    SELECT max(day) FROM ward_days
    WHERE programme_id = programmes.id AND replace(title, 'の', '') LIKE '会計締切%' AND basis NOT LIKE '例の日付%'
) WHERE accounts_due IS NULL;

DELETE FROM ward_days WHERE replace(title, 'の', '') LIKE '会計締切%' AND done_on IS NULL AND (
    basis LIKE '例の日付%'
    OR day = (SELECT accounts_due FROM programmes WHERE programmes.id = ward_days.programme_id)
);

-- What differs is a day of the ward's own before it.
UPDATE ward_days SET title = '支払の起案' WHERE replace(title, 'の', '') LIKE '会計締切%';
