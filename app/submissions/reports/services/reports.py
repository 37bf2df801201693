"""実施報告書 made in the program, from starting the form to confirmation and receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar import dates
from app.calendar.dates import short_date_or
from app.event.services.event_facts import read_event_facts
from app.events.discussion.rules import DISCUSSION_PARTS
from app.programme.services import kind_of_event
from app.submissions.reports.rules import report_points
from app.submissions.reports.rules.open_points import discussion_stops
from app.submissions.reports.rules.photo_points import photo_stops
from app.submissions.reports.rules.report_points import (
    CHECK_REASON_PREFIX,
    HANDED_OVER,
    NO_ANSWERS,
    PointState,
    is_only_tally,
    newest_report,
    note_with_reason,
    note_without_check_reasons,
    note_without_reasons,
)
from app.submissions.reports.services import report_documents, report_facts
from app.submissions.reports.services.report_check import end_check, resume_check
from app.submissions.reports.services.report_marks import (
    OutdatedNumbers,
    differing_chapters,
    outdated_form_words,
    outdated_words,
    reject_outdated,
    stops_of_form,
)
from app.submissions.reports.services.report_photos import copy_photos, open_for_writing
from db.record import record
from db.records.events import Event
from db.records.programme import Side
from db.records.submissions.reports import Report, ReportOrigin, ReportStatus
from db.store import Store
from db.tables import reports


@record
class ReportFormView:
    """The form as the screen shows it; ``report`` None = not started.

    ``received`` is the newest report received as a file, if any. ``is_confirmed`` True = the document is what the
    contractor confirmed; ``differing_chapters`` are those about which the records say something else now,
    ``stops`` outdated numbers, which need a reason to confirm.
    """

    event: Event
    report: Report | None
    versions: tuple[Report, ...]
    received: Report | None
    points: tuple[PointState, ...]
    clause: str
    is_confirmed: bool = False
    differing_chapters: tuple[str, ...] = ()
    stops: tuple[OutdatedNumbers, ...] = ()


def read_report_form(store: Store, *, event_id: int, now: datetime | None = None) -> ReportFormView:
    """Return everything the form needs; raises ``UserError`` when the event does not exist.

    Args:
        now: when given, a confirmed report is compared with today's records.
    """
    event = get_or_raise(store.database, Event, event_id)
    found = reports.reports_of_event(store.database, event_id)
    report = newest_report(found, "作成")
    facts = report_facts.gather_facts(
        store, event=event, report=report or Report(event_id=event_id, way=ReportOrigin.MADE, version=1)
    )
    survey = facts.survey
    kept = report_documents.confirmed_report(store, facts.report)
    living = None
    if kept is not None and now is not None:
        living = report_documents.report_content(store, event=event, report=facts.report, now=now, facts=facts)
    form = outdated_words(facts.report, kept, living) if kept is not None and living is not None else ""
    points = report_points.completeness(
        facts.numbers,
        facts.report,
        has_timetable=any(item.minutes for item in facts.event.agenda),
        attended=facts.event.people.attended,
        returned=survey.response_count if survey else None,
        frozen=bool(facts.typed_extra.get("集計確定")),
    )
    return ReportFormView(
        event=event,
        report=facts.report if report is not None else None,
        versions=tuple(one for one in found if not one.way.is_received),
        received=newest_report(found, "受領"),
        points=points,
        clause=facts.numbers.clause_report,
        is_confirmed=kept is not None,
        differing_chapters=differing_chapters(kept, living) if kept is not None and living is not None else (),
        stops=stops_of_form(store, event, form) if report is not None and now is not None else (),
    )


def start_report(context: ActionContext, *, event_id: int, author: str = "区") -> ActionResult:
    """Start the form; ``author`` 受託者 or 区 writes it. Raises ``UserError`` if the event has one already."""
    event = get_or_raise(context.database, Event, event_id)
    if newest_report(reports.reports_of_event(context.database, event_id), "作成") is not None:
        raise UserError("この実施回の報告書の様式は、もう作成されています。", "一覧から開いて続けられます。")
    with context.change("報告書の様式を作成", "reports", event_id=event_id) as change:
        new_id = change.insert(
            Report(
                event_id=event_id,
                way=ReportOrigin.MADE,
                version=1,
                author=Side.CONTRACTOR if author == "受託者" else Side.WARD,
            )
        )
    return ActionResult(f"{event.full_title}の報告書の様式を作成しました。", new_id)


def write_chapter(context: ActionContext, *, report_id: int, key: str, text: str) -> ActionResult:
    """Store the text of one chapter exactly as typed.

    Raises:
        UserError: the contractor has confirmed it; only the next version may differ.

    """
    report = open_for_writing(context.store, report_id)
    body = {**report.body, key: text}
    with context.change(f"報告書「{key}」を記入", "reports", event_id=report.event_id) as change:
        change.update(Report, report_id, body=body)
    return ActionResult(f"「{key}」を保存しました。", report_id)


def write_rows(context: ActionContext, *, report_id: int, key: str, rows: tuple[tuple[str, ...], ...]) -> ActionResult:
    """Store the typed rows of one chapter without empty ones.

    Raises:
        UserError: as ``write_chapter``; or the rows come from the discussion and are edited there.

    """
    report = open_for_writing(context.store, report_id)
    if key in DISCUSSION_PARTS:
        raise UserError(f"「{key}」は、討議の記録から入ります。", "討議の記録を開いて記入してください。")
    kept = tuple(tuple(cells) for cells in rows if any(cell.strip() for cell in cells))
    with context.change(f"報告書「{key}」を記入", "reports", event_id=report.event_id) as change:
        change.update(Report, report_id, tables={**report.tables, key: kept})
    return ActionResult(f"「{key}」を保存しました。", report_id)


def confirm_by_contractor(context: ActionContext, *, report_id: int, on: date | None, reason: str = "") -> ActionResult:
    """Record the day the contractor confirmed the form as its report; None withdraws it.

    The content is stored with it: from then on the document is drawn from that, whatever the records say.

    Args:
        reason: why it is confirmed although its totals are outdated; stored and printed with the mark.

    Raises:
        UserError: it is 確認済, the day is before the event or after today, a needed reason is missing, or pictures or
            the discussion of an 意見交換会 are incomplete; to withdraw: the report was received already.
    """
    report = _open_report(context.store, report_id)
    stops: tuple[OutdatedNumbers, ...] = ()
    if on is not None:
        about = get_or_raise(context.database, Event, report.event_id)
        stops = stops_of_form(context.store, about, "")
        reject_outdated(stops, reason, "確認を記録する")
        _check_day(context.store, report, on, context.today, "受託者の確認日")
        _check_photos(context.store, report)
        _check_discussion(context.store, report)
    elif report.received_on is not None:
        raise UserError("受領を記録した報告書です。確認の取消はできません。", "先に、受領を取り消してください。")
    action = "受託者の確認を記録" if on else "受託者の確認を取り消し"
    with context.change(action, "reports", event_id=report.event_id) as change:
        change.update(
            Report,
            report_id,
            contractor_confirmed_on=on,
            note=note_with_reason(report.note, reason, outdated=bool(stops))
            if on
            else note_without_reasons(report.note),
        )
        if on is None:
            report_documents.remove_confirmed_report(context.store, change, report_id)
        else:
            confirmed = replace(report, contractor_confirmed_on=on)
            event = get_or_raise(context.database, Event, report.event_id)
            facts = report_facts.gather_facts(context.store, event=event, report=confirmed)
            content = report_documents.report_content(
                context.store, event=event, report=confirmed, now=context.now, facts=facts
            )
            report_documents.keep_report(context.store, change, confirmed, content)
    said = f"受託者の確認（{dates.short_date(on)}）を記録しました。" if on else "受託者の確認を取り消しました。"
    return ActionResult(said, report_id)


def hand_over_form(
    context: ActionContext, *, report_id: int, on: date | None, how: str = "", to: str = ""
) -> ActionResult:
    """Record when, how and to whom the form was handed to the contractor; ``on`` None removes the record.

    Raises:
        UserError: it is 確認済, or the day is before the event or after today.
    """
    report = _open_report(context.store, report_id)
    if on is not None:
        _check_day(context.store, report, on, context.today, "渡した日")
    kept = {key: rows for key, rows in report.tables.items() if key != HANDED_OVER}
    handed = {HANDED_OVER: ((on.isoformat(), how.strip(), to.strip()),)} if on is not None else {}
    said = f"報告書の様式を受託者へ渡した{'' if on is not None else '記録を取り消した'}"
    with context.change(said, "reports", event_id=report.event_id) as change:
        change.update(Report, report_id, tables={**kept, **handed})
    return ActionResult(f"{said}{'ことを記録しました' if on is not None else ''}。", report_id)


def mark_received(context: ActionContext, *, report_id: int, on: date, how: str) -> ActionResult:
    """Record that the contractor handed in the confirmed report, which meets the deadline.

    Raises:
        UserError: the contractor has not confirmed it, so it is still a form of the ward; or the day is before
            the event or that confirmation, or after today.
    """
    report = _open_report(context.store, report_id)
    _check_day(context.store, report, on, context.today, "受領日")
    if report.contractor_confirmed_on is None:
        raise UserError("受託者の確認がまだのため、受領にできません。", "受託者の確認日を先に記録してください。")
    if on < report.contractor_confirmed_on:
        raise UserError(
            f"受領日が、受託者の確認日（{dates.long_date(report.contractor_confirmed_on)}）より前です。",
            "どちらが正しいかを確かめ、誤った日を直してください。",
        )
    with context.change("報告書を受領", "reports", event_id=report.event_id) as change:
        change.update(Report, report_id, received_on=on, received_how=how, status=ReportStatus.RECEIVED)
    return ActionResult(f"{dates.short_date(on)} 受領として記録しました。", report_id)


def confirm_form(context: ActionContext, *, report_id: int, on: date, reason: str = "") -> ActionResult:
    """Mark a report made in the program and received 確認済 (内容確認; not the legal 検査).

    ``end_check`` says what else ends.

    Args:
        reason: why it is confirmed without a single response (仕様書4(1)ケ), or with outdated numbers; stored
            with the report.

    Raises:
        UserError: it was not received yet, a point of the clause is not written, or a needed reason is missing.
    """
    report = _open_report(context.store, report_id)
    event = get_or_raise(context.database, Event, report.event_id)
    if report.received_on is None:
        raise UserError("まだ受領していないため、確認済にできません。", "受領日を先に記録してください。")
    points = read_report_form(context.store, event_id=report.event_id).points
    without = [state.point for state in points if state.words == NO_ANSWERS and reason.strip()]
    missing = [state.point for state in points if not state.done and state.point not in without]
    if missing:
        raise UserError(
            f"仕様書の記載事項がそろっていないため、確認済にできません（{'、'.join(missing)}）。",
            "「アンケート」で集計を確定してください。"
            if is_only_tally(kind_of_event(context.database, event), missing)
            else "つぎの版を作成し、受託者に記入を依頼してください。",
        )
    stops = stops_of_form(context.store, event, outdated_form_words(context.store, event, report, context.now))
    reject_outdated(stops, reason, "確認済にする")
    with context.change("実施報告書を確認済", "reports", event_id=report.event_id) as change:
        note = note_with_reason(
            report.note, reason, without_answers=bool(without), outdated=bool(stops), prefix=CHECK_REASON_PREFIX
        )
        change.update(Report, report_id, status=ReportStatus.CHECKED, checked_on=on, checked_by=context.by, note=note)
        said = end_check(change, context, report, event, on)
    return ActionResult(said, report_id)


def withdraw_form(context: ActionContext, *, report_id: int, reason: str) -> ActionResult:
    """Withdraw the newest step of a report made in the program, which is 確認済 or its receipt.

    Without 確認済 goes what ended with it (``resume_check``).

    Raises:
        UserError: no reason, a newer version exists, or it was not received.
    """
    report = get_or_raise(context.database, Report, report_id)
    confirmed = report.status.is_checked
    step = "確認済" if confirmed else "受領"
    why = require_reason(reason, step)
    latest = newest_report(reports.reports_of_event(context.database, report.event_id), "作成")
    if latest is not None and latest.version > report.version:
        raise UserError(
            f"第{latest.version}版があるため、第{report.version}版の{step}は取り消せません。",
            "いまの版で続けてください。",
        )
    if report.received_on is None:
        raise UserError("この報告書は、確認済になっていません。", "画面を開き直してください。")
    day = report.checked_on if confirmed else report.received_on
    with context.change(f"実施報告書の{step}を取り消した（{why}）", "reports", event_id=report.event_id) as change:
        if confirmed:
            note = note_without_check_reasons(report.note)
            change.update(Report, report_id, status=ReportStatus.RECEIVED, checked_on=None, checked_by="", note=note)
            resume_check(change, context, report, why)
        else:
            change.update(Report, report_id, status=ReportStatus.DRAFT, received_on=None, received_how="")
    return ActionResult(f"{step}（{short_date_or('', day, context.today)}）を取り消しました。", report_id)


def make_next_version(context: ActionContext, *, report_id: int) -> ActionResult:
    """Make the next version from this one, with its text and pictures but without receipt and confirmation.

    Tables that come from the discussion are not copied.
    """
    report = get_or_raise(context.database, Report, report_id)
    latest = newest_report(reports.reports_of_event(context.database, report.event_id), "作成") or report
    fresh = replace(
        report,
        id=0,
        tables={key: found for key, found in report.tables.items() if key not in (*DISCUSSION_PARTS, HANDED_OVER)},
        version=latest.version + 1,
        status=ReportStatus.DRAFT,
        contractor_confirmed_on=None,
        received_on=None,
        received_how="",
        receipt_number="",
        points={},
        checked_on=None,
        checked_by="",
        note=note_without_reasons(report.note),
    )
    with context.change("報告書のつぎの版を作成", "reports", event_id=report.event_id) as change:
        new_id = change.insert(fresh)
        copy_photos(context.store, change, report_id=report_id, to=new_id)
    return ActionResult(f"第{fresh.version}版を作成しました。", new_id)


def _open_report(store: Store, report_id: int) -> Report:
    """Return a report that may be changed; raises ``UserError`` when it is 確認済."""
    report = get_or_raise(store.database, Report, report_id)
    if report.status.is_checked:
        raise UserError("確認済の報告書は変更できません。", "直すときは、つぎの版を作成してください。")
    return report


def _check_photos(store: Store, report: Report) -> None:
    """Raise ``UserError`` while a picture lacks 場面, people, consent or use, or the check of refusals is missing."""
    photos = reports.photos_of_report(store.database, report.id)
    refused = read_event_facts(store, get_or_raise(store.database, Event, report.event_id)).people.photo_refused
    missing = photo_stops(report, photos, refused=refused)
    if missing:
        raise UserError(
            f"写真について書かれていないことがあるため、受託者の確認を記録できません。{'　'.join(missing)}。",
            "「写真」の章に記入するか、その写真を外してください。",
        )


def _check_discussion(store: Store, report: Report) -> None:
    """Raise ``UserError`` while sticky notes do not add up, or a next step has no words, origin, person or date."""
    event = get_or_raise(store.database, Event, report.event_id)
    if not event.form.in_groups:
        return
    missing = discussion_stops(report_facts.with_discussion(store, event, report))
    if missing:
        raise UserError(
            f"討議の記録にそろっていないことがあるため、受託者の確認を記録できません。{'　'.join(missing)}。",
            "「討議の記録」を開いて直してください。",
        )


def _check_day(store: Store, report: Report, day: date, today: date, what: str) -> None:
    """Raise ``UserError`` when a day lies before the event or after today, or the event has no day.

    ``what`` names the day (「受領日」).
    """
    event = get_or_raise(store.database, Event, report.event_id)
    if event.event_date is None:
        raise UserError("日程が決まっていない実施回です。", f"実施日を決めてから{what}を記録してください。")
    if day < event.event_date:
        raise UserError(f"{what}が実施日より前です。", "日付をご確認ください。")
    if day > today:
        raise UserError(f"{what}が本日より後です。", "日付をご確認ください。")
