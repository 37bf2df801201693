"""問合せ・相談台帳: an entry in a few fields, what was told and called beside it, what waits too long is
asked about."""

from __future__ import annotations

from datetime import date

import pytest

from app.ledgers.services import entering, reading
from app.papers.services import papers
from app.papers.services.paper_scope import PaperScope
from app.subjects.home.today.services.search_everything import search_everything
from app.subjects.settings.enquiries.services import ENQUIRIES, TOLD
from db.records.calls import Call
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, sample_store

TODAY = NOW.date()
LATER = date(2026, 12, 9)
AT = {"fiscal_year": 2026, "by": BY, "now": NOW}


@pytest.fixture
def store(tmp_path):
    found = sample_store(tmp_path)
    yield found
    found.database.conn.close()


def book(store, today=TODAY):
    return reading.read_ledger(store, key=ENQUIRIES.key, fiscal_year=2026, today=today)


def doubts(store, key, today=TODAY):
    return [one.doubt for one in book(store, today).book.line(key).doubts if one.standing == "open"]


def ask(store, **more):
    cells = {"at": "2026-11-30T10:05", "way": "電話", "sort": "苦情", "about": "会場が遠いとの声", "organisation": "1"}
    return f"typed:{entering.enter_row(store, key=ENQUIRIES.key, cells=cells | more, **AT).id}"


def test_every_call_and_every_notice_stands_in_it_by_itself(store):
    lines = book(store).book.lines
    calls = [line for line in lines if line.key.startswith("calls:")]
    assert len(calls) == len(rows(store.database, Call)) > 0
    assert {line.cells["sort"] for line in lines} == {TOLD}
    assert any(line.key.startswith("acts:") and "連絡" in line.cells["answer"] for line in lines)
    reached = {one.id for one in rows(store.database, Call) if one.outcome == "連絡済"}
    assert {int(line.key.removeprefix("calls:")) for line in calls if line.cells.get("done")} >= reached


def test_an_entry_stands_is_found_and_is_asked_about_until_it_is_answered(store):
    before = len(book(store).book.lines)
    key = ask(store)
    assert len(book(store).book.lines) == before + 1
    assert doubts(store, key) == []
    (late,) = doubts(store, key, LATER)
    assert (late.words, late.basis) == ("回答がまだです", "区の目標")
    entering.correct_row(
        store, key=ENQUIRIES.key, row_key=key, column="done", value="2026-12-01", reason="電話で答えた", **AT
    )
    assert doubts(store, key, LATER) == []
    assert any(
        "会場が遠い" in item.title + item.second
        for group in search_everything(store, text="会場が遠い").groups
        for item in group.items
    )


def test_handed_on_without_a_day_is_asked_about(store):
    key = ask(store, asked_of="受託者")
    assert [one.words for one in doubts(store, key)] == ["照会日がありません"]


def test_it_prints_with_its_counts(store):
    ask(store)
    content = papers.build_paper(store, scope=PaperScope(fiscal_year=2026), kind=ENQUIRIES.title, now=NOW)
    assert "会場が遠いとの声" in said_by(content)
    assert "回答待ち" in said_by(content), "what is counted is what was asked, not a call that came to nothing"
    assert content.personal
