"""当日資料一式 as a matter of its own: it is handed over as a whole, and what it says is who comes, when, where and
how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.papers.rules.notification import Matter, changes
from app.papers.services.paper_kind import PAPERS, PaperSubject, read_subject
from app.papers.services.tells import Tells, standing_rows
from app.subjects.events.day.services.day_pack import PACK, set_kinds
from app.subjects.events.event.rules.told_facts import CANCELLED, course_of_the_day, when_and_where, who_comes
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.submissions.materials.papers import collation
from db.store import Store

PARTY: Final = "当日の担当"


def matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """Return the set as its papers would say it now; an event that is cancelled or has no date needs none."""
    course = course_of(subject)
    if course.event.event_date is None or course.event.status == CANCELLED:
        return ()
    facts = (
        who_comes(course.entries, course.names)
        | course_of_the_day(course.agenda)
        | when_and_where(course.event, course.agenda)
    )
    return (Matter(key=PACK, facts=facts, paper=PACK),)


def lacking(store: Store, subject: PaperSubject) -> Sequence[str]:
    """Return the papers that belong to the set and have not left as things stand now.

    A paper that can't be made yet is none of the set (it says itself what it waits for).
    """
    whole = read_subject(store, subject.scope)
    course = course_of(subject)
    now = {one.key: one.facts for one in matters(subject)}.get(PACK, {})
    left = {
        row.document_kind
        for row in standing_rows(course.issued)
        if PACK in row.facts and not changes(row.facts[PACK], now)
    }
    declared = {paper.kind: paper for paper in PAPERS}
    return tuple(
        kind
        for kind in set_kinds()
        if declared[kind].fits(whole) and declared[kind].ready(store, whole) and kind not in left
    )


TELLS: Final = (
    # What left under its old name is of the set that was handed over.
    Tells(
        papers=(PACK, *set_kinds(), collation.KIND),
        party=PARTY,
        way="手渡し",
        matters=matters,
        lacking=lacking,
        whole=set_kinds(),
    ),
)
