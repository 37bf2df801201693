"""What a screen declares to get a list, and the rows behind it: given whole or asked for page by page.

Declared are columns, cells, a row's button, and the question for a page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.common.join_nonempty import join_nonempty
from db.frozen_record import frozen_record

Tone = Literal["", "second", "red", "amber", "green", "accent"]
CellAlign = Literal["left", "right", "center"]
BlockState = Literal["done", "next", "planned", "open"]
_STEP_WORDS = {"done": "済", "next": "つぎ", "open": "まだ"}
PAGE_ROWS = 100
_MANY_ROWS = 1000
OUTSIDE_LIST = "絞り込みの外"
RECORD = Qt.ItemDataRole.UserRole
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """One cell: a main line, words in small beside it, and a small second line (basis, place).

    ``badge`` draws ``text`` as a badge of that status word; ``kind`` puts the square of an event
    kind before the main line, ``second_kind`` before the second one; ``icon`` a Phosphor name,
    coloured by ``icon_tone`` or else like the words.
    ``date`` uses the large bold face of a deadline. ``blocks`` draws a band of progress blocks
    above the second line, ``steps`` (words and done, next or open) as marks in the place of the main one.
    ``tip`` is shown on hover. Nothing is ever cut: it wraps.
    ``spare`` marks a second line that gives way (into the tip) where the cell would need a third one; ``flows`` lets
    the words beside go on in the second line where the first has no room for them.
    """

    text: str = ""
    second: str = ""
    _: KW_ONLY
    aside: str = ""
    badge: str = ""
    kind: str = ""
    second_kind: str = ""
    icon: str = ""
    icon_tone: Tone = ""
    tone: Tone = ""
    second_tone: Tone = "second"
    aside_tone: Tone = "second"
    strong: bool = False
    date: bool = False
    blocks: tuple[BlockState, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    tip: str = ""
    spare: bool = False
    flows: bool = False

    def plain(self) -> str:
        """The cell as one line of text, for copying and searching."""
        told = "　".join(
            f"{word} {'・'.join(named)}"
            for state, word in _STEP_WORDS.items()
            if (named := [words for words, stands in self.steps if stands == state])
        )
        return join_nonempty(self.text or self.badge or told, self.aside, self.second, separator=" ")


@dataclass(frozen=True)
class ExportColumn:
    """One column of a copied or exported table: its heading and the text of a row."""

    title: str
    show: Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``show`` turns a row into a text or a ``Cell``. ``width`` in pixels at 標準 (0 = as wide as the content, at most
    ``widest`` when that is given); ``stretch`` takes the free room. ``sort`` gives the sort key of a row (default: the
    shown text; None values last); in a paged list ``key`` names the sort instead. ``narrow`` False hides the column
    below 1000 px, ``needs`` while the list itself is narrower than that; with ``only_with`` it stands there only while
    that holds for a row (nothing is recorded: no column of dashes). ``copied`` is the text for Ctrl+C and Excel when it
    differs; ``parts`` (or what gives them at that moment) stand there as columns of their own, because a sheet wants
    one fact a cell where the window shows several. ``badges`` are all that may stand in it: in a long list it is wide
    enough for each, wherever it stands.
    """

    key: str
    title: str
    show: Callable[[Any], str | Cell]
    _: KW_ONLY
    width: int = 0
    widest: int = 0
    stretch: bool = False
    align: CellAlign = "left"
    sort: Callable[[Any], Any] | None = None
    sortable: bool = True
    narrow: bool = True
    min_list_width: int = 0
    shown_if_any: Callable[[Any], bool] | None = None
    copy_text: Callable[[Any], str] | None = None
    export_parts: Sequence[ExportColumn] | Callable[[], Sequence[ExportColumn]] = ()
    badges: Sequence[str] = ()

    def export_columns(self) -> tuple[ExportColumn, ...]:
        """The columns it becomes in a copied or exported table."""
        parts = self.export_parts() if callable(self.export_parts) else self.export_parts
        return tuple(parts) or (ExportColumn(self.title, show=self.copy_text or self._plain),)

    def _plain(self, row: Any) -> str:
        return as_cell(self.show(row)).plain()


def unsorted(*columns: Column) -> tuple[Column, ...]:
    """Return the columns of a list whose rows stand in an order of their own: none of them sorts it."""
    return tuple(replace(one, sortable=False) for one in columns)


@dataclass(frozen=True)
class RowAction:
    """The button of a row: its verb, ``main`` (filled) when it is the one thing to do now, a ``link`` in calm rows."""

    text: str
    kind: Literal["plain", "main", "link"] = "plain"


@frozen_record
class Query:
    """The question for one page. ``sort`` is a column key, with "-" before it for downward."""

    offset: int
    limit: int
    filter_text: str
    sort: str


@frozen_record
class Page:
    """One page: its rows, and how many there are in all under the filter."""

    rows: Sequence[Any]
    total: int


@dataclass(frozen=True)
class GroupHead:
    """A grouping row with its count."""

    title: str
    count: int


def as_cell(content: str | Cell) -> Cell:
    """A text as a cell."""
    return content if isinstance(content, Cell) else Cell(content)


Fetch = Callable[[Query, Callable[[Page], None]], None]


def normalize_for_search(text: str) -> str:
    """``text`` as it is compared when filtering: width and case folded, katakana as hiragana.

    Only for comparing; what is stored and shown stays as typed.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)


def key_of(record: Any) -> object:
    """By what a row is found again when it is read anew: its ``id``; one without it as long as it says the same."""
    return getattr(record, "id", None) or record


class RecordModel(QAbstractTableModel):
    """Feeds the view of a list.

    Signals: ``counted(int shown, int total)`` when the number of rows under the filter is known;
    ``fed(int first, int last)`` when rows were added.
    """

    counted = Signal(int, int)
    fed = Signal(int, int)

    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._all: list[Any] = []
        self._waiting: list[Any] = []
        self._shown: list[Any] = []
        self._cells: list[tuple[Cell, ...] | None] = []
        self._fetch: Fetch | None = None
        self._asked = False
        self._total = 0
        self._given = False
        self._generation = 0
        self._filter = ""
        self._sort = ""
        self._group: Callable[[Any], str] | None = None
        self._search: Callable[[Any], str] | None = None
        self._under: Callable[[Any], str] | None = None
        self._marks: dict[object, dict[str, str]] = {}
        self._before: Sequence[Any] = ()
        # Rows that are shown although the filter lets them not through, by their keys; not every row can be hashed.
        self._staying: list[object] = []

    # what the table tells it

    def retitle(self, key: str, title: str) -> None:
        """Give a column another heading (the day that its values are of)."""
        self.columns = tuple(replace(one, title=title) if one.key == key else one for one in self.columns)
        place = next(number for number, one in enumerate(self.columns) if one.key == key)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)

    def group_by(self, group: Callable[[Any], str] | None) -> None:
        """Put rows with the same ``group(row)`` under one heading, in order of appearance."""
        self._group = group

    def search_in(self, search: Callable[[Any], str] | None) -> None:
        """Also find rows by ``search(row)`` (furigana)."""
        self._search = search

    def set_text_below(self, text_below: Callable[[Any], str] | None) -> None:
        """Have whoever listens hear the words that are painted under a row with its first cell."""
        self._under = text_below

    def set_rows(self, rows: Sequence[Any], *, mark_changes: bool = False) -> None:
        """Show these rows; with ``mark_changes`` those that are others than before stand out (``is_marked``)."""
        if mark_changes:
            self._mark(self._all, rows, added=True)
        self._fetch = None
        self._given = True
        self._all = list(rows)
        self._arrange()

    def set_page_source(self, fetch: Fetch, *, mark_changes: bool = False) -> None:
        """Ask ``fetch(query, deliver)`` for pages as they are needed; ``mark_changes`` as for ``give``."""
        self._before = self.records() if mark_changes else ()
        self._fetch = fetch
        self._all = []
        self._arrange()

    @property
    def is_loaded(self) -> bool:
        """Whether it is known by now what the list holds, be it nothing: False while it is read for the first time."""
        return self._given

    def is_marked(self, record: Any) -> bool:
        """Whether a row is new or another than it was, as ``mark_changes`` found."""
        return getattr(record, "id", None) in self._marks

    def clear_marks(self) -> None:
        """No row stands out any more; those shown are given anew by whoever asks for this."""
        self._marks = {}

    def reload_pages(self) -> None:
        """Ask for the first page anew (paged lists)."""
        self._arrange()

    @property
    def filter_text(self) -> str:
        """The filter as typed."""
        return self._filter

    def set_filter(self, text: str) -> None:
        """Show only rows that contain every word of ``text``."""
        if text != self._filter:
            self._filter = text
            self._staying.clear()
            self._arrange()

    def keep_row(self, key: object) -> None:
        """Go on showing the row with this key, marked, whatever becomes of it, until the filter is another."""
        if key not in self._staying:
            self._staying.append(key)

    @property
    def sort_key(self) -> str:
        """The column key sorted by, with "-" for downward; empty = as given."""
        return self._sort

    def set_sort(self, key: str) -> None:
        """Sort by a column key ("-key" downward, "" as given)."""
        if key != self._sort:
            self._sort = key
            self._arrange()

    def record(self, row: int) -> Any:
        """The record of a row, or None for a heading."""
        if not 0 <= row < len(self._shown):
            return None
        item = self._shown[row]
        return None if isinstance(item, GroupHead) else item

    def heading(self, row: int) -> GroupHead | None:
        """The heading in a row, if it is one."""
        item = self._shown[row] if 0 <= row < len(self._shown) else None
        return item if isinstance(item, GroupHead) else None

    def records(self) -> list[Any]:
        """All rows under the filter that are known here, in the order shown."""
        return [item for item in self._shown + self._waiting if not isinstance(item, GroupHead)]

    def is_column_unused(self, column: Column) -> bool:
        """Whether no row has what ``column`` is there for (``only_with``)."""
        return column.shown_if_any is not None and not any(map(column.shown_if_any, self.records()))

    def has_optional_columns(self) -> bool:
        """Whether a column comes and goes with the rows."""
        return any(column.shown_if_any is not None for column in self.columns)

    def apply_filter(self, rows: Sequence[Any]) -> list[Any]:
        """Those of ``rows`` that the filter lets through, sorted as the list is."""
        kept = [row for row in rows if self._matches(row) or key_of(row) in self._staying]
        self._sort_rows(kept)
        return kept

    def fetch_all(self, deliver: Callable[[list[Any]], None]) -> None:
        """Hand over every row under the filter in the order shown, also those of pages not asked for yet."""
        fetch = self._fetch
        if fetch is None:
            deliver(self.records())
            return
        found: list[Any] = []
        filter_text, sort = self._filter, self._sort

        def ask() -> None:
            fetch(Query(offset=len(found), limit=_MANY_ROWS, filter_text=filter_text, sort=sort), take)

        def take(page: Page) -> None:
            found.extend(page.rows)
            if page.rows and len(found) < page.total:
                ask()
            else:
                deliver(found)

        ask()

    @property
    def group(self) -> Callable[[Any], str] | None:
        """What gives the heading of a row, where rows stand under headings."""
        return self._group

    def row_of(self, wanted: Callable[[Any], bool]) -> int:
        """The first row whose record is wanted; rows not yet fed are fed. -1 = none."""
        while True:
            for row, item in enumerate(self._shown):
                if not isinstance(item, GroupHead) and wanted(item):
                    return row
            if not self._waiting:
                return -1
            self._feed_next()

    def cell(self, row: int, column: int) -> Cell:
        """What is shown in a cell."""
        cells = self._cells[row]
        if cells is None:
            item = self._shown[row]
            cells = tuple(as_cell(c.show(item)) for c in self.columns)
            if key_of(item) in self._staying and not self._matches(item):
                cells = (
                    replace(cells[0], aside=join_nonempty(cells[0].aside, OUTSIDE_LIST), aside_tone="amber"),
                    *cells[1:],
                )
            if was := self._marks.get(getattr(item, "id", None)):
                cells = tuple(
                    _with_previous_text(was.get(c.key), one) for c, one in zip(self.columns, cells, strict=True)
                )
            self._cells[row] = cells
        return cells[column]

    # what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows fed so far."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """Declared columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tip and record of a place."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        head = self.heading(index.row())
        if head is not None:
            return f"{head.title} {head.count}件" if role == Qt.ItemDataRole.DisplayRole else None
        if role == RECORD:
            return self._shown[index.row()]
        if role not in _TEXT_ROLES:
            return None
        cell = self.cell(index.row(), index.column())
        told = cell.plain()
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 and self._under is not None:
            told = join_nonempty(told, self._under(self._shown[index.row()]))
        return (cell.tip or None) if role == Qt.ItemDataRole.ToolTipRole else told

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        if index.isValid() and self.heading(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            # The arrow of the column sorted by stands at the right end; the title makes room for it.
            right = column.align == "right" and self.sort_key.lstrip("-") != column.key
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignCenter if column.align == "center" else side | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether more rows are to be had."""
        if parent.isValid():
            return False
        if self._fetch is None:
            return bool(self._waiting)
        return not self._asked and len(self._shown) < self._total

    def fetchMore(self, _parent: Index) -> None:
        """Feed the next page."""
        if self._fetch is None:
            self._feed_next()
        else:
            self._ask_page()

    # inside

    def _mark(self, before: Sequence[Any], after: Sequence[Any], *, added: bool) -> None:
        """Find by ``id`` which rows show something else than before, or are ``added``; another list has no row in
        common."""
        known = {row.id: row for row in before if getattr(row, "id", None) is not None}
        now = [row for row in after if getattr(row, "id", None) is not None]
        if not any(row.id in known for row in now):
            return
        for row in now:
            old = known.get(row.id)
            if old is None:
                if added:
                    self._marks.setdefault(row.id, {})
            elif old != row:
                pairs = [(c.key, as_cell(c.show(old)), as_cell(c.show(row))) for c in self.columns]
                if any(was.plain() != is_now.plain() for _, was, is_now in pairs):
                    differing = {key: was.text for key, was, is_now in pairs if was.text != is_now.text}
                    self._marks[row.id] = {**differing, **self._marks.get(row.id, {})}

    def _arrange(self) -> None:
        self._generation += 1
        self._asked = False
        if self._fetch is not None:
            self._ask_page(first=True)
            return
        rows = self.apply_filter(self._all)
        self._total = len(rows)
        self.beginResetModel()
        self._shown = []
        self._cells = []
        self._waiting = self._grouped(rows)
        self.endResetModel()
        self.counted.emit(self._total, len(self._all))
        self._feed_next()

    def _matches(self, row: Any) -> bool:
        words = normalize_for_search(self._filter).split()
        if not words:
            return True
        text = " ".join(as_cell(column.show(row)).plain() for column in self.columns)
        if self._search is not None:
            text = f"{text} {self._search(row)}"
        found = normalize_for_search(text)
        return all(word in found for word in words)

    def _sort_rows(self, rows: list[Any]) -> None:
        key = self._sort.lstrip("-")
        column = next((c for c in self.columns if c.key == key), None)
        if column is None:
            return
        value = column.sort or (lambda row: as_cell(column.show(row)).plain())
        known = [row for row in rows if value(row) is not None]
        unknown = [row for row in rows if value(row) is None]
        known.sort(key=value, reverse=self._sort.startswith("-"))
        rows[:] = known + unknown

    def _grouped(self, rows: list[Any]) -> list[Any]:
        if self._group is None:
            return rows
        groups: dict[str, list[Any]] = {}
        for row in self._all:
            groups.setdefault(self._group(row), [])
        for row in rows:
            groups[self._group(row)].append(row)
        arranged: list[Any] = []
        for title, members in groups.items():
            if members:
                arranged.append(GroupHead(title, len(members)))
                arranged.extend(members)
        return arranged

    def _feed_next(self) -> None:
        piece, self._waiting = self._waiting[:PAGE_ROWS], self._waiting[PAGE_ROWS:]
        self._append(piece)

    def _append(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        first = len(self._shown)
        last = first + len(rows) - 1
        self.beginInsertRows(QModelIndex(), first, last)
        self._shown.extend(rows)
        self._cells.extend([None] * len(rows))
        self.endInsertRows()
        self.fed.emit(first, last)

    def _ask_page(self, *, first: bool = False) -> None:
        if self._fetch is None:
            return
        self._asked = True
        generation = self._generation
        query = Query(
            offset=0 if first else len(self._shown),
            limit=PAGE_ROWS,
            filter_text=self._filter,
            sort=self._sort,
        )

        def deliver(page: Page) -> None:
            if generation == self._generation:
                self._take_page(page, first=first)

        self._fetch(query, deliver)

    def _take_page(self, page: Page, *, first: bool) -> None:
        self._asked = False
        self._given = True
        self._total = page.total
        if first:
            self._mark(self._before, page.rows, added=False)
            self._before = ()
            self.beginResetModel()
            self._shown = []
            self._cells = []
            self._waiting = []
            self.endResetModel()
        self.counted.emit(page.total, page.total)
        self._append(page.rows)


_SHORT = 12


def _with_previous_text(before: str | None, cell: Cell) -> Cell:
    """A cell that shows what stood there before, where both are short words."""
    if not before or not cell.text or cell.badge or cell.date or max(len(before), len(cell.text)) > _SHORT:
        return cell
    return replace(cell, text=f"{before}→{cell.text}", strong=True)
