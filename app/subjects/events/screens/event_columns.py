"""How an event becomes a row of the list."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.subjects.events.parts.deadline_basis import basis_in_full
from app.subjects.events.services.event_lists import EventRow
from app.subjects.events.services.task import STEP
from app.widgets.record_columns import BlockState, Cell, Column, SheetPart, Tone

_BLOCKS: dict[str, BlockState] = {"済": "done", "つぎ": "next", "未着手": "planned"}
_BADGES = {"実施済": "実施済", "協議中": "協議中", "中止": "中止", "準備完了": "済", "準備中": "準備"}


def date_cell(row: EventRow) -> Cell:
    """The date with the square of the kind; an undated event says so quietly."""
    dated = row.event_date is not None
    return Cell(text=row.date_words, kind=row.kind, strong=dated, tone="" if dated else "second", tip=row.time_words)


def title_cell(row: EventRow) -> Cell:
    """Title and venue."""
    return Cell(text=row.title, second=row.venue_words or "会場未定", strong=True)


def state_cell(row: EventRow) -> Cell:
    """The state as a badge."""
    words = "" if row.state_words == row.state and row.state in ("実施済", "協議中", "中止") else row.state_words
    open_topics = "、".join(row.open_topics)
    tip = f"協議中　{open_topics}" if open_topics else ""
    return Cell(badge=_BADGES.get(row.state, row.state), text=words, tip=tip)


def recruitment_cell(row: EventRow) -> Cell:
    """Five blocks with the next step under them."""
    if row.state == "中止":
        return Cell(text="—", tone="second")
    names = "　".join(f"{block.name} {block.state}" for block in row.blocks)
    return Cell(
        blocks=tuple(_BLOCKS[block.state] for block in row.blocks),
        second=row.blocks_words,
        second_tone="",
        tip=names,
    )


def next_cell(row: EventRow, today: date) -> Cell:
    """What is due next, and why then."""
    task = row.next_task
    if task is None:
        return Cell(text="—", tone="second")
    late = task.bucket == "期限超過"
    tone: Tone = "red" if late else ""
    due, what, words = _next_words(row, today)
    return Cell(text=f"{due} {what}".strip(), second=words, tone=tone, strong=late, tip=basis_in_full(task))


def _next_words(row: EventRow, today: date) -> tuple[str, str, str]:
    """What is due next as day, task and basis."""
    task = row.next_task
    if task is None:
        return "", "", ""
    second = (
        "" if task.contract else "区の目標",
        "提出待ち" if task.ball == "受託者" else "",
        task.rule,
        task.short_words if task.bucket == "期限超過" else "",
    )
    due = short_date(task.due, today) if task.due is not None else ""
    return due, task.label if task.task == STEP else task.task, " ".join(part for part in second if part)


def _state_rank(row: EventRow) -> tuple[str, int]:
    return (row.state, row.prepared)


def _next_rank(row: EventRow) -> date:
    return (row.next_task.due if row.next_task else None) or date.max


def event_columns(today: date) -> tuple[Column, ...]:
    """The columns of the list on ``today``."""
    return (
        Column(
            key="date",
            title="実施日",
            width=124,
            show=date_cell,
            sort=lambda row: (row.event_date or date.max, row.id),
            parts=(
                SheetPart(title="実施日", show=lambda row: row.date_words),
                SheetPart(title="時間", show=lambda row: row.time_words),
                SheetPart(title="種別", show=lambda row: row.kind),
            ),
        ),
        Column(
            key="title",
            title="実施回・会場",
            show=title_cell,
            stretch=True,
            width=190,
            parts=(
                SheetPart(title="実施回", show=lambda row: row.title),
                SheetPart(title="会場", show=lambda row: row.venue_words),
            ),
        ),
        Column(
            key="people",
            title="人数",
            width=72,
            needs=720,
            show=lambda row: Cell(text=row.people_words),
            sort=lambda row: row.people,
            parts=(
                SheetPart(title="人数", show=lambda row: "" if row.people is None else str(row.people)),
                SheetPart(title="申込・出席", show=lambda row: row.people_words.partition(" ")[0]),
            ),
        ),
        Column(
            key="state",
            title="状態",
            show=state_cell,
            sort=_state_rank,
            parts=(
                SheetPart(title="状態", show=lambda row: row.state),
                SheetPart(title="準備", show=lambda row: row.state_words if row.state_words != row.state else ""),
            ),
        ),
        Column(key="steps", title="募集（5段）", show=recruitment_cell, width=132, sortable=False),
        Column(
            key="next",
            title="つぎの期限・区の目標",
            show=lambda row: next_cell(row, today),
            width=172,
            sort=_next_rank,
            parts=(
                SheetPart(title="つぎの期限・区の目標", show=lambda row: _next_words(row, today)[0]),
                SheetPart(title="すること", show=lambda row: _next_words(row, today)[1]),
                SheetPart(title="根拠", show=lambda row: _next_words(row, today)[2]),
            ),
        ),
    )
