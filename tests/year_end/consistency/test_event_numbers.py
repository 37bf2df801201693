"""数字の食い違い検査 on the sample year: both places and the people behind each, and how a difference is left or
opened."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.user_error import UserError
from app.commands.check_numbers import _contradictions
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_scope import DocumentScope
from app.event.services import event_results
from app.events.roster.services.roster import read_roster
from app.submissions.reports.services import report_check
from app.submissions.reports.services import reports as reports_written
from app.surveys.tally.services.survey_check import settle_difference
from app.year_end.consistency.rules import unknown_counts
from app.year_end.consistency.services import event_numbers
from db.records.documents import Notification, Outgoing
from db.records.events import EventResult
from db.records.participants import HEADCOUNT_KEY, HeadcountNotice
from db.records.roster import Attendance, Entry, EntryState
from db.records.surveys import EventSurvey, SettledBy
from db.tables import events, reports, roster, surveys
from tests.support.figures import set_figure
from tests.support.paper_lines import assert_says
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
store = made_by(sample_store)


def numbers(store, kind, ordinal):
    return event_numbers.read_event_numbers(store, event_id=event_id(store, kind, ordinal))


def row(view, name):
    return next(one for one in view.rows if one.name == name)


def test_the_year_holds_the_slips_of_the_contractor_and_nothing_else(store):
    views = event_numbers.read_year_numbers(store, fiscal_year=2026)
    found = {
        (view.event.full_title, one.name, cell.source.key, cell.value)
        for view in views
        for one in view.rows
        for cell in one.contradictions
    }
    assert found == {
        ("第3回 Instagram講習会", "出席", "届いた報告書", "15"),
        ("第1回 意見交換会", "回収", "届いた報告書", "18"),
    }
    assert [one.key for view in views for one in view.inconsistencies] == ["報告書の回収率", "報告書の回収率"]


def test_a_difference_has_its_sum_its_cause_and_first_the_people_who_make_it(store):
    behind = event_numbers.read_breakdown(store, event_id=event_id(store, "講習会", 3), number="出席", value="15")
    assert behind.arithmetic == "決定 15−欠席 1＋当日受付 0＝14人"
    assert behind.cause.startswith("「15」は、人数連絡 第1報（")
    assert [(one.name, one.reason) for one in behind.differing] == [("仮森　節子", "当日欠席")]
    assert len(behind.everybody) == 14


def test_what_we_have_no_record_of_agrees_with_nothing(store):
    event = event_id(store, "派遣", 1)
    before = numbers(store, "派遣", 1).agreeing
    with store.change(action="x", **WHO) as change:
        change.delete(EventResult, events.result(store.database, event).id)
    view = numbers(store, "派遣", 1)
    came = row(view, "出席")
    assert (came.ours, [cell.status for cell in came.cells if cell.value]) == ("", ["区の記録なし"])
    assert view.contradictions == 0
    assert view.agreeing == before - 3  # 出席, 欠席, 団体


def without_organisations(store, event, number):
    """Take the 団体 from the first people on the roster of an event."""
    with store.change(action="x", **WHO) as change:
        for entry in roster.entries(store.database, event)[:number]:
            change.update(Entry, entry.id, organisation_id=None, organisation_name="")


def told_to_contractor(store, event, *, people, organisations):
    """Store a 人数連絡 as notified, in the numbers of the program that made it."""
    with store.change(action="x", **WHO) as change:
        numbers_of_then = {"people": people, "organisations": organisations, "own_devices": 0, "lent_devices": 0}
        change.insert(HeadcountNotice(event_id=event, revision=1, care_count=0, made_on=NOW.date(), **numbers_of_then))
        change.insert(
            Notification(
                event_id=event,
                document_kind="参加人数連絡書",
                key=HEADCOUNT_KEY,
                version=1,
                facts={},
                by=BY,
                at=NOW,
                told_on=NOW.date(),
                told_to="受託者",
                told_how="メール",
                told_by=BY,
            )
        )


def test_a_notice_of_an_earlier_version_that_counted_people_without_a_group_as_one_is_no_old_paper(store):
    event = event_id(store, "講習会", 6)
    without_organisations(store, event, 2)
    now = row(numbers(store, "講習会", 6), "団体（予定）")
    told_to_contractor(store, event, people=14, organisations=int(now.ours) + 1)
    groups = row(numbers(store, "講習会", 6), "団体（予定）")
    told = next(cell for cell in groups.cells if cell.source.key == "人数連絡")
    assert (told.status, told.reason) == ("理由あり", "前の版が、団体のない方も団体として数えた数です。")
    with store.change(action="x", **WHO) as change:  # one who is not coming any more is a change
        change.update(Entry, roster.entries(store.database, event)[5].id, absent_told_at=NOW)
    groups = row(numbers(store, "講習会", 6), "団体（予定）")
    assert next(cell for cell in groups.cells if cell.source.key == "人数連絡").status == "古い紙"


def test_people_without_a_group_are_known_to_be_of_no_group(store):
    event = event_id(store, "講習会", 6)
    without_organisations(store, event, 100)
    told_to_contractor(store, event, people=14, organisations=0)
    groups = row(numbers(store, "講習会", 6), "団体（予定）")
    assert (groups.ours, next(one.status for one in groups.cells if one.source.key == "人数連絡")) == ("0", "一致")


@pytest.mark.parametrize(
    ("runs", "value", "stand"),
    [
        ((16,), "16", "一致"), ((16, 2), "16", "一致"), ((14, 2), "16", "一致"), ((16, 16), "16", "一致"),
        ((14,), "14", "古い紙"), ((12, 2), "14", "古い紙"), ((12, 14), "14", "古い紙"),
    ],
)  # fmt: skip
def test_a_few_more_copies_later_do_not_make_the_handouts_old(store, runs, value, stand):
    event = event_id(store, "講習会", 6)
    with store.change(action="印刷", **WHO) as change:
        for number, copies in enumerate(runs):
            change.insert(
                Outgoing(
                    event_id=event,
                    document_kind="配布資料",
                    reference="スライド",
                    version=2,
                    format="pdf",
                    way="印刷",
                    print_use="配る",
                    copies=copies,
                    by=BY,
                    at=NOW + timedelta(minutes=number),
                )
            )
    copies = row(numbers(store, "講習会", 6), "印刷部数")
    printed = next(cell for cell in copies.cells if cell.source.key == "配布資料")
    assert (copies.ours, printed.value, printed.status) == ("16", value, stand)


def test_a_reason_beside_the_contractors_tally_holds_only_while_the_numbers_are_those_of_then(store):
    event = event_id(store, "講習会", 1)
    survey = surveys.survey_of_event(store.database, event)
    code = next(one.code for one in survey.questions if one.type == "SA")

    def differ(more):
        """Let the contractor's number of the first answer of that question be another one."""
        counts = {name: dict(found) for name, found in survey.contractor_counts.items()}
        counts[code][next(iter(counts[code]))] += more
        with store.change(action="x", **WHO) as change:
            change.update(EventSurvey, survey.id, contractor_counts=counts, frozen_at=None, frozen_by="")

    def status():
        (cell,) = [one for one in row(numbers(store, "講習会", 1), "問1").cells if one.source.key == "受託者の集計"]
        return cell.status, cell.reason

    differ(1)
    assert status() == ("食い違い", "")
    settle_difference(acting(store), survey_id=survey.id, code=code, way=SettledBy.DIFFERENCE, reason="1枚は白紙")
    assert status() == ("理由あり", "1枚は白紙")
    differ(2)
    assert status() == ("食い違い", "")


def test_a_reason_for_a_question_or_the_sheets_is_about_the_sum_and_the_rate_that_follow_from_them(store):
    event = event_id(store, "講習会", 1)
    survey = surveys.survey_of_event(store.database, event)
    asked = next(one for one in survey.questions if one.role == "satisfaction")
    counts = {name: dict(found) for name, found in survey.contractor_counts.items()}
    counts[asked.code][asked.positive[0]] += 1
    counts[""]["紙"] += 1
    with store.change(action="x", **WHO) as change:
        change.update(EventSurvey, survey.id, contractor_counts=counts, frozen_at=None, frozen_by="")

    def differing():
        view = numbers(store, "講習会", 1)
        return {one.name for one in view.rows for cell in one.contradictions if cell.source.key == "受託者の集計"}

    before = differing()
    assert {"満足計", "回収", "回収率"} < before
    for code in (asked.code, ""):
        settle_difference(acting(store), survey_id=survey.id, code=code, way=SettledBy.DIFFERENCE, reason="1枚は白紙")
    assert differing() == set()


def test_more_responses_than_the_attendance_of_now_take_no_rate_from_fixed_totals(store):
    event = event_id(store, "講習会", 2)
    with store.change(action="出席を直した", **WHO) as change:
        change.update(EventResult, events.result(store.database, event).id, attended=9)
    view = numbers(store, "講習会", 2)
    assert (row(view, "回収").ours, row(view, "回収率").ours) == ("15", "93.8")
    assert "回収＞出席" not in [one.key for one in view.inconsistencies]
    assert [
        (cell.source.key, cell.value) for cell in row(view, "出席").contradictions if cell.source.key == "集計の確定"
    ] == [("集計の確定", "16")]


def test_satisfaction_and_single_questions_are_compared_too(store):
    view = numbers(store, "講習会", 2)
    satisfied, first = row(view, "満足計"), row(view, "問1")
    assert [cell.status for cell in satisfied.cells if cell.value] == ["一致", "一致"]
    assert [cell.value for cell in first.cells if cell.value] == [first.ours, first.ours]
    assert view.contradictions == 0
    report = next(one for one in reports.reports_of_event(store.database, view.event.id) if one.way == "受領")
    figure = next(one for one in reports.figures_of_report(store.database, report.id) if one.item == "設問　問2")
    with store.change(action="x", **WHO) as change:
        change.update(type(figure), figure.id, theirs="3・8・2・0・0・2")
    assert [cell.value for cell in row(numbers(store, "講習会", 2), "問2").contradictions] == ["3・8・2・0・0・2"]


def test_a_question_left_untyped_does_not_hold_up_the_check_of_a_report(store):
    event = event_id(store, "意見交換会", 1)
    report = next(one for one in reports.reports_of_event(store.database, event) if one.way == "受領")
    view = report_check.read_report_check(store, report_id=report.id, with_file=False)
    untyped = view.untyped
    single = next(one for one in view.figures if one.item == "設問　問1")
    set_figure(store, figure_id=single.id, theirs="", **WHO)
    assert report_check.read_report_check(store, report_id=report.id, with_file=False).untyped == untyped
    satisfied = next(one for one in view.figures if one.item == "満足計")
    set_figure(store, figure_id=satisfied.id, theirs="", **WHO)
    assert report_check.read_report_check(store, report_id=report.id, with_file=False).untyped == untyped + 1


def test_a_paper_from_before_the_record_changed_is_old_and_no_contradiction(store):
    view = numbers(store, "講習会", 2)
    coming = read_roster(store, event_id=view.event.id).coming_rows[0].entry
    with store.change(action="x", **WHO) as change:
        change.update(Entry, coming.id, absent_told_at=NOW)
    after = numbers(store, "講習会", 2)
    assert [(cell.status, cell.value) for cell in row(after, "参加予定").cells if cell.value] == [("古い紙", "18")]
    assert row(after, "参加予定").ours == "17"
    assert row(after, "印刷部数").outdated == ()
    assert (after.contradictions, after.outdated >= 1) == (0, True)


def test_numbers_typed_over_a_roster_are_held_against_the_door(store):
    event = event_id(store, "講習会", 2)
    present = events.result(store.database, event)
    event_results.record_result(acting(store), event_id=event, result=replace(present, attended=18))
    typed = events.result(store.database, event)
    if typed.source == "名簿":
        with store.change(action="x", **WHO) as change:
            change.update(EventResult, typed.id, source="")
    view = numbers(store, "講習会", 2)
    assert [(cell.source.key, cell.value) for cell in row(view, "出席").contradictions] == [
        ("受付", "16"),
        ("届いた報告書", "16"),
        ("集計の確定", "16"),
    ]


def test_a_difference_left_with_a_reason_stops_nothing_and_can_be_opened_again(store):
    event = event_id(store, "講習会", 3)
    with pytest.raises(UserError, match="食い違いを残す理由が書かれていません"):
        event_numbers.accept_difference(
            acting(store), event_id=event, number="出席", source_key="届いた報告書", reason=" "
        )
    with pytest.raises(UserError, match="もうありません"):
        event_numbers.accept_difference(
            acting(store), event_id=event, number="申込", source_key="届いた報告書", reason="ない"
        )
    kept = event_numbers.accept_difference(
        acting(store), event_id=event, number="出席", source_key="届いた報告書", reason="付添いを含む"
    ).id
    cell = next(one for one in row(numbers(store, "講習会", 3), "出席").cells if one.value)
    assert (cell.status, cell.reason, cell.acceptance_id) == ("理由あり", "付添いを含む", kept)
    broken = numbers(store, "講習会", 3).inconsistencies[0]
    event_numbers.accept_difference(acting(store), event_id=event, number=broken.key, source_key="", reason="丸め")
    assert numbers(store, "講習会", 3).contradictions == 0
    event_numbers.reopen_difference(acting(store), acceptance_id=kept)
    assert numbers(store, "講習会", 3).contradictions == 1


def test_the_command_says_both_places_and_names_nobody(store):
    found = _contradictions(numbers(store, "講習会", 3))
    assert found[0] == {
        "id": "3:出席:届いた報告書",
        "where": [
            {"paper": "区の記録", "value": "14人"},
            {"paper": "届いた報告書 第1版（11/12 受領） p.1", "value": "15人"},
        ],
        "source": "第3回 Instagram講習会　出席",
    }
    assert "仮森" not in json.dumps(found, ensure_ascii=False)


def test_a_kept_report_that_gives_tablets_as_known_though_nobody_was_asked_is_named(store):
    fifth = event_id(store, "講習会", 5)
    result = events.result(store.database, fifth)
    with store.change(action="見本", event_id=fifth, **WHO) as change:
        change.update(EventResult, result.id, own_devices=result.attended - result.lent_devices)
    form = reports_written.read_report_form(store, event_id=fifth)
    reports_written.confirm_by_contractor(acting(store), report_id=form.report.id, on=NOW.date())
    assert [one.key for one in numbers(store, "講習会", 5).inconsistencies] == []
    with store.change(action="見本", event_id=fifth, **WHO) as change:
        change.update(EventResult, result.id, lent_devices=0, own_devices=0, source="")
    (found,) = numbers(store, "講習会", 5).inconsistencies
    assert found.sources[1] == ("当日の記録", f"未確認（{result.attended}人）")
    assert found.sources[0][1].endswith("台")
    assert _contradictions(numbers(store, "講習会", 5))
    unknown = unknown_counts(numbers(store, "講習会", 5).facts, held=True)
    assert ("当日の端末", f"未確認（{result.attended}人）") in [tuple(one) for one in unknown]
    event_numbers.accept_difference(acting(store), event_id=fifth, number=found.key, source_key="", reason="見本")
    assert not numbers(store, "講習会", 5).inconsistencies, "left with a reason"


def test_people_of_the_groups_that_are_not_those_who_came_are_said_of_an_exchange_alone(store):
    event = event_id(store, "意見交換会", 1)
    before = numbers(store, "意見交換会", 1).remarks
    assert not any("班の人数の合計" in one for one in before)
    result = events.result(store.database, event)
    with store.change(action="見本", event_id=event, **WHO) as change:
        change.update(EventResult, result.id, attended=result.attended + 1, source="")
    (said,) = (one for one in numbers(store, "意見交換会", 1).remarks if one not in before)
    assert said.endswith(f"出席{result.attended + 1}人と合いません。")
    assert numbers(store, "講習会", 2).remarks == ()


def test_before_a_paper_leaves_its_doubtful_numbers_are_said(store):
    third = DocumentScope(event_id=event_id(store, "講習会", 3))
    assert read_doubts(store, scope=third, kind="実施報告書", today=NOW.date()) == (
        "出席は、この紙では14人、届いた報告書 第1版では15人です。",
    )
    assert read_doubts(store, scope=third, kind="受付名簿", today=NOW.date()) == ()
    assert read_doubts(store, scope=DocumentScope(fiscal_year=2026), kind="実施報告書", today=NOW.date()) == ()


def test_every_number_of_an_event_and_what_each_place_says_of_it(store):
    said = []
    for kind, ordinal in (("講習会", 3), ("講習会", 6)):
        view = numbers(store, kind, ordinal)
        places = [f"{one.title}（{one.day} {one.occasion}）" for one in view.sources]
        said.append("｜".join((view.event.full_title, *places)))
        for one in (each for each in view.rows if each.name[0] != "問" or each.name in ("問1", "問6")):
            cells = [f"{cell.value or '—'}{f' {cell.status}' if cell.status else ''}" for cell in one.cells]
            said.append("｜".join((f"{one.name} {one.ours or '—'}{one.unit}", *cells)))
        said += [one.words for one in view.inconsistencies]
        said.append(f"食い違い {view.contradictions}・古い {view.outdated}・一致 {view.agreeing}")
    assert_says(
        said,
        """
        第3回 Instagram講習会｜人数連絡 第1報（2026-10-08 連絡）｜受託者の集計（2026-10-23 受領）｜届いた報告書 第1版（2
        　　026-11-12 受領）
        申込 15人｜— 載らない｜— 載らない｜15 一致
        決定 15人｜— 載らない｜— 載らない｜— 載らない
        参加予定 15人｜15 一致｜— 載らない｜— 載らない
        出席 14人｜— 載らない｜— 載らない｜15 食い違い
        欠席 1人｜— 載らない｜— 載らない｜1 一致
        団体（予定） 11団体｜11 一致｜— 載らない｜— 載らない
        団体（出席） 10団体｜— 載らない｜— 載らない｜10 一致
        貸与端末 8台｜8 一致｜— 載らない｜— 載らない
        印刷部数 17部｜17 一致｜— 載らない｜17 一致
        時間 120分｜— 載らない｜— 載らない｜120 一致
        回収 13件｜— 載らない｜13 一致｜13 一致
        回収率 92.9％｜— 載らない｜92.9 一致｜92.9 一致
        満足計 12人｜— 載らない｜12 一致｜12 一致
        活用の意向あり 13人｜— 載らない｜13 一致｜13 一致
        問1 0・4・0・5・1・2・1｜— 載らない｜0・4・0・5・1・2・1 一致｜0・4・0・5・1・2・1 一致
        問6 5・4・2・2・7・4・0・1・0｜— 載らない｜5・4・2・2・7・4・0・1・0 一致｜5・4・2・2・7・4・0・1・0 一致
        報告書の中で、回収13件÷出席15人は86.7％です。
        食い違い 2・古い 0・一致 21
        第6回 Instagram講習会（2回目）｜決定通知（2026-11-25 通知）
        申込 14人｜— 載らない
        決定 14人｜14 一致
        参加予定 14人｜— 載らない
        団体（予定） 8団体｜8 一致
        貸与端末 8台｜— 載らない
        印刷部数 16部｜— 載らない
        時間 120分｜— 載らない
        食い違い 0・古い 0・一致 2
        """,
    )


def test_the_people_behind_each_number_and_how_it_is_counted(store):
    event = event_id(store, "講習会", 3)
    said = []
    for one in (each for each in numbers(store, "講習会", 3).rows if each.name[0] != "問"):
        behind = event_numbers.read_breakdown(store, event_id=event, number=one.name)
        people = "、".join(f"{each.name} {each.reason}" for each in behind.differing)
        said.append(
            "｜".join((one.name, behind.arithmetic, people, f"{len(behind.everybody)}", *behind.document_words))
        )
    assert_says(
        said,
        """
        申込｜｜｜15
        決定｜｜｜15
        参加予定｜決定 15−欠席連絡 0＝15人（うち代理 0人）｜｜15
        出席｜決定 15−欠席 1＋当日受付 0＝14人｜仮森　節子 当日欠席｜14
        欠席｜欠席連絡 0＋当日欠席 1＝1人｜仮森　節子 当日欠席｜1
        団体（予定）｜｜｜15
        団体（出席）｜｜仮森　節子 当日欠席｜14
        貸与端末｜｜｜8
        印刷部数｜連絡した人数 15＋予備 2＝17部｜｜15
        時間｜5＋20＋15＋10＋45＋20＋5＝120分｜｜0
        回収｜紙 9＋オンライン 4＝13件｜｜0｜紙 9件｜オンライン 4件
        回収率｜回収 13÷出席 14＝92.9％｜仮森　節子 当日欠席｜14｜紙 9件｜オンライン 4件
        満足計｜｜｜0
        活用の意向あり｜｜｜0
        """,
    )


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ({}, ["", "", "", ""]), ({"attendance": Attendance.PRESENT}, ["", "", "", ""]),
        ({"state": EntryState.WAITING}, ["補欠", "", "", ""]),
        ({"state": EntryState.WAITING, "absent_told_at": NOW}, ["補欠", "", "", ""]),
        ({"absent_told_at": NOW}, ["", "欠席連絡", "", "欠席連絡"]), ({"substitute_for": 3}, ["", "代理", "", ""]),
        ({"attendance": Attendance.ABSENT}, ["", "", "当日欠席", "当日欠席"]),
        ({"attendance": Attendance.ABSENT, "absent_told_at": NOW}, ["", "欠席連絡", "", "欠席連絡"]),
        ({"walk_in": True, "attendance": Attendance.PRESENT}, ["", "", "当日受付", ""]), ({"walk_in": True}, [""] * 4),
    ],
)  # fmt: skip
def test_who_makes_the_difference_between_a_number_and_the_one_before_it(values, reasons):
    entry = Entry(event_id=1, **({"state": EntryState.CHOSEN} | values))
    assert [event_numbers._difference(name, entry) for name in ("決定", "参加予定", "出席", "欠席")] == reasons
