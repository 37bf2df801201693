"""実施報告書 made here: start the form, type its chapters, mark who confirmed it and when it was received.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``read_report_form``, ``start_report``, ``write_chapter``, ``write_rows``, ``confirm_by_contractor``,
``mark_received``, ``confirm_form``, ``make_next_version``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.calendar import dates
from app.papers.blocks import DocumentContent
from app.papers.kept_content import differing_parts
from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from app.subjects.reports.papers.report_parts import ReportFacts
from app.subjects.reports.rules import report_points
from app.subjects.reports.rules.report_points import Chapter, PointState, newest
from app.subjects.reports.services import report_facts, report_papers
from db.records.events import Event
from db.records.reports import Report
from db.store import Store
from db.tables import reports


@dataclass(frozen=True, kw_only=True)
class ReportFormView:
    """The form as the screen shows it; ``report`` None = not started.

    ``received`` is the newest report that came in as a file, if any. ``kept`` True = the paper is what the contractor
    confirmed; ``differing`` names the chapters about which the records say something else now.
    """

    event: Event
    report: Report | None
    versions: tuple[Report, ...]
    received: Report | None
    chapters: tuple[Chapter, ...]
    points: tuple[PointState, ...]
    agenda_titles: tuple[str, ...]
    due: date | None
    due_basis: str
    clause: str
    kept: bool = False
    differing: tuple[str, ...] = ()


def read_report_form(store: Store, *, event_id: int, now: datetime | None = None) -> ReportFormView:
    """Return everything the form needs; raises ``Refusal`` when the event is not there.

    Args:
        now: when given, a confirmed report is compared with what the records would say now.
    """
    event = required(store.database, Event, event_id)
    found = reports.reports_of_event(store.database, event_id)
    report = newest(found, "作成")
    facts = report_facts.gather(store, event=event, report=report or Report(event_id=event_id, way="作成", version=1))
    survey = facts.survey
    kept = report_papers.confirmed_report(store, facts.report)
    points = report_points.completeness(
        event.kind,
        facts.report,
        has_timetable=any(item.minutes for item in facts.agenda),
        attended=facts.result.attended if facts.result else None,
        returned=survey.returned if survey else None,
        frozen=bool(facts.extra.get("集計確定")),
    )
    return ReportFormView(
        event=event,
        report=report,
        versions=tuple(one for one in found if one.way == "作成"),
        received=newest(found, "受領"),
        chapters=report_points.CHAPTERS[event.kind],
        points=points,
        agenda_titles=tuple(item.title for item in facts.agenda if item.minutes),
        due=facts.due,
        due_basis=facts.extra.get("期限の根拠", ""),
        clause=facts.numbers.clause_report,
        kept=kept is not None,
        differing=_differing(store, event, facts, kept, now) if kept is not None and now is not None else (),
    )


def _differing(store: Store, event: Event, facts: ReportFacts, kept: DocumentContent, now: datetime) -> tuple[str, ...]:
    living = report_papers.report_content(store, event=event, report=facts.report, now=now, facts=facts)
    return differing_parts(kept, living)


def start_report(store: Store, *, event_id: int, author: str = "区", by: str, now: datetime) -> Saved:
    """Start the form; ``author`` 受託者 or 区 (filled in advance, 様式・受託者確認前 until it is confirmed)."""
    event = required(store.database, Event, event_id)
    if newest(reports.reports_of_event(store.database, event_id), "作成") is not None:
        raise Refusal("この実施回の報告書の様式は、もう作成されています。", "一覧から開いて続けられます。")
    side = "受託者" if author == "受託者" else "区"
    with store.change(action="報告書の様式を作成", by=by, now=now, subject="reports", event_id=event_id) as change:
        new_id = change.insert(
            Report(event_id=event_id, way="作成", version=1, author="受託者" if side == "受託者" else "区")
        )
    return Saved(said=f"{event.full_title}の報告書の様式を作成しました。", id=new_id)


def write_chapter(store: Store, *, report_id: int, key: str, text: str, by: str, now: datetime) -> Saved:
    """Keep the typed text of one chapter exactly as typed.

    Raises:
        Refusal: the contractor has confirmed what stood there; only the next version may say otherwise.
    """
    report = _unconfirmed(store, report_id)
    body = {**report.body, key: text}
    with store.change(
        action=f"報告書「{key}」を記入", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(Report, report_id, body=body)
    return Saved(said=f"「{key}」を保存しました。", id=report_id)


def write_rows(
    store: Store, *, report_id: int, key: str, rows: tuple[tuple[str, ...], ...], by: str, now: datetime
) -> Saved:
    """Keep the typed rows of one chapter; rows without any text are left out. Raises as ``write_chapter``."""
    report = _unconfirmed(store, report_id)
    kept = tuple(tuple(cells) for cells in rows if any(cell.strip() for cell in cells))
    with store.change(
        action=f"報告書「{key}」を記入", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(Report, report_id, tables={**report.tables, key: kept})
    return Saved(said=f"「{key}」を保存しました。", id=report_id)


def confirm_by_contractor(store: Store, *, report_id: int, on: date | None, by: str, now: datetime) -> Saved:
    """Note the day the contractor confirmed the form as its report; None takes the note back.

    What the report says is kept with the note: from then on the paper is drawn from that, whatever the records say.

    Raises:
        Refusal: the day lies before the event or after today, or the report was received already.
    """
    report = _open_report(store, report_id)
    if on is not None:
        _check_day(store, report, on, now.date(), "受託者の確認日")
    elif report.received_on is not None:
        raise Refusal("受領を記録した報告書です。確認の取消はできません。", "先に、受領を取り消してください。")
    action = "受託者の確認を記録" if on else "受託者の確認を取り消し"
    with store.change(action=action, by=by, now=now, subject="reports", event_id=report.event_id) as change:
        change.update(Report, report_id, contractor_confirmed_on=on)
        if on is None:
            report_papers.lift_report(store, change, report_id)
        else:
            confirmed = replace(report, contractor_confirmed_on=on)
            event = required(store.database, Event, report.event_id)
            facts = report_facts.gather(store, event=event, report=confirmed)
            content = report_papers.report_content(store, event=event, report=confirmed, now=now, facts=facts)
            report_papers.keep_report(store, change, confirmed, content)
    said = f"受託者の確認（{dates.short_date(on)}）を記録しました。" if on else "受託者の確認を取り消しました。"
    return Saved(said=said, id=report_id)


def mark_received(store: Store, *, report_id: int, on: date, how: str, by: str, now: datetime) -> Saved:
    """Note that the contractor handed the confirmed report in: this is what closes the deadline.

    Raises:
        Refusal: the contractor has not confirmed it, so it is still a form of the ward; or the day lies
            before the event or after today.
    """
    report = _open_report(store, report_id)
    _check_day(store, report, on, now.date(), "受領日")
    if report.contractor_confirmed_on is None:
        raise Refusal("受託者の確認がまだのため、受領にできません。", "受託者の確認日を先に記録してください。")
    with store.change(action="報告書を受領", by=by, now=now, subject="reports", event_id=report.event_id) as change:
        change.update(Report, report_id, received_on=on, received_how=how, status="受領")
    return Saved(said=f"{dates.short_date(on)} 受領として記録しました。", id=report_id)


def confirm_form(store: Store, *, report_id: int, on: date, by: str, now: datetime) -> Saved:
    """Mark a report made here and received 確認済 (内容確認; not the legal 検査).

    Raises:
        Refusal: it was not received yet, or a point of the clause is not written.
    """
    report = _open_report(store, report_id)
    if report.way != "作成" or report.received_on is None:
        raise Refusal("まだ受領していないため、確認済にできません。", "受領日を先に記録してください。")
    missing = [state.point for state in read_report_form(store, event_id=report.event_id).points if not state.done]
    if missing:
        raise Refusal(
            f"条文に書くことがそろっていないため、確認済にできません（{'、'.join(missing)}）。",
            "つぎの版を作成し、受託者に記入を依頼してください。",
        )
    with store.change(
        action="実施報告書を確認済", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        change.update(Report, report_id, status="確認済", checked_on=on, checked_by=by)
    return Saved(
        said=f"{required(store.database, Event, report.event_id).full_title}の実施報告書を確認済にしました。",
        id=report_id,
    )


def make_next_version(store: Store, *, report_id: int, by: str, now: datetime) -> Saved:
    """Make the next version from this one; the text goes along, receipt and confirmation do not.

    Raises:
        Refusal: the report was received as a file; only the contractor makes its next version.
    """
    report = required(store.database, Report, report_id)
    if report.way != "作成":
        raise Refusal(
            "受領した報告書のつぎの版は、受託者が作成します。", "届いたら「届いた報告書を受領」で記録してください。"
        )
    latest = newest(reports.reports_of_event(store.database, report.event_id), "作成") or report
    fresh = replace(
        report,
        id=0,
        version=latest.version + 1,
        status="作成中",
        contractor_confirmed_on=None,
        received_on=None,
        received_how="",
        receipt_number="",
        points={},
        checked_on=None,
        checked_by="",
    )
    with store.change(
        action="報告書のつぎの版を作成", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        new_id = change.insert(fresh)
    return Saved(said=f"第{fresh.version}版を作成しました。", id=new_id)


def _open_report(store: Store, report_id: int) -> Report:
    report = required(store.database, Report, report_id)
    if report.status == "確認済":
        raise Refusal("確認済の報告書は変更できません。", "直すときは、つぎの版を作成してください。")
    return report


def _unconfirmed(store: Store, report_id: int) -> Report:
    report = _open_report(store, report_id)
    if report.contractor_confirmed_on is not None:
        raise Refusal(
            "受託者が確認した報告書のため、内容は変更できません。",
            "直すときは、つぎの版を作成するか、受託者の確認を取り消してください。",
        )
    return report


def _check_day(store: Store, report: Report, day: date, today: date, what: str) -> None:
    event = required(store.database, Event, report.event_id)
    if event.event_date is None or day < event.event_date:
        raise Refusal(f"{what}が実施日より前です。", "日付をご確認ください。")
    if day > today:
        raise Refusal(f"{what}が本日より後です。", "日付をご確認ください。")
