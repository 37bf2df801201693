"""取り込み, to choose a file, settle its columns and doubtful rows, import it, and undo an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.calendar.dates import short_date
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.parts import FileLoader, ask_file
from app.surveys.answers.parts import FILE_FILTER, ImportDraft, ImportMapping, response_name, response_state
from app.surveys.answers.screens.import_preview import ImportPreviewView
from app.surveys.answers.screens.import_start import ImportStart, counts_words
from app.surveys.answers.screens.response_detail import RowDecisionDialog
from app.surveys.answers.services.survey_decisions import UNDECIDED, DoubtKind, Treatment, UnlistedText
from app.surveys.answers.services.survey_import import ImportedAnswers, import_survey, undo_import, unrestored_words
from app.surveys.answers.services.survey_preview import ImportPreview, RowOutcome, preview_import, read_answer_file
from app.surveys.questions.rules import printed_number, printed_title
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.file_drop import FileDrop
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.recent_files import mark_file_used
from app.widgets.labels import Paragraph, label, section, separator, small_label, wrapped_label
from app.widgets.layouts import in_grid
from app.widgets.pages import PageLayout
from app.window.app_context import AppContext, bind_action, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Question, SurveyImport, SurveyResponse

_MAX_RESPONSES = 60
_DECIDE_LATER = "#later"
_MAX_TEXTS = 60
_START, _COLUMNS, _ROWS = range(3)
_IMPORT_MESSAGE = "回答を取り込んでいます"


class ImportRecordDialog(DialogFrame):
    """Dialog with everything stored of one import.

    Signals: ``undo_asked(SurveyImport)``, and those of ``DialogFrame``.
    """

    undo_asked = Signal(object)

    def __init__(self, survey_import: SurveyImport, responses: Sequence[SurveyResponse], today: date, parent: QWidget):
        super().__init__("取り込みの記録", survey_import.file_name, cancel="閉じる", width=760, parent=parent)
        self._today = today
        own = [sheet for sheet in responses if sheet.import_id == survey_import.id]
        grid = in_grid(across=16, down=6, wide=1)
        facts = [
            (
                "取り込んだ日時",
                f"{short_date(survey_import.at.date(), today)} {survey_import.at:%H:%M}　{survey_import.by}",
            ),
            ("結果", counts_words(survey_import, own)),
            ("保存しなかった列", "、".join(survey_import.dropped_columns) or "なし"),
            ("ファイルの照合値", f"{survey_import.sha256[:16]}…"),
        ]
        for line, (title, words) in enumerate(facts):
            grid.addWidget(label(title, "small"), line, 0)
            grid.addWidget(wrapped_label(words), line, 1)
        self.put(grid)
        if survey_import.reason:
            self.put(section("書き残したこと"), Paragraph(survey_import.reason))
        self._list_responses(own)
        if lost := unrestored_words(responses, survey_import.id):
            self.put(wrapped_label(lost, "warned"))
        self.put(None)
        words = "取り込みを取り消す" if own else "この記録を消す"
        self.undo = Button(words, lambda: self._ask_undo(survey_import), kind="danger", tall=True)
        self.put_button(self.undo)

    def _list_responses(self, responses: Sequence[SurveyResponse]) -> None:
        """List the responses with a problem or a decision, the first ones in full; nothing if there are none."""
        told = [sheet for sheet in responses if sheet.problems or sheet.decision]
        if not told:
            return
        waiting = sum(response_state(sheet) == "確認が必要" for sheet in told)
        out = sum(not sheet.counted for sheet in told)
        self.put(section(f"確認した回答　{len(told)}件（集計に入れない {out}・まだ決めていない {waiting}）"))
        for sheet in told[:_MAX_RESPONSES]:
            self.put(
                separator(),
                label(response_name(sheet, self._today), "strong"),
                small_label("、".join(sheet.problems)),
            )
            decided = sheet.decision or "まだ決めていません"
            state = "集計に入れない" if not sheet.counted else "集計に入れる"
            self.put(wrapped_label(f"{state}　{decided}" if sheet.decision else decided))
        if len(told) > _MAX_RESPONSES:
            self.put(label(f"ほかに{len(told) - _MAX_RESPONSES}件あります。回答一覧で見られます。", "small"))

    def _ask_undo(self, survey_import: SurveyImport) -> None:
        """Close the dialog and emit ``undo_asked`` with the import."""
        self.accept()
        self.undo_asked.emit(survey_import)


class TextMappingDialog(DialogFrame):
    """Dialog with a choice for each of the first 60 texts outside the lists; signals are those of ``DialogFrame``."""

    def __init__(
        self,
        texts: Sequence[UnlistedText],
        questions: Sequence[Question],
        chosen: Mapping[tuple[str, str], str],
        parent: QWidget,
    ):
        super().__init__(
            "選択肢にない回答を振り分ける",
            main="この当て方で確かめる",
            note="取り込んだあと、この実施回のつぎのファイルでも使います",
            width=760,
            parent=parent,
        )
        self._texts = tuple(texts)[:_MAX_TEXTS]
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
            box = self._option_box(one, question, chosen.get((one.code, one.text), one.option))
            grid.addWidget(box, line, 2)
        self.put(inside)
        if len(texts) > _MAX_TEXTS:
            self.put(label(f"ほかに{len(texts) - _MAX_TEXTS}種類あります。選択肢にない回答として数えます。", "small"))
        self.put(None)
        self.confirmed.connect(self.accept)
        if self.boxes:
            next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _option_box(self, unlisted_text: UnlistedText, question: Question, option: str | None) -> ChoiceBox:
        """Return the choice box for a text that is none of the options: an option, none of them, or later."""
        box = ChoiceBox(f"「{unlisted_text.text}」に当てる選択肢")
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        if unlisted_text.option is None:
            box.addItem("あとで決める", _DECIDE_LATER)
        box.addItem("選択肢にない回答として数える", "")
        for words in question.options:
            box.addItem(words, words)
        box.setCurrentIndex(max(0, box.findData(_DECIDE_LATER if option is None else option)))
        self.boxes[unlisted_text.code, unlisted_text.text] = box
        return box

    def mapping(self) -> dict[tuple[str, str], str]:
        """Return the decisions by (question code, text): an option, or "" for an answer outside the list.

        Texts left for later are not among them.
        """
        found = {key: str(box.currentData()) for key, box in self.boxes.items()}
        return {key: option for key, option in found.items() if option != _DECIDE_LATER}


class AnswerImportPage(ActionMixin, QWidget):
    """Page that imports answers: the start, the columns where they must be settled, then the rows.

    ``ask_file`` returns the path of the chosen file or None; the system dialog unless replaced. Signals:
    ``page_asked(str)`` the name of the page to go to; ``page_changed()`` another of the three parts is shown.
    """

    page_asked = Signal(str)
    page_changed = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: SurveyView | None = None
        self.start_page = ImportStart(app_context)
        self.mapping = ImportMapping()
        self.mapping.foot.hide()
        self.preview = ImportPreviewView(app_context)
        self.file_loader = FileLoader[ImportDraft, ImportPreview](
            app_context,
            self,
            read=self._file_reader,
            judge=lambda work: with_store(preview_import, by_hand=True, **work.preview_arguments()),
            show=self._show,
            refuse=self._show_file_error,
        )
        self._stack = PageLayout(self)
        self._stack.currentChanged.connect(self.page_changed)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for page in (self.start_page, self.mapping, self.preview):
            self._stack.addWidget(page)
        FileDrop(self).dropped.connect(self.show_file)
        self.start_page.choose_button.chosen.connect(self.choose_file)
        self.start_page.file_chosen.connect(self.show_file)
        self.start_page.undo_asked.connect(self._ask_undo)
        self.start_page.record_asked.connect(self.show_record)
        self.start_page.page_asked.connect(self.page_asked)
        self.mapping.cancelled.connect(self._leave_columns)
        self.mapping.confirmed.connect(self._apply_columns)
        self.mapping.sheet_chosen.connect(self._choose_sheet)
        self.preview.cancelled.connect(self.go_back)
        self.preview.columns_asked.connect(self.show_columns)
        self.preview.row_asked.connect(self._open_row)
        self.preview.decision_panel.decided.connect(self._decide_kind)
        self.preview.decision_panel.text_mapping_button.chosen.connect(self._ask_text_mapping)
        self.preview.confirmed.connect(self._start_import)

    @property
    def bar_buttons(self) -> tuple[Button, ...]:
        """Return the buttons of the shown part for the action bar."""
        return (
            (self.start_page.choose_button,),
            (self.mapping.continue_button, self.mapping.accept, self.mapping.cancel_button),
            (self.preview.import_button, self.preview.cancel_button),
        )[self._stack.currentIndex()]

    @property
    def current_draft(self) -> ImportDraft | None:
        """Return the draft of the open file."""
        return self.file_loader.work

    @property
    def has_open_file(self) -> bool:
        """Return whether a file is open, at its rows or columns."""
        return self._stack.currentIndex() != _START

    def show_view(self, view: SurveyView) -> None:
        """Show the imports made so far; for another event drop the open file first."""
        if self._view is not None and self._view.event.id != view.event.id:
            self.go_back()
            self.start_page.show_result("")
        self._view = view
        self.start_page.show_view(view)

    def take_focus(self) -> None:
        """Set the focus to the button of the shown part."""
        (self.start_page, self.mapping, self.preview)[self._stack.currentIndex()].take_focus()

    def choose_file(self) -> None:
        """Ask for a file, and show its preview."""
        path = self.ask_file()
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Read a file in the background and show every row's outcome; nothing is saved."""
        if self._view is None or self._view.survey is None:
            return
        self.start_page.show_result("")
        self.file_loader.load_file(ImportDraft(path=path, event_id=self._view.event.id))

    def go_back(self) -> None:
        """Show the start page, and forget the open file; the file itself is not changed."""
        self.file_loader.work = None
        self.preview.clear_preview()
        self._stack.setCurrentIndex(_START)

    def show_columns(self) -> None:
        """Show the page that maps columns to questions, for the open file."""
        if self.current_draft is not None and self.current_draft.preview is not None:
            self.mapping.show_preview(self.current_draft.preview, is_confirmed=self.current_draft.columns is not None)
            self._stack.setCurrentIndex(_COLUMNS)
            self.mapping.take_focus()

    def show_record(self, survey_import: SurveyImport) -> None:
        """Open the dialog with everything stored of one import, which can be undone there."""
        sheets = self._view.responses if self._view is not None else ()
        dialog = ImportRecordDialog(survey_import, sheets, self.today, self.window())
        dialog.undo_asked.connect(self._undo)
        dialog.open()

    # reading and judging

    def _file_reader(self, draft: ImportDraft) -> Callable[[], ForeignFile]:
        survey = self._view.survey if self._view is not None else None
        return partial(read_answer_file, draft.path, survey.questions if survey is not None else (), sheet=draft.sheet)

    def _show(self, draft: ImportDraft, preview: ImportPreview, first: bool) -> None:
        """Show the preview of the file, or its columns where they must be confirmed.

        They are at the file's ``first`` preview with likely columns that nobody set before, and while too many
        questions have no column and nobody confirmed that. Nothing is shown if another event is current by now.
        """
        if self._view is None or preview.event.id != self._view.event.id:
            # Another event is shown meanwhile.
            return
        draft.preview = preview
        self.start_page.problem.show_text("")
        if (first or (preview.has_too_few_columns and not draft.few_columns)) and (
            preview.has_too_few_columns or (preview.likely_columns and not preview.is_remembered)
        ):
            self.show_columns()
            return
        self.preview.show_preview(preview, draft)
        if self._stack.currentIndex() != _ROWS:
            self._stack.setCurrentIndex(_ROWS)
            self.preview.take_focus()

    def _show_file_error(self, problem: Exception) -> None:
        """Go back to the start and show there why the file can't be read."""
        self.go_back()
        show_failure_in(failure_of(problem), self.start_page.problem)

    # decisions

    def _leave_columns(self) -> None:
        """Go back to the rows, or discard the file if there are none yet."""
        work = self.current_draft
        if work is not None and work.preview is not None and self.preview.preview is work.preview:
            self._stack.setCurrentIndex(_ROWS)
        else:
            self.go_back()

    def _apply_columns(self) -> None:
        if self.current_draft is not None:
            self.current_draft.columns = self.mapping.chosen_uses()
            self.current_draft.few_columns = self.mapping.few_confirmed_box.isChecked()
            self.current_draft.reset_rows()
            self.file_loader.update_preview()

    def _choose_sheet(self, sheet: str) -> None:
        self.file_loader.load_sheet(sheet)

    def _decide_kind(self, kind: str, treatment: str) -> None:
        if self.current_draft is not None:
            self.current_draft.by_kind[cast("DoubtKind", kind)] = cast("Treatment", treatment) or UNDECIDED
            self.file_loader.update_preview()

    def _ask_text_mapping(self) -> None:
        """Open the dialog that asks which options the unlisted texts mean."""
        work = self.current_draft
        if work is None or work.preview is None:
            return
        dialog = TextMappingDialog(
            work.preview.unlisted_texts, work.preview.survey.questions, work.values, self.window()
        )
        dialog.accepted.connect(lambda: self._apply_text_mapping(work, dialog.mapping()))
        dialog.open()

    def _apply_text_mapping(self, draft: ImportDraft, mapping: dict[tuple[str, str], str]) -> None:
        if draft is self.current_draft:
            draft.values = mapping
            self.file_loader.update_preview()

    def _open_row(self, row: RowOutcome) -> None:
        work = self.current_draft
        if work is None or work.preview is None:
            return
        questions = work.preview.survey.questions
        dialog = RowDecisionDialog(row, questions, self.today, decided=work.by_row.get(row.row), parent=self.window())
        dialog.accepted.connect(lambda: self._apply_row_decision(work, row.row, dialog))
        dialog.open()

    def _apply_row_decision(self, draft: ImportDraft, number: int, dialog: RowDecisionDialog) -> None:
        """Store the dialog's decision about a row in the draft, and read the preview anew."""
        decision = dialog.decision()
        if draft is not self.current_draft:
            return
        if decision is None:
            draft.by_row.pop(number, None)
        else:
            draft.by_row[number] = decision
        self.file_loader.update_preview()

    # taking in

    def _start_import(self) -> None:
        """Import the answers, after asking for a reason where the tally is fixed."""
        preview, work = self.preview.preview, self.current_draft
        if preview is None or work is None or work.preview is None:
            return
        taking = partial(self._import_step, work, work.preview.survey_file.file.sha256)
        if preview.survey.frozen_at is None:
            self.preview.set_busy(True)
            self.run_change(taking(""), self._on_imported, failed=self._show_import_error, title=_IMPORT_MESSAGE)
            return
        dialog = ReasonDialog(
            self,
            "確定した集計に回答を加える",
            f"{len(preview.new_rows)}件",
            verb=f"{len(preview.new_rows)}件を取り込む",
            text="集計は確定しています。加える理由は、集計の「確定後の変更」に残ります。",
            usual_reasons=("締切のあとに届いた", "受託者から追加の提出があった"),
            change=taking,
            on_saved=self._on_imported,
            working=_IMPORT_MESSAGE,
        )
        dialog.open()

    def _import_step(
        self, draft: ImportDraft, seen_sha256: str, reason: str
    ) -> Callable[[ActionContext], ImportedAnswers]:
        return bind_action(import_survey, reason=reason, seen_sha256=seen_sha256, **draft.import_arguments())

    def _on_imported(self, imported: ImportedAnswers) -> None:
        """Go back to the start page and show there what was imported."""
        self.preview.set_busy(False)
        if self.current_draft is not None:
            mark_file_used(self.current_draft.path)
        self.go_back()
        self.start_page.show_result(f"**{imported.message}**", doubtful=imported.preview.count("確認が必要"))
        self.start_page.take_focus()

    def _show_import_error(self, problem: Exception) -> None:
        """Enable the buttons again and show why the import failed."""
        self.preview.set_busy(False)
        show_failure_in(failure_of(problem), self.preview.problem)

    def _ask_undo(self, survey_import: SurveyImport) -> None:
        """Undo an import at once; where that leaves an answer uncounted show its record, which can undo it."""
        if self._view is not None and unrestored_words(self._view.responses, survey_import.id):
            self.show_record(survey_import)
        else:
            self._undo(survey_import)

    def _undo(self, survey_import: SurveyImport) -> None:
        """Save that an import is undone; where that fails, say why on the start page."""
        self.start_page.show_result("")
        self.run_change(
            bind_action(undo_import, import_id=survey_import.id),
            failed=lambda problem: show_failure_in(failure_of(problem), self.start_page.problem),
        )

    def ask_file(self) -> Path | None:
        """Return the file that the user chooses, nothing if none."""
        return ask_file(self, "回答のファイルを選ぶ", FILE_FILTER)
