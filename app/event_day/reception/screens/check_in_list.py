"""List of the check-in: 未受付 above, 受付済 below, one current row, 配慮 while a key is held; readable from a step
away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.common.join_nonempty import join_nonempty
from app.event_day.reception.screens.check_in_row_layout import (
    HEAD,
    RowLayout,
    badge_area,
    is_something_missing,
    layout_row,
    paint_head,
    paint_row,
)
from app.event_day.reception.services import CheckInRow, read_care
from app.widgets.labels import Paragraph, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.lists.record_view import begin_with_whole_row
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from db.record import frozen

Index = QModelIndex | QPersistentModelIndex


@frozen
class ListHeading:
    """A heading of the check-in list, with its count and the order of the rows below."""

    title: str
    count: int
    note: str


def told_row(row: CheckInRow) -> str:
    """Return 「田口 修さん（9番） 入場番号 503 みほん町会 未受付 配慮あり」 for a screen reader.

    Of a 配慮 or own words it says only that there are some, since everybody at the door hears it.
    """
    care = {"配慮": "配慮あり", "ことば": "本人のことばあり"}.get(row.care_mark, "")
    return join_nonempty(row.spoken_name, row.admission_words, row.organisation, row.time_text, row.state, care)


class CheckInModel(QAbstractListModel):
    """Model of the check-in list, with headings and people."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.items: list[ListHeading | CheckInRow] = []

    def show_items(self, items: Sequence[ListHeading | CheckInRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of headings and people."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row in words, for a screen reader."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        item = self.items[index.row()]
        if isinstance(item, ListHeading):
            return f"{item.title} {item.count}"
        return told_row(item)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return flags that make only people selectable."""
        if index.isValid() and isinstance(self.items[index.row()], CheckInRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class _CheckInDelegate(QStyledItemDelegate):
    """Paints the items of the check-in list with the list's layouts."""

    def __init__(self, owner: CheckInList):
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the text needs."""
        item = self._owner.door.items[index.row()]
        width = self._owner.viewport().width()
        if isinstance(item, ListHeading):
            return QSize(width, t.scaled(HEAD))
        return QSize(width, round(layout_row(item, width).height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one item."""
        item = self._owner.door.items[index.row()]
        area = QRectF(option.rect)
        painter.save()
        if isinstance(item, ListHeading):
            paint_head(painter, area, item.title, item.count, item.note)
        else:
            current = index.row() == self._owner.currentIndex().row()
            pressed = index.row() == self._owner.pressed_row
            paint_row(painter, area, item, layout_row(item, area.width()), current=current, pressed=pressed)
        painter.restore()


class CheckInList(QListView):
    """List of the check-in for mouse, keys and touch: 未受付 above, 受付済 below, one current row.

    The keyboard focus stays in the input field.

    Signals:
        ``button_pressed(object)``: the button of a ``CheckInRow``.
        ``care_pressed(object)``, ``care_released()``: its badge 配慮 or ことば is held down.
        ``menu_asked(object, QPoint)``: with the position on the screen.
        ``current_changed(object)``: another row is current (None = none).
    """

    button_pressed = Signal(object)
    care_pressed = Signal(object)
    care_released = Signal()
    menu_asked = Signal(object, QPoint)
    current_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.door = CheckInModel(self)
        self.pressed_row = -1
        self.setModel(self.door)
        self.setItemDelegate(_CheckInDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(False)
        self.setAccessibleName("受付の一覧")
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit(self.current_row()))

    # for the screen

    def show_items(self, items: Sequence[ListHeading | CheckInRow], *, current: int | None) -> None:
        """Show rows; the entry ``current`` is the current one, else the first person. Emit ``current_changed``."""
        kept = self.verticalScrollBar().value()
        self.door.show_items(items)
        people = [at for at, item in enumerate(items) if isinstance(item, CheckInRow)]
        at = next((at for at in people if self._entry_id_at(at) == current), people[0] if people else -1)
        self.verticalScrollBar().setValue(kept)
        self._set_current(at)
        self.current_changed.emit(self.current_row())

    def current_row(self) -> CheckInRow | None:
        """Return the person of the current row, or None."""
        at = self.currentIndex().row()
        item = self.door.items[at] if 0 <= at < len(self.door.items) else None
        return item if isinstance(item, CheckInRow) else None

    def people(self) -> list[CheckInRow]:
        """Return all people shown, from above."""
        return [item for item in self.door.items if isinstance(item, CheckInRow)]

    def move_current(self, steps: int) -> None:
        """Make the person current who stands this number of rows below (negative: above), at most the last or first."""
        places = [at for at, item in enumerate(self.door.items) if isinstance(item, CheckInRow)]
        if not places:
            return
        here = self.currentIndex().row()
        at = places.index(here) if here in places else 0
        self._set_current(places[max(0, min(len(places) - 1, at + steps))])

    def row_area(self, row: CheckInRow) -> QRect:
        """Return the rectangle of a person's row in the viewport."""
        at = next((at for at in range(len(self.door.items)) if self._entry_id_at(at) == row.entry_id), -1)
        return self.visualRect(self.door.index(at, 0)) if at >= 0 else QRect()

    def layout_of(self, row: CheckInRow) -> RowLayout:
        """Return the layout of a person's row."""
        return layout_row(row, self.viewport().width())

    # internal

    def _entry_id_at(self, at: int) -> int:
        """Return the entry of the row at this position, 0 if it is no person."""
        item = self.door.items[at]
        return item.entry_id if isinstance(item, CheckInRow) else 0

    def _set_current(self, at: int) -> None:
        if at < 0:
            return
        index = self.door.index(at, 0)
        before = self.verticalScrollBar().value()
        self.setCurrentIndex(index)
        if at == 1:
            self.scrollToTop()
        self.scrollTo(index)
        begin_with_whole_row(self, before)
        self.viewport().update()

    def _row_at(self, position: QPoint) -> tuple[CheckInRow | None, QPoint, RowLayout | None]:
        """Return the person at ``position``, the position inside the row, and the row's layout; elsewhere None."""
        index = self.indexAt(position)
        item = self.door.items[index.row()] if index.isValid() else None
        if not isinstance(item, CheckInRow):
            return None, position, None
        return item, position - self.visualRect(index).topLeft(), self.layout_of(item)

    def _shows_button(self, row: CheckInRow) -> bool:
        """Return whether a row shows its button: neither 受付済 nor 欠席, current, or 受付済 without name or tablet."""
        current = self.current_row()
        return (
            row.state not in ("受付済", "欠席")
            or is_something_missing(row)
            or (current is not None and current.entry_id == row.entry_id)
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the pressed row the current one; note a press on its button, or emit ``care_pressed`` for its badge.

        Which button a row shows depends on the row that was current before.
        """
        row, inside, layout = self._row_at(event.position().toPoint())
        if row is None or layout is None or event.button() != Qt.MouseButton.LeftButton:
            return
        on_button = self._shows_button(row) and layout.button.contains(inside.toPointF())
        self._set_current(self.indexAt(event.position().toPoint()).row())
        if on_button:
            self.pressed_row = self.currentIndex().row()
            self.viewport().update()
        elif badge_area(row, layout).contains(inside.toPointF()):
            self.care_pressed.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit ``button_pressed`` if the mouse is released on the button where it was pressed."""
        self.care_released.emit()
        row, inside, layout = self._row_at(event.position().toPoint())
        at, self.pressed_row = self.pressed_row, -1
        self.viewport().update()
        if row is None or layout is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if at == self.currentIndex().row() and layout.button.contains(inside.toPointF()):
            self.button_pressed.emit(row)
        elif at < 0 and layout.menu.contains(inside.toPointF()):
            self.menu_asked.emit(row, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ignore dragging over rows."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ignore the second click, so that nobody is checked in and undone at once."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Make the row under the mouse current and emit ``menu_asked``."""
        row, _, _ = self._row_at(event.pos())
        if row is not None:
            self._set_current(self.indexAt(event.pos()).row())
            self.menu_asked.emit(row, event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


class CarePopup(QFrame):
    """Popup that shows a 配慮 over the check-in list, beside its row. Signals: none."""

    def __init__(self, app_context: AppContext, over: QWidget):
        super().__init__(over)
        self._app_context = app_context
        self._asked = 0
        self.setObjectName("care")
        self.setStyleSheet(
            f"QFrame#care {{ background: {t.AMBER_TINT}; border: 2px solid {t.AMBER}; border-radius: {t.RADIUS}px; }}"
        )
        self._who = wrapped_label("", "strong")
        self._words = Paragraph()
        in_column(self._who, self._words, owner=self, spacing=6, margins=(16, 12, 16, 10))
        self.hide()

    def show_care(self, row: CheckInRow, row_area: QRect) -> None:
        """Read the 配慮 of ``row`` and show it below (or above) its area, unless the key is released before."""
        self._asked += 1
        turn = self._asked

        def show(care: str) -> None:
            """Show the 配慮 that was read, unless the key was released meanwhile."""
            if turn == self._asked:
                self._show(row, care, row_area)

        self._app_context.read(with_store(read_care, entry_id=row.entry_id), show, owner=self)

    def hide_care(self) -> None:
        """Hide the popup and forget its text."""
        self._asked += 1
        self.hide()
        self._words.show_text("")
        self._who.setText("")

    def _show(self, row: CheckInRow, care: str, row_area: QRect) -> None:
        """Show the popup with the 配慮 that was read, below the row, above it where there is no room."""
        self._who.setText(f"配慮　{row.spoken_name}")
        self._words.show_text(care or "配慮の記入はありません。")
        over = self.parentWidget()
        if over is None:
            return
        self.setFixedWidth(min(t.scaled(440), over.width() - 32))
        self.adjustSize()
        left = max(16, min(row_area.left() + t.scaled(72), over.width() - self.width() - 16))
        under = row_area.bottom() + 6
        top = under if under + self.height() <= over.height() else max(0, row_area.top() - self.height() - 6)
        self.move(left, top)
        self.raise_()
        self.show()
