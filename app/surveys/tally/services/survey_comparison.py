"""The ward's 検算: the contractor's typed tally beside what the program counted from the same sheets.

The typed numbers are stored with the survey.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.surveys.questions.rules import printed_title
from app.surveys.questions.services.surveys import get_open_survey
from app.surveys.tally.rules import QuestionTally, Tally
from app.surveys.tally.services.survey_tally import TallyView, read_tally
from db.record import record
from db.records.surveys import EventSurvey
from db.store import Store

RESPONSE_COUNT_KEY = ""
"""The code under which the numbers of responses are stored."""


@record
class ComparedRow:
    """One printed row of the tally with the contractor's number (None = not typed) and the own one.

    ``code``, ``label`` (「問3」) and ``title`` are of its question, ``text`` names the row; code and label are "" for
    the number of responses.
    """

    code: str
    label: str
    title: str
    text: str
    own_count: int
    contractor_count: int | None

    @property
    def is_different(self) -> bool:
        """Return whether both are known and different."""
        return self.contractor_count is not None and self.contractor_count != self.own_count


@record
class TallyComparison:
    """All rows of one survey; ``survey`` says when and by whom the 検算 was finished."""

    survey: EventSurvey
    rows: tuple[ComparedRow, ...]


def compare_tally(store: Store, *, event_id: int) -> TallyComparison:
    """Return the contractor's numbers beside the own ones; raises ``UserError`` before there are questions."""
    return comparison_of_view(read_tally(store, event_id=event_id))


def comparison_of_view(tally_view: TallyView) -> TallyComparison:
    """Return the contractor's and the ward's counts, from a tally already counted; ``UserError`` without questions."""
    survey = tally_view.survey_view.survey
    if survey is None:
        raise UserError("この実施回の設問がまだありません。", "設問を用意してください。")
    return TallyComparison(survey=survey, rows=compare_rows(survey, tally_view.tally))


def compare_rows(survey: EventSurvey, tally: Tally) -> tuple[ComparedRow, ...]:
    """Return every printed number of SA and MA questions beside the contractor's, in the order of the paper.

    The numbers of responses (紙, オンライン) come first.
    """
    theirs = survey.contractor_counts
    sheets = (("紙", tally.paper), ("オンライン", tally.online))
    rows = [
        ComparedRow(
            code=RESPONSE_COUNT_KEY,
            label="",
            title="回収した枚数",
            text=text,
            own_count=ours,
            contractor_count=theirs.get(RESPONSE_COUNT_KEY, {}).get(text),
        )
        for text, ours in sheets
    ]
    for place, one in enumerate(tally.questions, 1):
        if one.question.type.has_options:
            rows += _rows(one, f"問{place}", theirs.get(one.question.code, {}))
    return tuple(rows)


def _rows(question_tally: QuestionTally, label: str, contractor_counts: Mapping[str, int]) -> list[ComparedRow]:
    """Return a row with the counts of both sides for each printed row of a question, options in the paper's order."""
    question = question_tally.question
    order = {text: place for place, text in enumerate(question.options)}
    rows = sorted(question_tally.rows(), key=lambda row: order.get(row.text, len(order)))
    return [
        ComparedRow(
            code=question.code,
            label=label,
            title=printed_title(question),
            text=row.text,
            own_count=row.count,
            contractor_count=contractor_counts.get(row.text),
        )
        for row in rows
    ]


def record_check(context: ActionContext, *, survey_id: int) -> ActionResult:
    """Record that the ward finished its 検算 today; differences may remain and stay visible.

    Raises:
        UserError: no number of the contractor was typed yet, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    if not survey.contractor_counts:
        raise UserError("受託者の集計の数がまだ入力されていません。", "受託者の集計表の人数を入力してください。")
    with context.change("アンケートの検算を終えた", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, checked_by=context.by, checked_on=context.today)
    return ActionResult("検算を終えたことを記録しました。", survey_id)


def set_contractor_counts(
    context: ActionContext, *, survey_id: int, counts: Mapping[str, Mapping[str, int]]
) -> ActionResult:
    """Store the numbers of the contractor's tally (by question code and printed row) for the 検算.

    They replace all stored ones, and the 検算 is no longer marked as done.

    Raises:
        UserError: a negative number, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    if any(number < 0 for rows in counts.values() for number in rows.values()):
        raise UserError("0より小さい人数があります。", "受託者の集計表を確かめてください。")
    kept = {code: dict(rows) for code, rows in counts.items() if rows}
    with context.change("受託者の集計の数を入力", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, contractor_counts=kept, checked_by="", checked_on=None)
    return ActionResult("受託者の集計の数を保存しました。", survey_id)
