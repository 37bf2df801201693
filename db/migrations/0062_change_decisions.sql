-- What a decision in a hurry is told by has columns of its own; before, lines of its 備考 held it, and words in them decided
-- how the event stands. Only a whole line of exactly the shapes that the program wrote fills a column and leaves the 備考,
-- and of several of one name the first, as it was read; any other line stays where it is.

ALTER TABLE change_decisions ADD COLUMN before_time TEXT NOT NULL DEFAULT '';
ALTER TABLE change_decisions ADD COLUMN told_time TEXT NOT NULL DEFAULT '';
ALTER TABLE change_decisions ADD COLUMN before_place TEXT NOT NULL DEFAULT '';
ALTER TABLE change_decisions ADD COLUMN substitute TEXT NOT NULL DEFAULT '';
ALTER TABLE change_decisions ADD COLUMN taken_back TEXT NOT NULL DEFAULT '';
ALTER TABLE change_decisions ADD COLUMN reason_seen INTEGER NOT NULL DEFAULT 0;

WITH RECURSIVE
  lines (id, number, line, rest) AS (
    SELECT id, 0, NULL, note || char(10) FROM change_decisions WHERE instr(note, '：') > 0
    UNION ALL
    SELECT id, number + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
    FROM lines WHERE rest <> ''
  ),
  named (id, number, name, value) AS (
    SELECT id, min(number), substr(line, 1, instr(line, '：') - 1), substr(line, instr(line, '：') + 1)
    FROM lines WHERE number > 0 AND instr(line, '：') > 0
    GROUP BY id, substr(line, 1, instr(line, '：') - 1)
  ),
  taken (id, number, name, value) AS (
    SELECT id, number, name, value FROM named
    WHERE CASE name
      WHEN 'もとの日時' THEN value = '日程未定' OR value GLOB '令和*年*月*日（?）*'
      WHEN '知らせた日時' THEN value GLOB '令和*年*月*日（?）*'
      WHEN 'もとの会場' THEN value <> ''
      WHEN '振替日' THEN value <> ''
      WHEN '取消' THEN value GLOB '*[0-9]/*[0-9](?) ?*'
      WHEN '理由の文' THEN value = '確認済'
      ELSE 0
    END
  )
UPDATE change_decisions SET
  before_time = coalesce((SELECT value FROM taken WHERE id = change_decisions.id AND name = 'もとの日時'), ''),
  told_time = coalesce((SELECT value FROM taken WHERE id = change_decisions.id AND name = '知らせた日時'), ''),
  before_place = coalesce((SELECT value FROM taken WHERE id = change_decisions.id AND name = 'もとの会場'), ''),
  substitute = coalesce((SELECT value FROM taken WHERE id = change_decisions.id AND name = '振替日'), ''),
  taken_back = coalesce((SELECT value FROM taken WHERE id = change_decisions.id AND name = '取消'), ''),
  reason_seen = EXISTS (SELECT 1 FROM taken WHERE id = change_decisions.id AND name = '理由の文'),
  note = coalesce((
    SELECT group_concat(line, char(10)) FROM (
      SELECT line FROM lines
      WHERE lines.id = change_decisions.id AND number > 0
        AND NOT EXISTS (SELECT 1 FROM taken WHERE taken.id = lines.id AND taken.number = lines.number)
      ORDER BY number
    )
  ), '')
WHERE id IN (SELECT id FROM taken);
