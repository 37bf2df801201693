"""The screen 団体: the register of 団体 by 支部 and of people, with import, and linking of names written earlier."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.importing.parts import ChoiceDialog, ListImportMenu, ListPresentation
from app.importing.row_target import LEFT_OUT, ListPreview, RowChoice
from app.main_window.navigation import check_page_name
from app.registers.register.parts import organisation_picker
from app.registers.register.screens.merge_dialog import DuplicatesDialog
from app.registers.register.screens.organisation_page import OrganisationPage
from app.registers.register.screens.people_page import PeoplePage
from app.registers.register.services.organisation_intake import (
    MANY_NEW,
    NEW_ORGANISATION,
    SAME_ORGANISATION,
    TAKE_NEW,
    JudgedOrganisation,
)
from app.registers.register.services.organisation_target import ORGANISATIONS as TARGET
from app.registers.register.services.search import OrganisationHit
from app.registers.register.services.unlinked_names import (
    AS_NEW_ORGANISATION,
    LinkAnswer,
    UnlinkedName,
    link_names,
    read_unlinked_names,
)
from app.widgets.buttons import Button, MenuAction, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading
from app.widgets.layouts import add, row_of
from app.widgets.lists.record_model import Cell, Column
from app.widgets.pages import Pages
from app.widgets.screen import Screen, page_column
from app.widgets.tabs import TabBar
from app.window.app_context import AppContext
from app.window.debounce import debounce
from db.records.organisations import Organisation


class OrganisationChoiceDialog(ChoiceDialog):
    """Dialog that asks which 団体 a row of the list means. Signals: those of ``ChoiceDialog``."""

    found: JudgedOrganisation

    def row_text(self) -> str:
        """Return the 団体 as the file has it, and why the row must be decided."""
        source = self.found.source
        return f"ファイルの団体　**{source.name}**（{source.branch or '支部なし'}）\n{self.found.words}"

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the choices: a registered 団体, a new one, or none."""
        return (
            (SAME_ORGANISATION, "登録されている団体と同じ（変わったところだけ更新）"),
            (NEW_ORGANISATION, "新しい団体として加える"),
            (LEFT_OUT, "取り込まない"),
        )

    def default_option(self) -> str:
        """Return the option chosen at first: same as a registered 団体 where one fits, else a new one.

        A row that repeats one above it is left out.
        """
        if self._registered_organisation() is not None:
            return SAME_ORGANISATION
        repeats = any(one.code == "duplicate_organisation" for one in self.found.source.problems)
        return LEFT_OUT if repeats else NEW_ORGANISATION

    def add_widgets(self) -> None:
        """Add the field that finds the registered 団体."""
        self.picker = organisation_picker(self.app_context, title="同じ団体", hint="登録されている団体を探す")
        self.put(self.picker)
        known = self._registered_organisation()
        if known is not None:
            self.picker.show_hit(OrganisationHit(organisation=known))
        self.form.changed.connect(self._update_fields)
        self.picker.chosen.connect(self.fit_to_content)
        self.picker.confirmed_without_match.connect(self.main.click)
        self.picker.setVisible(known is not None)

    def decision(self, action: str, reason: str) -> RowChoice | None:
        """Return the decision with the chosen 団体; where it is incomplete show why and return None."""
        hit = self.picker.hit
        if action == SAME_ORGANISATION and hit is None:
            self.show_error_text("**同じ団体が選ばれていません。**\n候補から選んでください。")
            self.picker.setFocus()
            return None
        return RowChoice(action=action, reason=reason, record_id=hit.id if action == SAME_ORGANISATION else None)

    def _registered_organisation(self) -> Organisation | None:
        """Return the registered 団体 that fits or is most similar, None where none is."""
        return self.found.organisation or (self.found.similar[0] if self.found.similar else None)

    def _update_fields(self) -> None:
        """Show the search field only where a registered 団体 is meant."""
        self.picker.setVisible(self.form.value("action") == SAME_ORGANISATION)
        if self.isVisible():
            self.fit_to_content()


_OF_NEW = ((False, "1行ずつ確かめる"), (True, "すべて新しい団体として加える"))


def _setting_fields(preview: ListPreview[JudgedOrganisation]) -> Sequence[Field]:
    """Return the questions about the whole list: its day, the year of its 補助金, the disposal day of its contacts."""
    said = preview.settings["fiscal_year"]
    years = tuple((year, fiscal_year_words(year)) for year in range(said + 1, said - 4, -1))
    new = sum(one.reason == MANY_NEW for one in preview.rows)
    return (
        *((Field(TAKE_NEW, f"登録と合わない{new}団体", "radio", choices=_OF_NEW),) if new else ()),
        Field(
            "as_of",
            "いつ現在の一覧か",
            "date",
            width=140,
            hint="段階と会長の履歴は、この日で記録します。",
        ),
        Field("fiscal_year", "補助金の年度", "choice", width=160, choices=years),
        Field(
            "dispose_on",
            "連絡先の廃棄予定日",
            "date",
            width=140,
            hint="電話番号などは「団体への連絡」のために使い、この日に廃棄する予定として残します。",
        ),
    )


def _changes(row: JudgedOrganisation) -> Cell:
    """Return the cell that says what importing a row changes: its differences; of a new 団体 会長, 世帯数 and 段階."""
    if row.outcome == "新規":
        source = row.source
        parts = [
            fill_nonempty("会長 {}", source.chair),
            f"{source.households:,}世帯" if source.households else "",
        ]
        stages = "・".join(f"{tool} {stage}" for tool, stage in source.stages.items())
        return Cell("新しく加える", aside=join_nonempty(*parts, stages))
    written = "　".join(one.words for one in row.changes_to_write)
    return Cell(written or "—", tone="" if written else "second")


LIST_PRESENTATION = ListPresentation(
    columns=(
        Column("name", "団体", lambda row: Cell(row.source.name, aside=row.source.branch), widest=360),
        Column("changes", "変わるところ（いま→ファイル）", _changes, stretch=True, sortable=False),
    ),
    extra_questions=_setting_fields,
    choice_dialog=OrganisationChoiceDialog,
)


_DECIDE_LATER = ""
_MAX_NAMES = 30


class UnlinkedNamesDialog(SavingDialog):
    """Dialog that asks for each unregistered name (at most 30) which 団体 it means; signals those of ``SavingDialog``.

    Unambiguous names have their 団体 chosen already, or that they are new, so that one press settles everything.
    """

    def __init__(self, parent: QWidget, names: Sequence[UnlinkedName]):
        super().__init__(parent, "名簿にない団体名", f"{len(names)}団体", main="結び付ける", width=760)
        self._names = tuple(names[:_MAX_NAMES])
        rest = len(names) - len(self._names)
        self.put(
            Paragraph(
                "申込などに書かれたまま、団体の名簿と結び付いていない団体名です。"
                "同じ団体を選ぶと、申込・参加・実施回がその団体のものになります。"
                "書かれた名前は、申込の記録に残ります。"
                + fill_nonempty("ほかに{}団体あります（ここで決めると、つぎに出ます）。", rest)
            )
        )
        self.form = Form(
            tuple(
                Field(
                    str(number),
                    "／".join(one.spellings),
                    "choice",
                    width=380,
                    choices=organisation_options(one),
                    hint=_description(one),
                )
                for number, one in enumerate(self._names)
            ),
            label_width=260,
            on_change=self._update_button,
        )
        # What nothing registered resembles, and no two 支部 claim, can only be new.
        self.form.set_values(
            {
                field.key: str(one.organisation.id)
                if one.organisation is not None
                else field.choices[-1][0]
                if len(field.choices) == 2
                else _DECIDE_LATER
                for field, one in zip(self.form.fields, self._names, strict=True)
            }
        )
        self.put(self.form, None)
        self.form.go_to("0")
        self._update_button()

    def answers(self) -> dict[str, LinkAnswer]:
        """Return the choices by name key; names left for later are not included."""
        chosen = {one.key: str(self.form.value(str(number))) for number, one in enumerate(self._names)}
        return {
            key: answer if answer.startswith(AS_NEW_ORGANISATION) else int(answer)
            for key, answer in chosen.items()
            if answer != _DECIDE_LATER
        }

    def _update_button(self) -> None:
        """Say on the button how many names are linked or added; disable it for none."""
        answers = self.answers().values()
        verb = "結び付ける" if any(isinstance(one, int) for one in answers) else "新しく加える"
        self.set_main(f"{len(answers)}団体を{verb}" if answers else "結び付ける", enabled=bool(answers))

    def _save(self) -> None:
        self.run_action(link_names, answers=self.answers())


def organisation_options(unlinked_name: UnlinkedName) -> tuple[tuple[str, str], ...]:
    """Return the options for an unlinked name: a known 団体, a new one, or decide later."""
    known = (unlinked_name.organisation,) if unlinked_name.organisation is not None else unlinked_name.similar
    first = (_DECIDE_LATER, "選んでください" if unlinked_name.similar else "あとで決める")
    return (
        first,
        *((str(each.id), f"{_organisation_text(each)}と同じ") for each in known),
        *(
            (f"{AS_NEW_ORGANISATION}{branch}", f"「{unlinked_name.name}」を{fill_nonempty('{}に', branch)}新しく加える")
            for branch in unlinked_name.branches or ("",)
        ),
    )


def _organisation_text(organisation: Organisation) -> str:
    return f"{organisation.name}（{organisation.branch}）" if organisation.branch else organisation.name


def _description(unlinked_name: UnlinkedName) -> str:
    """Return where an unlinked name stands, and which people would be merged."""
    if not unlinked_name.people_to_merge:
        return unlinked_name.locations_text
    named = "、".join(unlinked_name.people_to_merge[:3]) + ("ほか" if len(unlinked_name.people_to_merge) > 3 else "")
    return join_nonempty(
        unlinked_name.locations_text,
        f"名簿と同じ氏名の{len(unlinked_name.people_to_merge)}人（{named}）は1件にまとめます",
    )


ORGANISATIONS, PEOPLE = range(2)
VIEWS = ("団体", "人", "取り込み", "名簿にない団体名")
_ASK_MS = 150


class OrganisationsScreen(Screen):
    """The screen 団体 with the register of 団体 and people. Signals: none.

    ``open_with(organisation_id=…)`` or ``(person_id=…)`` goes to one; ``view="人"`` with ``text=`` filters the people;
    ``add="人"`` or ``"団体"`` with ``name=`` opens the form of a new one; ``view="取り込み"`` shows earlier imports and
    starts a new one, ``view="名簿にない団体名"`` the names that are not in the register.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        # Venues and bookings are a screen of their own, which leads back here.
        self.tabs = TabBar("団体", "人", "会場")
        self.add = Button("団体を加える", self._add, icon_name="plus")
        self.duplicates_button = Button("二重の登録を探す", self._find_duplicates, icon_name="copy")
        self.unlinked_button = main_button("", self._show_unlinked_names)
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
            (
                "差し込み用の一覧",
                lambda: self.go("purpose_export", purpose="差し込み用", kind="すべての団体"),
            ),
        )

    @cached_property
    def people_page(self) -> PeoplePage:
        """Return the page of people, built on first use; building all pages at once would block the window."""
        made = PeoplePage(self.app_context)
        made.organisation_asked.connect(
            lambda organisation_id: self.go("organisations", organisation_id=organisation_id)
        )
        made.detail_page_toggled.connect(self._set_header_hidden)
        self._pages.addWidget(made)
        return made

    def _build(self) -> None:
        """Lay out the head, the tabs and the pages."""
        column = page_column(self)
        self._header = row_of(
            heading("団体"),
            (
                FlowRow(self.unlinked_button, self.duplicates_button, self.add, self.import_menu, spacing=12, at_end=4),
                1,
            ),
            spacing=16,
        )
        add(column, self._header, self.tabs, (self._pages, 1))
        self.setFocusProxy(self.organisation_page.table)

    def _connect(self) -> None:
        """Connect tabs, pages and buttons with the methods of the screen."""
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.organisation_page.person_asked.connect(lambda person_id: self.go("organisations", person_id=person_id))
        self.organisation_page.import_asked.connect(self.import_menu.start_import)
        self.organisation_page.detail_page_toggled.connect(self._set_header_hidden)
        may = self.may_write
        for button in (self.add, self.duplicates_button, self.unlinked_button):
            button.setEnabled(may)

    def open_with(self, **arguments: Any) -> None:
        """Show the 団体, person or page that the arguments name; ``add`` opens the form for a new one."""
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
            self.import_menu.start_import()
        elif view == "名簿にない団体名":
            self._show_page(ORGANISATIONS)
            self._is_dialog_requested = True
        elif view:
            self._show_page(ORGANISATIONS)

    def view_state(self) -> dict[str, Any]:
        """Return which page is shown; the page of 団体 is the default."""
        return {"view": "人"} if self._current_tab == PEOPLE else {}

    def reload(self) -> None:
        """Read the visible page again, and the names that are not in the register."""
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
        """Open the dialog about newly linkable names, once no other dialog is open."""
        if QApplication.activeModalWidget() is not None:
            self._ask_timer.start()
            return
        names = [one for one in self._names if one.key in self._keys_to_ask]
        self._keys_to_ask = set()
        if names and self.isVisible() and self.may_write:
            UnlinkedNamesDialog(self, names).open()

    def _show_unlinked_names(self) -> None:
        UnlinkedNamesDialog(self, self._names).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit the 団体 or person shown on F2, wherever on the screen the focus is; a list takes F2 for its row."""
        if event.key() == Qt.Key.Key_F2:
            self._current_page().edit_shown(self._current_page().edit)
        else:
            super().keyPressEvent(event)

    def _current_page(self) -> OrganisationPage | PeoplePage:
        return self.people_page if self._current_tab == PEOPLE else self.organisation_page

    def _show_page(self, tab: int) -> None:
        self._current_tab = tab
        self._pages.setCurrentWidget(self._current_page())
        # Navigation focuses the visible list, so that its keys (F2, Enter) match the buttons.
        self.setFocusProxy(self._current_page().table)
        self.tabs.blockSignals(True)
        self.tabs.choose(tab)
        self.tabs.blockSignals(False)
        self._set_header_hidden(is_hidden=False)
        self.add.set_words("人を加える" if tab == PEOPLE else "団体を加える")

    def _on_tab_chosen(self, tab: int) -> None:
        """Show the page of the tab, or go to the screen of venues."""
        if tab > PEOPLE:
            self._show_page(self._current_tab)
            self.go("venues")
            return
        self._show_page(tab)
        self.reload()
        self._current_page().setFocus()

    def _set_header_hidden(self, is_hidden: bool) -> None:
        self._header.setVisible(not is_hidden)
        self.tabs.setVisible(not is_hidden)

    def _add(self) -> None:
        if self._current_tab == PEOPLE:
            self.people_page.add()
        else:
            self.organisation_page.add()

    def _find_duplicates(self) -> None:
        DuplicatesDialog(self).open()
