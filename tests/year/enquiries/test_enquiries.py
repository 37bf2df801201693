"""問合せ・相談台帳: an entry in a few fields, what was told and called beside it, what waits too long is
asked about."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.home.today.services.global_search import search_everything
from app.ledgers.services import ledger_reading, ledger_writing
from app.year.dates.services import CurrentEvidence
from app.year.enquiries.services import ENQUIRIES, TOLD, _channel_of, read_enquiries
from db.records.calls import Call, CallOutcome
from db.records.documents import SET_ASIDE, Notification
from db.records.ledgers import LedgerNumber
from db.records.year.proposal import EvidenceSort
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
LATER = date(2026, 12, 8)
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


def test_rows_that_were_numbered_here_before_stay_with_their_numbers(store):
    """A printed ledger of before names rows by number: what somebody may rely on does not go, nor turn into a gap."""
    call, told = rows(store.database, Call)[0], rows(store.database, Notification, event_id=1)[0]
    with store.change(action="印刷した", by=BY, now=NOW, subject="ledgers") as change:
        missed = change.insert(replace(call, id=0, outcome=CallOutcome.ABSENT, organisation_id=None, note="昼は留守"))
        later = change.insert(replace(told, id=0, told_on=date(2026, 9, 2), told_how="窓口で"))
        aside = change.insert(replace(told, id=0, told_how=SET_ASIDE))
        keys = [f"calls:{call.id}", f"calls:{missed}", f"acts:{told.id}", f"acts:{later}", f"acts:{aside}"]
        for number, key in enumerate(keys, 901):
            given = {"programme_id": 1, "ledger": ENQUIRIES.key, "at": NOW, "cells": {"sort": TOLD}}
            change.insert(LedgerNumber(source_key=key, number=number, **given))
    found = {line.key: line for line in book(store).book.lines if line.cells["sort"] == TOLD}
    assert {key: line.number for key, line in found.items()} == dict(zip(keys, range(901, 906), strict=True))
    names = ("at", "way", "organisation", "event", "about", "answer", "done")
    of_call = ("13", "中止・変更の連絡（団体）")
    of_act = ("", "1", "参加人数連絡書　第1報 17人", "受託者　業務責任者へ連絡")
    assert [tuple(found[key].cells.get(name, "") for name in names) for key in keys] == [
        ("2026-11-30T16:32", "電話", "4", *of_call, "連絡済", "2026-11-30"),
        ("2026-11-30T16:32", "電話", "", *of_call, "不在・再架電　昼は留守", ""),
        ("2026-09-03T16:00", "メール", *of_act, "2026-09-03"),
        ("2026-09-02", "窓口", *of_act, "2026-09-02"),
        ("",) * 7,
    ]


@pytest.mark.parametrize(
    ("how", "way"), [("口頭", "電話"), ("手渡し", "窓口"), ("会場で", "会場"), ("メール", "メール"), ("郵送", "書面")]
)
def test_the_channel_is_read_from_how_it_was_told(how, way):
    assert _channel_of(how) == way


def test_what_was_asked_is_evidence_by_its_number_and_what_was_told_or_struck_is_not(store):
    kept, struck, other = ask(store), ask(store), ask(store, about="駅から遠い")
    told = ask(store, sort=TOLD)
    ledger_writing.cancel_row(ActionContext(store, BY, NOW), key=ENQUIRIES.key, row_key=struck, reason="誤記", **AT)
    assert other not in (found := read_enquiries(store, (kept, struck, told)))
    source = f"問合せ・相談台帳 No{book(store).book.line(kept).number}"
    said = {"sort": EvidenceSort.CONTACT, "said": "会場が遠いとの声", "source": source, "programme_id": 1}
    assert found == {kept: CurrentEvidence(day=date(2026, 11, 30), **said)}


def test_an_entry_stands_is_found_and_is_asked_about_until_it_is_answered(store):
    before = len(book(store).book.lines)
    key = ask(store)
    assert len(book(store).book.lines) == before + 1
    assert doubts(store, key, date(2026, 12, 7)) == [], "a week is waited"
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
    for sort in ("苦情", TOLD):
        ask(store, sort=sort)
    content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=ENQUIRIES.title, now=NOW)
    assert "会場が遠いとの声" in said_by(content)
    (sheet,) = content.blocks
    asked = [("問合せ",), ("相談",), ("要望",), ("相談",), ("問合せ", "回答待ち"), ("苦情", "回答待ち")]
    assert [one.counts for one in sheet.rows] == [*asked, ()], "what is counted is what was asked, not a call"
    assert content.personal
