"""年度まとめ: the totals of a year by kind, 支部 and lecture, judged against the numbers of the 仕様書.

Only held events count (``app.events.roster.rules``). While events of a kind are still to come its counts are 実施中,
never short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from app.calendar.dates import short_date, table_date
from app.calendar.periods import parse_period
from app.calendar.wareki import fiscal_year_words
from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.partial_count import PartialCount, sum_event_counts
from app.documents.event_facts import devices_words
from app.event.rules.equipment import consumables_of
from app.event.rules.event_checks import count_units, count_warnings, is_as_long_as_agreed
from app.event.rules.event_warning import WITHIN_TOLERANCE
from app.event.rules.expected_attendance import people_warnings
from app.events.roster.rules import RecordCounts, attended_entries, organisation_count_key
from app.programme.rules import (
    GUIDES,
    NETWORK,
    PROPOSED,
    SUPPLIES,
    SURVEYED,
    about,
    hours_words,
    join_clauses,
    people_words,
    planned_words,
)
from app.surveys.compare.documents import InterimEvent
from app.surveys.questions.rules import percent
from db.record import record
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind, Kind
from db.records.roster import Entry
from db.records.venues import Network
from db.records.year.practices import Requirement
from db.records.year.summary import YearReason

Verdict = Literal[
    "期間内", "期間外", "範囲内", "程度の内", "範囲外", "期限内", "期限後", "一致", "相違", "配置", "不足", "実施",
    "未実施",
    "実施中", "実施前", "期限前", "記録なし", "準備", "人が確認",
]  # fmt: skip
DEVIATING: frozenset[Verdict] = frozenset({"期間外", "範囲外", "期限後", "相違", "不足", "未実施"})
"""Verdicts that deviate from the 仕様書, for which the document requires a reason or a 協議."""
PENDING: frozenset[Verdict] = frozenset({"実施中", "実施前", "期限前", "記録なし", "人が確認"})

PERIOD, COUNT, PEOPLE, MINUTES = "実施期間", "実施回数", "各回の人数", "実施時間"
TOLD, MATERIALS, REPORT = "人数の連絡", "資料の確認", "実施報告書"


@record
class DutyRecord:
    """One contractual task of one event, with its last day in time and the day it was done (None = open).

    ``ended_on`` is the day on which it ended without a record: nobody can do it any more, and lateness grows no
    further.
    """

    limit: date
    done_on: date | None
    ended_on: date | None = None

    def late_days(self, today: date) -> int:
        """Return how many days it was or is late; 0 = in time, or still open in time."""
        return max(((self.done_on or self.ended_on or today) - self.limit).days, 0)


@record
class HeldEventFacts:
    """The facts of one held event for the comparison; ``numbers`` are those of its day.

    ``people`` None = not recorded. ``headcount_notice``, ``material_check``, ``report`` None = not required.
    ``responses`` None = a kind without アンケート. ``corrected``: a correction of the report was requested.
    ``router``: one is on the list of 機材. ``lent``, ``own``: devices used on the day, None = not recorded;
    ``unknown_devices``: people who came without a recorded device. ``copies``: of each handout how many were
    printed and handed out. ``supplies``: 模造紙, 付箋 and マーカー on the list with their number, and whether
    they were checked before the day.
    """

    event: Event
    numbers: EventKind
    people: int | None
    minutes: int
    headcount_notice: DutyRecord | None
    material_check: DutyRecord | None
    report: DutyRecord | None
    responses: int | None
    corrected: bool
    network: Network
    router: bool
    lent: int | None
    own: int | None
    unknown_devices: int
    copies: tuple[tuple[int | None, int | None], ...]
    supplies: tuple[tuple[str, str, bool], ...]


@record
class KindContext:
    """One kind of event as of a day, with its numbers, the held events, and whether more are to come.

    ``requirements`` are the sentences of its year; ``has_lecture_handouts``: a visit may use those of the lectures.
    """

    numbers: EventKind
    held_events: tuple[HeldEventFacts, ...]
    has_more_to_come: bool
    today: date
    requirements: tuple[Requirement, ...] = ()
    has_lecture_handouts: bool = False


@record
class EventValue:
    """The value of one event behind a number; ``deviates`` = not as the 仕様書 requires."""

    event: Event
    words: str
    deviates: bool = False


@record
class SpecLine:
    """One number of the 仕様書.

    Attributes:
        key: 「講習会/各回の人数」.
        group, item, spec, clause: what the 仕様書 requires.
        actual: what was held.
        verdict: the judgement.
        event_values: the events it was counted from.
    """

    key: str
    group: str
    item: str
    spec: str
    clause: str
    actual: str
    verdict: Verdict
    event_values: tuple[EventValue, ...] = ()

    @property
    def deviates(self) -> bool:
        """Return whether the verdict requires a reason or a 協議."""
        return self.verdict in DEVIATING

    @property
    def clause_letter(self) -> str:
        """Return the clause within its section (「ウ」「ア・ウ」), for the document; of the 提案書 in full."""
        return self.clause.rsplit(")", 1)[-1] or re.sub(r"^仕\d+", "", self.clause)


def kind_lines(context: KindContext) -> tuple[SpecLine, ...]:
    """Return the lines that compare one kind with the 仕様書, in its order."""
    numbers = context.numbers
    said = {
        row.compare.partition(".")[2]: row
        for row in context.requirements
        if row.compare.partition(".")[0] == numbers.kind
    }
    if not numbers.has_survey:
        said.pop(SURVEYED, None)
    lines = [_period(context), _count(context), _people(context), _minutes(context)]
    if GUIDES in said:
        lines.append(_guides(context, said[GUIDES]))
    if numbers.headcount_period:
        spec = f"{numbers.headcount_period}まで（区の務め）"
        lines.append(_duty_line(context, TOLD, spec, numbers.clause_people, lambda one: one.headcount_notice))
    if numbers.material_period:
        spec = f"{numbers.material_period}まで"
        if numbers.form.at_organisation and context.has_lecture_handouts:
            spec = f"別の資料は{numbers.material_period}まで"
        lines.append(_duty_line(context, MATERIALS, spec, numbers.clause_material, lambda one: one.material_check))
    lines += [make(context, said[name]) for name, make in _BY_SENTENCE.items() if name in said]
    report = _duty_line(
        context,
        REPORT,
        parse_period(numbers.report_period).duty_words,
        numbers.clause_report,
        lambda one: one.report,
        unit="件",
    )
    corrected = sum(one.corrected for one in context.held_events)
    if corrected:
        report = replace(report, actual=f"{report.actual}（修正依頼{corrected}件）")
    return (*lines, report)


def _line(
    context: KindContext,
    item: str,
    spec: str,
    clause: str,
    actual: str,
    verdict: Verdict,
    event_values: Sequence[EventValue],
    *,
    deviating: Verdict = "範囲外",
) -> SpecLine:
    """Return a line that compares the year's events with the 仕様書.

    Its verdict is 実施前 while no event was held, ``deviating`` if one deviates, else ``verdict``.
    """
    if any(one.deviates for one in event_values):
        verdict = deviating
    return SpecLine(
        key=f"{context.numbers.kind}/{item}",
        group=context.numbers.title,
        item=item,
        spec=spec,
        clause=clause,
        actual=actual,
        verdict=verdict if context.held_events else "実施前",
        event_values=tuple(event_values),
    )


def _day(event: Event) -> date:
    assert event.event_date is not None
    return event.event_date


def _period(context: KindContext) -> SpecLine:
    numbers = context.numbers
    parts = [
        EventValue(
            event=one.event,
            words=table_date(_day(one.event)),
            deviates=not one.numbers.window_start <= _day(one.event) <= one.numbers.window_end,
        )
        for one in context.held_events
    ]
    spec = f"{_plain(numbers.window_start)}から{_plain(numbers.window_end)}まで"
    words = [part.words for part in parts]
    actual = "、".join(words) if len(words) < 3 else f"{words[0]}から{words[-1]}まで"
    return _line(context, PERIOD, spec, numbers.clause_window, actual, "期間内", parts, deviating="期間外")


def _plain(day: date) -> str:
    return table_date(day).split("（")[0]


def _count(context: KindContext) -> SpecLine:
    """Return the line on how many events were held."""
    numbers, events = context.numbers, [one.event for one in context.held_events]
    days = len({event.event_date for event in events})
    whole = "" if numbers.counted.by_organisation else "全"
    spec = f"{whole}{planned_words(numbers)}"
    actual, clause = f"{count_units(events, numbers)}{numbers.planned_unit}", numbers.clause_planned
    if numbers.days is not None:
        spec, actual = f"{numbers.days}日間{about(numbers.strict)}・{spec}", f"{days}日間・{actual}"
        clause = join_clauses((numbers.clause_window, numbers.clause_planned))
    found = count_warnings(events, numbers, final=not context.has_more_to_come)
    word: Verdict = "一致" if numbers.strict else "範囲内"
    if any(one.needs != WITHIN_TOLERANCE for one in found):
        word = "相違" if numbers.strict else "範囲外"
    elif found:
        word = "程度の内"
    elif context.has_more_to_come:
        word = "実施中"
    parts = [EventValue(event=event, words=table_date(_day(event))) for event in events]
    item = COUNT if numbers.days is None else f"日数・{'団体' if numbers.counted.by_organisation else '回数'}"
    return _line(context, item, spec, clause, actual if events else "", word, parts)


def _people(context: KindContext) -> SpecLine:
    """Return the line on how many people came to each event; 記録なし while one is not recorded and none is 範囲外."""
    word: Verdict = "範囲内"
    parts = []
    for one in context.held_events:
        warned = people_warnings(one.numbers, one.people) if one.people is not None else ()
        word = "程度の内" if warned else word
        off = any(warning.needs != WITHIN_TOLERANCE for warning in warned)
        words = "記録なし" if one.people is None else f"{one.people}人"
        parts.append(EventValue(event=one.event, words=words, deviates=off))
    known = [one.people for one in context.held_events if one.people is not None]
    actual = ""
    if known:
        span = "、".join(f"{count}人" for count in known)
        if len(known) > 2:
            span = f"{min(known)}人から{max(known)}人" if min(known) < max(known) else f"各回{known[0]}人"
        actual = f"{span}（延べ{sum_event_counts(one.people for one in context.held_events).words_in_brackets('人')}）"
    if len(known) < len(parts):
        word = "記録なし"
    return _line(context, PEOPLE, people_words(context.numbers), context.numbers.clause_people, actual, word, parts)


def _minutes(context: KindContext) -> SpecLine:
    parts = [
        EventValue(
            event=one.event,
            words=f"{one.minutes}分",
            deviates=not is_as_long_as_agreed(one.minutes, one.numbers),
        )
        for one in context.held_events
    ]
    lengths = sorted({one.minutes for one in context.held_events})
    actual = ""
    if len(lengths) == 1:
        actual = f"{len(parts)}回とも{lengths[0]}分" if len(parts) > 1 else f"{lengths[0]}分"
    elif lengths:
        actual = f"{lengths[0]}分から{lengths[-1]}分"
    spec = f"各回{hours_words(context.numbers)}"
    return _line(context, MINUTES, spec, context.numbers.clause_minutes, actual, "範囲内", parts)


def _guides(context: KindContext, row: Requirement) -> SpecLine:
    """Return the line on how many facilitators each event had."""
    parts, known = [], []
    for one in context.held_events:
        groups, guides, said = one.event.groups, one.event.facilitators, "記録なし"
        if groups is not None and guides is not None:
            known.append((groups, guides))
            said = f"{groups}グループに{guides}人"
        parts.append(
            EventValue(event=one.event, words=said, deviates=bool(groups and guides is not None and guides < groups))
        )
    unknown = len(parts) - len(known)
    actual = f"{sum(a for a, _b in known)}グループに{sum(b for _a, b in known)}人" if known else ""
    if known and unknown:
        actual += f"（{unknown}回 記録なし）"
    word: Verdict = "記録なし" if unknown else "配置"
    return _line(context, row.item, row.text, row.clause, actual, word, parts, deviating="不足")


def _supplies(context: KindContext, row: Requirement) -> SpecLine:
    """Return the line on handouts (人数分) and, for a 意見交換会, on 模造紙, 付箋 and マーカー.

    消耗品 count as listed among 機材 and checked before the day; other kinds need handouts alone.
    """
    with_supplies = context.numbers.form.in_groups
    asked = [one for one in context.held_events if one.copies or with_supplies]
    parts, unknown = [], False
    for one in asked:
        few = one.people is not None and any(
            max(printed or 0, handed or 0) < one.people
            for printed, handed in one.copies
            if (printed, handed) != (None, None)
        )
        words, lacking, none = _supply_words(one) if with_supplies else ("", False, False)
        unknown = unknown or lacking or not one.copies or one.people is None or (None, None) in one.copies
        copies = join_nonempty(_copy_words(one), words)
        parts.append(EventValue(event=one.event, words=copies, deviates=few or none))
    actual = "該当なし" if context.held_events and not asked else _copy_sums(asked)
    if with_supplies and asked:
        whole = sum(not _supply_words(one)[1] for one in asked)
        actual = join_nonempty(actual, f"消耗品 {whole}／{len(asked)}回", separator="・")
    word: Verdict = "記録なし" if unknown and asked else "準備"
    return _line(context, row.item, row.text, row.clause, actual, word, parts, deviating="不足")


def _copy_sums(asked: Sequence[HeldEventFacts]) -> str:
    """Return 「印刷242部・配布199部」 over all handouts; unrecorded numbers are left out."""
    sums = []
    for title, place in (("印刷", 0), ("配布", 1)):
        known = [count for one in asked for pair in one.copies if (count := pair[place]) is not None]
        sums += [f"{title}{sum(known)}部"] if known else []
    return "・".join(sums)


def _copy_words(facts: HeldEventFacts) -> str:
    """Return 「資料3種　印刷 19部　配布 16部　出席 16人」, or each handout's numbers where they differ."""
    said = []
    for title, place in (("印刷", 0), ("配布", 1)):
        known = [pair[place] for pair in facts.copies]
        if all(count is None for count in known):
            continue
        each = known[:1] if len(set(known)) == 1 else known
        said.append(f"{title} {'・'.join('記録なし' if count is None else f'{count}部' for count in each)}")
    came = "出席 記録なし" if facts.people is None else f"出席 {facts.people}人"
    return (
        f"資料{len(facts.copies)}種　{'　'.join(said) or '部数の記録なし'}　{came}"
        if facts.copies
        else "資料の記録なし"
    )


def _supply_words(facts: HeldEventFacts) -> tuple[str, bool, bool]:
    """Return 「模造紙 6枚　付箋 18人分　マーカー 4」, whether one is not recorded, and whether one is recorded as 0."""
    seen = [(name, number) for name, number, checked in facts.supplies if checked]
    wanted = consumables_of(facts.numbers)
    lacking = [name for name in wanted if not any(name in known for known, _number in seen)]
    words = "　".join((*(f"{name} {number}" for name, number in seen), *(f"{name} 記録なし" for name in lacking)))
    return words, bool(lacking), any(re.match(r"0(?!\d)", number.strip()) for _name, number in seen)


def _network(context: KindContext, row: Requirement) -> SpecLine:
    """Return the line on network and devices; a 派遣 without a network needs a router."""
    parts, counts, devices = [], dict.fromkeys(("あり", "ルーター", "なし", "記録なし"), 0), PartialCount(known=0)
    unknown = False
    for one in context.held_events:
        by_router = one.network.is_absent and one.event.form.at_organisation and one.router
        word = (
            "ルーター"
            if by_router
            else {Network.PRESENT: "あり", Network.ABSENT: "なし", Network.UNKNOWN: "記録なし"}[one.network]
        )
        counts[word] += 1
        used = _devices(one)
        devices += used
        unknown = unknown or one.network.is_unknown or used.exact is None
        parts.append(EventValue(event=one.event, words=f"{word}　{_device_words(one, used)}", deviates=word == "なし"))
    had = "・".join(f"{word}{count}回" for word, count in counts.items() if count)
    # With no record at all the column is empty, as for every number without a record.
    told = devices.has_number or devices.unknown
    actual = f"{had}　端末{'延べ' if devices.has_number else ' '}{devices.words('台')}" if told and parts else had
    judged: Verdict = "記録なし" if unknown else "準備"
    return _line(context, row.item, row.text, row.clause, actual, judged, parts, deviating="不足")


def _devices(facts: HeldEventFacts) -> PartialCount:
    """Return how many devices were used at an event, lent and brought."""
    known = [count for count in (facts.lent, facts.own) if count is not None]
    if not known:
        return PartialCount(missing=1)
    return PartialCount(known=sum(known), unknown=facts.unknown_devices, missing=int(len(known) == 1))


def _device_words(facts: HeldEventFacts, used: PartialCount) -> str:
    """Return 「貸与 5台　持参 8台」, with the number of people whose device is unknown."""
    if not used.has_number:
        return f"端末 {used.words('台')}"
    said = [
        f"{title} {'記録なし' if count is None else devices_words(count, facts.unknown_devices)}"
        for title, count in (("貸与", facts.lent), ("持参", facts.own))
    ]
    return "　".join([*said, *([f"未確認 {facts.unknown_devices}人"] if facts.unknown_devices else [])])


def _duty_line(
    context: KindContext,
    item: str,
    spec: str,
    clause: str,
    pick: Callable[[HeldEventFacts], DutyRecord | None],
    *,
    unit: str = "回",
) -> SpecLine:
    """Return the line of a task with a deadline, counting those done in time among those required."""
    today = context.today
    asked = [(one.event, kept) for one in context.held_events if (kept := pick(one)) is not None]
    parts = []
    for event, kept in asked:
        late = kept.late_days(today)
        words = (
            short_date(kept.done_on, today)
            if kept.done_on is not None
            else f"まだ（期限 {short_date(kept.limit, today)}）"
        )
        if kept.done_on is None and kept.ended_on is not None:
            words = "連絡の記録なし"
        parts.append(
            EventValue(
                event=event,
                words=f"{words}　{late}日遅れ" if late and kept.ended_on is None else words,
                deviates=late > 0,
            )
        )
    done = sum(kept.done_on is not None and not kept.late_days(today) for _event, kept in asked)
    some = "該当" if len(asked) < len(context.held_events) else ""
    actual = f"{some}{len(asked)}{unit}のうち{done}{unit}" if asked else "該当なし" if context.held_events else ""
    word: Verdict = "期限前" if any(kept.done_on is None for _event, kept in asked) else "期限内"
    return _line(context, item, spec, clause, actual, word, parts, deviating="期限後")


def _survey(context: KindContext, row: Requirement) -> SpecLine:
    """Return the line of responses by attendance; without any, 未実施 once the report is due."""
    parts, waiting = [], False
    for one in context.held_events:
        sheets = one.responses or 0
        due = one.report is not None and context.today > one.report.limit
        waiting = waiting or (not sheets and not due)
        of = count_words(one.people, "人中 ")
        parts.append(EventValue(event=one.event, words=f"{of}{sheets}件", deviates=not sheets and due))
    # A share covers events of which both numbers are known; other responses are shown apart from it.
    known = [one for one in context.held_events if one.people is not None]
    came, returned = sum(one.people or 0 for one in known), sum(one.responses or 0 for one in known)
    # More responses than people: one of both is wrong, as in the tally of an event.
    share = f"（{percent(returned, came)}％）" if came > 0 and returned <= came else ""
    others = sum(one.responses or 0 for one in context.held_events) - returned
    apart = f"・出席の記録がない{len(parts) - len(known)}回 {others}件" if len(known) < len(parts) else ""
    actual = f"{came}人中 {returned}件{share}{apart}" if known else apart.removeprefix("・")
    word: Verdict = "実施中" if waiting else "実施"
    return _line(context, row.item, row.text, row.clause, actual, word, parts, deviating="未実施")


_BY_SENTENCE = {SUPPLIES: _supplies, NETWORK: _network, SURVEYED: _survey}
"""What counts the figure that a sentence names, in the order of the lines; 進行役 stand with the people."""


def sentence_lines(requirements: Iterable[Requirement]) -> tuple[SpecLine, ...]:
    """Return a line for each sentence that no figure stands beside: a person looks whether it was kept."""
    return tuple(
        SpecLine(
            key=f"契約/{row.item}",
            group="契約",
            item=row.item,
            spec=row.text,
            clause=row.clause,
            actual="",
            verdict="人が確認",
        )
        for row in requirements
        if not row.compare
    )


def proposal_line(
    *,
    clause: str,
    period: str,
    said: Requirement | None,
    limit: date | None,
    received: date | None,
    provisional: str,
    today: date,
) -> SpecLine:
    """Return the line of the 提案書.

    Args:
        said: the sentence of the contract about it, None = it is called 提案書 alone.
        limit: the last day in time, None = no event is known. received: when it came, None = not yet.
        provisional: 「仮 …」 while an event is undecided.
    """
    word: Verdict = "実施前" if limit is None or provisional else "期限前"
    actual = provisional or (f"期限 {table_date(limit)}" if limit is not None else "")
    if received is not None:
        actual = f"{table_date(received)}受領"
        word = "期限後" if limit is not None and received > limit else "期限内"
    elif limit is not None and not provisional and today > limit:
        word = "期限後"
    return SpecLine(
        key=f"{PROPOSED}/{PROPOSED}",
        group=said.item if said is not None else PROPOSED,
        item=PROPOSED,
        spec=(said.text if said is not None else "") or f"全事業終了後{period}",
        clause=clause,
        actual=actual,
        verdict=word,
    )


def blocking_reason(line: SpecLine) -> str:
    """Return why the document is blocked (「講習会の各回の人数が「範囲外」です（第3回 …：8人）。」)."""
    named = "、".join(f"{part.event.full_title}：{part.words}" for part in line.event_values if part.deviates)
    return f"「{line.group}」の{line.item}が「{line.verdict}」です{f'（{named}）' if named else ''}。"


NO_BRANCH = "支部なし"
EVENTS, VISITS, PEOPLE_ONCE = "実施", "延べ人数", "実人数"
GROUP_VISITS, GROUPS_ONCE, FIRST = "延べ団体", "実団体", "初参加"
PLANNED, UNDECIDED, APPLIED = "予定", "未定", "申込"
ITEMS = (EVENTS, VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE, FIRST)
"""The numbers that may be given for an earlier year, by kind."""
UNITS: Mapping[str, str] = {
    EVENTS: "回", VISITS: "人", PEOPLE_ONCE: "人", GROUP_VISITS: "団体", GROUPS_ONCE: "団体", FIRST: "人",
    PLANNED: "回", UNDECIDED: "回", APPLIED: "人",
}  # fmt: skip
TOTAL = "計"
COUNTED_BY_EVENT = (VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE)
"""Numbers summed over events, which lack every unrecorded event."""
UNKNOWN_CHANGE = "不明"
"""Shown in place of a change to a partly unknown number."""

_REPEAT = re.compile(r"[（(][^（）()]*回目[）)]$")


@record
class EarlierNumber:
    """One number of the year before, with its source and the last day counted (None = the whole year)."""

    number: int
    source: str
    day: date | None = None
    is_typed: bool = False

    @property
    def source_words(self) -> str:
        """Return the source, with the last day counted where that is not the end of the year."""
        return f"{self.source}、{table_date(self.day)}までの数" if self.day is not None else self.source

    def change(self, now: int) -> str:
        """Return the change to it (「+5」「−3」「変更なし」)."""
        return change_words(self.number, now)


def change_words(before: int, now: int) -> str:
    """Return the change of a number in words (「+5」「−3」「変更なし」)."""
    if now == before:
        return "変更なし"
    return f"+{now - before}" if now > before else f"−{before - now}"


@record
class FirstTimers:
    """Record of the entries and 団体 that came for the first time, by event id.

    ``are_people_known`` False = names of an earlier year were erased, so that people cannot be recognised.
    """

    entries: Mapping[int, tuple[Entry, ...]]
    groups: Mapping[int, tuple[int | str, ...]]
    are_people_known: bool = True

    def people(self, events: Sequence[Event]) -> int | None:
        """Return how many people of the events came for the first time, each counted once; None = unknown."""
        if not self.are_people_known:
            return None
        return sum(len(self.entries.get(event.id, ())) for event in events)

    def group_count(self, events: Sequence[Event]) -> int:
        """Return how many 団体 came for the first time."""
        return sum(len(self.groups.get(event.id, ())) for event in events)


def find_first_timers(
    held: Sequence[Event],
    entries: Mapping[int, Sequence[Entry]],
    *,
    people_before: Collection[int],
    groups_before: Collection[int | str],
    erased: Collection[int],
) -> FirstTimers | None:
    """Return who came for the first time in all records; None without the attendance of an earlier year.

    Args:
        held: the events of the year, in any order.
        people_before, groups_before: everybody who attended in an earlier year, and the 団体 of all of them.
        erased: people whose names were erased before the end of the year. They cannot be recognised when they return:
            with one of them in ``people_before`` only the 団体 are returned, and ``are_people_known`` is False.
    """
    if not people_before and not groups_before:
        return None
    people, groups = set(people_before), set(groups_before)
    new_people = {}
    new_groups = {}
    for event in sorted(held, key=lambda one: (one.event_date or date.max, one.start_time, one.id)):
        came = attended_entries(entries.get(event.id, ()))
        # An entry without a person counts as nobody new: nobody can be recognised.
        firsts = {one.person_id: one for one in came if one.person_id is not None and one.person_id not in people}
        new_people[event.id] = tuple(firsts.values())
        own = {organisation_count_key(one): None for one in came if organisation_count_key(one)}
        new_groups[event.id] = tuple(group for group in own if group not in groups)
        people |= set(firsts)
        groups |= set(own)
    known = not any(one in erased for one in people_before)
    return FirstTimers(entries=new_people if known else {}, groups=new_groups, are_people_known=known)


@record
class KindFigures:
    """The numbers of one kind of event, or of all together (``kind`` None).

    Attributes:
        name, short_name: as shown, and in narrow places.
        spec_words, window_words: 「7回程度」, 「9/1–12/25」.
        planned, undecided: future events with a day, and without.
        per_event: people of each held event, by date.
        people_spec: 「10人から20人程度」.
        counts: of the held events.
        applied: who had applied to them.
        first, first_groups: first-time people and 団体, None = unknown.
        earlier: 延べ人数 of the year before.
        outlook: the expected result.
        is_as_specified: whether that is as the 仕様書 requires; None = not known yet.
    """

    kind: Kind | None
    form: EventForm | None
    name: str
    short_name: str
    spec_words: str
    window_words: str
    planned: int
    undecided: int
    per_event: tuple[int, ...]
    people_spec: str
    counts: RecordCounts
    applied: PartialCount
    first: int | None
    first_groups: int | None
    earlier: EarlierNumber | None
    outlook: str
    is_as_specified: bool | None

    @property
    def is_total(self) -> bool:
        """Return whether it is of all kinds together."""
        return self.kind is None

    @property
    def id(self) -> str:
        """Return the id of the row."""
        return self.kind or TOTAL

    def number(self, item: str) -> int | None:
        """Return the number with this name; None = unknown."""
        known = {
            PLANNED: self.planned, UNDECIDED: self.undecided, APPLIED: self.applied.known, FIRST: self.first,
        }  # fmt: skip
        return known[item] if item in known else count_of(self.counts, item)

    def printable_number(self, item: str) -> PartialCount | None:
        """Return the number of ``item`` for printing, as a minimum where events are unrecorded; None = it has none."""
        number = self.number(item)
        if item == APPLIED or number is None:
            return self.applied if item == APPLIED else None
        if item == GROUP_VISITS:
            return self.counts.counted_groups(number)
        if item in (PEOPLE_ONCE, GROUPS_ONCE):
            return self.counts.counted_once(number)
        return self.counts.counted(number) if item in COUNTED_BY_EVENT else PartialCount(known=number)


def count_of(counts: RecordCounts, item: str) -> int | None:
    """Return one number of some events by name; None where rosters cannot tell it (初参加; 実 without a roster)."""
    known = {
        EVENTS: counts.events, VISITS: counts.visits, PEOPLE_ONCE: counts.counted_once(counts.people).known,
        GROUP_VISITS: counts.group_visits, GROUPS_ONCE: counts.counted_once(counts.groups).known,
    }  # fmt: skip
    return known.get(item)


@record
class BranchFigures:
    """Record of the figures of one 支部, or of all (計): its registered 団体, and attendance by rosters."""

    name: str
    registered: int
    counts: RecordCounts
    first: int | None
    is_total: bool = False

    @property
    def id(self) -> str:
        """Return the id of the row."""
        return self.name


@record
class EventAttendance:
    """How many came to one held event (None = not recorded), with the people that the contract asks for on its day."""

    event: Event
    people: int | None
    lowest: int
    highest: int

    @property
    def id(self) -> int:
        """Return the id of its event."""
        return self.event.id


@record
class LectureFigures:
    """One kind of lecture: how often it was held and its 延べ人数, of the year before and now.

    ``before``, ``visits_before``: of the year before, None = not recorded; ``events``, ``visits``: of this year.
    ``responses`` is n of its events with a tally, ``satisfied`` their 満足計, None without one.
    """

    name: str
    before: int | None
    visits_before: int | None
    events: int
    visits: PartialCount
    responses: int
    satisfied: int | None


def lecture_item(name: str) -> str:
    """Return the item name for the typed 延べ人数 of a lecture in an earlier year (「延べ人数　LINE講習会」)."""
    return f"{VISITS}　{name}"


def lecture_name(subject: str) -> str:
    """Return a lecture's name without 「（2回目）」, so that both count as one kind."""
    return _REPEAT.sub("", subject.strip())


@record
class DeviationReason:
    """Why a number deviates from the 仕様書: ``words``, and in ``agreement`` the number of the 協議 that settled it.

    ``record`` is the typed reason, None = taken from the exception reasons of the events.
    """

    words: str
    agreement: str = ""
    record: YearReason | None = None

    @property
    def full_words(self) -> str:
        """Return the reason in full (「協議 第3号　申込みが多かった」)."""
        return join_nonempty(self.agreement and f"協議 {self.agreement}", self.words)


@record
class JudgedLine:
    """One judged number with the year before and, if it deviates, its reason (None = none yet)."""

    line: SpecLine
    earlier: EarlierNumber | None = None
    change: str = ""
    reason: DeviationReason | None

    @property
    def id(self) -> str:
        """Return the id of the row."""
        return self.line.key

    @property
    def blocks_document(self) -> bool:
        """Return whether the line keeps 年間実績総括 from being made: it deviates and no reason is given."""
        return self.line.deviates and self.reason is None


@record
class Satisfaction:
    """満足計 over all events with a tally, and by event and date; ``satisfaction`` of an event None = no 満足計."""

    events: tuple[InterimEvent, ...] = ()

    @property
    def responses(self) -> int:
        """Return n, the responses of all events that asked."""
        return sum(one.satisfaction.base for one in self.events if one.satisfaction is not None)

    @property
    def satisfied(self) -> int:
        """Return the people who are satisfied, summed before the share is computed."""
        return sum(one.satisfaction.sum_count for one in self.events if one.satisfaction is not None)

    @property
    def open_responses(self) -> int:
        """Return how many responses belong to events whose tally is not fixed yet."""
        return sum(
            one.satisfaction.base for one in self.events if one.satisfaction is not None and one.frozen_on is None
        )

    @property
    def share(self) -> str:
        """Return how many were satisfied in percent (「83.5」), "" without responses."""
        return percent(self.satisfied, self.responses) if self.responses else ""

    @property
    def words(self) -> str:
        """Return the sentence 「参加者の満足計は133件中111人（83.5％）。」, with how many may still change."""
        if not self.responses:
            return ""
        still_open = fill_nonempty("（うち{}件は確定前）", self.open_responses)
        return f"参加者の満足計は{self.responses}件{still_open}中{self.satisfied}人（{self.share}％）。"


@record
class YearSummary:
    """Everything of 年度まとめ as of ``today``.

    ``total`` counts people and 団体 of several kinds once; ``attendance`` are the held events by date, ``basis`` the
    clauses it is compared with, ``unsurveyed`` the kinds without a survey, ``lecture_names`` those that are lectures.
    """

    programme_id: int
    fiscal_year: int
    today: date
    kinds: tuple[KindFigures, ...]
    total: KindFigures
    attendance: tuple[EventAttendance, ...]
    branches: tuple[BranchFigures, ...]
    branch_total: BranchFigures
    lines: tuple[JudgedLine, ...]
    satisfaction: Satisfaction
    basis: str
    unsurveyed: tuple[str, ...]
    lecture_names: str
    lectures: tuple[LectureFigures, ...]
    lectures_source: str
    record_line: str
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the year in words (「令和8年度」)."""
        return fiscal_year_words(self.fiscal_year)

    @property
    def line_to_copy(self) -> str:
        """Return the text for 議会 and budget: the record line with its day, and behind it the sentence on 満足計."""
        return f"{self.record_line}{self.satisfaction.words}"

    @property
    def blocking_lines(self) -> tuple[JudgedLine, ...]:
        """Return the lines that keep 年間実績総括 from being made, as a reason is missing."""
        return tuple(one for one in self.lines if one.blocks_document)
