"""Sentences that a person should read once after opening or closing, as a dialog or as a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.keeping.screens.centred_page import CentredPage
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph, heading


class NotesPage(CentredPage):
    """A page of sentences. Signals: ``done()`` 閉じる was pressed."""

    done = Signal()

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        super().__init__()
        self.put(heading(title))
        for sentence in sentences:
            self.put(Paragraph(sentence))
        self.put(Paragraph("保存済みのデータはそのままです。"))
        self.body.addStretch(1)
        self.close_button = Button("閉じる", self.done.emit, kind="main", tall=True)
        self.put_foot(None, self.close_button)
        self.close_button.setFocus()


def show_notes(parent: QWidget, sentences: Sequence[str], title: str) -> DialogFrame:
    """Show the sentences over ``parent``; the dialog closes with 閉じる."""
    dialog = DialogFrame(title, cancel="閉じる", width=620, parent=parent)
    for sentence in sentences:
        dialog.put(Paragraph(sentence))
    dialog.body.addStretch(1)
    dialog.cancel.setDefault(True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
