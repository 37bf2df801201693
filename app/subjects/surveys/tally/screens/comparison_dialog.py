"""照合: the contractor's numbers beside ours, typed from its report or counted again from its raw file; nothing is
taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

from app.foreign_files.foreign_shape import ForeignFile
from app.importing.parts.file_in_hand import asked_file, read_beside
from app.subjects.surveys.answers.parts.import_mapping import ColumnsDialog
from app.subjects.surveys.answers.parts.import_work import KINDS
from app.subjects.surveys.answers.services.survey_preview import read_answer_file
from app.subjects.surveys.tally.services.survey_comparison import (
    ComparedRow,
    TallyComparison,
    compare_tally,
    note_check,
)
from app.subjects.surveys.tally.services.survey_recount import Recount, RecountedRow, record_recount, recount_file
from app.subjects.surveys.typing.services.survey_entry import set_contractor_counts
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.number_box import NumberBox
from app.widgets.labels import Paragraph, label, rule, wrapped_label
from app.widgets.layouts import in_grid
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.background_task import notification
from app.window.desk import Desk, acting, with_store
from db.records.surveys import Question

_MOST_GAPS = 6
_HEADS = ("受託者の集計", "元データ", "差", "区")


class RecountDialog(SavingDialog):
    """受託者の元データで数え直す: report, raw file and our own count side by side; nothing is taken in.

    Signals: those of ``SavingDialog``.
    """

    says_all = True

    def __init__(
        self,
        desk: Desk,
        event_id: int,
        path: Path,
        questions: tuple[Question, ...],
        typed: Mapping[str, Mapping[str, int]],
        parent: QWidget,
    ) -> None:
        super().__init__(
            desk,
            "受託者の元データで数え直す",
            path.name,
            main="照合を記録する",
            cancel="閉じる",
            width=760,
            parent=parent,
        )
        self._event_id = event_id
        self._path = path
        self._typed = typed
        self._file: ForeignFile | None = None
        self._columns: dict[int, str] | None = None
        self._asked = False
        self.found: Recount | None = None
        self.summary = Paragraph("ファイルを読んでいます…")
        self.missing = NoteBox(tone="amber")
        self.gaps = NoteBox(tone="red")
        self.every = QRadioButton("すべての行を数える")
        self.merged = QRadioButton("再送信・二度押し・試し送信を除いて数える")
        self.every.setChecked(True)
        self._ways = QButtonGroup(self)
        for button in (self.every, self.merged):
            self._ways.addButton(button)
        self._ways.buttonClicked.connect(lambda _button: self._count())
        self.columns_link = link_button("列の対応を見る・直す", self._ask_columns)
        self.import_link = link_button("回答として取り込むときは「取り込み」へ", self._go_to_import)
        self._rows: QWidget | None = None
        ways = FlowRow(self.every, self.merged)
        links = FlowRow(self.columns_link, self.import_link, spacing=16)
        for part in (self.summary, ways, self.gaps, self.missing, links):
            self.put(part)
        self.put(None)
        self.main.setEnabled(False)
        self.confirmed.connect(self._record)
        desk.stoppable(
            notification(read_beside, read=partial(read_answer_file, path, questions, sheet="")),
            self._take_file,
            failed=self.refuse,
            owner=self,
            title="ファイルを読んでいます",
        )

    # counting

    def _take_file(self, file: ForeignFile) -> None:
        self._file = file
        self._count()

    def _count(self) -> None:
        if self._file is not None:
            self.desk.read(
                with_store(
                    recount_file,
                    event_id=self._event_id,
                    path=self._path,
                    file=self._file,
                    columns=self._columns,
                    typed=self._typed,
                    merged=self.merged.isChecked(),
                ),
                self._show,
                failed=self.refuse,
                owner=self,
            )

    def _show(self, found: Recount) -> None:
        self.found = found
        self.say_refusal("")
        preview = found.preview
        if not self._asked and preview.likely and not preview.remembered:
            self._asked = True
            self._ask_columns()
        self._tell(found)
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.deleteLater()
        self._rows = self._table(found)
        self.body.insertWidget(self.body.count() - 1, self._rows)
        self.main.setEnabled(bool(found.compared and preview.matched))
        QTimer.singleShot(0, self, self.fit)

    def _tell(self, found: Recount) -> None:
        left = found.answers - found.counted
        counted = f"元データ {found.answers}行" + (f"のうち{found.counted}行（{left}行を除く）" if left else "")
        if not found.compared:
            told = "受託者の集計の数がまだないので、比べていません。前の画面で人数を入力すると、差が出ます。"
        elif found.differing:
            told = f"{found.compared}か所を比べ、差が **{len(found.differing)}か所** あります。"
        else:
            told = f"{found.compared}か所を比べ、差はありません。"
        self.summary.say(f"{counted}を数えました。元データは取り込んでいません。{told}")
        words = f"**列がない設問 {len(found.missing)}つ**　{'、'.join(found.missing)}" if found.missing else ""
        self.missing.say(words)
        gaps = [
            f"{row.label}「{row.text}」　受託者の集計 {row.theirs}、元データ {row.recounted}".strip()
            for row in found.differing
        ]
        more = f"\nほか{len(gaps) - _MOST_GAPS}か所" if len(gaps) > _MOST_GAPS else ""
        self.gaps.say("\n".join(gaps[:_MOST_GAPS]) + more)

    def _table(self, found: Recount) -> QWidget:
        table = QWidget()
        grid = in_grid(table, across=16, down=4, wide=0)
        line, code = 0, None
        for row in found.rows:
            if row.code != code:
                code = row.code
                if line:
                    grid.addWidget(rule(), line, 0, 1, len(_HEADS) + 1)
                grid.addWidget(wrapped_label(f"{row.label}　{row.title}".strip(), "strong"), line + 1, 0)
                for column, words in enumerate(_HEADS, 1):
                    grid.addWidget(label(words, "small"), line + 1, column, Qt.AlignmentFlag.AlignRight)
                line += 2
            self._put_row(grid, line, row)
            line += 1
        return table

    def _put_row(self, grid: QGridLayout, line: int, row: RecountedRow) -> None:
        grid.addWidget(wrapped_label(row.text), line, 0)
        theirs = "" if row.theirs is None else str(row.theirs)
        for column, words in ((1, theirs), (2, str(row.recounted)), (4, str(row.ours))):
            grid.addWidget(label(words), line, column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(_mark(row), line, 3, Qt.AlignmentFlag.AlignRight)

    # columns, record, the way on

    def _ask_columns(self) -> None:
        if self.found is None:
            return
        dialog = ColumnsDialog(self.found.preview, self)
        dialog.accepted.connect(lambda: self._take_columns(dialog.mapping.chosen()))
        dialog.open()

    def _take_columns(self, columns: dict[int, str]) -> None:
        self._columns = columns
        self._count()

    def _record(self) -> None:
        self.do(
            record_recount,
            event_id=self._event_id,
            path=self._path,
            file=self._file,
            columns=self._columns,
            typed=self._typed,
            merged=self.merged.isChecked(),
        )

    def _go_to_import(self) -> None:
        """Close both dialogs and go to where answers are taken in."""
        self.reject()
        under = self.parentWidget()
        if isinstance(under, DialogFrame):
            under.reject()
        self.desk.go("survey", event_id=self._event_id, page="取り込み")

    def refuse(self, problem: Exception) -> None:
        """Without numbers of the file there is nothing to be recorded."""
        super().refuse(problem)
        self.main.setEnabled(self.found is not None and bool(self.found.compared))
        if self.found is None:
            self.summary.say("")


def _mark(row: RecountedRow) -> QLabel:
    """「▲ +2」 where report and raw file differ."""
    if row.theirs is None:
        return label("")
    gap = row.theirs - row.recounted
    mark = label(f"▲ {gap:+d}" if gap else "同じ")
    mark.setStyleSheet(f"color: {t.RED if gap else t.GREEN}; font-weight: {'bold' if gap else 'normal'};")
    mark.setMinimumWidth(t.scaled(56))
    mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return mark


class CountBox(NumberBox):
    """One number of the contractor. Signals: those of ``NumberBox``."""

    def __init__(self, row: ComparedRow) -> None:
        known = "" if row.theirs is None else str(row.theirs)
        super().__init__(f"受託者の数　{row.label} {row.title} {row.text}", known, width=64)
        self.row = row


class ComparisonDialog(SavingDialog):
    """All rows of the tally with a box each.

    ``ask_file`` gives the path of the contractor's raw file or None; the window's own dialog unless replaced.
    Signals: those of ``SavingDialog``.
    """

    def __init__(self, desk: Desk, event_id: int, parent: QWidget) -> None:
        super().__init__(
            desk,
            "受託者の集計と照合する",
            main="照合を保存する",
            width=720,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._event_id = event_id
        self._found: TallyComparison | None = None
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.recount_button = Button("受託者の元データで数え直す", self.recount, tall=True)
        self.recount_button.setToolTip("元データは取り込みません。数えて、集計表の数と比べるだけです")
        self.boxes: list[CountBox] = []
        self._marks: list[QLabel] = []
        self.summary = Paragraph("受託者の集計表の人数を入力してください。入れたところだけを比べます。")
        self.finished_box = QCheckBox("検算を終えたことにする（日付と名前を残す）")
        self._table = QWidget()
        self._grid = in_grid(self._table, across=16, down=4, wide=0)
        for part in (self.summary, self._table, rule(), self.finished_box):
            self.put(part)
        self.put(None)
        self.put_button(self.recount_button)
        desk.read(with_store(compare_tally, event_id=event_id), self._show)

    def _show(self, found: TallyComparison) -> None:
        self._found = found
        line = 0
        code = None
        for row in found.rows:
            if row.code != code:
                code = row.code
                line = self._heading(line, row)
            self._grid.addWidget(wrapped_label(row.text), line, 0)
            box = CountBox(row)
            box.textEdited.connect(lambda _text: self._compare())
            self.boxes.append(box)
            self._grid.addWidget(box, line, 1)
            self._grid.addWidget(label(str(row.ours)), line, 2, Qt.AlignmentFlag.AlignRight)
            mark = label("")
            mark.setMinimumWidth(t.scaled(64))
            mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._marks.append(mark)
            self._grid.addWidget(mark, line, 3)
            line += 1
        self.finished_box.setChecked(found.survey.checked_on is not None)
        self._compare()
        QTimer.singleShot(0, self, self.fit)
        if self.boxes:
            # A turn later: a part that was just laid out is not shown yet, and could not take the focus.
            QTimer.singleShot(0, self.boxes[0], self.boxes[0].setFocus)

    def _heading(self, line: int, row: ComparedRow) -> int:
        if line:
            self._grid.addWidget(rule(), line, 0, 1, 4)
        title = f"{row.label}　{row.title}".strip()
        self._grid.addWidget(wrapped_label(title, "strong"), line + 1, 0)
        for column, words in enumerate(("受託者", "区", "差"), 1):
            self._grid.addWidget(label(words, "small"), line + 1, column, Qt.AlignmentFlag.AlignRight)
        return line + 2

    def _compare(self) -> None:
        compared = differing = 0
        for box, mark in zip(self.boxes, self._marks, strict=True):
            try:
                theirs = box.number()
            except ValueError:
                mark.setText("数字で")
                mark.setStyleSheet(f"color: {t.RED};")
                continue
            words, colour = "", t.SECOND
            if theirs is not None:
                compared += 1
                differing += theirs != box.row.ours
                gap = theirs - box.row.ours
                words = f"▲ {gap:+d}" if gap else "同じ"
                colour = t.RED if gap else t.GREEN
            mark.setText(words)
            mark.setStyleSheet(f"color: {colour}; font-weight: {'bold' if words.startswith('▲') else 'normal'};")
        if compared:
            told = f"差が **{differing}件** あります。" if differing else "差はありません。"
            self.summary.say(f"{compared}件を比べました。{told}")

    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers typed; raises ValueError when one is none."""
        typed: dict[str, dict[str, int]] = {}
        for box in self.boxes:
            number = box.number()
            if number is not None:
                typed.setdefault(box.row.code, {})[box.row.text] = number
        return typed

    def recount(self) -> None:
        """Count the contractor's raw file and show it beside the numbers typed here."""
        counts = self._checked_counts()
        path = self.ask_file() if counts is not None else None
        if counts is not None and path is not None and self._found is not None:
            questions = self._found.survey.questions
            RecountDialog(self.desk, self._event_id, path, questions, counts, parent=self).open()

    def _ask_file(self) -> Path | None:
        return asked_file(self, "受託者の元データを選ぶ", KINDS)

    def _checked_counts(self) -> dict[str, dict[str, int]] | None:
        try:
            return self.counts()
        except ValueError:
            self.say_refusal("**数字でないところがあります。**\n「数字で」と出ている欄を直してください。")
            self.fit()
            return None

    def _save(self) -> None:
        counts = self._checked_counts()
        if self._found is None or counts is None:
            return
        survey_id = self._found.survey.id
        finish = acting(self.desk, note_check, survey_id=survey_id)
        self.send(
            acting(self.desk, set_contractor_counts, survey_id=survey_id, counts=counts),
            more=(finish,) if self.finished_box.isChecked() else (),
        )
