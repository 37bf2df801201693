-- Who told at the door to come late, or came late.

ALTER TABLE entries ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
