"""How a task of the ward becomes a row: the date largest with its basis, what is left, what to do."""

from __future__ import annotations

from app.subjects.events.parts.deadline_basis import basis_in_full
from app.subjects.events.services.task import STEP
from app.subjects.home.services.home import HomeRow
from app.widgets.record_columns import Cell, Column, SheetPart, Tone

_LEFT_TONE: dict[str, Tone] = {"期限超過": "red", "今日": "", "今週": "", "来週から": ""}


def badge_cell(row: HomeRow) -> Cell:
    """How pressing it is, as a badge."""
    return Cell(badge=row.task.bucket)


def due_cell(row: HomeRow, *, with_left: bool) -> Cell:
    """The date with the basis under it; ``with_left`` puts what is left beside the date."""
    task = row.task
    return Cell(
        text=row.date_words,
        aside=task.short_words if with_left else "",
        aside_tone=_LEFT_TONE[task.bucket] or ("" if task.bucket == "今日" else "second"),
        second=task.basis_short,
        date=True,
        tip=f"{basis_in_full(task)}\n押すと計算の道すじが出ます。",
    )


def left_cell(row: HomeRow) -> Cell:
    """What is left in calendar days, under it in open days."""
    task = row.task
    pressing = task.bucket in ("期限超過", "今日")
    if not task.contract and task.days_left < 0:
        # A 区の目標 that has passed is never 超過: it waits, and the row says since when.
        return Cell(text=f"{-task.days_left}日経過", second="区の目標から", strong=pressing)
    return Cell(text=task.short_words, second=task.open_words, tone=_LEFT_TONE[task.bucket], strong=pressing)


def task_cell(row: HomeRow) -> Cell:
    """What to do, and for which event."""
    task = row.task
    return Cell(
        text=task.label,
        aside=task.detail or ("募集" if task.task == STEP else ""),
        strong=True,
        second="　".join(part for part in (row.year_words, task.event_title or "年度全体") if part),
        second_kind=task.kind or "",
    )


_DUE = (
    SheetPart(title="期限（開庁日）・区の目標", show=lambda row: row.date_words),
    SheetPart(title="根拠", show=lambda row: row.task.basis_short),
)
_LEFT = (
    SheetPart(title="残り", show=lambda row: left_cell(row).text),
    SheetPart(title="残り（開庁日）", show=lambda row: left_cell(row).second),
)
_TASK = (
    SheetPart(title="区がやること", show=lambda row: row.task.label),
    SheetPart(title="内容", show=lambda row: task_cell(row).aside),
    SheetPart(title="実施回", show=lambda row: task_cell(row).second),
    SheetPart(title="担当", show=lambda row: row.task.owner_words),
)


def due_columns(*, narrow: bool) -> tuple[Column, ...]:
    """The columns of the list; ``narrow`` moves 残り beside the date."""
    due = Column(
        key="due",
        title="期限（開庁日）・区の目標と根拠",
        widest=0 if narrow else 232,
        show=lambda row: due_cell(row, with_left=narrow),
        sort=lambda row: row.task.due,
        parts=(*_DUE, *_LEFT) if narrow else _DUE,
    )
    left = Column(key="left", title="残り", width=92, show=left_cell, sort=lambda row: row.task.days_left, parts=_LEFT)
    task = Column(key="task", title="区がやること・実施回", show=task_cell, stretch=True, parts=_TASK)
    badge = Column(
        key="bucket", title="", show=badge_cell, sortable=False,
        parts=(SheetPart(title="状態", show=lambda row: row.task.bucket),),
    )  # fmt: skip
    return (badge, due, task) if narrow else (badge, due, left, task)
