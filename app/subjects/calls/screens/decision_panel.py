"""1 判断: what kind of change, when and by whom it was decided, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.calendar.dates import DateProblem, parse_date, parse_time, short_date
from app.subjects.calls.services.call_view import CallView
from app.subjects.events.parts.settled_ways import ways
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label
from app.widgets.moments import clock_of
from app.widgets.panel import Panel
from app.window import theme as t
from db.records.calls import DecisionKind

CANCEL = "中止"
_PLACES: dict[str, tuple[str, str]] = {
    "延期": ("日付を変える", "move"), "日時の変更": ("日付を変える", "move"), "会場の変更": ("会場を変える", "edit"),
}  # fmt: skip


class DecisionPanel(Panel):
    """The decision.

    Signals: ``decided(dict)`` what is written down (kind, decided_at, decided_by, reason, nature);
    ``change_asked(str)`` "move" or "edit": the event itself is to be changed.
    """

    decided = Signal(object)
    change_asked = Signal(str)

    def __init__(self, *, fiscal_year: int, parent: QWidget | None = None) -> None:
        super().__init__("1　判断", tone="accent", parent=parent)
        self._year = fiscal_year
        self._shown: dict[str, Any] = {}
        self._strict: bool | None = None
        self.kind = ChoiceBox()
        self.kind.addItems(get_args(DecisionKind))
        self.when = QLineEdit()
        self.who = QLineEdit()
        self.who.setPlaceholderText("協働推進課長")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("大雨警報の発表（荒天時の取扱いによる）")
        self.nature = ChoiceBox()
        self.noted = label("", "small")
        self.problem = label("", "problem", wrap=True)
        self.save = Button("中止にする", self.send, kind="main")
        self.change = Button("", self._ask_change)
        self._nature_word = label("回数が減ることは", "second")
        self._lay_out()
        self.kind.currentTextChanged.connect(lambda _text: self._follow())
        self.nature.activated.connect(lambda _number: self._follow())
        for field in (self.when, self.who, self.reason):
            field.textChanged.connect(lambda _text: self._follow())
            field.returnPressed.connect(self.send)
        self.when.editingFinished.connect(self._say_back)

    def _lay_out(self) -> None:
        self.put_in_head(self.noted)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("区分", self.kind, 108), ("判断した時刻", self.when, 132), ("判断した者", self.who, 124), ("理由", self.reason, 0),
        )  # fmt: skip
        for column, (words, field, width) in enumerate(fields):
            name = label(words, "small")
            name.setBuddy(field)
            field.setAccessibleName(words)
            if width:
                field.setFixedWidth(t.scaled(width))
            grid.addWidget(name, 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
        self.put(self.problem)
        self._line = FlowRow(self._nature_word, self.nature, self.change, self.save, at_end=2)
        self.put(self._line)
        self.nature.setAccessibleName("回数が減ることは")
        self.reason.setInputMethodHints(Qt.InputMethodHint.ImhNone)

    def show_view(self, view: CallView, now: datetime) -> None:
        """Show what was decided, or empty fields with the present moment; what is being typed stays."""
        decision = view.sheet.decision
        typing = bool(self._shown) and self._differs() and self._shown.get("event") == view.event.id
        if self._strict != view.strict:
            self._strict = view.strict
            self.nature.clear()
            for value, words in ways(strict=view.strict):
                self.nature.addItem(words, value)
        moment = decision.decided_at if decision is not None else now
        if not (typing and self._shown["decided"] == (decision is not None)):
            self._fill(
                kind=decision.kind if decision is not None else CANCEL,
                when=f"{short_date(moment.date())} {clock_of(moment)}",
                who=decision.decided_by if decision is not None else "",
                reason=decision.reason if decision is not None else "",
            )
        self._shown |= {"decided": decision is not None, "event": view.event.id}
        at = f"{clock_of(view.noted[0])} 記録　{view.noted[1]}　履歴に残りました" if view.noted is not None else ""
        self.noted.setText(at)
        self._follow()

    def _fill(self, **values: str) -> None:
        self._shown = dict(values)
        self.kind.setCurrentText(values["kind"])
        for name, field in (("when", self.when), ("who", self.who), ("reason", self.reason)):
            field.setText(values[name])
            field.setCursorPosition(0)

    def _typed(self) -> dict[str, str]:
        return {
            "kind": self.kind.currentText(), "when": self.when.text(), "who": self.who.text(), "reason": self.reason.text(),
        }  # fmt: skip

    def _differs(self) -> bool:
        return any(value != self._shown.get(name) for name, value in self._typed().items())

    def _follow(self) -> None:
        """Offer only what fits: recording while something is new, the change of the event once it is decided."""
        kind, decided = self.kind.currentText(), bool(self._shown.get("decided"))
        new_kind = not decided or kind != self._shown.get("kind")
        self.save.set_words(
            "中止にする" if new_kind and kind == CANCEL else "判断を記録する" if new_kind else "判断を直す"
        )
        self.save.setVisible(not decided or self._differs())
        asks = kind == CANCEL and new_kind
        self._nature_word.setVisible(asks)
        self.nature.setVisible(asks)
        words, _place = _PLACES.get(kind, ("", ""))
        self.change.set_words(words)
        self.change.setVisible(bool(words) and decided and not self.save.isVisibleTo(self))
        self._line.setVisible(self.save.isVisibleTo(self) or self.change.isVisibleTo(self))
        self._tell("")

    def _say_back(self) -> None:
        """Show a typed moment in full: 「9/24 810」 becomes 「9/24(木) 8:10」."""
        try:
            moment = self.moment()
        except DateProblem as problem:
            self._tell(str(problem))
            return
        words = f"{short_date(moment.date())} {clock_of(moment)}"
        if self.when.text() != words:
            self.when.setText(words)

    def moment(self) -> datetime:
        """The time of the decision as typed (day, a space, time); raises ``DateProblem`` with a sentence."""
        day, _space, clock = self.when.text().strip().rpartition(" ")
        if not day:
            raise DateProblem("判断した日と時刻を、9/24 8:10 のように入力してください。")
        found = parse_date(day, self._year)
        hour, minute = (int(part) for part in parse_time(clock).split(":"))
        return datetime(found.year, found.month, found.day, hour, minute)  # noqa: DTZ001 - local time, as everywhere

    def send(self) -> None:
        """Hand over the decision when it is complete; say what is missing otherwise."""
        if not self.save.isVisibleTo(self):
            return
        try:
            moment = self.moment()
        except DateProblem as problem:
            self._tell(str(problem), self.when)
            return
        for field, words in ((self.who, "判断した者"), (self.reason, "理由")):
            if not field.text().strip():
                self._tell(f"{words}がまだ入力されていません。", field)
                return
        self.decided.emit(
            {
                "kind": self.kind.currentText(), "decided_at": moment, "decided_by": self.who.text(),
                "reason": self.reason.text(), "nature": self.nature.currentData(),
            }
        )  # fmt: skip

    def settle(self) -> None:
        """What is typed was saved: it no longer counts as being typed."""
        self._shown |= self._typed()

    def _ask_change(self) -> None:
        self.change_asked.emit(_PLACES[self.kind.currentText()][1])

    def _tell(self, sentence: str, field: QLineEdit | None = None) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if field is not None:
            field.setFocus()
