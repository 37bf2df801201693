-- Whether those who came to an event get a 受講証.

ALTER TABLE events ADD COLUMN certificates INTEGER NOT NULL DEFAULT 0;
