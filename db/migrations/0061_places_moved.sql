-- To which place of another event somebody was moved.

ALTER TABLE entries ADD COLUMN moved_to INTEGER REFERENCES entries(id);
