"""The page of a past moment, read whole: before and after an event, and what each of its words stands for."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace as Given

import pytest

from app.calendar.office_days import DateProblem
from app.documents.blocks import Table
from app.events.as_of import services
from app.events.as_of.rules import (
    CountThenAndNow,
    DueLine,
    StateWords,
    count_words,
    current_deadline_text,
    entry_change_text,
    entry_state_words,
    parse_moment,
)
from app.events.as_of.services import as_of_scope, build_as_of, changed_since, read_as_of
from db.backups import as_of
from db.records.events import Event
from db.records.roster import Entry
from db.rows import rows
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.sample import BY, event_id, sample_store
from tests.support.stores import made_by

store = made_by(sample_store, scope="module")
NOW = datetime(2026, 12, 1, 10, 0)


@pytest.mark.parametrize(
    ("kind", "number", "moment"),
    [
        ("講習会", 3, datetime(2026, 10, 16, 17)), ("講習会", 8, datetime(2026, 10, 1)),
        ("意見交換会", 1, datetime(2026, 12, 1, 9)),
    ],
)  # fmt: skip
def test_the_paper_of_a_past_moment_says_what_was_and_what_came_after(store, kind, number, moment):
    view = read_as_of(store, event_id=event_id(store, kind, number), moment=moment, now=NOW)
    content = build_as_of(store, as_of_scope(view), NOW)
    said = lines_of(content)
    heads = [at for at, one in enumerate(said) if one.startswith("［")]
    known = (view.earlier_step, view.later_step, view.step_count, view.is_too_early, view.known_from_reason)
    frame = (content.header_left, content.header_right, content.footer_left, content.footer_right, content.file_stem)
    assert content.version == 0
    shown = (*said[: heads[-1] + 9], said[-1], *map(str, known), *frame, str(content.personal))
    assert_paper(shown, f"{kind}{number} {moment:%m-%d %H時}")
    tables = [one for one in content.blocks if isinstance(one, Table)]
    assert {sum(column.width for column in one.columns) for one in tables} == {165.0}
    counts = next(one for one in tables if one.name == "数")
    assert [column.align for column in counts.columns] == ["left", "right", "right", "right"]
    assert {column.align for one in tables for column in one.columns if one is not counts} == {"left"}


def test_who_came_is_as_typed_for_the_day_else_as_noted(store):
    state = services.state_of_event(store, event_id=event_id(store, "講習会", 3), today=NOW.date())
    typed = replace(state, view=replace(state.view, result=replace(state.view.result, attended=99)))
    unknown = replace(state, view=replace(state.view, result=None))
    assert [services.event_counts(one)["出席"] for one in (state, typed, unknown)] == [14, 99, 14]


def test_what_was_not_there_then_is_said_so(store):
    early = read_as_of(store, event_id=event_id(store, "派遣", 1), seq=2, now=NOW)
    said = lines_of(build_as_of(store, as_of_scope(early), NOW))
    assert [one.partition(" / 今　")[0] for one in said[1:3]] == ["日時・会場：まだなかった", "状態：まだなかった"]
    assert "今　実施済" in said[2]
    assert {(one.then.text, one.then.style) for one in early.deadlines} == {("—", "none")}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"attendance": "出席"}, "出席"), ({"attendance": "出席", "late": True}, "遅れて出席"),
        ({"attendance": "出席", "late": True, "walk_in": True}, "当日受付"),
        ({"attendance": "欠席", "late": True}, "欠席"),
        ({"absent_told_at": NOW}, "欠席連絡"), ({"absent_told_at": NOW, "state": "辞退"}, "辞退"),
        ({"state": "申込"}, "申込"),
        ({}, "参加予定"), ({"state": "補欠"}, "補欠"), ({"state": "落選"}, "落選"),
    ],
)  # fmt: skip
def test_a_place_has_one_word_for_its_state(values, words):
    assert entry_state_words(Entry(**({"event_id": 1, "state": "決定"} | values))) == words


def test_a_number_and_a_place_are_told_then_and_now():
    lines = [
        CountThenAndNow(label="", unit="人", then=then, now=now)
        for then, now in ((None, None), (None, 2), (2, None), (0, 2), (1200, 1199), (3, 3), (0, 0))
    ]
    assert [(*count_words(one), one.difference, one.is_changed) for one in lines] == [
        ("—", "—", "", False), ("—", "2人", "", True), ("2人", "—", "", True), ("0人", "2人", "+2人", True),
        ("1,200人", "1,199人", "−1人", True), ("3人", "3人", "", False), ("0人", "0人", "", False),
    ]  # fmt: skip
    assert [entry_change_text(*given) for given in (("甲", "乙", ""), ("甲", "甲", "役職"), ("甲", "乙", "役職"))] == [
        "甲 → 乙", "甲　役職", "甲 → 乙　役職",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "changed", "words"),
    [
        (("済 9/1", "done"), ("済 9/1", "done"), False, "同じ"),
        (("済 9/1　2点", "done"), ("済　3点", "done"), False, "済　（状態は同じ）"),
        (("済", "done"), ("済", "done"), True, "済"), (("あと3日", "open"), ("あと3日", "open"), False, "あと3日"),
        (("3日超過", "late"), ("済 9/5", "done"), False, "済 9/5"),
    ],
)  # fmt: skip
def test_a_deadline_is_told_anew_where_it_is_another_or_still_open(then, now, changed, words):
    states = [StateWords(text=text, style=style) for text, style in (then, now)]
    line = DueLine(label="", owner="", basis="", due_words="", then=states[0], now=states[1], is_changed=changed)
    assert current_deadline_text(line) == words


@pytest.mark.parametrize(
    ("task", "state"),
    [
        (None, ("—", "none")),
        ({"is_open": False, "is_late": True, "completed_on": date(2026, 9, 5)}, ("済　2日遅れ　2点", "done")),
        ({"is_open": False, "is_late": False, "completed_on": date(2026, 9, 5)}, ("済　2点", "done")),
        ({"bucket": "期限超過"}, ("あと　2点", "late")), ({"bucket": "目安日過ぎ", "detail": ""}, ("あと", "passed")),
        ({"bucket": "今日"}, ("あと　2点", "open")),
    ],
)  # fmt: skip
def test_a_deadline_has_its_state_in_words_and_a_style(task, state):
    known = {"is_open": True, "due": date(2026, 9, 3), "state_words": "済", "short_words": "あと", "detail": "2点"}
    found = services._state_words(task and Given(**(known | task)))
    assert (found.text, found.style) == state


def step(number, **values):
    known = {"name": "周知", "due": date(2026, 9, 3), "due_words": "9/3", "done_on": None, "basis_short": "12週前"}
    return Given(id=number, state_words="あと3日", **({"bucket": ""} | known | values))


def test_a_step_of_the_recruitment_stands_there_only_where_it_is_another_now():
    done = date(2026, 9, 2)
    then = [step(1), step(2), step(3), step(4, bucket="期限超過"), step(6, basis_short="")]
    now = [step(1), step(2, done_on=done), step(3, due=done, due_words="9/2"), step(4, name="締切"), step(5)]
    lines = services._recruitment_lines(*(Given(view=Given(steps=each)) for each in (then, now)))
    told = [(one.label, one.basis, one.due_words, one.then, one.now) for one in lines]
    assert [(*head, then.text, now.text, then.style, now.style) for *head, then, now in told] == [
        ("周知", "募集 12週前", "9/3", "あと3日", "済 9/2(水)", "open", "done"),
        ("周知", "募集 12週前", "9/3 → 9/2", "あと3日", "あと3日", "open", "open"),
        ("周知", "募集 12週前", "9/3", "あと3日", "あと3日", "late", "open"),
        ("周知", "募集 12週前", "9/3", "—", "あと3日", "none", "open"),
        ("周知", "募集", "9/3", "あと3日", "—", "open", "none"),
    ]  # fmt: skip
    assert len([*services._recruitment_lines(None, Given(view=Given(steps=now)))]) == 5


def test_the_step_before_and_the_step_shown_are_those_of_the_event():
    headers = (Given(seq=1, at=NOW), Given(seq=9, at=NOW))
    cases = (4, NOW, (2, 5)), (None, NOW, (1,)), (None, None, (2, 5, 8)), (None, None, (5,)), (None, None, ())
    shown = [services._target_step(*given, headers, steps) for *given, steps in cases]
    assert shown == [4, 9, 5, 4, 9]
    before = [
        services._earlier_step(*given)
        for given in (([], 5, 1), ([3, 5], 6, 1), ([5], 6, 4), ([5], 6, 5), ([3, 5], 6, 3), ([3, 5], 6, 4), ([6], 5, 1))
    ]
    assert before == [None, 3, 4, None, 3, None, None]


def test_a_time_alone_is_of_the_day_shown_and_what_is_none_says_how_to_type_it():
    def meant(typed, shown):
        try:
            return f"{parse_moment(typed, 2026, shown_moment=shown):%m-%d %H:%M:%S}"
        except DateProblem as problem:
            return f"×{problem}"

    typed = ("", " 時点", "16:30", "16時30分", "27:00", "25時", "1630", "9/25 ごろ", "9月25日午後5時", "9/31 17:00")
    assert_paper([f"{one}　{meant(one, None)}　{meant(one, NOW)}" for one in typed], "打った時点")


def test_what_was_changed_since_a_moment_is_told_by_place_else_by_act(tmp_path):
    store = sample_store(tmp_path)
    number, now = event_id(store, "講習会", 6), datetime(2026, 12, 1, 11)
    first, second, third, *_rest = [one for one in rows(store.database, Entry, event_id=number) if one.person_id]
    with store.change(action="直した", by=BY, now=now, event_id=number) as change:
        change.update(Entry, first.id, role="会計", care="手話", group_number=2)
        change.update(Entry, second.id, organisation_id=None, organisation_name="別の会")
    with store.change(action="部屋", by=BY, now=now, event_id=number) as change:
        change.update(Event, number, room="別の部屋", venue="別の館", subject="別の名前")
    known = {"moment": NOW, "now": now}
    said = [
        changed_since(store, event_id=number, entries=chosen, **known)
        for chosen in ([first.id], [first.id, second.id], [third.id])
    ]
    said.append(changed_since(store, event_id=number, entries=[first.id, second.id], only_names=True, **known))
    assert_paper(["／".join(one) for one in said], "変わったこと")
    newest = as_of.journal_headers(store.database)[-1].seq
    view = read_as_of(store, event_id=number, seq=newest, now=now)
    assert (view.seq, view.later_step, view.changes, view.changed_people, view.moment) == (newest, None, (), (), now)
    assert read_as_of(store, event_id=number, now=now).seq == newest - 1, "what is done this very moment is past"
    begun = as_of.first_available(as_of.journal_headers(store.database))
    at_begin = read_as_of(store, event_id=number, seq=begun, moment=NOW, now=now)
    assert (at_begin.is_too_early, at_begin.moment, at_begin.earlier_step) == (False, NOW, None)
    store.database.conn.close()
