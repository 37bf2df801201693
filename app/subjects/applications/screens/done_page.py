"""取り込む: what came of it, and where to go from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.applications.rules.application_changes import OUTCOMES
from app.subjects.applications.services.application_import import Imported
from app.widgets.buttons import Button, main_button
from app.widgets.labels import Paragraph
from app.widgets.panel import Panel
from app.widgets.screen import row


class DonePage(QWidget):
    """The last step. Signals: ``again_asked()``; ``roster_asked()``."""

    again_asked = Signal()
    roster_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.import_id = 0
        self.said = Paragraph()
        self.counts = Paragraph(role="second")
        self.roster = main_button("参加者を開く", self.roster_asked.emit)
        self.again = Button("別のファイルを取り込む", self.again_asked.emit)
        panel = Panel()
        for part in (self.said, self.counts):
            panel.put(part)
        panel.body.addLayout(row(self.roster, self.again, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        column.addStretch(1)

    def show_result(self, imported: Imported, *, to_roster: bool) -> None:
        """Say what was taken in; ``to_roster`` offers the roster of the one event."""
        self.import_id = imported.id
        self.said.say(f"**{imported.said}**")
        parts = [f"{word} {imported.preview.count(word)}" for word in OUTCOMES if imported.preview.count(word)]
        undo = "　「元に戻す」（Ctrl+Z）か、「これまでの取り込み」で、まるごと取り消せます。" if imported.id else ""
        self.counts.say("・".join(parts) + undo)
        self.roster.setVisible(to_roster)

    def take_focus(self) -> None:
        """The way on."""
        button = self.again if self.roster.isHidden() else self.roster
        button.setFocus(Qt.FocusReason.OtherFocusReason)
