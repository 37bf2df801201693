"""The view of a list: paints rows, handles keys, and adjusts row heights to their content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.common.join_nonempty import join_nonempty
from app.widgets.buttons import Button
from app.widgets.fold_line import paint_fold
from app.widgets.keys import ENTER
from app.widgets.layouts import row_of
from app.widgets.lists.cell_painting import (
    CELL_PAD_X,
    TONES,
    lay_out_cell,
    natural_width,
    number_width,
    paint_cell,
    title_width,
    unbreakable_width,
)
from app.widgets.lists.record_model import Cell, RecordModel, RowAction, key_of
from app.window import theme as t
from app.window.clipboard import copy_personal
from app.window.debounce import debounce
from app.window.line_breaks import wrap_words
from app.window.painting import paint_text, stroke, theme_colour

Index = QModelIndex | QPersistentModelIndex
ActionOf = Callable[[Any], RowAction | None]
_BOXES = {"check-square", "square"}
_FOLDS = {"caret-right", "caret-down"}
_BOX_SIDE = 22
_CHUNK = 60
_CHOSEN_BAR = 4
_TEXT_BELOW_GAP = 5
"""Pixels between the text below a row and the row's line."""
_WIDEST_BY_CONTENT = 420
_MEASURED = 100
"""Number of rows measured for the width of a column."""


class _RowPainter(QStyledItemDelegate):
    """Paints cells, group headings, the text below a row and the frame of the current row; row buttons are widgets."""

    def __init__(self, view: RecordView):
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell over the tint of its row, with its part of the text below and the frame, or a group heading."""
        model = self._view.rows
        area = QRectF(option.rect)
        head = model.heading(index.row())
        painter.save()
        if head is not None and head.fold is not None:
            sign = (head.fold.icon, TONES[head.fold.icon_tone])
            about = () if head.is_open else head.fold.about(head.rows)
            paint_fold(painter, area, f"{head.title}　{head.count}", about, is_open=head.is_open, sign=sign)
        elif head is not None:
            painter.fillRect(area, t.FOOTER)
            words = area.adjusted(CELL_PAD_X, 0, 0, 0)
            paint_text(painter, words, f"{head.title}　{head.count}", t.font("body", bold=True), t.INK)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            record = model.record(index.row())
            tint = self._view.tint_of(record)
            if chosen or tint:
                painter.fillRect(area, theme_colour(t.SELECTION if chosen else tint))
            if chosen and index.column() == self._view.edge_column(last=False):
                # The tint alone can hardly be told from the ground.
                painter.fillRect(QRectF(area.left(), area.top(), _CHOSEN_BAR, area.height()), t.ACCENT)
            below = self._view.text_below(record)
            if index.column() < len(model.columns):
                column = model.columns[index.column()]
                cells = area.adjusted(0, 0, 0, -self._view.text_below_height(below)) if below else area
                paint_cell(painter, model.cell(index.row(), index.column()), cells, column.align)
            if below:
                self._paint_below(painter, area, index.row(), below)
        painter.setPen(stroke(t.ROW_LINE))
        painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._frame_current(painter, area, index.column(), whole=head is not None)
        painter.restore()

    def _paint_below(self, painter: QPainter, area: QRectF, row: int, below: str) -> None:
        """Draw the part of the text below a row that lies in this column."""
        view = self._view
        font = t.font("small")
        height = view.text_below_height(below)
        top = area.bottom() - height
        left = view.columnViewportPosition(view.text_below_column())
        painter.save()
        painter.setClipRect(area)
        painter.setPen(theme_colour(view.text_below_colour(view.rows.record(row))))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for number, (words, _) in enumerate(wrap_words(below, font, view.text_below_width())):
            baseline = top + number * metrics.lineSpacing() + metrics.ascent()
            painter.drawText(QPointF(left + CELL_PAD_X, baseline), words)
        painter.restore()

    def _frame_current(self, painter: QPainter, area: QRectF, column: int, *, whole: bool) -> None:
        """Draw this column's part of the focus frame around the current row, all of it round a heading."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.ACCENT)
        painter.drawRect(QRectF(area.left(), area.top(), area.width(), 2))
        painter.drawRect(QRectF(area.left(), area.bottom() - 2, area.width(), 2))
        if whole or column == self._view.edge_column(last=False):
            painter.drawRect(QRectF(area.left(), area.top(), 2, area.height()))
        if whole or column == self._view.edge_column(last=True):
            painter.drawRect(QRectF(area.right() - 2, area.top(), 2, area.height()))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell at the column's present width."""
        model = self._view.rows
        if model.heading(index.row()) is not None:
            return QSize(0, t.scaled(t.LOW_ROW))
        below = self._view.text_below(model.record(index.row()))
        under = round(self._view.text_below_height(below)) if below else 0
        width = self._view.columnWidth(index.column())
        layout = lay_out_cell(model.cell(index.row(), index.column()), width, t.size())
        return QSize(round(layout.width), max(t.scaled(self._view.least_height), round(layout.height) + 1) + under)


ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


def begin_with_whole_row(view: QAbstractItemView, before: int, page: QScrollArea | None = None) -> None:
    """Scroll on to the next row where a list that moved from ``before`` begins with a cut one, a broken line.

    A list as high as its rows moves with its ``page``.
    """
    top = view.viewport().mapFrom(page.viewport(), QPoint()).y() if page is not None else 0
    bar, cut = (page or view).verticalScrollBar(), view.visualRect(view.indexAt(QPoint(0, top)))
    if bar.value() != before and cut.top() < top and cut.bottom() < view.visualRect(view.currentIndex()).top():
        bar.setValue(bar.value() + cut.bottom() + 1 - top)


class RecordView(QTableView):
    """The table inside a ``RecordTable``.

    Signals: ``opened(object)`` Enter on a row; ``double_clicked(object)``; ``acted(object)`` its button or Space;
    ``character_typed(str)`` a character meant for the filter; ``delete_asked()`` Delete; ``edit_asked()`` F2;
    ``copy_asked()`` Ctrl+C; ``menu_asked(QPoint)`` where the menu is wanted; ``escaped()`` Esc;
    ``resized()`` the width for the columns changed; ``fold_toggled(str, bool)`` a group was opened or closed.
    """

    opened = Signal(object)
    double_clicked = Signal(object)
    acted = Signal(object)
    character_typed = Signal(str)
    delete_asked = Signal()
    edit_asked = Signal()
    copy_asked = Signal()
    menu_asked = Signal(QPoint)
    escaped = Signal()
    resized = Signal()
    fold_toggled = Signal(str, bool)

    def __init__(self, model: RecordModel, parent: QWidget | None = None):
        super().__init__(parent)
        self.rows = model
        self.action_of: ActionOf | None = None
        self.tint: Callable[[Any], str] | None = None
        self.below: Callable[[Any], tuple[str, str]] | None = None
        self.least_height = t.ROW
        self.setModel(model)
        self.setItemDelegate(_RowPainter(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(t.scaled(t.ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(32)
        head.setStretchLastSection(False)
        self._measure_soon = debounce(self, self.measure_all, 30)
        head.sectionResized.connect(lambda *_: self._measure_soon.start())
        self._later = debounce(self, self._measure_chunk)
        self._next = 0
        # The place of the current row that went with the last reading; -1 = it is there.
        self.gone_from = -1
        # The row that must not move while heights are still measured, by its key: where it begins, and how far that is
        # scrolled.
        self._held: tuple[object, int, int] | None = None
        # Key of the row navigated to, while heights are still being measured.
        self._led: object = None
        self.verticalScrollBar().actionTriggered.connect(self.end_navigation)
        model.rows_loaded.connect(self._measure_fed)

    def tint_of(self, record: Any) -> str:
        """Return the background colour of a row, or ""; the highlight of colleagues' changes takes precedence."""
        if record is not None and self.rows.is_marked(record):
            return t.SELECTION
        return self.tint(record) if self.tint is not None and record is not None else ""

    # words under a row

    def text_below(self, record: Any) -> str:
        """Return the text below a row, or ""."""
        return self.below(record)[0] if self.below is not None and record is not None else ""

    def text_below_colour(self, record: Any) -> str:
        """Return the colour of the text below a row, that of second texts if there is none."""
        return self.below(record)[1] if self.below is not None and record is not None else t.INK_SECONDARY

    def text_below_column(self) -> int:
        """Return the column where the text below a row begins: the second visible one, after the row number."""
        head = self.horizontalHeader()
        shown = [
            head.logicalIndex(place)
            for place in range(head.count())
            if not self.isColumnHidden(head.logicalIndex(place))
        ]
        return shown[1] if len(shown) > 1 else shown[0]

    def text_below_width(self) -> float:
        """Return the width of the text below a row, up to the right edge or the row buttons."""
        last = self.rows.columnCount() - 1
        acting = self.action_of is not None and not self.isColumnHidden(last)
        right = self.columnViewportPosition(last) if acting else self.viewport().width()
        return float(max(120, right - self.columnViewportPosition(self.text_below_column()) - 2 * CELL_PAD_X))

    def text_below_height(self, words: str) -> float:
        """Return the height that ``words`` below a row need, wrapped, with the gap to the row's line."""
        font = t.font("small")
        return (
            len(wrap_words(words, font, self.text_below_width())) * QFontMetricsF(font).lineSpacing() + _TEXT_BELOW_GAP
        )

    def edge_column(self, *, last: bool) -> int:
        """Return the number of the first (or ``last``) visible column, -1 if there is none."""
        head = self.horizontalHeader()
        seen = [head.logicalIndex(place) for place in range(head.count())]
        shown = [column for column in seen if not self.isColumnHidden(column)]
        return shown[-1 if last else 0] if shown else -1

    def current_record(self) -> Any:
        """Return the record of the current row, or None."""
        return self.rows.record(self.currentIndex().row())

    def ensure_current_if_focused(self) -> None:
        """If the list has the focus and no current row, make one current: in place of the removed one, else the first.

        For lists without details beside them.
        """
        if self.hasFocus() and not self.currentIndex().isValid():
            self.set_current_row(self.replacement_row())

    def set_current_row(self, row: int) -> None:
        """Make ``row`` current without selecting it; -1 = change nothing."""
        if row >= 0:
            self.selectionModel().setCurrentIndex(self.rows.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def replacement_row(self) -> int:
        """Return the row to make current if there is none: in place of the removed one, else the first; -1 = none."""
        last = min(self.gone_from, self.rows.rowCount() - 1)
        near = (
            row for row in (*range(last, -1, -1), *range(self.rows.rowCount())) if self.rows.record(row) is not None
        )
        return next(near, -1)

    # what is in sight

    def visible_rows(self) -> tuple[tuple[object, int], ...]:
        """Return the visible rows as (key, top position), the current one first, then from top to bottom."""
        first = self.rowAt(0)
        if first < 0:
            return ()
        last = self.rowAt(self.viewport().height() - 1)
        seen = [
            row
            for row in range(first, (last if last >= 0 else self.rows.rowCount() - 1) + 1)
            if self.rows.record(row) is not None
        ]
        current = self.currentIndex().row()
        seen.sort(key=lambda row: row != current)
        return tuple((key_of(self.rows.record(row)), self.rowViewportPosition(row)) for row in seen)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE_VISIBLE) -> None:
        """Scroll a row into sight; a list that moved begins with a whole row."""
        before = self.verticalScrollBar().value()
        super().scrollTo(index, hint)
        begin_with_whole_row(self, before)

    def navigate_to_row(self, row: int) -> None:
        """Scroll to a row, and again when heights or size change, until the user scrolls."""
        self._held = None
        self.scrollTo(self.rows.index(row, 0))
        self._led = key_of(self.rows.record(row))

    def is_navigation_target(self) -> bool:
        """Return whether the row that navigation selected is still at least partly visible."""
        shown = self.visualRect(self.currentIndex()).intersects(self.viewport().rect())
        return shown and self._led is not None and self._led == key_of(self.current_record())

    def end_navigation(self, _action: int = 0) -> None:
        """Stop scrolling to a row, because the user scrolled."""
        self._led = None

    def keep_scroll_position(self, visible_before: Sequence[tuple[object, int]], scroll_before: int) -> None:
        """Keep the rows that were visible in place after rows were read again.

        The first of them that still exists keeps its position, also while heights are measured, until the user scrolls.
        ``scroll_before`` is the scroll position if none exists.
        """
        if self._led is not None:
            return
        self._held = None
        if not scroll_before:
            # At the top new rows come in sight, and the current one stays where it is seen.
            if visible_before and visible_before[0][0] != key_of(self.current_record()):
                self.verticalScrollBar().setValue(0)
            return
        known = [key_of(record) for record in self.rows.records()]
        place = next((one for one in visible_before if one[0] in known), None)
        if place is not None:
            self._held = (*place, -1)
            self._restore_position()

    def _restore_position(self) -> None:
        """Scroll the kept row back to its position and the navigation target into view, unless the user scrolled."""
        row = self.currentIndex().row()
        if self._led is not None and key_of(self.current_record()) == self._led:
            self.executeDelayedItemsLayout()
            self.updateGeometries()
            self.scrollTo(self.rows.index(row, 0))
            # Rows above that became lower cut the first one, though the list did not move.
            begin_with_whole_row(self, -1)
        if self._held is None:
            return
        wanted, top, scrolled = self._held
        bar = self.verticalScrollBar()
        row = self.rows.row_of(lambda record: key_of(record) == wanted)
        if row < 0 or scrolled not in (-1, bar.value()):
            self._held = None
            return
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        bar.setValue(bar.value() + self.rowViewportPosition(row) - top)
        self._held = (wanted, top, bar.value())

    # row heights

    def measure_all(self) -> None:
        """Adjust every row height to its content: visible rows at once, the rest in small steps."""
        self._measure_soon.stop()
        first = max(0, self.rowAt(0))
        for row in range(first, min(first + _CHUNK, self.rows.rowCount())):
            self._fit_row(row)
        self._restore_position()
        self._next = 0 if first else _CHUNK
        if self._next < self.rows.rowCount():
            self._later.start()
        else:
            self._later.stop()

    def _measure_fed(self, first: int, last: int) -> None:
        """Prepare new rows: span group headings, put in buttons, set heights (of many rows in later steps)."""
        self.clear_spans_if_reset(first)
        if first == 0:
            self._led = None
        for row in range(first, last + 1):
            if self.rows.heading(row) is not None:
                # A span of one cell is none, and Qt warns of it.
                if self.rows.columnCount() > 1:
                    self.setSpan(row, 0, 1, self.rows.columnCount())
            else:
                self._put_button(row)
            # The first are fitted by ``measure_all`` once every column has its width.
            if first and row - first < _CHUNK:
                self._fit_row(row)
        if last - first >= _CHUNK:
            # What waits of an earlier feed is not passed over.
            waiting = self._later.isActive() and first > 0
            self._next = min(self._next, first + _CHUNK) if waiting else first + _CHUNK
            self._later.start()

    def _put_button(self, row: int) -> None:
        """Put a real button into the last column, reachable with Tab, which emits ``acted``; none without an action."""
        record = self.rows.record(row)
        action = self.action_of(record) if self.action_of is not None else None
        if action is None:
            return
        button = Button(action.text, lambda: self.acted.emit(record), kind=action.kind, low=True)
        cells = (self.rows.cell(row, number) for number in range(len(self.rows.columns)))
        button.setAccessibleName(join_nonempty(action.text, next((one.text for one in cells if one.text), "")))
        holder = row_of((button, 1), margins=(CELL_PAD_X, 2, CELL_PAD_X, 3))
        self.setIndexWidget(self.rows.index(row, self.rows.columnCount() - 1), holder)

    def button_width(self) -> int:
        """Return the width of the row buttons, the same for all rows: that of the widest of the first 100, 0 = none."""
        last = self.rows.columnCount() - 1
        widths = [0]
        for row in range(min(self.rows.rowCount(), 100)):
            holder = self.indexWidget(self.rows.index(row, last))
            if holder is not None:
                widths.append(holder.sizeHint().width())
        return max(widths)

    def clear_spans_if_reset(self, first: int) -> None:
        """Clear the spans of old group headings when rows are loaded from the beginning."""
        if first == 0:
            self.clearSpans()

    def _measure_chunk(self) -> None:
        """Set the height of the next sixty rows, and go on in the next turn of the event loop."""
        last = min(self._next + _CHUNK, self.rows.rowCount())
        for row in range(self._next, last):
            self._fit_row(row)
        self._restore_position()
        self._next = last
        if last < self.rows.rowCount():
            self._later.start()

    def _fit_row(self, row: int) -> None:
        """Set the height of a row to that of its highest cell and the text below it."""
        heading = self.rows.heading(row) is not None
        need = t.scaled(t.LOW_ROW if heading else self.least_height)
        if not heading:
            for column in range(self.rows.columnCount()):
                if not self.isColumnHidden(column):
                    cell = self.rows.cell(row, column)
                    room = lay_out_cell(cell, self.columnWidth(column), t.size())
                    need = max(need, round(room.height) + 1)
            below = self.text_below(self.rows.record(row))
            need += round(self.text_below_height(below)) if below else 0
        if self.rowHeight(row) != need:
            self.setRowHeight(row, need)

    def head_height(self) -> int:
        """Return the height of the column headings, by the one with most lines."""
        head = self.horizontalHeader()
        head.ensurePolished()
        return max(head.sizeHint().height(), head.minimumHeight())

    def heading_width(self, column: int) -> int:
        """Return the width at which no line of the heading is cut."""
        declared = self.rows.columns[column]
        return round(title_width(declared.title, t.size()) + 2 * CELL_PAD_X + (18 if declared.sortable else 2))

    def content_width(self, column: int) -> int:
        """Return the width at which heading and first rows of a column don't wrap, at most 420 px."""
        widest = self.heading_width(column)
        widest = max([widest, *map(natural_width, self._first_cells(column))])
        return min(widest, _WIDEST_BY_CONTENT)

    def uncut_width(self, column: int, *, between_words: bool = False) -> int:
        """Return the width below which a badge or date would be cut; ``between_words`` as in ``unbreakable_width``."""
        cells = self._first_cells(column)
        return max((unbreakable_width(cell, between_words=between_words) for cell in cells), default=0)

    def number_width(self, column: int) -> int:
        """Return the width below which a time or number in the small text would wrap."""
        return max(map(number_width, self._first_cells(column)), default=0)

    def _first_cells(self, column: int) -> list[Cell]:
        """Return the cells of the first rows, and of every badge that may occur in later ones."""
        found = self.rows.first_cells(column, _MEASURED)
        if self.rows.rowCount() >= _CHUNK:  # the rows of a long list come by and by
            found += [Cell(badge=one) for one in self.rows.columns[column].badges]
        return found

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit the signal of a key: Enter, Space, Delete, F2, Ctrl+C, Esc, the menu key, or a character for the filter.

        Ctrl+Enter and Esc go on to what is around the list; other keys, as the arrows, move in it.
        """
        record = self.current_record()
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and record is None and plain:
            self.toggle_fold(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif key in ENTER and record is not None:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # it presses what the dialog around this list is for
            else:
                self.opened.emit(record)
        elif key == Qt.Key.Key_Space and record is not None:
            self.acted.emit(record)
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif key == Qt.Key.Key_F2:
            self.edit_asked.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.ignore()
        elif _printable(event):
            self.character_typed.emit(event.text())
        elif _asks_for_menu(event):
            self.menu_asked.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QTableView.CursorAction, held: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads: to a row beside a heading that opens nothing."""
        found = super().moveCursor(action, held)
        way = -1 if 0 < found.row() < self.currentIndex().row() else 1
        while (head := self.rows.heading(found.row())) and not head.fold:
            found = found.siblingAtRow(found.row() + way)
        return found

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Emit ``menu_asked`` for the row under the mouse, made current unless it is selected; not for a key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.rowAt(event.pos().y())
            if self.rows.record(row) is not None and not self.selectionModel().isRowSelected(row):
                self.setCurrentIndex(self.rows.index(row, 0))
            self.menu_asked.emit(event.globalPos())

    def current_tips(self) -> str:
        """Return what the tool tips of the current row say, a line for each column; "" without a row."""
        row = self.currentIndex().row()
        if self.rows.record(row) is None:
            return ""
        told = (
            (column.title.replace("\n", " "), self.rows.cell(row, number).tip)
            for number, column in enumerate(self.rows.columns)
        )
        return "\n".join(f"{title}　{tip}".strip() for title, tip in told if tip)

    def toggle_fold(self, row: int) -> None:
        """Open or close the group whose heading stands in ``row``, which stays where it is; nothing for other rows."""
        head = self.rows.heading(row)
        if head is not None and head.fold is not None:
            self.rows.toggle_fold(row)
            self.set_current_row(row)
            self.fold_toggled.emit(head.title, not head.is_open)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit ``acted`` for a row whose check box is clicked, as Space does, and toggle a fold."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_fold(self.rowAt(int(event.position().y())))
        record = self._record_of_checkbox_at(event)
        if record is not None:
            self.acted.emit(record)

    def _record_of_checkbox_at(self, event: QMouseEvent) -> Any:
        """Return the record whose check box is under the mouse, or that is a fold, or None.

        Only for the left button, and only if the box is in the current cell.
        """
        place = event.position().toPoint()
        index = self.indexAt(place)
        record = self.rows.record(index.row())
        if event.button() != Qt.MouseButton.LeftButton or record is None or index != self.currentIndex():
            return None
        into = place.x() - self.columnViewportPosition(index.column())
        boxed = into <= CELL_PAD_X + t.scaled(_BOX_SIDE)
        if self.rows.cell(index.row(), 0).icon in _FOLDS:
            return record
        return record if boxed and self.rows.cell(index.row(), index.column()).icon in _BOXES else None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Emit ``double_clicked`` for the row; nothing on a check box, where each click emits ``acted`` by itself."""
        if self._record_of_checkbox_at(event) is not None:
            return
        record = self.rows.record(self.rowAt(int(event.position().y())))
        if record is not None and event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit(record)
            return
        super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and stop following a navigation target."""
        self._led = None
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adjust column widths and row heights to the width; emit ``resized``."""
        super().resizeEvent(event)
        self._measure_soon.start()
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure everything again after a change of the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_measure_soon"):
            self.verticalHeader().setDefaultSectionSize(t.scaled(self.least_height))
            self._measure_soon.start()

    def copy_text(self, text: str) -> None:
        """Copy ``text`` as personal data, which is kept out of the history of the clipboard."""
        copy_personal(text)


def _asks_for_menu(event: QKeyEvent) -> bool:
    shift_only = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift_only)


def _printable(event: QKeyEvent) -> bool:
    """Return whether a key types a character, Shift or none held."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not held and bool(event.text()) and event.text().isprintable()
