"""応対メモ as they are kept: what is refused on which day, what is open, and what home asks for."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.user_error import UserError
from app.ledgers.services.ledger_reading import read_ledger
from app.year.enquiries.services import KEY, memo_follow_ups, read_memos, save_memo
from db.records.year.enquiries import ContactMemo
from db.rows import rows
from tests.support.paper_lines import assert_paper
from tests.support.view_lines import view_lines
from tests.support.years import NOW, TODAY, acting, add_lecture

DAY = timedelta(days=1)
CAME = ContactMemo(
    programme_id=1,
    received_at=NOW,
    way="電話",
    sort="問合せ",
    caller="仮名",
    phone="",
    about="会場はどこか",
    by="",
    answerer="",
    answer="",
)


def test_a_memo_is_refused_by_its_days_and_words(store):
    said = []
    for given in (
        {"about": " "}, {"about": "あ" * 5000}, {"received_at": NOW + timedelta(minutes=1)}, {"answer_by": TODAY - DAY},
        {"answer_by": TODAY}, {"answered_on": TODAY - DAY, "answer": "伝えた"}, {"answered_on": TODAY + DAY,
        "answer": "伝えた"},
        {"answered_on": TODAY, "answer": " "}, {"answered_on": TODAY, "answer": "伝えた", "answerer": " 別府 "},
    ):  # fmt: skip
        try:
            said.append(f"→{save_memo(acting(store), memo=replace(CAME, **given)).message}")
        except UserError as error:
            said.append(f"×{error}")
    kept = [view_lines([one])[0] for one in rows(store.database, ContactMemo)]
    assert_paper([*said, *kept], "残す")


def test_what_waits_stands_first_and_on_home_by_its_day(store):
    event = add_lecture(store)
    for given in (
        {"about": "あ" * 30}, {"about": "い" * 31, "answer_by": TODAY + DAY, "answerer": "別府", "event_id": event},
        {"about": "済んだもの", "answered_on": TODAY, "answer": "伝えた"}, {"about": "古いもの",
        "received_at": NOW - 9 * DAY},
    ):  # fmt: skip
        save_memo(acting(store), memo=replace(CAME, **given))
    found = read_memos(store, fiscal_year=2026)
    said = [f"{one.memo.about}　{one.organisation}　{one.event}" for one in found.lines]
    said += [f"{one.label}　{one.detail}　{one.due}　{one.basis}" for one in memo_follow_ups(store.database, TODAY)]
    assert_paper([*said, *found.events.values()], "待つもの")


@pytest.mark.parametrize(("days", "asked"), [(7, 0), (8, 1)])
def test_an_enquiry_is_asked_about_when_seven_days_have_passed(store, days, asked):
    save_memo(acting(store), memo=CAME)
    save_memo(acting(store), memo=replace(CAME, about="済んだもの", answered_on=TODAY, answer="伝えた"))
    book = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY + days * DAY).book
    found = [view_lines([one.doubt])[0] for line in book.lines for one in line.doubts]
    assert len(found) == asked
    assert datetime.combine(date(2026, 9, 1), NOW.time()) == NOW
    if found:
        assert_paper([*found, *(f"{name}" for name in view_lines(list(book.lines), "at", "written_at"))], "未回答")
