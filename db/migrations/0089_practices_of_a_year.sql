-- How an office words its letters, what it compares, is owed and how long it keeps stand in its year; before, the sentences
-- and the five papers of 令和8年度 of 練馬区 stood in the program. A year of anybody else has none of them, and is asked once.

ALTER TABLE programmes ADD COLUMN presidents TEXT NOT NULL DEFAULT '各町会・自治会会長 様';
ALTER TABLE programmes ADD COLUMN branches TEXT NOT NULL DEFAULT '各支部長 様';
ALTER TABLE programmes ADD COLUMN branch TEXT NOT NULL DEFAULT '支部';
ALTER TABLE programmes ADD COLUMN requirements TEXT NOT NULL DEFAULT '[]';
ALTER TABLE programmes ADD COLUMN owed TEXT NOT NULL DEFAULT '[]';
ALTER TABLE programmes ADD COLUMN retention TEXT NOT NULL DEFAULT '[]';
ALTER TABLE programmes ADD COLUMN practices_open INTEGER NOT NULL DEFAULT 0;

ALTER TABLE contract_terms ADD COLUMN presidents TEXT;
ALTER TABLE contract_terms ADD COLUMN branches TEXT;
ALTER TABLE contract_terms ADD COLUMN branch TEXT;
ALTER TABLE contract_terms ADD COLUMN requirements TEXT;
ALTER TABLE contract_terms ADD COLUMN owed TEXT;
ALTER TABLE contract_terms ADD COLUMN retention TEXT;

-- How long the last backup of a month is kept, as somebody set it for the folder; the newest row counts.
CREATE TABLE backup_rules (
    id INTEGER PRIMARY KEY,
    months INTEGER NOT NULL,
    basis TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

UPDATE programmes SET
    requirements = '[{"item":"接続数","text":"全員が使える環境","clause":"仕4(1)ク","compare":"講習会.接続数"},{"item":"消耗品","text":"資料は人数分","clause":"仕4(1)キ","compare":"講習会.消耗品"},{"item":"アンケート","text":"全参加者","clause":"仕4(1)ケ","compare":"講習会.アンケート"},{"item":"消耗品","text":"資料は人数分","clause":"仕4(2)キ","compare":"派遣.消耗品"},{"item":"接続数","text":"ないときは受託者が整備","clause":"仕4(2)ク","compare":"派遣.接続数"},{"item":"進行役","text":"各グループに配置","clause":"仕4(3)カ","compare":"意見交換会.進行役"},{"item":"消耗品","text":"人数分・模造紙ほか（区）","clause":"仕4(3)キ・ク","compare":"意見交換会.消耗品"},{"item":"接続数","text":"全員が使える環境","clause":"仕4(3)ク","compare":"意見交換会.接続数"},{"item":"アンケート","text":"全参加者","clause":"仕4(3)ケ","compare":"意見交換会.アンケート"},{"item":"次年度実施案および支援方針の提案","text":"","clause":"仕4(4)","compare":"年度.提案書"}]',
    owed = '[{"paper":"管理責任者選任届","when":"業務を始める日の前日まで","clause":"特6"},{"paper":"従事者・配置表の届","when":"業務を始める日の前日まで","clause":"特7"},{"paper":"教育実施報告書","when":"業務を始める日から14日","clause":"特9"},{"paper":"廃棄・消去証明書","when":"契約の終了まで（返還または廃棄・消去が終わったとき）","clause":"特22-2"},{"paper":"訓練の記録","when":"定期的に（契約の期間の半ばまでに1回）","clause":"特25-3"}]'
WHERE fiscal_year = 2026 AND title = '令和8年度 町会・自治会デジタル活用支援事業委託' AND EXISTS (
    SELECT 1 FROM offices o WHERE o.ward = '練馬区' AND (o.programme_id IS NULL OR o.programme_id = programmes.id)
);

UPDATE programmes SET practices_open = 1 WHERE requirements = '[]' AND closed_on IS NULL;
