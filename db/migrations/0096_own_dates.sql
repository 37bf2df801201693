-- Which days an office sets itself is its own practice; before, every year had these three.

ALTER TABLE programmes ADD COLUMN own_dates TEXT NOT NULL DEFAULT '["中間集計","復元の点検","会計の締切"]';

-- Likewise, every survey was to be answered online too.
ALTER TABLE kind_numbers ADD COLUMN surveys_online INTEGER NOT NULL DEFAULT 1;

-- The chapters of a report that no contract asks for stood in the program, by the form of a kind.
ALTER TABLE kind_numbers ADD COLUMN report_extras TEXT NOT NULL DEFAULT '[]';
UPDATE kind_numbers SET report_extras = CASE form
    WHEN '派遣' THEN '["事前ヒアリングと課題","到達状況","フォローアップ"]'
    WHEN '意見交換' THEN '["講義","まとめ"]'
    ELSE '["課題と次回への改善"]'
END;

-- People were received half an hour before an event, in every office.
ALTER TABLE programmes ADD COLUMN reception_minutes INTEGER NOT NULL DEFAULT 30;
