"""「Excelに出力」: one button and one key (Ctrl+E) that export a list as shown, filtered and sorted, with all its
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.list_export import export_list, list_file_name
from app.widgets.buttons import Button, Kind
from app.widgets.keys import on_key
from app.widgets.lists.record_table import RecordTable
from app.window.app_context import AppContext, bind_action, with_store
from db.record import record

KEYS = "Ctrl+E"


@record
class ExportTable:
    """The data to export: headings, rows, the row count in words; ``total`` True = the last row is the sum."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: str
    personal: bool = False
    total: bool = False


CollectTable = Callable[[Callable[[ExportTable], None]], None]


class ExportButton(Button):
    """The export button of one list, disabled until ``set_available`` says that there is something to export.

    Signals: ``clicked(bool)``; ``exported(Path)`` when the file is written. While it is hidden or disabled, its key
    does nothing.
    """

    exported = Signal(object)

    def __init__(
        self,
        app_context: AppContext,
        collect: CollectTable,
        *,
        title: str,
        event_id: Callable[[], int | None] = lambda: None,
        small: bool = False,
        parent: QWidget | None = None,
    ):
        """Build the button; ``collect(deliver)`` collects what is shown.

        ``title`` names sheet and file; ``event_id`` returns the event of the list. ``small`` shows the icon alone, for
        narrow bars.
        """
        kind: Kind = "icon" if small else "plain"
        super().__init__("Excelに出力", self.export, kind=kind, icon_name="export", low=not small, parent=parent)
        self._app_context = app_context
        self._gather = collect
        self._title = title
        self._event_id = event_id
        self.set_available(False)
        # Found by its own window: of several lists only the one that is seen answers.
        on_key(self, KEYS, self.click)

    def set_available(self, available: bool) -> None:
        """Enable the button if there is anything to export; it stays disabled in 閲覧専用."""
        self.setEnabled(available and self._app_context.may_write)
        self.setToolTip(
            "閲覧専用で開いているため、出力できません。"
            if self._app_context.read_only
            else f"表示している一覧をExcelに出力します（{KEYS}）"
        )

    def keep_shortcut_in(self, field: QWidget) -> None:
        """Keep the key for the export while ``field`` has the focus; some systems move the cursor with it."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text field from claiming the key of the button."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return QKeySequence(event.keyCombination()) == QKeySequence(KEYS)
        return super().eventFilter(watched, event)

    def export(self) -> None:
        """Collect what is shown and ask for a place to save."""
        self._gather(self._ask_file_name)

    def _ask_file_name(self, sheet: ExportTable) -> None:
        """Read the proposed file name, then open the dialog that saves the list."""
        event_id = self._event_id()
        self._app_context.read(
            with_store(
                list_file_name,
                title=self._title,
                event_id=event_id,
                fiscal_year=self._app_context.fiscal_year,
                now=self._app_context.now(),
            ),
            partial(self._ask_where, sheet, event_id),
            owner=self,
        )

    def _ask_where(self, sheet: ExportTable, event_id: int | None, stem: str) -> None:
        """Open the dialog that saves the list as Excel."""
        dialog = SaveDialog(
            self.window(),
            "Excelに出力",
            self._title,
            stem=stem,
            ending=".xlsx",
            personal="個人情報を含む一覧です。暗号化して保存することをおすすめします。" if sheet.personal else "",
            change=lambda options: bind_action(
                export_list,
                title=self._title,
                columns=sheet.columns,
                rows=sheet.rows,
                words=sheet.words,
                personal=sheet.personal,
                total=sheet.total,
                event_id=event_id,
                fiscal_year=self._app_context.fiscal_year,
                options=options,
            ),
            intro=f"{sheet.words}を、表示している順に出力します。",
        )
        dialog.saved.connect(self.exported)
        dialog.open()


def export_button(
    app_context: AppContext,
    table: RecordTable,
    *,
    title: str,
    filter_words: Callable[[], str] = lambda: "",
    event_id: Callable[[], int | None] = lambda: None,
    small: bool = False,
) -> ExportButton:
    """Return the button that exports ``table``; the screen places it, usually in ``table.foot``.

    ``title`` names sheet and file. Copies of rows are logged under it, too.
    ``filter_words`` returns the filters of the screen besides its filter field as text (「講習会」). ``event_id``
    returns the event of the list, None = it is of the year. ``small`` shows the icon alone.
    """

    def told(count: int) -> str:
        """Return the row count with the filters in words: 「6件（「LINE」で絞り込み）」."""
        by = [f"「{word}」" for word in (filter_words(), table.model.filter_text) if word]
        return f"{count}{table.unit}" + fill_nonempty("（{}で絞り込み）", "と".join(by))

    def hand_over(deliver: Callable[[ExportTable], None], rows: Sequence[Any]) -> None:
        columns, texts = table.export_content(rows)
        deliver(ExportTable(columns=columns, rows=texts, words=told(len(texts)), personal=table.names_people))

    def gather(deliver: Callable[[ExportTable], None]) -> None:
        """Fetch all rows of the table as filtered now, and pass them on."""
        table.apply_filter_now()
        table.model.fetch_all(lambda rows: hand_over(deliver, rows))

    table.name_copies(title, event_id)
    made = ExportButton(app_context, gather, title=title, event_id=event_id, small=small)
    table.counted.connect(lambda shown, _total: made.set_available(shown > 0))
    made.keep_shortcut_in(table.filter_field)
    return made
