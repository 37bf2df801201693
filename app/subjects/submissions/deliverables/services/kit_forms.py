"""The forms of the 返ってくる様式 as they stand for an event or a year, and their papers.

``figures_of(store, event) -> Form``, ``form_of(store, title, event_id, fiscal_year) -> Form``; ``PAPERS`` are declared
    here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.calendar.wareki import fiscal_year_words
from app.papers.blocks import DocumentContent
from app.papers.event_facts import formal_title
from app.papers.paper import event_sign
from app.papers.services.paper_context import context_of, paper_context
from app.papers.services.paper_kind import PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.programme.services.programme import programme_of_event
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.submissions.deliverables.papers.kit_paper import ENDING, kit_paper
from app.subjects.submissions.deliverables.rules.kit_form import (
    FIGURES,
    Asks,
    FormQuestion,
    KitForm,
    figures_form,
)
from app.subjects.submissions.deliverables.services.year_forms import FORM_OF
from db.records.events import Event
from db.records.programme import Programme
from db.records.surveys import EventSurvey
from db.rows import row
from db.store import Store
from db.tables import materials


def figures_of(store: Store, event: Event, view: ProgrammeView) -> KitForm:
    """Return the form of the numbers of an event, from its kind, its questions and its handouts as they stand."""
    numbers = view.numbers[event.kind]
    survey = row(store.database, EventSurvey, event_id=event.id) if numbers.has_survey else None
    questions = survey.questions if survey is not None else ()
    asks = Asks(
        tablets=event.kind == "講習会",
        survey=survey is not None,
        satisfied=any(one.role == "satisfaction" for one in questions),
        intent=any(one.role == "intent" for one in questions),
        questions=tuple(
            FormQuestion(code=f"問{place}", title=one.title, options=one.options, single=one.type == "SA")
            for place, one in enumerate(questions, 1)
            if one.type in ("SA", "MA")
        ),
        handouts=tuple(one.title for one in materials.of_event(store.database, event.id)),
    )
    return figures_form(about=about_event(view.programme, event), subject=formal_title(event), asks=asks)


def about_event(programme: Programme, event: Event) -> str:
    """Return 「R8-講06-0006」: its sign as people know it, and its number in the file, which a move never changes."""
    return f"{event_sign(programme, event)}-{event.id:04d}"


def singles_of(store: Store, event: Event) -> frozenset[str]:
    """Return the questions of an event with one answer a person (「問1」 …)."""
    survey = row(store.database, EventSurvey, event_id=event.id)
    found = enumerate(survey.questions, 1) if survey is not None else ()
    return frozenset(f"問{place}" for place, one in found if one.type == "SA" and not one.asked_of)


def year_form(title: str, view: ProgrammeView) -> KitForm:
    """Return a form of the year by its title (``FORM_OF``)."""
    return FORM_OF[title].make(fiscal_year_words(view.programme.fiscal_year), view.programme.title)


def _figures_paper(store: Store, event: Event, now: datetime) -> DocumentContent:
    view = programme_of_event(store, event, on=now.date())
    context = paper_context(store, view, event, f"{FIGURES}{ENDING}", now)
    return kit_paper(context, figures_of(store, event, view))


def _year_paper(title: str) -> PaperKind:
    kind = f"{title}{ENDING}"

    def build(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
        view = year_of(store, scope, on=now.date())
        filled = FORM_OF[title].known(store, view, now.date())
        return kit_paper(context_of(store, view, scope, kind, now), year_form(title, view), filled)

    return PaperKind(
        kind=kind,
        about="年度",
        shelf="年度",
        build=build,
        ready=_always,
        missing="年度を始めると作成できます。",
        todo="提出物",
        recipient="受託者",
        personal=FORM_OF[title].make("", "").personal,
    )


def _always(_store: Store, _subject: PaperSubject) -> bool:
    return True


PAPERS: Final = (
    event_paper(
        kind=f"{FIGURES}{ENDING}",
        shelf="報告",
        meets="実施後",
        build=_figures_paper,
        ready=lambda _store, _file: True,
        missing="実施回を作成すると作成できます。",
        todo="報告書",
        recipient="受託者",
        formats=("xlsx",),
    ),
    *map(_year_paper, FORM_OF),
)
