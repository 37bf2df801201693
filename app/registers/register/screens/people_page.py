"""The paged list of people, filtered while typing, with the details of the current one beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import join_nonempty
from app.documents.screens.export_button import export_button
from app.programme.suspensions import suspension_words
from app.registers.register.screens.merge_dialog import merge_person_dialog
from app.registers.register.screens.register_columns import (
    DetailSection,
    contact_columns,
    participation_columns,
    person_columns,
    report_columns,
    role_columns,
)
from app.registers.register.screens.register_dialogs import (
    add_person_dialog,
    contact_dialog,
    person_dialog,
    report_dialog,
    role_dialog,
)
from app.registers.register.screens.register_page import RegisterPage
from app.registers.register.services.organisations import remove_contact
from app.registers.register.services.people import PersonView, delete_person, page_people, read_person
from app.registers.register.services.search import PersonHit
from app.widgets.badges import Badge
from app.widgets.buttons import MenuAction, MoreButton, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import Paragraph, label, second_label, show_text_or_hide, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area
from app.window.app_context import AppContext, with_store
from db.records.organisations import Contact
from db.records.year.rights import MistakeReport


class PersonDetail(Panel):
    """Panel with the details of one person, in the right column; what can be done there is done by ``page``.

    Signals: none.
    """

    def __init__(self, page: PeoplePage):
        super().__init__()
        self.view: PersonView | None = None
        self._page, today = page, page.today
        self.furigana = second_label()
        self.name = wrapped_label("", "h2")
        self.affiliation = wrapped_label("", "body")
        self.organisation_link = link_button("団体を開く", self._open_organisation)
        self.edit = inline_button("直す（F2）", partial(page.edit_shown, page.edit))
        self.role = inline_button("役職・団体を変える", partial(page.edit_shown, page.change_role))
        self.merge_button = inline_button("ほかの登録とまとめる", partial(page.edit_shown, page.merge))
        self.remove = inline_button("登録を削除する", page.remove, danger=True)
        self.erase = inline_button("この人の記録を消去する", page.ask_erasure, danger=True)
        self.hold = inline_button("記録を保留にする", page.ask_hold)
        self.report = MoreButton(self._report_actions, "申出を記録する", kind="link", icon_name="caret-down")
        self.requests = inline_button("開示・訂正・利用停止の請求", page.open_requests)
        self.suspended = Badge("要確認")
        self.problem = NoteBox(tone="red")
        self.contacts = DetailSection(
            "person-contacts",
            "連絡先",
            contact_columns(today),
            empty="まだ登録がありません。",
            add="連絡先を加える",
            on_open=partial(page.edit_shown, page.edit_contact),
            on_remove=lambda row: page.run_action(remove_contact, contact_id=row.id),
        )
        self.roles = DetailSection("person-roles", "役職の履歴", role_columns(), empty="まだ記録がありません。")
        self.participation = DetailSection(
            "person-parts",
            "申込・参加",
            participation_columns(today, show_people=False),
            empty="申込や参加の記録はまだありません。",
            on_open=lambda line: page.go("event", event_id=line.event.id, tab="参加者"),
            unit="回",
        )
        self.reports = DetailSection(
            "person-reports",
            "本人からの申出",
            report_columns(today),
            empty="まだ記録がありません。",
            on_open=lambda one: page.edit_shown(partial(page.edit_report, report=one)),
        )
        self.remark = Paragraph(role="second")
        self._build()

    def _build(self) -> None:
        """Lay out the sections with the details of a person."""
        inside = QWidget()
        column = in_column(
            self.furigana,
            self.name,
            self.suspended,
            self.affiliation,
            FlowRow(self.organisation_link, self.edit, self.role, self.merge_button, self.remove),
            self.problem,
            self.contacts,
            self.participation,
            self.roles,
            owner=inside,
            spacing=8,
            margins=(0, 0, 6, 0),
        )
        self._remark_head = label("備考", "strong")
        self._request_head = label("本人から申出があったとき", "strong")
        # Far from what takes out a wrong entry: the two look alike and only one can be undone.
        acts = FlowRow(self.report, self.requests, self.hold, self.erase)
        add(column, self._remark_head, self.remark, self._request_head, acts, self.reports, None)
        self.put((in_scroll_area(inside), 1))

    def show_view(self, view: PersonView, *, may_write: bool) -> None:
        """Show a person in every section of the details; editing only with ``may_write``."""
        another = self.view is None or self.view.person.id != view.person.id
        self.view = view
        show_text_or_hide(self.furigana, view.person.furigana)
        self.name.setText(view.person.name)
        one = view.organisation
        place = f"{one.name}（{one.branch}）" if one and one.branch else one.name if one else "団体の登録なし"
        self.affiliation.setText(join_nonempty(place, view.person.role, separator="・"))
        self.organisation_link.setVisible(one is not None)
        for part in (self.edit, self.role, self.merge_button, self._request_head, self.report, self.hold, self.erase):
            part.setVisible(may_write)
        # Who applied or took part is not taken out as a wrong entry.
        self.remove.setVisible(may_write and not view.participation)
        if another:
            self.problem.show_text("")
        self.contacts.show_rows(view.contacts, may_write=may_write)
        self.roles.show_rows(view.roles, may_write=False)
        self.participation.show_rows(view.participation, may_write=False)
        self.reports.show_rows(view.reports, may_write=False)
        self.reports.setVisible(bool(view.reports))
        stopped = suspension_words(view.requests, self._page.today)
        self.suspended.show_status("要確認", stopped)
        self.suspended.setVisible(bool(stopped))
        self.remark.show_text(view.person.note)
        for part in (self._remark_head, self.remark):
            part.setVisible(bool(view.person.note))

    def _report_actions(self) -> Iterator[MenuAction]:
        """Yield what somebody can say is wrong; the dialog that corrects it records that, too."""
        page = self._page
        yield "氏名・ふりがなが違う", partial(page.edit_shown, partial(page.edit, is_report=True))
        yield "役職・団体が違う", partial(page.edit_shown, partial(page.change_role, is_report=True))
        yield (
            "選んだ連絡先が違う",
            partial(page.edit_shown, partial(page.edit_contact, contact=one, is_report=True))
            if (one := self.contacts.table.current()) is not None
            else None,
        )
        yield "そのほか・あとで直す", partial(page.edit_shown, page.edit_report)

    def _open_organisation(self) -> None:
        if self.view is not None and self.view.organisation is not None:
            self._page.organisation_asked.emit(self.view.organisation.id)


class PeoplePage(RegisterPage):
    """The page of people.

    Signals: ``organisation_asked(int)`` a 団体 to open; ``detail_page_toggled(bool)`` as of ``ListAndDetail``.
    """

    organisation_asked = Signal(int)
    detail_page_toggled = Signal(bool)

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._id_to_select = 0
        self._is_navigating = False
        self.table = RecordTable(
            "people",
            person_columns(),
            title="人",
            sort="name",
            empty="まだ人の登録がありません。団体の一覧や申込を取り込むと、ここに並びます。",
            empty_button="人を加える",
            empty_on_click=self.add,
            unit="人",
        )
        field = self.table.filter_field
        field.setPlaceholderText("氏名、ふりがな、団体、電話で絞り込む")
        field.setAccessibleName(field.placeholderText())
        # It searches readings and telephones too.
        self.table.widen_filter()
        self.export = export_button(app_context, self.table, title="人の一覧")
        self.table.foot.addWidget(self.export)
        self.detail = PersonDetail(self)
        self.parts = ListAndDetail(self.table, self.detail, back="人の一覧", wide=620, usual=520, share=0.5)
        self.detail.hide()  # until one is chosen
        self.problem = self.detail.problem
        in_row(self.parts, owner=self)
        self._connect()

    def _connect(self) -> None:
        """Connect list, details and buttons with the methods of the page."""
        self.parts.page_changed.connect(self.detail_page_toggled)
        table = self.table
        table.counted.connect(lambda shown, _total: self._hide_empty_detail(shown))
        table.model.rows_loaded.connect(lambda first, _last: self._restore_selection() if first == 0 else None)
        table.chosen.connect(self._show_hit)
        table.opened.connect(self.focus_details)
        table.clicked.connect(self.parts.show_detail)
        # A key is about its row, whose details may not be read yet.
        table.edit_asked.connect(lambda hit: self.may_write and self.run_read(self.edit, read_person, person_id=hit.id))
        table.delete_asked.connect(self.remove)

    # reading

    def select_person(self, person_id: int) -> None:
        """Have the next reading show this person, whatever page of the list the person is on."""
        self._id_to_select = person_id
        self._is_navigating = True

    def filter_by(self, text: str) -> None:
        """Filter the list by ``text`` at once."""
        self.table.filter_field.setText(text)
        self.table.apply_filter_now()

    def reload(self) -> None:
        """Read the first page of the list and the current person again."""
        kept = self._id_to_select or (self.detail.view.person.id if self.detail.view else 0)
        self._id_to_select = kept
        self.table.read_pages(self.app_context, page_people)
        if kept:
            self._read(kept)

    def _hide_empty_detail(self, count: int) -> None:
        if not count:
            self.detail.setVisible(False)

    def _restore_selection(self) -> None:
        """Select the person shown before in the new first page, else the first row.

        A person to whom somebody navigated and who is on another page leaves nothing selected.
        """
        if not self.table.choose(lambda hit: hit.id == self._id_to_select, take_focus=False):
            if self._is_navigating:
                self.table.view.selectionModel().clear()
            else:
                self.table.choose(lambda _hit: True, take_focus=False)
        self._is_navigating = False

    def _show_hit(self, hit: PersonHit | None) -> None:
        """Read and show the person of a chosen row.

        While somebody navigates to a person, any other row is ignored.
        """
        # A rebuilt list first restores its old current row, which is not the person navigated to.
        if hit is not None and not (self._is_navigating and hit.id != self._id_to_select):
            self._id_to_select = hit.id
            self._read(hit.id)

    def _read(self, person_id: int) -> None:
        self.app_context.read(
            with_store(read_person, person_id=person_id), self._show, on_failed=self._on_person_missing, owner=self
        )

    def _on_person_missing(self, _problem: Exception) -> None:
        """Clear the details when the person was merged or deleted."""
        self._id_to_select = 0
        self.detail.view = None
        self.detail.setVisible(False)

    def _show(self, view: PersonView) -> None:
        if view.person.id == self._id_to_select:
            self.app_context.note_access("人", person_id=view.person.id)
            self.detail.setVisible(True)
            self.detail.show_view(view, may_write=self.may_write)
            current = self.table.current()
            if current is None or current.id != view.person.id:
                self.table.choose(lambda hit: hit.id == view.person.id, take_focus=False)

    # writing

    def add(self, name: str = "") -> None:
        """Open the form of a new person, with ``name`` filled in; the person saved is selected."""
        if self.may_write:
            add_person_dialog(name=name, on_saved=lambda saved: self.select_person(saved.id), parent=self).open()

    def edit(self, view: PersonView, *, is_report: bool = False) -> None:
        """Open the form of the person shown; ``is_report``: with what somebody said is wrong."""
        person_dialog(self.app_context, view.person, is_report=is_report, parent=self).open()

    def change_role(self, view: PersonView, *, is_report: bool = False) -> None:
        """Open the dialog that changes the role of the person shown, or corrects it (``is_report``)."""
        role_dialog(
            self.app_context,
            view.person,
            organisation=view.organisation,
            is_report=is_report,
            since=next((one.membership.from_on for one in view.roles if one.is_current), None),
            parent=self,
        ).open()

    def edit_report(self, view: PersonView, report: MistakeReport | None = None) -> None:
        """Open the form of a report about the person shown, a new one where None."""
        report_dialog(self.app_context, report, view.person, self).open()

    def merge(self, view: PersonView) -> None:
        """Open the dialog that merges the person shown with another one."""
        merge_person_dialog(self.app_context, view, then=lambda saved: self.select_person(saved.id), parent=self).open()

    def remove(self) -> None:
        """Delete the selected person, else the one shown, without asking; show why where that is not possible."""
        view = self.detail.view
        if view is not None:
            self.run_action(delete_person, person_id=(self.table.current() or view.person).id)

    def ask_erasure(self) -> None:
        """Go to the screen 消す時期が来たもの, which asks there whether to erase this person."""
        view = self.detail.view
        if view is not None:
            self.go("disposal", person_id=view.person.id)

    def ask_hold(self) -> None:
        """Go to the screen 消す時期が来たもの, which asks there why this person's records are held."""
        view = self.detail.view
        if view is not None:
            self.go("disposal", hold="person_id", row_id=view.person.id, subject=view.person.name)

    def open_requests(self) -> None:
        """Go to the requests of people about their own data, at those of the person shown."""
        view = self.detail.view
        if view is not None:
            self.go("data_requests", person_id=view.person.id, subject=view.person.name)

    def edit_contact(self, view: PersonView, contact: Contact | None, *, is_report: bool = False) -> None:
        """Open the form of a contact of the person shown, a new one where None; ``is_report`` as ``edit``."""
        wanted = contact or Contact(person_id=view.person.id, value="")
        contact_dialog(self.app_context, wanted, subject=view.person.name, is_report=is_report, parent=self).open()
