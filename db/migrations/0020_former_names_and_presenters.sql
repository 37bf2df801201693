-- Former names of 団体 and people, found however long ago: which action of the journal changed a name, and both as keys. Derived from the journal, and gone with what is erased there.

CREATE TABLE former_names (
    seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (what, row_id, seq)
) STRICT, WITHOUT ROWID;

INSERT OR REPLACE INTO former_names (seq, what, row_id, key) SELECT j.seq, json_extract(c.value, '$.table'), json_extract(c.value, '$.row_id'), name_key(json_extract(c.value, '$.before.name')) || '|' || name_key(json_extract(c.value, '$.after.name')) FROM journal j, json_each(CASE WHEN instr(j.payload, '"name"') > 0 AND (instr(j.payload, '"organisations"') > 0 OR instr(j.payload, '"people"') > 0) THEN j.payload ELSE '[]' END) c WHERE json_extract(c.value, '$.table') IN ('organisations', 'people') AND json_extract(c.value, '$.before.name') <> json_extract(c.value, '$.after.name');

CREATE TRIGGER organisation_renamed AFTER UPDATE OF name ON organisations WHEN old.name <> new.name BEGIN INSERT OR REPLACE INTO former_names (seq, what, row_id, key) SELECT coalesce(max(seq), 0) + 1, 'organisations', new.id, name_key(old.name) || '|' || name_key(new.name) FROM journal; END;

CREATE TRIGGER person_renamed AFTER UPDATE OF name ON people WHEN old.name <> new.name BEGIN INSERT OR REPLACE INTO former_names (seq, what, row_id, key) SELECT coalesce(max(seq), 0) + 1, 'people', new.id, name_key(old.name) || '|' || name_key(new.name) FROM journal; END;

CREATE TRIGGER former_name_erased AFTER UPDATE OF payload ON journal WHEN new.payload = '' BEGIN DELETE FROM former_names WHERE seq = old.seq; END;

-- Who presents an example at an event: a contact of that event, with its purpose and the day on which it is disposed of.

ALTER TABLE contacts ADD COLUMN event_id INTEGER REFERENCES events(id);
