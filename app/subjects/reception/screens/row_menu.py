"""What else can be done with one person at the door: absent, tablets, no photographs, a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.subjects.arrangements.services.arrangements import set_photo_consent
from app.subjects.arrangements.services.tablets import hand_out, lend_spare, take_back
from app.subjects.reception.services.attendance import mark_absent, unreceive
from app.subjects.reception.services.reception import DoorRow, Reception
from app.window.desk import Desk, with_store
from db.records.roster import PhotoConsent
from db.store import Store


class RowMenu(QObject):
    """Opens the menu of a row.

    Signals: ``name_asked(object)`` a name for the ``DoorRow``; ``failed(Exception)`` what a service refused.
    """

    name_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self._owner = owner
        self.menu = QMenu(owner)

    def open_for(self, row: DoorRow, door: Reception, place: QPoint) -> None:
        """Fill the menu for ``row`` and show it at ``place`` on the screen."""
        self.menu.clear()
        if row.state in ("受付済", "欠席"):
            self._offer("未受付に戻す", with_store(unreceive, entry_id=row.entry_id, **self._desk.signed))
        if row.state == "未受付":
            self._offer("欠席にする", with_store(mark_absent, entry_id=row.entry_id, **self._desk.signed))
        if row.unnamed:
            self.menu.addAction("氏名を入れる", lambda: self.name_asked.emit(row))
        if row.loan_id is not None and not row.tablet_out:
            self._offer(
                f"タブレット{row.tablet}番を渡した", with_store(hand_out, loan_id=row.loan_id, **self._desk.signed)
            )
        if row.loan_id is not None and row.tablet_out and not row.tablet_back:
            self._offer(
                f"タブレット{row.tablet}番が返却された",
                with_store(take_back, loan_ids=[row.loan_id], **self._desk.signed),
            )
        spares = door.tablets.spare - door.tablets.spare_out
        if not row.tablet and spares > 0:
            self._offer(
                f"予備のタブレットを渡す（残り{spares}台）",
                with_store(lend_spare, entry_id=row.entry_id, **self._desk.signed),
            )
        words = "撮影可にする" if row.photo_refused else "撮影不可にする"
        photo: PhotoConsent = "可" if row.photo_refused else "不可"
        self._offer(words, with_store(set_photo_consent, entry_ids=[row.entry_id], photo=photo, **self._desk.signed))
        self.menu.popup(place)

    def _offer(self, words: str, change: Callable[[Store], object]) -> None:
        action = self.menu.addAction(words)
        action.triggered.connect(
            lambda _on=False: self._desk.write(change, None, failed=self.failed.emit, owner=self._owner)
        )
