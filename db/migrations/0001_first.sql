-- The first shape of every table. Frozen once released: later changes are later files.

CREATE TABLE programmes (
    id INTEGER PRIMARY KEY,
    fiscal_year INTEGER NOT NULL,
    title TEXT NOT NULL,
    contract_date TEXT,
    term_end TEXT NOT NULL,
    clauses_checked TEXT NOT NULL,
    proposal_period TEXT NOT NULL,
    payment_period TEXT NOT NULL,
    sample INTEGER NOT NULL,
    sample_today TEXT,
    draft_lead_open_days INTEGER NOT NULL,
    question_lead_open_days INTEGER NOT NULL,
    review_open_days INTEGER NOT NULL,
    check_open_days INTEGER NOT NULL,
    announce_days TEXT NOT NULL
) STRICT;

CREATE TABLE kind_numbers (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    kind TEXT NOT NULL,
    window_start TEXT NOT NULL,
    window_end TEXT NOT NULL,
    planned INTEGER NOT NULL,
    planned_unit TEXT NOT NULL,
    strict INTEGER NOT NULL,
    days INTEGER,
    people_min INTEGER NOT NULL,
    people_max INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    headcount_period TEXT NOT NULL,
    material_period TEXT NOT NULL,
    has_survey INTEGER NOT NULL,
    report_period TEXT NOT NULL,
    clause_window TEXT NOT NULL,
    clause_planned TEXT NOT NULL,
    clause_people TEXT NOT NULL,
    clause_minutes TEXT NOT NULL,
    clause_content TEXT NOT NULL,
    clause_material TEXT NOT NULL,
    clause_equipment TEXT NOT NULL,
    clause_survey TEXT NOT NULL,
    clause_report TEXT NOT NULL
) STRICT;

CREATE TABLE closed_days (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE offices (
    id INTEGER PRIMARY KEY,
    ward TEXT NOT NULL,
    department TEXT NOT NULL,
    section TEXT NOT NULL,
    unit TEXT NOT NULL,
    sender TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    email TEXT NOT NULL,
    document_symbol TEXT NOT NULL
) STRICT;

CREATE TABLE contractors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    representative TEXT NOT NULL,
    responsible TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL
) STRICT;

CREATE TABLE paper_settings (
    id INTEGER PRIMARY KEY,
    document_kind TEXT NOT NULL,
    form TEXT NOT NULL,
    addressee TEXT NOT NULL,
    honorific TEXT NOT NULL,
    sender TEXT NOT NULL,
    extra TEXT NOT NULL
) STRICT;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    login_id TEXT NOT NULL,
    display_name TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE organisations (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL,
    name TEXT NOT NULL,
    furigana TEXT NOT NULL,
    households INTEGER,
    stages TEXT NOT NULL,
    support_policy TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER REFERENCES organisations(id),
    name TEXT NOT NULL,
    furigana TEXT NOT NULL,
    role TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes(id),
    kind TEXT NOT NULL,
    ordinal INTEGER,
    subject TEXT NOT NULL,
    event_date TEXT,
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    venue TEXT NOT NULL,
    room TEXT NOT NULL,
    venue_capacity INTEGER,
    venue_booked_on TEXT,
    content TEXT NOT NULL,
    lecturer TEXT NOT NULL,
    organisation_id INTEGER REFERENCES organisations(id),
    organisation_name TEXT NOT NULL,
    tools TEXT NOT NULL,
    groups INTEGER,
    facilitators INTEGER,
    network TEXT NOT NULL,
    extra_materials INTEGER NOT NULL,
    hands_on INTEGER NOT NULL,
    status TEXT NOT NULL,
    cancelled_on TEXT,
    cancel_reason TEXT NOT NULL,
    exception_reason TEXT NOT NULL,
    exception_kind TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE agenda_items (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    position INTEGER NOT NULL,
    minutes INTEGER,
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    content TEXT NOT NULL,
    owner TEXT NOT NULL,
    uses TEXT NOT NULL
) STRICT;

CREATE TABLE equipment_items (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    quantity TEXT NOT NULL,
    owner TEXT NOT NULL,
    checked_on TEXT,
    checked_by TEXT NOT NULL,
    agreement TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE recruitment_steps (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    offset_days INTEGER NOT NULL,
    due TEXT,
    done_on TEXT,
    done_by TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE deadline_overrides (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    task TEXT NOT NULL,
    due TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE event_results (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    applied INTEGER,
    applied_organisations INTEGER,
    attended INTEGER,
    attended_organisations INTEGER,
    absent INTEGER,
    walk_ins INTEGER,
    lent_devices INTEGER,
    own_devices INTEGER,
    witness TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE agreements (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    number TEXT NOT NULL,
    topic TEXT NOT NULL,
    content TEXT NOT NULL,
    asked_on TEXT,
    settled_on TEXT,
    partner TEXT NOT NULL,
    nature TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE expected_counts (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    position INTEGER NOT NULL,
    organisation_id INTEGER REFERENCES organisations(id),
    organisation_name TEXT NOT NULL,
    people INTEGER NOT NULL,
    own_devices INTEGER NOT NULL,
    lent_devices INTEGER NOT NULL,
    care_count INTEGER NOT NULL,
    care_request TEXT NOT NULL
) STRICT;

CREATE TABLE headcount_notices (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    revision INTEGER NOT NULL,
    people INTEGER NOT NULL,
    organisations INTEGER NOT NULL,
    own_devices INTEGER NOT NULL,
    lent_devices INTEGER NOT NULL,
    care_count INTEGER NOT NULL,
    care_request TEXT NOT NULL,
    made_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    told_on TEXT,
    told_by TEXT NOT NULL,
    told_to TEXT NOT NULL,
    told_how TEXT NOT NULL
) STRICT;

CREATE TABLE stored_files (
    id INTEGER PRIMARY KEY,
    keyed_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    document_kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    form TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_on TEXT,
    document_number TEXT NOT NULL,
    issued_on TEXT
) STRICT;

CREATE TABLE outgoing (
    id INTEGER PRIMARY KEY,
    event_id INTEGER REFERENCES events(id),
    document_kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    version INTEGER NOT NULL,
    format TEXT NOT NULL,
    way TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER,
    copies INTEGER NOT NULL,
    personal INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE materials (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE material_versions (
    id INTEGER PRIMARY KEY,
    material_id INTEGER NOT NULL REFERENCES materials(id),
    version INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    received_how TEXT NOT NULL,
    file_id INTEGER REFERENCES stored_files(id),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER,
    result TEXT,
    result_on TEXT,
    result_by TEXT NOT NULL,
    result_note TEXT NOT NULL,
    locked INTEGER NOT NULL,
    printed INTEGER,
    handed_out INTEGER
) STRICT;

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES material_versions(id),
    position INTEGER NOT NULL,
    page TEXT NOT NULL,
    text TEXT NOT NULL,
    duty TEXT NOT NULL,
    basis TEXT NOT NULL,
    response TEXT NOT NULL,
    resolved INTEGER NOT NULL
) STRICT;

CREATE TABLE questionnaires (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    questions TEXT NOT NULL
) STRICT;

CREATE TABLE event_surveys (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    title TEXT NOT NULL,
    questions TEXT NOT NULL,
    agreed_on TEXT,
    fixed_on TEXT,
    online_url TEXT NOT NULL,
    online_close TEXT,
    distributed INTEGER,
    counted_by TEXT NOT NULL,
    counted_on TEXT,
    purpose TEXT NOT NULL,
    frozen_at TEXT,
    frozen_by TEXT NOT NULL,
    freeze_note TEXT NOT NULL
) STRICT;

CREATE TABLE survey_imports (
    id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL REFERENCES event_surveys(id),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    new INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    needs_check INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    dropped_columns TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE answer_sheets (
    id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL REFERENCES event_surveys(id),
    import_id INTEGER REFERENCES survey_imports(id),
    source TEXT NOT NULL,
    number INTEGER,
    answered_at TEXT,
    row_key TEXT NOT NULL,
    respondent_key TEXT NOT NULL,
    answers TEXT NOT NULL,
    extra TEXT NOT NULL,
    problems TEXT NOT NULL,
    counted INTEGER NOT NULL,
    decision TEXT NOT NULL
) STRICT;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events(id),
    way TEXT NOT NULL,
    version INTEGER NOT NULL,
    author TEXT NOT NULL,
    status TEXT NOT NULL,
    body TEXT NOT NULL,
    tables TEXT NOT NULL,
    contractor_confirmed_on TEXT,
    file_id INTEGER REFERENCES stored_files(id),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER,
    received_on TEXT,
    received_how TEXT NOT NULL,
    receipt_number TEXT NOT NULL,
    original_place TEXT NOT NULL,
    points TEXT NOT NULL,
    checked_on TEXT,
    checked_by TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE report_figures (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    theirs TEXT NOT NULL,
    ours TEXT NOT NULL,
    source TEXT NOT NULL,
    page TEXT NOT NULL,
    handling TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX kind_numbers_programme_id ON kind_numbers(programme_id);

CREATE INDEX people_organisation_id ON people(organisation_id);

CREATE INDEX events_programme_id ON events(programme_id);

CREATE INDEX events_organisation_id ON events(organisation_id);

CREATE INDEX agenda_items_event_id ON agenda_items(event_id);

CREATE INDEX equipment_items_event_id ON equipment_items(event_id);

CREATE INDEX recruitment_steps_event_id ON recruitment_steps(event_id);

CREATE INDEX deadline_overrides_event_id ON deadline_overrides(event_id);

CREATE INDEX event_results_event_id ON event_results(event_id);

CREATE INDEX agreements_event_id ON agreements(event_id);

CREATE INDEX expected_counts_event_id ON expected_counts(event_id);

CREATE INDEX expected_counts_organisation_id ON expected_counts(organisation_id);

CREATE INDEX headcount_notices_event_id ON headcount_notices(event_id);

CREATE INDEX letters_event_id ON letters(event_id);

CREATE INDEX outgoing_event_id ON outgoing(event_id);

CREATE INDEX materials_event_id ON materials(event_id);

CREATE INDEX material_versions_material_id ON material_versions(material_id);

CREATE INDEX material_versions_file_id ON material_versions(file_id);

CREATE INDEX findings_version_id ON findings(version_id);

CREATE INDEX event_surveys_event_id ON event_surveys(event_id);

CREATE INDEX survey_imports_survey_id ON survey_imports(survey_id);

CREATE INDEX answer_sheets_survey_id ON answer_sheets(survey_id);

CREATE INDEX answer_sheets_import_id ON answer_sheets(import_id);

CREATE INDEX reports_event_id ON reports(event_id);

CREATE INDEX reports_file_id ON reports(file_id);

CREATE INDEX report_figures_report_id ON report_figures(report_id);

CREATE UNIQUE INDEX answer_sheets_row_key ON answer_sheets(survey_id, row_key) WHERE row_key <> '';

CREATE UNIQUE INDEX stored_files_keyed_hash ON stored_files(keyed_hash);

CREATE INDEX events_event_date ON events(event_date);

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    event_id INTEGER,
    undo_of INTEGER,
    redo_of INTEGER,
    barrier INTEGER NOT NULL,
    payload TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;

CREATE INDEX journal_event_id ON journal(event_id);

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

