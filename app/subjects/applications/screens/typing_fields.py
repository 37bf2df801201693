"""The fields of a typed application: Enter goes on to the next one, on the last one it saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.subjects.applications.screens.organisation_finder import OrganisationFinder
from app.subjects.applications.services.application_typing import KnownApplicant, TypedApplication
from app.widgets.form_editors import ChoiceBox
from app.widgets.form_fields import Field, Unreadable, read_number
from app.widgets.labels import label
from app.widgets.one_line import OneLine
from app.window import theme as t
from app.window.desk import Desk

_PEOPLE = Field(key="people", label="人数", kind="number", least=1, most=30, unit="人")
_DEVICES = (("", "未定"), ("持参", "持参"), ("貸与", "貸与"))
_WAYS = (("電話", "電話"), ("FAX", "FAX"), ("窓口", "窓口"), ("郵送", "郵送"), ("メール", "メール"))


class TypingFields(QWidget):
    """All fields; the way by which they come stays as it is and is left out by Enter.

    Signals: ``organisation_settled()`` the 団体 is chosen or kept as written; ``name_edited()``; ``finished()`` Enter
    on the last field; ``arrow(int)`` ↓ or ↑ in the field of the name.
    """

    organisation_settled = Signal()
    name_edited = Signal()
    finished = Signal()
    arrow = Signal(int)
    name_entered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person_id: int | None = None
        self.finder = OrganisationFinder(desk)
        self.name = _line("氏名", 260)
        self.furigana = _line("ふりがな", 260)
        self.phone = _line("電話", 180)
        self.phone.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.device = _choice("端末", _DEVICES)
        self.people = _line("人数", 64)
        self.people.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.people.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.care = _line("配慮", 0)
        self.care.setPlaceholderText("手話通訳、前の席、車いす など")
        self.way = _choice("経路", _WAYS)
        self._order: tuple[QWidget, ...] = (
            self.name, self.furigana, self.phone, self.device, self.people, self.care,
        )  # fmt: skip
        self._build()
        for part in self._order:
            part.installEventFilter(self)
        self.finder.settled.connect(self._leave_organisation)
        self.finder.chosen.connect(lambda _one: self._leave_organisation())
        self.name.textEdited.connect(self._on_name)
        self.clear()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        parts: Sequence[tuple[str, QWidget]] = (
            ("団体", self.finder), ("氏名", self.name), ("ふりがな", self.furigana),
            ("電話・経路", _beside(self.phone, self.way)), ("端末・人数", _beside(self.device, self.people, label("人"))),
            ("配慮（任意）", self.care),
        )  # fmt: skip
        for line, (words, part) in enumerate(parts):
            name = label(words)
            name.setMinimumHeight(t.scaled(t.FIELD))
            name.setFixedWidth(t.scaled(96))
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, line, 1)

    # what the dialog does

    def clear(self) -> None:
        """Empty for the next one; the way by which they come is kept."""
        self.person_id = None
        self.finder.show_organisation(None)
        for field in (self.name, self.furigana, self.phone, self.care):
            field.clear()
        self.people.setText("1")
        self.device.setCurrentIndex(0)
        self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, known: KnownApplicant) -> None:
        """Fill in somebody remembered, and go on behind what is known."""
        self.person_id = known.id
        self.name.setText(known.person.name)
        self.furigana.setText(known.person.furigana)
        self.phone.setText(known.phone)
        self.device.setCurrentIndex(max(0, self.device.findData(known.device)))
        (self.device if known.phone else self.phone).setFocus(Qt.FocusReason.TabFocusReason)

    def show_typed(self, typed: TypedApplication, organisation: Any) -> None:
        """Show an application that is there already, to change it."""
        self.finder.show_organisation(organisation, typed.organisation_name)
        self.name.setText(typed.name)
        self.furigana.setText(typed.furigana)
        self.phone.setText(typed.phone)
        self.device.setCurrentIndex(max(0, self.device.findData(typed.device)))
        self.people.setText(str(typed.people))
        self.care.setText(typed.care)
        self.way.setCurrentIndex(max(0, self.way.findData(typed.way)))
        self.person_id = typed.person_id
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self, event_id: int) -> TypedApplication:
        """What stands in the fields; raises ``Unreadable`` when the number of people is none."""
        people = read_number(_PEOPLE, self.people.text())
        if people is None:
            raise Unreadable("人数がまだ入力されていません。")
        organisation = self.finder.organisation
        return TypedApplication(
            event_id=event_id,
            organisation_id=organisation.id if organisation else None,
            organisation_name=organisation.name if organisation else self.finder.text.strip(),
            person_id=self.person_id,
            name=self.name.text(),
            furigana=self.furigana.text(),
            phone=self.phone.text(),
            device=self.device.currentData(),
            people=people,
            care=self.care.text(),
            way=self.way.currentData(),
        )

    # inside

    def _leave_organisation(self) -> None:
        self.organisation_settled.emit()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_name(self, _text: str) -> None:
        self.person_id = None
        self.name_edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on; in the name the arrows choose among those remembered."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        if watched is self.name and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.arrow.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched in self._order:
            self._go_on(watched)
            return True
        return super().eventFilter(watched, event)

    def _go_on(self, part: QObject) -> None:
        if part is self.name:
            self.name_entered.emit()
            if not self.name.hasFocus():
                # Somebody remembered was taken, and the focus went on with him.
                return
        at = next(number for number, one in enumerate(self._order) if one is part)
        if at + 1 < len(self._order):
            self._order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()


def _line(name: str, width: int) -> OneLine:
    made = OneLine()
    made.setAccessibleName(name)
    if width:
        made.setMaximumWidth(t.scaled(width))
    return made


def _choice(name: str, choices: Sequence[tuple[str, str]]) -> ChoiceBox:
    made = ChoiceBox()
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    return made


def _beside(*parts: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for part in parts:
        if isinstance(part, QLineEdit):
            part.setFixedWidth(part.maximumWidth())
        line.addWidget(part)
    line.addStretch(1)
    return holder
