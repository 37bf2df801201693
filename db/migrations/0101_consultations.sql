-- Where the contract prints what was held in the year before is said with its heading; until now the clause of the
-- contents stood before it.
UPDATE kind_numbers SET held_last_year_source = '仕様書' || substr(clause_content, 2) || held_last_year_source
    WHERE held_last_year_source <> '' AND clause_content LIKE '仕%';

-- Day, contents and equipment of every event were agreed with the contractor; an office that does not writes none.
UPDATE kind_numbers SET steps = '["協議"]' WHERE form <> '派遣';
