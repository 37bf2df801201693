"""履歴: who did what and when, with every value before and after; an own action can be taken back, that one alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.history.services.history import HistoryLine, list_history, undo_one
from app.papers.screens.copy_dialog import CopyDialog
from app.papers.screens.export_button import export_button
from app.widgets.buttons import Button
from app.widgets.labels import label, section
from app.widgets.record_model import Cell, Column, RowAction
from app.widgets.record_table import RecordTable
from app.widgets.screen import Screen, page, row
from app.window.desk import Desk, with_store

_PAGE = 100
_EVERYTHING = 10_000_000


class HistoryPanel(Screen):
    """The history of one event, or of everything when no event was handed over. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._event_id: int | None = None
        self._lines: list[HistoryLine] = []
        self._wanted = _PAGE
        self.undo_button = Button("この操作を元に戻す", self._undo, icon_name="arrow-u-up-left", low=True)
        self._offer = label("", "small", wrap=True)
        self.table = RecordTable(
            "history",
            (
                Column(key="at", title="日時", show=self._when, width=150, sort=lambda line: line.seq),
                Column(key="by", title="行った人", show=lambda line: line.by, width=120),
                Column(key="action", title="操作", show=_action, width=330),
                Column(key="changes", title="変わったところ", show=_changes, stretch=True, sortable=False),
            ),
            title="履歴",
            empty="まだ操作の履歴はありません。",
            filtered=False,
            hint="Enterでその操作のあとの状態を見ます。",
            action=lambda line: RowAction(text="控えを開く") if line.issued is not None else None,
        )
        self.table.acted.connect(self._open_copy)
        self.table.chosen.connect(self._follow)
        self.more = Button("前の履歴も見る", self._read_more, low=True)
        self.table.foot.addWidget(self.more)
        # What was changed may be a name or an answer in free words.
        self.export = export_button(
            desk, self.table, title="履歴", personal=True, event_id=lambda: self._event_id, all_rows=self._read_all
        )
        self.table.foot.addWidget(self.export)
        self.table.opened.connect(self._look_back)
        self.past_button = Button("その日の状態を見る", self._look_back, icon_name="clock-counter-clockwise", low=True)
        head = row(section("履歴"), self.past_button, self.undo_button)
        head.addWidget(self._offer, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.table.filter_field)
        column = page(self)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        # Whoever comes here reads first; Enter takes nothing back unasked.
        self.setFocusProxy(self.table)
        self.setTabOrder(self.table.view, self.past_button)
        self.setTabOrder(self.past_button, self.undo_button)

    def arrive(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Show one event's history; without ``event_id`` everything."""
        self._event_id = event_id
        self._wanted = _PAGE

    def reload(self) -> None:
        """Read the newest entries."""
        self.desk.read(with_store(list_history, event_id=self._event_id, limit=self._wanted + 1), self._show)

    def _show(self, lines: Sequence[HistoryLine]) -> None:
        self._lines = list(lines[: self._wanted])
        self.past_button.setVisible(self._event_id is not None and bool(self._lines))
        self.more.setVisible(len(lines) > self._wanted)
        self.table.show_rows(self._lines)
        self._follow(self.table.current())

    def _follow(self, line: HistoryLine | None) -> None:
        """Say what the button would take back: the action of the row, and nothing else."""
        mine = line is not None and line.by == self.desk.user_name and not line.undone
        self.undo_button.setEnabled(mine and self.desk.can_undo)
        if line is None:
            self._offer.setText("行を選ぶと、その操作だけを元に戻せます。")
        elif line.undone:
            self._offer.setText("この操作は、もう元に戻してあります。")
        elif not mine:
            self._offer.setText(f"{line.by}さんの操作です。元に戻せるのは、ご自分の操作だけです。")
        else:
            self._offer.setText(f"「{line.action}」だけを元に戻します。あとの操作は残ります。")

    def _undo(self) -> None:
        line = self.table.current()
        if line is not None:
            self.desk.write(with_store(undo_one, seq=line.seq, **self.desk.signed), lambda _undone: None, owner=self)

    def _open_copy(self, line: HistoryLine) -> None:
        if line.issued is not None:
            CopyDialog(self.desk, outgoing_id=line.issued, parent=self).open()

    def _look_back(self, line: HistoryLine | None = None) -> None:
        """Show the event as it stood after a step: that of the row, else before its newest change."""
        event_id = line.event_id if line is not None else self._event_id
        if event_id is not None:
            self.desk.go("past", event_id=event_id, **({"seq": line.seq} if line is not None else {}))

    def _read_more(self) -> None:
        self._wanted += _PAGE
        self.reload()

    def _read_all(self, deliver: Callable[[Sequence[HistoryLine]], None]) -> None:
        """Hand over also what is older than the entries shown."""
        self.desk.read(
            with_store(list_history, event_id=self._event_id, limit=_EVERYTHING),
            deliver,
            owner=self,
            title="履歴を集めています",
        )

    def _when(self, line: HistoryLine) -> Cell:
        return Cell(text=f"{short_date(line.at.date(), self.desk.today())} {line.at.hour}:{line.at.minute:02d}")


def _action(line: HistoryLine) -> Cell:
    return Cell(text=line.action, aside="元に戻しました" if line.undone else "", tone="second" if line.undone else "")


def _changes(line: HistoryLine) -> Cell:
    """Field by field, each record named once; records added or removed as a whole are counted."""
    parts = []
    last = ""
    for (what, field), group in groupby(line.changes, key=lambda change: (change.what, change.field)):
        alike = list(group)
        head = f"{what}　" if what != last else ""
        last = what
        if field:
            parts += [f"{field}：{one.before or '（なし）'} → {one.after or '（なし）'}" for one in alike]
            parts[-len(alike)] = head + parts[-len(alike)]
        else:
            parts += [_whole(what, after, len(list(same))) for after, same in groupby(one.after for one in alike)]
    return Cell(second="\n".join(parts))


def _whole(what: str, after: str, count: int) -> str:
    return f"{what}　{after}（{count}件）" if count > 1 else f"{what}　{after}"
