"""Earlier versions of a report made here: looked at over the window, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.papers.blocks import DocumentContent
from app.papers.services import papers
from app.subjects.reports.services import report_papers
from app.widgets.dialog_frame import TALLEST, DialogFrame
from app.widgets.form_editors import ChoiceBox
from app.widgets.pdf_preview import PdfPreview
from app.window.background_task import bound
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.events import Event
from db.records.reports import Report
from db.store import Store


class EarlierVersions(DialogFrame):
    """Shows one earlier version at a time, the newest of them first. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, event: Event, versions: Sequence[Report], parent: QWidget | None = None) -> None:
        super().__init__("前の版", event.full_title, cancel="閉じる", width=880, parent=parent)
        self._desk = desk
        self._event = event
        self.box = ChoiceBox()
        self.box.setAccessibleName("見る版")
        for report in reversed(versions):
            self.box.addItem(f"第{report.version}版", report)
        self.preview = PdfPreview(title="前の版")
        window = parent.window() if parent is not None else None
        self.preview.setMinimumHeight(max(300, (window.height() if window is not None else TALLEST) - 240))
        self.put(self.box)
        self.put(self.preview, 1)
        self.box.activated.connect(lambda _number: self._read())
        self._read()

    def _read(self) -> None:
        report: Report = self.box.currentData()
        self.preview.say_waiting()
        self._desk.read(
            with_store(_content, event=self._event, report=report, now=self._desk.now()),
            self._draw,
            failed=self._refuse,
        )

    def _draw(self, content: DocumentContent) -> None:
        self._desk.apart(
            bound(papers.render, content=content, format="pdf"),
            self._show,
            failed=self._refuse,
            drawing=True,
            title="書類を作成しています",
        )

    def _show(self, drawn: papers.Rendered) -> None:
        self.preview.show_pdf(drawn.data, title=self.box.currentText())

    def _refuse(self, problem: Exception) -> None:
        self.preview.clear(failure_of(problem).in_one())


def _content(store: Store, *, event: Event, report: Report, now: datetime) -> DocumentContent:
    return report_papers.report_content(store, event=event, report=report, now=now)
