-- One rule for what leaves the house: an act says what was told, to whom, when and how, and what it said; what was told of numbers moves here.

CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    programme_id INTEGER REFERENCES programmes(id),
    organisation_id INTEGER REFERENCES organisations(id),
    document_kind TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    facts TEXT NOT NULL,
    told_on TEXT NOT NULL,
    told_to TEXT NOT NULL,
    told_how TEXT NOT NULL,
    told_by TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    outgoing_id INTEGER REFERENCES outgoing(id),
    withdrawn INTEGER NOT NULL DEFAULT 0,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX acts_event_id ON acts(event_id);

CREATE INDEX acts_programme_id ON acts(programme_id);

CREATE INDEX acts_organisation_id ON acts(organisation_id);

CREATE INDEX acts_outgoing_id ON acts(outgoing_id);

ALTER TABLE outgoing ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';

INSERT INTO acts (event_id, document_kind, key, version, title, facts, told_on, told_to, told_how, told_by, by, at, outgoing_id)
SELECT notice.event_id,
    CASE WHEN notice.revision = 1 THEN '参加人数連絡書' ELSE '参加人数変更連絡書' END,
    '人数', notice.revision,
    '第' || notice.revision || '報 ' || notice.people || '人',
    json_object(
        '参加予定', notice.people || '人', '団体', notice.organisations || '団体',
        '持参する端末', notice.own_devices || '台', '貸与する端末', notice.lent_devices || '台',
        '配慮', notice.care_count || '件', '必要な対応', notice.care_request,
        '実施日', coalesce(event.event_date, ''), '時間', event.start_time || '–' || event.end_time,
        '会場', trim(event.venue || ' ' || event.room)
    ),
    notice.told_on, notice.told_to, notice.told_how, notice.told_by, notice.told_by,
    coalesce(
        (SELECT max(at) FROM outgoing WHERE event_id = notice.event_id AND document_kind = '人数連絡'
            AND version = notice.revision AND way = '連絡'),
        notice.told_on || 'T00:00:00'
    ),
    (SELECT max(id) FROM outgoing WHERE event_id = notice.event_id AND document_kind = '人数連絡'
        AND version = notice.revision AND way = '連絡')
FROM headcount_notices AS notice JOIN events AS event ON event.id = notice.event_id
WHERE notice.told_on IS NOT NULL ORDER BY notice.event_id, notice.revision;

ALTER TABLE headcount_notices DROP COLUMN told_on;

ALTER TABLE headcount_notices DROP COLUMN told_by;

ALTER TABLE headcount_notices DROP COLUMN told_to;

ALTER TABLE headcount_notices DROP COLUMN told_how;
