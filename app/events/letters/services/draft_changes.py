"""Reports what changed in an event since its letters were 決裁, so that a new 起案資料 would differ from it.

``HALTS`` holds the check by kind of 起案資料. With a reason it can be made all the same and bears
``CHANGED_SINCE_DECISION`` on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from app.calendar.dates import long_date
from app.documents.rules import fact_changes
from app.documents.services.document_context import letter_of
from app.documents.services.document_passages import BASE_SUFFIX
from app.documents.services.document_scope import DocumentScope
from app.event.rules.notification_facts import time_and_place_facts
from app.event.rules.participation import has_applied
from app.event.rules.recruitment import DECISION
from app.event.services.event_notifications import event_before_entries
from app.event.services.event_records import read_event_or_error
from app.events.letters.rules.letter_texts import DRAFTING, DRAFTING_CHANGE, REFUSAL_LETTER
from app.events.letters.services.letter_addressees import entries_of_letter
from app.events.letters.services.letter_building import drafted_letters
from app.events.letters.services.letter_steps import DECIDED_STATES, journal_of_event, step_into
from db.mapping import TABLE_OF, to_columns, to_record
from db.records.accounts import JournalEntry
from db.records.documents import DocumentPassage, Letter
from db.records.events import Event
from db.records.roster import Entry
from db.store import Store
from db.tables import journal, roster

CHANGED_SINCE_DECISION: Final = "変更後（決裁と異なる）"
_WORDS_OF_PEOPLE: Final = ("決定", "通知の相手")
Record = TypeVar("Record")


def _halts_for(kind: str) -> Callable[[Store, DocumentScope, date], tuple[str, ...]]:
    """Return the function that warns that a 起案資料 of this kind made now differs from what was 決裁."""

    def halts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
        """Return as one warning what changed since the letter was 決裁.

        () if nothing did or no letter of the 起案資料 is 決裁済 or 施行.
        """
        event = read_event_or_error(store.database, scope.event_id or 0)
        kinds = drafted_letters(store, event, kind)
        letter = _decided_letter(store, scope, kinds, today)
        said = _changes_since_decision(store, event, letter, (kind, *kinds)) if letter is not None else ()
        if letter is None or not said:
            return ()
        return (change_warning(letter, kind, said),)

    return halts


def change_warning(letter: Letter, kind: str, said: Iterable[str]) -> str:
    """Return the warning that a 起案資料 differs from the letter that was 決裁, and in what.

    Args:
        kind: the 起案資料 that is made now.
        said: the changes, in words.
    """
    number = f"（{letter.document_number}）" if letter.document_number else ""
    day = f"{long_date(letter.decided_on)}に" if letter.decided_on else ""
    since = f"{letter.document_kind}は、{day}決裁されています{number}。そのあとに、つぎのことが変わりました："
    return f"{since}{'、'.join(said)}。いま作成する{kind}は、決裁されたものと違います。"


HALTS: Final = tuple((kind, _halts_for(kind)) for kind in (DRAFTING, DRAFTING_CHANGE))


def _decided_letter(store: Store, scope: DocumentScope, kinds: Sequence[str], today: date) -> Letter | None:
    """Return the 公文書 of the first of these kinds that is 決裁済 or 施行 now, None without one."""
    letters = (letter_of(store, scope, kind, formal=True, on=today) for kind in kinds)
    return next((one for one in letters if one and one.id and one.form.is_formal and one.state.is_decided), None)


def _changes_since_decision(store: Store, event: Event, letter: Letter, kinds: Sequence[str]) -> list[str]:
    """Return in words what the 起案 said when it was decided and would say differently now.

    Compared are day, time and place, the people, and edited passages. A 決裁 recorded later counts from the day on
    which it was given. [] where the journal holds no such step.

    Args:
        kinds: the 起案資料, then the letters it decides on.
    """
    steps = journal_of_event(store, event)
    noted = step_into(steps, letter, DECIDED_STATES)
    if noted is None:
        return []
    later = [step for step in steps if step.seq > noted.seq]
    people = roster.entries(store.database, event.id)
    asked = kinds[1:]
    drafted = _people_by_word(asked, rows_before(people, later, Entry(event_id=event.id), "event_id"))
    if letter.decided_on is not None:
        # The 決裁 was recorded days later: changes in between were not decided on, unless the roster itself was entered
        # later.
        since = [step for step in steps if step.seq > noted.seq or step.at.date() > letter.decided_on]
        before = _people_by_word(asked, rows_before(people, since, Entry(event_id=event.id), "event_id"))
        if all(before.get(name) for name in _WORDS_OF_PEOPLE if name in before):
            later, drafted = since, before
    then = time_and_place_facts(event_before_entries(event, later), ())
    found = [one.words for one in fact_changes(then, time_and_place_facts(event, ()))]
    return [
        *found,
        *moved(drafted, _people_by_word(asked, people), each="人", people="の方"),
        *edited_passages(later, kinds),
    ]


def rows_before(now: Iterable[Any], steps: Iterable[JournalEntry], empty: Record, owner: str) -> list[Record]:
    """Return the rows as they were before these newest journal steps, by id; rows added in the steps are left out.

    Args:
        now: the rows as they are now.
        steps: the journal steps, newest first.
        empty: a row whose values stand in columns that were added later, and that names the owner.
        owner: the column that says whose rows they are; a changed row of another owner than ``empty`` is left out.
    """
    kind, plain = type(empty), to_columns(empty)
    known: dict[int, Record] = {one.id: one for one in now}
    for change in (one for step in steps for one in journal.net_changes(step) if one.table == TABLE_OF[kind]):
        known.pop(change.row_id, None)
        if change.before is not None and change.before.get(owner) == plain[owner]:
            known[change.row_id] = to_record(kind, plain | change.before)
    return [known[row_id] for row_id in sorted(known)]


def _people_by_word(kinds: Sequence[str], entries: Sequence[Entry]) -> Mapping[str, frozenset[int]]:
    """Return the ids of the entries the 起案 counts, by its word: 申込, 決定, 補欠, 不参加決定.

    ``kinds`` are the letters it decides on; one about a change has the word 通知の相手 only.
    """
    if kinds[0] != DECISION:
        return {"通知の相手": _entry_ids(entries_of_letter(kinds[0], entries))}
    refused = entries_of_letter(REFUSAL_LETTER, entries)
    return {
        "申込": _entry_ids(one for one in entries if has_applied(one)),
        "決定": _entry_ids(entries_of_letter(DECISION, entries)),
        "補欠": _entry_ids(one for one in refused if one.state.is_waiting),
        "不参加決定": _entry_ids(one for one in refused if one.state.is_not_chosen),
    }


def _entry_ids(entries: Iterable[Entry]) -> frozenset[int]:
    return frozenset(one.id for one in entries)


def moved(
    then: Mapping[str, frozenset[int]], now: Mapping[str, frozenset[int]], *, each: str, people: str
) -> list[str]:
    """Return 「決定 14人 → 11人」, or 「決定（14人）の方」 where the number is equal and the people are not."""
    counted = {name: (len(then[name]), len(those)) for name, those in now.items() if then[name] != those}
    return [
        f"{name} {before}{each} → {after}{each}" if before != after else f"{name}（{after}{each}）{people}"
        for name, (before, after) in counted.items()
    ]


def edited_passages(steps: Iterable[JournalEntry], kinds: Sequence[str]) -> list[str]:
    """Return 「文面（件名、…）」 with the passages of these kinds that were edited in the steps; [] if none was."""
    images = [
        change.after or change.before or {}
        for step in steps
        for change in journal.net_changes(step)
        if change.table == TABLE_OF[DocumentPassage]
    ]
    named = (image["part"].replace(BASE_SUFFIX, "") for image in images if image.get("document_kind") in kinds)
    parts = dict.fromkeys(named)
    return [f"文面（{'、'.join(parts)}）"] if parts else []
