"""配慮の手配 and 撮影の可否 of one event; for the desk in the office, never for the door."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.arrangements.screens.arrangement_dialog import ArrangementDialog
from app.subjects.arrangements.screens.care_card import CareCard
from app.subjects.arrangements.screens.care_dialog import CareDialog
from app.subjects.arrangements.screens.photo_panel import PhotoPanel
from app.subjects.arrangements.services.arrangements import (
    CareRow,
    CareView,
    need_nothing,
    read_arrangements,
    remove_arrangement,
    reopen_arrangement,
    set_photo_consent,
    settle_arrangement,
)
from app.subjects.roster.services.roster import Roster, read_roster
from app.widgets.buttons import Button
from app.widgets.folding_columns import FoldingColumns
from app.widgets.labels import heading, label, section
from app.widgets.screen import Screen, page, row, scrolling
from app.window.desk import Desk, with_store
from db.records.roster import Arrangement, ArrangementKind, PhotoConsent

PRIVACY = "配慮の内容は、この画面だけに出ます。紙の名簿には●、受付の画面には印だけが出ます。"


class ArrangementsPanel(Screen):
    """The panel. Signals: none. ``arrive(event_id=…)``; ``embedded`` leaves out the heading (a tab has its own)."""

    def __init__(self, desk: Desk, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._event_id: int | None = None
        self.view: CareView | None = None
        self.cards: list[CareCard] = []
        self.event_words = label("", "second", wrap=True)
        self.count = label("", "second")
        self.none = label("", "second", wrap=True)
        self.general_button = Button("実施回全体の手配を加える", self._add_general, low=True)
        self.photo = PhotoPanel()
        self.photo.set_asked.connect(self._set_photo)
        column = page(self)
        if not embedded:
            back = Button("実施回へ戻る", self._back, icon_name="arrow-left")
            column.addLayout(row(heading("配慮の手配・撮影の可否"), self.event_words, None, back, spacing=12))
        inside = QWidget()
        self._under = QVBoxLayout(inside)
        self._under.setContentsMargins(0, 0, 8, 0)
        self._under.setSpacing(12)
        self._under.addLayout(row(section("配慮の手配"), None, self.count, self.general_button))
        self._under.addWidget(label(PRIVACY, "small", wrap=True))
        self._under.addWidget(self.none)
        self._people = QVBoxLayout()
        self._people.setSpacing(12)
        self._under.addLayout(self._people)
        self._under.addStretch(1)
        under = self._under if embedded else None
        self.columns = FoldingColumns(
            "配慮の手配", scrolling(inside), (("撮影の可否", self.photo),), wide=420, under=under
        )
        column.addWidget(self.columns, 1)

    def arrive(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Show one event."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self.view = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list of photo consent fills its column, so that only it scrolls."""
        super().resizeEvent(event)
        self.photo.fit(self.columns.height())

    def reload(self) -> None:
        """Read the 配慮 and the list."""
        if self._event_id is not None:
            self.desk.read(with_store(read_arrangements, event_id=self._event_id), self._show)
            self.desk.read(with_store(read_roster, event_id=self._event_id), self._show_roster)

    def _show(self, view: CareView) -> None:
        self.view = view
        self.event_words.setText(view.event.full_title)
        self.count.setText(f"{view.count.settled} / {view.count.people}人 手配済" if view.count.people else "")
        self.none.setText("" if view.rows else "配慮の記入がある方はいません。")
        self.none.setVisible(not view.rows)
        self.general_button.setVisible(not self.desk.read_only)
        for card in self.cards:
            self._people.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(care) for care in view.rows]
        for card in self.cards:
            self._people.addWidget(card)

    def _show_roster(self, roster: Roster) -> None:
        self.photo.allow(not self.desk.read_only)
        self.photo.show_rows(roster.door)

    def _card(self, care: CareRow) -> CareCard:
        card = CareCard(care, self.desk.today(), can_write=not self.desk.read_only)
        card.make_asked.connect(lambda kind: self._make(care, kind))
        card.change_asked.connect(partial(self._change, care))
        card.settle_asked.connect(self._settle)
        card.reopen_asked.connect(self._reopen)
        card.care_asked.connect(lambda: self._correct(care))
        card.remove_asked.connect(self._remove)
        card.nothing_asked.connect(lambda: self._need_nothing(care))
        return card

    def _make(self, care: CareRow, kind: str) -> None:
        assert self._event_id is not None
        fresh = Arrangement(
            event_id=self._event_id,
            entry_id=care.row.entry.id if care.row is not None else None,
            kind=cast(ArrangementKind, kind),
        )
        self._change(care, fresh)

    def _add_general(self) -> None:
        if self._event_id is not None:
            self._change(CareRow(row=None, proposed=(), arrangements=()), Arrangement(event_id=self._event_id))

    def _change(self, care: CareRow, arrangement: Arrangement) -> None:
        ArrangementDialog(
            self.desk,
            arrangement,
            who=care.row.name if care.row is not None else "実施回全体",
            care=care.row.entry.care.strip() if care.row is not None else "",
            parent=self,
        ).open()

    def _correct(self, care: CareRow) -> None:
        if care.row is not None:
            entry = care.row.entry
            CareDialog(self.desk, entry_id=entry.id, who=care.row.name, care=entry.care, parent=self).open()

    def _settle(self, arrangement: Arrangement) -> None:
        self.desk.write(
            with_store(
                settle_arrangement, event_id=self._event_id or 0, arrangement_id=arrangement.id, **self.desk.signed
            ),
            owner=self,
        )

    def _reopen(self, arrangement: Arrangement) -> None:
        self.desk.write(
            with_store(
                reopen_arrangement, event_id=self._event_id or 0, arrangement_id=arrangement.id, **self.desk.signed
            ),
            owner=self,
        )

    def _remove(self, arrangement: Arrangement) -> None:
        self.desk.write(
            with_store(
                remove_arrangement, event_id=self._event_id or 0, arrangement_id=arrangement.id, **self.desk.signed
            ),
            owner=self,
        )

    def _need_nothing(self, care: CareRow) -> None:
        if care.row is not None:
            self.desk.write(with_store(need_nothing, entry_id=care.row.entry.id, **self.desk.signed), owner=self)

    def _set_photo(self, entry_ids: list[int], photo: PhotoConsent) -> None:
        self.desk.write(with_store(set_photo_consent, entry_ids=entry_ids, photo=photo, **self.desk.signed), owner=self)

    def _back(self) -> None:
        self.desk.go("event", event_id=self._event_id, tab="当日")
