-- Which 特記事項 is part of a contract stands in the contract; before, every contract cited that of 練馬区.

ALTER TABLE programmes ADD COLUMN annex TEXT NOT NULL DEFAULT '情報の保護および管理に関する特記事項';
