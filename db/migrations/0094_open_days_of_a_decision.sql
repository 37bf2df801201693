-- How many open days a 決裁 takes: so many before a 公文書 must leave its 起案 goes up.

ALTER TABLE programmes ADD COLUMN decision_open_days INTEGER NOT NULL DEFAULT 3;
