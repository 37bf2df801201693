"""A field that finds a 団体 by any two letters, in the register or as written before, with the matches under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from app.subjects.organisations.register.services.organisation_offers import OrganisationOffer, organisation_offers
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import label
from app.window import theme as t
from app.window.desk import Desk, with_store
from db.records.organisations import Organisation

_WAIT_MS = 80
_MOST = 8
_ROWS_SEEN = 4
_FOUND_BESIDE_NEW = 5
_WRITTEN = "（前の申込の書き方）"
_ONCE_MORE = "名簿にありません。もう一度Enterを押すと、新しい団体として加えます。"


class OrganisationFinder(QWidget):
    """The field, and the 団体 that hold what was typed.

    ↓ and ↑ move in the list, Enter takes the marked one; what is typed stays as written when none is taken. Where a
    団体 can be ``adds`` (made new), the last line always offers it under the name that is typed: ``added`` is that name
    once it is taken.
    Signals: ``chosen(Organisation)``; ``settled()`` Enter was pressed on a 団体 that is chosen or kept as written;
    ``typed()`` another text.
    """

    chosen = Signal(object)
    settled = Signal()
    typed = Signal()

    def __init__(self, desk: Desk, *, adds: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._adds = adds
        self.organisation: Organisation | None = None
        self.added = ""
        self.line = OneLine()
        self.line.setAccessibleName("団体")
        self.line.setPlaceholderText("2文字から探します（名称・ふりがな・支部）")
        self.list = QListWidget()
        self.list.setAccessibleName("見つかった団体")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A long name goes on in a second line where the field is narrow.
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.told = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for part in (self.line, self.list, self.told):
            column.addWidget(part)
        self.list.hide()
        self.told.hide()
        self._enter_waits = False
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._find)
        self.line.textEdited.connect(self._on_edit)
        self.list.itemClicked.connect(lambda _item: self._take_clicked())
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def show_organisation(self, organisation: Organisation | None, text: str = "") -> None:
        """Show a 団体 of the register, or a name as written."""
        self.organisation, self.added = organisation, ""
        self.line.setText(organisation.name if organisation else text)
        self.list.hide()
        self._tell()

    def offer(self, organisations: Sequence[Organisation]) -> None:
        """Show 団体 to choose from before anything is typed."""
        self._fill([OrganisationOffer(name=one.name, organisation=one) for one in organisations], mark=False)

    def find_now(self) -> None:
        """Look at once for what was typed."""
        self._soon.stop()
        self._find()

    def _on_edit(self, _text: str) -> None:
        self.organisation, self.added = None, ""
        self._enter_waits = False
        self._tell()
        self.typed.emit()
        self._soon.start()

    def _find(self) -> None:
        text = self.line.text().strip()
        if len(text) < 2:
            self.list.hide()
            return
        limit = _FOUND_BESIDE_NEW if self._adds else _MOST
        self._desk.read(with_store(organisation_offers, text=text, limit=limit), self._show)

    def _show(self, hits: Sequence[OrganisationOffer]) -> None:
        if self.organisation is not None or self.added:
            return
        # A name written before is no 団体 of the register: where one can be made, it is offered as a new one alone.
        found = [one for one in hits if one.organisation is not None] if self._adds else list(hits)
        self._fill(found, mark=bool(found))
        self._tell(nothing=not found and not self._adds)
        if self._enter_waits and len(found) == 1:
            self._take_marked()
            self.settled.emit()
        self._enter_waits = False

    def _fill(self, offers: Sequence[OrganisationOffer], *, mark: bool) -> None:
        self.list.clear()
        for one in offers:
            about = one.organisation.branch if one.organisation else _WRITTEN
            item = QListWidgetItem(f"{one.name}　{about}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        name = self.line.text().strip()
        if self._adds and name:
            item = QListWidgetItem(f"「{name}」を新しく加える")
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.list.setVisible(self.list.count() > 0)
        self.list.setCurrentRow(0 if mark and offers else -1)
        # The line that adds a new one is always in sight.
        seen = min(self.list.count(), _FOUND_BESIDE_NEW + 1 if self._adds else _ROWS_SEEN)
        self.list.setFixedHeight(sum(max(self.list.sizeHintForRow(one), t.scaled(28)) for one in range(seen)) + 4)

    def _tell(self, *, nothing: bool = False) -> None:
        words = ""
        if self.organisation is not None:
            words = self.organisation.branch or "支部なし"
        elif self.added:
            words = "新しい団体として名簿に加えます（支部などは、あとで「団体」で入れられます）。"
        elif nothing:
            words = "団体の名簿にありません。このままでも受け付けられます（書かれたとおりに残します）。"
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _take_marked(self) -> bool:
        item = self.list.currentItem()
        if item is None or self.list.isHidden():
            return False
        offer: OrganisationOffer | str = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(offer, str):
            self.show_organisation(None, offer)
            self.added = offer
            self._tell()
            return True
        self.show_organisation(offer.organisation, offer.name)
        if offer.organisation is not None:
            self.chosen.emit(offer.organisation)
        return True

    def _offer_new(self) -> bool:
        """Enter where only a new one can be meant: the first one marks its line and says so, the next one takes it."""
        if not self._adds or self.added or self.list.isHidden() or not self.list.count():
            return False
        self.list.setCurrentRow(self.list.count() - 1)
        self.told.setText(_ONCE_MORE)
        self.told.show()
        return True

    def _take_clicked(self) -> None:
        if self._take_marked() and self.organisation is None:
            self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ ↑ and Enter work on the list while the field keeps the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.list.isHidden():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self._soon.isActive():
                # Enter came faster than the list: the only match is taken when it is there, of several one is chosen.
                self._enter_waits = True
                self.find_now()
                return True
            if self.organisation is None and not self._take_marked() and self._offer_new():
                return True
            self.settled.emit()
            return True
        return super().eventFilter(watched, event)
