"""The tabs 資料 and 報告 of an event: the rows of 資料・報告 that are about it, with the same steps beside them."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.papers.screens.export_button import export_button
from app.received.services.received_kind import HANDOUT
from app.subjects.submissions.turns.rules.turn import TurnRow, Turns
from app.subjects.submissions.turns.screens.turn_columns import turn_columns
from app.subjects.submissions.turns.screens.turn_list import Detail, TurnList
from app.subjects.submissions.turns.services.turns import read_event_turns
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import page, row
from app.window.desk import Desk, with_store

Part = Literal["資料", "報告"]
_RECEIVE: Final[dict[Part, str]] = {"資料": "資料を受領する", "報告": "届いた報告書を受領する"}
_EMPTY: Final[dict[Part, str]] = {
    "資料": "この実施回に、受け取る資料はありません。",
    "報告": "この実施回に、受け取る報告書はありません。",
}


class EventTurns(TurnList):
    """A tab. Signals: none. ``open_with`` takes the event, the row to stand on and ``receive``, as 資料・報告 does."""

    def __init__(self, desk: Desk, part: Part, *, beside: QWidget) -> None:
        """``beside`` is what stands beside a row of this part."""
        super().__init__(
            desk,
            table=RecordTable(
                "turns-event",
                turn_columns(of_event=True),
                title=part,
                empty=_EMPTY[part],
                group=lambda one: one.group,
                search=lambda one: f"{one.kind}{one.turn}",
                filtered=False,
                foot=False,
            ),
            receive=_RECEIVE[part],
            handout=beside if part == "資料" else None,
            outstanding=beside if part == "報告" else None,
        )
        self.part: Part = part
        self._event_id = 0
        self.turns: Turns | None = None
        self.count = wrapped_label("", "second")
        self.every = link_button("資料・報告の一覧で見る", self._go_to_list)
        self.form = link_button("報告書の様式と章を開く", self._go_to_report)
        self.numbers = link_button("数字の食い違い検査", lambda: desk.go("numbers", event_id=self._event_id))
        self.export = export_button(
            desk, self.table, title=f"{part}の一覧", small=True, event_id=lambda: self._event_id or None
        )
        links = (self.form, self.numbers, self.every) if part == "報告" else (self.every,)
        for link in (self.form, self.numbers):
            if link not in links:
                link.setParent(self)
                link.hide()
        column = page(self)
        head = row()
        head.addWidget(FlowRow(self.count, *links, spacing=16), 1)
        for tool in (self.export, self.receive):
            head.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        add(column, head, (self.stand_beside(self.table, back=f"{part}の一覧"), 1))

    def open_with(self, **arguments: Any) -> None:
        """Take the event, and the row to stand on."""
        event_id = int(arguments.pop("event_id", 0) or 0)
        if event_id != self._event_id:
            self._event_id, self.turns = event_id, None
            self.table.show_rows(())
        self._receive_soon = bool(arguments.pop("receive", False))
        self._wanted = {key: value for key, value in arguments.items() if value}

    def begin_at(self, part: str, /) -> None:
        """``part``: the id of the handout to stand on."""
        if part.isdecimal():
            self._wanted = {"material_id": int(part)}
            if self.turns is not None:
                self._show(self.turns)
        self.begin()

    def view_state(self) -> dict[str, Any]:
        """The event."""
        return {"event_id": self._event_id}

    def reload(self) -> None:
        """Read the rows of the event."""
        if self._event_id:
            self.desk.read(
                with_store(read_event_turns, event_id=self._event_id, today=self.desk.today()),
                self._show,
                failed=lambda _gone: None,
                owner=self,
            )

    def _show(self, found: Turns) -> None:
        first_time = self.turns is None
        mine = tuple(one for one in found.rows if self._is_mine(one))
        self.turns = Turns(rows=mine)
        self.count.setText(self.turns.words if mine else "")
        wanted = self._find_wanted(mine)
        self.table.show_rows(mine)
        self._stand(wanted, first_time=first_time)

    def _is_mine(self, one: TurnRow) -> bool:
        return one.event_id == self._event_id and (one.kind == HANDOUT) == (self.part == "資料")

    def _choose(self, current: object) -> None:
        super()._choose(current)
        if self.row() is not None or not self._event_id:
            return
        if self.handout is not None:
            # Of an event that needs none a handout can come all the same.
            self._beside = self.handout
            cast(Detail, self.handout).show_of(event_id=self._event_id, material_id=0, event_words="")
            self._side.setCurrentWidget(self._handout_page)
            self.receive.setEnabled(not self.desk.read_only)
        else:
            self._none.say(_EMPTY["報告"], "報告書の画面を開く", self._go_to_report)

    def _go_to_report(self) -> None:
        self.desk.go("report", event_id=self._event_id, view="form")

    def _go_to_list(self) -> None:
        self.desk.go("turns", event_id=self._event_id, only=True)
