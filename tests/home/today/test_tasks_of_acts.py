"""Each button that saves, tells or settles, and the tasks before and after it: what it does is closed, nothing else is.

``tasks_of_acts.txt`` says it of every writing service, as the table of undo tries them: one line a service that closes
or opens something, none for the others. ``CASES`` has the closings that need another day or another beginning.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import document_saving, notification
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.services import agreements, event_changes, event_drafts, event_moves, event_results
from app.event.services.tasks import deadlines
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.event.services.tasks.year_task_kind import YEAR_KIND_OF
from app.event_day.day.services import day_pack
from app.event_day.reception.services import close_reception
from app.events.calls.services import calls, confirmations
from app.events.calls.services.call_sheet import read_confirmation_sheet
from app.events.calls.services.call_view import read_calls
from app.events.dispatches.services import support
from app.events.headcount import services as headcount_services
from app.events.materials.services import materials
from app.events.presentations import services as presentations_services
from app.events.roster.services import selections
from app.history import services as history_services
from app.received import services as received_services
from app.received.services import ReceiptScope
from app.registers.register.services import subsidies
from app.registers.venues import services as venues_services
from app.settings.drill import services as drill_services
from app.submissions.reports.services import report_check
from app.surveys.questions.services import surveys
from app.year.dates.services import reopen_year_task
from app.year_end.completion.services import inspections, payments
from db.records.backups import DrillCount, RestoreDrill
from db.records.calls import CallOutcome, DecisionKind
from db.records.dispatches import DispatchFollowUp
from db.records.documents import LetterForm, LetterState
from db.records.event_status import CutShort
from db.records.events import CountSource, Event, EventResult
from db.records.organisations import Subsidy
from db.records.participants import HEADCOUNT_KEY, ExpectedCount
from db.records.presentations import Presentation
from db.records.programme import TaskClosing
from db.records.submissions.materials import MaterialResult
from db.records.submissions.received import Receipt
from db.records.venues import Booking
from db.rows import by_id, row, rows
from tests.support.completion import an_inspection
from tests.support.in_full import some
from tests.support.next_undo import next_undo
from tests.support.sample import BY, NOW
from tests.support.scenarios import act, address, done, scenarios
from tests.support.stores import made_by
from tests.support.undo_organisations import made
from tests.support.world import OTHER, World

SAID = Path(__file__).with_name("tasks_of_acts.txt")
TODAY = NOW.date()
WHO: dict[str, Any] = {"by": BY, "now": NOW}
ELSE: dict[str, Any] = {"by": OTHER, "now": NOW}
MOST = 10
"""More tasks than these an act closes or opens only with a whole year: they are counted."""


def open_tasks(store, day: date) -> Counter[str]:
    """Every open task on ``day``: its kind, its step, the event it is about."""
    tasks = (task for task in deadlines.all_tasks(store, today=day) if task.is_open)
    return Counter(
        "／".join(one for one in (task.task.split(":")[0], task.label if task.step_id else "", task.event_title) if one)
        for task in tasks
    )


world = made_by(World, scope="module")


def said(sign: str, tasks: Counter[str]) -> str:
    names = sorted(tasks.elements())
    return f"{sign} {'、'.join(names) if len(names) <= MOST else f'{len(names)}件'}" if names else ""


def told_of(world: World, function: Callable[..., Any]) -> str:
    """What an act closes and opens, held against the year as undo leaves it; preparation is taken back as well."""
    try:
        act(function, world, ActionContext(world.store, **WHO))
        after = open_tasks(world.store, TODAY)
        history_services.undo(world.store, **WHO)
        return told(open_tasks(world.store, TODAY), after)
    finally:
        for _ in range(40):
            if not next_undo(world.store, by=OTHER):
                break
            history_services.undo(world.store, **ELSE)


def told(before: Counter[str], after: Counter[str]) -> str:
    return "　".join(one for one in (said("−", before - after), said("＋", after - before)) if one)


def written() -> dict[str, str]:
    lines = [line for line in SAID.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("　", 1) for line in lines)


@pytest.mark.parametrize("of", [4, pytest.param(1, marks=pytest.mark.nightly)])
def test_every_act_closes_and_opens_what_the_table_says(world, of):
    table = written()
    known = {address(function): function for function in scenarios()}
    assert not table.keys() - known.keys(), "a line of no act"
    tried = [*sorted(table)[::of], *some(sorted(known.keys() - table.keys()), of=16 * of)]
    found = {name: told_of(world, known[name]) for name in sorted(tried)}
    assert found == {name: table.get(name, "") for name in tried}


Act = Callable[[dict[str, Any]], object]
Setup = Callable[[World, Path], tuple[date, Act]]
"""Prepares the year; returns the day to look on and the act, which is given whose it is and when."""


def on(day: date) -> dict[str, Any]:
    return {"by": BY, "now": datetime.combine(day, time(9))}


def acting(world: World, service: Callable[..., object], **given: Any) -> Act:
    return lambda who: service(ActionContext(world.store, **who), **given)


def earlier(world: World, service: Callable[..., Any], **given: Any) -> Any:
    """What somebody else did before."""
    return service(ActionContext(world.store, **ELSE), **given)


def save(world: World, folder: Path, kind: str, event: str = "", scope: DocumentScope | None = None) -> Act:
    about = scope or DocumentScope(event_id=world.events[event])
    return acting(
        world,
        document_saving.save_document,
        scope=about,
        kind=kind,
        format="pdf",
        options=SaveOptions(path=folder / f"{kind}.pdf", reason="見本"),
    )


def tell(world: World, event: str, key: str, **how: str) -> Act:
    given = {"told_to": "あて先", "told_how": "電話", "words": "伝えた"} | how
    return acting(world, notification.notify, event_id=world.events[event], key=key, **given)


def drawn_set(world: World) -> day_pack.DrawnPack:
    store, event_id = world.store, world.events["L6"]
    choices = [
        day_pack.PackChoice(kind=one.kind, copies=one.copies)
        for one in day_pack.read_pack(store, event_id=event_id, now=NOW).rows
        if one.is_in_set
    ]
    return day_pack.draw_pack(day_pack.build_pack(store, event_id=event_id, choices=choices, now=NOW))


def day_papers_saved(world: World, folder: Path) -> tuple[date, Act]:
    drawn = drawn_set(world)
    return TODAY, acting(
        world, day_pack.save_pack_file, drawn=drawn, options=SaveOptions(path=folder / "一式.pdf", reason="見本")
    )


def day_papers_printed(world: World, _folder: Path) -> tuple[date, Act]:
    drawn = drawn_set(world)
    return TODAY, acting(world, day_pack.note_pack_print, drawn=drawn)


def last_of_the_day_papers_saved(world: World, folder: Path) -> tuple[date, Act]:
    *others, last = day_pack.kinds_of_set()
    for kind in others:
        save(world, folder, kind, "L6")(ELSE)
    return TODAY, save(world, folder, last, "L6")


def held(world: World, event: str = "L6") -> tuple[int, date]:
    """An event of which nothing is recorded, and the day after it."""
    event_id = world.events[event]
    day = by_id(world.store.database, Event, event_id).event_date
    return event_id, day + timedelta(days=1)


def result_recorded(world: World, _folder: Path) -> tuple[date, Act]:
    event_id, day = held(world)
    result = EventResult(event_id=event_id, applied=12, attended=10, absent=2)
    return day, acting(world, event_results.record_result, event_id=event_id, result=result)


def reception_closed(world: World, _folder: Path) -> tuple[date, Act]:
    event_id, day = held(world)
    return day, acting(world, close_reception, event_id=event_id)


def mended_handout(world: World) -> int:
    material = world.material("L7")
    version = earlier(world, materials.receive_version, material_id=material, data=b"%PDF", name="a.pdf").id
    earlier(world, materials.add_finding, version_id=version, page="1", text="年度を直す")
    earlier(world, materials.set_result, version_id=version, result=MaterialResult.RESUBMISSION)
    return material


def material_key(world: World) -> str:
    lines = notification.read_outgoing_view(world.store, event_id=world.events["L7"]).lines
    return next(one.matter_status.matter.key for one in lines if one.document_kind == "資料確認結果通知")


def result_of_handout_told(world: World, _folder: Path) -> tuple[date, Act]:
    mended_handout(world)
    return TODAY, tell(world, "L7", material_key(world))


def handout_sent_again(world: World, _folder: Path) -> tuple[date, Act]:
    material = mended_handout(world)
    tell(world, "L7", material_key(world))(ELSE)
    return TODAY, acting(world, materials.receive_version, material_id=material, data=b"%PDF 2", name="b.pdf")


def corrected_report_received(world: World, _folder: Path) -> tuple[date, Act]:
    earlier(world, report_check.request_correction, report_id=world.report("E1", "受領"))
    return TODAY, acting(
        world,
        report_check.receive_report,
        event_id=world.events["E1"],
        data=b"%PDF-1.4",
        name="報告書.pdf",
        pages=4,
        received_on=TODAY,
        received_how="メール",
    )


def undated_event_dated(world: World, _folder: Path) -> tuple[date, Act]:
    event_id = earlier(world, event_changes.duplicate_event, event_id=world.events["L7"]).id
    return TODAY, acting(world, event_moves.move_event, event_id=event_id, new_date=date(2027, 2, 16), reason="決めた")


LETTER = {
    "kind": "決定通知",
    "form": LetterForm.FORMAL,
    "state": LetterState.ISSUED,
    "decided_on": TODAY,
    "document_number": "8練地協第391号",
    "issued_on": TODAY,
}


def decision_issued(world: World, _folder: Path) -> tuple[date, Act]:
    chosen(world)
    return TODAY, acting(world, document_saving.set_letter_state, event_id=world.events["L7"], **LETTER)


def chosen(world: World) -> None:
    done(selections.save_selection, world)


def not_chosen_told(world: World, _folder: Path) -> tuple[date, Act]:
    chosen(world)
    earlier(world, document_saving.set_letter_state, event_id=world.events["L7"], **LETTER)
    return TODAY, tell(world, "L7", "落選通知", told_how="電話", words="補欠の順をお伝えした")


def withdrawal_told(world: World, _folder: Path) -> tuple[date, Act]:
    lines = notification.read_outgoing_view(world.store, event_id=world.events["L7"]).lines
    key = next(one.matter_status.matter.key for one in lines if one.document_kind == "辞退受理通知")
    return TODAY, tell(world, "L7", key)


def moved(world: World, event: str = "L6", to: date = date(2026, 12, 15)) -> None:
    earlier(world, event_moves.move_event, event_id=world.events[event], new_date=to, reason="会場の都合")


def change_told(world: World, _folder: Path) -> tuple[date, Act]:
    moved(world)
    return TODAY, tell(world, "L6", "変更通知")


def everybody_called(world: World) -> tuple[date, Act]:
    sheet = read_calls(world.store, event_id=world.events["L6"], caller="見本", today=TODAY).sheet
    return TODAY, each_called(world, calls.note_call, key=[line.key for line in sheet.lines])


def each_called(world: World, service: Callable[..., object], **whom: list[str]) -> Act:
    ((word, each),) = whom.items()
    given = {"event_id": world.events["L6"], "outcome": CallOutcome.REACHED}
    return lambda who: [acting(world, service, **given, **{word: one})(who) for one in each]


def called_about_a_change(world: World, _folder: Path) -> tuple[date, Act]:
    moved(world)
    return everybody_called(world)


def everybody_confirmed(world: World, _folder: Path) -> tuple[date, Act]:
    event = by_id(world.store.database, Event, world.events["L6"])
    first, *others = (line.key for line in read_confirmation_sheet(world.store.database, event).lines)
    each_called(world, confirmations.note_confirmation, key=[first])(ELSE)
    return TODAY, each_called(world, confirmations.note_confirmation, key=others)


def decided(world: World, event: str, kind: DecisionKind, reason: str) -> None:
    given = {"kind": kind, "decided_at": NOW, "decided_by": "課長", "reason": reason}
    earlier(world, calls.decide_change, event_id=world.events[event], **given)


def cancelled(world: World) -> None:
    decided(world, "L6", DecisionKind.CANCELLATION, "大雪")


def cancellation_called(world: World, _folder: Path) -> tuple[date, Act]:
    cancelled(world)
    return everybody_called(world)


def new_place_entered(world: World, _folder: Path) -> tuple[date, Act]:
    decided(world, "L7", DecisionKind.NEW_VENUE, "空調の故障")

    def enter(who: dict[str, Any]) -> None:
        event = by_id(world.store.database, Event, world.events["L7"])
        draft = replace(event_drafts.draft_of(event), venue="みほん第二区民館", room="集会室")
        event_changes.update_event(ActionContext(world.store, **who), event_id=event.id, draft=draft)

    return TODAY, enter


def contractor_and_venue_called(world: World, _folder: Path) -> tuple[date, Act]:
    cancelled(world)
    return TODAY, each_called(world, calls.note_other_call, target=["受託者", "会場"])


def cancellation_told(world: World, folder: Path) -> tuple[date, Act]:
    cancelled(world)
    save(world, folder, "中止通知", "L6")(ELSE)
    return TODAY, tell(world, "L6", "中止通知", told_how="郵送")


def numbers_told_after_a_change(world: World, _folder: Path) -> tuple[date, Act]:
    event_id = world.events["L7"]
    earlier(world, headcount_services.set_count_source, event_id=event_id, source=CountSource.TYPED)

    def expect(people: int) -> None:
        line = ExpectedCount(event_id=event_id, position=0, organisation_name="見本あおば町会", people=people)
        earlier(world, headcount_services.set_expected_counts, event_id=event_id, rows=(line,))

    expect(14)
    earlier(world, headcount_services.make_headcount_notice, event_id=event_id)
    tell(world, "L7", HEADCOUNT_KEY)(ELSE)
    expect(15)
    earlier(world, headcount_services.make_headcount_notice, event_id=event_id, reason="追加の申込")
    return TODAY, tell(world, "L7", HEADCOUNT_KEY)


def reopened(world: World, *tasks: str) -> None:
    """As if nobody had closed these tasks of the year, nor any 中間集計 had left."""
    database = world.store.database
    database.conn.execute("DELETE FROM outgoing WHERE document_kind = 'アンケート中間集計'")
    for one in rows(database, TaskClosing, task=list(tasks)):
        earlier(world, reopen_year_task, programme_id=one.programme_id, task=one.task)


def interim_saved(world: World, folder: Path) -> tuple[date, Act]:
    reopened(world, "中間集計（次年度の見積）", "中間集計（査定資料）")
    return TODAY, save(world, folder, "アンケート中間集計", scope=DocumentScope(fiscal_year=2026))


def second_interim_saved(world: World, folder: Path) -> tuple[date, Act]:
    _day, first = interim_saved(world, folder)
    first(ELSE)
    (folder / "2").mkdir()
    return TODAY, save(world, folder / "2", "アンケート中間集計", scope=DocumentScope(fiscal_year=2026))


def drilled(world: World, _folder: Path) -> tuple[date, Act]:
    reopened(world, "復元の点検")
    count = DrillCount(what="実施回", living=1, restored=1)
    one = RestoreDrill(fiscal_year=2026, number=0, began=NOW, ended=NOW, by="", opened_with="回復キー", counts=(count,))
    return TODAY, acting(world, drill_services.record_drill, drill=one)


def came(kind: str) -> Setup:
    def setup(world: World, _folder: Path) -> tuple[date, Act]:
        day = date(2027, 3, 25)
        receipt = Receipt(received_on=day, received_how="持参", original_place="紙ファイル")
        return day, acting(
            world, received_services.receive_paper, kind=kind, scope=ReceiptScope(programme_id=1), receipt=receipt
        )

    setup.__name__ = f"came_{kind}"
    return setup


def subsidy_applied_for(world: World, _folder: Path) -> tuple[date, Act]:
    one = Subsidy(organisation_id=made(world), fiscal_year=2026, name="補助金", apply_by=date(2026, 12, 18))
    row_id = earlier(world, subsidies.save_subsidy, subsidy=one).id
    kept = replace(by_id(world.store.database, Subsidy, row_id), state="申請済", state_on=TODAY)
    return TODAY, acting(world, subsidies.save_subsidy, subsidy=kept)


def asked_to_present(world: World, _folder: Path) -> tuple[date, Act]:
    one = Presentation(event_id=world.events["E2"], organisation_name="見本町会", asked="取組", answer_by=TODAY)
    row_id = earlier(world, presentations_services.save_presentation, presentation=one).id
    kept = by_id(world.store.database, Presentation, row_id)
    return TODAY, acting(
        world, presentations_services.note_answer, presentation=replace(kept, answer="見合わせる", answered_on=TODAY)
    )


def follow_up_answered(world: World, _folder: Path) -> tuple[date, Act]:
    one = next(one for one in rows(world.store.database, DispatchFollowUp) if one.next_on is not None)
    done = replace(one, state="完了", next_on=None, answer="答えた", answered_on=TODAY)
    return TODAY, acting(world, support.save_follow_up, follow_up=done)


def form_open_long_enough(world: World, _folder: Path) -> tuple[date, Act]:
    survey = {"survey_id": world.survey("L6"), "url": "https://example.jp/f"}
    earlier(world, surveys.set_online, **survey, close=date(2026, 12, 4))
    return TODAY, acting(world, surveys.set_online, **survey, close=date(2026, 12, 20))


def old_booking_cancelled(world: World, _folder: Path) -> tuple[date, Act]:
    moved(world, "L7", date(2026, 12, 22))
    found = row(world.store.database, Booking, event_id=world.events["L7"])
    return TODAY, acting(world, venues_services.cancel_booking, booking_id=found.id)


def inspected(world: World, _folder: Path) -> tuple[date, Act]:
    day = date(2027, 3, 30)
    came("業務完了届")(world, _folder)[1]({"by": OTHER, "now": datetime(2027, 3, 25, 9)})
    return day, acting(world, inspections.save_inspection, inspection=an_inspection(day))


def accounts_asked(world: World, _folder: Path) -> tuple[date, Act]:
    return date(2027, 4, 2), acting(world, payments.ask_accounts, programme_id=1, matter=payments.AFTER_TERM)


def a_room(world: World, **values: Any) -> Booking:
    one = Booking(venue_name="見本区民館", day=date(2027, 2, 9), **values)
    return by_id(world.store.database, Booking, earlier(world, venues_services.save_booking, booking=one).id)


def room_applied_for(world: World, _folder: Path) -> tuple[date, Act]:
    kept = replace(a_room(world), state="申請中", applied_on=TODAY)
    return TODAY, acting(world, venues_services.save_booking, booking=kept)


def room_approved(world: World, _folder: Path) -> tuple[date, Act]:
    kept = replace(a_room(world, state="申請中", applied_on=TODAY), state="承認")
    return TODAY, acting(world, venues_services.save_booking, booking=kept)


def talk_settled(world: World, _folder: Path) -> tuple[date, Act]:
    event_id = row(world.store.database, Event, status="中止").id
    talk = earlier(world, agreements.open_topic, event_id=event_id, topic="中止の扱い").id
    return TODAY, acting(world, agreements.settle_topics, agreement_ids=[talk])


def broken_off_day_counted(world: World, _folder: Path) -> tuple[date, Act]:
    event_id = world.events["L1"]
    cut = replace(
        row(world.store.database, EventResult, event_id=event_id),
        cut_short=CutShort.OPEN,
        ended_at="15:10",
        cut_reason="停電",
    )
    earlier(world, event_results.record_result, event_id=event_id, result=cut)
    agreed = replace(cut, cut_short=CutShort.COUNTED)
    return TODAY, acting(world, event_results.record_result, event_id=event_id, result=agreed)


L6, L7, E1 = "第6回 Instagram講習会（2回目）", "第7回 ホームページ・電子回覧板講習会", "第1回 意見交換会"
CASES: dict[Setup, str] = {
    day_papers_saved: f"− 当日資料一式／{L6}",
    day_papers_printed: f"− 当日資料一式／{L6}",
    last_of_the_day_papers_saved: f"− 当日資料一式／{L6}",
    result_recorded: f"− 実施結果の記録／{L6}",
    reception_closed: f"− 実施結果の記録／{L6}",
    result_of_handout_told: f"− 資料確認結果の連絡／{L7}　＋ 資料の再提出／{L7}",
    handout_sent_again: f"− 資料の再提出／{L7}",
    corrected_report_received: f"− 報告書の修正版／{E1}　＋ 報告書の内容確認／{E1}",
    undated_event_dated: "− 日程の決定／ホームページ・電子回覧板講習会（複写）　＋ 13件",
    decision_issued: f"− 募集の段取り／決定通知を出す／{L7}、起案を上げる日／決定通知の起案を上げる／{L7}"
    f"　＋ 補欠・落選の連絡／{L7}",
    not_chosen_told: f"− 補欠・落選の連絡／{L7}",
    withdrawal_told: f"− 辞退の受理の連絡／{L7}",
    change_told: f"− 変更通知の連絡／{L6}",
    called_about_a_change: f"− 中止・変更の電話／{L6}",
    everybody_confirmed: f"− 確認の電話／{L6}",
    new_place_entered: f"− 新しい会場の決定／{L7}",
    cancellation_called: f"− 中止・変更の電話／{L6}",
    contractor_and_venue_called: f"− 中止の連絡／{L6}",
    cancellation_told: f"− 中止通知の連絡／{L6}",
    numbers_told_after_a_change: f"− 人数の変更連絡／{L7}、人数連絡／{L7}",
    interim_saved: "− 中間集計（次年度の見積）",
    second_interim_saved: "− 中間集計（査定資料）",
    drilled: "− 復元の点検",
    subsidy_applied_for: "− 団体の補助金",
    asked_to_present: "− 事例発表の返事／第2回 意見交換会",
    follow_up_answered: "− 派遣のフォローアップ／第1回 派遣 見本あおば町会",
    form_open_long_enough: f"− オンライン回答の締切／{L6}",
    old_booking_cancelled: f"− 旧日程の会場予約／{L7}",
    came("業務完了届"): "− 検査を終える、業務完了届　＋ 書類の点検、検査",
    came("請求書"): "− 支払を終える、請求書　＋ 支払、書類の点検",
    came("提案書"): "− 提案書",
    inspected: "− 検査　＋ 検査の結果の通知",
    accounts_asked: "− 会計課への確認",
    room_applied_for: "− 会場の使用申請　＋ 会場の承認待ち",
    room_approved: "− 会場の承認待ち",
    talk_settled: "− 中止の協議／第8回 情報発信の注意点講習会",
    broken_off_day_counted: "− 打切りの協議／第1回 事例紹介講習会",
}


@pytest.mark.parametrize("setup", CASES, ids=lambda one: one.__name__)
def test_what_was_done_closes_its_task_and_opens_what_is_next(setup, tmp_path):
    world = World(tmp_path)
    day, act = setup(world, tmp_path)
    before = open_tasks(world.store, day)
    act(on(day))
    after = open_tasks(world.store, day)
    world.store.database.conn.close()
    assert told(before, after) == CASES[setup]


ELSEWHERE = {
    "記録のないこと": "by its record or a reason: tests/submissions/deliverables/test_due_list.py",
    "追加募集": "goes when enough apply: tests/events/roster/test_roster_lists.py",
    "事後の起案": "goes when its 決裁 is recorded: tests/documents/test_kept_papers.py",
    "契約の満了": "nothing ends it but its day: tests/event/test_year_tasks.py",
    "出納閉鎖": "by hand, as any task of the year: dates_services.close_year_task",
    "支出命令": "goes with the 支払: tests/year_end/completion/test_completion.py",
    "検査の結果の通知": "by its letter: tests/year_end/completion/test_inspection_papers.py",
    "返還・廃棄の指示": "by what was told and proved: tests/submissions/deliverables/test_disposal_order.py",
    "契約変更の協議書の連絡": "by what was told: tests/events/agreements",
    "管理簿の点検": "by a 点検 of the ledger: tests/ledgers",
    "2つ目の場所": "by the copy at closing, beside the data: tests/data_folder",
    "変わったことの連絡": "by what is told anew: tests/documents/test_telling.py",
    "当日の紙の差替え": "by what is printed anew: tests/event_day/day/test_day_pack.py",
    "足した資料の確認": "by the check of it: tests/event/test_done_stays_done.py",
    "決定の取消しの連絡": "by its letter: tests/events/roster/test_told_places.py",
    "あとから決まった方への連絡": "by the next letter: tests/events/letters/test_issued_and_told.py",
}
"""Kinds that no act above closes: what closes them, and where that is tried."""
FOLLOWING = {
    "届出の予定", "団体の補助金", "協議の宿題", "討議のまとめ", "事故の対応", "持出しの返却", "オンライン回答の締切",
    "貸与タブレット", "事例発表の返事", "区の年中行事", "提案書の根拠の出典", "派遣の3か月後の電話", "希望票の選定",
    "派遣のフォローアップ", "旧日程の会場予約", "会場の取消期限", "会場の使用申請", "会場の承認待ち",
    "消す時期が来たもの", "復元の点検の処置", "検査の手直し", "書類の点検", "会計課への確認", "中止・変更の電話",
    "中止の連絡", "募集の段取り", "確認の電話", "起案を上げる日",
}  # fmt: skip


def test_every_kind_of_task_is_closed_by_some_act(tmp_path):
    """Also those that only the records call for: none is met in the year that stands nowhere here."""
    table = [*written().values(), *CASES.values()]
    closed = {
        name.split("／")[0]
        for words in table
        for part in words.split("　")
        if part.startswith("− ") and not part.endswith("件")
        for name in part.removeprefix("− ").split("、")
    }
    known = {*TASK_KIND_BY_NAME, *YEAR_KIND_OF, *FOLLOWING}
    assert known - closed - ELSEWHERE.keys() == set()
    assert not ELSEWHERE.keys() & closed
    world, day, met = World(tmp_path), date(2026, 9, 1), set()
    while day < date(2027, 6, 1):
        met |= {name.split("／")[0] for name in open_tasks(world.store, day)}
        day += timedelta(days=21)
    world.store.database.conn.close()
    assert met - known - ELSEWHERE.keys() == set()
