"""Nothing is there yet: the two ways to a report, received from the contractor or begun here as a form."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.reports.screens.completeness_box import CompletenessBox
from app.subjects.reports.screens.report_head import ReportHead
from app.subjects.reports.services.report_form import FormScreenView, deadline_words
from app.widgets.buttons import Button
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row, scrolled_page


class ReportStart(QWidget):
    """Both ways side by side.

    Signals: ``receive_asked()``; ``reminder_asked()`` the draft that asks the contractor for the report;
    ``form_asked(str)`` the author, 区 or 受託者.
    """

    receive_asked = Signal()
    reminder_asked = Signal()
    form_asked = Signal(str)

    def __init__(self, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = ReportHead("実施報告書", embedded=embedded)
        self.due = label("", wrap=True)
        self.receive = Button("届いた報告書を受領", self.receive_asked.emit, kind="main", icon_name="tray")
        self.author = Form(
            (
                Field(
                    key="author",
                    label="作成者",
                    kind="radio",
                    choices=(("区", "区が事前に記入"), ("受託者", "受託者として入力")),
                ),
            ),
            label_width=64,
        )
        self.author.set_values({"author": "区"})
        self.make = Button("様式を作成", self._make, icon_name="note-pencil")
        self.not_yet = NoteBox(tone="quiet")
        self.remind = Button("提出のお願い（文案）", self.reminder_asked.emit, icon_name="envelope-simple")
        self.completeness = CompletenessBox()
        self.facts = label("", "second", wrap=True)
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()

    def _build(self) -> None:
        column = scrolled_page(self)
        column.addWidget(self.head)
        column.addWidget(self.due)
        self._ways.setSpacing(16)
        received = Panel("届いた報告書を確かめる")
        received.put(
            Paragraph(
                "受託者から届いたPDFを登録し、条文の項目と数字を、区の記録と1つずつ突き合わせます。届いたファイルには書き込みません。"
            )
        )
        received.put(self.not_yet)
        received.body.addStretch(1)
        received.body.addLayout(row(self.receive, self.remind, None))
        form = Panel("様式を作成する")
        form.put(
            Paragraph(
                "当日の記録、資料、アンケートの集計が入った様式を作り、受託者に渡します。受託者が確認するまで、全ページに「様式・受託者確認前」と入ります。"
            )
        )
        form.put(self.author)
        form.body.addStretch(1)
        form.body.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        for panel in (received, form):
            self._ways.addWidget(panel, 1)
        column.addLayout(self._ways)
        column.addSpacing(8)
        column.addWidget(label("いま様式を作成すると", "h2"))
        column.addWidget(self.completeness)
        column.addWidget(self.facts)
        column.addStretch(1)

    def show_view(self, view: FormScreenView, today: date, *, read_only: bool) -> None:
        """Show the event that has no report yet."""
        event, task = view.form.event, view.task
        held = event.event_date is not None and event.event_date <= today
        self.head.show_event(event)
        late = task is not None and task.bucket == "期限超過"
        self.head.show_state("期限超過" if late else "受領前" if held else "未着手")
        if task is not None and task.due is not None:
            words = f"期限（暦どおり）　{short_date(task.due, today)}　{task.clause}　{deadline_words(task, today)}　{task.state_words}"
        else:
            words = "実施日が決まると、報告書の期限が根拠と一緒に出ます。"
        self.due.setText(f"提出は受託者　{words}")
        self.not_yet.say("" if held else "実施日を過ぎると、受領を記録できます。")
        self.receive.setEnabled(held and not read_only)
        self.make.setEnabled(not read_only)
        self.remind.setVisible(held and task is not None)
        self.completeness.show_points(view.form.points, view.form.clause)
        filled = [one.section.title for one in view.sections if one.state == "済"]
        self.facts.setText(
            f"区の記録から入る章　{'、'.join(filled)}" if filled else "区の記録から入る章は、まだありません。"
        )

    def fold(self, narrow: bool) -> None:
        """One under the other on a narrow window."""
        down = QBoxLayout.Direction.TopToBottom
        self._ways.setDirection(down if narrow else QBoxLayout.Direction.LeftToRight)

    def _make(self) -> None:
        self.form_asked.emit(self.author.value("author"))
