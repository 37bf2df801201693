"""Says what of an event became otherwise since its letters were 決裁: a 起案資料 made now is not the one decided on.

- ``HALTS`` by kind of 起案資料: made all the same, with a reason, it bears ``OTHERWISE`` on every page
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.calendar.dates import long_date
from app.papers.rules.notification import changes
from app.papers.services.paper_context import letter_of
from app.papers.services.paper_passages import BASE
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.event.rules.taking_part import has_applied
from app.subjects.events.event.rules.told_facts import when_and_where
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.event.services.told_event import event_without
from app.subjects.events.letters.rules.letter_texts import DRAFTING, DRAFTING_CHANGE, REFUSAL_LETTER
from app.subjects.events.letters.services.letter_addressees import wanted_entries
from app.subjects.events.letters.services.letter_building import drafted_letters
from app.subjects.events.letters.services.letter_steps import DECIDED, step_into, steps_of
from db.mapping import TABLE_OF, to_columns, to_record
from db.records.accounts import JournalEntry
from db.records.events import Event
from db.records.papers import Letter, PaperText
from db.records.roster import Entry
from db.store import Store
from db.tables import journal, roster

OTHERWISE: Final = "変更後（決裁と異なる）"
_WHO_IS_TOLD: Final = ("決定", "通知の相手")


def _halts(kind: str) -> Callable[[Store, PaperScope, date], tuple[str, ...]]:
    def halts(store: Store, scope: PaperScope, today: date) -> tuple[str, ...]:
        event = required_event(store.database, scope.event_id or 0)
        kinds = drafted_letters(store, event, kind)
        letter = _decided(store, scope, kinds, today)
        said = _otherwise(store, event, letter, (kind, *kinds)) if letter is not None else ()
        if letter is None or not said:
            return ()
        return (since_decided(letter, kind, said),)

    return halts


def since_decided(letter: Letter, kind: str, said: Iterable[str]) -> str:
    """Say what became otherwise since a letter was 決裁, for who makes the 起案 ``kind`` now."""
    number = f"（{letter.document_number}）" if letter.document_number else ""
    day = f"{long_date(letter.decided_on)}に" if letter.decided_on else ""
    since = f"{letter.document_kind}は、{day}決裁されています{number}。そのあとに、つぎのことが変わりました："
    return f"{since}{'、'.join(said)}。いま作成する{kind}は、決裁されたものと違います。"


HALTS: Final = tuple((kind, _halts(kind)) for kind in (DRAFTING, DRAFTING_CHANGE))


def _decided(store: Store, scope: PaperScope, kinds: Sequence[str], today: date) -> Letter | None:
    """The first of the drafted letters that passed its 決裁; one that is put back to 案 is decided on anew."""
    letters = (letter_of(store, scope, kind, formal=True, on=today) for kind in kinds)
    return next((one for one in letters if one and one.id and one.form == "公文書" and one.state in DECIDED), None)


def _otherwise(store: Store, event: Event, letter: Letter, kinds: Sequence[str]) -> list[str]:
    """What the 起案 said of the event when it was decided, and would say otherwise now; in words."""
    steps = steps_of(store, event)
    noted = step_into(steps, letter, DECIDED)
    if noted is None:
        return []
    later = [step for step in steps if step.seq > noted.seq]
    people = roster.entries(store.database, event.id)
    asked = kinds[1:]
    drafted = _people(asked, _before(people, later))
    if letter.decided_on is not None:
        # Noted days after the 決裁: what came between was not decided on, unless the roster itself was typed later.
        since = [step for step in steps if step.seq > noted.seq or step.at.date() > letter.decided_on]
        before = _people(asked, _before(people, since))
        if all(before.get(name) for name in _WHO_IS_TOLD if name in before):
            later, drafted = since, before
    then = when_and_where(event_without(event, later), ())
    found = [one.words for one in changes(then, when_and_where(event, ()))]
    return [*found, *moved(drafted, _people(asked, people), each="人", people="の方"), *reworded(later, kinds)]


def _before(entries: Iterable[Entry], steps: Iterable[JournalEntry]) -> list[Entry]:
    """The roster before what the newest steps changed of it; columns that came later are as they are in a new row."""
    known = {one.id: one for one in entries}
    event_id = next((one.event_id for one in known.values()), 0)
    empty = to_columns(Entry(event_id=event_id))
    for step in steps:
        for change in journal.net_changes(step):
            if change.table != TABLE_OF[Entry]:
                continue
            known.pop(change.row_id, None)
            if change.before is not None and change.before.get("event_id") == event_id:
                known[change.row_id] = to_record(Entry, empty | change.before)
    return [known[entry_id] for entry_id in sorted(known)]


def _people(kinds: Sequence[str], entries: Sequence[Entry]) -> Mapping[str, frozenset[int]]:
    """Whom the 起案 counts and lists, by the word under which it does."""
    if kinds[0] != DECISION:
        return {"通知の相手": _numbers(wanted_entries(kinds[0], entries))}
    refused = wanted_entries(REFUSAL_LETTER, entries)
    return {
        "申込": _numbers(one for one in entries if has_applied(one)),
        "決定": _numbers(wanted_entries(DECISION, entries)),
        "補欠": _numbers(one for one in refused if one.state == "補欠"),
        "不参加決定": _numbers(one for one in refused if one.state == "落選"),
    }


def _numbers(entries: Iterable[Entry]) -> frozenset[int]:
    return frozenset(one.id for one in entries)


def moved(
    then: Mapping[str, frozenset[int]], now: Mapping[str, frozenset[int]], *, each: str, people: str
) -> list[str]:
    """「決定 14人 → 11人」, or that others stand there than before: 「決定（14人）の方」."""
    counted = {name: (len(then[name]), len(those)) for name, those in now.items() if then[name] != those}
    return [
        f"{name} {before}{each} → {after}{each}" if before != after else f"{name}（{after}{each}）{people}"
        for name, (before, after) in counted.items()
    ]


def reworded(steps: Iterable[JournalEntry], kinds: Sequence[str]) -> list[str]:
    """Which passages of the 起案 and of its letters were written otherwise."""
    images = [
        change.after or change.before or {}
        for step in steps
        for change in journal.net_changes(step)
        if change.table == TABLE_OF[PaperText]
    ]
    named = (image["part"].replace(BASE, "") for image in images if image.get("document_kind") in kinds)
    parts = dict.fromkeys(named)
    return [f"文面（{'、'.join(parts)}）"] if parts else []
