"""The result of the newest version as three choices; once 確認済 it is locked until it is taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.subjects.materials.services.materials import MaterialView
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from db.records.materials import RESULTS


class ResultChoice(QWidget):
    """確認済 / 修正後使用可 / 再提出.

    Signals: ``chosen(str)`` another result was chosen; ``withdraw_asked()`` the result is to be taken back.
    """

    chosen = Signal(str)
    withdraw_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = ""
        self.title = label("", "strong", wrap=True)
        self.notified = label("", "small", wrap=True)
        self._group = QButtonGroup(self)
        self.buttons = {}
        for number, result in enumerate(RESULTS):
            button = QRadioButton(result)
            self._group.addButton(button, number)
            self.buttons[result] = button
        self._group.idClicked.connect(self._choose)
        self.withdraw = link_button("結果を取り消す", self.withdraw_asked.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(FlowRow(*self.buttons.values(), spacing=4))
        column.addWidget(self.notified)
        column.addWidget(self.withdraw)

    def show_view(self, view: MaterialView, *, may_write: bool) -> None:
        """Show the result of the newest version; without one there is nothing to choose."""
        newest = view.versions[0].version if view.versions else None
        self.setVisible(newest is not None)
        if newest is None:
            return
        self.title.setText(f"第{newest.version}版の結果")
        self.say_result(newest.result or "")
        for button in self.buttons.values():
            button.setEnabled(may_write and not newest.locked)
            button.setAccessibleDescription("確認済のため、変えるには結果を取り消します。" if newest.locked else "")
        lines = ["確認済の版は、変えられません。"] if newest.locked else []
        lines += [f"結果通知 {view.notified_words}"] if view.notified_words and newest.result else []
        self.notified.setText("　".join(lines))
        self.notified.setVisible(bool(lines))
        self.withdraw.set_words(f"{newest.result}を取り消す" if newest.result else "")
        self.withdraw.setVisible(bool(newest.result) and may_write)

    def say_result(self, result: str) -> None:
        """Mark a result, or none."""
        self._result = result
        self._group.setExclusive(False)
        for words, button in self.buttons.items():
            button.setChecked(words == result)
        self._group.setExclusive(True)

    def _choose(self, number: int) -> None:
        if RESULTS[number] != self._result:
            self.chosen.emit(RESULTS[number])
