"""What a move of an event of the sample year would do to every deadline, what it asks for, and what it then did."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.event.services.agreements import DAY_TOPIC, open_topic
from app.event.services.event_moves import move_event, preview_move
from app.event.services.event_records import read_event_records
from app.event.services.tasks.deadlines import override_deadline
from db.records.agreements import Agreement
from db.records.events import DeadlineOverride, Event
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, changes
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store)
TODAY = NOW.date()


def day_words(day):
    return f"{day.provisional_words or day.due}{f'（{day.note}）' if day.note else ''}"


def previewed(store, number, day, **hours):
    found = preview_move(store, event_id=number, new_date=day, today=TODAY, **hours)
    counts = f"動く{found.moved_count}・動かない{found.unmoved_count}・過ぎる{found.missed_count}"
    needs = f"理由{found.reason_needed}・契約課{found.contract_change}　{'・'.join(found.asked)}"
    return [
        f"{found.new_date} {found.start_time}–{found.end_time}　{counts}　{needs}",
        f"できない：{found.refusal}",
        *(
            f"{one.label}　{one.owner}｜{day_words(one.old)} → {day_words(one.new)}｜{one.words}{'！' * one.is_past}"
            f"｜{one.basis}｜{one.done_on}"
            for one in found.rows
        ),
        *(f"すること：{one.text}　＋{one.step}" for one in found.follow_ups),
        *(f"注意：{one.text}　{one.clause}　{one.needs or 'なし'}" for one in found.warnings),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "ordinal", "day", "hours"),
    [
        ("講習会", 6, date(2026, 12, 15), {}), ("講習会", 6, date(2026, 12, 26), {}),
        ("講習会", 6, date(2026, 12, 8), {"start_time": "10:00", "end_time": "12:00"}),
        ("講習会", 7, date(2026, 12, 3), {}), ("派遣", 3, date(2027, 3, 11), {}), ("派遣", 3, date(2027, 4, 1), {}),
        ("意見交換会", 2, date(2027, 2, 12), {"start_time": "13:00"}),
    ],
)  # fmt: skip
def test_a_move_is_shown_before_it_is_made(store, kind, ordinal, day, hours):
    assert_paper(
        previewed(store, event_id(store, kind, ordinal), day, **hours), f"{kind}{ordinal} {day} {'時刻' * bool(hours)}"
    )


def test_a_move_back_an_approved_room_and_a_day_by_hand_are_shown_as_such(store):
    sixth, other = event_id(store, "講習会", 6), date(2026, 12, 15)
    before = previewed(store, sixth, other)
    override_deadline(acting(store), event_id=sixth, task="人数連絡", due=date(2026, 12, 2), reason="課の都合")
    assert_paper(changes(before, previewed(store, sixth, other)), "手で決めた日")
    move_event(acting(store), event_id=sixth, new_date=other, reason="会場の都合")
    assert_paper(previewed(store, sixth, date(2026, 12, 8)), "戻す")
    with store.change(action="日なし", by=BY, now=NOW) as change:
        change.update(Event, event_id(store, "意見交換会", 2), event_date=None, dated_on=None)
    second = event_id(store, "意見交換会", 2)
    assert_paper(previewed(store, second, date(2027, 2, 16)), "はじめての日")
    for topic in (DAY_TOPIC, "内容"):
        open_topic(acting(store), event_id=second, topic=topic)
    move_event(acting(store), event_id=second, new_date=date(2027, 2, 12), reason="")
    topics = {one.topic: one.settled_on for one in rows(store.database, Agreement, event_id=second)}
    assert (topics[DAY_TOPIC], topics["内容"]) == (TODAY, None)


@pytest.mark.parametrize(
    ("name", "ordinal", "given"),
    [
        ("動かした", 6, {"new_date": date(2026, 12, 15), "reason": "会場の都合"}),
        ("時刻だけ", 6, {"new_date": date(2026, 12, 8), "start_time": "13:00", "reason": "講師の都合"}),
        ("期間の外", 7, {"new_date": date(2027, 1, 8), "reason": "大雪", "nature": CONTRACT_CHANGE}),
        ("期間の外・回答あり", 7, {
            "new_date": date(2027, 1, 8), "reason": "大雪", "nature": CONTRACT_CHANGE, "contract_reply": "要らない"}),
    ],
)  # fmt: skip
def test_a_move_changes_the_event_its_steps_and_what_was_agreed(store, name, ordinal, given):
    number = event_id(store, "講習会", ordinal)

    def kept():
        found = [by_id(store.database, Event, number), *rows(store.database, Agreement, event_id=number)]
        found += read_event_records(store, number).steps
        found += [
            *rows(store.database, DeadlineOverride, event_id=number),
            *read_event_records(store, number).decisions,
        ]
        return [f"{type(one).__name__}　{line}" for one in found for line in ("　".join(view_lines(one, "id")),)]

    override_deadline(acting(store), event_id=number, task="人数連絡", due=date(2026, 12, 2), reason="課の都合")
    before = kept()
    result = move_event(acting(store), event_id=number, **given)
    assert_paper([result.message, *changes(before, kept())], name)


def test_a_move_is_refused_by_what_it_lacks(store):
    sixth = event_id(store, "講習会", 6)
    said = []
    for more in (
        {"reason": " "}, {"reason": " ", "new_date": date(2026, 12, 8), "start_time": "13:00"},
        {"new_date": date(2026, 12, 8)}, {"end_time": "14:00"}, {"nature": ""}, {"new_date": date(2027, 4, 1)},
        {"event_id": event_id(store, "講習会", 1)}, {"event_id": 99},
    ):  # fmt: skip
        with pytest.raises(UserError) as refused:
            move_event(acting(store), **{"event_id": sixth, "new_date": date(2026, 12, 15), "reason": "都合"} | more)
        said.append(str(refused.value))
    assert_paper(said, "できない")
    assert by_id(store.database, Event, sixth).event_date == date(2026, 12, 8)
