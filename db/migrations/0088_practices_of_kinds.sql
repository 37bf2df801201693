-- What a kind of event counts, how 団体 are called for visits, and what lies between a request and its visits are facts
-- of the year; before, the program did with all contracts what 練馬区 does. Its 令和8年度 gets what it did. Elsewhere a
-- unit that is no word of ours counted events: from now on visits count 団体 unless their unit says that they do not.

ALTER TABLE kind_numbers ADD COLUMN counted TEXT NOT NULL DEFAULT '回';
ALTER TABLE kind_numbers ADD COLUMN recruitment TEXT NOT NULL DEFAULT '回ごと';
ALTER TABLE kind_numbers ADD COLUMN visits_per_request INTEGER NOT NULL DEFAULT 1;
ALTER TABLE kind_numbers ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE kind_numbers ADD COLUMN follow_up_months TEXT NOT NULL DEFAULT '[]';
ALTER TABLE kind_numbers ADD COLUMN follow_up_by TEXT NOT NULL DEFAULT '団体';
ALTER TABLE dispatch_wishes ADD COLUMN kind TEXT NOT NULL DEFAULT '';

UPDATE kind_numbers SET
    counted = CASE WHEN planned_unit = '団体' OR (form = '派遣' AND planned_unit NOT IN ('回', '件', '日', '講座'))
        THEN '団体' ELSE '回' END,
    steps = CASE form WHEN '派遣' THEN '["ヒアリング","協議","選定"]' ELSE '[]' END;

UPDATE kind_numbers SET recruitment = '年1回', follow_up_months = '[3]'
WHERE form = '派遣' AND programme_id IN (
    SELECT id FROM programmes WHERE fiscal_year = 2026 AND title = '令和8年度 町会・自治会デジタル活用支援事業委託'
    AND EXISTS (SELECT 1 FROM offices WHERE offices.programme_id = programmes.id AND ward = '練馬区'));

UPDATE dispatch_wishes SET kind = coalesce((
    SELECT kind FROM kind_numbers WHERE kind_numbers.programme_id = dispatch_wishes.programme_id AND form = '派遣'
    ORDER BY position, id LIMIT 1), '');
