"""Dialogs of the calls: next call, the people of a 団体 one by one, presenters, and 振替 to another day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.actions.action_context import ActionContext
from app.calendar.date_parsing import parse_date
from app.calendar.dates import clock_time, clock_words, long_date, moment_of, short_date, short_date_or
from app.calendar.office_days import DateProblem
from app.common.join_nonempty import join_nonempty
from app.event.parts import settlement_options
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.events.calls.screens.call_table import (
    CHANGE_OPTIONS,
    CallOption,
    call_again_words,
    person_state_words,
)
from app.events.calls.services.call_sheet import MESSAGE, CallLine, CallPerson
from app.events.calls.services.call_view import CallView
from app.events.calls.services.calls import set_substitute
from app.events.calls.services.presenters import PURPOSE, save_presenter
from app.widgets.buttons import inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.display_texts import short_moment
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_grid
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.app_context import app_context_at, bind_action
from db.records.calls import Call
from db.records.events import Event
from db.records.organisations import Contact

_SOON = timedelta(minutes=20)


def next_call_time(now: datetime) -> datetime:
    """Return the next half or full hour that is at least twenty minutes away."""
    at = (now + _SOON).replace(second=0, microsecond=0)
    ahead = -at.minute % 30
    return at + timedelta(minutes=ahead)


class CallAgainDialog(SavingDialog):
    """Dialog for the next time to call. Signals: those of ``SavingDialog``.

    ``change(again_at, note)`` returns the action that records the call.
    """

    def __init__(
        self,
        parent: QWidget,
        whom: str,
        outcome: str,
        change: Callable[..., Callable[[ActionContext], object]],
    ):
        now = app_context_at(parent).now()
        super().__init__(parent, outcome, whom, main="記録する", width=560)
        at = next_call_time(now)
        self._change = change
        self._now = now.replace(second=0, microsecond=0)
        note = "留守電" if outcome == MESSAGE else ""
        self.put_form(
            Form(
                (
                    Field("time", "再架電する時刻", "time", width=88),
                    Field("day", "再架電する日", "date", width=120),
                    record_field(Call, "note", placeholder="留守電に残した"),
                ),
                self.app_context.fiscal_year,
                label_width=136,
            ),
            {"day": at.date(), "time": clock_time(at), "note": note},
        )
        field = self.form.editor("time")
        if isinstance(field, QLineEdit):
            field.selectAll()

    def _save(self) -> None:
        """Record the call with the time at which to call again, which must not be past."""
        values = self.form.values()
        at = moment_of(values["day"], values["time"])
        if at < self._now:
            self.show_error_text("もう過ぎた時刻です。つぎに電話する日と時刻を入力してください。")
            self.form.go_to("time")
            return
        self.run_change(self._change(again_at=at, note=values["note"]))


class LinePeopleDialog(DialogFrame):
    """Dialog with the people of a line, each with a button for every outcome; it closes when one is pressed.

    Signals: ``called(int, str)`` entry id and outcome; those of ``DialogFrame``.
    """

    called = Signal(int, object)

    def __init__(self, line: CallLine, *, today: date, options: Sequence[CallOption] = CHANGE_OPTIONS, parent: QWidget):
        width = 720 + sum(one.width for one in options[len(CHANGE_OPTIONS) :])
        super().__init__("1人ずつ記録", line.name, cancel="閉じる", note=CAN_UNDO, width=width, parent=parent)
        self._options = options
        grid = in_grid(across=16, down=8, wide=2)
        numbers = "、".join(one.number for one in line.phones)
        for number, person in enumerate(line.people):
            own = "、".join(one.number for one in person.phones) or numbers
            grid.addWidget(wrapped_label(person.name, "strong"), number, 0)
            grid.addWidget(label(own or "番号なし"), number, 1)
            grid.addWidget(small_label(self._call_words(person, today)), number, 2)
            grid.addLayout(widget_row(*self._action_buttons(person), spacing=4), number, 3)
        self.put(grid, None)

    @staticmethod
    def _call_words(person: CallPerson, today: date) -> str:
        """Return result, time and caller of the last call to a person, or the state of one not yet called."""
        if person.newest_call is None:
            return person.state
        words = f"{person_state_words(person)} {short_moment(person.newest_call.at, today)} {person.newest_call.by}"
        return f"{words}　{call_again_words(person.newest_call, today)}".rstrip("　")

    def _action_buttons(self, person: CallPerson) -> list[QWidget]:
        return [
            with_accessible_name(
                inline_button(one.words, partial(self._choose, person.entry_id, one.outcome)),
                f"{person.name}　{one.words}",
            )
            for one in self._options
        ]

    def _choose(self, entry_id: int, outcome: str) -> None:
        """Close the dialog and emit ``called`` with one person's entry and the outcome."""
        self.accept()
        self.called.emit(entry_id, outcome)


_REPLY_FIELDS = ("asked_on", "asked_who", "answer")
_NOTE = (
    "日程そのものは、協議がまとまったら「日付を変える」または新しい実施回で入力します。ここでは、扱いを協議に残します。"
)


class PresenterDialog(FormDialog):
    """Dialog for a presenter (``contact``, None = a new one) and the number to call on cancellation.

    Signals: those of ``FormDialog``.
    """

    def __init__(self, parent: QWidget, view: CallView, contact: Contact | None):
        known = contact or Contact(event_id=view.event.id, value="", purpose=PURPOSE, dispose_on=view.presenters_until)
        super().__init__(
            parent,
            "事例発表者を直す" if contact is not None else "事例発表者を加える",
            view.event.full_title,
            main="保存する" if contact is not None else "発表者を加える",
            fields=(
                Field("note", "氏名", hint="団体名を添えてもかまいません。"),
                Field("value", "電話番号", width=200, optional=True, hint="番号の書き方は直しません。"),
                record_field(Contact, "purpose", hint="目的のほかには使いません。", optional=False),
                record_field(Contact, "dispose_on", width=140, optional=False),
            ),
            values=known,
            change=lambda typed: bind_action(save_presenter, contact=replace(known, **typed)),
            label_width=112,
        )


class SubstituteDayDialog(SavingDialog):
    """Dialog for the 振替 of one event. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: CallView):
        super().__init__(
            parent,
            "振替・回数の協議を記録",
            view.event.full_title,
            main="協議に記録する",
        )
        self._event_id = view.event.id
        instead = [one for one in view.replacements if one.replaces == view.event.id]
        self.form = Form(
            (
                Field(
                    "instead",
                    "代わりの回",
                    "choice",
                    choices=((None, "—"), *((one.id, _replacement_words(one)) for one in view.replacements)),
                    optional=True,
                    hint="選ぶと、中止通知と、その回の決定通知・起案資料・検査調書別紙に、代わりの回として入ります。",
                ),
                Field(
                    "day",
                    "振替日",
                    "date",
                    width=120,
                    optional=True,
                    hint="まだ決まっていないときは空のまま",
                ),
                Field("time", "開始", "time", width=88, optional=True),
                Field("how", "この変更は", "radio", choices=settlement_options(strict=view.is_number_strict)),
                Field("content", "内容", "lines", lines=2, optional=True),
                Field("asked_on", "確認した日", "date", width=120, optional=True),
                Field("asked_who", "相手", optional=True, placeholder="契約課　契約係"),
                Field("answer", "答え", optional=True, hint="まだのときは空のまま。協議中として残ります。"),
            ),
            self.app_context.fiscal_year,
            label_width=112,
            on_change=self._update_fields,
        )
        options = [value for value, _words in settlement_options(strict=view.is_number_strict)]
        begun = view.settlement
        self.form.set_values(
            {
                "instead": instead[0].id if instead else None,
                **_recorded_day(view, self.app_context.fiscal_year, is_linked=bool(instead)),
                "how": begun.nature
                if begun is not None and begun.nature in options
                else options[-1 if view.is_number_strict else 1],
                "content": begun.content if begun is not None and not begun.content.startswith("振替") else "",
            }
        )
        self.put(NoteBox(_NOTE), self.form, None)
        self._update_fields()
        self.form.go_to("day")

    def _update_fields(self) -> None:
        """Show the fields on the reply of 契約課 only for ``CONTRACT_CHANGE``."""
        for key in _REPLY_FIELDS:
            self.form.show_field(key, self.form.value("how") == CONTRACT_CHANGE)
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Save how the 振替 is settled, with the typed day and the chosen event (``set_substitute``)."""
        if not self.form.check_all():
            return
        values = self.form.values()
        self.run_action(
            set_substitute,
            event_id=self._event_id,
            day_words=_day_words(values),
            nature=values["how"],
            content=values["content"],
            contract_reply=self._contract_reply(values),
            replacement_id=values["instead"],
        )

    @staticmethod
    def _contract_reply(values: dict[str, Any]) -> str:
        """Return day, person and answer of 契約課 in one line; empty without an answer, or if it is not asked."""
        if values["how"] != CONTRACT_CHANGE or not values["answer"].strip():
            return ""
        day = short_date(values["asked_on"]) if values["asked_on"] else ""
        return join_nonempty(day, values["asked_who"].strip(), values["answer"].strip())


def _replacement_words(event: Event) -> str:
    """Return 「第9回 LINE講習会 1/14(木)」."""
    return join_nonempty(event.full_title, short_date_or("日程未定", event.event_date))


def _recorded_day(view: CallView, fiscal_year: int, *, is_linked: bool) -> dict[str, Any]:
    """Return the 振替日 and its time as recorded with the decision; no day where there is none, or an event is linked.

    The day of a linked event follows that event.
    """
    decision = view.sheet.decision
    day, _sign, rest = (decision.substitute if decision is not None else "").partition("）")
    if not day or is_linked:
        return {"time": view.event.start_time}
    try:
        found = parse_date(f"{day}）", fiscal_year)
    except DateProblem:
        return {"time": view.event.start_time}
    times = (f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in range(24 * 60))
    return {"day": found, "time": next((one for one in times if rest == f"{clock_words(one)}から"), "")}


def _day_words(values: dict[str, Any]) -> str:
    """Return 「10月1日（木）午後2時から」, without the time if none is typed, or ""."""
    if not values["day"]:
        return ""
    start = f"{clock_words(values['time'])}から" if values["time"] else ""
    return f"{long_date(values['day'])}{start}"
