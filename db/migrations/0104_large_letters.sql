-- Who gets the letters of an event as a 拡大版 was chosen at the page and stored nowhere.

ALTER TABLE events ADD COLUMN large_letters TEXT NOT NULL DEFAULT '[]';
