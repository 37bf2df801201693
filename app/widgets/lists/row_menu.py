"""Makes the menu of a list: what can be done with its row and its columns, by mouse, menu key or Shift+F10."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.widgets.buttons import MenuAction, menu_entry
from app.widgets.lists.record_model import Column, RecordModel
from app.widgets.lists.record_view import RecordView
from app.widgets.tips import TIP_KEY, show_tip, tip_of


class ListWithMenu(Protocol):
    """The list as its menu sees it: a ``RecordTable``."""

    view: RecordView
    model: RecordModel
    row_acts: Callable[[Any], Iterable[MenuAction]]

    def current(self) -> Any:
        """Return the record of the current row, or None."""

    def copy(self) -> None:
        """Copy the selected rows."""

    def shown_columns(self) -> list[Column]:
        """Return the visible columns."""

    def sort_by(self, key: str) -> None:
        """Sort by a column."""

    def scale_column(self, key: str, factor: float) -> None:
        """Make a column ``factor`` times as wide."""

    def reset_columns(self) -> None:
        """Give all columns their own width again."""


_WIDER, _NARROWER = 1.25, 0.8


def row_menu(table: ListWithMenu) -> QMenu:
    """Return the menu of ``table``: what can be done with its current row, sorting, column widths; not opened yet."""
    menu = QMenu(table.view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    view, record = table.view, table.current()
    action = view.action_of(record) if view.action_of is not None and record is not None else None
    if action is not None:
        menu_entry(menu, f"{action.text}（Space）", lambda: view.acted.emit(record))
    for words, act in table.row_acts(record) if record is not None else ():
        menu_entry(menu, words, act or menu.close).setEnabled(act is not None)
    if record is not None:
        menu_entry(menu, "コピーする（Ctrl+C）", table.copy)
    if tip_of(view):
        menu_entry(menu, f"くわしく見る（{TIP_KEY}）", partial(show_tip, view))
    if not menu.isEmpty():
        menu.addSeparator()
    columns = [column for column in table.shown_columns() if column.title]
    sortable = [column for column in columns if column.sortable]
    if sortable:
        order = menu.addMenu("並べ替える")
        for column in sortable:
            entry = menu_entry(order, _one_line(column.title), partial(table.sort_by, column.key))
            entry.setCheckable(True)
            entry.setChecked(table.model.sort_key.lstrip("-") == column.key)
            if entry.isChecked():
                entry.setText(f"{_one_line(column.title)}　{table.model.sort_words()}")
    widths = menu.addMenu("列の幅")
    for column in columns:
        one = widths.addMenu(_one_line(column.title))
        menu_entry(one, "広げる", partial(table.scale_column, column.key, _WIDER))
        menu_entry(one, "狭める", partial(table.scale_column, column.key, _NARROWER))
    menu_entry(widths, "幅をはじめに戻す", table.reset_columns)
    return menu


def _one_line(title: str) -> str:
    return title.replace("\n", " ")
