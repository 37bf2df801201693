"""Widgets for the 貸与タブレット of one event and their register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.number_lists import parse_numbers
from app.events.tablets.rules import LoanState
from app.events.tablets.services import (
    LoanRow,
    Loans,
    assign_tablets,
    confirm_initialised,
    hand_out,
    note_returned,
    open_loans,
    read_loans,
    read_tablets,
    release_tablets,
    set_tablets,
)
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.display_texts import short_moment_words
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox, OneLine
from app.widgets.labels import label, section, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_row
from app.widgets.lists.record_model import Cell, Column, RowAction, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, disable_when_read_only, page_column
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.roster import Tablet

_MAX_SPARES = 10
_TAKE_BACK, _CONFIRM = "返却済にする", "初期化済にする"
_VERBS: dict[LoanState, str] = {
    "未渡し": "渡した", "貸出中": _TAKE_BACK, "未返却": _TAKE_BACK, "初期化の確認がまだ": _CONFIRM,
}  # fmt: skip


def _row_action(row: Tablet) -> RowAction:
    return RowAction("使う" if row.retired_on else "使わない")


class TabletRegisterDialog(SavingDialog):
    """Dialog with the register of tablets, saved change by change. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget):
        super().__init__(parent, "貸与タブレットの台帳", "", cancel="閉じる", width=760)
        self._tablets: tuple[Tablet, ...] = ()
        self.numbers = with_accessible_name(OneLine(), "加えるタブレットの番号")
        self.numbers.setPlaceholderText("例　1-10")
        self.numbers.setFixedWidth(t.scaled(140))
        self.name = with_accessible_name(OneLine(), "名称・機種")
        self.name.setPlaceholderText("名称・機種（任意）")
        self.add_button = Button("加える", self._add)
        self.problem = wrapped_label("", "problem")
        self.table = RecordTable(
            "tablets",
            unsorted(
                Column("number", "番号", lambda row: Cell(f"{row.number}番", strong=True), width=72),
                Column("name", "名称・機種", lambda row: row.name, stretch=True),
                Column("state", "状態", self._state, width=180),
            ),
            title="タブレットの一覧",
            empty="タブレットはまだありません。番号を入れて加えてください。",
            action=None if self.app_context.read_only else _row_action,
            filtered=False,
            unit="台",
            hint="Delete で削除します（貸出しの記録がないもの）。",
            names_people=False,
            on_delete=self._delete,
            on_act=self._toggle_in_use,
        )
        self.table.setMinimumHeight(t.scaled(210))
        self.put(
            in_row(QLabel("番号"), self.numbers, (self.name, 1), self.add_button, spacing=8),
            self.problem,
            (self.table, 1),
        )
        self.numbers.returnPressed.connect(self._add)
        self.name.returnPressed.connect(self._add)
        disable_when_read_only(self.app_context, self.numbers, self.name, self.add_button)
        self._read()

    def _read(self, _saved: object = None) -> None:
        self.run_read(self._show, read_tablets)

    def _show(self, tablets: tuple[Tablet, ...]) -> None:
        self._tablets = tablets
        self.table.show_rows(tablets)

    def _add(self) -> None:
        """Add the tablets whose numbers were typed, also as 「1-10」; a text that is no number is one tablet."""
        typed = self.numbers.text().strip()
        read = parse_numbers(typed)
        wanted = [str(number) for number in read.numbers] if read.numbers and not read.unreadable else [typed]
        if not typed:
            self.problem.setText("番号を入力してください。「1-10」のように、まとめて加えることもできます。")
            return
        fresh = [Tablet(number=number, name=self.name.text().strip()) for number in wanted]
        self._write([*self._tablets, *fresh], clear_input=True)

    def _toggle_in_use(self, tablet: Tablet) -> None:
        """Take the tablet out of use, or into use again."""
        day = None if tablet.retired_on else self.today
        self._write([replace(one, retired_on=day) if one.id == tablet.id else one for one in self._tablets])

    def _delete(self, tablets: Sequence[Tablet]) -> None:
        """Remove tablets from the register, unless the data are read-only."""
        if self.app_context.read_only:
            return
        gone = {one.id for one in tablets}
        self._write([one for one in self._tablets if one.id not in gone])

    def _write(self, tablets: Sequence[Tablet], *, clear_input: bool = False) -> None:
        """Save these tablets as the whole register; ``clear_input`` clears the field once they are saved."""
        self.problem.setText("")

        def stored(saved: object) -> None:
            """Clear the field for the next numbers and read again."""
            if clear_input:
                self.numbers.clear()
                self.numbers.setFocus()
            self._read(saved)

        self.run_change_and_stay(bind_action(set_tablets, tablets=tuple(tablets)), stored)

    def _state(self, tablet: Tablet) -> Cell:
        if tablet.retired_on is None:
            return Cell("使用中")
        return Cell(f"使わない（{short_date(tablet.retired_on, self.today)}から）", tone="second")


class TabletsPanel(Screen):
    """貸与タブレット of one event, and open loans of other events.

    Signals: none. ``open_with(event_id=…)``. It is a part of the page of the day, at whose foot ``bar`` stands.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id: int | None = None
        self.loans: Loans | None = None
        self.totals = label("", "strong")
        self.spare_box = ChoiceBox("予備の台数")
        for number in range(_MAX_SPARES + 1):
            self.spare_box.addItem(f"予備 {number}台", number)
        self.assign_button = main_button("番号順に割り当てる", self._assign)
        self.release_button = Button(
            "割当てを取り消す",
            lambda: self.run_action(release_tablets, event_id=self._event_id or 0),
        )
        self.back_all = Button(_TAKE_BACK, lambda: self._act(_TAKE_BACK, self._waiting(_TAKE_BACK)))
        self.check_all = Button(_CONFIRM, lambda: self._act(_CONFIRM, self._waiting(_CONFIRM)))
        self.register_button = Button("タブレットの台帳", self.open_register)
        self.bar = ActionBar(app_context)
        self.bar.put(self.assign_button, self.back_all, self.check_all, self.release_button, self.register_button)
        self.others = NoteBox(tone="quiet")
        self.table = RecordTable(
            "tablet_loans",
            self._columns(),
            title="貸与タブレット",
            empty="割り当てたタブレットはありません。",
            action=self._action,
            filtered=False,
            unit="台",
            on_act=self._run_action,
        )
        self.table.name_copies("貸与タブレット", lambda: self._event_id or None)
        column = page_column(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section("貸与タブレット"))
        add(column, FlowRow(self.spare_box, self.totals, spacing=16), self.others, (self.table, 1), self.bar)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the event whose tablets the next ``reload`` shows; None = read none."""
        self._event_id = event_id
        self.loans = None

    def reload(self) -> None:
        """Read the loans of the event, and those that are open at other events."""
        if self._event_id is not None:
            self.run_read(self._show_others, open_loans, today=self.today)
            self.run_read(self._show, read_loans, event_id=self._event_id, today=self.today)

    def open_register(self) -> None:
        """Open the register of the ward's tablets."""
        TabletRegisterDialog(self).open()

    # internal

    def _show(self, loans: Loans) -> None:
        first = self.loans is None
        self.loans = loans
        if first:
            self.spare_box.setCurrentIndex(min(loans.spare, _MAX_SPARES))
        self.totals.setText(
            f"貸与が必要 {loans.needed}人　割当て {len(loans.rows)}台（うち予備 {loans.spare}台）　残り {loans.free}台"
        )
        self.bar.show_words(_missing_words(loans))
        self.table.show_rows(loans.rows)
        waiting = [each for each in loans.rows if each.state == "未渡し"]
        self.release_button.setEnabled(bool(waiting) and self.may_write)
        self.assign_button.setEnabled(self.may_write)
        self.assign_button.set_filled(not loans.is_over and (bool(loans.missing) or not loans.rows))
        next_ = loans.is_over
        for verb, button in ((_TAKE_BACK, self.back_all), (_CONFIRM, self.check_all)):
            count = len(self._waiting(verb))
            button.set_words(fill_nonempty(f"{{}}台を{verb}", count if self.may_write else 0))
            # Once the event is over, the first act that has some is the next.
            button.set_filled(next_)
            next_ = next_ and not count

    def _show_others(self, rows: tuple[LoanRow, ...]) -> None:
        """Name the tablets that other events have not returned or not confirmed as initialised; else hide the note."""
        mine = [each for each in rows if each.loan.event_id != self._event_id]
        numbers = "、".join(f"{each.tablet.number}番（{each.state}）" for each in mine)
        self.others.show_text(f"ほかの実施回で済んでいないタブレット：{numbers}" if mine else "")

    def _assign(self) -> None:
        self.run_action(assign_tablets, event_id=self._event_id or 0, spare=self.spare_box.currentData())

    def _waiting(self, verb: str) -> list[int]:
        """Return the loans of which this is the next step."""
        rows = self.loans.rows if self.loans is not None else ()
        return [each.loan.id for each in rows if _VERBS.get(each.state) == verb]

    def _act(self, verb: str, loan_ids: list[int]) -> None:
        """Record these loans as returned, or as initialised."""
        if verb == _TAKE_BACK:
            self.run_action(note_returned, loan_ids=loan_ids)
        else:
            self.run_action(confirm_initialised, loan_ids=loan_ids, checked_by=self.app_context.user_name)

    def _action(self, row: LoanRow) -> RowAction | None:
        """Return the button of the next step of a loan: hand out, take back or confirm.

        None if all is done, for a spare that nobody got, and if the data are read-only.
        """
        if (
            self.app_context.read_only
            or row.state not in _VERBS
            or (row.state == "未渡し" and row.is_spare and not row.who)
        ):
            return None
        return RowAction(_VERBS[row.state])

    def _run_action(self, row: LoanRow) -> None:
        if row.state == "未渡し":
            self.run_action(hand_out, event_id=self._event_id or 0, entry_ids=[row.loan.entry_id or 0])
        else:
            self._act(_VERBS[row.state], [row.loan.id])

    def _columns(self) -> tuple[Column, ...]:
        return unsorted(
            Column(
                "tablet",
                "タブレット",
                lambda row: Cell(f"{row.tablet.number}番", row.tablet.name, strong=True),
                width=108,
            ),
            Column("who", "渡す方", _person_cell, stretch=True),
            Column("state", "状態", _state, width=176),
            Column("times", "渡した・返却", self._times, width=180, min_list_width=700),
            Column("checked", "初期化の確認", self._checked, width=170, min_list_width=900),
        )

    def _times(self, row: LoanRow) -> str:
        """Return 「渡した 9/10 13:00」 and 「返却 …」 on two lines; what has not happened is left out."""
        today = self.today
        out = f"渡した {short_moment_words(row.loan.out_at, today)}" if row.loan.out_at else ""
        back = f"返却 {short_moment_words(row.loan.back_at, today)}" if row.loan.back_at else ""
        return join_nonempty(out, back, separator="\n")

    def _checked(self, row: LoanRow) -> Cell:
        if row.loan.initialised_at is None:
            return Cell()
        return Cell(short_moment_words(row.loan.initialised_at, self.today), row.loan.checked_by)


def _person_cell(row: LoanRow) -> Cell:
    """Return the cell of who has a tablet, 「予備」 if nobody has it."""
    number = f"{row.number}番　" if row.number is not None else ""
    text = f"{number}{row.who}" if row.who else "予備"
    return Cell(
        text,
        join_nonempty(row.organisation, row.event_title, separator="・"),
        aside="予備を渡した" if row.is_spare and row.who else "",
    )


def _state(row: LoanRow) -> Cell:
    if row.state == "済":
        return Cell("済", icon="check-circle-fill", icon_tone="green", tone="green")
    if row.state in ("未返却", "初期化の確認がまだ"):
        return Cell(row.state, icon="warning-fill", icon_tone="amber", tone="amber", strong=True)
    return Cell(row.state)


def _missing_words(loans: Loans) -> str:
    """Return how many people have no tablet yet, and whether enough are free; "" if everybody has one."""
    if not loans.missing:
        return ""
    short = loans.missing - loans.free
    words = f"タブレットがまだ割り当てられていない方が{loans.missing}人います。"
    return words + (f"使えるタブレットが{short}台足りません。" if short > 0 else "")
