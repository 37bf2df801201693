"""当日モード: the door of one event from a 当日持出しファイル, with nothing else of the application around it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.subjects.events.reception.screens.paper_attendance import PaperAttendance
from app.subjects.events.reception.screens.reception_screen import ReceptionScreen
from app.subjects.events.reception.services.reception import DoorRow, Reception, read_reception
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph, section
from app.window.desk import Desk

_KEPT = "記録は、すべてファイルに保存してあります。"
_LATER = (
    "当日の結果は、事務所で持出しファイルを戻し、「受付を閉じる」を押したときに決まります。"
    "印のない方は未確認のままです。"
)


class DayReception(ReceptionScreen):
    """The door at the venue; its end closes the file. Signals: none. ``open_with(event_id=…)``."""

    leads_on = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head.name_place("当日モード")

    def open_with(self, *, event_id: int | None = None, **more: Any) -> None:
        """Stand at the door; the file holds nothing but its work, so undo reaches back over a restart."""
        super().open_with(event_id=event_id, **more)
        self._since = 0

    def end(self) -> None:
        """Show how far the door came and ask."""
        if self._event_id is not None:
            self.fetch(self._ask_to_end, read_reception, event_id=self._event_id)

    def _ask_to_end(self, door: Reception) -> None:
        ask_to_end(door, self)

    def _leads_to_paper(self, _door: Reception) -> bool:
        return True


class DayAttendance(PaperAttendance):
    """The paper list at the venue; it leads back to the door. Signals: none. ``open_with(event_id=…)``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head.name_place("紙の名簿から出欠")
        self.head.end_button.set_words("受付に戻る")

    def open_with(self, *, event_id: int | None = None, **more: Any) -> None:
        """Key the list; undo reaches as far back as at the door."""
        super().open_with(event_id=event_id, **more)
        self._since = 0

    def end(self) -> None:
        """Show how far the list is and ask."""
        if self.door is not None:
            ask_to_end(self.door, self)

    def _leave(self) -> None:
        self.desk.go("reception", event_id=self._event_id)


class DayEndDialog(DialogFrame):
    """受付を閉じる at the venue. Signals: those of ``DialogFrame``."""

    def __init__(self, door: Reception, parent: QWidget) -> None:
        super().__init__(
            "受付を閉じる",
            door.event.full_title,
            main="ファイルを閉じる",
            cancel="受付に戻る",
            width=640,
            parent=parent,
        )
        lent = sum(row.tablet_out and not row.tablet_back for row in door.rows)
        sums = f"受付済 **{len(door.received)}人**（うち当日受付 {door.walk_ins}人）\n未受付 **{len(door.waiting)}人**"
        sums += f"\n欠席にした方 {len(door.absent)}人" if door.absent else ""
        sums += f"\n貸したままのタブレット **{lent}台**" if lent else ""
        self.put(Paragraph(sums))
        if door.waiting:
            self.put(section("まだ受付していない方"))
            rows = sorted(door.waiting, key=lambda row: row.number or 10**6)
            self.put(Paragraph("\n".join(_line(row) for row in rows)))
        self.put(Paragraph(f"{_KEPT}{_LATER}", role="second"), None)


def _line(row: DoorRow) -> str:
    place = f"（{row.organisation}）" if row.organisation else ""
    return f"{row.number or '–'}番　{row.name}{place}"


def ask_to_end(door: Reception, screen: QWidget) -> DayEndDialog:
    """Ask before the file is closed; the window goes with it."""
    dialog = DayEndDialog(door, screen)
    window = screen.window()

    def close() -> None:
        dialog.accept()
        window.close()

    dialog.confirmed.connect(close)
    dialog.open()
    return dialog
