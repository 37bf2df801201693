"""The foot of the wizard: the rows that stay out as a workbook, what may be undone, やめる, and the way on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.papers.screens.export_button import ExportButton, Sheet
from app.subjects.applications.services.application_preview import ApplicationPreview
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.window.desk import Desk

NOTE = "まだ保存していません。取り込んだあとも、まるごと元に戻せます"


class WizardFoot(QFrame):
    """Signals: ``cancelled()``; ``confirmed()``."""

    cancelled = Signal()
    confirmed = Signal()

    def __init__(
        self,
        desk: Desk,
        gather: Callable[[Callable[[Sheet], None]], None],
        *,
        title: str,
        event_id: Callable[[], int | None],
        parent: QWidget | None = None,
    ) -> None:
        """``gather`` collects the rows that stay out, ``title`` names their workbook."""
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self._desk = desk
        self.export = ExportButton(desk, gather, title=title, event_id=event_id)
        self.export.setProperty("low", False)
        self.note = label(NOTE, "small", wrap=True)
        self.cancel = Button("やめる", self.cancelled.emit, tall=True)
        self.main = Button("", self.confirmed.emit, kind="main", tall=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 12, 12, 12)
        line.setSpacing(12)
        line.addWidget(self.export)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.note, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.main)

    def dress(self, preview: ApplicationPreview, *, columns: bool) -> None:
        """Say what the buttons do now."""
        out = len(preview.left_out)
        self.export.set_words(f"取り込まない{out}行をExcelに出力")
        self.export.offer(out > 0)
        self.export.setVisible(out > 0 and not columns)
        self.note.setText("" if columns else NOTE)
        if columns:
            self.main.set_words("この対応で1行ずつ確かめる")
            self.main.setEnabled(not preview.needs_columns and not preview.needs_event)
            return
        self.main.set_words(take_words(preview))
        self.main.setEnabled(bool(preview.taken) and not self._desk.read_only)

    def wait(self, waiting: bool) -> None:
        """No second press while the work runs."""
        self.main.setEnabled(not waiting)
        self.cancel.setEnabled(not waiting)


def take_words(preview: ApplicationPreview) -> str:
    """「10件を取り込む」, with the places where that is another number, or why there is nothing to take in."""
    count, people = len(preview.taken), preview.new_people
    if not count:
        return "取り込める申込はありません" if preview.left_out else "新しい申込はありません"
    return f"{count}件（{people}人分）を取り込む" if people not in (0, count) else f"{count}件を取り込む"
