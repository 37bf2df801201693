"""One master: its questions beside their sheet, when it was agreed, and which events took it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.screens.leaving_dialog import SaveDialog
from app.subjects.surveys.questions.parts.form_dialog import Done, Failed, FormDialog
from app.subjects.surveys.questions.parts.survey_words import year_words
from app.subjects.surveys.questions.screens.library_fields import agreed_fields, master_fields
from app.subjects.surveys.questions.screens.library_panel import MasterPanel
from app.subjects.surveys.questions.screens.question_bench import QuestionBench
from app.subjects.surveys.questions.services import questionnaires
from app.subjects.surveys.questions.services.questionnaire_files import export_questionnaire, name_file
from app.subjects.surveys.questions.services.questionnaires import QuestionnaireView, set_master_questions
from app.widgets.failure_dialog import note_failure
from app.widgets.kind_square import KindSquare
from app.widgets.labels import Link, label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row as side_by_side
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Question
from db.store import Store

PANEL = "協議・使用"


class LibraryMaster(QWidget):
    """Writes a master. Signals: ``back_asked()`` to the list; ``compare_asked(int)`` with another version."""

    back_asked = Signal()
    compare_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._view: QuestionnaireView | None = None
        self.problem = NoteBox()
        self.note = NoteBox(tone="accent")
        self.kind = KindSquare("講習会")
        self.title = label("", "h1", wrap=True)
        self.panel = MasterPanel(today=desk.today())
        self.bench = QuestionBench(desk, save=self._save, sides=((PANEL, self.panel),))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.back = Link("設問のひな形", self.back_asked.emit)
        head = side_by_side(self.back, label("›", "small"), self.kind, spacing=6)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.note)
        column.addWidget(self.bench, 1)
        self.bench.refused.connect(self._refuse)
        self.panel.agree_asked.connect(self.agree)
        self.panel.withdraw_asked.connect(
            lambda: self._write(
                with_store(
                    questionnaires.agree_questionnaire, questionnaire_id=self._id(), agreed_on=None, **self.desk.signed
                )
            )
        )
        self.panel.describe_asked.connect(self.describe)
        self.panel.compare_asked.connect(lambda: self.compare_asked.emit(self._id()))
        self.panel.export_asked.connect(self.export)
        self.panel.event_asked.connect(lambda event_id: self.desk.go("survey", event_id=event_id, page="設問"))

    def show_view(self, view: QuestionnaireView) -> None:
        """Show a master."""
        self._view = view
        master = view.questionnaire
        self.problem.say("")
        self.kind.show_kind(master.kind)
        self.title.setText(f"{year_words(master.fiscal_year)}{master.name}")
        self.note.say(
            "使わないことにしたひな形です。直すときは、一覧で使うひな形に戻してください。" if master.archived else ""
        )
        self.bench.show_set(master.questions, locked=False, fixed=master.archived, questionnaire_id=master.id)
        self.panel.show_view(view)

    @property
    def unfinished(self) -> str:
        """What is half typed, in words, or empty."""
        return "書きかけの設問があります。保存するか、やめてから移ってください。" if self.bench.unfinished else ""

    def agree(self) -> None:
        """Ask for the day and with whom, and mark the master as agreed."""
        if self._view is None:
            return
        master, today = self._view.questionnaire, self.desk.today()
        FormDialog(
            "協議済にする",
            agreed_fields(today),
            {"agreed_on": master.agreed_on or today, "agreed_with": master.agreed_with},
            verb="協議済にする",
            text=f"「{master.name}」の{len(master.questions)}問を、受託者と協議した設問とします。あとで設問を直すと、印は外れます。",
            save=lambda values, done, failed: self._write(
                with_store(
                    questionnaires.agree_questionnaire, questionnaire_id=self._id(), **values, **self.desk.signed
                ),
                done=done,
                failed=failed,
            ),
            fiscal_year=self.desk.fiscal_year,
            parent=self,
        ).open()

    def describe(self) -> None:
        """Change name, kind, year and note."""
        if self._view is None:
            return
        master = self._view.questionnaire
        FormDialog(
            "ひな形の名称などを直す",
            master_fields(self.desk.fiscal_year, master.fiscal_year),
            {"name": master.name, "kind": master.kind, "fiscal_year": master.fiscal_year, "note": master.note},
            verb="保存する",
            save=lambda values, done, failed: self._write(
                with_store(
                    questionnaires.describe_questionnaire, questionnaire_id=self._id(), **values, **self.desk.signed
                ),
                done=done,
                failed=failed,
            ),
            fiscal_year=self.desk.fiscal_year,
            parent=self,
        ).open()

    def export(self, ending: str) -> None:
        """Ask where to and write the master as a file; ``ending`` 「.xlsx」 or 「.json」."""
        if self._view is None:
            return
        master = self._view.questionnaire
        told = "1行に1問です。直したものを「ファイルから読み込む」で戻せます。"
        if ending == ".json":
            told = "集計のコマンドや、ほかのデータフォルダーで使える形です。"
        SaveDialog(
            self.desk,
            "ひな形を書き出す",
            master.name,
            stem=name_file(master),
            ending=ending,
            personal="",
            plain_only=ending == ".json",
            change=lambda leaving: with_store(
                export_questionnaire, questionnaire_id=master.id, **leaving, **self.desk.signed
            ),
            told=told,
            parent=self.window(),
        ).open()

    def _id(self) -> int:
        return self._view.questionnaire.id if self._view is not None else 0

    def _save(self, questions: tuple[Question, ...], done: Done, failed: Failed) -> None:
        self._write(
            with_store(set_master_questions, questionnaire_id=self._id(), questions=questions, **self.desk.signed),
            done=done,
            failed=failed,
        )

    def _write(
        self, change: Callable[[Store], object], *, done: Done | None = None, failed: Failed | None = None
    ) -> None:
        self.problem.say("")
        self.desk.write(
            change,
            done,
            owner=self,
            failed=failed or self._refuse,
        )

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.problem)
