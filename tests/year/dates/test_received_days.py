"""On which days a document of the year may have been received, and by which day it is wanted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.calendar.office_days import OfficeCalendar
from app.event.rules import target_dates
from app.programme.intake import preset
from app.programme.rules import owed_day
from app.received.services import ReceiptScope
from app.year.dates import services
from app.year_end.completion.services import checks
from db.records.events import DeadlineOverride
from db.records.programme import Programme, TaskClosing
from db.records.year.completion import Inspection, Payment
from db.rows import rows
from tests.support.completion import receive
from tests.support.years import BY, NOW, TODAY, acting, started_year

YEAR = ReceiptScope(programme_id=1)


def refused(check, store, day):
    try:
        check(store, YEAR, day, TODAY)
    except UserError as error:
        return error.happened.partition("（")[0]
    return ""


def test_nothing_is_received_before_the_contract_nor_an_invoice_before_it_was_sent_back(tmp_path):
    store = started_year(tmp_path)

    def closed(task, day):
        with store.change(action="済", by=BY, now=NOW, subject="programme") as change:
            change.insert(TaskClosing(programme_id=1, task=task, closed_on=day, reason="", by=BY, at=NOW))

    def answers(*days):
        return [[refused(check, store, day) for day in days] for check in (services._check_after_contract, invoice)]

    invoice = services._check_invoice_day
    made, sent_back = date(2026, 7, 31), date(2027, 3, 15)
    early, before, after = date(2026, 7, 30), date(2027, 3, 14), date(2027, 3, 16)
    assert answers(early) == [[""], [""]], "before the day of the contract is known"
    with store.change(action="契約", by=BY, now=NOW, subject="programme") as change:
        change.update(Programme, 1, contract_date=made)
    too_early = "受領日が契約確定日"
    assert answers(early, made, before) == [[too_early, "", ""]] * 2
    closed(target_dates.RETURNED, sent_back)
    of_return = "受領日が、請求書を返した日"
    assert answers(early, made, before, sent_back, after) == [
        [too_early, "", "", "", ""],
        [too_early, of_return, of_return, "", ""],
    ]
    closed(target_dates.RECEIVED_AGAIN, after)
    assert answers(made, before) == [["", ""]] * 2, "it came back"
    closed(target_dates.RETURNED, date(2027, 3, 20))
    assert answers(date(2027, 3, 19), date(2027, 3, 20)) == [["", ""], [of_return, ""]], "the last return counts"


@pytest.mark.parametrize(
    ("made", "days"),
    [
        (None, (None, None, None)),
        (date(2026, 7, 31), (date(2026, 7, 31), date(2026, 8, 15), date(2026, 11, 30))),
    ],
)
def test_a_notice_is_wanted_before_work_begins_its_training_two_weeks_later_and_an_exercise_halfway(made, days):
    programme = replace(preset().programme, contract_date=made, term_end=date(2027, 3, 31))
    days_of = {row.paper: owed_day(programme, row, None, OfficeCalendar({})) for row in programme.owed}
    wanted = {one.kind: days_of.get(one.kind) for one in services.RECEIVED_KINDS}
    assert (wanted["管理責任者選任届"], wanted["教育実施報告書"], wanted["訓練の記録"]) == days
    assert (wanted["廃棄・消去証明書"], wanted["その他の届"]) == (date(2027, 3, 31), None)


def test_what_is_received_closes_its_task_once_and_an_invoice_that_came_back_another(store):
    def closings():
        return [(one.task, one.closed_on, one.reason) for one in rows(store.database, TaskClosing)]

    def returned():
        return [one.id for one in services.read_year_dates(store, today=date(2027, 4, 30)).rows if one.returns]

    came, back, again = date(2027, 4, 5), date(2027, 4, 7), date(2027, 4, 12)
    for kind, day in (("管理責任者選任届", came), ("請求書", came), ("請求書", back)):
        receive(store, kind, day)
    first = (target_dates.INVOICE, came, "請求書（第1版）を受領　収受番号 9見本収第31号")
    assert (closings(), returned()) == ([first], [])
    checks.return_invoice(acting(store, back), programme_id=1, returned_on=back, reason="金額の誤り")
    with pytest.raises(UserError, match="再受領を記録"):
        close_by_hand(store, "請求書", back)
    receive(store, "請求書", again)
    assert closings()[2:] == [(target_dates.RECEIVED_AGAIN, again, "請求書（第3版）を受領　収受番号 9見本収第31号")]
    with pytest.raises(UserError, match="返戻を記録"):
        services.reopen_year_task(acting(store, again), programme_id=1, task="請求書")
    assert returned() == ["請求書"]


def close_by_hand(store, task, day, reason="受領した", today=None):
    services.close_year_task(acting(store, today or day), programme_id=1, task=task, closed_on=day, reason=reason)


def test_a_task_is_closed_today_at_the_latest_with_a_reason_and_once_and_moved_until_it_is_moved_back(store):
    def shown(task="提案書"):
        return next(one for one in services.read_year_dates(store, today=TODAY).rows if one.id == task)

    given = {"programme_id": 1, "task": "提案書"}
    tomorrow = TODAY + timedelta(days=1)
    for task, day, reason, refused in (
        ("遠足", TODAY, "受領した", "という期日はありません"), ("提案書", TODAY, " ", "理由が書かれていません"),
        ("提案書", tomorrow, "受領した", "本日より後"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=refused):
            close_by_hand(store, task, day, reason, TODAY)
    with pytest.raises(UserError, match="手で済にしたものではありません"):
        services.reopen_year_task(acting(store), **given)
    close_by_hand(store, "提案書", TODAY)
    row = shown()
    assert (row.task.bucket, row.closing.reason, row.closing.by) == ("済", "受領した", BY)
    assert row.task.provisional_words == ""
    with pytest.raises(UserError, match="もう済んでいます"):
        close_by_hand(store, "提案書", TODAY)
    services.reopen_year_task(acting(store), **given)
    assert shown().task.is_open
    days = (date(2027, 2, 26), date(2027, 2, 25))
    for day in days:
        services.override_year_deadline(acting(store), due=day, reason="協議", **given)
    assert (shown().task.due, len(rows(store.database, DeadlineOverride))) == (days[1], 1)
    with pytest.raises(UserError, match="手で変えた期限ではありません"):
        services.remove_year_override(acting(store), programme_id=1, task="請求書")
    services.remove_year_override(acting(store), **given)
    assert rows(store.database, DeadlineOverride) == []


def test_an_unknown_row_is_no_evidence():
    with pytest.raises(UserError, match="提案書の根拠にできません"):
        services.evidence_source("配席")


def test_a_work_place_is_told_on_the_day_before_work_begins():
    kind = next(one for one in services.RECEIVED_KINDS if one.kind == "作業場所届")
    begun = replace(preset().programme, contract_date=date(2026, 7, 31))
    assert (kind.target_day(begun), kind.target_day(preset().programme)) == (date(2026, 7, 31), None)


DAY = date(2027, 4, 1)
INSPECTED, PAID = target_dates.INSPECTED, target_dates.PAID


def rejected(store):
    found = []
    for task in (INSPECTED, PAID, "提案書"):
        try:
            services._kept_record(store.database, 1, task)
        except UserError as error:
            found.append((task, error.happened))
    return found


@pytest.mark.parametrize(
    ("results", "paid", "expected"),
    [
        ([], (), []), (["合格"], (), [INSPECTED]), (["手直し"], (), []), (["手直し", "合格"], (), [INSPECTED]),
        (["合格", "手直し"], (), []), ([], (None,), []), ([], (DAY,), [PAID]), (["合格"], (DAY,), [INSPECTED, PAID]),
    ],
)  # fmt: skip
def test_a_record_holds_its_own_task_closed(tmp_path, results, paid, expected):
    store = started_year(tmp_path)
    with store.change(action="x", by=BY, now=NOW, subject="programme") as change:
        for result in results:
            change.insert(Inspection(programme_id=1, held_on=DAY, result=result, inspector="甲"))
        for day in paid:
            change.insert(Payment(programme_id=1, ordered_on=DAY, paid_on=day))
    said = {INSPECTED: "検査の合格を記録しています。", PAID: "支払の手続きを記録しています。"}
    assert rejected(store) == [(task, said[task]) for task in expected]
    stays = {target_dates.NOTICE: (INSPECTED, "検査の合格"), target_dates.INVOICE: (PAID, "支払の手続き")}
    for task, (record, words) in stays.items():
        assert services._kept_record(store.database, 1, task) == words * (record in expected)
