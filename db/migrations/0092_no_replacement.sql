-- That nothing is held in place of a cancelled event is a decision; before, every letter said so where no day was known.

ALTER TABLE change_decisions ADD COLUMN no_replacement INTEGER NOT NULL DEFAULT 0;
UPDATE change_decisions SET no_replacement = 1
WHERE kind = '中止' AND substitute = '' AND event_id IN (
  SELECT event_id FROM letters WHERE document_kind = '中止通知' AND event_id IS NOT NULL
  UNION SELECT event_id FROM outgoing WHERE document_kind = '中止通知' AND event_id IS NOT NULL
);
