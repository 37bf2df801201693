"""The start of an import, with the online form's URL, ways to pass a file, and earlier imports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.surveys.answers.services.survey_import import RECOUNT
from app.surveys.answers.services.survey_preview import NOT_COUNTED, RowOutcome
from app.surveys.data_entry.services import answer_words
from app.surveys.questions.parts import PageHeading
from app.surveys.questions.rules import printed_title
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.buttons import link_button, main_button
from app.widgets.forms.recent_files import RecentFilesBar
from app.widgets.labels import Paragraph, section
from app.widgets.layouts import add, column_of, in_column
from app.widgets.lists.fitted_table import FittedTable, import_history_columns
from app.widgets.lists.record_model import Cell, Column, ExportColumn, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.surveys import Question, SurveyImport, SurveyResponse


def preview_columns(questions: Sequence[Question], today: date) -> tuple[Column, ...]:
    """Return the columns of the preview (line, outcome, time, first answers), with the reason below."""
    told = _identifying_questions(questions)
    return (
        Column(
            "row",
            "行",
            show=lambda row: Cell(str(row.spreadsheet_row), tone="second"),
            align="right",
            sort=lambda row: row.row,
            width=48,
        ),
        Column(
            "outcome",
            "結果",
            show=_outcome,
            export_parts=(
                ExportColumn("結果", show=lambda row: row.outcome),
                ExportColumn("理由", show=lambda row: row.reason),
                ExportColumn("決めたこと", show=lambda row: row.decision),
                ExportColumn("知っておくこと", show=lambda row: row.note),
            ),
        ),
        Column(
            "time",
            "回答日時",
            show=lambda row: Cell(_time_text(row, today), tone="second" if row.outcome == "重複" else ""),
            sort=lambda row: row.answered_at,
        ),
        Column(
            "answers",
            "回答",
            show=lambda row: _answers(row, told),
            stretch=True,
            narrow=False,
            export_parts=answer_columns(questions),
        ),
    )


def row_action(row: RowOutcome) -> RowAction | None:
    """Return the action of a doubtful row, to decide it or decide it again; None for any other."""
    if not row.doubts:
        return None
    return RowAction(text="決める" if row.outcome == "確認が必要" else "決め直す")


def _answer_of(question: Question, row: Any) -> str:
    return answer_words(question, row.answers)


def answer_columns(questions: Sequence[Question]) -> list[ExportColumn]:
    """Return an export column for each question, of rows with ``answers``."""
    return [
        ExportColumn(f"問{place} {printed_title(one)}", show=partial(_answer_of, one))
        for place, one in enumerate(questions, 1)
    ]


def _outcome(row: RowOutcome) -> Cell:
    return Cell(NOT_COUNTED) if row.word == NOT_COUNTED else Cell(badge=row.word)


def row_detail_words(row: RowOutcome) -> tuple[str, str]:
    """Return the text below a row (why it is not new, the decision, remarks) and its colour."""
    decided = fill_nonempty("決めたこと　{}", row.decision)
    left = "" if row.counted else NOT_COUNTED
    words = join_nonempty(row.reason, decided, left, row.note)
    return words, t.AMBER if row.outcome == "確認が必要" else t.INK_SECONDARY


def _identifying_questions(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return two questions by which a person recognises an answer, satisfaction first."""
    first = [question for question in questions if question.asks_satisfaction]
    rest = [question for question in questions if question.type.takes_one and question not in first]
    return tuple([*first, *rest][:2])


def _answers(row: RowOutcome, questions: Sequence[Question]) -> Cell:
    """Return the cell of the answers to ``questions``; 「—」 for a row that is not imported."""
    if row.outcome == "取り込まない":
        return Cell("—", tone="second")
    words = [answer_words(question, row.answers) for question in questions]
    return Cell("、".join(words), tone="second" if row.outcome == "重複" else "")


def _time_text(row: RowOutcome, today: date) -> str:
    """Return when the answer was given, by the file: 「9/30(水) 15:40」, or 「日時なし」."""
    if row.answered_at is None:
        return "日時なし"
    return f"{short_date(row.answered_at.date(), today)} {row.answered_at:%H:%M}"


def import_action(row: SurveyImport) -> RowAction:
    """Return the action of an import, to undo it, or to delete the record of a recount."""
    return RowAction(text="この記録を消す" if row.reason.startswith(RECOUNT) else "取り込みを取り消す")


def counts_words(row: SurveyImport, responses: Iterable[SurveyResponse]) -> str:
    """Return 「新規 12・確認が必要 2・うち集計に入れない 1」, or that a recount imported nothing."""
    if row.reason.startswith(RECOUNT):
        return f"{RECOUNT}（取り込んでいません）"
    left = sum(one.import_id == row.id and not one.counted for one in responses)
    parts = [
        f"{word} {count}"
        for word, count in (
            ("新規", row.new),
            ("確認が必要", row.needs_check),
            ("重複", row.duplicate),
            ("取り込まない", row.skipped),
            (f"うち{NOT_COUNTED}", left),
        )
        if count
    ]
    return "・".join(parts)


def _counts(row: SurveyImport, words: str) -> Cell:
    """Return the cell of an import's counts, with its reason and decisions below."""
    lines = row.reason.splitlines()
    if row.reason.startswith(RECOUNT):
        return Cell(words, lines[0].removeprefix(RECOUNT).strip())
    said = ("決めたこと：", "取り込まない：")
    told = [line if line.startswith(said) else f"理由　{line}" for line in lines[:2]]
    more = and_others(lines, 2, "　ほか{}行")
    return Cell(words, "　".join(told) + more)


class ImportStart(QWidget):
    """Start page of an import, with the choice of a file and the imports so far.

    Signals: ``file_chosen(Path)`` a recently saved file; ``undo_asked(SurveyImport)``; ``record_asked(SurveyImport)``;
    ``page_asked(str)`` 回答 or 集計.
    """

    file_chosen = Signal(object)
    undo_asked = Signal(object)
    record_asked = Signal(object)
    page_asked = Signal(str)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.recent_files = RecentFilesBar(app_context, (".csv", ".xlsx"))
        self.recent_files.file_chosen.connect(lambda one: self.file_chosen.emit(one.path))
        self.recent_files.list_updated.connect(self._select_newest_file)
        self.result = NoteBox()
        self._doubtful = 0
        self._responses: Sequence[SurveyResponse] = ()
        self.responses_button = link_button("", lambda: self.page_asked.emit("照合" if self._doubtful else "回答"))
        self.tally_button = link_button("集計を見る", lambda: self.page_asked.emit("集計"))
        self.result.put(self.responses_button)
        self.result.put(self.tally_button)
        self.problem = NoteBox()
        self.choose_button = main_button("回答のファイルを選ぶ", icon_name="upload-simple")
        self.imports = FittedTable(
            "survey_imports",
            import_history_columns(app_context.today(), lambda row: _counts(row, counts_words(row, self._responses))),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=import_action,
            hint="Enter で記録を見る",
            names_people=False,
            on_open=self.record_asked.emit,
            on_act=self.undo_asked.emit,
        )
        self.past = column_of(section("これまでの取り込み"), self.imports, spacing=12)
        self.past.hide()
        self.frozen_note = NoteBox()
        self._build()

    def _build(self) -> None:
        """Lay out the choice of a file and the imports so far."""
        inside = QWidget()
        column = in_column(
            PageHeading("オンライン回答の取り込み"),
            self.result,
            self.problem,
            self.frozen_note,
            owner=inside,
            spacing=12,
        )
        panel = Panel()
        panel.put(
            Paragraph(
                "Google フォーム、Microsoft Forms、LoGoフォーム、電子申請などで「回答をダウンロード」した"
                "**CSVかExcelブック**を選ぶか、ここへ置いてください。取り込む前に、1行ずつ結果を確かめられます。"
            ),
            self.recent_files,
            Paragraph(
                "同じファイルをもう一度取り込んでも、増えたり変わったりしません。"
                "翌週のファイルは、新しい回答だけが加わります。氏名やメールなどの列は保存しません。",
                role="small",
            ),
        )
        add(column, panel, self.past, None)
        in_column(in_scroll_area(inside), owner=self)

    def show_view(self, view: SurveyView) -> None:
        """Show the imports made so far; once the tally is fixed, say that a reason is needed."""
        frozen = view.survey is not None and view.survey.frozen_at is not None
        self.frozen_note.show_text(
            "集計が確定しています。新しい回答を加えるときは、理由を書きます（集計に残ります）。" if frozen else "",
            tone="amber",
        )
        self._responses = view.responses
        self.imports.show_rows(view.imports)
        self.past.setVisible(bool(view.imports))
        if self._doubtful and not view.doubtful_responses:
            self._update_buttons(0)

    def show_result(self, text: str, *, doubtful: int = 0) -> None:
        """Show the result of an import with the number of ``doubtful`` answers; "" hides it. Hides the last problem."""
        self._update_buttons(doubtful)
        self.problem.show_text("")
        self.result.show_text(text, tone="accent")

    def _update_buttons(self, doubtful: int) -> None:
        """Show on the button to the responses how many are doubtful."""
        self._doubtful = doubtful
        self.responses_button.set_words(f"確認が必要な{doubtful}件を決める" if doubtful else "回答一覧で確かめる")

    def take_focus(self) -> None:
        """Set the focus to the responses to be decided, else to the choice of a file, with the newest one chosen."""
        (self.responses_button if self._doubtful else self.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self._select_newest_file()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for recently saved files when shown."""
        super().showEvent(event)
        self.recent_files.search()

    def _select_newest_file(self) -> None:
        if self.choose_button.hasFocus() and not self.recent_files.isHidden():
            self.recent_files.setFocus(Qt.FocusReason.OtherFocusReason)
