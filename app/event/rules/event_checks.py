"""Checks an event draft for anything unusual: period, count against 仕様書, people, length, clashes, groups,
network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from app.calendar.dates import long_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import due_dates, parse_period
from app.event.rules.agenda import minutes_of
from app.event.rules.equipment import network_clause
from app.event.rules.event_venue import is_same_place
from app.event.rules.event_warning import (
    AGREEMENT,
    CONTRACT_CHANGE,
    WITHIN_TOLERANCE,
    EventWarning,
    Needs,
    outside_term_warning,
    outside_window_warning,
)
from app.event.rules.event_warning import beyond_term_warning as beyond_term_words
from app.event.rules.expected_attendance import people_warnings
from app.programme.rules import about, in_brackets, length_words, planned_words
from db.digits import one_width
from db.name_key import name_key, organisation_key
from db.records.events import Event
from db.records.programme import EventKind, Programme


def event_warnings(
    event: Event,
    numbers: EventKind,
    programme: Programme,
    calendar: OfficeCalendar,
    *,
    others: Iterable[Event] = (),
    expected: int | None = None,
) -> tuple[EventWarning, ...]:
    """Return everything unusual about ``event``; no warning blocks saving.

    Args:
        others: the year's other events of all kinds; cancelled ones are only named beside the count, the event
            itself (by id) is ignored.
        expected: the number of people expected; None = not known, then the capacity of the venue is compared with
            the minimum of the specification instead.
    """
    besides = [other for other in others if not (event.id and other.id == event.id)]
    living = [other for other in besides if other.status.counts]
    warnings = []
    if event.event_date:
        warnings += _date_warnings(event.event_date, numbers, programme, calendar)
    warnings += _length_warnings(event, numbers)
    warnings += count_warnings([*besides, event], numbers, final=False)
    if expected is not None:
        warnings += people_warnings(numbers, expected, venue_capacity=event.venue_capacity)
    elif event.venue_capacity is not None and event.venue_capacity < numbers.people_min:
        text = f"会場の定員{event.venue_capacity}人は、仕様の人数（{numbers.people_min}人から）を下回ります。"
        warnings.append(EventWarning(text, clause=numbers.clause_people))
    warnings += _same_day_warnings(event, living)
    warnings += _group_warnings(event, numbers)
    warnings += _network_warnings(event, numbers, living)
    warnings += _venue_warnings(event, numbers)
    return tuple(warnings)


def _date_warnings(day: date, numbers: EventKind, programme: Programme, calendar: OfficeCalendar) -> list[EventWarning]:
    """Return warnings about 実施期間, 履行期間 (also of the report) and closed days."""
    warnings = []
    beyond_term = outside_term_warning(programme, day)
    if beyond_term:
        warnings.append(EventWarning(beyond_term, clause=programme.clause_term, needs=CONTRACT_CHANGE))
    period = parse_period(numbers.report_period)
    late_report = beyond_term_words(programme, period, due_dates(period, day, calendar), day, calendar)
    if late_report and not beyond_term:
        text = f"実施報告書の{late_report}提出期限は履行期間の中で協議します。"
        warnings.append(EventWarning(text, clause=programme.clause_term, needs=AGREEMENT))
    beyond_window = outside_window_warning(numbers, day)
    if beyond_window:
        needs = CONTRACT_CHANGE if beyond_term else AGREEMENT
        warnings.append(EventWarning(beyond_window, clause=numbers.clause_window, needs=needs))
    reason = calendar.closed_reason(day)
    if reason:
        text = f"{long_date(day)}は閉庁日（{reason}）です。会場と職員の体制を確かめてください。"
        warnings.append(EventWarning(text))
    return warnings


def is_as_long_as_agreed(minutes: int, kind: EventKind) -> bool:
    """Return whether a length is the contract's, or within its 「程度」: up to a quarter less or more."""
    if kind.minutes_strict:
        return minutes == kind.minutes
    return kind.minutes * 3 <= minutes * 4 <= kind.minutes * 5


def _length_warnings(event: Event, numbers: EventKind) -> list[EventWarning]:
    """Return one warning about an end that is not after the start, else about a length that was not agreed.

    [] for a length that the contract allows (``is_as_long_as_agreed``).
    """
    length = minutes_of(event.end_time) - minutes_of(event.start_time)
    if length <= 0:
        text = f"終了時刻 {event.end_time} が開始時刻 {event.start_time} より後になっていません。"
        return [EventWarning(text)]
    if is_as_long_as_agreed(length, numbers):
        return []
    text = f"実施時間が{length}分です。仕様は各回{length_words(numbers)}です{in_brackets(numbers.clause_minutes)}。"
    needs = AGREEMENT if numbers.minutes_strict else WITHIN_TOLERANCE
    return [EventWarning(text, clause=numbers.clause_minutes, needs=needs)]


_BETWEEN_LECTURERS = re.compile("[・、,/&]|および|ほか")
_BESIDE_NAME = re.compile(r"[(].*?[)]|^講師|(?:講師|先生|氏|様|さん)$")


def share_lecturer(event: Event, other: Event) -> bool:
    """Return whether two events name one lecturer, in another spelling or among others as well."""
    return not _lecturers(event.lecturer).isdisjoint(_lecturers(other.lecturer))


def _lecturers(text: str) -> set[str]:
    parts = (one.strip() for one in _BETWEEN_LECTURERS.split(one_width(text)))
    return {name_key(_BESIDE_NAME.sub("", one)) for one in parts} - {""}


def _overlaps(event: Event, other: Event) -> bool:
    """Return whether two events of one day overlap in time."""
    return event.start_time < other.end_time and other.start_time < event.end_time


def _same_day_warnings(event: Event, others: Iterable[Event]) -> list[EventWarning]:
    """Return one warning for each other event of the same day: the room, else the lecturer, else the day alone.

    Room and lecturer count only if the hours overlap. Nothing for an event without a day. ``others`` holds neither the
    event itself nor cancelled ones.
    """
    warnings: list[EventWarning] = []
    if not event.event_date:
        return warnings
    for other in others:
        if other.event_date != event.event_date:
            continue
        times = f"{other.full_title}（{other.start_time}から{other.end_time}まで）"
        if _overlaps(event, other) and is_same_place(event, other):
            warnings.append(EventWarning(f"会場 {event.venue}が{times}と重なっています。"))
        elif _overlaps(event, other) and share_lecturer(event, other):
            warnings.append(EventWarning(f"講師 {event.lecturer}が{times}と重なっています。"))
        else:
            warnings.append(EventWarning(f"同じ日に{times}があります。職員の体制を確かめてください。"))
    return warnings


def _group_warnings(event: Event, numbers: EventKind) -> list[EventWarning]:
    """Return a warning if there are fewer facilitators than groups, or their number is unknown (仕様書4(3)カ).

    A contract without the clause asks for none.
    """
    if not event.form.in_groups or not event.groups or not numbers.clause_content:
        return []
    clause = in_brackets(numbers.clause_content)
    if event.facilitators is None:
        text = f"ファシリテーターの人数がまだありません。各班に1人が要ります{clause}。"
        return [EventWarning(text, clause=numbers.clause_content, is_unknown_yet=True)]
    if event.groups > event.facilitators:
        text = f"{event.groups}班に対しファシリテーターが{event.facilitators}人です。各班に1人が要ります{clause}。"
        return [EventWarning(text, clause=numbers.clause_content, needs=AGREEMENT)]
    return []


def _network_warnings(event: Event, numbers: EventKind, others: Iterable[Event]) -> list[EventWarning]:
    """Return one warning about a chosen venue whose network is missing or unknown, [] for any other (仕様書4 ク).

    The ward's venue offers one; at a 派遣 the 受託者 makes up for a missing one. Of a building where ``others`` have
    one only the room is asked.
    """
    if event.network.is_present or (event.network.is_unknown and not event.venue):
        return []
    short = network_clause(numbers)
    clause = in_brackets(short)
    if event.network.is_unknown:
        text = f"会場のインターネット環境の有無がまだ確かめられていません{clause}。"
        if any(one.network.is_present and name_key(one.venue) == name_key(event.venue) for one in others):
            text = f"{event.venue}のインターネット環境は「有」と分かっています。"
            text += f"この部屋でも使えるかを、確かめてください{clause}。"
    elif event.form.at_organisation:
        asked = f"受託者がモバイルルーターなどを用意します{clause}。"
    else:
        asked = f"受託者および全参加者が使える環境が要ります{clause}。"
    if not event.network.is_unknown:
        text = f"会場にインターネット環境がありません。{asked if short else ''}"
    needs: Needs = AGREEMENT if event.network.is_absent and not event.form.at_organisation else ""
    return [EventWarning(text, clause=short, needs=needs, is_unknown_yet=event.network.is_unknown)]


def _venue_warnings(event: Event, numbers: EventKind) -> list[EventWarning]:
    """Return warnings if the venue is not a place of the ward, which also pays for it (仕様書4(1)イ, 4(3)イ).

    For a 派遣 the clause says neither, so who pays is to be agreed (4(2)イ). A contract without the clause says
    nothing.
    """
    short = numbers.clause_venue
    clause = in_brackets(short)
    if not short:
        return []
    if event.form.at_organisation:
        if event.fee_payer or not event.venue:
            return []
        text = f"会場の使用料の負担が、まだ書かれていません。仕様に定めがないので、協議で決めます{clause}。"
        return [EventWarning(text, clause=short, is_unknown_yet=True)]
    warnings = []
    if event.facility.is_other:
        text = f"会場が区立施設ではありません。区が指定する区立施設で行います{clause}。"
        warnings.append(EventWarning(text, clause=short, needs=AGREEMENT))
    if event.fee_payer.is_elsewhere:
        text = f"使用料の負担が{event.fee_payer}になっています。会場使用料は区の負担です{clause}。"
        warnings.append(EventWarning(text, clause=short, needs=AGREEMENT))
    return warnings


def count_units(events: Sequence[Event], numbers: EventKind) -> int:
    """Return the number of 回 or, where the specification counts them, of 団体; one without a name counts by itself."""
    if not numbers.counted.by_organisation:
        return len(events)
    named = {organisation_key(event.organisation_id, event.organisation_name) for event in events}
    unnamed = sum(not (event.organisation_id or event.organisation_name) for event in events)
    return len(named - {""}) + unnamed


def _whole_number_words(numbers: EventKind) -> str:
    """Return 「全7回程度」「3団体程度」「全2回」."""
    return f"{'' if numbers.counted.by_organisation else '全'}{planned_words(numbers)}"


def _count_needs(numbers: EventKind, count: int, planned: int) -> Needs:
    """Return how a count other than the planned one is settled: 契約変更の確認, 協議, or within the tolerance.

    契約変更の確認 for a number without 程度, and for a count of at most half the planned one; one more or less is
    within the tolerance.
    """
    if numbers.strict or count * 2 <= planned:
        return CONTRACT_CHANGE
    return WITHIN_TOLERANCE if abs(count - planned) == 1 else AGREEMENT


def middle_of_window(numbers: EventKind) -> date:
    """Return the day from which on too few events of a kind with a day are a shortage."""
    return numbers.window_start + (numbers.window_end - numbers.window_start) / 2


def shortage_words(events: Iterable[Event], numbers: EventKind, today: date) -> str:
    """Return what is left of the window against what is left to hold: 「のこり4週で3回。1回も決まっていません」.

    「3回未定」 before the middle of the window, 「3回不足」 after its end; "" while enough, but for what is within the
    tolerance, are held or have a day.
    """
    dated = [event for event in events if event.kind == numbers.kind and event.status.counts and event.event_date]
    count, planned, unit = count_units(dated, numbers), numbers.planned, numbers.planned_unit
    if count >= planned or _count_needs(numbers, count, planned) == WITHIN_TOLERANCE:
        return ""
    days = (numbers.window_end - today).days + 1
    if days < 1 or today < middle_of_window(numbers):
        return f"{planned - count}{unit}{'不足' if days < 1 else '未定'}"
    decided = count_units([one for one in dated if (one.event_date or today) > today], numbers)
    span = f"{days // 7}週" if days // 7 > 1 else f"{days}日"
    said = f"決まっているのは{decided}{unit}です" if decided else f"1{unit}も決まっていません"
    return f"のこり{span}で{planned - count + decided}{unit}。{said}"


def count_warnings(events: Iterable[Event], numbers: EventKind, *, final: bool = True) -> tuple[EventWarning, ...]:
    """Return warnings about 回数, 団体 and 日数 of the kind against 仕様書4 ア and ウ.

    More on one day than the contract's numbers (3日間で6回: two) are warned about where both are fixed (without 程度).

    Args:
        events: of the year; other kinds and cancelled ones are ignored.
        final: False leaves out shortfalls, because the year is filled event by event.
    """
    of_kind = [event for event in events if event.kind == numbers.kind]
    living = [event for event in of_kind if event.status.counts]
    cancelled = len(of_kind) - len(living)  # numbered like the others: an 「第9回」 may be the eighth
    days = {event.event_date for event in living if event.event_date}
    checks = [(count_units(living, numbers), numbers.planned, numbers.planned_unit, numbers.clause_planned)]
    if numbers.days is not None:
        checks.append((len(days), numbers.days, "日間", numbers.clause_window))
    warnings = []
    for count, planned, unit, clause in checks:
        if count > planned or (final and count < planned):
            spec = f"{planned}日間{about(numbers.strict)}" if unit == "日間" else _whole_number_words(numbers)
            side = "上回ります" if count > planned else "下回ります"
            beside = f"中止の{cancelled}回を除いて" if cancelled and unit == "回" else ""
            text = f"{numbers.name}が{beside}{count}{unit}となり、仕様の{spec}{in_brackets(clause)}を{side}。"
            needs = _count_needs(numbers, count, planned)
            warnings.append(EventWarning(text, clause=clause, needs=needs, is_about_year=True))
    most = max(Counter(event.event_date for event in living if event.event_date).values(), default=0)
    if numbers.strict and numbers.days is not None and most > -(-numbers.planned // numbers.days):
        text = (
            f"{numbers.name}が同じ日に{most}回あります。"
            f"仕様は{numbers.days}日間です{in_brackets(numbers.clause_window)}。"
        )
        warnings.append(EventWarning(text, clause=numbers.clause_window, needs=CONTRACT_CHANGE))
    return tuple(warnings)
