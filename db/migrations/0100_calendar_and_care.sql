-- Every file said of every entry that it was changed when the file was saved. NULL = not known, of files before this.

ALTER TABLE calendar_entries ADD COLUMN changed_at TEXT;

-- What can be arranged for people stood in the program. NULL in a 契約変更 = as before.
ALTER TABLE programmes ADD COLUMN care_offered TEXT NOT NULL DEFAULT '手話、要約筆記、車いすの席、大きい字の資料など';
ALTER TABLE contract_terms ADD COLUMN care_offered TEXT;

-- The form said that what is written there goes to the contractor, so what is there was written for him.
ALTER TABLE arrangements ADD COLUMN to_contractor TEXT NOT NULL DEFAULT '';
UPDATE arrangements SET to_contractor = '伝えてよい';
ALTER TABLE arrangements ADD COLUMN refused_because TEXT NOT NULL DEFAULT '';
ALTER TABLE arrangements ADD COLUMN offered TEXT NOT NULL DEFAULT '';
