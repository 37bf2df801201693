"""The list of search results, with group headings and highlighted matches."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.home.today.services.global_search import FoundGroup, FoundItem, SearchResult
from app.registers.register.services.search import matched_spans
from app.widgets.badges import paint_kind
from app.window import theme as t
from app.window.announce import announce_current_rows
from app.window.icons import paint_icon
from app.window.painting import paint_text
from db.record import frozen

Index = QModelIndex | QPersistentModelIndex
Line = FoundGroup | FoundItem
LINE = Qt.ItemDataRole.UserRole
_LEFT, _SIGN, _WORDS, _RIGHT = 20, 20, 52, 120
_PAD = 6


class SearchResultsModel(QAbstractListModel):
    """The list model of the search results: group headings and items."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.lines: list[Line] = []
        self.keys: tuple[str, ...] = ()

    def show_found(self, found: SearchResult) -> None:
        """Replace the rows by what was found."""
        self.beginResetModel()
        self.keys = found.keys
        self.lines = []
        for group in found.groups:
            self.lines += [group, *group.items]
        self.endResetModel()

    def item(self, row: int) -> FoundItem | None:
        """Return the item of a row, None for a heading."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, FoundItem) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of headings and items."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the group or item for ``LINE``, else its text for screen readers."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.title} {line.total}件" if isinstance(line, FoundGroup) else f"{line.title}　{line.detail}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a row; only items, not headings, can be selected."""
        if self.item(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@frozen
class _LaidOutText:
    """One text laid out, with its height."""

    layout: QTextLayout
    height: float


class _SearchResultDelegate(QStyledItemDelegate):
    """Draws headings and items; a long text wraps, nothing is cut."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading, or of an item with its wrapped texts."""
        line = index.data(LINE)
        if isinstance(line, FoundGroup):
            return QSize(100, t.scaled(28))
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 600
        title, second = self._laid_out(line, width, ())
        return QSize(100, max(t.scaled(48), round(title.height + second.height) + 2 * _PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row (Qt override)."""
        line = index.data(LINE)
        area = QRectF(option.rect)
        painter.save()
        if isinstance(line, FoundGroup):
            self._heading(painter, area, line)
        else:
            model = index.model()
            keys = model.keys if isinstance(model, SearchResultsModel) else ()
            self._item(painter, area, line, keys, chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _heading(self, painter: QPainter, area: QRectF, group: FoundGroup) -> None:
        painter.fillRect(area, t.PAPER_TINT)
        words = area.adjusted(_LEFT, 0, 0, 0)
        paint_text(painter, words, group.title, t.font("small", bold=True), t.INK)
        beside = painter.fontMetrics().horizontalAdvance(group.title) + 8
        paint_text(painter, words.adjusted(beside, 0, 0, 0), str(group.total), t.font("small"), t.INK_SECONDARY)

    def _item(self, painter: QPainter, area: QRectF, item: FoundItem, keys: tuple[str, ...], *, chosen: bool) -> None:
        """Draw one result with the matched letters marked."""
        if chosen:
            painter.fillRect(area, t.SELECTION)
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), t.ACCENT)
        sign = QRectF(area.left() + _LEFT, area.center().y() - _SIGN / 2, _SIGN, _SIGN)
        if item.kind:
            paint_kind(painter, sign, item.kind)
        else:
            paint_icon(painter, item.icon, sign, t.ACCENT if chosen else t.INK_SECONDARY)
        title, second = self._laid_out(item, round(area.width()), keys if item.is_highlighted else ())
        top = area.center().y() - (title.height + second.height) / 2
        painter.setPen(t.INK)
        title.layout.draw(painter, QPointF(area.left() + _WORDS, top))
        painter.setPen(t.INK_SECONDARY)
        second.layout.draw(painter, QPointF(area.left() + _WORDS, top + title.height))
        if chosen:
            paint_text(
                painter, area.adjusted(0, 0, -_LEFT, 0), "Enter　開く", t.font("small"), t.INK_SECONDARY, "right"
            )

    def _laid_out(self, item: FoundItem, width: int, keys: tuple[str, ...]) -> tuple[_LaidOutText, _LaidOutText]:
        room = max(width - _WORDS - _RIGHT, 120)
        return _lay_out_words(item.title, "body", room, keys), _lay_out_words(item.detail, "small", room, keys)


class SearchResultsList(QListView):
    """The list view of results.

    Signals: those of a list; ``item_clicked(object)`` a FoundItem was clicked.
    """

    item_clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.found = SearchResultsModel(self)
        self.setModel(self.found)
        self.setItemDelegate(_SearchResultDelegate(self))
        self.setAccessibleName("見つかったもの")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.clicked.connect(self._click)
        announce_current_rows(self)

    def show_found(self, found: SearchResult) -> None:
        """Show the results with the first item selected; none if it would create a record."""
        self.found.show_found(found)
        self.scrollToTop()
        first = self.found.item(1)
        if first is not None and not first.creates_record:
            self.step(1, begin=-1)
        else:
            self.setCurrentIndex(QModelIndex())

    def current(self) -> FoundItem | None:
        """Return the current item, or None."""
        return self.found.item(self.currentIndex().row())

    def step(self, by: int, *, begin: int | None = None) -> None:
        """Go to the next (1) or previous (-1) item, skipping headings and stopping at the ends.

        It starts from the row ``begin``, None = from the current one.
        """
        row = (self.currentIndex().row() if begin is None else begin) + by
        while 0 <= row < self.found.rowCount():
            if self.found.item(row) is not None:
                self.setCurrentIndex(self.found.index(row))
                # The heading above the first item of a group is scrolled into sight with it.
                self.scrollTo(self.found.index(max(0, row - 1)))
                self.scrollTo(self.found.index(row))
                return
            row += by

    def _click(self, index: Index) -> None:
        """Emit ``item_clicked`` for the result that was clicked."""
        item = self.found.item(index.row())
        if item is not None:
            self.item_clicked.emit(item)


def _lay_out_words(text: str, role: t.Role, width: int, keys: tuple[str, ...]) -> _LaidOutText:
    layout = QTextLayout(text, t.font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if keys:
        layout.setFormats([_highlight_range(text, first, last) for first, last in matched_spans(text, keys)])
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += max(line.height(), t.line_height(role) * 0.95)
    layout.endLayout()
    return _LaidOutText(layout, height)


def _highlight_range(text: str, first: int, last: int) -> QTextLayout.FormatRange:
    """Return the bold highlight of a match, in positions as Qt counts them (𠮷 is two)."""
    found = QTextCharFormat()
    found.setBackground(QColor(t.SEARCH_HIT))
    found.setForeground(QColor(t.INK))
    found.setFontWeight(700)
    made = QTextLayout.FormatRange()
    made.start = _utf16_length(text[:first])
    made.length = _utf16_length(text[first:last])
    made.format = found
    return made


def _utf16_length(text: str) -> int:
    """Return how many UTF-16 units Qt counts for the text."""
    return len(text.encode("utf-16-le")) // 2
