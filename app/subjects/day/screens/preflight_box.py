"""印刷前の確認: what was found, each with its people folded away and the button to where it is mended."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.main_window.ways import way_to
from app.subjects.day.services.preflight import Preflight, PreflightRow
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.icons import picture

_SIGNS = {
    "止まる": ("warning-octagon-fill", t.RED),
    "確認": ("warning-fill", t.AMBER),
    "参考": ("info", t.SECOND),
}
_FEW = 3


class PreflightBox(Panel):
    """The findings. Signals: ``followed(WayThere)`` the button of a finding was pressed."""

    followed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("印刷前の確認", parent=parent)
        self._open: set[str] = set()
        self._shown: Preflight | None = None
        self.rows: list[QWidget] = []
        self.buttons: list[Button] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addLayout(self._list)
        self.say_waiting()

    def say_waiting(self) -> None:
        """Say that it is being looked at."""
        self._clear()
        self.note.setText("確認しています")

    def show_preflight(self, found: Preflight) -> None:
        """Show the findings, the gravest first; without any, say so."""
        self._shown = found
        self._clear()
        self.note.setText(f"{found.to_look_at}件" if found.to_look_at else "")
        if not found.rows:
            words = "直すところは見つかりませんでした。" if found.people else "名簿に載る参加者は、まだいません。"
            self._add(label(words, "second", wrap=True))
        for row in found.rows:
            self._add(self._row(row))

    def _clear(self) -> None:
        for part in self.rows:
            part.hide()
            part.deleteLater()
        self.rows, self.buttons = [], []

    def _add(self, part: QWidget) -> None:
        self._list.addWidget(part)
        self.rows.append(part)

    def _row(self, row: PreflightRow) -> QWidget:
        """Sign, sentence, the first people, and the two buttons below."""
        finding = row.finding
        name, colour = _SIGNS[finding.gravity]
        sign = QLabel()
        sign.setPixmap(picture(name, 18, colour, ratio=self.devicePixelRatioF()))
        sign.setFixedWidth(22)
        inside = QVBoxLayout()
        inside.setSpacing(1)
        inside.addWidget(label(finding.sentence, wrap=True))
        whole = finding.sentence in self._open or (finding.gravity == "止まる" and len(finding.details) <= _FEW)
        for words in finding.details if whole else ():
            inside.addWidget(label(words, "small", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(12)
        way = way_to(row.asked)
        button = Button(way.label, lambda: self.followed.emit(way), kind="link")
        button.setAccessibleName(f"{finding.sentence}　{way.label}")
        line.addWidget(button)
        self.buttons.append(button)
        if finding.details and not (whole and finding.sentence not in self._open):
            turn = Button("たたむ" if whole else "内訳を表示", lambda: self._turn(finding.sentence), kind="link")
            turn.setAccessibleName(f"{finding.sentence}　{turn.text()}")
            line.addWidget(turn)
        line.addStretch(1)
        inside.addLayout(line)
        part = QFrame()
        across = QHBoxLayout(part)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        beside = QVBoxLayout()
        beside.addWidget(sign)
        beside.addStretch(1)
        across.addLayout(beside)
        across.addLayout(inside, 1)
        part.setAccessibleName(finding.sentence)
        return part

    def _turn(self, sentence: str) -> None:
        self._open ^= {sentence}
        if self._shown is not None:
            self.show_preflight(self._shown)
