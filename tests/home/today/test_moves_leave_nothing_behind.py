"""After any series of moves nothing stays at an old date without home naming it, and what fits again is no longer
named."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.calendar.dates import short_date
from app.event.services import event_moves
from app.home.today.services import home
from db.journal import Change
from db.records.documents import Letter, Notification
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.roster import Arrangement
from db.records.surveys import EventSurvey
from db.records.venues import Booking
from db.rows import by_id, rows
from db.store import Store
from tests.support.in_full import some
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by

TODAY = NOW.date()
MOVES, SERIES = 3, 8
SAID_TWICE = {"日程変更の連絡", "日程変更の通知", "決定通知の起案のやり直し"}
"""Steps that stay after both ways until somebody ticks them: whoever heard of the first move hears of the second."""

store = made_by(sample_store, scope="module")


def ahead(store: Store) -> list[Event]:
    found = rows(store.database, Event, status=EventStatus.PLANNED)
    return [one for one in found if one.event_date is not None and one.event_date > TODAY]


def named(store: Store, event_id: int) -> set[tuple[str, str]]:
    """What home says of an event: the words of the row and its second line."""
    view = home.read_home(store, today=TODAY)
    tasks = [row.task for row in (*view.rows, *view.later_rows)]
    return {(task.label, task.detail) for task in tasks if task.event_id == event_id}


def words_of(store: Store, event_id: int) -> str:
    return "\n".join(f"{label}　{detail}" for label, detail in sorted(named(store, event_id)))


def left_behind(store: Store, event: Event) -> Iterator[tuple[str, str]]:
    """What holds another day than the event's, straight from the rows: what it is, and the words that would name it."""
    assert event.event_date is not None
    for booking in rows(store.database, Booking, event_id=event.id):
        if booking.state != "取消" and booking.day >= TODAY and booking.day != event.event_date:
            yield f"booking of {booking.day}", "会場の予約を直す"
    newest: dict[tuple[str, int], Notification] = {}
    for act in rows(store.database, Notification, event_id=event.id, order="id"):
        if not act.withdrawn:
            newest[act.key, act.version] = act
    for act in newest.values():
        told = act.facts.get("実施日", "")
        if told and told != event.event_date.isoformat():
            yield (
                f"told {act.key} for {told}",
                f"実施日 {short_date(date.fromisoformat(told))} → {short_date(event.event_date)}",
            )
    for survey in rows(store.database, EventSurvey, event_id=event.id):
        if survey.online_close is not None and survey.online_close < event.event_date:
            yield f"form closing on {survey.online_close}", "オンライン回答の締切を直す"
    if event.venue and event.venue_booked_on is None:
        yield "a venue without approval", "使用承認"


def moved(store: Store, event_id: int, day: date) -> None:
    event_moves.move_event(ActionContext(store, BY, NOW), event_id=event_id, new_date=day, reason="会場の都合")


def held(store: Store, event_id: int) -> Event:
    found = by_id(store.database, Event, event_id)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", some(range(SERIES), of=2))
def test_whatever_holds_another_day_than_its_event_is_named(store, seed):
    chance = random.Random(seed)
    event = chance.choice(ahead(store))
    for _ in range(MOVES):
        day = TODAY + timedelta(days=chance.randrange(3, 70))
        if day != held(store, event.id).event_date:
            moved(store, event.id, day)
        now_is, said = held(store, event.id), words_of(store, event.id)
        for what, words in left_behind(store, now_is):
            assert words in said, f"{what}: {now_is.full_title} {now_is.event_date}\n{said}"


def test_back_on_its_day_nothing_is_named_that_was_not_before(store, tmp_path):
    fresh = sample_store(tmp_path)
    for event in ahead(fresh):
        if held(fresh, event.id).venue_booked_on is None:
            continue
        before = {label for label, _ in named(fresh, event.id)}
        moved(fresh, event.id, event.event_date + timedelta(days=9))
        moved(fresh, event.id, event.event_date)
        after = {label for label, _ in named(fresh, event.id)}
        assert after - before <= SAID_TWICE, event.full_title


def test_a_letter_in_its_decision_an_order_and_a_count_are_named(tmp_path):
    store = sample_store(tmp_path)
    event = next(one for one in ahead(store) if one.kind == "講習会")
    with store.change(action="用意", by=BY, now=NOW, subject="letters", event_id=event.id) as change:
        prepared(change, event)
    moved(store, event.id, event.event_date + timedelta(days=7))
    said = words_of(store, event.id)
    assert [word for word in ("会長あて案内文の起案のやり直し", "手配先への日程変更の連絡") if word not in said] == []


def prepared(change: Change, event: Event) -> None:
    change.insert(
        Letter(event_id=event.id, document_kind="会長あて案内文", form="公文書", state="決裁済", decided_on=TODAY)
    )
    change.insert(Arrangement(event_id=event.id, kind="手話通訳", ordered_on=TODAY, ordered_to="みほん手話派遣"))


def test_of_two_steps_that_a_move_makes_late_the_row_is_that_of_the_one_to_do_first(tmp_path):
    store = sample_store(tmp_path)
    event = next(one for one in ahead(store) if one.event_date == date(2026, 12, 18))
    earlier = TODAY + timedelta(days=8)
    shown = event_moves.preview_move(store, event_id=event.id, new_date=earlier, today=TODAY)
    assert {"決定", "決定通知"} <= {row.task for row in shown.rows if row.is_past}
    moved(store, event.id, earlier)
    late = [row.task for row in home.read_home(store, today=TODAY).passed_targets if row.task.event_id == event.id]
    steps = {task.label for task in late if task.bucket == "目安日過ぎ" and task.step_id is not None}
    assert steps == {"参加者を決める"}
