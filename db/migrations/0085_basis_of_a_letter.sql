-- A letter keeps the selection or the decision on which it rests, and a selection the day and place that its event had.

ALTER TABLE letters ADD COLUMN selection_id INTEGER REFERENCES selections(id);
ALTER TABLE letters ADD COLUMN decision_id INTEGER REFERENCES change_decisions(id);
CREATE INDEX letters_selection_id ON letters(selection_id);
CREATE INDEX letters_decision_id ON letters(decision_id);
ALTER TABLE selections ADD COLUMN event_then TEXT NOT NULL DEFAULT '{}';
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
