"""The columns of the board of handouts: deadline with basis, title and event, version, receipt, findings, state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.calendar.dates import short_date
from app.subjects.materials.services.material_board import BoardRow, MaterialBoard
from app.widgets.record_columns import Cell, Column, SheetPart, Tone


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """One handout on the board with the group it stands in; ``id`` tells lines apart also without a handout."""

    id: str
    group: str
    row: BoardRow


def lines_of(board: MaterialBoard) -> tuple[BoardLine, ...]:
    """The lines of a board in its order."""
    return tuple(
        BoardLine(id=f"{row.event_id}-{row.material_id}", group=group.title, row=row)
        for group in board.groups
        for row in group.rows
    )


def event_words(row: BoardRow, today: date) -> str:
    """「12/8(火) 第6回 Instagram講習会」 (with its year among several), or without a date while it is open."""
    day = short_date(row.event_date, today) if row.event_date else "日程未定"
    return f"{day} {row.named_event}"


def board_columns(today: date, *, embedded: bool) -> tuple[Column, ...]:
    """The columns; ``embedded`` leaves out the event, which stands above already."""

    def due(line: BoardLine) -> Cell:
        row = line.row
        late = row.bucket == "期限超過"
        return Cell(
            text=row.due_words,
            aside=row.state_words,
            aside_tone="red" if late else "second",
            second=row.basis_short,
            date=True,
            tone="red" if late else "",
        )

    def title(line: BoardLine) -> Cell:
        row = line.row
        named = row.material_id != 0
        if embedded:
            return Cell(text=row.title, strong=named)
        return Cell(text=row.title, strong=named, second=event_words(row, today), second_kind=row.kind)

    return (
        Column(
            key="due", title="期限（開庁日）と根拠", show=due, widest=152, sort=lambda line: line.row.due,
            parts=(
                SheetPart(title="期限（開庁日）", show=lambda line: line.row.due_words),
                SheetPart(title="残り", show=lambda line: line.row.state_words),
                SheetPart(title="根拠", show=lambda line: line.row.basis_short),
            ),
        ),
        Column(
            key="title", title="資料" if embedded else "資料・実施回", show=title, stretch=True,
            parts=(
                SheetPart(title="資料", show=lambda line: line.row.title),
                SheetPart(title="実施日", show=lambda line: _day(line, today)),
                SheetPart(title="実施回", show=lambda line: line.row.named_event),
            ),
        ),
        Column(key="version", title="版", show=lambda line: line.row.version_words),
        Column(
            key="received", title="受領", show=_received, sort=lambda line: line.row.received_on, needs=540,
        ),
        Column(
            key="findings", title="指摘", show=_findings, sort=lambda line: line.row.findings_open,
            parts=(
                SheetPart(title="指摘", show=lambda line: line.row.findings_words.partition(" ")[0]),
                SheetPart(title="指摘の対応", show=lambda line: line.row.findings_words.partition(" ")[2]),
            ),
        ),
        Column(key="state", title="状態", show=lambda line: Cell(badge=line.row.state, text=line.row.state)),
        Column(
            key="copies", title="通知・部数", show=_copies, needs=700,
            parts=(
                SheetPart(title="部数", show=lambda line: line.row.copies_words.partition("（")[0]),
                SheetPart(title="部数の扱い", show=lambda line: "仮" if "（仮）" in line.row.copies_words else ""),
                SheetPart(title="通知", show=lambda line: line.row.notified_words),
            ),
        ),
    )  # fmt: skip


def _day(line: BoardLine, today: date) -> str:
    return short_date(line.row.event_date, today) if line.row.event_date else "日程未定"


def _received(line: BoardLine) -> Cell:
    """The day it came, or the ward's target for it in small."""
    words = line.row.received_words
    target, _, day = words.partition(" ")
    return Cell(text=day, second=target, tone="second") if line.row.received_on is None and day else Cell(text=words)


def _findings(line: BoardLine) -> Cell:
    """「3件」 with 「未修正」 under it."""
    open_ = line.row.findings_open > 0
    count, _, state = line.row.findings_words.partition(" ")
    tone: Tone = "amber" if open_ else ""
    return Cell(text=count, second=state, tone=tone, second_tone=tone or "second", strong=open_)


def _copies(line: BoardLine) -> Cell:
    return Cell(text=line.row.copies_words, second=line.row.notified_words, strong=line.row.copies_words != "—")


def first_to_do(lines: Iterable[BoardLine]) -> Any:
    """The line the ward should look at first: what waits for its own look, else the first."""
    found = list(lines)
    return next((line for line in found if line.row.state == "区が確認中"), found[0] if found else None)
