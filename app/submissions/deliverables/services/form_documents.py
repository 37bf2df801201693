"""The documents of the 返ってくる様式 for an event or a year."""

from __future__ import annotations

from datetime import datetime

from app.calendar.wareki import fiscal_year_words
from app.documents.blocks import DocumentContent
from app.documents.document_frame import event_code
from app.documents.event_facts import formal_title
from app.documents.services.document_context import document_context_of, event_document_context
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_scope import DocumentScope, year_at
from app.event.services.event_document import event_document_kind
from app.programme.services import ProgrammeView, programme_of_event
from app.submissions.deliverables.documents import ENDING, form_document
from app.submissions.deliverables.rules.submission_form import (
    FIGURES,
    SubmissionForm,
    figures_form,
)
from app.submissions.deliverables.services.year_forms import FORM_OF
from db.records.events import Event
from db.records.surveys import EventSurvey
from db.rows import row
from db.store import Store
from db.tables import materials


def figures_form_of(store: Store, event: Event, view: ProgrammeView) -> SubmissionForm:
    """Return the form of an event's numbers, from its kind, questions and handouts."""
    numbers = view.kind(event.kind)
    survey = row(store.database, EventSurvey, event_id=event.id) if numbers.has_survey else None
    return figures_form(
        about=f"{event_code(view.programme, event, numbers)}-{event.id:04d}",
        subject=formal_title(event, numbers),
        tablets=numbers.lends_devices,
        questions=survey.questions if survey is not None else None,
        handouts=tuple(one.title for one in materials.of_event(store.database, event.id)),
    )


def single_choice_questions(store: Store, event: Event) -> frozenset[str]:
    """Return the questions of an event with one answer a person that are asked of everybody (「問1」 …)."""
    survey = row(store.database, EventSurvey, event_id=event.id)
    found = enumerate(survey.questions, 1) if survey is not None else ()
    return frozenset(f"問{place}" for place, one in found if one.type.takes_one and not one.asked_of)


def year_form(title: str, view: ProgrammeView) -> SubmissionForm:
    """Return a form of the year by its title (``FORM_OF``)."""
    about, subject, form = fiscal_year_words(view.programme.fiscal_year), view.programme.title, FORM_OF[title]
    return form.make_of_year(about, subject, view.kinds) if form.make_of_year else form.make(about, subject)


def _figures_document(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the form in which the contractor fills the figures of an event."""
    view = programme_of_event(store, event, on=now.date())
    context = event_document_context(store, event, f"{FIGURES}{ENDING}", now, view=view)
    return form_document(context, figures_form_of(store, event, view))


def _year_document(title: str) -> DocumentKind:
    kind = f"{title}{ENDING}"

    def build(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
        """Build the form of the year, filled in with what the records know."""
        view = year_at(store, scope, now)
        filled = FORM_OF[title].read_prefill(store, view, now.date())
        return form_document(document_context_of(store, scope, kind, now), year_form(title, view), filled)

    return DocumentKind(
        kind=kind,
        build=build,
        missing_words="年度を始めると作成できます。",
        todo="提出物",
        recipient="受託者",
        personal=FORM_OF[title].make("", "").personal,
    )


DOCUMENTS = (
    event_document_kind(
        kind=f"{FIGURES}{ENDING}",
        group="報告",
        event_role="実施後",
        build=_figures_document,
        ready=lambda _store, _file: True,
        missing_words="実施回を作成すると作成できます。",
        todo="報告書",
        recipient="受託者",
        formats=("xlsx",),
    ),
    *map(_year_document, FORM_OF),
)
