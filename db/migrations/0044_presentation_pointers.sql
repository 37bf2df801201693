-- A 発表 leads to its number and its handout as long as they are there. The ids of rows that were taken out are given
-- again, so a number without a reference led to whoever came next: what leads to no contact that was kept for a 発表 of
-- its event, or to no handout of its event, leads nowhere from here on.

ALTER TABLE presentations RENAME TO presentations_old;

DROP INDEX presentations_event_id;

DROP INDEX presentations_organisation_id;

CREATE TABLE presentations (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    of_contractor INTEGER NOT NULL DEFAULT 0,
    organisation_id INTEGER REFERENCES organisations(id),
    organisation_name TEXT NOT NULL DEFAULT '',
    addressed TEXT NOT NULL DEFAULT '',
    asked TEXT NOT NULL DEFAULT '',
    start_time TEXT NOT NULL DEFAULT '',
    minutes INTEGER,
    questions INTEGER,
    answer_by TEXT,
    answer TEXT NOT NULL DEFAULT '',
    answered_on TEXT,
    received_by TEXT NOT NULL DEFAULT '',
    presenter TEXT NOT NULL DEFAULT '',
    contact_id INTEGER REFERENCES contacts(id) ON DELETE SET NULL,
    material TEXT NOT NULL DEFAULT '',
    sheets INTEGER,
    material_id INTEGER REFERENCES materials(id) ON DELETE SET NULL,
    use_handout INTEGER NOT NULL DEFAULT 0,
    use_report INTEGER NOT NULL DEFAULT 0,
    use_web INTEGER NOT NULL DEFAULT 0,
    use_report_photo INTEGER NOT NULL DEFAULT 0,
    use_web_photo INTEGER NOT NULL DEFAULT 0,
    pictured_agree INTEGER NOT NULL DEFAULT 0,
    tell_number INTEGER NOT NULL DEFAULT 0,
    original_place TEXT NOT NULL DEFAULT '',
    dispose_on TEXT,
    withdrawn_on TEXT,
    withdrawn_words TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO presentations (id, event_id, of_contractor, organisation_id, organisation_name, addressed, asked, start_time,
    minutes, questions, answer_by, answer, answered_on, received_by, presenter, contact_id, material, sheets, material_id,
    use_handout, use_report, use_web, use_report_photo, use_web_photo, pictured_agree, tell_number, original_place,
    dispose_on, withdrawn_on, withdrawn_words, note)
SELECT id, event_id, of_contractor, organisation_id, organisation_name, addressed, asked, start_time,
    minutes, questions, answer_by, answer, answered_on, received_by, presenter,
    (SELECT contacts.id FROM contacts WHERE contacts.id = old.contact_id AND contacts.event_id = old.event_id
        AND contacts.purpose = '事例発表者への中止・変更の連絡と打合せ'),
    material, sheets,
    (SELECT materials.id FROM materials WHERE materials.id = old.material_id AND materials.event_id = old.event_id),
    use_handout, use_report, use_web, use_report_photo, use_web_photo, pictured_agree, tell_number, original_place,
    dispose_on, withdrawn_on, withdrawn_words, note
FROM presentations_old AS old;

DROP TABLE presentations_old;

CREATE INDEX presentations_event_id ON presentations(event_id);

CREATE INDEX presentations_organisation_id ON presentations(organisation_id);

CREATE INDEX presentations_contact_id ON presentations(contact_id) WHERE contact_id IS NOT NULL;

CREATE INDEX presentations_material_id ON presentations(material_id) WHERE material_id IS NOT NULL;

CREATE INDEX contacts_event_id ON contacts(event_id) WHERE event_id IS NOT NULL;
