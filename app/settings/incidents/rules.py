"""Rules of an incident: deadlines of 個人情報保護法68条, first steps, whom to notify, and what is open.

The ward decides whether the 個人情報保護委員会 and the persons are notified; only the days are computed here. Day 1 is
the day of discovery. Days are calendar days (施行規則44条, ガイドライン: 土日・祝日を含む); only if the last day of the
確報 is a day on which public offices are closed, the next open day counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from app.calendar.office_days import OfficeCalendar
from app.common.clauses import clause_of
from db.record import record
from db.records.incidents import Incident, IncidentLocation, IncidentMeasure, IncidentNote, IncidentRules

CLAUSE = clause_of("漏えい等の報告")
SHORT_CLAUSE = CLAUSE.removeprefix("個人情報保護")
AT_ONCE = "直ちに"
BASIS: dict[IncidentLocation, str] = {
    IncidentLocation.WARD: "区の規程", IncidentLocation.CONTRACTOR: clause_of("直ちの措置と報告"),
    IncidentLocation.SUBCONTRACTOR: clause_of("再委託先の事故等の報告先"),
    IncidentLocation.SERVICE: clause_of(
        "重要情報を扱う外部サービスの選定", "重要情報を扱わない外部サービスのリスク"
    ),
}  # fmt: skip
"""Legal basis of the first steps, by where the incident happened."""
TOLD, ABSENT, LATER, DONE = "話した", "不在", "あとで", "行った"
NOT_NOTIFIED = "知らせていない"
"""Outcome recorded for an addressee not notified when the record was closed."""
DISCOVERED_LINE = "把握した"
"""The first line of the course of every incident."""
CORRECTED_FACTS_LINE = "事実を直した"
"""Recorded when facts change after a report was issued."""
CLOSED = "閉じた"
FOUND, FINISHED = "見つかった", "最終の報告"
MIGHT_LINE = "見つかったため、種別を「事故」から「事故のおそれ」にした"
"""Recorded when closing changes 事故 to 事故のおそれ; reopening changes it back."""
REOPENED = "開き直した"
PARTIES = ("情報セキュリティの所管", "個人情報保護の所管")
"""Addressees besides the section's own 課長, until the ward sets its own list."""
CONTRACTOR = "受託者の業務責任者"
_NUMBER = r"(?:(?:内線|代表|直通|携帯|電話|TEL|℡)[\s:：]*|[(（][^)）]*[)）]\s*|[+＋])?[0-9０-９][0-9０-９\-－ー−‐]*"
_PARTY = re.compile(rf"(?P<name>\S.*?)\s+(?P<phone>{_NUMBER}(?:[\s、,]*{_NUMBER})*)")
_CONTRACTOR_STEPS = ("続けて使わせない（持出し・送信を止める）", "残っている分を数えさせる")
FIRST_STEPS: dict[IncidentLocation, tuple[str, ...]] = {
    IncidentLocation.WARD: (
        "その場で捜す・回収する", "広がりを止める（削除を頼む、共有を止める）", "残っている分を数えて施錠する",
    ),
    IncidentLocation.CONTRACTOR: ("受託者に、捜す・回収する・止めるを求める", *_CONTRACTOR_STEPS),
    IncidentLocation.SUBCONTRACTOR: ("受託者を通して、捜す・回収する・止めるを求める", *_CONTRACTOR_STEPS),
    IncidentLocation.SERVICE: ("利用者・共有リンクを止める", "パスワードを替える", "提供者の連絡先に知らせる"),
}  # fmt: skip
STEPS = ("広げない", "知らせる", "事実を書く", "本人へ", "原因と再発防止", "閉じる")
FACTS = (
    ("happened", "発生した日時"), ("what", "内容"), ("amount", "数量"), ("people", "対象の人数"), ("spot", "発生場所"),
    ("course", "発生状況"),
)  # fmt: skip
UNKNOWN = "調査中"
CONTRACTOR_REPORT = "受託者の事故等報告書"
"""The contractor's report of an incident on its side."""


@record
class LegalDeadlines:
    """Deadlines counted from discovery: the 速報 by ``early_report_by``, and the 確報."""

    early_report_by: date
    early_report_target: date
    final_report_by: date


def legal_deadlines(incident: Incident, rules: IncidentRules, calendar: OfficeCalendar) -> LegalDeadlines:
    """Return the deadlines of the reports to the 委員会.

    ``early_report_target`` is the last open day on or before the deadline of the 速報.

    Args:
        calendar: the ward's own open days, used for the target alone: the law counts only Saturdays, Sundays, holidays
            and 12/29–1/3 as closed.
    """
    first = incident.known_at.date() - timedelta(days=1)
    length = rules.long_days if incident.wrong_purpose else rules.final_days
    early = first + timedelta(days=rules.early_to)
    return LegalDeadlines(
        early_report_by=early,
        early_report_target=max(calendar.open_on_or_before(early), incident.known_at.date()),
        final_report_by=OfficeCalendar().open_on_or_after(first + timedelta(days=length)),
    )


def parties_of(incident: Incident, rules: IncidentRules, *, chief: str, contractor: str) -> dict[str, str]:
    """Return whom to notify at once: name to telephone ("" = unknown).

    Args:
        chief: the section's own 課長 (「協働推進課長」). contractor: telephone of the contractor's 業務責任者.
    """
    found = dict(rules.parties) or {chief: "", **dict.fromkeys(PARTIES, "")}
    if not incident.place.is_ward:
        found.setdefault(CONTRACTOR, contractor)
    return found


def parties_at_end(notes: Sequence[IncidentNote], now: Mapping[str, str]) -> dict[str, str]:
    """Return the addressees recorded in a closed incident, or the present ones when none was recorded.

    Args:
        notes: the newest first. now: the present addressees, for their telephones.
    """
    noted = dict.fromkeys(one.step for one in reversed(notes) if one.outcome in (TOLD, ABSENT, LATER, NOT_NOTIFIED))
    return {name: now.get(name, "") for name in noted} or dict(now)


def parse_party(line: str) -> tuple[str, str]:
    """Return name and telephone of a line of the settings; names may have several words, a telephone may be missing."""
    found = _PARTY.fullmatch(line.strip())
    return (found["name"].strip(), found["phone"].strip()) if found else (line.strip(), "")


def latest_note_by_step(notes: Iterable[IncidentNote]) -> dict[str, IncidentNote]:
    """Return the last note about each step or addressee, by its name; free text has none."""
    return {one.step: one for one in sorted(notes, key=lambda one: (one.at, one.id)) if one.step}


def without_outcome(names: Iterable[str], notes: Iterable[IncidentNote], outcome: str) -> tuple[str, ...]:
    """Return those of the steps or addressees that have no note with this ``outcome``."""
    done = {one.step for one in notes if one.outcome == outcome}
    return tuple(one for one in names if one not in done)


def next_report_due(incident: Incident) -> str:
    """Return the next step towards the 委員会: 「要否」, 「速報」, 「確報」, or "" when nothing is due."""
    if not incident.needed:
        return "要否"
    if incident.needed.is_not_needed or incident.final_on is not None:
        return ""
    return "速報" if incident.early_on is None else "確報"


def awaits_contractor_report(incident: Incident, has_contractor_report: bool) -> bool:
    """Return whether the contractor's own 事故等報告書 is still missing (特25-1, 25-2)."""
    return incident.place.is_contractor and not has_contractor_report


def open_points(
    incident: Incident,
    measures: Sequence[IncidentMeasure],
    notes: Sequence[IncidentNote],
    parties: Iterable[str],
    *,
    has_contractor_report: bool,
) -> tuple[str, ...]:
    """Return what must be done before the record can be closed without a reason, as texts.

    ``has_contractor_report``: a report of the contractor was received.
    """
    found = [f"「{one}」にまだ知らせていません" for one in without_outcome(parties, notes, TOLD)]
    if awaits_contractor_report(incident, has_contractor_report):
        found.append(f"{CONTRACTOR_REPORT}を受領していません")
    facts = [title for key, title in FACTS if getattr(incident, key) in ("", None)]
    if facts:
        found.append(f"事実が調査中です（{'・'.join(facts)}）")
    owed = next_report_due(incident)
    if owed:
        what = "報告の要否が決まっていません" if owed == "要否" else f"委員会への{owed}の日がありません"
        found.append(what)
    if not incident.owners_needed:
        found.append("本人への通知の要否が決まっていません")
    elif incident.owners_needed.is_needed and incident.owners_on is None:
        found.append("本人に知らせ終えた日がありません")
    if not incident.cause:
        found.append("原因がありません")
    if not measures:
        found.append("再発防止策がありません")
    undone = sum(one.done_on is None for one in measures)
    if undone:
        found.append(f"再発防止策{undone}件の実施日がありません")
    return tuple(found)


def elapsed_words(known_at: datetime, now: datetime) -> str:
    """Return the time since discovery: 「22分」「3時間5分」「4日」."""
    minutes = max(0, int((now - known_at).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}分"
    if minutes < 24 * 60:
        return f"{minutes // 60}時間{minutes % 60}分"
    return f"{(now.date() - known_at.date()).days}日"


def report_type(incident: Incident, issued_count: int) -> str:
    """Return the type of the next report: 第一報, 続報, or 最終 once it is closed.

    ``issued_count`` reports were issued before.
    """
    if incident.closed_on is not None:
        return "最終"
    return "続報" if issued_count else "第一報"
