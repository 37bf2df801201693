"""How the rows of an answer file, and the imports made so far, become rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.rules.dates import short_date
from app.services.survey_answers import answer_words
from app.services.survey_preview import RowOutcome
from app.ui.widgets.record_columns import Cell, Column
from db.records.surveys import Answer, Question, SurveyImport


def preview_columns(questions: Sequence[Question], today: date) -> tuple[Column, ...]:
    """The columns of the preview: line, outcome, time, the first answers, reason."""
    told = _telling(questions)
    return (
        Column(
            key="row",
            title="行",
            show=lambda row: Cell(text=str(row.line), tone="second"),
            align="right",
            sort=lambda row: row.row,
            width=48,
        ),
        Column(key="outcome", title="結果", show=lambda row: Cell(badge=row.outcome)),
        Column(
            key="time",
            title="回答日時",
            show=lambda row: Cell(text=_stamp(row, today), tone="second" if row.outcome == "重複" else ""),
            sort=lambda row: row.answered_at,
        ),
        Column(key="answers", title="回答", show=lambda row: _answers(row, told), stretch=True, narrow=False),
        Column(
            key="reason",
            title="理由・知っておくこと",
            show=lambda row: Cell(text=row.reason, second=row.note),
            stretch=True,
            sortable=False,
        ),
    )


def _telling(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Two questions by which a person recognises an answer: the satisfaction first, then the first ones."""
    first = [question for question in questions if question.role == "satisfaction"]
    rest = [question for question in questions if question.type == "SA" and question not in first]
    return tuple([*first, *rest][:2])


def _answers(row: RowOutcome, told: Sequence[Question]) -> Cell:
    if row.outcome == "取り込まない":
        return Cell(text="—", tone="second")
    words = [answer_words(question, row.answers.get(question.code, Answer())) for question in told]
    return Cell(text="、".join(words), tone="second" if row.outcome == "重複" else "")


def _stamp(row: RowOutcome, today: date) -> str:
    if row.answered_at is None:
        return "日時なし"
    return f"{short_date(row.answered_at.date(), today)} {row.answered_at:%H:%M}"


def import_columns(today: date) -> tuple[Column, ...]:
    """The columns of the imports made so far."""
    return (
        Column(
            key="at",
            title="取り込んだ日時",
            show=lambda row: Cell(text=f"{short_date(row.at.date(), today)} {row.at:%H:%M}", second=row.by),
            sortable=False,
        ),
        Column(key="file", title="ファイル", show=lambda row: row.file_name, stretch=True, sortable=False),
        Column(key="counts", title="結果", show=_counts, stretch=True, sortable=False),
    )


def _counts(row: SurveyImport) -> Cell:
    parts = [
        f"{word} {count}"
        for word, count in (
            ("新規", row.new),
            ("確認が必要", row.needs_check),
            ("重複", row.duplicate),
            ("取り込まない", row.skipped),
        )
        if count
    ]
    return Cell(text="・".join(parts), second=f"理由　{row.reason}" if row.reason else "")
