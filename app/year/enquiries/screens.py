"""Screen 応対メモ: who asked what, who answers it until when, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.main_window.navigation import ScreenEntry
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import small_label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, disable_when_read_only, page_title
from app.window.app_context import AppContext, bind_action
from app.year.enquiries.services import ENQUIRIES, Memos, read_memos, save_memo
from db.fields import field_label
from db.records.year.enquiries import ContactMemo

_HINT = (
    "相手と折返し先は、この画面だけに出ます。台帳・ホーム・引継書には載らず、年度の保存の期間が過ぎると消えます。"
    "用件には、人の名前を書きません。"
)


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen of this package; it is built when first shown."""
    yield ScreenEntry("memos", "phone", "応対メモ", MemosScreen, parent_screen="home")


def _columns(today: date) -> tuple[Column, ...]:
    return unsorted(
        Column(
            "received_at",
            field_label(ContactMemo, "received_at"),
            lambda one: f"{short_date(one.memo.received_at.date(), today)} {one.memo.received_at:%H:%M}",
            width=140,
        ),
        Column(
            "caller",
            field_label(ContactMemo, "caller"),
            lambda one: Cell(join_nonempty(one.organisation, one.memo.caller) or "—", one.memo.phone),
            width=200,
        ),
        Column(
            "about",
            field_label(ContactMemo, "about"),
            lambda one: Cell(one.memo.about, one.event, strong=one.memo.is_open),
            width=220,
            stretch=True,
        ),
        Column(
            "answerer",
            field_label(ContactMemo, "answerer"),
            lambda one: Cell(one.memo.answerer, short_date_or("", one.memo.answer_by, today)),
            width=140,
        ),
        Column(
            "answer",
            field_label(ContactMemo, "answer"),
            lambda one: Cell(one.memo.answer or "—", short_date_or("", one.memo.answered_on, today)),
            width=200,
            stretch=True,
        ),
    )


def memo_dialog(app_context: AppContext, found: Memos, memo: ContactMemo, parent: QWidget) -> FormDialog:
    """Return the dialog for one 応対メモ, new or to be corrected."""

    def change(typed: dict[str, Any]) -> Any:
        """Return the bound action that saves what was typed."""
        day, clock = typed.pop("day"), time.fromisoformat(typed.pop("clock"))
        return bind_action(save_memo, memo=replace(memo, **typed, received_at=datetime.combine(day, clock)))

    return FormDialog(
        parent,
        "応対メモを直す" if memo.id else "応対メモを書く",
        fields=(
            record_field(ContactMemo, "about", kind="lines", lines=2, hint="人の名前は書きません。"),
            record_field(ContactMemo, "caller", width=300),
            record_field(ContactMemo, "phone", width=220, hint="電話番号やメール"),
            Field(
                "organisation_id", "団体", "choice", choices=((None, "—"), *found.organisations.items()), optional=True
            ),
            Field("event_id", "実施回", "choice", choices=((None, "—"), *found.events.items()), optional=True),
            record_field(ContactMemo, "answerer", width=220),
            record_field(ContactMemo, "answer_by", width=132, hint="空けると、受けた日から7日です。"),
            record_field(ContactMemo, "answer", kind="lines", lines=2),
            record_field(ContactMemo, "answered_on", width=132, hint="空けると、ホームに残ります。"),
            record_field(ContactMemo, "sort", width=160),
            record_field(ContactMemo, "way", width=160),
            Field("day", "受けた日", "date", width=132),
            Field("clock", "受けた時刻", "time", width=96),
        ),
        values=vars(memo) | {"day": memo.received_at.date(), "clock": f"{memo.received_at:%H:%M}"},
        change=change,
        near=app_context.today(),
    )


class MemosScreen(Screen):
    """Screen with the 応対メモ. Signals: none.

    ``open_with(memo_id=…)`` selects one, ``open_with(act="new")`` begins a new one.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._found: Memos | None = None
        self._wanted: int | None = None
        self._begins = False
        self.add_button = main_button("応対メモを書く", self.add, icon_name="plus")
        self.answer_button = Button("答えを記録・直す", self.edit, icon_name="pencil-simple")
        self.table = RecordTable(
            "memos",
            _columns(app_context.today()),
            title="応対メモ",
            empty="この年度の応対メモは、まだありません。",
            empty_button="応対メモを書く",
            empty_on_click=self.add,
            group=lambda one: "回答待ち" if one.memo.is_open else "答えたもの",
            on_choose=self._update_buttons,
            on_open=self.edit,
            on_edit=self.edit,
        )
        self.bar = ActionBar(app_context)
        self.bar.put(self.add_button, self.answer_button)
        ledger = link_button(ENQUIRIES.title, lambda: self.go("ledgers", ledger=ENQUIRIES.key))
        add(
            page_above(self.bar, self),
            page_title(app_context, "応対メモ", "home", ledger),
            small_label(_HINT),
            (self.table, 1),
        )
        self.setFocusProxy(self.table)
        disable_when_read_only(app_context, self.add_button)
        self._update_buttons(None)

    def open_with(self, *, memo_id: int | None = None, act: str = "", **_more: Any) -> None:
        """Note the row to select, or that a new one begins, once all are read."""
        self._wanted, self._begins = memo_id, bool(act)

    def reload(self) -> None:
        """Read the 応対メモ of the year of the window."""
        self.run_read(self._show, read_memos, fiscal_year=self.fiscal_year)

    def _show(self, found: Memos) -> None:
        self._found = found
        self.table.show_rows(found.lines)
        if self._wanted is not None:
            self.table.choose(lambda one: one.id == self._wanted)
            self._wanted = None
        self.table.ensure_current_row()
        self._update_buttons(self.table.current())
        if self._begins:
            self._begins = False
            self.add()

    def add(self) -> None:
        """Open the dialog for a new 応対メモ, which the person at the desk answers unless somebody else is named."""
        if self._found is not None and self.may_write:
            memo = ContactMemo(
                programme_id=self._found.programme_id,
                received_at=self.app_context.now().replace(second=0, microsecond=0),
                about="",
                answerer=self.app_context.user_name,
                by="",
            )
            dialog = memo_dialog(self.app_context, self._found, memo, self)
            dialog.saved_result.connect(self._select_saved)
            dialog.open()

    def edit(self, _line: object = None) -> None:
        """Open the dialog of the selected one, at its answer."""
        line = self.table.current()
        if line is not None and self._found is not None and self.may_write:
            dialog = memo_dialog(self.app_context, self._found, line.memo, self)
            dialog.form.go_to("answer")
            dialog.open()

    def _select_saved(self, saved: Any) -> None:
        self._wanted = saved.id

    def _update_buttons(self, chosen: object) -> None:
        self.answer_button.setEnabled(chosen is not None and self.may_write)
