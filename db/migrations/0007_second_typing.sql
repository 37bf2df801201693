-- Who typed a paper sheet first, and what the first typing was when somebody else typed it again.

ALTER TABLE answer_sheets ADD COLUMN typed_by TEXT NOT NULL DEFAULT '';

ALTER TABLE second_entries ADD COLUMN first_answers TEXT NOT NULL DEFAULT '{}';
