"""What a set of questions looks like on paper and what to look at in it, while it is being written.

- ``prepare_preview(store, …) -> PreparedSet`` reads what the sheet needs and looks the questions over
- ``draw_preview(prepared) -> DrawnSet`` draws the pages (no store: it runs beside the window)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.papers.blocks import DocumentContent
from app.papers.services import papers
from app.papers.services.paper_context import paper_context
from app.programme.services.programme import programme_of_event, read_programme
from app.programme.services.programme_view import ProgrammeView
from app.refusal import Refusal
from app.required import required
from app.subjects.events.services.event_file import read_file
from app.subjects.register.rules.free_text import NameFinder, personal_flags
from app.subjects.surveys.questions.papers import questionnaire
from app.subjects.surveys.questions.rules.questionnaire_address import address_warnings
from app.subjects.surveys.questions.rules.questionnaire_checks import (
    QuestionFinding,
    beyond_finding,
    check_questions,
    named_finding,
    words_of,
)
from app.subjects.surveys.questions.rules.questionnaire_editing import NEW
from db.name_key import name_key
from db.records.events import Event
from db.records.programme import Kind
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.store import Store
from db.tables import known_names, surveys

MASTER_EVENT = "（実施回の名称）"


@dataclass(frozen=True, kw_only=True)
class PreparedSet:
    """A set ready to be drawn, and what was found by reading it; ``event_id`` and ``questionnaire_id`` say whose."""

    content: DocumentContent
    findings: tuple[QuestionFinding, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnSet:
    """The pages as PDF; ``places`` tell on which page a question stands (by code, from 1).

    ``findings`` begin with the questions that find no room on the two pages of one sheet.
    """

    data: bytes
    pages: int
    places: dict[str, int]
    findings: tuple[QuestionFinding, ...]


def prepare_preview(
    store: Store,
    *,
    event_id: int = 0,
    questionnaire_id: int = 0,
    questions: Sequence[Question] | None = None,
    large: bool = False,
    now: datetime,
) -> PreparedSet:
    """Return the sheet of an event or of a master as it would be printed now, and what to look at in it.

    Args:
        event_id, questionnaire_id: whose set it is; exactly one of them.
        questions: as they are being typed, complete or not; None = as they are kept. large: in 20 pt.

    Raises:
        Refusal: the event or the master is no longer there, or the event has no questions yet.
    """
    if event_id:
        event, survey, people = _of_event(store, event_id)
    else:
        event, survey, people = *_of_master(store, questionnaire_id), None
    asked = named(questions if questions is not None else survey.questions)
    kind = questionnaire.LARGE_KIND if large else questionnaire.KIND
    year = programme_of_event(store, event, on=now.date()) if event_id else read_programme(store, on=now.date())
    context = paper_context(store, year, event, kind, now)
    content = questionnaire.questionnaire(context, event, replace(survey, questions=asked), kind=kind)
    findings = [*check_questions(asked, people=people), *_names(store, year, asked, event.lecturer)]
    findings += [
        QuestionFinding(code="", weight="注意", text=text, why="用紙のQRコードになる前に直してください。")
        for text in address_warnings(survey.online_url)
    ]
    return PreparedSet(content=content, findings=tuple(findings))


def named(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Give questions that have no code yet a name by their place, so that they are told apart until they are kept."""
    return tuple(
        replace(question, code=question.code or f"{NEW}{place}") for place, question in enumerate(questions, start=1)
    )


def draw_preview(prepared: PreparedSet) -> DrawnSet:
    """Draw the pages; raises ``Refusal`` for a character that no font has, naming it."""
    from app.papers.fonts import bundled_fonts_folder
    from app.papers.pdf.questionnaire_form import beyond_two_pages, pages_of
    from app.papers.pdf.typefaces import open_collection

    drawn = papers.render(prepared.content, format="pdf")
    fonts = open_collection(bundled_fonts_folder())
    places = pages_of(prepared.content, fonts)
    beyond = beyond_two_pages(prepared.content, fonts) if prepared.content.type_size <= 14 else ()
    findings = (*((beyond_finding(beyond),) if beyond else ()), *prepared.findings)
    return DrawnSet(data=drawn.data, pages=drawn.pages, places=places, findings=findings)


def _of_event(store: Store, event_id: int) -> tuple[Event, EventSurvey, int | None]:
    file = read_file(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    people = file.told.people if file.told is not None else file.people
    return file.event, survey, people or None


def _of_master(store: Store, questionnaire_id: int) -> tuple[Event, EventSurvey]:
    """A master belongs to no event: its sheet shows where name and day will stand."""
    master = required(store.database, Questionnaire, questionnaire_id)
    kind: Kind = "意見交換会" if master.kind == "意見交換会" else "講習会"
    event = Event(kind=kind, subject=MASTER_EVENT)
    return event, EventSurvey(event_id=0, title=master.name, questions=master.questions)


def _names(store: Store, year: ProgrammeView, questions: Sequence[Question], lecturer: str) -> list[QuestionFinding]:
    """Questions whose own words hold a known person, a telephone number or a mail address."""
    office, contractor = year.office, year.contractor
    staff = [name for name in (office.staff, contractor.responsible, contractor.representative, lecturer) if name]
    people = [*known_names.name_keys(store.database), *((name, name_key(name)) for name in staff)]
    finder = NameFinder.with_keys(people, name_key)
    found = []
    for place, question in enumerate(questions, start=1):
        flags = personal_flags(words_of(question), finder=finder)
        if flags:
            found.append(named_finding(question, f"問{place}", flags))
    return found
