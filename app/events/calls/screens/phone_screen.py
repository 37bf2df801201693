"""What the telephone lists of an event have in common: their head, their counts, and how a call is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from app.actions.action_context import ActionContext
from app.common.join_nonempty import fill_nonempty
from app.events.calls.screens.call_dialogs import CallAgainDialog, LinePeopleDialog
from app.events.calls.screens.call_table import CallOption, CallTable
from app.events.calls.services.call_sheet import AGAIN, NOT_YET, REACHED, CallLine, CallSheet, count_lines
from app.widgets.badges import KindSquare
from app.widgets.buttons import back_arrow
from app.widgets.flow_row import FlowRow
from app.widgets.labels import IconLabel, LabelRole, heading, label, section, styled_frame
from app.widgets.layouts import in_row
from app.widgets.screen import Screen, widget_row
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.calls import CallOutcome
from db.records.events import Event

_SHOWN: tuple[tuple[str, str, str, LabelRole], ...] = (
    (REACHED, "check-circle-fill", t.GREEN, "done"),
    (AGAIN, "phone-x", t.AMBER, "warned"),
    (NOT_YET, "circle", t.INK_SECONDARY, "body"),
)


class CallCounts(FlowRow):
    """Three counts and their sum behind a ``title``, wrapped by the width. Signals: none."""

    def __init__(self, title: QWidget):
        super().__init__(title, spacing=10)
        self._chips: dict[str, QWidget] = {}
        self._people: dict[str, QLabel] = {}
        self._organisations: dict[str, QLabel] = {}
        for state, icon, colour, role in _SHOWN:
            self._chips[state] = self._chip(state, icon, colour, role)
            self.add(self._chips[state])
        self.total = label("", "small")
        self.reached = label("すべて連絡済です。", "done")
        self.reached.hide()
        self.add(self.total)
        self.add(self.reached)

    def _chip(self, state: str, icon: str, colour: str, role: LabelRole) -> QWidget:
        """Return the box with the people and 団体 of one state, and keep its labels for ``show_counts``."""
        chip = styled_frame("panel")
        line = in_row(owner=chip, spacing=4, margins=(8, 3, 8, 3))
        sign = IconLabel(icon, 16, colour)
        self._people[state] = label("0人", "h2", figure=True)
        self._organisations[state] = label("0団体", "small")
        for part in (sign, label(state, role), self._people[state], self._organisations[state]):
            line.addWidget(part)
        return chip

    def show_counts(self, sheet: CallSheet) -> None:
        """Show the counts of the list; once all are 連絡済, a sentence instead of the other two counts."""
        for state, *_look in _SHOWN:
            count = sheet.count(state)
            self._people[state].setText(f"{count.people}人")
            self._organisations[state].setText(f"{count.organisations}団体")
            self._chips[state].setVisible(bool(count.people or count.organisations))
        answers = "、".join(f"{answer} {count}人" for answer, count in sheet.answers.items())
        told = fill_nonempty("（うち{}）", answers)
        self.total.setText(f"計 {sheet.people}人・{count_lines(sheet.lines).organisations}団体{told}")
        reached = bool(sheet.lines) and all(line.state == REACHED for line in sheet.lines)
        self.reached.setVisible(reached)
        self.updateGeometry()


class PhoneScreen(Screen):
    """A telephone list of one event; ``open_with(event_id=…)`` chooses the event, else the last one stays.

    Signals: none.
    """

    def __init__(self, app_context: AppContext, name: str, listed: str, **table: Any):
        """Create head (``name``), counts (``listed`` is their heading) and list (``table`` are its arguments)."""
        super().__init__(app_context)
        self._event_id: int | None = None
        self._is_unread = True
        back = back_arrow(self._go_back)
        self.square = KindSquare(side=24)
        self.what = label("")
        self.counts = CallCounts(section(listed))
        self.list = CallTable(app_context, lambda: self._event_id or None, **table)
        named = QWidget()
        named.setLayout(widget_row(self.square, heading(name), spacing=10))
        self.head = FlowRow(back, named, self.what, spacing=12)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the event whose people are called, read at the next ``reload``; None keeps the last one."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self._is_unread = True
            self.list.clear_position()

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    def _show_head(self, event: Event, when_words: str, sheet: CallSheet) -> bool:
        """Show which event it is and the counts; return whether the event is shown for the first time."""
        self.square.show_kind(event.kind)
        self.what.setText(f"{event.full_title}　{when_words}")
        self.counts.show_counts(sheet)
        is_first, self._is_unread = self._is_unread, False
        return is_first

    def _open_people(
        self, line: CallLine, options: Sequence[CallOption], noted: Callable[[int, CallOutcome], object]
    ) -> None:
        """Show the people of a line one by one; ``noted`` gets the entry and the outcome that is chosen."""
        dialog = LinePeopleDialog(line, today=self.today, options=options, parent=self)
        dialog.called.connect(noted)
        dialog.open()

    def _record(
        self,
        whom: str,
        outcome: CallOutcome,
        change: Callable[..., Callable[[ActionContext], object]],
        *,
        on_saved: Callable[[object], object] | None = None,
    ) -> None:
        """Record a call, or first ask when to call again if the outcome needs that.

        Args:
            change: ``change(again_at=…, note=…)``, both left out where nobody is called again, returns the action that
                records the call.
        """
        if not outcome.is_to_repeat:

            def end(result: object) -> None:
                self.list.is_recording = False
                if on_saved is not None:
                    on_saved(result)

            def fail(problem: Exception) -> None:
                self.list.is_recording = False
                self.show_error(problem)

            self.list.is_recording = True
            self.run_change(change(), end, failed=fail)
            return
        dialog = CallAgainDialog(self, whom, outcome, change)
        if on_saved is not None:
            dialog.saved_result.connect(on_saved)
        dialog.open()

    def _go_back(self) -> None:
        self.app_context.go_back("event", event_id=self._event_id)
