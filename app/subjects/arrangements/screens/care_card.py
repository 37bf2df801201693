"""One person with a 配慮: what was written, what is arranged, and what it seems to ask for."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.arrangements.services.arrangements import CareRow
from app.subjects.events.rules.taking_part import NOTHING_NEEDED
from app.widgets.badge import Badge
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label, rule
from db.records.roster import Arrangement, ArrangementKind


class CareCard(QFrame):
    """One person.

    Signals: ``make_asked(str)`` a new arrangement of that kind; ``change_asked(object)``; ``settle_asked(object)``;
    ``reopen_asked(object)``, ``remove_asked(object)`` with the ``Arrangement``; ``care_asked()`` correct the 配慮;
    ``nothing_asked()`` nothing has to be arranged.
    """

    make_asked = Signal(str)
    change_asked = Signal(object)
    settle_asked = Signal(object)
    reopen_asked = Signal(object)
    care_asked = Signal()
    nothing_asked = Signal()
    remove_asked = Signal(object)

    def __init__(self, care: CareRow, today: date, *, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.care = care
        self.setProperty("kind", "panel")
        self._can_write = can_write
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._head(care))
        if care.row is not None:
            column.addWidget(Paragraph(care.row.entry.care.strip() or "配慮の記入はありません。"))
        for arrangement in care.arrangements:
            column.addWidget(rule())
            column.addWidget(self._line(arrangement, today))
        if can_write:
            column.addWidget(self._offers(care))

    def _head(self, care: CareRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        row = care.row
        number = f"{row.entry.number}番　" if row is not None and row.entry.number is not None else ""
        name = f"{number}{row.name}" if row is not None else "実施回全体"
        self.setAccessibleName(name)
        line.addWidget(label(name, "strong", wrap=True), 1)
        if row is not None and row.organisation_name:
            line.addWidget(label(row.organisation_name, "second", wrap=True), 1)
        line.addWidget(
            Badge("済", "手配不要" if care.nothing_needed and len(care.arrangements) == 1 else "手配済")
            if care.settled
            else Badge("未着手", "手配中" if care.arrangements else "未手配")
        )
        return line

    def _line(self, arrangement: Arrangement, today: date) -> QWidget:
        settled = arrangement.settled_on
        if arrangement.content == NOTHING_NEEDED:
            return self._nothing_line(arrangement, today)
        ordered = f"依頼 {short_date(arrangement.ordered_on, today)}" if arrangement.ordered_on else "依頼前"
        words = [
            arrangement.kind,
            arrangement.content,
            f"{ordered} {arrangement.ordered_to}".strip(),
            arrangement.phone,
        ]
        if settled:
            words.append(f"{short_date(settled, today)} 済 {arrangement.settled_by}".strip())
        text = label("　".join(word for word in words if word), "done" if settled else "body", wrap=True)
        buttons = []
        if self._can_write:
            buttons.append(
                Button("手配中に戻す", partial(self.reopen_asked.emit, arrangement), low=True)
                if settled
                else Button("済にする", partial(self.settle_asked.emit, arrangement), low=True)
            )
            buttons.append(Button("直す", partial(self.change_asked.emit, arrangement), low=True))
        for button in buttons:
            button.setAccessibleName(f"{arrangement.kind}　{button.text()}")
        return _side_by_side(text, buttons)

    def _nothing_line(self, arrangement: Arrangement, today: date) -> QWidget:
        said = (
            f"（{short_date(arrangement.settled_on, today)} {arrangement.settled_by}）"
            if arrangement.settled_on
            else ""
        )
        text = label(f"手配が要らないことを確かめました{said}", "done", wrap=True)
        back = Button("手配不要を取り消す", partial(self.remove_asked.emit, arrangement), low=True)
        return _side_by_side(text, [back] if self._can_write else [])

    def _offers(self, care: CareRow) -> QWidget:
        made = {arrangement.kind for arrangement in care.arrangements}
        kinds: list[ArrangementKind] = [kind for kind in care.proposed if kind not in made and kind != "その他"]
        buttons = [Button(f"{kind}を手配する", partial(self.make_asked.emit, kind), low=True) for kind in kinds]
        buttons.append(Button("ほかの手配を加える", partial(self.make_asked.emit, "その他"), low=True))
        if care.row is not None and not care.arrangements:
            buttons.append(Button("手配不要にする", self.nothing_asked.emit, low=True))
        if care.row is not None:
            buttons.append(Button("配慮の内容を直す", self.care_asked.emit, low=True))
        return FlowRow(*buttons)


def _side_by_side(text: QWidget, buttons: list[Button]) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(text, 1)
    for button in buttons:
        line.addWidget(button)
    return holder
