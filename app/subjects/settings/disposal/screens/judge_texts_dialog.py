"""Asks whom a text means that contains a surname alone, or a name that somebody else has too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.documents.screens.export_button import log_copies
from app.subjects.settings.disposal.services.disposal import judge_text
from app.subjects.settings.disposal.services.due_rows import DueList, read_due
from app.subjects.settings.disposal.services.naming_texts import NamingText
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.labels import wrapped_label
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import disable_when_read_only
from app.window.app_context import AppContext, bind_action

_JUDGING_WORDS: Final = (
    "消した人の名字、または同じ氏名の人が、文の中に残っています。文を読んで、だれのことかを選んでください。"
    "「消した人のこと」を選ぶと、その文から氏名を消したあと、つぎの日からの起動で、変更の履歴からも消えます。"
    "「別の人のこと」を選ぶと、文はそのまま残ります。どちらも元に戻せます。"
)
_GONE: Final = "（この行は、いまはありません）"
_SHOWN: Final = 240


class JudgeTextsDialog(ActionMixin, DialogFrame):
    """Lists the texts with two possible answers. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, places: Sequence[NamingText], parent: QWidget) -> None:
        super().__init__("だれのことかを確かめる", cancel="閉じる", wide=True, parent=parent)
        self.app_context = app_context
        self._today: date = app_context.today()
        self.table = RecordTable(
            "places-to-judge",
            unsorted(
                Column("where", "どこ", show=lambda one: Cell(one.location, _reason_text(one)), width=300),
                Column("text", "いまの文", show=_text_cell, stretch=True),
            ),
            title="だれのことかを確かめる",
            empty="確かめる所は、もうありません。",
            unit="か所",
            filtered=False,
        )
        log_copies(app_context, self.table, title="だれのことかを確かめる")
        self.theirs = Button("消した人のこと", lambda: self._judge(is_theirs=True))
        self.another = Button("別の人のこと", lambda: self._judge(is_theirs=False))
        self.table.chosen.connect(lambda _row: self._update_buttons())
        self.put(wrapped_label(_JUDGING_WORDS, "small"), (self.table, 1), FlowRow(self.theirs, self.another))
        disable_when_read_only(app_context, self.theirs, self.another)
        self._show(places)

    def _show(self, places: Sequence[NamingText]) -> None:
        self.table.show_rows(tuple(places))
        self.table.ensure_current_row()
        self._update_buttons()

    def _update_buttons(self) -> None:
        may = self.table.current() is not None and not self.app_context.read_only
        for button in (self.theirs, self.another):
            button.setEnabled(may)

    def _judge(self, *, is_theirs: bool) -> None:
        row = self.table.current()
        if row is not None:
            change = bind_action(self.app_context, judge_text, place=row.item, is_theirs=is_theirs)
            self.run_change(change, lambda _saved: self._read())

    def _read(self) -> None:
        self.run_read(self._show_updated, read_due, today=self._today)

    def _show_updated(self, view: DueList) -> None:
        self._show(view.texts_to_judge)


def _reason_text(place: NamingText) -> str:
    return "同じ氏名の人がほかにいる" if place.item.sort == "shared" else "名字だけ"


def _text_cell(place: NamingText) -> Cell:
    plain = " ".join(place.text.split())
    return Cell(f"{plain[:_SHOWN]}…" if len(plain) > _SHOWN else plain or _GONE, tip=place.text)
