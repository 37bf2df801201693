"""本人からの請求: its period, what comes next, what it holds, who reads why, and its screen."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts
from app.home.today.services.home import read_home
from app.programme.holds import read_holds
from app.registers.register.services.people import add_person, delete_person
from app.settings.data_requests.screens import DataRequestsScreen
from app.settings.data_requests.services import (
    _check,
    deadline,
    doubts,
    read_requests,
    save_request,
    save_step,
    save_term,
    terms_of,
)
from app.settings.disposal.services.disposal import erase_marked, mark_for_erasing, mark_person_for_erasing
from app.settings.disposal.services.due_rows import read_due
from app.settings.disposal.services.holds import read_hold_lines, release_hold
from app.widgets.dialogs.form_dialog import FormDialog
from db.records.year.rights import DataRequest, Decision, RequestKind, RequestStep, StepSort
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.erased import text_in
from tests.support.sample import BY, NOW, sample_store
from tests.support.sample_desk import dialog_over, give_users, session, shown
from tests.support.stores import give_a_slot
from tests.support.undo_rights import request

TODAY = NOW.date()
CAME, BEFORE = TODAY - timedelta(days=40), TODAY - timedelta(days=1)
DECIDED = {"decision": "不開示", "decided_on": TODAY, "proof": "免許証"}
WHO = "鵺沢　一郎"


@pytest.fixture
def store(tmp_path):
    found = sample_store(tmp_path)
    give_a_slot(found)
    yield found
    found.database.conn.close()


def save(store, now=NOW, **more):
    one = request(**{"basis": "法83条", "proof": "運転免許証", **more})
    return by_id(store.database, DataRequest, save_request(ActionContext(store, BY, now), request=one).id)


def completion(asked, answered=None):
    return RequestStep(request_id=1, asked_on=asked, answered_on=answered)


def test_a_period_is_counted_from_the_counter_without_the_days_of_a_completion():
    one = request(received_on=date(2026, 9, 1), section_on=date(2026, 9, 4))
    assert deadline(one, (), TODAY) == date(2026, 10, 1), "30 days after the day it came, which is not counted"
    waited = (completion(date(2026, 9, 5), date(2026, 9, 12)), completion(date(2026, 9, 20), date(2026, 9, 23)))
    assert deadline(one, waited, TODAY) == date(2026, 10, 11)
    assert deadline(one, (completion(date(2026, 9, 5)),), date(2026, 9, 15)) == date(2026, 10, 11), "it still waits"
    opinion = replace(completion(date(2026, 9, 5), date(2026, 9, 25)), sort=StepSort.THIRD_PARTY)
    assert deadline(one, (opinion,), TODAY) == date(2026, 10, 1), "an opinion takes no day off"
    assert deadline(replace(one, extended_on=date(2026, 9, 30)), (), TODAY) == date(2026, 10, 31)
    assert deadline(replace(one, days=14, extra_days=10, extended_on=date(2026, 9, 9)), (), TODAY) == date(2026, 9, 25)
    assert deadline(replace(one, late_until=date(2027, 1, 31)), (), TODAY) == date(2027, 1, 31)


def test_a_shorter_period_holds_for_what_comes_later_with_its_basis(store):
    early = save(store)
    term = terms_of(store.database)[RequestKind.DISCLOSURE]
    assert (term.days, term.extra_days, term.basis) == (30, 30, "個人情報保護法83条")
    save_term(ActionContext(store, BY, NOW), term=replace(term, days=14, basis="見本区条例5条", sheet_cost=10))
    assert deadline(by_id(store.database, DataRequest, early.id), (), TODAY) == TODAY + timedelta(days=30)
    assert terms_of(store.database)[RequestKind.DISCLOSURE].basis == "見本区条例5条"
    with pytest.raises(UserError, match="30日まで"):
        save_term(ActionContext(store, BY, NOW), term=replace(term, days=31))
    with pytest.raises(UserError, match="30日まで"):
        save(store, days=31)
    done = {"decision": "全部開示", "decided_on": TODAY, "notified_on": TODAY, "carried_out_on": TODAY, "sheets": 7}
    assert save(store, **done).cost == 70


@pytest.mark.parametrize(
    ("more", "words", "due"),
    [
        ({}, "開示・訂正・利用停止をするかを決める", CAME + timedelta(days=30)),
        ({"decision": "一部開示", "decided_on": TODAY}, "決定を通知する", TODAY),
    ],
)
def test_what_is_next_stands_on_home_and_says_nobody(store, more, words, due):
    one = save(store, received_on=CAME, requester=WHO, asked="私の記録", **more)
    view = read_home(store, today=TODAY)
    (task,) = [
        each.task for each in (*view.rows, *view.passed_targets, *view.later_rows) if "請求：" in each.task.label
    ]
    assert (task.label, task.detail, task.due) == (f"開示の請求：{words}", "第1号", due)
    assert (WHO in repr(task), "私の記録" in repr(task)) == (False, False)
    assert task.link.request_id == one.id
    assert task.basis == ("目安日" if more else "法83条（受付から30日、補正の日数は除く）")


def test_a_last_day_on_a_closed_day_goes_on_to_the_next_open_one(store):
    said = save_request(
        ActionContext(store, BY, NOW), request=request(received_on=TODAY, basis="法83条", proof="運転免許証")
    ).message
    assert "12/31(木)（休日の場合 R9 1/4(月)）まで" in said
    for day, bucket in ((date(2027, 1, 4), "今日"), (date(2027, 1, 5), "期限超過")):
        view = read_home(store, today=day)
        (task,) = [each.task for each in (*view.rows, *view.later_rows) if "請求：" in each.task.label]
        assert (task.due, task.working, task.bucket) == (date(2026, 12, 31), date(2027, 1, 4), bucket)


def test_what_the_law_asks_and_the_record_does_not_say_is_named():
    told = {"proof": "免許証", "kind": RequestKind.SUSPENSION}
    late = request(**told, disclosed_on=TODAY - timedelta(days=91))
    assert "90日を過ぎて" in "".join(doubts(late, ()))
    assert doubts(replace(late, disclosed_on=TODAY - timedelta(days=90)), ()) == ()
    assert "開示を受けた日がありません" in "".join(doubts(replace(late, disclosed_on=None), ()))
    opposed = (RequestStep(request_id=1, sort=StepSort.THIRD_PARTY, asked_on=TODAY, opposes=True),)
    shown_early = request(proof="免許証", decided_on=TODAY, carried_out_on=TODAY + timedelta(days=13))
    assert "14日を置かず" in "".join(doubts(shown_early, opposed))
    assert doubts(replace(shown_early, carried_out_on=TODAY + timedelta(days=14)), opposed) == ()
    assert "延長" in "".join(doubts(request(proof="免許証", extended_on=TODAY + timedelta(days=31)), ()))
    assert len(doubts(request(capacity="任意代理人"), ())) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        *(({"days": days}, "30日まで") for days in (0, 31)),
        *(({"extra_days": days}, "30日まで") for days in (-1, 31)),
        *(({name: TODAY + timedelta(days=1)}, "本日より後の日") for name in ("section_on", "extended_on")),
        ({"requester": " "}, "書かれていません"), ({"asked": "あ" * 401}, "401字"), ({"basis": ""}, "根拠"),
        ({"received_on": TODAY + timedelta(days=1)}, "窓口の受付日"),
        ({"section_on": BEFORE, "received_on": TODAY}, "受付日より前"),
        ({"decision": "訂正する", "decided_on": TODAY}, "開示の決定ではありません"),
        ({"decision": "不開示"}, "決定の日"), ({"decided_on": TODAY}, "どちらも"),
        ({"notified_on": TODAY}, "決定がまだ"), (DECIDED | {"decision": "全部開示", "proof": " "}, "確認がまだ"),
        *((DECIDED | {name: BEFORE}, "の日が、決定の日より前") for name in ("notified_on", "carried_out_on")),
        ({"kind": "利用停止", "decision": "利用停止する", "decided_on": TODAY}, "範囲が選ばれていません"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong, words):
    with pytest.raises(UserError, match=words):
        _check(request(**{"received_on": BEFORE, "basis": "法83条", "proof": "免許証"} | wrong), TODAY)


def test_nothing_is_written_of_what_is_refused_and_the_limits_themselves_are_right(store):
    with pytest.raises(UserError, match="書かれていません"):
        save(store, requester=" ")
    assert rows(store.database, DataRequest) == []
    days = dict.fromkeys(("section_on", "extended_on", "decided_on", "notified_on", "carried_out_on"), TODAY)
    for more in ({"days": 1, "extra_days": 0}, {"days": 30, "extra_days": 30}):
        _check(request(**DECIDED | {"received_on": TODAY, "basis": "法83条"} | days | more), TODAY)
    one = save(store, received_on=BEFORE)
    step = replace(completion(BEFORE, TODAY), request_id=one.id)
    wrong = [(CAME, None), (TODAY, BEFORE), (BEFORE, TODAY + timedelta(days=1)), (TODAY + timedelta(days=1), None)]
    for asked, answered in wrong:
        with pytest.raises(UserError, match="求めた日か答えの日"):
            save_step(ActionContext(store, BY, NOW), step=replace(step, asked_on=asked, answered_on=answered))
    said = save_step(ActionContext(store, BY, NOW), step=step).message
    assert said == "補正を記録しました。決定の期限は12/31(木)（休日の場合 R9 1/4(月)）です。"


def test_a_case_holds_its_person_until_nobody_can_appeal_any_more(store):
    context = ActionContext(store, BY, NOW)
    whose = add_person(context, name=WHO).id
    one = save(store, received_on=CAME, person_id=whose)
    assert read_holds(store.database, TODAY).people == {whose}
    with pytest.raises(UserError, match="開示請求"):
        mark_person_for_erasing(context, person_id=whose, reason="本人から申出")
    with pytest.raises(UserError, match="本人からの請求による保留"):
        release_hold(context, hold_id=read_hold_lines(store, today=TODAY)[0].hold.id)
    with pytest.raises(UserError, match="請求の記録がある"):
        delete_person(context, person_id=whose)
    told = {"decision": Decision.NOT_DISCLOSED, "decided_on": TODAY, "notified_on": date(2026, 11, 30)}
    save_request(context, request=replace(one, **told | {"decided_on": date(2026, 11, 30)}))
    assert read_holds(store.database, date(2027, 2, 28)).people == {whose}
    assert read_holds(store.database, date(2027, 3, 1)).people == frozenset()


def test_only_managers_read_and_change_why_it_was_decided_so(store):
    one = save(store, decision="不開示", decided_on=TODAY, reason="第三者の氏名を含む")
    assert read_requests(store, today=TODAY).lines[0].request.reason == "第三者の氏名を含む"
    for login in ("m1", "m2"):
        words = {"display_name": f"見本　{login}", "password": "見本の別のながいパスワード"}
        accounts.add_user(ActionContext(store, BY, NOW), login_id=login, **words)
        accounts.set_rights(ActionContext(store, BY, NOW), login_id=login, role="担当", manages=True)
    found = read_requests(store, today=TODAY)
    assert (found.is_manager, found.lines[0].request.reason, found.lines[0].person) == (False, "", "仮名　和子")
    save_request(ActionContext(store, BY, NOW), request=replace(found.lines[0].request, notice_number="7見協第8号"))
    kept = by_id(store.database, DataRequest, one.id)
    assert (kept.reason, kept.notice_number) == ("第三者の氏名を含む", "7見協第8号")


def test_what_it_says_of_people_goes_a_year_after_and_an_open_one_stays(store):
    ended = {"decision": "不開示", "decided_on": TODAY, "notified_on": TODAY}
    save(store, requester=WHO, asked="鵺沢の記録", person_id=None, **ended)
    step = RequestStep(request_id=1, sort=StepSort.THIRD_PARTY, whom="鵺野　二郎", asked_on=TODAY, answered_on=TODAY)
    save_step(ActionContext(store, BY, NOW), step=step)
    save(store, requester="金糸雀　三郎", asked="まだ決めていない", person_id=None)
    spring = datetime(2028, 3, 20, 10, 0)
    counted = {one.kind: one.count for one in read_due(store, today=spring.date()).due_lines}
    walked = {one.kind: one.count for one in read_due(store, today=spring.date(), by_walk=True).due_lines}
    assert counted["rights"] == walked["rights"] == 2, "the request and its step"
    lines = [one.id for one in read_due(store, today=spring.date()).due_lines if one.kind == "rights"]
    mark_for_erasing(ActionContext(store, BY, spring), lines=lines)
    erase_marked(store, spring + timedelta(days=1))
    text = text_in(store)
    assert ("鵺" in text, "金糸雀" in text) == (False, True)


def test_a_clerk_takes_one_in_asks_for_a_completion_and_decides(qtbot, tmp_path):
    with session(tmp_path) as desk:
        give_users(desk.store)
        screen = shown(qtbot, DataRequestsScreen(desk), desk, person_id=1, subject=WHO)

        def fill(**typed):
            dialog = dialog_over(screen, FormDialog)
            dialog.form.set_values(typed)
            do(qtbot, desk, dialog.confirmed.emit)
            do(qtbot, desk, screen.reload)

        screen.add(RequestKind.DISCLOSURE)
        fill(asked="私の記録", proof="運転免許証")
        line = screen.table.current()
        assert (line.request.requester, line.request.person_id) == (WHO, 1)
        assert line.due_words == "12/31(木)（休日の場合 R9 1/4(月)）"
        dict(screen.more.entries())["補正を記録する"]()
        fill(what="生年月日")
        assert screen.table.current().next_words == "補正を待つ"
        dict(screen.more.entries())["補正を記録する"]()
        fill(answered_on=TODAY)
        screen.record_next()
        fill(decision=Decision.DISCLOSED, decided_on=TODAY, notified_on=TODAY, notice_number="7見協第8号")
        assert screen.table.current().next_words == "開示を実施する"
        screen.record_next()
        fill(carried_out_on=TODAY, sheets=3, cost=30)
        assert screen.table.current().next_words == ""
        do(qtbot, desk, desk.undo)
        assert rows(desk.store.database, DataRequest)[0].cost is None
