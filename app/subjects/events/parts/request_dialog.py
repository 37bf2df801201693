"""提出のお願い（文案）: what the ward asks the contractor for, as a text to copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.papers.services.issued_copies import note_copied_text
from app.papers.services.paper_scope import PaperScope
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.parts.request_words import request_subject, request_text
from app.subjects.events.services.task import Task
from app.widgets.text_to_copy import TextToCopyDialog
from app.window.desk import Desk, with_store


class RequestDialog(TextToCopyDialog):
    """The draft of one request. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(
            "提出のお願い（文案）", task.event_title, copy_words="文をコピーする", text_name="文案", parent=parent
        )
        self._desk = desk
        self._task = task
        self.show_subject(request_subject(task))
        self.text_copied.connect(self._note_copied)
        desk.read(with_store(read_programme, fiscal_year=task.fiscal_year or None, on=desk.today()), self._fill)

    def _note_copied(self, text: str) -> None:
        event_id, year = self._task.event_id, self._task.fiscal_year
        scope = PaperScope(event_id=event_id) if event_id else PaperScope(fiscal_year=year or None)
        if not self._desk.read_only:
            self._desk.write(
                with_store(
                    note_copied_text,
                    scope=scope,
                    kind=f"{self._task.task}のお願い",
                    text=text,
                    to="受託者",
                    **self._desk.signed,
                ),
                owner=self,
            )

    def _fill(self, year: ProgrammeView) -> None:
        self.text.setPlainText(request_text(self._task, year, user_name=self._desk.user_name))
