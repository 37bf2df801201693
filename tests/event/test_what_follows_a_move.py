"""What is to be done anew after a move: drafts that were decided, and orders whose day nobody knows to be told."""

from types import SimpleNamespace

import pytest

from app.documents.rules import batch_key
from app.documents.services.notification_kinds import CONTRACTOR
from app.event.rules import recruitment
from app.event.rules.notification_facts import TABLETS_READY, order_key
from app.event.services.event_moves import REARRANGE_STEP, _draft_letter_follow_ups, _order_follow_ups
from app.event.services.event_records import handout_key
from app.event.services.tasks import event_tasks
from app.event.services.tasks import task as words
from app.event.services.tasks.task import EXCHANGE
from app.event.services.tasks.task_completion import DAY_DOCUMENTS
from db.records.documents import LetterState
from db.records.participants import HEADCOUNT_KEY

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


TOWN = SimpleNamespace(name="会場", renamed_count=0)
NAME = SimpleNamespace(name="氏名", renamed_count=1)


@pytest.mark.parametrize(
    ("kind", "status", "given", "task"),
    [
        ("決定通知", "未作成", {}, ""), ("決定通知", "未作成", {"key": "決定通知 2"}, words.DECIDED_LATER),
        ("落選通知", "未作成", {}, ""), ("落選通知", "未作成", {"chosen": True}, words.NOT_CHOSEN),
        ("辞退受理通知", "未作成", {}, words.WITHDRAWN), ("中止通知", "未作成", {}, words.CANCELLED),
        ("中止通知", "未通知", {}, words.CANCELLED), ("中止通知", "通知済", {}, ""),
        ("変更通知", "未作成", {}, words.CHANGED),
        ("変更通知", "変更あり", {}, words.CHANGED), ("変更通知", "未通知", {}, words.NOTIFY),
        ("変更通知", "未通知", {"changed": [TOWN]}, words.CHANGED),
        ("変更通知", "未通知", {"changed": [NAME]}, words.NOTIFY),
        ("変更通知", "未作成", {"changed": [NAME]}, ""),
        ("変更通知", "変更あり", {"changed": [NAME]}, words.NOTIFY_CHANGE),
        ("資料の結果", "未作成", {}, ""), ("資料の結果", "未作成", {"key": handout_key(3)}, words.NOTIFY_RESULT),
        ("資料の結果", "未通知", {"key": handout_key(3)}, words.NOTIFY),
        ("資料の結果", "未作成", {"key": handout_key(4)}, ""),
        ("参加人数", "変更あり", {"key": HEADCOUNT_KEY}, words.CHANGE_NOTICE),
        ("参加人数", "変更あり", {}, words.NOTIFY_CHANGE),
        ("公報", "未通知", {}, words.NOTIFY), (recruitment.GAZETTE, "未通知", {}, ""),
        (recruitment.GAZETTE, "未通知", {"changed": [TOWN]}, words.NOTIFY),
        ("当日", "未作成", {"key": DAY_DOCUMENTS}, EXCHANGE),
        ("決定通知", "未通知", {"cancelled": True}, ""), ("決定通知", "未通知", {}, words.NOTIFY),
        ("参加人数", "未通知", {"cancelled": True}, words.NOTIFY),
        ("参加人数", "未通知", {"cancelled": True, "party": CONTRACTOR}, words.NOTIFY),
        ("参加人数", "未通知", {"cancelled": True, "party": CONTRACTOR, "decided": [True]}, ""),
        ("参加人数", "未通知", {"cancelled": True, "party": CONTRACTOR, "decided": [False]}, words.NOTIFY),
        ("参加人数", "未通知", {"cancelled": True, "decided": [True]}, words.NOTIFY),
        # A letter that left before the decision is not told again by another of its kind and people.
        *(("決定通知", "未通知", {"letter": one}, "") for one in ({}, {"facts": {"実施日": "8日"}, "dated_on": 11})),
        *(("決定通知", "未通知", {"letter": one}, words.NOTIFY) for one in (
            {"dated_on": 11}, {"facts": {"実施日": "8日"}, "is_outdated": False}, {"kind": "開催通知"}, {"revision": 2},
            {"is_being_remade": True})),
        ("決定通知", "未通知", {"letter": {}, "decided_on": None}, words.NOTIFY),
        ("決定通知", "変更あり", {"letter": {}}, words.NOTIFY_CHANGE),
        ("落選通知", "未通知", {"letter": {"kind": "落選通知"}}, words.NOTIFY),
    ],
)  # fmt: skip
def test_what_is_not_told_waits_in_one_task(monkeypatch, kind, status, given, task):
    changed, key = given.get("changed", []), given.get("key", kind)
    letter = {
        "kind": "決定通知",
        "revision": 1,
        "facts": {},
        "dated_on": 10,
        "is_being_remade": False,
        "is_outdated": True,
    }
    left = [SimpleNamespace(**letter | given["letter"])] if "letter" in given else []
    decided_on = given.get("decided_on", 10)
    decision = SimpleNamespace(decided_at=SimpleNamespace(date=lambda: decided_on)) if decided_on else None
    matter = SimpleNamespace(document_kind=kind, key=batch_key(kind, 1))
    stand = SimpleNamespace(changed_facts=changed, is_outdated=bool(changed), status=status, matter=matter)
    one = SimpleNamespace(
        matter_kind=kind,
        document_kind=kind,
        status=status,
        key=key,
        matter_status=stand,
        notification_kind=SimpleNamespace(usual_party=given.get("party", "")),
    )
    materials = [SimpleNamespace(material=SimpleNamespace(id=at), not_notified=at == 3) for at in (3, 4)]
    decided = [SimpleNamespace(kind=SimpleNamespace(is_cancellation=so)) for so in given.get("decided", [])]
    event = SimpleNamespace(status=SimpleNamespace(is_cancelled=given.get("cancelled", False)))
    monkeypatch.setattr(event_tasks, "choice_notified_on", lambda _records: given.get("chosen"))
    monkeypatch.setattr(event_tasks, "decision_in_effect", lambda *_: decision)
    monkeypatch.setattr(event_tasks, "notified_documents", lambda _records: left)
    monkeypatch.setattr(event_tasks, "outdated_facts", lambda one, _: one.is_outdated)
    records = SimpleNamespace(event=event, materials=materials, decisions=decided)
    assert event_tasks._notification_task(one, records) == task


def test_a_change_that_was_decided_says_what_differs_from_what_was_told_last_else_its_kind(monkeypatch):
    letters = [
        SimpleNamespace(kind=kind, notified_on=day) for kind, day in (("変更通知", 3), ("決定通知", 3), ("参加票", 9))
    ]
    monkeypatch.setattr(event_tasks, "notified_documents", lambda records: records.told)
    monkeypatch.setattr(event_tasks, "outdated_facts", lambda last, _: [SimpleNamespace(words=last.kind)])
    monkeypatch.setattr(event_tasks, "_subject_words", lambda _lines: "14人")
    said = [
        event_tasks._notified_change_words(SimpleNamespace(told=told, decisions=decided), [])
        for told in (letters, letters[2:])
        for decided in ((), (SimpleNamespace(kind="中止"), SimpleNamespace(kind="日程の変更")))
    ]
    assert said == ["変更通知　14人", "変更通知　14人", "14人", "日程の変更　14人"]


def changed(key, *facts):
    """A letter with what changed since it left: a name with before and now, or one of a person."""
    found = [
        SimpleNamespace(
            name=name, before=before, now=now, words=f"{name} {before} → {now}", renamed_count=name == "氏名"
        )
        for name, before, now in facts
    ]
    return SimpleNamespace(key=key, document_kind="参加票", matter_status=SimpleNamespace(changed_facts=found))


DAY, PEOPLE, PLACE, PERSON = (
    ("実施日", "1日", "2日"),
    ("参加予定", "14人", "15人"),
    ("会場", "甲", "乙"),
    ("氏名", "丙", "丁"),
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([changed(HEADCOUNT_KEY, PEOPLE)], "14→15人"),
        ([changed("x", PLACE, DAY, PEOPLE)], "実施日 1日 → 2日　14→15人"),
        ([changed(HEADCOUNT_KEY, PLACE)], "会場 甲 → 乙"), ([changed("x", PLACE)], "参加票　会場 甲 → 乙"),
        ([changed("x", PLACE, DAY), changed(HEADCOUNT_KEY, DAY)], "参加票　会場 甲 → 乙 ほか2件"),
        ([changed("x", PERSON)], "前の名前で出した通知1件"),
        ([changed("x", PERSON), changed("y", PLACE, PERSON)], "参加票　会場 甲 → 乙 ほか1件　前の名前で出した通知1件"),
    ],
)  # fmt: skip
def test_what_changed_is_said_of_the_first_letter_and_names_alone_by_their_number(lines, said):
    assert event_tasks._changed_words(lines) == said
