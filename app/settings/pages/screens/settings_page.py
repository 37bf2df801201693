"""Base class of all pages of the settings: heading, read-only note, and error message."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.programme.services import ProgrammeView, read_programme
from app.settings.pages.screens.settings_host import SettingsHost
from app.widgets.action_mixin import show_failure_in
from app.widgets.labels import Paragraph, heading
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, page_column
from app.window.app_context import AppContext
from app.window.failure_messages import failure_of

READ_ONLY = "閲覧専用で開いているため、設定は見るだけです。"


class SettingsPage(Screen):
    """One part of the settings; ``body`` holds the editable widgets, ``problem`` shows errors. Signals: none."""

    reads_files = True

    def __init__(self, app_context: AppContext, host: SettingsHost, title: str, hint: str = ""):
        super().__init__(app_context)
        self.doors = host
        column = page_column(self)
        self.title = heading(title)
        column.addWidget(self.title)
        if hint:
            column.addWidget(Paragraph(hint, role="second"))
        self._read_only_note = NoteBox("", "quiet")
        column.addWidget(self._read_only_note)
        self._read_only_note.show_text(READ_ONLY if app_context.read_only else "")
        self.problem = NoteBox("", "red")
        column.addWidget(self.problem)
        self._inside = QWidget()
        self.body = in_column(owner=self._inside, spacing=12)
        add(column, self._inside, None)

    def show_error(self, problem: Exception) -> None:
        """Show an error at the top of the page and read the stored values again."""
        show_failure_in(failure_of(problem), self.problem)
        self.reload()

    def set_changeable(self, *parts: QWidget) -> None:
        """Enable these widgets only while the folder is open for writing."""
        for part in parts:
            part.setEnabled(self.may_write)


class YearSettingsPage(SettingsPage):
    """A page of what is agreed for the fiscal year shown. Signals: none."""

    def reload(self) -> None:
        """Read and show the year."""
        self.run_read(self._show, read_programme, fiscal_year=self.fiscal_year, on=self.today)

    def _show(self, view: ProgrammeView) -> None:
        """Show the year that was read; every page has its own way."""
