"""From the button to the sheets of a scan: the file is chosen, the printed forms are drawn, the pages are read behind."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.rules.read_scan import ReadScan
from app.subjects.surveys.typing.screens.scan_reading import SCAN_KINDS, read_scan
from app.subjects.surveys.typing.services.blank_sheets import (
    BlankSheet,
    BlankSheets,
    draw_blank_sheets,
    read_blank_sheets,
)
from app.widgets.recent_files import note_file
from app.window.background_task import Job, bound, telling
from app.window.desk import Desk, with_store


class ScanWork(QObject):
    """One scan at a time; another file, or another survey, lets the one before go.

    Signals: ``read(object)`` a ``ReadScan``; ``refused(Exception)`` the file or the forms can't be read.
    """

    read = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        """``owner`` is the part whose work it is: with it the reading ends."""
        super().__init__(owner)
        self._desk = desk
        self._owner = owner
        self._asked = 0
        self._job: Job | None = None

    def ask_file(self) -> Path | None:
        """Let a file be chosen; None where none was."""
        name, _kind = QFileDialog.getOpenFileName(self._owner, "スキャンした用紙のファイルを選ぶ", "", SCAN_KINDS)
        return Path(name) if name else None

    def begin(self, path: Path, view: SurveyView) -> None:
        """Read a file for the survey of ``view``; its sheets that were entered already are passed over."""
        if view.survey is None:
            return
        self.forget()
        self._desk.read(
            with_store(read_blank_sheets, survey_id=view.survey.id, now=self._desk.now()),
            partial(self._draw, self._asked, path, view),
            failed=self.refused.emit,
            owner=self._owner,
        )

    def forget(self) -> None:
        """What is still being read is not wanted any more."""
        self._asked += 1
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _draw(self, asked: int, path: Path, view: SurveyView, sheets: BlankSheets) -> None:
        if asked == self._asked:
            self._desk.apart(
                bound(draw_blank_sheets, sheets),
                partial(self._read, asked, path, view, sheets),
                failed=self.refused.emit,
                owner=self._owner,
                drawing=True,
            )

    def _read(self, asked: int, path: Path, view: SurveyView, sheets: BlankSheets, blanks: tuple[BlankSheet, ...]) -> None:
        if asked == self._asked:
            known = {sign for sheet in view.paper for sign in sheet.scan.split()}
            self._job = self._desk.stoppable(
                telling(
                    read_scan,
                    path=path,
                    survey_id=sheets.survey_id,
                    questions=sheets.questions,
                    blanks=blanks,
                    known=frozenset(known),
                ),
                partial(self._done, asked, path),
                failed=partial(self._fail, asked),
                owner=self._owner,
                title="スキャンした用紙を読み取っています",
            )

    def _done(self, asked: int, path: Path, scan: ReadScan) -> None:
        if asked == self._asked:
            if scan.sheets or scan.known:
                # Sheets of a survey are no report and no handout: no receipt proposes them.
                note_file(path)
            self.read.emit(scan)

    def _fail(self, asked: int, problem: Exception) -> None:
        if asked == self._asked:
            self.refused.emit(problem)
