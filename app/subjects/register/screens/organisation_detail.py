"""One 団体 in detail: 基本, 役員・人, 連絡先, 段階 with its history, 受講歴, 補助金, 支援方針."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.register.screens.detail_columns import (
    contact_columns,
    held_words,
    member_columns,
    part_columns,
    stage_columns,
    subsidy_columns,
)
from app.subjects.register.screens.detail_section import DetailSection
from app.subjects.register.services.organisation_view import FormerLine, OrganisationView
from app.subjects.register.services.organisations import NO_BRANCH
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling


class OrganisationDetail(Panel):
    """The right column.

    Signals: ``edit_asked()``, ``merge_asked()``, ``remove_asked()``, ``record_asked()`` its paper; ``person_asked(object)`` a MemberLine to open,
    None = a new one; ``person_removed(object)``; ``contact_asked(object)`` None = a new one, ``contact_removed(object)``;
    ``stage_asked(str)`` the tool ("" = any), ``stage_removed(object)`` the newest mark of a line; ``subsidy_asked(object)``,
    ``subsidy_removed(object)``; ``event_asked(int)``.
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
    event_asked = Signal(int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view: OrganisationView | None = None
        self.branch = label("", "second", wrap=True)
        self.name = label("", "h2", wrap=True)
        self.basics = label("", "body", wrap=True)
        self.edit = link_button("直す（F2）", self.edit_asked.emit)
        self.merge = link_button("ほかの登録とまとめる", self.merge_asked.emit)
        self.record = link_button("団体の記録を出す", self.record_asked.emit)
        self.remove = link_button("削除する", self.remove_asked.emit)
        self.problem = NoteBox(tone="red")
        self.members = DetailSection(
            "members", "役員・人", member_columns(), empty="まだ登録がありません。", add="人を加える",
            on_add=lambda: self.person_asked.emit(None), unit="人",
        )  # fmt: skip
        self.former = label("", "small", wrap=True)
        self.contacts = DetailSection(
            "contacts", "連絡先", contact_columns(today), empty="まだ登録がありません。", add="連絡先を加える",
            on_add=lambda: self.contact_asked.emit(None),
        )  # fmt: skip
        self.stages = DetailSection(
            "stages", "ツール別の段階", stage_columns(today), empty="まだ記録がありません。", add="段階を記録する",
            on_add=lambda: self.stage_asked.emit(""),
        )  # fmt: skip
        self.parts = DetailSection(
            "parts", "受講歴", part_columns(today, people=True), empty="申込や参加の記録はまだありません。", unit="回"
        )
        self.subsidies = DetailSection(
            "subsidies", "補助金", subsidy_columns(), empty="まだ記録がありません。", add="補助金を加える",
            on_add=lambda: self.subsidy_asked.emit(None),
        )  # fmt: skip
        self.policy = Paragraph()
        self.remark = Paragraph(role="second")
        self._build()
        self._connect()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self.branch)
        column.addWidget(self.name)
        column.addWidget(self.basics)
        column.addWidget(FlowRow(self.record, self.edit, self.merge, self.remove, spacing=16))
        column.addWidget(self.problem)
        column.addWidget(self.members)
        column.addWidget(self.former)
        for section in (self.contacts, self.stages):
            column.addWidget(section)
        self._policy_head = label("支援方針", "strong")
        column.addWidget(self._policy_head)
        column.addWidget(self.policy)
        column.addWidget(self.parts)
        column.addWidget(self.subsidies)
        self._remark_head = label("備考", "strong")
        column.addWidget(self._remark_head)
        column.addWidget(self.remark)
        column.addStretch(1)
        self.put(scrolling(inside), 1)

    def _connect(self) -> None:
        for section, asked, removed in (
            (self.members, self.person_asked, self.person_removed),
            (self.contacts, self.contact_asked, self.contact_removed),
            (self.subsidies, self.subsidy_asked, self.subsidy_removed),
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
        another = self.view is None or self.view.organisation.id != view.organisation.id
        self.view = view
        one = view.organisation
        self.branch.setText(one.branch or NO_BRANCH)
        self.name.setText(one.name)
        count = one.households_text or ("" if one.households is None else f"{one.households:,}世帯")
        self.basics.setText("　".join(part for part in (one.furigana, count) if part))
        self.basics.setVisible(bool(self.basics.text()))
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
        self.policy.say(one.support_policy or "まだ書かれていません。")
        self.remark.say(one.note)
        for part in (self._remark_head, self.remark):
            part.setVisible(bool(one.note))

    def _remove_mark(self, lines: list[Any]) -> None:
        if lines and lines[0].history:
            self.stage_removed.emit(lines[0].history[0])


def _former(line: FormerLine) -> str:
    name = line.person.name if line.person else "登録のない人"
    return f"前の{line.membership.role or '所属'}　{name}　{held_words(line.membership)}"
