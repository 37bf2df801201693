"""Writing an incident: begun, its course line by line, facts, what people decide, measures, closed and opened again.

Nothing is locked: any step may be done in any order, and a record may be closed with a reason whatever is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal, reason_given
from app.acts.saved import Saved
from app.ledgers.services.reading import year_of_ledgers
from app.subjects.settings.incidents import rules
from app.subjects.settings.incidents.services.incident_view import (
    SUBJECT,
    numbers_taken,
    reports_left,
    rules_of,
    view_of,
)
from db.fields import corrections, specs, typed_fields
from db.records.incidents import Incident, IncidentMeasure, IncidentNote, IncidentRules, Needed
from db.rows import by_id, rows

TYPED: Final = typed_fields(Incident)
_CORRECTED: Final = frozenset((*TYPED, "known_at"))
_DAYS: Final = (
    ("needed_on", "報告の要否を判断した日"), ("early_on", "速報の日"), ("final_on", "確報の日"),
    ("owners_on", "本人に知らせ終えた日"),
)  # fmt: skip


@deed
def begin_incident(
    act: Act, *, fiscal_year: int, incident: Mapping[str, Any], known_at: datetime, known_by: str
) -> Saved:
    """Begin the record of an incident; it gets the next number of its year, and its course begins.

    Args:
        incident: the typed fields by name; without ``title`` nothing begins.

    Raises:
        Refusal: no words for what happened, or it would be known only later than now.
    """
    programme = year_of_ledgers(act.database, fiscal_year)
    typed = {name: value for name, value in incident.items() if name in TYPED}
    title = str(typed.get("title", "")).strip()
    if not title:
        raise Refusal("何が起きたかが書かれていません。", "ひとことで入力してください。氏名は書きません。")
    _not_to_come(act, known_at)
    number = 1 + max(numbers_taken(act.database, programme.id), default=0)
    made = Incident(
        programme_id=programme.id,
        number=number,
        known_at=known_at,
        known_by=known_by.strip() or act.by,
        **typed | {"title": title},
    )
    with act.change(f"事故の対応 第{number}号を始めた", SUBJECT, event_id=made.event_id) as change:
        incident_id = change.insert(made)
        change.insert(IncidentNote(incident_id=incident_id, at=known_at, words=rules.KNOWN, by=made.known_by))
    return Saved(f"事故の対応 第{number}号を始めました。", incident_id)


@deed
def note_course(act: Act, *, incident_id: int, words: str, step: str = "", outcome: str = "") -> Saved:
    """Write a line of the course with the moment: what was done, who was told, or words of one's own.

    Args:
        step: the first step or the addressee, "" = neither. outcome: what came of it.

    Raises:
        Refusal: nothing is written.
    """
    known = _open(act, incident_id)
    if not words.strip():
        raise Refusal("書き加えることが、まだ書かれていません。", "いま分かったことを入力してください。")
    with act.change(f"事故の対応 第{known.number}号の経過を書いた", SUBJECT, event_id=known.event_id) as change:
        note = IncidentNote(
            incident_id=incident_id, at=act.now, words=words.strip(), by=act.by, step=step, outcome=outcome
        )
        note_id = change.insert(note)
    return Saved("経過に書きました。", note_id)


@deed
def write_facts(act: Act, *, incident_id: int, typed: Mapping[str, Any], shown: Mapping[str, Any]) -> Saved:
    """Correct what is typed of an incident, named field by field; what was not changed in the form stays.

    The moment of knowing may be corrected too (``known_at``), and every day with it. What changes after a report left
    stands in the course, and a 続報 is asked for.

    Raises:
        Refusal: no words for what happened, known later than now, or later than what was already done about it.
    """
    known = _open(act, incident_id)
    changed = {name: value for name, value in typed.items() if name in _CORRECTED and value != shown.get(name)}
    if not str(changed.get("title", known.title)).strip():
        raise Refusal("何が起きたかが書かれていません。", "ひとことで入力してください。氏名は書きません。")
    if not changed:
        return Saved("変わったところはありません。", incident_id)
    if "known_at" in changed:
        _not_to_come(act, changed["known_at"])
        _before_what_was_done(act, known, changed["known_at"].date())
    what = "原因" if set(changed) == {"cause"} else "事実"
    reported = bool(reports_left(act.database, known))
    with act.change(f"事故の対応 第{known.number}号の{what}を書いた", SUBJECT, event_id=known.event_id) as change:
        change.update(Incident, incident_id, **changed)
        _correct_knowing(act, change, known, changed)
        words = "・".join(told.spec.label for name, told in specs(Incident).items() if name in changed)
        if reported and words:
            _line(act, change, incident_id, f"{rules.PUT_RIGHT}（{words}）", step=rules.PUT_RIGHT)
    return Saved(f"{what}を書きました。", incident_id)


@deed
def decide_report(
    act: Act,
    *,
    incident_id: int,
    needed: Needed,
    decided_by: str,
    on: date,
    reason: str = "",
    wrong_purpose: bool = False,
) -> Saved:
    """Note what people decided about the report to the 委員会: whether it is needed, who decided, when and why.

    Raises:
        Refusal: nobody is named, a day to come, or 否 without a reason.
    """
    known = _open(act, incident_id)
    _decided(act, known, needed=needed, by=decided_by, on=on, reason=reason)
    with act.change(f"事故の対応 第{known.number}号の報告の要否を書いた", SUBJECT, event_id=known.event_id) as change:
        change.update(
            Incident,
            incident_id,
            needed=needed,
            needed_by=decided_by.strip(),
            needed_on=on,
            needed_reason=reason.strip(),
            wrong_purpose=wrong_purpose,
        )
        _line(act, change, incident_id, f"個人情報保護委員会への報告は「{needed}」（判断 {decided_by.strip()}）")
    return Saved(f"報告は「{needed}」と書きました。", incident_id)


@deed
def note_report(act: Act, *, incident_id: int, early_on: date | None, final_on: date | None) -> Saved:
    """Note when the 速報 and the 確報 were made.

    Raises:
        Refusal: nobody decided that it is needed, a day to come, one before it was known, or the 確報 before the 速報.
    """
    known = _open(act, incident_id)
    if known.needed != "要" and (early_on, final_on) != (None, None):
        raise Refusal("報告の要否が「要」になっていません。", "先に「要否を書く」で、判断した人と日を書いてください。")
    days = [one for one in (early_on, final_on) if one is not None]
    if any(one > act.today or one < known.known_at.date() for one in days) or days != sorted(days):
        raise Refusal("報告した日の順が合いません。", "把握した日から本日まで、速報、確報の順に入力してください。")
    with act.change(f"事故の対応 第{known.number}号の報告の日を書いた", SUBJECT, event_id=known.event_id) as change:
        change.update(Incident, incident_id, early_on=early_on, final_on=final_on)
        for word, before, after in (("速報", known.early_on, early_on), ("確報", known.final_on, final_on)):
            if after is not None and after != before:
                _line(act, change, incident_id, f"個人情報保護委員会への{word}（{after.month}/{after.day}）")
            elif before is not None and after is None:
                day = f"{before.month}/{before.day}"
                _line(act, change, incident_id, f"個人情報保護委員会への{word}の日（{day}）を取り消した")
    return Saved("報告の日を書きました。", incident_id)


@deed
def decide_owners(
    act: Act,
    *,
    incident_id: int,
    needed: Needed,
    decided_by: str,
    on: date | None,
    how: str = "",
    people: int | None = None,
) -> Saved:
    """Note what was decided about telling the persons themselves (個人情報保護法68条2項), and when they were told.

    Args:
        on: the day on which the last one was told, None = not yet. how: the way, or why not.

    Raises:
        Refusal: nobody is named, a day to come, or 否 without a reason.
    """
    known = _open(act, incident_id)
    _decided(act, known, needed=needed, by=decided_by, on=on, reason=how)
    with act.change(f"事故の対応 第{known.number}号の本人への通知を書いた", SUBJECT, event_id=known.event_id) as change:
        told = on if needed == "要" else None
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
        _line(act, change, incident_id, f"本人への通知は「{needed}」（判断 {decided_by.strip()}）{ended}")
    return Saved(f"本人への通知は「{needed}」と書きました。", incident_id)


@deed
def save_measure(act: Act, *, incident_id: int, measure: Mapping[str, Any], measure_id: int = 0) -> Saved:
    """Add a measure that keeps it from happening again, or correct the one with ``measure_id``.

    Raises:
        Refusal: nothing is written, or it would be carried out on a day to come.
    """
    known = _open(act, incident_id)
    before = by_id(act.database, IncidentMeasure, measure_id)
    typed = {name: value for name, value in measure.items() if name in typed_fields(IncidentMeasure)}
    if not str(typed.get("what", "")).strip():
        raise Refusal("することが書かれていません。", "再発を防ぐためにすることを入力してください。")
    done_on = typed.get("done_on")
    if done_on is not None and done_on > act.today:
        raise Refusal("実施日が、本日より後です。", "まだのときは予定日に入力してください。")
    _not_before(known, done_on, "実施日")
    with act.change(f"事故の対応 第{known.number}号の再発防止策を書いた", SUBJECT, event_id=known.event_id) as change:
        row_id = change.keep(IncidentMeasure, before, incident_id=incident_id, **typed)
    return Saved("再発防止策を書きました。", row_id)


@deed
def close_incident(act: Act, *, incident_id: int, how: str, reason: str = "") -> Saved:
    """Close the record: with the last report, or because what was missing was found.

    Args:
        how: 最終の報告 or 見つかった. reason: why it may be closed with something open; for 見つかった always.

    Raises:
        Refusal: something is open and no reason is given.
    """
    known = _open(act, incident_id)
    view = view_of(act.store, known, act.now)
    open_now = view.open_points
    if (open_now or how == rules.FOUND) and not reason.strip():
        words = "どこで、どのように見つかったか" if how == rules.FOUND else "、".join(open_now)
        raise Refusal("閉じる理由が書かれていません。", f"理由を入力してください（{words}）。")
    with act.change(f"事故の対応 第{known.number}号を閉じた", SUBJECT, event_id=known.event_id) as change:
        found = {"sort": "事故のおそれ"} if how == rules.FOUND and known.sort == "事故" else {}
        change.update(
            Incident,
            incident_id,
            closed_on=act.today,
            closed_how=how,
            closed_by=act.by,
            closed_reason=reason.strip(),
            **found,
        )
        for name in rules.waiting(view.parties, view.notes, rules.TOLD):
            _line(act, change, incident_id, name, step=name, outcome=rules.UNTOLD)
        _line(act, change, incident_id, f"{rules.CLOSED}（{how}）")
    last = "最終の報告を作って出してください。" if how == rules.FINISHED else ""
    return Saved(f"事故の対応 第{known.number}号を閉じました。{last}", incident_id)


@deed
def reopen_incident(act: Act, *, incident_id: int, reason: str) -> Saved:
    """Open a closed record again, with the reason."""
    known = get_or_refuse(act.database, Incident, incident_id)
    why = reason_given(reason, "閉じたこと")
    with act.change(f"事故の対応 第{known.number}号を開き直した", SUBJECT, event_id=known.event_id) as change:
        change.update(Incident, incident_id, closed_on=None, closed_how="", closed_by="", closed_reason="")
        _line(act, change, incident_id, f"開き直した　{why}")
    return Saved(f"事故の対応 第{known.number}号を開き直しました。", incident_id)


@deed
def set_incident_rules(act: Act, *, fiscal_year: int, days: Mapping[str, int], parties: str) -> Saved:
    """Set how days are counted and who is told.

    Args:
        days: by the names of ``IncidentRules``. parties: one a line, name and telephone parted by a space.

    Raises:
        Refusal: the days do not follow each other, or somebody stands there twice.
    """
    programme = year_of_ledgers(act.database, fiscal_year)
    numbers = [days["early_from"], days["early_to"], days["final_days"], days["long_days"]]
    if numbers[0] < 1 or numbers != sorted(numbers):
        raise Refusal("日数の順が合いません。", "目安、速報、確報、不正の目的の順に、同じか長い日数にしてください。")
    told = [rules.party_of(line) for line in parties.splitlines() if line.strip()]
    named = dict(told)
    twice = next((name for name, _phone in told if [each for each, _ in told].count(name) > 1), "")
    if twice:
        raise Refusal(f"「{twice}」が2回あります。", "1か所を1行にして、電話が2つあるときは続けて書いてください。")
    known = rules_of(act.database, programme.id)
    made = replace(known, parties=named, **days)
    with act.change("事故のときの連絡先と日数を決めた", SUBJECT) as change:
        row_id = change.keep(IncidentRules, known, **corrections(known if known.id else None, made))
    return Saved("事故のときの連絡先と日数を決めました。", row_id)


def _open(act: Act, incident_id: int) -> Incident:
    known = get_or_refuse(act.database, Incident, incident_id)
    if known.closed_on is not None:
        raise Refusal("この記録は閉じています。", "「開き直す」で、理由を書いて開いてください。")
    return known


def _not_to_come(act: Act, known_at: datetime) -> None:
    if known_at > act.now:
        raise Refusal("把握した日時が、いまより後です。", "把握した日時を確かめてください。")


def _not_before(known: Incident, day: date | None, what: str) -> None:
    if day is not None and day < known.known_at.date():
        raise Refusal(f"{what}が、把握した日より前です。", "日付か、「事実を書く」の把握した日を確かめてください。")


def _before_what_was_done(act: Act, known: Incident, day: date) -> None:
    """Refuse a day of knowing that comes after what was decided, reported, told or carried out already."""
    done = [(title, getattr(known, key)) for key, title in _DAYS]
    done += [("再発防止策の実施日", one.done_on) for one in rows(act.database, IncidentMeasure, incident_id=known.id)]
    for title, one in done:
        if one is not None and one < day:
            said = f"把握した日が、{title}（{one.month}/{one.day}）より後になります。"
            raise Refusal(said, "どちらが正しいかを確かめ、先にもう一方を直してください。")


def _correct_knowing(act: Act, change: Any, known: Incident, changed: Mapping[str, Any]) -> None:
    """The first line of the course says who knew, and when; what it said before is said in a line of its own."""
    right = {name: changed[key] for key, name in (("known_at", "at"), ("known_by", "by")) if key in changed}
    first = next(iter(rows(act.database, IncidentNote, incident_id=known.id, words=rules.KNOWN, order="id")), None)
    if right and first is not None:
        change.update(IncidentNote, first.id, **right)
    if "known_at" in changed:
        at = known.known_at
        _line(act, change, known.id, f"把握した日時を直した（{at.month}/{at.day} {at.hour}:{at.minute:02d} から）")


def _decided(act: Act, known: Incident, *, needed: Needed, by: str, on: date | None, reason: str) -> None:
    if not by.strip():
        raise Refusal("判断した人が書かれていません。", "要否を判断した人の職・氏名を入力してください。")
    if on is not None and on > act.today:
        raise Refusal("日付が、本日より後です。", "日付を確かめてください。")
    _not_before(known, on, "日付")
    if needed == "否" and not reason.strip():
        raise Refusal("「否」の理由が書かれていません。", "知らせなくてよいと判断した理由を入力してください。")


def _line(act: Act, change: Any, incident_id: int, words: str, *, step: str = "", outcome: str = "") -> None:
    note = IncidentNote(incident_id=incident_id, at=act.now, words=words, by=act.by, step=step, outcome=outcome)
    change.insert(note)
