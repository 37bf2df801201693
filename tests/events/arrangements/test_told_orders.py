"""手話通訳 and tablets are asked for by acts of their own: a move of the event is a thing to tell, until it is told or
set aside."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import notification
from app.documents.services.issued_copies import open_copy
from app.event.rules.notification_facts import ORDER, TABLETS_READY, order_key
from app.event.services import event_moves
from app.events.arrangements import services as arrangements_services
from app.events.tablets import services as tablet_services
from app.history import services as history_services
from app.home.today.services.home import read_home
from db.records.documents import Notification
from db.records.events import Event, RecruitmentStep
from db.records.roster import Arrangement, Entry, Tablet
from db.rows import by_id, rows
from tests.support.years import BY, add_lecture, the_event

NOW = datetime(2026, 8, 25, 9, 0)
GIVEN = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)


@pytest.fixture
def event(store):
    return the_event(store, add_lecture(store))


def order(store, event, **values):
    given = {
        "kind": "手話通訳",
        "content": "2人",
        "ordered_on": date(2026, 8, 24),
        "ordered_to": "みほん手話の会",
    } | values
    return arrangements_services.add_arrangement(acting(store), arrangement=Arrangement(event_id=event.id, **given)).id


def move(store, event, days=7):
    new_date = by_id(store.database, Event, event.id).event_date + timedelta(days=days)
    return event_moves.move_event(acting(store), event_id=event.id, new_date=new_date, reason="講師の都合")


def standings(store, event):
    lines = notification.read_outgoing_view(store, event_id=event.id).lines
    return {one.document_kind: one.matter_status.status for one in lines if one.document_kind in (ORDER, TABLETS_READY)}


def test_an_order_is_told_with_its_day_and_a_move_waits_on_home_until_it_is_told_again(store, event):
    made = order(store, event)
    (act,) = rows(store.database, Notification, key=order_key(made))
    assert (act.told_on, act.told_to, act.facts["実施日"]) == (
        date(2026, 8, 24), "みほん手話の会", event.event_date.isoformat(),
    )  # fmt: skip
    assert act.facts["依頼の内容"] == "手話通訳　2人"
    assert standings(store, event) == {ORDER: "通知済"}

    move(store, event)
    assert standings(store, event) == {ORDER: "変更あり"}
    assert not [one for one in rows(store.database, RecruitmentStep, event_id=event.id) if "手配先" in one.name]
    (task,) = [row.task for row in read_home(store, today=NOW.date()).rows if "変わった" in row.task.deadline.task]
    assert task.detail.startswith(f"{ORDER}　実施日")

    told = notification.notify(
        acting(store), event_id=event.id, key=order_key(made), told_to="みほん手話の会", told_how="電話"
    )
    again = by_id(store.database, Notification, told.id)
    copy = open_copy(store, outgoing_id=again.outgoing_id)
    assert copy.agrees
    assert "手話通訳　みほん手話の会" in copy.data.decode()
    assert standings(store, event) == {ORDER: "通知済"}
    history_services.undo(store, **GIVEN)
    assert standings(store, event) == {ORDER: "変更あり"}
    notification.set_aside(acting(store), event_id=event.id, key=order_key(made), reason="先方から聞いている")
    assert "変更あり" not in standings(store, event).values()


def test_another_order_of_the_same_thing_is_noted_anew_and_one_taken_away_no_longer_stands(store, event):
    made = order(store, event)
    kept = by_id(store.database, Arrangement, made)
    arrangements_services.change_arrangement(acting(store), arrangement=replace(kept, note="見本"))
    assert len(rows(store.database, Notification, key=order_key(made))) == 1
    arrangements_services.change_arrangement(acting(store), arrangement=replace(kept, content="3人"))
    assert standings(store, event) == {ORDER: "変更あり"}
    kept = by_id(store.database, Arrangement, made)
    arrangements_services.change_arrangement(acting(store), arrangement=replace(kept, ordered_on=NOW.date()))
    acts = rows(store.database, Notification, key=order_key(made))
    assert [act.facts["依頼の内容"] for act in acts] == ["手話通訳　2人", "手話通訳　3人"]
    arrangements_services.remove_arrangement(acting(store), event_id=event.id, arrangement_id=made)
    assert all(act.withdrawn for act in rows(store.database, Notification, key=order_key(made)))


def test_what_was_ordered_before_orders_were_acts_still_gets_its_step(store, event):
    with store.change(action="前の形", event_id=event.id, **GIVEN) as change:
        change.insert(
            Arrangement(event_id=event.id, kind="手話通訳", ordered_on=date(2026, 8, 24), ordered_to="前の会")
        )
    assert standings(store, event) == {}
    move(store, event)
    assert "手配先への日程変更の連絡" in [one.name for one in rows(store.database, RecruitmentStep, event_id=event.id)]


def test_tablets_put_ready_are_told_once_for_a_day_and_again_after_a_move(store, event):
    with store.change(action="準備", event_id=event.id, **GIVEN) as change:
        change.insert(Tablet(number="1"))
        change.insert(Entry(event_id=event.id, device="貸与", state="決定"))
    tablet_services.assign_tablets(acting(store), event_id=event.id)
    tablet_services.assign_tablets(acting(store), event_id=event.id)
    assert len(rows(store.database, Notification, key=TABLETS_READY)) == 1
    move(store, event)
    assert standings(store, event) == {TABLETS_READY: "変更あり"}
    tablet_services.assign_tablets(acting(store), event_id=event.id)
    assert standings(store, event)[TABLETS_READY] == "通知済"
    tablet_services.release_tablets(acting(store), event_id=event.id)
    assert standings(store, event).get(TABLETS_READY) in (None, "未作成")
