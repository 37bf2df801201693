-- Evidence collected over the year for the 提案書, what the 提案書 says beside it, and the ward's own memo for budget and next 仕様書.

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    sort TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    source_key TEXT NOT NULL,
    said TEXT NOT NULL,
    count TEXT NOT NULL,
    source TEXT NOT NULL,
    day TEXT,
    issue INTEGER,
    seen TEXT NOT NULL,
    kept_reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX evidence_programme_id ON evidence(programme_id);

CREATE TABLE proposal_issues (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (programme_id, number)
) STRICT;

CREATE TABLE proposal_plans (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    position INTEGER NOT NULL,
    work TEXT NOT NULL,
    this_year TEXT NOT NULL,
    next_year TEXT NOT NULL,
    issues TEXT NOT NULL,
    content TEXT NOT NULL,
    condition TEXT NOT NULL,
    confirmed TEXT NOT NULL
) STRICT;

CREATE INDEX proposal_plans_programme_id ON proposal_plans(programme_id);

CREATE TABLE proposal_policies (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    organisation_id INTEGER NOT NULL REFERENCES organisations(id),
    stage TEXT NOT NULL,
    policy TEXT NOT NULL,
    support TEXT NOT NULL,
    UNIQUE (programme_id, organisation_id)
) STRICT;

CREATE INDEX proposal_policies_organisation_id ON proposal_policies(organisation_id);

CREATE TABLE budget_memos (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL UNIQUE REFERENCES programmes(id),
    made_on TEXT NOT NULL,
    maker TEXT NOT NULL,
    counted_to TEXT NOT NULL,
    hand_in TEXT NOT NULL,
    total_this INTEGER,
    total_next INTEGER,
    cut_note TEXT NOT NULL
) STRICT;

CREATE TABLE memo_amounts (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    this_year INTEGER NOT NULL,
    next_year INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX memo_amounts_programme_id ON memo_amounts(programme_id);

CREATE TABLE memo_clauses (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    position INTEGER NOT NULL,
    clause TEXT NOT NULL,
    this_year TEXT NOT NULL,
    next_year TEXT NOT NULL,
    evidence TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;

CREATE INDEX memo_clauses_programme_id ON memo_clauses(programme_id);

CREATE TABLE memo_cuts (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    amount INTEGER NOT NULL
) STRICT;

CREATE INDEX memo_cuts_programme_id ON memo_cuts(programme_id);

CREATE TABLE memo_questions (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    asked_of TEXT NOT NULL,
    due TEXT,
    state TEXT NOT NULL
) STRICT;

CREATE INDEX memo_questions_programme_id ON memo_questions(programme_id);
