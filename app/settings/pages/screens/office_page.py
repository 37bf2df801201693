"""所属・担当者 and 受託者: sender and receiver of letters, beside a preview of the letter."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.calendar.wareki import era_year_words
from app.programme.parts import (
    CONTRACTOR_FIELDS,
    INVOICE_FIELDS,
    OFFICE_FIELDS,
    FieldsWithLetter,
    contractor_values,
    office_values,
)
from app.programme.services import ProgrammeView, set_contractor, set_office
from app.settings.pages.screens.change_dialog import NAMES_CHANGE_LABEL, ChangeHistoryBox, NamesChangeDialog
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import YearSettingsPage
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.labels import section
from app.widgets.layouts import add, in_column
from app.widgets.screen import widget_row
from app.window.app_context import AppContext, bind_action
from db.records.programme import Contractor, Office

_CONTRACTOR = (*CONTRACTOR_FIELDS, *INVOICE_FIELDS)


class OfficePage(YearSettingsPage):
    """The pages 所属・担当者 and 受託者 in one, beside a preview of the letter. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "所属・担当者、受託者", "入力すると、そのまま保存されます。")
        self._programme_id: int | None = None
        self._office: Office | None = None
        self._contractor: Contractor | None = None
        self.office_form = Form(OFFICE_FIELDS, on_commit=self._save_office)
        self.contractor_form = Form(_CONTRACTOR, on_commit=self._save_contractor)
        fields = QWidget()
        column = in_column(self.office_form, 8, section("受託者"), self.contractor_form, None, owner=fields, spacing=12)
        whole = FieldsWithLetter(fields)
        self.letterhead = whole.letterhead
        self.office_change = Button(NAMES_CHANGE_LABEL, self._change_office, icon_name="calendar-blank")
        self.contractor_change = Button(NAMES_CHANGE_LABEL, self._change_contractor, icon_name="calendar-blank")
        self.past = ChangeHistoryBox()
        column.insertLayout(1, widget_row(None, self.office_change))
        column.insertLayout(column.count() - 1, widget_row(None, self.contractor_change))
        add(self.body, self.past, whole)
        for form in (self.office_form, self.contractor_form):
            form.changed.connect(self._draw_letter)
        self.set_changeable(self.office_form, self.contractor_form, self.office_change, self.contractor_change)

    def _show(self, view: ProgrammeView) -> None:
        self._programme_id = view.programme.id
        if view.office != self._office:
            self._office = view.office
            self.office_form.set_values(office_values(view.office))
        if view.contractor != self._contractor:
            self._contractor = view.contractor
            self.contractor_form.set_values(contractor_values(view.contractor))
        self._draw_letter()

        self.past.show_changes(view)

    def _change_office(self) -> None:
        office = self._office
        if office is not None:
            NamesChangeDialog(
                self,
                "所属・担当者",
                OFFICE_FIELDS,
                office_values(office),
                lambda typed, holds: bind_action(
                    set_office,
                    office=replace(office, **typed),
                    programme_id=self._programme_id,
                    **holds,
                ),
            ).open()

    def _change_contractor(self) -> None:
        contractor = self._contractor
        if contractor is not None:
            NamesChangeDialog(
                self,
                "受託者",
                _CONTRACTOR,
                contractor_values(contractor),
                lambda typed, holds: bind_action(
                    set_contractor,
                    contractor=replace(contractor, **typed),
                    programme_id=self._programme_id,
                    **holds,
                ),
            ).open()

    def _draw_letter(self) -> None:
        self.letterhead.show_letter(
            Office(**self.office_form.values()),
            Contractor(**self.contractor_form.values()),
            year_words=era_year_words(self.today),
        )

    def _save_office(self) -> None:
        """Save the office as typed, unless a field is invalid."""
        if self._office is None or self.office_form.problems():
            return
        shown, self._office = self._office, replace(self._office, **self.office_form.values())
        self.run_action(set_office, office=self._office, shown=shown, programme_id=self._programme_id)

    def _save_contractor(self) -> None:
        if self._contractor is None:
            return
        shown, self._contractor = self._contractor, replace(self._contractor, **self.contractor_form.values())
        self.run_action(set_contractor, contractor=self._contractor, shown=shown, programme_id=self._programme_id)

    def show_error(self, problem: Exception) -> None:
        """Show the error and read the stored values again."""
        self._office = self._contractor = None
        super().show_error(problem)
