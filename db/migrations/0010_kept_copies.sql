-- What was issued stays: the kept copy of what left, who stands in it, for whom a print was made, which row a 取消 takes back.

ALTER TABLE outgoing ADD COLUMN copy_file_id INTEGER REFERENCES stored_files(id);

ALTER TABLE outgoing ADD COLUMN copy_sha256 TEXT;

ALTER TABLE outgoing ADD COLUMN copy_erased_on TEXT;

ALTER TABLE outgoing ADD COLUMN print_use TEXT NOT NULL DEFAULT '';

ALTER TABLE outgoing ADD COLUMN withdraws INTEGER REFERENCES outgoing(id);

UPDATE outgoing SET withdraws = (
    SELECT taken.id FROM outgoing AS taken
    WHERE taken.id = CAST(json_extract(outgoing.detail, '$."もとの記録"') AS INTEGER)
) WHERE way = '取消';

CREATE TABLE outgoing_people (
    id INTEGER PRIMARY KEY,
    outgoing_id INTEGER NOT NULL REFERENCES outgoing(id),
    person_id INTEGER NOT NULL
) STRICT;

CREATE INDEX outgoing_people_outgoing_id ON outgoing_people(outgoing_id);

CREATE INDEX outgoing_people_person_id ON outgoing_people(person_id);

CREATE TABLE outgoing_organisations (
    id INTEGER PRIMARY KEY,
    outgoing_id INTEGER NOT NULL REFERENCES outgoing(id),
    organisation_id INTEGER NOT NULL
) STRICT;

CREATE INDEX outgoing_organisations_outgoing_id ON outgoing_organisations(outgoing_id);

CREATE INDEX outgoing_organisations_organisation_id ON outgoing_organisations(organisation_id);

ALTER TABLE programmes ADD COLUMN copy_years INTEGER NOT NULL DEFAULT 5;
