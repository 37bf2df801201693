"""The columns of 資料・報告 (day and basis, item and event, whose turn and next step)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.common.join_nonempty import join_nonempty
from app.subjects.submissions.work_queue.rules.work_queue_rows import DONE, WAITING, WARD, WorkQueueRow
from app.widgets.lists.record_model import Cell, Column, ExportColumn

ICONS: Final = {WARD: "clock-fill", WAITING: "hourglass-medium", DONE: "check-circle-fill"}

_DRIFT: Final = (
    "確認のあとに区の記録が変わり、報告書の数字と違っています。報告書を開いて「確認済を取り消す」を押し、"
    "区の記録を読み直してから、もう一度確認済にします。"
)


def work_queue_columns(*, of_event: bool = False) -> tuple[Column, ...]:
    """Return the three columns; ``of_event`` leaves the event out."""
    return (
        Column(
            "due", "期限・根拠", show=_due, width=164, sort=lambda one: one.due or date.max,
            export_parts=(
                ExportColumn("期限", show=lambda one: one.due_words),
                ExportColumn("根拠", show=lambda one: one.basis_words),
            ),
        ),
        Column(
            "thing", "資料・報告書" if of_event else "資料・報告書／実施回", stretch=True, width=180,
            show=_title_and_event_cell if of_event else _title_cell,
            export_parts=(
                ExportColumn("種類", show=lambda one: one.kind),
                ExportColumn("資料・報告書", show=lambda one: one.title),
                ExportColumn("実施回", show=event_or_year_words),
            ),
        ),
        Column(
            "state", "いまの状態", show=_state, width=170,
            export_parts=(
                ExportColumn("番", show=lambda one: one.turn),
                ExportColumn("いまの状態", show=lambda one: one.state_words),
                ExportColumn("日付など", show=lambda one: one.state_second),
            ),
        ),
    )  # fmt: skip


def event_or_year_words(row: WorkQueueRow) -> str:
    """Return the event, or the year for an item of the year, with the year if the list has several."""
    return join_nonempty(row.year_words, row.event_words)


def _due(row: WorkQueueRow) -> Cell:
    return Cell(
        row.due_words,
        row.basis_words,
        date=True,
        tone=row.tone,
        tip="期限です（契約、法令、または本人への約束）" if row.contract else "目安日です。契約の期限ではありません",
    )


def _title_and_event_cell(row: WorkQueueRow) -> Cell:
    return Cell(row.title, strong=True)


def _title_cell(row: WorkQueueRow) -> Cell:
    return Cell(row.title, event_or_year_words(row), strong=True, second_kind=row.event_kind or "")


def _state(row: WorkQueueRow) -> Cell:
    ward, done = row.turn == WARD, row.turn == DONE
    back = row.turn == WAITING and row.versions > 0
    return Cell(
        row.state_words,
        row.state_second,
        icon="warning-fill" if row.drift else "arrow-u-up-left" if back else ICONS[row.turn],
        icon_tone="amber" if ward else "green" if done else "second",
        tone="amber" if ward else "",
        strong=ward,
        tip=_DRIFT if row.drift else "",
    )
