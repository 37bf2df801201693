"""Compare the same number in several places with today's record, and explain a difference."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, field
from datetime import date
from typing import Literal

from app.common.join_nonempty import fill_nonempty
from app.common.partial_count import PartialCount, known_number
from app.documents.event_facts import EventFacts, PeopleFacts
from app.event.rules.agenda import total_minutes
from app.submissions.deliverables.rules.due_rows import DueRow
from app.submissions.reports.rules.report_figures import contradicting_rate, percentage
from db.digits import one_width, without_commas
from db.record import frozen, record
from db.records.roster import Entry
from db.records.submissions.reports import AcceptedDifference

NumberStatus = Literal["一致", "食い違い", "古い紙", "記載なし", "載らない", "理由あり", "区の記録なし"]
"""古い紙: an own document from before the record changed; 記載なし: the number is missing; 理由あり: accepted;
区の記録なし: there is nothing of ours to compare it with."""

APPLIED, DECIDED, EXPECTED, ATTENDED, ABSENT = "申込", "決定", "参加予定", "出席", "欠席"
GROUPS_EXPECTED, GROUPS_CAME = "団体（予定）", "団体（出席）"
LENT, COPIES, MINUTES = "貸与端末", "印刷部数", "時間"
RETURNED, RATE, SATISFIED, INTENT = "回収", "回収率", "満足計", "活用の意向あり"
UNITS: Mapping[str, str] = {
    APPLIED: "人", DECIDED: "人", EXPECTED: "人", ATTENDED: "人", ABSENT: "人", GROUPS_EXPECTED: "団体",
    GROUPS_CAME: "団体", LENT: "台", COPIES: "部", MINUTES: "分", RETURNED: "件", RATE: "％", SATISFIED: "人",
    INTENT: "人",
}  # fmt: skip
NUMBERS_BY_DOCUMENT: Mapping[str, tuple[str, ...]] = {
    "参加人数連絡書": (EXPECTED, GROUPS_EXPECTED, LENT, COPIES),
    "参加人数変更連絡書": (EXPECTED, GROUPS_EXPECTED, LENT, COPIES),
    "受付名簿": (EXPECTED, LENT),
    "当日進行表・機材チェック表": (COPIES,),
    "配布資料": (COPIES,),
    "実施確認票": (EXPECTED, ATTENDED, ABSENT, GROUPS_CAME, RETURNED, MINUTES),
    "実施報告書": (APPLIED, DECIDED, ATTENDED, ABSENT, GROUPS_CAME, MINUTES, RETURNED, RATE, SATISFIED, INTENT),
    "実施報告書確認票": (ATTENDED, GROUPS_CAME, RETURNED, RATE),
    "アンケート集計表": (ATTENDED, RETURNED, RATE, SATISFIED, INTENT),
}
"""The numbers that each document of an event states."""
DOCUMENTS_BY_INCONSISTENCY: Mapping[str, tuple[str, ...]] = {
    "回収＞出席": ("実施確認票", "実施報告書", "アンケート集計表"),
    "端末＞参加予定": ("参加人数連絡書", "参加人数変更連絡書", "受付名簿"),
}
"""The documents that state the own numbers of each inconsistency."""
DEVICES_ON_DAY = "当日の端末"
"""The key of a number of devices that a document states as if everybody had been asked."""
_INEXACT_MARKS = ("以上", "未確認", "—")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@frozen
class NumberSource:
    """One document, list or report that states numbers.

    ``values`` are by number, an empty one = it should state it and does not; ``day`` is when it was made or
    received, ``occasion`` the word for that (通知, 印刷, 受領 …), ``pages`` where a number is in it. ``own`` =
    made in the program from the facts of its day. ``settled`` are reasons given elsewhere, by number.
    """

    key: str
    title: str
    day: date | None = None
    occasion: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    _: KW_ONLY
    own: bool = False
    pages: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)


@record
class SourceNumber:
    """One number in one place, compared with the own one; ``reason`` why a difference was accepted.

    ``acceptance_id`` is the id of its ``AcceptedDifference``, 0 = none, or settled elsewhere.
    """

    source: NumberSource
    value: str
    status: NumberStatus
    page: str = ""
    reason: str = ""
    acceptance_id: int = 0


@record
class ComparedNumber:
    """One number with today's own value ("" = unknown) and its value in every place."""

    name: str
    ours: str
    cells: tuple[SourceNumber, ...]

    @property
    def unit(self) -> str:
        """Return the unit in which the number is counted, "" for none."""
        return UNITS.get(self.name, "")

    @property
    def contradictions(self) -> tuple[SourceNumber, ...]:
        """Return the places that state another number and are not settled."""
        return tuple(cell for cell in self.cells if cell.status == "食い違い")

    @property
    def outdated(self) -> tuple[SourceNumber, ...]:
        """Return the cells of documents made before the record changed."""
        return tuple(cell for cell in self.cells if cell.status == "古い紙")


def comparable(value: str) -> str:
    """Return the numbers of a value in half width for comparison (「17人」 → 「17」); several are joined by 「・」."""
    return "・".join(_NUMBER.findall(without_commas(one_width(value))))


def own_numbers(facts: EventFacts, survey_numbers: Mapping[str, str]) -> dict[str, str]:
    """Return every number of today's record, "" where it is unknown.

    ``survey_numbers`` are those of the survey.
    """
    people = facts.people

    def shown(value: int | None) -> str:
        """Return the number as text, empty where it is not known."""
        return "" if value is None else str(value)

    sheets = facts.responses
    return {
        APPLIED: shown(people.applied),
        DECIDED: shown(people.decided),
        EXPECTED: shown(people.expected or None),
        ATTENDED: shown(people.attended),
        ABSENT: shown(people.absent),
        GROUPS_EXPECTED: shown(people.expected_organisations if people.expected else None),
        GROUPS_CAME: shown(people.attended_organisations),
        LENT: shown(known_number(people.lent_devices, people.unknown_devices) if people.expected else None),
        COPIES: shown(facts.copies.total if facts.copies.people else None),
        MINUTES: shown(total_minutes(facts.timetable) or None),
        RETURNED: shown(sheets.returned if sheets and sheets.returned else None),
        RATE: sheets.rate if sheets and sheets.returned else "",
        **survey_numbers,
    }


def compare_numbers(
    ours: Mapping[str, str], sources: Sequence[NumberSource], acceptances: Iterable[AcceptedDifference]
) -> tuple[ComparedNumber, ...]:
    """Return today's numbers, each compared with every place that states it.

    A place without the number does not state it; one with an empty value should and does not. Where the own
    number is unknown nothing differs and nothing agrees; a number that nobody knows is left out.
    """
    known = {(one.number, one.place): one for one in acceptances}
    names = [*ours, *dict.fromkeys(name for place in sources for name in place.values if name not in ours)]
    rows = []
    for name in names:
        own = ours.get(name, "")
        if not own and not any(place.values.get(name) for place in sources):
            continue
        cells = tuple(_source_number(name, own, place, known.get((name, place.key))) for place in sources)
        rows.append(ComparedNumber(name=name, ours=own, cells=cells))
    return tuple(rows)


def disagrees(source: NumberSource, ours: Mapping[str, str]) -> bool:
    """Return whether a source states a number otherwise than the ward's own record, where both have it."""
    return any(
        value and ours.get(name) and comparable(value) != comparable(ours[name])
        for name, value in source.values.items()
    )


def _source_number(name: str, ours: str, source: NumberSource, acceptance: AcceptedDifference | None) -> SourceNumber:
    value, page = source.values.get(name) or "", source.pages.get(name, "")
    stand, reason, kept_id = _status(name, ours, source, acceptance)
    return SourceNumber(source=source, value=value, status=stand, page=page, reason=reason, acceptance_id=kept_id)


def _status(
    name: str, ours: str, source: NumberSource, acceptance: AcceptedDifference | None
) -> tuple[NumberStatus, str, int]:
    """Return the status of a number in one source, with reason and id of its acceptance ("" and 0 = none).

    A reason given elsewhere (``source.settled``) has the id 0.
    """
    value = source.values.get(name)
    stand: NumberStatus = "食い違い"
    reason, kept_id = "", 0
    if not value:
        stand = "記載なし" if value is not None and ours else "載らない"
    elif not ours:
        stand = "区の記録なし"
    elif comparable(value) == comparable(ours):
        stand = "一致"
    elif source.own:
        stand, reason = ("理由あり", source.settled[name]) if source.settled.get(name) else ("古い紙", "")
    elif acceptance is not None and (comparable(acceptance.ours), comparable(acceptance.theirs)) == (
        comparable(ours),
        comparable(value),
    ):
        stand, reason, kept_id = "理由あり", acceptance.reason, acceptance.id
    elif source.settled.get(name):
        stand, reason = "理由あり", source.settled[name]
    return stand, reason, kept_id


def arithmetic_words(name: str, facts: EventFacts, *, announced_absent: int, substitutes: int, unmarked: int) -> str:
    """Return how an own number is calculated (「決定 18−欠席連絡 1＝17人（うち代理 0人）」), "" for a plain count.

    "" also where a number typed for the day is another than the roster adds up to.

    Args:
        announced_absent: entries whose absence was reported.
        substitutes: entries taken over by somebody else.
        unmarked: entries without a record of attendance.
    """
    people, sheets, copies = facts.people, facts.responses, facts.copies
    sums = {}
    if people.decided is not None:
        sums[EXPECTED] = (
            f"決定 {people.decided}−欠席連絡 {announced_absent}＝{people.expected}人（うち代理 {substitutes}人）"
        )
        if people.attended is not None and people.absent is not None:
            walked = people.walk_ins or 0
            open_ones = fill_nonempty("−未確認 {}", unmarked)
            if people.decided - people.absent - unmarked + walked == people.attended:
                came = f"当日受付 {walked}＝{people.attended}人"
                sums[ATTENDED] = f"決定 {people.decided}−欠席 {people.absent}{open_ones}＋{came}"
    if people.absent is not None and announced_absent <= people.absent:
        sums[ABSENT] = f"欠席連絡 {announced_absent}＋当日欠席 {people.absent - announced_absent}＝{people.absent}人"
    if copies.people:
        basis = "連絡した人数" if copies.is_notified else "参加予定（人数連絡の前）"
        basis = basis if copies.is_asked else "参加予定"
        sums[COPIES] = f"{basis} {copies.people}＋予備 {copies.spare}＝{copies.total}部"
    if facts.timetable:
        sums[MINUTES] = (
            f"{'＋'.join(str(item.minutes) for item in facts.timetable)}＝{total_minutes(facts.timetable)}分"
        )
    if sheets:
        sums[RETURNED] = f"紙 {sheets.paper}＋オンライン {sheets.online}＝{sheets.returned}件"
        if sheets.rate:
            of = f"出席 {people.attended}"
            if sheets.fixed_on is not None and sheets.attended != people.attended:
                of = f"確定時の出席 {sheets.attended}"
            sums[RATE] = f"回収 {sheets.returned}÷{of}＝{sheets.rate}％"
    return sums.get(name, "")


def earlier_group_count(told: int, people: PeopleFacts) -> str:
    """Return why a paper told to the same people states another number of 団体 than now, "" where that is a change.

    Earlier versions counted the people without a 団体 as one together, or in letters as one each.

    Args:
        told: how many 団体 it states.
    """
    alone = people.expected_without_organisation
    if not alone or told - people.expected_organisations not in (1, alone):
        return ""
    return "前の版が、団体のない方も団体として数えた数です。"


def likely_cause(
    name: str, value: str, facts: EventFacts, ours: Mapping[str, str], notified: Sequence[NumberSource]
) -> str:
    """Return which own number a differing value equals, as a sentence, or "".

    Args:
        notified: the notices of the number of people, oldest first.
    """
    found, people, sheets = comparable(value), facts.people, facts.responses
    if name in (EXPECTED, ATTENDED, DECIDED):
        for place in notified:
            if comparable(place.values.get(EXPECTED, "")) == found:
                last = notified[-1]
                later = f"{last.title}（{_day(last)}）で{last.values[EXPECTED]}人に変わっています。"
                same = f"「{value}」は、{place.title}（{_day(place)}）の人数と同じです。"
                return same if place is last else same + later
    known = {
        ATTENDED: (people.attended or 0) - (people.walk_ins or 0),
        RETURNED: sheets.paper if sheets else 0,
        RATE: percentage(sheets.returned, sheets.distributed) if sheets else "",
    }
    words = {
        ATTENDED: f"当日受付の{people.walk_ins}人を除いた数と同じです。",
        RETURNED: f"紙だけの数と同じです。オンラインの{sheets.online if sheets else 0}件が入っていません。",
        RATE: f"配布した{sheets.distributed if sheets else 0}枚で割った数と同じです。",
    }
    if name in known and str(known[name]) == found:
        return f"「{value}」は、{words[name]}"
    for other in (APPLIED, DECIDED, EXPECTED, ATTENDED):
        if other != name and UNITS[other] == UNITS.get(name) and ours.get(other) == found:
            return f"「{value}」は、{other}の人数と同じです。"
    return ""


def _day(source: NumberSource) -> str:
    return f"{source.day.month}/{source.day.day}" if source.day else ""


_DAYS = re.compile(r"(\d+)日(早い|遅れ)")


def day_inconsistency(row: DueRow, today: date) -> str:
    """Return the days early or late by the dates of a row, if its words say another number; else "".

    Early counts to the 期限, late from the last day, which is the 期限 or stands beside it. Of several versions the
    first one counts.
    """
    said = _DAYS.search(row.late_words)
    if (
        row.check_is_late
        or row.due is None
        or row.last_day is None
        or not row.contract
        or not (row.received_on or said)
    ):
        return ""
    came = row.first_received_on or row.received_on or today
    days = (row.due - came).days if came <= row.due else -max((came - row.last_day).days, 0)
    counted = f"{days}日早い" if days > 0 else f"{-days}日遅れ" if days < 0 else ""
    return "" if counted == (said[0] if said else "") else counted or "期限内"


@record
class Inconsistency:
    """Numbers of one side that contradict each other, in a sentence (``words``); ``sources`` are (place, value).

    ``key`` is the name under which it is accepted (「回収＞出席」).
    """

    key: str
    words: str
    sources: tuple[tuple[str, str], ...]


def unknown_counts(facts: EventFacts, *, held: bool) -> tuple[tuple[str, str], ...]:
    """Return the counts (attended, devices used) of a ``held`` event that are unknown in full or in part.

    Each is a name and words; they make sums minimums. Nothing for an event that was not ``held``.
    """
    people = facts.people
    if not held:
        return ()
    found = [] if people.attended is not None else [(ATTENDED, PartialCount(missing=1).words("人"))]
    if people.used_unknown:
        used = PartialCount(known=(people.used_lent or 0) + (people.used_own or 0), unknown=people.used_unknown)
        found.append((DEVICES_ON_DAY, used.words("台")))
    return tuple(found)


def unknown_printed_as_known(facts: EventFacts, printed: str, title: str) -> tuple[Inconsistency, ...]:
    """Return where a kept document states the lent tablets as a number though not everybody was asked.

    Args:
        printed: what it states (「0台」), "" = nothing.
        title: the name of the document.
    """
    known = facts.people.lent_that_day
    if not printed or not known.unknown or any(word in printed for word in _INEXACT_MARKS):
        return ()
    return (
        Inconsistency(
            key=DEVICES_ON_DAY,
            words="端末を確かめていない方がいるのに、貸与タブレットの台数が言い切られています。",
            sources=((title, printed), ("当日の記録", known.words("台"))),
        ),
    )


def loan_inconsistencies(lent_to: Collection[int | None], attendees: Sequence[Entry]) -> tuple[Inconsistency, ...]:
    """Return where the lent tablets are not those of the people who came with 貸与.

    () while no loan is recorded; else one with both counts.
    """
    needing = {entry.id for entry in attendees if entry.device.is_lent}
    absent, without = {*lent_to} - {entry.id for entry in attendees}, needing - {*lent_to}
    if not lent_to or not (absent or without):
        return ()
    lines = [f"出席でない方 {len(absent)}台"] if absent else []
    lines += [f"貸与で出席し行のない方 {len(without)}人"] if without else []
    return (
        Inconsistency(
            key="貸出返却簿",
            words="貸与タブレットの貸出先が、出席した方の端末と合いません。「貸与タブレット」か受付の端末を直してください。",
            sources=(
                ("受付（出席・貸与）", f"{len(needing)}人"),
                ("貸与タブレット貸出返却簿", f"{len(lent_to)}台（{'、'.join(lines)}）"),
            ),
        ),
    )


def sum_inconsistencies(facts: EventFacts, report: NumberSource | None) -> tuple[Inconsistency, ...]:
    """Return the sums that cannot be right, of the ward's numbers and of the rate in ``report`` (None = no report)."""
    people, sheets, found = facts.people, facts.responses, []
    # The 回収率 of fixed totals is by the 出席 of then; that it is another one now is said of the fixed totals.
    is_fixed = sheets is not None and sheets.fixed_on is not None
    came_of_rate = sheets.attended if sheets is not None and is_fixed else people.attended
    if sheets and came_of_rate is not None and sheets.returned > came_of_rate:
        found.append(
            Inconsistency(
                key="回収＞出席",
                words="回収が出席より多いため、回収率を出せません。集計に入れない回答か、出席の数を確かめてください。",
                sources=(
                    ("アンケートの回答", f"{sheets.returned}件"),
                    ("確定時の出席" if is_fixed else "出席の記録", f"{came_of_rate}人"),
                ),
            )
        )
    if people.own_devices + people.lent_devices > people.expected:
        found.append(
            Inconsistency(
                key="端末＞参加予定",
                words="端末の数が、参加予定の人数を超えています。",
                sources=(
                    ("端末の内訳", f"持参 {people.own_devices}＋貸与 {people.lent_devices}"),
                    ("参加予定", f"{people.expected}人"),
                ),
            )
        )
    if report is not None:
        came, back, rate = (comparable(report.values.get(name) or "") for name in (ATTENDED, RETURNED, RATE))
        own = contradicting_rate(came, back, rate)
        if own:
            found.append(
                Inconsistency(
                    key="報告書の回収率",
                    words=f"報告書の中で、回収{back}件÷出席{came}人は{own}％です。",
                    sources=((report.title, f"回収率 {rate}％"), (report.title, f"回収 {back}件、出席 {came}人")),
                )
            )
    return tuple(found)
