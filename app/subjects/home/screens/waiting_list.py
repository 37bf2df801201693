"""受託者からの提出待ち: what the contractor owes, quieter than the ward's own work."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.main_window.ways import way_to
from app.subjects.events.parts.deadline_basis import basis_in_full, explain
from app.subjects.home.services.home import HomeRow, HomeView
from app.widgets.buttons import link_button
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import label, section
from app.widgets.record_model import Cell, Column, RowAction
from app.widgets.screen import row

_FIRST = 3
_NEAR_DAYS = 7
_REPORT, _HANDOUT = "報告書の提出を求める", "資料の提出を求める"


def _what(row_: HomeRow) -> Cell:
    task = row_.task
    words = "　".join(part for part in (row_.year_words, task.event_title, task.label) if part)
    return Cell(text=words, aside=task.detail, kind=task.kind or "")


def _when(row_: HomeRow) -> Cell:
    task = row_.task
    near = task.days_left <= 1
    return Cell(text=row_.date_words, aside=task.basis_short, strong=near, tip=basis_in_full(task))


def _left(row_: HomeRow) -> Cell:
    task = row_.task
    late = task.bucket == "期限超過"
    if not task.contract and task.days_left < 0:
        return Cell(text=task.short_words, strong=True, tip="区の目標を過ぎています")
    return Cell(text=task.short_words, strong=late or task.days_left <= 1, tone="red" if late else "")


def _receipt(row_: HomeRow) -> str:
    """What is pressed when it comes; "" for what is late, which is asked for, and for what the year owes.

    A report can only come of an event that was held.
    """
    task = row_.task
    if task.event is None or task.days_left < 0:
        return ""
    if row_.asked.what == _REPORT:
        return "届いた報告書を受領" if task.event.status == "実施済" else ""
    return "届いた資料を受領" if row_.asked.what == _HANDOUT else ""


class WaitingList(QWidget):
    """What the ward waits for.

    Signals: ``request_asked(Task)`` 提出のお願い of a row; ``report_came(int)`` that of an event;
        ``handout_came(int, int)``
    that of an event, with the handout of which it is a version (0 = the first of all); ``event_opened(int)`` Enter on
    a row
    of an event; ``followed(WayThere)`` Enter on a row of the year.
    """

    request_asked = Signal(object)
    report_came = Signal(int)
    handout_came = Signal(int, int)
    event_opened = Signal(int)
    followed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HomeRow, ...] = ()
        self._all = False
        self._narrow = self._may_write = False
        self._count = label("", "second")
        self._more = link_button("すべて見る", self._toggle)
        self._top = QWidget()
        self._top.setLayout(
            row(
                section("受託者からの提出待ち"), self._count, label("日付＝期限（暦どおり）", "small"), None, self._more
            )
        )
        self.table = FittedTable(
            "home-waiting",
            (
                Column(key="what", title="提出物", show=_what, stretch=True, sortable=False),
                Column(key="when", title="期限", show=_when, widest=250, sortable=False),
                Column(key="left", title="残り", show=_left, sortable=False),
            ),
            title="受託者からの提出待ち",
            empty="受託者からの提出を待っているものはありません。",
            action=self._action,
            head=False,
        )
        self.table.acted.connect(self._act)
        self.table.opened.connect(self._open)
        self.table.view.clicked.connect(self._explain_date)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._top)
        column.addWidget(self.table)

    def show_view(self, view: HomeView, *, may_write: bool) -> None:
        """Show what stands now; a receipt is offered only where it can be noted."""
        self._rows, self._may_write = view.waiting, may_write
        self._count.setText(f"{len(self._rows)}件")
        self._fill()

    def fold(self, narrow: bool) -> None:
        """On a page of its own everything is shown at once."""
        self._narrow = narrow
        self._fill()

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        self._more.setVisible(len(self._rows) > _FIRST and not self._narrow)
        self._more.set_words("近いものだけ見る" if self._all else "すべて見る")
        everything = self._all or self._narrow
        self.table.show_rows(self._rows if everything else self._rows[:_FIRST])

    def _action(self, row_: HomeRow) -> RowAction | None:
        receipt = _receipt(row_) if self._may_write else ""
        if receipt:
            return RowAction(text=receipt)
        return RowAction(text="提出のお願い") if row_.task.days_left <= _NEAR_DAYS else None

    def _act(self, row_: HomeRow) -> None:
        event_id = row_.task.event_id
        if event_id is None or not self._may_write or not _receipt(row_):
            self.request_asked.emit(row_.task)
        elif row_.asked.what == _REPORT:
            self.report_came.emit(event_id)
        else:
            self.handout_came.emit(event_id, row_.task.material_id or 0)

    def _open(self, row_: HomeRow) -> None:
        if row_.task.event_id is not None:
            self.event_opened.emit(row_.task.event_id)
        else:
            self.followed.emit(way_to(row_.asked))

    def _explain_date(self, index: QModelIndex) -> None:
        row_ = self.table.model.record(index.row())
        if row_ is not None and self.table.model.columns[index.column()].key == "when":
            explain(row_.task, self)
