"""Bars for the last action (with undo) and for long-running work.

The undo bar in the top bar offers 「元に戻す」 for ten seconds; the wait bar shows progress and a stop button.
Neither moves other controls, so that a click in progress hits its target.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QProgressBar, QWidget

from app.common.join_nonempty import join_nonempty
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import inline_button
from app.widgets.forms.recent_files import mark_file_used
from app.widgets.labels import IconLabel, label, wrapped_label
from app.widgets.layouts import in_row
from app.window import theme as t
from app.window.announce import announce
from app.window.background_task import Job, Tasks
from app.window.debounce import debounce

SHOWN_MS = 10_000
HEIGHT = 36
_JUST_SHOWN_MS = 600
_TELL_AGAIN_MS = 10_000
"""Until then the same work is not spoken of again."""
_LINES = 2


class UndoBar(QFrame):
    """Shows the last action with 「元に戻す」, in the action bar of the page; nothing moves or is covered.

    On a page without one it is placed in the top bar beside the search. It also shows where a file was saved, and in a
    dialog (``over``) it lies above the buttons. A sentence too long for one line is set smaller in two.

    Signals: ``about_to_show()``; ``undo_asked()``, and after an undo ``redo_asked()``. Ctrl+Z and Ctrl+Y do the same,
    also later.
    """

    about_to_show = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, over: QDialog | None = None):
        super().__init__(over or parent)
        self.setProperty("kind", "undobar")
        self._dialog = over
        sign = IconLabel("check-circle", 18, t.PAGE)
        self._words = wrapped_label()
        self.button = inline_button("元に戻す", self._press)
        self._folder: Path | None = None
        self._is_redo = False
        self._fitted_for = ("", 0, False)
        self.folder_button = inline_button("フォルダーを開く", self._open_folder)
        in_row(sign, (self._words, 1), self.button, self.folder_button, owner=self, spacing=12, margins=(16, 0, 8, 0))
        self._shown_since = QElapsedTimer()
        self._timer = debounce(self, self.hide, SHOWN_MS)
        self.apply_style()
        self.hide()
        if over is not None:
            over.installEventFilter(self)

    def apply_style(self) -> None:
        """Apply the current text size to the reserved height."""
        self.setFixedHeight(t.scaled(HEIGHT))

    def show_text(self, sentence: str, *, can_undo: bool, can_redo: bool = False, folder: Path | None = None) -> None:
        """Show a sentence for ten seconds, or until the next action or screen, and have it spoken.

        Args:
            can_undo: the button offers 「元に戻す」. can_redo: it offers 「やり直す」 instead; neither = no button.
            folder: where a file was saved, with a button that opens it; None = no such button.
        """
        self.about_to_show.emit()
        self._folder = folder
        self.folder_button.setVisible(folder is not None)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._is_redo = can_redo
        self.button.set_words("やり直す　Ctrl+Y" if can_redo else "元に戻す")
        self.button.setVisible(can_undo or can_redo)
        self.button.setToolTip(
            "元に戻したことを、もう一度行います。Ctrl+Z は、その前の操作を元に戻します"
            if can_redo
            else "あとからは Ctrl+Z、または「変更」で元に戻せます"
        )
        self.show()
        self._fit()
        self._place_over_dialog()
        self._timer.start()
        self._shown_since.start()
        announce(self, join_nonempty(sentence, "元に戻せます" if can_undo else ""))

    def words(self) -> str:
        """Return the sentence shown last."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the sentence again at the new width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above the buttons of a dialog that changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self, self._place_over_dialog)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Show the sentence in one line if it fits, else in two small ones, with a tool tip if still too long."""
        now = (self._words.text(), self.width(), self.button.isHidden())
        line = self.layout()
        if line is None or self._fitted_for == now:
            return
        self._fitted_for = now
        line.activate()
        room = self._words.width()
        self._set_text_role("body")
        # Asked of the label: a sentence as wide as its room may break, as widths are rounded.
        if self._words.heightForWidth(room) > self._words.fontMetrics().lineSpacing() + 1:
            self._set_text_role("smallink")
        high = self._words.fontMetrics().lineSpacing() * _LINES
        self._words.setToolTip(self._words.text() if self._words.heightForWidth(room) > high + 1 else "")

    def _set_text_role(self, role: str) -> None:
        """Set the role (``label``) of the sentence: 「body」 in one line, 「smallink」 in two small ones."""
        if self._words.property("role") != role:
            self._words.setProperty("role", role)
            self._words.style().polish(self._words)

    def _place_over_dialog(self) -> None:
        """Place the bar right above the buttons of its dialog; nothing without a dialog (``over``)."""
        over = self._dialog
        column = over.layout() if over is not None else None
        foot = column.itemAt(column.count() - 1) if column is not None else None
        if over is None or foot is None:
            return
        self.setGeometry(0, foot.geometry().top() - self.height(), over.width(), self.height())
        self.raise_()

    def on_screen_left(self) -> None:
        """Hide the message when another screen is shown.

        One shown less than 0.6 seconds ago stays: its action led to the new screen.
        """
        if self._shown_since.isValid() and self._shown_since.elapsed() > _JUST_SHOWN_MS:
            self.hide()

    def _press(self) -> None:
        """Hide the bar and emit ``undo_asked``, or ``redo_asked`` after an undo."""
        self.hide()
        (self.redo_asked if self._is_redo else self.undo_asked).emit()

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def show_saved_file(asking: QWidget, sentence: str, path: Path) -> None:
    """Show ``sentence`` about a saved file or folder in the frontmost window or dialog, with a button to its folder.

    A file is marked as used, so that it isn't offered as received.

    Args:
        asking: the widget whose window is meant; of a dialog already closed the window behind it.
    """
    window = asking.window()
    while isinstance(window, QDialog) and not window.isVisible() and (behind := window.parentWidget()) is not None:
        window = behind.window()
    shown = window.findChild(UndoBar) or UndoBar(window, over=window if isinstance(window, QDialog) else None)
    folder = path if path.is_dir() else path.parent
    if path.is_file():
        # What the program wrote itself has not come from outside: it is not offered as what was received.
        mark_file_used(path)

    def show() -> None:
        """Show it in place of the sentence that every saved change brings, which may stand in the window behind."""
        for one in QApplication.allWidgets():
            if isinstance(one, UndoBar):
                one.hide()
        shown.show_text(sentence, can_undo=False, folder=folder)

    QTimer.singleShot(0, shown, show)


class WaitBar(QFrame):
    """A bar in the lower right corner of ``over`` while work takes longer than 200 ms. Signals: none.

    It shows the oldest long task with the progress it reports, and stands above the action bar of the page.
    """

    def __init__(self, tasks: Tasks, over: QWidget):
        super().__init__(over)
        self.setProperty("kind", "waitbar")
        self._over = over
        self._long_jobs: list[Job] = []
        self._told = ""
        self._since_told = QElapsedTimer()
        line = in_row(owner=self, spacing=12, margins=(16, 8, 8, 8))
        self._words = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(200)
        self._count = label("", "small")
        self.stop_button = inline_button("やめる", self._stop_first)
        for part in (self._words, self._bar, self._count, self.stop_button):
            line.addWidget(part)
        tasks.long_started.connect(self._begin)
        tasks.long_ended.connect(self._finish)
        over.installEventFilter(self)
        self.hide()

    def words(self) -> str:
        """Return the text of the running work."""
        return self._words.text()

    def _begin(self, task: Job) -> None:
        """Add a task that takes long, and show the oldest of them."""
        self._long_jobs.append(task)
        task.progressed.connect(self._advance, Qt.ConnectionType.QueuedConnection)
        self._show_first()

    def _finish(self, task: Job) -> None:
        """Remove a task that has ended, and show the oldest of the others, or hide."""
        if task in self._long_jobs:
            self._long_jobs.remove(task)
        self._show_first()

    def _show_first(self) -> None:
        """Show the first of the running tasks, or hide the bar if none runs."""
        if not self._long_jobs:
            self.hide()
            return
        task = self._long_jobs[0]
        self._words.setText(task.title or "読み込んでいます")
        self.setAccessibleName(self._words.text())
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(f"{self._words.text()}の進み")
        self._count.setText("")
        self.stop_button.setVisible(task.can_stop)
        self.stop_button.setEnabled(True)
        self._tell()
        self.show()
        self.raise_()
        self._move_to_corner()

    def _advance(self, done: int, total: int) -> None:
        """Show progress as 「3 / 12」 if it is that of the task shown; connected to each of them."""
        if self._long_jobs and self.sender() is self._long_jobs[0]:
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(done)
            self._count.setText(f"{done} / {total}")
            self._move_to_corner()

    def _stop_first(self) -> None:
        if self._long_jobs:
            self._long_jobs[0].stop()
            self._words.setText("止めています")
            self._tell()
            self.stop_button.setEnabled(False)

    def _tell(self) -> None:
        """Have what is shown spoken, the same words only once while one work follows the other."""
        words = self._words.text()
        if words != self._told or self._since_told.hasExpired(_TELL_AGAIN_MS):
            self._told = words
            announce(self._over, words)
        self._since_told.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move to the bottom right again when the watched window is resized."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._move_to_corner()
        return super().eventFilter(watched, event)

    def _move_to_corner(self) -> None:
        """Move to the lower right corner, above the bar with the main button and the message."""
        self.adjustSize()
        foot = sum(bar.height() for bar in self._over.findChildren(ActionBar) if bar.isVisible())
        self.move(self._over.width() - self.width() - 16, self._over.height() - foot - self.height() - 16)
