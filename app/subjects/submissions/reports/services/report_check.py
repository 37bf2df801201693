"""実施報告書 received as a file: kept, its points ticked, theirs beside ours, settled, confirmed; and how it stands.

A newer version received ends the check of the one before, which stays to be read.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``receive_report``, ``read_report_check``, ``tick_point``, ``set_figures``, ``refresh_ours``,
``note_receipt``, ``request_correction``, ``confirm_report``, ``required_report``, ``closed_words``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal, reason_given
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.papers.event_facts import formal_title
from app.papers.services.issued_copies import note_withdrawn
from app.papers.services.stored_files import read_file
from app.programme.services.programme import programme_of_event
from app.received.services import received_papers
from app.received.services.received_kind import ReceiptScope
from app.received.services.received_papers import IncomingFile, put_received
from app.subjects.events.dispatches.services.stages import outdated_typing, take_back, write_back, written_words
from app.subjects.events.event.rules.guides import REVIEW
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.event.services.tasks.deadlines import event_tasks
from app.subjects.events.event.services.tasks.task import Task
from app.subjects.submissions.reports.papers import report_check as report_check_paper
from app.subjects.submissions.reports.papers.report_check import correction_request
from app.subjects.submissions.reports.rules.page_numbers import AskedRows
from app.subjects.submissions.reports.rules.report_figures import aged_figures, as_written, differs, is_open, with_ours
from app.subjects.submissions.reports.rules.report_points import POINTS, SURVEY_POINT, with_reason
from app.subjects.submissions.reports.services import report_facts
from app.subjects.submissions.reports.services.report_marks import AgedNumbers, aged_check, refuse_aged, stops_of_check
from app.subjects.surveys.tally.services.survey_settling import asked_of_contractor
from app.subjects.surveys.tally.services.survey_tally import code_of_intent
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.events import Event
from db.records.submissions.received import PointLook, Receipt, ReceivedPaper
from db.records.submissions.reports import Report, ReportFigure
from db.store import Store
from db.tables import reports
from db.tables.reports import REPORT_KIND

HANDLINGS = ("修正を依頼", "区の記録を訂正", "差のまま")


@frozen_record
class ReportCheckView:
    """A received report as the screen shows it. ``data`` is the file as it came, decrypted in memory.

    ``versions`` are all received, oldest first; ``earlier`` the figures of the version before, by item.
    ``open_differences`` are numbers that differ and are not settled, ``untyped`` those not yet read from the report;
    ``missing_points`` are marked なし, ``unchecked_points`` not yet looked at. ``closed_words`` says why nothing can be
    changed ("" = it can), ``without_answers`` that not one answer of its survey is counted; ``review`` is the 目安日
    of the check. ``stops`` say which numbers are of another day than the records: told or confirmed with a reason only;
    ``aged`` are those of ours that were read before (of a report that is 確認済, too), ``told`` the figures beside the
    records of now, by which a request is worded. ``questions`` and ``intent`` (the code of the question behind
    活用の意向あり) help to find numbers on the pages.
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
    open_differences: int
    untyped: int
    missing_points: tuple[str, ...]
    unchecked_points: tuple[str, ...]
    request_text: str
    closed_words: str
    review: Task | None
    data: bytes
    without_answers: bool = False
    questions: tuple[AskedRows, ...] = ()
    intent: str = ""
    stops: tuple[AgedNumbers, ...] = ()
    aged: tuple[str, ...] = ()
    told: tuple[ReportFigure, ...] = ()

    @property
    def open_count(self) -> int:
        """How much still keeps the report from being 確認済."""
        return self.open_differences + self.untyped + len(self.missing_points) + len(self.unchecked_points)


def read_report_check(
    store: Store, *, report_id: int, today: date | None = None, with_file: bool = True
) -> ReportCheckView:
    """Return the received report with its file, points and compared numbers.

    Args:
        today: for the 目安日 of the check; None leaves it out. with_file: False leaves ``data`` empty.
    """
    report = required_report(store, report_id)
    event = required_event(store.database, report.event_id)
    ground = report_facts.read_ground(store, event)
    facts = report_facts.gather(store, event=event, report=report, ground=ground)
    figures = tuple(reports.figures_of_report(store.database, report_id))
    points = POINTS[event.kind]
    missing = tuple(point for point in points if report.points.get(point) is False)
    versions = tuple(one for one in reports.reports_of_event(store.database, event.id) if one.way == "受領")
    before = next((one for one in reversed(versions) if one.version < report.version), None)
    earlier = reports.figures_of_report(store.database, before.id) if before else []
    limit = facts.extra.get("期限の最終日", "")
    tasks = event_tasks(store, event_id=event.id, today=today) if today else ()
    differing = sum(1 for figure in figures if is_open(figure) and differs(figure))
    closed = closed_words(store, report)
    ours = {item: value for item, value, _source in report_facts.ours(facts)}
    aged = aged_figures(figures, ours) if not closed or report.status == "確認済" else ()
    told = figures if closed else with_ours(figures, ours)
    return ReportCheckView(
        event=event,
        report=report,
        versions=versions,
        figures=figures,
        earlier={figure.item: figure for figure in earlier},
        points=points,
        due=facts.due,
        limit=date.fromisoformat(limit) if limit else None,
        due_basis=facts.extra.get("期限の根拠", ""),
        clause=facts.numbers.clause_report,
        period=facts.numbers.report_period,
        in_time=_in_time(limit, report),
        open_differences=differing,
        untyped=sum(1 for figure in figures if is_open(figure)) - differing,
        missing_points=missing,
        unchecked_points=tuple(point for point in points if point not in report.points),
        request_text=correction_request(
            formal_title(event),
            told,
            missing,
            programme_of_event(store, event, on=today).contractor.responsible,
            asked_of_contractor(store, event_id=event.id),
        ),
        closed_words=closed,
        stops=() if closed else stops_of_check(store, event, aged),
        aged=aged,
        told=told,
        review=next((task for task in tasks if task.task == REVIEW), None),
        data=read_file(store, report.file_id) if with_file and report.file_id else b"",
        without_answers=SURVEY_POINT in points and not (facts.event.sheets and facts.event.sheets.returned),
        questions=report_facts.asked_rows(facts),
        intent=code_of_intent(ground.tally) if ground.tally is not None else "",
    )


def lacks_answers(store: Store, event: Event) -> bool:
    """Whether the contract asks for a survey of this event and not one answer is counted."""
    if SURVEY_POINT not in POINTS[event.kind]:
        return False
    sheets = read_facts(store, event).sheets
    return sheets is None or not sheets.returned


def _in_time(limit: str, report: Report) -> bool | None:
    if not limit or report.received_on is None:
        return None
    return report.received_on <= date.fromisoformat(limit)


def required_report(store: Store, report_id: int) -> Report:
    """Return one report; raises ``Refusal`` when it is no longer there."""
    report = reports.received_report(store.database, report_id)
    if report is None:
        raise Refusal("この報告書は見つかりません。", "一覧から選び直してください。")
    return report


def closed_words(store: Store, report: Report) -> str:
    """Return why a received report can no longer be changed, or ""."""
    return received_papers.closed_words(store, get_or_refuse(store.database, ReceivedPaper, report.id))


@deed
def receive_report(
    act: Act,
    *,
    event_id: int,
    data: bytes,
    name: str,
    pages: int | None,
    received_on: date,
    received_how: str,
    original_place: str = "",
    receipt_number: str = "",
) -> Saved:
    """Keep the contractor's file encrypted and open its check; receipt closes the deadline.

    Raises:
        Refusal: the file is empty, or received before the event took place.
    """
    event = required_event(act.database, event_id)
    if not data:
        raise Refusal("ファイルが空です。", "受託者から届いたファイルを選び直してください。")
    check_receipt_day(event, received_on, act.today)
    facts = report_facts.gather(act.store, event=event, report=Report(event_id=event_id, way="作成", version=1))
    file = IncomingFile(data=data, name=name, pages=pages, media_type="application/pdf")
    receipt = Receipt(
        received_on=received_on,
        received_how=received_how,
        receipt_number=receipt_number,
        original_place=original_place,
    )
    with act.change("実施報告書を受領", "reports", event_id=event_id) as change:
        scope = ReceiptScope(event_id=event_id)
        paper = put_received(act.store, change, kind=REPORT_KIND, scope=scope, file=file, receipt=receipt, now=act.now)
        for position, (item, ours, source) in enumerate(report_facts.ours(facts), 1):
            change.insert(ReportFigure(report_id=paper.id, position=position, item=item, ours=ours, source=source))
    said = (
        f"{event.full_title}の実施報告書（第{paper.version}版）を受領しました。"
        f"{outdated_typing(act.store, event_id=event_id)}"
    )
    return Saved(said, paper.id)


def check_receipt_day(event: Event, day: date, today: date) -> None:
    """Raise ``Refusal`` when a report of ``event`` cannot have been received on ``day``."""
    if event.event_date is None:
        raise Refusal("日程が決まっていない実施回です。", "実施日を決めてから受領を記録してください。")
    if day < event.event_date:
        raise Refusal(
            f"受領日が実施日（{short_date(event.event_date, today)}）より前です。", "受領した日付をご確認ください。"
        )
    if day > today:
        raise Refusal("受領日が本日より後です。", "受領した日付をご確認ください。")


@deed
def tick_point(act: Act, *, report_id: int, point: str, found: bool | None) -> Saved:
    """Note whether one of the clause's points stands in the received report; None = not yet looked at."""
    report = _checking(act.store, report_id)
    paper = get_or_refuse(act.database, ReceivedPaper, report_id)
    look = None if found is None else PointLook(result="○" if found else "なし")
    with act.change(f"条文の項目「{point}」を確認", "reports", event_id=report.event_id) as change:
        received_papers.set_point(change, paper, point, look)
    words = {True: "記載あり", False: "記載なし", None: "未確認"}[found]
    return Saved(f"「{point}」を{words}にしました。", report_id)


@frozen_record
class SettledFigure:
    """What is said of one number: as the report says it, on which page, and what becomes of a difference."""

    figure_id: int
    theirs: str
    page: str = ""
    handling: str = ""
    reason: str = ""


@deed
def set_figures(act: Act, *, report_id: int, settled: Sequence[SettledFigure]) -> Saved:
    """Set several numbers at once: all that are equal, or a difference with those that only follow from it.

    They are saved together or not at all, and taken back together. A number of another report is left out.

    Raises:
        Refusal: 差のまま without a reason, or a handling that is none of ``HANDLINGS``.
    """
    report = _checking(act.store, report_id)
    known = {figure.id: figure for figure in reports.figures_of_report(act.database, report_id)}
    lines = [(known[one.figure_id], _typed(known[one.figure_id], one)) for one in settled if one.figure_id in known]
    names = [figure.item for figure, _typed_one in lines]
    what = f"「{names[0]}」" if len(names) == 1 else f"の{len(names)}件"
    with act.change(f"突合{what}を記録", "reports", event_id=report.event_id) as change:
        for figure, typed in lines:
            change.update(
                ReportFigure,
                figure.id,
                theirs=typed.theirs,
                page=typed.page,
                handling=typed.handling,
                reason=typed.reason,
            )
    return Saved(f"{len(names)}件の数字を確認しました。", report_id)


def _typed(figure: ReportFigure, settled: SettledFigure) -> ReportFigure:
    """The figure as it is to be kept: with its unit, and without a handling that has lost its object."""
    if settled.handling not in ("", *HANDLINGS):
        raise Refusal(
            f"「{settled.handling}」という扱いはありません。", f"つぎの中から選んでください：{'、'.join(HANDLINGS)}"
        )
    typed = replace(
        figure,
        theirs=as_written(figure.item, settled.theirs),
        page=_page_number(settled.page),
        handling=settled.handling,
        reason=settled.reason.strip(),
    )
    if differs(typed) and typed.handling == "差のまま" and not typed.reason:
        raise Refusal("「差のまま」には理由が必要です。", "理由を書いてから選んでください。")
    if not differs(typed) and typed.handling != "区の記録を訂正":
        typed = replace(typed, handling="", reason="")
    return typed


def _page_number(typed: str) -> str:
    """「p.3」「３ページ」 → 「3」; anything without a number stays as typed."""
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    return digits or typed.strip()


@deed
def refresh_ours(act: Act, *, report_id: int) -> Saved:
    """Read our side of the numbers again after the ward's own record was corrected.

    A number the ward no longer records loses its own side; what was typed from the report stays.
    """
    report = _checking(act.store, report_id)
    event = required_event(act.database, report.event_id)
    lines = report_facts.ours(report_facts.gather(act.store, event=event, report=report))
    present = {figure.item: figure for figure in reports.figures_of_report(act.database, report_id)}
    gone = [present[item] for item in present.keys() - {item for item, _, _ in lines} if present[item].ours]
    fresh = [line for line in enumerate(lines, 1) if _changed(present.get(line[1][0]), line[1])]
    if not fresh and not gone:
        return Saved("区の記録は、前に読んだときと同じです。", report_id)
    with act.change("区の記録を読み直し", "reports", event_id=event.id) as change:
        for position, (item, ours, source) in fresh:
            known = present.get(item)
            if known is None:
                change.insert(ReportFigure(report_id=report_id, position=position, item=item, ours=ours, source=source))
            else:
                change.update(ReportFigure, known.id, ours=ours, source=source)
        for figure in gone:
            change.update(ReportFigure, figure.id, ours="", source="区の記録にありません")
    changed = aged_figures(list(present.values()), {item: ours for item, ours, _source in lines})
    named = "、".join(changed[:3]) + (f"、ほか{len(changed) - 3}件" if len(changed) > 3 else "")
    told = (
        f"{len(changed)}件が変わりました：{named}" if named else f"{len(fresh) + len(gone)}件の出どころが変わりました"
    )
    return Saved(f"区の記録を読み直しました（{told}）。", report_id)


def _changed(known: ReportFigure | None, line: report_facts.Line) -> bool:
    return known is None or (known.ours, known.source) != line[1:]


@deed
def note_receipt(act: Act, *, report_id: int, receipt_number: str, original_place: str, note: str) -> Saved:
    """Keep 収受番号, the place of the original and remarks."""
    report = _checking(act.store, report_id)
    with act.change("受領の記録を変更", "reports", event_id=report.event_id) as change:
        change.update(ReceivedPaper, report_id, receipt_number=receipt_number, original_place=original_place, note=note)
    return Saved("受領の記録を保存しました。", report_id)


@deed
def request_correction(act: Act, *, report_id: int, reason: str = "") -> Saved:
    """Note that the 修正依頼 was given to the contractor (the text is copied, nothing is sent).

    Args:
        reason: why it is told although numbers of ours are of another day than the records; kept with the report and
            printed.

    Raises:
        Refusal: there is no difference and no missing point to ask for, or such numbers and no reason.
    """
    report = _checking(act.store, report_id)
    view = read_report_check(act.store, report_id=report_id, with_file=False)
    if not view.request_text:
        raise Refusal("修正を依頼する項目がありません。", "差のある数字か、記載のない項目があるときに記録できます。")
    refuse_aged(view.stops, reason, "依頼する")
    with act.change("修正を依頼", "reports", event_id=report.event_id) as change:
        paper = get_or_refuse(act.database, ReceivedPaper, report_id)
        if view.stops:
            change.update(ReceivedPaper, report_id, note=with_reason(report.note, reason, aged=True))
        received_papers.set_asked(change, paper, due=None, text=view.request_text, on=act.today, who=act.by)
        mark_asked(change, view.told)
    return Saved("修正依頼として記録しました。", report_id)


def mark_asked(change: Change, figures: Iterable[ReportFigure]) -> None:
    """Note at each number that its correction was asked for: ``figures`` beside the same records as the
    text that asks."""
    for figure in figures:
        if differs(figure) and not figure.handling:
            change.update(ReportFigure, figure.id, handling="修正を依頼")


@deed
def confirm_report(act: Act, *, report_id: int, on: date, reason: str = "") -> Saved:
    """Mark the received report 確認済 (内容確認; not the legal 検査).

    Args:
        reason: why it stands without a single answer of a survey (仕様書4(1)ケ), or with numbers of another day than
            the records; kept with the report and printed.

    Raises:
        Refusal: a point is not ticked, a difference is not settled, or there are no answers or such numbers and no
            reason.
    """
    report = _checking(act.store, report_id)
    event = required_event(act.database, report.event_id)
    open_points = [point for point in POINTS[event.kind] if not report.points.get(point)]
    open_figures = [figure.item for figure in reports.figures_of_report(act.database, report_id) if is_open(figure)]
    if open_points or open_figures:
        rest = "、".join([*open_points, *open_figures])
        raise Refusal(
            f"まだ済んでいない項目があるため、確認済にできません（{rest}）。",
            "項目を確認するか、差の扱いを決めてください。",
        )
    empty = lacks_answers(act.store, event)
    if empty and not reason.strip():
        raise Refusal(
            "アンケートの回答が0件のため、このままでは確認済にできません。",
            "回答を入力するか取り込むか、回答がない理由を書いてください。",
        )
    stops = stops_of_check(act.store, event, aged_check(act.store, event, report))
    refuse_aged(stops, reason, "確認済にする")
    note = with_reason(report.note, reason, empty=empty, aged=bool(stops))
    with act.change("実施報告書を確認済", "reports", event_id=event.id) as change:
        paper = get_or_refuse(act.database, ReceivedPaper, report_id)
        received_papers.set_confirmed(change, paper, on=on, note=note, who=act.by)
        received_papers.end_with(act.store, change, REPORT_KIND, event_id=event.id, on=on, who=act.by)
        written = write_back(act.store, change, event=event, report=report, on=on, who=act.by)
    told = f"{written_words(written)}{outdated_typing(act.store, event_id=event.id)}"
    return Saved(f"{event.full_title}の実施報告書を確認済にしました。{told}", report_id)


def _checking(store: Store, report_id: int) -> Report:
    report = required_report(store, report_id)
    closed = closed_words(store, report)
    if closed:
        raise Refusal(closed, "確認済は「確認済を取り消す」で取り消せます。" if report.status == "確認済" else "")
    return report


@deed
def withdraw_report(act: Act, *, report_id: int, reason: str) -> Saved:
    """Take 確認済 of a received report back; its check goes on.

    Raises:
        Refusal: no reason, a newer version is there, or it is not 確認済.
    """
    report = required_report(act.store, report_id)
    paper = get_or_refuse(act.database, ReceivedPaper, report_id)
    why = reason_given(reason, "確認済")
    received_papers.check_newest(act.store, paper)
    if report.status != "確認済":
        raise Refusal("この報告書は、確認済になっていません。", "画面を開き直してください。")
    with act.change(f"実施報告書の確認済を取り消した（{why}）", "reports", event_id=report.event_id) as change:
        received_papers.set_open_again(change, paper)
        received_papers.wait_again(act.store, change, REPORT_KIND, event_id=report.event_id)
        take_back(act.store, change, event=required_event(act.database, report.event_id), report=report)
        since = report.checked_on or act.today
        note_withdrawn(
            act.store,
            change,
            (report_check_paper.KIND,),
            since=since,
            reason=why,
            who=act.by,
            at=act.now,
            event_id=report.event_id,
        )
    day = short_date(report.checked_on, act.today) if report.checked_on else ""
    return Saved(f"確認済（{day}）を取り消しました。", report_id)
