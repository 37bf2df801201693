"""How many events there are of a kind, against 回数, 団体 and 日数 of the 仕様書 (4 ア, ウ)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.subjects.events.rules.basis import full_clause
from app.subjects.events.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, WITHIN_ABOUT, EventWarning, Needs
from db.records.events import Event
from db.records.programme import KindNumbers


def _unit_count(events: Sequence[Event], numbers: KindNumbers) -> int:
    """How many 回 or, where the specification counts them, different 団体; one without a name is its own."""
    if numbers.planned_unit != "団体":
        return len(events)
    named = {event.organisation_id or event.organisation_name for event in events}
    unnamed = sum(not (event.organisation_id or event.organisation_name) for event in events)
    return len(named - {""}) + unnamed


def _planned_words(numbers: KindNumbers) -> str:
    """「全7回程度」「3団体程度」「全2回」."""
    about = "" if numbers.strict else "程度"
    return f"{'全' if numbers.planned_unit == '回' else ''}{numbers.planned}{numbers.planned_unit}{about}"


def _count_needs(numbers: KindNumbers, count: int, planned: int) -> Needs:
    """Which way a count beside the plan is settled: strict or far fewer asks about 契約変更."""
    if numbers.strict or count * 2 <= planned:
        return CONTRACT_CHANGE
    return WITHIN_ABOUT if abs(count - planned) == 1 else AGREEMENT


def count_warnings(events: Iterable[Event], numbers: KindNumbers, *, final: bool = True) -> tuple[EventWarning, ...]:
    """回数, 団体 and 日数 of the kind against 仕様書4 ア and ウ.

    ``final`` False leaves out what is below the plan, because a year is filled event by event.
    """
    living = [event for event in events if event.kind == numbers.kind and event.status != "中止"]
    days = {event.event_date for event in living if event.event_date}
    checks = [(_unit_count(living, numbers), numbers.planned, numbers.planned_unit, numbers.clause_planned)]
    if numbers.days is not None:
        checks.append((len(days), numbers.days, "日間", numbers.clause_window))
    warnings = []
    for count, planned, unit, clause in checks:
        if count > planned or (final and count < planned):
            spec = f"{planned}日間{'' if numbers.strict else '程度'}" if unit == "日間" else _planned_words(numbers)
            side = "上回ります" if count > planned else "下回ります"
            text = f"{numbers.kind}が{count}{unit}となり、仕様の{spec}（{full_clause(clause)}）を{side}。"
            needs = _count_needs(numbers, count, planned)
            warnings.append(EventWarning(text=text, clause=clause, needs=needs, of_year=True))
    dated = [event for event in living if event.event_date]
    if numbers.strict and numbers.days is not None and len(dated) > len(days):
        text = f"{numbers.kind}が同じ日に2回あります。仕様は{numbers.days}日間です（{full_clause(numbers.clause_window)}）。"
        warnings.append(EventWarning(text=text, clause=numbers.clause_window, needs=CONTRACT_CHANGE))
    return tuple(warnings)
