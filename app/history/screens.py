"""The dialog for fields that two people changed: both values side by side, keys 1 and 2, none preselected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QWidget

from app.history.services import field_name, part_words, row_name
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import key_cap, label, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.note_box import NoteBox
from db.stale_check import FieldConflict, FieldKey, Resolution

NOT_SAVED_NOTE = "選ぶまで保存しません。選ばなかったほうも履歴に残ります。"
_KEYS: dict[int, Resolution] = {Qt.Key.Key_1: "theirs", Qt.Key.Key_2: "mine"}


class _ValueOption(QFrame):
    """Panel with one of the two values to choose. Signals: ``selected()``."""

    selected = Signal()

    def __init__(self, who: str, value: str, state: str, key: str):
        super().__init__()
        self.setProperty("kind", "panel")
        column = in_column(owner=self, spacing=4, margins=(12, 8, 12, 8))
        line = QHBoxLayout()
        self.radio = with_accessible_name(QRadioButton(who), f"{who} {value} {state}")
        self.radio.toggled.connect(self._on_toggled)
        add(line, (self.radio, 1), key_cap(key))
        add(column, line, wrapped_label(value, "strong"), label(state, "small"))

    def _on_toggled(self, on: bool) -> None:
        """Mark the panel while its value is chosen, and emit ``selected`` when it becomes so."""
        self.setProperty("tone", "accent" if on else "")
        self.style().polish(self)
        if on:
            self.selected.emit()


class _ConflictQuestion(QWidget):
    """Widget that asks which of two values of one field to keep. Signals: ``chosen()``."""

    chosen = Signal()

    def __init__(self, conflict: FieldConflict):
        super().__init__()
        self.conflict = conflict
        self.choice: Resolution | None = None
        at = f"{datetime.fromisoformat(conflict.at):%H:%M}"
        name = field_name(conflict.table, conflict.field)
        self.name = f"{name}「{conflict.part}」" if conflict.part else name
        then, theirs, typed = (
            part_words(conflict.table, conflict.field, conflict.part, value)
            for value in (conflict.original, conflict.theirs, conflict.mine)
        )
        head = in_row(
            label(self.name, "strong"),
            (small_label(f"{row_name(conflict.table, {})}　開いたとき {then}"), 1),
        )
        column = in_column(head, owner=self, spacing=6)
        sides = in_row(spacing=12)
        self.theirs = _ValueOption(f"{conflict.by}さん {at}", theirs, "保存済み", "1")
        self.mine = _ValueOption("あなたの書きかけ", typed, "まだ保存していません", "2")
        self._group = QButtonGroup(self)
        for side in (self.theirs, self.mine):
            self._group.addButton(side.radio)
            sides.addWidget(side, 1)
        self.theirs.selected.connect(lambda: self._set_choice("theirs"))
        self.mine.selected.connect(lambda: self._set_choice("mine"))
        column.addLayout(sides)

    def choose(self, choice: Resolution) -> None:
        """Select one of the two values, which emits ``chosen``."""
        (self.theirs if choice == "theirs" else self.mine).radio.setChecked(True)

    def _set_choice(self, choice: Resolution) -> None:
        """Keep the selected value as the answer and emit ``chosen``."""
        self.choice = choice
        self.chosen.emit()


class EditConflictDialog(DialogFrame):
    """Dialog that asks, for each field that both changed, which value to keep.

    ``on_resolved`` gets the choices, or None when nothing is to be saved now. Signals: none of its own.
    """

    writes = True

    def __init__(
        self,
        conflicts: Sequence[FieldConflict],
        on_resolved: Callable[[dict[FieldKey, Resolution] | None], None],
        *,
        parent: QWidget,
    ):
        super().__init__("両方が変えた項目", f"{len(conflicts)}件", main="保存する", note=NOT_SAVED_NOTE, parent=parent)
        self._on_resolved = on_resolved
        self._is_resolved = False
        last = max(conflicts, key=lambda one: one.at)
        at = f"{datetime.fromisoformat(last.at):%H:%M}"
        self.put(
            NoteBox(
                f"書きかけの間に、{last.by}さんがこの項目を変えました（{at}）。どちらを残すか選んでください。",
                "amber",
            )
        )
        self.questions = [_ConflictQuestion(one) for one in conflicts]
        for question in self.questions:
            question.chosen.connect(self._update_button)
            self.put(question)
        self.put(label("あなただけが変えた項目は、そのまま残ります。", "small"), None)
        self.confirmed.connect(self._save)
        self._update_button()
        # Nothing is preset: the focus stands on the frame, where 1 and 2 are heard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QTimer.singleShot(0, self, self.setFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On key 1 (the colleague's value) or 2 (one's own) answer the first open field, if none is open the last."""
        choice = _KEYS.get(event.key())
        if choice is None:
            super().keyPressEvent(event)
            return
        waiting = [one for one in self.questions if one.choice is None] or self.questions[-1:]
        waiting[0].choose(choice)

    def reject(self) -> None:
        """Close without saving (やめる), and report that nothing is chosen; everything typed stays in its form."""
        super().reject()
        if not self._is_resolved:
            self._is_resolved = True
            self._on_resolved(None)

    def _update_button(self) -> None:
        """Show on the main button what it will save; it works once every field is answered."""
        chosen = [one.choice for one in self.questions]
        one = self.questions[0]
        if len(self.questions) == 1 and one.choice is not None:
            who = "あなた" if one.choice == "mine" else f"{one.conflict.by}さん"
            self.set_main(f"{who}の{one.name}で保存する")
        else:
            self.set_main("選んだ内容で保存する", enabled=None not in chosen)

    def _save(self) -> None:
        """Close the dialog and report the chosen values to the caller, which saves them."""
        self._is_resolved = True
        self.accept()
        self._on_resolved({one.conflict.field_key: one.choice for one in self.questions if one.choice is not None})
