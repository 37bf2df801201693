"""A received 実施報告書 as it stands: file, points of the clause, numbers side by side, what is still open.

Public functions: ``read_report_check``, ``required_report``, ``closed_words``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.papers.services.stored_files import read_file
from app.programme.services.programme import programme_of_event
from app.required import required
from app.subjects.events.rules.guides import REVIEW
from app.subjects.events.services.deadlines import event_tasks
from app.subjects.events.services.event_file import required_event
from app.subjects.events.services.task import Task
from app.subjects.reports.papers.report_check import correction_request
from app.subjects.reports.rules.report_figures import differs, is_open
from app.subjects.reports.rules.report_points import POINTS, newest
from app.subjects.reports.services import report_facts
from db.records.events import Event
from db.records.reports import Report, ReportFigure
from db.store import Store
from db.tables import reports


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
