"""照合, to type the contractor's numbers beside the ward's, or recount its raw file without importing it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QWidget,
)

from app.common.and_others import and_others
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.parts import ask_file, read_cancellable
from app.surveys.answers.parts import FILE_FILTER, ColumnsDialog
from app.surveys.answers.services.survey_preview import read_answer_file
from app.surveys.tally.services.survey_comparison import (
    ComparedRow,
    TallyComparison,
    compare_tally,
    record_check,
    set_contractor_counts,
)
from app.surveys.tally.services.survey_recount import Recount, RecountedRow, record_recount, recount_file
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.forms.number_box import NumberBox
from app.widgets.labels import Paragraph, label, separator, wrapped_label
from app.widgets.layouts import in_grid
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.app_context import bind_action, with_store
from app.window.background_task import bind_with_progress
from db.records.surveys import Question

_MAX_DIFFERENCES = 6
_HEADS = ("受託者の集計", "元データ", "差", "区")


class RecountDialog(SavingDialog):
    """受託者の元データで数え直す, with report, raw file and own count side by side; nothing is imported.

    Signals: those of ``SavingDialog``.
    """

    shows_all_errors = True

    def __init__(
        self,
        parent: QWidget,
        event_id: int,
        path: Path,
        questions: tuple[Question, ...],
        entered_counts: Mapping[str, Mapping[str, int]],
    ):
        super().__init__(
            parent,
            "受託者の元データで数え直す",
            path.name,
            main="照合を記録する",
            cancel="閉じる",
            width=760,
        )
        self._event_id = event_id
        self._path = path
        self._entered_counts = entered_counts
        self._file: ForeignFile | None = None
        self._columns: dict[int, str] | None = None
        self._request_number = False
        self.recount: Recount | None = None
        self.summary = Paragraph("ファイルを読んでいます…")
        self.missing = NoteBox(tone="amber")
        self.difference_list = NoteBox(tone="red")
        self.all_rows_box = QRadioButton("すべての行を数える")
        self.merged = QRadioButton("再送信・二度押し・試し送信を除いて数える")
        self.all_rows_box.setChecked(True)
        self._links = QButtonGroup(self)
        for button in (self.all_rows_box, self.merged):
            self._links.addButton(button)
        self._links.buttonClicked.connect(self._run_recount)
        self.columns_link = link_button("列の対応を見る・直す", self._ask_columns)
        self.import_link = link_button("回答として取り込むときは「取り込み」へ", self._open_import)
        self._rows: QWidget | None = None
        ways = FlowRow(self.all_rows_box, self.merged)
        links = FlowRow(self.columns_link, self.import_link, spacing=16)
        self.put(self.summary, ways, self.difference_list, self.missing, links, None)
        self.main.setEnabled(False)
        self.confirmed.connect(self._save_record)
        self.app_context.run_stoppable(
            bind_with_progress(read_cancellable, read=partial(read_answer_file, path, questions, sheet="")),
            self._on_file_read,
            on_failed=self.show_error,
            owner=self,
            title="ファイルを読んでいます",
        )

    # counting

    def _on_file_read(self, file: ForeignFile) -> None:
        """Count again with the file that was read."""
        self._file = file
        self._run_recount()

    def _run_recount(self) -> None:
        if self._file is not None:
            self.app_context.read(
                with_store(
                    recount_file,
                    event_id=self._event_id,
                    path=self._path,
                    file=self._file,
                    columns=self._columns,
                    typed=self._entered_counts,
                    merged=self.merged.isChecked(),
                ),
                self._show,
                on_failed=self.show_error,
                owner=self,
            )

    def _show(self, recount: Recount) -> None:
        """Show the counts of the file; when columns are only guessed, open the dialog for them once."""
        self.recount = recount
        self.show_error_text("")
        preview = recount.preview
        if not self._request_number and preview.likely_columns and not preview.is_remembered:
            self._request_number = True
            self._ask_columns()
        self._show_summary(recount)
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.deleteLater()
        self._rows = self._table(recount)
        self.body.insertWidget(self.body.count() - 1, self._rows)
        self.main.setEnabled(bool(recount.compared_count and preview.survey_file.answered_questions))
        QTimer.singleShot(0, self, self.fit_to_content)

    def _show_summary(self, recount: Recount) -> None:
        """Show sentences on how many answers were counted and what differs."""
        left = recount.answer_count - recount.counted_total
        counted = f"元データ {recount.answer_count}行" + (
            f"のうち{recount.counted_total}行（{left}行を除く）" if left else ""
        )
        if not recount.compared_count:
            told = "受託者の集計の数がまだないので、比べていません。前の画面で人数を入力すると、差が出ます。"
        elif recount.differing_rows:
            told = f"{recount.compared_count}か所を比べ、差が **{len(recount.differing_rows)}か所** あります。"
        else:
            told = f"{recount.compared_count}か所を比べ、差はありません。"
        self.summary.show_text(f"{counted}を数えました。元データは取り込んでいません。{told}")
        words = (
            f"**列がない設問 {len(recount.missing_questions)}つ**　{'、'.join(recount.missing_questions)}"
            if recount.missing_questions
            else ""
        )
        self.missing.show_text(words)
        gaps = [
            f"{row.label}「{row.text}」　受託者の集計 {row.contractor_count}、元データ {row.recounted_count}".strip()
            for row in recount.differing_rows
        ]
        more = and_others(gaps, _MAX_DIFFERENCES, "\nほか{}か所")
        self.difference_list.show_text("\n".join(gaps[:_MAX_DIFFERENCES]) + more)

    def _table(self, recount: Recount) -> QWidget:
        table = QWidget()
        grid = in_grid(table, across=16, down=4, wide=0)
        line, code = 0, None
        for row in recount.rows:
            if row.code != code:
                code = row.code
                if line:
                    grid.addWidget(separator(), line, 0, 1, len(_HEADS) + 1)
                grid.addWidget(wrapped_label(f"{row.label}　{row.title}".strip(), "strong"), line + 1, 0)
                for column, words in enumerate(_HEADS, 1):
                    grid.addWidget(label(words, "small"), line + 1, column, Qt.AlignmentFlag.AlignRight)
                line += 2
            self._put_row(grid, line, row)
            line += 1
        return table

    def _put_row(self, grid: QGridLayout, line: int, row: RecountedRow) -> None:
        grid.addWidget(wrapped_label(row.text), line, 0)
        theirs = "" if row.contractor_count is None else str(row.contractor_count)
        for column, words in ((1, theirs), (2, str(row.recounted_count)), (4, str(row.own_count))):
            grid.addWidget(label(words), line, column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(_mark(row), line, 3, Qt.AlignmentFlag.AlignRight)

    # columns, record, the way on

    def _ask_columns(self) -> None:
        """Open the dialog that matches the file's columns with the questions."""
        if self.recount is None:
            return
        dialog = ColumnsDialog(self.recount.preview, self)
        dialog.accepted.connect(lambda: self._apply_columns(dialog.mapping.chosen_uses()))
        dialog.open()

    def _apply_columns(self, columns: dict[int, str]) -> None:
        """Count again with the columns as assigned."""
        self._columns = columns
        self._run_recount()

    def _save_record(self) -> None:
        self.run_action(
            record_recount,
            event_id=self._event_id,
            path=self._path,
            file=self._file,
            columns=self._columns,
            typed=self._entered_counts,
            merged=self.merged.isChecked(),
        )

    def _open_import(self) -> None:
        """Close this dialog and the one below it, and go to the import of responses."""
        self.reject()
        under = self.parentWidget()
        if isinstance(under, DialogFrame):
            under.reject()
        self.go("survey", event_id=self._event_id, page="取り込み")

    def show_error(self, problem: Exception) -> None:
        """Show the error; 「照合を記録する」 stays usable only if an earlier count compared something."""
        super().show_error(problem)
        self.main.setEnabled(self.recount is not None and bool(self.recount.compared_count))
        if self.recount is None:
            self.summary.show_text("")


def _mark(row: RecountedRow) -> QLabel:
    """Return how far the report is above the raw file (「▲ +2」), 「同じ」 if equal, "" if the report has no number."""
    if row.contractor_count is None:
        return label("")
    gap = row.contractor_count - row.recounted_count
    mark = label(f"▲ {gap:+d}" if gap else "同じ")
    mark.setStyleSheet(f"color: {t.RED if gap else t.GREEN}; font-weight: {'bold' if gap else 'normal'};")
    mark.setMinimumWidth(t.scaled(56))
    mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return mark


class CountBox(NumberBox):
    """The field of one number of the contractor; signals are those of ``NumberBox``."""

    def __init__(self, row: ComparedRow):
        known = "" if row.contractor_count is None else str(row.contractor_count)
        super().__init__(f"受託者の数　{row.label} {row.title} {row.text}", known, width=64)
        self.row = row


class ComparisonDialog(SavingDialog):
    """Dialog to type the contractor's number for every row of the tally.

    ``ask_file`` returns the path of the contractor's raw file or None; the system dialog unless replaced.
    Signals: those of ``SavingDialog``.
    """

    def __init__(self, parent: QWidget, event_id: int):
        super().__init__(
            parent,
            "受託者の集計と照合する",
            main="照合を保存する",
        )
        self._event_id = event_id
        self._comparison: TallyComparison | None = None
        self.recount_button = Button("受託者の元データで数え直す", self.open_recount, tall=True)
        self.recount_button.setToolTip("元データは取り込みません。数えて、集計表の数と比べるだけです")
        self.boxes: list[CountBox] = []
        self._marks: list[QLabel] = []
        self.summary = Paragraph("受託者の集計表の人数を入力してください。入れたところだけを比べます。")
        self.finished_box = QCheckBox("検算を終えたことにする（日付と名前を残す）")
        self._table = QWidget()
        self._grid = in_grid(self._table, across=16, down=4, wide=0)
        self.put(self.summary, self._table, separator(), self.finished_box, None)
        self.put_button(self.recount_button)
        self.run_read(self._show, compare_tally, event_id=event_id)

    def _show(self, comparison: TallyComparison) -> None:
        """Build the fields for the contractor's counts, beside the ward's."""
        self._comparison = comparison
        line = 0
        code = None
        for row in comparison.rows:
            if row.code != code:
                code = row.code
                line = self._heading(line, row)
            self._grid.addWidget(wrapped_label(row.text), line, 0)
            box = CountBox(row)
            box.textEdited.connect(self._update_marks)
            self.boxes.append(box)
            self._grid.addWidget(box, line, 1)
            self._grid.addWidget(label(str(row.own_count)), line, 2, Qt.AlignmentFlag.AlignRight)
            mark = label("")
            mark.setMinimumWidth(t.scaled(64))
            mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._marks.append(mark)
            self._grid.addWidget(mark, line, 3)
            line += 1
        self.finished_box.setChecked(comparison.survey.checked_on is not None)
        self._update_marks()
        QTimer.singleShot(0, self, self.fit_to_content)
        if self.boxes:
            # In the next event loop turn: a part that was just laid out is not shown yet, and cannot take the focus.
            QTimer.singleShot(0, self.boxes[0], self.boxes[0].setFocus)

    def _heading(self, line: int, row: ComparedRow) -> int:
        """Put the heading of a question into the grid and return the next line."""
        if line:
            self._grid.addWidget(separator(), line, 0, 1, 4)
        self._grid.addWidget(wrapped_label(f"{row.label}　{row.title}".strip(), "strong"), line + 1, 0)
        for column, words in enumerate(("受託者", "区", "差"), 1):
            self._grid.addWidget(label(words, "small"), line + 1, column, Qt.AlignmentFlag.AlignRight)
        return line + 2

    def _update_marks(self) -> None:
        """Show beside each field the difference of its typed count, and how many differ."""
        compared = differing = 0
        for box, mark in zip(self.boxes, self._marks, strict=True):
            try:
                theirs = box.number()
            except ValueError:
                mark.setText("数字で")
                mark.setStyleSheet(f"color: {t.RED};")
                continue
            words, colour = "", t.INK_SECONDARY
            if theirs is not None:
                compared += 1
                differing += theirs != box.row.own_count
                gap = theirs - box.row.own_count
                words = f"▲ {gap:+d}" if gap else "同じ"
                colour = t.RED if gap else t.GREEN
            mark.setText(words)
            mark.setStyleSheet(f"color: {colour}; font-weight: {'bold' if words.startswith('▲') else 'normal'};")
        if compared:
            told = f"差が **{differing}件** あります。" if differing else "差はありません。"
            self.summary.show_text(f"{compared}件を比べました。{told}")

    def entered_counts(self) -> dict[str, dict[str, int]]:
        """Return the typed counts by question code and printed row, empty fields left out.

        Raises:
            ValueError: a field holds something else than a number.
        """
        typed: dict[str, dict[str, int]] = {}
        for box in self.boxes:
            number = box.number()
            if number is not None:
                typed.setdefault(box.row.code, {})[box.row.text] = number
        return typed

    def open_recount(self) -> None:
        """Ask for the contractor's raw file, and open the dialog that counts it; not while a field holds no number."""
        counts = self._checked_counts()
        path = self.ask_file() if counts is not None else None
        if counts is not None and path is not None and self._comparison is not None:
            questions = self._comparison.survey.questions
            RecountDialog(self, self._event_id, path, questions, counts).open()

    def ask_file(self) -> Path | None:
        """Return the file that the user chooses, nothing if none."""
        return ask_file(self, "受託者の元データを選ぶ", FILE_FILTER)

    def _checked_counts(self) -> dict[str, dict[str, int]] | None:
        try:
            return self.entered_counts()
        except ValueError:
            self.show_error_text("**数字でないところがあります。**\n「数字で」と出ている欄を直してください。")
            self.fit_to_content()
            return None

    def _save(self) -> None:
        """Save the typed counts and, if so marked, that the check is finished."""
        counts = self._checked_counts()
        if self._comparison is None or counts is None:
            return
        survey_id = self._comparison.survey.id
        finish = bind_action(record_check, survey_id=survey_id)
        self.run_change(
            bind_action(set_contractor_counts, survey_id=survey_id, counts=counts),
            further_actions=(finish,) if self.finished_box.isChecked() else (),
        )
