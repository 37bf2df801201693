"""The tabs 資料 and 報告 of an event, with its rows of 資料・報告 and the same details."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.documents.screens.export_button import export_button
from app.received.services.received_kinds import HANDOUT
from app.subjects.submissions.work_queue.rules.work_queue_rows import WorkQueue, WorkQueueRow
from app.subjects.submissions.work_queue.screens.work_queue_columns import work_queue_columns
from app.subjects.submissions.work_queue.screens.work_queue_list import Detail, WorkQueueList
from app.subjects.submissions.work_queue.services.work_queue import read_event_work_queue
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import page_column, widget_row
from app.window.app_context import AppContext, with_store

Part = Literal["資料", "報告"]
_RECEIVE: Final[dict[Part, str]] = {"資料": "資料を受領する", "報告": "届いた報告書を受領する"}
_EMPTY: Final[dict[Part, str]] = {
    "資料": "この実施回に、受け取る資料はありません。",
    "報告": "この実施回に、受け取る報告書はありません。",
}


class EventWorkQueue(WorkQueueList):
    """A tab; emits no signals.

    ``open_with`` takes the event, the row to select and ``receive``, as 資料・報告 does.
    """

    def __init__(self, app_context: AppContext, part: Part, *, detail: QWidget) -> None:
        """``detail`` shows the details of a row of this part."""
        super().__init__(
            app_context,
            table=RecordTable(
                "turns-event",
                work_queue_columns(of_event=True),
                title=part,
                empty=_EMPTY[part],
                group=lambda one: one.group,
                search=lambda one: f"{one.kind}{one.turn}",
                filtered=False,
                foot=False,
            ),
            receive=_RECEIVE[part],
            handout=detail if part == "資料" else None,
            outstanding=detail if part == "報告" else None,
        )
        self.part: Part = part
        self._event_id = 0
        self.turns: WorkQueue | None = None
        self.count = wrapped_label("", "second")
        self.every = link_button("資料・報告の一覧で見る", self._go_to_list)
        self.form = link_button("報告書の様式と章を開く", self._go_to_report)
        self.numbers = link_button("数字の食い違い検査", lambda: app_context.go("numbers", event_id=self._event_id))
        self.export = export_button(
            app_context, self.table, title=f"{part}の一覧", small=True, event_id=lambda: self._event_id or None
        )
        links = (self.form, self.numbers, self.every) if part == "報告" else (self.every,)
        for link in (self.form, self.numbers):
            if link not in links:
                link.setParent(self)
                link.hide()
        column = page_column(self)
        head = widget_row()
        head.addWidget(FlowRow(self.count, *links, spacing=16), 1)
        for tool in (self.export, self.receive):
            head.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        add(column, head, (self.lay_out_beside(self.table, back=f"{part}の一覧"), 1))

    def open_with(self, **arguments: Any) -> None:
        """Set the event and the row to select."""
        event_id = int(arguments.pop("event_id", 0) or 0)
        if event_id != self._event_id:
            self._event_id, self.turns = event_id, None
            self.table.show_rows(())
        self._receive_soon = bool(arguments.pop("receive", False))
        self._wanted = {key: value for key, value in arguments.items() if value}

    def focus_part(self, part: str, /) -> None:
        """Select a handout; ``part`` is its id."""
        if part.isdecimal():
            self._wanted = {"material_id": int(part)}
            if self.turns is not None:
                self._show(self.turns)
        self.focus_work_area()

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    def reload(self) -> None:
        """Read the rows of the event."""
        if self._event_id:
            self.app_context.read(
                with_store(read_event_work_queue, event_id=self._event_id, today=self.app_context.today()),
                self._show,
                on_failed=lambda _gone: None,
                owner=self,
            )

    def _show(self, found: WorkQueue) -> None:
        first_time = self.turns is None
        mine = tuple(one for one in found.rows if self._is_mine(one))
        self.turns = WorkQueue(rows=mine)
        self.count.setText(self.turns.words if mine else "")
        wanted = self._find_target(mine)
        self.table.show_rows(mine)
        self._go_to_target(wanted, first_time=first_time)

    def _is_mine(self, row: WorkQueueRow) -> bool:
        return row.event_id == self._event_id and (row.kind == HANDOUT) == (self.part == "資料")

    def _choose(self, current: object) -> None:
        super()._choose(current)
        if self.current_row() is not None or not self._event_id:
            return
        if self.handout is not None:
            # An event that needs no handouts can still receive one.
            self._beside = self.handout
            cast(Detail, self.handout).show_item(event_id=self._event_id, material_id=0, event_words="")
            self._side.setCurrentWidget(self._handout_page)
            self.receive.setEnabled(not self.app_context.read_only)
        else:
            self._none.show_text(_EMPTY["報告"], "報告書の画面を開く", self._go_to_report)

    def _go_to_report(self) -> None:
        self.app_context.go("report", event_id=self._event_id, view="form")

    def _go_to_list(self) -> None:
        self.app_context.go("turns", event_id=self._event_id, only=True)
