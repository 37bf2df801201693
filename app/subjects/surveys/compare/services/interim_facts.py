"""What came back over all events held up to a day, question by question: the numbers of アンケート中間集計.

``read_interim(store, as_of) -> InterimFacts``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.papers.blocks import TallyChart
from app.programme.services.programme import read_programme
from app.refusal import Refusal
from app.subjects.surveys.compare.papers.interim_totals import InterimEvent, InterimFacts, InterimKind
from app.subjects.surveys.compare.services.record_line import read_record_line
from app.subjects.surveys.questions.rules.answer_rows import was_asked
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import QuestionTally
from app.subjects.surveys.tally.papers.survey_charts import tally_chart, without_channels
from app.subjects.surveys.tally.rules.comparison_questions import COMPARABLE, question_standing
from app.subjects.surveys.tally.rules.tally import tally
from db.records.events import Event
from db.records.surveys import AnswerSheet, EventSurvey, Question
from db.store import Store
from db.tables import deadlines, events, surveys

_KINDS = ("講習会", "意見交換会")


@dataclass(frozen=True)
class _Held:
    """One event with its survey and the sheets that count."""

    event: Event
    survey: EventSurvey
    sheets: tuple[AnswerSheet, ...]
    attended: int | None

    def question(self, code: str) -> Question | None:
        """Its question with ``code``, or None."""
        return next((one for one in self.survey.questions if one.code == code), None)


def has_answers(store: Store, *, programme_id: int, as_of: date) -> bool:
    """Return whether anything came back over the events of a year up to ``as_of``."""
    known = surveys.all_surveys(store.database)
    sheets = deadlines.sheets_by_survey(store.database, [one.id for one in known])
    answered = {one.event_id for one in known if sheets.get(one.id)}
    return any(
        event.id in answered
        and event.kind in _KINDS
        and event.status != "中止"
        and event.event_date is not None
        and event.event_date <= as_of
        for event in events.all_of(store.database, programme_id)
    )


def read_interim(store: Store, *, as_of: date, fiscal_year: int | None = None) -> InterimFacts:
    """Return the totals over every event of a year (None = the newest) held up to ``as_of``, both days counted.

    Raises:
        Refusal: nothing came back yet.
    """
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    by_event = {one.event_id: one for one in surveys.all_surveys(store.database)}
    held: list[_Held] = []
    waiting = []
    for event in events.all_of(store.database, programme.id):
        if event.kind not in _KINDS or event.event_date is None or event.event_date > as_of or event.status == "中止":
            continue
        survey = by_event.get(event.id)
        present = tuple(surveys.sheets(store.database, survey.id)) if survey is not None else ()
        counted = tuple(sheet for sheet in present if sheet.counted)
        if survey is None or not counted:
            waiting.append(event.full_title)
            continue
        result = events.result(store.database, event.id)
        held.append(_Held(event, survey, counted, result.attended if result else None))
    if not held:
        raise Refusal("集計する回答がまだありません。", "回答が入ってから作成してください。")
    kinds = tuple(_kind(kind, part) for kind in _KINDS if (part := [one for one in held if one.event.kind == kind]))
    return InterimFacts(
        as_of=as_of,
        kinds=kinds,
        waiting=tuple(waiting),
        record_line=read_record_line(store, today=as_of, fiscal_year=fiscal_year).line,
    )


def _kind(kind: str, held: Sequence[_Held]) -> InterimKind:
    codes = dict.fromkeys(question.code for one in reversed(held) for question in one.survey.questions)
    charts: list[TallyChart] = []
    sums: dict[str, QuestionTally] = {}
    written: list[tuple[str, int]] = []
    for place, code in enumerate(codes, start=1):
        newest = next(found for one in reversed(held) if (found := one.question(code)) is not None)
        total, note = _added(newest, held)
        if newest.type == "FA":
            written.append((f"問{place}　{printed_title(newest)}", total.answered))
            continue
        chart = without_channels(tally_chart(total, place))
        charts.append(replace(chart, code=f"問{place}", note=chart.note + note))
        if newest.role and total.sum_label:
            sums[newest.role] = total
    return InterimKind(
        kind=kind,
        events=tuple(_event(one) for one in held),
        charts=tuple(charts),
        sums=sums,
        written=tuple(written),
    )


def _added(newest: Question, held: Sequence[_Held]) -> tuple[QuestionTally, str]:
    """One question over all events that asked the same, and what the note says of the others."""
    asked: list[AnswerSheet] = []
    outside = 0
    worded, changed, missing = [], [], []
    for one in held:
        own = one.question(newest.code)
        standing = question_standing(newest, own)
        if own is None:
            missing.append(one.event.full_title)
            continue
        if standing not in COMPARABLE:
            changed.append(one.event.full_title)
            continue
        if standing == "文が違う":
            worded.append(one.event.full_title)
        in_branch = [sheet for sheet in one.sheets if was_asked(own, sheet.answers, one.survey.questions)]
        outside += len(one.sheets) - len(in_branch)
        asked += in_branch
    # Who was asked is decided already, by the questionnaire of each event.
    (total,) = tally([replace(newest, asked_of="", asked_of_options=())], asked).questions
    words = (
        ("設問文が違うが合わせて数えた回", worded),
        ("選択肢や聞き方が違うため入れていない回", changed),
        ("聞いていない回", missing),
    )
    note = "".join(f"{word}：{'、'.join(names)}。" for word, names in words if names)
    return replace(total, question=newest, not_asked=outside), note


def _event(one: _Held) -> InterimEvent:
    counted = tally(one.survey.questions, one.sheets, attendance=one.attended)
    by_role = {found.question.role: found for found in counted.questions if found.sum_label}
    return InterimEvent(
        event=one.event,
        attended=one.attended,
        paper=counted.paper,
        online=counted.online,
        rate=counted.return_rate,
        frozen_on=one.survey.frozen_at.date() if one.survey.frozen_at else None,
        satisfaction=by_role.get("satisfaction"),
        intent=by_role.get("intent"),
    )
