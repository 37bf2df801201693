"""持出し管理簿: what is outside stands first, the return is one button away, a row written by hand, nothing ever
deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.common.together import together
from app.papers.screens.export_button import export_button
from app.subjects.settings.takeouts.services.takeouts import (
    BACK,
    CANCELLED,
    DISPOSED,
    OPEN,
    OVERDUE,
    PAPER,
    PART,
    TakeoutList,
    TakeoutRow,
    cancel_takeout,
    is_day_file,
    list_takeouts,
    note_return,
    note_takeout,
)
from app.widgets.buttons import Button, main_button
from app.widgets.dialogs.usual_dialogs import ReasonDialog, SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, label, section
from app.widgets.lists.record_model import Cell, Column, RowAction, SheetPart
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, only_for_writing, page, row
from app.widgets.shown_words import moment_short, moment_words
from app.window import theme as t
from app.window.desk import Desk, acting
from db.records.protection import Takeout

_ENCRYPTION = {
    True: "情報を入れた媒体は、暗号化して持ち出します",
    False: "つぎの画面で「暗号化して保存」を選ぶときは、空のまま",
}
MEDIA = (PAPER, "USBメモリ", "ノートパソコン", "タブレット", "DVD")
_BADGES = {OPEN: "今週", OVERDUE: "注意", PART: "注意", BACK: "済", DISPOSED: "済", CANCELLED: "取り消し"}
_SHORT = {OVERDUE: "予定超過"}
_STAYS = "消さずに残ります。元に戻すと「取消」の行になります"
_BASIS = "特記事項18(2)の8項目です。行は消さずに残り、誤りは「取消」にします。"


def takeout_fields(*, contents: bool) -> tuple[Field, ...]:
    """The fields; ``contents`` False where 格納情報 and 用途 are known already."""
    about = (
        Field(
            "contents",
            "格納情報",
            placeholder="受付名簿（17人分）",
            hint="入っていない媒体は「なし（空の媒体）」",
        ),
        Field("purpose", "用途", width=280, placeholder="当日の受付"),
    )
    rest = (
        Field("taken_by", "持ち出した者", width=240),
        Field("approved_by", "承認者", width=240),
        Field("destination", "持ち出し先", width=260),
        Field("medium", "媒体", "choice", choices=tuple((one, one) for one in MEDIA), width=180),
        Field("copies", "部数", "number", unit="部", width=72, least=1, most=999),
        Field("encryption", "暗号化の方法", width=240, placeholder="AESによる暗号化", optional=not contents,
            hint=_ENCRYPTION[contents]),
        Field("back_day", "返却予定の日", "date", width=120, optional=True),
        Field("back_time", "返却予定の時刻", "time", width=88, optional=True),
        Field("reference", "管理番号", width=200, optional=True),
    )  # fmt: skip
    return (*about, *rest) if contents else rest


def show_takeout(form: Form, row: Takeout) -> None:
    """Fill the form with a row."""
    due = row.due_back_at
    form.set_values(
        {
            "contents": row.contents, "purpose": row.purpose, "taken_by": row.taken_by, "approved_by": row.approved_by,
            "destination": row.destination, "medium": row.medium, "copies": row.copies, "encryption": row.encryption,
            "back_day": due.date() if due else None, "back_time": f"{due.hour}:{due.minute:02d}" if due else "",
            "reference": row.reference,
        }
    )  # fmt: skip
    follow_medium(form)


def follow_medium(form: Form) -> None:
    """The way of encryption is asked for what is not paper."""
    form.show_field("encryption", form.value("medium") != PAPER)


def typed_takeout(form: Form, base: Takeout) -> Takeout:
    """The row as typed over ``base``."""
    values = form.values()
    day, clock = values["back_day"], values["back_time"] or "17:15"
    hour, minute = (int(part) for part in clock.split(":"))
    due = datetime(day.year, day.month, day.day, hour, minute) if day else None  # noqa: DTZ001 - local time, as everywhere
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


def takeout_columns(today: date) -> tuple[Column, ...]:
    """格納情報・持ち出し日時・持ち出した者・承認者・用途・持ち出し先・返却日時・返却確認者 (特18(2)),
    then the state."""
    return (
        Column("contents", "格納情報", _contents,
               stretch=True, sort=lambda row: row.takeout.contents, copied=lambda row: row.takeout.contents),
        Column("taken", "持ち出し\n日時", lambda row: _at(row.takeout.taken_at, today),
               sort=lambda row: row.takeout.taken_at, copied=lambda row: stamp(row.takeout.taken_at)),
        Column("by", "持ち出した者", lambda row: row.takeout.taken_by, narrow=False),
        Column("approved", "承認者", lambda row: row.takeout.approved_by, narrow=False, needs=940),
        Column("purpose", "用途", lambda row: row.takeout.purpose, widest=110, narrow=False, needs=940),
        Column("where", "持ち出し先", lambda row: row.takeout.destination, widest=130),
        Column("returned", "返却日時", lambda row: _back(row, today),
               sort=lambda row: row.takeout.returned_at,
               copied=lambda row: stamp(row.takeout.returned_at)),
        Column("checked", "返却\n確認者", _checked, narrow=False,
               copied=lambda row: row.takeout.return_checked_by),
        Column("state", "状態", _state, sort=lambda row: row.state,
               parts=(SheetPart("状態", lambda row: row.state),
                      SheetPart("媒体・部数", medium_words),
                      SheetPart("管理番号", lambda row: row.takeout.reference),
                      SheetPart("備考", lambda row: row.takeout.note))),
    )  # fmt: skip


def row_action(row: TakeoutRow) -> RowAction | None:
    """返却を記録 while something is outside, ファイルを戻す for a 当日持出しファイル."""
    if not row.open:
        return None
    return RowAction("ファイルを戻す" if is_day_file(row.takeout) else "返却を記録")


def stamp(moment: datetime | None) -> str:
    """「2026/9/24 12:30」 for a sheet; empty while there is none."""
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}" if moment is not None else ""


def medium_words(row: TakeoutRow) -> str:
    """「紙 2部」「USBメモリ 1部 AES-256」."""
    one = row.takeout
    return together(one.medium, f"{one.copies}部", one.encryption, by=" ")


def _at(moment: datetime, today: date) -> Cell:
    day, _space, clock = moment_short(moment, today).rpartition(" ")
    return Cell(day, clock)


def _contents(row: TakeoutRow) -> Cell:
    second = together(medium_words(row), row.event_title)
    cancelled = row.state == CANCELLED
    return Cell(row.takeout.contents, second, strong=row.open, tone="second" if cancelled else "")


def _back(row: TakeoutRow, today: date) -> Cell:
    one = row.takeout
    if one.returned_at is not None:
        return _at(one.returned_at, today)
    if one.due_back_at is None or row.state == CANCELLED:
        return Cell("—")
    tone = "amber" if row.state == OVERDUE else "second"
    return Cell("—", f"予定 {moment_short(one.due_back_at, today)}", second_tone=tone)  # type: ignore[arg-type]


def _checked(row: TakeoutRow) -> Cell:
    return Cell(row.takeout.return_checked_by, "同じ人" if row.remark else "", second_tone="amber", tip=row.remark)


def _state(row: TakeoutRow) -> Cell:
    one = row.takeout
    missing = f"返却 {one.returned_copies} / {one.copies}部" if row.open and one.returned_copies is not None else ""
    return Cell(_SHORT.get(row.state, row.state), missing, badge=_BADGES[row.state])


class TakeoutReturnDialog(SavingDialog):
    """The return of what a row took out. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, row: TakeoutRow, parent: QWidget) -> None:
        super().__init__(desk, "返却を記録", row.takeout.contents, main="返却を記録する", width=680, parent=parent)
        self._row = row
        now = desk.now()
        self.form = Form(
            (
                Field("day", "返却日", "date", width=120),
                Field("time", "時刻", "time", width=88),
                Field("who", "返却確認者", width=240),
                Field("copies", "返却された部数", "number", unit=f"部／{row.takeout.copies}部", width=72,
                      least=0, most=row.takeout.copies),
                Field("reason", "足りない理由", hint="足りない行は、閉じずに残ります。"),
                Field("disposed", "返却後", "check", words="すぐに廃棄・消去した"),
            ),
            desk.fiscal_year,
            label_width=128,
        )  # fmt: skip
        self.form.set_values({"day": now.date(), "time": f"{now.hour}:{now.minute:02d}", "copies": row.takeout.copies})
        taken = (
            f"{moment_words(row.takeout.taken_at)}に{row.takeout.taken_by}さんが{row.takeout.destination}"
            f"へ持ち出し　{medium_words(row)}"
        )
        self.put(Paragraph(taken, role="second"))
        self.same = NoteBox(tone="amber")
        self.put(self.same, self.form, None)
        self.form.changed.connect(lambda _key: self._follow())
        self._follow()
        self.form.go_to("who")

    def _follow(self) -> None:
        copies = self.form.value("copies")
        self.form.show_field("reason", copies is not None and copies < self._row.takeout.copies)
        same = str(self.form.value("who")).strip() == self._row.takeout.taken_by
        self.same.say("持ち出した者と同じ人です。別の人が確かめるのが原則です。" if same else "")
        if self.isVisible():
            self.fit()

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        hour, minute = (int(part) for part in values["time"].split(":"))
        at = datetime.combine(values["day"], datetime.min.time()).replace(hour=hour, minute=minute)
        self.do(
            note_return,
            takeout_id=self._row.id,
            returned_at=at,
            checked_by=values["who"],
            copies=values["copies"],
            reason=values["reason"],
            disposed=values["disposed"],
        )


class TakeoutDialog(SavingDialog):
    """Writing a row of the 持出し管理簿 by hand. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, *, event_id: int | None = None, parent: QWidget) -> None:
        super().__init__(desk, "持出しを記入", main="管理簿に記入する", note=_STAYS, width=720, parent=parent)
        now = desk.now()
        self._base = Takeout(
            event_id=event_id,
            contents="",
            taken_at=now,
            taken_by=desk.user_name,
            due_back_at=now.replace(hour=17, minute=15),
        )
        self.form = Form(takeout_fields(contents=True), desk.fiscal_year, near=desk.today(), label_width=144)
        show_takeout(self.form, self._base)
        self.put(Paragraph(f"持ち出し日時　{moment_words(now)}（いま）", role="second"), self.form, None)
        self.form.changed.connect(self._follow)
        self.form.go_to("contents")

    def _follow(self, key: str) -> None:
        if key == "medium":
            follow_medium(self.form)
            if self.isVisible():
                self.fit()

    def _save(self) -> None:
        if self.form.check_all():
            self.do(note_takeout, takeout=typed_takeout(self.form, self._base))


class TakeOut(Protocol):
    """Takes an event out as a 当日持出しファイル; ``event_id`` None asks first which."""

    def __call__(self, desk: Desk, owner: QWidget, *, event_id: int | None) -> None:
        """Ask what is needed, and write the file."""


class BringBack(Protocol):
    """Brings a 当日持出しファイル back; ``by_hand`` notes a return without one."""

    def __call__(self, desk: Desk, owner: QWidget, *, subject: str, by_hand: Callable[[], object]) -> None:
        """Ask for the file, and show what it brings."""


class TakeoutsScreen(Screen):
    """持出し管理簿: what is outside stands first, the return is one button away, nothing is ever deleted.

    Signals: none. ``open_with(event_id=…)`` narrows it to one event until the box is cleared.

    ``take_out`` and ``bring_back`` are the two ways of a 当日持出しファイル through the office. ``of_day`` shows one
    event alone, on the page of its day.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        take_out: TakeOut,
        bring_back: BringBack,
        of_day: bool = False,
    ) -> None:
        super().__init__(desk)
        self._event_id: int | None = None
        self._of_day = of_day
        self._take_out = take_out
        self._bring_back = bring_back
        self.open_count = label("", "second")
        self.only = QCheckBox("この実施回だけ")
        self.only.toggled.connect(lambda _on: self.reload())
        self.purpose = Button("目的を選んで出力", self._go_to_export, icon_name="export")
        self.cancel = Button("取消にする", self.cancel_row, kind="danger", low=True)
        self.day_file = Button("当日持出しファイルを作る", self.take_day_file, icon_name="lock-key")
        self.add_button = main_button("持出しを記入", self.add, icon_name="plus")
        self.table = RecordTable(
            "takeouts",
            takeout_columns(desk.today()),
            title="持出し管理簿",
            action=row_action,
            empty="持ち出した記録は、まだありません。",
            empty_button="持出しを記入する",
            empty_act=self.add,
            rule=_BASIS,
            filtered=not of_day,
            tint=lambda one: t.AMBER_BOX if one.state == "返却予定を過ぎています" else "",
        )
        column = page(self)
        title = QWidget()
        head = section("持出し") if of_day else heading("持出し管理簿")
        title.setLayout(row(head, self.open_count, self.only, spacing=16))
        acts = QWidget()
        if of_day:
            column.setContentsMargins(0, 0, 0, 0)
            self.setFocusProxy(self.table)
            # Where the step itself has a filled button, or none is due, this one is as the others.
            self.add_button.set_filled(False)
            self.day_file.setParent(acts)
            self.day_file.hide()
            acts.setLayout(row(self.purpose, self.add_button))
        else:
            acts.setLayout(row(self.purpose, self.day_file, self.add_button))
        column.addWidget(FlowRow(title, acts, at_end=1))
        self.table.foot.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        export = export_button(
            desk,
            self.table,
            title="持出し管理簿",
            personal=True,
            event_id=self._narrowed,
            narrowed=lambda: "この実施回" if self._narrowed() else "",
        )
        self.table.foot.addWidget(export, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.table, 1)
        self.table.acted.connect(self.give_back)
        self.table.opened.connect(self.give_back)
        self.table.chosen.connect(self._offer)
        self._offer(None)
        only_for_writing(desk, self.add_button, self.day_file)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Show the rows of one event, or all."""
        self._event_id = event_id
        self.only.blockSignals(True)
        self.only.setChecked(event_id is not None)
        self.only.blockSignals(False)

    def reload(self) -> None:
        """Read the ledger."""
        self.only.setVisible(self._event_id is not None and not self._of_day)
        self.purpose.setVisible(self._event_id is not None)
        self.fetch(self._show, list_takeouts, now=self.desk.now(), event_id=self._narrowed())

    def add(self) -> None:
        """Open the form of a new row."""
        if not self.desk.read_only:
            TakeoutDialog(self.desk, event_id=self._event_id, parent=self).open()

    def give_back(self, chosen: TakeoutRow | None) -> None:
        """Ask for the return of a row that is still outside."""
        if chosen is None or not chosen.open or self.desk.read_only:
            return
        if is_day_file(chosen.takeout):
            self._bring_back(self.desk, self, subject=chosen.event_title, by_hand=lambda: self.note_return(chosen))
        else:
            self.note_return(chosen)

    def note_return(self, chosen: TakeoutRow) -> None:
        """Ask what came back, when, and who checked it."""
        TakeoutReturnDialog(self.desk, chosen, self).open()

    def take_day_file(self) -> None:
        """Take one event out as a 当日持出しファイル."""
        self._take_out(self.desk, self, event_id=self._event_id)

    def cancel_row(self) -> None:
        """Ask why the row at hand is wrong."""
        chosen = self.table.current()
        if isinstance(chosen, TakeoutRow):
            ReasonDialog(
                self.desk,
                "行を取消にする",
                chosen.takeout.contents,
                verb="取消にする",
                text="行は消さずに、「取消」として理由と一緒に残します。",
                usual=("二重に記入した", "持ち出さなかった"),
                change=lambda words: acting(self.desk, cancel_takeout, takeout_id=chosen.id, reason=words),
                parent=self,
            ).open()

    def _narrowed(self) -> int | None:
        return self._event_id if self.only.isChecked() else None

    def _show(self, found: TakeoutList) -> None:
        self.table.show_rows(found.rows)
        self.open_count.setText(f"未返却 {found.open}件" if found.open else "未返却はありません")
        self._offer(self.table.current())

    def _offer(self, chosen: object) -> None:
        may = isinstance(chosen, TakeoutRow) and not chosen.takeout.cancelled
        self.cancel.setEnabled(may and not self.desk.read_only)

    def _go_to_export(self) -> None:
        self.desk.go("purpose_export", event_id=self._event_id)
