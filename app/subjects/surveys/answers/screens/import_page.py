"""取り込み: a file is chosen, its columns and doubtful rows are settled, it is taken in; its record, and taking it
back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.parts.file_in_hand import FileReading, asked_file
from app.subjects.surveys.answers.parts.import_mapping import ImportMapping
from app.subjects.surveys.answers.parts.import_work import KINDS, ImportWork
from app.subjects.surveys.answers.screens.import_preview import ImportPreviewView
from app.subjects.surveys.answers.screens.import_start import ImportStart, counts_words
from app.subjects.surveys.answers.screens.sheet_detail import RowDialog
from app.subjects.surveys.answers.services.survey_decisions import OPEN, Kind, StrangeText, Way
from app.subjects.surveys.answers.services.survey_import import (
    ImportedAnswers,
    import_survey,
    undo_import,
    unrestored,
)
from app.subjects.surveys.answers.services.survey_preview import (
    ImportPreview,
    RowOutcome,
    preview_import,
    read_answer_file,
)
from app.subjects.surveys.questions.parts.survey_words import sheet_name, sheet_state
from app.subjects.surveys.questions.rules.survey_questions import printed_number, printed_title
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.forms.dropped_file import DroppedFile
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.recent_files import note_file
from app.widgets.labels import Paragraph, label, rule, section, wrapped_label
from app.widgets.layouts import in_grid
from app.widgets.pages import PageLayout
from app.widgets.sending import Sending, note_failure
from app.window.desk import Desk, acting, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import AnswerSheet, Question, SurveyImport
from db.store import Store

_MOST_SHEETS = 60
_LATER = "#later"
_MOST_TEXTS = 60
_START, _COLUMNS, _ROWS = range(3)
_TAKING = "回答を取り込んでいます"


class ImportRecordDialog(DialogFrame):
    """Everything kept about one import. Signals: ``undo_asked(SurveyImport)``, and those of ``DialogFrame``."""

    undo_asked = Signal(object)

    def __init__(self, taken: SurveyImport, sheets: Sequence[AnswerSheet], today: date, parent: QWidget) -> None:
        super().__init__("取り込みの記録", taken.file_name, cancel="閉じる", width=760, parent=parent)
        self._today = today
        own = [sheet for sheet in sheets if sheet.import_id == taken.id]
        grid = in_grid(across=16, down=6, wide=1)
        facts = [
            ("取り込んだ日時", f"{short_date(taken.at.date(), today)} {taken.at:%H:%M}　{taken.by}"),
            ("結果", counts_words(taken)),
            ("保存しなかった列", "、".join(taken.dropped_columns) or "なし"),
            ("ファイルの照合値", f"{taken.sha256[:16]}…"),
        ]
        for line, (title, words) in enumerate(facts):
            grid.addWidget(label(title, "small"), line, 0)
            grid.addWidget(wrapped_label(words), line, 1)
        self.put(grid)
        if taken.reason:
            self.put(section("書き残したこと"), Paragraph(taken.reason))
        self._put_sheets(own)
        if lost := unrestored(sheets, taken.id):
            self.put(wrapped_label(lost, "warned"))
        self.put(None)
        words = "取り込みを取り消す" if own else "この記録を消す"
        self.undo = Button(words, lambda: self._ask_undo(taken), kind="danger", tall=True)
        self.put_button(self.undo)

    def _put_sheets(self, own: Sequence[AnswerSheet]) -> None:
        told = [sheet for sheet in own if sheet.problems or sheet.decision]
        if not told:
            return
        waiting = sum(sheet_state(sheet) == "確認が必要" for sheet in told)
        out = sum(not sheet.counted for sheet in told)
        self.put(section(f"確認した回答　{len(told)}件（集計に入れない {out}・まだ決めていない {waiting}）"))
        for sheet in told[:_MOST_SHEETS]:
            self.put(
                rule(),
                label(sheet_name(sheet, self._today), "strong"),
                wrapped_label("、".join(sheet.problems), "small"),
            )
            decided = sheet.decision or "まだ決めていません"
            state = "集計に入れない" if not sheet.counted else "集計に入れる"
            self.put(wrapped_label(f"{state}　{decided}" if sheet.decision else decided))
        if len(told) > _MOST_SHEETS:
            self.put(label(f"ほかに{len(told) - _MOST_SHEETS}件あります。回答一覧で見られます。", "small"))

    def _ask_undo(self, taken: SurveyImport) -> None:
        self.accept()
        self.undo_asked.emit(taken)


class ValuesDialog(DialogFrame):
    """One choice for every text. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        texts: Sequence[StrangeText],
        questions: Sequence[Question],
        chosen: Mapping[tuple[str, str], str],
        parent: QWidget,
    ) -> None:
        super().__init__(
            "選択肢にない回答を振り分ける",
            main="この当て方で確かめる",
            note="取り込んだあと、この実施回のつぎのファイルでも使います",
            width=760,
            parent=parent,
        )
        self._texts = tuple(texts)[:_MOST_TEXTS]
        self.boxes: dict[tuple[str, str], ChoiceBox] = {}
        self.put(
            Paragraph(
                "書き方の違いや、古い選択肢の言葉であることが確かなときだけ、当ててください。"
                "当てた言葉は、回答一覧の「確認すること」に残ります。",
                role="small",
            )
        )
        inside = QWidget()
        grid = in_grid(inside, across=16, down=8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        by_code = {question.code: (place, question) for place, question in enumerate(questions, 1)}
        for line, one in enumerate(self._texts):
            place, question = by_code[one.code]
            asked = Paragraph(f"{printed_number(question, place)} {printed_title(question)}", role="small")
            grid.addWidget(asked, line, 0)
            grid.addWidget(wrapped_label(f"「{one.text}」　{one.count}件", "strong"), line, 1)
            box = self._box(one, question, chosen.get((one.code, one.text), one.option))
            grid.addWidget(box, line, 2)
        self.put(inside)
        if len(texts) > _MOST_TEXTS:
            self.put(label(f"ほかに{len(texts) - _MOST_TEXTS}種類あります。選択肢にない回答として数えます。", "small"))
        self.put(None)
        self.confirmed.connect(self.accept)
        if self.boxes:
            next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _box(self, one: StrangeText, question: Question, option: str | None) -> ChoiceBox:
        box = ChoiceBox(f"「{one.text}」に当てる選択肢")
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        if one.option is None:
            box.addItem("あとで決める", _LATER)
        box.addItem("選択肢にない回答として数える", "")
        for words in question.options:
            box.addItem(words, words)
        box.setCurrentIndex(max(0, box.findData(_LATER if option is None else option)))
        self.boxes[one.code, one.text] = box
        return box

    def values(self) -> dict[tuple[str, str], str]:
        """What was decided: an option, or an empty text for an answer outside the list."""
        found = {key: str(box.currentData()) for key, box in self.boxes.items()}
        return {key: option for key, option in found.items() if option != _LATER}


class AnswerImportPage(Sending, QWidget):
    """The start, the columns where they have to be settled, then the rows.

    ``ask_file`` gives the path of the chosen file or None; the window's own dialog unless replaced.
    Signals: ``left(str)`` the word of the page to go to; ``turned()`` a file came under the hand, or the start came
        back.
    """

    left = Signal(str)
    turned = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._view: SurveyView | None = None
        self.start = ImportStart(desk)
        self.mapping = ImportMapping()
        self.preview = ImportPreviewView(desk)
        self.reading = FileReading[ImportWork, ImportPreview](
            desk,
            self,
            read=self._how_to_read,
            judge=lambda work: with_store(preview_import, by_hand=True, **work.arguments()),
            show=self._show,
            refuse=self._refuse_file,
        )
        self._stack = PageLayout(self)
        self._stack.currentChanged.connect(lambda _place: self.turned.emit())
        self._stack.setContentsMargins(0, 0, 0, 0)
        for page in (self.start, self.mapping, self.preview):
            self._stack.addWidget(page)
        DroppedFile(self).dropped.connect(self.show_file)
        self.start.file_asked.connect(self.choose_file)
        self.start.file_chosen.connect(self.show_file)
        self.start.undo_asked.connect(self._ask_undo)
        self.start.record_asked.connect(self.show_record)
        self.start.page_asked.connect(self.left)
        self.mapping.left.connect(self._leave_columns)
        self.mapping.confirmed.connect(self._take_columns)
        self.mapping.sheet_chosen.connect(self._take_sheet)
        self.preview.left.connect(self.go_back)
        self.preview.columns_asked.connect(self.show_columns)
        self.preview.row_asked.connect(self._ask_row)
        self.preview.deciding.decided.connect(self._decide_kind)
        self.preview.deciding.values_asked.connect(self._ask_values)
        self.preview.confirmed.connect(self._confirm)

    @property
    def work(self) -> ImportWork | None:
        """The file in hand."""
        return self.reading.work

    @property
    def under_hand(self) -> bool:
        """Whether a file is being looked at, row by row or column by column."""
        return self._stack.currentIndex() != _START

    def show_view(self, view: SurveyView) -> None:
        """Show the imports so far; another event starts anew."""
        if self._view is not None and self._view.event.id != view.event.id:
            self.go_back()
            self.start.say_result("")
        self._view = view
        self.start.show_view(view)

    def take_focus(self) -> None:
        """The button of what is shown."""
        shown = (self.start, self.mapping, self.preview)[self._stack.currentIndex()]
        shown.take_focus()

    def choose_file(self) -> None:
        """Ask for a file and show what would become of it."""
        path = self.ask_file()
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Read a file beside the window and show every row's outcome; nothing is saved."""
        if self._view is None or self._view.survey is None:
            return
        self.start.say_result("")
        self.reading.take(ImportWork(path=path, event_id=self._view.event.id))

    def go_back(self) -> None:
        """Back to the start; the file is left as it is."""
        self.reading.work = None
        self.preview.forget()
        self._stack.setCurrentIndex(_START)

    def show_columns(self) -> None:
        """Show which column is which question."""
        if self.work is not None and self.work.preview is not None:
            self.mapping.show_preview(self.work.preview, settled=self.work.columns is not None)
            self._stack.setCurrentIndex(_COLUMNS)
            self.mapping.take_focus()

    def show_record(self, taken: SurveyImport) -> None:
        """Show everything that is kept about one import."""
        sheets = self._view.sheets if self._view is not None else ()
        dialog = ImportRecordDialog(taken, sheets, self.desk.today(), self.window())
        dialog.undo_asked.connect(self._undo)
        dialog.open()

    # reading and judging

    def _how_to_read(self, work: ImportWork) -> Callable[[], ForeignFile]:
        survey = self._view.survey if self._view is not None else None
        return partial(read_answer_file, work.path, survey.questions if survey is not None else (), sheet=work.sheet)

    def _show(self, work: ImportWork, preview: ImportPreview, first: bool) -> None:
        if self._view is None or preview.event.id != self._view.event.id:
            # Meanwhile another event is shown.
            return
        work.preview = preview
        self.start.problem.say("")
        if (first or (preview.too_few and not work.few_columns)) and (
            preview.too_few or (preview.likely and not preview.remembered)
        ):
            self.show_columns()
            return
        self.preview.show_preview(preview, work)
        if self._stack.currentIndex() != _ROWS:
            self._stack.setCurrentIndex(_ROWS)
            self.preview.take_focus()

    def _refuse_file(self, problem: Exception) -> None:
        self.go_back()
        note_failure(failure_of(problem), self.start.problem)

    # decisions

    def _leave_columns(self) -> None:
        """From the rows one came to look: back to them; else the file is put aside."""
        work = self.work
        if work is not None and work.preview is not None and self.preview.preview is work.preview:
            self._stack.setCurrentIndex(_ROWS)
        else:
            self.go_back()

    def _take_columns(self) -> None:
        if self.work is not None:
            self.work.columns = self.mapping.chosen()
            self.work.few_columns = self.mapping.confirmed_few.isChecked()
            self.work.forget_rows()
            self.reading.judge()

    def _take_sheet(self, sheet: str) -> None:
        self.reading.take_sheet(sheet)

    def _decide_kind(self, kind: str, way: str) -> None:
        if self.work is not None:
            self.work.alike[cast("Kind", kind)] = cast("Way", way) or OPEN
            self.reading.judge()

    def _ask_values(self) -> None:
        work = self.work
        if work is None or work.preview is None:
            return
        dialog = ValuesDialog(work.preview.strange, work.preview.survey.questions, work.values, self.window())
        dialog.accepted.connect(lambda: self._take_values(work, dialog.values()))
        dialog.open()

    def _take_values(self, work: ImportWork, values: dict[tuple[str, str], str]) -> None:
        if work is self.work:
            work.values = values
            self.reading.judge()

    def _ask_row(self, row: RowOutcome) -> None:
        work = self.work
        if work is None or work.preview is None:
            return
        questions = work.preview.survey.questions
        dialog = RowDialog(row, questions, self.desk.today(), decided=work.rows.get(row.row), parent=self.window())
        dialog.accepted.connect(lambda: self._take_row(work, row.row, dialog))
        dialog.open()

    def _take_row(self, work: ImportWork, number: int, dialog: RowDialog) -> None:
        decision = dialog.decision()
        if work is not self.work:
            return
        if decision is None:
            work.rows.pop(number, None)
        else:
            work.rows[number] = decision
        self.reading.judge()

    # taking in

    def _confirm(self) -> None:
        preview, work = self.preview.preview, self.work
        if preview is None or work is None or work.preview is None:
            return
        taking = partial(self._taking, work, work.preview.sha256)
        if preview.survey.frozen_at is None:
            self.preview.wait(True)
            self.send(taking(""), self._done, failed=self._refuse, title=_TAKING)
            return
        dialog = ReasonDialog(
            self.desk,
            "確定した集計に回答を加える",
            f"{len(preview.fresh)}件",
            verb=f"{len(preview.fresh)}件を取り込む",
            text="集計は確定しています。加える理由は、集計の「確定後の変更」に残ります。",
            usual=("締切のあとに届いた", "受託者から追加の提出があった"),
            change=taking,
            then=self._done,
            working=_TAKING,
            parent=self,
        )
        dialog.open()

    def _taking(self, work: ImportWork, seen_sha256: str, reason: str) -> Callable[[Store], ImportedAnswers]:
        return acting(self.desk, import_survey, reason=reason, seen_sha256=seen_sha256, **work.taking())

    def _done(self, imported: ImportedAnswers) -> None:
        self.preview.wait(False)
        if self.work is not None:
            note_file(self.work.path)
        self.go_back()
        self.start.say_result(f"**{imported.said}**", doubtful=imported.preview.count("確認が必要"))
        self.start.take_focus()

    def _refuse(self, problem: Exception) -> None:
        self.preview.wait(False)
        note_failure(failure_of(problem), self.preview.problem)

    def _ask_undo(self, taken: SurveyImport) -> None:
        """Take an import back at once; where that leaves an answer out of the count, its record asks first."""
        if self._view is not None and unrestored(self._view.sheets, taken.id):
            self.show_record(taken)
        else:
            self._undo(taken)

    def _undo(self, taken: SurveyImport) -> None:
        self.start.say_result("")
        self.send(
            acting(self.desk, undo_import, import_id=taken.id),
            failed=lambda problem: note_failure(failure_of(problem), self.start.problem),
        )

    def _ask_file(self) -> Path | None:
        return asked_file(self, "回答のファイルを選ぶ", KINDS)
