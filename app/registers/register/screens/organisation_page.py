"""The list of 団体 by 支部, searchable in any spelling, with the details of the current one beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import export_button
from app.registers.register.rules import NO_BRANCH
from app.registers.register.screens.merge_dialog import merge_organisation_dialog
from app.registers.register.screens.register_columns import (
    DetailSection,
    contact_columns,
    member_columns,
    organisation_columns,
    participation_columns,
    planned_columns,
    stage_columns,
    subsidy_columns,
    subsidy_days,
    term_of_role_words,
)
from app.registers.register.screens.register_dialogs import (
    SubsidyCarryOverDialog,
    add_person_dialog,
    contact_dialog,
    organisation_dialog,
    planned_dialog,
    stage_dialog,
    subsidy_dialog,
)
from app.registers.register.screens.register_page import RegisterPage
from app.registers.register.services.organisation_view import (
    RECORD,
    FormerRole,
    MemberLine,
    OrganisationView,
    StageHistoryLine,
    read_organisation,
)
from app.registers.register.services.organisations import (
    OrganisationList,
    OrganisationRow,
    delete_organisation,
    list_branches,
    list_organisations,
    remove_contact,
    remove_stage_mark,
)
from app.registers.register.services.people import delete_person
from app.registers.register.services.planned_changes import (
    ChairChanges,
    read_chair_changes,
    remove_planned_change,
)
from app.registers.register.services.subsidies import SubsidyYear, read_subsidies, remove_subsidy
from app.widgets.buttons import inline_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.field_icons import offer_clearing, put_field_icon
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import Paragraph, label, second_label, show_text_or_hide, small_label, wrapped_label
from app.widgets.layouts import add, column_of, in_column, in_row
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area
from app.window.app_context import AppContext
from app.window.debounce import debounce
from app.window.year_words import in_year_words
from db.records.organisations import Contact, PlannedChange, PlannedField, Subsidy


class SearchField(OneLine):
    """Search field above the list. Signals: those of a line edit; ``list_asked()`` on ↓ or Enter."""

    list_asked = Signal()

    def __init__(self, words: str):
        super().__init__("")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        offer_clearing(self)
        put_field_icon(self, "funnel")

    def start_with(self, text: str) -> None:
        """Take the focus and a text typed while the list had it."""
        self.setFocus()
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``list_asked`` on ↓ and Enter, clear the field on Esc."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list_asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class OrganisationDetail(Panel):
    """Panel with the details of one 団体, in the right column; what can be done there is done by ``page``.

    Signals: none.
    """

    def __init__(self, page: OrganisationPage):
        super().__init__()
        self.view: OrganisationView | None = None
        self.problem = NoteBox(tone="red")
        self._page = page
        self._built = False

    def ensure_built(self) -> None:
        """Build the widgets on first use; building them together with the list would block the window too long."""
        if self._built:
            return
        self._built = True
        page = self._page
        today = page.today
        self.branch = second_label()
        self.name = wrapped_label("", "h2")
        self.basics = wrapped_label("", "body")
        self.edit = inline_button("直す（F2）", partial(page.edit_shown, page.edit))
        self.merge_button = inline_button("ほかの登録とまとめる", partial(page.edit_shown, page.merge))
        self.record = inline_button("団体の記録を出す", page.open_documents)
        self.remove = inline_button("削除する", page.remove, danger=True)
        self.members = DetailSection(
            "members",
            "役員・人",
            member_columns(),
            empty="まだ登録がありません。",
            add="人を加える",
            on_open=page.open_person,
            on_remove=lambda line: page.run_action(delete_person, person_id=line.person.id),
            unit="人",
        )
        self.former_roles = small_label()
        self.contacts = DetailSection(
            "contacts",
            "連絡先",
            contact_columns(today),
            empty="まだ登録がありません。",
            add="連絡先を加える",
            on_open=partial(page.edit_shown, page.edit_contact),
            on_remove=lambda row: page.run_action(remove_contact, contact_id=row.id),
        )
        self.stages = DetailSection(
            "stages",
            "ツール別の段階",
            stage_columns(today),
            empty="まだ記録がありません。",
            add="段階を記録する",
            on_open=partial(page.edit_shown, page.edit_stage),
            on_remove=self._remove_mark,
        )
        self.participation = DetailSection(
            "parts",
            "受講歴",
            participation_columns(today, show_people=True),
            empty="申込や参加の記録はまだありません。",
            on_open=lambda line: page.go("event", event_id=line.event.id, tab="参加者"),
            unit="回",
        )
        self.subsidies = DetailSection(
            "subsidies",
            "補助金",
            subsidy_columns(today),
            empty="まだ記録がありません。",
            add="補助金を加える",
            on_open=partial(page.edit_shown, page.edit_subsidy),
            on_remove=lambda row: page.run_action(remove_subsidy, subsidy_id=row.id),
        )
        self.planned = DetailSection(
            "planned",
            "届出の予定",
            planned_columns(today, self._is_suspended),
            empty="替わる日の決まった届出はありません。",
            add="予定を加える",
            on_open=partial(page.edit_shown, page.edit_planned),
            on_remove=lambda row: page.run_action(remove_planned_change, planned_id=row.id),
        )
        self.policy = Paragraph()
        self.remark = Paragraph(role="second")
        self._build()

    def _build(self) -> None:
        """Lay out the sections with the details of a 団体."""
        inside = QWidget()
        column = in_column(
            self.branch,
            self.name,
            self.basics,
            FlowRow(self.record, self.edit, self.merge_button, self.remove),
            self.problem,
            self.members,
            self.former_roles,
            self.contacts,
            self.planned,
            self.stages,
            owner=inside,
            spacing=8,
            margins=(0, 0, 6, 0),
        )
        self._policy_head = label("支援方針", "strong")
        add(column, self._policy_head, self.policy, self.participation, self.subsidies)
        self._remark_head = label("備考", "strong")
        add(column, self._remark_head, self.remark, None)
        self.put((in_scroll_area(inside), 1))

    def show_view(self, view: OrganisationView, *, may_write: bool) -> None:
        """Show a 団体 in every section of the details; editing only with ``may_write``."""
        self.ensure_built()
        another = self.view is None or self.view.organisation.id != view.organisation.id
        self.view = view
        one = view.organisation
        self.branch.setText(one.branch or in_year_words(NO_BRANCH))
        self.name.setText(one.name)
        count = one.households_text or ("" if one.households is None else f"{one.households:,}世帯")
        show_text_or_hide(self.basics, join_nonempty(one.furigana, count))
        for link in (self.edit, self.merge_button, self.remove):
            link.setVisible(may_write)
        if another:
            self.problem.show_text("")
        self.members.show_rows(view.members, may_write=may_write)
        self.former_roles.setText("\n".join(_former_role_text(line) for line in view.former_roles))
        self.former_roles.setVisible(bool(view.former_roles))
        self.contacts.show_rows(view.contacts, may_write=may_write)
        self.stages.show_rows(view.stages, may_write=may_write)
        self.stages.heading.setText("ツール別の段階")
        self.participation.show_rows(view.participation, may_write=False)
        self.subsidies.show_rows(view.subsidies, may_write=may_write)
        self.planned.show_rows(view.planned, may_write=may_write)
        self.policy.show_text(one.support_policy or "まだ書かれていません。")
        self.remark.show_text(one.note)
        for part in (self._remark_head, self.remark):
            part.setVisible(bool(one.note))

    def _is_suspended(self, planned: PlannedChange) -> bool:
        """Return whether a planned change was applied and undone, so that it is not applied by itself."""
        return self.view is not None and planned.id in self.view.suspended

    def _remove_mark(self, line: StageHistoryLine) -> None:
        """Delete the newest mark of a tool."""
        if line.history:
            self._page.run_action(remove_stage_mark, mark_id=line.history[0].id)


def _former_role_text(line: FormerRole) -> str:
    """Return a former role as 「前の会長　氏名　期間」."""
    name = line.person.name if line.person else "登録のない人"
    return f"前の{line.membership.role or '所属'}　{name}　{term_of_role_words(line.membership)}"


_WAIT_MS = 80


class OrganisationPage(RegisterPage):
    """The page of 団体.

    Signals: ``person_asked(int)`` a person to open; ``import_asked()``; ``detail_page_toggled(bool)`` as of
    ``ListAndDetail``.
    """

    person_asked = Signal(int)
    import_asked = Signal()
    detail_page_toggled = Signal(bool)

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._id_to_select = 0
        self._request_number = 0
        self._detailed: OrganisationRow | None = None
        self.search_field = SearchField(in_year_words("名称、ふりがな、支部、電話で絞り込む"))
        self.table = RecordTable(
            "organisations",
            organisation_columns(app_context.today()),
            title="団体",
            empty="まだ団体がありません。区でお持ちの一覧（ExcelまたはCSV）から取り込めます。",
            empty_button="団体の一覧を取り込む",
            empty_on_click=self.import_asked.emit,
            group=lambda row: row.organisation.branch or in_year_words(NO_BRANCH),
            filtered=False,
            unit="団体",
        )
        self.export = export_button(
            app_context,
            self.table,
            title="団体の一覧",
            filter_words=lambda: self.search_field.text().strip(),
        )
        self.table.foot.addWidget(self.export)
        self.detail = OrganisationDetail(self)
        listed = column_of(self.search_field, (self.table, 1), spacing=8)
        listed.setFocusProxy(self.table)
        self.parts = ListAndDetail(listed, self.detail, back="団体の一覧", wide=620, usual=520, share=0.5)
        self.detail.hide()  # until one is chosen
        self.problem = self.detail.problem
        in_row(self.parts, owner=self)
        self._search_timer = debounce(self, self.reload, _WAIT_MS)
        self._connect()

    def _connect(self) -> None:
        """Connect search field, list, details and buttons with the methods of the page."""
        self.export.keep_shortcut_in(self.search_field)
        self.search_field.textChanged.connect(lambda _text: self._search_timer.start())
        self.search_field.list_asked.connect(self._focus_list)
        self.parts.page_changed.connect(self.detail_page_toggled)
        table = self.table
        table.view.character_typed.connect(self.search_field.start_with)
        table.chosen.connect(self._show_row)
        table.opened.connect(self.focus_details)
        table.clicked.connect(self.parts.show_detail)
        # A key is about its row, whose details may not be read yet.
        table.edit_asked.connect(
            lambda row: self.may_write and self.run_read(self.edit, read_organisation, organisation_id=row.id)
        )
        table.delete_asked.connect(self.remove)

    # reading

    def select_after_reload(self, organisation_id: int) -> None:
        """Clear the search, and select this 団体 when the list is read next."""
        self._id_to_select = organisation_id
        self.search_field.clear()

    def reload(self) -> None:
        """Read the list for the search text; only the newest answer is shown."""
        self._search_timer.stop()
        self._request_number += 1
        self.run_read(
            partial(self._show, self._request_number), list_organisations, text=self.search_field.text().strip()
        )

    def _show(self, request_number: int, found: OrganisationList) -> Iterator[None]:
        """Build the details and show the list, each in its own turn of the event loop; an older answer is dropped.

        The 団体 of ``select_after_reload`` is selected, else the current one stays, else the first is.
        """
        self.detail.ensure_built()
        yield
        if request_number != self._request_number:
            return
        if not found.rows and self.search_field.text().strip():
            self.table.set_empty(
                f"「{self.search_field.text().strip()}」に合う団体はありません。",
                "絞り込みをやめる",
                self.search_field.clear,
            )
        else:
            self.table.set_empty(
                "まだ団体がありません。区でお持ちの一覧（ExcelまたはCSV）から取り込めます。",
                "団体の一覧を取り込む",
                self.import_asked.emit,
            )
        self.table.show_rows(found.rows)
        self.table.count_line.setText(_count_text(found))
        wanted, self._id_to_select = self._id_to_select, 0
        if wanted:
            # What was mended or asked for is the row that the keys are about.
            self.table.choose(lambda row: row.id == wanted)
        elif self.table.current() is None and found.rows:
            self.table.choose(lambda _row: True, take_focus=False)
        self._show_row(self.table.current())

    def _show_row(self, row: OrganisationRow | None) -> None:
        """Read and show the details of a row; None hides them."""
        self.detail.setVisible(row is not None)
        # The list tells of the row it makes current while it is filled: its details are read once.
        known, self._detailed = self._detailed, row
        if row is not None and row is not known:
            self.run_read(self._show_detail, read_organisation, organisation_id=row.id)

    def _show_detail(self, view: OrganisationView) -> None:
        """Show the details of a 団体, unless another was chosen meanwhile."""
        row = self.table.current()
        if row is not None and row.id == view.organisation.id:
            self.app_context.note_access("団体", organisation_id=row.id, count=len(view.members))
            self.detail.show_view(view, may_write=self.may_write)

    # moving

    def _focus_list(self) -> None:
        if self.table.model.rowCount():
            self.table.choose(lambda _row: True)

    # writing

    def add(self, name: str = "") -> None:
        """Open the form of a new 団体, with ``name`` filled in."""
        self.run_read(partial(self._open_form, None, name), list_branches)

    def edit(self, view: OrganisationView) -> None:
        """Read the 支部, then open the form of the 団体 shown."""
        self.run_read(partial(self._open_form, view, ""), list_branches)

    def _open_form(self, view: OrganisationView | None, name: str, branches: tuple[str, ...]) -> None:
        organisation_dialog(
            organisation=view.organisation if view else None,
            branches=branches,
            name=name,
            on_saved=lambda saved: self.select_after_reload(saved.id),
            parent=self,
        ).open()

    def remove(self) -> None:
        """Delete the selected 団体 at once, without asking; show why where it cannot be deleted."""
        row = self.table.current()
        if row is not None:
            self.run_action(delete_organisation, organisation_id=row.id)

    def open_documents(self) -> None:
        """Go to the documents of the 団体 shown."""
        view = self.detail.view
        if view is not None:
            self.go("documents", organisation_id=view.organisation.id, kind=RECORD)

    def merge(self, view: OrganisationView) -> None:
        """Open the dialog that merges the 団体 shown with another one."""
        merge_organisation_dialog(
            self.app_context, view.organisation, then=lambda saved: self.select_after_reload(saved.id), parent=self
        ).open()

    def open_person(self, line: MemberLine | None) -> None:
        """Emit ``person_asked`` for a person's line; None opens the form of a new person."""
        view = self.detail.view
        if line is not None:
            self.person_asked.emit(line.person.id)
        elif view is not None and self.may_write:
            add_person_dialog(organisation=view.organisation, parent=self).open()

    def edit_contact(self, view: OrganisationView, contact: Contact | None) -> None:
        """Open the form of a contact of the 団体 shown, a new one where None."""
        wanted = contact or Contact(organisation_id=view.organisation.id, value="")
        contact_dialog(self.app_context, wanted, subject=view.organisation.name, parent=self).open()

    def edit_stage(self, view: OrganisationView, line: StageHistoryLine | None) -> None:
        """Open the form that records a 段階 of the 団体 shown, with the tool of ``line`` filled in."""
        tools = [each.tool for each in view.stages]
        tool = line.tool if line is not None else ""
        stage_dialog(self.app_context, organisation=view.organisation, tools=tools, tool=tool, parent=self).open()

    def edit_subsidy(self, view: OrganisationView, subsidy: Subsidy | None) -> None:
        """Open the form of a 補助金 of the 団体 shown, a new one of this year where None."""
        wanted = subsidy or Subsidy(organisation_id=view.organisation.id, fiscal_year=self.fiscal_year)
        subsidy_dialog(self.app_context, wanted, subject=view.organisation.name, parent=self).open()

    def edit_planned(self, view: OrganisationView, planned: PlannedChange | None) -> None:
        """Open the form of a planned change that has not taken effect, a new one where None."""
        if planned is None or planned.applied_on is None:
            wanted = planned or PlannedChange(
                organisation_id=view.organisation.id,
                what=PlannedField.ADDRESS,
                value="",
                from_on=self.today,
            )
            planned_dialog(
                wanted,
                subject=view.organisation.name,
                is_suspended=wanted.id in view.suspended,
                parent=self,
            ).open()

    def list_subsidies(self) -> None:
        """Read the 補助金 of the year and open the dialog that lists them, with the offer of the previous year's."""
        self.run_read(self._show_subsidies, read_subsidies, fiscal_year=self.fiscal_year)

    def _show_subsidies(self, found: SubsidyYear) -> None:
        """Open the dialog that lists the 補助金 of a year, each leading to its 団体."""
        today = self.today
        entries = [
            LinkEntry(
                words=f"{one.organisation.name}　{one.subsidy.name}",
                second=join_nonempty(subsidy_days(one.subsidy, today), one.subsidy.state or "案内前"),
                follow=partial(self.select_now, one.organisation.id),
            )
            for one in found.rows
        ]
        if found.proposals and self.may_write:
            offer = LinkEntry(
                words=f"前の年度の補助金　{len(found.proposals)}件",
                second="引き継ぐものを選びます",
                follow=partial(self._open_take_over, found),
            )
            entries.insert(0, offer)
        LinkListDialog(
            "補助金の期限",
            entries,
            subject=f"{fiscal_year_words(found.fiscal_year)}　{len(found.rows)}件",
            empty_text="名称のある補助金は、まだありません。団体の「補助金を加える」で入力します。",
            parent=self,
        ).open()

    def _open_take_over(self, found: SubsidyYear) -> None:
        SubsidyCarryOverDialog(self, found).open()

    def list_changed_chairs(self) -> None:
        """Read the 団体 whose 会長 changed since the last letter to the 会長, and open the dialog with them."""
        self.run_read(self._show_changed_chairs, read_chair_changes)

    def _show_changed_chairs(self, found: ChairChanges) -> None:
        """Open the dialog that lists 団体 with a new 会長, each leading to its details."""
        today = self.today
        since = (
            f"会長あて案内文（{short_date(found.since, today)}）のあと"
            if found.since is not None
            else "案内文はまだ出ていません"
        )
        entries = [
            LinkEntry(
                words=one.organisation.name,
                second=f"{short_date(one.on, today)} から　{one.former_chair} → {one.new_chair}",
                follow=partial(self.select_now, one.organisation.id),
            )
            for one in found.rows
        ]
        LinkListDialog(
            "会長が替わった団体",
            entries,
            subject=f"{since}　{len(entries)}団体",
            empty_text="会長が替わった団体はありません。",
            parent=self,
        ).open()

    def select_now(self, organisation_id: int) -> None:
        """Read the list again and select this 団体."""
        self.select_after_reload(organisation_id)
        self.reload()


def _count_text(found: OrganisationList) -> str:
    """Return how many 団体 are listed, "" where there are none at all.

    「120団体・17支部」 for all of them, else 「3団体（120団体から絞り込み）」.
    """
    if len(found.rows) == found.total:
        return in_year_words(f"{found.total}団体{fill_nonempty('・{}支部', found.branch_count)}") if found.total else ""
    return f"{len(found.rows)}団体（{found.total}団体から絞り込み）"
