-- What a contract says was held in the year before belongs to its kind of event; before, the numbers of 令和7年度 stood in the
-- program.

ALTER TABLE kind_numbers ADD COLUMN held_last_year TEXT NOT NULL DEFAULT '{}';
ALTER TABLE kind_numbers ADD COLUMN held_last_year_source TEXT NOT NULL DEFAULT '';

UPDATE kind_numbers SET
    held_last_year = '{"事例紹介講習会":1,"LINE講習会":1,"Instagram講習会":1,"キャッシュレス決済講習会":1}',
    held_last_year_source = '「令和7年度デジタル活用講習会実績」'
WHERE title = 'デジタル活用講習会' AND EXISTS (
    SELECT 1 FROM programmes WHERE programmes.id = kind_numbers.programme_id AND fiscal_year = 2026
);
