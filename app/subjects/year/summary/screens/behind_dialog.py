"""The rows behind a number of 年度まとめ, in a dialog: copied, exported, and each leads to its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.main_window.ways import way_to
from app.papers.screens.export_button import export_button
from app.subjects.year.summary.screens.summary_columns import behind_columns
from app.subjects.year.summary.services.behind import Behind, BehindRow
from app.widgets.buttons import link_button
from app.widgets.dialogs.dialog_frame import TALLEST, DialogFrame
from app.widgets.labels import wrapped_label
from app.widgets.lists.record_table import RecordTable
from app.window.desk import Desk


class BehindDialog(DialogFrame):
    """One list; Enter goes to the row's place, Esc back to the number. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, found: Behind, parent: QWidget) -> None:
        super().__init__(found.title, found.words, cancel="閉じる", width=880, full=True, parent=parent)
        self._desk = desk
        self.table = RecordTable(
            f"behind-{len(found.headings)}",
            behind_columns(found),
            title=f"{found.title}の元の一覧",
            empty="数えた行はありません。",
            unit="行",
        )
        title = f"{found.title}の元の一覧"
        if found.personal:
            self.table.foot.addWidget(export_button(desk, self.table, title=title, personal=True))
        else:
            self.table.foot.addWidget(export_button(desk, self.table, title=title))
        if found.note:
            self.put(wrapped_label(found.note, "small"))
        self.put((self.table, 1))
        window = parent.window() if parent is not None else None
        self.table.setMinimumHeight(max(240, min(TALLEST, window.height() if window is not None else TALLEST) - 260))
        self.table.show_rows(found.rows)
        self.table.opened.connect(self._go)
        self.finished.connect(self.deleteLater)
        self.table.setFocus()

    def put_more(self, words: str, act: Callable[[], object]) -> None:
        """Offer another view of the same number under the list."""
        link = link_button(words, self.accept)
        link.clicked.connect(lambda _checked: act())
        self.table.foot.addWidget(link)

    def _go(self, row: BehindRow) -> None:
        if row.asked is not None:
            way = way_to(row.asked)
            self.accept()
            self._desk.go(way.place, **way.arguments)
