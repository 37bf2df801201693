"""列の対応 (assign columns of an answer file to questions), and the draft of an import; nothing is saved before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.calendar.dates import short_date
from app.foreign_files.workbooks.sheet_stream import column_letters
from app.importing.parts import FileColumn, FileDraft, MappedField, MappingTable
from app.surveys.answers.intake.survey_columns import BADGE, KEEP_AS_TEXT, LEFT_OUT, OTHER_TEXT_PREFIX, SENT_TIME
from app.surveys.answers.services.question_fits import QuestionFit
from app.surveys.answers.services.survey_decisions import AnswerColumn, AnswerDecision, Decisions, DoubtKind, Treatment
from app.surveys.answers.services.survey_preview import ImportPreview
from app.surveys.data_entry.rules import SENT_AGAIN
from app.surveys.questions.parts import PageHeading
from app.surveys.questions.rules import printed_number, printed_title
from app.widgets.buttons import Button, main_button
from app.widgets.focus_keeper import move_focus
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label, small_label, styled_frame
from app.widgets.layouts import column_of, in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area, widget_row
from app.window import theme as t
from db.records.surveys import Question, QuestionType, SurveyResponse

_MAX_COLUMNS = 120
_TYPES = {
    QuestionType.ONE: "単一回答",
    QuestionType.SEVERAL: "複数回答",
    QuestionType.TEXT: "自由回答",
    QuestionType.NUMBER: "数",
}


USUAL_REASONS = (SENT_AGAIN, "試し送信", "別の催しの回答", "何も書かれていない")
"""Why a response is usually left out of the totals."""


class UnmappedColumn:
    """Heading and choice box of one column that is no question."""

    def __init__(self, column: AnswerColumn, questions: Sequence[Question]):
        self.column = column
        self.use_box = ChoiceBox(f"「{column.heading}」の使い方")
        self.use_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.use_box.setMinimumContentsLength(10)
        if not column.is_personal:
            self.use_box.addItem("回答に添えて残す", KEEP_AS_TEXT)
        self.use_box.addItem("保存しない（個人情報）" if column.is_personal else "保存しない", LEFT_OUT)
        self.use_box.addItem("回答した日時", SENT_TIME)
        self.use_box.addItem("再送信を見分ける（保存しない）", BADGE)
        for place, question in enumerate(questions, 1):
            if question.has_other:
                self.use_box.addItem(
                    f"{printed_number(question, place)}のその他の記述", OTHER_TEXT_PREFIX + question.code
                )
        self.use_box.setCurrentIndex(max(0, self.use_box.findData(column.use)))
        self.use_box.setToolTip(self.use_box.currentText())

    def chosen_use(self) -> str:
        """Return the chosen use as ``survey_columns`` has it (「#text」, 「#time」 …), "" = not stored."""
        return str(self.use_box.currentData())


class ImportMapping(QWidget):
    """Page that assigns the columns of one answer file to questions.

    Signals: ``confirmed()`` on to the rows; ``cancelled()`` やめる; ``sheet_chosen(str)``.
    """

    confirmed = Signal()
    cancelled = Signal()
    sheet_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.problem = NoteBox()
        self.explanation = NoteBox(small=True)
        self.table = MappingTable()
        self.unmapped_columns: dict[int, UnmappedColumn] = {}
        self._preview: ImportPreview | None = None
        self.missing = NoteBox(tone="amber")
        self.few_confirmed_box = QCheckBox("列がない設問を、全員の無回答として数える")
        self.few_confirmed_box.clicked.connect(self._update_state)
        self.missing.put(self.few_confirmed_box)
        self.sheet_box = ChoiceBox("表のあるシート", self.sheet_chosen.emit)
        self._sheet_line = QWidget()
        self._sheet_line.setLayout(widget_row(label("シート", "strong"), self.sheet_box, None))
        self.counts = small_label()
        self.accept = Button("", self.table.accept_proposals)
        self.continue_button = main_button("1行ずつ確かめる", self._confirm)
        self.cancel_button = Button("やめる", self.cancelled.emit, tall=True)
        self.table.changed.connect(self._update_state)
        self._build()

    def _build(self) -> None:
        """Lay out the mapped columns and the explanation."""
        outer = in_column(
            PageHeading("オンライン回答の取り込み　列の対応"),
            widget_row(self.counts, None, self.accept, self.continue_button),
            owner=self,
            spacing=8,
        )
        holder = column_of(
            self.problem,
            self.explanation,
            self._sheet_line,
            self.missing,
            self.table,
            None,
            spacing=8,
            margins=(0, 0, 8, 0),
        )
        side = QWidget()
        self._unmapped_panel: QWidget | None = None
        self.anonymous = NoteBox()
        self._side = in_column(self.anonymous, owner=side, spacing=12)
        outer.addWidget(FoldingColumns("設問の列", in_scroll_area(holder), (("設問でない列", side),), wide=280), 1)
        foot = self.foot = styled_frame("footer")
        in_row(
            self.cancel_button,
            (
                small_label("まだ保存していません。決めた対応は、取り込んだあと、同じ様式のファイルで使います。"),
                1,
            ),
            owner=foot,
            spacing=12,
            margins=(12, 12, 12, 12),
        )
        outer.addWidget(foot)

    def show_preview(self, preview: ImportPreview, *, is_confirmed: bool = False) -> None:
        """Show the questions with their (possible) columns; ``is_confirmed`` = a person set them before."""
        self._preview = preview
        self.problem.show_text("")
        self._show_explanation(preview)
        self.few_confirmed_box.setChecked(False)
        self.sheet_box.clear()
        file = preview.survey_file.file
        for name in file.sheets:
            self.sheet_box.addItem(name, name)
        self.sheet_box.setCurrentIndex(self.sheet_box.findData(file.sheet))
        self._sheet_line.setVisible(len(file.sheets) > 1)
        columns = preview.columns[:_MAX_COLUMNS]
        names = [FileColumn(index=one.index, heading=one.heading) for one in columns]
        by_index = {one.index: one for one in names}
        fits = {fit.code: fit for fit in preview.fits}
        self.table.show_fields(
            [
                _field(
                    question, place, fits[question.code], by_index, is_confirmed=is_confirmed or preview.is_remembered
                )
                for place, question in enumerate(preview.survey.questions, 1)
            ],
            names,
            none="列がない（無回答にする）",
        )
        self._show_unmapped(columns, preview.survey.questions)
        self._update_state()

    def _show_explanation(self, preview: ImportPreview) -> None:
        if preview.likely_columns:
            words = (
                f"**見出しの言葉が設問と違う列が{len(preview.likely_columns)}つあります**　言葉の近さと、"
                f"列にある選択肢から提案しました。違うときは選び直してください。"
            )
            self.explanation.show_text(words, tone="amber")
        elif preview.is_remembered:
            self.explanation.show_text("前に同じ様式のファイルで決めた対応を使っています。", tone="accent")
        elif not preview.survey_file.answered_questions:
            words = (
                "**このアンケートの設問と同じ見出しの列が1つもありません**\n"
                "別の実施回のファイルでないか確かめてから、列を選んでください。"
            )
            self.explanation.show_text(words, tone="amber")
        else:
            self.explanation.show_text("")

    def _show_unmapped(self, columns: Sequence[AnswerColumn], questions: Sequence[Question]) -> None:
        """Build the panel of columns that belong to no question anew, in place of the former."""
        if self._unmapped_panel is not None:
            self._side.removeWidget(self._unmapped_panel)
            self._unmapped_panel.deleteLater()
        self.unmapped_columns = {one.index: UnmappedColumn(one, questions) for one in columns}
        panel = Panel("設問でない列")
        self._lines: dict[int, QWidget] = {}
        for index, other in self.unmapped_columns.items():
            holder = column_of(
                small_label(f"{column_letters(index)}　{other.column.heading}"),
                other.use_box,
                spacing=2,
                margins=(0, 0, 0, 4),
            )
            self._lines[index] = holder
            panel.put(holder)
        self._unmapped_panel = in_scroll_area(panel)
        self._side.insertWidget(0, self._unmapped_panel, 1)
        marks = [one.column.heading for one in self.unmapped_columns.values() if one.column.is_identifying]
        self.anonymous.show_text(
            f"**無記名の回答です**\n{'、'.join(marks[:3])}は、同じ人の出し直しを見つけるときだけ使い、保存しません。"
            if marks
            else "",
            tone="accent",
        )

    def chosen_uses(self) -> dict[int, str]:
        """Return the chosen use by column number.

        Left out are columns that are not shown, and those still kept as text: their use follows from the heading again.
        """
        # Unchanged findings are determined again, since a written その他 joins the question that has a column
        # now.
        found = {
            index: other.chosen_use()
            for index, other in self.unmapped_columns.items()
            if other.chosen_use() != KEEP_AS_TEXT or other.column.use != KEEP_AS_TEXT
        }
        asked = {question.code for question in self._preview.survey.questions} if self._preview is not None else set()
        for index, word in list(found.items()):
            # A column that belonged to a question and no longer does is stored as text beside the answer.
            if self.unmapped_columns[index].column.use in asked:
                found[index] = KEEP_AS_TEXT if word not in (SENT_TIME, BADGE) else word
        for code, indexes in self.table.chosen_columns().items():
            for place, index in enumerate(indexes):
                before = self.unmapped_columns[index].column.use
                found[index] = before if place and before in (code, OTHER_TEXT_PREFIX + code) else code
        return found

    def take_focus(self) -> None:
        """Set the focus to the first open question, else the first proposed one, else the button."""
        if not self.table.take_focus():
            target = self.continue_button if self.continue_button.isEnabled() else self.cancel_button
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if self.table.count_state("選ぶ") and not self.few_confirmed_box.isChecked():
            self.table.take_focus()
        else:
            self.confirmed.emit()

    def _update_state(self) -> None:
        """Show what is decided, proposed and open, and ask before continuing with too few columns."""
        used = {index for columns in self.table.chosen_columns().values() for index in columns}
        for index, line in self._lines.items():
            line.setVisible(index not in used)
        lines = self.table.lines
        open_ones = [line.field for line in lines.values() if line.state == "選ぶ"]
        proposed = self.table.count_state("提案")
        self.counts.setText(f"決めた {self.table.count_state('決めた')}　提案 {proposed}　選ぶ {len(open_ones)}")
        self.accept.set_words(f"提案の{proposed}列をこのまま使う")
        self.accept.setVisible(proposed > 0)
        absent = [line.field for line in lines.values() if line.state == ""]
        twice = self.table.fields_sharing_column()
        said = []
        if twice:
            said.append(
                f"**同じ列を2つの設問に当てています**　"
                f"{'、'.join(f'{one.question_number} {one.title}' for one in twice)}"
            )
        if absent:
            named = "、".join(f"{one.question_number} {one.title}" for one in absent)
            said.append(f"**列がない設問 {len(absent)}つ**　{named}\nこのままでは、全員を無回答として数えます。")
        few = (len(absent) + len(open_ones)) * 3 > len(lines)
        if few:
            said.append("設問の3分の1を超えて列がないため、このままでは先へ進めません。")
        self.missing.show_text("\n".join(said))
        self.few_confirmed_box.setVisible(few)
        if few and self.few_confirmed_box.isChecked():
            self.continue_button.set_words("1行ずつ確かめる")
            self.continue_button.setEnabled(not twice)
            return
        self.continue_button.set_words(f"{open_ones[0].question_number}の列を選ぶ" if open_ones else "1行ずつ確かめる")
        self.continue_button.setEnabled(bool(open_ones) or (not twice and not few))


def _field(
    question: Question, place: int, fit: QuestionFit, names: dict[int, FileColumn], *, is_confirmed: bool
) -> MappedField:
    """Return the mapping field of one question, with the column that fits and how well it does."""
    closed = question.type.has_options and fit.distinct_answers > 0
    near = names.get(fit.candidate) if fit.candidate is not None else None
    share = (
        f"{fit.matching_answers} / {fit.distinct_answers}"
        if closed
        else "文章"
        if question.type.is_text and fit.columns
        else ""
    )
    return MappedField(
        key=question.code,
        question_number=printed_number(question, place),
        title=printed_title(question),
        note=_TYPES.get(question.type, ""),
        columns=tuple(index for index in fit.columns if index in names),
        state="提案" if fit.is_proposed else "決めた" if fit.columns else "" if is_confirmed else "選ぶ",
        likeness=fit.likeness,
        known_share=share,
        is_few=closed and fit.matching_answers * 4 < fit.distinct_answers * 3,
        samples=fit.samples,
        hint=f"候補 {near.words}" if near is not None else "",
    )


class ColumnsDialog(QDialog):
    """Dialog that matches the columns of an answer file with the questions.

    Signals: those of QDialog; accepted once the user confirms the columns.
    """

    def __init__(self, preview: ImportPreview, parent: QWidget):
        super().__init__(parent)
        self.setWindowTitle("列と設問")
        self.setModal(True)
        self.mapping = ImportMapping()
        in_column(self.mapping, owner=self, margins=(t.PAGE_X, 12, t.PAGE_X, 0))
        self.mapping.show_preview(preview)
        self.mapping.confirmed.connect(self.accept)
        self.mapping.cancelled.connect(self.reject)
        self.finished.connect(self.deleteLater)
        window = parent.window() if parent is not None else None
        self.resize(min(1100, window.width() - 16) if window is not None else 1100, 560)
        self.mapping.take_focus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab reach every enabled part."""
        return move_focus(self, forward=forward)


FILE_FILTER = "回答のファイル (*.csv *.txt *.tsv *.xlsx *.xlsm *.zip);;すべてのファイル (*)"
"""The file filter for choosing an answer file."""


@dataclass(kw_only=True)
class ImportDraft(FileDraft):
    """Draft of an import: the file with its columns and the decisions on its rows; nothing of it is saved.

    ``by_kind`` and ``by_row`` are decisions on doubts, ``values`` the options for texts outside the lists by (question
    code, text). ``few_columns``: somebody confirmed that many questions have no column.
    """

    event_id: int
    by_kind: dict[DoubtKind, Treatment] = field(default_factory=dict)
    by_row: dict[int, AnswerDecision] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    few_columns: bool = False
    preview: ImportPreview | None = None

    def preview_arguments(self) -> dict[str, Any]:
        """Return the keyword arguments that reading the preview and importing share."""
        return {
            "event_id": self.event_id,
            "path": self.path,
            "file": self.file,
            "columns": self.columns,
            "decisions": Decisions(by_kind=dict(self.by_kind), by_row=dict(self.by_row), values=dict(self.values)),
        }

    def import_arguments(self) -> dict[str, Any]:
        """Return the arguments of the import: those of the preview and ``few_columns``."""
        return {**self.preview_arguments(), "few_columns": self.few_columns}

    def reset_rows(self) -> None:
        """Discard the decisions on single rows and on texts, which do not fit another sheet or other columns.

        Those on kinds of doubt stay.
        """
        self.by_row = {}
        self.values = {}


def response_name(response: SurveyResponse, today: date) -> str:
    """Return 「紙 12」 or 「オンライン 10/1(木) 15:40:08」; without a number 「紙」, without a time 「オンライン」."""
    if response.source.is_paper:
        return f"紙 {response.number}" if response.number is not None else "紙"
    if response.answered_at is None:
        return "オンライン"
    clock = f"{response.answered_at:%H:%M:%S}".removesuffix(":00")
    return f"オンライン {short_date(response.answered_at.date(), today)} {clock}"


def response_state(response: SurveyResponse) -> str:
    """Return 確認が必要, 集計に入れない, or "" when the response simply counts."""
    if not response.counted:
        return "集計に入れない"
    return "確認が必要" if response.problems and not response.decision else ""
