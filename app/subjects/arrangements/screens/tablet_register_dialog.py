"""タブレットの台帳: which tablets the ward has to lend; several numbers are added at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.calendar.dates import short_date
from app.subjects.arrangements.rules.typed_numbers import read_numbers
from app.subjects.arrangements.services.tablets import read_tablets, set_tablets
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.labels import label
from app.widgets.one_line import OneLine
from app.widgets.record_columns import Cell, Column, RowAction
from app.widgets.record_table import RecordTable
from app.widgets.screen import only_for_writing
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.roster import Tablet


def _act(row: Tablet) -> RowAction:
    return RowAction(text="使う" if row.retired_on else "使わない")


class TabletRegisterDialog(DialogFrame):
    """The list of tablets, saved change by change. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("貸与タブレットの台帳", "", cancel="閉じる", note=CAN_UNDO, width=760, parent=parent)
        self._desk = desk
        self._tablets: tuple[Tablet, ...] = ()
        self.numbers = OneLine()
        self.numbers.setPlaceholderText("例　1-10")
        self.numbers.setAccessibleName("加えるタブレットの番号")
        self.numbers.setFixedWidth(t.scaled(140))
        self.name = OneLine()
        self.name.setPlaceholderText("名称・機種（任意）")
        self.name.setAccessibleName("名称・機種")
        self.add_button = Button("加える", self._add)
        self.problem = label("", "problem", wrap=True)
        self.table = RecordTable(
            "tablets",
            (
                Column(key="number", title="番号", width=72, show=lambda row: Cell(text=f"{row.number}番", strong=True),
                       sortable=False),
                Column(key="name", title="名称・機種", show=lambda row: row.name, stretch=True, sortable=False),
                Column(key="state", title="状態", show=self._state, width=180, sortable=False),
            ),
            title="タブレットの一覧", empty="タブレットはまだありません。番号を入れて加えてください。",
            action=None if desk.read_only else _act, filtered=False, unit="台",
            hint="Delete で削除します（貸出しの記録がないもの）。",
        )  # fmt: skip
        self.table.setMinimumHeight(t.scaled(210))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(QLabel("番号"))
        line.addWidget(self.numbers)
        line.addWidget(self.name, 1)
        line.addWidget(self.add_button)
        self.body.addLayout(line)
        self.put(self.problem)
        self.put(self.table, 1)
        self.numbers.returnPressed.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.table.acted.connect(self._turn)
        self.table.delete_asked.connect(self._delete)
        only_for_writing(desk, self.numbers, self.name, self.add_button)
        self._read()

    def _read(self, _saved: object = None) -> None:
        self._desk.read(read_tablets, self._show, owner=self)

    def _show(self, tablets: tuple[Tablet, ...]) -> None:
        self._tablets = tablets
        self.table.show_rows(tablets)

    def _add(self) -> None:
        typed = self.numbers.text().strip()
        read = read_numbers(typed)
        wanted = [str(number) for number in read.numbers] if read.numbers and not read.unread else [typed]
        if not typed:
            self.problem.setText("番号を入力してください。「1-10」のように、まとめて加えることもできます。")
            return
        fresh = [Tablet(number=number, name=self.name.text().strip()) for number in wanted]
        self._write([*self._tablets, *fresh], emptied=True)

    def _turn(self, tablet: Tablet) -> None:
        day = None if tablet.retired_on else self._desk.today()
        self._write([replace(one, retired_on=day) if one.id == tablet.id else one for one in self._tablets])

    def _delete(self, tablets: Sequence[Tablet]) -> None:
        if self._desk.read_only:
            return
        gone = {one.id for one in tablets}
        self._write([one for one in self._tablets if one.id not in gone])

    def _write(self, tablets: Sequence[Tablet], *, emptied: bool = False) -> None:
        self.problem.setText("")

        def stored(saved: object) -> None:
            if emptied:
                self.numbers.clear()
                self.numbers.setFocus()
            self._read(saved)

        self._desk.write(
            with_store(set_tablets, tablets=tuple(tablets), **self._desk.signed),
            stored,
            failed=self._refused,
            owner=self,
        )

    def _refused(self, problem: Exception) -> None:
        self.problem.setText(failure_of(problem).in_one())

    def _state(self, tablet: Tablet) -> Cell:
        if tablet.retired_on is None:
            return Cell(text="使用中")
        return Cell(text=f"使わない（{short_date(tablet.retired_on, self._desk.today())}から）", tone="second")
