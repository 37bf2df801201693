"""Dialog to enter or change an event, with its deadlines and warnings at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.parts import RefusedDay, full_basis_words, show_basis_dialog
from app.event.rules.agenda import clock_of, minutes_of
from app.event.screens.exception_form import ExceptionForm
from app.event.services.event_changes import COPIED_FIELDS, create_event, update_event
from app.event.services.event_drafts import DraftCheck, EventDraft, check_event_draft, draft_of, has_own_materials
from app.event.services.tasks.task import STEP, Task
from app.event.services.usual_events import UsualEventValues, read_usual_event_values
from app.programme.rules import checked_lecture_names, full_clause
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.fold_line import FoldLine
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.forms.usual_texts import UsualText, UsualTexts
from app.widgets.labels import separator, wrapped_label
from app.widgets.layouts import column_of, in_column, in_row, row_of
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.note_box import NoteBox
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.app_context import with_store
from app.window.debounce import debounce
from db.fields import with_values
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind
from db.records.venues import Network, Venue

_FORM_FIELDS: Mapping[EventForm, frozenset[str]] = {
    EventForm.LECTURE: frozenset({"subject", "lecturer", "hands_on", "venue_booked_on", "facility", "venue_named_on"}),
    EventForm.VISIT: frozenset({"organisation_name", "tools", "lecturer", "only_lecture_materials"}),
    EventForm.EXCHANGE: frozenset(
        {"subject", "lecturer", "groups", "facilitators", "venue_booked_on", "facility", "venue_named_on"}
    ),
}
_FACILITY = (("", "—"), ("区立施設", "区立施設"), ("その他の施設", "その他の施設"))
_PAYER = (("", "—"), *((one, one) for one in ("区", "団体", "受託者", "無料")))
_BASIC_FIELDS = (
    "kind",
    "subject",
    "organisation_name",
    "event_date",
    "start_time",
    "end_time",
    "venue",
    "lecturer",
    "agreed",
)
"""Fields of the form of a new event: six, and whether they were agreed with the contractor."""
_AT_VENUE = frozenset({"venue_booked_on", "facility", "venue_named_on"})
"""Fields of the venue, entered at 会場・予約; the form of an existing event has them too."""
_OF_SOME_KINDS = frozenset().union(*_FORM_FIELDS.values())
_BY_KIND = frozenset(
    {"kind", "form", "subject", "organisation_name", "organisation_id", "tools", "groups", "facilitators", "hands_on"}
)
_OF_EVERY_KIND = frozenset(one.name for one in fields(EventDraft)) - _BY_KIND - {"start_time", "end_time"}
"""Fields of a draft that the form has for every kind of event."""
_SUGGESTED_FIELDS = {"subject": "これまでの名称", "venue": "これまでの会場", "lecturer": "これまでの人"}
_NO_PLACE = {"venue_capacity": None, "network": Network.UNKNOWN, "facility": ""}
_STARTS = Event.start_time
_WAIT_MS = 150
_WIDE = 1120


class EventDialog(SavingDialog):
    """Dialog to enter or change one event. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        *,
        kinds: Sequence[EventKind],
        lectures: str | None = None,
        event: Event | None = None,
        organisation: tuple[int, str] | None = None,
        kind: str = "",
    ):
        """Create the dialog.

        Args:
            kinds: those that the event can be of, in their order; of an existing event its own.
            lectures: the names of the kinds whose checked handouts a visit may use (default: those among ``kinds``).
            event: the event to change; None = a new one, which starts as ``kind``, else the first.
            organisation: 団体 (id, name) of a new event, which then starts as one that takes place there.
        """
        super().__init__(
            parent,
            "内容を変える" if event else "実施回を追加する",
            event.full_title if event else "",
            main="変更を保存する" if event else "実施回を追加する",
        )
        self._event = event
        self._kinds = {one.kind: one for one in kinds}
        self._lectures = checked_lecture_names(kinds) if lectures is None else lectures
        dated = event is not None and event.event_date is not None
        self.form = Form(
            event_fields(kinds, self._lectures, editing=event is not None, dated=dated),
            self.app_context.fiscal_year,
            label_width=120,
            on_change=self._on_change,
        )
        room = parent.window().width()
        self._narrow, self._stacked = t.is_narrow(room), t.unscaled(room) < t.PICTURES_BELOW
        self.view = DraftView(today=self.app_context.today(), fiscal_year=self.app_context.fiscal_year)
        self._of = organisation
        visits = [one for one in kinds if one.form.at_organisation]
        offered = visits if organisation and visits else kinds
        first = next((one for one in offered if one.kind == kind), offered[0])
        new = EventDraft(
            kind=first.kind,
            form=first.form,
            subject="",
            network=Network.UNKNOWN,
            hands_on=True,
            extra_materials=has_own_materials(EventForm.VISIT, self._lectures),
            end_time=end_of(_STARTS, first),
            organisation_name=organisation[1] if organisation else "",
        )
        self._start = draft_of(event) if event else new
        self._proposed_end = self._start.end_time
        self.more = FoldLine("詳しく")
        self.more.toggled.connect(self._show_more_fields)
        self.form.put_above("room", self.more)
        self._lay_out()
        self.form.set_values(values_of(self._start))
        if event is not None:
            self.view.reason.show_values(exception_kind=event.exception_kind, reason=event.exception_reason)
        self.refused = RefusedDay(self)
        self._soon = debounce(self, self._check, _WAIT_MS)
        self._update_fields()
        self._untouched = self.form.values()
        self._proposed: dict[str, tuple[Any, ...]] = {key: (value,) for key, value in _NO_PLACE.items()}
        self._proposed_for = ""
        self._check()
        self.form.editor("subject").installEventFilter(self)
        self.usual = {
            key: UsualTexts(field, title)
            for key, title in _SUGGESTED_FIELDS.items()
            if isinstance(field := self.form.editor(key), QLineEdit)
        }
        self.usual["venue"].text_chosen.connect(self._fill_place)
        self._places: dict[str, Venue] = {}
        names = [one.name for one in kinds if one.form is EventForm.LECTURE]
        self.app_context.read(with_store(read_usual_event_values, lectures=names), self._set_suggestions, owner=self)
        # Of a 団体 whose request was granted the name is known.
        whose = "event_date" if organisation else "organisation_name"
        self.form.go_to(whose if self._start.form.at_organisation else "subject")

    def _lay_out(self) -> None:
        """Lay out form and preview beside each other, where a field would not fit beside its name below each other."""
        self.body.setContentsMargins(0, 0, 0, 0)
        holder = row_of((self.form, 1, Qt.AlignmentFlag.AlignTop), margins=(24, 16, 12, 16))
        if self._stacked:
            both = column_of(holder, separator(), self.view, spacing=0)
            self.put((in_scroll_area(both), 1))
            return
        across = in_row(
            (in_scroll_area(holder), 53 if self._narrow else 46),
            separator(upright=True),
            (in_scroll_area(self.view), 47 if self._narrow else 54),
            spacing=0,
        )
        self.put((across, 1))

    def _organisation_id(self) -> int | None:
        """Return the id of the 団体 of a new 派遣 while its name is as it was passed in, else None."""
        return self._of[0] if self._of and self.form.text("organisation_name").strip() == self._of[1] else None

    def _kind(self) -> EventKind:
        return self._kinds[self.form.value("kind")]

    def _is_prefilled(self, name: str) -> bool:
        """Return whether a name is one that the program filled in: of a kind in groups, or of a copy."""
        return name in self._names_in_groups() or name.endswith(COPIED_FIELDS)

    def _names_in_groups(self) -> frozenset[str]:
        """Return the names that an event whose people talk in groups gets by itself."""
        return frozenset(one.name for one in self._kinds.values() if one.form.in_groups)

    def draft(self) -> EventDraft:
        """Return the draft as typed now; an unreadable field counts as empty, and a hidden reason stays as stored."""
        part = self.view.reason
        before = self._event
        asked = not part.isHidden()
        return draft_from(
            self.form.values(),
            kind=self._kind(),
            original=self._start if before else None,
            organisation_id=before.organisation_id if before else self._organisation_id(),
            reason=part.reason() if asked else (before.exception_reason if before else ""),
            exception_kind=part.exception_kind() if asked else (before.exception_kind if before else ""),
        )

    def fit_to_content(self) -> None:
        """Resize as large as the window allows; form and deadlines scroll separately."""
        room = self.available_area()
        self.resize_on_screen(min(_WIDE, room.width()), min(720, room.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select a name filled by the program when its field gets the focus, so that typing replaces it."""
        is_entered = event.type() == QEvent.Type.FocusIn
        if is_entered and isinstance(watched, QLineEdit) and self._is_prefilled(watched.text()):
            QTimer.singleShot(0, watched, watched.selectAll)
        return super().eventFilter(watched, event)

    def _set_suggestions(self, usual: UsualEventValues) -> None:
        """Offer values of earlier events on ↓ in their fields."""
        self._places = {join_nonempty(one.name, one.room, separator=" "): one for one in usual.places}
        self.usual["subject"].words = tuple(UsualText(words=one) for one in usual.subjects)
        self.usual["lecturer"].words = tuple(UsualText(words=one) for one in usual.lecturers)
        self.usual["venue"].words = tuple(
            UsualText(words=words, about=fill_nonempty("定員 {}人", one.capacity))
            for words, one in self._places.items()
        )

    def _fill_place(self, chosen: UsualText) -> None:
        """Fill in the room with a suggested venue, and its other details where nobody entered others."""
        place = self._places[chosen.words]
        self._proposed_for = place.name
        self.form.set_values({"venue": place.name, "room": place.room})
        known = {"venue_capacity": place.capacity, "network": place.network, "facility": place.facility}
        self.form.propose(known, self._proposed)
        self._on_change("venue")

    def has_unsaved_input(self) -> bool:
        """Return whether anything was entered, choices too, or the settlement of a deviation, its reason or answer."""
        deviation = self.view.reason
        reason, kind = (self._event.exception_reason.strip(), self._event.exception_kind) if self._event else ("", "")
        typed = (
            deviation.reason() != reason or deviation.kind_chosen_by_hand() != kind or bool(deviation.contract_reply())
        )
        return typed or self.form.values() != self._untouched

    def _on_change(self, key: str) -> None:
        """Adapt the fields to another kind and the end to another start, and check the draft soon."""
        if key == "kind":
            self._update_fields()
        if key == "venue" and self._proposed_for and self.form.value("venue") != self._proposed_for:
            self._proposed_for = ""
            self.form.propose(_NO_PLACE, self._proposed)
        if key in ("kind", "start_time"):
            self._move_end()
        self._soon.start()

    def _move_end(self) -> None:
        """Let the end of a new event follow start and kind, as long as nobody has typed another one."""
        if self._event is None and self.form.value("end_time") == self._proposed_end:
            self._proposed_end = end_of(self.form.value("start_time"), self._kind())
            self.form.set_values({"end_time": self._proposed_end})

    def _show_more_fields(self, on: bool) -> None:
        """Show or hide the further fields; they stay open while one is unreadable, which would not be seen."""
        if not on and set(self.form.problems()) - set(_BASIC_FIELDS):
            self.form.check_all()
            self.more.setChecked(True)
            return
        self._update_fields()

    def _update_fields(self) -> None:
        """Show the fields that fit the form of the event; fill in or clear the name of an event in groups."""
        kind = self._kind()
        form = kind.form
        of_form = {
            **{key: key in _FORM_FIELDS[form] for key in _OF_SOME_KINDS},
            "kind": self._event is not None or len(self._kinds) > 1,
            "only_lecture_materials": form.at_organisation
            and bool(kind.material_period)
            and (bool(self._lectures) or not self._start.extra_materials),
        }
        more = []
        for field in self.form.fields:
            on = of_form.get(field.key, True)
            if self._event is None and field.key not in _BASIC_FIELDS:
                on = on and field.key not in _AT_VENUE
                more += [field.label] if on else []
                on = on and self.more.isChecked()
            self.form.show_field(field.key, on)
        self.more.show_count(len(more), *more)
        if form.in_groups and not self.form.value("subject"):
            self.form.set_values({"subject": kind.name})
        elif not form.in_groups and self.form.value("subject") in self._names_in_groups():
            self.form.set_values({"subject": ""})
        self.form.editor("lecturer").setAccessibleName(kind.lecturer)
        if isinstance(subject := self.form.editor("subject"), QLineEdit):
            subject.setPlaceholderText(f"例　LINE{kind.name}")

    def _check(self, on_checked: Callable[[DraftCheck], object] | None = None) -> None:
        self.run_read(
            on_checked or self._show_check,
            check_event_draft,
            draft=self.draft(),
            today=self.today,
            event_id=self._event.id if self._event else None,
            fiscal_year=self.fiscal_year,
        )

    def _show_check(self, check: DraftCheck) -> None:
        """Show what the typed event would mean, and whether its day is refused."""
        self.view.show_check(check)
        self.refused.show(check.refusal)

    def _contract_reply(self) -> str:
        """Return what the contract section answered, "" while it is hidden."""
        part = self.view.reason
        return "" if part.isHidden() else part.contract_reply()

    def _save_checked(self, check: DraftCheck) -> None:
        """Save after the check has come."""
        self._show_check(check)
        if self.main.isEnabled():  # otherwise a second press is being saved
            self._save()

    def _save(self) -> None:
        """Save the event; if the last input was not yet checked, check it first.

        Nothing while a field is invalid or a needed reason is missing.
        """
        is_checked = not self._soon.isActive()  # whether a reason is needed follows from the last input
        asks_reason = is_checked and not self.view.reason.isHidden()
        if not check_together(self.form.check_all, *((self.view.reason.check,) if asks_reason else ())):
            return
        if not is_checked:
            self._soon.stop()
            self._check(self._save_checked)
            return
        if self._event is None:
            self.run_action(
                create_event,
                draft=self.draft(),
                contract_reply=self._contract_reply(),
                agreed=bool(self.form.value("agreed")),
                fiscal_year=self.fiscal_year,
            )
        else:
            self.run_action(
                update_event,
                event_id=self._event.id,
                draft=self.draft(),
                original=self._start,
                contract_reply=self._contract_reply(),
            )


class DraftView(QWidget):
    """Panel with the name, deadlines and warnings of the draft. Signals: none of its own."""

    def __init__(self, *, today: date, fiscal_year: int):
        super().__init__()
        self._today = today
        self.name = wrapped_label("", "h2")
        self.table = FittedTable(
            "event-draft",
            self._columns(),
            title="この日付の期限",
            empty="実施日を入れると、期限が根拠と一緒にすべて出ます。",
            names_people=False,
            on_click=lambda task, _key: show_basis_dialog(task, self),
            on_open=lambda task: show_basis_dialog(task, self),
        )
        self.warnings = NoteBox(tone="amber")
        self.reason = ExceptionForm(
            fiscal_year=fiscal_year,
            title="**仕様書と違うところが、下にあります。** 保存には理由を書きます（止めません）。",
        )
        # Where somebody types stands above what grows with the check, and stays in its place.
        in_column(
            self.name, self.reason, self.warnings, self.table, None, owner=self, spacing=10, margins=(16, 16, 24, 16)
        )
        self.reason.hide()

    def show_check(self, check: DraftCheck) -> None:
        """Show name, warnings and deadlines of the draft, and the form of the reason if one is needed.

        The ward's own checks and the recruitment steps are left out.
        """
        self.name.setText(check.title)
        self.table.show_rows([task for task in check.tasks if not task.is_own_check and task.task != STEP])
        lines = [
            warning.text
            if not warning.clause or full_clause(warning.clause) in warning.text
            else f"{warning.text}（{full_clause(warning.clause)}）"
            for warning in check.warnings
        ]
        late = [task for task in check.tasks if task.bucket == "期限超過" and task.is_contract_duty]
        lines += [f"「{task.label}」の期限は、もう過ぎています（{task.short_words}）。" for task in late]
        lines += [
            text
            for task in check.tasks
            for text in task.warnings
            if "履行期間" in text and text not in (*lines, check.refusal)
        ]
        self.warnings.show_text("\n".join(dict.fromkeys(lines)))
        self.reason.suggest(check.suggested_kind)
        self.reason.setVisible(check.reason_needed)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("label", "やること・根拠", self._task_cell, stretch=True, sortable=False),
            Column("due", "期限・目安日", self._due, width=132, sortable=False),
        )

    def _task_cell(self, task: Task) -> Cell:
        return Cell(task.label, f"{task.owner_words}　{task.basis_short}", tip=full_basis_words(task), strong=True)

    def _due(self, task: Task) -> Cell:
        """Return the cell of the effective date; the other dates are in the basis."""
        words = f"{task.provisional_words} {short_date(task.due, self._today)}".strip()
        late = task.bucket == "期限超過"
        return Cell(
            words,
            "過ぎています" if late else "",
            strong=task.is_contract_duty,
            tone="red" if late else "",
            tip=full_basis_words(task),
        )


def end_of(start: str, kind: EventKind) -> str:
    """Return when an event of a kind ends that begins at ``start`` ("HH:MM"; "" = the usual time)."""
    return clock_of(minutes_of(start or _STARTS) + kind.minutes)


def event_fields(kinds: Sequence[EventKind], lectures: str, *, editing: bool, dated: bool) -> tuple[Field, ...]:
    """Return all fields of the form of an event.

    Args:
        kinds: those to choose from. lectures: the names of those whose checked handouts a visit may use.
        editing: the kind cannot be changed, and the field ``agreed`` (協議済) is left out.
        dated: the date cannot be changed (日付を変える first shows what moves).
    """
    day_hint = "「日付を変える」で変えます。" if dated else "9/1、R8.9.1、9/1(火) など。協議中なら空のまま。"
    talked_over = Field(
        "agreed",
        "協議",
        "check",
        words="日程・内容・機材は、受託者と協議済",
        hint="今日の日付で済にします。まだのものがあるときは、実施回の「協議」で1件ずつ済にします。",
    )
    return (
        record_field(
            Event,
            "kind",
            kind="radio",
            read_only=editing,
            choices=tuple((one.kind, one.name) for one in kinds),
        ),
        record_field(Event, "subject", hint="第n回は、日付が決まると付きます。"),
        record_field(
            Event, "organisation_name", hint="決まっていないときは「応募受付中」などと書きます。", optional=False
        ),
        record_field(Event, "event_date", read_only=dated, hint=day_hint),
        record_field(Event, "start_time", kind="time"),
        record_field(Event, "end_time", kind="time"),
        record_field(Event, "venue"),
        record_field(Event, "lecturer", label="・".join(dict.fromkeys(one.lecturer for one in kinds))),
        *(() if editing else (talked_over,)),
        record_field(Event, "room"),
        record_field(Event, "venue_capacity", least=1),
        record_field(Event, "network", kind="radio", choices=(("有", "有"), ("無", "無"), ("不明", "まだ不明"))),
        record_field(Event, "venue_booked_on"),
        record_field(Event, "facility", choices=_FACILITY),
        record_field(Event, "venue_named_on"),
        record_field(Event, "fee_payer", choices=_PAYER),
        record_field(Event, "tools", hint="「、」で区切ります。", optional=True),
        record_field(Event, "groups", least=1),
        record_field(Event, "facilitators", least=0),
        record_field(Event, "hands_on", words="あり（タブレット端末を貸与）"),
        Field(
            "only_lecture_materials",
            "資料",
            "check",
            words=f"{lectures}の資料だけを使う" if lectures else "確認する資料はない",
            hint=f"{f'{lectures}の資料だけ' if lectures else '資料がない'}のときは、区の資料確認の期限はありません。",
        ),
        Field(
            "expected_people", "見込み人数", "number", width=80, unit="人", least=0, optional=True,
            hint="仕様書の人数と会場の定員に照らすためだけに使います。",
        ),
        record_field(
            Event, "certificates", words="受けた方に1枚ずつ渡す", hint="出席を記録すると、「書類」で作成できます。"
        ),
        record_field(Event, "content", kind="lines", lines=3),
        record_field(Event, "note", kind="lines", lines=2),
    )  # fmt: skip


def values_of(draft: EventDraft) -> dict[str, Any]:
    """Return the values of the form for a draft of an event.

    ``tools`` is one text (「LINE、Instagram」), ``only_lecture_materials`` the opposite of ``extra_materials``; a visit
    without a 団体 has its subject as ``organisation_name``.
    """
    return vars(draft) | {
        "organisation_name": draft.organisation_name or (draft.subject if draft.form.at_organisation else ""),
        "tools": "、".join(draft.tools),
        "only_lecture_materials": not draft.extra_materials,
    }


def draft_from(
    values: Mapping[str, Any],
    *,
    kind: EventKind,
    original: EventDraft | None,
    organisation_id: int | None,
    reason: str,
    exception_kind: str,
) -> EventDraft:
    """Return the draft of the typed ``values``; an unreadable field counts as empty.

    Fields that the form does not show for the kind stay as in ``original``.

    Args:
        original: the draft that filled the form; None = a new event.
        organisation_id: of a visit; ignored for other kinds.
        reason, exception_kind: justification of a deviation from the specification, and how it is settled.
    """
    form = kind.form
    typed = {"subject": values["subject"]}
    if form.at_organisation:
        group = values["organisation_name"]
        typed = {"subject": group, "organisation_name": group, "organisation_id": organisation_id}
        typed["tools"] = tuple(part.strip() for part in values["tools"].split("、") if part.strip())
        typed["extra_materials"] = not values["only_lecture_materials"]
    elif form.in_groups:
        typed |= {"groups": values["groups"], "facilitators": values["facilitators"]}
    else:
        typed["hands_on"] = bool(values["hands_on"])
    plain = {name: values[name] for name in _OF_EVERY_KIND if name in values}
    start = values["start_time"] or _STARTS
    times = {"start_time": start, "end_time": values["end_time"] or end_of(start, kind)}
    why = {"exception_reason": reason, "exception_kind": exception_kind}
    base = (
        original
        if original is not None and original.kind == kind.kind
        else EventDraft(kind=kind.kind, form=form, subject="")
    )
    return with_values(base, plain | typed | times | why)
