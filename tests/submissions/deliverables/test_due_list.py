"""What is owed over a year on a real store: made from contract and events, pending first, lateness against the contract
only."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services.event_view import read_event
from app.event.services.tasks import deadlines
from app.event.services.tasks.deadlines import all_tasks
from app.events.headcount import services as headcount_services
from app.events.materials.services.materials import add_material, receive_version, set_result
from app.history import services as history_services
from app.main_window.action_routes import route_to
from app.programme import services as programme_services
from app.received import services as received_services
from app.received.services import IncomingFile, ReceiptScope
from app.submissions.deliverables.documents import LATE
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.reports.services import report_check
from app.year_end.completion.services.completion import read_completion
from db.records.participants import ExpectedCount
from db.records.submissions.received import Receipt, ReceivedPaper
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.years import BY, acting, add_lecture, at, started_year

YEAR = ReceiptScope(programme_id=1)
FILE = IncomingFile(data=b"%PDF-1.4", name="a.pdf", pages=3)


@pytest.fixture
def store(tmp_path) -> Store:
    made = started_year(tmp_path)
    view = programme_services.read_programme(made)
    programme_services.change_programme(
        acting(made), programme=replace(view.programme, contract_date=date(2026, 7, 31))
    )
    return made


def rows(store, today):
    return {row.id: row for row in read_due_list(store, today=today).rows}


def receive_report(store, event_id, day):
    return report_check.receive_report(
        acting(store, day),
        event_id=event_id,
        data=b"%PDF report",
        name="報告書.pdf",
        pages=3,
        received_on=day,
        received_how="メール",
        receipt_number="第1094号",
        original_place="文書管理システム",
    ).id


def receive(store, kind, day):
    return received_services.receive_paper(
        acting(store, day),
        kind=kind,
        scope=YEAR,
        receipt=Receipt(received_on=day, keep_years=5, original_place="紙ファイル"),
        file=FILE,
    ).id


def test_the_list_is_made_from_the_contract_and_the_events_with_their_bases(store):
    first, undated = add_lecture(store, date(2026, 9, 24)), add_lecture(store, None)
    found = rows(store, date(2026, 10, 1))

    report = found[f"report-{first}"]
    assert (report.due_words, report.basis_words, report.contract) == ("10/24(土)", "仕4(1)コ 1か月以内", True)
    assert (found[f"report-{undated}"].due, found[f"report-{undated}"].due_words) == (None, "日程の協議中")
    assert found["提案書"].due_words.startswith("仮 ")
    assert found["業務完了届"].basis_words.endswith("（目安日）")
    assert (found["従事者・配置表の届"].due, found["従事者・配置表の届"].contract) == (date(2026, 7, 31), False)
    assert "その他の届" not in found
    # A 目安日 that has passed is no lateness.
    assert found["従事者・配置表の届"].late_words == "目安日を62日過ぎ"
    assert read_due_list(store, today=date(2026, 10, 1)).contractor.times == 0


def test_a_closed_day_moves_the_last_day_and_lateness_counts_from_there(store):
    event = add_lecture(store, date(2026, 9, 24))
    row_id = f"report-{event}"
    assert rows(store, date(2026, 10, 20))[row_id].late_second == "休日→10/26(月)"
    assert rows(store, date(2026, 10, 26))[row_id].late_words == ""
    late = rows(store, date(2026, 10, 29))[row_id]
    assert (late.late_words, late.late_second) == ("受託者 3日遅れ", "休日→10/26(月)　まだ届いていません")

    receive_report(store, event, date(2026, 10, 26))
    came = rows(store, date(2026, 11, 25))[row_id]
    assert (came.group, came.received_on, came.number_words) == ("区の対応", date(2026, 10, 26), "第1094号")
    assert (came.late_words, came.late_second, came.late_days) == ("期限内", "休日→10/26(月)", 0)
    assert came.check_words == "区が確認中"


def test_what_came_early_is_early_against_the_day_that_is_printed(store):
    """The 期限 of a report of 9/24 is 10/24, a Saturday; the page prints that day, not the Monday after it."""
    event = add_lecture(store, date(2026, 9, 24))
    receive_report(store, event, date(2026, 10, 21))
    row = rows(store, date(2026, 10, 22))[f"report-{event}"]
    assert (row.due, row.late_words) == (date(2026, 10, 24), "期限内　3日早い")
    said = said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=LATE, now=at(date(2026, 10, 22))))
    assert "R8.10.24" in said
    assert "期限内　3日早い\n休日のためR8.10.26まで" in said


def test_a_request_of_before_telling_was_kept_waits_for_the_contractor(store):
    """A report and a paper of the year, asked to be put right by an older version, which knew no telling."""
    event = add_lecture(store, date(2026, 9, 24))
    day = date(2026, 10, 5)
    papers = {f"report-{event}": receive_report(store, event, day), "提案書": receive(store, "提案書", day)}

    def asked(**told) -> list[tuple[str, str, bool]]:
        with store.change(action="修正を依頼", by=BY, now=at(day)) as change:
            for paper_id in papers.values():
                change.update(ReceivedPaper, paper_id, status="修正依頼", asked_on=day, asked_by=BY, **told)
        found = rows(store, day)
        return [(found[row].group, found[row].check_words, found[row].not_notified) for row in papers]

    assert asked() == [("提出待ち", "修正依頼中", False)] * 2
    assert asked(asked_to_tell=True) == [("区の対応", "修正の依頼を通知する", True)] * 2


def test_both_sides_are_counted_once_late_and_done_rows_stand_below(store):
    event = add_lecture(store, date(2026, 9, 24))
    receive_report(store, event, date(2026, 10, 29))
    other = receive(store, "その他の届", date(2026, 10, 29))
    received_services.confirm_paper(acting(store, date(2026, 10, 29)), paper_id=other, on=date(2026, 10, 29))

    found = read_due_list(store, today=date(2026, 10, 30))

    assert (found.contractor.times, found.contractor.days) == (1, 3)
    assert found.contractor.item_words == ("第1回 LINE講習会 報告書 3日",)
    # Nobody told the number of participants: the ward's own duty is late too. No handout came that it could check.
    assert {name.split(" ")[-2] for name in found.ward.item_words} == {"人数連絡"}
    assert found.rows[-1].id == f"その他の届-{other}"
    assert [row.group for row in found.rows if row.group == "確認済"] == ["確認済"]
    pending = [row.due or date.max for row in found.rows if row.group != "確認済"]
    assert pending == sorted(pending)


def test_the_check_of_a_handout_is_the_wards_delay_only_while_the_ward_has_it(store):
    event = add_lecture(store, date(2026, 9, 24))
    act = acting(store, date(2026, 9, 1))
    material = add_material(act, event_id=event, title="講習資料").id

    def late(today: date) -> list[int]:
        return [one.days for one in read_due_list(store, today=today).ward.items if "資料確認" in one.title]

    # The check ends on 9/10; the contractor hands in on 9/15.
    assert (late(date(2026, 9, 14)), late(date(2026, 9, 25))) == ([], [])
    version = receive_version(acting(store, date(2026, 9, 15)), material_id=material, data=None).id
    assert (late(date(2026, 9, 15)), late(date(2026, 9, 17)), late(date(2026, 9, 25))) == ([], [2], [9])
    set_result(acting(store, date(2026, 9, 16)), version_id=version, result="確認済")
    assert late(date(2026, 9, 25)) == [1]


def test_a_headcount_nobody_recorded_counts_once_up_to_the_event_and_is_no_open_duty(store):
    event = add_lecture(store, date(2026, 9, 24))

    def late(today: date) -> list:
        return [one for one in read_due_list(store, today=today).ward.items if "人数連絡" in one.title]

    def asked(today: date) -> list[str]:
        return [task.label for task in all_tasks(store, today=today) if task.is_open and "人数" in task.label]

    assert asked(date(2026, 9, 24)) == ["参加人数を連絡する"]
    assert asked(date(2026, 9, 25)) == asked(date(2027, 3, 1)) == ["人数連絡の記録を残す"], (
        "kept until its record, or why there is none"
    )
    (one,) = late(date(2026, 9, 25))
    assert (one.last_day, one.days, one.done_on, one.ended) == (date(2026, 9, 19), 5, None, True)
    assert [found.days for found in late(date(2027, 3, 1))] == [5]
    who = {"by": BY, "now": at(date(2026, 10, 1))}
    (lapsed,) = [
        task
        for task in read_event(store, event_id=event, today=date(2026, 10, 1)).lapsed_tasks
        if task.task == "人数連絡"
    ]
    assert route_to(lapsed.link).arguments == {"event_id": event, "tab": "参加者", "part": "人数連絡"}
    with pytest.raises(UserError, match="理由"):
        deadlines.close_unrecorded(ActionContext(store, **who), event_id=event, reason=" ")
    deadlines.close_unrecorded(ActionContext(store, **who), event_id=event, reason="電話で伝えたが、日が分からない")
    assert asked(date(2026, 10, 1)) == []
    assert late(date(2026, 10, 1))[0].basis.endswith("（連絡の記録なし：電話で伝えたが、日が分からない）")
    history_services.undo(store, **who)
    assert asked(date(2026, 10, 1)) == ["人数連絡の記録を残す"]
    # Its real day can still be recorded: in time, it was never late.
    headcount_services.set_expected_counts(
        ActionContext(store, **who),
        event_id=event,
        rows=[ExpectedCount(event_id=event, position=1, organisation_name="見本会", people=12)],
    )
    notice = headcount_services.make_headcount_notice(ActionContext(store, **who), event_id=event).id
    headcount_services.mark_headcount_notified(
        ActionContext(store, **who),
        notice_id=notice,
        notified_to="受託者",
        notified_how="電話",
        notified_on=date(2026, 9, 18),
    )
    assert late(date(2026, 10, 1)) == []
    with pytest.raises(UserError, match="欠けていません"):
        deadlines.close_unrecorded(ActionContext(store, **who), event_id=event, reason="電話")


def test_the_30_days_of_a_look_are_a_goal_and_count_from_the_newest_version(store):
    receive(store, "業務完了届", date(2027, 3, 10))
    receive(store, "業務完了届", date(2027, 3, 12))
    row = rows(store, date(2027, 4, 20))["業務完了届"]
    assert (row.received_on, row.way_words) == (date(2027, 3, 12), "メール　第2版")
    assert (row.late_words, row.late_second, row.group) == ("目安日 9日過ぎ", "30日 4/11(日)まで", "区の対応")


def test_the_places_of_work_are_owed_with_annex_004_alone_and_what_is_erased_comes_at_the_end(store):
    day = date(2026, 10, 1)
    found = rows(store, day)
    assert "作業場所届" not in found
    assert (found["教育実施報告書"].due, found["教育実施報告書"].late_words) == (date(2026, 8, 14), "目安日を48日過ぎ")
    erased = found["廃棄・消去証明書"]
    assert (erased.due, erased.contract, erased.late_words) == (date(2027, 3, 31), False, "")
    waits_for = {one.title for one in read_completion(store, fiscal_year=2026, today=day).open_papers}
    assert "教育実施報告書" in waits_for
    assert "廃棄・消去証明書" not in waits_for, "no 検査 waits for what comes at the end"

    view = programme_services.read_programme(store)
    programme_services.change_programme(acting(store), programme=replace(view.programme, annex_004=True))
    places = rows(store, day)["作業場所届"]
    assert (places.due, places.contract) == (date(2026, 7, 31), False)
    assert "契約外" in places.basis_words
