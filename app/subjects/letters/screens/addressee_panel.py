"""Who the letters go to: everybody in a list, each in or left out; one of them alone can be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.letters.papers.decision_notice import UNNAMED, Addressee
from app.subjects.letters.services.letters import LetterPage
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.record_columns import Cell, Column, RowAction
from app.widgets.record_table import RecordTable
from app.widgets.screen import row as line

_NONE = "この書類に、宛先の一覧はありません。"


@dataclass(frozen=True)
class Ticked:
    """One addressee of the list and whether a letter goes to it; ``id`` lets the current row stay."""

    id: str
    addressee: Addressee
    on: bool
    window: bool


class AddresseePanel(QWidget):
    """The list of addressees.

    Signals: ``ticked()`` the choice changed; ``only_asked(str)`` one addressee alone is to be shown ("" = all).
    """

    ticked = Signal()
    only_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[int, str, str] = (0, "", "")
        self._off: set[str] = set()
        self._rows: tuple[Ticked, ...] = ()
        self.count = label("", "strong", wrap=True)
        self.everybody = Button("すべて入れる", lambda: self._tick_all(True), low=True)
        self.nobody = Button("すべて外す", lambda: self._tick_all(False), low=True)
        self.list = RecordTable(
            "letters-addressees",
            (Column(key="to", title="宛先", show=_cell, stretch=True, sortable=False),),
            title="宛先",
            empty=_NONE,
            action=lambda row: RowAction(text="外す" if row.on else "入れる"),
            search=lambda row: " ".join(person.name for person in row.addressee.people),
            filtered=False,
            foot=False,
        )
        self.list.view.horizontalHeader().hide()
        self.alone = Button("この1通だけ見る", self._ask_alone)
        self.all = Button("全員分を見る", lambda: self.only_asked.emit(""))
        self.hint = label("入れた宛先の分を、1通ずつ続けて保存・印刷します。", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.count)
        column.addLayout(line(self.everybody, self.nobody, None))
        column.addWidget(self.list, 1)
        column.addLayout(line(self.alone, self.all, None))
        column.addWidget(self.hint)
        self.list.acted.connect(self._toggle)
        self.list.opened.connect(lambda row: self.only_asked.emit(row.id))
        self.list.chosen.connect(lambda _row: self._offer())

    def show_page(self, page: LetterPage) -> None:
        """Show the addressees; those left out stay out while the same paper is shown."""
        shown = (page.event_id, page.kind, page.options.unit + page.options.labels_for)
        if shown != self._shown:
            self._shown, self._off = shown, set()
        self._rows = tuple(
            Ticked(one.key, one, one.key not in self._off, page.options.window) for one in page.addressees
        )
        self.list.show_rows(self._rows)
        self._offer()

    def chosen(self) -> tuple[str, ...] | None:
        """The keys of those a letter goes to; None = everybody (or a paper without addressees)."""
        on = tuple(row.id for row in self._rows if row.on)
        return None if len(on) == len(self._rows) else on

    def many(self) -> int:
        """How many letters there are."""
        return sum(row.on for row in self._rows)

    def _toggle(self, row: Ticked) -> None:
        self._off.symmetric_difference_update({row.id})
        self._follow()

    def _tick_all(self, on: bool) -> None:
        self._off = set() if on else {row.id for row in self._rows}
        self._follow()

    def _follow(self) -> None:
        self._rows = tuple(Ticked(row.id, row.addressee, row.id not in self._off, row.window) for row in self._rows)
        self.list.show_rows(self._rows)
        self._offer()
        self.ticked.emit()

    def _ask_alone(self) -> None:
        if self.list.current() is not None:
            self.only_asked.emit(self.list.current().id)

    def _offer(self) -> None:
        total = len(self._rows)
        self.count.setText(f"{total}件中　{self.many()}件に出す" if total else "")
        for part in (self.count, self.everybody, self.nobody, self.alone, self.all, self.hint):
            part.setVisible(bool(total))
        self.alone.setEnabled(self.list.current() is not None)


def _cell(row: Ticked) -> Cell:
    """「みほん町会」, then who it is written to and whom it concerns."""
    one = row.addressee
    who = "　".join(part for part in (one.role, one.person) if part) if one.organisation else ""
    lines = [who or ("御中" if one.organisation else ""), "、".join(person.name or UNNAMED for person in one.people)]
    if row.window:
        post = f"〒{one.postal_code} " if one.postal_code else ""
        lines.append(f"{post}{one.address}" if one.address else "住所の登録なし")
    return Cell(
        text=one.organisation or one.line or one.person or UNNAMED,
        second="\n".join(part for part in lines if part),
        icon="check-square" if row.on else "square",
        icon_tone="accent" if row.on else "second",
        strong=row.on,
        tone="" if row.on else "second",
    )
