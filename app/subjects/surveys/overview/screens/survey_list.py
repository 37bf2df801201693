"""The surveys of the year: every 講習会 and 意見交換会 with how far its survey is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.documents.screens.export_button import export_button
from app.subjects.events.event.services.event_facts import return_rate
from app.subjects.surveys.questions.parts.survey_words import STATE_BADGES, agreed_words, sources_words
from app.subjects.surveys.questions.services.surveys import SurveyListRow
from app.widgets.buttons import MoreButton
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.tabs import TabBar
from app.window.app_context import AppContext


class SurveyList(QWidget):
    """The surveys of the year: every 講習会 and 意見交換会 with how far its survey is.

    Signals: ``opened(int)`` the event whose survey is wanted; ``events_asked()``.
    """

    opened = Signal(int)
    events_asked = Signal()

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.summary = label("", "second")
        self.table = RecordTable(
            "surveys",
            _columns(app_context.today()),
            title="アンケートの一覧",
            empty="アンケートのある実施回（講習会・意見交換会）は、まだありません。",
            empty_button="事業を開く",
            empty_on_click=self.events_asked.emit,
            filtered=False,
            hint="Enter で開く",
            rule="アドバイザー派遣にアンケートはありません（事前ヒアリング）。",
        )
        self.table.foot.addWidget(export_button(app_context, self.table, title="アンケートの一覧"))
        self.table.opened.connect(lambda row: self.opened.emit(row.event.id))
        self.tabs = TabBar("アンケート", "年間で比べる")
        self.tabs.chosen.connect(self._open_year)
        self._navigate = app_context.go
        self.menu_button = MoreButton(self.menu_actions)
        in_column(
            FlowRow(
                heading("アンケート"), self.summary, self.table.filter_field, self.menu_button, spacing=12, at_end=2
            ),
            self.tabs,
            (self.table, 1),
            owner=self,
            spacing=12,
        )

    def menu_actions(self) -> list[tuple[str, Callable[[], object]]]:
        """What stands in 「…」: the words and what they do."""
        return [
            ("設問のひな形", lambda: self._navigate("questionnaires")),
            ("中間集計", lambda: self._navigate("survey_year", page="中間集計")),
        ]

    def _open_year(self, number: int) -> None:
        """The second tab is a page of its own; here the first one stays."""
        if number:
            self.tabs.choose(0)
            self._navigate("survey_year", page="比べる")

    def show_rows(self, rows: tuple[SurveyListRow, ...]) -> None:
        """Show these surveys."""
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            waiting = [row for row in rows if row.doubtful_count] or [row for row in rows if row.state != "集計確定"]
            first = (waiting or list(rows))[0]
            self.table.choose(lambda row: row.id == first.id, take_focus=False)
        fixed = sum(row.is_frozen for row in rows)
        waiting_count = sum(1 for row in rows if row.doubtful_count)
        more = f"　確認が必要 {waiting_count}回" if waiting_count else ""
        self.summary.setText(f"集計確定 {fixed} / {len(rows)}回{more}" if rows else "")


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "date",
            "実施日",
            show=lambda row: Cell(
                short_date(row.event.event_date, today) if row.event.event_date else "協議中",
                kind=row.event.kind,
                strong=row.event.event_date is not None,
                tone="" if row.event.event_date else "second",
            ),
            sort=lambda row: (row.event.event_date or date.max, row.id),
            export_parts=(
                ExportColumn("実施日", show=lambda row: _day(row.event.event_date, today) or "協議中"),
                ExportColumn("種別", show=lambda row: row.event.kind),
            ),
        ),
        Column(
            "title",
            "実施回",
            show=lambda row: Cell(row.event.full_title, row.event.venue, strong=True),
            stretch=True,
            export_parts=(
                ExportColumn("実施回", show=lambda row: row.event.full_title),
                ExportColumn("会場", show=lambda row: row.event.venue),
            ),
        ),
        Column("state", "アンケートの状態", show=_state, sort=lambda row: row.state),
        Column(
            "questions",
            "設問",
            show=lambda row: _questions(row, today),
            sort=lambda row: row.question_count,
            export_parts=(
                ExportColumn("設問", show=lambda row: f"{row.question_count}問" if row.question_count else ""),
                ExportColumn("設問の協議", show=lambda row: _agreed_text(row, today) if row.question_count else ""),
            ),
        ),
        Column(
            "returned",
            "回収",
            show=_returned,
            sort=lambda row: row.counted_total,
            export_parts=(
                ExportColumn("回収", show=lambda row: f"{row.counted_total}枚" if row.counted_total else ""),
                ExportColumn("紙", show=lambda row: f"{row.paper}枚" if row.counted_total else ""),
                ExportColumn("オンライン", show=lambda row: f"{row.online}件" if row.counted_total else ""),
                ExportColumn("出席", show=lambda row: f"{row.attendance}人" if row.attendance else ""),
                ExportColumn("回収率", show=lambda row: _rate(row) if row.counted_total else ""),
            ),
        ),
        Column(
            "counted",
            "集計した者",
            show=lambda row: Cell(
                row.counted_by if row.counted_total else "",
                short_date(row.counted_on, today) if row.counted_on else "",
            ),
            narrow=False,
            export_parts=(
                ExportColumn("集計した者", show=lambda row: row.counted_by if row.counted_total else ""),
                ExportColumn("集計した日", show=lambda row: _day(row.counted_on, today)),
            ),
        ),
    )


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


def _agreed_text(row: SurveyListRow, today: date) -> str:
    return agreed_words(row.agreed_on, today, fixed=row.is_fixed)


def _rate(row: SurveyListRow) -> str:
    rate = return_rate(row.counted_total, row.attendance)
    return f"{rate}%" if rate else ""


def _state(row: SurveyListRow) -> Cell:
    if row.doubtful_count and not row.is_frozen:
        return Cell(f"確認が必要 {row.doubtful_count}枚", badge="確認が必要")
    return Cell(row.state, badge=STATE_BADGES[row.state])


def _questions(row: SurveyListRow, today: date) -> Cell:
    if not row.question_count:
        return Cell("—", tone="second")
    return Cell(f"{row.question_count}問", _agreed_text(row, today))


def _returned(row: SurveyListRow) -> Cell:
    if not row.counted_total:
        return Cell("—", tone="second")
    of = f"出席 {row.attendance}人中" if row.attendance else ""
    second = join_nonempty(sources_words(row.paper, row.online), of)
    return Cell(f"{row.counted_total}枚", second, aside=_rate(row))
