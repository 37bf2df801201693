"""What is to be done anew after a move: drafts that were decided, and orders whose day nobody knows to be told."""

from types import SimpleNamespace

import pytest

from app.event.rules.notification_facts import TABLETS_READY, order_key
from app.event.services.event_moves import REARRANGE_STEP, _draft_letter_follow_ups, _order_follow_ups
from app.event.services.tasks import event_tasks
from app.event.services.tasks.task import EXCHANGE
from db.records.documents import LetterState

TABLETS = "貸与タブレットは割当て済です（旧日程）。準備の担当に日付の変更を伝えます。"


def order(number, ordered_on="9/1", to="", kind="手話通訳"):
    return SimpleNamespace(id=number, ordered_on=ordered_on, ordered_to=to, kind=kind)


def act(key, withdrawn=False):
    return SimpleNamespace(key=key, withdrawn=withdrawn)


def found(arrangements, *acts):
    records = SimpleNamespace(arrangements=arrangements, notifications=acts)
    return [(one.text, one.step) for one in _order_follow_ups(records)]


def told(count, names):
    return f"配慮の手配{count}件（{names}）は依頼済です（旧日程）。日付の変更を伝えます。"


def test_an_order_is_a_step_only_where_it_is_not_known_what_was_told():
    first, second, open_one = order(1), order(2, to="みほん通訳"), order(3, ordered_on=None)
    assert found([]) == []
    assert found([open_one]) == []
    assert found([first, second, open_one]) == [(told(2, "手話通訳、みほん通訳"), REARRANGE_STEP)]
    assert found([first, second], act(order_key(1))) == [
        (told(1, "手話通訳"), ""),
        (told(1, "みほん通訳"), REARRANGE_STEP),
    ]
    assert found([first], act(order_key(1), withdrawn=True)) == [(told(1, "手話通訳"), REARRANGE_STEP)]
    assert found([first, order(4)], act(order_key(1)), act(order_key(4))) == [(told(2, "手話通訳"), "")]
    assert found([], act(TABLETS_READY)) == [(TABLETS, "")]
    assert found([], act(TABLETS_READY, withdrawn=True)) == []


@pytest.mark.parametrize(
    ("state", "issued_on", "again"),
    [
        ("案", None, False),
        ("起案中", None, True),
        ("決裁済", None, True),
        ("決裁済", "9/1", False),
        ("施行", "9/1", False),
    ],
)
def test_a_letter_that_was_drafted_and_not_issued_is_drafted_anew(state, issued_on, again):
    letter = SimpleNamespace(document_kind="決定通知", state=LetterState(state), issued_on=issued_on)
    steps = [one.step for one in _draft_letter_follow_ups(SimpleNamespace(letters=[letter]))]
    assert steps == (["決定通知の起案のやり直し"] if again else [])


def line(is_outdated, *changed):
    facts = [SimpleNamespace(name=name, words=f"{name} 甲 → 乙") for name in changed]
    stand = SimpleNamespace(is_outdated=is_outdated, changed_facts=facts)
    return SimpleNamespace(matter_status=stand, document_kind="当日資料一式", title="")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (line(True, "団体", "会場"), True), (line(True, "実施日"), True), (line(True, "団体"), False),
        (line(True), False), (line(False, "会場"), False),
    ],
)  # fmt: skip
def test_a_letter_is_of_another_day_where_day_or_place_changed_after_it_was_made(one, expected):
    assert event_tasks._is_of_another_day(one) is expected


def test_what_is_made_again_says_the_first_change_of_the_first_that_is_out_of_date():
    made, stale = line(False), line(True, "名簿", "会場")
    assert event_tasks._notification_words(EXCHANGE, [stale, made], None) == "作成のあと 名簿 甲 → 乙"
    assert event_tasks._notification_words(EXCHANGE, [made], None) == ""
    assert event_tasks._outdated_document_words([made, stale]) == "当日資料一式　作成のあと 名簿 甲 → 乙 ほか1件"
    assert event_tasks._outdated_document_words([made]) == "当日資料一式"
