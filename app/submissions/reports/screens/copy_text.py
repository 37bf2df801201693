"""A text to copy into a mail; the program never sends it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.growing_text import GrowingText
from app.widgets.labels import label, small_label, with_accessible_name
from app.widgets.panel import Panel
from app.widgets.screen import widget_row
from app.window.app_context import check_may_copy
from app.window.clipboard import copy_for_pasting


class CopyText(Panel):
    """Panel with one draft and its copy button.

    A draft edited by hand stays until 「文案を作り直す」; another subject (``about``) starts anew. Signals:
    ``copied(str)`` the text that was put on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, title: str, note: str, *, lines: int = 5):
        super().__init__()
        self.setAccessibleName(title)
        self._given = ""
        self._about: object = None
        self.said = label("", "done")
        self.again = link_button("文案を作り直す", self._reset_text)
        self.copy_button = with_accessible_name(
            Button("コピー", self.copy, icon_name="copy", low=True), f"{title}をコピー"
        )
        self.put(FlowRow(label(title, "strong"), self.copy_button, spacing=12))
        self.text = with_accessible_name(GrowingText(lines=lines), title)
        self.text.textChanged.connect(self._follow)
        self.put(small_label(note), self.text, widget_row(self.again, None, self.said))
        self._follow()

    def show_text(self, text: str, *, about: object) -> None:
        """Show a draft; edits are kept while ``about`` is the same."""
        own = about == self._about and self.text.toPlainText() != self._given
        self._given, self._about = text, about
        if not own:
            self.text.show_text(text)
            self.said.setText("")
        self._follow()

    def add_line(self, line: str) -> None:
        """Append a line to the text, as if it were typed."""
        self.text.setPlainText(f"{self.text.toPlainText().rstrip()}\n{line}")

    def copy(self) -> None:
        """Copy the text to the clipboard and emit ``copied``, unless a check forbids it."""
        if not check_may_copy(self):
            return
        copy_for_pasting(self.text.toPlainText())
        self.said.setText("コピーしました")
        self.copied.emit(self.text.toPlainText())

    def _reset_text(self) -> None:
        """Show the original text again in place of the edited one."""
        self.text.show_text(self._given)
        self._follow()

    def _follow(self) -> None:
        """Show the button to the original text once it was edited, enable copying, and hide 「コピーしました」."""
        text = self.text.toPlainText()
        self.again.setVisible(text != self._given)
        self.copy_button.setEnabled(bool(text.strip()))
        self.said.setText("")
