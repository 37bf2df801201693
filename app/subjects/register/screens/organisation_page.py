"""The list of 団体 by 支部, found by any spelling, with the details of the current one beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.screens.table_export import export_button
from app.subjects.register.screens.merge_dialog import merge_organisation_dialog
from app.subjects.register.screens.organisation_columns import organisation_columns
from app.subjects.register.screens.organisation_detail import OrganisationDetail
from app.subjects.register.screens.person_dialogs import add_person_dialog
from app.subjects.register.screens.register_dialogs import (
    contact_dialog,
    organisation_dialog,
    stage_dialog,
    subsidy_dialog,
)
from app.subjects.register.screens.search_field import SearchField
from app.subjects.register.services.organisation_papers import RECORD
from app.subjects.register.services.organisation_view import MemberLine, OrganisationView, read_organisation
from app.subjects.register.services.organisations import (
    OrganisationList,
    OrganisationRow,
    delete_organisation,
    list_branches,
    list_organisations,
    remove_contact,
    remove_stage_mark,
    remove_subsidy,
)
from app.subjects.register.services.people import delete_person
from app.widgets.list_and_detail import ListAndDetail
from app.widgets.record_table import RecordTable
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.organisations import Contact, Subsidy
from db.store import Store

_WAIT_MS = 80


class OrganisationPage(QWidget):
    """団体. Signals: ``person_asked(int)`` a person to open; ``import_asked()``; ``turned(bool)`` as of the parts."""

    person_asked = Signal(int)
    import_asked = Signal()
    turned = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
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
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        listed.setFocusProxy(self.table)
        self.parts = ListAndDetail(listed, self.detail, back="団体の一覧", wide=620, usual=520, share=0.5)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.parts)
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self.reload)
        self._connect()

    def _connect(self) -> None:
        self.export.keep_key(self.field)
        self.field.textChanged.connect(lambda _text: self._soon.start())
        self.field.down.connect(self._into_list)
        self.parts.turned.connect(self.turned)
        table = self.table
        table.view.typed.connect(self.field.begin_with)
        table.chosen.connect(self._choose)
        table.opened.connect(lambda _row: self._into_detail())
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
            lambda line: self._write(with_store(delete_person, person_id=line.person.id, **self.desk.signed))
        )
        detail.contact_asked.connect(self._contact)
        detail.contact_removed.connect(
            lambda row: self._write(with_store(remove_contact, contact_id=row.id, **self.desk.signed))
        )
        detail.stage_asked.connect(self._stage)
        detail.stage_removed.connect(
            lambda mark: self._write(with_store(remove_stage_mark, mark_id=mark.id, **self.desk.signed))
        )
        detail.subsidy_asked.connect(self._subsidy)
        detail.subsidy_removed.connect(
            lambda row: self._write(with_store(remove_subsidy, subsidy_id=row.id, **self.desk.signed))
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
        self.desk.read(
            with_store(list_organisations, text=self.field.text().strip()), partial(self._show, self._asked), owner=self
        )

    def _show(self, asked: int, found: OrganisationList) -> None:
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
            self.desk.read(with_store(read_organisation, organisation_id=row.id), self._show_detail, owner=self)

    def _show_detail(self, view: OrganisationView) -> None:
        row = self.table.current()
        if row is not None and row.id == view.organisation.id:
            self.detail.show_view(view, may_write=not self.desk.read_only)

    # moving

    def show_organisation(self) -> None:
        """On a narrow window the details are the page seen."""
        self.parts.show_detail()

    def _into_list(self) -> None:
        if self.table.model.rowCount():
            self.table.choose(lambda _row: True)

    def _into_detail(self) -> None:
        self.parts.show_detail()
        self.detail.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the details goes back to the list; Insert adds a 団体."""
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.parts.show_list()
            self.table.setFocus()
        elif event.key() == Qt.Key.Key_Insert and not self.desk.read_only:
            self.add()
        else:
            super().keyPressEvent(event)

    # writing

    def _write(self, change: Callable[[Store], object]) -> None:
        self.detail.problem.say("")
        self.desk.write(change, failed=self._refuse, owner=self)

    def _refuse(self, problem: Exception) -> None:
        failure = failure_of(problem)
        if failure.small:
            self.detail.problem.say(f"**{failure.happened}**\n{failure.todo}", tone="red")
        else:
            self.desk.fail(problem)

    def add(self, name: str = "") -> None:
        """Ask for a new 団体."""
        self.desk.read(list_branches, partial(self._open_form, None, name), owner=self)

    def _edit(self) -> None:
        view = self.detail.view
        if view is not None and not self.desk.read_only:
            self.desk.read(list_branches, partial(self._open_form, view, ""), owner=self)

    def _open_form(self, view: OrganisationView | None, name: str, branches: tuple[str, ...]) -> None:
        organisation_dialog(
            self.desk, organisation=view.organisation if view else None, branches=branches, name=name,
            then=lambda saved: self.go_to(saved.id), parent=self,
        ).open()  # fmt: skip

    def _remove(self) -> None:
        row = self.table.current()
        if row is not None:
            self._write(with_store(delete_organisation, organisation_id=row.id, **self.desk.signed))

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


def _counted(found: OrganisationList) -> str:
    if len(found.rows) == found.total:
        return f"{found.total}団体・{found.branches}支部" if found.total else ""
    return f"{len(found.rows)}団体（{found.total}団体から絞り込み）"
