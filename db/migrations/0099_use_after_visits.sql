-- What a 団体 still uses was said in the free words of a call alone, and no call said how many months after its visit it was.

ALTER TABLE dispatch_follow_ups ADD COLUMN months INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dispatch_follow_ups ADD COLUMN tools_in_use TEXT NOT NULL DEFAULT '[]';
