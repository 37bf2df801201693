"""Edit the day's timetable: minutes become clock times while one types, the sum is held against the event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.subjects.events.rules.agenda import agenda_remarks, clock_times, default_agenda, total_minutes
from app.subjects.events.screens.line_editor import LineEditor, LinePart
from app.subjects.events.services.agenda import set_agenda
from app.subjects.events.services.event_view import EventView
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.events import AgendaItem

_OWNERS = ("受託者", "区", "区・受託者")
_PARTS = (
    LinePart(key="minutes", title="分", width=52, number=True),
    LinePart(key="title", title="内容"),
    LinePart(key="form", title="形式", width=76),
    LinePart(key="owner", title="担当", width=110, choices=_OWNERS),
    LinePart(key="uses", title="使うもの", width=136),
)


class AgendaDialog(SavingDialog):
    """The timetable of one event. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: EventView, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "当日の進行を直す", view.title, main="進行を保存する", note=CAN_UNDO, width=880, parent=parent
        )
        self._event = view.event
        self.sum = Paragraph()
        self.remarks = NoteBox(tone="amber")
        self.lines = LineEditor(
            _PARTS,
            add_words="行を加える",
            fresh=lambda: {
                "minutes": 10,
                "title": "",
                "form": "",
                "owner": "受託者",
                "uses": "",
                "content": "",
                "id": 0,
            },
            lead_title="開始",
        )
        self.put(self.sum)
        self.put(self.remarks)
        self.put(label("分を空にした行は、当日の前後（時刻なし）です。Alt+↑↓で行を動かします。", "small", wrap=True))
        self.put(self.lines)
        self.body.addStretch(1)
        self.put_button(Button("例の時間割に戻す", self._take_default, tall=True))
        self.lines.show_lines([_line_of(row) for row in view.agenda])
        self.lines.changed.connect(self._tell)
        self.confirmed.connect(self._save)
        self._tell()

    def items(self) -> list[AgendaItem]:
        """The timetable as typed."""
        return [
            AgendaItem(
                id=line.get("id", 0), event_id=self._event.id, position=number, minutes=line["minutes"],
                title=line["title"], form=line["form"], owner=line["owner"], uses=line["uses"],
                content=line.get("content", ""),
            )
            for number, line in enumerate(self.lines.lines())
        ]  # fmt: skip

    def _tell(self) -> None:
        items = self.items()
        event = self._event
        timed = clock_times(event.start_time, items)
        self.lines.show_leads([row.start or "前後" for row in timed])
        end = next((row.end for row in reversed(timed) if row.end), event.start_time)
        self.sum.say(
            f"合計 **{total_minutes(items)}分**　{event.start_time}–{end}　（実施時間 {event.start_time}–{event.end_time}）"
        )
        said = agenda_remarks(event.kind, items, event.start_time, event.end_time)
        self.remarks.say("\n".join((*self.lines.problems(), *said)))

    def _take_default(self) -> None:
        self.lines.show_lines([_line_of_item(replace(row, id=0)) for row in default_agenda(self._event.kind)])
        self._tell()

    def _save(self) -> None:
        if self.lines.problems():
            return
        self.send(with_store(set_agenda, event_id=self._event.id, items=self.items(), **self.desk.signed))


def _line_of(row: Any) -> dict[str, Any]:
    keys = ("id", "minutes", "title", "form", "owner", "uses", "content")
    return {key: getattr(row, key) for key in keys}


def _line_of_item(item: AgendaItem) -> dict[str, Any]:
    return _line_of(item)
