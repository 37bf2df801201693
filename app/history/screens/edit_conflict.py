"""Two people changed the same field: both values side by side, keys 1 and 2, nothing preset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QWidget

from app.history.services.history_words import field_name, part_words, row_name
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import key_cap, label, named, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.note_box import NoteBox
from db.stale_check import Both, Choice, Where

NOTE: Final = "選ぶまで保存しません。選ばなかったほうも履歴に残ります。"
_KEYS: Final[dict[int, Choice]] = {Qt.Key.Key_1: "theirs", Qt.Key.Key_2: "mine"}


class _Side(QFrame):
    """One of the two values. Signals: ``taken()``."""

    taken = Signal()

    def __init__(self, who: str, value: str, state: str, key: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        column = in_column(owner=self, spacing=4, margins=(12, 8, 12, 8))
        line = QHBoxLayout()
        self.radio = named(QRadioButton(who), f"{who} {value} {state}")
        self.radio.toggled.connect(self._on_toggled)
        add(line, (self.radio, 1), key_cap(key))
        add(column, line, wrapped_label(value, "strong"), label(state, "small"))

    def _on_toggled(self, on: bool) -> None:
        self.setProperty("tone", "accent" if on else "")
        self.style().polish(self)
        if on:
            self.taken.emit()


class _Question(QWidget):
    """One field. Signals: ``chosen()``."""

    chosen = Signal()

    def __init__(self, both: Both) -> None:
        super().__init__()
        self.both = both
        self.choice: Choice | None = None
        at = f"{datetime.fromisoformat(both.at):%H:%M}"
        name = field_name(both.table, both.field)
        self.name = f"{name}「{both.part}」" if both.part else name
        then, theirs, typed = (part_words(both.field, value) for value in (both.then, both.theirs, both.typed))
        head = in_row(
            label(self.name, "strong"), (wrapped_label(f"{row_name(both.table, {})}　開いたとき {then}", "small"), 1)
        )
        column = in_column(head, owner=self, spacing=6)
        sides = in_row(spacing=12)
        self.theirs = _Side(f"{both.by}さん {at}", theirs, "保存済み", "1")
        self.mine = _Side("あなたの書きかけ", typed, "まだ保存していません", "2")
        self._group = QButtonGroup(self)
        for side in (self.theirs, self.mine):
            self._group.addButton(side.radio)
            sides.addWidget(side, 1)
        self.theirs.taken.connect(lambda: self._take("theirs"))
        self.mine.taken.connect(lambda: self._take("mine"))
        column.addLayout(sides)

    def choose(self, choice: Choice) -> None:
        """As the key or the mouse does."""
        (self.theirs if choice == "theirs" else self.mine).radio.setChecked(True)

    def _take(self, choice: Choice) -> None:
        self.choice = choice
        self.chosen.emit()


class EditConflictDialog(DialogFrame):
    """Asks for each field that both changed which value stays.

    ``go_on`` gets the choices, or None when nothing is to be saved now. Signals: none of its own.
    """

    writes = True

    def __init__(
        self,
        both: Sequence[Both],
        go_on: Callable[[dict[Where, Choice] | None], None],
        *,
        parent: QWidget,
    ) -> None:
        super().__init__("両方が変えた項目", f"{len(both)}件", main="保存する", note=NOTE, parent=parent)
        self._go_on = go_on
        self._done = False
        last = max(both, key=lambda one: one.at)
        at = f"{datetime.fromisoformat(last.at):%H:%M}"
        self.put(
            NoteBox(
                f"書きかけの間に、{last.by}さんがこの項目を変えました（{at}）。どちらを残すか選んでください。",
                "amber",
            )
        )
        self.questions = [_Question(one) for one in both]
        for question in self.questions:
            question.chosen.connect(self._tell)
            self.put(question)
        self.put(label("あなただけが変えた項目は、そのまま残ります。", "small"), None)
        self.confirmed.connect(self._save)
        self._tell()
        # Nothing is preset: the focus stands on the frame, where 1 and 2 are heard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QTimer.singleShot(0, self, self.setFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 settle the first field that is not settled, or the only one anew."""
        choice = _KEYS.get(event.key())
        if choice is None:
            super().keyPressEvent(event)
            return
        waiting = [one for one in self.questions if one.choice is None] or self.questions[-1:]
        waiting[0].choose(choice)

    def reject(self) -> None:
        """やめる: nothing is saved, everything typed stays in its form."""
        super().reject()
        if not self._done:
            self._done = True
            self._go_on(None)

    def _tell(self) -> None:
        chosen = [one.choice for one in self.questions]
        one = self.questions[0]
        if len(self.questions) == 1 and one.choice is not None:
            who = "あなた" if one.choice == "mine" else f"{one.both.by}さん"
            self.set_main(f"{who}の{one.name}で保存する")
        else:
            self.set_main("選んだ内容で保存する", enabled=None not in chosen)

    def _save(self) -> None:
        self._done = True
        self.accept()
        self._go_on({one.both.where: one.choice for one in self.questions if one.choice is not None})
