"""Folders from before the migrations 17 to 31: what was there stays, and what is new is filled as it should be."""

import json
from datetime import date, datetime

import pytest

from app.events.discussion.rules import report_rows
from app.events.discussion.services import discussion_of
from db import migrations
from db.mapping import to_row
from db.name_key import name_key
from db.records.agreements import Agreement, Homework
from db.records.discussion import DiscussionStep
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.ledgers import CheckSheet, LedgerNote, LedgerNumber, LedgerRow, LedgerSetting
from db.records.organisations import Contact, NotDouble, PlannedChange, StageMark
from db.records.programme import ClosedDay, Contractor, Programme
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.records.submissions.materials import Finding, Material
from db.records.submissions.received import PointCheck, ReceivedPaper
from db.records.submissions.reports import Report
from db.records.surveys import EarlierCounts
from db.records.year.completion import Inspection, PaperReading
from db.records.year.proposal import BudgetMemo, Evidence, Issue, MemoAmount, MemoClause, PlanLine, PolicyLine
from db.records.year.specification import NextValue, SpecificationText
from db.records.year.summary import AnswerFigure, EarlierFigure, YearAnswer, YearReason
from db.rows import rows
from db.tables import reports, search
from db.tables.agreements import next_number, of_year
from tests.support.old_shapes import a_year, before_step, insert, stands_once

pytestmark = pytest.mark.nightly


# A register from before pairs could be kept apart: every 団体 stays, and no pair is kept apart.


def test_what_was_there_stays_and_no_pair_is_kept_apart():
    database = before_step(17)
    insert(database, "stage_marks", id=1, organisation_id=3, tool="LINE", stage="2", marked_on="2026-09-01", by="見本")
    migrations.migrate(database)
    (mark,) = rows(database, StageMark)
    assert (mark.tool, mark.stage, mark.marked_on) == ("LINE", "2", date(2026, 9, 1))
    assert rows(database, NotDouble) == []


# 協議 of before: each settled one gets the number of its place in its year, one of no event the newest year; nothing
# of it changes.

OLD = """
INSERT INTO programmes (id, fiscal_year) VALUES (1, 2026);
INSERT INTO events (id, programme_id, kind, ordinal, subject, event_date, start_time, end_time, venue, room, content, lecturer, organisation_name, tools, network, extra_materials, hands_on, status, cancel_reason, exception_reason, exception_kind, note, count_source) VALUES (6, 1, '講習会', 6, 'Instagram講習会', '2026-12-08', '14:00', '16:00', '', '', '', '', '', '[]', '不明', 1, 0, '予定', '', '', '', '', '');
INSERT INTO agreements VALUES (1, 6, '', '日程', '', '2026-08-03', '2026-09-10', '業務責任者', '協議で足りる', '');
INSERT INTO agreements VALUES (2, 6, '協議06-2', '内容', 'LINEを外す', '2026-08-03', '2026-09-01', '', '協議で足りる', '覚え');
INSERT INTO agreements VALUES (3, 6, '', '設問', '', '2026-08-03', NULL, '', '協議で足りる', '');
INSERT INTO agreements VALUES (4, NULL, '', '実施回数の変更', '', '2026-08-03', '2026-10-01', '', '協議で足りる', '');
"""


@pytest.fixture(scope="module")
def database():
    """Taken over once: what is asked of it here changes nothing."""
    made = before_step("agreement_records")
    insert(made, "programmes", id=1, fiscal_year=2026)
    for statement in OLD.strip().split("\n")[1:]:
        made.execute(statement)
    migrations.migrate(made)
    yield made
    made.conn.close()


def test_what_was_settled_is_numbered_by_its_day_and_keeps_every_word(database):
    known = {one.id: one for one in rows(database, Agreement)}
    assert {row_id: one.ordinal for row_id, one in known.items()} == {1: 2, 2: 1, 3: None, 4: 3}
    assert (known[2].record_number, known[1].record_number, known[3].record_number) == ("協議06-2", "第2号", "")
    assert (known[2].content, known[2].note, known[1].partner, known[2].decision) == (
        "LINEを外す",
        "覚え",
        "業務責任者",
        "",
    )


def test_one_of_no_event_belongs_to_the_newest_year_and_the_next_number_follows(database):
    (year,) = {one.programme_id for one in rows(database, Agreement) if one.event_id is None}
    assert [one.id for one in of_year(database, year)] == [1, 2, 3, 4]
    assert next_number(database, year) == 4


# Names corrected before former names were kept apart are found from the journal's first row on; contacts stay as
# they were.


def _renaming(seq, table, row_id, before, after):
    image = {"id": row_id, "name": before}
    change = {"table": table, "row_id": row_id, "before": image, "after": image | {"name": after}}
    return [seq, f"2020-04-0{seq}T09:00:00", "見本", "直した", "organisations", 0, json.dumps([change]), "", ""]


def test_what_was_renamed_before_is_found_and_what_was_erased_is_not():
    database = before_step("former_names")
    insert(database, "organisations", id=7, name="見本髙台町会", stages="{}")
    insert(database, "contacts", id=1, organisation_id=7, kind="電話", value="03-0000-1234", purpose="団体への連絡")
    for row in (
        _renaming(1, "organisations", 7, "見本旧町会", "見本髙台町会"),
        _renaming(2, "organisations", 9, "見本旧町会", "なくなった町会"),
        [3, "2020-04-03T09:00:00", "見本", "消した", "organisations", 0, "", "", ""],
    ):
        database.execute(
            "INSERT INTO journal (seq, at, by, action, subject, barrier, payload, payload_hash, chain)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    migrations.migrate(database)

    ((entry, what, row_id),) = search.name_changes(database, [name_key("見本旧町会")], limit=4)
    assert (entry.seq, what, row_id) == (1, "organisations", 7)
    assert [(one.organisation_id, one.event_id, one.value) for one in rows(database, Contact)] == [
        (7, None, "03-0000-1234")
    ]
    database.execute("UPDATE journal SET payload = '' WHERE seq = 1")
    assert search.name_changes(database, [name_key("見本旧町会")], limit=4) == []
    database.conn.close()


# The step of the received papers: a report that came in moves with its id, its numbers and its check; what is made
# here stays.

_REPORT = (
    "INSERT INTO reports (id, event_id, way, version, author, status, body, tables, contractor_confirmed_on, file_id, "
    "file_name, sha256, pages, received_on, received_how, receipt_number, original_place, points, "
    "checked_on, checked_by, "
    "note) VALUES (?, 6, ?, ?, '受託者', ?, '{}', '{}', ?, ?, ?, ?, ?, ?, 'メール', '第1204号', "
    "'文書管理システム', ?, ?, ?, '覚え')"
)


def test_received_reports_of_before_are_received_papers_and_read_as_they_did():
    made = before_step(21)
    points = '{"実施内容":true,"講師からの所感":false}'
    day = "2026-10-09"
    made.execute(_REPORT, [1, "作成", 1, "作成中", None, None, "", "", None, None, "{}", None, ""])
    made.execute(_REPORT, [2, "受領", 1, "修正依頼", day, 7, "報告書.pdf", "ab", 4, day, points, "2026-10-14", "見本"])
    made.execute(_REPORT, [3, "受領", 2, "確認済", day, 8, "報告書2.pdf", "cd", 5, day, points, "2026-10-20", "見本"])
    made.execute(_REPORT, [4, "作成", 2, "受領", day, None, "", "", None, day, "{}", None, ""])
    made.execute(
        "INSERT INTO report_figures (id, report_id, position, item, theirs, ours, source, page, handling, reason) "
        "VALUES (5, 2, 1, '回収数', '18枚', '17枚', '紙13・オンライン4', '1', '修正を依頼', '')"
    )
    before = made.execute("SELECT * FROM reports ORDER BY way, version").fetchall()
    migrations.migrate(made)

    found = reports.reports_of_event(made, 6)
    assert [(one.id, one.way, one.version, one.status) for one in found] == [
        (1, "作成", 1, "作成中"), (4, "作成", 2, "受領"), (2, "受領", 1, "修正依頼"), (3, "受領", 2, "確認済"),
    ]  # fmt: skip
    assert (found[2].points, found[2].checked_on, found[2].checked_by) == (
        {"実施内容": True, "講師からの所感": False}, date(2026, 10, 14), "見本",
    )  # fmt: skip
    assert (found[3].checked_on, found[3].file_name, found[3].pages, found[3].note) == (
        date(2026, 10, 20), "報告書2.pdf", 5, "覚え",
    )  # fmt: skip
    assert len(before) == len(found)
    assert {one.id for one in rows(made, Report)} == {1, 4}
    first, second = rows(made, ReceivedPaper, order="id")
    assert first.points["講師からの所感"] == PointCheck(result="なし")
    assert (first.asked_on, first.checked_on, second.asked_on) == (date(2026, 10, 14), None, None)
    (figure,) = reports.figures_of_report(made, 2)
    assert (figure.id, figure.theirs, figure.handling) == (5, "18枚", "修正を依頼")


# Data from before the ledgers: what was there stays, no ledger has a row of its own, and a number stands once.


def test_what_was_there_stays_and_a_number_stands_once():
    database = before_step(22)
    insert(database, "stage_marks", id=1, organisation_id=3, tool="LINE", stage="2", marked_on="2026-09-01", by="見本")
    migrations.migrate(database)
    (mark,) = rows(database, StageMark)
    assert (mark.tool, mark.marked_on) == ("LINE", date(2026, 9, 1))
    kinds = (LedgerRow, LedgerNote, LedgerNumber, LedgerSetting, CheckSheet)
    assert [rows(database, kind) for kind in kinds] == [[]] * len(kinds)
    stands_once(
        database,
        "INSERT INTO ledger_rows (programme_id, ledger, number, cells, by, at) VALUES (1, 'workers', 1, '{}', '', '')",
    )


# The step of completion leaves years and contractors of before as they were, with nothing made up.


def test_a_year_of_before_has_no_deadline_of_the_accounts_and_no_inspection():
    made = migrations.in_memory(upto=23)
    a_year(made)
    insert(made, "contractors", id=1, name="見本企画", responsible="見本", programme_id=1)
    migrations.migrate(made)
    (year,), (contractor,) = rows(made, Programme), rows(made, Contractor)
    assert (year.accounts_due, year.invoice_seal) == (None, "")
    assert (contractor.name, contractor.account, contractor.account_holder) == ("見本企画", "", "")
    assert rows(made, Inspection) == rows(made, PaperReading) == []
    made.conn.close()


# Data from before 年度まとめ: what was there stays, and an item of an earlier year stands once.


def test_what_was_there_stays_and_numbers_of_a_year_have_their_place():
    database = before_step(24)
    insert(
        database, "earlier_counts", id=1, fiscal_year=2025, kind="講習会", sheets=41, questions="[]", source="紙の写し"
    )
    migrations.migrate(database)
    assert [one.sheets for one in rows(database, EarlierCounts)] == [41]
    assert [rows(database, kind) for kind in (EarlierFigure, YearReason, YearAnswer)] == [[]] * 3
    stands_once(
        database,
        "INSERT INTO earlier_figures (fiscal_year, kind, item, number, source, by, at) VALUES (2025, '講習会', '延べ人数', 58, '係の記録', '見本', '2026-09-30T09:00:00')",
    )
    answer = YearAnswer(
        programme_id=1,
        question="何人か",
        asked_by="議員",
        asked_on=date(2026, 12, 1),
        answer="58人",
        figures=(AnswerFigure(title="延べ人数", value="58人", source="係の記録"),),
        day=date(2026, 12, 1),
        by="見本",
        at=datetime(2026, 12, 1, 9, 0),
    )
    database["year_answers"].insert(to_row(answer))
    assert [one.figures for one in rows(database, YearAnswer)] == [answer.figures]


# Data from before the slips of 派遣: its steps for 区報 and チラシ go where nobody touched them; what was done stays.


def test_steps_that_a_dispatch_never_takes_go_and_what_was_done_stays():
    database = before_step("dispatches")
    for event_id, kind in ((1, "派遣"), (2, "講習会")):
        insert(database, "events", id=event_id, kind=kind, programme_id=1, subject="見本")
    for step_id, event_id, name, done in (
        (1, 1, "チラシ校了", None), (2, 1, "区報原稿締切", "2026-08-01"), (3, 1, "決定通知", None),
        (4, 2, "チラシ校了", None),
    ):  # fmt: skip
        database.execute(
            "INSERT INTO recruitment_steps (id, event_id, position, name, offset_days, due, done_on, done_by, note)"
            " VALUES (?, ?, ?, ?, 40, NULL, ?, '', '')",
            [step_id, event_id, step_id, name, done],
        )
    migrations.migrate(database)
    assert [one.id for one in rows(database, RecruitmentStep)] == [2, 3, 4]
    assert [rows(database, kind) for kind in (DispatchRequest, DispatchSupport, DispatchFollowUp)] == [[]] * 3


# Handouts and findings from before their rights and places were noted: as they were, nothing answered, no place.


def test_handouts_and_findings_keep_what_they_said():
    database = before_step("material_rights")
    insert(database, "materials", id=3, event_id=6, title="テキスト")
    insert(database, "findings", id=5, version_id=4, page="3", text="字が小さい", duty="お願い", resolved=1)
    migrations.migrate(database)
    (material,), (finding,) = rows(database, Material), rows(database, Finding)
    assert (material.title, material.rights) == ("テキスト", {})
    assert (finding.text, finding.resolved, finding.place) == ("字が小さい", True, ())


# The step that gives the discussion rows of its own: what landed reports hold moves, nothing is lost and nothing
# stands twice.

GROUPS = [
    [
        "1班",
        "役員の仕事を減らす",
        "5人・4団体　付箋 23枚",
        "例野",
        "毎月の回覧\n・会計の集計",
        "担い手の不足 9枚\n情報の伝達 14枚\n選定：役員の仕事を減らす",
        "案内を一本化\nひな形",
        "役員会から",
    ],
    ["2班", "", "4人　付箋多数", "仮井", "", "紙3枚を配る 10枚\n選定：回覧板を早く", "", ""],
]
COMMON = [["紙と併せて使う", "1、2"], ["小さく試す", "1"]]
ACTIONS = [["ひな形を配る", "1班　解決策「ひな形」", "区・受託者", "R8.12.25（金）", "協議記録"]]
CHANGES = [["時間が足りない", "5分延ばす。", "付箋89枚"]]


def _reports(database, *, confirmed: bool) -> None:
    insert(database, "events", id=1, programme_id=1, kind="意見交換会", tools="[]", event_date="2026-11-12")
    insert(database, "table_groups", id=1, event_id=1, number=1, facilitator="受託者の配置表のとおり")
    tables = {
        "班": GROUPS,
        "共通点": COMMON,
        "つなげること": ACTIONS,
        "引継ぎ": CHANGES,
        "時間割内容": [["発表", "班5分"]],
    }
    confirmed_on = "2026-11-20" if confirmed else None
    held = {"way": "作成", "body": "{}", "points": "{}", "tables": json.dumps(tables, ensure_ascii=False)}
    for version in (1, 2):
        one = {"id": version, "event_id": 1, "version": version, "contractor_confirmed_on": confirmed_on}
        insert(database, "reports", **held, **one)


def _moved(*, confirmed: bool = False):
    database = before_step("_discussions")
    _reports(database, confirmed=confirmed)
    migrations.migrate(database)
    tables = [json.loads(text) for (text,) in database.execute("SELECT tables FROM reports ORDER BY id")]
    return database, tables


def test_what_the_newest_report_held_becomes_lines_and_prints_as_before():
    database, (older, newest) = _moved()
    event = Event(id=1, kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会")
    talk = discussion_of(database, event)
    assert [(line.text, line.notes, line.chosen) for line in talk.groups[0].lines_of(DiscussionStep.SORTING)] == [
        ("担い手の不足", 9, False),
        ("情報の伝達", 14, False),
        ("役員の仕事を減らす", None, True),
    ]
    assert (talk.groups[0].facilitator, talk.groups[0].counted_notes, talk.groups[0].composition) == (
        "例野",
        23,
        "5人・4団体",
    )
    assert (talk.groups[1].topic, talk.groups[1].counted_notes, talk.groups[1].composition) == (
        "回覧板を早く",
        None,
        "4人　付箋多数",
    )
    assert talk.groups[1].lines_of(DiscussionStep.SORTING)[0].text == "紙3枚を配る"
    printed = report_rows(talk.groups, talk.points)
    first = [*GROUPS[0][:4], "毎月の回覧\n会計の集計", *GROUPS[0][5:]]
    assert printed["班"][0] == tuple(first)
    assert [list(row) for row in printed["共通点"]] == COMMON
    assert [list(row) for row in printed["つなげること"]] == ACTIONS
    assert [list(row) for row in printed["引継ぎ"]] == CHANGES
    # Nothing stands twice, and what an older version said stays with it.
    assert set(newest) == {"時間割内容"}
    assert set(older) == {"班", "共通点", "つなげること", "引継ぎ", "時間割内容"}
    database.conn.close()


def test_a_report_confirmed_before_its_content_was_kept_keeps_its_words():
    database, (_older, newest) = _moved(confirmed=True)
    assert newest["班"] == GROUPS
    talk = discussion_of(database, Event(id=1, kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会"))
    assert talk.groups[0].counted_notes == 23
    database.conn.close()


# A folder from before the 案 of dates: every closed day stays, and no 案, no day of the ward and no planned change is
# there.


def test_what_was_there_stays_and_dates_can_be_tried():
    database = before_step("schedules")
    insert(database, "closed_days", id=7, day="2026-10-02", reason="館内整備")
    migrations.migrate(database)
    (closed,) = rows(database, ClosedDay)
    assert (closed.reason, closed.day) == ("館内整備", date(2026, 10, 2))
    assert [rows(database, kind) for kind in (SchedulePlan, ScheduleCandidate, WardDay, PlannedChange)] == [[]] * 4


# The step of the 提案書: what was there stays, a 課題 stands once a year, a 団体 has one 支援方針.


def test_what_was_there_stays_and_what_stands_once_stands_once():
    database = before_step("_proposal")
    insert(database, "homework", id=1, programme_id=1, text="試す", side="区", person="見本")
    migrations.migrate(database)
    (task,) = rows(database, Homework)
    assert task.text == "試す"
    new = (Evidence, Issue, PlanLine, PolicyLine, BudgetMemo, MemoAmount, MemoClause)
    assert [rows(database, kind) for kind in new] == [[]] * len(new)
    stands_once(
        database,
        "INSERT INTO proposal_issues (programme_id, number, text) VALUES (1, 1, '課題')",
        "INSERT INTO proposal_policies (programme_id, organisation_id, stage, policy, support) VALUES (1, 2, '', '', '')",
    )


# The step of 仕様書の読み比べ: what was there stays, each side and each number stands once a year.


def test_what_was_there_stays_and_what_stands_once_stands_once_of_specification():
    database = before_step("_specification")
    insert(database, "homework", id=1, programme_id=1, text="試す", side="区", person="見本")
    migrations.migrate(database)
    assert [one.text for one in rows(database, Homework)] == ["試す"]
    assert [rows(database, kind) for kind in (SpecificationText, NextValue)] == [[], []]
    stands_once(
        database,
        "INSERT INTO specification_texts (programme_id, side, file_name, text, kept_on, kept_by) VALUES (1, 'この年度', '', '', '2026-04-01', '')",
        "INSERT INTO next_values (programme_id, key, value, clause, quote, confirmed_on, confirmed_by) VALUES (1, '講習会.planned', '7', '', '', '2026-04-01', '')",
    )
