"""「Excelに出力」: one button and one key (Ctrl+E) by which a list leaves as it is shown.

At a list that is: filtered and sorted, with the pages not seen yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.services.issued_copies import note_copied_list
from app.papers.services.list_export import export_list, name_list
from app.widgets.buttons import Button, Kind
from app.widgets.lists.record_table import RecordTable
from app.window.desk import Desk, acting, with_store
from db.frozen_record import frozen_record

KEYS = "Ctrl+E"
_PERSONAL = "個人情報を含む一覧です。暗号化して保存することをおすすめします。"
_READ_ONLY = "閲覧専用で開いているため、出力できません。"


@frozen_record
class ExportSheet:
    """What is exported: headings, rows, how many of how many in words; ``total`` True = the last row is the sum."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: str
    personal: bool = False
    total: bool = False


Gather = Callable[[Callable[[ExportSheet], None]], None]


class ExportButton(Button):
    """The button of one list.

    Signals: ``clicked(bool)``; ``exported(Path)`` when the file is there. While it can't be seen or pressed, its
    key does nothing.
    """

    exported = Signal(object)

    def __init__(
        self,
        desk: Desk,
        gather: Gather,
        *,
        title: str,
        event_id: Callable[[], int | None] = lambda: None,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``gather(deliver)`` collects what is shown; ``title`` names sheet and file; ``event_id`` whose list it is.

        ``small`` shows the icon alone, where a bar has no room for words.
        """
        kind: Kind = "icon" if small else "plain"
        super().__init__("Excelに出力", self.export, kind=kind, icon_name="export", low=not small, parent=parent)
        self._desk = desk
        self._gather = gather
        self._title = title
        self._event_id = event_id
        self.offer(False)
        # Found by its own window: of several lists only the one that is seen answers.
        QShortcut(QKeySequence(KEYS), self).activated.connect(self.click)

    def offer(self, on: bool) -> None:
        """Whether there is anything to export; nothing leaves from a folder open 閲覧専用."""
        self.setEnabled(on and not self._desk.read_only)
        self.setToolTip(_READ_ONLY if self._desk.read_only else f"表示している一覧をExcelに出力します（{KEYS}）")

    def keep_key(self, field: QWidget) -> None:
        """Leave the key to the export also while ``field`` has the focus: some systems move the cursor with it."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A text field does not claim the key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return QKeySequence(event.keyCombination()) == QKeySequence(KEYS)
        return super().eventFilter(watched, event)

    def export(self) -> None:
        """Collect what is shown and ask where to."""
        self._gather(self._name)

    def _name(self, sheet: ExportSheet) -> None:
        event_id = self._event_id()
        self._desk.read(
            with_store(
                name_list,
                title=self._title,
                event_id=event_id,
                fiscal_year=self._desk.fiscal_year,
                now=self._desk.now(),
            ),
            partial(self._ask_where, sheet, event_id),
            owner=self,
        )

    def _ask_where(self, sheet: ExportSheet, event_id: int | None, stem: str) -> None:
        dialog = SaveDialog(
            self._desk,
            "Excelに出力",
            self._title,
            stem=stem,
            ending=".xlsx",
            personal=_PERSONAL if sheet.personal else "",
            change=lambda leaving: acting(
                self._desk,
                export_list,
                title=self._title,
                columns=sheet.columns,
                rows=sheet.rows,
                words=sheet.words,
                personal=sheet.personal,
                total=sheet.total,
                event_id=event_id,
                fiscal_year=self._desk.fiscal_year,
                **leaving,
            ),
            told=f"{sheet.words}を、表示している順に出力します。",
            parent=self.window(),
        )
        dialog.saved.connect(self.exported)
        dialog.open()


def export_button(
    desk: Desk,
    table: RecordTable,
    *,
    title: str,
    personal: bool = False,
    narrowed: Callable[[], str] = lambda: "",
    event_id: Callable[[], int | None] = lambda: None,
    small: bool = False,
) -> ExportButton:
    """Return the button that exports ``table``; the screen places it, usually in ``table.foot``.

    ``title`` names sheet and file. ``personal``: people are named or may be. ``narrowed`` says in words by what a
    screen narrowed the list beside its filter field (「講習会」). ``small`` shows the icon alone.
    """

    def told(count: int) -> str:
        by = [f"「{word}」" for word in (narrowed(), table.model.filter_text) if word]
        return f"{count}{table.unit}" + (f"（{'と'.join(by)}で絞り込み）" if by else "")

    def hand_over(deliver: Callable[[ExportSheet], None], rows: Sequence[Any]) -> None:
        columns, texts = table.content(rows)
        deliver(ExportSheet(columns=columns, rows=texts, words=told(len(texts)), personal=personal))

    def gather(deliver: Callable[[ExportSheet], None]) -> None:
        table.settle_filter()
        table.model.everything(lambda rows: hand_over(deliver, rows))

    if personal:
        log_copies(desk, table, title=title, event_id=event_id)
    made = ExportButton(desk, gather, title=title, event_id=event_id, small=small)
    table.counted.connect(lambda shown, _total: made.offer(shown > 0))
    made.keep_key(table.filter_field)
    return made


def log_copies(
    desk: Desk, table: RecordTable, *, title: str, event_id: Callable[[], int | None] = lambda: None
) -> None:
    """Leave a row in the log whenever rows of ``table``, which names people, are copied; 閲覧専用 nothing is copied."""

    def may_copy() -> bool:
        if desk.read_only:
            desk.say(f"{_READ_ONLY}コピーもできません。")
        return not desk.read_only

    def note(count: int) -> None:
        desk.write(
            acting(
                desk,
                note_copied_list,
                title=title,
                count=f"{count}{table.unit}",
                event_id=event_id(),
                fiscal_year=desk.fiscal_year,
            )
        )

    table.may_copy = may_copy
    table.copied.connect(note)
