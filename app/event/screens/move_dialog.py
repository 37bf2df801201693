"""Dialog 日付を変える, which shows every deadline before and after the move before saving."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty
from app.event.parts import RefusedDay
from app.event.screens.exception_form import ExceptionForm
from app.event.services.event_moves import MovePreview, MoveRow, move_event, preview_move
from app.event.services.event_view import EventView
from app.programme.rules import full_clause
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.debounce import debounce

_WAIT_MS = 150


class MoveDialog(SavingDialog):
    """Dialog to move one event. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: EventView, *, reason: str = ""):
        """Create the dialog; ``reason`` fills the reason in advance (from 中止・変更の連絡)."""
        undated = view.event.event_date is None
        super().__init__(
            parent,
            "日程を決める" if undated else "日付を変える",
            view.title if undated else f"{view.title}　今は {view.date_words} {view.time_words}",
            main="保存する",
            width=880,
            full=True,
        )
        self._event = view.event
        self._preview: MovePreview | None = None
        self._soon = debounce(self, self.load_preview, _WAIT_MS)
        year = self.app_context.fiscal_year
        day = Field("day", "新しい日付", "date", width=160, placeholder="9/28、R8.9.28")
        start = Field("start", "開始", "time", width=80)
        end = Field("end", "終了", "time", width=80)
        self.day = Form((day,), year, label_width=96)
        self.start = Form((start,), year, label_width=36)
        self.end = Form((end,), year, label_width=36)
        self.start.set_values({"start": view.event.start_time})
        self.end.set_values({"end": view.event.end_time})
        for form in (self.day, self.start, self.end):
            form.changed.connect(self._discard_preview)
        self.put(FlowRow(self.day, self.start, self.end, spacing=16))
        # Input fields stand before the table, which would push them out of sight if it is long.
        self.reason = ExceptionForm(
            fiscal_year=self.app_context.fiscal_year,
            reason_label="変える理由",
            reason_hint="履歴に残り、変更通知には入力したとおりに出ます。「…のため」のように終わりまで書いてください。",
            how_label="この変更は",
        )
        self.reason.show_values(exception_kind="", reason=reason)
        self.put(self.reason)
        self.count = Paragraph()
        self.unsaved = label("まだ保存していません", "small")
        head = widget_row()
        add(head, (self.count, 1), self.unsaved)
        self.table = FittedTable(
            "event-move",
            unsorted(
                Column("what", "やること", _task_cell, width=204),
                Column("old", "今の期限", self._old, widest=150),
                Column("new", "新しい期限", self._new, widest=180),
                Column("words", "変わり方", _words, width=112),
                Column("basis", "根拠", lambda line: Cell(second=line.basis), stretch=True),
            ),
            title="動く期限",
            empty="新しい日付を入れると、動く期限がすべて出ます。",
            tint=lambda line: t.ACCENT_TINT if line.is_changed else "",
            names_people=False,
        )
        self.follow_ups = NoteBox(tone="quiet")
        self.warnings = NoteBox(tone="amber")
        # So do the follow-ups with every letter and person; the table may be scrolled.
        self.put(self.follow_ups, self.warnings, head, self.table, None)
        self.refused = RefusedDay(self)
        self._show_nothing()
        self.day.go_to("day")

    def _discard_preview(self, _key: str) -> None:
        """Disable saving when day or times change, until the preview has been read again soon after."""
        self.main.setEnabled(False)
        self._soon.start()

    def load_preview(self) -> None:
        """Read what the typed date would move; remove the preview if none is typed."""
        values = self._values()
        if values["day"] is None:
            self._show_nothing()
            return
        self.run_read(
            self._show,
            preview_move,
            event_id=self._event.id,
            new_date=values["day"],
            start_time=values["start"] or None,
            end_time=values["end"] or None,
            today=self.today,
        )

    def _values(self) -> dict[str, Any]:
        return {**self.day.values(), **self.start.values(), **self.end.values()}

    def _show_nothing(self) -> None:
        """Remove the preview, and disable saving."""
        self._preview = None
        self.count.show_text("")
        self.table.show_rows(())
        self.follow_ups.show_text("")
        self.warnings.show_text("")
        self.reason.hide()
        self.refused.show("")
        self.set_main("保存する", enabled=False)

    def _show(self, preview: MovePreview) -> None:
        """Show which deadlines would move, what else is to be done, and warnings, and enable saving.

        The form of the reason is shown only if one is needed.
        """
        self._preview = preview
        missed = fill_nonempty("　**期限切れになるもの {}件**", preview.missed_count)
        self.count.show_text(f"動く期限 **{preview.moved_count}件**　動かないもの {preview.unmoved_count}件{missed}")
        self.table.show_rows(preview.rows)
        kept = sum(bool(each.step) for each in preview.follow_ups)
        head = f"**ほかに直すもの {len(preview.follow_ups)}件**" + (
            "（保存すると「区がやること」に入ります）" if kept else ""
        )
        texts = [f"・{each.text}" for each in preview.follow_ups]
        self.follow_ups.show_text("\n".join((head, *texts)) if texts else "")
        is_past = preview.new_date < self.today
        past = [f"{self._short_date(preview.new_date)}は、本日より前の日です。"] if is_past else []
        self.warnings.show_text(
            "\n".join((*past, *(_with_clause(each.text, each.clause) for each in preview.warnings)))
        )
        self.reason.suggest("契約変更の要否を契約課へ確認" if preview.contract_change else "協議で足りる")
        self.reason.setVisible(preview.reason_needed)
        words = f"期限を{preview.moved_count}件動かして保存する" if preview.moved_count else "日付を変えて保存する"
        if self._event.event_date is None:
            words = f"この日に決めて期限を{preview.moved_count}件加える"
        self.set_main(words)
        self.refused.show(preview.refusal)

    def _save(self) -> None:
        """Move the event as typed.

        Nothing while a field is invalid, no preview is shown, or a needed reason is missing.
        """
        asked = not self.reason.isHidden()
        checks = (self.day.check_all, self.start.check_all, self.end.check_all)
        if not check_together(*checks, *((self.reason.check,) if asked else ())) or self._preview is None:
            return
        values = self._values()
        self.run_action(
            move_event,
            event_id=self._event.id,
            new_date=values["day"],
            start_time=values["start"] or None,
            end_time=values["end"] or None,
            reason=self.reason.reason() if asked else "",
            nature=self.reason.exception_kind() or "協議で足りる",
            contract_reply=self.reason.contract_reply() if asked else "",
        )

    # cells

    def _short_date(self, day: date | None) -> str:
        return short_date_or("—", day, self.today)

    def _old(self, line: MoveRow) -> Cell:
        return Cell(line.old.provisional_words or self._short_date(line.old.due), line.old.note)

    def _new(self, line: MoveRow) -> Cell:
        """Return the cell of the new day, or of when it was done."""
        if line.done_on is not None:
            return Cell(f"{self._short_date(line.done_on)} 済", tone="second")
        words, note = line.new.provisional_words or self._short_date(line.new.due), line.new.note
        if line.is_past:
            return Cell(f"{words} 過ぎています", note, icon="warning-fill", tone="amber", strong=True)
        return Cell(words, note, icon="arrow-right", strong=line.is_changed)


def _task_cell(line: MoveRow) -> Cell:
    owner = "（受託者）" if line.owner == "受託者" else ""
    return Cell(f"{line.label}{owner}", strong=line.is_changed)


def _words(line: MoveRow) -> Cell:
    if line.done_on is not None:
        return Cell(line.words, icon="check-circle-fill", tone="green")
    if not line.is_changed:
        return Cell(line.words, icon="equals", tone="second")
    return Cell(line.words, icon="arrow-right", tone="accent", strong=True)


def _with_clause(text: str, clause: str) -> str:
    """Return a warning with its clause in brackets, unless the text names it."""
    full = full_clause(clause)
    return text if not full or full in text else f"{text}（{full}）"
