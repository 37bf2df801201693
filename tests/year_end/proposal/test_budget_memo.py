"""検討メモ: its amounts add up, its evidence is older than it, and no way out of the house takes it."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.documents.services import documents
from app.documents.services.document_kind import document_kind, internal_kind, recipient_of
from app.documents.services.document_library import read_library
from app.documents.services.document_saving import set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.documents.services.notification_kinds import NOTIFICATIONS
from app.event_day.checkouts.services import record_checkout
from app.history import services as history_services
from app.ledgers.services.ledger_writing import enter_row
from app.year_end.proposal import services as proposal_services
from app.year_end.proposal.rules import computed_total, sums_of
from app.year_end.proposal.services import FORM, MEMO, read_memo
from db.records.documents import LetterForm
from db.records.protection import Checkout
from db.records.year.proposal import BudgetMemo, Evidence, MemoAmount, MemoClause, MemoCut
from db.rows import rows
from tests.support.history_lines import list_history
from tests.support.paper_words import missing_words, said_by
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.stores import made_by
from tests.support.years import started_year

YEAR = DocumentScope(fiscal_year=2026)
year = made_by(sample_store, scope="module")


def view(store):
    return read_memo(store, fiscal_year=2026, today=NOW.date())


def test_the_paper_holds_what_was_typed_and_the_sums_of_it(year):
    content = documents.build_document(year, scope=YEAR, kind=MEMO, now=NOW)
    said = said_by(content)
    amounts = rows(year.database, MemoAmount)
    this_year, next_year = sum(one.this_year for one in amounts), sum(one.next_year for one in amounts)
    assert sums_of(amounts) == (this_year, next_year)
    assert f"{this_year:,}" in said
    assert f"{next_year:,}" in said
    assert f"{next_year - sum(one.amount for one in rows(year.database, MemoCut)):,}" in said
    assert content.stamp == "庁内限り"
    # In a workbook an amount is a number.
    assert [one for one in missing_words(content) if not re.fullmatch(r"Excel: [+△]?[\d,]+", one)] == []
    assert view(year).problems == ()


def test_the_list_of_papers_says_when_it_was_made_and_before_that_it_can_not_be_made(year, tmp_path):
    memo = read_library(year, scope=YEAR, today=NOW.date()).row(MEMO)
    assert (memo.is_ready, memo.state) == (True, f"庁内限り　{short_date(view(year).memo.made_on, NOW.date())} 作成")
    begun = read_library(started_year(tmp_path), scope=YEAR, today=NOW.date()).row(MEMO)
    assert (begun.is_ready, begun.state) == (False, "検討メモを書き始めると作成できます。")


def test_the_service_hands_it_to_nobody_outside(year):
    assert (recipient_of(MEMO), recipient_of(FORM)) == ("", "受託者")
    assert [one for one in NOTIFICATIONS if MEMO in one.names_in_log] == []
    with pytest.raises(UserError, match="庁内限り"):
        documents.document_mail_text(year, scope=YEAR, kind=MEMO, now=NOW)
    with pytest.raises(UserError, match="庁内限り"):
        set_letter_state(acting(year), scope=YEAR, kind=MEMO, form=LetterForm.MAIL)
    with pytest.raises(UserError, match="庁内限り"):
        note_copied_text(acting(year), scope=YEAR, kind="お願いの文", text="検討メモを添付します。", to="受託者")
    takeout = Checkout(
        contents="予算の 検討メモ",
        taken_at=NOW,
        taken_by="見本",
        approved_by="見本",
        purpose="打合せ",
        destination="受託者",
    )
    with pytest.raises(UserError, match="庁内限り"):
        record_checkout(acting(year), checkout=takeout)
    cells = {
        "at": "2026-12-01T09:00", "direction": "区→受託者", "name": "検討メモ（写し）", "sort": "情報", "form": "紙",
        "quantity": "1部",
        "giver": "見本", "receiver": "受託者",
    }  # fmt: skip
    with pytest.raises(UserError, match="庁内限り"):
        enter_row(acting(year), key="transfers", fiscal_year=2026, cells=cells)
    assert internal_kind("打合せの記録（写し）") == ""
    assert enter_row(acting(year), key="transfers", fiscal_year=2026, cells=cells | {"name": "打合せ記録"}).id
    assert document_kind(MEMO).mail is None


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("派遣を3団体から5団体へ（165千円×2）", 330),
        ("１６５千円×２＋30千円×1", 360),
        ("247団体×2通", None),
        ("見積2者の平均", None),
    ],
)
def test_the_arithmetic_in_a_reason_is_read_where_there_is_one(text, counted):
    assert computed_total(text) == counted


def test_what_does_not_add_up_is_said_and_is_no_paper(year):
    amount = next(one for one in rows(year.database, MemoAmount) if one.item == "委託料")
    with pytest.raises(UserError, match="積算は330千円"):
        proposal_services.save_line(acting(year), line=replace(amount, next_year=3400))
    with pytest.raises(UserError, match="0千円以上"):
        proposal_services.save_line(acting(year), line=replace(amount, next_year=-1, reason=""))
    memo = view(year).memo
    proposal_services.save_memo(acting(year), memo=replace(memo, total_next=1))
    (problem,) = view(year).problems
    assert "次年度案の計が合いません" in problem
    with pytest.raises(UserError, match="次年度案の計"):
        documents.build_document(year, scope=YEAR, kind=MEMO, now=NOW)
    proposal_services.save_memo(acting(year), memo=memo)
    assert view(year).problems == ()


def test_the_history_tells_amounts_in_thousand_yen(year):
    (amount, *_), (cut, *_), memo = rows(year.database, MemoAmount), rows(year.database, MemoCut), view(year).memo
    context = acting(year)
    with context.change("検討メモの額を直した", "proposal") as change:
        change.update(MemoAmount, amount.id, this_year=1234)
        change.update(MemoCut, cut.id, amount=2345)
        change.update(BudgetMemo, memo.id, total_this=3456)
    (line,) = list_history(year, limit=1)
    told = {(one.field, one.after) for one in line.changes}
    assert told == {("今年度（千円）", "1,234"), ("金額（千円）", "2,345"), ("今年度の計（千円）", "3,456")}
    history_services.undo(year, by=BY, now=NOW)


def test_evidence_is_there_and_older_than_the_memo(year):
    clause = rows(year.database, MemoClause)[0]
    proposal_services.save_line(acting(year), line=replace(clause, evidence=(), state="確定"))
    assert any("根拠がありません" in one for one in view(year).problems)
    proposal_services.save_line(acting(year), line=clause)
    assert view(year).problems == ()
    with pytest.raises(UserError, match="もうありません"):
        proposal_services.save_line(acting(year), line=replace(clause, evidence=(9999,)))
    memo = view(year).memo
    early = datetime(2026, 9, 1).date()
    proposal_services.save_memo(acting(year), memo=replace(memo, made_on=early, counted_to=early))
    assert any("作成日より後" in one for one in view(year).problems)
    with pytest.raises(UserError, match="もとにした数の日"):
        proposal_services.save_memo(acting(year), memo=replace(memo, counted_to=datetime(2027, 1, 1).date()))
    assert all(one.source for one in rows(year.database, Evidence))


def test_the_growth_is_rounded_half_up_as_every_percentage_of_the_house(tmp_path):
    store = started_year(tmp_path)
    day = NOW.date()
    proposal_services.save_memo(acting(store), memo=BudgetMemo(programme_id=1, made_on=day, counted_to=day))
    proposal_services.save_line(
        acting(store),
        line=MemoAmount(programme_id=1, item="講習会", this_year=1600, next_year=2100, reason="回数を増やす"),
    )
    said = said_by(documents.build_document(store, scope=YEAR, kind=MEMO, now=NOW))
    assert "今年度比　31.3％の増" in said, "500 of 1,600 are 31.25 per cent"
