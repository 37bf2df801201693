"""Who somebody is, in a few keys: found by two letters or typed anew; for a place without a name, or for 当日受付."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.subjects.events.reception.services.attendance import add_walk_in, receive, receive_substitute
from app.subjects.events.reception.services.reception import DoorRow
from app.subjects.events.roster.services.entry_names import WantedPerson, name_entry, people_known
from app.subjects.organisations.register.services.search import OrganisationHit, PersonHit, find_organisations
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import CAN_UNDO
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form_fields import OneLine
from app.widgets.forms.reading import Reading
from app.widgets.labels import label
from app.window import theme as t
from app.window.desk import Desk, acting, with_store
from db.records.roster import Device

_MOST = 5
_DEVICES: tuple[tuple[Device, str], ...] = (("持参", "持参"), ("貸与", "貸与"), ("", "なし・不明"))


@dataclass(frozen=True)
class PickOffer:
    """One thing offered: its words, what goes into the field, and what it stands for."""

    words: str
    text: str
    value: Any


class PickField(QWidget):
    """A line with its offers under it.

    ``ask(text, show)`` looks for offers and calls ``show`` with them. ``first`` True takes the first offer with
    Enter; False takes one only after ↓ was pressed, so that a new name is never replaced. Signals:
    ``picked(object)`` an ``PickOffer`` was taken; ``typed(str)`` the text was changed by hand; ``entered()`` Enter
    without taking an offer.
    """

    picked = Signal(object)
    typed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: str,
        ask: Callable[[str, Callable[[Sequence[PickOffer]], None]], None],
        *,
        first: bool,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._first = first
        self._turn = 0
        self.line = _Line(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        # Over what follows, so that nothing jumps while somebody types.
        self.offers = QListWidget(self)
        self.offers.setAccessibleName(f"{name}の候補")
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.setWordWrap(True)
        self.offers.setObjectName("offers")
        self.offers.setStyleSheet(f"QListWidget#offers {{ border: 1px solid {t.CONTROL}; }}")
        self.offers.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)
        self.offers.itemClicked.connect(self._take)

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text into the field, without looking for anything."""
        self.line.setText(text)
        self.close_offers()

    def look(self) -> None:
        """Look for offers for what stands in the field."""
        self._turn += 1
        turn = self._turn
        self._ask(self.text(), lambda found: self._show(found) if turn == self._turn else None)

    def close_offers(self) -> None:
        """Offer nothing any more."""
        self._turn += 1
        self.offers.clear()
        self.offers.hide()

    def step(self, steps: int) -> bool:
        """Move through the offers; False when there are none."""
        if self.offers.isHidden():
            return False
        here = self.offers.currentRow()
        self.offers.setCurrentRow(max(0, min(self.offers.count() - 1, here + steps)))
        return True

    def enter(self) -> None:
        """Take the chosen offer, or tell that Enter was pressed."""
        item = self.offers.currentItem()
        if item is not None and not self.offers.isHidden():
            self._take(item)
        else:
            self.close_offers()
            self.entered.emit()

    def _on_typed(self, text: str) -> None:
        self.typed.emit(text)
        self.look()

    def _show(self, found: Sequence[PickOffer]) -> None:
        self.offers.clear()
        for offer in list(found)[:_MOST]:
            item = QListWidgetItem(offer.words)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            self.offers.addItem(item)
        rows = self.offers.count()
        self.offers.setVisible(bool(rows) and self._is_here())
        self._place()
        if rows and self._first and self.text().strip():
            self.offers.setCurrentRow(0)

    def _is_here(self) -> bool:
        """Whether the next letter goes into this field."""
        return self.window().focusWidget() is self.line

    def _place(self) -> None:
        over = self.parentWidget()
        while over is not None and over.parentWidget() is not None and over.height() < t.scaled(280):
            over = over.parentWidget()
        if over is None:
            return
        self.offers.setParent(over)
        self.offers.move(self.line.mapTo(over, self.line.rect().bottomLeft()))
        self.offers.setFixedSize(self.line.width(), self.offers.count() * (t.scaled(t.ROW) + 1) + 4)
        self.offers.setVisible(self.offers.count() > 0 and self._is_here())
        self.offers.raise_()

    def _take(self, item: QListWidgetItem) -> None:
        offer = item.data(Qt.ItemDataRole.UserRole)
        self.set_text(offer.text)
        self.picked.emit(offer)


class _Line(OneLine):
    """The line itself: arrows walk through the offers."""

    def __init__(self, owner: PickField) -> None:
        super().__init__("", owner)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑↓ and Enter belong to the offers; Esc closes them before it closes the dialog."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self._owner.step(1 if key == Qt.Key.Key_Down else -1):
                super().keyPressEvent(event)
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._owner.enter()
        elif key == Qt.Key.Key_Escape and self._owner.offers.isVisible():
            self._owner.close_offers()
        else:
            super().keyPressEvent(event)


Show = Callable[[Sequence[PickOffer]], None]


class PersonFields(QWidget):
    """Who somebody is, in a few keys: 団体 by two letters, a known person picked, or a new name with its ふりがな.

    Signals: ``finished()`` Enter in the last field.
    """

    finished = Signal()

    def __init__(
        self, desk: Desk, *, organisation: tuple[int | None, str] | None = None, parent: QWidget | None = None
    ) -> None:
        """``organisation`` (id, name) is given when it is settled already; the field is left out then."""
        super().__init__(parent)
        self._desk = desk
        self._organisation_id = organisation[0] if organisation else None
        self._person_id: int | None = None
        self.organisation = PickField(
            "団体", self._find_organisations, first=True, placeholder="2文字で探す　なければそのまま入力"
        )
        self.person = PickField(
            "氏名", self._find_people, first=False, placeholder="候補は ↓ で選ぶ　なければそのまま入力"
        )
        self.furigana = OneLine()
        self.furigana.setAccessibleName("ふりがな")
        Reading(self.person.line, self.furigana)
        self.hint = label("", "small", wrap=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, t.scaled(112))
        self._grid.setColumnStretch(1, 1)
        if organisation is None:
            self._line(0, "団体", self.organisation)
        else:
            self.organisation.setParent(self)
            self.organisation.hide()
            self.organisation.set_text(organisation[1])
            self._line(0, "団体", label(organisation[1] or "団体名なし", wrap=True))
        self._line(1, "氏名", self.person)
        self._line(2, "ふりがな（任意）", self.furigana)
        self._grid.addWidget(self.hint, 3, 1)
        self._connect()

    def wanted(self) -> WantedPerson:
        """Who was entered."""
        return WantedPerson(
            name=self.person.text(),
            furigana=self.furigana.text(),
            organisation_id=self._organisation_id,
            person_id=self._person_id,
        )

    def organisation_name(self) -> str:
        """The 団体 as written, when it is not in the register."""
        return "" if self._organisation_id is not None else self.organisation.text()

    def add_line(self, words: str, part: QWidget) -> None:
        """Add another line under the fields."""
        self._line(self._grid.rowCount(), words, part)

    def start(self) -> None:
        """Put the focus into the first field."""
        (self.person if self.organisation.isHidden() else self.organisation).setFocus()
        if self.organisation.isHidden():
            self.person.look()

    def _line(self, at: int, words: str, part: QWidget) -> None:
        name = QLabel(words)
        name.setMinimumHeight(t.scaled(t.FIELD))
        name.setBuddy(part)
        self._grid.addWidget(name, at, 0)
        name.setAlignment(name.alignment())
        self._grid.addWidget(part, at, 1)

    def _connect(self) -> None:
        self.organisation.typed.connect(self._on_organisation_typed)
        self.organisation.picked.connect(self._on_organisation)
        self.organisation.entered.connect(self._to_person)
        self.person.typed.connect(self._on_person_typed)
        self.person.picked.connect(self._on_person)
        self.person.entered.connect(self.furigana.setFocus)
        self.furigana.returnPressed.connect(self.finished)

    def _find_organisations(self, text: str, show: Show) -> None:
        def offer(found: Sequence[OrganisationHit]) -> None:
            show([PickOffer(_organisation_words(hit), hit.organisation.name, hit) for hit in found])

        self._desk.read(with_store(find_organisations, text=text, limit=5), offer, owner=self)

    def _find_people(self, text: str, show: Show) -> None:
        def offer(found: Sequence[PersonHit]) -> None:
            show([PickOffer(_person_words(hit), hit.person.name, hit) for hit in found])

        self._desk.read(
            with_store(people_known, organisation_id=self._organisation_id, text=text, limit=5), offer, owner=self
        )

    def _on_organisation_typed(self, _text: str) -> None:
        self._organisation_id = None
        self._person_id = None

    def _on_organisation(self, offer: PickOffer) -> None:
        self._organisation_id = offer.value.id
        self._to_person()

    def _to_person(self) -> None:
        self.person.setFocus()
        if self._organisation_id is not None:
            self.person.look()

    def _on_person_typed(self, _text: str) -> None:
        self._person_id = None
        self.hint.setText("")

    def _on_person(self, offer: PickOffer) -> None:
        hit: PersonHit = offer.value
        self._person_id = hit.id
        if hit.organisation is not None:
            self._organisation_id = hit.organisation.id
            self.organisation.set_text(hit.organisation.name)
        self.furigana.setText(hit.person.furigana)
        self.hint.setText(f"登録済みの方です。{hit.belonging}")
        self.furigana.setFocus()


def _organisation_words(hit: OrganisationHit) -> str:
    return f"{hit.organisation.name}（{hit.organisation.branch}）" if hit.organisation.branch else hit.organisation.name


def _person_words(hit: PersonHit) -> str:
    return "　".join(part for part in (hit.person.name, hit.person.furigana, hit.belonging) if part)


class PlaceNameDialog(SavingDialog):
    """A place without a name gets one at the door, and the person is received with it.

    Signals: ``unnamed(object)`` receive the ``DoorRow`` without a name; those of ``SavingDialog``.
    """

    unnamed = Signal(object)

    def __init__(
        self, desk: Desk, row: DoorRow, organisation: tuple[int | None, str], parent: QWidget | None = None
    ) -> None:
        waits = row.state != "受付済"
        super().__init__(
            desk,
            "氏名を入れる",
            row.spoken,
            main="入れて受付済にする" if waits else "氏名を入れる",
            note=CAN_UNDO,
            width=640,
            parent=parent,
        )
        self._row = row
        self._waits = waits
        self.fields = PersonFields(desk, organisation=organisation)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields)
        self.body.addStretch(1)
        if waits:
            self.later = Button("氏名未定のまま受付済にする", self._without, tall=True)
            self.put_button(self.later)
        self.fields.finished.connect(self.main.click)
        self.confirmed.connect(self._save)
        self.fields.start()

    def _save(self) -> None:
        wanted = self.fields.wanted()
        if not wanted.name.strip():
            self.say_refusal("氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        came = acting(self.desk, receive, entry_id=self._row.entry_id)
        self.send(
            acting(
                self.desk,
                name_entry,
                entry_id=self._row.entry_id,
                name=wanted.name,
                furigana=wanted.furigana,
                person_id=wanted.person_id,
            ),
            *((came,) if self._waits else ()),
        )

    def _without(self) -> None:
        self.accept()
        self.unnamed.emit(self._row)


class WalkInDialog(SavingDialog):
    """当日受付を加える: somebody without a place, entered and received in ten seconds. Signals: those of
    ``SavingDialog``."""

    def __init__(
        self, desk: Desk, *, event_id: int, event_title: str, spares: int, parent: QWidget | None = None
    ) -> None:
        """``spares`` = tablets put ready beside those assigned."""
        super().__init__(
            desk, "当日受付を加える", event_title, main="加えて受付済にする", note=CAN_UNDO, width=640, parent=parent
        )
        self._event_id = event_id
        self.fields = PersonFields(desk)
        self.devices = DeviceChoice(spares)
        self.fields.add_line("端末", self.devices)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields)
        self.body.addStretch(1)
        self.fields.finished.connect(self.main.click)
        self.confirmed.connect(self._save)
        self.fields.start()

    def _save(self) -> None:
        wanted = self.fields.wanted()
        if not wanted.name.strip():
            self.say_refusal("氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        self.send(
            acting(
                self.desk,
                add_walk_in,
                event_id=self._event_id,
                wanted=wanted,
                organisation_name=self.fields.organisation_name(),
                device=self.devices.value(),
            )
        )


class DeviceChoice(QWidget):
    """持参, 貸与 or none. Signals: none."""

    def __init__(self, spares: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        self._group = QButtonGroup(self)
        for number, (_value, words) in enumerate(_DEVICES):
            button = QRadioButton(words)
            self._group.addButton(button, number)
            line.addWidget(button)
        self._group.button(2).setChecked(True)
        line.addWidget(label(f"予備のタブレット {spares}台" if spares else "予備のタブレットはありません", "small"))
        line.addStretch(1)

    def value(self) -> Device:
        """What was chosen."""
        return _DEVICES[self._group.checkedId()][0]


class SubstituteDialog(SavingDialog):
    """代理の方を受け付ける: somebody comes in the place of a person on the list, entered and received at once.

    Signals: those of ``SavingDialog``.
    """

    def __init__(
        self, desk: Desk, row: DoorRow, organisation: tuple[int | None, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            "代理の方を受け付ける",
            row.spoken,
            main="代理の方を受付済にする",
            note=CAN_UNDO,
            width=640,
            parent=parent,
        )
        self._row = row
        self.fields = PersonFields(desk, organisation=organisation)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields)
        gone = f"{row.name}さんは欠席の連絡になります。" if not row.unnamed else ""
        self.put(
            label(
                f"番号・班・端末は代理の方が引き継ぎます。{gone}配慮と撮影の希望は引き継ぎません。", "small", wrap=True
            )
        )
        self.body.addStretch(1)
        self.fields.finished.connect(self.main.click)
        self.confirmed.connect(self._save)
        self.fields.start()

    def _save(self) -> None:
        wanted = self.fields.wanted()
        if not wanted.name.strip():
            self.say_refusal("代理の方の氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        self.send(acting(self.desk, receive_substitute, entry_id=self._row.entry_id, wanted=wanted))
