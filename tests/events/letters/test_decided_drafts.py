"""A 起案資料 stays as it was put up with its letter, and bears the day of that."""

from datetime import datetime, timedelta
from typing import Any

from app.actions.action_context import ActionContext
from app.documents.blocks import KeyValues
from app.documents.services import document_saving
from app.documents.services.document_kind import document_of, read_subject
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.events.calls.services.calls import decide_change
from app.events.roster.services.entry_changes import set_state
from db.records.calls import DecisionKind
from db.records.documents import LetterForm, LetterState
from db.records.events import Event
from db.records.roster import EntryState
from tests.support.letter_people import Letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW

WHO: dict[str, Any] = {"by": BY, "now": NOW}
LATER: dict[str, Any] = {"by": BY, "now": NOW + timedelta(days=2)}
DRAFT = "起案資料"


def _put(people: Letters, kind: str = "決定通知", **given: Any) -> None:
    given = {
        "state": LetterState.ISSUED,
        "decided_on": NOW.date(),
        "document_number": "391",
        "issued_on": NOW.date(),
    } | given
    document_saving.set_letter_state(
        ActionContext(people.store, **WHO), event_id=people.event_id, kind=kind, form=LetterForm.FORMAL, **given
    )


def _draft(people: Letters, kind: str = DRAFT):
    return build_document(people.store, event_id=people.event_id, kind=kind, now=LATER["now"])


def test_the_draft_of_taken_places_is_ready_when_nobody_is_decided_any_more(people):
    _put(people)
    set_state(
        ActionContext(people.store, **LATER), entry_id=people.entries[0], state=EntryState.REVOKED, reason="会場の都合"
    )

    def is_ready() -> bool:
        scope = DocumentScope(event_id=people.event_id)
        return document_of(scope, DRAFT).is_ready(people.store, read_subject(people.store, scope))

    assert not is_ready(), "no 決定取消通知 is put up yet"
    _put(people, "決定取消通知", state=LetterState.IN_APPROVAL, decided_on=None, document_number="", issued_on=None)
    assert is_ready()
    assert "への参加の決定を、つぎの理由により取り消すこととし" in said_by(_draft(people)).replace("\n", "")


def test_the_draft_of_a_change_stays_as_it_was_put_up_with_its_own_letter(people):
    _put(people)
    decide_change(
        ActionContext(people.store, **WHO),
        event_id=people.event_id,
        kind=DecisionKind.NEW_VENUE,
        decided_at=NOW,
        decided_by="課長",
        reason="工事",
    )
    with people.store.change(action="会場", event_id=people.event_id, **WHO) as change:
        change.update(Event, people.event_id, venue="第二みほん区民館")
    kind = "起案資料（中止・変更）"
    _put(people, "変更通知", document_number="402")
    drafts = [said_by(_draft(people, one)) for one in (DRAFT, kind)]

    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[0], state=EntryState.WITHDRAWN)

    assert [said_by(_draft(people, one)) for one in (DRAFT, kind)] == drafts
    shelf = read_library(people.store, event_id=people.event_id, today=LATER["now"].date())
    assert all(shelf.row(one).can_be_made for one in (DRAFT, kind))


def test_the_draft_of_a_cancellation_bears_the_day_it_was_drafted_however_late_it_is_made_again(people):
    people.decide("中止")
    kind = "起案資料（中止・変更）"
    april = datetime(2027, 4, 5, 9)

    def drafted(now: datetime) -> str:
        content = build_document(people.store, event_id=people.event_id, kind=kind, now=now)
        head = next(block for block in content.blocks if isinstance(block, KeyValues))
        return dict(head.rows)["起案"].partition("　練馬区")[0]

    assert drafted(NOW) == "令和8年9月1日（火）"
    assert drafted(april) == "令和9年　　月　　日", "nobody noted when it was drafted, and not after the event"
    _put(people, "中止通知", state=LetterState.IN_APPROVAL, decided_on=None, document_number="", issued_on=None)
    assert drafted(april) == "令和8年9月1日（火）"
    _put(people, "中止通知")
    assert drafted(april) == "令和8年9月1日（火）"
