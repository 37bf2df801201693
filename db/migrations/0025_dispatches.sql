-- 派遣: the signed slips by which 団体 ask for one, how each support goes, and what is asked and answered afterwards.

CREATE TABLE dispatch_wishes (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    event_id INTEGER REFERENCES events(id),
    received_on TEXT NOT NULL,
    received_how TEXT NOT NULL,
    receipt_number TEXT NOT NULL,
    signed INTEGER NOT NULL,
    signer TEXT NOT NULL,
    signer_role TEXT NOT NULL,
    tools TEXT NOT NULL,
    wish TEXT NOT NULL,
    current_use TEXT NOT NULL,
    trouble TEXT NOT NULL,
    took_part TEXT NOT NULL,
    days TEXT NOT NULL,
    venue TEXT NOT NULL,
    network TEXT NOT NULL,
    fee TEXT NOT NULL,
    equipment TEXT NOT NULL,
    people INTEGER,
    phones INTEGER,
    consent TEXT NOT NULL,
    consent_on TEXT,
    file_id INTEGER REFERENCES stored_files(id),
    file_name TEXT NOT NULL,
    original_place TEXT NOT NULL,
    dispose_on TEXT,
    outcome TEXT NOT NULL,
    decided_on TEXT,
    reason TEXT NOT NULL,
    lecture_id INTEGER REFERENCES events(id),
    unlinked_reason TEXT NOT NULL,
    handed_on TEXT,
    handed_how TEXT NOT NULL
) STRICT;

CREATE INDEX dispatch_wishes_programme_id ON dispatch_wishes(programme_id);

CREATE INDEX dispatch_wishes_organisation_id ON dispatch_wishes(organisation_id);

CREATE INDEX dispatch_wishes_event_id ON dispatch_wishes(event_id);

CREATE INDEX dispatch_wishes_file_id ON dispatch_wishes(file_id);

CREATE INDEX dispatch_wishes_lecture_id ON dispatch_wishes(lecture_id);

CREATE TABLE dispatch_supports (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL UNIQUE REFERENCES events(id),
    hearing_on TEXT,
    hearing_how TEXT NOT NULL,
    hearing_people TEXT NOT NULL,
    issue TEXT NOT NULL,
    agreed TEXT NOT NULL,
    agreement_number TEXT NOT NULL,
    equipment TEXT NOT NULL,
    line TEXT NOT NULL,
    fee TEXT NOT NULL,
    tables TEXT NOT NULL
) STRICT;

CREATE TABLE dispatch_follow_ups (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    kind TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    way TEXT NOT NULL,
    side TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_on TEXT,
    state TEXT NOT NULL,
    next_on TEXT,
    counted TEXT NOT NULL
) STRICT;

CREATE INDEX dispatch_follow_ups_event_id ON dispatch_follow_ups(event_id);

-- 派遣 recruit by the 募集要項 of the year: no 区報, no チラシ. What was touched or done stays.
DELETE FROM recruitment_steps
WHERE name IN ('区報原稿締切', 'チラシ校了', '会長あて送付', '支部長・会長への周知')
    AND done_on IS NULL AND due IS NULL AND note = ''
    AND event_id IN (SELECT id FROM events WHERE kind = '派遣');
