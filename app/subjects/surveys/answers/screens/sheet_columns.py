"""How a returned sheet becomes a row of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.subjects.surveys.questions.parts.survey_words import sheet_name, sheet_state
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.typing.services.survey_entry import answer_words
from app.widgets.record_columns import Cell, Column, RowAction, SheetPart
from db.records.surveys import Answer, AnswerSheet, Question

_BADGES = {"確認が必要": ("確認が必要", ""), "集計に入れない": ("取り込まない", "集計に入れない")}


def sheet_columns(questions: Callable[[], Sequence[Question]], today: date) -> tuple[Column, ...]:
    """The columns of 回答一覧: which sheet, whether it counts, what to look at, the first answers."""
    return (
        Column(key="name", title="回答", show=lambda row: Cell(text=sheet_name(row, today), strong=True), sort=_order),
        Column(key="state", title="集計", show=_state, sort=sheet_state),
        Column(
            key="problem",
            title="確認すること・決めたこと",
            show=_problem,
            stretch=True,
            sortable=False,
            parts=(
                SheetPart(title="確認すること", show=lambda row: "、".join(row.problems)),
                SheetPart(title="決めたこと", show=lambda row: row.decision),
            ),
        ),
        Column(
            key="answers",
            title="回答の内容",
            show=lambda row: Cell(text=_told(row, questions()), tone="" if row.counted else "second"),
            stretch=True,
            narrow=False,
            sortable=False,
            parts=lambda: [_answer_part(place, one) for place, one in enumerate(questions(), start=1)],
        ),
    )


def _answer_part(place: int, question: Question) -> SheetPart:
    """In a table each question has a column of its own: the window shows only what a sheet is known by."""

    def told(row: AnswerSheet) -> str:
        return answer_words(question, row.answers.get(question.code, Answer()))

    return SheetPart(title=f"問{place} {printed_title(question)}", show=told)


def sheet_action(row: AnswerSheet) -> RowAction | None:
    """A doubtful sheet asks to be decided."""
    return RowAction(text="決める") if sheet_state(row) == "確認が必要" else None


def _order(row: AnswerSheet) -> tuple[bool, int, str]:
    stamped = row.answered_at.isoformat() if row.answered_at is not None else ""
    return (row.source != "紙", row.number or 0, stamped)


def _state(row: AnswerSheet) -> Cell:
    state = sheet_state(row)
    if state in _BADGES:
        badge, words = _BADGES[state]
        return Cell(badge=badge, text=words)
    return Cell(text="集計に入れる", icon="check-circle-fill", tone="green")


def _problem(row: AnswerSheet) -> Cell:
    decided = f"決めたこと　{row.decision}" if row.decision else ""
    return Cell(text="、".join(row.problems) or decided, second=decided if row.problems else "")


def _told(row: AnswerSheet, questions: Sequence[Question]) -> str:
    first = [question for question in questions if question.role == "satisfaction"]
    rest = [question for question in questions if question.type == "SA" and question not in first]
    told = [*first, *rest][:2]
    return "、".join(answer_words(question, row.answers.get(question.code, Answer())) for question in told)
