"""Papers of a year: their state as a letter, their texts and their log are kept by the same services as an event's."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services import document_context, document_passages, document_saving, documents
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.events.headcount import services as headcount_services
from app.history import services as history_services
from app.surveys.compare.documents import KIND
from db.records.documents import LetterForm, LetterState
from db.tables import documents as table
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
YEAR = DocumentScope(fiscal_year=2026, as_of=TODAY)


def said(store, scope=YEAR, kind=KIND):
    return said_by(documents.build_document(store, scope=scope, kind=kind, now=NOW))


def issue(store, scope=YEAR, kind=KIND):
    return document_saving.set_letter_state(
        acting(store),
        scope=scope,
        kind=kind,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=date(2026, 11, 27),
        document_number="8練地協第120号",
        issued_on=date(2026, 11, 30),
    )


def test_a_paper_of_the_year_is_issued_like_one_of_an_event_and_withdrawn_like_it(store):
    assert document_context.letter_of(store, YEAR, KIND, on=TODAY) is None
    with pytest.raises(UserError, match="決裁日と文書番号"):
        document_saving.set_letter_state(
            acting(store), scope=YEAR, kind=KIND, form=LetterForm.FORMAL, state=LetterState.APPROVED
        )

    issue(store)

    letter = document_context.letter_of(store, DocumentScope(fiscal_year=2026), KIND, on=TODAY)
    assert (letter.event_id, letter.programme_id, letter.organisation_id) == (None, 1, None)
    assert (letter.state, letter.issued_on) == ("施行", date(2026, 11, 30))
    assert "8練地協第120号　令和8年11月30日（月）施行" in said(store)
    assert read_library(store, scope=YEAR, today=TODAY).row(KIND).letter == letter
    with pytest.raises(UserError, match="元に戻せる操作がありません"):
        history_services.undo(store, by=BY, now=NOW)
    document_saving.withdraw_issue(acting(store), scope=YEAR, kind=KIND, reason="施行日の誤り")
    letter = document_context.letter_of(store, YEAR, KIND, on=TODAY)
    assert (letter.state, letter.document_number, letter.issued_on) == ("決裁済", "8練地協第120号", None)


def test_what_staff_write_stands_on_the_paper_of_the_year_and_in_its_mail(store):
    (remark,) = document_passages.read_passages(store, scope=YEAR, kind=KIND, on=TODAY)
    assert (remark.part, remark.text, remark.edited) == ("所見", "", False)
    assert "所見" not in said(store)

    document_passages.set_passage(acting(store), scope=YEAR, kind=KIND, part="所見", text="中級の講習を増やす。")

    assert "所見\n中級の講習を増やす。" in said(store)
    assert [row.programme_id for row in table.passages_of_document(store.database, KIND, programme_id=1)] == [1, 1]
    mail = documents.document_mail_text(store, scope=YEAR, kind=KIND, now=NOW)
    assert mail.startswith("件名：令和8年度　アンケート中間集計")
    assert "中級の講習を増やす。" in mail
    document_passages.reset_passage(acting(store), scope=YEAR, kind=KIND, part="所見")
    assert "中級の講習を増やす。" not in said(store)
    assert table.passages_of_document(store.database, KIND, programme_id=1) == []


def test_each_scope_has_its_own_papers_and_says_so(store):
    with pytest.raises(UserError, match="「アンケート中間集計」は年度ごとの帳票です"):
        issue(store, scope=DocumentScope(event_id=2))
    with pytest.raises(UserError, match="「参加人数連絡書」は実施回ごとの帳票です"):
        issue(store, kind=headcount_services.HEADCOUNT)
    with pytest.raises(UserError, match="という部分はありません"):
        document_passages.set_passage(acting(store), scope=YEAR, kind=KIND, part="会場", text="x")
    with pytest.raises(UserError, match="年度は見つかりません"):
        document_passages.set_passage(
            acting(store), scope=DocumentScope(fiscal_year=2031), kind=KIND, part="所見", text="x"
        )
