"""列の対応: which column of an answer file is which question, and what becomes of the others; on a page or over a
dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.importing.parts.mapping_table import FileColumnName, MappedField, MappingTable, letters_of
from app.subjects.surveys.answers.intake.survey_columns import AS_TEXT, BADGE, LEFT_OUT, OTHER, TIME
from app.subjects.surveys.answers.services.survey_decisions import AnswerColumn
from app.subjects.surveys.answers.services.survey_fits import QuestionFit
from app.subjects.surveys.answers.services.survey_preview import ImportPreview
from app.subjects.surveys.questions.parts.survey_pages import page_heading
from app.subjects.surveys.questions.rules.survey_questions import printed_number, printed_title
from app.widgets.buttons import Button, main_button
from app.widgets.focus_keeper import move_focus
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import framed, label, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row, scrolling
from app.window import theme as t
from db.records.surveys import Question

_MOST_COLUMNS = 120
_TYPES = {"SA": "単一回答", "MA": "複数回答", "FA": "自由回答", "NUM": "数"}


class OtherColumn:
    """A column that is no question: what becomes of it."""

    def __init__(self, column: AnswerColumn, questions: Sequence[Question]) -> None:
        self.column = column
        self.box = ChoiceBox(f"「{column.heading}」の使い方")
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(10)
        if not column.personal:
            self.box.addItem("回答に添えて残す", AS_TEXT)
        self.box.addItem("保存しない（個人情報）" if column.personal else "保存しない", LEFT_OUT)
        self.box.addItem("回答した日時", TIME)
        self.box.addItem("再送信を見分ける（保存しない）", BADGE)
        for place, question in enumerate(questions, 1):
            if question.has_other:
                self.box.addItem(f"{printed_number(question, place)}のその他の記述", OTHER + question.code)
        self.box.setCurrentIndex(max(0, self.box.findData(column.word)))
        self.box.setToolTip(self.box.currentText())

    def word(self) -> str:
        """The use chosen now."""
        return str(self.box.currentData())


class ImportMapping(QWidget):
    """The columns of one file.

    Signals: ``confirmed()`` on to the rows; ``left()`` やめる; ``sheet_chosen(str)``.
    """

    confirmed = Signal()
    left = Signal()
    sheet_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.problem = NoteBox()
        self.told = NoteBox(small=True)
        self.table = MappingTable()
        self.others: dict[int, OtherColumn] = {}
        self._preview: ImportPreview | None = None
        self.missing = NoteBox(tone="amber")
        self.confirmed_few = QCheckBox("列がない設問を、全員の無回答として数える")
        self.confirmed_few.clicked.connect(lambda _on: self._check())
        self.missing.put(self.confirmed_few)
        self.sheets = ChoiceBox("表のあるシート")
        self.sheets.activated.connect(lambda _n: self.sheet_chosen.emit(str(self.sheets.currentData() or "")))
        self._sheet_line = QWidget()
        self._sheet_line.setLayout(row(label("シート", "strong"), self.sheets, None))
        self.counts = wrapped_label("", "small")
        self.accept = Button("", self.table.accept_proposals)
        self.go_on = main_button("1行ずつ確かめる", self._press)
        self.cancel = Button("やめる", self.left.emit, tall=True)
        self.table.changed.connect(self._check)
        self._build()

    def _build(self) -> None:
        outer = in_column(
            page_heading("オンライン回答の取り込み　列の対応"),
            row(self.counts, None, self.accept, self.go_on),
            owner=self,
            spacing=8,
        )
        holder = QWidget()
        column = in_column(owner=holder, spacing=8, margins=(0, 0, 8, 0))
        for part in (self.problem, self.told, self._sheet_line, self.missing, self.table):
            column.addWidget(part)
        column.addStretch(1)
        side = QWidget()
        self._other_panel: QWidget | None = None
        self.anonymous = NoteBox()
        self._side = in_column(self.anonymous, owner=side, spacing=12)
        outer.addWidget(FoldingColumns("設問の列", scrolling(holder), (("設問でない列", side),), wide=280), 1)
        foot = framed("footer")
        in_row(
            self.cancel,
            (
                wrapped_label(
                    "まだ保存していません。決めた対応は、取り込んだあと、同じ様式のファイルで使います。",
                    "small",
                ),
                1,
            ),
            owner=foot,
            spacing=12,
            margins=(12, 12, 12, 12),
        )
        outer.addWidget(foot)

    def show_preview(self, preview: ImportPreview, *, settled: bool = False) -> None:
        """Show the questions with the columns that they have or may have; ``settled`` = a person set them before."""
        self._preview = preview
        self.problem.say("")
        self._tell(preview)
        self.confirmed_few.setChecked(False)
        self.sheets.clear()
        for name in preview.sheets:
            self.sheets.addItem(name, name)
        self.sheets.setCurrentIndex(self.sheets.findData(preview.sheet))
        self._sheet_line.setVisible(len(preview.sheets) > 1)
        columns = preview.columns[:_MOST_COLUMNS]
        names = [FileColumnName(index=one.index, heading=one.heading) for one in columns]
        by_index = {one.index: one for one in names}
        fits = {fit.code: fit for fit in preview.fits}
        self.table.show_fields(
            [
                _field(question, place, fits[question.code], by_index, settled=settled or preview.remembered)
                for place, question in enumerate(preview.survey.questions, 1)
            ],
            names,
            none="列がない（無回答にする）",
        )
        self._show_others(columns, preview.survey.questions)
        self._check()

    def _tell(self, preview: ImportPreview) -> None:
        if preview.likely:
            words = (
                f"**見出しの言葉が設問と違う列が{len(preview.likely)}つあります**　言葉の近さと、"
                f"列にある選択肢から提案しました。違うときは選び直してください。"
            )
            self.told.say(words, tone="amber")
        elif preview.remembered:
            self.told.say("前に同じ様式のファイルで決めた対応を使っています。", tone="accent")
        elif not preview.matched:
            words = (
                "**このアンケートの設問と同じ見出しの列が1つもありません**\n"
                "別の実施回のファイルでないか確かめてから、列を選んでください。"
            )
            self.told.say(words, tone="amber")
        else:
            self.told.say("")

    def _show_others(self, columns: Sequence[AnswerColumn], questions: Sequence[Question]) -> None:
        if self._other_panel is not None:
            self._side.removeWidget(self._other_panel)
            self._other_panel.deleteLater()
        self.others = {one.index: OtherColumn(one, questions) for one in columns}
        panel = Panel("設問でない列")
        self._lines: dict[int, QWidget] = {}
        for index, other in self.others.items():
            holder = QWidget()
            in_column(
                wrapped_label(f"{letters_of(index)}　{other.column.heading}", "small"),
                other.box,
                owner=holder,
                spacing=2,
                margins=(0, 0, 0, 4),
            )
            self._lines[index] = holder
            panel.put(holder)
        self._other_panel = scrolling(panel)
        self._side.insertWidget(0, self._other_panel, 1)
        marks = [one.column.heading for one in self.others.values() if one.column.identifying]
        self.anonymous.say(
            f"**無記名の回答です**\n{'、'.join(marks[:3])}は、同じ人の出し直しを見つけるときだけ使い、保存しません。"
            if marks
            else "",
            tone="accent",
        )

    def chosen(self) -> dict[int, str]:
        """Column number to use as chosen now; the columns beyond those shown are not kept."""
        # What is left as it was found out is found out again: a written その他 joins the question that has a column
        # now.
        found = {
            index: other.word()
            for index, other in self.others.items()
            if other.word() != AS_TEXT or other.column.word != AS_TEXT
        }
        asked = {question.code for question in self._preview.survey.questions} if self._preview is not None else set()
        for index, word in list(found.items()):
            # A column that was a question's own and is no more stays beside the answer as it stands.
            if self.others[index].column.word in asked:
                found[index] = AS_TEXT if word not in (TIME, BADGE) else word
        for code, indexes in self.table.chosen().items():
            for place, index in enumerate(indexes):
                before = self.others[index].column.word
                found[index] = before if place and before in (code, OTHER + code) else code
        return found

    def take_focus(self) -> None:
        """The first question that is open, else the first that was proposed, else the way on."""
        if not self.table.take_focus():
            target = self.go_on if self.go_on.isEnabled() else self.cancel
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self) -> None:
        if self.table.count("選ぶ") and not self.confirmed_few.isChecked():
            self.table.take_focus()
        else:
            self.confirmed.emit()

    def _check(self) -> None:
        """Say what is decided, proposed and open, and let nobody go on with too few columns unasked."""
        used = {index for columns in self.table.chosen().values() for index in columns}
        for index, line in self._lines.items():
            line.setVisible(index not in used)
        lines = self.table.lines
        open_ones = [line.field for line in lines.values() if line.state == "選ぶ"]
        proposed = self.table.count("提案")
        self.counts.setText(f"決めた {self.table.count('決めた')}　提案 {proposed}　選ぶ {len(open_ones)}")
        self.accept.set_words(f"提案の{proposed}列をこのまま使う")
        self.accept.setVisible(proposed > 0)
        absent = [line.field for line in lines.values() if line.state == ""]
        twice = self.table.twice()
        said = []
        if twice:
            said.append(
                f"**同じ列を2つの設問に当てています**　{'、'.join(f'{one.number} {one.title}' for one in twice)}"
            )
        if absent:
            named = "、".join(f"{one.number} {one.title}" for one in absent)
            said.append(f"**列がない設問 {len(absent)}つ**　{named}\nこのままでは、全員を無回答として数えます。")
        few = (len(absent) + len(open_ones)) * 3 > len(lines)
        if few:
            said.append("設問の3分の1を超えて列がないため、このままでは先へ進めません。")
        self.missing.say("\n".join(said))
        self.confirmed_few.setVisible(few)
        if few and self.confirmed_few.isChecked():
            self.go_on.set_words("1行ずつ確かめる")
            self.go_on.setEnabled(not twice)
            return
        self.go_on.set_words(f"{open_ones[0].number}の列を選ぶ" if open_ones else "1行ずつ確かめる")
        self.go_on.setEnabled(bool(open_ones) or (not twice and not few))


def _field(
    question: Question, place: int, fit: QuestionFit, names: dict[int, FileColumnName], *, settled: bool
) -> MappedField:
    closed = question.type in ("SA", "MA") and fit.different > 0
    near = names.get(fit.candidate) if fit.candidate is not None else None
    share = f"{fit.known} / {fit.different}" if closed else "文章" if question.type == "FA" and fit.columns else ""
    return MappedField(
        key=question.code,
        number=printed_number(question, place),
        title=printed_title(question),
        note=_TYPES.get(question.type, ""),
        columns=tuple(index for index in fit.columns if index in names),
        state="提案" if fit.proposed else "決めた" if fit.columns else "" if settled else "選ぶ",
        likeness=fit.likeness,
        share=share,
        few=closed and fit.known * 4 < fit.different * 3,
        samples=fit.samples,
        hint=f"候補 {near.words}" if near is not None else "",
    )


class ColumnsDialog(QDialog):
    """The columns of an answer file over another dialog: which column is which question.

    Signals: those of QDialog.
    """

    def __init__(self, preview: ImportPreview, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("列と設問")
        self.setModal(True)
        self.mapping = ImportMapping()
        in_column(self.mapping, owner=self, margins=(t.PAGE_X, 12, t.PAGE_X, 0))
        self.mapping.show_preview(preview)
        self.mapping.confirmed.connect(self.accept)
        self.mapping.left.connect(self.reject)
        self.finished.connect(self.deleteLater)
        window = parent.window() if parent is not None else None
        self.resize(min(1100, window.width() - 16) if window is not None else 1100, 560)
        self.mapping.take_focus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab reaches every part that is there to be worked with."""
        return move_focus(self, forward=forward)
