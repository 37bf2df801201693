"""What the letters and notices of an event tell: when and where it is, and to how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from app.papers.rules.notification import Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import Tells
from app.subjects.events.event.rules.recruitment import GAZETTE, TO_BRANCHES, TO_PRESIDENTS, WEB_PAGE
from app.subjects.events.event.rules.told_facts import CANCELLED, when_and_where
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.events.letters.rules.letter_texts import CANCELLATION, CHANGE, LETTERS, REFUSAL_LETTER, WITHDRAWAL
from app.subjects.events.letters.services.letter_addressees import choice_made, goes_to_organisation, wanted_entries
from app.subjects.events.letters.services.letter_batches import ONE_AFTER_ANOTHER, batches_of, key_of, told_to

_ORGANISATIONS: Final = "申込団体"


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


def _issued_on(course: EventCourse, kind: str, revision: int = 1) -> date | None:
    """The 施行 of the letter that a matter is; of a kind whose letters do not follow one another that of the newest."""
    mine = [one for one in course.letters if one.document_kind == kind]
    if kind in ONE_AFTER_ANOTHER:
        mine = [one for one in mine if one.revision == revision]
    return mine[-1].issued_on if mine and mine[-1].state == "施行" else None


def _to_people(kind: str) -> Callable[[PaperSubject], tuple[Matter, ...]]:
    def matters(subject: PaperSubject) -> tuple[Matter, ...]:
        course = course_of(subject)
        wanted = wanted_entries(kind, course.entries)
        if not (wanted or goes_to_organisation(course.event, kind)) or not _applies(kind, course):
            return ()
        found = []
        for revision, entries in batches_of(course, kind).entries.items():
            if entries or not wanted:
                words, to = told_to(course, entries)
                facts = to | when_and_where(course.event, course.agenda)
                issued = _issued_on(course, kind, revision)
                key = key_of(kind, revision)
                found.append(Matter(key=key, title=words, facts=facts, paper=kind, issued_on=issued))
        return tuple(found)

    return matters


def _said(kind: str) -> Callable[[PaperSubject, str], Mapping[str, Mapping[str, str]]]:
    """What the letters that leave now say: those of before went to others."""

    def said(subject: PaperSubject, _paper: str) -> Mapping[str, Mapping[str, str]]:
        key = key_of(kind, batches_of(course_of(subject), kind).now)
        return {one.key: one.facts for one in _to_people(kind)(subject) if one.key == key}

    return said


def _to_everybody(kind: str) -> Callable[[PaperSubject], tuple[Matter, ...]]:
    def matters(subject: PaperSubject) -> tuple[Matter, ...]:
        course = course_of(subject)
        if course.event.kind == "派遣" or not _applies(kind, course):
            return ()
        facts = when_and_where(course.event, course.agenda)
        return (Matter(key=kind, facts=facts, paper=kind, issued_on=_issued_on(course, kind)),)

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
    *(
        Tells(papers=(kind,), party=_ORGANISATIONS, way="郵送", matters=_to_people(kind), said=_said(kind))
        for kind in LETTERS
    ),
)
