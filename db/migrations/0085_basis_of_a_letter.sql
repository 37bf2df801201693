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

-- What the event was before its first change after the selection, by the journal; else what it is.
UPDATE selections SET (event_date, start_time, end_time, venue, room) = (
  SELECT json_extract(held.event, '$.event_date'), coalesce(json_extract(held.event, '$.start_time'), ''),
    coalesce(json_extract(held.event, '$.end_time'), ''), coalesce(json_extract(held.event, '$.venue'), ''),
    coalesce(json_extract(held.event, '$.room'), '')
  FROM (
    SELECT json_patch(
      json_object('event_date', e.event_date, 'start_time', e.start_time, 'end_time', e.end_time, 'venue', e.venue,
        'room', e.room),
      coalesce(
        (SELECT json_extract(c.value, '$.before')
         FROM journal j, json_each(CASE WHEN instr(j.payload, '"events"') > 0 THEN j.payload ELSE '[]' END) c
         WHERE j.event_id = selections.event_id AND j.at > selections.made_at
           AND json_extract(c.value, '$.table') = 'events' AND json_extract(c.value, '$.row_id') = selections.event_id
           AND json_type(c.value, '$.before') = 'object'
         ORDER BY j.seq LIMIT 1),
        '{}')) AS event
    FROM events e WHERE e.id = selections.event_id
  ) held
);
