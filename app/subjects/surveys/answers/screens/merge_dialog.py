"""合わせ方の決まり: what each channel holds, how it becomes one total, what is open, and who fixed or opened it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.calendar.dates import stamp_words
from app.subjects.surveys.answers.services.survey_merge import RULES, Merged, merged, open_points
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.parts.entry_numbers import said_numbers
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph, label, rule, section
from app.widgets.note_box import NoteBox

_HEADS = ("", "回答", "数える", "入れない", "入れない理由")


class MergeDialog(DialogFrame):
    """Nothing is changed here. Signals: those of ``DialogFrame``."""

    def __init__(self, view: SurveyView, parent: QWidget | None = None) -> None:
        super().__init__("紙とオンラインの合わせ方", view.event.full_title, cancel="閉じる", width=760, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = merged(view)
        frozen = view.survey is not None and view.survey.frozen_at is not None
        waiting = () if frozen else open_points(view)
        self.open_note = NoteBox(tone="amber")
        self.open_note.say("**確定する前に決めること**\n" + "\n".join(waiting) if waiting else "")
        self.put(self.open_note)
        self.put(_table(found))
        self.facts = Paragraph("\n".join(fact_lines(found, view)))
        self.put(self.facts)
        self.put(rule())
        self.put(section("決まり"))
        self.put(Paragraph("\n".join(f"・{line}" for line in RULES)))
        self.body.addStretch(1)


def fact_lines(found: Merged, view: SurveyView) -> Sequence[str]:
    """Return rate, second typing, numbers passed over, and the state with its history."""
    if found.rate:
        rate = f"回収率　**{found.rate}%**（{found.counted} ÷ 出席 {found.attended}人）"
    elif found.attended is None:
        rate = "回収率　出席者数の記録がないため、出しません"
    else:
        rate = "回収率　数える回答がないため、出しません"
    lines = [rate]
    if found.agreement.sheets:
        both = found.agreement
        lines.append(f"2回目の入力　**{both.sheets}枚**　回答の一致 {both.same} / {both.answers}（{both.rate}%）")
    if found.missing:
        lines.append(f"紙の番号のぬけ　{said_numbers(found.missing)}")
    survey = view.survey
    if survey is None:
        return lines
    if survey.frozen_at is not None:
        lines.append(f"集計の状態　**確定**（{stamp_words(survey.frozen_at)}　{survey.frozen_by}）")
    else:
        lines.append("集計の状態　**未確定**")
    if survey.freeze_note:
        lines.append(f"確定後の変更\n{survey.freeze_note}")
    return lines


def _table(found: Merged) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(len(_HEADS) - 1, 1)
    for column, words in enumerate(_HEADS):
        grid.addWidget(label(words, "small"), 0, column, _side(column))
    grid.addWidget(rule(), 1, 0, 1, len(_HEADS))
    rows = [
        (one.name, one.sheets, one.counted, "、".join(f"{reason} {count}" for reason, count in one.left_out))
        for one in found.channels
    ]
    rows.append(("計", sum(one.sheets for one in found.channels), found.counted, ""))
    for line, (name, sheets, counted, reasons) in enumerate(rows, start=2):
        role = "strong" if name == "計" else "body"
        for column, words in enumerate((name, str(sheets), str(counted), str(sheets - counted))):
            grid.addWidget(label(words, role), line, column, _side(column))  # type: ignore[arg-type]
        grid.addWidget(label(reasons, wrap=True), line, len(_HEADS) - 1)
    return table


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if 0 < column < len(_HEADS) - 1 else Qt.AlignmentFlag.AlignLeft
