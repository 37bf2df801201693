"""Second step of the first start: who we are and who the contractor is, beside the letter that follows from it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.calendar.wareki import era_year_words
from app.programme.parts.letterhead_view import LetterheadView
from app.programme.parts.office_fields import CONTRACTOR_FIELDS, OFFICE_FIELDS, contractor_values, office_values
from app.widgets.form import Form
from app.widgets.labels import section
from app.window import theme as t
from db.records.programme import Contractor, Office, Programme

_SIDE_BY_SIDE = 940


class OfficeStep(QWidget):
    """The step. Signals: none; the wizard asks ``is_sound``."""

    def __init__(self, office: Office, programme: Programme) -> None:
        super().__init__()
        self._year_words = era_year_words(programme.term_end.replace(year=programme.fiscal_year))
        self.office_form = Form(OFFICE_FIELDS)
        self.office_form.set_values(office_values(office))
        self.contractor_form = Form(CONTRACTOR_FIELDS)
        self.contractor_form.set_values(contractor_values(Contractor()))
        self.letterhead = LetterheadView()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(32)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.office_form)
        column.addSpacing(8)
        column.addWidget(section("受託者"))
        column.addWidget(self.contractor_form)
        column.addStretch(1)
        self._across.addWidget(left, 1)
        self._across.addWidget(self.letterhead)
        for form in (self.office_form, self.contractor_form):
            form.changed.connect(lambda _key: self._draw())
        self._draw()

    def is_sound(self) -> bool:
        """Whether one may go on; what won't do is said in its place."""
        return self.office_form.check_all() and self.contractor_form.check_all()

    def office(self) -> Office:
        """Who we are, as typed."""
        return Office(**self.office_form.values())

    def contractor(self) -> Contractor:
        """The contractor, as typed."""
        return Contractor(**self.contractor_form.values())

    def _draw(self) -> None:
        self.letterhead.show_letter(self.office(), self.contractor(), year_words=self._year_words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letter stands beside the form, or under it where there is no room."""
        super().resizeEvent(event)
        wide = self.width() >= t.scaled(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._across.direction() != way:
            self._across.setDirection(way)
        self.letterhead.setMinimumWidth(t.scaled(400) if wide else 0)
        self.letterhead.setMaximumWidth(t.scaled(400) if wide else 16_777_215)
