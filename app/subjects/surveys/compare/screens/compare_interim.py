"""中間集計: the totals over all events up to a day, as the paper of the year that they are."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.screens.paper_view import PaperView
from app.papers.services.paper_scope import PaperScope
from app.subjects.surveys.compare.services.interim_totals import KIND
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.window.desk import Desk


class InterimPart(QWidget):
    """The day up to which is counted, and アンケート中間集計 under it. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        year = desk.fiscal_year
        self.form = Form(
            (Field(key="as_of", label="何日までの回", kind="date", width=120),), fiscal_year=year, label_width=104
        )
        self.form.set_values({"as_of": desk.today()})
        self.days = tuple(
            Button(words, partial(self.show_day, day), low=True)
            for words, day in (
                ("9月末まで", date(year, 9, 30)),
                ("10月末まで", date(year, 10, 31)),
                ("本日まで", desk.today()),
            )
        )
        self.paper = PaperView(desk, main="pdf")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FlowRow(self.form, *self.days))
        column.addWidget(self.paper, 1)
        self.form.committed.connect(lambda _key: self.read())

    @property
    def as_of(self) -> date:
        """The last day counted."""
        found = self.form.value("as_of")
        return found if isinstance(found, date) else self.desk.today()

    def show_day(self, day: date) -> None:
        """Count up to ``day``."""
        self.form.set_values({"as_of": day})
        self.read()

    def read(self) -> None:
        """Draw the paper as it stands now."""
        self.paper.show_of(PaperScope(fiscal_year=self.desk.fiscal_year, as_of=self.as_of), KIND)

    def take_focus(self) -> None:
        """The day."""
        self.form.go_to("as_of")
