"""取り込みの記録: what one import was, how its rows came out, what was decided, and what stayed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.answers.screens.import_columns import counts_words
from app.subjects.surveys.questions.parts.survey_words import sheet_name, sheet_state
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph, label, rule, section
from db.records.surveys import AnswerSheet, SurveyImport

_MOST_SHEETS = 60


class ImportRecordDialog(DialogFrame):
    """Everything kept about one import. Signals: ``undo_asked(SurveyImport)``, and those of ``DialogFrame``."""

    undo_asked = Signal(object)

    def __init__(
        self, taken: SurveyImport, sheets: Sequence[AnswerSheet], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__("取り込みの記録", taken.file_name, cancel="閉じる", width=760, parent=parent)
        self._today = today
        own = [sheet for sheet in sheets if sheet.import_id == taken.id]
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        facts = [
            ("取り込んだ日時", f"{short_date(taken.at.date(), today)} {taken.at:%H:%M}　{taken.by}"),
            ("結果", counts_words(taken)),
            ("保存しなかった列", "、".join(taken.dropped_columns) or "なし"),
            ("ファイルの照合値", f"{taken.sha256[:16]}…"),
        ]
        for line, (title, words) in enumerate(facts):
            grid.addWidget(label(title, "small"), line, 0)
            grid.addWidget(label(words, wrap=True), line, 1)
        self.body.addLayout(grid)
        if taken.reason:
            self.put(section("書き残したこと"))
            self.put(Paragraph(taken.reason))
        self._put_sheets(own)
        self.body.addStretch(1)
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
            self.put(rule())
            self.put(label(sheet_name(sheet, self._today), "strong"))
            self.put(label("、".join(sheet.problems), "small", wrap=True))
            decided = sheet.decision or "まだ決めていません"
            state = "集計に入れない" if not sheet.counted else "集計に入れる"
            self.put(label(f"{state}　{decided}" if sheet.decision else decided, wrap=True))
        if len(told) > _MOST_SHEETS:
            self.put(label(f"ほかに{len(told) - _MOST_SHEETS}件あります。回答一覧で見られます。", "small"))

    def _ask_undo(self, taken: SurveyImport) -> None:
        self.accept()
        self.undo_asked.emit(taken)
