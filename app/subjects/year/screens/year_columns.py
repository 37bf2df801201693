"""How a due date of the year becomes a row: what, who, three named dates, on what it rests, how it stands."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.subjects.events.parts.deadline_basis import basis_in_full
from app.subjects.events.services.year_dates import YearDue
from app.widgets.record_columns import Cell, Column, SheetPart, Tone

DATES = ("nominal", "working", "margin")


def year_columns(today: date) -> tuple[Column, ...]:
    """The columns of the list."""

    def day(name: str) -> Column:
        titles = {"nominal": "期限\n（暦どおり）", "working": "期限\n（開庁日）", "margin": "前倒し目安／\n区の目標"}
        return Column(key=name, title=titles[name], show=lambda row: _day(row, name, today), sortable=False)

    return (
        Column(key="what", title="やること", show=_what, stretch=True, width=190, sortable=False),
        Column(key="owner", title="担当", show=_owner, sortable=False),
        *(day(name) for name in DATES),
        Column(key="basis", title="根拠", show=_basis, widest=230, sortable=False),
        Column(
            key="state", title="残り・状態", show=_state, width=150, widest=240, sortable=False,
            parts=(SheetPart(title="残り・状態", show=lambda row: _state(row).text),
                   SheetPart(title="済とした理由", show=lambda row: row.closing.reason if row.closing else "")),
        ),
    )  # fmt: skip


def _what(row: YearDue) -> Cell:
    return Cell(text=row.task.label, strong="区" in row.task.owner)


def _owner(row: YearDue) -> Cell:
    ward = "区" in row.task.owner
    return Cell(text=row.task.owner, strong=ward, tone="" if ward else "second")


def _day(row: YearDue, name: str, today: date) -> Cell:
    """One of the three dates; the one that counts is strong, 仮 stands as it is, by hand says so."""
    task = row.task
    given: date | None = {"nominal": task.nominal, "working": task.working, "margin": task.margin}[name]
    if given is None:
        return Cell(text="—", tone="second")
    counts = task.column == name
    tip = basis_in_full(task)
    if counts and task.override is not None:
        words = f"手で変更・計算 {short_date(given, today)}"
        return Cell(text=short_date(task.override, today), second=words, strong=task.open, tip=tip)
    if task.provisional:
        return Cell(text=task.provisional if counts else "仮", tone="" if counts else "second", tip=tip)
    late: Tone = "red" if counts and task.bucket == "期限超過" else "" if counts else "second"
    second = "休日の場合" if name == "working" and task.column == "nominal" and task.working != task.nominal else ""
    return Cell(text=short_date(given, today), second=second, strong=counts and task.open, tone=late, tip=tip)


def _basis(row: YearDue) -> Cell:
    task = row.task
    if not task.contract:
        return Cell(text="区の目標", second=" ".join(part for part in (task.clause, task.rule) if part))
    return Cell(text=task.clause, second=task.rule)


def _state(row: YearDue) -> Cell:
    task = row.task
    if not task.open:
        why = row.closing.reason if row.closing is not None else "出力の記録による"
        return Cell(badge="済", text=task.short_words, second=why)
    if any(one.again is None for one in row.returns):
        return Cell(text=task.short_words, second="返戻中・再受領待ち", second_tone="amber")
    if task.provisional:
        return Cell(text="仮", second=task.short_words)
    if not task.contract and task.days_left < 0:
        return Cell(text=f"{-task.days_left}日経過", second="区の目標から")
    tone: Tone = "red" if task.bucket == "期限超過" else ""
    return Cell(text=task.short_words, second=task.open_words, tone=tone, strong=task.announced is not None)
