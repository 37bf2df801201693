-- A kind of event holds what its contract calls it and asks of it; before, the program knew this by the kind's name.
-- A kind that the program did not know gets what holds for its form. The clauses that belong to no kind are the year's.

ALTER TABLE kind_numbers ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN name_in_text TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN sign TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN lecturer TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kind_numbers ADD COLUMN questionnaire TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN lends_devices INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kind_numbers ADD COLUMN ward_supplies TEXT NOT NULL DEFAULT '[]';
ALTER TABLE kind_numbers ADD COLUMN report_items TEXT NOT NULL DEFAULT '{}';
ALTER TABLE kind_numbers ADD COLUMN people_text TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN clause_item TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN clause_target TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN clause_venue TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN clause_recruitment TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN clause_selection TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN clause_discussion TEXT NOT NULL DEFAULT '';

ALTER TABLE programmes ADD COLUMN clause_purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE programmes ADD COLUMN clause_term TEXT NOT NULL DEFAULT '';
ALTER TABLE programmes ADD COLUMN clause_proposal TEXT NOT NULL DEFAULT '';
ALTER TABLE programmes ADD COLUMN clause_payment TEXT NOT NULL DEFAULT '';
ALTER TABLE programmes ADD COLUMN clause_annexes TEXT NOT NULL DEFAULT '';

UPDATE programmes SET clause_purpose = '仕1', clause_term = '仕3', clause_proposal = '仕4(4)', clause_payment = '仕5',
    clause_annexes = '仕6';

UPDATE kind_numbers SET
    title = CASE kind WHEN '講習会' THEN 'デジタル活用講習会' WHEN '派遣' THEN 'アドバイザー派遣による個別支援'
        WHEN '意見交換会' THEN 'デジタル意見交換会' ELSE kind END,
    name = kind,
    name_in_text = CASE kind WHEN '派遣' THEN 'アドバイザー派遣' ELSE kind END,
    sign = substr(kind, 1, 1),
    lecturer = CASE form WHEN '派遣' THEN 'アドバイザー' ELSE '講師' END,
    position = CASE kind WHEN '講習会' THEN 1 WHEN '派遣' THEN 2 WHEN '意見交換会' THEN 3 ELSE 3 + id END,
    questionnaire = CASE form WHEN '派遣' THEN '' WHEN '意見交換' THEN 'exchange' ELSE 'lecture' END,
    lends_devices = form = '講習',
    ward_supplies = CASE form WHEN '派遣' THEN '[]'
        WHEN '意見交換' THEN '["マイク","ホワイトボード","プロジェクター","スクリーン","模造紙","付箋","マーカー"]'
        ELSE '["マイク","ホワイトボード","プロジェクター","スクリーン"]' END,
    report_items = CASE form WHEN '派遣' THEN '{"実施内容":"実施内容","今後の支援方針":"支援方針"}'
        WHEN '意見交換' THEN '{"講義・グループワークの討議内容":"討議内容","アンケートの集計結果":"集計結果","講師からの所感":"所感"}'
        ELSE '{"実施内容":"実施内容","アンケートの集計結果":"集計結果","講師からの所感":"所感"}' END,
    people_text = CASE kind
        WHEN '講習会' THEN '各回10人から20人程度。参加者の募集は区が行い、各講習会実施日の5日前までに、参加人数を受託者に連絡する。'
        WHEN '派遣' THEN '各回10人程度。参加者の募集は区が行い、各アドバイザー派遣実施日の5日前までに、参加人数を受託者に連絡する。'
        WHEN '意見交換会' THEN '各回10人から20人程度。参加者の募集は区が行い、各意見交換会実施日の5日前までに、参加人数を受託者に連絡する。'
        ELSE '' END,
    clause_item = CASE WHEN clause_people LIKE '%)_' THEN substr(clause_people, 1, length(clause_people) - 1) ELSE '' END,
    clause_venue = CASE WHEN clause_people LIKE '%)_' THEN substr(clause_people, 1, length(clause_people) - 1) || 'イ'
        ELSE '' END,
    clause_recruitment = CASE WHEN form = '派遣' AND clause_people LIKE '%)_'
        THEN substr(clause_people, 1, length(clause_people) - 1) ELSE clause_people END,
    clause_target = CASE WHEN form = '派遣' AND clause_people LIKE '%)_'
        THEN substr(clause_people, 1, length(clause_people) - 1) || '柱書' ELSE '' END,
    clause_selection = CASE WHEN form = '派遣' AND clause_people LIKE '%)_'
        THEN substr(clause_people, 1, length(clause_people) - 1) ELSE '' END,
    clause_discussion = CASE form WHEN '意見交換' THEN clause_content ELSE '' END;
