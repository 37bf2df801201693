"""The dialog with the program's failure log, to be read, copied or saved as text.

It needs no open data, so it also works when they can't be opened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from app.common.file_locations import exports_folder
from app.data_folder.services.support_report import FILE_NAME, save_report, support_report
from app.documents.screens.save_folder import nearest_existing
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import second_label, with_accessible_name
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.background_task import Tasks
from app.window.clipboard import copy_for_pasting
from app.window.failure_messages import failure_of

TITLE = "プログラムの障害の記録"
_HINT = (
    "この内容を、そのままファイルに保存します。氏名や入力した言葉は入りません。"
    "情報システムの担当者に渡すときは、何をしていたときかを、言葉で添えてください。"
)
_LINES = 8


class FailureLogDialog(DialogFrame):
    """Dialog with the program's failure log and buttons to copy and save it. Signals: those of ``DialogFrame``."""

    def __init__(
        self, tasks: Tasks, *, folder: Path | None, clock: Callable[[], datetime], parent: QWidget | None = None
    ):
        """Build the dialog for the log of the data ``folder``, None if unknown; ``clock`` is the PC's local time."""
        super().__init__(TITLE, main="ファイルに保存する", cancel="閉じる", width=880, full=True, parent=parent)
        self._tasks, self._clock = tasks, clock
        self.text = with_accessible_name(QPlainTextEdit(), TITLE)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * _LINES)
        self.copy = Button("コピー", lambda: copy_for_pasting(self.text.toPlainText()), icon_name="copy", tall=True)
        self.put_button(self.copy)
        self.result_box = NoteBox()
        self.put(second_label(_HINT), self.result_box, (self.text, 1))
        self._set_buttons_enabled(enabled=False)
        self.confirmed.connect(self._ask_where)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        work = partial(support_report, folder, now=clock(), screen=_screen_description())
        tasks.run_in_background(
            work, on_done=self._show, on_failed=self._show_error, owner=self, title="記録を読んでいます"
        )

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self._set_buttons_enabled(enabled=True)

    def _set_buttons_enabled(self, *, enabled: bool) -> None:
        """Enable or disable the buttons that save and copy the log."""
        self.main.setEnabled(enabled)
        self.copy.setEnabled(enabled)

    def _ask_where(self) -> None:
        """Let the user choose a file in a dialog, and save the log to it."""
        start = nearest_existing(exports_folder()) / FILE_NAME.format(day=self._clock())
        chosen, _kind = QFileDialog.getSaveFileName(self, "障害の記録を保存する", str(start), "テキスト (*.txt)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Save exactly what is shown to ``path`` in the background: it may be a share."""
        self.set_busy(True)
        work = partial(save_report, path, self.text.toPlainText())
        self._tasks.run_in_background(
            work, on_done=lambda _none: self._saved(path), on_failed=self._show_error, owner=self, writes=True
        )

    def _saved(self, path: Path) -> None:
        self.set_busy(False)
        self.refusal.show_text("")
        self.result_box.show_text(f"「{path.name}」に保存しました。")

    def _show_error(self, problem: Exception) -> None:
        """Show why the log could not be read or saved; the buttons are enabled only if a log is shown."""
        self.set_busy(False)
        self._set_buttons_enabled(enabled=bool(self.text.toPlainText()))
        show_failure_in(failure_of(problem), self.refusal)


def _screen_description() -> str:
    """Return size and scale of the main screen, the number of screens and the text size; "" without a screen."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return ""
    size = screen.geometry()
    scale = round(screen.devicePixelRatio() * screen.logicalDotsPerInch() / 96 * 100)
    screens = len(QGuiApplication.screens())
    return f"{size.width()}×{size.height()}（拡大率{scale}％、{screens}台、文字 {t.size()}）"
