-- An event that was broken off on its day: when, why, who was there, and whether it counts, as agreed with the contractor.

ALTER TABLE event_results ADD COLUMN ended_at TEXT NOT NULL DEFAULT '';
ALTER TABLE event_results ADD COLUMN cut_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE event_results ADD COLUMN people_at_end INTEGER;
ALTER TABLE event_results ADD COLUMN cut_short TEXT NOT NULL DEFAULT '';
ALTER TABLE event_results ADD COLUMN agreement_id INTEGER REFERENCES agreements(id);
CREATE INDEX event_results_agreement_id ON event_results(agreement_id);
