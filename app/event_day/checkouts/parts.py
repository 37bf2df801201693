"""The dialog of a row of the 持出し管理簿, which the day of an event uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.calendar.dates import clock_time, moment_of
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import export_button
from app.event_day.checkouts.rules import OFFICE_ENDS, due_back
from app.event_day.checkouts.services import (
    BACK,
    CANCELLED,
    DISPOSED,
    LATE_TO_ERASE,
    NOT_ERASED,
    OPEN,
    OVERDUE,
    PAPER,
    PART,
    CheckoutList,
    CheckoutRow,
    cancel_checkout,
    is_day_file,
    is_merge_list,
    is_same_person,
    list_checkouts,
    record_checkout,
    record_return,
)
from app.programme.rules import full_clause
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog, SavingDialog
from app.widgets.display_texts import moment_words, short_moment_words
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label, section
from app.widgets.layouts import in_column
from app.widgets.lists.record_columns import export_column, record_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, disable_when_read_only, page_title
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.records.protection import Checkout

_ENCRYPTION = {
    True: "情報を入れた媒体は、暗号化して持ち出します",
    False: "つぎの画面で「暗号化して保存」を選ぶときは、空のまま",
}
MEDIA = (PAPER, "USBメモリ", "ノートパソコン", "タブレット", "DVD")
_BADGES = {
    OPEN: "今週",
    NOT_ERASED: "今週",
    OVERDUE: "注意",
    LATE_TO_ERASE: "注意",
    PART: "注意",
    BACK: "済",
    DISPOSED: "済",
    CANCELLED: "取り消し",
}
_SHORT = {OVERDUE: "予定超過", LATE_TO_ERASE: "予定超過"}
_BASIS = f"{full_clause(clause_of('媒体の持出しの管理簿'))}の8項目です。行は消さずに残り、誤りは「取消」にします。"


def checkout_fields(*, contents: bool) -> tuple[Field, ...]:
    """Return the form fields of a row; ``contents`` False leaves out 格納情報 and 用途, known already."""
    about = (
        record_field(
            Checkout,
            "contents",
            placeholder="受付名簿（17人分）",
            hint="入っていない媒体は「なし（空の媒体）」",
        ),
        record_field(Checkout, "purpose", width=280, placeholder="当日の受付", optional=False),
    )
    rest = (
        record_field(Checkout, "taken_by", width=240),
        record_field(Checkout, "approved_by", width=240, optional=False),
        record_field(Checkout, "destination", width=260, optional=False),
        record_field(Checkout, "medium", kind="choice", choices=tuple((one, one) for one in MEDIA), width=180),
        record_field(Checkout, "copies", unit="部", width=72, least=1, most=999),
        record_field(Checkout, "encryption", width=240, placeholder="AESによる暗号化", optional=not contents,
                     hint=_ENCRYPTION[contents]),
        Field("back_day", "返却予定の日", "date", width=120, optional=True),
        Field("back_time", "返却予定の時刻", "time", width=88, optional=True),
        Field("reference", "管理番号", width=200, optional=True),
    )  # fmt: skip
    return (*about, *rest) if contents else rest


def fill_form(form: Form, row: Checkout) -> None:
    """Set the fields of the form to the values of a row."""
    due = row.due_back_at
    form.set_values(
        {
            "contents": row.contents, "purpose": row.purpose, "taken_by": row.taken_by, "approved_by": row.approved_by,
            "destination": row.destination, "medium": row.medium, "copies": row.copies, "encryption": row.encryption,
            "back_day": due.date() if due else None, "back_time": clock_time(due) if due else "",
            "reference": row.reference,
        }
    )  # fmt: skip
    update_medium_fields(form)


def update_medium_fields(form: Form) -> None:
    """Show the encryption field only for media other than paper."""
    form.show_field("encryption", form.value("medium") != PAPER)


def read_form(form: Form, base: Checkout) -> Checkout:
    """Return ``base`` with the typed values; without a time it is due back at 17:15, and paper has no 暗号化の方法."""
    values = form.values()
    day, clock = values["back_day"], values["back_time"] or f"{OFFICE_ENDS:%H:%M}"
    due = moment_of(day, clock) if day else None
    return replace(
        base,
        contents=values.get("contents", base.contents),
        purpose=values.get("purpose", base.purpose),
        taken_by=values["taken_by"],
        approved_by=values["approved_by"],
        destination=values["destination"],
        medium=values["medium"],
        copies=values["copies"] or 1,
        encryption="" if values["medium"] == PAPER else values["encryption"],
        due_back_at=due,
        reference=values["reference"],
    )


def checkout_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the ledger (特18(2)), then the state.

    They are 格納情報・持ち出し日時・持ち出した者・承認者・用途・持ち出し先・返却日時・返却確認者.
    """
    return (
        Column("contents", field_label(Checkout, "contents"), _contents,
               stretch=True, sort=lambda row: row.checkout.contents, copy_text=lambda row: row.checkout.contents),
        Column("taken", "持ち出し\n日時", lambda row: _moment_cell(row.checkout.taken_at, today),
               sort=lambda row: row.checkout.taken_at, copy_text=lambda row: workbook_moment(row.checkout.taken_at)),
        Column("by", field_label(Checkout, "taken_by"), lambda row: row.checkout.taken_by, narrow=False),
        Column("approved", field_label(Checkout, "approved_by"), lambda row: row.checkout.approved_by,
               narrow=False, min_list_width=940),
        record_column(Checkout, "purpose", lambda row: row.checkout, widest=110, narrow=False, min_list_width=940),
        Column("where", field_label(Checkout, "destination"), lambda row: row.checkout.destination, widest=130),
        Column("returned", field_label(Checkout, "returned_at"), lambda row: _return_cell(row, today),
               sort=lambda row: row.checkout.returned_at,
               copy_text=lambda row: workbook_moment(row.checkout.returned_at)),
        Column("checked", "返却\n確認者", _checked_by_cell, narrow=False,
               copy_text=lambda row: row.checkout.return_checked_by),
        Column("state", "状態", _state, sort=lambda row: row.state,
               export_parts=(ExportColumn("状態", lambda row: row.state),
                      ExportColumn("媒体・部数", medium_words),
                      ExportColumn("管理番号", lambda row: row.checkout.reference),
                      export_column(Checkout, "note", lambda row: row.checkout))),
    )  # fmt: skip


def row_action(row: CheckoutRow) -> RowAction | None:
    """Return the button of an open row, None for a closed one.

    It is 返却を記録, ファイルを戻す for a 当日持出しファイル, or 消去を記録 for a list of a mail merge.
    """
    if not row.is_open:
        return None
    if is_merge_list(row.checkout):
        return RowAction("消去を記録")
    return RowAction("ファイルを戻す" if is_day_file(row.checkout) else "返却を記録")


def workbook_moment(moment: datetime | None) -> str:
    """Return 「2026/9/24 12:30」 for the Excel export; empty for None."""
    return f"{moment.year}/{moment.month}/{moment.day} {clock_time(moment)}" if moment is not None else ""


def medium_words(row: CheckoutRow) -> str:
    """Return 「紙 2部」「USBメモリ 1部 AES-256」."""
    one = row.checkout
    return join_nonempty(one.medium, f"{one.copies}部", one.encryption, separator=" ")


def _moment_cell(moment: datetime, today: date) -> Cell:
    day, _space, clock = short_moment_words(moment, today).rpartition(" ")
    return Cell(day, clock)


def _contents(row: CheckoutRow) -> Cell:
    """Return the cell with what was taken out, on which medium."""
    second = join_nonempty(medium_words(row), row.event_title)
    cancelled = row.state == CANCELLED
    return Cell(row.checkout.contents, second, strong=row.is_open, tone="second" if cancelled else "")


def _return_cell(row: CheckoutRow, today: date) -> Cell:
    """Return the cell that says when the row was returned, or is due."""
    one = row.checkout
    if one.returned_at is not None:
        return _moment_cell(one.returned_at, today)
    if one.due_back_at is None or row.state == CANCELLED:
        return Cell("—")
    tone = "amber" if row.is_overdue else "second"
    planned = "消去" if is_merge_list(one) else "予定"
    return Cell("—", f"{planned} {short_moment_words(one.due_back_at, today)}", second_tone=tone)  # type: ignore[arg-type]


def _checked_by_cell(row: CheckoutRow) -> Cell:
    """Return the cell with who checked the return, and 「同じ人」 if that is who took it out."""
    return Cell(row.checkout.return_checked_by, "同じ人" if row.remark else "", second_tone="amber", tip=row.remark)


def _state(row: CheckoutRow) -> Cell:
    one = row.checkout
    missing = f"返却 {one.returned_copies} / {one.copies}部" if row.is_open and one.returned_copies is not None else ""
    return Cell(_SHORT.get(row.state, row.state), missing, badge=_BADGES[row.state])


class CheckoutReturnDialog(SavingDialog):
    """Dialog that records the return of what a row checked out. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, row: CheckoutRow):
        self._row, merge = row, is_merge_list(row.checkout)
        what = "消去" if merge else "返却"
        super().__init__(parent, f"{what}を記録", row.checkout.contents, main=f"{what}を記録する", width=680)
        now = self.app_context.now()
        self.form = Form(
            (
                Field("day", f"{what}日", "date", width=120),
                Field("time", "時刻", "time", width=88),
                Field("who", f"{what}を確かめた人" if merge else "返却確認者", width=240),
                Field("copies", "返却された部数", "number", unit=f"部／{row.checkout.copies}部", width=72,
                      least=0, most=row.checkout.copies),
                Field("reason", "足りない理由", hint="足りない行は、閉じずに残ります。"),
                Field("disposed", "返却後", "check", words="すぐに廃棄・消去した"),
            ),
            self.app_context.fiscal_year,
            label_width=128, on_change=self._update_fields,
        )  # fmt: skip
        self.form.set_values(
            {"day": now.date(), "time": clock_time(now), "copies": row.checkout.copies, "disposed": merge}
        )
        for key in ("copies", "disposed"):
            self.form.show_field(key, not merge)
        taken = (
            f"{moment_words(row.checkout.taken_at)}に{row.checkout.taken_by}さんが"
            f"{'作成' if merge else f'{row.checkout.destination}へ持ち出し'}　{medium_words(row)}"
        )
        self.put(Paragraph(taken, role="second"))
        self.same = NoteBox(tone="amber")
        self.put(self.same, self.form, None)
        self._update_fields()
        self.form.go_to("who")

    def _update_fields(self) -> None:
        """Show the reason where copies are missing, and that nobody else checked."""
        copies = self.form.value("copies")
        self.form.show_field("reason", copies is not None and copies < self._row.checkout.copies)
        same = is_same_person(self.form.text("who"), self._row.checkout.taken_by)
        self.same.show_text("持ち出した者と同じ人です。別の人が確かめるのが原則です。" if same else "")
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Save the return, once the fields are valid."""
        if not self.form.check_all():
            return
        values = self.form.values()
        at = moment_of(values["day"], values["time"])
        self.run_action(
            record_return,
            checkout_id=self._row.id,
            returned_at=at,
            checked_by=values["who"],
            copies=values["copies"],
            reason=values["reason"],
            disposed=values["disposed"],
        )


class CheckoutDialog(SavingDialog):
    """Dialog that adds a row to the 持出し管理簿 by hand. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, *, event_id: int | None = None):
        super().__init__(
            parent,
            "持出しを記入",
            main="管理簿に記入する",
            note="消さずに残ります。元に戻すと「取消」の行になります",
        )
        now = self.app_context.now()
        self._base = Checkout(
            event_id=event_id,
            contents="",
            taken_at=now,
            taken_by=self.app_context.user_name,
            due_back_at=due_back(now.date(), "", now),
        )
        self.form = Form(
            checkout_fields(contents=True),
            self.app_context.fiscal_year,
            near=self.app_context.today(),
            label_width=144,
            on_change=self._update_fields,
        )
        fill_form(self.form, self._base)
        self.put(Paragraph(f"持ち出し日時　{moment_words(now)}（いま）", role="second"), self.form, None)
        self.form.go_to("contents")

    def _update_fields(self, key: str) -> None:
        if key == "medium":
            update_medium_fields(self.form)
            if self.isVisible():
                self.fit_to_content()

    def _save(self) -> None:
        if self.form.check_all():
            self.run_action(record_checkout, checkout=read_form(self.form, self._base))


class CheckOutDayFile(Protocol):
    """Function that writes a 当日持出しファイル for an event; ``event_id`` None asks first for which."""

    def __call__(self, app_context: AppContext, owner: QWidget, *, event_id: int | None) -> None:
        """Open the dialog that asks for the details and writes the file."""


class ReturnDayFile(Protocol):
    """Function that takes a 当日持出しファイル back; ``on_manual_return`` records a return without the file."""

    def __call__(
        self, app_context: AppContext, owner: QWidget, *, subject: str, on_manual_return: Callable[[], object]
    ) -> None:
        """Open the dialog that asks for the file, and shows what it contains before merging."""


_NOTHING = "持ち出した記録は、まだありません。"


class CheckoutsScreen(Screen):
    """The 持出し管理簿 with open rows first; nothing is ever deleted.

    Signals: none. ``open_with(event_id=…)`` filters by one event until the box is cleared.

    ``check_out`` and ``return_file`` write and read a 当日持出しファイル. ``is_event_day`` shows one event alone, on
    the page of its day.
    """

    def __init__(
        self,
        app_context: AppContext,
        *,
        check_out: CheckOutDayFile,
        return_file: ReturnDayFile,
        is_event_day: bool = False,
    ):
        super().__init__(app_context)
        self._event_id: int | None = None
        self._of_day = is_event_day
        self._take_out = check_out
        self._bring_back = return_file
        self.open_count = label("", "second")
        self.only = QCheckBox("この実施回だけ")
        self.only.toggled.connect(self.reload)
        self.purpose = Button(
            "目的を選んで出力", lambda: self.go("purpose_export", event_id=self._event_id), icon_name="export"
        )
        self.cancel = Button("取消にする", self.cancel_row, kind="danger")
        self.day_file = Button("当日持出しファイルを作る", self.check_out_day_file, icon_name="lock-key")
        self.add_button = main_button("持出しを記入", self.add_row, icon_name="plus")
        self.table = RecordTable(
            "takeouts",
            checkout_columns(app_context.today()),
            title="持出し管理簿",
            action=row_action,
            empty=_NOTHING,
            empty_button="持出しを記入する",
            empty_on_click=self.add_row,
            rule=_BASIS,
            filtered=not is_event_day,
            tint=lambda one: t.AMBER_BOX if one.is_overdue else "",
            on_choose=self._update_buttons,
            on_open=self.return_row,
            on_act=self.return_row,
        )
        if is_event_day:
            self.setFocusProxy(self.table)
            # Where the step itself has a filled button, or none is due, this one is as the others.
            self.add_button.set_filled(False)
            self.day_file.setParent(self)
            self.day_file.hide()
            column = in_column(owner=self, spacing=12)
            column.addWidget(FlowRow(section("持出し"), self.open_count, self.purpose, self.add_button, at_end=2))
            self.table.foot.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        else:
            bar = ActionBar(app_context)
            bar.put(self.add_button, self.purpose, self.day_file, self.cancel)
            column = page_above(bar, self)
            column.addWidget(page_title(app_context, "持出し管理簿", "settings", self.open_count, self.only))
        export = export_button(
            app_context,
            self.table,
            title="持出し管理簿",
            event_id=self._shown_event_id,
            filter_words=lambda: "この実施回" if self._shown_event_id() else "",
        )
        self.table.foot.addWidget(export, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.table, 1)
        self._update_buttons(None)
        disable_when_read_only(app_context, self.add_button, self.day_file)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set whether the rows of one event (None: of all) are shown at the next ``reload``."""
        self._event_id = event_id
        self.only.blockSignals(True)
        self.only.setChecked(event_id is not None)
        self.only.blockSignals(False)

    def reload(self) -> None:
        """Read and show the 持出し管理簿."""
        self.only.setVisible(self._event_id is not None and not self._of_day)
        self.purpose.setVisible(self._event_id is not None)
        event_id = self._shown_event_id()
        self.run_read(
            self._show,
            list_checkouts,
            now=self.app_context.now(),
            event_id=event_id,
            fiscal_year=self.fiscal_year if event_id is None else None,
        )

    def add_row(self) -> None:
        """Open the dialog that adds a row."""
        if self.may_write:
            CheckoutDialog(self, event_id=self._event_id).open()

    def return_row(self, chosen: CheckoutRow | None) -> None:
        """Open the dialog that merges a day file, or the one that records the return of another open row."""
        if chosen is None or not chosen.is_open or self.app_context.read_only:
            return
        if is_day_file(chosen.checkout):
            self._bring_back(
                self.app_context, self, subject=chosen.event_title, on_manual_return=lambda: self.note_return(chosen)
            )
        else:
            self.note_return(chosen)

    def note_return(self, chosen: CheckoutRow) -> None:
        """Open the form for what came back, when, and who checked it."""
        CheckoutReturnDialog(self, chosen).open()

    def check_out_day_file(self) -> None:
        """Open the dialog that writes a 当日持出しファイル for one event."""
        self._take_out(self.app_context, self, event_id=self._event_id)

    def cancel_row(self) -> None:
        """Open a dialog for a reason, which marks the selected row 取消."""
        chosen = self.table.current()
        if isinstance(chosen, CheckoutRow):
            ReasonDialog(
                self,
                "行を取消にする",
                chosen.checkout.contents,
                verb="取消にする",
                text="行は消さずに、「取消」として理由と一緒に残します。",
                usual_reasons=("二重に記入した", "持ち出さなかった"),
                change=lambda words: bind_action(cancel_checkout, checkout_id=chosen.id, reason=words),
            ).open()

    def _shown_event_id(self) -> int | None:
        return self._event_id if self.only.isChecked() else None

    def _show(self, found: CheckoutList) -> None:
        """Show the ledger with how many are not returned, and how many of other years are left out."""
        others = found.other_years_count
        if not found.rows:
            nothing = "この年度に持ち出した記録は、まだありません。" if others else _NOTHING
            self.table.set_empty(nothing, "持出しを記入する", self.add_row)
        self.table.set_hint(fill_nonempty("ほかの年度の返却済・取消 {}件は、年度を替えると出ます", others))
        self.table.show_rows(found.rows)
        self.open_count.setText(f"未返却 {found.open_count}件" if found.open_count else "未返却はありません")
        self._update_buttons(self.table.current())

    def _update_buttons(self, chosen: object) -> None:
        may = isinstance(chosen, CheckoutRow) and not chosen.checkout.cancelled
        self.cancel.setEnabled(may and self.may_write)
