-- What the kind of an event is called on its day stands with the event, for its title; before, the title said the key of the
-- kind, which a kind keeps when it gets another name.

ALTER TABLE events ADD COLUMN kind_name TEXT NOT NULL DEFAULT '';

UPDATE events SET kind_name = coalesce((
    SELECT name FROM kind_numbers AS one
    WHERE one.programme_id = events.programme_id AND one.kind = events.kind
      AND (one.valid_from IS NULL OR events.event_date IS NULL OR one.valid_from <= events.event_date)
    ORDER BY coalesce(one.valid_from, '') DESC, one.id DESC LIMIT 1
), kind);
