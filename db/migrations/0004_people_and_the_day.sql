-- 団体 and people with contacts and history, applications, the roster and the day, calls, venues, takeouts.

ALTER TABLE people RENAME TO people_old;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisations(id),
    name TEXT NOT NULL,
    furigana TEXT NOT NULL,
    role TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL
) STRICT;

INSERT INTO people (id, organisation_id, name, furigana, role, phone, note) SELECT id, organisation_id, name, furigana, role, '', note FROM people_old;

CREATE TABLE memberships (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people(id),
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    role TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT
) STRICT;

CREATE TABLE stage_marks (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    tool TEXT NOT NULL,
    stage TEXT NOT NULL,
    marked_on TEXT NOT NULL,
    source TEXT NOT NULL,
    event_id INTEGER REFERENCES events(id),
    by TEXT NOT NULL
) STRICT;

CREATE TABLE subsidies (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    fiscal_year INTEGER NOT NULL,
    amount INTEGER,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE foreign_imports (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    event_id INTEGER REFERENCES events(id),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    source TEXT NOT NULL,
    encoding TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    new INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    needs_check INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    dropped_columns TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE column_maps (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    source_key TEXT NOT NULL,
    columns TEXT NOT NULL,
    remembered_at TEXT NOT NULL
) STRICT;

CREATE TABLE applications (
    id INTEGER PRIMARY KEY,
    import_id INTEGER REFERENCES foreign_imports(id),
    source TEXT NOT NULL,
    way TEXT NOT NULL,
    received_at TEXT,
    receipt_number TEXT NOT NULL,
    organisation_id INTEGER REFERENCES organisations(id),
    organisation_name TEXT NOT NULL,
    name TEXT NOT NULL,
    furigana TEXT NOT NULL,
    role TEXT NOT NULL,
    wishes TEXT NOT NULL,
    people INTEGER NOT NULL,
    device TEXT NOT NULL,
    care TEXT NOT NULL,
    row_key TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisations(id),
    person_id INTEGER REFERENCES people(id),
    application_id INTEGER REFERENCES applications(id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    purpose TEXT NOT NULL,
    dispose_on TEXT,
    note TEXT NOT NULL
) STRICT;

INSERT INTO contacts (person_id, kind, value, purpose, note) SELECT id, '電話', phone, '', '' FROM people_old WHERE phone <> '';

DROP TABLE people_old;

CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    application_id INTEGER REFERENCES applications(id),
    person_id INTEGER REFERENCES people(id),
    organisation_id INTEGER REFERENCES organisations(id),
    organisation_name TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    applied_at TEXT,
    way TEXT NOT NULL,
    device TEXT NOT NULL,
    care TEXT NOT NULL,
    photo TEXT NOT NULL,
    number INTEGER,
    group_number INTEGER,
    seat TEXT NOT NULL,
    waiting_order INTEGER,
    walk_in INTEGER NOT NULL,
    attendance TEXT NOT NULL,
    attended_at TEXT,
    absent_told_at TEXT,
    absent_note TEXT NOT NULL,
    substitute_for INTEGER REFERENCES entries(id),
    doubtful TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE selections (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    method TEXT NOT NULL,
    seed TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    organisation_limit INTEGER,
    organisations_first INTEGER NOT NULL,
    not_chosen_first INTEGER NOT NULL,
    reason TEXT NOT NULL,
    lines TEXT NOT NULL,
    made_at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE TABLE table_groups (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    number INTEGER NOT NULL,
    facilitator TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE group_wishes (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    first_entry_id INTEGER NOT NULL REFERENCES entries(id),
    second_entry_id INTEGER NOT NULL REFERENCES entries(id),
    together INTEGER NOT NULL
) STRICT;

CREATE TABLE arrangements (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    entry_id INTEGER REFERENCES entries(id),
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    ordered_on TEXT,
    ordered_to TEXT NOT NULL,
    phone TEXT NOT NULL,
    settled_on TEXT,
    settled_by TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE tablets (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    retired_on TEXT
) STRICT;

CREATE TABLE tablet_loans (
    id INTEGER PRIMARY KEY,
    tablet_id INTEGER NOT NULL REFERENCES tablets(id),
    event_id INTEGER NOT NULL REFERENCES events(id),
    entry_id INTEGER REFERENCES entries(id),
    out_at TEXT,
    back_at TEXT,
    initialised_at TEXT,
    checked_by TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE change_decisions (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    kind TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    decision_id INTEGER NOT NULL REFERENCES change_decisions(id),
    target TEXT NOT NULL,
    organisation_id INTEGER REFERENCES organisations(id),
    entry_id INTEGER REFERENCES entries(id),
    whom TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    again_at TEXT,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE venues (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    room TEXT NOT NULL,
    address TEXT NOT NULL,
    access TEXT NOT NULL,
    phone TEXT NOT NULL,
    capacity INTEGER,
    equipment TEXT NOT NULL,
    network TEXT NOT NULL,
    barrier_free TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE bookings (
    id INTEGER PRIMARY KEY,
    venue_id INTEGER REFERENCES venues(id),
    venue_name TEXT NOT NULL,
    room TEXT NOT NULL,
    event_id INTEGER REFERENCES events(id),
    day TEXT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    state TEXT NOT NULL,
    reserved_on TEXT,
    applied_on TEXT,
    approval_number TEXT NOT NULL,
    approved_on TEXT,
    reduction TEXT NOT NULL,
    equipment TEXT NOT NULL,
    key_note TEXT NOT NULL,
    cancel_by TEXT,
    cleared_on TEXT,
    cleared_by TEXT NOT NULL,
    fee INTEGER,
    purpose TEXT NOT NULL,
    row_key TEXT NOT NULL,
    import_id INTEGER REFERENCES foreign_imports(id),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE takeouts (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    outgoing_id INTEGER REFERENCES outgoing(id),
    contents TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    purpose TEXT NOT NULL,
    destination TEXT NOT NULL,
    due_back_at TEXT,
    returned_at TEXT,
    return_checked_by TEXT NOT NULL,
    medium TEXT NOT NULL,
    reference TEXT NOT NULL,
    copies INTEGER NOT NULL,
    returned_copies INTEGER,
    encryption TEXT NOT NULL,
    disposed_at TEXT,
    cancelled INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE paper_texts (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    document_kind TEXT NOT NULL,
    part TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

ALTER TABLE organisations ADD COLUMN households_text TEXT NOT NULL DEFAULT '';

ALTER TABLE events ADD COLUMN count_source TEXT NOT NULL DEFAULT '';

ALTER TABLE event_results ADD COLUMN source TEXT NOT NULL DEFAULT '';

CREATE INDEX people_by_organisation_id ON people (organisation_id);

CREATE INDEX contacts_by_person_id ON contacts (person_id);

CREATE INDEX contacts_by_organisation_id ON contacts (organisation_id);

CREATE INDEX contacts_by_application_id ON contacts (application_id);

CREATE INDEX memberships_by_person_id ON memberships (person_id);

CREATE INDEX memberships_by_organisation_id ON memberships (organisation_id);

CREATE INDEX stage_marks_by_organisation_id ON stage_marks (organisation_id);

CREATE INDEX subsidies_by_organisation_id ON subsidies (organisation_id);

CREATE INDEX applications_by_row_key ON applications (row_key);

CREATE INDEX applications_by_organisation_id ON applications (organisation_id);

CREATE INDEX entries_by_event_id ON entries (event_id);

CREATE INDEX entries_by_person_id ON entries (person_id);

CREATE INDEX entries_by_organisation_id ON entries (organisation_id);

CREATE INDEX entries_by_application_id ON entries (application_id);

CREATE INDEX calls_by_event_id ON calls (event_id);

CREATE INDEX bookings_by_day ON bookings (day);

CREATE INDEX tablet_loans_by_event_id ON tablet_loans (event_id);

CREATE INDEX arrangements_by_event_id ON arrangements (event_id);

-- What search looks in: never journaled, kept in step by triggers, built with the function of the connection.
CREATE TABLE organisation_keys (
    organisation_id INTEGER PRIMARY KEY,
    key TEXT NOT NULL
) STRICT;

CREATE TABLE person_keys (
    person_id INTEGER PRIMARY KEY,
    organisation_id INTEGER,
    key TEXT NOT NULL
) STRICT;

INSERT INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations;

INSERT INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people;

CREATE TRIGGER organisation_key_made AFTER INSERT ON organisations BEGIN INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations WHERE id = new.id; END;

CREATE TRIGGER organisation_key_kept AFTER UPDATE OF name, furigana, branch ON organisations BEGIN INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations WHERE id = new.id; END;

CREATE TRIGGER organisation_key_gone AFTER DELETE ON organisations BEGIN DELETE FROM organisation_keys WHERE organisation_id = old.id; END;

CREATE TRIGGER person_key_made AFTER INSERT ON people BEGIN INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people WHERE id = new.id; END;

CREATE TRIGGER person_key_kept AFTER UPDATE OF name, furigana, organisation_id ON people BEGIN INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people WHERE id = new.id; END;

CREATE TRIGGER person_key_gone AFTER DELETE ON people BEGIN DELETE FROM person_keys WHERE person_id = old.id; END;

CREATE TRIGGER contact_key_made AFTER INSERT ON contacts BEGIN INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations WHERE id = new.organisation_id; INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people WHERE id = new.person_id; END;

CREATE TRIGGER contact_key_kept AFTER UPDATE ON contacts BEGIN INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations WHERE id = new.organisation_id; INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people WHERE id = new.person_id; INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations WHERE id = old.organisation_id; INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people WHERE id = old.person_id; END;

CREATE TRIGGER contact_key_gone AFTER DELETE ON contacts BEGIN INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations WHERE id = old.organisation_id; INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people WHERE id = old.person_id; END;
