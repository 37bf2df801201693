"""Beside a master's questions: whether it was agreed, which events took it, and how it leaves as a file."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.parts.survey_words import event_words, year_words
from app.subjects.surveys.questions.services.questionnaires import QuestionnaireView, UsedIn
from app.widgets.badge import Badge
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Link, Paragraph, label
from app.widgets.panel import Panel


class MasterPanel(QWidget):
    """協議, 使った実施回, ファイル.

    Signals: ``agree_asked()``, ``withdraw_asked()``, ``describe_asked()``, ``compare_asked()``;
    ``export_asked(str)`` with the ending of the file; ``event_asked(int)`` an event that took the master.
    """

    agree_asked = Signal()
    withdraw_asked = Signal()
    describe_asked = Signal()
    compare_asked = Signal()
    export_asked = Signal(str)
    event_asked = Signal(int)

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.badge = Badge("協議中")
        self.words = Paragraph()
        self.agree_button = Button("協議済にする", self.agree_asked.emit, low=True)
        self.withdraw_button = Button("協議済の印を外す", self.withdraw_asked.emit, low=True)
        agreed = Panel("協議")
        agreed.put_in_head(self.badge)
        agreed.put(self.words)
        agreed.put(FlowRow(self.agree_button, self.withdraw_button))
        self.about = Paragraph()
        self.describe_button = Button("名称などを直す", self.describe_asked.emit, low=True)
        self.compare_button = Button("ほかの版と比べる", self.compare_asked.emit, low=True)
        told = Panel("このひな形")
        told.put(self.about)
        told.put(FlowRow(self.describe_button, self.compare_button))
        used = Panel("使った実施回")
        self._used = QVBoxLayout()
        self._used.setSpacing(4)
        used.body.addLayout(self._used)
        self.xlsx_button = Button(
            "Excelで書き出す", lambda: self.export_asked.emit(".xlsx"), icon_name="export", low=True
        )
        self.json_button = Button("集計用のファイルで書き出す", lambda: self.export_asked.emit(".json"), low=True)
        files = Panel("ファイル")
        files.put(FlowRow(self.xlsx_button, self.json_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for panel in (agreed, used, told, files):
            column.addWidget(panel)
        column.addStretch(1)
        self._parts: list[QWidget] = []

    def show_view(self, view: QuestionnaireView) -> None:
        """Show a master."""
        master = view.questionnaire
        agreed = master.agreed_on is not None
        if master.agreed_on is not None:
            self.badge.show_status("済", "協議済")
            partner = f"{master.agreed_with}と" if master.agreed_with else ""
            self.words.say(
                f"**{short_date(master.agreed_on, self._today)}** に{partner}協議しました。設問を直すと印は外れます。"
            )
        else:
            self.badge.show_status("協議中", "協議前")
            self.words.say("受託者と協議したら、日付を入れて協議済にします。実施回では、回ごとに設問を決定します。")
        self.agree_button.setVisible(not agreed)
        self.withdraw_button.setVisible(agreed)
        for button in (self.agree_button, self.withdraw_button, self.describe_button):
            button.setEnabled(not master.archived)
        note = f"\n{master.note}" if master.note else ""
        self.about.say(f"**{year_words(master.fiscal_year)}{master.name}**（{master.kind}）{note}")
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = [self._line(one) for one in view.used]
        if not view.used:
            self._parts = [label("まだ使われていません。実施回の「アンケート」の設問で選べます。", "small", wrap=True)]
        for part in self._parts:
            self._used.addWidget(part)

    def _line(self, one: UsedIn) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Link(event_words(one.event, self._today), lambda: self.event_asked.emit(one.event.id)))
        told = "いまのひな形と同じ設問" if one.same else "いまのひな形とは違う設問（実施回のまま残ります）"
        column.addWidget(label(told, "small", wrap=True))
        return holder
