"""The places of which somebody says whom they mean: a surname alone, or a name that somebody else bears, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.papers.screens.export_button import log_copies
from app.subjects.settings.disposal.services.disposal import judge_place
from app.subjects.settings.disposal.services.due import DueList, read_due
from app.subjects.settings.disposal.services.named_texts import NamedPlace
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.labels import wrapped_label
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import only_for_writing
from app.widgets.sending import Sending
from app.window.desk import Desk, acting

_WORDS: Final = (
    "消した人の名字、または同じ氏名の人が、文の中に残っています。文を読んで、だれのことかを選んでください。"
    "「消した人のこと」を選ぶと、その文から氏名を消したあと、つぎの日からの起動で、変更の履歴からも消えます。"
    "「別の人のこと」を選ぶと、文はそのまま残ります。どちらも元に戻せます。"
)
_GONE: Final = "（この行は、いまはありません）"
_SHOWN: Final = 240


class PlacesDialog(Sending, DialogFrame):
    """The list with its two answers. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, places: Sequence[NamedPlace], parent: QWidget) -> None:
        super().__init__("だれのことかを確かめる", cancel="閉じる", wide=True, parent=parent)
        self.desk = desk
        self._today: date = desk.today()
        self.table = RecordTable(
            "places-to-judge",
            unsorted(
                Column("where", "どこ", show=lambda one: Cell(one.where, _why(one)), width=300),
                Column("text", "いまの文", show=_text, stretch=True),
            ),
            title="だれのことかを確かめる",
            empty="確かめる所は、もうありません。",
            unit="か所",
            filtered=False,
        )
        log_copies(desk, self.table, title="だれのことかを確かめる")
        self.theirs = Button("消した人のこと", lambda: self._judge(theirs=True))
        self.another = Button("別の人のこと", lambda: self._judge(theirs=False))
        self.table.chosen.connect(lambda _row: self._offer())
        self.put(wrapped_label(_WORDS, "small"), (self.table, 1), FlowRow(self.theirs, self.another))
        only_for_writing(desk, self.theirs, self.another)
        self._show(places)

    def _show(self, places: Sequence[NamedPlace]) -> None:
        self.table.show_rows(tuple(places))
        self.table.stand_somewhere()
        self._offer()

    def _offer(self) -> None:
        may = self.table.current() is not None and not self.desk.read_only
        for button in (self.theirs, self.another):
            button.setEnabled(may)

    def _judge(self, *, theirs: bool) -> None:
        row = self.table.current()
        if row is not None:
            change = acting(self.desk, judge_place, place=row.item, theirs=theirs)
            self.send(change, lambda _saved: self._read())

    def _read(self) -> None:
        self.fetch(self._again, read_due, today=self._today)

    def _again(self, view: DueList) -> None:
        self._show(view.unsure)


def _why(place: NamedPlace) -> str:
    return "同じ氏名の人がほかにいる" if place.item.sort == "shared" else "名字だけ"


def _text(place: NamedPlace) -> Cell:
    plain = " ".join(place.text.split())
    return Cell(f"{plain[:_SHOWN]}…" if len(plain) > _SHOWN else plain or _GONE, tip=place.text)
