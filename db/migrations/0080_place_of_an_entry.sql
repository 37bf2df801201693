-- The place that somebody had before 辞退, 欠席 or a move to another event, so that it is given back and not guessed.

ALTER TABLE entries ADD COLUMN state_before TEXT;
ALTER TABLE entries ADD COLUMN waiting_before INTEGER;
