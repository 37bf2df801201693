"""実施確認票: what the ward's witness saw on the day, on one page; it backs the 履行確認 of the event."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar.dates import long_date, time_range_words
from app.papers import paper
from app.papers.blocks import Block, Column, DocumentContent, Heading, SignBoxes, Table, Title, WriteBox
from app.subjects.events.papers import day_paper
from app.subjects.events.rules.agenda import clock_times
from app.subjects.events.rules.copies import CopiesNeeded
from db.records.events import AgendaItem, Event, EventResult
from db.records.programme import KindNumbers

KIND = "実施確認票"
SIGN = "確認票"


def witness_sheet(
    context: paper.PaperContext,
    event: Event,
    numbers: KindNumbers,
    items: Sequence[AgendaItem],
    result: EventResult | None,
    *,
    people: int,
    organisations: int,
    lent: int,
    needed: CopiesNeeded,
    distributed: int | None = None,
    returned: int | None = None,
    version: int,
) -> DocumentContent:
    """Build the sheet: what was planned at the left, room for what was seen; known results are filled in.

    Args:
        people, organisations, lent: as planned. distributed, returned: sheets of the survey, None = unknown.
    """
    found = result or EventResult(event_id=event.id)
    rows = [
        ("実施日時", _when(event), ""),
        ("会場", paper.place(event), ""),
        ("講師（受託者）", event.lecturer, ""),
        ("出席者数", f"予定　{people}人（{organisations}団体）", _people(found)),
        ("欠席・当日受付", "", _others(found)),
        ("配布資料", f"{needed.total}部" if needed.people else "", ""),
    ]
    if lent:
        rows.append(("貸与タブレット", f"{lent}台", _number(found.lent_devices, "台") or "貸出　　台　返却　　台"))
    if numbers.has_survey:
        rows.append(("アンケート", "配布・回収は受託者", _sheets(distributed, returned)))
    blocks: tuple[Block, ...] = (
        Title(text=KIND, subtitle=paper.event_name(event)),
        Table(
            name="確認",
            columns=(
                Column(title="項目", width=32),
                Column(title="予定", width=66),
                Column(title="確認した内容", width=67),
            ),
            rows=tuple(rows),
            ruled=True,
            min_row_height=8.6,
        ),
        Heading(level=2, number="", text="実施した時間割", right=numbers.clause_content.replace("仕", "仕様書", 1)),
        _timetable(event, [item for item in items if item.minutes is not None]),
        WriteBox(label="特記事項（仕様と異なる点、事故・苦情、受託者への指示など）", height=44, text=found.note),
        SignBoxes(boxes=(
            ("立会職員（区）", f"　氏名　{found.witness}" if found.witness else "　氏名"),
            ("記入日時", "　月　　日　　時　　分"),
        )),
    )  # fmt: skip
    return day_paper(context, event, kind=KIND, sign=SIGN, version=version, look="form", blocks=blocks)


def _when(event: Event) -> str:
    if event.event_date is None:
        return "日程を協議中"
    return f"{long_date(event.event_date)}\n{time_range_words(event.start_time, event.end_time)}"


def _number(value: int | None, unit: str) -> str:
    return "" if value is None else f"{value}{unit}"


def _people(found: EventResult) -> str:
    people = _number(found.attended, "人")
    if not people:
        return "　　　人（　　　団体）"
    return f"{people}（{found.attended_organisations}団体）" if found.attended_organisations is not None else people


def _others(found: EventResult) -> str:
    absent, walk_ins = _number(found.absent, "人"), _number(found.walk_ins, "人")
    return f"欠席　{absent or '　　人'}　当日受付　{walk_ins or '　　人'}"


def _sheets(distributed: int | None, returned: int | None) -> str:
    given, back = _number(distributed, "枚"), _number(returned, "枚")
    return f"配布　{given or '　　枚'}　回収　{back or '　　枚'}"


def _timetable(event: Event, items: Sequence[AgendaItem]) -> Table:
    rows = tuple(
        (timed.start, str(timed.item.minutes), timed.item.title, "", "", "")
        for timed in clock_times(event.start_time, items)
    )
    return Table(
        name="時間割",
        columns=(
            Column(title="予定", width=15, align="right"),
            Column(title="分", width=10, align="right"),
            Column(title="内容", width=72),
            Column(title="実施", width=12, align="center", tick=True),
            Column(title="開始", width=18),
            Column(title="備考", width=38),
        ),
        rows=rows,
        ruled=True,
        min_row_height=7.0,
    )
