"""Dialog 受付を閉じる: the totals of the day, the people without a mark, and the button that saves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.event_facts import devices_words
from app.event.parts import cut_short_fields, watch_cut_short
from app.event.rules.agenda import minutes_of
from app.event.rules.participation import ParticipationCounts
from app.event_day.reception.services import AttendanceClosing, close_reception
from app.events.roster.services.roster import RosterRow
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO
from app.widgets.forms.form import Form
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label, second_label, section
from app.widgets.note_box import NoteBox
from app.window.app_context import app_context_at
from db.records.events import EventResult

LEAVE_WITHOUT_CLOSING = "閉じずに画面を離れる"
_ASKED_OF_END = ("ended_at", "cut_reason", "people_at_end")


class ClosingDialog(SavingDialog):
    """Dialog to close the reception, which makes the event 実施済.

    Its primary button leaves without closing before the end of the event, and while people are unmarked on another
    day or if nobody came; never with ``may_enter_result``.

    Signals: ``leave_asked()`` leave the screen without closing; ``data_entry_asked()`` type the numbers instead; those
    of ``SavingDialog``.
    """

    leave_asked = Signal()
    data_entry_asked = Signal()

    def __init__(self, parent: QWidget, closing: AttendanceClosing, *, may_enter_result: bool = False):
        """Create the dialog; ``may_enter_result`` = it was opened to record the day, whose numbers may be typed."""
        unmarked = len(closing.unmarked)
        end = "記録して実施済にする" if may_enter_result else "受付を閉じる"
        counts = closing.counts
        # On another day, or if nobody was checked in, the screen may have been left by mistake, so the primary
        # button writes nothing then.
        off_day = closing.event.event_date != app_context_at(parent).today()
        # Before the end people may still come, and closing makes the event 実施済.
        ends = closing.event.end_time
        early = bool(ends) and not off_day and minutes_of(f"{app_context_at(parent).now():%H:%M}") < minutes_of(ends)
        self.early = early and not may_enter_result
        self.doubtful = self.early or (not may_enter_result and bool(unmarked) and (off_day or not counts.attended))
        end = "閉じて実施済にする" if self.early else end
        super().__init__(
            parent,
            "実施を記録する" if may_enter_result else "受付を閉じる",
            closing.event.full_title,
            main=LEAVE_WITHOUT_CLOSING if self.doubtful else end,
            cancel="やめる" if may_enter_result else "受付に戻る",
            note="" if self.doubtful else CAN_UNDO,
            width=760,
        )
        self._closing = closing
        unknown = max(counts.attended - counts.own_devices - counts.lent_devices, 0)
        self.sums = Paragraph(
            f"出席 **{counts.attended}人**（うち{_breakdown_text(counts)}）・{counts.attended_organisations}団体\n"
            f"欠席 **{counts.absent}人**　未確認 **{counts.unmarked}人**（決定 {counts.decided}人のうち。申込 "
            f"{counts.applied}人・{counts.applied_organisations}団体）\n"
            f"出席した方の端末：持参 {devices_words(counts.own_devices, unknown)}、"
            f"貸与 {devices_words(counts.lent_devices, unknown)}"
            + fill_nonempty("、未確認 {}人（貸与は渡した記録で数えます）", unknown)
        )
        if self.early:
            words = f"終了（{ends}）の前です。閉じると、この実施回は実施済になります。"
            self.put(NoteBox(f"{words}受付を続けるときは、閉じずに離れてください。", "amber"))
        elif self.doubtful or (may_enter_result and not counts.attended):
            day = short_date_or("", closing.event.event_date, self.app_context.today())
            why = f"本日は実施日（{day}）ではありません。" if off_day else ""
            why += "まだ1人も受付していません。" if not counts.attended else ""
            self.put(NoteBox(f"{why}紙の名簿があれば、先に「紙の名簿から出欠」で入れられます。", "amber"))
        self.put(self.sums)
        self.unmarked = _names_text(closing.unmarked)
        if unmarked:
            self.put(
                section(f"未確認の方　{unmarked}人"),
                second_label("閉じても欠席にはなりません。「出席を決める」で、名前を見て決めます。"),
                Paragraph(self.unmarked),
            )
        self.absent = _names_text(closing.absent)
        if closing.absent:
            self.put(label(f"欠席の方　{len(closing.absent)}人", "strong"), Paragraph(self.absent))
        if closing.absence_notices:
            self.put(
                label(f"欠席の連絡があった方　{len(closing.absence_notices)}人", "strong"),
                Paragraph(_names_text(closing.absence_notices)),
            )
        self.tablets = QCheckBox(f"貸与予定の{len(closing.tablets_waiting)}人全員に、タブレットを渡した")
        self.put(*[self.tablets] * bool(closing.tablets_waiting))
        self.replace = QCheckBox("実施の記録に入力してある人数を、名簿の人数に置き換える")
        self.replace.setVisible(closing.typed_result is not None)
        self.form = Form(
            (
                record_field(EventResult, "witness", width=280, hint="立ち会った職員。検査で使います。"),
                *cut_short_fields(),
            ),
            label_width=116,
        )
        self.form.set_values(
            {"witness": closing.witness or self.app_context.user_name, "people_at_end": counts.attended}
        )
        watch_cut_short(self.form, _ASKED_OF_END)
        if closing.typed_result is not None:
            self.put(
                NoteBox(
                    f"実施の記録に、入力された人数があります（{_typed_result_text(closing.typed_result)}）。", "amber"
                ),
                self.replace,
            )
        else:
            self.replace.setParent(self)
        self.put(self.form, None)
        other, act = (end, self._close) if self.doubtful else (LEAVE_WITHOUT_CLOSING, self._emit_leave)
        if may_enter_result:
            other, act = "人数を入力する", self._emit_data_entry
        beside = Button(other, act, tall=True)
        self.put_button(beside)
        self.end_button, self.leave_button = (beside, self.main) if self.doubtful else (self.main, beside)
        self.confirmed.connect(self._emit_leave if self.doubtful else self._close)

    def _close(self) -> None:
        """Save the closing of the reception, with witness, 打切り and whether typed numbers are replaced."""
        values = self.form.values()
        cut = {key: values[key] for key in _ASKED_OF_END} if values["is_cut_short"] else {}
        if cut and not self.form.check_all():
            return
        self.run_action(
            close_reception,
            event_id=self._closing.event.id,
            witness=values["witness"],
            replace_typed=self.replace.isChecked(),
            handed_out_to=self._closing.tablets_waiting if self.tablets.isChecked() else (),
            **cut,
        )

    def _emit_leave(self) -> None:
        self.reject()
        self.leave_asked.emit()

    def _emit_data_entry(self) -> None:
        self.reject()
        self.data_entry_asked.emit()


def _breakdown_text(counts: ParticipationCounts) -> str:
    """Return 「当日受付 1人、代理 1人、遅刻 2人」."""
    more = (("代理", counts.substitutes), ("遅刻", counts.late))
    return "、".join((f"当日受付 {counts.walk_ins}人", *(f"{name} {number}人" for name, number in more if number)))


def _names_text(rows: Sequence[RosterRow]) -> str:
    """Return the people in lines, by number."""
    return "\n".join(
        person_words(row.entry.number, row.name, row.organisation_name)
        for row in sorted(rows, key=lambda row: row.entry.number or 10**6)
    )


def person_words(number: int | None, name: str, organisation: str) -> str:
    """Return 「3番　伊藤 節子（ひなた丘町会）」, or 「伊藤 節子（ひなた丘町会）」 before there is a number."""
    return fill_nonempty("{}番　", number) + name + fill_nonempty("（{}）", organisation)


def _typed_result_text(result: EventResult) -> str:
    """Return 「申込 14人・出席 12人・欠席 2人」 as far as known, 「人数なし」 without any."""
    known = (("申込", result.applied), ("出席", result.attended), ("欠席", result.absent))
    return "・".join(f"{name} {number}人" for name, number in known if number is not None) or "人数なし"
