"""The papers of a tally: アンケート集計表 and クロス集計表, both as PDF and as a workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.papers.blocks import DocumentContent
from app.papers.paper import PaperContext
from app.papers.services.paper_context import paper_context
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.services.event_facts import planned_facts, read_facts
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.organisations.register.services.search import name_finder
from app.subjects.surveys.questions.services.confirmed_tallies import tally_state
from app.subjects.surveys.tally.papers import cross_report, tally_report
from app.subjects.surveys.tally.papers.tally_report import TallyFacts, answer_data
from app.subjects.surveys.tally.rules.cross_table import who_and_age_warning
from app.subjects.surveys.tally.services.survey_cross import crosses_of_paper, has_crosses
from app.subjects.surveys.tally.services.survey_settling import check_of, check_words
from app.subjects.surveys.tally.services.survey_tally import (
    TallyView,
    comment_list,
    counted_words,
    quoted_flags_of,
    tally_survey,
)
from db.records.events import Event
from db.store import Store
from db.tables import surveys

_OPEN: Final = "アンケート"


def tally_facts(store: Store, found: TallyView) -> TallyFacts:
    """Return what an アンケート集計表 says of totals already counted."""
    survey = found.view.survey
    assert survey is not None  # tally_survey refuses before
    finder = name_finder(store, found.view.sheets)
    decided = {(one.code, comment.sheet_id): comment for one in found.comments for comment in one.comments}
    charted = (one.question.code for one in found.tally.questions if one.question.type != "FA")
    event = found.view.event
    return TallyFacts(
        event=planned_facts(event) if survey.frozen_at else read_facts(store, event),
        survey=survey,
        tally=found.tally,
        charts=dict(zip(charted, found.charts, strict=True)),
        comments=tuple(comment_list(one) for one in found.comments),
        counted_words=counted_words(survey),
        check=check_words(check_of(found.view, survey, found.tally)),
        left_out=_left_out(found, finder),
        warning=who_and_age_warning(survey.questions, found.tally.base),
        data=answer_data(survey.questions, found.view.sheets, decided, finder),
        personal=bool(quoted_flags_of(found, finder)),
    )


def _left_out(found: TallyView, finder: NameFinder | None) -> tuple[tuple[str, int], ...]:
    """Why sheets are not counted, in the staff's own words; a reason that names somebody is not printed."""
    reasons = Counter(sheet.decision for sheet in found.view.sheets if not sheet.counted)
    return tuple(
        ("理由は記録のとおり" if not reason or personal_flags(reason, finder=finder) else reason, count)
        for reason, count in reasons.items()
    )


def _tally(store: Store, event: Event, now: datetime) -> DocumentContent:
    found = tally_survey(store, event_id=event.id)
    if not found.tally.base:
        raise Refusal("集計する回答がまだありません。", "「アンケート」で回答を入力するか、取り込んでください。")
    return tally_report.tally_report(_context(store, event, tally_report.KIND, now), tally_facts(store, found))


def _cross(store: Store, event: Event, now: datetime) -> DocumentContent:
    facts = crosses_of_paper(store, event_id=event.id)
    return cross_report.cross_report(_context(store, event, cross_report.KIND, now), facts)


def _context(store: Store, event: Event, kind: str, now: datetime) -> PaperContext:
    """What the paper needs of the office; the year as it was when the totals were fixed."""
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, kind, now)
    kept = tally_state(store, surveys.survey_of_event(store.database, event.id))
    return replace(context, programme=kept.programme) if kept is not None else context


def _state(_store: Store, file: EventFile, _today: date) -> str:
    survey = file.survey
    return "" if survey is None else "集計確定" if survey.frozen_at else tally_report.NOT_FROZEN


PAPERS = (
    event_paper(
        kind=tally_report.KIND,
        counted=True,
        rests_on=("clause_survey",),
        shelf="報告",
        meets="実施後",
        build=_tally,
        ready=lambda _store, file: file.survey is not None and file.sheets > 0,
        fits=lambda file: file.event.kind != "派遣",
        state=lambda store, file, today: f"{_state(store, file, today)}　{file.sheets}件",
        missing="アンケートの回答が入ると作成できます。",
        todo=_OPEN,
    ),
    event_paper(
        kind=cross_report.KIND,
        counted=True,
        shelf="報告",
        meets="実施後",
        build=_cross,
        ready=lambda store, file: has_crosses(store, event_id=file.event.id),
        fits=lambda file: file.event.kind != "派遣",
        state=_state,
        missing="「集計」のクロス集計で、載せる表を選ぶと作成できます。",
        todo=_OPEN,
    ),
)
