"""The list of 団体 by 支部, found by any spelling, with everything about the current one beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.together import together
from app.papers.screens.export_button import export_button
from app.subjects.organisations.register.screens.merge_dialog import merge_organisation_dialog
from app.subjects.organisations.register.screens.register_columns import (
    DetailSection,
    contact_columns,
    held_words,
    member_columns,
    organisation_columns,
    part_columns,
    planned_columns,
    stage_columns,
    subsidy_columns,
    subsidy_days,
)
from app.subjects.organisations.register.screens.register_dialogs import (
    TakeOverDialog,
    add_person_dialog,
    contact_dialog,
    organisation_dialog,
    planned_dialog,
    stage_dialog,
    subsidy_dialog,
)
from app.subjects.organisations.register.screens.register_page import RegisterPage
from app.subjects.organisations.register.services.organisation_view import (
    RECORD,
    FormerLine,
    MemberLine,
    OrganisationView,
    read_organisation,
)
from app.subjects.organisations.register.services.organisations import (
    NO_BRANCH,
    OrganisationList,
    OrganisationRow,
    delete_organisation,
    list_branches,
    list_organisations,
    remove_contact,
    remove_stage_mark,
)
from app.subjects.organisations.register.services.people import delete_person
from app.subjects.organisations.register.services.planned_changes import (
    ChangedChair,
    ChangedChairs,
    changed_chairs,
    remove_planned_change,
)
from app.subjects.organisations.register.services.subsidies import SubsidyYear, read_subsidies, remove_subsidy
from app.widgets.buttons import act_button
from app.widgets.dialogs.usual_dialogs import ListedThing, ThingsDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import Paragraph, label, say_or_hide, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.desk import Desk, acting
from app.window.icons import icon
from app.window.later import later
from db.records.organisations import Contact, PlannedChange, Subsidy


class SearchField(OneLine):
    """Signals: those of a line edit; ``down()`` ↓ or Enter goes into the list."""

    down = Signal()

    def __init__(self, words: str) -> None:
        super().__init__("")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self.addAction(icon("funnel", t.SECOND), OneLine.ActionPosition.LeadingPosition)

    def begin_with(self, text: str) -> None:
        """Go on here with what was typed over the list."""
        self.setFocus()
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ and Enter go into the list, Esc empties the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class OrganisationDetail(Panel):
    """The right column.

    Signals: ``edit_asked()``, ``merge_asked()``, ``remove_asked()``, ``record_asked()`` its paper;
        ``person_asked(object)`` a MemberLine to open,
    None = a new one; ``person_removed(object)``; ``contact_asked(object)`` None = a new one,
    ``contact_removed(object)``; ``stage_asked(str)`` the tool ("" = any), ``stage_removed(object)`` the newest mark of
    a line; ``subsidy_asked(object)``, ``subsidy_removed(object)``; ``planned_asked(object)`` None = a new one,
    ``planned_removed(object)``; ``event_asked(int)``.
    """

    edit_asked = Signal()
    merge_asked = Signal()
    record_asked = Signal()
    remove_asked = Signal()
    person_asked = Signal(object)
    person_removed = Signal(object)
    contact_asked = Signal(object)
    contact_removed = Signal(object)
    stage_asked = Signal(str)
    stage_removed = Signal(object)
    subsidy_asked = Signal(object)
    subsidy_removed = Signal(object)
    planned_asked = Signal(object)
    planned_removed = Signal(object)
    event_asked = Signal(int)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.view: OrganisationView | None = None
        self.problem = NoteBox(tone="red")
        self._today = today
        self._built = False

    def build(self) -> None:
        """Build what it shows, if it does not stand yet: with the list beside it, it would hold the window for long."""
        if self._built:
            return
        self._built = True
        today = self._today
        self.branch = wrapped_label("", "second")
        self.name = wrapped_label("", "h2")
        self.basics = wrapped_label("", "body")
        self.edit = act_button("直す（F2）", self.edit_asked.emit)
        self.merge = act_button("ほかの登録とまとめる", self.merge_asked.emit)
        self.record = act_button("団体の記録を出す", self.record_asked.emit)
        self.remove = act_button("削除する", self.remove_asked.emit, danger=True)
        self.members = DetailSection(
            "members",
            "役員・人",
            member_columns(),
            empty="まだ登録がありません。",
            add="人を加える",
            on_add=lambda: self.person_asked.emit(None),
            unit="人",
        )
        self.former = wrapped_label("", "small")
        self.contacts = DetailSection(
            "contacts",
            "連絡先",
            contact_columns(today),
            empty="まだ登録がありません。",
            add="連絡先を加える",
            on_add=lambda: self.contact_asked.emit(None),
        )
        self.stages = DetailSection(
            "stages",
            "ツール別の段階",
            stage_columns(today),
            empty="まだ記録がありません。",
            add="段階を記録する",
            on_add=lambda: self.stage_asked.emit(""),
        )
        self.parts = DetailSection(
            "parts", "受講歴", part_columns(today, people=True), empty="申込や参加の記録はまだありません。", unit="回"
        )
        self.subsidies = DetailSection(
            "subsidies",
            "補助金",
            subsidy_columns(today),
            empty="まだ記録がありません。",
            add="補助金を加える",
            on_add=lambda: self.subsidy_asked.emit(None),
        )
        self.planned = DetailSection(
            "planned",
            "届出の予定",
            planned_columns(today, self._is_held),
            empty="替わる日の決まった届出はありません。",
            add="予定を加える",
            on_add=lambda: self.planned_asked.emit(None),
        )
        self.policy = Paragraph()
        self.remark = Paragraph(role="second")
        self._build()
        self._connect()

    def _build(self) -> None:
        inside = QWidget()
        column = in_column(
            self.branch,
            self.name,
            self.basics,
            FlowRow(self.record, self.edit, self.merge, self.remove, spacing=8),
            self.problem,
            self.members,
            self.former,
            owner=inside,
            spacing=8,
            margins=(0, 0, 6, 0),
        )
        for section in (self.contacts, self.planned, self.stages):
            column.addWidget(section)
        self._policy_head = label("支援方針", "strong")
        add(column, self._policy_head, self.policy, self.parts, self.subsidies)
        self._remark_head = label("備考", "strong")
        add(column, self._remark_head, self.remark, None)
        self.put((scrolling(inside), 1))

    def _connect(self) -> None:
        for section, asked, removed in (
            (self.members, self.person_asked, self.person_removed),
            (self.contacts, self.contact_asked, self.contact_removed),
            (self.subsidies, self.subsidy_asked, self.subsidy_removed),
            (self.planned, self.planned_asked, self.planned_removed),
        ):
            section.table.opened.connect(asked.emit)
            section.table.edit_asked.connect(lambda row, tell=asked: tell.emit(row) if row is not None else None)
            section.table.delete_asked.connect(lambda rows, tell=removed: tell.emit(rows[0]))
        self.stages.table.opened.connect(lambda line: self.stage_asked.emit(line.tool))
        self.stages.table.edit_asked.connect(lambda line: self.stage_asked.emit(line.tool) if line else None)
        self.stages.table.delete_asked.connect(self._remove_mark)
        self.parts.table.opened.connect(lambda line: self.event_asked.emit(line.event.id))

    def show_view(self, view: OrganisationView, *, may_write: bool) -> None:
        """Show a 団体 as it stands."""
        self.build()
        another = self.view is None or self.view.organisation.id != view.organisation.id
        self.view = view
        one = view.organisation
        self.branch.setText(one.branch or NO_BRANCH)
        self.name.setText(one.name)
        count = one.households_text or ("" if one.households is None else f"{one.households:,}世帯")
        say_or_hide(self.basics, together(one.furigana, count))
        for link in (self.edit, self.merge, self.remove):
            link.setVisible(may_write)
        if another:
            self.problem.say("")
        self.members.show_rows(view.members, may_write=may_write)
        self.former.setText("\n".join(_former(line) for line in view.former))
        self.former.setVisible(bool(view.former))
        self.contacts.show_rows(view.contacts, may_write=may_write)
        self.stages.show_rows(view.stages, may_write=may_write)
        self.stages.heading.setText("ツール別の段階")
        self.parts.show_rows(view.parts, may_write=False)
        self.subsidies.show_rows(view.subsidies, may_write=may_write)
        self.planned.show_rows(view.planned, may_write=may_write)
        self.policy.say(one.support_policy or "まだ書かれていません。")
        self.remark.say(one.note)
        for part in (self._remark_head, self.remark):
            part.setVisible(bool(one.note))

    def _is_held(self, planned: PlannedChange) -> bool:
        return self.view is not None and planned.id in self.view.held

    def _remove_mark(self, lines: list[Any]) -> None:
        if lines and lines[0].history:
            self.stage_removed.emit(lines[0].history[0])


def _former(line: FormerLine) -> str:
    name = line.person.name if line.person else "登録のない人"
    return f"前の{line.membership.role or '所属'}　{name}　{held_words(line.membership)}"


_WAIT_MS = 80


class OrganisationPage(RegisterPage):
    """団体. Signals: ``person_asked(int)`` a person to open; ``import_asked()``; ``turned(bool)`` as of the parts."""

    person_asked = Signal(int)
    import_asked = Signal()
    turned = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = 0
        self._asked = 0
        self.field = SearchField("名称、ふりがな、支部、電話で絞り込む")
        self.table = RecordTable(
            "organisations",
            organisation_columns(desk.today()),
            title="団体",
            empty="まだ団体がありません。区でお持ちの一覧（ExcelまたはCSV）から取り込めます。",
            empty_button="団体の一覧を取り込む",
            empty_act=self.import_asked.emit,
            group=lambda row: row.branch_words,
            filtered=False,
            unit="団体",
        )
        self.export = export_button(
            desk, self.table, title="団体の一覧", personal=True, narrowed=lambda: self.field.text().strip()
        )
        self.table.foot.addWidget(self.export)
        self.detail = OrganisationDetail(desk.today())
        listed = QWidget()
        in_column(self.field, (self.table, 1), owner=listed, spacing=8)
        listed.setFocusProxy(self.table)
        self.parts = ListAndDetail(listed, self.detail, back="団体の一覧", wide=620, usual=520, share=0.5)
        self.detail.hide()  # until one is chosen
        self.problem = self.detail.problem
        in_row(self.parts, owner=self)
        self._soon = later(self, self.reload, _WAIT_MS)
        self._connect()

    def _connect(self) -> None:
        self.export.keep_key(self.field)
        self.field.textChanged.connect(lambda _text: self._soon.start())
        self.field.down.connect(self._into_list)
        self.parts.turned.connect(self.turned)
        table = self.table
        table.view.typed.connect(self.field.begin_with)
        table.chosen.connect(self._choose)
        table.opened.connect(lambda _row: self.into_details())
        table.view.clicked.connect(lambda _index: self.parts.show_detail())
        table.edit_asked.connect(lambda _row: self._edit())
        table.delete_asked.connect(lambda _rows: self._remove())
        detail = self.detail
        detail.edit_asked.connect(self._edit)
        detail.merge_asked.connect(self._merge)
        detail.remove_asked.connect(self._remove)
        detail.record_asked.connect(self._show_record)
        detail.person_asked.connect(self._person)
        detail.person_removed.connect(
            lambda line: self.write(acting(self.desk, delete_person, person_id=line.person.id))
        )
        detail.contact_asked.connect(self._contact)
        detail.contact_removed.connect(lambda row: self.write(acting(self.desk, remove_contact, contact_id=row.id)))
        detail.stage_asked.connect(self._stage)
        detail.stage_removed.connect(lambda mark: self.write(acting(self.desk, remove_stage_mark, mark_id=mark.id)))
        detail.subsidy_asked.connect(self._subsidy)
        detail.subsidy_removed.connect(lambda row: self.write(acting(self.desk, remove_subsidy, subsidy_id=row.id)))
        detail.planned_asked.connect(self._planned)
        detail.planned_removed.connect(
            lambda row: self.write(acting(self.desk, remove_planned_change, planned_id=row.id))
        )
        detail.event_asked.connect(lambda event_id: self.desk.go("event", event_id=event_id, tab="参加者"))

    # reading

    def go_to(self, organisation_id: int) -> None:
        """Stand at this 団体 when the list is read next."""
        self._wanted = organisation_id
        self.field.clear()

    def reload(self) -> None:
        """Read the list for what is typed; only the newest answer counts."""
        self._soon.stop()
        self._asked += 1
        self.fetch(partial(self._show, self._asked), list_organisations, text=self.field.text().strip())

    def _show(self, asked: int, found: OrganisationList) -> Iterator[None]:
        """The list, once what stands beside it is built, in a turn of the window of its own."""
        self.detail.build()
        yield
        if asked != self._asked:
            return
        if not found.rows and self.field.text().strip():
            self.table.set_empty(
                f"「{self.field.text().strip()}」に合う団体はありません。", "絞り込みをやめる", self.field.clear
            )
        else:
            self.table.set_empty(
                "まだ団体がありません。区でお持ちの一覧（ExcelまたはCSV）から取り込めます。",
                "団体の一覧を取り込む",
                self.import_asked.emit,
            )
        self.table.show_rows(found.rows)
        self.table.count_line.setText(_counted(found))
        wanted, self._wanted = self._wanted, 0
        if wanted:
            self.table.choose(lambda row: row.id == wanted, take_focus=False)
        elif self.table.current() is None and found.rows:
            self.table.choose(lambda _row: True, take_focus=False)
        self._choose(self.table.current())

    def _choose(self, row: OrganisationRow | None) -> None:
        self.detail.setVisible(row is not None)
        if row is not None:
            self.fetch(self._show_detail, read_organisation, organisation_id=row.id)

    def _show_detail(self, view: OrganisationView) -> None:
        row = self.table.current()
        if row is not None and row.id == view.organisation.id:
            self.detail.show_view(view, may_write=not self.desk.read_only)

    # moving

    def _into_list(self) -> None:
        if self.table.model.rowCount():
            self.table.choose(lambda _row: True)

    # writing

    def add(self, name: str = "") -> None:
        """Ask for a new 団体."""
        self.desk.read(list_branches, partial(self._open_form, None, name), owner=self)

    def _edit(self) -> None:
        view = self.detail.view
        if view is not None and not self.desk.read_only:
            self.desk.read(list_branches, partial(self._open_form, view, ""), owner=self)

    def _open_form(self, view: OrganisationView | None, name: str, branches: tuple[str, ...]) -> None:
        organisation_dialog(
            self.desk,
            organisation=view.organisation if view else None,
            branches=branches,
            name=name,
            then=lambda saved: self.go_to(saved.id),
            parent=self,
        ).open()

    def _remove(self) -> None:
        row = self.table.current()
        if row is not None:
            self.write(acting(self.desk, delete_organisation, organisation_id=row.id))

    def _show_record(self) -> None:
        """Go where the papers of this 団体 are shown, saved and printed."""
        view = self.detail.view
        if view is not None:
            self.desk.go("documents", organisation_id=view.organisation.id, kind=RECORD)

    def _merge(self) -> None:
        view = self.detail.view
        if view is not None:
            merge_organisation_dialog(
                self.desk, view.organisation, then=lambda saved: self.go_to(saved.id), parent=self
            ).open()

    def _person(self, line: MemberLine | None) -> None:
        view = self.detail.view
        if line is not None:
            self.person_asked.emit(line.person.id)
        elif view is not None and not self.desk.read_only:
            add_person_dialog(self.desk, organisation=view.organisation, parent=self).open()

    def _contact(self, contact: Contact | None) -> None:
        view = self.detail.view
        if view is not None and not self.desk.read_only:
            wanted = contact or Contact(organisation_id=view.organisation.id, value="")
            contact_dialog(self.desk, wanted, subject=view.organisation.name, parent=self).open()

    def _stage(self, tool: str) -> None:
        view = self.detail.view
        if view is not None and not self.desk.read_only:
            tools = [line.tool for line in view.stages]
            stage_dialog(self.desk, organisation=view.organisation, tools=tools, tool=tool, parent=self).open()

    def _subsidy(self, subsidy: Subsidy | None) -> None:
        view = self.detail.view
        if view is not None and not self.desk.read_only:
            wanted = subsidy or Subsidy(organisation_id=view.organisation.id, fiscal_year=self.desk.fiscal_year)
            subsidy_dialog(self.desk, wanted, subject=view.organisation.name, parent=self).open()

    def _planned(self, planned: PlannedChange | None) -> None:
        view = self.detail.view
        if view is not None and not self.desk.read_only and (planned is None or planned.applied_on is None):
            wanted = planned or PlannedChange(
                organisation_id=view.organisation.id, what="住所", value="", from_on=self.desk.today()
            )
            planned_dialog(
                self.desk, wanted, subject=view.organisation.name, held=wanted.id in view.held, parent=self
            ).open()

    def list_subsidies(self) -> None:
        """Show the 補助金 of the year with their days, and offer those of the year before."""
        self.fetch(self._show_subsidies, read_subsidies, fiscal_year=self.desk.fiscal_year)

    def _show_subsidies(self, found: SubsidyYear) -> None:
        today = self.desk.today()
        entries = [
            ListedThing(
                words=f"{one.organisation.name}　{one.subsidy.name}",
                second=together(subsidy_days(one.subsidy, today), one.subsidy.state or "案内前"),
                follow=partial(self.go_to_shown, one.organisation.id),
            )
            for one in found.rows
        ]
        if found.proposals and not self.desk.read_only:
            offer = ListedThing(
                words=f"前の年度の補助金　{len(found.proposals)}件",
                second="引き継ぐものを選びます",
                follow=partial(self._take_over, found),
            )
            entries.insert(0, offer)
        ThingsDialog(
            "補助金の期限",
            entries,
            subject=f"{fiscal_year_words(found.fiscal_year)}　{len(found.rows)}件",
            nothing="名称のある補助金は、まだありません。団体の「補助金を加える」で入力します。",
            parent=self,
        ).open()

    def _take_over(self, found: SubsidyYear) -> None:
        TakeOverDialog(self.desk, found, self).open()

    def list_changed_chairs(self) -> None:
        """Show whose 会長 changed since the last letter to them."""
        self.desk.read(changed_chairs, self._show_changed_chairs, owner=self)

    def _show_changed_chairs(self, found: ChangedChairs) -> None:
        today = self.desk.today()
        since = (
            f"会長あて案内文（{short_date(found.since, today)}）のあと"
            if found.since is not None
            else "案内文はまだ出ていません"
        )
        entries = [
            ListedThing(
                words=one.organisation.name,
                second=_chair_words(one, today),
                follow=partial(self.go_to_shown, one.organisation.id),
            )
            for one in found.rows
        ]
        ThingsDialog(
            "会長が替わった団体",
            entries,
            subject=f"{since}　{len(entries)}団体",
            nothing="会長が替わった団体はありません。",
            parent=self,
        ).open()

    def go_to_shown(self, organisation_id: int) -> None:
        """Stand at this 団体 now."""
        self.go_to(organisation_id)
        self.reload()


def _chair_words(one: ChangedChair, today: date) -> str:
    return f"{short_date(one.on, today)} から　{one.before} → {one.after}"


def _counted(found: OrganisationList) -> str:
    if len(found.rows) == found.total:
        return f"{found.total}団体・{found.branches}支部" if found.total else ""
    return f"{len(found.rows)}団体（{found.total}団体から絞り込み）"
