"""Texts of the check of a report (button of the current line, what is open, why it is locked)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.dates import short_date
from app.subjects.submissions.reports.screens.figure_lines import FigureLine
from app.subjects.submissions.reports.screens.pdf_number_reading import ReadPages
from app.subjects.submissions.reports.services.report_check import ReportCheckView, SettledFigure
from app.widgets.buttons import Button

KEYS = (
    ("Enter", "確認してつぎへ"),
    ("F2", "直す"),
    ("1", "修正を依頼"),
    ("2", "区の記録を訂正"),
    ("3", "理由を書いて残す"),
    ("F4", "なし"),
)
"""The keys of a line and their actions."""


def takes(line: FigureLine | None, key: str) -> bool:
    """Return whether a key of ``KEYS`` applies to a line.

    Only a difference can be settled, only a missing number can be marked as not written.
    """
    if line is None:
        return False
    if key == "F4":
        return line.is_missing and line.is_required
    return line.differs if key.isdigit() else True


def set_filled(button: Button, filled: bool) -> None:
    """Draw a button filled where it is the next action, else plain."""
    kind = "main" if filled else "plain"
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)


def settled_figure(line: FigureLine, handling: str = "", reason: str = "") -> SettledFigure:
    """Return the line's value, confirmed or proposed, for storing."""
    one = line.effective_figure
    return SettledFigure(figure_id=one.id, theirs=one.theirs, page=one.page, handling=handling, reason=reason)


def legend_of(read: ReadPages | None, lines: Sequence[FigureLine]) -> str:
    """Return the message on reading the pages; None = in progress."""
    if read is None:
        return "報告書を読んでいます"
    if not read.readable:
        return "PDFを読み取れません。原本を見て入力してください"
    if not read.has_text:
        return "文字のないPDFです。ページを見て入力してください"
    return "破線＝読取りの候補" if any(line.proposal for line in lines) else ""


def action_words(line: FigureLine, name: str) -> str:
    """Return what Enter does with a line, for the filled button; ``name`` is that of the number."""
    if line.is_ambiguous:
        return f"{name}を選ぶ"
    if line.is_missing:
        return f"{name}を入力する"
    return f"{name}を確認してつぎへ" if line.proposal is not None else f"{name}の扱いを選ぶ"


def open_words_of(view: ReportCheckView) -> str:
    """Return what prevents 確認済 (「差 1件、未確認の項目 2件」), "" = nothing."""
    counts = (
        ("差", view.open_differences),
        ("未入力の数字", view.untyped),
        ("記載のない項目", len(view.missing_points)),
        ("未確認の項目", len(view.unchecked_points)),
    )
    return "、".join(f"{words} {count}件" for words, count in counts if count)


def closed_words(view: ReportCheckView, today: date) -> str:
    """Return who confirmed the report and when, or why else it is locked; "" = it is not."""
    if view.report.status == "確認済" and view.report.checked_on is not None:
        changed = f"そのあとに区の記録が変わりました（{'、'.join(view.outdated)}）。" if view.outdated else ""
        return f"{short_date(view.report.checked_on, today)} に {view.report.checked_by} が確認済にしました。{changed}"
    return view.closed_words
