"""A dialog with the rows behind a number of 年度まとめ, to copy, export or open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.documents.screens.export_button import export_button
from app.main_window.action_routes import route_to
from app.subjects.year.summary.screens.summary_columns import source_row_columns
from app.subjects.year.summary.services.source_rows import SourceRow, SourceRows
from app.widgets.buttons import link_button
from app.widgets.dialogs.dialog_frame import TALLEST, DialogFrame
from app.widgets.labels import wrapped_label
from app.widgets.lists.record_table import RecordTable
from app.window.app_context import AppContext


class SourceRowsDialog(DialogFrame):
    """One list; Enter opens the row's place, Esc goes back to the number. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, sources: SourceRows, parent: QWidget) -> None:
        super().__init__(sources.title, sources.words, cancel="閉じる", width=880, full=True, parent=parent)
        self._app_context = app_context
        self.table = RecordTable(
            f"behind-{len(sources.headings)}",
            source_row_columns(sources),
            title=f"{sources.title}の元の一覧",
            empty="数えた行はありません。",
            unit="行",
        )
        title = f"{sources.title}の元の一覧"
        if sources.personal:
            self.table.foot.addWidget(export_button(app_context, self.table, title=title, personal=True))
        else:
            self.table.foot.addWidget(export_button(app_context, self.table, title=title))
        if sources.note:
            self.put(wrapped_label(sources.note, "small"))
        self.put((self.table, 1))
        window = parent.window() if parent is not None else None
        self.table.setMinimumHeight(max(240, min(TALLEST, window.height() if window is not None else TALLEST) - 260))
        self.table.show_rows(sources.rows)
        self.table.opened.connect(self._open_row)
        self.finished.connect(self.deleteLater)
        self.table.setFocus()

    def add_alternative(self, words: str, on_click: Callable[[], object]) -> None:
        """Offer another view of the same number under the list."""
        link = link_button(words, self.accept)
        link.clicked.connect(lambda _checked: on_click())
        self.table.foot.addWidget(link)

    def _open_row(self, row: SourceRow) -> None:
        if row.link is not None:
            way = route_to(row.link)
            self.accept()
            self._app_context.go(way.screen_name, **way.arguments)
