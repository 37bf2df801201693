"""What the letters and notices of an event tell: when and where it is, and to how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.papers.rules.letter_batches import key_of
from app.papers.rules.notification import Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import Tells
from app.subjects.events.event.rules.event_state import standing_decision
from app.subjects.events.event.rules.recruitment import GAZETTE, TO_BRANCHES, TO_PRESIDENTS, WEB_PAGE
from app.subjects.events.event.rules.told_facts import CANCELLED, when_and_where
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.events.event.services.told_event import TO_WHO_COMES, WHEN_AND_WHERE, told_papers
from app.subjects.events.letters.rules.letter_texts import CANCELLATION, CHANGE, LETTERS, REFUSAL_LETTER, WITHDRAWAL
from app.subjects.events.letters.services.letter_addressees import choice_made, goes_to_organisation
from app.subjects.events.letters.services.letter_batches import ONE_AFTER_ANOTHER, batches_of, to_be_told, told_to

_ORGANISATIONS: Final = "申込団体"


def _applies(kind: str, course: EventCourse) -> bool:
    """Whether there is anything of this letter to tell as things stand."""
    if kind == CANCELLATION:
        return course.event.status == CANCELLED
    if kind == CHANGE:
        return _change_is_next(course) or any(row.document_kind == CHANGE for row in course.issued)
    if kind == REFUSAL_LETTER:
        return choice_made(course.entries)
    if kind == WITHDRAWAL and not to_be_told(course, kind):
        return any(row.document_kind == kind for row in course.issued)
    return course.event.status != CANCELLED or any(row.document_kind == kind for row in course.issued)


def _change_is_next(course: EventCourse) -> bool:
    """Whether a change was decided of an event whose day and place a letter told."""
    decision = standing_decision(course.event, course.decisions)
    return (
        decision is not None
        and decision.kind != CANCELLED
        and any(one.kind in TO_WHO_COMES for one in told_papers(course))
    )


def _when_and_where(course: EventCourse, kind: str, revision: int) -> dict[str, str]:
    """Day, hours and place as a letter tells them now.

    Once a 中止 or a change was decided, the letter by which people knew of the event tells its day no more: 中止通知
    and 変更通知 do, and it stays with what it told.
    """
    now = when_and_where(course.event, course.agenda)
    if kind == WITHDRAWAL:
        return _given_up(course, revision) or now
    if kind not in TO_WHO_COMES or standing_decision(course.event, course.decisions) is None:
        return now
    told = next((one for one in told_papers(course) if (one.kind, one.revision) == (kind, revision)), None)
    return now if told is None else {name: told.facts[name] for name in now if name in told.facts}


def _given_up(course: EventCourse, revision: int) -> dict[str, str]:
    """What whoever withdraws was told of day and place, by the 辞退受理通知 itself or else by the letter before it."""
    told = told_papers(course)
    mine = [one for one in told if (one.kind, one.revision) == (WITHDRAWAL, revision)]
    before = [one for one in told if one.kind in (*TO_WHO_COMES, CHANGE)]
    newest = max(mine or before, key=lambda one: one.told_on, default=None)
    return {name: newest.facts[name] for name in WHEN_AND_WHERE if name in newest.facts} if newest is not None else {}


def _matter(course: EventCourse, kind: str, *, revision: int = 1, title: str = "", facts: Mapping[str, str]) -> Matter:
    """One letter as a matter, with the 施行 of its 公文書: its own where letters of the kind follow one another, else
    of the newest."""
    mine = [one for one in course.letters if one.document_kind == kind]
    if kind in ONE_AFTER_ANOTHER:
        mine = [one for one in mine if one.revision == revision]
    letter = mine[-1] if mine and mine[-1].form == "公文書" else None
    issued = letter is not None and letter.state == "施行"
    return Matter(
        key=key_of(kind, revision),
        title=title,
        facts=facts,
        paper=kind,
        issued_on=letter.issued_on if letter is not None and issued else None,
        unissued=letter.state if letter is not None and not issued else "",
    )


def _to_people(kind: str) -> Callable[[PaperSubject], tuple[Matter, ...]]:
    def matters(subject: PaperSubject) -> tuple[Matter, ...]:
        course = course_of(subject)
        wanted = to_be_told(course, kind)
        if not (wanted or goes_to_organisation(course.event, kind)) or not _applies(kind, course):
            return ()
        found = []
        for revision, entries in batches_of(course, kind).entries.items():
            if entries or not wanted:
                words, to = told_to(course, entries)
                facts = to | _when_and_where(course, kind, revision)
                found.append(_matter(course, kind, revision=revision, title=words, facts=facts))
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
        return (_matter(course, kind, facts=when_and_where(course.event, course.agenda)),)

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
