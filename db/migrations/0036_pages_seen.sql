-- Which pages of a version were shown when it was judged; nobody ticks that. What was judged before has none.

ALTER TABLE material_versions ADD COLUMN looked TEXT NOT NULL DEFAULT '[]';
