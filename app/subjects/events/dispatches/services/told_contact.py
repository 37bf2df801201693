"""What 派遣先の連絡先 tells the contractor: of which 派遣 it is, and when and where; name and telephone are kept in no
act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.papers.rules.notification import Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import CONTRACTOR, Tells
from app.subjects.events.dispatches.papers.dispatch_papers import CONTACT
from app.subjects.events.event.rules.told_facts import when_and_where
from app.subjects.events.event.services.event_paper import course_of


def _facts(subject: PaperSubject) -> dict[str, str]:
    course = course_of(subject)
    return when_and_where(course.event, course.agenda)


def _matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """It goes only where the slip agrees, so it is to be told once one was made."""
    if not any(row.document_kind == CONTACT for row in course_of(subject).issued):
        return ()
    return (Matter(key=CONTACT, facts=_facts(subject), paper=CONTACT),)


def _said(subject: PaperSubject, _kind: str) -> Mapping[str, Mapping[str, str]]:
    return {CONTACT: _facts(subject)}


TELLS: Final = (Tells(papers=(CONTACT,), party=CONTRACTOR, way="手渡し", matters=_matters, said=_said),)
