"""Records an incident: start, course, facts, decisions, measures, closing and reopening.

Nothing is locked: any step may be done in any order, and a record may be closed with a reason whatever is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import clock_time
from app.common.join_nonempty import lines_of
from app.ledgers.services.ledger_reading import require_year
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.services.incident_view import (
    SUBJECT,
    outgoing_reports,
    rules_for_year,
    used_numbers,
    view_of,
)
from db.fields import corrections, editable_fields, specs
from db.records.incidents import Incident, IncidentMeasure, IncidentNote, IncidentRules, ReportNeed
from db.rows import by_id, row, rows

TYPED = editable_fields(Incident)
_CORRECTED = frozenset((*TYPED, "known_at"))
_DAYS = (
    ("needed_on", "報告の要否を判断した日"), ("early_on", "速報の日"), ("final_on", "確報の日"),
    ("owners_on", "本人に知らせ終えた日"),
)  # fmt: skip


def begin_incident(
    context: ActionContext, *, fiscal_year: int, incident: Mapping[str, Any], known_at: datetime, known_by: str
) -> ActionResult:
    """Start the record of an incident with the next number of its year, and the first line of its course.

    Args:
        incident: the typed fields by name; ``title`` is required. known_at: the moment of discovery, that of the first
            line. known_by: who discovered it, "" = the user.
    Raises:
        UserError: no title, or a moment of discovery in the future.
    """
    programme = require_year(context.database, fiscal_year)
    typed = {name: value for name, value in incident.items() if name in TYPED}
    title = str(typed.get("title", "")).strip()
    if not title:
        raise UserError("何が起きたかが書かれていません。", "ひとことで入力してください。氏名は書きません。")
    _reject_future(context, known_at)
    number = 1 + max(used_numbers(context.database, programme.id), default=0)
    made = Incident(
        programme_id=programme.id,
        number=number,
        known_at=known_at,
        known_by=known_by.strip() or context.by,
        **typed | {"title": title},
    )
    with context.change(f"事故の対応 第{number}号を始めた", SUBJECT, event_id=made.event_id) as change:
        incident_id = change.insert(made)
        change.insert(
            IncidentNote(incident_id=incident_id, at=known_at, words=incidents_rules.DISCOVERED_LINE, by=made.known_by)
        )
    return ActionResult(f"事故の対応 第{number}号を始めました。", incident_id)


def add_course_line(
    context: ActionContext, *, incident_id: int, words: str, step: str = "", outcome: str = ""
) -> ActionResult:
    """Add a line with the present moment to the course: what was done, who was notified, or free text.

    Args:
        step: the first step or the addressee, "" = neither. outcome: its result.
    Raises:
        UserError: nothing is written, or the record is closed.
    """
    known = _require_open_incident(context, incident_id)
    if not words.strip():
        raise UserError("書き加えることが、まだ書かれていません。", "いま分かったことを入力してください。")
    with context.change(f"事故の対応 第{known.number}号の経過を書いた", SUBJECT, event_id=known.event_id) as change:
        note = IncidentNote(
            incident_id=incident_id, at=context.now, words=words.strip(), by=context.by, step=step, outcome=outcome
        )
        note_id = change.insert(note)
    return ActionResult("経過に書きました。", note_id)


def write_facts(
    context: ActionContext, *, incident_id: int, typed: Mapping[str, Any], shown: Mapping[str, Any]
) -> ActionResult:
    """Save the typed fields of an incident by name; fields not changed in the form stay.

    The moment of discovery (``known_at``) may be corrected too, which moves every deadline. A change after a report was
    issued is recorded in the course, and a 続報 becomes due.

    Args:
        shown: the values with which the form was opened.
    Raises:
        UserError: no title, a discovery in the future or later than what was already done about it, or the record is
            closed.
    """
    known = _require_open_incident(context, incident_id)
    changed = {name: value for name, value in typed.items() if name in _CORRECTED and value != shown.get(name)}
    if not str(changed.get("title", known.title)).strip():
        raise UserError("何が起きたかが書かれていません。", "ひとことで入力してください。氏名は書きません。")
    if not changed:
        return ActionResult("変わったところはありません。", incident_id)
    if "known_at" in changed:
        _reject_future(context, changed["known_at"])
        _reject_after_actions(context, known, changed["known_at"].date())
    what = "原因" if set(changed) == {"cause"} else "事実"
    reported = bool(outgoing_reports(context.database, known))
    with context.change(f"事故の対応 第{known.number}号の{what}を書いた", SUBJECT, event_id=known.event_id) as change:
        change.update(Incident, incident_id, **changed)
        _correct_discovery(context, change, known, changed)
        words = "・".join(told.spec.label for name, told in specs(Incident).items() if name in changed)
        if reported and words:
            _add_course_line(
                context,
                change,
                incident_id,
                f"{incidents_rules.CORRECTED_FACTS_LINE}（{words}）",
                step=incidents_rules.CORRECTED_FACTS_LINE,
            )
    return ActionResult(f"{what}を書きました。", incident_id)


def record_report_decision(
    context: ActionContext,
    *,
    incident_id: int,
    needed: ReportNeed,
    decided_by: str,
    on: date,
    reason: str = "",
    wrong_purpose: bool = False,
) -> ActionResult:
    """Record whether a report to the 委員会 is needed, who decided, when and why; the course gets a line.

    Args:
        wrong_purpose: done with a wrong purpose, which gives the 確報 more days.
    Raises:
        UserError: nobody is named, a day in the future or before discovery, 否 without a reason, or the record is
            closed.
    """
    needed = ReportNeed(needed)
    known = _require_open_incident(context, incident_id)
    _check_decision(context, known, needed=needed, by=decided_by, on=on, reason=reason)
    with context.change(
        f"事故の対応 第{known.number}号の報告の要否を書いた", SUBJECT, event_id=known.event_id
    ) as change:
        change.update(
            Incident,
            incident_id,
            needed=needed,
            needed_by=decided_by.strip(),
            needed_on=on,
            needed_reason=reason.strip(),
            wrong_purpose=wrong_purpose,
        )
        _add_course_line(
            context, change, incident_id, f"個人情報保護委員会への報告は「{needed}」（判断 {decided_by.strip()}）"
        )
    return ActionResult(f"報告は「{needed}」と書きました。", incident_id)


def record_report_days(
    context: ActionContext, *, incident_id: int, early_on: date | None, final_on: date | None
) -> ActionResult:
    """Record when the 速報 (``early_on``) and the 確報 (``final_on``) were made; None = not made, removes the day.

    Each change gets a line in the course.

    Raises:
        UserError: the report was not decided as needed, a day in the future or before discovery, the 確報 before the
            速報, or the record is closed.
    """
    known = _require_open_incident(context, incident_id)
    if not known.needed.is_needed and (early_on, final_on) != (None, None):
        raise UserError(
            "報告の要否が「要」になっていません。", "先に「要否を書く」で、判断した人と日を書いてください。"
        )
    days = [one for one in (early_on, final_on) if one is not None]
    if any(one > context.today or one < known.known_at.date() for one in days) or days != sorted(days):
        raise UserError("報告した日の順が合いません。", "把握した日から本日まで、速報、確報の順に入力してください。")
    with context.change(f"事故の対応 第{known.number}号の報告の日を書いた", SUBJECT, event_id=known.event_id) as change:
        change.update(Incident, incident_id, early_on=early_on, final_on=final_on)
        for word, before, after in (("速報", known.early_on, early_on), ("確報", known.final_on, final_on)):
            if after is not None and after != before:
                _add_course_line(
                    context, change, incident_id, f"個人情報保護委員会への{word}（{after.month}/{after.day}）"
                )
            elif before is not None and after is None:
                day = f"{before.month}/{before.day}"
                _add_course_line(context, change, incident_id, f"個人情報保護委員会への{word}の日（{day}）を取り消した")
    return ActionResult("報告の日を書きました。", incident_id)


def record_people_decision(
    context: ActionContext,
    *,
    incident_id: int,
    needed: ReportNeed,
    decided_by: str,
    on: date | None,
    how: str = "",
    people: int | None = None,
) -> ActionResult:
    """Record whether the affected persons are notified (個人情報保護法68条2項), and when they were.

    The course gets a line.

    Args:
        on: the day on which the last one was notified, None = not yet; not stored for 否. how: the way, or why not.
        people: how many are affected, None = unknown; replaces the number among the facts.
    Raises:
        UserError: nobody is named, a day in the future or before discovery, 否 without a reason, or the record is
            closed.
    """
    needed = ReportNeed(needed)
    known = _require_open_incident(context, incident_id)
    _check_decision(context, known, needed=needed, by=decided_by, on=on, reason=how)
    with context.change(
        f"事故の対応 第{known.number}号の本人への通知を書いた", SUBJECT, event_id=known.event_id
    ) as change:
        told = on if needed.is_needed else None
        change.update(
            Incident,
            incident_id,
            owners_needed=needed,
            owners_by=decided_by.strip(),
            owners_on=told,
            owners_how=how.strip(),
            people=people,
        )
        ended = f"、知らせ終えた（{told.month}/{told.day}）" if told is not None else ""
        _add_course_line(
            context, change, incident_id, f"本人への通知は「{needed}」（判断 {decided_by.strip()}）{ended}"
        )
    return ActionResult(f"本人への通知は「{needed}」と書きました。", incident_id)


def save_measure(
    context: ActionContext, *, incident_id: int, measure: Mapping[str, Any], measure_id: int = 0
) -> ActionResult:
    """Add a preventive measure, or save the one with ``measure_id``.

    Raises:
        UserError: nothing is written, it is dated as carried out in the future or before discovery, or the record is
            closed.
    """
    known = _require_open_incident(context, incident_id)
    before = by_id(context.database, IncidentMeasure, measure_id)
    typed = {name: value for name, value in measure.items() if name in editable_fields(IncidentMeasure)}
    if not str(typed.get("what", "")).strip():
        raise UserError("することが書かれていません。", "再発を防ぐためにすることを入力してください。")
    done_on = typed.get("done_on")
    if done_on is not None and done_on > context.today:
        raise UserError("実施日が、本日より後です。", "まだのときは予定日に入力してください。")
    _reject_before_known(known, done_on, "実施日")
    with context.change(
        f"事故の対応 第{known.number}号の再発防止策を書いた", SUBJECT, event_id=known.event_id
    ) as change:
        row_id = change.update_or_insert(IncidentMeasure, before, incident_id=incident_id, **typed)
    return ActionResult("再発防止策を書きました。", row_id)


def close_incident(context: ActionContext, *, incident_id: int, how: str, reason: str = "") -> ActionResult:
    """Close the record, with the last report or because the lost item was found.

    The course gets a line, and one for each addressee not notified. 見つかった makes an 事故 an 事故のおそれ.

    Args:
        how: 最終の報告 or 見つかった. reason: why it is closed with open points; always required for 見つかった.
    Raises:
        UserError: something is open and no reason is given, or the record is closed already.
    """
    known = _require_open_incident(context, incident_id)
    view = view_of(context.store, known, context.now)
    open_now = view.open_points
    if (open_now or how == incidents_rules.FOUND) and not reason.strip():
        words = "どこで、どのように見つかったか" if how == incidents_rules.FOUND else "、".join(open_now)
        raise UserError("閉じる理由が書かれていません。", f"理由を入力してください（{words}）。")
    with context.change(f"事故の対応 第{known.number}号を閉じた", SUBJECT, event_id=known.event_id) as change:
        found = {"sort": "事故のおそれ"} if how == incidents_rules.FOUND and known.sort.is_incident else {}
        change.update(
            Incident,
            incident_id,
            closed_on=context.today,
            closed_how=how,
            closed_by=context.by,
            closed_reason=reason.strip(),
            **found,
        )
        for name in incidents_rules.without_outcome(view.parties, view.notes, incidents_rules.TOLD):
            _add_course_line(context, change, incident_id, name, step=name, outcome=incidents_rules.NOT_NOTIFIED)
        if found:
            line = incidents_rules.MIGHT_LINE
            _add_course_line(context, change, incident_id, line, step=line)
        _add_course_line(context, change, incident_id, f"{incidents_rules.CLOSED}（{how}）")
    last = "最終の報告を作って出してください。" if how == incidents_rules.FINISHED else ""
    return ActionResult(f"事故の対応 第{known.number}号を閉じました。{last}", incident_id)


def reopen_incident(context: ActionContext, *, incident_id: int, reason: str) -> ActionResult:
    """Reopen a closed record and note it in the course; a 種別 that closing changed is as before again.

    Raises:
        UserError: no reason is given.
    """
    known = get_or_raise(context.database, Incident, incident_id)
    why = require_reason(reason, "閉じたこと")
    before = {"sort": "事故"} if _closing_changed_sort(context, known) else {}
    with context.change(f"事故の対応 第{known.number}号を開き直した", SUBJECT, event_id=known.event_id) as change:
        change.update(Incident, incident_id, closed_on=None, closed_how="", closed_by="", closed_reason="", **before)
        step = incidents_rules.REOPENED
        _add_course_line(context, change, incident_id, f"{step}　{why}", step=step)
    return ActionResult(f"事故の対応 第{known.number}号を開き直しました。", incident_id)


def set_incident_rules(
    context: ActionContext, *, fiscal_year: int, days: Mapping[str, int], parties: str
) -> ActionResult:
    """Save how days are counted and who is notified in a year.

    Args:
        days: by the names of ``IncidentRules``. parties: one line each, name and telephone separated by a space.

    Raises:
        UserError: the days are not in order, or a name occurs twice.
    """
    programme = require_year(context.database, fiscal_year)
    numbers = [days["early_from"], days["early_to"], days["final_days"], days["long_days"]]
    if numbers[0] < 1 or numbers != sorted(numbers):
        raise UserError("日数の順が合いません。", "目安、速報、確報、不正の目的の順に、同じか長い日数にしてください。")
    told = [incidents_rules.parse_party(line) for line in lines_of(parties)]
    named = dict(told)
    twice = next((name for name, _phone in told if [each for each, _ in told].count(name) > 1), "")
    if twice:
        raise UserError(f"「{twice}」が2回あります。", "1か所を1行にして、電話が2つあるときは続けて書いてください。")
    known = rules_for_year(context.database, programme.id)
    made = replace(known, parties=named, **days)
    with context.change("事故のときの連絡先と日数を決めた", SUBJECT) as change:
        row_id = change.update_or_insert(IncidentRules, known, **corrections(known if known.id else None, made))
    return ActionResult("事故のときの連絡先と日数を決めました。", row_id)


def _closing_changed_sort(context: ActionContext, known: Incident) -> bool:
    """Return whether closing a record changed its 種別 to 事故のおそれ, by its course since it was open."""
    marks = (incidents_rules.MIGHT_LINE, incidents_rules.REOPENED)
    newest = row(context.database, IncidentNote, incident_id=known.id, step=marks, order="-id")
    return newest is not None and newest.step == incidents_rules.MIGHT_LINE and known.sort.is_suspected


def _require_open_incident(context: ActionContext, incident_id: int) -> Incident:
    """Return the incident; raise UserError if it is closed."""
    known = get_or_raise(context.database, Incident, incident_id)
    if known.closed_on is not None:
        raise UserError("この記録は閉じています。", "「開き直す」で、理由を書いて開いてください。")
    return known


def _reject_future(context: ActionContext, known_at: datetime) -> None:
    if known_at > context.now:
        raise UserError("把握した日時が、いまより後です。", "把握した日時を確かめてください。")


def _reject_before_known(known: Incident, day: date | None, what: str) -> None:
    if day is not None and day < known.known_at.date():
        raise UserError(f"{what}が、把握した日より前です。", "日付か、「事実を書く」の把握した日を確かめてください。")


def _reject_after_actions(context: ActionContext, known: Incident, day: date) -> None:
    """Raise ``UserError`` if ``day`` of discovery is later than a recorded decision, report or measure."""
    done = [(title, getattr(known, key)) for key, title in _DAYS]
    done += [
        ("再発防止策の実施日", one.done_on) for one in rows(context.database, IncidentMeasure, incident_id=known.id)
    ]
    for title, one in done:
        if one is not None and one < day:
            said = f"把握した日が、{title}（{one.month}/{one.day}）より後になります。"
            raise UserError(said, "どちらが正しいかを確かめ、先にもう一方を直してください。")


def _correct_discovery(context: ActionContext, change: Any, known: Incident, changed: Mapping[str, Any]) -> None:
    """Correct who discovered it and when in the first line of the course; a new line keeps the old values."""
    right = {name: changed[key] for key, name in (("known_at", "at"), ("known_by", "by")) if key in changed}
    first = next(
        iter(rows(context.database, IncidentNote, incident_id=known.id, words=incidents_rules.DISCOVERED_LINE)),
        None,
    )
    if right and first is not None:
        change.update(IncidentNote, first.id, **right)
    if "known_at" in changed:
        at = known.known_at
        _add_course_line(
            context, change, known.id, f"把握した日時を直した（{at.month}/{at.day} {clock_time(at)} から）"
        )


def _check_decision(
    context: ActionContext, known: Incident, *, needed: ReportNeed, by: str, on: date | None, reason: str
) -> None:
    """Raise ``UserError`` for a decision of nobody, 否 without a reason, or a day in the future or before discovery."""
    if not by.strip():
        raise UserError("判断した人が書かれていません。", "要否を判断した人の職・氏名を入力してください。")
    if on is not None and on > context.today:
        raise UserError("日付が、本日より後です。", "日付を確かめてください。")
    _reject_before_known(known, on, "日付")
    if needed.is_not_needed and not reason.strip():
        raise UserError("「否」の理由が書かれていません。", "知らせなくてよいと判断した理由を入力してください。")


def _add_course_line(
    context: ActionContext, change: Any, incident_id: int, words: str, *, step: str = "", outcome: str = ""
) -> None:
    note = IncidentNote(incident_id=incident_id, at=context.now, words=words, by=context.by, step=step, outcome=outcome)
    change.insert(note)
