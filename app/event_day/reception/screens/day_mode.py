"""当日モード: the check-in of one event from a 当日持出しファイル, without the rest of the application."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.event_day.reception.parts import person_words
from app.event_day.reception.screens.paper_attendance import PaperAttendance
from app.event_day.reception.screens.reception_screen import ReceptionScreen
from app.event_day.reception.services import Reception, read_reception
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph, section
from app.window.app_context import AppContext

_ALL_SAVED = "記録は、すべてファイルに保存してあります。"
_CONTINUE_LATER = (
    "当日の結果は、事務所で持出しファイルを戻し、「受付を閉じる」を押したときに決まります。"
    "印のない方は未確認のままです。"
)


class DayReception(ReceptionScreen):
    """Check-in at the venue; ending it closes the file. Signals: none. ``open_with(event_id=…)``."""

    can_open_roster = False

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.head.set_screen_name("当日モード")

    def open_with(self, *, event_id: int | None = None, **more: Any) -> None:
        """Open the check-in; the file holds only this work, so undo works across a restart."""
        super().open_with(event_id=event_id, **more)
        self._since = 0

    def end(self) -> None:
        """Show the progress and ask whether to close the 当日持出しファイル; the 受付 is closed in the office."""
        if self._event_id is not None:
            self.run_read(self._ask_to_end, read_reception, event_id=self._event_id)

    def _show(self, reception: Reception) -> None:
        """Show the roster; only what was put ready comes back with the file, the rest is recorded on closing."""
        received = tuple(replace(row, waits_for_tablet=False) for row in reception.received)
        super()._show(replace(reception, received=received))

    def _ask_to_end(self, reception: Reception) -> None:
        ask_to_close_file(reception, self)

    def _is_paper_list_next(self, _door: Reception) -> bool:
        """Return True: at the venue the button to the paper roster is always shown."""
        return True


class DayAttendance(PaperAttendance):
    """Screen for the paper roster at the venue; it returns to the check-in. Signals: none. ``open_with(event_id=)``."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.head.set_screen_name("紙の名簿から出欠")
        self.head.end_button.set_words("受付に戻る")

    def open_with(self, *, event_id: int | None = None, **more: Any) -> None:
        """Set the event to be shown; undo reaches as far back as in the check-in."""
        super().open_with(event_id=event_id, **more)
        self._since = 0

    def end(self) -> None:
        """Show the progress and ask whether to close the 当日持出しファイル; the 受付 is closed in the office."""
        if self.door is not None:
            ask_to_close_file(self.door, self)

    def _leave(self) -> None:
        self.go("reception", event_id=self._event_id)


class DayEndDialog(DialogFrame):
    """Dialog that asks whether to close the day file at the venue: counts, who is not checked in, tablets still out.

    It records nothing; the check-in itself is closed at the office. Signals: those of ``DialogFrame``.
    """

    def __init__(self, reception: Reception, parent: QWidget):
        super().__init__(
            "受付を閉じる",
            reception.event.full_title,
            main="ファイルを閉じる",
            cancel="受付に戻る",
            width=640,
            parent=parent,
        )
        lent = sum(row.is_tablet_handed_out and not row.is_tablet_returned for row in reception.rows)
        sums = (
            f"受付済 **{len(reception.received)}人**（うち当日受付 {reception.walk_in_count}人）\n未受付 **"
            f"{len(reception.waiting)}人**"
        )
        sums += fill_nonempty("\n欠席 {}人", reception.absent_count)
        sums += fill_nonempty("\n貸したままのタブレット **{}台**", lent)
        self.put(Paragraph(sums))
        if reception.waiting:
            self.put(section("まだ受付していない方"))
            rows = sorted(reception.waiting, key=lambda row: row.number or 10**6)
            self.put(Paragraph("\n".join(person_words(row.number, row.name, row.organisation) for row in rows)))
        self.put(Paragraph(f"{_ALL_SAVED}{_CONTINUE_LATER}", role="second"), None)


def ask_to_close_file(reception: Reception, screen: QWidget) -> DayEndDialog:
    """Open and return the dialog after which the window of the day file is closed."""
    dialog = DayEndDialog(reception, screen)
    window = screen.window()

    def close() -> None:
        dialog.accept()
        window.close()

    dialog.confirmed.connect(close)
    dialog.open()
    return dialog
