"""Card of one 班: number, count, facilitator, and a list whose people are moved by mouse or keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.common.join_nonempty import join_nonempty
from app.subjects.events.roster.services.roster import RosterRow
from app.widgets.buttons import Button
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import label, with_accessible_name
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.cell_painting import wrap_words
from app.widgets.pages import ensure_visible
from app.window import theme as t

PERSON_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_PAD_X, _PAD_Y = 8.0, 7.0
PEOPLE_MIME_TYPE = "application/x-roster-entries"
_ENTRY_ID_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class PersonText:
    """The texts drawn for one person."""

    number: str
    name: str
    detail: str

    @property
    def words(self) -> str:
        """Return all texts as one line, for a screen reader."""
        return join_nonempty(self.number, self.name, self.detail)


def person_text(row: RosterRow, attended_before: int) -> PersonText:
    """Return the texts of one person; the number of earlier attendances is a fact, no rank."""
    belonging = row.organisation_name + (f"（{row.branch}）" if row.branch else "")
    came = f"受講 {attended_before}回" if attended_before else ""
    number = str(row.entry.number) if row.entry.number is not None else ""
    return PersonText(number=number, name=row.name, detail=join_nonempty(belonging, came, separator="・"))


class PersonDelegate(QStyledItemDelegate):
    """Paints the people of one list at the list's width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height that the texts need at the width of the list."""
        around = option.widget
        width = around.viewport().width() if isinstance(around, QAbstractItemView) else option.rect.width()
        person = index.data(PERSON_ROLE)
        tall = sum(_line_height(font) for _line, font, _colour in _text_lines(person, width))
        return QSize(width, max(round(tall + 2 * _PAD_Y), t.scaled(t.ROW)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one person."""
        area = QRectF(option.rect)
        person = index.data(PERSON_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, t.SELECTION)
        painter.setPen(t.ROW_LINE)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        bold = t.font("body", bold=True)
        top = area.top() + _PAD_Y
        if person.number:
            _draw_text(painter, person.number, area.left() + _PAD_X, top, t.font("body"), t.INK_SECONDARY)
        for line, font, colour in _text_lines(person, area.width()):
            _draw_text(painter, line, area.left() + _PAD_X + _number_width(bold), top, font, colour)
            top += _line_height(font)
        painter.restore()


def _text_lines(person: PersonText, width: float) -> list[tuple[str, QFont, str]]:
    bold, small = t.font("body", bold=True), t.font("small")
    room = max(width - 2 * _PAD_X - _number_width(bold), 40)
    names = [(line, bold, t.INK) for line, _ in wrap_words(person.name, bold, room)]
    under = (
        [(line, small, t.INK_SECONDARY) for line, _ in wrap_words(person.detail, small, room)] if person.detail else []
    )
    return names + under


def _number_width(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("00") + 8


def _line_height(font: QFont) -> float:
    return QFontMetricsF(font).height() * 1.2


def _draw_text(painter: QPainter, words: str, x: float, top: float, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(
        QPointF(x, top + _line_height(font) / 2 + (QFontMetricsF(font).ascent() - QFontMetricsF(font).descent()) / 2),
        words,
    )


class PeopleList(QListWidget):
    """The people of one 班, moved by mouse or with the keys 1 to 9.

    Signals:
        ``people_dropped(list)``: entry ids dropped here.
        ``group_key_pressed(list, object)``: move the selected ones to the 班 of this number (None = no 班).
        ``group_step_asked(int)``: ← or →.
    """

    people_dropped = Signal(list)
    group_key_pressed = Signal(list, object)
    group_step_asked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
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

    def show_people(self, people: Sequence[RosterRow], words: Callable[[RosterRow], PersonText]) -> None:
        """Show these people; the selection is kept."""
        chosen = set(self.chosen_ids())
        current = self.currentItem().data(_ENTRY_ID_ROLE) if self.currentItem() is not None else None
        self.clear()
        for row in people:
            person = words(row)
            item = QListWidgetItem(person.words)
            item.setData(PERSON_ROLE, person)
            item.setData(_ENTRY_ID_ROLE, row.entry.id)
            self.addItem(item)
            if row.entry.id == current:
                self.setCurrentItem(item)
        for at in range(self.count()):
            self.item(at).setSelected(self.item(at).data(_ENTRY_ID_ROLE) in chosen)
        self.fit_height()

    def chosen_ids(self) -> list[int]:
        """Return the entry ids of the selected people, from above."""
        return [self.item(at).data(_ENTRY_ID_ROLE) for at in range(self.count()) if self.item(at).isSelected()]

    def select_person(self, entry_id: int) -> bool:
        """Select one person and take the focus; return False if the person is elsewhere."""
        for at in range(self.count()):
            if self.item(at).data(_ENTRY_ID_ROLE) == entry_id:
                self.clearSelection()
                self.setCurrentRow(at)
                self.item(at).setSelected(True)
                self.setFocus()
                return True
        return False

    def fit_height(self) -> None:
        """Fit the height to the people, because the columns scroll together."""
        self.doItemsLayout()
        tall = sum(self.sizeHintForRow(at) for at in range(self.count()))
        self.setFixedHeight(max(tall + 8, t.scaled(72)))

    # drag and drop

    def mimeTypes(self) -> list[str]:
        """Return the type for people of the roster."""
        return [PEOPLE_MIME_TYPE]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the dragged people."""
        carried = QMimeData()
        carried.setData(PEOPLE_MIME_TYPE, ",".join(str(item.data(_ENTRY_ID_ROLE)) for item in items).encode())
        return carried

    def supportedDropActions(self) -> Qt.DropAction:
        """Return no move, because rows move only once the change is saved."""
        return Qt.DropAction.CopyAction

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept people."""
        self._accept_people(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept people anywhere on the list."""
        self._accept_people(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit which people were dropped here."""
        if not event.mimeData().hasFormat(PEOPLE_MIME_TYPE):
            event.ignore()
            return
        ids = [int(each) for each in bytes(event.mimeData().data(PEOPLE_MIME_TYPE).data()).decode().split(",") if each]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        here = {self.item(at).data(_ENTRY_ID_ROLE) for at in range(self.count())}
        if coming := [each for each in ids if each not in here]:
            self.people_dropped.emit(coming)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected people with 1 to 9 (0 = no 班); go to the next 班 with ← →."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            if self.chosen_ids():
                self.group_key_pressed.emit(self.chosen_ids(), key - Qt.Key.Key_0 or None)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.group_step_asked.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make a person current when the list gets the focus."""
        super().focusInEvent(event)
        if self.count() and not self.chosen_ids():
            at = max(self.currentRow(), 0)
            self.setCurrentRow(at)
            self.item(at).setSelected(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_height()

    def sizeHint(self) -> QSize:
        """Return a small width, because everything wraps."""
        return QSize(160, self.height())

    @staticmethod
    def _accept_people(event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(PEOPLE_MIME_TYPE):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()


class GroupCard(QFrame):
    """Card of a 班, or with ``number`` None of the people without one.

    Signals: ``facilitator_entered(int, str)``; ``remove_asked(int)``; those of its ``people``.
    """

    facilitator_entered = Signal(int, str)
    remove_asked = Signal(int)

    def __init__(self, number: int | None, *, may_write: bool) -> None:
        super().__init__()
        self.number = number
        self._known = ""
        self.setProperty("kind", "panel")
        words = "班なし" if number is None else f"{number}班"
        self.setAccessibleName(words)
        self.title = label(words, "h2")
        self.count = label("", "second")
        self.people = PeopleList(f"{words}の参加者")
        head = in_row(self.title, self.count, None, spacing=8)
        column = in_column(head, owner=self, spacing=6, margins=(12, 10, 12, 12))
        self.facilitator = with_accessible_name(OneLine(), f"{words}のファシリテーター")
        self.facilitator.setPlaceholderText("ファシリテーター")
        self.facilitator.editingFinished.connect(self._emit_facilitator)
        if number is None:
            self.facilitator.setParent(self)
            self.facilitator.hide()
        else:
            remove = Button(
                f"{words}を削除する", lambda: self.remove_asked.emit(number), kind="icon", icon_name="trash"
            )
            remove.setFixedHeight(t.scaled(t.FIELD))
            ensure_visible(remove, seen=may_write)
            self.facilitator.setReadOnly(not may_write)
            head.addWidget(remove)
            add(column, label("ファシリテーター", "small"), self.facilitator)
        add(column, self.people, None)

    def show_facilitator(self, name: str) -> None:
        """Show the facilitator of the 班, unless it is being typed."""
        self._known = name
        if not self.facilitator.hasFocus():
            self.facilitator.setText(name)

    def show_count(self, people: int) -> None:
        """Show the number of people."""
        self.count.setText(f"{people}人")

    def _emit_facilitator(self) -> None:
        text = self.facilitator.text().strip()
        if self.number is not None and text != self._known:
            self._known = text
            self.facilitator_entered.emit(self.number, text)
