"""The section 読みちがえの疑い on the page of a year, with suspected misreadings of imported files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.calendar.dates import short_date
from app.subjects.submissions.consistency.services.suspected_misreadings import (
    NOTHING,
    SuspectedMisreading,
    SuspectedMisreadings,
    UnverifiedImport,
    confirm_import,
    correct_misreading,
)
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label, section
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.screen import disable_when_read_only
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.store import Store

PANEL_TITLE = "読みちがえの疑い"
COMPARE, RIGHT = "ファイルと比べる", "直す"
_MAX_HEIGHT = 190
_Row = SuspectedMisreading | UnverifiedImport


class MisreadingsPanel(QWidget):
    """The section 読みちがえの疑い; emits no signals."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context
        self._fiscal_year = app_context.fiscal_year
        self.count = label("", "second")
        self.confirm = Button("元のファイルで確かめた", self._ask_confirm, low=True)
        self.words = NoteBox(tone="quiet")
        self.table = FittedTable(
            "suspected-readings",
            _columns(app_context.today()),
            title=PANEL_TITLE,
            empty="読みちがえの疑いのある行はありません。",
            action=_action,
        )
        self.table.set_max_height(t.scaled(_MAX_HEIGHT))
        self.table.acted.connect(self._act)
        self.table.opened.connect(self._act)
        self.table.chosen.connect(lambda _row: self._offer())
        disable_when_read_only(app_context, self.confirm)
        head = in_row(section(PANEL_TITLE), self.count, None, self.confirm, spacing=12)
        in_column(head, self.words, self.table, owner=self, spacing=6)

    def show_misreadings(self, found: SuspectedMisreadings, fiscal_year: int) -> None:
        """Show the suspected misreadings of a year, or only the sentence on what was checked."""
        self._fiscal_year = fiscal_year
        rows: list[_Row] = [*found.rows, *found.imports]
        parts = [f"行 {len(found.rows)}件"] if found.rows else []
        parts += [f"比べていない取り込み {len(found.imports)}件"] if found.imports else []
        self.count.setText("・".join(parts) or "0件")
        self.words.show_text(found.words)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows)
        self._offer()

    def _offer(self) -> None:
        row = self.table.current() if not self.table.isHidden() else None
        self.confirm.setVisible(isinstance(row, UnverifiedImport))

    def _act(self, row: _Row | None) -> None:
        if isinstance(row, UnverifiedImport):
            self.app_context.go("applications", event_id=row.event_id)
        elif row is not None and not self.app_context.read_only:
            _correction_dialog(self.app_context, row, self._fiscal_year, self).open()

    def _ask_confirm(self) -> None:
        row = self.table.current()
        if not isinstance(row, UnverifiedImport):
            return
        dialog = SavingDialog(
            self.app_context,
            "元のファイルで確かめた",
            row.imported.file_name,
            main="確かめたとする",
            parent=self,
        )
        dialog.confirmed.connect(
            lambda: dialog.run_change(bind_action(self.app_context, confirm_import, import_id=row.imported.id))
        )
        dialog.put(
            Paragraph(
                "撮影・端末・状態の返事を、元のファイルと名簿で見比べたときに押します。"
                f"「未確認の読み」の印（撮影可 {row.photo_allowed_count}人）がなくなります。元に戻せます。"
            )
        )
        dialog.open()


def _correction_dialog(
    app_context: AppContext, row: SuspectedMisreading, fiscal_year: int, parent: QWidget
) -> FormDialog | SavingDialog:
    subject = f"{row.where}　{row.who}"

    def change(words: str = "") -> Callable[[Store], ActionResult]:
        return bind_action(app_context, correct_misreading, fiscal_year=fiscal_year, key=row.key, words=words)

    if row.kind == "配慮":
        return FormDialog(
            app_context,
            "配慮を直す",
            subject,
            main="保存する",
            fields=(
                Field(
                    "words",
                    "配慮",
                    optional=True,
                    hint=f"取り込んだ言葉は「{row.stored_words}」です。要る配慮がなければ、空のまま保存します。",
                ),
            ),
            values={"words": ""},
            change=lambda typed: change(**typed),
            parent=parent,
        )
    dialog = SavingDialog(app_context, f"{row.kind}を直す", subject, main="直す", parent=parent)
    dialog.confirmed.connect(lambda: dialog.run_change(change()))
    dialog.put(Paragraph(_consequence(row)))
    return dialog


def _consequence(row: SuspectedMisreading) -> str:
    both = f"取り込んだ言葉は「{row.stored_words}」、今の読み方では「{row.reread_words.strip('（）')}」です。"
    return (
        both
        + {
            "同行者": "この席をなくします。",
            "氏名": "氏名を外して「氏名未定」の席にします。",
            "会長": "会長の欄を空にします。",
            "その他": "「その他」から外し、今の読み方の回答にします。",
        }.get(row.kind, "")
        + "元に戻せます。"
    )


def _action(row: _Row) -> RowAction:
    return RowAction(COMPARE if isinstance(row, UnverifiedImport) else RIGHT)


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "kind",
            "種類",
            lambda row: Cell("取り込み" if isinstance(row, UnverifiedImport) else row.kind),
            sortable=False,
        ),
        Column("where", "実施回・団体", _location_cell, stretch=True, sortable=False),
        Column("who", "ファイル・だれ", partial(_person_cell, today=today), stretch=True, sortable=False),
        Column("was", "取り込んだ言葉→今の読み方", _both_readings_cell, stretch=True, sortable=False),
    )


def _location_cell(row: _Row) -> Cell:
    return Cell(row.where, "これから" if isinstance(row, UnverifiedImport) and row.is_upcoming else "")


def _person_cell(row: _Row, *, today: date) -> Cell:
    if isinstance(row, SuspectedMisreading):
        return Cell(row.who)
    taken = row.imported
    return Cell(taken.file_name, f"{short_date(taken.at.date(), today)} {taken.at:%H:%M}　{taken.by}")


def _both_readings_cell(row: _Row) -> Cell:
    if isinstance(row, SuspectedMisreading):
        return Cell(f"「{row.stored_words}」→{row.reread_words or NOTHING}")
    return Cell(
        "撮影・端末・状態は分かりません", f"{row.entry_count}席（撮影可 {row.photo_allowed_count}）", tone="second"
    )
