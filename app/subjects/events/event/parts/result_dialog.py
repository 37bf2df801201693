"""Dialog for the ward's own count of the day: numbers, staff present and a note."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import long_date
from app.documents.event_facts import devices_known
from app.subjects.events.event.services.event_results import record_result
from app.subjects.events.event.services.event_view import EventView
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext
from db.records.events import EventResult

_COUNTS = (
    ("applied", "申込", "人"),
    ("applied_organisations", "申込の団体", "団体"),
    ("attended", "出席", "人"),
    ("attended_organisations", "出席の団体", "団体"),
    ("absent", "欠席", "人"),
    ("walk_ins", "当日受付", "人"),
    ("lent_devices", "貸与端末", "台"),
    ("own_devices", "持参端末", "台"),
)


class ResultDialog(SavingDialog):
    """Dialog for the ward's own count of one day. Signals: those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, view: EventView, parent: QWidget) -> None:
        super().__init__(app_context, "実施の記録", view.title, main="記録して実施済にする", width=640, parent=parent)
        self._view = view
        day = view.event.event_date
        held = f"{long_date(day)} {view.time_words}　{view.venue_words}" if day else ""
        self.put(wrapped_label(held, "second"))
        counts = tuple(
            Field(key, name, "number", unit=unit, width=80, least=0, optional=True) for key, name, unit in _COUNTS
        )
        witness = Field("witness", "区の立会い", width=320, optional=True, hint="立ち会った職員。検査で使います。")
        note = Field("note", "メモ", "lines", lines=2, optional=True)
        self.form = Form((*counts, witness, note), app_context.fiscal_year, label_width=116)
        self.form.set_values(self._values())
        self.sums = NoteBox(tone="amber")
        self.put(self.sums, self.form, None)
        self.form.changed.connect(lambda _key: self._show_comparison())
        self._show_comparison()
        self.form.go_to("attended")

    def _values(self) -> dict[str, Any]:
        result = self._view.result
        if result is not None:
            keys = (*(key for key, _name, _unit in _COUNTS), "witness", "note")
            return {key: getattr(result, key) for key in keys}
        totals, counted = self._view.headcount, self._view.participation
        known = totals.people or None
        # Who reported an absence did apply: where the roster knows the people, 申込 is not the number expected.
        applied = counted.applied if counted is not None else known
        groups = counted.applied_organisations if counted is not None else totals.organisations
        return {
            "applied": applied,
            "applied_organisations": groups if applied is not None else None,
            # The default is None while nobody was asked, so that no 0 is saved unnoticed.
            "lent_devices": devices_known(totals.lent_devices, totals.unknown_devices) if known else None,
            "own_devices": devices_known(totals.own_devices, totals.unknown_devices) if known else None,
            "witness": self.app_context.user_name,
        }

    def _show_comparison(self) -> None:
        """Compare 出席＋欠席 with 申込 when all are known; a difference is shown and does not block."""
        values = self.form.values()
        applied, attended, absent = values["applied"], values["attended"], values["absent"]
        if applied is None or attended is None or absent is None:
            self.sums.show_text("")
            return
        walked = values["walk_ins"] or 0
        left = applied + walked - attended - absent
        sums = (
            f"申込 {applied}人＋当日受付 {walked}人＝{applied + walked}人、出席 {attended}人＋欠席 "
            f"{absent}人＝{attended + absent}人。"
        )
        if left < 0:
            self.sums.show_text(f"{sums}合いません。出席と欠席が{-left}人多くなっています。")
        elif left:
            self.sums.show_text(
                f"{sums}{left}人は、出席にも欠席にも入っていません。落選・辞退の方であれば、このままで構いません。"
            )
        else:
            self.sums.show_text("")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        shown = self._view.result or EventResult(event_id=self._view.event.id)
        result = replace(shown, **self.form.values())
        self.run_action(record_result, event_id=self._view.event.id, result=result)
