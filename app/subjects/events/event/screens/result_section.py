"""Section 実施の記録: the ward's own count of the day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import join_nonempty
from app.documents.event_facts import count_unknown_devices, devices_words
from app.subjects.events.event.services.event_view import EventView
from app.widgets.buttons import Button
from app.widgets.labels import Paragraph, label, section, separator
from app.widgets.layouts import in_column
from app.widgets.screen import widget_row
from app.window.app_context import app_context_of, can_save_now
from db.records.events import EventResult


class ResultSection(QWidget):
    """Section with the result.

    Signals: ``record_asked()`` open the form; ``held_asked()`` only mark the event 実施済.
    """

    record_asked = Signal()
    held_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = label("", "second")
        self._words = Paragraph()
        self.record_button = Button("結果を記録する", self.record_asked.emit, low=True)
        self.held_button = Button("実施済にする", self.held_asked.emit, low=True)
        buttons = widget_row(self.record_button, self.held_button, None)
        buttons.setAlignment(Qt.AlignmentFlag.AlignLeft)
        in_column(
            widget_row(section("実施の記録"), None, self._state),
            separator(),
            self._words,
            buttons,
            owner=self,
            spacing=6,
        )

    def show_view(self, view: EventView, today: date) -> None:
        """Show the result, or when it can be recorded."""
        event, result = view.event, view.result
        over = event.event_date is not None and event.event_date <= today and event.status != "中止"
        self._state.setText("実施済" if event.status == "実施済" else "")
        self.record_button.setVisible(over)
        self.record_button.set_words("記録を直す" if result is not None else "結果を記録する")
        self.held_button.setVisible(over and event.status == "予定")
        may = can_save_now(self)
        self.held_button.setEnabled(may)
        desk = app_context_of(self)
        self.held_button.setToolTip("" if may or desk is None else f"閲覧専用で見ています。{desk.how_to_write}")
        if result is not None:
            self._words.show_text(result_words(result))
        elif over:
            self._words.show_text("出席者数などは、まだ記録されていません。")
        elif event.status == "中止":
            self._words.show_text("中止のため、記録はありません。")
        else:
            self._words.show_text("実施日から記録できます。")


def result_words(result: EventResult) -> str:
    """Return the numbers in words, one pair a line; unknown numbers are left out."""

    def people(name: str, number: int | None, groups: int | None = None) -> str:
        if number is None:
            return ""
        return f"{name} **{number}人**" + (f"・{groups}団体" if groups is not None else "")

    unknown = count_unknown_devices(result.attended, result.lent_devices, result.own_devices)
    lines = (
        (people("申込", result.applied, result.applied_organisations),),
        (people("出席", result.attended, result.attended_organisations),),
        (people("欠席", result.absent), people("当日受付", result.walk_ins)),
        (
            f"貸与端末 {devices_words(result.lent_devices, unknown)}" if result.lent_devices is not None else "",
            f"持参端末 {devices_words(result.own_devices, unknown)}" if result.own_devices is not None else "",
            f"端末未確認 {unknown}人" if unknown else "",
        ),
        (f"区の立会い　{result.witness}" if result.witness else "",),
        (result.note,),
    )
    shown = (join_nonempty(*line) for line in lines)
    return join_nonempty(*shown, separator="\n") or "実施済。人数はまだ記録されていません。"
