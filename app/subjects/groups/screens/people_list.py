"""The people of one 班 as a list that gives and takes people: by mouse, or with the keys 1 to 9."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.subjects.groups.screens.person_painting import PERSON, PersonDelegate, Shown
from app.subjects.roster.services.roster import RosterRow
from app.window import theme as t

PEOPLE = "application/x-roster-entries"
_ID = Qt.ItemDataRole.UserRole


class PeopleList(QListWidget):
    """One 班's people.

    Signals: ``dropped(list)`` entry ids let go here; ``sent(list, object)`` the chosen ones are to go to a 班 by its
    number (None = no 班); ``stepped(int)`` ← or →.
    """

    dropped = Signal(list)
    sent = Signal(list, object)
    stepped = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(PersonDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("people")
        self.setStyleSheet(
            f"QListWidget#people:focus {{ border: 2px solid {t.ACCENT}; }}"
            "QListWidget#people { border: 2px solid transparent; }"
        )

    def show_people(self, people: Sequence[RosterRow], words: Callable[[RosterRow], Shown]) -> None:
        """Show these people; who was chosen stays chosen."""
        chosen = set(self.chosen())
        current = self.currentItem().data(_ID) if self.currentItem() is not None else None
        self.clear()
        for row in people:
            person = words(row)
            item = QListWidgetItem(person.words)
            item.setData(PERSON, person)
            item.setData(_ID, row.entry.id)
            self.addItem(item)
            if row.entry.id == current:
                self.setCurrentItem(item)
        for at in range(self.count()):
            self.item(at).setSelected(self.item(at).data(_ID) in chosen)
        self.fit()

    def chosen(self) -> list[int]:
        """The entry ids of the chosen people, from above."""
        return [self.item(at).data(_ID) for at in range(self.count()) if self.item(at).isSelected()]

    def choose(self, entry_id: int) -> bool:
        """Choose one person and take the focus; False when it sits elsewhere."""
        for at in range(self.count()):
            if self.item(at).data(_ID) == entry_id:
                self.clearSelection()
                self.setCurrentRow(at)
                self.item(at).setSelected(True)
                self.setFocus()
                return True
        return False

    def fit(self) -> None:
        """As high as the people need: the columns scroll together."""
        self.doItemsLayout()
        tall = sum(self.sizeHintForRow(at) for at in range(self.count()))
        self.setFixedHeight(max(tall + 8, t.scaled(72)))

    # giving and taking

    def mimeTypes(self) -> list[str]:
        """Only people of the roster."""
        return [PEOPLE]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The people carried."""
        carried = QMimeData()
        carried.setData(PEOPLE, ",".join(str(item.data(_ID)) for item in items).encode())
        return carried

    def supportedDropActions(self) -> Qt.DropAction:
        """The rows move only once it is stored."""
        return Qt.DropAction.CopyAction

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """People may come in."""
        self._allow(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on the list."""
        self._allow(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell who was let go here."""
        if not event.mimeData().hasFormat(PEOPLE):
            event.ignore()
            return
        ids = [int(each) for each in bytes(event.mimeData().data(PEOPLE).data()).decode().split(",") if each]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        here = {self.item(at).data(_ID) for at in range(self.count())}
        if coming := [each for each in ids if each not in here]:
            self.dropped.emit(coming)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 send the chosen people to that 班, 0 to none; ← and → go to the next 班."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            if self.chosen():
                self.sent.emit(self.chosen(), key - Qt.Key.Key_0 or None)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody is current as soon as the list is gone to."""
        super().focusInEvent(event)
        if self.count() and not self.chosen():
            at = max(self.currentRow(), 0)
            self.setCurrentRow(at)
            self.item(at).setSelected(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def sizeHint(self) -> QSize:
        """Narrow is fine: everything wraps."""
        return QSize(160, self.height())

    @staticmethod
    def _allow(event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(PEOPLE):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()
