"""What to look at in a set of questions: each finding with why it matters, and the way to its question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.subjects.surveys.questions.rules.questionnaire_checks import Finding
from app.widgets.buttons import Button
from app.widgets.labels import Paragraph, rule
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.icons import picture

NOTHING = "気になる点はありません。両面1枚に収まり、だれの回答か分かる聞き方もありません。"
_SIGNS = {"注意": ("warning-fill", t.AMBER), "参考": ("info", t.SECOND)}


class FindingsPanel(QWidget):
    """The findings. Signals: ``chosen(str)`` the code of the question that is to be mended."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()
        self.buttons: list[Button] = []
        self._panel = Panel("確かめること", note="保存はこのままできます")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._panel.body.addLayout(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        column.addStretch(1)
        self._parts: list[QWidget] = []

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; none says so in one sentence."""
        if tuple(findings) == self.findings and self._parts:
            return
        self.findings = tuple(findings)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.buttons = [], []
        if not findings:
            self._put(self._line("check-circle-fill", t.GREEN, NOTHING, "", ""))
        for number, finding in enumerate(findings):
            if number:
                self._put(rule())
            name, colour = _SIGNS[finding.weight]
            self._put(self._line(name, colour, finding.text, finding.why, finding.code))

    def words(self) -> str:
        """Everything said, for reading aloud."""
        return "\n".join(f"{finding.text}{finding.why}" for finding in self.findings) or NOTHING

    def _put(self, part: QWidget) -> None:
        self._list.addWidget(part)
        self._parts.append(part)

    def _line(self, sign: str, colour: str, text: str, why: str, code: str) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        icon = QLabel()
        icon.setPixmap(picture(sign, 18, colour, ratio=self.devicePixelRatioF()))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Paragraph(f"**{text}**" if why else text))
        if why:
            words.addWidget(Paragraph(why, role="small"))
        line.addLayout(words, 1)
        if code:
            button = Button("設問を開く", lambda: self.chosen.emit(code), low=True)
            button.setAccessibleName(f"{text}　設問を開く")
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.buttons.append(button)
        return holder
