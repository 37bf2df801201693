"""The columns of the tables of 年度; the key of a column says whether its numbers have a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.calendar.dates import short_date
from app.surveys.compare.documents import InterimEvent
from app.surveys.questions.rules import REFERENCE_BASE, percent
from app.widgets.lists.record_model import Cell, Column, ExportColumn, Tone, unsorted
from app.window.year_words import in_year_words
from app.year_end.summary.rules import (
    DEVIATING,
    EVENTS,
    FIRST,
    GROUP_VISITS,
    GROUPS_ONCE,
    PENDING,
    PEOPLE_ONCE,
    PLANNED,
    UNDECIDED,
    UNITS,
    UNKNOWN_CHANGE,
    VISITS,
    BranchFigures,
    JudgedLine,
    KindFigures,
    LectureFigures,
)
from app.year_end.summary.services.source_rows import SourceRows
from db.fields import field_label
from db.records.events import Event

NONE = "—"
NUMBERS = (EVENTS, PLANNED, UNDECIDED, VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE, FIRST)
"""The keys of columns whose numbers open their source rows."""
AGAINST, BRANCHES, BEFORE, ANSWERS = "仕様との対照", "支部ごとの数", "満足計・前年", "照会への回答"
PICTURES = "数を絵で"
LINKED_PAGES = {"spec": AGAINST, "outlook": AGAINST, "before": BEFORE}
"""The keys of columns that open another page of 年度."""
_SHOWN_ONE_BY_ONE = 3
_WIDTHS = {VISITS: 76, PEOPLE_ONCE: 70, GROUP_VISITS: 80, GROUPS_ONCE: 76, FIRST: 66}


def overview_columns() -> tuple[Column, ...]:
    """Return the columns (事業, 仕様書, held and planned, 延べ and 実, year before, outlook)."""
    return unsorted(
        Column("name", "事業", _name, width=168),
        Column(
            "spec",
            "仕様書・期間",
            _spec,
            width=142,
            stretch=True,
            export_parts=(ExportColumn("仕様書", _spec_words), ExportColumn("期間", lambda row: row.window_words)),
        ),
        *(_number(item, unit=False, strong=item == EVENTS) for item in (EVENTS, PLANNED, UNDECIDED)),
        Column("people", "1回の人数", _people, width=104, min_list_width=900),
        *(_number(item, strong=item == VISITS) for item in (VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE, FIRST)),
        Column(
            "before",
            "前年 延べ",
            _before,
            align="right",
            width=92,
            min_list_width=900,
            export_parts=(
                ExportColumn("前年 延べ人数", lambda row: "" if row.earlier is None else f"{row.earlier.number}人"),
                ExportColumn("前年の出どころ", _before_source),
            ),
        ),
        Column("outlook", "見込み", _outlook, width=126),
    )


def _number(item: str, *, unit: bool = True, strong: bool = False) -> Column:
    def show(row: KindFigures) -> Cell:
        number = row.number(item)
        if number is None or (unit and not row.counts.events):
            return Cell(NONE, tone="second")
        said = f"{number}"
        if unit:
            found = row.printable_number(item)
            said = (found.minimum_words(UNITS[item]) if found is not None else "") or NONE
        return Cell(said, strong=strong or row.is_total)

    return Column(
        item,
        item,
        show,
        align="right",
        width=_WIDTHS.get(item, 50),
        min_list_width=900 if item in (UNDECIDED, FIRST) else 0,
        shown_if_any=_ONLY_WITH.get(item),
    )


def _has_first(row: KindFigures | BranchFigures) -> bool:
    """Return whether 初参加 is known, which needs the attendance of an earlier year, with its names not erased."""
    return row.first is not None


def _has_undecided(row: KindFigures) -> bool:
    return bool(row.undecided)


_ONLY_WITH: dict[str, Callable[[Any], bool]] = {FIRST: _has_first, UNDECIDED: _has_undecided}


def _name(row: KindFigures) -> Cell:
    return Cell(row.name, kind=row.kind or "", strong=True)


def _spec(row: KindFigures) -> Cell:
    return Cell(_spec_words(row), row.window_words, tone="second" if row.is_total else "")


def _spec_words(row: KindFigures) -> str:
    return "実は重なりを除いた数" if row.is_total else row.spec_words


def _people(row: KindFigures) -> Cell:
    """Return the cell with how many people came to each event (「12人・15人」), of more than three events the range.

    Below it stands the number in the 仕様書; the cell of all kinds together is empty.
    """
    if row.is_total:
        return Cell("")
    counts = row.per_event
    words = "・".join(f"{count}人" for count in counts) or NONE
    if len(counts) > _SHOWN_ONE_BY_ONE:
        words = f"{min(counts)}人–{max(counts)}人"
    return Cell(words, row.people_spec.replace("人から", "–"))


def _before(row: KindFigures) -> Cell:
    """Return the cell with the people of the year before, and the change."""
    earlier = row.earlier
    if earlier is None:
        return Cell("" if row.is_total else "記録なし", tone="second")
    now = row.counts.counted(row.counts.visits).exact
    change = UNKNOWN_CHANGE if now is None else earlier.change(now)
    words = "同じ" if change == "変更なし" else change
    return Cell(f"{earlier.number}人 {words}", tip=_before_source(row))


def _before_source(row: KindFigures) -> str:
    """Return words on where the number of the year before comes from, "" without one."""
    if row.earlier is None:
        return ""
    earlier = row.earlier
    return f"{earlier.source}（{short_date(earlier.day)}まで）" if earlier.day is not None else earlier.source


def _outlook(row: KindFigures) -> Cell:
    """Return the cell that says whether the year will be as specified."""
    if row.is_as_specified is None or not row.outlook:
        return Cell(row.outlook)
    icon: tuple[str, Tone] = ("check-circle-fill", "green") if row.is_as_specified else ("warning-fill", "amber")
    return Cell(row.outlook, icon=icon[0], icon_tone=icon[1], tone=icon[1])


# 仕様との対照


def judged_columns() -> tuple[Column, ...]:
    """Return the columns of the comparison with the 仕様書, from the requirement to the verdict."""
    return unsorted(
        Column("item", "項目", lambda row: row.line.item, width=104),
        Column("spec", "仕様", lambda row: row.line.spec, width=190, stretch=True),
        Column("clause", "根拠", lambda row: row.line.clause, width=90, min_list_width=760),
        Column("actual", "実績", lambda row: row.line.actual or NONE, width=210, stretch=True),
        Column("before", "前年", _judged_before, width=80, align="right", min_list_width=860),
        Column("change", "増減", lambda row: row.change, width=72, align="right", min_list_width=860),
        Column(
            "word",
            "判定",
            _judged,
            width=190,
            export_parts=(
                ExportColumn("判定", lambda row: row.line.verdict),
                ExportColumn("理由・協議", _reason_words),
            ),
        ),
    )


def _judged_before(row: JudgedLine) -> Cell:
    if row.earlier is None:
        return Cell("")
    unit = "回" if row.line.item.endswith("回数") or row.line.item.startswith("日数") else "人"
    return Cell(f"{row.earlier.number}{unit}", tip=row.earlier.source)


def _judged(row: JudgedLine) -> Cell:
    word = row.line.verdict
    if word in DEVIATING:
        second = _reason_words(row) or "理由がまだありません"
        tone: Tone = "amber" if row.blocks_document else "second"
        return Cell(word, second, icon="warning-fill", icon_tone="amber", strong=True, second_tone=tone)
    if word in PENDING:
        return Cell(word, tone="second")
    return Cell(word, _reason_words(row), icon="check-circle-fill", icon_tone="green", tone="green")


def _reason_words(row: JudgedLine) -> str:
    return row.reason.full_words if row.reason is not None else ""


# 人数と団体


def branch_columns() -> tuple[Column, ...]:
    """Return the columns of the list of 支部 with the numbers of rosters."""

    def number(title: str, read: Callable[[BranchFigures], int | None], unit: str) -> Column:
        def show(row: BranchFigures) -> Cell:
            """Return the cell of the number of a 支部, 「—」 where it is unknown."""
            found = read(row)
            if found is None:
                return Cell(NONE, tone="second")
            return Cell(f"{found}{unit}", strong=row.is_total)

        only_with = _has_first if title == FIRST else None
        return Column(title, title, show, align="right", width=96, shown_if_any=only_with)

    return unsorted(
        Column("name", in_year_words("支部"), lambda row: Cell(row.name, strong=row.is_total), stretch=True, width=120),
        number("名簿", lambda one: one.registered, "団体"),
        number(GROUPS_ONCE, lambda one: one.counts.groups, "団体"),
        number(GROUP_VISITS, lambda one: one.counts.group_visits, "団体"),
        number(PEOPLE_ONCE, lambda one: one.counts.people, "人"),
        number(VISITS, lambda one: one.counts.visits, "人"),
        number(FIRST, lambda one: one.first, "人"),
    )


# 満足計・前年


def satisfaction_columns() -> tuple[Column, ...]:
    """Return the columns of satisfaction, one event a row; with few responses the share is a 参考値."""

    def share(one: InterimEvent) -> Cell:
        """Return the cell with the share of 満足計 in per cent, 「参考値」 for few answers; 「—」 without one."""
        if one.satisfaction is None:
            return Cell(NONE, tone="second")
        few = "参考値" if one.satisfaction.base < REFERENCE_BASE else ""
        return Cell(f"{one.satisfaction.sum_percent}％", few)

    return unsorted(
        Column(
            "day",
            field_label(Event, "event_date"),
            lambda one: Cell(short_date(one.event.event_date), kind=one.event.kind),
            width=130,
        ),
        Column(
            "title",
            "実施回",
            lambda one: Cell(one.event.full_title, "" if one.frozen_on else "確定前"),
            stretch=True,
            width=180,
        ),
        Column("n", "回収数", lambda one: f"{one.satisfaction.base}件", align="right", width=90),
        Column("sum", "満足計", lambda one: f"{one.satisfaction.sum_count}人", align="right", width=90),
        Column("share", "％", share, align="right", width=110),
    )


def lecture_columns() -> tuple[Column, ...]:
    """Return the columns of the list of lectures, compared with the year before."""

    def change(one: LectureFigures) -> str:
        """Return the change in 回数 to the year before, "" where that is unknown."""
        if one.before is None:
            return ""
        return "変更なし" if one.events == one.before else f"{one.events - one.before:+d}".replace("-", "−")

    return unsorted(
        Column("name", "種類", lambda one: one.name, stretch=True, width=180),
        Column(
            "before",
            "前年 回数",
            lambda one: NONE if one.before is None else f"{one.before}回",
            align="right",
            width=96,
        ),
        Column("now", "今年 回数", lambda one: f"{one.events}回", align="right", width=96),
        Column("change", "増減", change, align="right", width=90),
        Column(
            "visits_before",
            "前年 延べ人数",
            lambda one: Cell("記録なし", tone="second") if one.visits_before is None else f"{one.visits_before}人",
            align="right",
            width=120,
        ),
        Column(
            "visits",
            "今年 延べ人数",
            lambda one: one.visits.minimum_words("人"),
            align="right",
            width=120,
        ),
        Column(
            "satisfied",
            "満足計",
            lambda one: (
                NONE if one.satisfied is None else f"{one.satisfied}人（{percent(one.satisfied, one.responses)}％）"
            ),
            align="right",
            width=150,
        ),
    )


def source_row_columns(sources: SourceRows) -> tuple[Column, ...]:
    """Return the columns of a list behind a number, by its headings."""
    wide = {"実施回", "出席した回", "団体"}

    def one(place: int, title: str) -> Column:
        return Column(
            f"c{place}",
            title,
            lambda row: row.cells[place],
            stretch=title in wide,
            width=150 if title in wide else 96,
        )

    return tuple(one(place, title) for place, title in enumerate(sources.headings))
