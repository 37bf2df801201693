"""A file of others in hand: read beside the window, judged anew with every decision, and left when another one comes.

A page that takes in files of one kind says how such a file is read, judged and shown (``FileReading``); what was
decided about the file lies in a ``FileWork`` of its own. Nothing of it is saved before the import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from app.foreign_files.foreign_shape import ForeignFile
from app.window.background_task import Tell, notification
from app.window.desk import Desk
from db.store import Store


@dataclass(kw_only=True)
class FileWork:
    """One file with what was decided about it; ``columns`` None = nobody set them by hand."""

    path: Path
    sheet: str = ""
    file: ForeignFile | None = None
    columns: dict[int, str] | None = None

    def forget_rows(self) -> None:
        """Another sheet or other columns: what was decided about single rows no longer fits."""

    def forget_sheet(self) -> None:
        """Another sheet: what was set about its columns no longer fits either."""
        self.columns = None
        self.forget_rows()


Work = TypeVar("Work", bound=FileWork)
Preview = TypeVar("Preview")


class FileReading(Generic[Work, Preview]):
    """Reads and judges the file in hand for a page; what comes for a file put aside meanwhile is not shown."""

    def __init__(
        self,
        desk: Desk,
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
        self._desk = desk
        self._owner = owner
        self._read = read
        self._judge = judge
        self._show = show
        self._refuse = refuse

    def take(self, work: Work) -> None:
        """Take a file in hand and read it beside the window; nothing is saved."""
        self.work = work
        self._desk.stoppable(
            notification(read_beside, read=self._read(work)),
            partial(self._take_file, work),
            failed=partial(self._refuse_file, work),
            owner=self._owner,
            title="ファイルを読んでいます",
        )

    def take_sheet(self, sheet: str) -> None:
        """Read another sheet of the file."""
        if self.work is not None and sheet != self.work.sheet:
            self.work.sheet = sheet
            self.work.forget_sheet()
            self.take(self.work)

    def judge(self, *, first: bool = False) -> None:
        """Say anew what would become of every row."""
        work = self.work
        if work is not None and work.file is not None:
            self._desk.read(
                self._judge(work),
                partial(self._show_work, work, first),
                failed=partial(self._refuse_file, work),
                owner=self._owner,
                title="1行ずつ確かめています",
            )

    def _take_file(self, work: Work, file: ForeignFile) -> None:
        if work is self.work:
            work.file = file
            self.judge(first=True)

    def _show_work(self, work: Work, first: bool, preview: Preview) -> None:
        if work is self.work:
            self._show(work, preview, first)

    def _refuse_file(self, work: Work, problem: Exception) -> None:
        if work is self.work:
            self.work = None
            self._refuse(problem)


def read_beside(tell: Tell, *, read: Callable[[], ForeignFile]) -> ForeignFile:
    """Read away from the window; ``tell`` is where やめる takes effect."""
    tell(0, 2)
    found = read()
    tell(2, 2)
    return found


def asked_file(owner: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file in the window's own dialog; None when nobody chose one."""
    name, _kind = QFileDialog.getOpenFileName(owner, title, "", kinds)
    return Path(name) if name else None
