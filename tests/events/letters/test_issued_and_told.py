"""施行 and 通知済 of a letter: one that went out waits to be noted as told; one that did not is told by word alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.services import document_saving, notification
from app.event.services.event_view import read_event
from app.event.services.tasks.task import CANCELLED
from app.events.calls.services import calls
from app.home.today.services import home
from db.records.calls import DecisionKind
from db.records.documents import LetterForm
from db.records.events import Event
from tests.support.letter_people import Letters
from tests.support.years import BY, NOW

WHO = {"by": BY, "now": NOW}
ISSUED = date(2026, 8, 28)
TODAY = NOW.date()


@pytest.fixture
def people(tmp_path):
    register_contributions()
    found = Letters(tmp_path)
    yield found
    found.close()


def put(people: Letters, kind: str, state: str = "施行") -> None:
    document_saving.set_letter_state(
        ActionContext(people.store, **WHO),
        event_id=people.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=ISSUED,
        document_number="8練地協第391号",
        issued_on=ISSUED if state == "施行" else None,
    )


def test_a_cancellation_that_is_issued_waits_on_home_until_it_is_noted_as_told(people):
    def lines():
        view = notification.read_outgoing_view(people.store, event_id=people.event_id)
        told = [one.matter_status for one in view.lines if one.document_kind == "中止通知"]
        return [one for one in told if one.status == "未通知"]

    def row():
        shown = home.read_home(people.store, today=TODAY).rows
        mine = [one for one in shown if one.task.task == CANCELLED]
        tasks = read_event(people.store, event_id=people.event_id, today=TODAY).tasks
        assert [one.task for one in tasks if one.task == CANCELLED] == [one.task.task for one in mine]
        return [(one.task.label, one.link.action, one.link.kind) for one in mine]

    calls.decide_change(
        ActionContext(people.store, **WHO),
        event_id=people.event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=datetime(2026, 8, 31, 8, 30),
        decided_by="課長",
        reason="大雨警報の発表",
    )
    assert (lines(), row()) == ([], []), "nothing is made yet"
    put(people, "中止通知")
    assert [(one.outgoing, one.matter.issued_on) for one in lines()] == [(None, ISSUED)]
    assert row() == [("中止通知を伝える", "作成したものを伝える", "中止通知")]
    waiting = notification.read_pending_notification(people.store, event_id=people.event_id, key="中止通知", now=NOW)
    assert (waiting.created_words, waiting.lacks) == ("伝えた文面を、控えに残します", "")
    notification.notify(
        ActionContext(people.store, **WHO),
        event_id=people.event_id,
        key="中止通知",
        told_to="申込団体",
        told_how="郵送",
    )
    assert (lines(), row()) == ([], [])


def test_a_decided_letter_is_told_by_post_only_once_it_is_issued_and_by_word_before(people):
    def tell(**given):
        notification.notify(
            ActionContext(people.store, **WHO), event_id=people.event_id, key="決定通知", told_to="申込団体", **given
        )

    put(people, "決定通知", "決裁済")
    waiting = notification.read_pending_notification(people.store, event_id=people.event_id, key="決定通知", now=NOW)
    assert waiting.lacks.startswith("決定通知（")
    assert "まだ施行になっていません（決裁済）。" in waiting.lacks
    with pytest.raises(UserError, match="施行になっていません"):
        tell(told_how="郵送")
    tell(told_how="アプリの外の文書", words="8月28日付けの通知の写しを、先に手渡した")
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    assert all(one.matter_status.status != "未通知" for one in view.lines)


def test_a_letter_that_is_issued_and_was_set_aside_waits_again_when_something_changes(people):
    def standing():
        view = notification.read_outgoing_view(people.store, event_id=people.event_id)
        return next(one.matter_status.status for one in view.lines if one.document_kind == "決定通知")

    assert standing() == "未作成"
    put(people, "決定通知")
    assert standing() == "未通知"
    notification.set_aside(
        ActionContext(people.store, **WHO), event_id=people.event_id, key="決定通知", reason="手渡しの予定"
    )
    assert standing() == "見送り"
    with people.store.change(action="変更", by=BY, now=NOW) as change:
        change.update(Event, people.event_id, venue="みほん第二区民館")
    assert standing() == "未通知"
