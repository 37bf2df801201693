"""What was 決裁 stays decided: a 起案資料 made after another count, day or text is not taken for the decided one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.contributions import register_contributions
from app.documents.blocks import KeyValues
from app.documents.services import document_saving
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.documents import build_document
from app.events.calls.services.calls import decide_change
from app.events.roster.services.entry_changes import set_state
from app.history.services import undo
from db.records.calls import DecisionKind
from db.records.documents import DocumentPassage, LetterForm, LetterState
from db.records.events import Event
from db.records.roster import EntryState
from tests.support.letter_people import Letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW

WHO: dict[str, Any] = {"by": BY, "now": NOW}
LATER: dict[str, Any] = {"by": BY, "now": NOW + timedelta(days=2)}
DRAFT, MARK = "起案資料", "変更後（決裁と異なる）"


@pytest.fixture
def people(tmp_path):
    register_contributions()
    found = Letters(tmp_path / "data")
    yield found
    found.close()


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


@pytest.mark.parametrize("state", ["決裁済", "施行"])
def test_a_place_given_up_after_the_decision_stops_the_draft_until_a_reason_marks_it(people, state):
    _put(people, **({"issued_on": None} if state == "決裁済" else {}), state=state)
    decided = said_by(_draft(people))
    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[1], state=EntryState.WITHDRAWN)

    with pytest.raises(StoppedByState) as stopped:
        _draft(people)

    assert "決定通知は、令和8年9月1日（火）に決裁されています" in str(stopped.value)
    assert "決定 3人 → 2人" in str(stopped.value)
    assert "参加者3人（1団体）を決定" in decided
    shelf = read_library(people.store, event_id=people.event_id, today=LATER["now"].date())
    assert shelf.row(DRAFT).state_answer.is_stopped
    assert not shelf.row("決定通知").state_answer.is_stopped
    scope = DocumentScope(event_id=people.event_id)
    override_stop(ActionContext(people.store, **LATER), scope=scope, kind=DRAFT, reason="変更の起案に添えるため")
    made = _draft(people)
    assert made.state_mark == MARK
    assert made.passed_reason == "変更の起案に添えるため"
    undo(people.store, **LATER)
    undo(people.store, **LATER)
    assert not _draft(people).state_mark
    assert said_by(_draft(people)) == decided


def test_before_the_decision_and_while_nothing_changed_it_is_made_as_ever(people):
    _put(people, state=LetterState.IN_APPROVAL, decided_on=None, document_number="", issued_on=None)
    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    assert not _draft(people).state_mark
    on = LATER["now"].date()
    _put(people, decided_on=on, issued_on=on)
    assert not _draft(people).state_mark
    _put(people, "落選通知", decided_on=on, issued_on=on)
    assert not _draft(people).state_mark


def test_what_was_given_up_between_the_decision_and_its_noting_was_not_decided_on(people):
    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    _put(people)
    with pytest.raises(StoppedByState, match="決定 3人 → 2人"):
        _draft(people)


def test_a_new_day_or_other_words_after_the_decision_stop_it_too(people):
    _put(people, state=LetterState.APPROVED, issued_on=None)
    with people.store.change(action="日時", event_id=people.event_id, **LATER) as change:
        change.update(Event, people.event_id, event_date=date(2026, 9, 17))
    with pytest.raises(StoppedByState, match="実施日"):
        _draft(people)
    with people.store.change(action="文", event_id=people.event_id, **LATER) as change:
        change.update(Event, people.event_id, event_date=date(2026, 9, 10))
        change.insert(
            DocumentPassage(event_id=people.event_id, document_kind=DRAFT, part="起案理由", text="書き直した")
        )
    with pytest.raises(StoppedByState, match="変わりました：文面（起案理由）。"):
        _draft(people)


def test_the_draft_of_a_change_is_held_against_its_own_decision(people):
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
    assert not _draft(people, kind).state_mark

    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[0], state=EntryState.WITHDRAWN)

    with pytest.raises(StoppedByState, match="通知の相手 4人 → 3人"):
        _draft(people, kind)


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
