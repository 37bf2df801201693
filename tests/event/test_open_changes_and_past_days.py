"""An event whose new day or place is missing, or whose day is over without a record: no surface takes it as planned."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services.event_results import mark_held, record_result
from app.event_day.day_file.services.day_file_checkout import preview_day_file
from app.event_day.reception.services import add_walk_in, read_reception
from app.events.calls.services.calls import decide_change
from app.events.roster.services.attendance_result import close_reception
from app.events.roster.services.entry_names import WantedPerson
from db.records.events import EventResult
from tests.support.years import BY, add_lecture, at, started_year, the_event

DAY = date(2026, 9, 24)


@pytest.fixture
def store(tmp_path):
    opened = started_year(tmp_path)
    yield opened
    opened.database.conn.close()


@pytest.fixture
def event_id(store):
    return add_lecture(store, DAY)


def decide(store, event_id, kind, *, on=DAY):
    given = {"decided_at": at(on), "decided_by": "課長", "reason": "台風のため"}
    decide_change(ActionContext(store, BY, at(on)), event_id=event_id, kind=kind, **given)


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_on_its_old_day_nothing_of_the_day_is_done(store, event_id, kind):
    context = ActionContext(store, BY, at(DAY))
    decide(store, event_id, kind)
    for act in (
        lambda: mark_held(context, event_id=event_id),
        lambda: record_result(context, event_id=event_id, result=EventResult(event_id=event_id, attended=9)),
        lambda: close_reception(context, event_id=event_id),
        lambda: add_walk_in(context, event_id=event_id, wanted=WantedPerson(name="見本 飛子")),
        lambda: preview_day_file(store, event_id=event_id),
    ):
        with pytest.raises(UserError, match=f"{kind}が決まっていて、新しい日時がまだ入っていません。.*新しい日時を"):
            act()
    assert the_event(store, event_id).status == "予定"
    assert read_reception(store, event_id=event_id).closed_words == (
        f"第1回 LINE講習会は{kind}が決まっていて、新しい日時がまだ入っていません。新しい日時を入れるまで、"
    )
    with store.change(action="日時", by=BY, now=at(DAY), subject="events") as change:
        change.update(type(the_event(store, event_id)), event_id, start_time="10:00")
    mark_held(context, event_id=event_id)
