"""Expected numbers of people: totals for 人数連絡, and warnings against 仕様書4 エ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import has_earlier_words
from app.event.rules.event_warning import AGREEMENT, WITHIN_TOLERANCE, EventWarning, Needs
from app.event.rules.participation import UNDECIDED_CARE
from app.programme.rules import full_clause, people_words
from db.record import record
from db.records.participants import ExpectedCount, HeadcountNotice, NoticeWithNotification
from db.records.programme import EventKind

_TOLERANCE_PERCENT = 20


@record
class ExpectedTotals:
    """Numbers for the 受託者, without names; ``care_request`` lists what is asked for.

    ``without_organisation`` = how many of the people have no 団体, and are counted as none.
    """

    people: int
    organisations: int
    own_devices: int
    lent_devices: int
    care_count: int
    care_request: str = ""
    without_organisation: int = 0

    @property
    def unknown_devices(self) -> int:
        """Return the number of people of whom nobody knows whether they bring a device or borrow one."""
        return unknown_devices(self)


def unknown_devices(numbers: ExpectedTotals | HeadcountNotice | ExpectedCount) -> int:
    """Return the number of people whose device is unknown: all less those who bring or borrow one."""
    return max(numbers.people - numbers.own_devices - numbers.lent_devices, 0)


def expected_totals(counts: Iterable[ExpectedCount]) -> ExpectedTotals:
    """Return the sums of ``counts``; a 団体 with several rows counts once, one without people is no 団体.

    People without a 団体 are none either.
    """
    rows = tuple(counts)
    organisations = {row.organisation_key for row in rows if row.people > 0} - {""}
    return ExpectedTotals(
        people=sum(row.people for row in rows),
        organisations=len(organisations),
        own_devices=sum(row.own_devices for row in rows),
        lent_devices=sum(row.lent_devices for row in rows),
        care_count=sum(row.care_count for row in rows),
        care_request=care_words(row.care_request for row in rows),
        without_organisation=sum(row.people for row in rows if row.organisation_key == ""),
    )


def care_words(requests: Iterable[str]) -> str:
    """Return 「拡大資料1部（2件）、手配を確認中 1件（お願いするときは改めて連絡）」; equal ones are counted."""
    found = [re.subn(f"(?:^|、){UNDECIDED_CARE}", "", request.strip()) for request in requests]
    counted = Counter(request.removeprefix("、") for request, _ in found if request)
    words = (f"{request}（{count}件）" if count > 1 else request for request, count in counted.items())
    undecided = fill_nonempty(UNDECIDED_CARE + " {}件（お願いするときは改めて連絡）", sum(count for _, count in found))
    return join_nonempty(*words, undecided, separator="、")


def requested_care(words: str) -> str:
    """Return what of ``care_words`` the contractor is asked for; what is still undecided is no change of it."""
    return words.partition(UNDECIDED_CARE)[0].removesuffix("、")


def has_same_numbers(notice: HeadcountNotice, totals: ExpectedTotals) -> bool:
    """Return whether a notice states the current totals and the same 必要な対応.

    Earlier versions counted the people without a 団体 together as one; what this one told says so beside its words.
    What was told has not changed by a 配慮 for which nothing is asked of the contractor.
    """
    names = {field.name for field in fields(totals)} - {"organisations", "without_organisation", "care_request"}
    told = notice.act.facts.get("団体", "") if isinstance(notice, NoticeWithNotification) and notice.act else ""
    organisations = {totals.organisations}
    if not has_earlier_words(told):
        organisations.add(totals.organisations + bool(totals.without_organisation))
    care = requested_care if told else str
    return (
        notice.organisations in organisations
        and care(notice.care_request) == care(totals.care_request)
        and all(getattr(notice, name) == getattr(totals, name) for name in names)
    )


def _tolerance(value: int) -> int:
    """Return by how much 程度 lets a number differ from ``value``."""
    return value * _TOLERANCE_PERCENT // 100


def accepted_people_range(numbers: EventKind) -> tuple[int, int]:
    """Return the smallest and largest number of people without a warning.

    A range (10人から20人程度) is taken as it stands, and so is a number without 程度; a single number (10人程度) leaves
    a fifth on either side, so 8人 for 10人程度 is no warning.
    """
    if numbers.people_strict or numbers.people_min != numbers.people_max:
        return numbers.people_min, numbers.people_max
    return numbers.people_min - _tolerance(numbers.people_min), numbers.people_max + _tolerance(numbers.people_max)


def people_warnings(numbers: EventKind, people: int, *, venue_capacity: int | None = None) -> tuple[EventWarning, ...]:
    """Return warnings about the people expected or applied for one event, against 仕様書4 エ and the room.

    ``venue_capacity`` is that of the room, None = unknown.
    """
    warnings = []
    low, high = accepted_people_range(numbers)
    spec = join_nonempty(f"各回{people_words(numbers)}", full_clause(numbers.clause_people), separator="、")
    if people < low:
        needs: Needs = AGREEMENT if numbers.people_strict or people < low - _tolerance(low) else WITHIN_TOLERANCE
        text = f"参加予定が{people}人で、仕様の人数（{spec}）を下回ります。"
        warnings.append(EventWarning(text, clause=numbers.clause_people, needs=needs))
    if people > high:
        needs = AGREEMENT if numbers.people_strict or people > high + _tolerance(high) else WITHIN_TOLERANCE
        text = f"参加予定が{people}人で、仕様の人数（{spec}）を上回ります。"
        warnings.append(EventWarning(text, clause=numbers.clause_people, needs=needs))
    if venue_capacity is not None and people > venue_capacity:
        warnings.append(EventWarning(f"参加予定が{people}人で、会場の定員{venue_capacity}人を超えます。"))
    return tuple(warnings)


def default_capacity(numbers: EventKind, venue_capacity: int | None) -> int:
    """Return the default number of places: the specification's maximum, at most the room's (仕様書4 エ)."""
    return numbers.people_max if venue_capacity is None else min(numbers.people_max, venue_capacity)
