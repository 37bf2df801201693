-- From when a contract runs, and on what it pays, are its own words; before, those of 令和8年度 stood in the program.

ALTER TABLE programmes ADD COLUMN term_begins TEXT NOT NULL DEFAULT '契約確定日の翌日';
ALTER TABLE programmes ADD COLUMN payment_condition TEXT NOT NULL
    DEFAULT '全ての委託業務の履行確認後、受託者からの書面による請求に基づき';
