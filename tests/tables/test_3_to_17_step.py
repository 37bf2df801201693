"""Folders from before the migrations 3 to 17: what was there stays, and what is new is filled as it should be."""

from datetime import date, datetime

import pytest
import sqlcipher3

from app.programme.rules import contract_on
from db import migrations
from db import rows as db_rows
from db.keys import derive_keys
from db.mapping import to_row
from db.name_key import name_key
from db.records.documents import Letter, Notification, Outgoing
from db.records.organisations import Contact
from db.records.programme import Contractor, ContractTerms, Office, Programme
from db.records.roster import Entry
from db.records.submissions.reports import AcceptedDifference, ReportFigure, ReportPhoto
from db.records.surveys import EarlierCounts, EarlierQuestion, EventSurvey, ResponseDraft, SurveyResponse
from db.rows import by_id, rows
from db.store import Store
from db.tables import documents, organisations, participants
from db.tables import surveys as table
from tests.support.old_shapes import a_year, before_step, insert, put
from tests.support.stores import DATA_KEY
from tests.support.years import BY, NOW

pytestmark = pytest.mark.nightly


# People written before contacts had a purpose keep their telephone number, now as a contact, and are found.


def test_a_telephone_number_of_the_old_shape_becomes_a_contact():
    database = migrations.in_memory(upto=3)
    insert(database, "organisations", id=7, branch="第3支部", name="見本髙台町会", stages="{}")
    for number, (name, phone) in enumerate((("髙橋　恵子", "03-0000-1234"), ("渡邉 正", "")), start=1):
        insert(database, "people", id=number, organisation_id=7, name=name, role="会長", phone=phone)

    migrations.migrate(database)

    assert [(one.id, one.name, one.role) for one in organisations.people(database, 7)] == [
        (1, "髙橋　恵子", "会長"),
        (2, "渡邉 正", "会長"),
    ]
    assert organisations.contacts_of_person(database, 1) == [Contact(id=1, person_id=1, value="03-0000-1234")]
    keys = dict(database.execute("SELECT person_id, key FROM person_keys").fetchall())
    assert [word for word in (name_key("高橋恵子"), "03000012") if word not in keys[1]] == []
    assert name_key("渡辺") in keys[2]
    assert name_key("高台") in database.execute("SELECT key FROM organisation_keys").fetchone()[0]
    database.conn.close()


# A questionnaire and an event's survey of the older shape open as they were, with what is new left empty.


def test_a_survey_of_the_older_shape_keeps_its_questions_and_belongs_to_no_master():
    database = before_step(5)
    questions = '[{"code":"q1","title":"満足度","type":"SA","options":["満足","不満"]}]'
    insert(database, "event_surveys", id=3, event_id=1, title="見本", questions=questions, counted_by="受託者")
    migrations.migrate(database)

    survey = by_id(database, EventSurvey, 3)
    assert survey is not None
    assert (survey.questionnaire_id, survey.large_copies) == (None, 0)
    question = survey.questions[0]
    assert (question.title, question.options, question.asked_of, question.scale) == (
        "満足度",
        ("満足", "不満"),
        "",
        False,
    )


# A folder of the shape before the earlier years opens as it was and then keeps their totals letter for letter.


def test_an_older_folder_keeps_its_themes_and_gets_an_empty_place_for_earlier_years(tmp_path):
    keys = derive_keys(DATA_KEY)
    database = before_step(6)
    insert(database, "comment_themes", id=4, survey_id=1, question_code="q9", position=1, name="講師")

    migrations.migrate(database)

    assert [(theme.id, theme.name) for theme in table.comment_themes(database, 1)] == [(4, "講師")]
    assert table.earlier_counts(database) == []
    store = Store(folder=tmp_path, database=database, keys=keys, login_id="sample")
    given = EarlierCounts(
        fiscal_year=2025,
        kind="講習会",
        sheets=41,
        questions=(EarlierQuestion(code="q1", title="満足度", base=41, counts={"満足": 40, "無回答": 1}),),
        source="令和7年度 実施報告書",
    )
    with store.change(action="前の年度の集計を入力", by=BY, now=NOW) as change:
        row_id = change.insert(given)
    kept = by_id(database, EarlierCounts, row_id)
    assert kept is not None
    assert (kept.questions, kept.events, list(kept.questions[0].counts)) == (given.questions, None, ["満足", "無回答"])


# A paper sheet typed before the second typing was kept opens as it was: nobody is named as its typist.


def test_a_sheet_of_the_older_shape_keeps_its_answers_and_names_no_typist():
    database = before_step(7)
    database.execute(
        "INSERT INTO answer_sheets (id, survey_id, source, number, row_key, respondent_key, answers, extra, problems, "
        "counted, decision) VALUES (5, 1, '紙', 1, '', '', '{\"q1\":{\"chosen\":[\"満足\"]}}', '{}', '[]', 1, '')"
    )

    migrations.migrate(database)

    sheet = by_id(database, SurveyResponse, 5)
    assert sheet is not None
    assert (sheet.answers["q1"].chosen, sheet.typed_by) == (("満足",), "")


# The log of the shape before copies were kept stays word for word: no copy, and a 取消 row names the row it takes
# back.

OLD = """
INSERT INTO outgoing VALUES (1, NULL, '参加人数連絡書', 'R8-講01', 1, 'pdf', '印刷', '', 'ab', 1, 2, 1, '', '見本', '2026-09-18T09:00:00', '{"印刷":"白黒"}', NULL, NULL);
INSERT INTO outgoing VALUES (2, NULL, '参加人数連絡書', 'R8-講01', 1, 'pdf', '取消', '', 'ab', 1, 2, 1, '', '見本', '2026-09-18T09:05:00', '{"もとの記録":"1"}', NULL, NULL);
INSERT INTO outgoing VALUES (3, NULL, '受付名簿', 'R8-講01', 1, 'pdf', '取消', '', 'cd', 1, 2, 1, '', '見本', '2026-09-18T09:06:00', '{"もとの記録":"77"}', NULL, NULL);
INSERT INTO programmes (id, fiscal_year, title, term_end, clauses_checked, proposal_period, payment_period, sample, draft_lead_open_days, question_lead_open_days, review_open_days, check_open_days, announce_days, closed_reason) VALUES (2, 2026, '今の年', '2027-03-31', '一致', '2週間以内', '30日以内', 0, 5, 2, 5, 4, '[7,3,0]', '');
"""


@pytest.fixture
def database():
    made = migrations.in_memory(upto=9)
    for statement in OLD.strip().split("\n"):
        made.execute(statement)
    yield made
    made.conn.close()


def test_rows_from_before_keep_every_word_and_have_no_copy(database):
    before = [dict(row) for row in database.query("SELECT * FROM outgoing ORDER BY id")]
    migrations.migrate(database)
    after = [dict(row) for row in database.query("SELECT * FROM outgoing ORDER BY id")]
    assert [{name: row[name] for name in before[0]} for row in after] == before
    assert {
        (row.copy_file_id, row.copy_sha256, row.copy_erased_on, row.print_use)
        for row in documents.all_outgoing(database)
    } == {(None, None, None, "")}
    assert [dict(row) for row in database.query("SELECT copy_years FROM programmes")] == [{"copy_years": 5}]


def test_a_row_that_takes_one_back_names_it_where_it_is_there(database):
    migrations.migrate(database)
    assert {row.id: row.withdraws for row in documents.all_outgoing(database)} == {1: None, 2: 1, 3: None}


# Settings, letters, texts and dates of the shape before years had a frame keep what they say, and belong to the
# year.

YEARS_AND_SCOPES_OLD = """
INSERT INTO programmes VALUES (1, 2025, '前の年', NULL, '2026-03-31', '一致', '2週間以内', '30日以内', 0, NULL, 5, 2, 5, 4, '[7,3,0]');
INSERT INTO programmes VALUES (2, 2026, '今の年', NULL, '2027-03-31', '一致', '2週間以内', '30日以内', 0, NULL, 5, 2, 5, 4, '[7,3,0]');
INSERT INTO offices VALUES (1, '練馬区', '部', '課', '係', '', '', '', '', '', '', '', '髙﨑');
INSERT INTO contractors VALUES (1, '𠮷田株式会社', '', '', '', '');
INSERT INTO paper_settings VALUES (1, '参加人数連絡書', '事務連絡', '受託者', '様', '', '{}');
INSERT INTO letters VALUES (4, 9, '決定通知', 2, '公文書', '施行', '2026-09-01', '8練地第1号', '2026-09-02');
INSERT INTO paper_texts VALUES (5, 9, '募集チラシ', '見出し', '葛\U000e0100城の会');
INSERT INTO deadline_overrides VALUES (6, 9, '人数連絡', '2026-09-20', '協議のため', '見本 花子', '2026-09-01T09:00:00');
"""


@pytest.fixture
def years_and_scopes_database():
    made = before_step(9)
    for statement in YEARS_AND_SCOPES_OLD.strip().split("\n"):
        made.execute(statement)
    return made


def rows_in(years_and_scopes_database, name):
    return [dict(row) for row in years_and_scopes_database.query(f"SELECT * FROM [{name}] ORDER BY id")]


def test_what_was_set_belongs_to_the_newest_year_and_holds_from_its_beginning(years_and_scopes_database):
    migrations.migrate(years_and_scopes_database)
    for name in ("offices", "contractors", "paper_settings"):
        (row,) = rows_in(years_and_scopes_database, name)
        assert (row["programme_id"], row["valid_from"], row["reason"]) == (2, None, "")
    assert db_rows.row(years_and_scopes_database, Office, programme_id=2).staff == "髙﨑"
    assert db_rows.row(years_and_scopes_database, Contractor, programme_id=2).name == "𠮷田株式会社"
    assert [row["closed_on"] for row in rows_in(years_and_scopes_database, "programmes")] == [None, None]


def test_letters_texts_and_dates_set_by_hand_keep_every_word_and_hang_on_their_event(years_and_scopes_database):
    before = {
        name: rows_in(years_and_scopes_database, name) for name in ("letters", "paper_texts", "deadline_overrides")
    }
    migrations.migrate(years_and_scopes_database)
    for name, old in before.items():
        (row,) = rows_in(years_and_scopes_database, name)
        assert {name: row[name] for name in old[0]} == old[0]
        assert row["programme_id"] is None
    assert [name for name in years_and_scopes_database.table_names() if name.endswith("_of_scopes")] == []


@pytest.mark.parametrize("scope", [{}, {"event_id": 9, "programme_id": 2}])
def test_a_letter_hangs_on_exactly_one_thing(years_and_scopes_database, scope):
    migrations.migrate(years_and_scopes_database)
    with pytest.raises(sqlcipher3.dbapi2.IntegrityError, match="CHECK"):
        put(years_and_scopes_database, "letters", Letter(id=7, document_kind="協議", **scope))
    put(years_and_scopes_database, "letters", Letter(id=8, document_kind="協議", programme_id=2))


# Totals fixed before differences were kept open as they are: nothing is settled, and no reason is made up.

NEW = ("settlements", "uncompared", "papers_received")


def test_a_survey_of_the_older_shape_keeps_its_numbers_and_has_nothing_settled():
    database = before_step(12)
    fixed = {
        "contractor_counts": {"q1": {"満足": 3}},
        "frozen_at": datetime(2026, 10, 8, 17, 5),
        "frozen_by": "見本 太郎",
    }
    row = to_row(EventSurvey(id=5, event_id=1, title="標準", **fixed))
    database.table("event_surveys").insert({name: row[name] for name in row if name not in NEW})

    migrations.migrate(database)

    survey = by_id(database, EventSurvey, 5)
    assert survey is not None
    assert survey.contractor_counts == {"q1": {"満足": 3}}
    assert (survey.frozen_by, survey.settlements, survey.uncompared) == ("見本 太郎", {}, "")
    assert rows(database, ResponseDraft) == []


# What was told of numbers before there were acts is an act each, with its day, party, way, facts and copy; nothing
# is told twice.

ACTS_OLD = """
INSERT INTO events (id, programme_id, kind, ordinal, subject, event_date, start_time, end_time, venue, room, content, lecturer, organisation_name, tools, network, extra_materials, hands_on, status, cancel_reason, exception_reason, exception_kind, note, count_source) VALUES (6, 1, '講習会', 6, 'Instagram講習会', '2026-12-08', '14:00', '16:00', '見本つつじ台区民館', '研修室', '', '', '', '[]', '不明', 1, 0, '予定', '', '', '', '', '');
INSERT INTO headcount_notices VALUES (1, 6, 1, 14, 8, 6, 8, 2, '拡大資料1部', '2026-11-30', '', '2026-12-01', '見本 林', '業務責任者　見本 花子', 'メール');
INSERT INTO headcount_notices VALUES (2, 6, 2, 15, 9, 6, 9, 2, '拡大資料1部', '2026-12-02', '追加の申込', NULL, '', '', '');
INSERT INTO outgoing (id, event_id, document_kind, reference, version, format, way, file_name, sha256, pages, copies, personal, reason, by, at, detail) VALUES (3, 6, '人数連絡', '第1報', 1, 'txt', '連絡', '', 'ab', NULL, 1, 0, '', '見本', '2026-12-01T10:30:00', '{}');
INSERT INTO outgoing (id, event_id, document_kind, reference, version, format, way, file_name, sha256, pages, copies, personal, reason, by, at, detail) VALUES (4, 6, '資料確認結果通知', 'R8', 1, 'pdf', 'そのまま保存', 'a.pdf', 'cd', 1, 1, 0, '', '見本', '2026-12-01T11:00:00', '{}');
"""


@pytest.fixture(scope="module")
def acts_database():
    """Taken over once: what is asked of it here changes nothing."""
    made = before_step(13)
    for statement in ACTS_OLD.strip().split("\n"):
        made.execute(statement)
    migrations.migrate(made)
    return made


def test_a_notice_that_was_told_is_an_act_with_all_it_said(acts_database):
    (act,) = rows(acts_database, Notification)
    assert (act.event_id, act.document_kind, act.key, act.version, act.title) == (
        6,
        "参加人数連絡書",
        "人数",
        1,
        "第1報 14人",
    )
    assert (act.told_on.isoformat(), act.told_to, act.told_how, act.told_by) == (
        "2026-12-01", "業務責任者　見本 花子", "メール", "見本 林",
    )  # fmt: skip
    assert act.facts == {
        "参加予定": "14人", "団体": "8団体", "持参する端末": "6台", "貸与する端末": "8台", "配慮": "2件",
        "必要な対応": "拡大資料1部", "実施日": "2026-12-08", "時間": "14:00–16:00", "会場": "見本つつじ台区民館 研修室",
    }  # fmt: skip
    assert (act.outgoing_id, act.at.isoformat(), act.withdrawn) == (3, "2026-12-01T10:30:00", False)


def test_the_notices_know_what_told_them_from_the_acts_alone(acts_database):
    first, second = participants.headcount_notices(acts_database, 6)
    assert (first.notified_to, first.notified_on.isoformat(), first.people) == (
        "業務責任者　見本 花子",
        "2026-12-01",
        14,
    )
    assert (second.notified_on, second.reason) == (None, "追加の申込")
    assert "told_on" not in {column.name for column in acts_database["headcount_notices"].columns}


def test_what_was_saved_before_was_not_told_by_it(acts_database):
    assert [(row.id, row.facts) for row in rows(acts_database, Outgoing)] == [(3, {}), (4, {})]
    assert not [act for act in rows(acts_database, Notification) if act.document_kind == "資料確認結果通知"]


# The step that keeps reasons for differing numbers leaves what was there, and takes a row of its own.


def test_figures_of_before_stay_and_reasons_have_their_table():
    made = before_step(14)
    made.execute(
        "INSERT INTO report_figures (id, report_id, position, item, theirs, ours, source, page, handling, reason) "
        "VALUES (1, 1, 1, '回収数', '18枚', '17枚', '紙13・オンライン4', '1', '修正を依頼', '')"
    )
    migrations.migrate(made)
    (figure,) = rows(made, ReportFigure)
    assert (figure.item, figure.theirs, figure.handling) == ("回収数", "18枚", "修正を依頼")
    assert rows(made, AcceptedDifference) == []


# A roster from before 遅刻 was noted: every place keeps what it was, and nobody is late.


def test_places_from_before_are_as_they_were_and_nobody_is_late():
    database = before_step(15)
    database.execute(
        "INSERT INTO entries (id, event_id, organisation_name, role, state, way, device, care, photo, number, seat,"
        " walk_in, attendance, attended_at, absent_note, doubtful, note) VALUES"
        " (7, 6, 'みほん町会', '', '決定', '', '', '', '', 9, '', 0, '出席', '2026-09-24T13:42:00', '', '', '')"
    )
    migrations.migrate(database)
    (entry,) = rows(database, Entry)
    assert (entry.id, entry.state, entry.number, entry.attendance) == (7, "決定", 9, "出席")
    assert entry.attended_at is not None
    assert entry.attended_at.isoformat() == "2026-09-24T13:42:00"
    assert not entry.late


# The step that gives a report its pictures leaves the reports of before as they were.


def test_what_was_there_stays_and_pictures_have_their_table():
    made = before_step(15)
    made.execute(
        "INSERT INTO kept_numbers (id, event_id, number, place, ours, theirs, reason, by, kept_on) "
        "VALUES (1, 1, '出席', '実施報告書', '16', '15', '数え方が違う', '見本　係員', '2026-11-20')"
    )
    migrations.migrate(made)
    (kept,) = rows(made, AcceptedDifference)
    assert (kept.number, kept.reason) == ("出席", "数え方が違う")
    assert rows(made, ReportPhoto) == []


# The step of the contract register leaves years and changes of before as they were, with nothing made up.


def test_a_year_and_a_change_of_before_read_as_they_were():
    made = migrations.in_memory(upto=17)
    a_year(made)
    made.execute(
        "INSERT INTO contract_terms (id, programme_id, valid_from, reason, term_end, proposal_period, payment_period) "
        "VALUES (1, 1, '2026-10-01', '見直し', '2027-03-15', '2週間以内', '20日以内')"
    )
    insert(made, "contractors", id=1, name="見本企画", responsible="見本", programme_id=1)
    migrations.migrate(made)
    (year,), terms, (contractor,) = rows(made, Programme), rows(made, ContractTerms), rows(made, Contractor)
    assert (year.contract_number, year.amount, year.tax_rate, year.annex_004) == ("", None, 10, False)
    assert year.expiry_days == (90, 60, 30, 7)
    after = contract_on(year, terms, date(2026, 10, 1))
    assert (after.term_end, after.payment_period, after.amount) == (date(2027, 3, 15), "20日以内", None)
    assert (contractor.name, contractor.registration_number) == ("見本企画", "")
    made.conn.close()
