"""Puts letters up, issues and answers them as a clerk does."""

from datetime import date, timedelta
from typing import Any

from app.actions.action_context import ActionContext
from app.documents.services import document_saving
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document, render
from app.documents.services.kept_letters import letter_corrections
from app.events.letters.services.letter_page import build_letters
from app.events.roster.services.entry_changes import set_state
from db.records.documents import DifferenceAnswer, LetterForm, LetterState
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.rows import by_id
from tests.support.letter_people import Letters, read_letters
from tests.support.years import BY, NOW

WHO: dict[str, Any] = {"by": BY, "now": NOW}
LATER: dict[str, Any] = {"by": BY, "now": NOW + timedelta(days=2)}
DAY = NOW.date()


def later(store):
    return ActionContext(store, **LATER)


def put(people: Letters, state: LetterState, *, kind: str = "決定通知", on: date = DAY, **who: Any) -> None:
    reached = list(LetterState).index(state)
    document_saving.set_letter_state(
        ActionContext(people.store, **(who or WHO)),
        event_id=people.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=on if reached >= 2 else None,
        document_number="391" if reached >= 2 else "",
        issued_on=on if reached >= 3 else None,
    )


def put_all(people: Letters, kind: str = "決定通知") -> None:
    for state in list(LetterState)[1:]:
        put(people, state, kind=kind)


def put_all_to_three(people: Letters) -> None:
    """Choose who waits as well, and issue the letter."""
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    put_all(people)


def pdf(people: Letters, kind: str = "決定通知", **given: Any) -> bytes:
    content = build_letters(people.store, event_id=people.event_id, kind=kind, now=LATER["now"], **given)
    return render(content, format="pdf").data


def rename(people: Letters) -> str:
    """Correct the name of somebody of the letter; return the name before."""
    entry = by_id(people.store.database, Entry, people.entries[0])
    person = by_id(people.store.database, Person, entry.person_id)
    with people.store.change(action="氏名を直した", **LATER) as change:
        change.update(Person, person.id, name="濱田 直")
        change.update(Organisation, entry.organisation_id, name="改名町会")
    return person.name


def document(people: Letters, kind: str):
    return build_document(people.store, event_id=people.event_id, kind=kind, now=LATER["now"])


def page_of(people: Letters, kind: str = "決定通知"):
    return read_letters(people.store, event_id=people.event_id, kind=kind, now=LATER["now"])


def answer(people: Letters, part: str, given: DifferenceAnswer, *, hours: int = 0, **more: Any):
    (one,) = [one for one in page_of(people).differences if one.part == part]
    return letter_corrections.answer_difference(
        ActionContext(people.store, BY, LATER["now"] + timedelta(hours=hours)),
        scope=DocumentScope(event_id=people.event_id),
        kind="決定通知",
        differences=[one.key],
        answer=given,
        **more,
    )


def call_anew(people: Letters, *entries: int) -> None:
    for number in entries or (0,):
        entry = by_id(people.store.database, Entry, people.entries[number])
        with people.store.change(action="氏名を直した", **LATER) as change:
            change.update(Person, entry.person_id, name=f"濱田 直{number}")
