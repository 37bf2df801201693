"""The model of a list: declared columns and cells, and rows given at once or fetched page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, replace
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.common.join_nonempty import join_nonempty
from db.digits import one_width
from db.record import frozen, record

Tone = Literal["", "second", "red", "amber", "green", "accent"]
CellAlign = Literal["left", "right", "center"]
BlockState = Literal["done", "next", "planned", "open"]
_STEP_WORDS = {"done": "済", "next": "つぎ", "open": "まだ"}
PAGE_ROWS = 100
_MANY_ROWS = 1000
OUTSIDE_LIST = "絞り込みの外"
RECORD = Qt.ItemDataRole.UserRole
_TIP_ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, *_TIP_ROLES)
Index = QModelIndex | QPersistentModelIndex


@frozen
class Cell:
    """One cell: a main line, smaller text beside it, and a small second line (basis, place).

    ``badge`` draws ``text`` as a badge of that status word; ``kind`` puts the square of an event kind before the main
    line, ``second_kind`` before the second one; ``icon`` is a Phosphor name, coloured by ``icon_tone`` or else like
    the text. ``date`` uses the large bold font of a deadline. ``blocks`` draws a row of progress blocks above the
    second line, ``steps`` (text and done, next or open) as marks instead of the main line. ``tip`` is the tool tip.
    Nothing is ever cut: it wraps. ``spare`` marks a second line that moves into the tool tip if the cell would need a
    third one; ``flows`` lets the text beside continue in the second line if there is no room.
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
        """Return the cell as one line of text, for copying and searching."""
        told = "　".join(
            f"{word} {'・'.join(named)}"
            for state, word in _STEP_WORDS.items()
            if (named := [words for words, stands in self.steps if stands == state])
        )
        return join_nonempty(self.text or self.badge or told, self.aside, self.second, separator=" ")


@frozen
class ExportColumn:
    """One column of a copied or exported table: its heading and the text of a row."""

    title: str
    show: Callable[[Any], str]


@frozen
class Column:
    """One column of a list.

    ``show`` turns a row into a text or a ``Cell``. ``width`` in pixels at 標準 (0 = as wide as the content, at most
    ``widest`` if given); ``stretch`` takes the free width, ``keeps_width`` none of it.
    ``keeps_heading``: its heading is never cut. ``sort`` returns the
    sort key of a row (default: the shown text; None values last); in a paged list ``key`` names the sorting instead.
    ``narrow`` False hides the column in a narrow window, ``min_list_width`` while the list itself is narrower;
    ``shown_if_any`` hides it unless it holds for some row. ``copy_text`` is the text for Ctrl+C and Excel if it
    differs; ``export_parts`` (or a function that returns them) are separate columns there, because a worksheet needs
    one fact a cell. ``badges`` are all badges that may occur, for which the column must be wide enough.
    """

    key: str
    title: str
    show: Callable[[Any], str | Cell]
    _: KW_ONLY
    width: int = 0
    widest: int = 0
    stretch: bool = False
    keeps_width: bool = False
    keeps_heading: bool = False
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
        """Return the columns it becomes in a copied or exported table."""
        parts = self.export_parts() if callable(self.export_parts) else self.export_parts
        return tuple(parts) or (ExportColumn(self.title, show=self.copy_text or self._plain),)

    def _plain(self, row: Any) -> str:
        return as_cell(self.show(row)).plain()


def unsorted(*columns: Column) -> tuple[Column, ...]:
    """Return the columns without sorting, for a list with a fixed order of rows."""
    return tuple(replace(one, sortable=False) for one in columns)


@frozen
class RowAction:
    """The button of a row: its verb, and how it is drawn; ``main`` (filled) is the one thing to do now."""

    text: str
    kind: Literal["plain", "main", "link"] = "plain"


@record
class Query:
    """A request for one page: at most ``limit`` rows after the first ``offset``, filtered by the typed ``filter_text``.

    ``sort`` is a column key, with "-" before it for descending, "" = the usual order.
    """

    offset: int
    limit: int
    filter_text: str
    sort: str


@record
class Page:
    """One page: its rows, and how many match the filter in all."""

    rows: Sequence[Any]
    total: int


@record
class GroupFold:
    """How a group is headed whose rows the user can fold away; it is closed until the user opens it.

    ``about`` returns what the folded rows are, ``icon`` and ``icon_tone`` are those of a cell.
    """

    about: Callable[[Sequence[Any]], Sequence[str]] = lambda _rows: ()
    icon: str = ""
    icon_tone: Tone = "second"


@record
class GroupHead:
    """A row with the heading of a group and its count; of one that can be folded with its rows, open or not."""

    title: str
    count: int
    fold: GroupFold | None = None
    rows: Sequence[Any] = ()
    is_open: bool = True

    def words(self) -> str:
        """Return the heading for a screen reader."""
        key = "" if self.fold is None else "　スペースでたたみます" if self.is_open else "　スペースで開きます"
        return f"{self.title} {self.count}件{key}"


def as_cell(content: str | Cell) -> Cell:
    """Return a text as a cell, and a cell as it is."""
    return content if isinstance(content, Cell) else Cell(content)


Fetch = Callable[[Query, Callable[[Page], None]], None]


def normalize_for_search(text: str) -> str:
    """Return ``text`` for comparing in a filter: width and case folded, katakana as hiragana.

    Only for comparing; what is stored and shown stays as typed.
    """
    folded = one_width(text).casefold()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)


def key_of(record: Any) -> object:
    """Return the key by which a row is found again after reading: its ``id``, else the record itself."""
    return getattr(record, "id", None) or record


class RecordModel(QAbstractTableModel):
    """The Qt model of a list.

    Signals: ``counted(int shown, int total)`` when the number of rows under the filter is known;
    ``rows_loaded(int first, int last)`` when rows were added.
    """

    counted = Signal(int, int)
    rows_loaded = Signal(int, int)

    def __init__(self, columns: Sequence[Column], parent: QObject):
        super().__init__(parent)
        self.columns = tuple(columns)
        self._all: list[Any] = []
        self._waiting: list[Any] = []
        self._shown: list[Any] = []
        self._cells: list[tuple[Cell, ...] | None] = []
        self._fetch: Fetch | None = None
        self._asked = False
        self._total = 0
        self.is_loaded = False
        self._generation = 0
        self.filter_text = ""
        self.sort_key = ""
        self._group: Callable[[Any], str] | None = None
        self._folds: Mapping[str, GroupFold] = {}
        self._open_folds: set[str] = set()
        self._search: Callable[[Any], str] | None = None
        self._under: Callable[[Any], str] | None = None
        self._marks: dict[object, dict[str, str]] = {}
        self._before: Sequence[Any] = ()
        # Rows that are shown although the filter lets them not through, by their keys; not every row can be hashed.
        self._staying: list[object] = []

    # what the table tells it

    def retitle(self, key: str, title: str) -> None:
        """Change the heading of a column."""
        self.columns = tuple(replace(one, title=title) if one.key == key else one for one in self.columns)
        place = next(number for number, one in enumerate(self.columns) if one.key == key)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)

    def group_by(self, group: Callable[[Any], str] | None) -> None:
        """Group rows with the same ``group(row)`` under one heading, in order of appearance, from the next rows on."""
        self._group = group

    def fold_groups(self, folds: Mapping[str, GroupFold], opened: Iterable[str]) -> None:
        """Let the groups with these titles be folded, all but the ``opened`` ones closed, from the next rows on.

        While rows are filtered all groups are open, and one that is alone always is.
        """
        self._folds = folds
        self._open_folds = set(opened)

    def toggle_fold(self, row: int) -> None:
        """Open or close the group whose heading stands in ``row``; nothing where it can't be folded."""
        head = self.heading(row)
        if head is None or head.fold is None:
            return
        changed = replace(head, is_open=not head.is_open)
        (self._open_folds.add if changed.is_open else self._open_folds.discard)(head.title)
        self._shown[row] = changed
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        first, last = row + 1, row + len(head.rows)
        if changed.is_open:
            self._insert(first, head.rows)
            return
        self._waiting = self._waiting[max(0, last + 1 - len(self._shown)) :]
        last = min(last, len(self._shown) - 1)
        self.beginRemoveRows(QModelIndex(), first, last)
        del self._shown[first : last + 1], self._cells[first : last + 1]
        self.endRemoveRows()

    def open_fold_with(self, wanted: Callable[[Any], bool]) -> None:
        """Open the closed group in which a wanted row is folded away, if there is one."""
        for row, head in enumerate(self._shown):
            if isinstance(head, GroupHead) and not head.is_open and any(map(wanted, head.rows)):
                self.toggle_fold(row)
                return

    def search_in(self, search: Callable[[Any], str] | None) -> None:
        """Let the filter also search the text ``search(row)`` (furigana), from the next filtering on."""
        self._search = search

    def set_text_below(self, text_below: Callable[[Any], str] | None) -> None:
        """Add the text painted below a row to the accessible text of its first cell."""
        self._under = text_below

    def set_rows(self, rows: Sequence[Any], *, mark_changes: bool = False) -> None:
        """Show these rows; ``mark_changes`` highlights those that are new or differ from before (``is_marked``)."""
        if mark_changes:
            self._mark(self._all, rows, added=True)
        self._fetch = None
        self.is_loaded = True
        self._all = list(rows)
        self._arrange()

    def set_page_source(self, fetch: Fetch, *, mark_changes: bool = False) -> None:
        """Fetch pages by ``fetch(query, deliver)`` as they are needed.

        ``mark_changes`` highlights rows of the first page that differ from before; rows that were not there are not.
        """
        self._before = self.records() if mark_changes else ()
        self._fetch = fetch
        self._all = []
        self._arrange()

    def is_marked(self, record: Any) -> bool:
        """Return whether a row is highlighted as new or changed."""
        return getattr(record, "id", None) in self._marks

    def clear_marks(self) -> None:
        """Remove all highlights; the caller shows the rows again."""
        self._marks = {}

    def set_filter(self, text: str) -> None:
        """Show only rows whose texts contain every word of ``text`` (see ``normalize_for_search``).

        With another text, rows kept by ``keep_row`` are no longer kept.
        """
        if text != self.filter_text:
            self.filter_text = text
            self._staying.clear()
            self._arrange()

    def keep_row(self, key: object) -> None:
        """Keep showing the row with this key until the filter changes, with a note once it no longer matches."""
        if key not in self._staying:
            self._staying.append(key)

    def sort_words(self) -> str:
        """Return 「昇順」 or 「降順」."""
        return "降順" if self.sort_key.startswith("-") else "昇順"

    def set_sort(self, key: str) -> None:
        """Sort by a column key ("-key" descending, "" as given)."""
        if key != self.sort_key:
            self.sort_key = key
            self._arrange()

    def record(self, row: int) -> Any:
        """Return the record of a row, or None for a heading or a row that is not there."""
        if not 0 <= row < len(self._shown):
            return None
        item = self._shown[row]
        return None if isinstance(item, GroupHead) else item

    def heading(self, row: int) -> GroupHead | None:
        """Return the group heading in a row; None for a record or a row that is not there."""
        item = self._shown[row] if 0 <= row < len(self._shown) else None
        return item if isinstance(item, GroupHead) else None

    def records(self) -> list[Any]:
        """Return all rows under the filter, in the order shown; of a paged list only those fetched so far."""
        return [item for item in self._shown + self._waiting if not isinstance(item, GroupHead)]

    def is_column_unused(self, column: Column) -> bool:
        """Return whether ``column`` is hidden because no row satisfies its ``shown_if_any``."""
        return column.shown_if_any is not None and not any(map(column.shown_if_any, self.records()))

    def has_optional_columns(self) -> bool:
        """Return whether any column depends on the rows (``shown_if_any``)."""
        return any(column.shown_if_any is not None for column in self.columns)

    def apply_filter(self, rows: Sequence[Any]) -> list[Any]:
        """Return those of ``rows`` that match the filter or are kept (``keep_row``), sorted as the list is."""
        kept = [row for row in rows if self._matches(row) or key_of(row) in self._staying]
        self._sort_rows(kept)
        return kept

    def fetch_all(self, deliver: Callable[[list[Any]], None]) -> None:
        """Call ``deliver`` with every row under the filter, in the order shown and without headings.

        It is called at once with rows given by ``set_rows``; of a page source all pages are fetched anew first.
        """
        fetch = self._fetch
        if fetch is None:
            deliver(self.records())
            return
        found: list[Any] = []
        filter_text, sort = self.filter_text, self.sort_key

        def ask() -> None:
            """Fetch the rows after those found so far."""
            fetch(Query(offset=len(found), limit=_MANY_ROWS, filter_text=filter_text, sort=sort), take)

        def take(page: Page) -> None:
            """Take a page, then ask for the next or deliver all rows."""
            found.extend(page.rows)
            if page.rows and len(found) < page.total:
                ask()
            else:
                deliver(found)

        ask()

    @property
    def group(self) -> Callable[[Any], str] | None:
        """Return the function that gives the group heading of a row, or None."""
        return self._group

    def row_of(self, wanted: Callable[[Any], bool]) -> int:
        """Return the first row whose record is wanted; -1 = none.

        Rows given by ``set_rows`` are loaded as far as needed; further pages of a page source are not fetched.
        """
        while True:
            for row, item in enumerate(self._shown):
                if not isinstance(item, GroupHead) and wanted(item):
                    return row
            if not self._waiting:
                return -1
            self._feed_next()

    def cell(self, row: int, column: int) -> Cell:
        """Return the content of a cell, with notes on rows outside the filter and on values that differ; cached."""
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

    def first_cells(self, column: int, most: int) -> list[Cell]:
        """Return the cells of a column in the first ``most`` rows, without those of group headings."""
        shown = enumerate(self._shown[:most])
        return [self.cell(row, column) for row, item in shown if not isinstance(item, GroupHead)]

    # what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows loaded so far."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of declared columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, tool tip or record (role ``RECORD``) of a cell; of a group heading only its text."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        head = self.heading(index.row())
        if head is not None:
            return head.words() if role == Qt.ItemDataRole.DisplayRole else None
        if role == RECORD:
            return self._shown[index.row()]
        if role not in _TEXT_ROLES:
            return None
        cell = self.cell(index.row(), index.column())
        if role in _TIP_ROLES:
            return cell.tip or None
        told = cell.plain()
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 and self._under is not None:
            told = join_nonempty(told, self._under(self._shown[index.row()]))
        return told

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return flags that make group headings unselectable."""
        if index.isValid() and self.heading(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column, its text for screen readers with the sorting, or its alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sorts = self.sort_key.lstrip("-") == column.key
            return join_nonempty(column.title.replace("\n", " "), self.sort_words() if sorts else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            # The arrow of the column sorted by stands at the right end; the title makes room for it.
            right = column.align == "right" and self.sort_key.lstrip("-") != column.key
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignCenter if column.align == "center" else side | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there are more rows, waiting or on further pages; not while a page is being read."""
        if parent.isValid():
            return False
        if self._fetch is None:
            return bool(self._waiting)
        return not self._asked and len(self._shown) < self._total

    def fetchMore(self, _parent: Index) -> None:
        """Load the next rows: of those given the next hundred, else the next page."""
        if self._fetch is None:
            self._feed_next()
        else:
            self._ask_page()

    # inside

    def _mark(self, before: Sequence[Any], after: Sequence[Any], *, added: bool) -> None:
        """Highlight by key the rows that differ from before, and with ``added`` those that are new.

        A list without common rows highlights none.
        """
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
        """Filter, sort and group the rows given, and emit ``counted``; of a paged list fetch the first page again."""
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
        """Return whether a row has every word of the filter in its cells or its searched text; True without one."""
        words = normalize_for_search(self.filter_text).split()
        if not words:
            return True
        text = " ".join(as_cell(column.show(row)).plain() for column in self.columns)
        if self._search is not None:
            text = f"{text} {self._search(row)}"
        found = normalize_for_search(text)
        return all(word in found for word in words)

    def _sort_rows(self, rows: list[Any]) -> None:
        """Sort ``rows`` in place by the column sorted by, if there is one; those without a value come last."""
        key = self.sort_key.lstrip("-")
        column = next((c for c in self.columns if c.key == key), None)
        if column is None:
            return
        value = column.sort or (lambda row: as_cell(column.show(row)).plain())
        known = [row for row in rows if value(row) is not None]
        unknown = [row for row in rows if value(row) is None]
        known.sort(key=value, reverse=self.sort_key.startswith("-"))
        rows[:] = known + unknown

    def _grouped(self, rows: list[Any]) -> list[Any]:
        """Return the rows with a heading above each group that has a title, in the order of groups in all rows.

        The rows of a closed group are left out. Without grouping the rows are returned as they are.
        """
        if self._group is None:
            return rows
        groups: dict[str, list[Any]] = {}
        for row in self._all:
            groups.setdefault(self._group(row), [])
        for row in rows:
            groups[self._group(row)].append(row)
        arranged = []
        alone = sum(map(bool, groups.values())) == 1
        for title, members in groups.items():
            fold = self._folds.get(title)
            is_open = fold is None or title in self._open_folds or bool(self.filter_text) or alone
            if members and title:
                kept = members if fold is not None else ()
                arranged.append(GroupHead(title=title, count=len(members), fold=fold, rows=kept, is_open=is_open))
            arranged.extend(members if is_open else ())
        return arranged

    def _feed_next(self) -> None:
        piece, self._waiting = self._waiting[:PAGE_ROWS], self._waiting[PAGE_ROWS:]
        self._append(piece)

    def _append(self, rows: Sequence[Any]) -> None:
        """Append rows to those shown and emit ``rows_loaded``."""
        if rows:
            self._insert(len(self._shown), rows)

    def _insert(self, first: int, rows: Sequence[Any]) -> None:
        """Insert rows before the row ``first`` and emit ``rows_loaded``."""
        last = first + len(rows) - 1
        self.beginInsertRows(QModelIndex(), first, last)
        self._shown[first:first] = rows
        self._cells[first:first] = [None] * len(rows)
        self.endInsertRows()
        self.rows_loaded.emit(first, last)

    def _ask_page(self, *, first: bool = False) -> None:
        """Fetch the ``first`` page, or the one after the rows shown, from the page source."""
        if self._fetch is None:
            return
        self._asked = True
        generation = self._generation
        query = Query(
            offset=0 if first else len(self._shown),
            limit=PAGE_ROWS,
            filter_text=self.filter_text,
            sort=self.sort_key,
        )

        def deliver(page: Page) -> None:
            """Take the page, unless filter or sorting have changed since."""
            if generation == self._generation:
                self._take_page(page, first=first)

        self._fetch(query, deliver)

    def _take_page(self, page: Page, *, first: bool) -> None:
        """Show the rows of a page: the ``first`` replaces those shown (emits ``counted``), others are appended."""
        self._asked = False
        self.is_loaded = True
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
    """Return the cell with 「前→今」 as its main text, where both texts are short (12 signs); else as it is.

    Badges and dates stay as they are.
    """
    if not before or not cell.text or cell.badge or cell.date or max(len(before), len(cell.text)) > _SHORT:
        return cell
    return replace(cell, text=f"{before}→{cell.text}", strong=True)
