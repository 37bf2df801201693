"""Entries that may be doubles, each to be looked at; nothing is merged without a person's word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.subjects.register.screens.merge_dialog import merge_organisation_dialog, merge_person_dialog
from app.subjects.register.services.organisation_merge import Double, suggest_doubles
from app.subjects.register.services.organisation_view import read_organisation
from app.subjects.register.services.people import PersonView, read_person
from app.subjects.register.services.search import OrganisationHit, PersonHit
from app.widgets.dialog_frame import DialogFrame
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import Paragraph
from app.widgets.record_columns import Cell, Column, RowAction
from app.window.desk import Desk, with_store
from app.window.theme import scaled
from db.records.organisations import Organisation
from db.store import Store


class DoublesDialog(DialogFrame):
    """The likely doubles. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__("二重の登録を探す", cancel="閉じる", width=860, parent=parent)
        self._desk = desk
        self.put(
            Paragraph(
                "同じ団体、または同じ人かもしれない登録の組です。中身を確かめて、同じものだけをまとめてください。"
                "同じ氏名でも、団体と電話番号がどちらも違う人は並べません。",
                role="small",
            )
        )
        self.table = FittedTable(
            "doubles",
            (
                Column(key="first", title="先の登録", show=lambda one: Cell(text=one.first, second=one.place), stretch=True),
                Column(key="second", title="あとの登録", show=lambda one: one.second, stretch=True),
                Column(key="reason", title="並べた理由", show=lambda one: one.reason, stretch=True),
            ),
            title="二重かもしれない登録",
            empty="二重の登録は見つかりませんでした。",
            group=lambda one: one.what,
            action=lambda _one: RowAction(text="確かめる"),
            unit="組",
        )  # fmt: skip
        self.table.setMinimumHeight(scaled(120))
        self.put(self.table)
        self.body.addStretch(1)
        self.table.acted.connect(self._open)
        self.table.opened.connect(self._open)
        desk.changed.connect(self._read)
        self._read()

    def _read(self) -> None:
        self._desk.read(suggest_doubles, self._show, owner=self)

    def _show(self, found: tuple[Double, ...]) -> None:
        self.table.show_rows(found)
        QTimer.singleShot(0, self, self.fit)

    def _open(self, double: Double) -> None:
        both = {"keep_id": double.keep_id, "drop_id": double.drop_id}
        if double.what == "団体":
            self._desk.read(with_store(_two_organisations, **both), self._merge_organisations, owner=self)
        else:
            self._desk.read(with_store(_two_people, **both), self._merge_people, owner=self)

    def _merge_organisations(self, both: tuple[Organisation, Organisation]) -> None:
        dialog = merge_organisation_dialog(self._desk, both[0], parent=self)
        dialog.open()
        dialog.choose(OrganisationHit(organisation=both[1]))

    def _merge_people(self, both: tuple[PersonView, PersonView]) -> None:
        dialog = merge_person_dialog(self._desk, both[0], parent=self)
        dialog.open()
        dialog.choose(PersonHit(person=both[1].person, organisation=both[1].organisation))


def _two_organisations(store: Store, *, keep_id: int, drop_id: int) -> tuple[Organisation, Organisation]:
    read = partial(read_organisation, store)
    return read(organisation_id=keep_id).organisation, read(organisation_id=drop_id).organisation


def _two_people(store: Store, *, keep_id: int, drop_id: int) -> tuple[PersonView, PersonView]:
    read = partial(read_person, store)
    return read(person_id=keep_id), read(person_id=drop_id)
