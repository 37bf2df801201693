"""What went wrong in the program, shown as it would be handed over: looked at, copied, saved as a text.

It needs no open data, so it stands where they can't be opened, too.
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
from app.data_folder.services.handed_facts import FILE_NAME, facts_to_hand_over, save_facts
from app.papers.screens.paper_folder import nearest
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import named, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.sending import note_failure
from app.window import theme as t
from app.window.background_task import Tasks
from app.window.clipboard import put_to_paste
from app.window.failure_messages import failure_of

TITLE = "プログラムの障害の記録"
_HINT = (
    "この内容を、そのままファイルに保存します。氏名や入力した言葉は入りません。"
    "情報システムの担当者に渡すときは、何をしていたときかを、言葉で添えてください。"
)
_LINES = 8


class FailureLogDialog(DialogFrame):
    """The record with its two ways out. Signals: those of ``DialogFrame``."""

    def __init__(
        self, tasks: Tasks, *, folder: Path | None, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        """``folder`` the data folder it is about, None where none is known; ``clock`` the PC's local time."""
        super().__init__(TITLE, main="ファイルに保存する", cancel="閉じる", width=880, full=True, parent=parent)
        self._tasks, self._clock = tasks, clock
        self.text = named(QPlainTextEdit(), TITLE)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * _LINES)
        self.copy = Button("コピー", lambda: put_to_paste(self.text.toPlainText()), icon_name="copy", tall=True)
        self.put_button(self.copy)
        self.said = NoteBox(tone="accent")
        self.said.hide()
        self.put(wrapped_label(_HINT, "second"), self.said, (self.text, 1))
        self._let(written=False)
        self.confirmed.connect(self._ask_where)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        work = partial(facts_to_hand_over, folder, now=clock(), screen=_screen_words())
        tasks.apart(work, done=self._show, failed=self._refuse, owner=self, title="記録を読んでいます")

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self._let(written=True)

    def _let(self, *, written: bool) -> None:
        self.main.setEnabled(written)
        self.copy.setEnabled(written)

    def _ask_where(self) -> None:
        start = nearest(exports_folder()) / FILE_NAME.format(day=self._clock())
        chosen, _kind = QFileDialog.getSaveFileName(self, "障害の記録を保存する", str(start), "テキスト (*.txt)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Save exactly what is shown to ``path``, beside the window: it may be a share."""
        self.wait(True)
        work = partial(save_facts, path, self.text.toPlainText())
        self._tasks.apart(work, done=lambda _none: self._saved(path), failed=self._refuse, owner=self, writes=True)

    def _saved(self, path: Path) -> None:
        self.wait(False)
        self.refusal.say("")
        self.said.say(f"「{path.name}」に保存しました。")

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        self._let(written=bool(self.text.toPlainText()))
        note_failure(failure_of(problem), self.refusal)


def _screen_words() -> str:
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return ""
    size = screen.geometry()
    scale = round(screen.devicePixelRatio() * screen.logicalDotsPerInch() / 96 * 100)
    screens = len(QGuiApplication.screens())
    return f"{size.width()}×{size.height()}（拡大率{scale}％、{screens}台、文字 {t.size()}）"
