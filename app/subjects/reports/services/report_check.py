"""実施報告書 received as a file: kept, its points ticked, theirs beside ours, settled, confirmed; and how it stands.

A newer version received ends the check of the one before, which stays to be read.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``receive_report``, ``read_report_check``, ``tick_point``, ``set_figure``, ``refresh_ours``,
``note_receipt``, ``request_correction``, ``confirm_report``, ``required_report``, ``closed_words``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.calendar.dates import short_date
from app.papers.services.issued_copies import note_withdrawn
from app.papers.services.stored_files import keep_file, read_file
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal, reason_given
from app.required import required
from app.saved import Saved
from app.subjects.events.rules.guides import REVIEW
from app.subjects.events.services.deadlines import event_tasks
from app.subjects.events.services.event_file import required_event
from app.subjects.events.services.task import Task
from app.subjects.reports.papers import report_check as report_check_paper
from app.subjects.reports.papers.report_check import correction_request
from app.subjects.reports.rules.report_figures import as_written, differs, is_open
from app.subjects.reports.rules.report_points import POINTS, newest
from app.subjects.reports.services import report_facts
from db.records.events import Event
from db.records.reports import Report, ReportFigure
from db.store import Store
from db.tables import reports

HANDLINGS = ("修正を依頼", "区の記録を訂正", "差のまま")


@dataclass(frozen=True, kw_only=True)
class ReportCheckView:
    """A received report as the screen shows it. ``data`` is the file as it came, decrypted in memory.

    ``versions`` are all received, oldest first; ``earlier`` the figures of the version before, by item.
    ``open_differences`` are numbers that differ and are not settled, ``untyped`` those not yet read from the
    report; ``missing_points`` are marked なし, ``unchecked_points`` not yet looked at. ``closed_words`` says
    why nothing can be changed ("" = it can); ``review`` is the 区の目標 of the check.
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

    @property
    def open_count(self) -> int:
        """How much still keeps the report from being 確認済."""
        return self.open_differences + self.untyped + len(self.missing_points) + len(self.unchecked_points)


def read_report_check(
    store: Store, *, report_id: int, today: date | None = None, with_file: bool = True
) -> ReportCheckView:
    """Return the received report with its file, points and compared numbers.

    Args:
        today: for the 区の目標 of the check; None leaves it out. with_file: False leaves ``data`` empty.
    """
    report = required_report(store, report_id)
    event = required_event(store.database, report.event_id)
    facts = report_facts.gather(store, event=event, report=report)
    figures = tuple(reports.figures_of_report(store.database, report_id))
    points = POINTS[event.kind]
    missing = tuple(point for point in points if report.points.get(point) is False)
    versions = tuple(one for one in reports.reports_of_event(store.database, event.id) if one.way == "受領")
    before = next((one for one in reversed(versions) if one.version < report.version), None)
    earlier = reports.figures_of_report(store.database, before.id) if before else []
    limit = facts.extra.get("期限の最終日", "")
    tasks = event_tasks(store, event_id=event.id, today=today) if today else ()
    differing = sum(1 for figure in figures if is_open(figure) and differs(figure))
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
            event, figures, missing, programme_of_event(store, event, on=today).contractor.responsible
        ),
        closed_words=closed_words(store, report),
        review=next((task for task in tasks if task.task == REVIEW), None),
        data=read_file(store, report.file_id) if with_file and report.file_id else b"",
    )


def _in_time(limit: str, report: Report) -> bool | None:
    if not limit or report.received_on is None:
        return None
    return report.received_on <= date.fromisoformat(limit)


def required_report(store: Store, report_id: int) -> Report:
    """Return one report; raises ``Refusal`` when it is no longer there."""
    return required(store.database, Report, report_id)


def closed_words(store: Store, report: Report) -> str:
    """Return why a received report can no longer be changed, or ""."""
    if report.way != "受領":
        return "受領した報告書ではありません。"
    if report.status == "確認済":
        return "確認済の報告書は変更できません。"
    latest = newest(reports.reports_of_event(store.database, report.event_id), "受領")
    if latest is not None and latest.version > report.version:
        return f"第{latest.version}版を受領したため、第{report.version}版の確認は終わっています。"
    return ""


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
    event = required_event(store.database, event_id)
    if not data:
        raise Refusal("ファイルが空です。", "受託者から届いたファイルを選び直してください。")
    check_receipt_day(event, received_on, now.date())
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
        for position, (item, ours, source) in enumerate(report_facts.ours(facts), start=1):
            change.insert(ReportFigure(report_id=report_id, position=position, item=item, ours=ours, source=source))
    return Saved(said=f"{event.full_title}の実施報告書（第{version}版）を受領しました。", id=report_id)


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


def tick_point(store: Store, *, report_id: int, point: str, found: bool | None, by: str, now: datetime) -> Saved:
    """Note whether one of the clause's points stands in the received report; None = not yet looked at."""
    report = _checking(store, report_id)
    points = {name: value for name, value in report.points.items() if name != point}
    if found is not None:
        points[point] = found
    with store.change(
        action=f"条文の項目「{point}」を確認", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(Report, report_id, points=points)
    words = {True: "記載あり", False: "記載なし", None: "未確認"}[found]
    return Saved(said=f"「{point}」を{words}にしました。", id=report_id)


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

    A bare number gets its unit. Where both sides say the same, asking for a correction or leaving the
    difference has lost its object and is dropped.

    Raises:
        Refusal: 差のまま without a reason, or a handling that is none of ``HANDLINGS``.
    """
    figure = required(store.database, ReportFigure, figure_id)
    report = _checking(store, figure.report_id)
    if handling not in ("", *HANDLINGS):
        raise Refusal(f"「{handling}」という扱いはありません。", f"つぎの中から選んでください：{'、'.join(HANDLINGS)}")
    typed = replace(figure, theirs=as_written(figure.item, theirs), handling=handling, reason=reason.strip())
    if differs(typed) and handling == "差のまま" and not typed.reason:
        raise Refusal("「差のまま」には理由が必要です。", "理由を書いてから選んでください。")
    if not differs(typed) and handling != "区の記録を訂正":
        typed = replace(typed, handling="", reason="")
    with store.change(
        action=f"突合「{figure.item}」を記録", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(
            ReportFigure, figure_id,
            theirs=typed.theirs, page=_page_number(page), handling=typed.handling, reason=typed.reason,
        )  # fmt: skip
    return Saved(said=f"「{figure.item}」の突合を保存しました。", id=figure_id)


def _page_number(typed: str) -> str:
    """「p.3」「３ページ」 → 「3」; anything without a number stays as typed."""
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    return digits or typed.strip()


def refresh_ours(store: Store, *, report_id: int, by: str, now: datetime) -> Saved:
    """Read our side of the numbers again after the ward's own record was corrected.

    A number the ward no longer records loses its own side; what was typed from the report stays.
    """
    report = _checking(store, report_id)
    event = required_event(store.database, report.event_id)
    lines = report_facts.ours(report_facts.gather(store, event=event, report=report))
    present = {figure.item: figure for figure in reports.figures_of_report(store.database, report_id)}
    gone = [present[item] for item in present.keys() - {item for item, _, _ in lines} if present[item].ours]
    fresh = [line for line in enumerate(lines, start=1) if _changed(present.get(line[1][0]), line[1])]
    if not fresh and not gone:
        return Saved(said="区の記録は、前に読んだときと同じです。", id=report_id)
    with store.change(action="区の記録を読み直し", by=by, now=now, subject="reports", event_id=event.id) as change:
        for position, (item, ours, source) in fresh:
            known = present.get(item)
            if known is None:
                change.insert(ReportFigure(report_id=report_id, position=position, item=item, ours=ours, source=source))
            else:
                change.update(ReportFigure, known.id, ours=ours, source=source)
        for figure in gone:
            change.update(ReportFigure, figure.id, ours="", source="区の記録にありません")
    return Saved(said=f"区の記録を読み直しました（{len(fresh) + len(gone)}件が変わりました）。", id=report_id)


def _changed(known: ReportFigure | None, line: report_facts.Line) -> bool:
    return known is None or (known.ours, known.source) != line[1:]


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
    """Note that the 修正依頼 was given to the contractor (the text is copied, nothing is sent).

    Raises:
        Refusal: there is no difference and no missing point to ask for.
    """
    report = _checking(store, report_id)
    view = read_report_check(store, report_id=report_id, with_file=False)
    if not view.request_text:
        raise Refusal("修正を依頼する項目がありません。", "差のある数字か、記載のない項目があるときに記録できます。")
    with store.change(action="修正を依頼", by=by, now=now, subject="reports", event_id=report.event_id) as change:
        change.update(Report, report_id, status="修正依頼", checked_on=now.date(), checked_by=by)
        for figure in view.figures:
            if differs(figure) and not figure.handling:
                change.update(ReportFigure, figure.id, handling="修正を依頼")
    return Saved(said="修正依頼として記録しました。", id=report_id)


def confirm_report(store: Store, *, report_id: int, on: date, by: str, now: datetime) -> Saved:
    """Mark the received report 確認済 (内容確認; not the legal 検査).

    Raises:
        Refusal: a point is not ticked or a difference is not settled.
    """
    report = _checking(store, report_id)
    event = required_event(store.database, report.event_id)
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


def _checking(store: Store, report_id: int) -> Report:
    report = required_report(store, report_id)
    closed = closed_words(store, report)
    if closed:
        raise Refusal(closed, "確認済は「確認済を取り消す」で取り消せます。" if report.status == "確認済" else "")
    return report


def withdraw_report(store: Store, *, report_id: int, reason: str, by: str, now: datetime) -> Saved:
    """Take back the newest step of a report: 確認済, or the receipt of one made here; its check goes on.

    Raises:
        Refusal: no reason, a newer version is there, or it is neither 確認済 nor received.
    """
    report = required(store.database, Report, report_id)
    made_here = report.way == "作成"
    step = "確認済" if report.status == "確認済" else "受領"
    why = reason_given(reason, step)
    latest = newest(reports.reports_of_event(store.database, report.event_id), report.way)
    if latest is not None and latest.version > report.version:
        raise Refusal(
            f"第{latest.version}版があるため、第{report.version}版の{step}は取り消せません。",
            "いまの版で続けてください。",
        )
    if step == "受領" and (not made_here or report.received_on is None):
        raise Refusal("この報告書は、確認済になっていません。", "画面を開き直してください。")
    with store.change(
        action=f"実施報告書の{step}を取り消した（{why}）", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        if step == "確認済":
            change.update(
                Report, report_id, status="受領" if made_here else "区が確認中", checked_on=None, checked_by=""
            )
            since = report.checked_on or now.date()
            note_withdrawn(
                store, change, (report_check_paper.KIND,), since=since, reason=why, who=by, at=now,
                event_id=report.event_id,
            )  # fmt: skip
        else:
            change.update(Report, report_id, status="作成中", received_on=None, received_how="")
    day = report.checked_on if step == "確認済" else report.received_on
    return Saved(said=f"{step}（{short_date(day, now.date()) if day else ''}）を取り消しました。", id=report_id)
