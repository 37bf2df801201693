-- A letter keeps the selection or the decision on which it rests, and a selection the day and place that its event had.

ALTER TABLE letters ADD COLUMN selection_id INTEGER REFERENCES selections(id);
ALTER TABLE letters ADD COLUMN decision_id INTEGER REFERENCES change_decisions(id);
CREATE INDEX letters_selection_id ON letters(selection_id);
CREATE INDEX letters_decision_id ON letters(decision_id);
ALTER TABLE selections ADD COLUMN event_date TEXT;
ALTER TABLE selections ADD COLUMN start_time TEXT NOT NULL DEFAULT '';
ALTER TABLE selections ADD COLUMN end_time TEXT NOT NULL DEFAULT '';
ALTER TABLE selections ADD COLUMN venue TEXT NOT NULL DEFAULT '';
ALTER TABLE selections ADD COLUMN room TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN answer_by TEXT;

UPDATE letters SET selection_id = (
  SELECT max(id) FROM selections
  WHERE selections.event_id = letters.event_id
    AND (letters.issued_on IS NULL OR substr(selections.made_at, 1, 10) <= letters.issued_on)
)
WHERE document_kind IN ('決定通知', '落選通知');

UPDATE letters SET decision_id = coalesce(
  (SELECT id FROM change_decisions WHERE id = letters.revision AND event_id = letters.event_id),
  (SELECT min(id) FROM change_decisions WHERE event_id = letters.event_id)
)
WHERE document_kind IN ('変更通知', '中止通知');

-- What the journal says that the event had before its first change after the selection; else what it has.
UPDATE selections SET
  event_date = coalesce(
    (SELECT json_extract(c.value, '$.before.event_date') FROM journal j, json_each(CASE WHEN instr(j.payload, '"events"') > 0 THEN j.payload ELSE '[]' END) c
     WHERE j.event_id = selections.event_id AND j.at > selections.made_at AND json_extract(c.value, '$.table') = 'events'
       AND json_extract(c.value, '$.row_id') = selections.event_id
       AND json_extract(c.value, '$.before.event_date') <> json_extract(c.value, '$.after.event_date')
     ORDER BY j.seq LIMIT 1),
    (SELECT event_date FROM events WHERE events.id = selections.event_id)),
  start_time = coalesce(
    (SELECT json_extract(c.value, '$.before.start_time') FROM journal j, json_each(CASE WHEN instr(j.payload, '"events"') > 0 THEN j.payload ELSE '[]' END) c
     WHERE j.event_id = selections.event_id AND j.at > selections.made_at AND json_extract(c.value, '$.table') = 'events'
       AND json_extract(c.value, '$.row_id') = selections.event_id
       AND json_extract(c.value, '$.before.start_time') <> json_extract(c.value, '$.after.start_time')
     ORDER BY j.seq LIMIT 1),
    (SELECT start_time FROM events WHERE events.id = selections.event_id), ''),
  end_time = coalesce(
    (SELECT json_extract(c.value, '$.before.end_time') FROM journal j, json_each(CASE WHEN instr(j.payload, '"events"') > 0 THEN j.payload ELSE '[]' END) c
     WHERE j.event_id = selections.event_id AND j.at > selections.made_at AND json_extract(c.value, '$.table') = 'events'
       AND json_extract(c.value, '$.row_id') = selections.event_id
       AND json_extract(c.value, '$.before.end_time') <> json_extract(c.value, '$.after.end_time')
     ORDER BY j.seq LIMIT 1),
    (SELECT end_time FROM events WHERE events.id = selections.event_id), ''),
  venue = coalesce(
    (SELECT json_extract(c.value, '$.before.venue') FROM journal j, json_each(CASE WHEN instr(j.payload, '"events"') > 0 THEN j.payload ELSE '[]' END) c
     WHERE j.event_id = selections.event_id AND j.at > selections.made_at AND json_extract(c.value, '$.table') = 'events'
       AND json_extract(c.value, '$.row_id') = selections.event_id
       AND json_extract(c.value, '$.before.venue') <> json_extract(c.value, '$.after.venue')
     ORDER BY j.seq LIMIT 1),
    (SELECT venue FROM events WHERE events.id = selections.event_id), ''),
  room = coalesce(
    (SELECT json_extract(c.value, '$.before.room') FROM journal j, json_each(CASE WHEN instr(j.payload, '"events"') > 0 THEN j.payload ELSE '[]' END) c
     WHERE j.event_id = selections.event_id AND j.at > selections.made_at AND json_extract(c.value, '$.table') = 'events'
       AND json_extract(c.value, '$.row_id') = selections.event_id
       AND json_extract(c.value, '$.before.room') <> json_extract(c.value, '$.after.room')
     ORDER BY j.seq LIMIT 1),
    (SELECT room FROM events WHERE events.id = selections.event_id), '');
