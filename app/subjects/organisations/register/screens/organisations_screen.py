"""団体: the register of 団体 by 支部 and of people."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from app.importing.parts.list_dialog import ListFiles
from app.main_window.navigation import known_word
from app.subjects.organisations.register.screens.import_view import LISTED
from app.subjects.organisations.register.screens.merge_dialog import DoublesDialog
from app.subjects.organisations.register.screens.organisation_page import OrganisationPage
from app.subjects.organisations.register.screens.people_page import PeoplePage
from app.subjects.organisations.register.screens.written_names_dialog import WrittenNamesDialog
from app.subjects.organisations.register.services.organisation_target import ORGANISATIONS as TARGET
from app.subjects.organisations.register.services.written_names import WrittenName, read_written_names
from app.widgets.buttons import Button, MoreAct
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading
from app.widgets.layouts import add, in_row
from app.widgets.pages import Pages
from app.widgets.screen import Screen, page
from app.widgets.tabs import TabBar
from app.window.desk import Desk
from app.window.later import later

ORGANISATIONS, PEOPLE = range(2)
VIEWS = ("団体", "人", "取り込み", "名簿にない団体名")
_ASK_MS = 150


class OrganisationsScreen(Screen):
    """The register. Signals: none.

    ``open_with(organisation_id=…)`` or ``(person_id=…)`` goes to one; ``view="人"`` with ``text=`` narrows the people;
    ``add="人"`` or ``"団体"`` with ``name=`` asks for a new one; ``view="取り込み"`` shows the lists taken in so far
    and the way to take in another, ``view="名簿にない団体名"`` the names that stand in no register.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        # One door for venues and their bookings: a page of its own, which leads back here.
        self.tabs = TabBar("団体", "人", "会場")
        self.add = Button("団体を加える", self._add, icon_name="plus")
        self.doubles = Button("二重の登録を探す", self._find_doubles, icon_name="copy")
        self.written = Button("", self._show_written)
        self.written.hide()
        self._names: tuple[WrittenName, ...] = ()
        self._asked: dict[str, tuple[int, ...]] | None = None
        self._ask_soon = later(self, self._ask_written, _ASK_MS)
        self._to_ask: set[str] = set()
        self._wants_written = False
        self.files = ListFiles(desk, TARGET, LISTED, more=self._seldom)
        self.files.take_drops(self)
        self.organisations = OrganisationPage(desk)
        self._pages = Pages()
        self._pages.addWidget(self.organisations)
        self._shown = ORGANISATIONS
        self._build()
        self._connect()

    def _seldom(self) -> tuple[MoreAct, ...]:
        return (
            ("補助金の期限", self.organisations.list_subsidies),
            ("会長が替わった団体", self.organisations.list_changed_chairs),
        )

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

    def _build(self) -> None:
        column = page(self)
        self._head = QWidget()
        in_row(
            heading("団体"),
            (FlowRow(self.written, self.doubles, self.add, self.files, spacing=12, at_end=4), 1),
            owner=self._head,
            spacing=16,
        )
        add(column, self._head, self.tabs, (self._pages, 1))
        self.setFocusProxy(self.organisations.table)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show)
        self.organisations.person_asked.connect(lambda person_id: self.desk.go("organisations", person_id=person_id))
        self.organisations.import_asked.connect(self.files.list_imports)
        self.organisations.turned.connect(lambda on_detail: self._fold(away=on_detail))
        may = not self.desk.read_only
        for button in (self.add, self.doubles, self.written):
            button.setEnabled(may)

    def open_with(self, **arguments: Any) -> None:
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
            self._turn(ORGANISATIONS)
            self.files.list_imports()
        elif view == "名簿にない団体名":
            self._turn(ORGANISATIONS)
            self._wants_written = True
        elif view:
            self._turn(ORGANISATIONS)

    def view_state(self) -> dict[str, Any]:
        """The page of people; that of the 団体 is where one begins."""
        return {"view": "人"} if self._shown == PEOPLE else {}

    def reload(self) -> None:
        """Read the page that is seen."""
        self._page().reload()
        self.fetch(self._take_written, read_written_names)

    def _take_written(self, names: tuple[WrittenName, ...]) -> None:
        """Show how many names are not linked; where the register learnt of one since they were read last, ask once."""
        self._names = names
        self.written.set_words(f"名簿にない団体名 {len(names)}")
        self.written.setVisible(bool(names))
        meant = {
            one.key: tuple(each.id for each in ((one.organisation,) if one.organisation else one.near))
            for one in names
            if one.may_be_known
        }
        if self._asked is not None:
            self._to_ask |= {key for key, ids in meant.items() if self._asked.get(key) != ids}
        self._asked = (self._asked or {}) | meant
        if self._wants_written and names:
            self._show_written()
        self._wants_written = False
        if self._to_ask:
            self._ask_soon.start()

    def _ask_written(self) -> None:
        """Ask of what the register learnt, once whatever was saved has closed."""
        if QApplication.activeModalWidget() is not None:
            self._ask_soon.start()
            return
        names = [one for one in self._names if one.key in self._to_ask]
        self._to_ask = set()
        if names and self.isVisible() and not self.desk.read_only:
            WrittenNamesDialog(self.desk, names, parent=self).open()

    def _show_written(self) -> None:
        WrittenNamesDialog(self.desk, self._names, parent=self).open()

    def _page(self) -> OrganisationPage | PeoplePage:
        return self.people if self._shown == PEOPLE else self.organisations

    def _turn(self, number: int) -> None:
        self._shown = number
        self._pages.setCurrentWidget(self._page())
        # Who is led here stands in the list that is seen: its keys (F2, Enter) are those that the buttons name.
        self.setFocusProxy(self._page().table)
        self.tabs.blockSignals(True)
        self.tabs.choose(number)
        self.tabs.blockSignals(False)
        self._fold(away=False)
        self.add.set_words("人を加える" if number == PEOPLE else "団体を加える")

    def _show(self, number: int) -> None:
        if number > PEOPLE:
            self._turn(self._shown)
            self.desk.go("venues")
            return
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

    def _find_doubles(self) -> None:
        DoublesDialog(self.desk, parent=self).open()
