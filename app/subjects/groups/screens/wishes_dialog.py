"""Who is to sit together, and who apart: kept for the next proposal, and said when it is not so."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QRadioButton, QWidget

from app.subjects.groups.services import GroupsView, WishRow, add_wish, read_groups, remove_wish
from app.subjects.roster.services.roster import RosterRow
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label, rule, section
from app.window import theme as t
from app.window.desk import Desk, with_store


class WishesDialog(DialogFrame):
    """The wishes of one event, saved one by one. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, view: GroupsView, parent: QWidget | None = None) -> None:
        super().__init__("班の希望", view.event.full_title, cancel="閉じる", width=720, parent=parent)
        self._desk = desk
        self._event_id = view.event.id
        self.first, self.second = ChoiceBox(), ChoiceBox()
        self.first.setAccessibleName("1人目")
        self.second.setAccessibleName("2人目")
        self.apart, self.together = QRadioButton("別の班にする"), QRadioButton("同じ班にする")
        self.apart.setChecked(True)
        self.add_button = Button("希望を加える", self._add)
        self.problem = label("", "problem", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for line_number, (words, box) in enumerate((("1人目", self.first), ("2人目", self.second))):
            grid.addWidget(QLabel(words), line_number, 0)
            grid.addWidget(box, line_number, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.apart)
        line.addWidget(self.together)
        line.addStretch(1)
        line.addWidget(self.add_button)
        self.body.addLayout(line)
        self.put(self.problem)
        self.put(rule())
        self.put(section("いまの希望"))
        self._list = QWidget()
        self._rows = QGridLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(0, 1)
        self.put(self._list)
        self.body.addStretch(1)
        self.inside.setMinimumHeight(t.scaled(220))
        self._show(view)

    def _show(self, view: GroupsView) -> None:
        everybody = [*view.unplaced, *(row for column in view.columns for row in column.people)]
        everybody.sort(key=lambda row: row.entry.number or 10**6)
        for box in (self.first, self.second):
            kept = box.currentData()
            box.clear()
            for row in everybody:
                box.addItem(_person(row), row.entry.id)
            box.setCurrentIndex(max(0, box.findData(kept)))
        while (item := self._rows.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        if not view.wishes:
            self._rows.addWidget(label("希望はまだありません。", "second"), 0, 0)
        for at, wish in enumerate(view.wishes):
            words = "同じ班" if wish.wish.together else "別の班"
            text = f"{_person(wish.first)}　と　{_person(wish.second)}　：　{words}"
            self._rows.addWidget(label(text, wrap=True), at, 0)
            self._rows.addWidget(Button("削除する", partial(self._remove, wish), low=True), at, 1)

    def _add(self) -> None:
        first, second = self.first.currentData(), self.second.currentData()
        if first is None or first == second:
            self.problem.setText("別の2人を選んでください。")
            return
        self.problem.setText("")
        self._desk.write(
            with_store(
                add_wish,
                event_id=self._event_id,
                first_entry_id=first,
                second_entry_id=second,
                together=self.together.isChecked(),
                **self._desk.signed,
            ),
            self._read,
            owner=self,
        )

    def _remove(self, wish: WishRow) -> None:
        self._desk.write(
            with_store(remove_wish, event_id=self._event_id, wish_id=wish.wish.id, **self._desk.signed),
            self._read,
            owner=self,
        )

    def _read(self, _saved: object = None) -> None:
        self._desk.read(with_store(read_groups, event_id=self._event_id), self._show, owner=self)


def _person(row: RosterRow) -> str:
    return "　".join(part for part in (str(row.entry.number or ""), row.name, row.organisation_name) if part)
