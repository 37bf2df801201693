"""A list of 資料・報告 with the details of the chosen row, shared by the screen and the event tabs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol, cast

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.importing.parts.file_loading import ask_file
from app.received.services.received_kinds import HANDOUT
from app.subjects.submissions.work_queue.rules.work_queue_rows import WAITING, WARD, WorkQueueRow
from app.widgets.buttons import Button
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.file_drop import FileDrop
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import Screen, in_scroll_area
from app.window.app_context import AppContext

_BOOKS: Final = (".xlsx", ".xlsm")
_SIDE: Final = 360


class Detail(Protocol):
    """The details beside a row, made by the subject of the row."""

    def show_item(self, **row: Any) -> None:
        """Show the item of a row; implementations use the fields they need."""

    def receive(self, path: Path | None = None) -> None:
        """Open the receipt of its next version, with a file if given."""

    def open_next_step(self) -> None:
        """Open its page, or its receipt, as Enter on its row does."""


class HandoutDetail(Detail, Protocol):
    """The details of a handout; ``version_received`` reports its id when a version was received."""

    version_received: SignalInstance


class OwedDetail(Detail, Protocol):
    """The details of all due documents except handouts; ``form_recognised`` reports a form's row and year."""

    form_recognised: SignalInstance

    def take_file(self, path: Path) -> None:
        """Examine a file; a form of the ward is read, anything else is received as it is."""

    def ask_texts(self) -> None:
        """Open the texts about what is shown."""

    def show_nothing(self) -> None:
        """Clear the details when no row is chosen; a file received now is of the shown year."""


_NEEDS_ROW: Final = "届いたものは、その行を選んでから受領します。"


class WorkQueueList(Screen):
    """A list of rows and the details beside it; emits no signals.

    Subclasses show rows in ``table`` and call ``lay_out_beside`` once to put list and details together.
    """

    def __init__(
        self,
        app_context: AppContext,
        *,
        table: RecordTable,
        receive: str,
        handout: QWidget | None,
        outstanding: QWidget | None,
    ) -> None:
        """``receive`` is the label of the button; a list that never has rows of a kind needs no details for it."""
        super().__init__(app_context)
        self._wanted: dict[str, Any] = {}
        self._receive_soon = False
        self._beside: QWidget | None = None
        self.handout, self.outstanding = handout, outstanding
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.table = table
        self.receive = Button(receive, self._receive, icon_name="download-simple")
        self._none = EmptyState()
        self._side = PageLayout()
        self._handout_page = Panel()
        self.parts: ListAndDetail

    def lay_out_beside(self, listed: QWidget, *, back: str) -> ListAndDetail:
        """Put ``listed``, which holds the table, beside the details; ``back`` names the list where it folds."""
        nothing = Panel()
        nothing.put(self._none)
        self._none.show_text(f"行を選ぶと、ここに出ます。{_NEEDS_ROW}")
        self._side.addWidget(nothing)
        if self.handout is not None:
            self._handout_page.body.setContentsMargins(0, 0, 0, 0)
            self._handout_page.put((in_scroll_area(self.handout), 1))
            self._side.addWidget(self._handout_page)
            cast(HandoutDetail, self.handout).version_received.connect(self._await_version)
        if self.outstanding is not None:
            self._side.addWidget(self.outstanding)
            cast(OwedDetail, self.outstanding).form_recognised.connect(self._go_to_row)
            QShortcut(QKeySequence("Alt+L"), self).activated.connect(cast(OwedDetail, self.outstanding).ask_texts)
        side = QWidget()
        side.setLayout(self._side)
        self.parts = ListAndDetail(listed, side, back=back, wide=_SIDE, usual=_SIDE)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.receive.setEnabled(not self.app_context.read_only)
        FileDrop(self, is_allowed=lambda: not self.app_context.read_only).dropped.connect(self.take_file)
        QShortcut(QKeySequence.StandardKey.Open, self).activated.connect(self.open_file)
        self.setFocusProxy(self.table)
        return self.parts

    def _await_version(self, material_id: int) -> None:
        """Select the row of a received version at the next reading, since its group may change."""
        self._wanted = {"material_id": material_id}

    def _go_to_row(self, row_or_kind: str, _programme_id: int) -> None:
        """Select the row of a form that was read."""
        self.table.choose(lambda one: row_or_kind in (one.id, one.kind))

    def _find_target(self, rows: tuple[WorkQueueRow, ...]) -> WorkQueueRow | None:
        """Return the row to select, one that waits for the ward first, then for the contractor."""
        wanted, self._wanted = self._wanted, {}
        if not wanted:
            return None
        mine = [one for one in rows if all(getattr(one, key, None) == value for key, value in wanted.items())]
        return mine[0] if mine else None

    def _go_to_target(self, target: WorkQueueRow | None, *, first_time: bool) -> None:
        """Select the target after the rows were read, and open its receipt if requested."""
        if target is not None:
            self.table.choose(lambda one: one.id == target.id, take_focus=False)
        elif first_time:
            self.table.ensure_current_row()
        self._choose(self.table.current())
        if self._receive_soon:
            self._receive_soon = False
            self._receive()

    def current_row(self) -> WorkQueueRow | None:
        """Return the current row."""
        current = self.table.current()
        return current if isinstance(current, WorkQueueRow) else None

    def _choose(self, _current: object) -> None:
        current = self.current_row()
        self._beside = None
        if current is None:
            self._side.setCurrentIndex(0)
            if self.outstanding is not None:
                cast(OwedDetail, self.outstanding).show_nothing()
        else:
            self._beside = self.handout if current.kind == HANDOUT else self.outstanding
            ward = self._ward_count() if current.turn == WARD else 0
            cast(Detail, self._beside).show_item(**vars(current), ward=ward)
            self._side.setCurrentWidget(self._page_of(self._beside))
        self._update_actions(current)

    def _page_of(self, detail: QWidget | None) -> QWidget:
        found = self._handout_page if detail is self.handout else self.outstanding
        assert found is not None
        return found

    def _ward_count(self) -> int:
        """Return how many items are 区の対応待ち, 0 where only some rows are known."""
        return 0

    def _update_actions(self, current: WorkQueueRow | None) -> None:
        may = current is not None and not self.app_context.read_only
        self.receive.setEnabled(may)
        self.receive.setToolTip("" if current is not None else _NEEDS_ROW)
        # Only one button is filled: what waits for the ward goes first.
        self.receive.set_filled(may and current is not None and current.group == WAITING)

    # acting

    def _open(self, _row: object) -> None:
        if self.parts.is_narrow:
            self.parts.show_detail()
        elif self._beside is not None:
            cast(Detail, self._beside).open_next_step()

    def _receive(self) -> None:
        if self._beside is not None and not self.app_context.read_only:
            cast(Detail, self._beside).receive()

    def open_file(self) -> None:
        """Let the user choose a received file (Ctrl+O)."""
        path = self.ask_file() if not self.app_context.read_only else None
        if path is not None:
            self.take_file(path)

    def _ask_file(self) -> Path | None:
        return ask_file(self, "受託者から届いたファイルを選ぶ", "")

    def take_file(self, path: Path) -> None:
        """Examine a chosen or dropped file; a form is read, anything else is a version of the row."""
        book = path.suffix.lower() in _BOOKS
        if self.outstanding is None or (self._beside is self.handout and not book):
            if self._beside is not None:
                cast(Detail, self._beside).receive(path)
        else:
            self._side.setCurrentWidget(self.outstanding)
            cast(OwedDetail, self.outstanding).take_file(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc in the details."""
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.parts.show_list()
            return
        super().keyPressEvent(event)
