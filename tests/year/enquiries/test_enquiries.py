"""問合せ・相談台帳: an entry in a few fields, what was told and called beside it, what waits too long is
asked about."""

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.home.today.services.global_search import search_everything
from app.ledgers.services import ledger_reading, ledger_writing
from app.year.enquiries.services import ENQUIRIES, TOLD
from db.records.calls import Call
from db.records.documents import Notification
from db.records.ledgers import LedgerNumber
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
LATER = date(2026, 12, 9)
AT = {"fiscal_year": 2026}


def book(store, today=TODAY):
    return ledger_reading.read_ledger(store, key=ENQUIRIES.key, fiscal_year=2026, today=today)


def doubts(store, key, today=TODAY):
    return [one.doubt for one in book(store, today).book.line(key).doubts if one.state == "open"]


def ask(store, **more):
    cells = {"at": "2026-11-30T10:05", "way": "電話", "sort": "苦情", "about": "会場が遠いとの声", "organisation": "1"}
    made = ledger_writing.enter_row(ActionContext(store, BY, NOW), key=ENQUIRIES.key, cells=cells | more, **AT)
    return f"typed:{made.id}"


def test_it_holds_what_others_asked_and_not_what_the_ward_told_by_itself(store):
    """Of 39 rows 39 were the ward's own calls and mails, which stand in 情報授受簿 and 電話一覧 already."""
    assert rows(store.database, Call)
    assert rows(store.database, Notification)
    lines = book(store).book.lines
    assert {line.cells["sort"] for line in lines} == {"問合せ", "相談", "要望"}
    assert all(line.key.startswith("typed:") for line in lines)


def test_a_row_that_was_numbered_here_before_stays_with_its_number(store):
    """A printed ledger of before names rows by number: what somebody may rely on does not go, nor turn into a gap."""
    call, told = rows(store.database, Call)[0], rows(store.database, Notification, event_id=1)[0]
    with store.change(action="印刷した", by=BY, now=NOW, subject="ledgers") as change:
        given = {"programme_id": 1, "ledger": ENQUIRIES.key, "at": NOW}
        change.insert(LedgerNumber(source_key=f"calls:{call.id}", number=901, cells={"sort": TOLD}, **given))
        change.insert(LedgerNumber(source_key=f"acts:{told.id}", number=902, cells={"sort": TOLD}, **given))
    found = {line.key: line for line in book(store).book.lines}
    assert (found[f"calls:{call.id}"].number, found[f"acts:{told.id}"].number) == (901, 902)
    assert found[f"calls:{call.id}"].cells["about"].startswith("中止・変更の連絡")
    assert [line.key for line in found.values() if line.cells["sort"] == TOLD] == [
        f"calls:{call.id}",
        f"acts:{told.id}",
    ]


def test_an_entry_stands_is_found_and_is_asked_about_until_it_is_answered(store):
    before = len(book(store).book.lines)
    key = ask(store)
    assert len(book(store).book.lines) == before + 1
    assert doubts(store, key) == []
    (late,) = doubts(store, key, LATER)
    assert (late.words, late.basis) == ("回答がまだです", "目安日")
    ledger_writing.correct_row(
        ActionContext(store, BY, NOW),
        key=ENQUIRIES.key,
        row_key=key,
        column="done",
        value="2026-12-01",
        reason="電話で答えた",
        **AT,
    )
    assert doubts(store, key, LATER) == []
    assert any(
        "会場が遠い" in item.title + item.detail
        for group in search_everything(store, text="会場が遠い").groups
        for item in group.items
    )


def test_handed_on_without_a_day_is_asked_about(store):
    key = ask(store, asked_of="受託者")
    assert [one.words for one in doubts(store, key)] == ["照会日がありません"]


def test_it_prints_with_its_counts(store):
    ask(store)
    content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=ENQUIRIES.title, now=NOW)
    assert "会場が遠いとの声" in said_by(content)
    assert "回答待ち" in said_by(content), "what is counted is what was asked, not a call that came to nothing"
    assert content.personal
