"""The columns of the free texts: what was written, under which theme, whether it is quoted."""

from __future__ import annotations

from dataclasses import dataclass

from app.subjects.surveys.tally.rules.themes import EDITED, NO_THEME, Comment
from app.widgets.record_columns import Cell, Column, SheetPart


@dataclass(frozen=True)
class CommentRow:
    """One written answer with the name and the key of its theme."""

    comment: Comment
    theme: str
    key: str

    @property
    def id(self) -> int:
        """The sheet, by which the list keeps its current row."""
        return self.comment.sheet_id


def comment_columns() -> tuple[Column, ...]:
    """Number, text with what must be looked at, theme, and quoting."""
    return (
        Column(
            key="number",
            title="No",
            show=lambda row: str(row.comment.number),
            align="right",
            sort=lambda row: row.comment.number,
        ),
        Column(
            key="text",
            title="記入",
            show=lambda row: Cell(text=row.comment.text, second=_below(row.comment)),
            stretch=True,
            parts=(
                SheetPart(title="記入", show=lambda row: row.comment.words or "（掲載しない）"),
                SheetPart(title="回答方法", show=lambda row: row.comment.source),
            ),
        ),
        Column(key="theme", title="分類", show=_theme, sort=lambda row: (row.theme == NO_THEME, row.key, row.theme)),
        Column(key="quoting", title="引用", show=_quoting, sort=lambda row: row.comment.quoting),
    )


def _below(comment: Comment) -> str:
    parts = []
    if comment.flags:
        parts.append("・".join(comment.flags))
    if comment.edited:
        parts.append(f"引用する文：{comment.words}{EDITED}")
    return "　".join(parts)


def _theme(row: CommentRow) -> Cell:
    if row.theme == NO_THEME:
        return Cell(text="—", tone="second")
    return Cell(text=f"{row.key}　{row.theme}".strip())


def _quoting(row: CommentRow) -> Cell:
    quoting = row.comment.quoting
    if quoting == "確認が必要":
        return Cell(badge="確認が必要", text="確認が必要")
    if quoting == "引用しない":
        return Cell(text=quoting, tone="second")
    return Cell(text=quoting, tone="green", icon="check-circle-fill", icon_tone="green")
