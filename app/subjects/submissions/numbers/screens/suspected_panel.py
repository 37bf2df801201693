"""読みちがえの疑い: what was probably read wrongly when files of others were taken in, on the page of a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.subjects.submissions.numbers.services.suspected_readings import (
    NOTHING,
    SuspectedReadings,
    SuspectedRow,
    UnreadImport,
    confirm_import,
    put_right,
)
from app.widgets.buttons import Button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label, section
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.screen import only_for_writing
from app.window import theme as t
from app.window.desk import Desk, acting
from db.store import Store

TITLE = "読みちがえの疑い"
COMPARE, RIGHT = "ファイルと比べる", "直す"
_MOST = 190
_Row = SuspectedRow | UnreadImport


class SuspectedPanel(QWidget):
    """The section. Signals: none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._fiscal_year = desk.fiscal_year
        self.count = label("", "second")
        self.confirm = Button("元のファイルで確かめた", self._ask_confirm, low=True)
        self.words = NoteBox(tone="quiet")
        self.table = FittedTable(
            "suspected-readings",
            _columns(desk.today()),
            title=TITLE,
            empty="読みちがえの疑いのある行はありません。",
            action=_action,
        )
        self.table.set_most(t.scaled(_MOST))
        self.table.acted.connect(self._act)
        self.table.opened.connect(self._act)
        self.table.chosen.connect(lambda _row: self._offer())
        only_for_writing(desk, self.confirm)
        head = in_row(section(TITLE), self.count, None, self.confirm, spacing=12)
        in_column(head, self.words, self.table, owner=self, spacing=6)

    def show_readings(self, found: SuspectedReadings, fiscal_year: int) -> None:
        """Show what a year holds; without anything the sentence alone says what was looked at."""
        self._fiscal_year = fiscal_year
        rows: list[_Row] = [*found.rows, *found.imports]
        parts = [f"行 {len(found.rows)}件"] if found.rows else []
        parts += [f"比べていない取り込み {len(found.imports)}件"] if found.imports else []
        self.count.setText("・".join(parts) or "0件")
        self.words.say(found.words)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows)
        self._offer()

    def _offer(self) -> None:
        row = self.table.current() if not self.table.isHidden() else None
        self.confirm.setVisible(isinstance(row, UnreadImport))

    def _act(self, row: _Row | None) -> None:
        if isinstance(row, UnreadImport):
            self.desk.go("applications", event_id=row.event_id)
        elif row is not None and not self.desk.read_only:
            _right_dialog(self.desk, row, self._fiscal_year, self).open()

    def _ask_confirm(self) -> None:
        row = self.table.current()
        if not isinstance(row, UnreadImport):
            return
        dialog = SavingDialog(
            self.desk,
            "元のファイルで確かめた",
            row.imported.file_name,
            main="確かめたとする",
            parent=self,
        )
        dialog.confirmed.connect(lambda: dialog.send(acting(self.desk, confirm_import, import_id=row.imported.id)))
        dialog.put(
            Paragraph(
                "撮影・端末・状態の返事を、元のファイルと名簿で見比べたときに押します。"
                f"「未確認の読み」の印（撮影可 {row.photos}人）がなくなります。元に戻せます。"
            )
        )
        dialog.open()


def _right_dialog(desk: Desk, row: SuspectedRow, fiscal_year: int, parent: QWidget) -> FormDialog | SavingDialog:
    subject = f"{row.where}　{row.who}"

    def change(words: str = "") -> Callable[[Store], Saved]:
        return acting(desk, put_right, fiscal_year=fiscal_year, key=row.key, words=words)

    if row.kind == "配慮":
        return FormDialog(
            desk,
            "配慮を直す",
            subject,
            main="保存する",
            fields=(
                Field(
                    "words",
                    "配慮",
                    optional=True,
                    hint=f"取り込んだ言葉は「{row.was}」です。要る配慮がなければ、空のまま保存します。",
                ),
            ),
            values={"words": ""},
            change=lambda typed: change(**typed),
            parent=parent,
        )
    dialog = SavingDialog(desk, f"{row.kind}を直す", subject, main="直す", parent=parent)
    dialog.confirmed.connect(lambda: dialog.send(change()))
    dialog.put(Paragraph(_consequence(row)))
    return dialog


def _consequence(row: SuspectedRow) -> str:
    both = f"取り込んだ言葉は「{row.was}」、今の読み方では「{row.now.strip('（）')}」です。"
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
    return RowAction(COMPARE if isinstance(row, UnreadImport) else RIGHT)


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "kind", "種類", lambda row: Cell("取り込み" if isinstance(row, UnreadImport) else row.kind), sortable=False
        ),
        Column("where", "実施回・団体", _where, stretch=True, sortable=False),
        Column("who", "ファイル・だれ", partial(_who, today=today), stretch=True, sortable=False),
        Column("was", "取り込んだ言葉→今の読み方", _both, stretch=True, sortable=False),
    )


def _where(row: _Row) -> Cell:
    return Cell(row.where, "これから" if isinstance(row, UnreadImport) and row.ahead else "")


def _who(row: _Row, *, today: date) -> Cell:
    if isinstance(row, SuspectedRow):
        return Cell(row.who)
    taken = row.imported
    return Cell(taken.file_name, f"{short_date(taken.at.date(), today)} {taken.at:%H:%M}　{taken.by}")


def _both(row: _Row) -> Cell:
    if isinstance(row, SuspectedRow):
        return Cell(f"「{row.was}」→{row.now or NOTHING}")
    return Cell("撮影・端末・状態は分かりません", f"{row.places}席（撮影可 {row.photos}）", tone="second")
