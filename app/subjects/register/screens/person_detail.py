"""One person in detail: 団体 and 役職 with their history, how to reach the person, what was taken part in."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.register.screens.detail_columns import contact_columns, part_columns, role_columns
from app.subjects.register.screens.detail_section import DetailSection
from app.subjects.register.services.people import PersonView
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling


class PersonDetail(Panel):
    """The right column.

    Signals: ``edit_asked()``, ``role_asked()``, ``merge_asked()``, ``remove_asked()``, ``organisation_asked(int)``;
    ``contact_asked(object)`` None = a new one, ``contact_removed(object)``; ``event_asked(int)``.
    """

    edit_asked = Signal()
    role_asked = Signal()
    merge_asked = Signal()
    remove_asked = Signal()
    organisation_asked = Signal(int)
    contact_asked = Signal(object)
    contact_removed = Signal(object)
    event_asked = Signal(int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view: PersonView | None = None
        self.furigana = label("", "second", wrap=True)
        self.name = label("", "h2", wrap=True)
        self.belonging = label("", "body", wrap=True)
        self.to_organisation = link_button("団体を開く", self._go_to_organisation)
        self.edit = link_button("直す（F2）", self.edit_asked.emit)
        self.role = link_button("役職・団体を変える", self.role_asked.emit)
        self.merge = link_button("ほかの登録とまとめる", self.merge_asked.emit)
        self.remove = link_button("削除する", self.remove_asked.emit)
        self.problem = NoteBox(tone="red")
        self.contacts = DetailSection(
            "person-contacts", "連絡先", contact_columns(today), empty="まだ登録がありません。", add="連絡先を加える",
            on_add=lambda: self.contact_asked.emit(None),
        )  # fmt: skip
        self.roles = DetailSection("person-roles", "役職の履歴", role_columns(), empty="まだ記録がありません。")
        self.parts = DetailSection(
            "person-parts", "申込・参加", part_columns(today, people=False), empty="申込や参加の記録はまだありません。", unit="回"
        )  # fmt: skip
        self.remark = Paragraph(role="second")
        self._build()
        self.contacts.table.opened.connect(self.contact_asked.emit)
        self.contacts.table.edit_asked.connect(lambda row: self.contact_asked.emit(row) if row is not None else None)
        self.contacts.table.delete_asked.connect(lambda rows: self.contact_removed.emit(rows[0]))
        self.parts.table.opened.connect(lambda line: self.event_asked.emit(line.event.id))

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self.furigana)
        column.addWidget(self.name)
        column.addWidget(self.belonging)
        column.addWidget(FlowRow(self.to_organisation, self.edit, self.role, self.merge, self.remove, spacing=16))
        column.addWidget(self.problem)
        for section in (self.contacts, self.parts, self.roles):
            column.addWidget(section)
        self._remark_head = label("備考", "strong")
        column.addWidget(self._remark_head)
        column.addWidget(self.remark)
        column.addStretch(1)
        self.put(scrolling(inside), 1)

    def show_view(self, view: PersonView, *, may_write: bool) -> None:
        """Show a person as registered."""
        another = self.view is None or self.view.person.id != view.person.id
        self.view = view
        self.furigana.setText(view.person.furigana)
        self.furigana.setVisible(bool(view.person.furigana))
        self.name.setText(view.person.name)
        one = view.organisation
        place = f"{one.name}（{one.branch}）" if one and one.branch else one.name if one else "団体の登録なし"
        self.belonging.setText("・".join(part for part in (place, view.person.role) if part))
        self.to_organisation.setVisible(one is not None)
        for link in (self.edit, self.role, self.merge, self.remove):
            link.setVisible(may_write)
        if another:
            self.problem.say("")
        self.contacts.show_rows(view.contacts, may_write=may_write)
        self.roles.show_rows(view.roles, may_write=False)
        self.parts.show_rows(view.parts, may_write=False)
        self.remark.say(view.person.note)
        for part in (self._remark_head, self.remark):
            part.setVisible(bool(view.person.note))

    def _go_to_organisation(self) -> None:
        if self.view is not None and self.view.organisation is not None:
            self.organisation_asked.emit(self.view.organisation.id)
