-- A visit names its request, and the word of a request that ended (取下げ, 不採択) stands with its event, which keeps it when
-- the 団体 asks again. A change says when its new day or place was entered; without a day that is known by another day alone.

ALTER TABLE events ADD COLUMN request_id INTEGER;
ALTER TABLE change_decisions ADD COLUMN entered_on TEXT;

UPDATE events SET request_id = (
    SELECT id FROM dispatch_wishes AS one
    WHERE one.programme_id = events.programme_id AND one.organisation_id = events.organisation_id
      AND (one.event_id IS NULL OR one.event_id = events.id)
    ORDER BY one.event_id IS NULL, one.outcome NOT IN ('', '決定'), one.received_on DESC, one.id DESC LIMIT 1
) WHERE form = '派遣';

UPDATE events SET status = (SELECT outcome FROM dispatch_wishes WHERE id = events.request_id)
WHERE status = '予定' AND request_id IN (SELECT id FROM dispatch_wishes WHERE outcome IN ('取下げ', '不採択'));
