"""What 参加人数連絡書 and its 変更連絡 tell the contractor: the numbers, and of which day, hours and place they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.calendar.dates import short_date
from app.papers.rules.notification import Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import CONTRACTOR, Tells
from app.subjects.events.event.rules.attendance import headcount_totals
from app.subjects.events.event.rules.told_facts import numbers_told, when_and_where
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.events.headcount.papers import CHANGE_KIND, KIND
from db.records.participants import HEADCOUNT_KEY, HeadcountNotice, KnownNotice

TOLD: Final = "人数連絡"


def paper_of_revision(revision: int) -> str:
    """Return the paper that tells a notice."""
    return KIND if revision == 1 else CHANGE_KIND


def facts_of_notice(course: EventCourse, notice: KnownNotice) -> dict[str, str]:
    """Return what a paper of this notice says if it leaves now; one that was told says what it told."""
    if notice.act is not None:
        return dict(notice.act.facts)
    return numbers_told(notice) | when_and_where(course.event, course.agenda)


def title_of_notice(notice: HeadcountNotice) -> str:
    """「第1報 14人」."""
    return f"第{notice.revision}報 {notice.people}人"


def matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """Return the numbers as they are now, and the notice that was made and not told."""
    course = course_of(subject)
    totals, told = headcount_totals(course.expected), course.told
    draft = next((row for row in course.notices if row.told_on is None), None)
    if not course.notices and (not totals.people or course.event.status == "中止"):
        return ()
    revision = told.revision if told is not None else 1
    now = Matter(
        key=HEADCOUNT_KEY,
        version=revision,
        title=f"第{revision}報 {totals.people}人",
        facts=numbers_told(totals) | when_and_where(course.event, course.agenda),
        paper=paper_of_revision(revision),
    )
    if draft is None:
        return (now,)
    return (
        now,
        Matter(
            key=HEADCOUNT_KEY,
            version=draft.revision,
            title=title_of_notice(draft),
            facts=facts_of_notice(course, draft),
            paper=paper_of_revision(draft.revision),
            drafted=True,
            made_words=short_date(draft.made_on),
        ),
    )


def said(subject: PaperSubject, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return what a paper says: 参加人数連絡書 the first notice, 変更連絡 the newest."""
    course = course_of(subject)
    if not course.notices:
        return {}
    notice = course.notices[0] if kind == KIND else course.notices[-1]
    return {HEADCOUNT_KEY: facts_of_notice(course, notice)}


def _goes(_subject: PaperSubject, _matter: Matter) -> str:
    return "「連絡済」になり、参加人数の連絡の期限は、伝えた日で済になります。"


TELLS: Final = (
    Tells(papers=(KIND, CHANGE_KIND), party=CONTRACTOR, matters=matters, said=said, told_name=TOLD, goes=_goes),
)
