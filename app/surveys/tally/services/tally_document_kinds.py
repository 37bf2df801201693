"""The documents of a tally, アンケート集計表 and クロス集計表, both as PDF and as a workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.document_frame import DocumentContext
from app.documents.services.document_context import event_document_context
from app.event.services.event_document import event_document_kind
from app.event.services.event_records import EventRecords
from app.registers.register.rules import NameFinder, personal_flags
from app.registers.register.services.search import name_finder
from app.surveys.tally import documents as tally_documents
from app.surveys.tally.documents import TallyFacts, answer_data
from app.surveys.tally.rules import role_and_age_warning
from app.surveys.tally.services.confirmed_tallies import tally_state
from app.surveys.tally.services.survey_check import check_of_view, check_words
from app.surveys.tally.services.survey_cross import chosen_cross_tables, has_chosen_tables
from app.surveys.tally.services.survey_tally import (
    TallyView,
    counted_words,
    facts_beside_survey,
    printed_comments,
    quoted_personal_flags,
    read_tally,
)
from db.records.events import Event
from db.store import Store
from db.tables import surveys

_NOT_FROZEN_NOTE = "アンケート"


def tally_facts(store: Store, tally_view: TallyView) -> TallyFacts:
    """Return the data of an アンケート集計表 from totals already counted."""
    survey = tally_view.survey_view.survey
    assert survey is not None  # read_tally raises before
    finder = name_finder(store, tally_view.survey_view.responses)
    decided = {(one.code, comment.sheet_id): comment for one in tally_view.comments for comment in one.comments}
    charted = (one.question.code for one in tally_view.tally.questions if not one.question.type.is_text)
    return TallyFacts(
        event=facts_beside_survey(store, tally_view.survey_view.event, survey),
        survey=survey,
        tally=tally_view.tally,
        charts=dict(zip(charted, tally_view.charts, strict=True)),
        comments=tuple(printed_comments(one) for one in tally_view.comments),
        counted_words=counted_words(survey),
        check_words=check_words(check_of_view(tally_view.survey_view, survey, tally_view.tally)),
        left_out_reasons=_left_out(tally_view, finder),
        warning=role_and_age_warning(survey.questions, tally_view.tally.base),
        data=answer_data(survey.questions, tally_view.survey_view.responses, decided, finder),
        names_people=bool(quoted_personal_flags(tally_view, finder)),
    )


def _left_out(tally_view: TallyView, finder: NameFinder | None) -> tuple[tuple[str, int], ...]:
    """Return why responses are not counted, as staff wrote it, with the number of each.

    Fixed words stand for no reason, and for one that names somebody.
    """
    reasons = Counter(sheet.decision for sheet in tally_view.survey_view.responses if not sheet.counted)
    return tuple(
        ("理由は記録のとおり" if not reason or personal_flags(reason, finder=finder) else reason, count)
        for reason, count in reasons.items()
    )


def _tally(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the document アンケート集計表 of an event; raises ``UserError`` when there are no answers."""
    found = read_tally(store, event_id=event.id)
    if not found.tally.base:
        raise UserError("集計する回答がまだありません。", "「アンケート」で回答を入力するか、取り込んでください。")
    return tally_documents.tally_report(
        _context(store, event, tally_documents.TALLY_KIND, now), tally_facts(store, found)
    )


def _cross(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the document クロス集計表 with the cross tables chosen for it; raises as ``chosen_cross_tables``."""
    facts = chosen_cross_tables(store, event_id=event.id)
    return tally_documents.cross_report(_context(store, event, tally_documents.CROSS_KIND, now), facts)


def _context(store: Store, event: Event, kind: str, now: datetime) -> DocumentContext:
    """Return the document context, with the year as it was when the totals were fixed."""
    context = event_document_context(store, event, kind, now)
    kept = tally_state(store, surveys.survey_of_event(store.database, event.id))
    return replace(context, programme=kept.programme) if kept is not None else context


def _state(_store: Store, records: EventRecords, _today: date) -> str:
    """Return 「集計確定」 or 「集計確定前」; "" without a survey."""
    survey = records.survey
    return "" if survey is None else "集計確定" if survey.frozen_at else tally_documents.NOT_FROZEN


DOCUMENTS = (
    event_document_kind(
        kind=tally_documents.TALLY_KIND,
        counted=True,
        clauses=("clause_survey",),
        group="報告",
        event_role="実施後",
        build=_tally,
        ready=lambda _store, file: file.survey is not None and file.response_count > 0,
        fits=lambda file: file.shows_survey,
        state=lambda store, file, today: f"{_state(store, file, today)}　{file.response_count}件",
        missing_words="アンケートの回答が入ると作成できます。",
        todo=_NOT_FROZEN_NOTE,
    ),
    event_document_kind(
        kind=tally_documents.CROSS_KIND,
        counted=True,
        group="報告",
        event_role="実施後",
        build=_cross,
        ready=lambda store, file: has_chosen_tables(store, event_id=file.event.id),
        fits=lambda file: file.shows_survey,
        state=_state,
        missing_words="「集計」のクロス集計で、載せる表を選ぶと作成できます。",
        todo=_NOT_FROZEN_NOTE,
    ),
)
