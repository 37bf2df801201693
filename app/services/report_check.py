"""実施報告書 received as a file: keep it, tick the clause's points, set theirs beside ours, settle, confirm.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``receive_report``, ``read_report_check``, ``tick_point``, ``set_figure``, ``refresh_ours``,
``note_receipt``, ``request_correction``, ``confirm_report``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.documents.report_check import correction_request, differs
from app.documents.report_parts import ReportFacts
from app.rules.report_points import POINTS
from app.services import report_facts, report_figures
from app.services.programme import read_programme
from app.services.refusal import Refusal
from app.services.reports import newest
from app.services.saved import Saved
from app.services.stored_files import keep_file, read_file
from db.records.events import Event
from db.records.reports import Report, ReportFigure
from db.store import Store
from db.tables import events, reports

HANDLINGS = ("修正を依頼", "区の記録を訂正", "差のまま")


@dataclass(frozen=True, kw_only=True)
class ReportCheckView:
    """A received report as the screen shows it. ``data`` is the file as it came, decrypted in memory."""

    event: Event
    report: Report
    figures: tuple[ReportFigure, ...]
    points: tuple[str, ...]
    due: date | None
    due_basis: str
    clause: str
    in_time: bool | None
    open_differences: int
    missing_points: tuple[str, ...]
    request_text: str
    data: bytes


def receive_report(
    store: Store,
    *,
    event_id: int,
    data: bytes,
    name: str,
    pages: int | None,
    received_on: date,
    received_how: str,
    original_place: str = "",
    receipt_number: str = "",
    by: str,
    now: datetime,
) -> Saved:
    """Keep the contractor's file encrypted and open its check; receipt closes the deadline.

    Raises:
        Refusal: the file is empty, or received before the event took place.
    """
    event = _event(store, event_id)
    if not data:
        raise Refusal("ファイルが空です。", "受託者から届いたファイルを選び直してください。")
    if event.event_date and received_on < event.event_date:
        raise Refusal("受領日が実施日より前です。", "受領した日付をご確認ください。")
    earlier = newest(reports.reports_of_event(store.database, event_id), "受領")
    version = earlier.version + 1 if earlier else 1
    facts = report_facts.gather(store, event=event, report=Report(event_id=event_id, way="作成", version=1))
    with store.change(action="実施報告書を受領", by=by, now=now, subject="reports", event_id=event_id) as change:
        kept = keep_file(store, change, data=data, name=name, now=now, media_type="application/pdf", pages=pages)
        report_id = change.insert(
            Report(
                event_id=event_id,
                way="受領",
                version=version,
                author="受託者",
                status="区が確認中",
                contractor_confirmed_on=received_on,
                file_id=kept.id,
                file_name=name,
                sha256=kept.sha256,
                pages=pages,
                received_on=received_on,
                received_how=received_how,
                receipt_number=receipt_number,
                original_place=original_place,
            )
        )
        for position, (item, ours, source) in enumerate(report_figures.ours(facts), start=1):
            change.insert(ReportFigure(report_id=report_id, position=position, item=item, ours=ours, source=source))
    return Saved(said=f"{event.full_title}の実施報告書（第{version}版）を受領しました。", id=report_id)


def read_report_check(store: Store, *, report_id: int) -> ReportCheckView:
    """Return the received report with its file, points and compared numbers."""
    report = _report(store, report_id)
    event = _event(store, report.event_id)
    facts = report_facts.gather(store, event=event, report=report)
    figures = tuple(reports.figures_of_report(store.database, report_id))
    points = POINTS[event.kind]
    missing = tuple(point for point in points if not report.points.get(point))
    contractor = read_programme(store).contractor
    return ReportCheckView(
        event=event,
        report=report,
        figures=figures,
        points=points,
        due=facts.due,
        due_basis=facts.extra.get("期限の根拠", ""),
        clause=facts.numbers.clause_report,
        in_time=_in_time(facts, report),
        open_differences=sum(1 for figure in figures if is_open(figure)),
        missing_points=missing,
        request_text=correction_request(event, figures, missing, contractor.responsible),
        data=read_file(store, report.file_id) if report.file_id else b"",
    )


def is_open(figure: ReportFigure) -> bool:
    """Return whether a difference still waits for a decision (修正を依頼 waits for the mended report)."""
    settled = figure.handling == "区の記録を訂正" or (figure.handling == "差のまま" and bool(figure.reason.strip()))
    return differs(figure) and not settled


def _in_time(facts: ReportFacts, report: Report) -> bool | None:
    limit = facts.extra.get("期限の最終日", "")
    if not limit or report.received_on is None:
        return None
    return report.received_on <= date.fromisoformat(limit)


def tick_point(store: Store, *, report_id: int, point: str, found: bool, by: str, now: datetime) -> Saved:
    """Tick or untick one of the clause's points in the received report."""
    report = _checking(store, report_id)
    with store.change(
        action=f"条文の項目「{point}」を確認", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(Report, report_id, points={**report.points, point: found})
    return Saved(said=f"「{point}」を{'記載あり' if found else '未確認'}にしました。", id=report_id)


def set_figure(
    store: Store,
    *,
    figure_id: int,
    theirs: str,
    page: str = "",
    handling: str = "",
    reason: str = "",
    by: str,
    now: datetime,
) -> Saved:
    """Set what the report says for one number and how a difference is settled.

    Raises:
        Refusal: 差のまま without a reason.
    """
    figure = reports.find_figure(store.database, figure_id)
    if figure is None:
        raise Refusal("この項目は見つかりません。", "画面を開き直してください。")
    report = _checking(store, figure.report_id)
    if handling == "差のまま" and not reason.strip():
        raise Refusal("「差のまま」には理由が必要です。", "理由を書いてから選んでください。")
    with store.change(
        action=f"突合「{figure.item}」を記録", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(
            ReportFigure, figure_id, theirs=theirs.strip(), page=page.strip(), handling=handling, reason=reason
        )
    return Saved(said=f"「{figure.item}」の突合を保存しました。", id=figure_id)


def refresh_ours(store: Store, *, report_id: int, by: str, now: datetime) -> Saved:
    """Read our side of the numbers again after the ward's own record was corrected."""
    report = _checking(store, report_id)
    event = _event(store, report.event_id)
    facts = report_facts.gather(store, event=event, report=report)
    present = {figure.item: figure for figure in reports.figures_of_report(store.database, report_id)}
    with store.change(action="区の記録を読み直し", by=by, now=now, subject="reports", event_id=event.id) as change:
        for position, (item, ours, source) in enumerate(report_figures.ours(facts), start=1):
            known = present.get(item)
            if known is None:
                change.insert(ReportFigure(report_id=report_id, position=position, item=item, ours=ours, source=source))
            else:
                change.update(ReportFigure, known.id, ours=ours, source=source)
    return Saved(said="区の記録を読み直しました。", id=report_id)


def note_receipt(
    store: Store,
    *,
    report_id: int,
    receipt_number: str,
    original_place: str,
    note: str,
    by: str,
    now: datetime,
) -> Saved:
    """Keep 収受番号, the place of the original and remarks."""
    report = _checking(store, report_id)
    with store.change(action="受領の記録を変更", by=by, now=now, subject="reports", event_id=report.event_id) as change:
        change.update(Report, report_id, receipt_number=receipt_number, original_place=original_place, note=note)
    return Saved(said="受領の記録を保存しました。", id=report_id)


def request_correction(store: Store, *, report_id: int, by: str, now: datetime) -> Saved:
    """Note that the 修正依頼 was given to the contractor (the text is copied, nothing is sent)."""
    report = _checking(store, report_id)
    with store.change(action="修正を依頼", by=by, now=now, subject="reports", event_id=report.event_id) as change:
        change.update(Report, report_id, status="修正依頼")
        for figure in reports.figures_of_report(store.database, report_id):
            if differs(figure) and not figure.handling:
                change.update(ReportFigure, figure.id, handling="修正を依頼")
    return Saved(said="修正依頼として記録しました。", id=report_id)


def confirm_report(store: Store, *, report_id: int, on: date, by: str, now: datetime) -> Saved:
    """Mark the received report 確認済 (内容確認; not the legal 検査).

    Raises:
        Refusal: a point is not ticked or a difference is not settled.
    """
    report = _checking(store, report_id)
    event = _event(store, report.event_id)
    open_points = [point for point in POINTS[event.kind] if not report.points.get(point)]
    open_figures = [figure.item for figure in reports.figures_of_report(store.database, report_id) if is_open(figure)]
    if open_points or open_figures:
        rest = "、".join([*open_points, *open_figures])
        raise Refusal(
            f"まだ済んでいない項目があるため、確認済にできません（{rest}）。",
            "項目を確認するか、差の扱いを決めてください。",
        )
    with store.change(action="実施報告書を確認済", by=by, now=now, subject="reports", event_id=event.id) as change:
        change.save(replace(report, status="確認済", checked_on=on, checked_by=by))
    return Saved(said=f"{event.full_title}の実施報告書を確認済にしました。", id=report_id)


def _event(store: Store, event_id: int) -> Event:
    event = events.event(store.database, event_id)
    if event is None:
        raise Refusal("この実施回は見つかりません。", "一覧から選び直してください。")
    return event


def _report(store: Store, report_id: int) -> Report:
    report = reports.find_report(store.database, report_id)
    if report is None:
        raise Refusal("この報告書は見つかりません。", "一覧から選び直してください。")
    return report


def _checking(store: Store, report_id: int) -> Report:
    report = _report(store, report_id)
    if report.status == "確認済":
        raise Refusal("確認済の報告書は変更できません。", "「元に戻す」で確認済を取り消せます。")
    return report
