"""Content of 日程の比較 for the 協議 (dates, consequences, who agreed), and of 年間計画 on one sheet for the wall."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.calendar.wareki import era_year_words, fiscal_year_words
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DataSheet, DocumentContent, Paragraph, SignBoxes, Table, Title
from app.documents.rules import with_known_numbers, with_own_words
from app.documents.wall_blocks import WallDay, WallEntry, WallKind, WallMonth, WallPlan
from app.events.schedules.rules import LOAD_KINDS, WeekLoad
from db.record import record
from db.records.programme import EventKind, Programme

COMPARISON_KIND = "日程の比べ"
TITLE = "日程の比較"
"""Title on the page; the document kind keeps the name stored in data folders."""
_WIDTHS = {"title": 42, "day": 24, "venue": 34, "due": 23, "week": 12}
_TOTAL_WIDTH = 261.0


@record
class PrintedEvent:
    """One event of the table; a deadline is None if the event has none.

    Attributes:
        other_day: its day in the 案 it is compared with.
        week_item_count: number of items in its week.
        suggested_days: other days that are suitable.
        is_marked: printed bold, as its date deviates from the 仕様書.
    """

    title: str
    day: date | None
    other_day: date | None
    venue: str
    material_due: date | None
    headcount_due: date | None
    report_due: date | None
    week_item_count: int
    remarks: str
    suggested_days: tuple[date, ...]
    is_marked: bool


def comparison_document(
    context: document_frame.DocumentContext,
    lines: Sequence[PrintedEvent],
    weeks: Sequence[WeekLoad],
    *,
    number: int,
    name: str,
    other: str,
    counted: str,
) -> DocumentContent:
    """Return the document 日程の比較 of one 案.

    Args:
        number, name: of the 案.
        other: name of the 案 it is compared with, empty = there is none.
        counted: how many events of each kind have a day.
    """
    programme = context.programme
    heavy = [f"{dates.table_date(one.monday)} の週 {one.total}件（{one.words}）" for one in weeks if one.is_busy]
    blocks: list[Block] = [
        Title(
            TITLE,
            subtitle=f"{name}（{dates.long_date_plain(context.made_at.date())}現在）",
            lead="期限は、資料確認と人数連絡が開庁日、報告書が暦どおり。日付は協議で決め、決まるまで実施回にしない。",
        ),
        _table(lines, context, other),
        Paragraph(
            f"日のある回　{counted}。　件数の多い週　{'、'.join(heavy) or '1週に5件以上の週はない。'}",
            style="note",
        ),
        SignBoxes(boxes=(("区　確認", ""), ("受託者　確認", ""), ("協議が整った日", ""))),
        _weeks_sheet(weeks),
    ]
    reference = f"{programme.year_code}-日程-案{number}"
    return document_frame.frame_document(
        context,
        kind=COMPARISON_KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-{context.made_at:%Y%m%d}",
        title=f"{COMPARISON_KIND}　{name}",
        look="roster",
        header_right="協議の資料",
        sheet_width=_TOTAL_WIDTH,
    )


def _table(lines: Sequence[PrintedEvent], context: document_frame.DocumentContext, other: str) -> Table:
    due, day = _WIDTHS["due"], _WIDTHS["day"]
    columns = [
        Column("実施回", _WIDTHS["title"]),
        Column("候補日", day),
        *([Column(other, day + 3)] if other else []),
        Column("会場", _WIDTHS["venue"]),
        Column("資料確認", due),
        Column("人数連絡", due),
        Column("報告書", due),
        Column("その週", _WIDTHS["week"], align="right"),
    ]
    columns.append(Column("期間・重なり・理由", _TOTAL_WIDTH - sum(one.width for one in columns)))
    rows = []
    for one in lines:
        cells = [one.title, _long_date(one.day, context)]
        if other:
            cells.append(f"{'▶ ' if one.other_day != one.day else ''}{_long_date(one.other_day, context)}")
        cells += [
            one.venue or "未定", _due_date_text(one.material_due, one, context),
            _due_date_text(one.headcount_due, one, context),
            _due_date_text(one.report_due, one, context),
            fill_nonempty("{}件", one.week_item_count), _remarks_text(one, context),
        ]  # fmt: skip
        rows.append(tuple(cells))
    return Table(
        tuple(columns),
        tuple(rows),
        name=COMPARISON_KIND,
        bold_rows=tuple(place for place, one in enumerate(lines) if one.is_marked),
        note="注　太い行は、仕様書の期間・数・履行期間から外れる日。"
        "理由と協議の記録（履行期間の外の日は契約変更の記録）があれば使える。"
        + ("▶は案で日が違う回。" if other else ""),
        landscape=True,
    )


def _long_date(day: date | None, context: document_frame.DocumentContext) -> str:
    return dates.table_date(day, context.calendar) if day is not None else "未定"


def _due_date_text(day: date | None, line: PrintedEvent, context: document_frame.DocumentContext) -> str:
    """Return the deadline as printed, 「対象外」 without one, "" while the event has no day."""
    if line.day is None:
        return ""
    return dates.table_date(day, context.calendar) if day is not None else "対象外"


def _remarks_text(line: PrintedEvent, context: document_frame.DocumentContext) -> str:
    """Return the remarks about a day, with the suitable days."""
    offered = "、".join(dates.table_date(day, context.calendar) for day in line.suggested_days)
    remarks = document_frame.with_printed_days(line.remarks, context.made_at.date())
    return join_nonempty(remarks, fill_nonempty("提案できる日 {}", offered))


def _weeks_sheet(weeks: Sequence[WeekLoad]) -> DataSheet:
    return DataSheet(
        sheet="週ごとの件数",
        title="週ごとの件数",
        columns=("週の月曜", *LOAD_KINDS, "合計", "平日の閉庁日"),
        rows=tuple(
            (
                dates.table_date(one.monday),
                *(str(count) for count in one.counts),
                str(one.total),
                "あり" if one.has_closed_weekday else "",
            )
            for one in weeks
        ),
        numbers=frozenset(range(1, len(LOAD_KINDS) + 2)),
        notes=("資料確認・人数連絡は開庁日、報告書は暦どおりの期限で数えた。",),
    )


WALL_PLAN_KIND = "年間計画"
_FIRST_MONTH = 6
_MAX_DAYS = 31
_ORDER: tuple[WallKind, ...] = ("event", "end", "ward", "contractor", "own")
_LEGEND: tuple[tuple[WallKind, str], ...] = (
    ("event", "実施日"),
    ("ward", "区の期限（人数連絡・資料確認＝開庁日）"),
    ("contractor", "受託者の期限（報告書・提案書など＝暦どおり）"),
    ("end", "期間の末（仕様書）"),
    ("own", "区の年中行事・会計（目安日）"),
)
_NAMES: Mapping[WallKind, str] = {
    "event": "実施", "ward": "区の期限", "contractor": "受託者の期限", "end": "期間の末", "own": "区の行事",
}  # fmt: skip
_UNITS: Mapping[WallKind, str] = {"event": "回"}

EntriesByDay = Mapping[date, Sequence[WallEntry]]


def wall_plan_months(fiscal_year: int) -> tuple[tuple[int, int], ...]:
    """Return the twelve months from June of the first year to May of the next, as (year, month)."""
    return tuple(
        (fiscal_year + (month - 1) // 12, (month - 1) % 12 + 1) for month in range(_FIRST_MONTH, _FIRST_MONTH + 12)
    )


def fingerprint(marks: EntriesByDay) -> str:
    """Return a fingerprint of every entry with its day, to tell one state of the plan from another."""
    said = "|".join(
        f"{day.isoformat()}:{one.kind}:{one.text}" for day in sorted(marks) for one in _sorted_entries(marks[day])
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def wall_plan(
    context: document_frame.DocumentContext,
    kinds: Sequence[EventKind],
    marks: EntriesByDay,
    *,
    version: int,
    notes: Sequence[str],
) -> DocumentContent:
    """Return the sheet 年間計画.

    Args:
        kinds: those of the year, for the legend.
        marks: the entries by day.
        version: its 版, raised whenever a day has changed since one was issued.
        notes: further lines below the table (events without a day, what a kind does not have).
    """
    programme, calendar = context.programme, context.calendar
    year = fiscal_year_words(programme.fiscal_year)
    months = wall_plan_months(programme.fiscal_year)
    block = WallPlan(
        title=f"{WALL_PLAN_KIND}　{programme.title}"
        if year in programme.title
        else f"{WALL_PLAN_KIND}　{year}　{programme.title}",
        about=f"{dates.long_date(context.made_at.date())}現在　済んだ回を含む",
        legend=_legend(programme, kinds),
        also=join_nonempty("網＝閉庁日", *(f"{one.sign}＝{one.name}" for one in kinds)),
        months=tuple(_month(one, months, marks, calendar) for one in months),
        sums=_totals_text(marks, months),
        below=tuple(notes),
    )
    reference = f"{programme.year_code}-年間-01"
    content = DocumentContent(
        kind=WALL_PLAN_KIND,
        reference=reference,
        version=version,
        look="wall",
        blocks=(block,),
        first_sheet=WALL_PLAN_KIND,
        file_stem=f"{programme.year_code}-{WALL_PLAN_KIND}-第{version}版",
        footer_left=f"{document_frame.NO_PERSONAL_DATA_NOTICE}　　日付の根拠：仕様書、"
        f"{clause_of('期間の初日は数えない', '休日に終わる期間はつぎの日まで', '月の期間は暦で数える')}、"
        "国民の祝日に関する法律",
        footer_right=f"整理番号 {reference}　第{version}版　作成 {dates.stamp_words(context.made_at)}",
        sample=programme.sample,
        properties={"title": f"{WALL_PLAN_KIND}　{year}", "created": context.made_at.isoformat()},
    )
    return with_own_words(with_known_numbers(content, programme, context.kinds), context.office)


def _legend(programme: Programme, kinds: Iterable[EventKind]) -> tuple[tuple[WallKind, str], ...]:
    """Return what the signs mean, without the deadlines that the contract does not have."""
    left_out = "" if programme.proposal_period else "・提案書"
    told = "" if any(one.headcount_period for one in kinds) else "人数連絡・"
    return tuple((kind, words.replace(left_out, "").replace(told, "")) for kind, words in _LEGEND)


def _sorted_entries(entries: Sequence[WallEntry]) -> list[WallEntry]:
    return sorted(entries, key=lambda one: (_ORDER.index(one.kind), one.text))


def _month(
    year_month: tuple[int, int], months: Sequence[tuple[int, int]], marks: EntriesByDay, calendar: OfficeCalendar
) -> WallMonth:
    year, month = year_month
    begins = year_month == months[0] or month == 1
    return WallMonth(
        title=f"{month}月",
        era=era_year_words(date(year, month, 1)) if begins else "",
        days=tuple(_day(year, month, number, marks, calendar) for number in range(1, _MAX_DAYS + 1)),
    )


def _day(year: int, month: int, number: int, marks: EntriesByDay, calendar: OfficeCalendar) -> WallDay:
    """Return one day of the wall plan, empty where the month has no such day."""
    try:
        day = date(year, month, number)
    except ValueError:
        return WallDay()
    return WallDay(
        weekday=dates.WEEKDAYS[day.weekday()],
        closed=not calendar.is_open(day),
        holiday=holiday_name(day) or "",
        entries=tuple(_sorted_entries(marks.get(day, ()))),
    )


def _totals_text(marks: EntriesByDay, months: Sequence[tuple[int, int]]) -> str:
    """Return 「実施 12回 区の期限 21件 …」, counts of the entries in the table."""
    inside = [one for day, entries in marks.items() if (day.year, day.month) in months for one in entries]
    return "　".join(
        f"{_NAMES[kind]} {sum(one.kind == kind for one in inside)}{_UNITS.get(kind, '件')}" for kind, _words in _LEGEND
    )
