"""Who the letters go to: everybody in a list with a tick; one of them alone can be looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.documents.letters_addressee import UNNAMED, Addressee
from app.services.letters import LetterPage
from app.ui import theme as t
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import label
from app.ui.widgets.screen import row as line

_KEY = Qt.ItemDataRole.UserRole


class AddresseePanel(QWidget):
    """The list of addressees.

    Signals: ``ticked()`` the choice changed; ``only_asked(str)`` one addressee alone is to be shown ("" = all).
    """

    ticked = Signal()
    only_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[int, str, str] = (0, "", "")
        self._off: set[str] = set()
        self._quiet = False
        self.count = label("", "strong", wrap=True)
        self.everybody = Button("すべて選ぶ", lambda: self._tick_all(True), low=True)
        self.nobody = Button("すべて外す", lambda: self._tick_all(False), low=True)
        self.list = QListWidget()
        self.list.setAccessibleName("宛先")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSpacing(1)
        self.alone = Button("この1通だけ見る", self._ask_alone)
        self.all = Button("全員分を見る", lambda: self.only_asked.emit(""))
        self.hint = label("印を付けた宛先の分を、1通ずつ続けて保存・印刷します。", "small", wrap=True)
        self.slot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.slot)
        column.addWidget(self.count)
        column.addLayout(line(self.everybody, self.nobody, None))
        column.addWidget(self.list, 1)
        column.addLayout(line(self.alone, self.all, None))
        column.addWidget(self.hint)
        self.list.itemChanged.connect(self._on_tick)
        self.list.itemDoubleClicked.connect(lambda _item: self._ask_alone())
        self.list.currentItemChanged.connect(lambda *_: self._offer())

    def show_page(self, page: LetterPage) -> None:
        """Show the addressees; ticks taken away stay away while the same paper is shown."""
        shown = (page.event_id, page.kind, page.options.unit + page.options.labels_for)
        if shown != self._shown:
            self._shown, self._off = shown, set()
        current = self._current_key()
        self._quiet = True
        self.list.clear()
        for one in page.addressees:
            item = QListWidgetItem(_words(one, page.options.window))
            item.setData(_KEY, one.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if one.key in self._off else Qt.CheckState.Checked)
            self.list.addItem(item)
            if one.key == current:
                self.list.setCurrentItem(item)
        self._quiet = False
        self._offer()

    def chosen(self) -> tuple[str, ...] | None:
        """The keys of those ticked; None = everybody (or a paper without addressees)."""
        items = self._items()
        on = tuple(str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked)
        return None if len(on) == len(items) else on

    def many(self) -> int:
        """How many are ticked."""
        return sum(item.checkState() == Qt.CheckState.Checked for item in self._items())

    def sizeHint(self) -> QSize:
        """Wide enough for a 団体 in two lines."""
        return QSize(t.scaled(300), t.scaled(320))

    def _items(self) -> Sequence[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _current_key(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def _on_tick(self, item: QListWidgetItem) -> None:
        if self._quiet:
            return
        key = str(item.data(_KEY))
        if item.checkState() == Qt.CheckState.Checked:
            self._off.discard(key)
        else:
            self._off.add(key)
        self._offer()
        self.ticked.emit()

    def _tick_all(self, on: bool) -> None:
        self._quiet = True
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._off = set() if on else {str(item.data(_KEY)) for item in self._items()}
        self._quiet = False
        self._offer()
        self.ticked.emit()

    def _ask_alone(self) -> None:
        if self._current_key():
            self.only_asked.emit(self._current_key())

    def _offer(self) -> None:
        total = self.list.count()
        self.count.setText(f"{total}件中　{self.many()}件" if total else "この書類に、宛先の一覧はありません。")
        for part in (self.everybody, self.nobody, self.list, self.alone, self.all, self.hint):
            part.setVisible(bool(total))
        self.alone.setEnabled(bool(self._current_key()))


def _words(one: Addressee, window: bool) -> str:
    """「みほん町会」, then who it is written to and whom it concerns."""
    lines = [one.organisation or one.line or one.person or UNNAMED]
    who = "　".join(part for part in (one.role, one.person) if part) if one.organisation else ""
    many = f"{len(one.people)}人" if one.people else ""
    second = "　".join(part for part in (who or ("御中" if one.organisation else ""), many) if part)
    lines += [second] if second else []
    if window:
        post = f"〒{one.postal_code} " if one.postal_code else ""
        lines.append(f"{post}{one.address}" if one.address else "住所の登録なし")
    return "\n".join(lines)
