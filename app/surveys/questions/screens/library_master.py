"""One master, with questions and sheet, agreement, the events using it, and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.save_dialog import SaveDialog
from app.surveys.questions.parts import event_words, future_day_problem, year_words
from app.surveys.questions.screens.question_workspace import UNSAVED_QUESTION, QuestionWorkspace
from app.surveys.questions.services import questionnaires
from app.surveys.questions.services.questionnaire_files import export_questionnaire, file_name_for
from app.surveys.questions.services.questionnaires import QuestionnaireView, UsingEvent, update_master_questions
from app.widgets.action_mixin import ActionMixin
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Link, Paragraph, label, small_label, wrapped_label
from app.widgets.layouts import add, column_of, in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import widget_row as side_by_side
from app.window.app_context import AppContext, bind_action
from db.records.programme import EventKind
from db.records.surveys import Question, Questionnaire

_NAME = record_field(Questionnaire, "name", width=360)
AGREEMENT_TAB = "協議・使用"


def year_field(*known: int | None) -> Field:
    """Return the field for a master's year, from two before to three after the known ones."""
    years = [year for year in known if year]
    choices = tuple((year, fiscal_year_words(year)) for year in range(min(years) - 2, max(years) + 4))
    return record_field(Questionnaire, "fiscal_year", kind="choice", choices=choices, optional=False)


def _kind_field(kinds: Sequence[EventKind]) -> Field:
    return record_field(Questionnaire, "kind", kind="radio", choices=tuple((one.kind, one.name) for one in kinds))


def master_fields(
    kinds: Sequence[EventKind], fiscal_year: int, *known: int | None, ask_start: bool = False
) -> tuple[Field, ...]:
    """Return fields for name, kind, year (``known`` = the current one) and note; ``ask_start`` adds the start."""
    begin = Field(
        "from_default",
        "はじめの設問",
        "radio",
        choices=((True, "標準の10問から始める"), (False, "空から始める")),
    )
    note = record_field(Questionnaire, "note", kind="lines", lines=2)
    fields = (_NAME, _kind_field(kinds), year_field(fiscal_year, *known))
    return (*fields, begin, note) if ask_start else (*fields, note)


def copy_fields(*years: int | None) -> tuple[Field, ...]:
    """Return fields for name and year of a copied master."""
    return (_NAME, year_field(*years))


def import_fields(kinds: Sequence[EventKind], *years: int | None) -> tuple[Field, ...]:
    """Return fields for name, kind and year of an imported set."""
    return (_NAME, _kind_field(kinds), year_field(*years))


def agreed_fields(today: date) -> tuple[Field, ...]:
    """Return fields for when a master was agreed, and with whom."""
    return (
        Field("agreed_on", "協議した日", "date", width=96, rule=lambda day: future_day_problem(day, today)),
        record_field(Questionnaire, "agreed_with", width=320, placeholder="受託者の業務責任者"),
    )


class MasterPanel(QWidget):
    """Beside a master's questions its agreement, the events using it, and export.

    Signals: ``export_asked(str)`` with the ending of the file; ``event_asked(int)`` an event using the master.
    """

    export_asked = Signal(str)
    event_asked = Signal(int)

    def __init__(self, *, today: date):
        super().__init__()
        self._today = today
        self.state_badge = Badge("協議中")
        self.words = Paragraph()
        self.agree_button = inline_button("協議済にする")
        self.withdraw_button = inline_button("協議済の印を外す")
        agreed = Panel("協議")
        agreed.put_in_head(self.state_badge)
        agreed.put(self.words, FlowRow(self.agree_button, self.withdraw_button))
        self.description = Paragraph()
        self.describe_button = inline_button("名称などを直す")
        self.compare_button = inline_button("ほかの版と比べる")
        told = Panel("このひな形")
        told.put(self.description, FlowRow(self.describe_button, self.compare_button))
        used = Panel("使った実施回")
        self._usage_list = in_column(spacing=4)
        used.put(self._usage_list)
        self.xlsx_button = Button(
            "Excelで書き出す", lambda: self.export_asked.emit(".xlsx"), icon_name="export", low=True
        )
        self.json_button = inline_button("集計用のファイルで書き出す", lambda: self.export_asked.emit(".json"))
        files = Panel("ファイル")
        files.put(FlowRow(self.xlsx_button, self.json_button))
        in_column(agreed, used, told, files, None, owner=self, spacing=12)
        self._parts: list[QWidget] = []

    def show_view(self, view: QuestionnaireView) -> None:
        """Show the state of a master and the events that use it."""
        master = view.questionnaire
        agreed = master.agreed_on is not None
        if master.agreed_on is not None:
            self.state_badge.show_status("済", "協議済")
            partner = fill_nonempty("{}と", master.agreed_with)
            self.words.show_text(
                f"**{short_date(master.agreed_on, self._today)}** に{partner}協議しました。設問を直すと印は外れます。"
            )
        else:
            self.state_badge.show_status("協議中", "協議前")
            self.words.show_text(
                "受託者と協議したら、日付を入れて協議済にします。実施回では、回ごとに設問を決定します。"
            )
        self.agree_button.setVisible(not agreed)
        self.withdraw_button.setVisible(agreed)
        for button in (self.agree_button, self.withdraw_button, self.describe_button):
            button.setEnabled(not master.archived)
        note = fill_nonempty("\n{}", master.note)
        kind = next((one.name for one in view.kinds if one.kind == master.kind), master.kind)
        self.description.show_text(f"**{year_words(master.fiscal_year)}{master.name}**（{kind}）{note}")
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = [self._line(one) for one in view.using_events]
        if not view.using_events:
            self._parts = [small_label("まだ使われていません。実施回の「アンケート」の設問で選べます。")]
        for part in self._parts:
            self._usage_list.addWidget(part)

    def _line(self, using_event: UsingEvent) -> QWidget:
        """Build the line of one event that uses the questionnaire, with a link that emits ``event_asked``."""
        told = (
            "いまのひな形と同じ設問" if using_event.is_unchanged else "いまのひな形とは違う設問（実施回のまま残ります）"
        )
        return column_of(
            Link(event_words(using_event.event, self._today), lambda: self.event_asked.emit(using_event.event.id)),
            small_label(told),
            spacing=0,
        )


class LibraryMaster(ActionMixin, QWidget):
    """Page of one master, with questions, sheet, agreement and events.

    Signals: ``back_asked()`` to the list; ``compare_asked(int)`` with another version.
    """

    back_asked = Signal()
    compare_asked = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: QuestionnaireView  # set by ``show_view``, before anybody sees the page
        self.problem = NoteBox()
        self.note = NoteBox()
        self.kind = KindSquare()
        self.title = wrapped_label("", "h1")
        self.panel = MasterPanel(today=app_context.today())
        self.question_workspace = QuestionWorkspace(
            app_context, save_questions=self._save, side_pages=((AGREEMENT_TAB, self.panel),)
        )
        column = in_column(owner=self, spacing=8)
        self.back = Link("設問のひな形", self.back_asked.emit)
        head = side_by_side(self.back, label("›", "small"), self.kind, spacing=6)
        head.addWidget(self.title, 1)
        add(column, head, self.problem, self.note, (self.question_workspace, 1))
        self.question_workspace.save_failed.connect(self.show_error)
        self.question_workspace.editor_closed.connect(lambda: self.problem.show_text(""))
        self.panel.agree_button.chosen.connect(self.mark_agreed)
        self.panel.withdraw_button.chosen.connect(
            lambda: self.run_action(
                questionnaires.mark_questionnaire_agreed,
                questionnaire_id=self._id(),
                agreed_on=None,
            )
        )
        self.panel.describe_button.chosen.connect(self.edit_description)
        self.panel.compare_button.chosen.connect(lambda: self.compare_asked.emit(self._id()))
        self.panel.export_asked.connect(self.export)
        self.panel.event_asked.connect(lambda event_id: self.go("survey", event_id=event_id, page="設問"))

    def show_view(self, view: QuestionnaireView) -> None:
        """Show a master with its questions and, beside them, its state."""
        self._view = view
        master = view.questionnaire
        self.problem.show_text("")
        self.kind.show_kind(master.kind)
        self.title.setText(f"{year_words(master.fiscal_year)}{master.name}")
        self.note.show_text(
            "使わないことにしたひな形です。直すときは、一覧で使うひな形に戻してください。" if master.archived else ""
        )
        self.question_workspace.show_questions_of(
            master.questions, is_wording_only=False, is_read_only=master.archived, questionnaire_id=master.id
        )
        self.panel.show_view(view)

    @property
    def unsaved_words(self) -> str:
        """Return the message about a half-typed question, "" without one."""
        return (
            "書きかけの設問があります。保存するか、やめてから移ってください。"
            if self.question_workspace.has_unsaved_question
            else ""
        )

    def mark_agreed(self) -> None:
        """Open a dialog for day and partner, which marks the master as agreed; not with a half-typed question."""
        if self.question_workspace.has_unsaved_question:
            self.problem.show_text(UNSAVED_QUESTION, tone="amber")
            self.question_workspace.focus_questions()
            return
        master, today = self._view.questionnaire, self.today
        FormDialog(
            self,
            "協議済にする",
            main="協議済にする",
            fields=agreed_fields(today),
            values={"agreed_on": master.agreed_on or today, "agreed_with": master.agreed_with},
            change=lambda values: bind_action(
                questionnaires.mark_questionnaire_agreed, questionnaire_id=self._id(), **values
            ),
            text=f"「{master.name}」の{len(master.questions)}問を、受託者と協議した設問とします。"
            f"あとで設問を直すと、印は外れます。",
        ).open()

    def edit_description(self) -> None:
        """Open a dialog that changes name, kind, year and note of the master."""
        master = self._view.questionnaire
        FormDialog(
            self,
            "ひな形の名称などを直す",
            fields=master_fields(self._view.kinds, self.fiscal_year, master.fiscal_year),
            values=master,
            change=lambda values: bind_action(questionnaires.update_description, questionnaire_id=self._id(), **values),
        ).open()

    def export(self, ending: str) -> None:
        """Open the dialog that saves the master as a file; ``ending`` 「.xlsx」 or 「.json」."""
        master = self._view.questionnaire
        told = "1行に1問です。直したものを「ファイルから読み込む」で戻せます。"
        if ending == ".json":
            told = "集計のコマンドや、ほかのデータフォルダーで使える形です。"
        SaveDialog(
            self.window(),
            "ひな形を書き出す",
            master.name,
            stem=file_name_for(master),
            ending=ending,
            personal="",
            plain_only=ending == ".json",
            change=lambda options: bind_action(export_questionnaire, questionnaire_id=master.id, options=options),
            intro=told,
        ).open()

    def _id(self) -> int:
        return self._view.questionnaire.id

    def _save(
        self,
        questions: tuple[Question, ...],
        on_saved: Callable[[object], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self.problem.show_text("")
        self.run_change(
            bind_action(update_master_questions, questionnaire_id=self._id(), questions=questions),
            on_saved,
            failed=on_failed,
        )
