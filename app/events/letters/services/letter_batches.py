"""Determines which people each letter of a kind is about, where several of the kind follow one another.

Who withdraws after the 辞退受理通知 of others was sent, or moves up after their 決定通知, gets a letter with its own
date and number. So does a 中止 or change that is decided after the letter about the one before was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.documents.rules import (
    batch_key,
    fact_changes,
    is_issued,
    organisation_spellings,
    revision_in_key,
    sealed_ids,
    with_earlier_words,
    with_names_seal,
)
from app.documents.services.document_scope import ScopeKeys
from app.documents.services.notification_kinds import outgoing_in_effect
from app.event.rules.change_decisions import letter_of
from app.event.rules.event_state import decision_in_effect
from app.event.rules.recruitment import DECISION
from app.event.services.event_notifications import (
    ADDRESSEES,
    PARTICIPANT_LETTERS,
    TIME_AND_PLACE,
    notified_documents,
)
from app.event.services.event_records import EventCoreRecords, read_core_records
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING_CHANGE,
    PLACE_REVOCATION,
    REFUSAL_LETTER,
    REVOCATION,
    WITHDRAWAL,
)
from app.events.letters.services.earlier_letters import current_decision
from app.events.letters.services.letter_addressees import (
    PreviouslyNamedEntries,
    entries_of_letter,
    is_to_be_notified,
    named_by,
)
from app.events.roster.rules import state_and_order
from app.events.roster.services.told_places import outcomes_of
from db.record import group_by_key, record
from db.records.calls import ChangeDecision
from db.records.documents import CIRCULATED, Letter, Notification
from db.records.events import Event
from db.records.roster import Entry, Selection
from db.redactions import is_redacted_text
from db.store import Store
from db.tables import calls, roster
from db.tables.documents import letters_of

REPEATABLE_LETTERS = (WITHDRAWAL, DECISION, REFUSAL_LETTER, PLACE_REVOCATION)
"""Kinds of letter that an event may have several of."""
DECISION_LETTERS = (CHANGE, CANCELLATION, REVOCATION, DRAFTING_CHANGE)
"""Letters and 起案資料 about a 中止 or a change."""
SELECTION_LETTERS = (DECISION, REFUSAL_LETTER)
"""Letters that tell who was selected; who moves up later reads the same as the others."""
DESTINATION = "派遣先"
"""Fact of a letter: the name of the 団体 that is visited."""


@record
class LetterBatches:
    """The entries each letter of a kind is about, by ``Letter.revision``.

    Attributes:
        current_revision: the letter that is made now.
        not_yet_addressed: entries of no letter that was sent.
    """

    entries: Mapping[int, Sequence[Entry]]
    current_revision: int
    not_yet_addressed: Sequence[Entry] = ()

    @property
    def current_entries(self) -> Sequence[Entry]:
        """Return the entries of the letter that is made now."""
        return self.entries.get(self.current_revision, ())


class Revision(NamedTuple):
    """Which letter of its kind is made now: its ``Letter.revision`` and its ordinal within the event."""

    revision: int
    ordinal: int


def read_revision(store: Store, event: Event, kind: str) -> Revision:
    """Return which letter of a kind is made now; 1 for all kinds that an event has once."""
    if kind in DECISION_LETTERS:
        letters = letters_of(store.database, **ScopeKeys(event_id=event.id, programme_id=None, organisation_id=None))
        return decision_revision(event, calls.decisions(store.database, event.id), letters, kind)
    now = read_batches(store, event, kind).current_revision
    return Revision(now, now)


def decision_revision(
    event: Event, decisions: Sequence[ChangeDecision], letters: Sequence[Letter], kind: str
) -> Revision:
    """Return which letter of a kind tells the decision in effect.

    It is the newest letter, or one with the id of the decision as revision, where there is one or the newest was issued
    by the day of the decision. Revision 1 without a decision, for the first that such a letter tells, or before any
    letter. One that tells no decision in effect stays the newest.

    Args:
        decisions: all decisions of the event, oldest first.
        kind: one of ``DECISION_LETTERS``.
    """
    decision = decision_in_effect(event, decisions)
    kinds = (CHANGE, CANCELLATION, REVOCATION) if kind == DRAFTING_CHANGE else (kind,)
    made = [one for one in letters if one.document_kind in kinds]
    told = [one.id for one in decisions if letter_of(one.kind) in kinds]
    own = decision is not None and decision.id in {one.revision for one in made}
    if decision is None or not made or (told[:1] == [decision.id] and not own):
        return Revision(1, 1)
    newest = max(made, key=lambda one: one.id)
    went = is_issued(newest) and newest.issued_on is not None and newest.issued_on <= decision.decided_at.date()
    own = own or (went and decision.id in told)
    revision = decision.id if own else newest.revision
    return Revision(revision, 1 + len({one.revision for one in made if one.revision < revision}))


def recipient_facts(records: EventCoreRecords, entries: Sequence[Entry]) -> tuple[str, dict[str, str]]:
    """Return 「7団体 13人」 (「1団体」 without entries), and facts that change as somebody comes, leaves or is renamed.

    People without a 団体 are no 団体; earlier versions counted each of them as one, and what they notified stands.
    A 派遣 is notified to its 団体 before anybody of it is named. The head of a 団体 is no such fact: after an election
    the letter before still reached the right addressee. Nor is it one how an application spelled a 団体: its letter
    has one addressee, the first as spelled.
    """
    facts = {DESTINATION: records.event.organisation_name} if records.event.form.at_organisation else {}
    if not entries:
        return "1団体", facts
    groups = len({row.organisation_key for row in entries} - {""})
    single = sum(not row.organisation_key for row in entries)
    words = f"{groups}団体 {len(entries)}人" if groups else f"{len(entries)}人"
    printed: dict[int | str, str] = {}
    written = group_by_key((row.organisation_key, row.organisation_name) for row in entries)
    names: dict[int, tuple[str | tuple[str, ...], ...]] = {}
    for row in entries:
        names[row.id] = called = records.entry_names.get(row.id, ())
        if called and row.organisation_key:
            first = printed.setdefault(row.organisation_key, called[0])
            names[row.id] = (organisation_spellings(first, written[row.organisation_key]), called[1])
    once = f"{groups + single}団体 {len(entries)}人"
    fact = with_earlier_words(with_names_seal(words, names), with_names_seal(once, names))
    return words, {ADDRESSEES: fact} | facts


def entries_to_notify(records: EventCoreRecords, kind: str) -> list[Entry]:
    """Return the entries a kind of letter is about; of a 辞退受理通知 without erased people of no 団体."""
    wanted = entries_of_letter(kind, records)
    if kind != WITHDRAWAL:
        return wanted
    return [
        one
        for one in wanted
        if is_to_be_notified(one, is_erased=is_redacted_text(records.entry_names.get(one.id, ("", ""))[1]))
    ]


def read_previously_named(store: Store, event: Event) -> PreviouslyNamedEntries:
    """Return the entries named by the letters before the 変更通知 that is made now.

    The newest 変更通知 notified before the day of the current decision counts, with the 決定通知 and 開催通知 notified
    after it; without one all 決定通知 and 開催通知 count.
    """
    course = read_core_records(store, event)
    decision = decision_in_effect(event, course.decisions)
    every = notified_documents(course)
    told = to_who_comes = [one for one in every if one.kind in PARTICIPANT_LETTERS]
    before = [
        one
        for one in every
        if one.kind == CHANGE and decision is not None and one.notified_on < decision.decided_at.date()
    ]
    changed = max(before, key=lambda one: (one.notified_on, one.revision), default=None)
    if changed is not None:
        told = [changed, *(one for one in told if one.notified_on > changed.notified_on)]
    last, places = named_by(told), named_by(to_who_comes)
    waiting = named_by(one for one in every if one.kind == REFUSAL_LETTER) - places
    if not all(one.named_ids for one in to_who_comes):
        places |= last - waiting
    return PreviouslyNamedEntries(
        coming=last & places,
        waiting=(waiting & last if changed is not None else waiting) | (last - places),
        # The 団体 of a 派遣 is notified before anybody of it is named.
        is_incomplete=not event.form.at_organisation and not all(one.named_ids for one in told),
        includes_change_letter=changed is not None,
    )


def read_batches(store: Store, event: Event, kind: str) -> LetterBatches:
    """Return whom each letter of a kind is about now; no entries if it goes to all alike or is about nobody."""
    records = read_core_records(store, event)
    if not (_is_repeatable(event, kind) or kind == CHANGE) or not entries_of_letter(kind, records):
        return LetterBatches(entries={}, current_revision=1)
    return letter_batches_of(records, kind)


def letter_batches_of(records: EventCoreRecords, kind: str) -> LetterBatches:
    """Return whom each letter of a kind is about, from the records read of the event.

    A letter counts as sent once it was notified, or once it was saved or printed with its 発信日. Who stands in no sent
    letter gets the next one, as does a withdrawn person whose notified facts have changed, and who was told 補欠 and is
    落選 now, or the other way round, or has the place again that the ward took. A change after the decision is notified
    by a 変更通知.
    """
    wanted = entries_to_notify(records, kind)
    if not _is_repeatable(records.event, kind):
        return LetterBatches(entries={1: wanted}, current_revision=1, not_yet_addressed=wanted)
    acts = group_by_key(
        (act.key, act)
        for act in records.notifications
        if act.document_kind == kind and not act.withdrawn and act.told_how != CIRCULATED
    )
    letters = {one.revision: one for one in records.letters if one.document_kind == kind}
    in_file = [row.facts for row in outgoing_in_effect(records.outgoing) if row.document_kind == kind]
    newest = max(
        [1, *letters, *(revision_in_key(key) for key in (*acts, *(key for facts in in_file for key in facts)))]
    )
    last: dict[int, int] = {}
    gone = set()
    unnamed = False
    for revision in range(1, newest + 1):
        key = batch_key(kind, revision)
        told = [act.facts for act in acts.get(key, ())]
        left = [facts[key] for facts in in_file if key in facts] if is_issued(letters.get(revision)) else []
        if told or left:
            gone.add(revision)
        named = {one for facts in (*told, *left) for one in sealed_ids(facts.get(ADDRESSEES, ""))}
        unnamed = unnamed or (revision in gone and not named)
        last |= dict.fromkeys(named, revision)
    if unnamed and kind != WITHDRAWAL:  # sent before 氏名 were recorded: it is not known who stood in it
        return LetterBatches(entries={newest: wanted}, current_revision=newest)
    of_letter = {revision: [entry for entry in wanted if last.get(entry.id) == revision] for revision in sorted(gone)}
    otherwise = [
        entry
        for revision, entries in of_letter.items()
        if kind == WITHDRAWAL and _is_outdated(records, acts.get(batch_key(kind, revision), ()), entries)
        for entry in entries
    ]
    made = records.selections if last and kind != WITHDRAWAL else ()
    otherwise += [
        entry
        for revision, letter in letters.items()
        for entry in of_letter.get(revision, ())
        if _is_told_otherwise(made, letter.selection_id or 0, entry)
    ]
    fresh = [entry for entry in wanted if entry.id not in last or entry in otherwise]
    still = max((revision for revision, entries in of_letter.items() if entries), default=1)
    mine, now = (fresh, newest + (newest in gone)) if fresh else (of_letter.get(still, wanted), still)
    ids = {entry.id for entry in mine}
    before = {
        revision: [entry for entry in entries if entry.id not in ids]
        for revision, entries in of_letter.items()
        if revision != now
    }
    return LetterBatches(entries=before | {now: mine}, current_revision=now, not_yet_addressed=fresh)


def _is_told_otherwise(made: Sequence[Selection], basis: int, entry: Entry) -> bool:
    """Return whether a letter on the selection ``basis`` said 補欠 of who is 落選, or the other way round.

    Or the ward took the place since.
    """
    since = [line for one in made if one.id > basis for line in one.lines if line.entry_id == entry.id]
    if any(state_and_order(line)[0].is_revoked for line in since):
        return True
    return not entry.state.is_chosen and outcomes_of(made, basis).get(entry.id, entry.state) != entry.state


def basis_of_letter(store: Store, event: Event, kind: str) -> dict[str, int]:
    """Return by column of ``Letter`` the selection, or the decision on the event, that a letter made now tells."""
    if kind in DECISION_LETTERS:
        decision = current_decision(store.database, event)
        return {"decision_id": decision.id} if decision is not None else {}
    found = selections_of_letter(store, event, kind)
    return {"selection_id": found[0].id} if found else {}


def selections_of_letter(store: Store, event: Event, kind: str) -> list[Selection]:
    """Return the selections that decided on somebody whom a letter made now is about, newest first."""
    mine = {one.id for one in read_batches(store, event, kind).current_entries}
    made = roster.selections(store.database, event.id)[::-1]
    return [one for one in made if any(line.entry_id in mine and not line.told for line in one.lines)]


def _is_repeatable(event: Event, kind: str) -> bool:
    """Return whether an event may have several letters of a kind; the 団体 of a 派遣 is notified once that it was
    chosen.
    """
    return kind in REPEATABLE_LETTERS and not (kind == DECISION and event.form.at_organisation)


def _is_outdated(records: EventCoreRecords, notifications: Sequence[Notification], entries: Sequence[Entry]) -> bool:
    """Return whether notified facts of these entries have changed and nobody dismissed the difference."""
    told = [act for act in notifications if act.is_notified]
    if not told or not entries:
        return False
    now = recipient_facts(records, entries)[1]
    return bool(fact_changes(_people_facts(told[-1].facts), now)) and bool(
        fact_changes(_people_facts(notifications[-1].facts), now)
    )


def _people_facts(facts: Mapping[str, str]) -> Mapping[str, str]:
    """Return only the facts about people; a withdrawn person is not notified of another day."""
    return {name: fact for name, fact in facts.items() if name not in TIME_AND_PLACE}
