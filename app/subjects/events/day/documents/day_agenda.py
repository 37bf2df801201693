"""Content of 当日進行表・機材チェック表: clock times, duties, equipment (仕様書4 オ・ク), and collation of the
handouts.
"""

from __future__ import annotations

from app.calendar.dates import long_date
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, FillLine, Heading, SheetBreak, Table, Title
from app.documents.event_facts import CopyFacts, EventFacts
from app.programme.rules.event_kinds import kind_facts
from app.subjects.events.event.documents import day_document
from app.subjects.events.event.rules.agenda import (
    TimedItem,
    clearing_items,
    clock_of,
    clock_times,
    clock_times_before,
    minutes_of,
    setting_up_items,
    total_minutes,
)
from app.subjects.events.event.rules.equipment import TABLET, counted_quantity
from db.records.events import EquipmentItem
from db.records.programme import KindNumbers

AGENDA_KIND = "当日進行表・機材チェック表"
AGENDA_SIGN = "進行"
_BREAKS = ("休憩", "換気")
_ROSTER_WORDS = ("名簿", "名札")
_DOCUMENT_WORDS = ("配布資料", "アンケート用紙")


def day_agenda(
    context: document_frame.DocumentContext,
    event: EventFacts,
    numbers: KindNumbers,
    *,
    roster_copies: int,
    collation: tuple[Block, ...],
) -> DocumentContent:
    """Return timetable and check list for the room, if there is a timetable, and the page of the handouts.

    Args:
        roster_copies: copies of the 受付名簿 on the desk, 0 = none.
        collation: the page of the handouts, if there are any.
    """
    blocks = _room_blocks(event, numbers, roster_copies) if total_minutes(event.timetable) else ()
    return day_document(
        context, event, kind=AGENDA_KIND, sign=AGENDA_SIGN, layout="form", blocks=_append_collation(blocks, collation)
    )


def _append_collation(blocks: tuple[Block, ...], collation: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks followed by the page of the handouts, which alone needs no page break."""
    return (*blocks, *collation) if blocks else collation[1:]


def _room_blocks(event: EventFacts, numbers: KindNumbers, roster_copies: int) -> tuple[Block, ...]:
    day = long_date(event.event_date) if event.event_date else "日程を協議中"
    place, phone = event.room or event.venue, event.venue_facts.phone
    return (
        Title(AGENDA_KIND, subtitle=join_nonempty(day, place)),
        _agenda_timetable(event),
        SheetBreak(sheet="機材チェック表"),
        Heading(2, "", "機材チェック表", right=_basis(numbers)),
        _equipment(event, roster_copies),
        FillLine(parts=(("当日責任者　区", 38, ""), ("受託者", 38, ""), ("緊急時　119番・110番", 0, ""))),
        FillLine(
            parts=(
                (f"会場の管理室　{phone}".rstrip("　"), 0 if phone else 34, ""),
                ("AEDの場所", 34, ""),
                ("避難経路", 34, ""),
            )
        ),
    )


def responsible_side(owner: str) -> str:
    """Return 区, 受託者 or 区・受託者; persons of the 受託者 are in its own 配置表, never here."""
    ward = "区" in owner
    others = owner.replace("区", "").strip("・、／/ 　")
    if ward:
        return "区・受託者" if others else "区"
    return "受託者" if others else ""


def _agenda_timetable(event: EventFacts) -> Table:
    items, needed = event.timetable, event.copies
    before = clock_times_before(event.start_time, setting_up_items())
    main = clock_times(event.start_time, items)
    total = total_minutes(items)
    end = clock_of(minutes_of(event.start_time) + total)
    rows = [_row(timed, needed) for timed in (*before, *main)]
    rows.append((end, "", f"終了（本体 {total}分）", "", "", ""))
    rows += [(end, "", item.title, responsible_side(item.owner), item.uses, "") for item in event.after_end]
    rows += [_row(timed, needed) for timed in clock_times(end, clearing_items())]
    closing = len(before) + len(main)
    breaks = [
        len(before) + number for number, timed in enumerate(main) if any(word in timed.item.title for word in _BREAKS)
    ]
    return Table(
        (
            Column("時刻", 15, align="right"),
            Column("分", 10, align="right"),
            Column("内容", 66),
            Column("担当", 24),
            Column("使うもの", 36),
            Column("実際", 14),
        ),
        tuple(rows),
        name="進行",
        ruled=True,
        bold_rows=(closing,),
        grey_rows=tuple(breaks),
        min_row_height=7.0,
        note="「実際」には開始した時刻を記入する（実施報告書の時間割に使う）。",
    )


def _row(timed: TimedItem, copies: CopyFacts) -> tuple[str, ...]:
    item = timed.item
    uses = item.uses.replace("配布資料", f"配布資料{copies.total}部") if copies.people else item.uses
    return (timed.start, str(item.minutes), item.title, responsible_side(item.owner), uses, "")


def _basis(numbers: KindNumbers) -> str:
    return f"用意する側の根拠：{numbers.clause_equipment.replace('仕', '仕様書', 1)}"


def _equipment(event: EventFacts, roster_copies: int) -> Table:
    people, needed = event.people, event.copies
    rows: list[tuple[str, str, str, str]] = [
        (item.name, _quantity(item, event), item.owner, _remark(item)) for item in event.equipment
    ]
    names = [item.name for item in event.equipment]
    if people.lent_devices and not any("タブレット" in name for name in names):
        # 仕様書4(2)ク: what the venue lacks is agreed on; until then the line stays open, so that somebody brings it.
        rows.append(
            (TABLET, f"{people.lent_devices}台", event.tablet_side, "" if event.tablet_side else "用意する側は協議中")
        )
    if roster_copies and not any(word in name for name in names for word in _ROSTER_WORDS):
        rows.append(("受付名簿", f"{roster_copies}部", "区", "終了後に回収"))
    if needed.people and not any(word in name for name in names for word in _DOCUMENT_WORDS):
        papers = "配布資料、アンケート用紙" if kind_facts(event.kind).has_survey else "配布資料"
        rows.append((papers, f"{needed.total}部", "受託者", f"予備{needed.spare}部を含む"))
    return Table(
        (
            Column("No", 9, align="center"),
            Column("機材", 53),
            Column("数", 18, align="right"),
            Column("用意する側", 20, align="center"),
            Column("搬入", 12, align="center", tick=True),
            Column("動作", 12, align="center", tick=True),
            Column("撤収", 12, align="center", tick=True),
            Column("注意・記入", 29),
        ),
        tuple(
            (str(number), name, quantity, owner, "", "", "", remark)
            for number, (name, quantity, owner, remark) in enumerate(rows, 1)
        ),
        name="機材",
        ruled=True,
        min_row_height=6.6,
    )


def _quantity(item: EquipmentItem, event: EventFacts) -> str:
    """Return the quantity as a number, with the lent tablets for 貸与数."""
    quantity = counted_quantity(item, groups=event.groups, people=event.people.expected)
    lent = event.people.lent_devices
    return quantity.replace("貸与数", str(lent)) if lent else quantity


def _remark(item: EquipmentItem) -> str:
    """Return the note; an item outside the ward's list names its 協議."""
    agreement = item.agreement.strip()
    if agreement and not agreement.startswith("協議"):
        agreement = f"協議　{agreement}"
    return join_nonempty(item.note, agreement)
