-- A kind of event says for whom it is, what is done, and where 「程度」 belongs. Before, the program knew this of all
-- contracts alike: every number of people and every length was 「程度」, what was done followed from the form, and the
-- room of the ward always had its internet.

ALTER TABLE kind_numbers ADD COLUMN people_strict INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kind_numbers ADD COLUMN minutes_strict INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kind_numbers ADD COLUMN question_time TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN audience TEXT NOT NULL DEFAULT '';
ALTER TABLE kind_numbers ADD COLUMN content TEXT NOT NULL DEFAULT '[]';

UPDATE kind_numbers SET
    question_time = '質問・個別相談',
    content = CASE form
        WHEN '派遣' THEN '["オリエンテーション（目的・ゴールの確認）","初期設定の確認、セッティングの支援","実践操作（投稿・配信）","運用ルール構築支援","質疑応答"]'
        WHEN '意見交換' THEN '["趣旨説明","参加者自己紹介","デジタル活用の先進事例紹介","課題抽出","課題の分類、選定","解決策の検討","発表","講師によるまとめ"]'
        ELSE '["活用事例の紹介","比較、メリットおよびデメリットの説明","運用上の注意点","操作体験","質問・個別相談"]' END,
    ward_supplies = CASE WHEN form = '派遣' THEN ward_supplies
        ELSE json_insert(ward_supplies, '$[#]', 'インターネット環境') END;
