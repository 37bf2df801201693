ALTER TABLE event_surveys ADD COLUMN contractor_counts TEXT NOT NULL DEFAULT '{}';

ALTER TABLE event_surveys ADD COLUMN checked_by TEXT NOT NULL DEFAULT '';

ALTER TABLE event_surveys ADD COLUMN checked_on TEXT;
