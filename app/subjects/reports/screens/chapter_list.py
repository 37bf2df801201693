"""The chapters of a report with their state and who fills each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.reports.screens.report_words import STATE_ICONS
from app.subjects.reports.services.report_form import FormScreenView, SectionView
from app.widgets.record_columns import Cell, Column
from app.widgets.record_table import RecordTable
from app.window import theme as t


class ChapterList(QWidget):
    """The list at the left. Signals: ``chosen(str)`` the title of a chapter."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self.table = RecordTable(
            "report-chapters",
            (Column(key="title", title="章と記入する者", show=_title, stretch=True, sortable=False),),
            title="報告書の章",
            empty="章がありません。",
            filtered=False,
            foot=False,
        )
        self.table.chosen.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        self.setFixedWidth(t.scaled(196))

    def show_view(self, view: FormScreenView) -> None:
        """Show the chapters, keeping the chosen one; at first the first that still waits."""
        rows = list(view.sections)
        self.table.show_rows(rows)
        titles = [each.section.title for each in rows]
        if self._title not in titles:
            waiting = next((each for each in rows if each.state == "記入待ち"), rows[0])
            self._title = waiting.section.title
        self.table.choose(lambda each: each.section.title == self._title, take_focus=False)

    def current(self) -> str:
        """The title of the chosen chapter."""
        return self._title

    def choose(self, title: str) -> None:
        """Choose a chapter."""
        self.table.choose(lambda each: each.section.title == title, take_focus=False)

    def forget(self) -> None:
        """Another report: begin with what waits."""
        self._title = ""

    def _on_chosen(self, section: SectionView | None) -> None:
        if section is not None and section.section.title != self._title:
            self._title = section.section.title
            self.chosen.emit(self._title)


def _title(section: SectionView) -> Cell:
    icon, tone = STATE_ICONS[section.state]
    return Cell(
        text=section.section.words, icon=icon, icon_tone=tone, second=f"{section.section.writer}　{section.state}"
    )
