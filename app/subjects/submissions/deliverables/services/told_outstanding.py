"""What the three letters about a report tell the contractor: that it is awaited, that it came, that it has to be put
right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.papers.rules.notification import VERSION, Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import CONTRACTOR, Tells
from app.subjects.events.event.rules.told_facts import when_and_where
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.events.event.services.tasks.closings import received_reports
from app.subjects.submissions.deliverables.rules.outstanding_texts import CAME, MEND, WISH


def _facts(kind: str, course: EventCourse) -> tuple[int, dict[str, str]]:
    """Return the version that a letter is about and what it says; nothing where it says nothing true any more."""
    came = received_reports(course)
    if kind == WISH:
        return (0, {}) if came else (0, {"実施日": when_and_where(course.event, course.agenda)["実施日"]})
    if not came or came[-1].received_on is None:
        return 0, {}
    newest = came[-1]
    if kind == MEND:
        return newest.version, {} if newest.status == "確認済" else {VERSION: f"第{newest.version}版"}
    return newest.version, {VERSION: f"第{newest.version}版", "受領": came[-1].received_on.isoformat()}


def _asked(course: EventCourse) -> bool:
    """Whether the newest version is to be put right."""
    came = received_reports(course)
    return bool(came) and came[-1].status == "修正依頼"


def _tells(kind: str) -> Callable[[PaperSubject], tuple[Matter, ...]]:
    def matters(subject: PaperSubject) -> tuple[Matter, ...]:
        """Nobody has to write such a letter: it is to be told once one was made, a 修正依頼 once it was decided."""
        course = course_of(subject)
        version, facts = _facts(kind, course)
        made = any(row.document_kind == kind for row in course.issued)
        if not facts or not (made or (kind == MEND and _asked(course))):
            return ()
        return (Matter(key=kind, version=version, title=facts.get(VERSION, ""), facts=facts, paper=kind),)

    return matters


def _said(subject: PaperSubject, kind: str) -> Mapping[str, Mapping[str, str]]:
    _version, facts = _facts(kind, course_of(subject))
    return {kind: facts} if facts else {}


TELLS: Final = tuple(
    Tells(papers=(kind,), party=CONTRACTOR, matters=_tells(kind), said=_said) for kind in (WISH, CAME, MEND)
)
