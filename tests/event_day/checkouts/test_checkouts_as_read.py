"""The 持出し管理簿 through the days of what is out, what it refuses, and the list of every purpose."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.checkouts import services
from app.event_day.checkouts.rules import PURPOSES, back_from_event, due_back
from app.ledgers.services.ledger_reading import read_ledger
from db.records.organisations import Contact, Organisation
from db.records.protection import Checkout
from db.tables import protection
from tests.support.entries import put_entry
from tests.support.paper_lines import assert_paper, came
from tests.support.years import BY, at

NOW = datetime(2026, 9, 24, 12, 30)
DUE = datetime(2026, 9, 24, 17)
OTHER = "見本 花子"


@pytest.fixture
def book(store, event):
    """What is out: for the event two copies and a file, a medium of last year, and a list of a mail merge."""
    context = ActionContext(store, BY, NOW)
    usual = {
        "contents": "受付名簿", "taken_at": NOW, "taken_by": BY, "approved_by": OTHER, "purpose": "受付",
        "destination": "みほん区民館", "due_back_at": DUE,
    }  # fmt: skip

    def put(**given):
        return services.record_checkout(context, checkout=Checkout(**usual | given)).id

    made = [
        put(copies=2, event_id=event),
        put(medium=services.MEDIUM, encryption="AES", contents=services.KIND, event_id=event),
        put(medium=services.MERGE_FILE, due_back_at=DUE + timedelta(days=1), purpose="通知"),
        put(contents=services.EMPTY_TEXT, medium="USBメモリ", due_back_at=None, taken_at=NOW - timedelta(days=365)),
    ]
    return context, made


def listed(store, now, event):
    found = services.list_checkouts(store, now=now, fiscal_year=2026)
    outside = services.files_outside(store.database, event)
    lines = [f"未返却{found.open_count}　ほかの年度{found.other_years_count}　{services.outside_words(outside)}"]
    lines += [
        f"{one.checkout.contents}｜{one.event_title}｜{one.state}｜{one.remark}｜"
        f"{one.checkout.returned_copies or 0}/{one.checkout.copies}部　{one.checkout.note}"
        for one in found.rows
    ]
    for one in services.checkout_follow_ups(store.database, now.date()):
        lines.append(f"する｜{one.due}｜{one.label}｜{one.detail}｜{one.basis}")
    ledger = read_ledger(store, key=services.LEDGER, fiscal_year=2026, today=now.date())
    counted = (
        f"{one.label}{sum(one.is_counted(line.cells) for line in ledger.book.lines)}"
        for one in services.CHECKOUTS.totals
    )
    lines.append(f"集計｜{'　'.join(counted)}")
    for line in ledger.book.lines:
        for doubt in line.doubts:
            one = doubt.doubt
            lines.append(f"確認｜{line.key}｜{one.column}｜{one.rule}｜{one.words}｜{one.explanation}")
    return lines


def test_what_is_out_is_read_through_its_days(store, event, book):
    context, (paper, file, merge, empty) = book
    before = listed(store, DUE, event)
    assert_paper(before, "返却予定のとき")

    def then(case, now):
        nonlocal before
        after = listed(store, now, event)
        assert_paper(came(before, after), case)
        before = after

    then("返却予定を過ぎた", DUE + timedelta(minutes=1))
    then("つぎの日", DUE + timedelta(days=1))
    then("消去する日を過ぎた", DUE + timedelta(days=2))

    def back(row_id, **given):
        usual = {"checkout_id": row_id, "returned_at": DUE, "checked_by": OTHER}
        return services.record_return(ActionContext(store, BY, DUE + timedelta(days=2)), **usual | given)

    back(paper, copies=1, reason=" 1部は受付に残した ", checked_by=BY.replace(" ", "　"))
    back(file, copies=0, reason="なくした")
    then("一部だけ戻った", DUE + timedelta(days=2))
    back(paper)
    back(file, reason="見つかった", disposed=True)
    back(merge, disposed=True)
    services.cancel_checkout(context, checkout_id=empty, reason=" 二重 ")
    then("みな戻った", DUE + timedelta(days=2))


def test_a_return_says_what_it_did_and_what_it_does_not_take(store, event, book):
    _context, (paper, _file, merge, _empty) = book
    later = ActionContext(store, BY, DUE)
    lines = []
    for row_id, given in (
        (paper, {"returned_at": NOW - timedelta(minutes=1)}),
        (paper, {"returned_at": DUE + timedelta(minutes=1)}),
        (paper, {"checked_by": " "}),
        (paper, {"copies": -1, "reason": "なし"}),
        (paper, {"copies": 3}),
        (paper, {"copies": 1, "reason": " "}),
        (paper, {"copies": 0, "reason": "まだ", "returned_at": NOW}),
        (paper, {"copies": 1, "reason": "残り"}),
        (paper, {}),
        (merge, {"disposed": True}),
    ):
        usual = {"checkout_id": row_id, "returned_at": DUE, "checked_by": OTHER}
        try:
            lines.append(services.record_return(later, **usual | given).message)
        except UserError as error:
            lines.append(f"×{error}")
    for given in ({"copies": 0}, {"contents": ""}, {"medium": "USBメモリ"}, {"medium": services.MERGE_FILE}):
        row = replace(protection.checkouts(store.database)[0], **given)
        try:
            lines.append(services.record_checkout(later, checkout=row).message)
        except UserError as error:
            lines.append(f"×{error}")
    assert_paper(lines, "返却と記入のことば")


def test_a_row_is_outside_until_all_of_it_is_back():
    rows = ({}, {"part": "一部未返却（1/2部）", "returned": "2026-09-24T17:00"}, {"returned": "2026-09-24T17:00"})
    assert [services.is_outside(one) for one in rows] == [True, True, False]


def test_what_is_taken_to_an_event_is_due_when_the_office_ends_or_an_hour_after_the_event():
    day = date(2026, 9, 24)
    ends = ("", "16:14", "16:15", "16:16")
    assert [f"{back_from_event(day, end):%H:%M}" for end in ends] == ["17:15", "17:15", "17:15", "17:16"]
    nows = [datetime(2026, 9, 24, 17, minute) for minute in (14, 15, 16)] + [datetime(2026, 9, 25, 9)]
    found = [f"{due_back(day, '', now):%d日 %H:%M}" for now in nows]
    assert found == ["24日 17:15", "24日 23:59", "24日 23:59", "25日 17:15"]


def test_the_list_of_every_purpose_is_read_row_by_row(store, event):
    with store.change(action="用意", by=BY, now=NOW) as change:
        groups = [
            change.insert(Organisation(name=f"みほん{name}町会", branch=f"第{n}支部"))
            for n, name in enumerate("一二三", 1)
        ]
        for number, given in (
            ("03-1", {"organisation_id": groups[0]}), ("03-2", {"organisation_id": groups[1]}),
            ("03-9", {"organisation_id": groups[1], "purpose": "決定通知の送付"}),
        ):  # fmt: skip
            change.insert(Contact(**{"value": number, "kind": "電話", "purpose": "中止の連絡"} | given))
    people = [
        put_entry(store, event, f"見本 {n}号", furigana="ミホン", organisation_id=groups[n % 2], state="決定", **given)
        for n, given in enumerate((
            {"role": "会長", "device": "持参", "care": "手話"}, {"role": "会長", "device": "貸与", "photo": "不可"},
            {"number": 7, "group_number": 2, "seat": "A-1", "attendance": "出席"}, {"role": "会計", "photo": "可"},
        ))
    ]  # fmt: skip
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.insert(Contact(person_id=1, value="03-7", kind="電話", purpose="中止の連絡"))
    put_entry(store, event, state="決定", organisation_id=groups[2], number=2)
    put_entry(store, event, state="決定", device="持参")
    put_entry(store, event, "見本 待", state="補欠", organisation_id=groups[2])
    put_entry(store, event, "見本 当", state="決定", walk_in=True, attendance="出席", number=9)
    put_entry(
        store, event, "見本 代", state="決定", substitute_for=people[3], attendance="出席", organisation_id=groups[2]
    )
    for purpose in PURPOSES[:-1]:
        found = services.read_purpose_list(store, event_id=event, purpose=purpose.name, now=NOW)
        lines = [f"{found.title}　{found.words}", "｜".join(found.columns), *("｜".join(row) for row in found.rows)]
        assert_paper(lines, purpose.name)


def test_a_list_for_a_merge_says_what_it_is_for_and_goes_before_the_names_do(store, event, book):
    context, _made = book
    last = date(2027, 4, 30)
    row = Checkout(contents="", taken_at=NOW, taken_by=BY, purpose="通知", due_back_at=at(last))
    lines = []
    for given in (
        None,
        replace(row, purpose=" "),
        replace(row, due_back_at=None),
        replace(row, due_back_at=at(date(2027, 5, 1))),
    ):
        with pytest.raises(UserError) as found:
            services._check_erasing(context, given, last)
        lines.append(str(found.value))
    services._check_erasing(context, row, last)
    assert_paper(lines, "差し込み用の消去する日")
    sheet = services.PurposeList(
        purpose=PURPOSES[-1], title="", columns=(), rows=(), people_count=1, day=date(2026, 9, 24), venue="区民館"
    )
    assert sheet.words == "1件"
    blank = services.blank_checkout(sheet, taken_by=BY, now=NOW)
    assert (blank.purpose, blank.destination, blank.due_back_at) == (
        "", "庁内（Wordの差し込み印刷）", datetime(2026, 10, 8, 17, 15),
    )  # fmt: skip
    without = replace(sheet, purpose=PURPOSES[0], day=None)
    assert services.blank_checkout(without, taken_by=BY, now=NOW).due_back_at is None
