"""Before a file is chosen: where the online form stands, how to hand a file in, and the imports so far as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.together import together
from app.subjects.surveys.answers.services.survey_import import RECOUNT
from app.subjects.surveys.answers.services.survey_preview import RowOutcome
from app.subjects.surveys.questions.parts.survey_pages import page_heading
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.services.survey_entry import answer_words
from app.widgets.buttons import link_button, main_button
from app.widgets.forms.recent_files import RecentFilesBar
from app.widgets.labels import Paragraph, section
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.fitted_table import FittedTable, past_import_columns
from app.widgets.lists.record_model import Cell, Column, RowAction, SheetPart
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.desk import Desk
from db.records.surveys import Answer, Question, SurveyImport


def preview_columns(questions: Sequence[Question], today: date) -> tuple[Column, ...]:
    """The columns of the preview: line, outcome, time, the first answers; the reason stands below a row."""
    told = _telling(questions)
    return (
        Column(
            "row",
            "行",
            show=lambda row: Cell(str(row.line), tone="second"),
            align="right",
            sort=lambda row: row.row,
            width=48,
        ),
        Column(
            "outcome",
            "結果",
            show=_outcome,
            parts=(
                SheetPart("結果", show=lambda row: row.outcome),
                SheetPart("理由", show=lambda row: row.reason),
                SheetPart("決めたこと", show=lambda row: row.decision),
                SheetPart("知っておくこと", show=lambda row: row.note),
            ),
        ),
        Column(
            "time",
            "回答日時",
            show=lambda row: Cell(_stamp(row, today), tone="second" if row.outcome == "重複" else ""),
            sort=lambda row: row.answered_at,
        ),
        Column(
            "answers",
            "回答",
            show=lambda row: _answers(row, told),
            stretch=True,
            narrow=False,
            parts=[_answer_part(place, one) for place, one in enumerate(questions, 1)],
        ),
    )


def row_action(row: RowOutcome) -> RowAction | None:
    """A row with a doubt asks to be decided; one that was decided can be decided otherwise."""
    if not row.doubts:
        return None
    return RowAction(text="決める" if row.outcome == "確認が必要" else "決め直す")


def _answer_part(place: int, question: Question) -> SheetPart:
    def told(row: RowOutcome) -> str:
        return answer_words(question, row.answers.get(question.code, Answer()))

    return SheetPart(f"問{place} {printed_title(question)}", show=told)


def _outcome(row: RowOutcome) -> Cell:
    return Cell("", badge=row.outcome)


def below_words(row: RowOutcome) -> tuple[str, str]:
    """What stands under a row: why it is not simply new, what was decided, what is worth knowing; and its colour."""
    decided = f"決めたこと　{row.decision}" if row.decision else ""
    left = "" if row.counted else "集計に入れない"
    words = together(row.reason, decided, left, row.note)
    return words, t.AMBER if row.outcome == "確認が必要" else t.SECOND


def _telling(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Two questions by which a person recognises an answer: the satisfaction first, then the first ones."""
    first = [question for question in questions if question.role == "satisfaction"]
    rest = [question for question in questions if question.type == "SA" and question not in first]
    return tuple([*first, *rest][:2])


def _answers(row: RowOutcome, told: Sequence[Question]) -> Cell:
    if row.outcome == "取り込まない":
        return Cell("—", tone="second")
    words = [answer_words(question, row.answers.get(question.code, Answer())) for question in told]
    return Cell("、".join(words), tone="second" if row.outcome == "重複" else "")


def _stamp(row: RowOutcome, today: date) -> str:
    if row.answered_at is None:
        return "日時なし"
    return f"{short_date(row.answered_at.date(), today)} {row.answered_at:%H:%M}"


def import_action(row: SurveyImport) -> RowAction:
    """Every import can be taken back; the record of a recount holds nothing and is taken away."""
    return RowAction(text="この記録を消す" if row.reason.startswith(RECOUNT) else "取り込みを取り消す")


def counts_words(row: SurveyImport) -> str:
    """「新規 12・確認が必要 2」; a recount says that it took nothing in."""
    if row.reason.startswith(RECOUNT):
        return f"{RECOUNT}（取り込んでいません）"
    parts = [
        f"{word} {count}"
        for word, count in (
            ("新規", row.new),
            ("確認が必要", row.needs_check),
            ("重複", row.duplicate),
            ("取り込まない", row.skipped),
        )
        if count
    ]
    return "・".join(parts)


def _counts(row: SurveyImport) -> Cell:
    lines = row.reason.splitlines()
    if row.reason.startswith(RECOUNT):
        return Cell(counts_words(row), lines[0].removeprefix(RECOUNT).strip())
    said = ("決めたこと：", "取り込まない：")
    told = [line if line.startswith(said) else f"理由　{line}" for line in lines[:2]]
    more = f"　ほか{len(lines) - 2}行" if len(lines) > 2 else ""
    return Cell(counts_words(row), "　".join(told) + more)


class ImportStart(QWidget):
    """The start of an import.

    Signals: ``file_asked()``; ``file_chosen(Path)`` one of those that have just been saved;
        ``undo_asked(SurveyImport)``; ``record_asked(SurveyImport)``; ``page_asked(str)`` 回答
    or 集計.
    """

    file_asked = Signal()
    file_chosen = Signal(object)
    undo_asked = Signal(object)
    record_asked = Signal(object)
    page_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.recent = RecentFilesBar(desk, (".csv", ".xlsx"))
        self.recent.taken.connect(lambda one: self.file_chosen.emit(one.path))
        self.recent.looked.connect(self._begin_at_the_newest)
        self.result = NoteBox()
        self._doubtful = 0
        self.to_sheets = link_button("回答一覧で確かめる", lambda: self.page_asked.emit("回答"))
        self.to_tally = link_button("集計を見る", lambda: self.page_asked.emit("集計"))
        self.result.put(self.to_sheets)
        self.result.put(self.to_tally)
        self.problem = NoteBox()
        self.choose_button = main_button("回答のファイルを選ぶ", self.file_asked.emit, icon_name="upload-simple")
        self.imports = FittedTable(
            "survey_imports",
            past_import_columns(desk.today(), _counts),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=import_action,
            hint="Enter で記録を見る",
        )
        self.imports.acted.connect(self.undo_asked)
        self.past = QWidget()
        in_column(section("これまでの取り込み"), self.imports, owner=self.past, spacing=12)
        self.past.hide()
        self.imports.opened.connect(self.record_asked)
        self.frozen = NoteBox()
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        column = in_column(page_heading("オンライン回答の取り込み"), owner=inside, spacing=12)
        for note in (self.result, self.problem, self.frozen):
            column.addWidget(note)
        panel = Panel()
        panel.put(
            Paragraph(
                "Google フォーム、Microsoft Forms、LoGoフォーム、電子申請などで「回答をダウンロード」した"
                "**CSVかExcelブック**を選ぶか、ここへ置いてください。取り込む前に、1行ずつ結果を確かめられます。"
            ),
            in_row(self.choose_button, None),
            self.recent,
            Paragraph(
                "同じファイルをもう一度取り込んでも、増えたり変わったりしません。"
                "翌週のファイルは、新しい回答だけが加わります。氏名やメールなどの列は保存しません。",
                role="small",
            ),
        )
        add(column, panel, self.past, None)
        in_column(scrolling(inside), owner=self)

    def show_view(self, view: SurveyView) -> None:
        """Show the imports; a frozen survey says that a reason will be asked."""
        frozen = view.survey is not None and view.survey.frozen_at is not None
        self.frozen.say(
            "集計が確定しています。新しい回答を加えるときは、理由を書きます（集計に残ります）。" if frozen else "",
            tone="amber",
        )
        self.imports.show_rows(view.imports)
        self.past.setVisible(bool(view.imports))
        if self._doubtful and not view.doubtful:
            self._offer(0)

    def say_result(self, sentence: str, *, doubtful: int = 0) -> None:
        """Say how the import came out and how many answers are ``doubtful``; an empty text hides it."""
        self._offer(doubtful)
        self.problem.say("")
        self.result.say(sentence, tone="accent")

    def _offer(self, doubtful: int) -> None:
        self._doubtful = doubtful
        self.to_sheets.set_words(f"確認が必要な{doubtful}件を決める" if doubtful else "回答一覧で確かめる")

    def take_focus(self) -> None:
        """What comes next: the answers to be decided where there are any, else the file."""
        (self.to_sheets if self._doubtful else self.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self._begin_at_the_newest()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here has just saved what is to be taken in."""
        super().showEvent(event)
        self.recent.look()

    def _begin_at_the_newest(self) -> None:
        """What has just been saved is most likely what is to be taken in; it is looked at before anything is kept."""
        if self.choose_button.hasFocus() and not self.recent.isHidden():
            self.recent.setFocus(Qt.FocusReason.OtherFocusReason)
