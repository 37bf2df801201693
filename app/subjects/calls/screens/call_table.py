"""2 電話一覧: a 団体 a line, three keys, and buttons in the line at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.calls.screens.call_columns import RESULT, call_columns
from app.subjects.calls.screens.line_acts import LineActs
from app.subjects.calls.services.call_sheet import AGAIN, MESSAGE, REACHED, CallLine
from app.widgets.flow_row import FlowRow
from app.widgets.labels import key_cap, label
from app.widgets.record_table import RecordTable

_KEYS = {Qt.Key.Key_A: AGAIN, Qt.Key.Key_D: MESSAGE}


class CallTable(QWidget):
    """The list with its keys.

    Signals: ``called(CallLine, str)`` a line and the outcome asked for; ``people_asked(CallLine)`` its people one
    by one.
    """

    called = Signal(object, str)
    people_asked = Signal(object)

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = False
        self._lines: tuple[CallLine, ...] = ()
        self._at = QPersistentModelIndex()
        self.table = RecordTable(
            "calls", call_columns(today), title="電話一覧", filtered=False, foot=False,
            empty="この実施回の名簿には、まだ参加者がいません。",
        )  # fmt: skip
        self.table.view.installEventFilter(self)
        self.table.chosen.connect(lambda _line: self._put_buttons())
        self.table.model.fed.connect(lambda *_: self._put_buttons())
        self._put_soon = QTimer(self, singleShot=True, interval=0)
        self._put_soon.timeout.connect(self._put_buttons)
        self.table.view.horizontalHeader().sectionResized.connect(lambda *_: self._put_soon.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.table, 1)
        column.addWidget(self._hints())
        self.setFocusProxy(self.table)

    def _hints(self) -> QWidget:
        pairs = []
        for key, words in (
            ("Enter", "連絡済"),
            ("A", "不在・再架電"),
            ("D", "伝言"),
            ("F2", "1人ずつ"),
            ("↓", "つぎの団体"),
        ):
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
            line.addWidget(key_cap(key))
            line.addWidget(label(words, "small"))
            pairs.append(pair)
        return FlowRow(*pairs, label("時刻と名前は自動で入ります", "small"), spacing=12, at_end=1)

    def show_lines(self, lines: Sequence[CallLine], *, on: bool) -> None:
        """Show the list; ``on`` False while nothing was decided: then nobody is called."""
        kept = self.current()
        self._on = on
        self._lines = tuple(lines)
        self._drop_buttons()
        self.table.show_rows(self._lines)
        if kept is not None:
            self.table.choose(lambda line: line.key == kept.key, take_focus=False)
        elif self._lines:
            first = next((line for line in self._lines if line.state != REACHED), self._lines[0])
            self.table.choose(lambda line: line.key == first.key, take_focus=False)
        self._put_buttons()

    def current(self) -> CallLine | None:
        """The line at hand."""
        found = self.table.current()
        return found if isinstance(found, CallLine) else None

    def go_on(self, key: str) -> None:
        """Go from the line ``key`` to the next one that is still to be called, from the top again after the last."""
        keys = [line.key for line in self._lines]
        at = keys.index(key) if key in keys else -1
        rest = [*self._lines[at + 1 :], *self._lines[: at + 1]]
        wanted = next((line for line in rest if line.state != REACHED and line.key != key), None)
        if wanted is not None:
            self.table.choose(lambda line: line.key == wanted.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list: Enter, A, D, F2; the arrows stay with the table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.table.view:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        line = self.current()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        if line is None or held or not self._on:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._reach(line)
            return True
        if key in _KEYS and not event.isAutoRepeat():
            self.called.emit(line, _KEYS[key])
            return True
        if key == Qt.Key.Key_F2:
            self.people_asked.emit(line)
            return True
        return False

    def _reach(self, line: CallLine) -> None:
        """Reached once is enough: Enter on such a line only goes on."""
        if line.state == REACHED:
            self.go_on(line.key)
        else:
            self.called.emit(line, REACHED)

    def _put_buttons(self) -> None:
        """The line at hand has its acts as buttons where the others say what came of the calls."""
        self._drop_buttons()
        line = self.current()
        if line is None or not self._on or line.state == REACHED:
            return
        column = next(n for n, one in enumerate(self.table.model.columns) if one.key == RESULT)
        index = self.table.model.index(self.table.view.currentIndex().row(), column)
        acts = LineActs(line, room=self.table.view.columnWidth(column))
        acts.called.connect(partial(self.called.emit, line))
        acts.people_asked.connect(partial(self.people_asked.emit, line))
        self.table.view.setIndexWidget(index, acts)
        self._at = QPersistentModelIndex(index)

    def _drop_buttons(self) -> None:
        if self._at.isValid():
            self.table.view.setIndexWidget(self._at, None)  # type: ignore[arg-type]
        self._at = QPersistentModelIndex()
