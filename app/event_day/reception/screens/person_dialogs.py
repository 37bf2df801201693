"""Dialogs of the check-in for a person: the name of an unnamed place, and 当日受付."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.event_day.reception.services import CheckInRow, SimilarEntry, add_walk_in, find_similar_entries, receive
from app.events.roster.parts import PersonFields
from app.events.roster.services.entry_names import name_entry
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog, SavingDialog
from app.widgets.labels import label
from app.widgets.layouts import add, in_row
from app.window import theme as t
from app.window.app_context import bind_action
from db.records.roster import Device

_DEVICES: tuple[tuple[Device, str], ...] = (
    (Device.OWN, Device.OWN),
    (Device.LENT, Device.LENT),
    (Device.UNKNOWN, "なし・不明"),
)


class EntryNameDialog(SavingDialog):
    """Dialog that names an unnamed place and checks the person in.

    Signals: ``received_unnamed(object)`` check the ``CheckInRow`` in without a name; those of ``SavingDialog``.
    """

    received_unnamed = Signal(object)

    def __init__(self, parent: QWidget, row: CheckInRow, organisation: tuple[int | None, str]):
        waits = row.state != "受付済"
        super().__init__(
            parent,
            "氏名を入れる",
            row.spoken_name,
            main="入れて受付済にする" if waits else "氏名を入れる",
            width=640,
        )
        self._row = row
        self._waits = waits
        self.fields = PersonFields(self.app_context, organisation=organisation)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields, None)
        if waits:
            self.later = Button("氏名未定のまま受付済にする", self._receive_unnamed, tall=True)
            self.put_button(self.later)
        self.fields.finished.connect(self.main.click)
        self.fields.focus_first_field()

    def _save(self) -> None:
        """Save the name of the place, and check the person in who waits; without a name show an error."""
        wanted = self.fields.wanted_person()
        if not wanted.name.strip():
            self.show_error_text("氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        came = bind_action(receive, entry_id=self._row.entry_id)
        self.run_change(
            bind_action(
                name_entry,
                entry_id=self._row.entry_id,
                name=wanted.name,
                furigana=wanted.furigana,
                person_id=wanted.person_id,
            ),
            further_actions=(came,) if self._waits else (),
        )

    def _receive_unnamed(self) -> None:
        self.accept()
        self.received_unnamed.emit(self._row)


class WalkInDialog(SavingDialog):
    """Dialog 当日受付を加える: enter and check in a person without a place. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, *, event_id: int, event_title: str, spare_count: int):
        """Create the dialog; ``spare_count`` = spare tablets that are not handed over yet."""
        super().__init__(parent, "当日受付を加える", event_title, main="加えて受付済にする", width=640)
        self._event_id = event_id
        self.fields = PersonFields(self.app_context)
        self.devices = DeviceChoice(spare_count)
        self.fields.add_line("端末", self.devices)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields, None)
        self.fields.finished.connect(self.main.click)
        self.fields.focus_first_field()

    def _save(self) -> None:
        """Look for similar people, then add the walk-in or ask whether it is one of them."""
        wanted = self.fields.wanted_person()
        if not wanted.name.strip():
            self.show_error_text("氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        self.run_read(self._ask_whether_same, find_similar_entries, event_id=self._event_id, wanted=wanted)

    def _ask_whether_same(self, alike: tuple[SimilarEntry, ...]) -> None:
        """Ask whether the person is one of the same name on the roster, or another."""
        if not alike:
            self._add()
            return
        entries = [
            LinkEntry(words=one.words, follow=partial(self._add, same_as=one.entry_id), verb="この方を受付する")
            for one in alike
        ]
        other = LinkEntry(
            words="同じ名前の別の方", follow=partial(self._add, is_other_person=True), verb="別の方として加える"
        )
        name = self.fields.wanted_person().name.strip()
        LinkListDialog("名簿に同じお名前の方がいます", [*entries, other], subject=name, parent=self).open()

    def _add(self, *, same_as: int | None = None, is_other_person: bool = False) -> None:
        """Save a walk-in, as the entry ``same_as``, as another person of the same name, or as neither (not asked)."""
        self.run_action(
            add_walk_in,
            event_id=self._event_id,
            wanted=self.fields.wanted_person(),
            organisation_name=self.fields.organisation_name(),
            device=self.devices.value(),
            same_as=same_as,
            another=is_other_person,
        )


class DeviceChoice(QWidget):
    """Choice of 持参, 貸与 or none. Signals: none."""

    def __init__(self, spare_count: int):
        super().__init__()
        line = in_row(owner=self, spacing=16)
        self._group = QButtonGroup(self)
        for number, (_value, words) in enumerate(_DEVICES):
            button = QRadioButton(words)
            self._group.addButton(button, number)
            line.addWidget(button)
        self._group.button(2).setChecked(True)
        add(
            line,
            label(f"予備のタブレット {spare_count}台" if spare_count else "予備のタブレットはありません", "small"),
            None,
        )

    def value(self) -> Device:
        """Return the chosen device, "" for なし・不明."""
        return _DEVICES[self._group.checkedId()][0]
