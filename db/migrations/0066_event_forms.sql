-- How an event works (講習, 派遣, 意見交換) has a column of its own, at the kind of a year's contract and copied to each event;
-- before, the name of the kind decided it.

ALTER TABLE kind_numbers ADD COLUMN form TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN form TEXT NOT NULL DEFAULT '';

UPDATE kind_numbers SET form = CASE kind WHEN '派遣' THEN '派遣' WHEN '意見交換会' THEN '意見交換' ELSE '講習' END;
UPDATE events SET form = CASE kind WHEN '派遣' THEN '派遣' WHEN '意見交換会' THEN '意見交換' ELSE '講習' END;
