"""Panels around the questions (choice of a set, agreement, number of sheets, online form)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date, short_date_or
from app.surveys.questions.parts import STATE_BADGES, PageHeading, event_words, year_words
from app.surveys.questions.services.questionnaires import Origin, QuestionnaireRow
from app.surveys.questions.services.survey_documents import FormDefinition, QuestionnaireCopies
from app.surveys.questions.services.surveys import SurveyListRow, SurveyView
from app.widgets.badges import Badge
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, small_label, with_accessible_name
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from db.record import frozen
from db.records.event_form import EventForm

_BY_EVENT = "{kind}ごとに受託者と協議して決めます。直すと、もう一度の決定が要ります。"
_AGREEMENT_NOTES: Mapping[EventForm, str] = {
    EventForm.LECTURE: _BY_EVENT,
    EventForm.VISIT: _BY_EVENT,
    EventForm.EXCHANGE: "受託者と協議して決めます（2回で同じ設問も使えます）。直すと、もう一度の決定が要ります。",
}


_MASTERS, _COPIES = "ひな形", "ほかの実施回の設問を写す"


@frozen
class QuestionSource:
    """Questions that an event can take: those of a master, the default ones (``row_id`` 0), or of another event."""

    group: str
    row_id: int
    kind: str
    name: str
    detail: str

    @property
    def id(self) -> str:
        """Return what it is found again by."""
        return f"{self.group}{self.row_id}"

    @property
    def is_master(self) -> bool:
        """Return whether it is a master or the default one."""
        return self.group == _MASTERS


class ChooseQuestions(QWidget):
    """The choice for an event without questions: masters, the newest first, the default ones, those of other events.

    Signals: ``changed()`` another one is chosen; ``used(object)`` Enter on one; ``library_asked()`` the library of
    masters.
    """

    changed = Signal()
    used = Signal(object)
    library_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._copies: list[QuestionSource] = []
        self.table = FittedTable(
            "survey-sources",
            unsorted(
                Column("name", "設問", lambda row: Cell(row.name, kind=row.kind), stretch=True),
                Column("about", "問と協議", lambda row: Cell(row.detail, tone="second")),
            ),
            title="使える設問",
            empty="",
            group=lambda row: row.group,
            head=False,
            names_people=False,
            on_choose=lambda _row: self.changed.emit(),
            on_open=self.used.emit,
        )
        self.table.setMaximumWidth(t.scaled(880))
        about = Paragraph(
            "この実施回の設問は、まだありません。選んだ設問は実施回だけの写しになり、受託者と協議しながら直せます。"
            "あとでひな形を直しても変わりません。"
        )
        in_column(
            PageHeading("設問"),
            about,
            FlowRow(link_button("設問のひな形を開く", self.library_asked.emit)),
            self.table,
            None,
            owner=inside,
            spacing=12,
        )
        in_column(in_scroll_area(inside), owner=self)
        self.setFocusProxy(self.table)

    @property
    def chosen_words(self) -> str:
        """Return what the filled button says of the chosen ones."""
        row = self.table.current()
        return f"{row.name}を使う" if row is not None else ""

    def keep_copies(self, rows: tuple[SurveyListRow, ...], kind: str, today: date) -> None:
        """Keep the surveys to copy from, those of the same kind first, for ``show_masters``."""
        sources = sorted((row for row in rows if row.question_count), key=lambda row: row.event.kind != kind)
        self._copies = [
            QuestionSource(
                _COPIES, row.event.id, row.event.kind, event_words(row.event, today), f"{row.question_count}問"
            )
            for row in sources
        ]

    def show_masters(self, rows: tuple[QuestionnaireRow, ...], kind: str, today: date) -> None:
        """Show the masters of the kind that have questions, the default ones and those to copy; propose the first."""
        masters = [
            QuestionSource(
                _MASTERS,
                row.id,
                master.kind,
                f"{year_words(master.fiscal_year)}{master.name}（{len(master.questions)}問）",
                f"協議済 {short_date(master.agreed_on, today)}" if master.agreed_on else "協議前",
            )
            for row in rows
            if (master := row.questionnaire).questions
        ]
        self.table.show_rows([*masters, QuestionSource(_MASTERS, 0, kind, "標準の設問", "協議前"), *self._copies])
        if self.table.current() is None:
            self.table.choose(lambda _row: True, take_focus=False)
        self.changed.emit()


class AgreementPanel(QWidget):
    """The agreement on the questions, and their master.

    Signals: none.
    """

    def __init__(self, *, today: date):
        super().__init__()
        self._today = today
        self.state_badge = Badge("協議中")
        self.words = Paragraph()
        self.fix_button = Button("ほかの日の協議で決定する")
        self.discard_button = inline_button("設問を選び直す")
        agreed = Panel("協議と決定")
        self.clause_note = agreed.note
        agreed.put_in_head(self.state_badge)
        agreed.put(self.words, FlowRow(self.fix_button, self.discard_button))
        self.origin = Paragraph()
        self.master_button = inline_button("ひな形を開く")
        self.compare_button = inline_button("ひな形と比べる")
        self.keep_button = inline_button("ひな形として残す")
        master = Panel("ひな形")
        master.put(self.origin, FlowRow(self.master_button, self.compare_button, self.keep_button))
        in_column(agreed, master, None, owner=self, spacing=12)

    def show_view(self, view: SurveyView) -> None:
        """Show whether and when the questions were agreed, and what can still be done."""
        survey = view.survey
        if survey is None:
            return
        frozen = survey.frozen_at is not None
        self.clause_note.setText(view.clause)
        if survey.fixed_on is not None:
            agreed = short_date_or("", survey.agreed_on, self._today)
            self.state_badge.show_status(STATE_BADGES["設問決定"], "設問決定")
            self.words.show_text(f"**{agreed}** の協議で決定しました。この実施回だけの設問です。")
        else:
            self.state_badge.show_status("協議中")
            self.words.show_text(_AGREEMENT_NOTES[view.event.form].format(kind=view.event.kind_words))
        self.fix_button.setVisible(survey.fixed_on is None and not frozen)
        self.discard_button.setVisible(not view.responses and not frozen)

    def show_origin(self, origin: Origin) -> None:
        """Show the master of the questions, and whether they still equal it."""
        master = origin.questionnaire
        for button in (self.master_button, self.compare_button):
            button.setVisible(master is not None)
        if master is None:
            self.origin.show_text("ひな形からではない設問です。つぎの回や年度でも使うときは、ひな形として残せます。")
            return
        same = "ひな形と同じ設問です。" if origin.is_unchanged else "ひな形とは違うところがあります。"
        self.origin.show_text(
            f"**{year_words(master.fiscal_year)}{master.name}** から使いました。{same}"
            "ひな形を直しても、この実施回の設問は変わりません。"
        )


class HandoutPanel(QWidget):
    """The number of sheets needed, and the online form.

    Signals: ``change_asked()`` edit numbers, address and closing day; ``print_asked(bool)`` print the sheet (True = the
    large one).
    """

    change_asked = Signal()
    print_asked = Signal(bool)

    def __init__(self, *, today: date, parent: QWidget):
        super().__init__(parent)
        self._today = today
        self.handout = Paragraph()
        self.change_button = with_accessible_name(
            inline_button("直す", self.change_asked.emit), "配布とオンラインを直す"
        )
        self.print_button = Button(
            "用紙を印刷・保存", lambda: self.print_asked.emit(False), icon_name="printer", low=True
        )
        self.large_button = Button(
            "拡大版を印刷・保存", lambda: self.print_asked.emit(True), icon_name="printer", low=True
        )
        paper = Panel("用紙の配布")
        paper.put_in_head(self.change_button)
        paper.put(
            self.handout,
            FlowRow(self.print_button, self.large_button),
            small_label("両面で印刷します。1部が1枚の表と裏に収まります。"),
        )
        self.online = Paragraph()
        self.warnings = NoteBox(tone="amber")
        self.text_button = Button("フォームに入れる文面を表示", icon_name="copy", low=True)
        self.save_button = Button("設問の一覧をExcelで保存", icon_name="export", low=True)
        form = Panel("オンラインのフォーム")
        form.put(
            self.online,
            self.warnings,
            FlowRow(self.text_button, self.save_button),
            small_label("このアプリからは送信しません。受託者が使うフォームに、同じ文を貼り付けて作ります。"),
        )
        in_column(paper, form, None, owner=self, spacing=12)

    def show_view(self, view: SurveyView) -> None:
        """Show the data of the online form and of the sheets handed out."""
        survey = view.survey
        if survey is None:
            return
        self.change_button.setEnabled(survey.frozen_at is None)
        close = short_date_or("まだ", survey.online_close, self._today)
        self.online.show_text(f"フォームのURL　**{survey.online_url or 'まだ'}**\n回答の締切　**{close}**")
        self._distributed_text = f"{survey.distributed}枚" if survey.distributed is not None else "まだ"
        self.large_button.setVisible(survey.large_copies > 0)

    def show_copies(self, copies: QuestionnaireCopies) -> None:
        """Show how many sheets are needed, beside those handed out; call ``show_view`` before."""
        self.handout.show_text(f"必要な部数　**{copies.words}**\n配布した枚数　**{self._distributed_text}**")

    def show_definition(self, definition: FormDefinition) -> None:
        """Show warnings about the form's address, and on the button that questions are not fixed."""
        self.warnings.show_text("\n".join(definition.warnings))
        self.text_button.setToolTip(
            ""
            if definition.is_fixed
            else "設問がまだ決定していません。決まってからフォームを作ると、直さずにすみます。"
        )
