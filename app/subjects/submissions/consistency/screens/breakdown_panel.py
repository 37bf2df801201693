"""The panel that explains one number (calculation, likely cause, people, documents) and settles it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.submissions.consistency.rules import ComparedNumber, SourceNumber
from app.subjects.submissions.consistency.services.event_numbers import (
    REPORT_SOURCE,
    TALLY_SOURCE,
    CountedPerson,
    NumberBreakdown,
    day_words,
)
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, section, show_text_or_hide, wrapped_label
from app.widgets.layouts import add, in_column, layout_now
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, widget_row

_SHOWN = 8


class BreakdownPanel(Panel):
    """The right side of the page.

    Signals: ``inquiry_asked()`` ask the contractor; ``mend_asked()`` correct the record; ``print_asked()``;
    ``keep_asked()`` accept the difference; ``reopen_asked()``; ``all_asked()`` show everybody.
    """

    inquiry_asked = Signal()
    correction_asked = Signal()
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
        self.ask = Button("受託者に確かめる", self.inquiry_asked.emit, low=True)
        self.mend = Button("区の記録を開く", self.correction_asked.emit, low=True)
        self.again = Button("紙を作り直す", self.print_asked.emit, low=True)
        self.keep = Button("理由を付けて残す", self.keep_asked.emit, low=True)
        self.reopen = Button("もう一度決める", self.reopen_asked.emit, low=True)
        self.ways = FlowRow(self.ask, self.mend, self.again, self.keep, self.reopen)
        self._list = in_column(spacing=8)
        self.put(self.number, self.other, self.sum, self.cause, self.ways, (self._list, 1))

    def show_number(self, number: ComparedNumber, cell: SourceNumber | None) -> None:
        """Show the number at once; its people follow when they were read."""
        ours = f"{number.ours}{number.unit}" if number.ours else "記録なし"
        self.number.setText(f"{number.name}　{ours}")
        differing = cell is not None and cell.status in ("食い違い", "古い紙", "理由あり")
        self.other.setText(f"{cell.source.title}は {cell.value}{number.unit}" if differing and cell is not None else "")
        self.other.setVisible(differing)
        open_one = cell is not None and cell.status == "食い違い"
        self.ask.setVisible(open_one and cell is not None and cell.source.key in (REPORT_SOURCE, TALLY_SOURCE))
        self.mend.setVisible(open_one)
        self.keep.setVisible(open_one)
        self.again.setVisible(cell is not None and cell.status == "古い紙")
        self.reopen.setVisible(cell is not None and bool(cell.acceptance_id))
        self.ways.setVisible(any(not one.isHidden() for one in self.ways.parts()))
        show_text_or_hide(self.sum, f"理由　{cell.reason}" if cell is not None and cell.reason else "")
        self.cause.show_text("")
        self._clear()

    def show_breakdown(self, breakdown: NumberBreakdown, number: ComparedNumber) -> None:
        """Show calculation, cause, people and documents."""
        said = [part for part in (breakdown.arithmetic, self.sum.text()) if part]
        self.sum.setText("\n".join(dict.fromkeys(said)))
        self.sum.setVisible(bool(said))
        self.cause.show_text(breakdown.cause, tone="red" if breakdown.cause else None)
        self._clear()
        if breakdown.differing:
            self._people(f"違いを生む人　{len(breakdown.differing)}人", breakdown.differing)
        if breakdown.everybody:
            self._people(f"数えた{len(breakdown.everybody)}人", breakdown.everybody[:_SHOWN])
            rest = len(breakdown.everybody) - _SHOWN
            if rest > 0:
                self._list.addWidget(Button(f"ほか {rest}人　全員を見る", self.all_asked.emit, low=True))
        if breakdown.document_words:
            add(self._list, section("数えた回答"), wrapped_label("　".join(breakdown.document_words)))
        papers = [cell for cell in number.cells if cell.value]
        if papers:
            add(self._list, 6, section("元の紙"))
        for cell in papers:
            day = day_words(cell.source.day)
            page = f" p.{cell.page}" if cell.page else ""
            words = f"{cell.source.title}{page}　{f'{day} {cell.source.occasion}' if day else ''}".rstrip("　")
            value = f"{cell.value}{number.unit}"
            self._list.addWidget(wrapped_label(f"{words}　{value}", "differs" if cell.status == "食い違い" else "body"))
        self._list.addStretch(1)
        layout_now(self)

    def _people(self, title: str, people: Sequence[CountedPerson]) -> None:
        add(self._list, 6, section(title))
        for one in people:
            line = QWidget()
            side = label(one.reason or one.noted_at, "warned" if one.reason == "当日欠席" else "second")
            name = wrapped_label(f"{one.name}　{one.organisation}")
            line.setLayout(widget_row(name, side))
            line.layout().setStretch(0, 1)  # type: ignore[union-attr]
            self._list.addWidget(line)

    def _clear(self) -> None:
        clear_layout(self._list)
