-- Whether a 修正依頼 waits to be told: since this step it does. One asked for before was told outside of the program,
-- where it was told; its record says nothing of that, and nobody is asked for it.

ALTER TABLE received_papers ADD COLUMN asked_to_tell INTEGER NOT NULL DEFAULT 0;
