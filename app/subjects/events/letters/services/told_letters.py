"""What the letters and notices of an event tell: when and where it is, and to how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.papers.rules.notification import Matter, sealed_names
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import Tells
from app.subjects.events.event.rules.recruitment import GAZETTE, TO_BRANCHES, TO_PRESIDENTS, WEB_PAGE
from app.subjects.events.event.rules.told_facts import CANCELLED, when_and_where
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.events.letters.rules.letter_texts import CANCELLATION, CHANGE, LETTERS, REFUSAL_LETTER, WITHDRAWAL
from app.subjects.events.letters.services.letter_addressees import choice_made, goes_to_organisation, wanted_entries
from db.records.roster import Entry

_ORGANISATIONS: Final = "申込団体"


def _to(course: EventCourse, entries: list[Entry]) -> tuple[str, dict[str, str]]:
    """Return 「7団体 13人」, and the facts that change when somebody comes, goes or is called otherwise.

    A 派遣 is told to its 団体, which itself was chosen, before anybody of it is named. Who heads a 団体 is no fact of
    it: after an election the letter of before still reached the right one.
    """
    facts = {"派遣先": course.event.organisation_name} if course.event.kind == "派遣" else {}
    if not entries:
        return "1団体", facts
    groups = len({row.organisation_id or row.organisation_name or f"#{row.id}" for row in entries})
    words = f"{groups}団体 {len(entries)}人"
    return words, {"宛先": sealed_names(words, {row.id: course.names.get(row.id, ()) for row in entries})} | facts


def _applies(kind: str, course: EventCourse) -> bool:
    """Whether there is anything of this letter to tell as things stand."""
    if kind == CANCELLATION:
        return course.event.status == CANCELLED
    if kind == CHANGE:
        return any(row.document_kind == CHANGE for row in course.issued)
    if kind == REFUSAL_LETTER:
        return choice_made(course.entries)
    if kind == WITHDRAWAL and not wanted_entries(kind, course.entries):
        return any(row.document_kind == kind for row in course.issued)
    return course.event.status != CANCELLED or any(row.document_kind == kind for row in course.issued)


def _to_people(kind: str) -> Callable[[PaperSubject], tuple[Matter, ...]]:
    def matters(subject: PaperSubject) -> tuple[Matter, ...]:
        course = course_of(subject)
        entries = wanted_entries(kind, course.entries)
        if not (entries or goes_to_organisation(course.event, kind)) or not _applies(kind, course):
            return ()
        words, to = _to(course, entries)
        facts = to | when_and_where(course.event, course.agenda)
        return (Matter(key=kind, title=words, facts=facts, paper=kind),)

    return matters


def _to_everybody(kind: str) -> Callable[[PaperSubject], tuple[Matter, ...]]:
    def matters(subject: PaperSubject) -> tuple[Matter, ...]:
        course = course_of(subject)
        if course.event.kind == "派遣" or not _applies(kind, course):
            return ()
        return (Matter(key=kind, facts=when_and_where(course.event, course.agenda), paper=kind),)

    return matters


TELLS: Final = (
    *(
        Tells(papers=(kind,), party=party, way=way, matters=_to_everybody(kind))
        for kind, party, way in (
            (TO_PRESIDENTS, "町会・自治会の会長", "郵送"),
            (TO_BRANCHES, "支部長", "手渡し"),
            (GAZETTE, "区報の担当", "メール"),
            (WEB_PAGE, "区公式ホームページの担当", "メール"),
        )
    ),
    *(Tells(papers=(kind,), party=_ORGANISATIONS, way="郵送", matters=_to_people(kind)) for kind in LETTERS),
)
