"""The choices made before: what each came to, its record on paper, and making it again to check."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.roster.services.entries import moment_words
from app.subjects.roster.services.selections import Past
from app.widgets.buttons import Button
from app.widgets.fitted_table import FittedTable
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.record_columns import Cell, Column


class PastChoices(Panel):
    """What was decided so far. Signals: ``record_asked()``; ``check_asked(int)`` the id of the choice."""

    record_asked = Signal()
    check_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("これまでの決定", parent=parent)
        self.list = FittedTable(
            "past-choices",
            (Column(key="choice", title="決定", show=_cell, stretch=True, sortable=False),),
            title="これまでの決定",
            empty="まだ決めていません。",
            head=False,
        )
        self.check = Button("もう一度確かめる", self._check, low=True)
        self.record = Button("決定の記録", self.record_asked.emit, low=True)
        self.answer = NoteBox()
        self.small = label("", "small", wrap=True)
        self.buttons = FlowRow(self.record, self.check)
        for part in (self.list, self.buttons, self.answer, self.small):
            self.put(part)
        self.list.chosen.connect(lambda _row: self._offer())
        self._offer()

    def show_past(self, past: Sequence[Past]) -> None:
        """Show the choices, newest first."""
        self.list.show_rows(tuple(past))
        if past and self.list.current() is None:
            self.list.choose(lambda _row: True, take_focus=False)
        by_hand = sum(one.by_hand for one in past)
        self.small.setText(f"うち{by_hand}件は、1人ずつ手で変えたものです。" if by_hand else "")
        self.small.setVisible(bool(by_hand))
        self._offer()

    def say(self, words: str, *, same: bool) -> None:
        """Say what making it again gave."""
        self.answer.say(words, tone="accent" if same else "red")

    def _offer(self) -> None:
        one = self.list.current()
        whole = isinstance(one, Past) and not one.by_hand
        drawn = isinstance(one, Past) and one.selection.method == "抽選"
        self.check.set_words("同じ種でもう一度確かめる" if drawn else "もう一度確かめる")
        self.check.setEnabled(whole)
        self.buttons.setVisible(one is not None)
        self.answer.say("")

    def _check(self) -> None:
        one = self.list.current()
        if isinstance(one, Past):
            self.check_asked.emit(one.id)


def _cell(past: Past) -> Cell:
    selection = past.selection
    at = f"{moment_words(selection.made_at)}　{selection.by}"
    if past.by_hand:
        reason = f"　{selection.reason}" if selection.reason else ""
        return Cell(text=f"手で変更　{selection.lines[0].result}", second=f"{at}{reason}")
    counts = "　".join(f"{word} {past.count(word)}" for word in ("決定", "補欠", "落選"))
    seed = f"\n種 {selection.seed}" if selection.seed else ""
    return Cell(text=f"{selection.method}　{counts}", second=f"{at}{seed}", strong=True)
