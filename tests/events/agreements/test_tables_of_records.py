"""The papers of 協議: what each says of a record with everything and of one with nothing."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.blocks import Paragraph
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.events.agreements.documents import (
    ANSWER_OPEN,
    LEAD,
    REST,
    ChangeFacts,
    MeetingView,
    RecordFacts,
    _other_records_table,
    _reasoned_records_table,
    agreement_record,
    contract_change,
    meeting_minutes,
    records_of_year,
)
from app.programme.intake import preset
from db.records.agreements import Agreement, Homework, Meeting
from db.records.programme import Contractor
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import plain_context

PAGE_WIDTH = 165
ONE = Agreement(
    id=1,
    programme_id=1,
    topic="会場",
    asked_on=date(2026, 9, 24),
    settled_on=date(2026, 10, 1),
    clause="仕4(1)ア",
    decision="区民館",
    ordinal=3,
    reason="近いため",
    ward_view="よい",
    contractor_view="可",
)


@pytest.mark.parametrize("made", [_reasoned_records_table, _other_records_table])
def test_a_table_is_as_wide_as_the_page_and_without_records_there_is_none(made):
    assert made([]) == Paragraph("該当なし")
    assert sum(column.width for column in made([(ONE, "")]).columns) == PAGE_WIDTH


def test_a_record_says_its_event_or_the_year_its_days_and_what_was_decided():
    open_one = replace(ONE, settled_on=None, ordinal=None, asked_on=None, topic="機材")
    table = _other_records_table([(ONE, "第1回"), (open_one, "")])
    assert [column.title for column in table.columns] == ["記録", "事項", "実施回", "始めた日", "整った日"]
    assert table.rows == (
        ("第3号", "会場", "第1回", "R8.9.24", "R8.10.1"),
        ("—", "機材", "年度に共通", "", "協議中"),
    )


def test_a_record_with_its_reason_says_both_views_and_that_it_was_withdrawn():
    bare = replace(ONE, settled_on=None, ordinal=None, decision="", reason="", ward_view="", clause="")
    gone = replace(ONE, withdrawn_on=date(2026, 10, 2), contractor_view="")
    table = _reasoned_records_table([(ONE, "第1回"), (bare, ""), (gone, "")])
    assert [column.title for column in table.columns] == [
        "記録", "決定日", "件名・実施回", "決めたこと", "理由・双方の意見",
    ]  # fmt: skip
    assert table.rows == (
        ("第3号", "R8.10.1", "会場\n第1回\n仕様書4(1)ア", "区民館", "理由　近いため\n区　よい\n受託者　可"),
        ("—", "協議中", "会場\n年度に共通", "—", "受託者　可"),
        ("第3号", "R8.10.1", "会場\n年度に共通\n仕様書4(1)ア", "【取消】区民館", "理由　近いため\n区　よい"),
    )


RICH_VALUES = {
    "content": "どこで行うか", "way": "打合せ", "ward_people": "区　見本", "partner": "業務責任者",
    "nature": CONTRACT_CHANGE, "section_asked_on": date(2026, 9, 28), "section_person": "契約課",
    "section_answer": "要る", "related": "変更契約 第2号", "original_place": "紙ファイル",
    "confirmed_on": date(2026, 10, 2), "confirmed_how": "メール", "withdrawn_on": date(2026, 10, 5),
    "withdrawn_reason": "重ねて記録した。",
}  # fmt: skip
RICH = replace(ONE, **RICH_VALUES)
BARE = Agreement(id=7, topic="機材", nature="")
TASKS = (
    Homework(programme_id=1, text="鍵", person="見本", due=date(2026, 10, 9)),
    Homework(programme_id=1, text="図面", side="受託者", done_on=date(2026, 10, 3)),
)


def test_a_record_says_everything_that_is_known_of_it_and_that_the_rest_is_not():
    rich = agreement_record(
        plain_context(), RecordFacts(record=RICH, about="第1回", homework=TASKS, files=("図.pdf", "表.pdf"))
    )
    assert_paper(lines_of(rich), "協議記録")
    assert (rich.reference, rich.file_stem, rich.first_sheet) == ("R8-協-003", "R8-協-003-協議記録", "協議記録")
    nothing = RecordFacts(record=BARE, about="", homework=(), files=())
    bare = agreement_record(plain_context(), nothing)
    assert_paper(lines_of(bare), "協議記録 なにもない")
    assert bare.reference == "R8-協-仮7"
    settled = replace(nothing, record=replace(BARE, settled_on=ONE.settled_on))
    assert_paper(lines_of(agreement_record(plain_context(), settled)), "協議記録 決まった日だけ")


MEETING = Meeting(programme_id=1, ordinal=2, subject="年内の進め方", held_on=date(2026, 10, 2))


def minutes(meeting=MEETING, records=(), **given):
    known = {"titles": {4: "第4回"}, "homework": (), "earlier_homework_done": 0, "earlier_homework_count": 0}
    view = MeetingView(meeting=meeting, records=records, **({"continued": ()} | known | given))
    return lines_of(meeting_minutes(plain_context(), view))


def test_minutes_say_what_was_decided_goes_on_or_was_withdrawn_and_ask_for_a_confirmation():
    given = {
        "start_time": "10:00", "end_time": "11:00", "place": "区役所", "ward_people": "見本",
        "contractor_people": "例野", "handed": "図面", "next_meeting": "10月9日", "answer_by": date(2026, 10, 9),
    }  # fmt: skip
    whole = replace(MEETING, **given)
    ticked = replace(BARE, settled_on=MEETING.held_on, ordinal=9)
    after = replace(BARE, settled_on=date(2026, 10, 3), ordinal=10, event_id=4)
    said = minutes(
        whole,
        (replace(ONE, event_id=4), RICH, BARE, ticked),
        homework=TASKS,
        earlier_homework_done=1,
        earlier_homework_count=3,
        continued=(replace(BARE, event_id=4), ticked, after),
    )
    assert_paper(said, "打合せ記録")
    assert_paper(minutes(), "打合せ記録 なにもない")
    confirmed = replace(MEETING, confirmed_on=date(2026, 10, 5), confirmed_how="メール")
    assert minutes(confirmed)[-1] == "受託者の確認｜業務責任者が内容を確認した。R8.10.5（月）　メール｜10.5"


@pytest.mark.parametrize(
    ("confirmed", "withdrawn", "is_changed"),
    [
        (None, None, True), (4, None, False), (5, None, False), (6, None, True),
        (None, 6, False), (4, 4, False), (4, 5, True), (4, 6, True),
    ],
)  # fmt: skip
def test_minutes_name_what_was_confirmed_or_withdrawn_after_them(confirmed, withdrawn, is_changed):
    days = {"confirmed_on": confirmed, "withdrawn_on": withdrawn}
    one = replace(ONE, **{name: day and date(2026, 10, day) for name, day in days.items()})
    meeting = replace(MEETING, confirmed_on=date(2026, 10, 5))
    said = "".join(minutes(meeting, (one, replace(one, settled_on=None, ordinal=None))))
    assert ("第3号は、この確認のあとの記録である。" in said) is is_changed


def test_the_list_of_a_year_parts_what_says_why_from_what_was_only_ticked():
    only_reason, blank = replace(BARE, reason="近い"), replace(BARE, decision=" ", reason=" ")
    listed = records_of_year(plain_context(), [(ONE, "第1回"), (only_reason, ""), (blank, ""), (BARE, "")])
    assert_paper(lines_of(listed), "一覧")
    assert (listed.file_stem, listed.first_sheet) == ("R8-協-一覧-20260901", "決めたことと理由")


def test_an_agreement_on_a_change_says_what_is_known_of_contract_and_answer():
    texts = dict(zip((LEAD, ANSWER_OPEN, REST), ("前文。", "まだ。", "もとの契約による。"), strict=True))
    bare = ChangeFacts(record=BARE, about="", changes=(), texts=texts)
    year = replace(preset().programme, contract_number="第8号", contract_date=date(2026, 7, 31), amount=1_100_000)
    context = plain_context(programme=year, contractor=Contractor(name="みほん受託", representative="代表"))
    whole = contract_change(context, replace(bare, record=RICH, about="第1回", changes=(("回数", "2回", "3回"),)))
    assert_paper(lines_of(whole), "協議書")
    plain = contract_change(plain_context(), bare)
    assert_paper(lines_of(plain), "協議書 なにもない")
    stamps = [
        contract_change(context, replace(bare, record=replace(RICH, **given))).stamp
        for given in ({}, {"settled_on": None}, {"section_answer": " "})
    ]
    assert stamps == ["", "案", "案"]
    waiting = replace(bare, record=replace(BARE, asked_on=ONE.asked_on, section_person="契約課", reason="要る"))
    assert_paper(lines_of(contract_change(plain_context(), waiting)), "協議書 回答待ち")
