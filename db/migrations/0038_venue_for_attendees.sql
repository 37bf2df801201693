-- What a venue tells whoever comes: where the AED is, where to go in an earthquake or a fire, and a small map drawn from
-- five words, with who drew it and who permits that it is printed. What was noted before has none of it.

ALTER TABLE venues ADD COLUMN aed TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN refuge TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_station TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_exit TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_street TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_building TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_minutes INTEGER;
ALTER TABLE venues ADD COLUMN map_source TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_permission TEXT NOT NULL DEFAULT '';
ALTER TABLE venues ADD COLUMN map_file_id INTEGER REFERENCES stored_files(id);
