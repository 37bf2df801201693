"""Widget to choose an event of the year by date and full name; the next one to come is chosen first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.events.event.services.event_lists import EventName, list_event_names
from app.widgets.badges import KindSquare
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label
from app.widgets.layouts import in_row
from app.window.app_context import AppContext, with_store

NO_EVENT: Final = "この年度の実施回は、まだありません。"
"""Text on pages of events in a year without events."""
NO_EVENT_YET: Final = f"{NO_EVENT}日付を入れると、期限が根拠と一緒にすべて出ます。"
"""The same text on the page where events are added."""
WHOLE_YEAR = -1
"""Value of ``event_id`` while the year as a whole is chosen."""


def empty_year_words(app_context: AppContext) -> tuple[str, str, Callable[[], object]]:
    """Return text, button label and button action of an ``EmptyState`` for a year without events."""
    return NO_EVENT, "事業を開く", lambda: app_context.go("events")


class EventPicker(QWidget):
    """Combo box of events. Signals: ``chosen(int)`` the id, also after the first load; 0 = none.

    Call ``reload`` whenever the screen reads. ``choose`` may be called before or after. With ``whole_year`` the year
    itself can be chosen too (``WHOLE_YEAR``), after its events.
    """

    chosen = Signal(int)

    def __init__(self, app_context: AppContext, *, whole_year: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app_context = app_context
        self._whole_year = whole_year
        self._event_id = 0
        self._told: int | None = None
        self._kinds: dict[int, str] = {}
        self.titles: dict[int, str] = {}
        self.sign = KindSquare("", side=22)
        self.box = ChoiceBox("実施回を選ぶ")
        self.box.activated.connect(lambda _number: self._select_event(int(self.box.currentData() or 0)))
        in_row(label("実施回", "second"), self.sign, self.box, owner=self, spacing=8)

    @property
    def event_id(self) -> int:
        """Return the chosen event, 0 before the list was read or when the year has none."""
        return self._event_id

    def choose(self, event_id: int) -> None:
        """Choose an event; if the list does not hold it yet, it is chosen after the next reload."""
        self._select_event(event_id)

    def reload(self) -> None:
        """Read the list of events again, keeping the choice."""
        self._app_context.read(
            with_store(
                list_event_names,
                today=self._app_context.today(),
                fiscal_year=self._app_context.fiscal_year,
                always_include=self._event_id,
            ),
            self._show,
        )

    def _show(self, events: tuple[EventName, ...]) -> None:
        today = self._app_context.today()
        self._kinds = {row.id: row.kind for row in events}
        self.titles = {row.id: row.title for row in events}
        self.box.clear()
        for row in events:
            state = "（中止）" if row.cancelled else ""
            self.box.addItem(f"{row.date_words}　{row.title}{state}", row.id)
        if self._whole_year:
            self.box.addItem("年度全体", WHOLE_YEAR)
        if self.box.findData(self._event_id) < 0:
            held = [row for row in events if not row.cancelled]
            coming = [row for row in held if row.event_date is not None and row.event_date >= today]
            first = (coming or held[-1:] or list(events))[:1]
            self._event_id = first[0].id if first else 0
        self._select_event(self._event_id)

    def _select_event(self, event_id: int) -> None:
        self._event_id = event_id
        self.box.setCurrentIndex(self.box.findData(event_id))
        kind = self._kinds.get(event_id, "")
        self.sign.setVisible(bool(kind))
        if kind:
            self.sign.show_kind(kind)
        if self._told != event_id:
            self._told = event_id
            self.chosen.emit(event_id)
