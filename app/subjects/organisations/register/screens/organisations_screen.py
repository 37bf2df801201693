"""The screen 団体, the register of 団体 by 支部 and of people."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from app.importing.parts.list_dialog import ListImportMenu
from app.main_window.navigation import check_page_name
from app.subjects.organisations.register.screens.import_view import LIST_PRESENTATION
from app.subjects.organisations.register.screens.merge_dialog import DuplicatesDialog
from app.subjects.organisations.register.screens.organisation_page import OrganisationPage
from app.subjects.organisations.register.screens.people_page import PeoplePage
from app.subjects.organisations.register.screens.unlinked_names_dialog import UnlinkedNamesDialog
from app.subjects.organisations.register.services.organisation_target import ORGANISATIONS as TARGET
from app.subjects.organisations.register.services.unlinked_names import UnlinkedName, read_unlinked_names
from app.widgets.buttons import Button, MenuAction
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading
from app.widgets.layouts import add, in_row
from app.widgets.pages import Pages
from app.widgets.screen import Screen, page_column
from app.widgets.tabs import TabBar
from app.window.app_context import AppContext
from app.window.debounce import debounce

ORGANISATIONS, PEOPLE = range(2)
VIEWS = ("団体", "人", "取り込み", "名簿にない団体名")
_ASK_MS = 150


class OrganisationsScreen(Screen):
    """The register of 団体 and people. Signals: none.

    ``open_with(organisation_id=…)`` or ``(person_id=…)`` goes to one; ``view="人"`` with ``text=`` filters the people;
    ``add="人"`` or ``"団体"`` with ``name=`` opens the form of a new one; ``view="取り込み"`` shows earlier imports and
    starts a new one, ``view="名簿にない団体名"`` the names that are not in the register.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        # One door for venues and their bookings: a page of its own, which leads back here.
        self.tabs = TabBar("団体", "人", "会場")
        self.add = Button("団体を加える", self._add, icon_name="plus")
        self.duplicates_button = Button("二重の登録を探す", self._find_duplicates, icon_name="copy")
        self.unlinked_button = Button("", self._show_unlinked_names)
        self.unlinked_button.hide()
        self._names: tuple[UnlinkedName, ...] = ()
        self._asked_candidates: dict[str, tuple[int, ...]] | None = None
        self._ask_timer = debounce(self, self._ask_unlinked_names, _ASK_MS)
        self._keys_to_ask: set[str] = set()
        self._is_dialog_requested = False
        self.import_menu = ListImportMenu(app_context, TARGET, LIST_PRESENTATION, more=self._menu_actions)
        self.import_menu.accept_drops(self)
        self.organisation_page = OrganisationPage(app_context)
        self._pages = Pages()
        self._pages.addWidget(self.organisation_page)
        self._current_tab = ORGANISATIONS
        self._build()
        self._connect()

    def _menu_actions(self) -> tuple[MenuAction, ...]:
        return (
            ("補助金の期限", self.organisation_page.list_subsidies),
            ("会長が替わった団体", self.organisation_page.list_changed_chairs),
        )

    @cached_property
    def people_page(self) -> PeoplePage:
        """Return the page of people, built on first use; building all pages at once would block the window."""
        made = PeoplePage(self.app_context)
        made.organisation_asked.connect(
            lambda organisation_id: self.app_context.go("organisations", organisation_id=organisation_id)
        )
        made.detail_page_toggled.connect(lambda on_detail: self._set_header_hidden(is_hidden=on_detail))
        self._pages.addWidget(made)
        return made

    def _build(self) -> None:
        column = page_column(self)
        self._header = QWidget()
        in_row(
            heading("団体"),
            (
                FlowRow(self.unlinked_button, self.duplicates_button, self.add, self.import_menu, spacing=12, at_end=4),
                1,
            ),
            owner=self._header,
            spacing=16,
        )
        add(column, self._header, self.tabs, (self._pages, 1))
        self.setFocusProxy(self.organisation_page.table)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.organisation_page.person_asked.connect(
            lambda person_id: self.app_context.go("organisations", person_id=person_id)
        )
        self.organisation_page.import_asked.connect(self.import_menu.list_imports)
        self.organisation_page.detail_page_toggled.connect(
            lambda on_detail: self._set_header_hidden(is_hidden=on_detail)
        )
        may = not self.app_context.read_only
        for button in (self.add, self.duplicates_button, self.unlinked_button):
            button.setEnabled(may)

    def open_with(self, **arguments: Any) -> None:
        """Go to the 団体, person or page named by the arguments."""
        name = str(arguments.get("name") or "")
        view = check_page_name(str(arguments.get("view") or ""), VIEWS)
        add = check_page_name(str(arguments.get("add") or ""), VIEWS[:2])
        if organisation_id := int(arguments.get("organisation_id") or 0):
            self._show_page(ORGANISATIONS)
            self.organisation_page.select_after_reload(organisation_id)
            self.organisation_page.show_details()
        elif person_id := int(arguments.get("person_id") or 0):
            self._show_page(PEOPLE)
            self.people_page.select_person(person_id)
            self.people_page.show_details()
        elif add == "人":
            self._show_page(PEOPLE)
            self.people_page.add(name)
        elif add == "団体":
            self._show_page(ORGANISATIONS)
            self.organisation_page.add(name)
        elif view == "人":
            self._show_page(PEOPLE)
            self.people_page.filter_by(str(arguments.get("text") or ""))
        elif view == "取り込み":
            self._show_page(ORGANISATIONS)
            self.import_menu.list_imports()
        elif view == "名簿にない団体名":
            self._show_page(ORGANISATIONS)
            self._is_dialog_requested = True
        elif view:
            self._show_page(ORGANISATIONS)

    def view_state(self) -> dict[str, Any]:
        """Return which page is shown; the page of 団体 is the default."""
        return {"view": "人"} if self._current_tab == PEOPLE else {}

    def reload(self) -> None:
        """Read the visible page again."""
        self._current_page().reload()
        self.run_read(self._on_unlinked_names, read_unlinked_names)

    def _on_unlinked_names(self, names: tuple[UnlinkedName, ...]) -> None:
        """Show how many names are not linked; ask once when the register has gained a 団体 for one of them."""
        self._names = names
        self.unlinked_button.set_words(f"名簿にない団体名 {len(names)}")
        self.unlinked_button.setVisible(bool(names))
        meant = {
            one.key: tuple(each.id for each in ((one.organisation,) if one.organisation else one.similar))
            for one in names
            if one.may_be_registered
        }
        if self._asked_candidates is not None:
            self._keys_to_ask |= {key for key, ids in meant.items() if self._asked_candidates.get(key) != ids}
        self._asked_candidates = (self._asked_candidates or {}) | meant
        if self._is_dialog_requested and names:
            self._show_unlinked_names()
        self._is_dialog_requested = False
        if self._keys_to_ask:
            self._ask_timer.start()

    def _ask_unlinked_names(self) -> None:
        """Ask about newly linkable names after the dialog that saved has closed."""
        if QApplication.activeModalWidget() is not None:
            self._ask_timer.start()
            return
        names = [one for one in self._names if one.key in self._keys_to_ask]
        self._keys_to_ask = set()
        if names and self.isVisible() and not self.app_context.read_only:
            UnlinkedNamesDialog(self.app_context, names, parent=self).open()

    def _show_unlinked_names(self) -> None:
        UnlinkedNamesDialog(self.app_context, self._names, parent=self).open()

    def _current_page(self) -> OrganisationPage | PeoplePage:
        return self.people_page if self._current_tab == PEOPLE else self.organisation_page

    def _show_page(self, tab: int) -> None:
        self._current_tab = tab
        self._pages.setCurrentWidget(self._current_page())
        # Who is led here stands in the list that is seen: its keys (F2, Enter) are those that the buttons name.
        self.setFocusProxy(self._current_page().table)
        self.tabs.blockSignals(True)
        self.tabs.choose(tab)
        self.tabs.blockSignals(False)
        self._set_header_hidden(is_hidden=False)
        self.add.set_words("人を加える" if tab == PEOPLE else "団体を加える")

    def _on_tab_chosen(self, tab: int) -> None:
        if tab > PEOPLE:
            self._show_page(self._current_tab)
            self.app_context.go("venues")
            return
        self._show_page(tab)
        self.reload()
        self._current_page().setFocus()

    def _set_header_hidden(self, *, is_hidden: bool) -> None:
        self._header.setVisible(not is_hidden)
        self.tabs.setVisible(not is_hidden)

    def _add(self) -> None:
        if self._current_tab == PEOPLE:
            self.people_page.add()
        else:
            self.organisation_page.add()

    def _find_duplicates(self) -> None:
        DuplicatesDialog(self.app_context, parent=self).open()
