-- The day on which another contact took the place of one, which stays for what was sent to it.

ALTER TABLE contacts ADD COLUMN ended_on TEXT;
