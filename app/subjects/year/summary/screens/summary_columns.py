"""The columns of the tables of 年度; a number that has a list behind it says so by its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app.calendar.dates import short_date
from app.subjects.surveys.compare.papers import InterimEvent
from app.subjects.surveys.questions.rules.tally_result import REFERENCE_BASE, percent
from app.subjects.year.summary.rules.spec_lines import OFF, PENDING
from app.subjects.year.summary.rules.summary_facts import JudgedLine, YearSummary
from app.subjects.year.summary.rules.year_figures import (
    EVENTS,
    FIRST,
    GROUP_VISITS,
    GROUPS_ONCE,
    PEOPLE_ONCE,
    PLANNED,
    UNDECIDED,
    UNITS,
    VISITS,
    BranchFigures,
    KindFigures,
    LectureFigures,
)
from app.subjects.year.summary.services.behind import Behind
from app.widgets.lists.record_model import Cell, Column, SheetPart, Tone
from db.frozen_record import frozen_record

NONE: Final = "—"
NUMBERS: Final = (EVENTS, PLANNED, UNDECIDED, VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE, FIRST)
"""The keys of columns whose numbers open the rows behind them."""
AGAINST, BRANCHES, BEFORE, ANSWERS = "仕様との対照", "支部ごとの数", "満足計・前年", "照会への回答"
WAYS_ON: Final = {"spec": AGAINST, "outlook": AGAINST, "before": BEFORE}
"""The keys of columns that open another page of 年度."""
_SHOWN_ONE_BY_ONE: Final = 3
_WIDTHS: Final = {VISITS: 76, PEOPLE_ONCE: 70, GROUP_VISITS: 80, GROUPS_ONCE: 76, FIRST: 66}


@frozen_record
class OverviewRow:
    """One row of the overview: a kind, or all kinds."""

    id: str
    figures: KindFigures
    name: str
    spec: str = ""
    second: str = ""
    outlook: str = ""
    good: bool = True
    whole: bool = False


def overview_rows(found: YearSummary) -> tuple[OverviewRow, ...]:
    """The kinds in the order of the 仕様書, and all together."""
    rows = [
        OverviewRow(
            id=one.kind or "",
            figures=one,
            name=one.name,
            spec=one.spec_words,
            second=one.window_words,
            outlook=one.outlook,
            good=one.good,
        )
        for one in found.kinds
    ]
    rows.append(OverviewRow(id="計", figures=found.total, name="計", spec="実は重なりを除いた数", whole=True))
    return tuple(rows)


def overview_columns() -> tuple[Column, ...]:
    """事業, 仕様書, what was held and is to come, 延べ and 実, the year before, and how it will end."""
    return (
        Column(key="name", title="事業", show=_name, width=168, sortable=False),
        Column(key="spec", title="仕様書・期間", show=_spec, width=142,
               stretch=True, sortable=False,
               parts=(SheetPart(title="仕様書", show=lambda row: row.spec),
                      SheetPart(title="期間", show=lambda row: row.second))),
        *(_number(item, unit=False, strong=item == EVENTS) for item in (EVENTS, PLANNED, UNDECIDED)),
        Column(key="people", title="1回の人数", show=_people, width=104, sortable=False, needs=900),
        *(_number(item, strong=item == VISITS) for item in (VISITS, PEOPLE_ONCE, GROUP_VISITS, GROUPS_ONCE, FIRST)),
        Column(key="before", title="前年 延べ", show=_before, align="right", width=92, sortable=False, needs=900,
               parts=(SheetPart(title="前年 延べ人数", show=_before_number),
                      SheetPart(title="前年の出どころ", show=_before_source))),
        Column(key="outlook", title="見込み", show=_outlook, width=126, sortable=False),
    )  # fmt: skip


def _number(item: str, *, unit: bool = True, strong: bool = False) -> Column:
    def show(row: OverviewRow) -> Cell:
        number = row.figures.number(item)
        if number is None or (unit and not row.figures.counts.events):
            return Cell(text=NONE, tone="second")
        return Cell(text=f"{number}{UNITS[item] if unit else ''}", strong=strong or row.whole)

    return Column(
        key=item,
        title=item,
        show=show,
        align="right",
        width=_WIDTHS.get(item, 50),
        sortable=False,
        needs=900 if item in (UNDECIDED, FIRST) else 0,
        only_with=_ONLY_WITH.get(item),
    )


def _has_first(row: OverviewRow | BranchRow) -> bool:
    """Whether 初参加 was counted: without the attendance of the year before it never is."""
    return row.figures.first is not None


def _has_undecided(row: OverviewRow) -> bool:
    """Whether an event of the year still lacks its day."""
    return bool(row.figures.undecided)


_ONLY_WITH: Final[dict[str, Callable[[Any], bool]]] = {FIRST: _has_first, UNDECIDED: _has_undecided}


def _name(row: OverviewRow) -> Cell:
    return Cell(text=row.name, kind=row.figures.kind or "", strong=True)


def _spec(row: OverviewRow) -> Cell:
    return Cell(text=row.spec, second=row.second, tone="second" if row.whole else "")


def _people(row: OverviewRow) -> Cell:
    figures = row.figures
    if figures.kind is None:
        return Cell(text="")
    counts = figures.per_event
    words = "・".join(f"{count}人" for count in counts) or NONE
    if len(counts) > _SHOWN_ONE_BY_ONE:
        words = f"{min(counts)}人–{max(counts)}人"
    return Cell(text=words, second=figures.people_spec.replace("人から", "–"))


def _before(row: OverviewRow) -> Cell:
    figures = row.figures
    if figures.earlier is None:
        return Cell(text="" if row.whole else "記録なし", tone="second")
    earlier = figures.earlier
    change = earlier.change(figures.counts.visits)
    words = "同じ" if change == "変更なし" else change
    return Cell(text=f"{earlier.number}人 {words}", tip=_before_source(row))


def _before_number(row: OverviewRow) -> str:
    return "" if row.figures.earlier is None else f"{row.figures.earlier.number}人"


def _before_source(row: OverviewRow) -> str:
    if row.figures.earlier is None:
        return ""
    earlier = row.figures.earlier
    return f"{earlier.source}（{short_date(earlier.day)}まで）" if earlier.day is not None else earlier.source


def _outlook(row: OverviewRow) -> Cell:
    if not row.outlook:
        return Cell(text="")
    icon: tuple[str, Tone] = ("check-circle-fill", "green") if row.good else ("warning-fill", "amber")
    return Cell(text=row.outlook, icon=icon[0], icon_tone=icon[1], tone=icon[1])


# 仕様との対照


def judged_columns() -> tuple[Column, ...]:
    """What the 仕様書 asks, what was held, the year before, and how it is judged."""
    return (
        Column(key="item", title="項目", width=104, sortable=False, show=lambda row: row.line.item),
        Column(key="spec", title="仕様", width=190, stretch=True, sortable=False, show=lambda row: row.line.spec),
        Column(key="clause", title="根拠", width=90, sortable=False, show=lambda row: row.line.clause, needs=760),
        Column(key="actual", title="実績", width=210, stretch=True, sortable=False,
               show=lambda row: row.line.actual or NONE),
        Column(key="before", title="前年", width=80, align="right", sortable=False, show=_judged_before, needs=860),
        Column(key="change", title="増減", width=72, align="right", sortable=False, show=lambda row: row.change,
            needs=860),
        Column(key="word", title="判定", width=190, sortable=False, show=_judged,
               parts=(SheetPart(title="判定", show=lambda row: row.line.word),
                      SheetPart(title="理由・協議", show=_reason_words))),
    )  # fmt: skip


def _judged_before(row: JudgedLine) -> Cell:
    if row.earlier is None:
        return Cell(text="")
    unit = "回" if row.line.item.endswith("回数") or row.line.item.startswith("日数") else "人"
    return Cell(text=f"{row.earlier.number}{unit}", tip=row.earlier.source)


def _judged(row: JudgedLine) -> Cell:
    word = row.line.word
    if word in OFF:
        second = _reason_words(row) or "理由がまだありません"
        tone: Tone = "amber" if row.stops else "second"
        return Cell(text=word, icon="warning-fill", icon_tone="amber", strong=True, second=second, second_tone=tone)
    if word in PENDING:
        return Cell(text=word, tone="second")
    return Cell(text=word, icon="check-circle-fill", icon_tone="green", tone="green", second=_reason_words(row))


def _reason_words(row: JudgedLine) -> str:
    return row.reason.whole if row.reason is not None else ""


# 人数と団体


@frozen_record
class BranchRow:
    """One 支部, or all."""

    id: str
    figures: BranchFigures
    whole: bool = False


def branch_columns() -> tuple[Column, ...]:
    """支部 in the order of the register, with what the rosters tell."""

    def number(title: str, read: Callable[[BranchFigures], int | None], unit: str) -> Column:
        def show(row: BranchRow) -> Cell:
            found = read(row.figures)
            if found is None:
                return Cell(text=NONE, tone="second")
            return Cell(text=f"{found}{unit}", strong=row.whole)

        only_with = _has_first if title == FIRST else None
        return Column(key=title, title=title, show=show, align="right", width=96, sortable=False, only_with=only_with)

    return (
        Column(key="name", title="支部", stretch=True, width=120, sortable=False,
               show=lambda row: Cell(text=row.figures.name, strong=row.whole)),
        number("名簿", lambda one: one.registered, "団体"),
        number(GROUPS_ONCE, lambda one: one.counts.groups, "団体"),
        number(GROUP_VISITS, lambda one: one.counts.group_visits, "団体"),
        number(PEOPLE_ONCE, lambda one: one.counts.people, "人"),
        number(VISITS, lambda one: one.counts.visits, "人"),
        number(FIRST, lambda one: one.first, "人"),
    )  # fmt: skip


# 満足計・前年


def satisfaction_columns() -> tuple[Column, ...]:
    """One event a row, by date; few sheets make the percentage a 参考値."""

    def share(one: InterimEvent) -> Cell:
        if one.satisfaction is None:
            return Cell(text=NONE, tone="second")
        few = "参考値" if one.satisfaction.base < REFERENCE_BASE else ""
        return Cell(text=f"{one.satisfaction.sum_percent}％", second=few)

    return (
        Column(key="day", title="実施日", width=130, sortable=False,
               show=lambda one: Cell(text=short_date(one.event.event_date), kind=one.event.kind)),
        Column(key="title", title="実施回", stretch=True, width=180, sortable=False,
               show=lambda one: Cell(text=one.event.full_title, second="" if one.frozen_on else "確定前")),
        Column(key="n", title="回収数", align="right", width=90, sortable=False,
               show=lambda one: f"{one.satisfaction.base}件"),
        Column(key="sum", title="満足計", align="right", width=90, sortable=False,
               show=lambda one: f"{one.satisfaction.sum_count}人"),
        Column(key="share", title="％", align="right", width=110, sortable=False, show=share),
    )  # fmt: skip


def lecture_columns() -> tuple[Column, ...]:
    """Kinds of lecture beside the year before."""

    def change(one: LectureFigures) -> str:
        if one.before is None:
            return ""
        return "変更なし" if one.events == one.before else f"{one.events - one.before:+d}".replace("-", "−")

    return (
        Column(key="name", title="種類", stretch=True, width=180, sortable=False, show=lambda one: one.name),
        Column(
            key="before",
            title="前年 回数",
            align="right",
            width=96,
            sortable=False,
            show=lambda one: NONE if one.before is None else f"{one.before}回",
        ),
        Column(
            key="now", title="今年 回数", align="right", width=96, sortable=False, show=lambda one: f"{one.events}回"
        ),
        Column(key="change", title="増減", align="right", width=90, sortable=False, show=change),
        Column(
            key="visits_before",
            title="前年 延べ人数",
            align="right",
            width=120,
            sortable=False,
            show=lambda one: (
                Cell(text="記録なし", tone="second") if one.visits_before is None else f"{one.visits_before}人"
            ),
        ),
        Column(
            key="visits",
            title="今年 延べ人数",
            align="right",
            width=120,
            sortable=False,
            show=lambda one: f"{one.visits}人",
        ),
        Column(
            key="satisfied",
            title="満足計",
            align="right",
            width=150,
            sortable=False,
            show=lambda one: (
                NONE if one.satisfied is None else f"{one.satisfied}人（{percent(one.satisfied, one.sheets)}％）"
            ),
        ),
    )


def behind_columns(found: Behind) -> tuple[Column, ...]:
    """The columns of a list behind a number, as it names them."""
    wide = {"実施回", "出席した回", "団体"}

    def one(place: int, title: str) -> Column:
        return Column(
            key=f"c{place}",
            title=title,
            show=lambda row: row.cells[place],
            stretch=title in wide,
            width=150 if title in wide else 96,
        )

    return tuple(one(place, title) for place, title in enumerate(found.headings))
