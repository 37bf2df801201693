-- The search keys of names know radicals (「⻑⽥」 as a PDF gives 「長田」) as the characters they stand for.

INSERT OR REPLACE INTO organisation_keys (organisation_id, key) SELECT id, name_key(name) || '|' || name_key(furigana) || '|' || name_key(branch) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.organisation_id = organisations.id) FROM organisations;

INSERT OR REPLACE INTO person_keys (person_id, organisation_id, key) SELECT id, organisation_id, name_key(name) || '|' || name_key(furigana) || '|' || (SELECT coalesce(group_concat(name_key(value), '|'), '') FROM contacts WHERE contacts.person_id = people.id) FROM people;
