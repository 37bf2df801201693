"""A file of others in hand: read beside the window, judged anew with every decision, and left when another one comes.

A page that takes in files of one kind says how such a file is read, judged and shown (``FileLoader``); what was
decided about the file lies in a ``FileDraft`` of its own. Nothing of it is saved before the import.
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
    """One file with what was decided about it; ``columns`` None = nobody set them by hand."""

    path: Path
    sheet: str = ""
    file: ForeignFile | None = None
    columns: dict[int, str] | None = None

    def reset_rows(self) -> None:
        """Another sheet or other columns: what was decided about single rows no longer fits."""

    def reset_sheet(self) -> None:
        """Another sheet: what was set about its columns no longer fits either."""
        self.columns = None
        self.reset_rows()


Work = TypeVar("Work", bound=FileDraft)
Preview = TypeVar("Preview")


class FileLoader(Generic[Work, Preview]):
    """Reads and judges the file in hand for a page; what comes for a file put aside meanwhile is not shown."""

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
        """Without a file in hand.

        Args:
            owner: the page. read: what reads the file, without the store. judge: what says of every row what would
                become of it. show: is given the file, what was said, and whether it is the first time. refuse: is told
                why the file can't be taken, once it is out of the hand.
        """
        self.work: Work | None = None
        self._app_context = app_context
        self._owner = owner
        self._read = read
        self._judge = judge
        self._show = show
        self._refuse = refuse

    def load_file(self, work: Work) -> None:
        """Take a file in hand and read it beside the window; nothing is saved."""
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
        """Say anew what would become of every row."""
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
    """Read away from the window; ``tell`` is where やめる takes effect."""
    tell(0, 2)
    found = read()
    tell(2, 2)
    return found


def ask_file(owner: QWidget, title: str, file_filter: str) -> Path | None:
    """Ask for a file in the window's own dialog; None when nobody chose one."""
    name, _kind = QFileDialog.getOpenFileName(owner, title, "", file_filter)
    return Path(name) if name else None
