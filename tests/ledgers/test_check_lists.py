"""Check lists: the judgement that counts, the overall judgement counted from items, taking in, a new version, paper and
ledger."""

from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.blocks import Heading, KeyValues
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.ledgers.services import check_lists, ledger_reading
from tests.support.check_sheets import begun, filled
from tests.support.paper_words import cells_of, missing_words, pages_of, said_by
from tests.support.sample import BY, NOW, acting

pytestmark = pytest.mark.sample_year


def answer(store, sheet_id, item, **given):
    check_lists.answer_item(acting(store), sheet_id=sheet_id, item=str(item), answer=given)


def view(store, sheet_id):
    return check_lists.read_sheet(store, sheet_id=sheet_id)


def taken_in(store, sheet_id, review=None):
    return check_lists.accept_sheet(
        acting(store), sheet_id=sheet_id, received_on=date(2026, 8, 18), checked_by="見本　係員", review_on=review
    )


def test_nothing_judged_is_to_be_asked_and_fit_needs_evidence(store):
    sheet = begun(store)
    first = view(store, sheet)
    assert first.outcome.counts == {"適合": 0, "不適合": 0, "要確認": 17, "対象外": 1}
    assert first.answers[13].judgement == "対象外"
    assert "SaaS型のため" in first.answers[13].evidence
    answer(store, sheet, 1, word="適合")
    one = view(store, sheet).answers[0]
    assert (one.judgement, one.remark) == ("要確認", "「適合」には根拠資料が要ります")
    answer(store, sheet, 1, word="適合", evidence="利用規約 第28条")
    assert view(store, sheet).answers[0].judgement == "適合"
    answer(store, sheet, 2, word="対象外")
    one = view(store, sheet).answers[1]
    assert (one.judgement, one.remark) == ("要確認", "「対象外」には根拠が要ります")
    answer(store, sheet, 2, word="対象外", evidence="保存しないため")
    assert (view(store, sheet).answers[1].judgement, view(store, sheet).answers[1].remark) == ("対象外", "")
    answer(store, sheet, 14, word="適合", evidence="仕様書")
    assert view(store, sheet).answers[13].judgement == "対象外"
    with pytest.raises(UserError, match="判定は"):
        answer(store, sheet, 2, word="まあまあ")
    with pytest.raises(UserError, match="この項目はありません"):
        answer(store, sheet, 19, word="適合")


def test_of_another_type_the_keys_are_asked_for(store):
    sheet = begun(store, type="IaaS型")
    assert view(store, sheet).answers[13].judgement == "要確認"


def test_the_overall_judgement_is_counted(store):
    sheet = filled(store)
    assert view(store, sheet).outcome.overall == "選定可"
    answer(store, sheet, 17, word="要確認", evidence="複製の削除の日が文書にない")
    assert view(store, sheet).outcome.overall == "保留（要確認あり）"
    answer(store, sheet, 2, word="不適合", evidence="海外に保存する")
    assert view(store, sheet).outcome.overall == "選定不可"
    assert view(store, sheet).missing_measures == ("項2の対策と期限", "項17の対策と期限")


def test_what_was_taken_in_changes_by_a_new_version_only(store):
    sheet = filled(store)
    answer(store, sheet, 17, word="要確認", evidence="文書にない")
    with pytest.raises(UserError, match="項17の対策と期限"):
        taken_in(store, sheet)
    answer(store, sheet, 17, word="要確認", evidence="文書にない", measure="文書で照会", due="2026-08-24", who="受託者")
    with pytest.raises(UserError, match="まだ受領していません"):
        check_lists.revise_sheet(acting(store), sheet_id=sheet)
    taken_in(store, sheet)
    with pytest.raises(UserError, match="受領した版は変えられません"):
        answer(store, sheet, 17, word="適合", evidence="回答書 R8.8.24")
    again = check_lists.revise_sheet(acting(store), sheet_id=sheet).id
    with pytest.raises(UserError, match="新しい版があります"):
        check_lists.revise_sheet(acting(store), sheet_id=sheet)
    answer(store, again, 17, word="適合", evidence="回答書 R8.8.24")
    assert (view(store, again).reference, view(store, again).outcome.overall) == ("S-01 第2版", "選定可")
    assert view(store, sheet).outcome.overall == "保留（要確認あり）"
    assert view(store, begun(store)).reference == "S-02 第1版"


def test_a_sheet_is_not_taken_in_on_a_day_that_lies_ahead(store):
    sheet = filled(store)
    answer(store, sheet, 17, word="要確認", evidence="文書にない", measure="文書で照会", due="2026-08-24", who="受託者")
    with pytest.raises(UserError, match="受領日が本日より後です"):
        check_lists.accept_sheet(
            acting(store), sheet_id=sheet, received_on=NOW.date() + timedelta(days=1), checked_by=BY, review_on=None
        )
    assert view(store, sheet).sheet.received_on is None
    taken_in(store, sheet)


def test_every_sheet_is_a_row_of_its_ledger_and_what_is_open_is_asked_about(store):
    sheet = filled(store)
    answer(store, sheet, 17, word="要確認", evidence="文書にない", measure="文書で照会", due="2026-08-24", who="受託者")
    taken_in(store, sheet, review=date(2026, 11, 30))

    def line():
        (found,) = ledger_reading.read_ledger(store, key="cloud", fiscal_year=2026, today=NOW.date()).book.lines
        return found

    assert line().cells["reference"] == "S-01 第1版"
    assert line().cells["counts"] == "16・0・1・1"
    assert [one.doubt.words for one in line().doubts] == [
        "総合判定は保留（要確認あり）です",
        "見直しの日を過ぎています",
    ]
    again = check_lists.revise_sheet(acting(store), sheet_id=sheet).id
    answer(store, again, 17, word="適合", evidence="回答書")
    assert line().doubts == ()
    assert line().link.sheet_id == again


def test_the_paper_rings_one_word_of_four_and_stays_on_its_page(store):
    scope = DocumentScope(fiscal_year=2026)
    with pytest.raises(UserError, match="まだありません"):
        documents.build_document(store, scope=scope, kind="クラウドサービス確認票", now=NOW)
    sheet = filled(store)
    filled(store)
    given = {"word": "要確認", "evidence": "文書にない", "risk": "期間が分からない", "due": "2026-08-24"}
    answer(store, sheet, 17, **given, measure="文書で照会", who="受託者")
    content = documents.build_document(store, scope=scope, kind="クラウドサービス確認票", now=NOW)
    pages = pages_of(content)
    assert len([page for page in pages if "重要情報を取り扱うもの" in page]) == 2
    said = said_by(content)
    assert "保留（要確認あり）　（適合 16　不適合 0　要確認 1　対象外 1　計18）" in said
    assert "R8.8.24\n受託者" in said
    assert any("期間が分からない" in cell for cell in cells_of(content))
    assert [line for line in missing_words(content) if line.startswith("PDF")] == []


def test_the_head_on_paper_says_every_field_and_a_dash_where_nothing_was_filled_in(store):
    begun(store, region="")
    content = documents.build_document(
        store, scope=DocumentScope(fiscal_year=2026), kind="クラウドサービス確認票", now=NOW
    )
    lines = [value for block in content.blocks if isinstance(block, KeyValues) for _title, value in block.rows]
    assert lines == [
        "見本フォーム　型 SaaS型　提供者 見本クラウド株式会社　リージョン —",
        "派遣の事前アンケート（氏名、役職、回答）　利用開始 R8.10.1(木)　利用終了 R9.3.31(水)",
        "保留（要確認あり）　（適合 0　不適合 0　要確認 17　対象外 1　計18）", "受領 　　月　　日　確認者",
    ]  # fmt: skip
    assert [(one.level, one.number, one.text, one.right) for one in content.blocks if isinstance(one, Heading)] == [
        (2, "1", "提供者について（8項目）", "特19-2(1)から(8)まで　適＝適合　否＝不適合　要＝要確認　外＝対象外"),
        (2, "2", "サービスについて（10項目）", "特19-3(1)から(10)まで"), (2, "3", "残るリスクと対策", ""),
    ]  # fmt: skip
    assert [one[0] for one in content.blocks[-2].rows] == [str(number) for number in range(1, 19) if number != 14]
