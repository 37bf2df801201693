-- The discussion of an 意見交換会: one row a line of each 班 and step, and what follows from it. What stood in the newest report of an event moves here; a report that was confirmed before states were kept keeps its own words as well.

ALTER TABLE table_groups ADD COLUMN notes INTEGER;

ALTER TABLE table_groups ADD COLUMN composition TEXT NOT NULL DEFAULT '';

CREATE TABLE discussion_lines (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    group_number INTEGER NOT NULL,
    step TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    notes INTEGER,
    chosen INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX discussion_lines_event_id ON discussion_lines(event_id);

CREATE TABLE discussion_points (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    part TEXT NOT NULL,
    position INTEGER NOT NULL,
    cells TEXT NOT NULL,
    lines TEXT NOT NULL
) STRICT;

CREATE INDEX discussion_points_event_id ON discussion_points(event_id);

CREATE TABLE moving_reports AS
SELECT r.id, r.event_id, r.tables,
    r.contractor_confirmed_on IS NULL OR EXISTS (SELECT 1 FROM confirmed_states c WHERE c.report_id = r.id) AS leaves
FROM reports r JOIN events e ON e.id = r.event_id
WHERE e.kind = '意見交換会' AND r.way = '作成'
    AND r.version = (SELECT max(n.version) FROM reports n WHERE n.event_id = r.event_id AND n.way = '作成');

-- Cells of one typed row: 班, 選定した題, 構成, ファシリテーター, 課題, 分類・選定, 解決策, 発表. A 班 has the number of its name, unless two would have one.

CREATE TABLE moving_groups AS
SELECT event_id, place, name, topic, made_of, leader, issues, classes, solutions, told,
    CASE WHEN named > 0 AND (SELECT count(*) FROM json_each(m.tables, '$."班"') o
            WHERE CAST(trim(coalesce(json_extract(o.value, '$[0]'), '')) AS INTEGER) = named) = 1
        AND NOT EXISTS (SELECT 1 FROM json_each(m.tables, '$."班"') o
            WHERE CAST(trim(coalesce(json_extract(o.value, '$[0]'), '')) AS INTEGER) <= 0)
        THEN named ELSE place END AS number
FROM (
    SELECT r.event_id, r.tables, g.key + 1 AS place,
        CAST(trim(coalesce(json_extract(g.value, '$[0]'), '')) AS INTEGER) AS named,
        trim(coalesce(json_extract(g.value, '$[0]'), '')) AS name,
        trim(coalesce(json_extract(g.value, '$[1]'), '')) AS topic,
        trim(coalesce(json_extract(g.value, '$[2]'), '')) AS made_of,
        trim(coalesce(json_extract(g.value, '$[3]'), '')) AS leader,
        coalesce(json_extract(g.value, '$[4]'), '') AS issues,
        coalesce(json_extract(g.value, '$[5]'), '') AS classes,
        coalesce(json_extract(g.value, '$[6]'), '') AS solutions,
        coalesce(json_extract(g.value, '$[7]'), '') AS told
    FROM moving_reports r, json_each(r.tables, '$."班"') g
) m;

-- 「5人・4団体　付箋 23枚」: the notes are a number, the rest stays as it was typed; what is worded otherwise stays whole.

CREATE TABLE moving_sizes AS
SELECT event_id, number,
    CASE WHEN counted <> '' AND after IN ('枚', ' 枚') THEN CAST(counted AS INTEGER) END AS notes,
    CASE WHEN counted <> '' AND after IN ('枚', ' 枚') THEN rtrim(substr(made_of, 1, instr(made_of, '付箋') - 1), ' 　・、') ELSE made_of END
        AS composition
FROM (
    SELECT event_id, number, made_of,
        substr(tail, 1, length(tail) - length(ltrim(tail, '0123456789'))) AS counted,
        ltrim(tail, '0123456789') AS after
    FROM (
        SELECT event_id, number, made_of,
            CASE WHEN instr(made_of, '付箋') > 0 THEN ltrim(substr(made_of, instr(made_of, '付箋') + 2), ' 　：:') ELSE '' END AS tail
        FROM moving_groups
    )
);

INSERT INTO table_groups (event_id, number, facilitator, note)
SELECT g.event_id, g.number, '', '' FROM moving_groups g
WHERE NOT EXISTS (SELECT 1 FROM table_groups t WHERE t.event_id = g.event_id AND t.number = g.number);

UPDATE table_groups SET
    notes = s.notes,
    composition = s.composition,
    note = note
        || CASE WHEN g.name IN ('', g.number || '班') THEN '' ELSE CASE WHEN note = '' THEN '' ELSE '　' END || '班の名：' || g.name END
        || CASE WHEN g.leader = '' OR facilitator IN ('', g.leader) OR facilitator LIKE '%配置表%' THEN ''
            ELSE CASE WHEN note = '' THEN '' ELSE '　' END || '報告書のファシリテーター：' || g.leader END,
    facilitator = CASE WHEN g.leader <> '' AND (facilitator = '' OR facilitator LIKE '%配置表%') THEN g.leader ELSE facilitator END
FROM moving_groups g, moving_sizes s
WHERE g.event_id = table_groups.event_id AND g.number = table_groups.number
    AND s.event_id = g.event_id AND s.number = g.number;

CREATE TABLE moving_lines AS
WITH RECURSIVE cells(event_id, number, step, text) AS (
    SELECT event_id, number, '課題', issues FROM moving_groups
    UNION ALL SELECT event_id, number, '分類', classes FROM moving_groups
    UNION ALL SELECT event_id, number, '解決策', solutions FROM moving_groups
    UNION ALL SELECT event_id, number, '発表', told FROM moving_groups
), split(event_id, number, step, position, line, rest) AS (
    SELECT event_id, number, step, 0, '', text || char(10) FROM cells
    UNION ALL
    SELECT event_id, number, step, position + 1,
        ltrim(rtrim(substr(rest, 1, instr(rest, char(10)) - 1), ' 　'), '・ 　'), substr(rest, instr(rest, char(10)) + 1)
    FROM split WHERE rest <> ''
)
SELECT event_id, number, step, position, line FROM split WHERE position > 0 AND line <> '';

-- 「担い手の不足 9枚」 is a 分類 with its notes; 「選定：…」 is the subject of the 班 and stands there once.

INSERT INTO discussion_lines (event_id, group_number, step, position, text, notes, chosen)
SELECT event_id, number, '分類', 1000, topic, NULL, 1 FROM moving_groups WHERE topic <> '';

INSERT INTO discussion_lines (event_id, group_number, step, position, text, notes, chosen)
SELECT l.event_id, l.number, l.step, l.position,
    CASE WHEN l.said AND g.topic = '' THEN l.subject
        WHEN l.counted <> '' THEN rtrim(rtrim(l.bare, '0123456789'), ' 　') ELSE l.line END,
    CASE WHEN NOT l.said AND l.counted <> '' THEN CAST(l.counted AS INTEGER) END,
    CASE WHEN l.said AND g.topic = '' THEN 1 ELSE 0 END
FROM (
    SELECT event_id, number, step, position, line, bare, said,
        ltrim(substr(line, instr(line, '選定') + 3), ' 　') AS subject,
        CASE WHEN step = '分類' AND line LIKE '%枚' AND NOT said AND rtrim(rtrim(bare, '0123456789'), ' 　') <> ''
            THEN substr(bare, length(rtrim(bare, '0123456789')) + 1) ELSE '' END AS counted
    FROM (
        SELECT event_id, number, step, position, line,
            rtrim(CASE WHEN line LIKE '%枚' THEN substr(line, 1, length(line) - 1) ELSE line END) AS bare,
            step = '分類' AND (ltrim(line, '▸▶ 　') LIKE '選定：%' OR ltrim(line, '▸▶ 　') LIKE '選定:%') AS said
        FROM moving_lines
    )
) l JOIN moving_groups g ON g.event_id = l.event_id AND g.number = l.number
WHERE NOT (l.said AND g.topic <> '' AND l.subject = g.topic)
ORDER BY l.event_id, l.number, l.position;

UPDATE discussion_lines SET position = (
    SELECT count(*) FROM discussion_lines o
    WHERE o.event_id = discussion_lines.event_id AND o.group_number = discussion_lines.group_number
        AND o.step = discussion_lines.step AND (o.position < discussion_lines.position
            OR o.position = discussion_lines.position AND o.id < discussion_lines.id)
) + 1;

INSERT INTO discussion_points (event_id, part, position, cells, lines)
SELECT r.event_id, p.part, t.key + 1, t.value, '[]'
FROM (SELECT '共通点' AS part UNION ALL SELECT 'つなげること' UNION ALL SELECT '引継ぎ') p, moving_reports r,
    json_each(r.tables, '$."' || p.part || '"') t;

UPDATE reports SET tables = json_remove(tables, '$."班"', '$."共通点"', '$."つなげること"', '$."引継ぎ"')
WHERE id IN (SELECT id FROM moving_reports WHERE leaves);

DROP TABLE moving_lines;

DROP TABLE moving_sizes;

DROP TABLE moving_groups;

DROP TABLE moving_reports;
