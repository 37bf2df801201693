-- 使うことを確認した日 of a booking has a column of its own; before, a line of its 備考 said so, and any other words with
-- 「使うことを確認」 in them closed the 取消期限 as well. Only a whole line of exactly the two shapes that the program wrote,
-- 「12/1(火) 使うことを確認」 and from January on 「R9 2/4(木) 使うことを確認」, fills the column and leaves the 備考. The year of the
-- first shape is the last one, up to the day of use, in which that day is that day of the week.

ALTER TABLE bookings ADD COLUMN use_confirmed_on TEXT;

WITH RECURSIVE
  lines (id, used_on, number, line, rest) AS (
    SELECT id, day, 0, NULL, note || char(10) FROM bookings WHERE instr(note, '使うことを確認') > 0
    UNION ALL
    SELECT id, used_on, number + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
    FROM lines WHERE rest <> ''
  ),
  shapes (id, used_on, number, line, era, plain) AS (
    SELECT id, used_on, number, line,
      CASE WHEN line GLOB 'R[1-9]* [1-9]*' THEN CAST(substr(line, 2, instr(line, ' ') - 2) AS INTEGER) END,
      CASE WHEN line GLOB 'R[1-9]* [1-9]*' THEN substr(line, instr(line, ' ') + 1) ELSE line END
    FROM lines WHERE number > 0
  ),
  days (id, used_on, number, line, era, plain, on_day) AS (
    SELECT id, used_on, number, line, era, plain, date(
      printf('%04d-%02d-%02d',
        CASE WHEN era IS NULL THEN CAST(substr(used_on, 1, 4) AS INTEGER) - back.years ELSE 2018 + era END,
        CAST(plain AS INTEGER),
        CAST(substr(plain, instr(plain, '/') + 1) AS INTEGER)))
    FROM shapes, (SELECT 0 AS years UNION ALL SELECT 1) AS back
    WHERE era IS NULL OR back.years = 0
  ),
  confirmed (id, number, on_day) AS (
    SELECT id, number, max(on_day) FROM days
    WHERE on_day <= used_on
      AND (era IS NULL) = (CAST(strftime('%m', on_day) AS INTEGER) >= 4)
      AND line = CASE WHEN era IS NULL THEN '' ELSE 'R' || era || ' ' END
        || CAST(strftime('%m', on_day) AS INTEGER) || '/' || CAST(strftime('%d', on_day) AS INTEGER)
        || '(' || substr('日月火水木金土', CAST(strftime('%w', on_day) AS INTEGER) + 1, 1) || ') 使うことを確認'
    GROUP BY id, number
  )
UPDATE bookings SET
  use_confirmed_on = (SELECT min(on_day) FROM confirmed WHERE confirmed.id = bookings.id),
  note = coalesce((
    SELECT group_concat(line, char(10)) FROM (
      SELECT line FROM lines
      WHERE lines.id = bookings.id AND number > 0
        AND NOT EXISTS (SELECT 1 FROM confirmed WHERE confirmed.id = lines.id AND confirmed.number = lines.number)
      ORDER BY number
    )
  ), '')
WHERE id IN (SELECT id FROM confirmed);
