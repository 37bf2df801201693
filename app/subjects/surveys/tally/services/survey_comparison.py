"""The ward's 検算: the contractor's tally, typed in, beside what the app counted from the same sheets.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``compare_tally``, ``note_check``; the numbers are kept by ``app.subjects.surveys.typing.services.survey_entry``.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import QuestionTally, Tally
from app.subjects.surveys.questions.services.surveys import open_survey
from app.subjects.surveys.tally.services.survey_tally import TallyView, tally_survey
from app.subjects.surveys.typing.services.survey_entry import SHEETS
from db.frozen_record import frozen_record
from db.records.surveys import EventSurvey
from db.store import Store

_SHEETS_TITLE = "回収した枚数"


@frozen_record
class ComparedRow:
    """One printed row of the tally: theirs (None = not typed in) beside ours."""

    code: str
    label: str
    title: str
    text: str
    ours: int
    theirs: int | None

    @property
    def differs(self) -> bool:
        """Whether both are known and not the same."""
        return self.theirs is not None and self.theirs != self.ours


@frozen_record
class TallyComparison:
    """All rows of one survey; ``survey`` tells when the ward finished its 検算 and who did it."""

    survey: EventSurvey
    rows: tuple[ComparedRow, ...]

    @property
    def compared(self) -> int:
        """How many rows have a number of the contractor."""
        return sum(1 for row in self.rows if row.theirs is not None)

    @property
    def differing(self) -> tuple[ComparedRow, ...]:
        """The rows whose numbers are not the same."""
        return tuple(row for row in self.rows if row.differs)


def compare_tally(store: Store, *, event_id: int) -> TallyComparison:
    """Return the contractor's numbers beside ours; raises ``Refusal`` before there are questions."""
    return comparison_of(tally_survey(store, event_id=event_id))


def comparison_of(found: TallyView) -> TallyComparison:
    """Return the comparison that belongs to totals already counted."""
    survey = found.view.survey
    if survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    return TallyComparison(survey=survey, rows=compared_rows(survey, found.tally))


def compared_rows(survey: EventSurvey, counted: Tally) -> tuple[ComparedRow, ...]:
    """Return every printed number of totals beside the contractor's: first the sheets, then question by question."""
    theirs = survey.contractor_counts
    sheets = (("紙", counted.paper), ("オンライン", counted.online))
    rows = [
        ComparedRow(
            code=SHEETS, label="", title=_SHEETS_TITLE, text=text, ours=ours, theirs=theirs.get(SHEETS, {}).get(text)
        )
        for text, ours in sheets
    ]
    for place, one in enumerate(counted.questions, 1):
        if one.question.type in ("SA", "MA"):
            rows += _rows(one, f"問{place}", theirs.get(one.question.code, {}))
    return tuple(rows)


def _rows(one: QuestionTally, label: str, theirs: Mapping[str, int]) -> list[ComparedRow]:
    question = one.question
    order = {text: place for place, text in enumerate(question.options)}
    rows = sorted(one.rows(), key=lambda row: order.get(row.text, len(order)))
    return [
        ComparedRow(
            code=question.code,
            label=label,
            title=printed_title(question),
            text=row.text,
            ours=row.count,
            theirs=theirs.get(row.text),
        )
        for row in rows
    ]


@deed
def note_check(act: Act, *, survey_id: int) -> Saved:
    """Note that the ward finished its 検算 today; differences may remain and stay visible.

    Raises:
        Refusal: no number of the contractor was typed in yet, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    if not survey.contractor_counts:
        raise Refusal("受託者の集計の数がまだ入力されていません。", "受託者の集計表の人数を入力してください。")
    with act.change("アンケートの検算を終えた", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, checked_by=act.by, checked_on=act.today)
    return Saved("検算を終えたことを記録しました。", survey_id)
