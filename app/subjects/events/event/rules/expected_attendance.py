"""Expected numbers of people: their totals for 人数連絡 and the warnings against 仕様書4 エ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields

from app.subjects.events.event.rules.basis import full_clause
from app.subjects.events.event.rules.equipment import tablet_clause, tablet_remark
from app.subjects.events.event.rules.event_warning import AGREEMENT, WITHIN_TOLERANCE, EventWarning, Needs
from db.frozen_record import frozen_record
from db.records.events import EquipmentItem
from db.records.participants import ExpectedCount, HeadcountNotice
from db.records.programme import Kind, KindNumbers

_TOLERANCE_PERCENT = 20


@frozen_record
class HeadcountTotals:
    """The numbers that go to the 受託者: never a name. ``care_request`` says what is asked for, without whom."""

    people: int
    organisations: int
    own_devices: int
    lent_devices: int
    care_count: int
    care_request: str = ""

    @property
    def unknown_devices(self) -> int:
        """Of how many people nobody knows whether they bring a device or borrow one."""
        return unknown_devices(self)


def unknown_devices(numbers: HeadcountTotals | HeadcountNotice) -> int:
    """Return of how many people nobody knows whether they bring a device or borrow one: what is left of the whole."""
    return max(numbers.people - numbers.own_devices - numbers.lent_devices, 0)


def headcount_totals(counts: Iterable[ExpectedCount]) -> HeadcountTotals:
    """The sums of ``counts``; a 団体 with several rows is one, and rows without people count none."""
    rows = tuple(counts)
    organisations = {row.organisation_key for row in rows if row.people > 0}
    return HeadcountTotals(
        people=sum(row.people for row in rows),
        organisations=len(organisations),
        own_devices=sum(row.own_devices for row in rows),
        lent_devices=sum(row.lent_devices for row in rows),
        care_count=sum(row.care_count for row in rows),
        care_request=care_words(row.care_request for row in rows),
    )


def care_words(requests: Iterable[str]) -> str:
    """「拡大資料1部（2件）、前方の席1」: the same request from several 団体 is counted, never swallowed."""
    counted = Counter(request.strip() for request in requests if request.strip())
    return "、".join(f"{request}（{count}件）" if count > 1 else request for request, count in counted.items())


def has_same_numbers(notice: HeadcountNotice, totals: HeadcountTotals) -> bool:
    """Whether a notice says what the counts add up to now, and asks for the same 必要な対応."""
    return all(getattr(notice, field.name) == getattr(totals, field.name) for field in fields(totals))


def people_words(numbers: KindNumbers) -> str:
    """「10人から20人程度」 or 「10人程度」 (仕様書4 エ)."""
    if numbers.people_min == numbers.people_max:
        return f"{numbers.people_min}人程度"
    return f"{numbers.people_min}人から{numbers.people_max}人程度"


def _tolerance(value: int) -> int:
    """What 程度 leaves open around ``value``."""
    return value * _TOLERANCE_PERCENT // 100


def accepted_people_range(numbers: KindNumbers) -> tuple[int, int]:
    """The smallest and largest number that draws no warning.

    A range (10人から20人程度) is taken as it stands; a single number (10人程度) leaves a fifth on
    either side, so 8人 for 10人程度 is no warning.
    """
    if numbers.people_min != numbers.people_max:
        return numbers.people_min, numbers.people_max
    return numbers.people_min - _tolerance(numbers.people_min), numbers.people_max + _tolerance(numbers.people_max)


def people_warnings(
    numbers: KindNumbers, people: int, *, venue_capacity: int | None = None
) -> tuple[EventWarning, ...]:
    """Warnings about ``people`` expected or applied for one event, against エ and the room."""
    warnings = []
    low, high = accepted_people_range(numbers)
    spec = f"各回{people_words(numbers)}、{full_clause(numbers.clause_people)}"
    if people < low:
        needs: Needs = WITHIN_TOLERANCE if people >= low - _tolerance(low) else AGREEMENT
        text = f"参加予定が{people}人で、仕様の人数（{spec}）を下回ります。"
        warnings.append(EventWarning(text, clause=numbers.clause_people, needs=needs))
    if people > high:
        needs = WITHIN_TOLERANCE if people <= high + _tolerance(high) else AGREEMENT
        text = f"参加予定が{people}人で、仕様の人数（{spec}）を上回ります。"
        warnings.append(EventWarning(text, clause=numbers.clause_people, needs=needs))
    if venue_capacity is not None and people > venue_capacity:
        warnings.append(EventWarning(f"参加予定が{people}人で、会場の定員{venue_capacity}人を超えます。"))
    return tuple(warnings)


def device_warnings(counts: Iterable[ExpectedCount]) -> tuple[EventWarning, ...]:
    """Rows that hold more devices or needs than people, named by 団体 as registered."""
    return tuple(
        EventWarning(f"{row.organisation_name}：端末の数が人数（{row.people}人）を超えています。")
        for row in counts
        if row.own_devices + row.lent_devices > row.people
    )


def tablet_warnings(
    kind: Kind, equipment: Iterable[EquipmentItem], totals: HeadcountTotals, *, agreed: bool
) -> tuple[EventWarning, ...]:
    """The tablets that people borrow while nobody has agreed to bring them (仕様書4(1)ク, (2)ク).

    ``agreed`` = the 協議 「機材」 of the event is settled.
    """
    remark = tablet_remark(kind, equipment, totals.lent_devices, agreed=agreed)
    return (EventWarning(remark, clause=tablet_clause(kind), needs=AGREEMENT),) if remark else ()
