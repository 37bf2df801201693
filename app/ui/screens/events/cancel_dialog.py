"""中止・変更の連絡, first part: the decision — what kind, when, by whom and why — is written down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.rules.dates import short_date
from app.rules.event_checks import NEEDS, WITHIN_ABOUT
from app.services.events import EventView, cancel_event
from app.ui.desk import Desk
from app.ui.screens.events.exception_part import HOW_SETTLED
from app.ui.widgets.dialog_frame import CAN_UNDO
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.labels import Paragraph
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.saving_dialog import SavingDialog

CANCEL, MOVE = "中止", "日程の変更"


class CancelDialog(SavingDialog):
    """The decision about one event.

    Signals: ``move_asked(str)`` the decision is another date, with the reason so far; those of
    ``DialogFrame``.
    """

    move_asked = Signal(str)

    def __init__(self, desk: Desk, view: EventView, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "中止・変更の連絡",
            view.title,
            main="中止にする",
            note=CAN_UNDO,
            width=720,
            main_kind="danger",
            parent=parent,
        )
        self._view = view
        now = desk.now()
        self.form = Form(
            (
                Field(
                    key="kind", label="区分", kind="radio",
                    choices=((CANCEL, "中止にする"), (MOVE, "日付を変える（延期・繰上げ）")),
                ),
                Field(key="day", label="判断した日", kind="date", width=120),
                Field(key="time", label="判断した時刻", kind="time", width=80, optional=True),
                Field(key="who", label="判断した者", width=280, placeholder="協働推進課長"),
                Field(key="reason", label="理由", placeholder="大雨警報の発表（荒天時の取扱いによる）"),
                Field(key="how", label="回数が減ることは", kind="choice", choices=self._ways(view)),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=136,
        )  # fmt: skip
        self.form.set_values({"kind": CANCEL, "day": now.date(), "time": f"{now.hour}:{now.minute:02d}",
                              "how": self._ways(view)[-1 if view.event.kind == "意見交換会" else 0][0]})  # fmt: skip
        self.put(Paragraph(f"{view.date_words} {view.time_words}　{view.venue_words}", role="second"))
        self.put(self.form)
        self.follows = NoteBox(self._what_follows(), tone="amber")
        self.put(self.follows)
        self.body.addStretch(1)
        self.form.changed.connect(self._on_change)
        self.confirmed.connect(self._save)
        self.form.go_to("who")

    @staticmethod
    def _ways(view: EventView) -> tuple[tuple[str, str], ...]:
        """How fewer events are settled; 全2回 of the 意見交換会 leaves no room for 程度."""
        strict = view.event.kind == "意見交換会"
        return tuple((need, HOW_SETTLED[need]) for need in NEEDS if not (strict and need == WITHIN_ABOUT))

    def reason_in_full(self) -> str:
        """The reason with day, time and person of the decision."""
        values = self.form.values()
        day = short_date(values["day"], self.desk.today()) if values["day"] else ""
        when = " ".join(part for part in (day, values["time"]) if part)
        return f"{values['reason'].strip()}（{when} {values['who'].strip()}の判断）"

    def _what_follows(self) -> str:
        totals = self._view.headcount
        lines = []
        if totals.people:
            lines.append(f"参加予定 {totals.people}人・{totals.organisations}団体への連絡が要ります。")
        sent = next((step for step in self._view.steps if "決定通知" in step.name and step.done_on is not None), None)
        if sent is not None:
            lines.append("決定通知を施行済のため、中止または変更の通知（起案・決裁）が要ります。")
        if self._view.event.venue:
            lines.append(f"会場 {self._view.event.venue}と受託者（業務責任者）への連絡が要ります。")
        lines.append("別の日に行わないと、実施回数が減ります。協議と契約課への確認は「協議」に残ります。")
        return "\n".join(lines)

    def _on_change(self, key: str) -> None:
        if key == "kind":
            moving = self.form.value("kind") == MOVE
            self.form.show_field("how", not moving)
            self.set_main("つぎへ：新しい日付を入れる" if moving else "中止にする")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        if self.form.value("kind") == MOVE:
            self.accept()
            self.move_asked.emit(self.reason_in_full())
            return
        self.send(cancel_event, event_id=self._view.event.id, reason=self.reason_in_full(), decided_on=self.form.value("day"),
            nature=self.form.value("how"),
        )  # fmt: skip
