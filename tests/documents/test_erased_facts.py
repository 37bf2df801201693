"""What was erased is held against nothing: no change, nothing to be told anew, and said so beside it."""

import json

from app.documents.rules import compare_facts, fact_changes, with_earlier_words, with_names_seal, with_seal
from app.year_end.summary.rules import find_first_timers
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Entry
from db.redactions import REDACTED, personal_redactions, redact, redaction_of_facts

NAMES = {1: ("見本町会", "乙川 一郎", "車いす"), 2: ("見本町会", "丙田 二郎", "")}
HIDDEN = {1: ("見本町会", "（消去）4f2a", "（消去）"), 2: NAMES[2]}


def cut(fact, ids):
    text = json.dumps({"人数": {"名簿": fact}}, ensure_ascii=False)
    stand_in = redaction_of_facts({"名簿": ids})
    once = redact(text, stand_in)
    assert redact(once, stand_in) == once, "done twice it is the same"
    return json.loads(once)["人数"]["名簿"]


def test_a_name_that_was_erased_is_no_change_on_either_side():
    told, now = with_names_seal("2人", NAMES), with_names_seal("2人", HIDDEN)
    assert fact_changes({"名簿": told}, {"名簿": now}) == (), "from the mark on"
    assert fact_changes({"名簿": cut(told, [1])}, {"名簿": now}) == ()
    (one,) = compare_facts({"名簿": cut(told, [1])}, {"名簿": now})
    assert "いまと比べていません" in one.now
    assert one.before == "2人"


def test_who_was_not_erased_is_compared_as_before():
    told = cut(with_names_seal("2人", NAMES), [1])
    (one,) = fact_changes({"名簿": told}, {"名簿": with_names_seal("2人", HIDDEN | {2: ("見本町会", "丙田 改", "")})})
    assert one.renamed_count == 1
    (one,) = fact_changes({"名簿": told}, {"名簿": with_names_seal("1人", {2: NAMES[2]})})
    assert (one.before, one.now) == ("2人", "1人")


def test_the_sum_of_a_name_is_found_by_trying_names_and_goes_with_the_name():
    tried = [f"見本 {number}郎" for number in range(400)]
    told = with_names_seal("1人", {1: (tried[123],)})
    assert [one for one in tried if with_names_seal("1人", {1: (one,)}) == told] == [tried[123]], "it hides no name"
    left = cut(told, [1])
    assert told.rpartition(":")[2] not in left
    assert [one for one in tried if with_names_seal("1人", {1: (one,)}) == left] == []


def test_what_programs_before_told_as_one_sum_is_cut_too():
    old = with_seal("2人", "0123456789ab")
    now = with_earlier_words(with_names_seal("2人", HIDDEN), with_seal("2人", "ba9876543210"))
    assert cut(old, None) == "2人 #-"
    assert fact_changes({"名簿": cut(old, None)}, {"名簿": now}) == ()
    assert fact_changes({"名簿": old}, {"名簿": now}) == (), "on the day of the mark"
    both = with_earlier_words(with_names_seal("2人", NAMES), old)
    assert fact_changes({"名簿": cut(both, [1, 2])}, {"名簿": now}) == ()
    (one,) = fact_changes(
        {"名簿": cut(old, None)},
        {"名簿": with_earlier_words(with_names_seal("1人", {2: NAMES[2]}), with_seal("1人", "0123456789ab"))},
    )
    assert (one.before, one.now) == ("2人", "1人")


def test_words_of_a_need_go_as_a_whole_and_ask_for_nothing():
    text = json.dumps({"依頼の内容": "手話通訳 乙川様", "会場": "見本会館"}, ensure_ascii=False)
    told = json.loads(redact(text, redaction_of_facts({}, words=["依頼の内容"])))
    assert told == {"依頼の内容": REDACTED, "会場": "見本会館"}
    assert fact_changes(told, {"依頼の内容": f"手話通訳 {REDACTED}", "会場": "見本会館"}) == ()


def test_stand_ins_are_unique_and_hold_no_old_word():
    found = personal_redactions(500, ["（消去）4f2a"])
    assert len({*found, "（消去）4f2a"}) == 501
    assert all(one.startswith(REDACTED) for one in found)


def test_first_time_is_not_known_once_names_of_before_are_gone():
    event = Event(id=2, kind="講習会", form=EventForm.LECTURE, subject="LINE")
    here = {2: [Entry(id=5, event_id=2, person_id=9, state="決定", attendance="出席", organisation_name="甲町会")]}
    before = {"people_before": {3}, "groups_before": {"乙町会"}}
    known = find_first_timers([event], here, **before, erased=())
    assert (known.people([event]), known.group_count([event])) == (1, 1)
    gone = find_first_timers([event], here, **before, erased=frozenset({3}))
    assert (gone.people([event]), gone.group_count([event])) == (None, 1)
