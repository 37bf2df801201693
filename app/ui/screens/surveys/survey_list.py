"""The surveys of the year: every 講習会 and 意見交換会 with how far its survey is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import short_date
from app.rules.rounding import percent
from app.services.surveys import SurveyRowView
from app.ui.screens.surveys.survey_words import STATE_BADGES, sources_words
from app.ui.widgets.labels import heading, label
from app.ui.widgets.record_columns import Cell, Column
from app.ui.widgets.record_table import RecordTable
from app.ui.widgets.screen import row as side_by_side


class SurveyList(QWidget):
    """The list. Signals: ``opened(int)`` the event whose survey is wanted; ``events_asked()``."""

    opened = Signal(int)
    events_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = label("", "second")
        self.table = RecordTable(
            "surveys",
            _columns(today),
            title="アンケートの一覧",
            empty="アンケートのある実施回（講習会・意見交換会）は、まだありません。",
            empty_button="事業・日程を開く",
            empty_act=self.events_asked.emit,
            filtered=False,
            hint="Enter で開きます。アドバイザー派遣にアンケートはありません（事前ヒアリング）。",
        )
        self.table.opened.connect(lambda row: self.opened.emit(row.event.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(side_by_side(heading("アンケート"), 8, self.summary, 16, self.table.filter_field, None))
        column.addWidget(self.table, 1)

    def show_rows(self, rows: tuple[SurveyRowView, ...]) -> None:
        """Show these surveys."""
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            waiting = [row for row in rows if row.doubtful] or [row for row in rows if row.state != "集計確定"]
            first = (waiting or list(rows))[0]
            self.table.choose(lambda row: row.id == first.id, take_focus=False)
        fixed = sum(row.frozen for row in rows)
        waiting_count = sum(1 for row in rows if row.doubtful)
        more = f"　確認が必要 {waiting_count}回" if waiting_count else ""
        self.summary.setText(f"集計確定 {fixed} / {len(rows)}回{more}" if rows else "")


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            key="date",
            title="実施日",
            show=lambda row: Cell(
                text=short_date(row.event.event_date, today) if row.event.event_date else "協議中",
                kind=row.event.kind,
                strong=row.event.event_date is not None,
                tone="" if row.event.event_date else "second",
            ),
            sort=lambda row: (row.event.event_date or date.max, row.id),
        ),
        Column(
            key="title",
            title="実施回",
            show=lambda row: Cell(text=row.event.full_title, strong=True, second=row.event.venue),
            stretch=True,
        ),
        Column(key="state", title="アンケートの状態", show=_state, sort=lambda row: row.state),
        Column(
            key="questions",
            title="設問",
            show=lambda row: _questions(row, today),
            sort=lambda row: row.questions,
        ),
        Column(key="returned", title="回収", show=_returned, sort=lambda row: row.counted),
        Column(
            key="counted",
            title="集計した者",
            show=lambda row: Cell(
                text=row.counted_by if row.counted else "",
                second=short_date(row.counted_on, today) if row.counted_on else "",
            ),
            narrow=False,
        ),
    )


def _state(row: SurveyRowView) -> Cell:
    if row.doubtful and not row.frozen:
        return Cell(badge="確認が必要", text=f"確認が必要 {row.doubtful}枚")
    return Cell(badge=STATE_BADGES[row.state], text=row.state)


def _questions(row: SurveyRowView, today: date) -> Cell:
    if not row.questions:
        return Cell(text="—", tone="second")
    agreed = f"協議 {short_date(row.agreed_on, today)}" if row.agreed_on else "協議がまだ"
    return Cell(text=f"{row.questions}問", second=agreed)


def _returned(row: SurveyRowView) -> Cell:
    if not row.counted:
        return Cell(text="—", tone="second")
    rate = f"{percent(row.counted, row.attended)}%" if row.attended else ""
    of = f"出席 {row.attended}人中" if row.attended else ""
    second = "　".join(part for part in (sources_words(row.paper, row.online), of) if part)
    return Cell(text=f"{row.counted}枚", aside=rate, second=second)
