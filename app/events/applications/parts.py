"""Dialog 電話の申込 for entering an application with the keyboard alone while the caller speaks.

One call is mostly one application, so the main button (Ctrl+Enter) saves and closes. Enter in the last field saves and
starts the next one, for a pile of faxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.services.event_lists import EventName, list_event_names
from app.events.applications.services.application_entries import GIVEN_UP
from app.events.applications.services.manual_entry import (
    MAX_PEOPLE,
    AddedApplication,
    EventCapacity,
    KnownApplicant,
    TypedApplication,
    add_application,
    known_applicants,
    places_left_text,
    read_event_capacity,
)
from app.registers.register.parts import OrganisationFinder
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form_fields import ChoiceBox, Editor, Field, OneLine, UnreadableInput, editor_for, read_number
from app.widgets.forms.furigana_proposal import FuriganaProposal
from app.widgets.forms.record_fields import record_field
from app.widgets.keys import ENTER
from app.widgets.labels import label, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_grid, in_row
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from db.fields import specs
from db.name_key import name_key
from db.records.applications import Application

_PEOPLE = record_field(Application, "people", least=1, most=MAX_PEOPLE)
_LABEL = 116
_DEVICES = (("", "未定"), ("持参", "持参"), ("貸与", "貸与"))
_EXTRA_FIELDS: tuple[str, ...] = ("large_print",)
"""Fields of an application below the others, one a line, by their names in the record."""
_CHANNEL_CHOICES = (("電話", "電話"), ("FAX", "FAX"), ("窓口", "窓口"), ("郵送", "郵送"), ("メール", "メール"))


class ApplicationFields(QWidget):
    """Fields of an application; 経路 (``way``) keeps its value and is skipped by Enter.

    Signals:
        ``organisation_settled()``: the 団体 is chosen or kept as written.
        ``name_edited()``: the name was edited; ``name_entered()``: Enter in the field of the name.
        ``finished()``: Enter in the last field.
        ``arrow_pressed(int)``: ↓ (1) or ↑ (-1) in the field of the name.
    """

    organisation_settled = Signal()
    name_edited = Signal()
    finished = Signal()
    arrow_pressed = Signal(int)
    name_entered = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.person_id: int | None = None
        self._known: KnownApplicant | None = None
        self.finder = OrganisationFinder(app_context, allow_new=True)
        self.name = _line(record_field(Application, "name", optional=False))
        self.furigana = _line(record_field(Application, "furigana", optional=False))
        self._reading = FuriganaProposal(self.name, self.furigana)
        self.phone = _line(Field("phone", "電話", width=180))
        self.phone.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.device = _choice_box(record_field(Application, "device", choices=_DEVICES, optional=False))
        self.people = _line(_PEOPLE)
        self.people.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.people.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.care = _line(record_field(Application, "care", optional=False))
        self.way = _choice_box(record_field(Application, "way", choices=_CHANNEL_CHOICES, optional=False))
        self.further = {name: _extra_field_editor(name, app_context.fiscal_year) for name in _EXTRA_FIELDS}
        self._order: tuple[QWidget, ...] = (
            self.name, self.furigana, self.phone, self.device, self.people, self.care,
            *(editor.target() for editor in self.further.values()),
        )  # fmt: skip
        self._build()
        for part in self._order:
            part.installEventFilter(self)
        self.finder.confirmed_without_match.connect(self._on_organisation_left)
        self.finder.chosen.connect(self._on_organisation_left)
        self.finder.edited.connect(self._forget_known)
        self.name.textEdited.connect(self._on_name)
        self.clear()

    def _build(self) -> None:
        grid = in_grid(self, margins=(0, 0, 0, 0), across=16, down=8, wide=1)
        parts = (
            ("団体", self.finder), ("氏名", self.name), ("ふりがな", self.furigana),
            ("電話・経路", _side_by_side(self.phone, self.way)), ("端末・人数",
                _side_by_side(self.device, self.people, label("人"))),
            ("配慮（任意）", self.care),
            *((f"{editor.field.label}（任意）", editor) for editor in self.further.values()),
        )  # fmt: skip
        for line, (words, part) in enumerate(parts):
            name = wrapped_label(words)
            name.setFixedWidth(t.scaled(_LABEL))
            name.setMinimumHeight(t.scaled(t.FIELD))
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, line, 1)

    # for the dialog

    def clear(self) -> None:
        """Clear the fields for the next application, 経路 excepted, and focus the 団体."""
        self.person_id = self._known = None
        self.finder.show_organisation(None)
        for field in (self.name, self.furigana, self.phone, self.care):
            field.clear()
        self.people.setText("1")
        for name, editor in self.further.items():
            editor.show_value(specs(Application)[name].default)
        self.device.setCurrentIndex(0)
        self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill_from_known(self, applicant: KnownApplicant) -> None:
        """Fill in a person known from before; then focus the telephone if it is not known, else the device."""
        self.person_id, self._known = applicant.id, applicant
        self.name.setText(applicant.person.name)
        self._reading.propose(applicant.person.furigana)
        self.phone.setText(applicant.phone)
        self.device.setCurrentIndex(max(0, self.device.findData(applicant.device)))
        (self.device if applicant.phone else self.phone).setFocus(Qt.FocusReason.TabFocusReason)

    def show_application(self, typed: TypedApplication, organisation: Any) -> None:
        """Show an existing application for editing, and focus the name.

        Args:
            organisation: the registered ``Organisation``; None = the 団体 stands as written in ``typed``.
        """
        self.finder.show_organisation(organisation, typed.organisation_name)
        self.name.setText(typed.name)
        self.furigana.setText(typed.furigana)
        self.phone.setText(typed.phone)
        self.device.setCurrentIndex(max(0, self.device.findData(typed.device)))
        self.people.setText(str(typed.people))
        self.care.setText(typed.care)
        for name, editor in self.further.items():
            editor.show_value(getattr(typed, name))
        if self.way.findData(typed.way) < 0:
            # It came in a way that cannot be chosen here, which stays until another one is chosen.
            self.way.addItem(typed.way or "経路は未記入", typed.way)
        self.way.setCurrentIndex(self.way.findData(typed.way))
        self.person_id = typed.person_id
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_application(self, application: TypedApplication) -> TypedApplication:
        """Return ``application`` with the values of the fields.

        Raises:
            UnreadableInput: the number of people is empty or no number.
        """
        people = read_number(_PEOPLE, self.people.text())
        if people is None:
            raise UnreadableInput("人数がまだ入力されていません。")
        organisation = self.finder.organisation
        written = organisation.name if organisation else self.finder.text.strip()
        return replace(
            application,
            organisation_id=organisation.id if organisation else None,
            # Outer blanks of the received text are no correction.
            organisation_name=application.organisation_name
            if written == application.organisation_name.strip()
            else written,
            is_new_organisation=bool(self.finder.new_name),
            person_id=self.person_id,
            name=self.name.text(),
            furigana=self.furigana.text(),
            phone=self.phone.text(),
            device=self.device.currentData(),
            people=people,
            care=self.care.text(),
            way=self.way.currentData(),
            **{name: editor.value() for name, editor in self.further.items()},
        )

    # internal

    def _on_organisation_left(self) -> None:
        """Emit ``organisation_settled`` and move on to the name."""
        self.organisation_settled.emit()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_name(self, _text: str) -> None:
        """Forget the known person and emit ``name_edited``, since the name is being typed."""
        self.person_id = None
        self._forget_known()
        self.name_edited.emit()

    def _forget_known(self) -> None:
        """Forget the known person that was chosen, with what was filled in for that one."""
        if self._known is None:
            return
        if self.phone.text() == self._known.phone:
            self.phone.clear()
        if self.device.currentData() == self._known.device:
            self.device.setCurrentIndex(0)
        self.person_id = self._known = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move on with Enter; emit ``arrow_pressed`` for ↑ and ↓ in the name, to choose a known person."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        if watched is self.name and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.arrow_pressed.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in ENTER and watched in self._order:
            self._focus_next(watched)
            return True
        return super().eventFilter(watched, event)

    def _focus_next(self, part: QObject) -> None:
        """Move the focus to the next field, or emit ``finished`` after the last.

        From the name ``name_entered`` is emitted first; a known person chosen then has moved the focus already.
        """
        if part is self.name:
            self.name_entered.emit()
            if not self.name.hasFocus():
                # A known person was chosen, which has moved the focus already.
                return
        at = next(number for number, one in enumerate(self._order) if one is part)
        if part is self.name and self._reading.is_proposal_kept:
            # It was filled together with the name; Tab and Shift+Tab still stop there.
            at += 1
        if at + 1 < len(self._order):
            self._order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()


def _line(field: Field) -> OneLine:
    made = with_accessible_name(OneLine(), field.label)
    made.setPlaceholderText(field.placeholder)
    if field.width:
        made.setMaximumWidth(t.scaled(field.width))
    return made


def _extra_field_editor(name: str, fiscal_year: int) -> Editor:
    made = editor_for(record_field(Application, name), fiscal_year)
    made.target().setAccessibleName(made.field.label)
    return made


def _choice_box(field: Field) -> ChoiceBox:
    made = ChoiceBox(field.label)
    for value, words in field.choices:
        made.addItem(words, value)
    return made


def _side_by_side(*parts: QWidget) -> QWidget:
    """Return the widgets in one row; text fields keep their greatest width."""
    holder = QWidget()
    line = in_row(owner=holder, spacing=8)
    for part in parts:
        if isinstance(part, QLineEdit):
            part.setFixedWidth(part.maximumWidth())
        line.addWidget(part)
    line.addStretch(1)
    return holder


_KEYS = (
    "Enterでつぎの欄へ（氏名の読みが入っていれば、ふりがなの欄は飛ばします。直すときはShift+Tab）。"
    "最後の欄のEnterは「続けて入力する」、Ctrl+Enterは「受け付けて閉じる」です。"
)


class DataEntryDialog(SavingDialog):
    """Dialog for entering one application, or several in a row. Signals: those of ``SavingDialog``.

    ``event_id`` 0 = the next event of the year is chosen at first.
    """

    def __init__(self, parent: QWidget, event_id: int = 0):
        super().__init__(parent, "電話の申込", main="受け付けて閉じる", cancel="閉じる", note=_KEYS, width=820)
        self._event_id = event_id
        self._people: tuple[KnownApplicant, ...] = ()
        self._ends = False
        self.go_on = Button("続けて入力する", self.save, tall=True)
        self.put_button(self.go_on)
        self.events = ChoiceBox("実施回", self.choose_event)
        self.places = wrapped_label("", "strong")
        self.note = NoteBox(tone="amber")
        self.over = NoteBox(tone="amber")
        self.fields = ApplicationFields(self.app_context)
        self.known = with_accessible_name(QListWidget(), "前に申し込んだ人")
        self.known.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.known_words = small_label()
        self.known_title = label("", "strong")
        self._build()
        self.confirmed.connect(lambda: self.save(close_after=True))
        self.fields.finished.connect(self.save)
        self.fields.organisation_settled.connect(self._read_people)
        self.fields.finder.edited.connect(lambda: self._show_people(()))
        self.fields.name_edited.connect(self._filter_people)
        self.fields.arrow_pressed.connect(self._move_selection)
        self.fields.name_entered.connect(self._use_selected_person)
        self.known.itemClicked.connect(self._use_selected_person)
        self.app_context.read(
            with_store(list_event_names, today=self.app_context.today(), fiscal_year=self.app_context.fiscal_year),
            self._show_events,
        )
        self.fields.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        """Lay out events, fields and the people who are known."""
        self.put(widget_row(self.events, 8, self.places, None), self.over, self.note)
        owner = self.parentWidget()
        narrow = owner is not None and t.unscaled(owner.window().width()) < t.PICTURES_BELOW
        middle = in_row(spacing=12 if narrow else 24)
        # At the top, because fields that spread when the dialog grows would move while they are used.
        middle.addWidget(self.fields, 1, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.known_title)
        side.addWidget(self.known_words)
        # Beside the fields, so that these do not move while one types.
        side.addWidget(self.fields.finder.list)
        side.addWidget(self.known)
        side.addStretch(1)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(t.scaled(172 if narrow else 260))
        self.known.hide()
        middle.addWidget(holder)
        self.put((middle, 1))

    # event

    def _show_events(self, events: tuple[EventName, ...]) -> None:
        """Fill the choice of events without cancelled ones, and choose the wanted one, else the next, else the last."""
        today = self.today
        rows = [line for line in events if not line.cancelled or line.id == self._event_id]
        for line in rows:
            self.events.addItem(f"{line.date_words}　{line.title}", line.id)
        ahead = [line for line in rows if line.event_date is None or line.event_date >= today]
        first = (ahead or rows[-1:])[:1]
        self.choose_event(self._event_id or (first[0].id if first else 0))

    def choose_event(self, event_id: int) -> None:
        """Enter applications for this event from now on; its people and places are read."""
        self._event_id = event_id
        self.events.setCurrentIndex(self.events.findData(event_id))
        if event_id:
            self.run_read(self._show_event_capacity, read_event_capacity, event_id=event_id)
        self._read_people()

    def _show_event_capacity(self, capacity: EventCapacity) -> None:
        """Show how many places the event still has, and warn if it is cancelled or over."""
        room = f"／{capacity.capacity}人" if capacity.capacity is not None else "人"
        self.places.setText(
            join_nonempty(f"{capacity.people_word} {capacity.places_taken}{room}", places_left_text(capacity))
        )
        self.over.show_text(
            f"{capacity.title}は{capacity.over_status}です。受け付けると、その名簿に加わります。"
            if capacity.over_status
            else ""
        )
        self.fit_to_content()

    # known people

    def _read_people(self) -> None:
        """Read the known people of the chosen 団体; show none without a 団体 or an event."""
        organisation = self.fields.finder.organisation
        if organisation is None or not self._event_id:
            self._show_people(())
            return
        self.run_read(self._show_people, known_applicants, organisation_id=organisation.id, event_id=self._event_id)

    def _show_people(self, people: Sequence[KnownApplicant]) -> None:
        """Keep the known people of the 団体, and list those who fit the typed name."""
        self._people = tuple(people)
        self._filter_people()

    def _show_possible_organisations(self) -> None:
        """Set the title of the list beside the fields: possible 団体 while none is chosen, else earlier applicants.

        While none is chosen, also the hint how to choose one.
        """
        finding = self.fields.finder.organisation is None
        self.known_title.setText("団体の名簿から" if finding else "前に申し込んだ人")
        if finding:
            self.known_words.setText(
                "印の付いた団体はEnter、ほかは↓で選びます。候補のない団体は、そのままEnterで進めます。"
            )

    def _filter_people(self) -> None:
        """Show up to 30 known people whose name or reading contains the typed name, with the hints and the warning."""
        key = name_key(self.fields.name.text())
        shown = [
            one for one in self._people if key in name_key(one.person.name) or key in name_key(one.person.furigana)
        ]
        self.known.clear()
        for one in shown[:30]:
            told = (
                f"　この回に{one.state_words}済"
                if one.state_words == "申込"
                else fill_nonempty("　この回は{}", one.state_words)
            )
            item = QListWidgetItem(f"{one.person.name}　{one.person.role}{told}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.known.addItem(item)
        self.known.setVisible(bool(shown))
        words = "↓で選んでEnter。新しい人は、そのまま氏名を入力します。"
        if not shown:
            words = "新しい人です。" if self._people else "この団体で前に申し込んだ人はいません。"
        self.known_words.setText(words)
        self._show_possible_organisations()
        self._warn_if_registered()
        # The dialog only grows while one types: one that shrinks is hard to follow.
        before = self.height()
        self.fit_to_content()
        self.resize(self.width(), max(before, self.height()))

    def _warn_if_registered(self) -> None:
        """Warn when a known person of the typed name has a place in the event, or has given one up (辞退, 落選)."""
        key = name_key(self.fields.name.text())
        same = [one for one in self._people if key and name_key(one.person.name) == key and one.state_words]
        if not same:
            self.note.show_text("")
            return
        who, state = f"{same[0].person.name}さんは、", same[0].state_words
        self.note.show_text(
            f"**{who}この回で{state}になっています**。保存すると、もう一度申込になります。"
            if state in GIVEN_UP
            else f"**{who}すでにこの回に申込があります**（{state}）。"
        )

    def _move_selection(self, step: int) -> None:
        if self.known.count():
            self.known.setCurrentRow(max(0, min(self.known.count() - 1, self.known.currentRow() + step)))

    def _use_selected_person(self) -> None:
        item = self.known.currentItem()
        if item is not None and not self.known.isHidden():
            self.fields.fill_from_known(item.data(Qt.ItemDataRole.UserRole))
            self._warn_if_registered()

    # saving

    def save(self, *, close_after: bool = False) -> None:
        """Save, then clear for the next application, or close if ``close_after``.

        An unreadable number of people is shown instead. Nothing happens without an event, or while it is saving.
        """
        if not self._event_id or not self.main.isEnabled():
            return
        try:
            typed = self.fields.read_application(TypedApplication(event_id=self._event_id))
        except UnreadableInput as problem:
            words = str(problem)
            self.note.show_text(words if words.startswith("人数") else f"人数は{words}")
            self.fit_to_content()
            self.fields.people.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._ends = close_after
        self.run_change(bind_action(add_application, typed=typed), self._on_saved)

    def set_busy(self, busy: bool) -> None:
        """Disable the three buttons while saving."""
        super().set_busy(busy)
        self.go_on.setEnabled(not busy)

    def _on_saved(self, added: AddedApplication) -> None:
        """Prepare the form for the next application, or close it."""
        if self._ends:
            self._close_with(added)
            return
        self.set_busy(False)
        self.note.show_text("")
        self.set_note(added.message)
        self.fields.clear()
        self._show_people(())
        self._show_event_capacity(added.capacity)
