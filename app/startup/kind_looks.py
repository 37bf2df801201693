"""Keeps the squares of the kinds of event and the words of the window as the year that is shown says: read at the
start and after every change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from app.main_window.main_window import MainWindow
from app.programme.rules import in_year_words
from app.programme.services import ProgrammeView, read_programme
from app.widgets.badges import FORMER, KindLook, set_kind_looks
from app.window.app_context import with_store
from app.window.year_words import set_year_words
from db.records.programme import EventKind
from db.rows import rows
from db.store import Store


def _read_years(store: Store, *, fiscal_year: int, on: date) -> tuple[ProgrammeView, Sequence[EventKind]]:
    """Return the year shown, and the kinds of every year, the newest last."""
    return read_programme(store, fiscal_year=fiscal_year, on=on), rows(store.database, EventKind)


class KindLooks(QObject):
    """Reads the year shown for ``app.widgets.badges`` and ``app.window.year_words``. Signals: none."""

    def __init__(self, frame: MainWindow):
        super().__init__(frame)
        self._frame = frame
        frame.app_context.follow_changes(self, self.read)
        frame.app_context.year_changed.connect(self.read)
        self.read()

    def read(self) -> None:
        """Read the kinds of the year shown; a year that is not there leaves the squares as they are."""
        context = self._frame.app_context
        read = with_store(_read_years, fiscal_year=context.fiscal_year, on=context.today())
        context.read(read, self._show, on_failed=lambda _problem: None, owner=self)

    def _show(self, years: tuple[ProgrammeView, Sequence[EventKind]]) -> None:
        """Show the looks of the kinds, and say what the window says in the words of the year."""
        view, every = years
        set_year_words(partial(in_year_words, kinds=view.kinds, office=view.office, branch=view.programme.branch))
        looks = {one.kind: KindLook(one.name, one.sign, FORMER) for one in every}
        looks |= {one.kind: KindLook(one.name, one.sign, place) for place, one in enumerate(view.kinds)}
        if set_kind_looks(looks):
            self._frame.update()
