"""The numbers of the 仕様書 beside what was held, one line a number, each with its judgement.

``kind_lines(ground) -> tuple[SpecLine, ...]`` for one kind of event; ``proposal_line(…)`` for the 提案書.
Only what was held counts. While something of a kind is still to come its counts are 実施中, never short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from app.calendar.dates import short_date, table_date
from app.common.counted import Counted, counted_of_events
from app.common.together import together
from app.papers.event_facts import devices_words
from app.subjects.events.event.rules.attendance import people_warnings, people_words
from app.subjects.events.event.rules.closing_deadlines import CLAUSE_PROPOSAL
from app.subjects.events.event.rules.equipment import SUPPLY_NAMES
from app.subjects.events.event.rules.event_checks import LONGEST_MINUTES, SHORTEST_MINUTES, count_warnings
from app.subjects.events.event.rules.event_warning import WITHIN_ABOUT
from app.subjects.surveys.questions.rules.tally_result import percent
from db.frozen_record import frozen_record
from db.records.events import Event, Network
from db.records.programme import Kind, KindNumbers

Word = Literal[
    "期間内", "期間外", "範囲内", "程度の内", "範囲外", "期限内", "期限後", "一致", "相違", "配置", "不足", "実施",
    "未実施",
    "実施中", "実施前", "期限前", "記録なし", "準備",
]  # fmt: skip
OFF: Final[frozenset[Word]] = frozenset({"期間外", "範囲外", "期限後", "相違", "不足", "未実施"})
"""What is not as the 仕様書 has it: the paper asks for a reason or a 協議."""
PENDING: Final[frozenset[Word]] = frozenset({"実施中", "実施前", "期限前", "記録なし"})

GROUPS: Final[dict[Kind, str]] = {
    "講習会": "デジタル活用講習会", "派遣": "アドバイザー派遣による個別支援", "意見交換会": "デジタル意見交換会",
}  # fmt: skip
PROPOSAL_GROUP: Final = "次年度実施案および支援方針の提案"
PERIOD, COUNT, PEOPLE, MINUTES = "実施期間", "実施回数", "各回の人数", "実施時間"
TOLD, MATERIALS, SURVEY, REPORT, GUIDES = "人数の連絡", "資料の確認", "アンケート", "実施報告書", "進行役"
NETWORK, SUPPLIES = "接続数", "消耗品"
PROPOSAL: Final = "提案書"


@frozen_record
class KeptDuty:
    """One duty of one event: the last day that is not late, and the day it was done (None = open).

    ``ended`` is the day on which it ended without a record: nobody can do it any more, and it grows no later.
    """

    limit: date
    on: date | None
    ended: date | None = None

    def late_days(self, today: date) -> int:
        """How many days it was late, or is late today; 0 = in time, or still open in time."""
        return max(((self.on or self.ended or today) - self.limit).days, 0)


@frozen_record
class HeldFact:
    """What one held event has to show; ``numbers`` are those of its day.

    ``people`` None = not recorded. ``told``, ``materials``, ``report`` None = not asked for. ``sheets`` None = a kind
    without アンケート. ``corrected``: the report was asked back. ``router``: one stands on the list of 機材. ``lent``,
    ``own``: devices used on the day, None = not recorded; ``unasked``: who came and of whose device nothing is noted.
    ``copies``: of each handout how many were printed and handed out. ``supplies``: 模造紙, 付箋
    and マーカー on the list with their number, and whether they were seen before the day.
    """

    event: Event
    numbers: KindNumbers
    people: int | None
    minutes: int
    told: KeptDuty | None
    materials: KeptDuty | None
    report: KeptDuty | None
    sheets: int | None
    corrected: bool
    network: Network
    router: bool
    lent: int | None
    own: int | None
    unasked: int
    copies: tuple[tuple[int | None, int | None], ...]
    supplies: tuple[tuple[str, str, bool], ...]


@frozen_record
class KindGround:
    """One kind of event up to a day: its ``numbers`` of that day, what was ``held`` by date, whether ``more`` is to
    come."""

    numbers: KindNumbers
    held: tuple[HeldFact, ...]
    more: bool
    today: date


@frozen_record
class EventPart:
    """One event behind a number, and what it has there; ``off`` = not as the 仕様書 has it."""

    event: Event
    words: str
    off: bool = False


@frozen_record
class SpecLine:
    """One number of the 仕様書.

    Attributes:
        key: 「講習会/各回の人数」. group, item, spec, clause: what the 仕様書 asks. actual: what was held.
        word: the judgement. parts: the events it was counted from.
    """

    key: str
    group: str
    item: str
    spec: str
    clause: str
    actual: str
    word: Word
    parts: tuple[EventPart, ...] = ()

    @property
    def off(self) -> bool:
        """Whether the judgement asks for a reason or a 協議."""
        return self.word in OFF

    @property
    def letter(self) -> str:
        """The clause within its section (「ウ」「ア・ウ」), as the paper has it; that of the 提案書 whole."""
        return self.clause.rsplit(")", 1)[-1] or self.clause.removeprefix("仕4")


def kind_lines(ground: KindGround) -> tuple[SpecLine, ...]:
    """Return the lines of one kind in the order of the 仕様書."""
    lines = [_period(ground), _count(ground), _people(ground), _minutes(ground)]
    if ground.numbers.kind == "意見交換会":
        lines.append(_guides(ground))
    numbers = ground.numbers
    lines.append(
        _kept(ground, TOLD, f"{numbers.headcount_period}まで（区の務め）", numbers.clause_people, lambda one: one.told)
    )
    spec = f"{numbers.material_period}まで（双方）"
    if numbers.kind == "派遣":
        spec = f"別の資料は{numbers.material_period}まで"
    lines.append(_kept(ground, MATERIALS, spec, numbers.clause_material, lambda one: one.materials))
    lines += [_supplies(ground), _network(ground)]
    if numbers.has_survey:
        lines.append(_survey(ground))
    report = _kept(
        ground, REPORT, f"終了後{numbers.report_period}", numbers.clause_report, lambda one: one.report, unit="件"
    )
    corrected = sum(one.corrected for one in ground.held)
    if corrected:
        report = replace(report, actual=f"{report.actual}（修正依頼{corrected}件）")
    return (*lines, report)


def _line(
    ground: KindGround, item: str, spec: str, clause: str, actual: str, word: Word, parts: Sequence[EventPart]
) -> SpecLine:
    kind = ground.numbers.kind
    return SpecLine(
        key=f"{kind}/{item}",
        group=GROUPS[kind],
        item=item,
        spec=spec,
        clause=clause,
        actual=actual,
        word=word if ground.held else "実施前",
        parts=tuple(parts),
    )


def _day(event: Event) -> date:
    assert event.event_date is not None
    return event.event_date


def _period(ground: KindGround) -> SpecLine:
    numbers = ground.numbers
    parts = [
        EventPart(
            event=one.event,
            words=table_date(_day(one.event)),
            off=not one.numbers.window_start <= _day(one.event) <= one.numbers.window_end,
        )
        for one in ground.held
    ]
    spec = f"{_plain(numbers.window_start)}から{_plain(numbers.window_end)}まで"
    words = [part.words for part in parts]
    actual = "、".join(words) if len(words) < 3 else f"{words[0]}から{words[-1]}まで"
    word: Word = "期間外" if any(part.off for part in parts) else "期間内"
    return _line(ground, PERIOD, spec, numbers.clause_window, actual, word, parts)


def _plain(day: date) -> str:
    return table_date(day).split("（")[0]


def _count(ground: KindGround) -> SpecLine:
    numbers, events = ground.numbers, [one.event for one in ground.held]
    days = len({event.event_date for event in events})
    about = "" if numbers.strict else "程度"
    whole = "全" if numbers.planned_unit == "回" else ""
    spec = f"{whole}{numbers.planned}{numbers.planned_unit}{about}"
    actual, clause = f"{len(events)}回", numbers.clause_planned
    if numbers.days is not None:
        units = f"{len(events)}回"
        if numbers.planned_unit == "団体":
            units = f"{len({event.organisation_id or event.organisation_name or event.id for event in events})}団体"
        spec, actual = f"{numbers.days}日間{about}・{spec}", f"{days}日間・{units}"
        clause = f"{numbers.clause_window}・{numbers.clause_planned.rsplit(')', 1)[-1]}"
    found = count_warnings(events, numbers, final=not ground.more)
    word: Word = "一致" if numbers.strict else "範囲内"
    if any(one.needs != WITHIN_ABOUT for one in found):
        word = "相違" if numbers.strict else "範囲外"
    elif found:
        word = "程度の内"
    elif ground.more:
        word = "実施中"
    parts = [EventPart(event=event, words=table_date(_day(event))) for event in events]
    item = COUNT if numbers.days is None else f"日数・{'団体' if numbers.planned_unit == '団体' else '回数'}"
    return _line(ground, item, spec, clause, actual if events else "", word, parts)


def _people(ground: KindGround) -> SpecLine:
    parts, about = [], False
    for one in ground.held:
        warned = people_warnings(one.numbers, one.people) if one.people is not None else ()
        off = any(warning.needs != WITHIN_ABOUT for warning in warned)
        about = about or bool(warned)
        parts.append(EventPart(event=one.event, words="記録なし" if one.people is None else f"{one.people}人", off=off))
    known = [one.people for one in ground.held if one.people is not None]
    actual = ""
    if known:
        span = "、".join(f"{count}人" for count in known) if len(known) < 3 else f"{min(known)}人から{max(known)}人"
        actual = f"{span}（延べ{counted_of_events(one.people for one in ground.held).inside('人')}）"
    word: Word = "範囲外" if any(part.off for part in parts) else "程度の内" if about else "範囲内"
    if len(known) < len(parts):
        word = "記録なし"
    return _line(ground, PEOPLE, people_words(ground.numbers), ground.numbers.clause_people, actual, word, parts)


def _minutes(ground: KindGround) -> SpecLine:
    parts = [
        EventPart(
            event=one.event,
            words=f"{one.minutes}分",
            off=one.minutes != one.numbers.minutes and not SHORTEST_MINUTES <= one.minutes <= LONGEST_MINUTES,
        )
        for one in ground.held
    ]
    lengths = sorted({one.minutes for one in ground.held})
    actual = ""
    if len(lengths) == 1:
        actual = f"{len(parts)}回とも{lengths[0]}分" if len(parts) > 1 else f"{lengths[0]}分"
    elif lengths:
        actual = f"{lengths[0]}分から{lengths[-1]}分"
    hours, rest = divmod(ground.numbers.minutes, 60)
    spec = f"各回{hours}時間程度" if not rest else f"各回{ground.numbers.minutes}分程度"
    word: Word = "範囲外" if any(part.off for part in parts) else "範囲内"
    return _line(ground, MINUTES, spec, ground.numbers.clause_minutes, actual, word, parts)


def _guides(ground: KindGround) -> SpecLine:
    parts, unknown = [], False
    for one in ground.held:
        groups, guides = one.event.groups, one.event.facilitators
        unknown = unknown or groups is None or guides is None
        said = "記録なし" if groups is None or guides is None else f"{groups}グループに{guides}人"
        parts.append(
            EventPart(event=one.event, words=said, off=bool(groups and guides is not None and guides < groups))
        )
    sums = [(one.event.groups or 0, one.event.facilitators or 0) for one in ground.held]
    actual = f"{sum(a for a, _b in sums)}グループに{sum(b for _a, b in sums)}人" if parts and not unknown else ""
    word: Word = "不足" if any(part.off for part in parts) else "記録なし" if unknown else "配置"
    return _line(ground, GUIDES, "各グループに配置", ground.numbers.clause_content, actual, word, parts)


def _supplies(ground: KindGround) -> SpecLine:
    """What was printed and handed out of the handouts beside who came (人数分); of a 意見交換会 also 模造紙, 付箋 and
    マーカー.

    消耗品 count as they stood on the list of 機材 and were seen before the day; a kind without them is asked for
    handouts alone.
    """
    with_supplies = ground.numbers.kind == "意見交換会"
    asked = [one for one in ground.held if one.copies or with_supplies]
    parts, unknown = [], False
    for one in asked:
        few = one.people is not None and any(
            max(printed or 0, handed or 0) < one.people
            for printed, handed in one.copies
            if (printed, handed) != (None, None)
        )
        words, lacking, none = _supply_words(one) if with_supplies else ("", False, False)
        unknown = unknown or lacking or not one.copies or one.people is None or (None, None) in one.copies
        said = together(_copy_words(one), words)
        parts.append(EventPart(event=one.event, words=said, off=few or none))
    actual = "該当なし" if ground.held and not asked else _copy_sums(asked)
    if with_supplies and asked:
        whole = sum(not _supply_words(one)[1] for one in asked)
        actual = together(actual, f"消耗品 {whole}／{len(asked)}回", by="・")
    word: Word = "不足" if any(part.off for part in parts) else "記録なし" if unknown and asked else "準備"
    numbers = ground.numbers
    spec, clause = "資料は人数分", numbers.clause_material
    if with_supplies:
        spec, clause = "人数分・模造紙ほか（区）", f"{clause}・{numbers.clause_equipment.rsplit(')', 1)[-1]}"
    return _line(ground, SUPPLIES, spec, clause, actual, word, parts)


def _copy_sums(asked: Sequence[HeldFact]) -> str:
    """「印刷242部・配布199部」 over all handouts; what was not recorded is in no sum."""
    sums = []
    for title, place in (("印刷", 0), ("配布", 1)):
        known = [count for one in asked for pair in one.copies if (count := pair[place]) is not None]
        sums += [f"{title}{sum(known)}部"] if known else []
    return "・".join(sums)


def _copy_words(one: HeldFact) -> str:
    """「資料3種　印刷 19部　配布 16部　出席 16人」, or what each handout has where they differ."""
    said = []
    for title, place in (("印刷", 0), ("配布", 1)):
        known = [pair[place] for pair in one.copies]
        if all(count is None for count in known):
            continue
        each = known[:1] if len(set(known)) == 1 else known
        said.append(f"{title} {'・'.join('記録なし' if count is None else f'{count}部' for count in each)}")
    came = "出席 記録なし" if one.people is None else f"出席 {one.people}人"
    return f"資料{len(one.copies)}種　{'　'.join(said) or '部数の記録なし'}　{came}" if one.copies else "資料の記録なし"


def _supply_words(one: HeldFact) -> tuple[str, bool, bool]:
    """「模造紙 6枚　付箋 18人分　マーカー 4」, whether one of them was not recorded, and whether there
    was none of one."""
    seen = [(name, number) for name, number, checked in one.supplies if checked]
    lacking = [name for name in SUPPLY_NAMES if not any(name in known for known, _number in seen)]
    words = "　".join((*(f"{name} {number}" for name, number in seen), *(f"{name} 記録なし" for name in lacking)))
    return words, bool(lacking), any(re.match(r"0(?!\d)", number.strip()) for _name, number in seen)


def _network(ground: KindGround) -> SpecLine:
    """Whether everybody could be connected, and the devices that were used; where a venue has none, a 派遣 has a
    router."""
    parts, counts, devices = [], dict.fromkeys(("あり", "ルーター", "なし", "記録なし"), 0), Counted(known=0)
    unknown = False
    for one in ground.held:
        by_router = one.network == "無" and one.event.kind == "派遣" and one.router
        word = "ルーター" if by_router else {"有": "あり", "無": "なし", "不明": "記録なし"}[one.network]
        counts[word] += 1
        used = _devices(one)
        devices += used
        unknown = unknown or one.network == "不明" or used.exact is None
        parts.append(EventPart(event=one.event, words=f"{word}　{_device_words(one, used)}", off=word == "なし"))
    said = "・".join(f"{word}{count}回" for word, count in counts.items() if count)
    # Where nothing at all was noted of them the column says nothing of devices, as of every number without a record.
    told = devices.has_number or devices.unknown
    actual = f"{said}　端末{'延べ' if devices.has_number else ' '}{devices.words('台')}" if told and parts else said
    spec = "ないときは受託者が整備" if ground.numbers.kind == "派遣" else "全員が使える環境"
    judged: Word = "不足" if any(part.off for part in parts) else "記録なし" if unknown else "準備"
    return _line(ground, NETWORK, spec, ground.numbers.clause_equipment, actual, judged, parts)


def _devices(one: HeldFact) -> Counted:
    """The devices that were used at an event, lent and brought."""
    known = [count for count in (one.lent, one.own) if count is not None]
    if not known:
        return Counted(missing=1)
    return Counted(known=sum(known), unknown=one.unasked, missing=int(len(known) == 1))


def _device_words(one: HeldFact, used: Counted) -> str:
    """「貸与 5台　持参 8台」, with of how many people nobody knows."""
    if not used.has_number:
        return f"端末 {used.words('台')}"
    said = [
        f"{title} {'記録なし' if count is None else devices_words(count, one.unasked)}"
        for title, count in (("貸与", one.lent), ("持参", one.own))
    ]
    return "　".join([*said, *([f"未確認 {one.unasked}人"] if one.unasked else [])])


def _kept(
    ground: KindGround,
    item: str,
    spec: str,
    clause: str,
    pick: Callable[[HeldFact], KeptDuty | None],
    *,
    unit: str = "回",
) -> SpecLine:
    """A duty with a deadline: how many were done in time, of those that were asked for."""
    today = ground.today
    asked = [(one.event, kept) for one in ground.held if (kept := pick(one)) is not None]
    parts = []
    for event, kept in asked:
        late = kept.late_days(today)
        words = short_date(kept.on, today) if kept.on is not None else f"まだ（期限 {short_date(kept.limit, today)}）"
        if kept.on is None and kept.ended is not None:
            words = "連絡の記録なし"
        parts.append(
            EventPart(
                event=event, words=f"{words}　{late}日遅れ" if late and kept.ended is None else words, off=late > 0
            )
        )
    done = sum(kept.on is not None and not kept.late_days(today) for _event, kept in asked)
    some = "該当" if len(asked) < len(ground.held) else ""
    actual = f"{some}{len(asked)}{unit}のうち{done}{unit}" if asked else "該当なし" if ground.held else ""
    word: Word = "期限後" if any(part.off for part in parts) else "期限内"
    if word == "期限内" and any(kept.on is None for _event, kept in asked):
        word = "期限前"
    return _line(ground, item, spec, clause, actual, word, parts)


def _survey(ground: KindGround) -> SpecLine:
    """Sheets of those who came; an event without one is 未実施 once its report is due, and not before."""
    parts, waiting = [], False
    for one in ground.held:
        sheets = one.sheets or 0
        due = one.report is not None and ground.today > one.report.limit
        waiting = waiting or (not sheets and not due)
        of = "" if one.people is None else f"{one.people}人中 "
        parts.append(EventPart(event=one.event, words=f"{of}{sheets}件", off=not sheets and due))
    # A share is of events of which both are known; sheets of the others stand apart from it.
    known = [one for one in ground.held if one.people is not None]
    came, returned = sum(one.people or 0 for one in known), sum(one.sheets or 0 for one in known)
    share = f"（{percent(returned, came)}％）" if came else ""
    others = sum(one.sheets or 0 for one in ground.held) - returned
    apart = f"・出席の記録がない{len(parts) - len(known)}回 {others}件" if len(known) < len(parts) else ""
    actual = f"{came}人中 {returned}件{share}{apart}" if known else apart.removeprefix("・")
    word: Word = "未実施" if any(part.off for part in parts) else "実施中" if waiting else "実施"
    return _line(ground, SURVEY, "全参加者", ground.numbers.clause_survey, actual, word, parts)


def proposal_line(*, period: str, limit: date | None, received: date | None, provisional: str, today: date) -> SpecLine:
    """Return the line of the 提案書.

    Args:
        limit: the last day that is not late, None = no event is known. provisional: 「仮 …」 while an event is
            undecided.
    """
    word: Word = "実施前" if limit is None or provisional else "期限前"
    actual = provisional or (f"期限 {table_date(limit)}" if limit is not None else "")
    if received is not None:
        actual = f"{table_date(received)}受領"
        word = "期限後" if limit is not None and received > limit else "期限内"
    elif limit is not None and not provisional and today > limit:
        word = "期限後"
    return SpecLine(
        key=f"{PROPOSAL}/{PROPOSAL}",
        group=PROPOSAL_GROUP,
        item=PROPOSAL,
        spec=f"全事業終了後{period}",
        clause=CLAUSE_PROPOSAL,
        actual=actual,
        word=word,
    )


def stop_words(line: SpecLine) -> str:
    """Return why a paper can't be made: 「講習会の各回の人数が「範囲外」です（第3回 …：8人）。」."""
    named = "、".join(f"{part.event.full_title}：{part.words}" for part in line.parts if part.off)
    return f"「{line.group}」の{line.item}が「{line.word}」です{f'（{named}）' if named else ''}。"
