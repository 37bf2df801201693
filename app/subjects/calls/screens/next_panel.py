"""5 このあと: what the change calls for beyond the telephone, each with the way there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.subjects.calls.services.call_view import CallView, NextThing
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, rule, section
from app.widgets.screen import row
from app.window import theme as t
from app.window.icons import picture

_BUTTONS = {"letter": "起案の案を作成", "agreement": "協議を記録", "deadlines": "期限を開く"}


class NextPanel(QWidget):
    """What follows. Signals: ``followed(str)`` letter, agreement or deadlines."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(FlowRow(section("5　このあと"), label("再架電は「区がやること」に入ります", "small")))
        self._column.addWidget(rule())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._column.addLayout(self._lines)

    def show_view(self, view: CallView) -> None:
        """Show what is left."""
        self.buttons = {}
        while (item := self._lines.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        for one in view.following:
            self._lines.addWidget(self._line(one))
            self._lines.addWidget(rule())
        if not view.following:
            self._lines.addWidget(
                label("判断を記録すると、通知・協議・期限の扱いがここに並びます。", "second", wrap=True)
            )

    def _line(self, one: NextThing) -> QWidget:
        name, colour = (
            ("check-circle-fill", t.GREEN)
            if one.done
            else ("clock-fill", t.AMBER)
            if one.key == "again"
            else ("circle", t.SECOND)
        )
        sign = QLabel()
        sign.setPixmap(picture(name, 16, colour, ratio=self.devicePixelRatioF()))
        sign.setAccessibleName("済" if one.done else "未了")
        words = label(one.words, "strong" if one.key == "again" else "body", wrap=True)
        holder = QWidget()
        holder.setMinimumHeight(t.scaled(t.ROW_BUTTON) + 4)
        line = row(sign)
        line.addWidget(words, 1)
        if one.detail:
            line.addWidget(label(one.detail, "strong" if one.key == "again" else "second"))
        if one.key in _BUTTONS and not one.done:
            button = Button(_BUTTONS[one.key], lambda: self.followed.emit(one.key), low=True)
            self.buttons[one.key] = button
            line.addWidget(button)
        holder.setLayout(line)
        return holder
