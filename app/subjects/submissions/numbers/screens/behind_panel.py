"""What is behind one number: the sum, the likely cause, first the people who make the difference, then the papers, and
how to settle it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.submissions.numbers.rules import ComparedNumber, PlacedNumber
from app.subjects.submissions.numbers.services.event_numbers import (
    REPORT_PLACE,
    TALLY_PLACE,
    BehindNumber,
    CountedPerson,
    day_words,
)
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, say_or_hide, section, wrapped_label
from app.widgets.layouts import add, in_column, see_at_once
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import empty, row

_SHOWN = 8


class BehindPanel(Panel):
    """The right side of the page.

    Signals: ``ask_asked()`` the contractor is asked; ``mend_asked()``; ``print_asked()``; ``keep_asked()``;
    ``reopen_asked()``; ``all_asked()`` everybody is to be shown.
    """

    ask_asked = Signal()
    mend_asked = Signal()
    print_asked = Signal()
    keep_asked = Signal()
    reopen_asked = Signal()
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = label("", "h2")
        self.other = wrapped_label("", "problem")
        self.sum = wrapped_label("", "second")
        self.cause = NoteBox()
        self.ask = Button("受託者に確かめる", self.ask_asked.emit, low=True)
        self.mend = Button("区の記録を開く", self.mend_asked.emit, low=True)
        self.again = Button("紙を作り直す", self.print_asked.emit, low=True)
        self.keep = Button("理由を付けて残す", self.keep_asked.emit, low=True)
        self.reopen = Button("もう一度決める", self.reopen_asked.emit, low=True)
        self.ways = FlowRow(self.ask, self.mend, self.again, self.keep, self.reopen)
        self._list = in_column(spacing=8)
        self.put(self.number, self.other, self.sum, self.cause, self.ways, (self._list, 1))

    def show_number(self, found: ComparedNumber, cell: PlacedNumber | None) -> None:
        """Show the number at once; who is behind it follows when it was read."""
        ours = f"{found.ours}{found.unit}" if found.ours else "記録なし"
        self.number.setText(f"{found.name}　{ours}")
        differing = cell is not None and cell.stand in ("食い違い", "古い紙", "理由あり")
        self.other.setText(f"{cell.place.title}は {cell.value}{found.unit}" if differing and cell is not None else "")
        self.other.setVisible(differing)
        open_one = cell is not None and cell.stand == "食い違い"
        self.ask.setVisible(open_one and cell is not None and cell.place.key in (REPORT_PLACE, TALLY_PLACE))
        self.mend.setVisible(open_one)
        self.keep.setVisible(open_one)
        self.again.setVisible(cell is not None and cell.stand == "古い紙")
        self.reopen.setVisible(cell is not None and bool(cell.kept_id))
        self.ways.setVisible(any(not one.isHidden() for one in self.ways.parts()))
        say_or_hide(self.sum, f"理由　{cell.reason}" if cell is not None and cell.reason else "")
        self.cause.say("")
        self._clear()

    def show_behind(self, behind: BehindNumber, found: ComparedNumber) -> None:
        """Show the sum, the cause, the people and the papers."""
        said = [part for part in (behind.arithmetic, self.sum.text()) if part]
        self.sum.setText("\n".join(dict.fromkeys(said)))
        self.sum.setVisible(bool(said))
        self.cause.say(behind.cause, tone="red" if behind.cause else None)
        self._clear()
        if behind.differing:
            self._people(f"違いを生む人　{len(behind.differing)}人", behind.differing)
        if behind.everybody:
            self._people(f"数えた{len(behind.everybody)}人", behind.everybody[:_SHOWN])
            rest = len(behind.everybody) - _SHOWN
            if rest > 0:
                self._list.addWidget(Button(f"ほか {rest}人　全員を見る", self.all_asked.emit, low=True))
        if behind.sheets:
            add(self._list, section("数えた回答"), wrapped_label("　".join(behind.sheets)))
        papers = [cell for cell in found.cells if cell.value]
        if papers:
            add(self._list, 6, section("元の紙"))
        for cell in papers:
            day = day_words(cell.place.day)
            page = f" p.{cell.page}" if cell.page else ""
            words = f"{cell.place.title}{page}　{f'{day} {cell.place.what}' if day else ''}".rstrip("　")
            value = f"{cell.value}{found.unit}"
            self._list.addWidget(wrapped_label(f"{words}　{value}", "differs" if cell.stand == "食い違い" else "body"))
        self._list.addStretch(1)
        see_at_once(self)

    def _people(self, title: str, people: Sequence[CountedPerson]) -> None:
        add(self._list, 6, section(title))
        for one in people:
            line = QWidget()
            side = label(one.why or one.at, "warned" if one.why == "当日欠席" else "second")
            name = wrapped_label(f"{one.name}　{one.organisation}")
            line.setLayout(row(name, side))
            line.layout().setStretch(0, 1)  # type: ignore[union-attr]
            self._list.addWidget(line)

    def _clear(self) -> None:
        empty(self._list)
