"""What people know of an event's day, hours and place: the one question of what was told, whichever button told it.

A paper tells once it is noted as told (saved, printed, mailed, said by telephone or by a document from elsewhere), once
its 公文書 is 施行, once it left with its 発信日, or once its step of recruitment was ticked. Saving and printing alone
tell nobody anything.

- ``told_papers(course) -> tuple[ToldPaper, ...]`` what was told, by which paper, when and how; ``told_rows(database,
  event)`` reads what that rests on
- ``with_images(database, course, papers)`` the same, with what the event was where no paper kept what it said
- ``known_facts(database, course) -> Mapping[str, str]`` the day, hours and place that those who come have in mind
- ``when_told(facts) -> str``, ``place_told(facts) -> str`` the same in words
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, Literal

from app.calendar.dates import long_date, time_range_words
from app.papers.rules.letter_batches import is_issued, key_of, revision_of
from app.papers.rules.notification import FactChange, changes, shown
from app.subjects.events.event.rules.change_decisions import CHANGE_LETTER, INVITATION_LETTER
from app.subjects.events.event.rules.recruitment import (
    BY_A_MOVE,
    DECISION,
    GAZETTE,
    TO_BRANCHES,
    TO_PRESIDENTS,
    WEB_PAGE,
    paper_of_step,
)
from app.subjects.events.event.rules.taking_part import is_coming
from app.subjects.events.event.rules.told_facts import CANCELLED, when_and_where
from app.subjects.events.event.services.event_file import EventCourse
from db.engine import Database
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry
from db.records.calls import Call, ChangeDecision
from db.records.events import AgendaItem, Event, RecruitmentStep
from db.records.papers import Letter, Notification, Outgoing
from db.records.roster import Entry
from db.rows import Orders, rows, rows_of_each
from db.tables import journal

HowTold = Literal["通知済", "施行済", "発信済", "済"]
WHEN_AND_WHERE: Final = ("実施日", "時間", "会場")
TO_WHO_COMES: Final = (DECISION, INVITATION_LETTER)
"""The letters by which people know that they come, and when and where."""
_TO_THE_PUBLIC: Final = (TO_PRESIDENTS, TO_BRANCHES, GAZETTE, WEB_PAGE)
_OF_THE_EVENT: Final = ("event_date", "start_time", "end_time", "venue", "room", "status")


_IN_THEIR_PLACES: Final = ("position", "id")
_OF_WHAT_WAS_TOLD: Final[Orders] = {
    Notification: "id",
    Letter: "id",
    Outgoing: "id",
    RecruitmentStep: _IN_THEIR_PLACES,
    AgendaItem: _IN_THEIR_PLACES,
    ChangeDecision: "id",
}


@frozen_record
class ToldPaper:
    """A paper of an event that told somebody something.

    Attributes:
        kind, revision: which paper, and the how-manieth letter of its kind. on: the day it bears, else on which it was
            told; told_on: the last day on which that was noted. how: by what that is known.
        facts: what it said, without a day where that was kept nowhere. number: its 文書番号, "" for none.
        remade: its 施行 was taken back, so it is being made anew. noted: table, row and field by which it is known.
    """

    kind: str
    revision: int
    on: date
    told_on: date
    how: HowTold
    facts: Mapping[str, str]
    number: str = ""
    remade: bool = False
    noted: tuple[str, int, str]

    @property
    def named(self) -> str:
        """「決定通知（8練地協第1234号）」."""
        return f"{self.kind}（{self.number}）" if self.number else self.kind


def told_papers(course: EventCourse) -> tuple[ToldPaper, ...]:
    """Return every paper of an event that told somebody something and stands, by kind and revision."""
    left = [row for row in course.issued if row.way != "取消"]
    letters = {(one.document_kind, one.revision): one for one in course.letters}
    acts = {(one.document_kind, one.key): one for one in course.acts if one.told}
    done = {paper: step for paper, step in ((_paper_of(step), step) for step in course.steps) if paper}
    wanted = dict.fromkeys(
        [*letters, *((kind, revision_of(key)) for kind, key in acts if key == key_of(kind, revision_of(key)))]
    ) | dict.fromkeys((kind, 1) for kind in done)
    found = []
    for kind, revision in sorted(wanted):
        letter, act = letters.get((kind, revision)), acts.get((kind, key_of(kind, revision)))
        paper = _told(kind, revision, letter, act, done.get(kind) if revision == 1 else None, left)
        found += [paper] if paper is not None else []
    return tuple(found)


def told_rows(database: Database, event: Event) -> EventCourse:
    """Read of an event only what was told of it, and what that is held against."""
    read = rows_of_each(database, _OF_WHAT_WAS_TOLD, event_id=event.id)
    return EventCourse(
        event=event,
        steps=tuple(read[RecruitmentStep]),
        letters=tuple(read[Letter]),
        acts=tuple(read[Notification]),
        issued=tuple(read[Outgoing]),
        agenda=tuple(read[AgendaItem]),
        decisions=tuple(read[ChangeDecision]),
    )


def _paper_of(step: RecruitmentStep) -> str:
    """The paper that a ticked step says was sent; what a move called for is about another one."""
    return paper_of_step(step.name) if step.done_on is not None and step.note != BY_A_MOVE else ""


def _told(
    kind: str,
    revision: int,
    letter: Letter | None,
    act: Notification | None,
    step: RecruitmentStep | None,
    left: Sequence[Outgoing],
) -> ToldPaper | None:
    mine = [row for row in left if row.document_kind == kind]
    issued = letter is not None and is_issued(letter) and (letter.form == "公文書" or bool(mine) or act is not None)
    number = letter.document_number if letter is not None and issued else ""
    noted: tuple[str, int, str]
    how: HowTold
    if letter is not None and letter.issued_on is not None and issued:
        on, how = letter.issued_on, "施行済" if letter.form == "公文書" else "発信済"
        noted = (TABLE_OF[Letter], letter.id, "issued_on")
    elif act is not None:
        on, how, noted = act.told_on, "通知済", (TABLE_OF[Notification], act.id, "told_on")
    elif step is not None and step.done_on is not None:
        on, how, noted = step.done_on, "済", (TABLE_OF[RecruitmentStep], step.id, "done_on")
    else:
        return None
    facts = act.facts if act is not None else {}
    if not facts.get("実施日"):
        facts = {**facts, **_last_said(mine, key_of(kind, revision), on)}
    return ToldPaper(
        kind=kind,
        revision=revision,
        on=on,
        told_on=act.told_on if act is not None else on,
        how="通知済" if act is not None else how,
        facts=facts,
        number=number,
        remade=letter is not None and letter.form == "公文書" and letter.state != "施行",
        noted=noted,
    )


def _last_said(left: Sequence[Outgoing], key: str, on: date) -> Mapping[str, str]:
    """What the last paper of a matter said that left up to the day of its issue."""
    said = [row.facts.get(key) or row.facts.get(row.document_kind, {}) for row in left if row.at.date() <= on]
    return next((facts for facts in reversed(said) if facts), {})


def with_images(
    database: Database,
    course: EventCourse,
    papers: Iterable[ToldPaper],
    *,
    entries: Sequence[JournalEntry] | None = None,
) -> tuple[ToldPaper, ...]:
    """Return the papers, each with the day, hours and place that the event had when it was noted, where nothing was
    kept of what it said.

    Args:
        entries: the journal of the event, newest first, where it was read already; it is asked for only where a paper
            needs it.
    """
    found = list(papers)
    if all(paper.facts.get("実施日") for paper in found):
        return tuple(found)
    known = entries if entries is not None else journal.entries(database, event_id=course.event.id)
    return tuple(
        paper
        if paper.facts.get("実施日")
        else replace(paper, facts={**paper.facts, **when_and_where(_event_then(course.event, paper, known), ())})
        for paper in found
    )


def _event_then(event: Event, paper: ToldPaper, entries: Sequence[JournalEntry]) -> Event:
    """The event as it stood when a paper was told: before what was changed after its day, or after it was noted."""
    table, row_id, field = paper.noted
    noted_at = next(
        (
            entry.seq
            for entry in entries
            for change in journal.net_changes(entry)
            if (change.table, change.row_id) == (table, row_id)
            and (change.after or {}).get(field)
            and (change.before or {}).get(field) != (change.after or {}).get(field)
        ),
        0,
    )
    return event_without(event, [one for one in entries if one.seq > noted_at or one.at.date() > paper.on])


def _event_at(database: Database, event: Event, at: datetime) -> Event:
    """The event as it stood at a moment."""
    return event_without(event, [one for one in journal.entries(database, event_id=event.id) if one.at > at])


def event_without(event: Event, entries: Iterable[JournalEntry]) -> Event:
    """Return the event before what the newest entries changed of it."""
    values: dict[str, Any] = {}
    for entry in entries:
        for change in journal.net_changes(entry):
            if (change.table, change.row_id) == (TABLE_OF[Event], event.id) and change.before is not None:
                values = {name: change.before[name] for name in _OF_THE_EVENT if name in change.before}
    day = values.get("event_date", event.event_date)
    return replace(event, **values | {"event_date": date.fromisoformat(day) if isinstance(day, str) and day else day})


def known_facts(
    database: Database, course: EventCourse, papers: Sequence[ToldPaper] | None = None
) -> Mapping[str, str]:
    """Return the day, hours and place that those who come have in mind: what the newest letter told them, or all of
    them by telephone since; else what the public was told; nothing where nobody was told a day.

    Who moved up later and got a letter of his own knows what that says; the others know what the first one said.

    Args:
        papers: what was told, where that was read already.
    """
    found = told_papers(course) if papers is None else papers
    letter = None
    for kinds in ((*TO_WHO_COMES, CHANGE_LETTER), _TO_THE_PUBLIC):
        mine = [one for one in found if one.kind in kinds and (one.kind not in TO_WHO_COMES or one.revision == 1)]
        letter = letter or _newest_dated(with_images(database, course, mine))
    called = _told_by_telephone(database, course)
    facts: Mapping[str, str] = letter.facts if letter is not None else {}
    if called is not None and (letter is None or called.date() >= letter.told_on):
        facts = when_and_where(_event_at(database, course.event, called), ())
    return {name: facts[name] for name in WHEN_AND_WHERE if name in facts}


def _newest_dated(papers: Sequence[ToldPaper]) -> ToldPaper | None:
    dated = [one for one in papers if one.facts.get("実施日", "") not in ("", CANCELLED)]
    return max(dated, key=lambda one: (one.told_on, one.kind == CHANGE_LETTER, one.revision), default=None)


def _told_by_telephone(database: Database, course: EventCourse) -> datetime | None:
    """When the last of those who come was reached about a change that stands, or stood before the newest one; None
    while somebody was not."""
    about = [one.id for one in course.decisions if one.kind != CANCELLED and not one.taken_back]
    made = [one for one in rows(database, Call, decision_id=about) if one.outcome == "連絡済"] if about else []
    coming = [one for one in rows(database, Entry, event_id=course.event.id) if is_coming(one)] if made else []
    for decision_id in sorted({one.decision_id for one in made}, reverse=True):
        mine = [one for one in made if one.decision_id == decision_id]
        people = {one.entry_id for one in mine}
        groups = {one.organisation_id for one in mine if one.entry_id is None and one.organisation_id is not None}
        if coming and all(one.id in people or one.organisation_id in groups for one in coming):
            return max(one.at for one in mine)
    return None


def told_otherwise(paper: ToldPaper, course: EventCourse) -> tuple[FactChange, ...]:
    """Return what a paper told of day, hours and place that is no longer so."""
    told = {name: paper.facts[name] for name in WHEN_AND_WHERE if name in paper.facts}
    return changes(told, when_and_where(course.event, course.agenda))


def differs_from_known(known: Mapping[str, str], event: Event, names: Sequence[str] = WHEN_AND_WHERE) -> bool:
    """Whether an event is otherwise than people have in mind."""
    return bool(changes({name: known[name] for name in names if name in known}, when_and_where(event, ())))


def when_told(facts: Mapping[str, str]) -> str:
    """「令和8年9月10日（木）　午後2時から午後4時まで」 from what was told; empty where it told no day."""
    try:
        day = date.fromisoformat(facts.get("実施日", ""))
    except ValueError:
        return ""
    start, sign, end = shown(facts.get("時間", "")).partition("–")
    return f"{long_date(day)}　{time_range_words(start, end)}" if sign and start and end else long_date(day)


def place_told(facts: Mapping[str, str]) -> str:
    """「みほん区民館 研修室1」 from what was told."""
    return shown(facts.get("会場", "")).strip()
