"""Who somebody is, in a few keys: 団体 by two letters, a known person picked, or a new name with its ふりがな."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.subjects.reception.screens.pick_field import Offer, PickField
from app.subjects.register.services.search import OrganisationHit, PersonHit, find_organisations
from app.subjects.roster.services.entry_names import WantedPerson, people_known
from app.widgets.labels import label
from app.widgets.one_line import OneLine
from app.window import theme as t
from app.window.desk import Desk, with_store

Show = Callable[[Sequence[Offer]], None]


class PersonFields(QWidget):
    """団体, 氏名, ふりがな. Signals: ``finished()`` Enter in the last field."""

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
            show([Offer(_organisation_words(hit), hit.organisation.name, hit) for hit in found])

        self._desk.read(with_store(find_organisations, text=text, limit=5), offer, owner=self)

    def _find_people(self, text: str, show: Show) -> None:
        def offer(found: Sequence[PersonHit]) -> None:
            show([Offer(_person_words(hit), hit.person.name, hit) for hit in found])

        self._desk.read(
            with_store(people_known, organisation_id=self._organisation_id, text=text, limit=5), offer, owner=self
        )

    def _on_organisation_typed(self, _text: str) -> None:
        self._organisation_id = None
        self._person_id = None

    def _on_organisation(self, offer: Offer) -> None:
        self._organisation_id = offer.value.id
        self._to_person()

    def _to_person(self) -> None:
        self.person.setFocus()
        if self._organisation_id is not None:
            self.person.look()

    def _on_person_typed(self, _text: str) -> None:
        self._person_id = None
        self.hint.setText("")

    def _on_person(self, offer: Offer) -> None:
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
