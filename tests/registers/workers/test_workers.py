"""The 従事者名簿: who of the contractor serves on a day, and whose period is over."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.ledgers.services import ledger_reading, ledger_writing
from app.received.services import ReceiptScope, receive_paper
from app.registers.workers.services import TRAININGS, WORKERS_KEY, known_names, read_workers, serving_workers
from db.records.ledgers import NoteKind
from db.records.programme import Programme
from db.records.submissions.received import Receipt
from db.rows import row
from tests.support.ledgers import emptied
from tests.support.sample import NOW, acting, sample_store
from tests.support.stores import made_by

AT = {"key": WORKERS_KEY, "fiscal_year": 2026}
store = made_by(lambda place: emptied(sample_store(place)))


def enter(store, name, role, begins, ends):
    cells = {"begins": begins, "name": name, "belongs": "見本企画", "role": role, "ends": ends, "told": "2026-04-28"}
    return f"typed:{ledger_writing.enter_row(acting(store), cells=cells, **AT).id}"


def names(store, on, role=""):
    return [one.name for one in serving_workers(store, fiscal_year=2026, on=on, role=role)]


def test_who_serves_is_told_by_day_and_role_with_corrections_and_without_cancelled_rows(store):
    enter(store, "髙見本　一郎", "講師", "2026-06-01", "2026-11-30")
    helper = enter(store, "見本　二郎", "ファシリテーター", "2026-10-01", "2027-03-31")
    gone = enter(store, "見本　三郎", "ファシリテーター", "2026-10-01", "2027-03-31")
    ledger_writing.cancel_row(acting(store), row_key=gone, reason="辞退", **AT)
    assert names(store, date(2026, 11, 30)) == ["髙見本　一郎", "見本　二郎"]
    assert names(store, date(2026, 12, 1)) == ["見本　二郎"]
    assert names(store, date(2026, 11, 30), "ファシリテーター") == ["見本　二郎"]
    ledger_writing.correct_row(
        acting(store), row_key=helper, column="begins", value="2026-12-05", reason="届の書き違い", **AT
    )
    assert names(store, date(2026, 12, 1)) == []
    programme = row(store.database, Programme, fiscal_year=2026)
    states = {one.name: one.state(date(2026, 12, 1)) for one in read_workers(store.database, programme)}
    assert states == {"髙見本　一郎": "期間切れ", "見本　二郎": "予定"}
    assert "髙見本　一郎" in known_names(store.database, programme)


def test_a_period_that_is_over_is_asked_about_until_it_is_prolonged_or_said_to_have_ended(store):
    first = enter(store, "見本　一郎", "講師", "2026-06-01", "2026-11-30")
    second = enter(store, "見本　二郎", "事務", "2026-06-01", "2026-11-30")

    def open_rows():
        book = ledger_reading.read_ledger(store, key=WORKERS_KEY, fiscal_year=2026, today=NOW.date()).book
        return [line.key for line in book.lines if any(one.state == "open" for one in line.doubts)]

    assert open_rows() == [first, second]
    ledger_writing.correct_row(
        acting(store), row_key=first, column="ends", value="2027-03-31", reason="変更届 11/25", **AT
    )
    book = ledger_reading.read_ledger(store, key=WORKERS_KEY, fiscal_year=2026, today=NOW.date()).book
    (doubt,) = book.line(second).doubts
    ledger_writing.answer_doubt(
        acting(store), row_key=second, rule=doubt.doubt.rule, how=NoteKind.REASON, words="11月末で終了", **AT
    )
    assert open_rows() == [first], "what changed is told by a 変更届 (特8)"
    (changed,) = (
        ledger_reading.read_ledger(store, key=WORKERS_KEY, fiscal_year=2026, today=NOW.date()).book.line(first).doubts
    )
    assert (changed.doubt.words, changed.doubt.basis) == ("変更の届がありません", "特8")
    receive_paper(
        acting(store),
        kind="変更届",
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=date(2026, 11, 25), original_place="紙ファイル"),
    )
    assert open_rows() == []


def test_who_has_had_no_lesson_is_named_once_lessons_are_known(store):
    taught = enter(store, "髙見本　一郎", "講師", "2026-06-01", "2027-03-31")
    waits = enter(store, "見本　二郎", "講師", "2026-06-01", "2027-03-31")
    enter(store, "見本　三郎", "講師", "2026-11-25", "2027-03-31")

    def doubts():
        book = ledger_reading.read_ledger(store, key=WORKERS_KEY, fiscal_year=2026, today=NOW.date()).book
        return {line.key: [one.doubt.words for one in line.doubts] for line in book.lines if line.doubts}

    assert doubts() == {}
    lesson = {"told": "2026-07-31", "belongs": "見本企画", "state": "受講", "held": "2026-07-29"}
    at = {**AT, "key": TRAININGS.key}
    ledger_writing.enter_row(acting(store), cells={**lesson, "name": "髙見本 一郎"}, **at)
    assert doubts() == {waits: ["教育の記録がありません"]}, "who began less than two weeks ago is not asked about yet"
    absent = {
        "told": "2026-07-31",
        "belongs": "見本企画",
        "state": "未受講",
        "name": "見本　二郎",
        "again": "2026-08-20",
    }
    row_key = f"typed:{ledger_writing.enter_row(acting(store), cells=absent, **at).id}"

    def absent_doubts():
        line = ledger_reading.read_ledger(store, key=TRAININGS.key, fiscal_year=2026, today=NOW.date()).book.line(
            row_key
        )
        return [one.doubt.words for one in line.doubts]

    assert absent_doubts() == ["補講の記録がありません"]
    ledger_writing.enter_row(acting(store), cells={**lesson, "name": "見本　二郎", "held": "2026-08-20"}, **at)
    assert (doubts(), absent_doubts(), taught) == ({}, [], taught)


def test_an_end_before_the_beginning_is_refused_when_typed_and_when_corrected(store):
    with pytest.raises(UserError, match="従事開始日より前"):
        enter(store, "見本　一郎", "講師", "2026-06-01", "2026-05-31")
    first = enter(store, "見本　一郎", "講師", "2026-06-01", "2026-11-30")
    with pytest.raises(UserError, match="従事開始日より前"):
        ledger_writing.correct_row(acting(store), row_key=first, column="ends", value="2026-01-01", reason="x", **AT)
