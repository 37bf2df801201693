"""Content of 年間計画: the entries of each day of the year, computed from the due dates, on one sheet for the wall."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.calendar.wareki import era_year_words, fiscal_year_words
from app.documents import document_frame
from app.documents.blocks import DocumentContent
from app.documents.rules.clause_numbers import with_known_numbers
from app.documents.wall_blocks import WallDay, WallEntry, WallKind, WallMonth, WallPlan

WALL_PLAN_KIND: Final = "年間計画"
_FIRST_MONTH: Final = 6
_MAX_DAYS: Final = 31
_ORDER: Final[tuple[WallKind, ...]] = ("event", "end", "ward", "contractor", "own")
_LEGEND: Final[tuple[tuple[WallKind, str], ...]] = (
    ("event", "実施日"),
    ("ward", "区の期限（人数連絡・資料確認＝開庁日）"),
    ("contractor", "受託者の期限（報告書・提案書など＝暦どおり）"),
    ("end", "期間の末（仕様書）"),
    ("own", "区の年中行事・会計（目安日）"),
)
_NAMES: Final[Mapping[WallKind, str]] = {
    "event": "実施", "ward": "区の期限", "contractor": "受託者の期限", "end": "期間の末", "own": "区の行事",
}  # fmt: skip
_UNITS: Final[Mapping[WallKind, str]] = {"event": "回"}

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
    context: document_frame.DocumentContext, marks: EntriesByDay, *, version: int, notes: Sequence[str]
) -> DocumentContent:
    """Return the sheet.

    Args:
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
        legend=_LEGEND,
        also="網＝閉庁日　講＝講習会　派＝派遣　意＝意見交換会",
        months=tuple(_month(one, months, marks, calendar) for one in months),
        sums=_totals_text(marks, months),
        below=tuple(notes),
    )
    reference = f"R{programme.fiscal_year - 2018}-年間-01"
    content = DocumentContent(
        kind=WALL_PLAN_KIND,
        reference=reference,
        version=version,
        look="wall",
        blocks=(block,),
        first_sheet=WALL_PLAN_KIND,
        file_stem=f"R{programme.fiscal_year - 2018}-{WALL_PLAN_KIND}-第{version}版",
        footer_left=f"{document_frame.NO_PERSONS}　　日付の根拠：仕様書4、民法140条・142条・143条、"
        f"国民の祝日に関する法律",
        footer_right=f"整理番号 {reference}　第{version}版　作成 {dates.stamp_words(context.made_at)}",
        sample=programme.sample,
        properties={"title": f"{WALL_PLAN_KIND}　{year}", "created": context.made_at.isoformat()},
    )
    return with_known_numbers(content, programme)


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
