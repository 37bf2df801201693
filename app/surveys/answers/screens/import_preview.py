"""The preview of an import, with its columns, open decisions, and every row's outcome."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.export_button import export_button
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.source_detection import SOURCE_WORDS
from app.surveys.answers.parts import ImportDraft
from app.surveys.answers.screens.import_start import preview_columns, row_action, row_detail_words
from app.surveys.answers.services.survey_decisions import (
    DOUBT_KINDS,
    UNDECIDED,
    DoubtKind,
    treatment_words,
    treatments_of,
)
from app.surveys.answers.services.survey_preview import OUTCOMES, ImportPreview, RowOutcome
from app.surveys.questions.parts import PageHeading
from app.surveys.questions.rules import printed_title
from app.widgets import flow_row
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.fold_line import FoldedNames
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import Paragraph, small_label, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.app_context import AppContext

OUTSIDE_OPTIONS: DoubtKind = "選択肢にない回答"
_KIND_WORDS: dict[DoubtKind, str] = {
    "再送信": "同じ人の再送信",
    "二度押し": "二度押しの疑い",
    "同じ回答": "取り込み済みと同じ回答",
    "試し送信": "試し送信らしい回答",
    "開始前の回答": "開始より前の回答",
    "選びすぎ": "選びすぎた回答",
    "特になしとほかの回答": "「特になし」とほかの回答",
    "すべて無回答": "すべて無回答",
    "数にできない回答": "数にできない回答",
    "読めない日時": "読めない日時",
    "取消線のある回答": "取消線のある回答",
    "そのほか": "そのほかの確認",
}


class AnswerOutcomeChips(flow_row.OutcomeChips):
    """Chips with the number of answers of each outcome, which filter the rows; signals of the shared chips."""

    def __init__(self) -> None:
        super().__init__(OUTCOMES)

    def show_preview(self, preview: ImportPreview, *, reset_filter: bool = True) -> None:
        """Show the counts of a file; ``reset_filter`` shows every row again."""
        shown = [row.word for row in (*preview.rows, *preview.non_answer_lines)]
        self.show_counts({word: shown.count(word) for word in OUTCOMES}, start_again=reset_filter)


class DoubtDecisionPanel(QWidget):
    """決めること, the kinds of doubt in a file with counts, each decided for all its rows at once.

    Signals: ``decided(str, str)`` kind and treatment.
    """

    decided = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[DoubtKind, ChoiceBox] = {}
        self.text_mapping_button = inline_button("選択肢に振り分ける")
        self.summary = Paragraph("", role="small")
        self._lines: dict[DoubtKind, tuple[QWidget, QLabel]] = {}
        self.panel = Panel("決めること")
        self.panel.put(self.summary)
        for kind in DOUBT_KINDS:
            self.panel.put(self._line(kind))
        in_column(self.panel, owner=self)

    def _line(self, kind: DoubtKind) -> QWidget:
        """Build the line with the choice box that decides about one kind of doubt."""
        line = QWidget()
        words = wrapped_label(_KIND_WORDS.get(kind, kind), "strong")
        column = in_column(words, owner=line, spacing=6, margins=(0, 2, 0, 6))
        box = ChoiceBox(f"{_KIND_WORDS.get(kind, kind)}の数え方", partial(self.decided.emit, kind))
        for way in treatments_of(kind):
            box.addItem(treatment_words(kind, way), way)
        self.boxes[kind] = box
        if kind == OUTSIDE_OPTIONS:
            column.addWidget(self.text_mapping_button)
        column.addWidget(box)
        self._lines[kind] = (line, words)
        return line

    def show_preview(self, preview: ImportPreview, draft: ImportDraft) -> int:
        """Show the counts and decisions; return how many rows are still open."""
        counts = preview.doubt_counts()
        for kind, (line, words) in self._lines.items():
            texts = preview.unlisted_texts if kind == OUTSIDE_OPTIONS else ()
            line.setVisible(bool(counts.get(kind) or texts))
            words.setText(f"{_KIND_WORDS.get(kind, kind)}　{counts.get(kind, 0)}件")
            box = self.boxes[kind]
            box.setCurrentIndex(max(0, box.findData(draft.by_kind.get(kind, UNDECIDED))))
            box.setVisible(bool(counts.get(kind)))
        self.text_mapping_button.set_words(f"選択肢に振り分ける（{len(preview.unlisted_texts)}種類）")
        rows = len(preview.rows_to_decide)
        waiting = preview.count("確認が必要")
        self.panel.setVisible(bool(rows or preview.unlisted_texts))
        if waiting:
            of = f"{rows}行のうち、" if waiting < rows else ""
            self.summary.show_text(
                f"{of}まだ決めていない行が{waiting}行あります。決めずに取り込み、あとで決めることもできます。"
            )
        else:
            self.summary.show_text(
                fill_nonempty("{}行とも決めました。取り込んだあとも、回答一覧で変えられます。", rows)
            )
        self.summary.setVisible(bool(self.summary.plain_text()))
        return waiting


class ImportPreviewView(QWidget):
    """Page with the preview of one answer file: its notes and the outcome of every row.

    Signals: ``confirmed()``; ``cancelled()`` やめる; ``columns_asked()`` 列の対応; ``row_asked(RowOutcome)`` decide
    one row.
    """

    confirmed = Signal()
    cancelled = Signal()
    columns_asked = Signal()
    row_asked = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._today = app_context.today()
        self._file: ForeignFile | None = None
        self.decision_panel = DoubtDecisionPanel()
        self.preview: ImportPreview | None = None
        self.chips = AnswerOutcomeChips()
        self.chips.chosen.connect(self._filter)
        self.table: RecordTable | None = None
        self.problem = NoteBox()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(12)
        self._shown_notes: list[QWidget] = []
        self.footer_text = Paragraph("", role="small")
        self.cancel_button = Button("やめる", self.cancelled.emit)
        self.import_button = main_button("", self.confirmed.emit)
        self._left = QWidget()
        self._right = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        outer = in_column(
            PageHeading("オンライン回答の取り込み　1行ずつ確かめる"), self.problem, owner=self, spacing=12
        )
        self._left.setLayout(self._notes)
        self._notes.setContentsMargins(0, 0, 0, 0)
        rows = QWidget()
        rows.setLayout(self._right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(8)
        self._right.addWidget(self.chips)
        sides = (("決めること", self.decision_panel), ("ファイルと列", self._left))
        self._columns = FoldingColumns("行", rows, sides, left=True)
        outer.addWidget(self._columns, 1)
        outer.addWidget(self.footer_text)

    def show_preview(self, preview: ImportPreview, draft: ImportDraft) -> None:
        """Show a file; for the same file the chip and the current row are kept."""
        again = self._file is preview.survey_file.file and self.table is not None
        self._file = preview.survey_file.file
        self.preview = preview
        self.problem.show_text("")
        self.chips.show_preview(preview, reset_filter=not again)
        self._columns.set_count(1, self.decision_panel.show_preview(preview, draft) or None)
        if not again:
            self._make_table(preview)
        self._filter()
        fresh = len(preview.new_rows) + len(preview.corrected_rows)
        refused = any(row.outcome == "取り込まない" for row in preview.rows)
        nothing = "取り込める回答はありません" if refused else "新しい回答はありません"
        compared = bool(preview.finished_imports)
        self.import_button.set_words(f"{fresh}件を取り込む" if fresh else "比べたことを残す" if compared else nothing)
        self.import_button.setEnabled(
            (bool(fresh) or compared) and (draft.few_columns or not preview.has_too_few_columns)
        )
        dropped = fill_nonempty("保存しない列：{}。", "、".join(preview.survey_file.dropped_columns))
        self.footer_text.show_text(f"**まだ保存していません**　{dropped}取り込んだあと、まるごと元に戻せます。")
        self._show_notes(preview)

    def _make_table(self, preview: ImportPreview) -> None:
        """Build the table of rows anew, with the columns of this file's questions."""
        if self.table is not None:
            self._right.removeWidget(self.table)
            self.table.deleteLater()
        self.table = RecordTable(
            "survey_preview",
            preview_columns(preview.survey.questions, self._today),
            title="取り込む行",
            empty="この結果の行はありません。",
            filtered=False,
            unit="行",
            tint=lambda row: t.AMBER_BOX if row.outcome == "確認が必要" else "",
            below=row_detail_words,
            action=row_action,
            hint="決めるのは Enter。同じファイルをもう一度取り込んでも、増えたり変わったりしません。",
            on_open=self._ask_row,
            on_act=self._ask_row,
        )
        self.table.foot.addWidget(
            export_button(
                self.app_context,
                self.table,
                title="取り込む回答の確認",
                filter_words=lambda: "" if self.chips.word == flow_row.ALL else self.chips.word,
                event_id=self._event_id,
            )
        )
        self._right.addWidget(self.table, 1)

    def _event_id(self) -> int | None:
        return self.preview.event.id if self.preview is not None else None

    def _ask_row(self, row: RowOutcome) -> None:
        if row.doubts:
            self.row_asked.emit(row)

    def clear_preview(self) -> None:
        """Clear all data of a file, since its cells may hold personal data."""
        self.preview = None
        self._file = None
        if self.table is not None:
            self.table.show_rows([])

    def set_busy(self, is_busy: bool) -> None:
        """Disable the buttons that import and cancel while the import runs."""
        self.import_button.setEnabled(not is_busy)
        self.cancel_button.setEnabled(not is_busy)

    def take_focus(self) -> None:
        """Set the focus to the first row to decide, else to the button, or to やめる if nothing is to be imported."""
        if self.table is not None and self.table.choose(lambda row: row.outcome == "確認が必要", take_focus=True):
            return
        target = self.import_button if self.import_button.isEnabled() else self.cancel_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # the notes at the left

    def _show_notes(self, preview: ImportPreview) -> None:
        """Show the card of the file and the warnings about it, in place of the former."""
        for part in self._shown_notes:
            self._notes.removeWidget(part)
            part.deleteLater()
        while self._notes.count():
            self._notes.takeAt(0)
        card = _file_card(preview, self._today)
        card.put(link_button("列の対応を見る・直す", self.columns_asked.emit))
        self._shown_notes = [card, *self._warnings(preview)]
        for part in self._shown_notes:
            self._notes.addWidget(part)
        self._columns.set_count(2, len(self._shown_notes) - 1)

    def _warnings(self, preview: ImportPreview) -> list[QWidget]:
        """Return the boxes with warnings about the file, and the folded names of columns not counted or not kept."""
        found: list[QWidget] = []
        if preview.survey.frozen_at is not None:
            words = "**集計が確定しています**\n取り込むときに理由を書きます。理由は集計に残ります。"
            found.append(NoteBox(words, "amber"))
        if preview.before_event_count:
            words = (
                f"**実施回の開始より前の回答が{preview.before_event_count}件**\n"
                f"試し送信か、別の実施回の回答でないか確かめてください。"
            )
            found.append(NoteBox(words, "amber"))
        if preview.survey_file.missing_questions:
            titles = _titles(preview)
            words = (
                f"**列がない設問 {len(titles)}つ**　{'、'.join(titles)}\n"
                f"このまま取り込むと、全員を無回答として数えます。"
            )
            found.append(NoteBox(words, "amber"))
        if preview.likely_columns:
            words = (
                f"**設問に似た見出しの列が{len(preview.likely_columns)}つあります**\n"
                f"「列の対応を見る・直す」で、設問に当てられます。"
            )
            found.append(NoteBox(words, "amber"))
        found += [NoteBox(notice, "amber") for notice in preview.notices]
        if preview.survey_file.unknown_columns:
            about = "回答に添えて残しますが、集計しません。"
            found.append(FoldedNames("設問にない列", preview.survey_file.unknown_columns, about))
        if preview.survey_file.dropped_columns:
            about = "このアンケートに要らない列（個人情報など）のため、保存もしません。"
            found.append(FoldedNames("保存しない列", preview.survey_file.dropped_columns, about))
        return found

    def _filter(self) -> None:
        """Show only the rows with the outcome chosen in the chips."""
        if self.preview is None or self.table is None:
            return
        word = self.chips.word
        rows = (*self.preview.rows, *self.preview.non_answer_lines)
        self.table.show_rows([row for row in rows if word in (flow_row.ALL, row.word)])


def _titles(preview: ImportPreview) -> list[str]:
    return [
        f"問{place} {printed_title(question)}"
        for place, question in enumerate(preview.survey.questions, 1)
        if question.code in preview.survey_file.missing_questions
    ]


_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "utf-16-le": "UTF-16"}


def _file_card(preview: ImportPreview, today: date) -> Panel:
    """Return the panel with name, source, heading row and period of the file."""
    card, read = Panel(), preview.survey_file
    card.put(
        wrapped_label(preview.file_name, "strong"),
        small_label(f"{SOURCE_WORDS[read.source]}・{_ENCODINGS.get(read.encoding, read.encoding) or 'Excelブック'}"),
        small_label(f"見出し {read.header_row}行目・データ {len(preview.rows)}行"),
    )
    stamps = [row.answered_at for row in preview.rows if row.answered_at is not None]
    if stamps:
        first, last = short_date(min(stamps).date(), today), short_date(max(stamps).date(), today)
        span = first if first == last else f"{first}〜{last}"
        card.put(small_label(f"回答 {span}"))
    return card
