"""Receive 実施報告書 as a file, check its points and numbers, settle differences and confirm it.

Receiving a newer version ends the check of the one before, which stays readable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date, short_date_or
from app.calendar.periods import parse_period
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.documents.services.issued_copies import note_withdrawn
from app.documents.services.stored_files import read_file
from app.event.rules.target_dates import REVIEW
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import read_event_or_error
from app.event.services.tasks.deadlines import event_tasks
from app.event.services.tasks.task import Task
from app.events.dispatches.services.stages import (
    outdated_tables_warning,
    remove_stages_from_history,
    write_stages_to_history,
    written_stages_text,
)
from app.programme.services import kind_of_event, kinds_of_events, programme_of_event
from app.received import services as received_services
from app.received.services import IncomingFile, ReceiptScope, insert_received
from app.submissions.reports.documents import report_check as report_check_paper
from app.submissions.reports.documents.report_check import correction_request
from app.submissions.reports.rules.number_extraction import QuestionRows
from app.submissions.reports.rules.report_figures import (
    differs,
    handling_after,
    is_open,
    outdated_figures,
    with_own_values,
    with_unit,
)
from app.submissions.reports.rules.report_points import (
    CHECK_REASON_PREFIX,
    first_received_on,
    note_with_reason,
    note_without_check_reasons,
    required_points,
)
from app.submissions.reports.services import report_facts
from app.submissions.reports.services.report_marks import (
    OutdatedNumbers,
    outdated_check_words,
    reject_outdated,
    stops_of_check,
)
from app.surveys.tally.services.survey_check import contractor_corrections
from app.surveys.tally.services.survey_tally import intent_question_label
from db.digits import narrow_digits
from db.journal import Change
from db.record import RowsById, record
from db.records.events import Event
from db.records.submissions.received import PointCheck, PointResult, Receipt, ReceivedPaper
from db.records.submissions.reports import Report, ReportFigure, ReportOrigin
from db.rows import rows
from db.store import Store
from db.tables import reports
from db.tables.reports import REPORT_KIND

HANDLINGS = ("修正を依頼", "区の記録を訂正", "差のまま")


@record
class ReportCheckView:
    """A received report as the screen shows it; ``data`` is the received file, decrypted in memory.

    ``versions`` are all received, oldest first; ``earlier`` the figures of the version before, by item. ``in_time`` is
    by ``first_received_on``, the first receipt.
    ``open_differences`` counts unsettled differing numbers, ``untyped`` those not yet read from the report;
    ``missing_points`` are marked なし, ``unchecked_points`` not checked. ``closed_words`` says why it is locked
    ("" = it is not), ``without_answers`` that no response of its survey is counted; ``review`` is the 目安日 of
    the check. ``stops`` are outdated numbers, which need a reason to notify or confirm; ``outdated`` are own
    numbers read before the records changed (also of a report that is 確認済), ``current_figures`` the figures
    with today's own values, by which a request is worded. ``questions`` and ``intent`` (the code of the question
    behind 活用の意向あり) help to find numbers on the pages.
    """

    event: Event
    report: Report
    versions: tuple[Report, ...]
    figures: tuple[ReportFigure, ...]
    earlier: dict[str, ReportFigure]
    points: tuple[str, ...]
    due: date | None
    limit: date | None
    due_basis: str
    clause: str
    period: str
    in_time: bool | None
    first_received_on: date | None
    open_differences: int
    untyped: int
    missing_points: tuple[str, ...]
    unchecked_points: tuple[str, ...]
    request_text: str
    closed_words: str
    review: Task | None
    data: bytes
    without_answers: bool = False
    questions: tuple[QuestionRows, ...] = ()
    intent: str = ""
    stops: tuple[OutdatedNumbers, ...] = ()
    outdated: tuple[str, ...] = ()
    current_figures: tuple[ReportFigure, ...] = ()

    @property
    def open_count(self) -> int:
        """Return how many items prevent the report from being 確認済."""
        return self.open_differences + self.untyped + len(self.missing_points) + len(self.unchecked_points)


def read_report_check(
    store: Store, *, report_id: int, today: date | None = None, with_file: bool = True
) -> ReportCheckView:
    """Return a received report with its file, points and compared numbers.

    Args:
        today: for the 目安日 of the check and the 業務責任者; None leaves the 目安日 out.
        with_file: False leaves ``data`` empty.

    Raises:
        UserError: there is no such report.
    """
    report = required_report(store, report_id)
    event = read_event_or_error(store.database, report.event_id)
    ground = report_facts.read_context(store, event)
    facts = report_facts.gather_facts(store, event=event, report=report, report_context=ground)
    facts = report_facts.with_due_by_hand(store, event, facts)
    figures = report_facts.figures_of_report(store.database, report)
    points = required_points(facts.numbers)
    missing = tuple(point for point in points if report.points.get(point) is False)
    written = reports.reports_of_event(store.database, event.id)
    first = first_received_on(written)
    versions = tuple(one for one in written if one.way.is_received)
    before = next((one for one in reversed(versions) if one.version < report.version), None)
    earlier = report_facts.figures_of_report(store.database, before) if before else ()
    last_day = facts.typed_extra.get("期限の最終日", "")
    limit = date.fromisoformat(last_day) if last_day else None
    tasks = event_tasks(store, event_id=event.id, today=today) if today else ()
    differing = sum(1 for figure in figures if is_open(figure) and differs(figure))
    closed = locked_reason(store, report)
    ours = report_facts.own_values(facts)
    checked = report.status.is_checked
    aged = outdated_figures(figures, ours, is_checked=checked) if checked or not closed else ()
    told = figures if closed else with_own_values(figures, ours)
    return ReportCheckView(
        event=event,
        report=report,
        versions=versions,
        figures=figures,
        earlier={figure.item: figure for figure in earlier},
        points=points,
        due=facts.due,
        limit=limit,
        due_basis=facts.typed_extra.get("期限の根拠", ""),
        clause=facts.numbers.clause_report,
        period=facts.numbers.report_period,
        in_time=None if limit is None or first is None else first <= limit,
        first_received_on=first,
        open_differences=differing,
        untyped=sum(1 for figure in figures if is_open(figure)) - differing,
        missing_points=missing,
        unchecked_points=tuple(point for point in points if point not in report.points),
        request_text=correction_request(
            facts.event.title,
            told,
            missing,
            programme_of_event(store, event, on=today).contractor.responsible,
            contractor_corrections(store, event_id=event.id),
        ),
        closed_words=closed,
        stops=() if closed else stops_of_check(store, event, aged),
        outdated=aged,
        current_figures=told,
        review=next((task for task in tasks if task.task == REVIEW), None),
        data=read_file(store, report.file_id) if with_file and report.file_id else b"",
        without_answers=facts.numbers.has_survey and not (facts.event.responses and facts.event.responses.returned),
        questions=report_facts.question_rows(facts),
        intent=intent_question_label(ground.tally) if ground.tally is not None else "",
    )


def lacks_answers(store: Store, event: Event) -> bool:
    """Return whether the contract requires a survey of this event and no response is counted."""
    if not kind_of_event(store.database, event).has_survey:
        return False
    sheets = read_event_facts(store, event).responses
    return sheets is None or not sheets.returned


def required_report(store: Store, report_id: int) -> Report:
    """Return one report that was received as a file; raises ``UserError`` when there is none with this id."""
    report = reports.received_report(store.database, report_id)
    if report is None:
        raise UserError("この報告書は見つかりません。", "一覧から選び直してください。")
    return report


def locked_reason(store: Store, report: Report) -> str:
    """Return why a received report is locked, or ""."""
    return received_services.closed_reason(store, get_or_raise(store.database, ReceivedPaper, report.id))


def receive_report(
    context: ActionContext,
    *,
    event_id: int,
    data: bytes,
    name: str,
    pages: int | None,
    received_on: date,
    received_how: str,
    original_place: str = "",
    receipt_number: str = "",
    also_for: Sequence[int] = (),
) -> ActionResult:
    """Store the contractor's file encrypted and open its check; the receipt meets the deadline.

    Args:
        also_for: further events whose report it is, too (``events_of_same_report``); each is checked by itself.

    Raises:
        UserError: the file is empty, an event has no date, or the day is before one of the events or after today.
    """
    event = read_event_or_error(context.database, event_id)
    if not data:
        raise UserError("ファイルが空です。", "受託者から届いたファイルを選び直してください。")
    events = (event, *(read_event_or_error(context.database, one) for one in also_for))
    for one in events:
        check_receipt_day(one, received_on, context.today)
    file = IncomingFile(data=data, name=name, pages=pages, media_type="application/pdf")
    receipt = Receipt(
        received_on=received_on,
        received_how=received_how,
        receipt_number=receipt_number,
        original_place=original_place,
    )
    besides = fill_nonempty("（ほか{}回）", len(also_for))
    with context.change(f"実施報告書を受領{besides}", "reports", event_id=event_id) as change:
        paper, *_others = [_insert_report(context, change, one, file, receipt) for one in events]
    said = (
        f"{event.full_title}{besides}の実施報告書（第{paper.version}版）を受領しました。"
        f"{outdated_tables_warning(context.store, event_id=event_id)}"
    )
    return ActionResult(said, paper.id)


def _insert_report(
    context: ActionContext, change: Change, event: Event, file: IncomingFile, receipt: Receipt
) -> ReceivedPaper:
    """Insert the received report of an event with the ward's own numbers to compare."""
    facts = report_facts.gather_facts(
        context.store, event=event, report=Report(event_id=event.id, way=ReportOrigin.MADE, version=1)
    )
    scope = ReceiptScope(event_id=event.id)
    paper = insert_received(change, context, kind=REPORT_KIND, scope=scope, file=file, receipt=receipt)
    for position, (item, ours, source) in enumerate(report_facts.own_numbers(facts), 1):
        change.insert(ReportFigure(report_id=paper.id, position=position, item=item, ours=ours, source=source))
    return paper


def events_of_same_report(store: Store, event: Event, today: date) -> tuple[Event, ...]:
    """Return the further events of a monthly report (「翌月10日まで」), by day; () where the report is of one event.

    They took place in the same month by ``today``, owe their report by the same rule, and have the same one so far:
    none, or the same file.
    """
    due = kind_of_event(store.database, event).report_period
    month = event.event_date.replace(day=1) if event.event_date else None
    if month is None or parse_period(due).unit != "翌月":
        return ()
    found = rows(store.database, Event, programme_id=event.programme_id, order=("event_date", "id"))
    others = [
        one
        for one in found
        if one.id != event.id
        and one.status.counts
        and one.event_date is not None
        and (one.event_date.replace(day=1), one.event_date <= today) == (month, True)
    ]
    kinds = kinds_of_events(store.database, others)
    every = reports.reports_of_events(store.database, [event.id, *(one.id for one in others)])
    last = {one.event_id: one.sha256 for one in every if one.way.is_received}
    return tuple(one for one in others if kinds[one.id].report_period == due and last.get(one.id) == last.get(event.id))


def check_receipt_day(event: Event, day: date, today: date) -> None:
    """Raise ``UserError`` when a report of ``event`` cannot have been received on ``day``."""
    if event.event_date is None:
        raise UserError("日程が決まっていない実施回です。", "実施日を決めてから受領を記録してください。")
    if day < event.event_date:
        raise UserError(
            f"受領日が実施日（{short_date(event.event_date, today)}）より前です。", "受領した日付をご確認ください。"
        )
    if day > today:
        raise UserError("受領日が本日より後です。", "受領した日付をご確認ください。")


def tick_point(context: ActionContext, *, report_id: int, point: str, found: bool | None) -> ActionResult:
    """Record whether a point of the clause was ``found`` in the received report; None = not checked.

    Raises:
        UserError: the check is closed.
    """
    report = _open_check(context.store, report_id)
    paper = get_or_raise(context.database, ReceivedPaper, report_id)
    look = None if found is None else PointCheck(result=PointResult.FINE if found else PointResult.MISSING)
    with context.change(f"条文の項目「{point}」を確認", "reports", event_id=report.event_id) as change:
        received_services.save_point_check(change, paper, point, look)
    words = {True: "記載あり", False: "記載なし", None: "未確認"}[found]
    return ActionResult(f"「{point}」を{words}にしました。", report_id)


@record
class SettledFigure:
    """The decision on one number: what the report says, on which page, how a difference is settled.

    ``handling`` is one of ``HANDLINGS``, "" = not yet.
    """

    figure_id: int
    theirs: str
    page: str = ""
    handling: str = ""
    reason: str = ""


def set_figures(context: ActionContext, *, report_id: int, settled: Sequence[SettledFigure]) -> ActionResult:
    """Record several numbers at once, as all equal ones, or a difference with those that follow from it.

    They are saved together or not at all, and undone together. A number of another report is ignored; a handling other
    than 区の記録を訂正 is dropped where the numbers do not differ.

    Raises:
        UserError: 差のまま without a reason, a handling that is none of ``HANDLINGS``, or the check is closed.
    """
    report = _open_check(context.store, report_id)
    known = RowsById(report_facts.figures_of_report(context.database, report))
    lines = [
        (known[one.figure_id], _with_typed(known[one.figure_id], one)) for one in settled if one.figure_id in known
    ]
    names = [figure.item for figure, _typed_one in lines]
    what = f"「{names[0]}」" if len(names) == 1 else f"の{len(names)}件"
    with context.change(f"突合{what}を記録", "reports", event_id=report.event_id) as change:
        for figure, typed in lines:
            change.correct(figure, typed)
    return ActionResult(f"{len(names)}件の数字を確認しました。", report_id)


def _with_typed(figure: ReportFigure, settled: SettledFigure) -> ReportFigure:
    """Return the figure to store, with its unit and without an outdated handling; ``UserError`` for a wrong one."""
    if settled.handling not in ("", *HANDLINGS):
        raise UserError(
            f"「{settled.handling}」という扱いはありません。", f"つぎの中から選んでください：{'、'.join(HANDLINGS)}"
        )
    typed = replace(
        figure,
        theirs=with_unit(figure.item, settled.theirs),
        page=_page_number(settled.page),
        handling=settled.handling,
        reason=settled.reason.strip(),
    )
    if differs(typed) and typed.handling == "差のまま" and not typed.reason:
        raise UserError("「差のまま」には理由が必要です。", "理由を書いてから選んでください。")
    if not differs(typed) and typed.handling != "区の記録を訂正":
        typed = replace(typed, handling="", reason="")
    return typed


def _page_number(typed: str) -> str:
    """Return the page without 「p.」 and 「ページ」 (「p.3」「３ページ」 → 「3」); several stay as typed (「3-4」)."""
    narrow = narrow_digits(typed.strip())
    alone = re.sub(r"^[pPｐＰ]{1,2}[.．]?\s*(?=\d)", "", narrow)
    return re.sub(r"(?<=\d)\s*(?:ページ|頁)$", "", alone)


def refresh_ours(context: ActionContext, *, report_id: int) -> ActionResult:
    """Read the own numbers again after the ward's record was corrected.

    A number the ward no longer records becomes empty; what was typed from the report stays. 差のまま goes where the own
    number is another one now, since its reason was about the number of then. Nothing is stored while all numbers are
    the same. Raises ``UserError`` when the check is closed.
    """
    report = _open_check(context.store, report_id)
    event = read_event_or_error(context.database, report.event_id)
    facts = report_facts.gather_facts(context.store, event=event, report=report)
    lines, now = report_facts.own_numbers(facts), report_facts.own_values(facts)
    present = {figure.item: figure for figure in report_facts.figures_of_report(context.database, report)}
    gone = [figure for item, figure in present.items() if item not in now and figure.ours]
    kept = {(one.item, one.ours, one.source) for one in present.values()}
    fresh = [line for line in enumerate(lines, 1) if line[1] not in kept]
    if not fresh and not gone:
        return ActionResult("区の記録は、前に読んだときと同じです。", report_id)
    with context.change("区の記録を読み直し", "reports", event_id=event.id) as change:
        for position, (item, ours, source) in fresh:
            known = present.get(item)
            if known is None:
                change.insert(ReportFigure(report_id=report_id, position=position, item=item, ours=ours, source=source))
            else:
                read = {"theirs": known.theirs, "ours": ours, "source": source, **handling_after(known, ours)}
                change.update(ReportFigure, known.id, **read)
        for figure in gone:
            lost = {"theirs": figure.theirs, "ours": "", "source": "区の記録にありません", **handling_after(figure, "")}
            change.update(ReportFigure, figure.id, **lost)
    changed = outdated_figures(list(present.values()), now)
    named = "、".join(changed[:3]) + and_others(changed, 3)
    told = (
        f"{len(changed)}件が変わりました：{named}" if named else f"{len(fresh) + len(gone)}件の出どころが変わりました"
    )
    return ActionResult(f"区の記録を読み直しました（{told}）。", report_id)


def note_receipt(
    context: ActionContext, *, report_id: int, receipt_number: str, original_place: str, note: str
) -> ActionResult:
    """Save 収受番号, the place of the original and remarks of a received report, in place of the former ones.

    Raises:
        UserError: the check is closed.
    """
    report = _open_check(context.store, report_id)
    with context.change("受領の記録を変更", "reports", event_id=report.event_id) as change:
        change.update(ReceivedPaper, report_id, receipt_number=receipt_number, original_place=original_place, note=note)
    return ActionResult("受領の記録を保存しました。", report_id)


def request_correction(context: ActionContext, *, report_id: int, reason: str = "") -> ActionResult:
    """Record that the 修正依頼 was given to the contractor (the text is copied, nothing is sent).

    It has no day until when; differing numbers not handled yet become 修正を依頼.

    Args:
        reason: why it is given although own numbers are outdated; stored with the report and printed.

    Raises:
        UserError: there is no difference and no missing point, outdated numbers and no reason, or the check is closed.
    """
    report = _open_check(context.store, report_id)
    view = read_report_check(context.store, report_id=report_id, with_file=False)
    if not view.request_text:
        raise UserError("修正を依頼する項目がありません。", "差のある数字か、記載のない項目があるときに記録できます。")
    reject_outdated(view.stops, reason, "依頼する")
    with context.change("修正を依頼", "reports", event_id=report.event_id) as change:
        paper = get_or_raise(context.database, ReceivedPaper, report_id)
        if view.stops:
            change.update(ReceivedPaper, report_id, note=note_with_reason(report.note, reason, outdated=True))
        received_services.mark_correction_asked(
            change, paper, due=None, text=view.request_text, on=context.today, who=context.by
        )
        mark_correction_requested(change, view.current_figures)
    return ActionResult("修正依頼として記録しました。", report_id)


def mark_correction_requested(change: Change, figures: Iterable[ReportFigure]) -> None:
    """Mark inside ``change`` each differing figure that is not handled yet as 修正を依頼."""
    for figure in figures:
        if differs(figure) and not figure.handling:
            change.update(ReportFigure, figure.id, handling="修正を依頼", reason=figure.reason)


def confirm_report(context: ActionContext, *, report_id: int, on: date, reason: str = "") -> ActionResult:
    """Mark the received report 確認済 (内容確認; not the legal 検査).

    ``end_check`` says what else ends.

    Args:
        on: the day of the check.
        reason: why it is confirmed without a single response (仕様書4(1)ケ), or with outdated numbers; stored
            with the report and printed.

    Raises:
        UserError: a point is not found, a number is missing or a difference not settled, a needed reason is missing, or
            the check is closed.
    """
    report = _open_check(context.store, report_id)
    event = read_event_or_error(context.database, report.event_id)
    points = required_points(kind_of_event(context.database, event))
    open_points = [point for point in points if not report.points.get(point)]
    open_figures = [figure.item for figure in reports.figures_of_report(context.database, report_id) if is_open(figure)]
    if open_points or open_figures:
        rest = "、".join([*open_points, *open_figures])
        raise UserError(
            f"まだ済んでいない項目があるため、確認済にできません（{rest}）。",
            "項目を確認するか、差の扱いを決めてください。",
        )
    empty = lacks_answers(context.store, event)
    if empty and not reason.strip():
        raise UserError(
            "アンケートの回答が0件のため、このままでは確認済にできません。",
            "回答を入力するか取り込むか、回答がない理由を書いてください。",
        )
    stops = stops_of_check(context.store, event, outdated_check_words(context.store, event, report))
    reject_outdated(stops, reason, "確認済にする")
    note = note_with_reason(
        report.note, reason, without_answers=empty, outdated=bool(stops), prefix=CHECK_REASON_PREFIX
    )
    with context.change("実施報告書を確認済", "reports", event_id=event.id) as change:
        paper = get_or_raise(context.database, ReceivedPaper, report_id)
        received_services.mark_confirmed(change, paper, on=on, note=note, who=context.by)
        said = end_check(change, context, report, event, on)
    return ActionResult(f"{said}{outdated_tables_warning(context.store, event_id=event.id)}", report_id)


def end_check(change: Change, context: ActionContext, report: Report, event: Event, on: date) -> str:
    """Write inside ``change`` what else ends with the check of a report, and return what is said of it.

    The waiting corrections of its forms end, and the stages of a 派遣 go into the history of the 団体.
    """
    received_services.end_waiting_corrections(change, context, REPORT_KIND, event_id=event.id, on=on)
    written = write_stages_to_history(context.store, change, event=event, report=report, on=on, who=context.by)
    return f"{event.full_title}の実施報告書を確認済にしました。{written_stages_text(written)}"


def resume_check(change: Change, context: ActionContext, report: Report, why: str) -> None:
    """Write inside ``change`` that a report is no longer 確認済, apart from its own row.

    Corrections that it had ended wait again, the stages that it wrote leave the history of the 団体, and the 確認票
    made since is marked 取消 with the reason.
    """
    received_services.resume_waiting_corrections(context.store, change, REPORT_KIND, event_id=report.event_id)
    event = read_event_or_error(context.database, report.event_id)
    remove_stages_from_history(context.store, change, event=event, report=report)
    note_withdrawn(
        context.store,
        change,
        (report_check_paper.KIND,),
        since=report.checked_on or context.today,
        reason=why,
        who=context.by,
        at=context.now,
        event_id=report.event_id,
    )


def _open_check(store: Store, report_id: int) -> Report:
    """Return a report whose check is open; raises ``UserError`` when it is closed."""
    report = required_report(store, report_id)
    closed = locked_reason(store, report)
    if closed:
        raise UserError(closed, "確認済は「確認済を取り消す」で取り消せます。" if report.status.is_checked else "")
    return report


def withdraw_check(context: ActionContext, *, report_id: int, reason: str) -> ActionResult:
    """Withdraw 確認済 of a received report, whose check continues (``resume_check``).

    Raises:
        UserError: no reason, a newer version exists, or it is not 確認済.
    """
    report = required_report(context.store, report_id)
    paper = get_or_raise(context.database, ReceivedPaper, report_id)
    why = require_reason(reason, "確認済")
    received_services.require_newest(context.store, paper)
    if not report.status.is_checked:
        raise UserError("この報告書は、確認済になっていません。", "画面を開き直してください。")
    with context.change(f"実施報告書の確認済を取り消した（{why}）", "reports", event_id=report.event_id) as change:
        received_services.mark_check_reopened(change, paper)
        change.update(ReceivedPaper, paper.id, note=note_without_check_reasons(paper.note))
        resume_check(change, context, report, why)
    day = short_date_or("", report.checked_on, context.today)
    return ActionResult(f"確認済（{day}）を取り消しました。", report_id)
