"""The list widget of the application: filter while typing, sort, copy, open, act; columns are declared."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import join_nonempty
from app.widgets.buttons import Button, MenuAction
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import is_remembered_open, remember_open
from app.widgets.forms.field_icons import offer_clearing, put_field_icon
from app.widgets.labels import InfoIcon, small_label, with_accessible_name
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.column_widths import ColumnWidths
from app.widgets.lists.record_model import (
    Column,
    ExportColumn,
    Fetch,
    GroupFold,
    Page,
    Query,
    RecordModel,
    RowAction,
    key_of,
)
from app.widgets.lists.record_view import RecordView
from app.widgets.lists.row_menu import row_menu
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState
from app.widgets.screen_state import take_state_for
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.announce import announce
from app.window.app_context import AppContext, app_context_of, bind_action, copies_while_waiting, with_store
from app.window.debounce import debounce
from app.window.ui_settings import recall, remember
from db.digits import is_digits
from db.record import frozen
from db.records.accounts import AccessAct

if TYPE_CHECKING:
    from app.actions.action_result import ActionResult
    from db.store import Store


_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")
Texts = tuple[str, ...]
_ACTION = Column("_act", "", show=lambda _row: "", sortable=False)
_FILTER_WAIT_MS = 120


def export_texts(
    columns: Sequence[Column], rows: Sequence[Any], group: Callable[[Any], str] | None = None
) -> tuple[Texts, tuple[Texts, ...]]:
    """Return headings and rows as texts; ``group`` adds the group heading of each row as the first column."""
    parts = [part for column in columns for part in column.export_columns()]
    if group is not None:
        parts.insert(0, ExportColumn("区分", show=group))
    return tuple(part.title for part in parts), tuple(tuple(part.show(row) for part in parts) for row in rows)


def as_clipboard_text(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    """Return headings and rows separated by tabs, as a spreadsheet pastes them.

    A cell that a spreadsheet would take for a formula is marked as text with an apostrophe.
    """
    headings, lines = export_texts(columns, rows)
    return "\n".join("\t".join(_safe_clipboard_cell(cell) for cell in cells) for cells in (headings, *lines))


def _safe_clipboard_cell(cell: str) -> str:
    """Return the cell in one line; what a spreadsheet would take for a formula gets an apostrophe before it."""
    # Only what would end a cell or a line goes: a full-width space belongs to the name it stands in.
    flat = _BREAKS.sub(" ", cell).strip(" ")
    if flat.startswith(_DANGEROUS) and not is_digits(flat.replace(".", "", 1).lstrip("+-")):
        return f"'{flat}"
    return flat


COPY_LOGS: ExtensionPoint[Callable[..., ActionResult]] = ExtensionPoint("copy_logs")
"""Actions that log the copying of a list that names people: its ``title``, ``count``, ``event_id``, ``fiscal_year``."""


class PageOfRows(Protocol):
    """The result of a paged read service: the rows of a page, and the number of all."""

    @property
    def rows(self) -> Sequence[Any]:
        """Return the records of the page."""

    @property
    def total(self) -> int:
        """Return the number of all records."""


class PageService(Protocol):
    """A read service that returns its rows a page at a time."""

    def __call__(self, store: Store, *, offset: int, limit: int, filter_text: str, sort: str) -> PageOfRows:
        """Return at most ``limit`` rows after the first ``offset`` under the filter.

        ``sort`` is a column key (「-name」: descending), "" = the usual order.
        """


@frozen
class ListState:
    """State of a list: its filter, the ids of current and selected rows, the scroll position in px."""

    filter_text: str = ""
    current: object = None
    selected: tuple[object, ...] = ()
    scrolled: int = 0


_FILTER = 168
"""Width of the filter field, the same on every list."""


Handler = Callable[..., object] | None


@spoken_as(QAccessible.Role.Client)
class RecordTable(QWidget):
    """A list of records.

    Signals: ``opened(object)`` Enter or double click; ``clicked(object, str)`` a row, with the key of the column;
    ``acted(object)`` the row's button or Space; ``chosen(object)`` the current row changed (None = no row);
    ``selection_changed()``; ``delete_asked(list)`` Delete with the selected rows; ``edit_asked(object)`` F2, the
    current row or None; ``counted(int, int)`` rows under the filter and rows in all; ``copied(int)`` number of rows
    copied to the clipboard.

    A list that names people is copied only by those who may write, and every copy is logged. ``bar`` is the line above
    the list, ``foot`` the line below it (count at its left). If nothing is connected to ``acted``, Space does nothing.
    The filter field is at the right end of ``bar``, before the buttons; with ``filtered`` False the screen places it in
    its title line.
    """

    opened = Signal(object)
    clicked = Signal(object, str)
    acted = Signal(object)
    chosen = Signal(object)
    selection_changed = Signal()
    delete_asked = Signal(list)
    edit_asked = Signal(object)
    counted = Signal(int, int)
    copied = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        title: str,
        empty: str,
        empty_button: str = "",
        empty_on_click: Callable[[], object] | None = None,
        action: Callable[[Any], RowAction | None] | None = None,
        group: Callable[[Any], str] | None = None,
        folds: Mapping[str, GroupFold] = MappingProxyType({}),
        search: Callable[[Any], str] | None = None,
        tint: Callable[[Any], str] | None = None,
        below: Callable[[Any], tuple[str, str]] | None = None,
        sort: str = "",
        filtered: bool = True,
        hint: str = "",
        rule: str = "",
        unit: str = "件",
        foot: bool = True,
        least_row: int = t.ROW,
        names_people: bool = True,
        on_open: Handler = None,
        on_double_click: Handler = None,
        on_click: Handler = None,
        on_act: Handler = None,
        on_choose: Handler = None,
        on_select: Handler = None,
        on_delete: Handler = None,
        on_edit: Handler = None,
    ):
        """Create the list.

        ``name`` is the key of remembered settings; ``title`` the accessible name; ``empty`` the sentence of the empty
        list. ``action`` returns a row's button, ``group`` its heading ("" = none), ``folds`` are the headings whose
        rows can be folded away, ``search`` is more text to filter by, ``tint`` a row's background colour, ``below``
        small text below the row with its colour (such a list has low rows). ``sort`` is a column key ("-key" =
        descending), until the user sorts otherwise. ``hint`` is shown after the count, ``rule`` as the tool tip of an
        icon before it; ``foot`` False leaves out that whole line. ``filtered`` False leaves the filter field out.
        ``least_row`` is the height of a row of one line.
        ``names_people`` False: nobody who takes part, applies or holds an office can stand in the list, so that anybody
        may copy it, unlogged. The rest is called by the signals ``opened``, ``clicked``, ``acted``, ``chosen``,
        ``selection_changed``, ``delete_asked`` and ``edit_asked``. ``on_double_click``: where Enter decides something,
        what a double click, by which lists are opened, does instead.
        """
        super().__init__()
        self.row_acts: Callable[[Any], Iterable[MenuAction]] = lambda _record: ()
        """What else can be done with a row, for its menu."""
        self._name = name
        self.unit = unit
        self.names_people = names_people
        self.name_copies(title)
        self._hint = hint
        self.about = InfoIcon(rule) if rule and foot else None
        self._empty = (empty, empty_button, empty_on_click)
        # How many rows are shown, and of how many, as last counted.
        self._counted = (0, 0)
        self._filtered = filtered
        self._left: ListState | None = None
        self._shown_once = False
        self._copies = 0
        # True while rows are read again under the current one: nobody went anywhere.
        self._reads_again = False
        # True for the rest of the turn in which the current row was found again.
        self._kept_now = False
        # The row one stood in (by its key, and whether it was chosen) while the list is arranged anew.
        self._stood: tuple[object, bool] | None = None
        # Who filters hears how many rows are left, once.
        self._tells_count = False
        # What was in sight of a list of pages when it was asked for anew, and how far it was scrolled.
        self._sight: tuple[tuple[tuple[object, int], ...], int] = ((), 0)
        declared = (*columns, _ACTION) if action is not None else tuple(columns)
        self.model = RecordModel(declared, self)
        self.model.group_by(group)
        self.model.fold_groups(folds, (title for title in folds if is_remembered_open(f"{name}/{title}")))
        self.model.search_in(search)
        self.view = RecordView(self.model, self)
        self.view.action_of = action
        self.view.tint = tint
        self.view.below = below
        self.model.set_text_below(self.view.text_below if below is not None else None)
        self.view.least_height = t.LOW_ROW if below is not None else least_row
        self.view.verticalHeader().setDefaultSectionSize(t.scaled(self.view.least_height))
        self.view.setAccessibleName(title)
        self._places = ColumnWidths(self.view, name)
        self._build(filtered, foot)
        self._connect()
        for signal, act in (
            (self.opened, on_open),
            (self.clicked, on_click),
            (self.acted, on_act),
            (self.chosen, on_choose),
            (self.selection_changed, on_select),
            (self.delete_asked, on_delete),
            (self.edit_asked, on_edit),
        ):
            if act is not None:
                signal.connect(act)
        self.view.double_clicked.connect(on_double_click or self.opened)
        self.model.set_sort(str(recall(f"tables/{name}/sort", sort) or sort))
        self._show_sort()

    def _build(self, filtered: bool, foot: bool) -> None:
        """Lay out the filter, the list and the foot."""
        self.filter_field = with_accessible_name(QLineEdit(placeholderText="絞り込む"), "絞り込む")
        offer_clearing(self.filter_field)
        self.filter_field.setProperty("narrows", True)
        put_field_icon(self.filter_field, "funnel")
        self.filter_field.setFixedWidth(t.scaled(_FILTER))
        self.bar = in_row(spacing=8)
        self._tools = FlowRow(parent=self)
        self.foot = in_row(spacing=16)
        self.count_line = small_label()
        # What is put nowhere goes with the table all the same; without an owner it would stay for ever.
        aside = QWidget(self)
        aside.hide()
        self.filter_field.setParent(aside)
        self.count_line.setParent(aside)
        self._none = EmptyState(parent=self)
        column = in_column(self.bar, owner=self, spacing=8)
        # The layout first: a stack without a parent would show its first page as a window of its own.
        self._stack = PageLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._none)
        if filtered:
            self._tools.add_at_end(self.filter_field)
        self._tools.setVisible(filtered)
        self.bar.addWidget(self._tools, 1)
        if foot:
            if self.about is not None:
                self.foot.addWidget(self.about)
            self.foot.addWidget(self.count_line, 1)
            column.addLayout(self.foot)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        """Connect the signals of filter, model, view and headings."""
        self._filter_soon = debounce(self, self._filter_now, _FILTER_WAIT_MS)
        self.filter_field.textChanged.connect(lambda _text: self._filter_soon.start())
        self.filter_field.returnPressed.connect(self._focus_list)
        self.model.counted.connect(self._show_count)
        self.model.rows_loaded.connect(self._on_rows_fed)
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(self._emit_click)
        self.view.acted.connect(self.acted)
        self.view.fold_toggled.connect(lambda title, is_open: remember_open(f"{self._name}/{title}", is_open))
        self.view.character_typed.connect(self._type_into_filter)
        self.view.escaped.connect(self.clear_filter)
        self.view.copy_asked.connect(self.copy)
        self.view.menu_asked.connect(lambda place: row_menu(self).popup(place))
        self.view.delete_asked.connect(lambda: self._with_selection(self.delete_asked.emit))
        self.view.edit_asked.connect(lambda: self.edit_asked.emit(self.current()))
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current()))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        head = self.view.horizontalHeader()
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort_by)

    # what a screen does

    def put_tool(self, part: QWidget, *, first: bool = False) -> None:
        """Add a widget beside the filter, after the others or ``first``; widgets wrap into a line of their own."""
        self._tools.add(part, first=True) if first else self._tools.add_at_end(part)
        self._tools.show()

    def parts_in_rows(self) -> list[QWidget]:
        """Return the buttons in the rows from the top, for a screen reader."""
        inside = [one for one in self.view.viewport().findChildren(QAbstractButton) if one.isVisible()]
        return sorted(inside, key=lambda one: one.mapTo(self.view.viewport(), QPoint(0, 0)).toTuple()[::-1])

    def widen_filter(self) -> None:
        """Move the filter to the left end of ``bar`` and let it take the free width."""
        self.filter_field.setMinimumWidth(0)
        self.filter_field.setMaximumWidth(t.NO_LIMIT)
        self.bar.insertWidget(0, self.filter_field, 1)
        self._tools.setVisible(bool(self._tools.parts()))

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, keeping filter, sorting, scroll position, and current and selected rows by key."""
        current, keys = self.current(), [key_of(row) for row in self.selected()]
        sight, scrolled = self.view.visible_rows(), self.view.verticalScrollBar().value()
        known = [key_of(row) for row in rows]
        stood = self.view.currentIndex().row() if any(each in known for each, _top in sight) else -1
        self._reads_again, self._kept_now = current is not None, False
        led = self.view.is_navigation_target()
        self.model.set_rows(rows, mark_changes=self._should_mark_changes())
        if current is not None and self._restore_current(key_of(current), chosen=key_of(current) in keys):
            self._add_to_selection(keys)
            stood = -1
            self._kept_now = True
            QTimer.singleShot(0, self, self._clear_kept_row)
        if not led:
            self.view.end_navigation()
        self.view.gone_from = stood
        self.view.keep_scroll_position(sight, scrolled)
        self._reads_again = False

    def _restore_current(self, key: object, *, chosen: bool) -> bool:
        """Make the row with this key current, selected only if ``chosen``; return False if it is gone."""
        row = self.model.row_of(lambda row: key_of(row) == key)
        if chosen and row >= 0:
            return self.choose(lambda row: key_of(row) == key, take_focus=False)
        self.view.set_current_row(row)
        return row >= 0

    def ask_pages(self, fetch: Fetch) -> None:
        """Show the pages delivered by ``fetch(query, deliver)``, keeping the scroll position in the first page."""
        self._sight = (self.view.visible_rows(), self.view.verticalScrollBar().value())
        self.model.set_page_source(fetch, mark_changes=self._should_mark_changes())

    def _should_mark_changes(self) -> bool:
        """Return whether rows that differ are to be highlighted: a newer copy came while the user waits for the lock.

        While the user does not wait, earlier highlights are cleared.
        """
        before, self._copies = self._copies, copies_while_waiting(self)
        if not self._copies:
            self.model.clear_marks()
        return self._copies > max(before, 1)

    def read_pages(self, app_context: AppContext, service: PageService) -> None:
        """Show the rows of a read service page by page."""

        def fetch(query: Query, deliver: Callable[[Page], None]) -> None:
            """Read a page of rows by the service and pass it to ``deliver``."""
            app_context.read(
                with_store(
                    service, offset=query.offset, limit=query.limit, filter_text=query.filter_text, sort=query.sort
                ),
                lambda page: deliver(Page(rows=page.rows, total=page.total)),
                owner=self,
            )

        self.ask_pages(fetch)

    def current(self) -> Any:
        """Return the record of the current row, or None."""
        return self.view.current_record()

    def current_key(self) -> str:
        """Return the key of the current cell's column, "" without a current cell."""
        index = self.view.currentIndex()
        return self.model.columns[index.column()].key if index.isValid() else ""

    def selected(self) -> list[Any]:
        """Return the selected records from top to bottom."""
        numbers = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [record for n in numbers if (record := self.model.record(n)) is not None]

    def choose(self, wanted: Callable[[Any], bool], *, take_focus: bool = True) -> bool:
        """Make the first row for which ``wanted(row)`` holds current and the only selected one; False if there is none.

        A group in which it is folded away is opened. Pages that are not loaded yet are not searched. The list gets the
        focus unless ``take_focus`` is False.

        If it is already the current row after the last read, and focus is not taken, the scroll position stays.
        """
        row = self.model.row_of(wanted)
        if row < 0:
            self.model.open_fold_with(wanted)
            row = self.model.row_of(wanted)
        if row < 0:
            return False
        if self._kept_now and not take_focus and row == self.view.currentIndex().row():
            return True
        self._select(row)
        self.view.navigate_to_row(row)
        if take_focus:
            self.view.setFocus()
        return True

    def _select(self, row: int) -> None:
        """Make a row the current and the only selected one."""
        # Not by selectRow: it adds the row to those selected while Ctrl is still held from the Ctrl+Enter that led
        # here.
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), command)

    def ensure_current_row(self) -> None:
        """If there is no current row, make the first one current to show its details, without moving the focus.

        If the current row disappeared with the last read, the row in its place is taken.
        """
        if self.current() is None:
            near = self.view.replacement_row()
            self.choose(lambda row: row is self.model.record(near), take_focus=False)

    @property
    def state_key(self) -> str:
        """Return the name of the list, under which its state (filter, selection, scroll position) is kept."""
        return self._name

    def view_state(self) -> ListState | None:
        """Return the state of the list; None if it is the initial state."""
        if self._left is not None:
            return self._left
        place = ListState(
            filter_text=self.filter_field.text(),
            current=getattr(self.current(), "id", None),
            selected=tuple(getattr(row, "id", None) for row in self.selected()),
            scrolled=self.view.verticalScrollBar().value(),
        )
        return place if place != ListState() else None

    def keep_row(self, row: Any) -> None:
        """Keep showing a row just worked on until the filter changes, with a note once it no longer matches."""
        if row is not None:
            self.model.keep_row(key_of(row))

    def clear_filter(self) -> None:
        """Clear the filter and show all rows at once."""
        if self.filter_field.text():
            self.filter_field.clear()
            self._filter_now()

    def apply_filter_now(self) -> None:
        """Apply the typed filter at once, without waiting for a pause in typing."""
        if self._filter_soon.isActive():
            self._filter_soon.stop()
            self._filter_now()

    def set_empty(self, sentence: str, button: str = "", on_click: Callable[[], object] | None = None) -> None:
        """Set the sentence of the empty list and its button ("" = none), which calls ``on_click``; emit ``counted``."""
        self._empty = (sentence, button, on_click)
        self._show_count(*self._counted)

    @property
    def empty_button(self) -> Button:
        """Return the button of the empty list, hidden where it has none."""
        return self._none.offer_button

    def fit_height(self) -> None:
        """Make the list as high as its rows, for short lists on a page that scrolls as a whole."""
        self.view.measure_all()
        rows = sum(self.view.rowHeight(row) for row in range(self.model.rowCount()))
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFixedHeight(rows + self.view.head_height() + 2)

    def copy(self) -> None:
        """Copy the selected rows (without any, all loaded rows) with headings as a table; emit ``copied``.

        Nothing happens without rows. A list that names people is not copied in 閲覧専用, which is said, and the copy is
        logged with its list, event and number of rows.
        """
        rows = self.selected()
        known = sum(self.model.heading(row) is None for row in range(self.model.rowCount()))
        # Rows further down are not laid out yet, and so Ctrl+A could not select them.
        taken = rows if 0 < len(rows) < known else self.model.records()
        app_context = app_context_of(self)
        if not taken or (self.names_people and (app_context is None or app_context.read_only)):
            if taken and app_context is not None:
                app_context.note_access(self._copied_list, act=AccessAct.REFUSED, count=len(taken))
                app_context.show_message("閲覧専用で開いているため、出力できません。コピーもできません。")
            return
        self.view.copy_text(as_clipboard_text(self._columns_in_order(), taken))
        self.copied.emit(len(taken))
        if self.names_people and app_context is not None:
            for log in COPY_LOGS:
                app_context.write(
                    bind_action(
                        log,
                        title=self._copied_list,
                        count=f"{len(taken)}{self.unit}",
                        event_id=self._copied_event(),
                        fiscal_year=app_context.fiscal_year,
                    )
                )

    def name_copies(self, title: str, event_id: Callable[[], int | None] = lambda: None) -> None:
        """Set under which name copies are logged, and what returns the event of the list (None: it is of the year)."""
        self._copied_list, self._copied_event = title, event_id

    def export_content(self, rows: Sequence[Any] | None = None) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Return headings and rows as texts for the Excel export: ``rows``, or all loaded ones under the filter."""
        return export_texts(self._columns_in_order(), self.model.records() if rows is None else rows, self.model.group)

    def _columns_in_order(self) -> tuple[Column, ...]:
        """Return the columns in displayed order, without that of the button."""
        head = self.view.horizontalHeader()
        ordered = (self.model.columns[head.logicalIndex(place)] for place in range(head.count()))
        return tuple(column for column in ordered if column is not _ACTION)

    # what happens inside

    def _on_rows_fed(self, first: int, _last: int) -> None:
        """Restore the place in the list once its first rows are there."""
        if first == 0:
            self._places.apply_widths()
            if self._left is not None:
                place, self._left = self._left, None
                self._restore_list_state(place)
            if self._stood is not None:
                self._restore_current_after()
            sight, scrolled = self._sight
            self._sight = ((), 0)
            if sight:
                # Once the screen has chosen its row.
                QTimer.singleShot(0, self, lambda: self.view.keep_scroll_position(sight, scrolled))

    def _restore_list_state(self, state: ListState) -> None:
        """Restore current and selected rows and the scroll position; rows that are gone are skipped.

        The first selected row becomes the current one where that is gone; where all are gone nothing is restored.
        """

        def choose(wanted: object) -> bool:
            """Make the row with this id the current one; return whether it is there."""
            return self.choose(lambda row: getattr(row, "id", None) == wanted, take_focus=False)

        # After Ctrl+A in a list that was just narrowed rows are selected and none is the current one.
        before = (one for one in (state.current, *state.selected) if one is not None)
        wanted = next((one for one in before if choose(one)), None)
        if wanted is None:
            return
        self._add_to_selection(state.selected)
        # Rows get their heights once the width is known.
        QTimer.singleShot(0, self, lambda: self._restore_scroll(wanted, state.scrolled))

    def _restore_scroll(self, wanted: object, scrolled: int) -> None:
        if getattr(self.current(), "id", None) == wanted:
            self.view.end_navigation()
            self.view.verticalScrollBar().setValue(scrolled)
        else:
            self.view.scrollTo(self.view.currentIndex())

    def _emit_click(self, index: QModelIndex) -> None:
        """Emit ``clicked`` for the row that was clicked; a heading is none."""
        record = self.model.record(index.row())
        if record is not None:
            self.clicked.emit(record, self.model.columns[index.column()].key)

    def _clear_kept_row(self) -> None:
        """Forget that the current row was already current before the last read."""
        self._kept_now = False

    def _add_to_selection(self, keys: Sequence[object]) -> None:
        """Select the rows with these keys (``key_of``) beside the current one; fewer than two keys do nothing."""
        if len(keys) < 2:
            return
        choice = self.view.selectionModel()
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number in range(self.model.rowCount()):
            record = self.model.record(number)
            if record is not None and key_of(record) in keys:
                choice.select(self.model.index(number, 0), rows)

    def _restore_first_state(self) -> None:
        """Restore filter and place of a discarded list before its first read, unless a filter was set already."""
        found = take_state_for(self, self._name)
        if isinstance(found, ListState) and not self.filter_field.text():
            self._left = found
            self.filter_field.setText(found.filter_text)
            self._filter_soon.stop()
            self.model.set_filter(found.filter_text.strip())

    def _with_selection(self, emit: Callable[[list[Any]], None]) -> None:
        """Call ``emit`` with the selected rows, if there are any."""
        rows = self.selected()
        if rows:
            emit(rows)

    def _type_into_filter(self, text: str) -> None:
        if self._filtered or self.filter_field.isVisible():
            self.filter_field.setFocus()
            self.filter_field.insert(text)

    def _filter_now(self) -> None:
        """Filter by the typed text, keeping the current row if it is still there; nothing if the text is unchanged."""
        text = self.filter_field.text().strip()
        if text != self.model.filter_text:
            self._tells_count = True
            self._rearrange(lambda: self.model.set_filter(text))

    def _rearrange(self, change: Callable[[], None]) -> None:
        """Apply ``change`` to rows or order, keeping the current row; where it is gone the first one becomes current.

        Without a current row the list only scrolls to the top.

        Details beside the list must never show a row that is not in it.
        """
        current = self.current()
        self._stood = (key_of(current), current in self.selected()) if current is not None else None
        change()
        if current is None:
            self.view.scrollToTop()

    def _restore_current_after(self) -> None:
        """Choose the row again that was chosen before; if it is gone, the first one."""
        stood, self._stood = self._stood, None
        if stood is not None and not self._restore_current(stood[0], chosen=stood[1]):
            self.choose(lambda _row: True, take_focus=False)

    def _focus_list(self) -> None:
        """Filter by the typed text, then focus the list on its first row."""
        self._filter_now()
        if self.model.rowCount():
            first = next((n for n in range(self.model.rowCount()) if self.model.record(n) is not None), 0)
            self._select(first)
            self.view.setFocus()

    def sort_by(self, key: str) -> None:
        """Sort by a column, the other way round if it is sorted by it already, and say so."""
        self._sort_by(next(number for number, column in enumerate(self.model.columns) if column.key == key))
        title = next(column.title for column in self.model.columns if column.key == key).replace("\n", " ")
        announce(self.view, f"{title}　{self.model.sort_words()}で並べました")

    def scale_column(self, key: str, factor: float) -> None:
        """Make a column ``factor`` times as wide; the width is remembered."""
        self._places.scale(key, factor)

    def reset_columns(self) -> None:
        """Give all columns their own width again; their order stays."""
        self._places.reset()

    def shown_columns(self) -> list[Column]:
        """Return the visible columns in displayed order, without that of the button."""
        hidden = {column.key for n, column in enumerate(self.model.columns) if self.view.isColumnHidden(n)}
        return [column for column in self._columns_in_order() if column.key not in hidden]

    def _sort_by(self, section: int) -> None:
        """Sort by a column that can be sorted, or the other way round, and remember it."""
        column = self.model.columns[section]
        if not column.sortable:
            self._show_sort()
            return
        key = f"-{column.key}" if self.model.sort_key == column.key else column.key
        self._rearrange(lambda: self.model.set_sort(key))
        remember(f"tables/{self._name}/sort", self.model.sort_key)
        self._show_sort()

    def _show_sort(self) -> None:
        """Show the arrow of the sorting in the heading of its column; none while the list is as given."""
        head = self.view.horizontalHeader()
        key = self.model.sort_key
        section = next((n for n, c in enumerate(self.model.columns) if c.key == key.lstrip("-")), -1)
        head.setSortIndicatorShown(section >= 0)
        down = Qt.SortOrder.DescendingOrder if key.startswith("-") else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(section, down)

    def set_hint(self, words: str) -> None:
        """Set the text after the count, from the next rows on."""
        self._hint = words

    def _show_count(self, shown: int, total: int) -> None:
        """Show how many rows are shown, of how many, or the message of the empty list; emit ``counted``."""
        self._counted = (shown, total)
        filtered = bool(self.model.filter_text)
        words = f"{shown}{self.unit}"
        if filtered and total != shown:
            words = f"{shown}{self.unit}（{total}{self.unit}から絞り込み）"
        self.count_line.setText(join_nonempty(words if shown else "", self._hint))
        # A count is never torn from its unit, however many buttons stand beside it.
        metrics = t.metrics("small")
        self.count_line.setMinimumWidth(math.ceil(metrics.horizontalAdvance(f"{shown}{self.unit}")))
        if not shown:
            if filtered:
                self._none.show_text(
                    f"「{self.model.filter_text}」に合うものはありません。", "絞り込みをやめる", self.clear_filter
                )
            else:
                self._none.show_text(*self._empty)
        # What is still being read is not called empty.
        nothing = not shown and self.model.is_loaded
        if self._tells_count:
            self._tells_count = False
            announce(self.view, words if shown else self._none.words())
        focused = self.hasFocus()
        self._stack.setCurrentIndex(int(nothing))
        self._note_opening()
        # The keyboard of a list without rows stands at what it offers instead.
        self.setFocusProxy((self._none.first_button() if nothing else None) or self.view)
        if focused:
            self.setFocus()
        self.counted.emit(shown, total)
        if nothing and self._stood is not None:
            self._stood = None
            self.chosen.emit(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Set the column widths; at the first showing first restore filter and place of a discarded list."""
        super().showEvent(event)
        if not self._shown_once:
            self._shown_once = True
            self._restore_first_state()
            # A screen that has the filter in its own head leaves no empty line here.
            self._tools.setVisible(bool(self._tools.parts()))
        self._places.apply_widths()
        self._note_opening()

    def _note_opening(self) -> None:
        """Note that rows of a list that names people are in sight."""
        app_context = app_context_of(self) if self.names_people and self._counted[0] and self.isVisible() else None
        if app_context is not None:
            app_context.note_access(self._copied_list, event_id=self._copied_event(), count=self._counted[0])

    def sizeHint(self) -> QSize:
        """Return a size for a few rows."""
        return QSize(480, 320)
