"""取り込み: an answer file is chosen, shown row by row, taken in as a whole, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from app.services.survey_import import Imported, import_survey, undo_import
from app.services.survey_preview import ImportPreview, preview_import
from app.services.surveys import SurveyView
from app.ui.desk import Desk
from app.ui.failure_messages import failure_of
from app.ui.screens.surveys.import_preview import ImportPreviewView
from app.ui.screens.surveys.import_start import ImportStart
from app.ui.screens.surveys.reason_dialog import ReasonDialog
from app.ui.widgets.failure_dialog import note_failure
from db.records.surveys import SurveyImport

_KINDS = "回答のファイル (*.csv *.txt *.tsv *.xlsx);;すべてのファイル (*)"


class ImportPage(QWidget):
    """The start, then the preview.

    ``ask_file`` gives the path of the chosen file or None; the window's own dialog unless replaced.
    Signals: ``left(str)`` the word of the page to go to.
    """

    left = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._view: SurveyView | None = None
        self._path: Path | None = None
        self.start = ImportStart(desk.today())
        self.preview = ImportPreviewView(desk.today())
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.preview)
        self.setAcceptDrops(True)
        self.start.file_asked.connect(self.choose_file)
        self.start.undo_asked.connect(self._undo)
        self.start.page_asked.connect(self.left)
        self.preview.left.connect(self.go_back)
        self.preview.confirmed.connect(self._confirm)

    def show_view(self, view: SurveyView) -> None:
        """Show the imports so far; another event starts anew."""
        if self._view is not None and self._view.event.id != view.event.id:
            self.go_back()
            self.start.say_result("")
        self._view = view
        self.start.show_view(view)

    def take_focus(self) -> None:
        """The button of what is shown."""
        (self.start if self._stack.currentIndex() == 0 else self.preview).take_focus()

    def choose_file(self) -> None:
        """Ask for a file and show what would become of it."""
        path = self.ask_file()
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Read a file and show every row's outcome; nothing is saved."""
        if self._view is None:
            return
        self._path = path
        self.start.say_result("")
        self.desk.read(
            preview_import,
            self._show_preview,
            failed=self._refuse_file,
            title="ファイルを読んでいます",
            event_id=self._view.event.id,
            path=path,
        )

    def go_back(self) -> None:
        """Back to the start; the file is left as it is."""
        self._path = None
        self._stack.setCurrentIndex(0)

    # inside

    def _show_preview(self, preview: ImportPreview) -> None:
        if self._path is None or self._view is None or preview.event.id != self._view.event.id:
            # Meanwhile another event is shown, or the person went back.
            return
        self.start.problem.say("")
        self.preview.show_preview(preview)
        self._stack.setCurrentIndex(1)
        self.preview.take_focus()

    def _refuse_file(self, problem: Exception) -> None:
        self._path = None
        self._stack.setCurrentIndex(0)
        note_failure(failure_of(problem), self.start.problem)

    def _confirm(self, _reason: str) -> None:
        preview = self.preview.preview
        if preview is None:
            return
        if preview.survey.frozen_at is None:
            self._write("", self._done, self._refuse)
            return
        dialog = ReasonDialog(
            "確定した集計に回答を加える",
            f"{len(preview.fresh)}件",
            verb=f"{len(preview.fresh)}件を取り込む",
            text="集計は確定しています。加える理由は、集計の「確定後の変更」に残ります。",
            usual=("締切のあとに届いた", "受託者から追加の提出があった"),
            then=self._write_with_reason,
            parent=self,
        )
        dialog.open()

    def _write_with_reason(
        self, reason: str, done: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> None:
        def finish(imported: Imported) -> None:
            done(imported)
            self._done(imported)

        self._write(reason, finish, failed)

    def _write(self, reason: str, done: Callable[[Imported], None], failed: Callable[[Exception], None]) -> None:
        preview = self.preview.preview
        if preview is None or self._path is None:
            return
        self.preview.wait(True)

        def refused(problem: Exception) -> None:
            self.preview.wait(False)
            failed(problem)

        self.desk.write(
            import_survey,
            done,
            owner=self,
            failed=refused,
            title="回答を取り込んでいます",
            event_id=preview.event.id,
            path=self._path,
            reason=reason,
            seen_sha256=preview.sha256,
        )

    def _done(self, imported: Imported) -> None:
        self.preview.wait(False)
        self.go_back()
        self.start.say_result(f"**{imported.said}**")
        self.start.take_focus()

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.preview.problem)

    def _undo(self, taken: SurveyImport) -> None:
        self.start.say_result("")
        self.desk.write(
            undo_import,
            owner=self,
            failed=lambda problem: note_failure(failure_of(problem), self.start.problem),
            import_id=taken.id,
        )

    def _ask_file(self) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self, "回答のファイルを選ぶ", "", _KINDS)
        return Path(name) if name else None

    # a file dropped here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file from the desktop."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the file that was dropped."""
        event.acceptProposedAction()
        self.show_file(Path(event.mimeData().urls()[0].toLocalFile()))
