"""A short list of typed lines with buttons, for the memo and the dialogs of the 提案書."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.widgets.buttons import Button, inline_button
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Column
from app.widgets.screen import disable_when_read_only, widget_row
from app.window.app_context import AppContext


class LineList(QWidget):
    """List of lines with the buttons 加える, 直す and 消す, whose actions are passed in; emits no signals."""

    def __init__(
        self,
        app_context: AppContext,
        name: str,
        columns: Sequence[Column],
        *,
        title: str,
        empty: str,
        add: Callable[[], object],
        edit: Callable[[Any], object],
        remove: Callable[[Any], object],
        parent: QWidget | None = None,
    ):
        """``name`` is the key under which column widths are stored."""
        super().__init__(parent)
        self._edit, self._remove = edit, remove
        self.table = FittedTable(
            name,
            tuple(columns),
            title=title,
            empty=empty,
            names_people=False,
            on_choose=self._offer,
            on_open=self._edit_current,
        )
        self.add_button = Button("行を加える", add, icon_name="plus", low=True)
        self.edit_button = inline_button("直す", self._edit_current)
        self.remove_button = inline_button("消す", self._remove_current, danger=True)
        in_column(
            self.table, widget_row(self.add_button, self.edit_button, self.remove_button, None), owner=self, spacing=6
        )
        disable_when_read_only(app_context, self.add_button)
        self._may_write = app_context.may_write
        self._offer()

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show the lines, keeping the current one."""
        self.table.show_rows(tuple(lines))
        self._offer()

    def _offer(self) -> None:
        """Enable the buttons that edit and remove the chosen line."""
        there = self.table.current() is not None and self._may_write
        self.edit_button.setEnabled(there)
        self.remove_button.setEnabled(there)

    def _edit_current(self) -> None:
        """Call the function that edits the chosen line, unless read-only."""
        line = self.table.current()
        if line is not None and self._may_write:
            self._edit(line)

    def _remove_current(self) -> None:
        """Call the function that removes the chosen line."""
        line = self.table.current()
        if line is not None:
            self._remove(line)
