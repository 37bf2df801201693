"""What is to be done anew after a move: drafts that were decided, and orders whose day nobody knows to be told."""

from types import SimpleNamespace

import pytest

from app.event.rules.notification_facts import TABLETS_READY, order_key
from app.event.services.event_moves import REARRANGE_STEP, _draft_letter_follow_ups, _order_follow_ups
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
