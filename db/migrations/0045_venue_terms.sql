-- 区立施設, the day on which the ward named the place, and who pays for it (仕4(1)イ, 4(2)イ, 4(3)イ). Of an event and a
-- place from before nothing is known, and nothing is said.

ALTER TABLE events ADD COLUMN facility TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN venue_named_on TEXT;
ALTER TABLE events ADD COLUMN fee_payer TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN facility TEXT NOT NULL DEFAULT '';
