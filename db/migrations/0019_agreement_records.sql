-- 協議 keep why: both views, the decision and its reason, who, the clause; a 打合せ holds several; what somebody takes home is a row of its own.

CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    ordinal INTEGER NOT NULL,
    subject TEXT NOT NULL,
    held_on TEXT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    place TEXT NOT NULL,
    ward_people TEXT NOT NULL,
    contractor_people TEXT NOT NULL,
    handed TEXT NOT NULL,
    next_meeting TEXT NOT NULL,
    answer_by TEXT,
    confirmed_on TEXT,
    confirmed_how TEXT NOT NULL,
    original_place TEXT NOT NULL
) STRICT;

CREATE INDEX meetings_programme_id ON meetings(programme_id);

ALTER TABLE agreements ADD COLUMN programme_id INTEGER REFERENCES programmes(id);

ALTER TABLE agreements ADD COLUMN meeting_id INTEGER REFERENCES meetings(id);

ALTER TABLE agreements ADD COLUMN ordinal INTEGER;

ALTER TABLE agreements ADD COLUMN way TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN ward_view TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN contractor_view TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN decision TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN reason TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN clause TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN ward_people TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN section_asked_on TEXT;

ALTER TABLE agreements ADD COLUMN section_person TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN section_answer TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN related TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN original_place TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN confirmed_on TEXT;

ALTER TABLE agreements ADD COLUMN confirmed_how TEXT NOT NULL DEFAULT '';

ALTER TABLE agreements ADD COLUMN withdrawn_on TEXT;

ALTER TABLE agreements ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';

UPDATE agreements SET programme_id = (SELECT id FROM programmes ORDER BY fiscal_year DESC, id DESC LIMIT 1)
WHERE event_id IS NULL;

UPDATE agreements SET ordinal = (
    SELECT settled.place FROM (
        SELECT one.id, row_number() OVER (
            PARTITION BY coalesce(event.programme_id, one.programme_id) ORDER BY one.settled_on, one.id
        ) AS place
        FROM agreements AS one LEFT JOIN events AS event ON event.id = one.event_id WHERE one.settled_on IS NOT NULL
    ) AS settled WHERE settled.id = agreements.id
) WHERE settled_on IS NOT NULL;

CREATE INDEX agreements_programme_id ON agreements(programme_id);

CREATE INDEX agreements_meeting_id ON agreements(meeting_id);

CREATE TABLE homework (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    agreement_id INTEGER REFERENCES agreements(id),
    meeting_id INTEGER REFERENCES meetings(id),
    text TEXT NOT NULL,
    side TEXT NOT NULL,
    person TEXT NOT NULL,
    due TEXT,
    done_on TEXT,
    done_note TEXT NOT NULL
) STRICT;

CREATE INDEX homework_programme_id ON homework(programme_id);

CREATE INDEX homework_agreement_id ON homework(agreement_id);

CREATE INDEX homework_meeting_id ON homework(meeting_id);

CREATE TABLE agreement_files (
    id INTEGER PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES agreements(id),
    file_id INTEGER NOT NULL REFERENCES stored_files(id),
    name TEXT NOT NULL
) STRICT;

CREATE INDEX agreement_files_agreement_id ON agreement_files(agreement_id);

CREATE INDEX agreement_files_file_id ON agreement_files(file_id);
