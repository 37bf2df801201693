"""団体・参加者: the register of 団体 by 支部 and of people, and the ways to what belongs to them."""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property, partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.main_window.navigation import known_word
from app.subjects.register.screens.import_page import ImportPage
from app.subjects.register.screens.merge_dialog import DoublesDialog
from app.subjects.register.screens.organisation_page import OrganisationPage
from app.subjects.register.screens.people_page import PeoplePage
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading
from app.widgets.screen import Screen, page
from app.widgets.tabs import TabBar
from app.window.desk import Desk

ORGANISATIONS, PEOPLE, IMPORT = range(3)
VIEWS = ("団体", "人", "取り込み")
WAYS = (
    ("roster", "実施回の参加者"),
    ("applications", "申込を取り込む"),
    ("participants", "人数連絡"),
    ("venues", "会場・予約"),
)


class OrganisationsScreen(Screen):
    """The register. Signals: none.

    ``arrive(organisation_id=…)`` or ``(person_id=…)`` goes to one; ``view="人"`` with ``text=`` narrows the people;
    ``add="人"`` or ``"団体"`` with ``name=`` asks for a new one; ``view="取り込み"`` opens the import.
    """

    def __init__(self, desk: Desk, *, places: Container[str] | None = None, parent: QWidget | None = None) -> None:
        """``places`` are the places of the window; links to others are left out (None = all are there)."""
        super().__init__(desk, parent)
        self.tabs = TabBar("団体", "人")
        self.add = Button("団体を加える", self._add, icon_name="plus")
        self.doubles = Button("二重の登録を探す", self._find_doubles, icon_name="copy")
        self.take_in = Button("団体の一覧を取り込む", self._open_import, kind="main", icon_name="upload-simple")
        self.ways = [
            link_button(words, partial(desk.go, place)) for place, words in WAYS if places is None or place in places
        ]
        self.organisations = OrganisationPage(desk)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.organisations)
        self._shown = ORGANISATIONS
        self._build()
        self._connect()

    @cached_property
    def people(self) -> PeoplePage:
        """The page of people, built when first gone to: all pages at once would hold the window."""
        made = PeoplePage(self.desk)
        made.organisation_asked.connect(
            lambda organisation_id: self.desk.go("organisations", organisation_id=organisation_id)
        )
        made.turned.connect(lambda on_detail: self._fold(away=on_detail))
        self._pages.addWidget(made)
        return made

    @cached_property
    def intake(self) -> ImportPage:
        """The import, built when first gone to."""
        made = ImportPage(self.desk)
        made.left.connect(lambda: self._show(ORGANISATIONS))
        self._pages.addWidget(made)
        return made

    def _build(self) -> None:
        column = page(self)
        self._head = QWidget()
        line = QHBoxLayout(self._head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(heading("団体・参加者"))
        line.addWidget(FlowRow(self.doubles, self.add, self.take_in, spacing=12, at_end=3), 1)
        column.addWidget(self._head)
        for link in self.ways:
            self.tabs.put_at_end(link)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show)
        self.organisations.person_asked.connect(lambda person_id: self.desk.go("organisations", person_id=person_id))
        self.organisations.import_asked.connect(self._open_import)
        self.organisations.turned.connect(lambda on_detail: self._fold(away=on_detail))
        may = not self.desk.read_only
        for button in (self.add, self.take_in, self.doubles):
            button.setEnabled(may)

    def arrive(self, **arguments: Any) -> None:
        """Go to a 団体 or a person, or to what is asked for."""
        name = str(arguments.get("name") or "")
        view = known_word(str(arguments.get("view") or ""), VIEWS)
        add = known_word(str(arguments.get("add") or ""), VIEWS[:2])
        if organisation_id := int(arguments.get("organisation_id") or 0):
            self._turn(ORGANISATIONS)
            self.organisations.go_to(organisation_id)
            self.organisations.show_details()
        elif person_id := int(arguments.get("person_id") or 0):
            self._turn(PEOPLE)
            self.people.go_to(person_id)
            self.people.show_details()
        elif add == "人":
            self._turn(PEOPLE)
            self.people.add(name)
        elif add == "団体":
            self._turn(ORGANISATIONS)
            self.organisations.add(name)
        elif view == "人":
            self._turn(PEOPLE)
            self.people.narrow(str(arguments.get("text") or ""))
        elif view == "取り込み":
            self._open_import()
        elif view or self._shown == IMPORT:
            self._turn(ORGANISATIONS)

    def reload(self) -> None:
        """Read the page that is seen."""
        self._page().reload()

    def _page(self) -> OrganisationPage | PeoplePage | ImportPage:
        if self._shown == PEOPLE:
            return self.people
        return self.organisations if self._shown == ORGANISATIONS else self.intake

    def _turn(self, number: int) -> None:
        self._shown = number
        self._pages.setCurrentWidget(self._page())
        if number != IMPORT:
            self.tabs.blockSignals(True)
            self.tabs.choose(number)
            self.tabs.blockSignals(False)
        self._fold(away=number == IMPORT)
        self.add.set_words("人を加える" if number == PEOPLE else "団体を加える")

    def _show(self, number: int) -> None:
        self._turn(number)
        self.reload()
        self._page().setFocus()

    def _fold(self, *, away: bool) -> None:
        self._head.setVisible(not away)
        self.tabs.setVisible(not away)

    def _add(self) -> None:
        if self._shown == PEOPLE:
            self.people.add()
        else:
            self.organisations.add()

    def _open_import(self) -> None:
        self._turn(IMPORT)
        self.intake.begin()

    def _find_doubles(self) -> None:
        DoublesDialog(self.desk, parent=self).open()
