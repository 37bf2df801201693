"""The menu 「令和8年度 ▾」: every year to choose, the next one to start, the one shown to close or open again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.calendar.wareki import fiscal_year_words
from app.main_window.main_window import MainWindow
from app.programme.services.programme import programmes
from app.subjects.year.screens.close_year_dialog import CloseYearDialog
from app.subjects.year.screens.start_year_dialog import StartYearDialog
from app.subjects.year.services.years import YearClosing, YearDraft, next_year_draft, read_closing, reopen_year
from app.window.desk import Desk, with_store
from db.records.programme import Programme

START, CLOSE, REOPEN = "start", "close", "reopen"


class YearMenu(QObject):
    """Keeps the menu of the top bar as the folder stands. Signals: none."""

    def __init__(self, desk: Desk, main: MainWindow) -> None:
        super().__init__(main)
        self._desk = desk
        self._main = main
        main.top_bar.year_act_asked.connect(self._act)
        desk.changed.connect(self.reload)

    def reload(self) -> None:
        """Read which years there are."""
        self._desk.read(programmes, self._show, owner=self)

    def _show(self, years: Sequence[Programme]) -> None:
        known = {one.fiscal_year: one for one in years}
        self._main.set_years(tuple(sorted(known)))
        if self._desk.fiscal_year not in known:
            # Its start was taken back.
            self._main.choose_year(max(known))
            return
        shown = known[self._desk.fiscal_year]
        words = fiscal_year_words(shown.fiscal_year)
        acts = [(START, f"つぎの年度（{fiscal_year_words(max(known) + 1)}）を始める…")]
        acts.append((CLOSE, f"{words}を閉じる…") if shown.closed_on is None else (REOPEN, f"{words}をもう一度開く"))
        self._main.top_bar.offer_year_acts(() if self._desk.read_only else acts)

    def _act(self, key: str) -> None:
        today = self._desk.today()
        if key == START:
            self._desk.read(with_store(next_year_draft, today=today), self._ask_start, owner=self)
        elif key == CLOSE:
            year = self._desk.fiscal_year
            self._desk.read(with_store(read_closing, fiscal_year=year, today=today), self._ask_close, owner=self)
        else:
            self._desk.write(
                with_store(reopen_year, fiscal_year=self._desk.fiscal_year, **self._desk.signed), owner=self
            )

    def _ask_start(self, draft: YearDraft) -> None:
        StartYearDialog(self._desk, draft, self._main).open()

    def _ask_close(self, closing: YearClosing) -> None:
        CloseYearDialog(self._desk, closing, self._main).open()
