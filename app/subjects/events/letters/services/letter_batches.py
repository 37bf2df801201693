"""Who of an event each letter of a kind is about, where letters follow one another: whoever withdraws after the
辞退受理通知 of others went, or moves up after their 決定通知, gets one of his own, with its own day and number.

- ``read_revision(store, event, kind) -> Revision`` which letter of its kind is made now; a 中止 or a change that is
  decided after the letter of the one before went has a letter of its own
- ``read_batches(store, event, kind) -> Batches``; ``batches_of(course, kind)`` from what was read
- ``told_to(course, entries)`` 「7団体 13人」 with the facts by which such a letter is compared
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from app.papers.rules.letter_batches import is_issued, key_of, made_now, revision_of
from app.papers.rules.notification import changes, ids_sealed, sealed_names
from app.papers.services.paper_scope import ScopeKeys
from app.papers.services.tells import standing_rows
from app.subjects.events.event.rules.event_state import standing_decision
from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.event.services.event_file import EventCourse, read_course
from app.subjects.events.event.services.told_event import TO_WHO_COMES, WHEN_AND_WHERE, ToldPaper, told_papers
from app.subjects.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING_CHANGE,
    REFUSAL_LETTER,
    WITHDRAWAL,
)
from app.subjects.events.letters.services.letter_addressees import NamedBefore, is_told_of, wanted_entries
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.papers import CIRCULATED, Notification
from db.records.roster import Entry
from db.stand_ins import is_stand_in
from db.store import Store
from db.tables import calls, roster
from db.tables.papers import letters_of

ONE_AFTER_ANOTHER: Final = (WITHDRAWAL, DECISION)
"""The kinds of letter that an event may have several of."""
OF_A_DECISION: Final = (CHANGE, CANCELLATION, DRAFTING_CHANGE)
"""What tells, or drafts, one decision in a hurry."""
_TO: Final = "宛先"


@frozen_record
class Batches:
    """Whom each letter of a kind is about, by ``Letter.revision``; ``now`` is the one that is made now, ``fresh`` who
    stands in none that went."""

    entries: Mapping[int, Sequence[Entry]]
    now: int
    fresh: Sequence[Entry] = ()

    @property
    def of_now(self) -> Sequence[Entry]:
        """Whom the letter is about that is made now."""
        return self.entries.get(self.now, ())


class Revision(NamedTuple):
    """Which letter of its kind is made now: ``Letter.revision``, and the how-manieth of the event it is."""

    revision: int
    ordinal: int


def read_revision(store: Store, event: Event, kind: str) -> Revision:
    """Return which letter of a kind is made now; 1 for all that an event has once."""
    if kind in OF_A_DECISION:
        return _of_decision(store, event, kind)
    now = read_batches(store, event, kind).now
    return Revision(now, now)


def _of_decision(store: Store, event: Event, kind: str) -> Revision:
    """The letter of the decision that stands: the one in the making, until it went; then each decision has its own."""
    every = calls.decisions(store.database, event.id)
    decision = standing_decision(event, every)
    kinds = (CHANGE, CANCELLATION) if kind == DRAFTING_CHANGE else (kind,)
    keys = ScopeKeys(event_id=event.id, programme_id=None, organisation_id=None)
    made = [one for one in letters_of(store.database, **keys) if one.document_kind in kinds]
    if decision is None or not made or decision.id == every[0].id:
        return Revision(1, 1)
    newest = max(made, key=lambda one: one.id)
    went = is_issued(newest) and newest.issued_on is not None and newest.issued_on <= decision.decided_at.date()
    own = went or decision.id in {one.revision for one in made}
    revision = decision.id if own else newest.revision
    return Revision(revision, 1 + len({one.revision for one in made if one.revision < revision}))


def told_to(course: EventCourse, entries: Sequence[Entry]) -> tuple[str, dict[str, str]]:
    """Return 「7団体 13人」, and the facts that change when somebody comes, goes or is called otherwise.

    A 派遣 is told to its 団体, which itself was chosen, before anybody of it is named. Who heads a 団体 is no fact of
    it: after an election the letter of before still reached the right one.
    """
    facts = {"派遣先": course.event.organisation_name} if course.event.kind == "派遣" else {}
    if not entries:
        return "1団体", facts
    groups = len({row.group or f"#{row.id}" for row in entries})
    words = f"{groups}団体 {len(entries)}人"
    return words, {_TO: sealed_names(words, {row.id: course.names.get(row.id, ()) for row in entries})} | facts


def to_be_told(course: EventCourse, kind: str) -> list[Entry]:
    """Return the entries that a letter of a kind is about; without whoever was erased and is of no 団体: there is
    nobody to write to."""
    wanted = wanted_entries(kind, course.entries)
    if kind != WITHDRAWAL:
        return wanted
    return [one for one in wanted if is_told_of(one, erased=is_stand_in(course.names.get(one.id, ("", ""))[1]))]


def named_before(store: Store, event: Event) -> NamedBefore:
    """Return the entries that the letters before the 変更通知 named which is made now.

    What a 変更通知 told since counts before the 決定通知, with who moved up after it.
    """
    course = read_course(store, event)
    decision = standing_decision(event, course.decisions)
    every = told_papers(course)
    told = to_who_comes = [one for one in every if one.kind in TO_WHO_COMES]
    before = [
        one for one in every if one.kind == CHANGE and decision is not None and one.told_on < decision.decided_at.date()
    ]
    changed = max(before, key=lambda one: (one.told_on, one.revision), default=None)
    if changed is not None:
        told = [changed, *(one for one in told if one.told_on > changed.told_on)]
    last, places = _named_by(told), _named_by(to_who_comes)
    waiting = _named_by(one for one in every if one.kind == REFUSAL_LETTER) - places
    if not all(_named_by([one]) for one in to_who_comes):
        places |= last - waiting
    return NamedBefore(
        coming=last & places,
        waiting=(waiting & last if changed is not None else waiting) | (last - places),
        # The 団体 of a 派遣 is told before anybody of it is named.
        unknown=event.kind != "派遣" and not all(_named_by([one]) for one in told),
        again=changed is not None,
    )


def _named_by(papers: Iterable[ToldPaper]) -> frozenset[int]:
    return frozenset(number for one in papers for number in ids_sealed(one.facts.get(_TO, "")))


def read_batches(store: Store, event: Event, kind: str) -> Batches:
    """Return whom each letter of a kind is about as things stand now."""
    if not _follow_one_another(event, kind) or not wanted_entries(kind, roster.entries(store.database, event.id)):
        return Batches(entries={}, now=1)
    return batches_of(read_course(store, event), kind)


def batches_of(course: EventCourse, kind: str) -> Batches:
    """Return whom each letter of a kind is about, from what was read of the event.

    A letter went once it was told, or once it was saved or printed with its 発信日; who stands in none that went is
    told by the next one, as is whoever withdrew and was told something else than is so now. What was decided and has
    changed since is told by a 変更通知.
    """
    wanted = to_be_told(course, kind)
    if not _follow_one_another(course.event, kind):
        return Batches(entries={1: wanted}, now=1, fresh=wanted)
    acts = _acts_of(course, kind)
    letters = {one.revision: one for one in course.letters if one.document_kind == kind}
    in_file = [row.facts for row in standing_rows(course.issued) if row.document_kind == kind]
    newest = max([1, *letters, *(revision_of(key) for key in (*acts, *(key for facts in in_file for key in facts)))])
    last: dict[int, int] = {}
    gone: set[int] = set()
    unnamed = False
    for revision in range(1, newest + 1):
        key = key_of(kind, revision)
        told = [act.facts for act in acts.get(key, ())]
        left = [facts[key] for facts in in_file if key in facts] if is_issued(letters.get(revision)) else []
        if told or left:
            gone.add(revision)
        named = {one for facts in (*told, *left) for one in ids_sealed(facts.get(_TO, ""))}
        unnamed = unnamed or (revision in gone and not named)
        last |= dict.fromkeys(named, revision)
    if unnamed and kind == DECISION:  # before 氏名 were held: nobody knows any more who stood in it
        return Batches(entries={newest: wanted}, now=newest)
    of_letter = {revision: [entry for entry in wanted if last.get(entry.id) == revision] for revision in sorted(gone)}
    otherwise = [
        entry
        for revision, entries in of_letter.items()
        if kind == WITHDRAWAL and _told_otherwise(course, acts.get(key_of(kind, revision), ()), entries)
        for entry in entries
    ]
    fresh = [entry for entry in wanted if entry.id not in last or entry in otherwise]
    still = max((revision for revision, entries in of_letter.items() if entries), default=1)
    mine, now = made_now(
        of_letter.get(still, wanted),
        waiting=fresh,
        fresh=fresh,
        revision=newest if fresh else still,
        gone=newest in gone,
    )
    ids = {entry.id for entry in mine}
    before = {
        revision: [entry for entry in entries if entry.id not in ids]
        for revision, entries in of_letter.items()
        if revision != now
    }
    return Batches(entries=before | {now: mine}, now=now, fresh=fresh)


def _follow_one_another(event: Event, kind: str) -> bool:
    """Whether an event may have several letters of a kind; the 団体 of a 派遣 is told of its choice once."""
    return kind in ONE_AFTER_ANOTHER and not (kind == DECISION and event.kind == "派遣")


def _acts_of(course: EventCourse, kind: str) -> dict[str, list[Notification]]:
    """What was told by letters of a kind and stands, or was set aside, by its matter; oldest first."""
    found: dict[str, list[Notification]] = {}
    for act in course.acts:
        if act.document_kind == kind and not act.withdrawn and act.told_how != CIRCULATED:
            found.setdefault(act.key, []).append(act)
    return found


def _told_otherwise(course: EventCourse, acts: Sequence[Notification], entries: Sequence[Entry]) -> bool:
    """Whether what was told of somebody is no longer so, and nobody decided to leave it at that."""
    told = [act for act in acts if act.told]
    if not told or not entries:
        return False
    now = told_to(course, entries)[1]
    return bool(changes(_whom(told[-1].facts), now)) and bool(changes(_whom(acts[-1].facts), now))


def _whom(facts: Mapping[str, str]) -> Mapping[str, str]:
    """What a letter told of people alone: who withdrew learns of no other day."""
    return {name: fact for name, fact in facts.items() if name not in WHEN_AND_WHERE}
