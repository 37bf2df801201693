"""Loading a file in an import page: read in the background, judged again after every decision, replaced by the next.

A page declares how a file is read, judged and shown (``FileLoader``); the decisions about it are kept in a
``FileDraft``. Nothing is saved before the import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from app.foreign_files.foreign_shape import ForeignFile
from app.window.app_context import AppContext
from app.window.background_task import ReportProgress, bind_with_progress
from db.store import Store


@dataclass(kw_only=True)
class FileDraft:
    """One file with the decisions about it; ``columns`` None = not set by hand."""

    path: Path
    sheet: str = ""
    file: ForeignFile | None = None
    columns: dict[int, str] | None = None

    def reset_rows(self) -> None:
        """Forget the decisions about rows, after another sheet or other columns were chosen."""

    def reset_sheet(self) -> None:
        """Forget the columns too, after another sheet was chosen."""
        self.columns = None
        self.reset_rows()


Work = TypeVar("Work", bound=FileDraft)
Preview = TypeVar("Preview")


class FileLoader(Generic[Work, Preview]):
    """Reads and judges the current file of a page; results for an earlier file are dropped."""

    def __init__(
        self,
        app_context: AppContext,
        owner: QWidget,
        *,
        read: Callable[[Work], Callable[[], ForeignFile]],
        judge: Callable[[Work], Callable[[Store], Preview]],
        show: Callable[[Work, Preview, bool], None],
        refuse: Callable[[Exception], None],
    ) -> None:
        """Build a loader without a file.

        Args:
            owner: the page. read: reads the file, without the store. judge: returns what each row would become. show:
                gets the file, the preview, and whether it is the first time. refuse: gets the reason why the file
                can't be imported.
        """
        self.work: Work | None = None
        self._app_context = app_context
        self._owner = owner
        self._read = read
        self._judge = judge
        self._show = show
        self._refuse = refuse

    def load_file(self, work: Work) -> None:
        """Make a file the current one and read it in the background; nothing is saved."""
        self.work = work
        self._app_context.run_stoppable(
            bind_with_progress(read_cancellable, read=self._read(work)),
            partial(self._on_file_read, work),
            on_failed=partial(self._show_refusal, work),
            owner=self._owner,
            title="ファイルを読んでいます",
        )

    def load_sheet(self, sheet: str) -> None:
        """Read another sheet of the file."""
        if self.work is not None and sheet != self.work.sheet:
            self.work.sheet = sheet
            self.work.reset_sheet()
            self.load_file(self.work)

    def update_preview(self, *, first: bool = False) -> None:
        """Judge every row again and show the result."""
        work = self.work
        if work is not None and work.file is not None:
            self._app_context.read(
                self._judge(work),
                partial(self._show_preview, work, first),
                on_failed=partial(self._show_refusal, work),
                owner=self._owner,
                title="1行ずつ確かめています",
            )

    def _on_file_read(self, work: Work, file: ForeignFile) -> None:
        if work is self.work:
            work.file = file
            self.update_preview(first=True)

    def _show_preview(self, work: Work, first: bool, preview: Preview) -> None:
        if work is self.work:
            self._show(work, preview, first)

    def _show_refusal(self, work: Work, problem: Exception) -> None:
        if work is self.work:
            self.work = None
            self._refuse(problem)


def read_cancellable(tell: ReportProgress, *, read: Callable[[], ForeignFile]) -> ForeignFile:
    """Read in the background; やめる takes effect at each call of ``tell``."""
    tell(0, 2)
    found = read()
    tell(2, 2)
    return found


def ask_file(owner: QWidget, title: str, file_filter: str) -> Path | None:
    """Ask for a file in a file dialog; None when none was chosen."""
    name, _kind = QFileDialog.getOpenFileName(owner, title, "", file_filter)
    return Path(name) if name else None
