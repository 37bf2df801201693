"""Beside the questions: whether they are agreed, the online form, and the sheets handed out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import short_date
from app.services.surveys import SurveyView
from app.ui import theme as t
from app.ui.widgets.badge import Badge
from app.ui.widgets.buttons import Button, main_button
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.labels import Paragraph
from app.ui.widgets.panel import Panel


class AgreementPanel(QWidget):
    """The panels at the right of the questions.

    Signals: ``fixed(date)`` the questions were agreed on that day; ``online_changed(str, object)``
    address and closing day; ``distributed(object)`` sheets handed out; ``discard_asked()``.
    """

    fixed = Signal(object)
    online_changed = Signal(str, object)
    distributed = Signal(object)
    discard_asked = Signal()

    def __init__(self, *, today: date, fiscal_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._key: tuple[object, ...] = ()
        width = 92
        self.badge = Badge("協議中")
        self.words = Paragraph()
        self.day = Form(
            (Field(key="day", label="協議した日", kind="date", width=80),), fiscal_year=fiscal_year, label_width=width
        )
        self.fix_button = main_button("設問を決定する", self._fix)
        self.discard_button = Button("設問を選び直す", self.discard_asked.emit, low=True)
        self.online = Form(
            (
                Field(key="url", label="フォームの場所", optional=True, hint="用紙のQRと案内に使う"),
                Field(key="close", label="回答の締切", kind="date", optional=True, width=80),
                Field(
                    key="distributed",
                    label="配布した枚数",
                    kind="number",
                    unit="枚",
                    optional=True,
                    width=64,
                    least=0,
                    hint="配布は受託者の仕事。聞いた数を控えます",
                ),
            ),
            fiscal_year=fiscal_year,
            label_width=width,
        )
        self._build()
        self.online.committed.connect(self._commit)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        agreed = Panel("協議と決定", note="仕4 ケ")
        agreed.put_in_head(self.badge)
        agreed.put(self.words)
        agreed.put(self.day)
        agreed.put(self.fix_button)
        agreed.put(self.discard_button)
        column.addWidget(agreed)
        online = Panel("オンライン・配布")
        online.put(self.online)
        column.addWidget(online)
        column.addStretch(1)
        self.setMinimumWidth(t.scaled(280))

    def show_view(self, view: SurveyView) -> None:
        """Show what is agreed; typed values stay unless something else is stored now."""
        survey = view.survey
        if survey is None:
            return
        frozen = survey.frozen_at is not None
        answered = bool(view.sheets)
        if survey.fixed_on is not None:
            agreed = short_date(survey.agreed_on, self._today) if survey.agreed_on else ""
            self.badge.show_status("済", "設問決定")
            self.words.say(f"**{agreed}** の協議で決定しました。この実施回だけの設問です。")
        else:
            self.badge.show_status("協議中")
            self.words.say("講習会ごとに受託者と協議して決めます。直すと、もう一度の決定が要ります。")
        open_still = survey.fixed_on is None
        self.day.setVisible(open_still and not frozen)
        self.fix_button.setVisible(open_still and not frozen)
        self.discard_button.setVisible(not answered and not frozen)
        key = (view.event.id, survey.online_url, survey.online_close, survey.distributed)
        if key != self._key:
            self._key = key
            self.online.set_values(
                {"url": survey.online_url, "close": survey.online_close, "distributed": survey.distributed}
            )
        for field in ("url", "close", "distributed"):
            self.online.set_enabled(field, not frozen)

    def _fix(self) -> None:
        if self.day.check_all():
            self.fixed.emit(self.day.value("day"))

    def _commit(self, key: str) -> None:
        if key == "distributed":
            self.distributed.emit(self.online.value("distributed"))
        else:
            self.online_changed.emit(self.online.value("url"), self.online.value("close"))
