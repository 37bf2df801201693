"""The line on how paper and online answers are summed, with a link to the rules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.calendar.dates import stamp_words
from app.common.number_lists import number_ranges
from app.event.services.event_facts import excess_responses_words
from app.surveys.answers.services.survey_merge import MERGE_RULES, ChannelTotals, channel_totals, open_decisions
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Link, Paragraph, label, section, separator, small_label, wrapped_label
from app.widgets.layouts import in_grid, in_row
from app.widgets.note_box import NoteBox

_HEADS = ("", "回答", "数える", "入れない", "入れない理由")


class MergeRulesDialog(DialogFrame):
    """Dialog that shows the rules; signals are those of ``DialogFrame``."""

    def __init__(self, view: SurveyView, parent: QWidget):
        super().__init__("紙とオンラインの合わせ方", view.event.full_title, cancel="閉じる", width=760, parent=parent)
        found = channel_totals(view)
        frozen = view.survey is not None and view.survey.frozen_at is not None
        waiting = () if frozen else open_decisions(view)
        self.open_note = NoteBox(tone="amber")
        self.open_note.show_text("**確定する前に決めること**\n" + "\n".join(waiting) if waiting else "")
        self.put(self.open_note, _table(found))
        self.facts = Paragraph("\n".join(merge_fact_lines(found, view)))
        self.put(
            self.facts, separator(), section("決まり"), Paragraph("\n".join(f"・{line}" for line in MERGE_RULES)), None
        )


def merge_fact_lines(totals: ChannelTotals, view: SurveyView) -> Sequence[str]:
    """Return return rate, second entry, skipped numbers, and the state with its history."""
    if totals.rate:
        of_then = "確定時の" if totals.attendance != view.attendance else ""
        rate = f"回収率　**{totals.rate}%**（{totals.counted_total} ÷ {of_then}出席 {totals.attendance}人）"
    elif totals.attendance is None:
        rate = "回収率　出席者数の記録がないため、出しません"
    elif totals.counted_total > totals.attendance:
        rate = excess_responses_words(totals.counted_total, totals.attendance)
    else:
        rate = "回収率　数える回答がないため、出しません"
    lines = [rate]
    if totals.agreement.response_count:
        both = totals.agreement
        lines.append(
            f"2回目の入力　**{both.response_count}枚**　回答の一致 {both.same_count} / {both.answer_count}（"
            f"{both.rate}%）"
        )
    if totals.missing_numbers:
        lines.append(f"紙の番号のぬけ　{number_ranges(totals.missing_numbers)}")
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


def _table(totals: ChannelTotals) -> QWidget:
    """Build the table that compares the counts on paper and online."""
    table = QWidget()
    grid = in_grid(table, across=24, down=4)
    grid.setColumnStretch(len(_HEADS) - 1, 1)
    for column, words in enumerate(_HEADS):
        grid.addWidget(label(words, "small"), 0, column, _side(column))
    grid.addWidget(separator(), 1, 0, 1, len(_HEADS))
    rows = [
        (
            one.name,
            one.response_count,
            one.counted_total,
            "、".join(f"{reason} {count}" for reason, count in one.left_out_reasons),
        )
        for one in totals.channels
    ]
    rows.append(("計", sum(one.response_count for one in totals.channels), totals.counted_total, ""))
    for line, (name, sheets, counted, reasons) in enumerate(rows, 2):
        role = "strong" if name == "計" else "body"
        for column, words in enumerate((name, str(sheets), str(counted), str(sheets - counted))):
            grid.addWidget(label(words, role), line, column, _side(column))  # type: ignore[arg-type]
        grid.addWidget(wrapped_label(reasons), line, len(_HEADS) - 1)
    return table


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if 0 < column < len(_HEADS) - 1 else Qt.AlignmentFlag.AlignLeft


class MergeLine(QWidget):
    """The line on the sum and left-out answers; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self._view: SurveyView | None = None
        self.summary = small_label()
        self.rules = Link("集計のしかた", self.open_rules)
        in_row((self.summary, 1), (self.rules, 0, Qt.AlignmentFlag.AlignTop), owner=self, spacing=12)

    def show_view(self, view: SurveyView) -> None:
        """Show the sum of this survey; nothing before the first answer."""
        self._view = view
        self.setVisible(bool(view.responses))
        self.summary.setText(merge_summary(channel_totals(view)))

    def open_rules(self) -> None:
        """Open the dialog with the rules of merging and the numbers of each channel."""
        if self._view is not None:
            MergeRulesDialog(self._view, self).open()


def merge_summary(totals: ChannelTotals) -> str:
    """Return sentences on how paper and online are summed, and what is left out or unknown."""
    paper, online = totals.channels
    both = bool(paper.counted_total and online.counted_total)
    words = "紙とオンラインを合算しています。" if both else ""
    reasons = "、".join(
        f"{reason} {count}" for channel in totals.channels for reason, count in channel.left_out_reasons
    )
    if totals.left_out_total:
        words += f"入れない理由　{reasons}。"
    if both:
        words += "無記名のため、同じ人が両方で答えたかは分かりません。"
    return words
