"""What one row of a list means: a 団体 of the register, a new one, or nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.subjects.register.screens.person_dialogs import organisation_words
from app.subjects.register.screens.record_picker import RecordPicker
from app.subjects.register.services.organisation_intake import IntakeRow, RowDecision
from app.subjects.register.services.search import OrganisationHit, find_organisations
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.window.desk import Desk

SAME, NEW, OUT = "同じ団体", "新しい団体", "取り込まない"


class DecisionDialog(DialogFrame):
    """Signals: those of ``DialogFrame``; ``decided(object)`` the RowDecision."""

    decided = Signal(object)

    def __init__(self, desk: Desk, row: IntakeRow, *, parent: QWidget | None = None) -> None:
        super().__init__(f"{row.line}行目を決める", row.source.name, main="この扱いにする", width=640, parent=parent)
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        reason = "　".join(part for part in (row.reason, row.note) if part)
        self.put(Paragraph(f"ファイルの団体　**{row.source.name}**（{row.source.branch or '支部なし'}）\n{reason}"))
        self.form = Form(
            (
                Field(
                    key="action",
                    label="この行の扱い",
                    kind="radio",
                    choices=(
                        (SAME, "登録されている団体と同じ（変わったところだけ更新）"),
                        (NEW, "新しい団体として加える"),
                        (OUT, "取り込まない"),
                    ),
                ),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.put(self.form)
        self.picker = RecordPicker(
            desk, find_organisations, organisation_words, title="同じ団体", hint="登録されている団体を探す"
        )
        self.put(self.picker)
        self.body.addStretch(1)
        known = row.organisation or (row.near[0] if row.near else None)
        action = row.decision.action if row.decision else SAME if known is not None else NEW
        self.form.set_values({"action": action})
        if known is not None:
            self.picker.show_hit(OrganisationHit(organisation=known))
        self.form.changed.connect(lambda _key: self._follow())
        self.picker.chosen.connect(lambda _hit: self.fit())
        self.confirmed.connect(self._decide)
        self._follow()

    def _follow(self) -> None:
        self.picker.setVisible(self.form.value("action") == SAME)
        if self.isVisible():
            self.fit()

    def _decide(self) -> None:
        action = self.form.value("action")
        hit = self.picker.hit
        if action == SAME and hit is None:
            self.problem.say("**同じ団体が選ばれていません。**\n候補から選んでください。", tone="red")
            self.picker.setFocus()
            return
        self.accept()
        self.decided.emit(RowDecision(action=action, organisation_id=hit.id if action == SAME else None))
