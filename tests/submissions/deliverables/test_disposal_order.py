"""残っているもの, the instruction and its proof over the sample year: what the ledgers know, what was told, what came
after it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.rules import shown_fact
from app.documents.services import notification
from app.documents.services.document_kind import document_kind
from app.documents.services.document_saving import save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.history import services as history_services
from app.ledgers.services import ledger_writing
from app.ledgers.services.ledger_reading import read_books, read_ledger
from app.programme.rules import CERTIFIED
from app.programme.services import read_programme
from app.received import services as received_services
from app.received.services import ReceiptScope
from app.submissions.deliverables.documents import KIND
from app.submissions.deliverables.services.disposal_order import (
    DisposalOrder,
    order_follow_ups,
    read_disposal_order,
)
from app.submissions.deliverables.services.provided_items import PROVIDED_LEDGER
from app.year.contract.services import record_contract_change
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import annex_facts
from app.year_end.completion.services.document_doubts import open_words
from app.year_end.completion.services.follow_ups import ASK, completion_follow_ups
from db.records.submissions.received import Receipt
from db.redactions import SUM_SEPARATOR
from db.store import Store
from tests.support.sample import BY

pytestmark = pytest.mark.sample_year

YEAR = DocumentScope(fiscal_year=2026)
TOLD = datetime(2027, 3, 12, 10)
WHO = {"by": BY, "now": TOLD}
ROSTER = {
    "at": "2026-12-08T09:00",
    "direction": "区→受託者",
    "name": "第6回 参加者名簿の写し",
    "sort": "個人情報",
    "form": "紙",
    "quantity": "2部",
    "giver": "見本　係員",
    "receiver": "受託見本　恵子",
}


def order(store: Store) -> DisposalOrder:
    return read_disposal_order(store.database, read_programme(store, fiscal_year=2026).programme)


def enter(store: Store, key: str, now: datetime = TOLD, **cells: str) -> int:
    return ledger_writing.enter_row(ActionContext(store, BY, now), key=key, fiscal_year=2026, cells=cells).id


def prove(store: Store, *lines: tuple[str, str, str], done: str = "2027-03-22", now: datetime | None = None) -> None:
    for item, medium, quantity in lines:
        enter(
            store,
            "disposals",
            now or datetime(2027, 3, 24, 9),
            done=done,
            item=item,
            medium=medium,
            quantity=quantity,
            way="裁断",
            who="受託見本　さくら",
        )


def left(store: Store) -> dict[str, str]:
    return {one.item: one.quantity for one in order(store).holdings.remaining}


def home(store: Store, day: date) -> list[tuple[str, str]]:
    return [(one.label, one.detail) for one in order_follow_ups(store.database, day)]


def tell(store: Store, folder, day: datetime = TOLD) -> None:
    try:
        build_document(store, scope=YEAR, kind=KIND, now=day)
    except StoppedByState:
        override_stop(ActionContext(store, BY, day), scope=YEAR, kind=KIND, reason="報告書の写しは区が持つ")
    path = folder / f"指示-{day:%m%d}.pdf"
    save_document(ActionContext(store, BY, day), scope=YEAR, kind=KIND, format="pdf", options=SaveOptions(path=path))
    notification.notify(
        ActionContext(store, BY, day), scope=YEAR, key=KIND, told_on=day.date(), told_to="業務責任者", told_how="手渡し"
    )


def test_what_is_left_is_said_by_the_records_and_counted_once(store):
    assert left(store) == {
        "アンケート回答用紙": "63枚",
        "オンラインの回答": "20件",
        "派遣の聞き取りの記録": "2件",
        "写真の元の画像": "4枚",
        "当日資料の印刷・帳合い": "一式",
        "参加者向け案内の原稿（共有フォルダーの閲覧）": "1件",
        "貸与タブレットの設定資料": "1件",
        "提出した報告書・資料の控え": "一式",
        "区が伝えた書類・連絡（重要情報を含まないもの）": "一式",
    }
    assert [one.item for one in order(store).holdings.lines if one.holder == "区"] == [
        "第5回 LINE講習会（2回目）　アンケート用紙"
    ]
    enter(store, "transfers", **ROSTER)
    enter(store, "transfers", **ROSTER | {"quantity": "1部"})
    assert left(store)["第6回 参加者名簿の写し"] == "2件", "two rows of one name on one medium are one thing"
    line = next(one for one in order(store).holdings.remaining if one.item == "第6回 参加者名簿の写し")
    assert line.source == "情報授受簿 58・59番"
    enter(store, "transfers", **ROSTER | {"name": "口頭の引継ぎ", "form": "電話・口頭"})
    assert "口頭の引継ぎ" not in left(store), "nothing stays of what was said"


def test_what_came_back_by_its_own_row_needs_no_certificate(store):
    enter(store, "transfers", **ROSTER | {"returned": "2026-12-09"})
    assert "第6回 参加者名簿の写し" not in left(store)
    (line,) = [one for one in order(store).holdings.proven if one.medium == "紙"]
    assert (line.ended_on, line.ended_how) == (date(2026, 12, 9), "返却")


def test_the_letter_names_what_is_left_and_waits_for_the_reports(store):
    with pytest.raises(StoppedByState, match="確認済でない実施報告書"):
        build_document(store, scope=YEAR, kind=KIND, now=TOLD)
    content = document_kind(KIND).build(store, YEAR, TOLD)
    table = next(block for block in content.blocks if hasattr(block, "rows") and hasattr(block, "columns"))
    assert [row[1] for row in table.rows] == list(left(store))
    assert {row[1]: row[4] for row in table.rows}["貸与タブレットの設定資料"] == "返還"
    assert {row[1]: row[4] for row in table.rows}["アンケート回答用紙"] == "廃棄または消去"
    assert content.version == 1


def test_what_is_added_after_it_was_told_is_told_anew_and_what_ends_is_no_change(store, tmp_path):
    assert home(store, date(2027, 2, 28)) == [], "before its last month nothing of it stands on home"
    assert home(store, date(2027, 3, 12)) == [("返還・廃棄を受託者に指示する", "残っているもの 9件")]
    tell(store, tmp_path)
    assert home(store, date(2027, 3, 13)) == []
    assert home(store, date(2027, 3, 23)) == [], "the certificate is asked for in the last seven days only"
    assert [label for label, _ in home(store, date(2027, 3, 24))] == [f"{CERTIFIED}の提出を求める"]
    prove(store, ("アンケート回答用紙", "紙", "63枚"))
    assert order(store).status_line.matter_status.status == "通知済", "what was destroyed since is no change"
    enter(store, "transfers", datetime(2027, 3, 23, 9), **ROSTER)
    found = order(store)
    assert found.status_line.matter_status.status == "変更あり"
    assert [one.item for one in found.new_lines] == ["第6回 参加者名簿の写し"]
    assert found.status_line.matter_status.changed_facts[0].words == "対象 9件 → 9件（うち新しいもの 1件）"
    assert home(store, date(2027, 3, 23)) == [
        ("返還・廃棄の指示を伝え直す", "指示のあとに加わりました：第6回 参加者名簿の写し　紙")
    ]
    assert found.revision == 2, "the second letter has a day and a number of its own"
    history_services.undo(store, by=BY, now=datetime(2027, 3, 23, 9))
    assert order(store).status_line.matter_status.status == "通知済"
    enter(store, "transfers", datetime(2027, 3, 23, 10), **ROSTER)
    tell(store, tmp_path, datetime(2027, 3, 24, 10))
    assert home(store, date(2027, 3, 24)) == [(f"{CERTIFIED}の提出を求める", "残っているもの 9件")]
    assert shown_fact(order(store).notification.facts["対象"]) == "9件（うち新しいもの 1件）"
    marks = order(store).notification.facts["対象"].partition(SUM_SEPARATOR)[2].split(",")
    assert {len(one) for one in marks} == {8}, "what an office told is known again by marks of this length"


def test_a_left_over_instruction_is_set_aside_with_a_reason(store, tmp_path):
    tell(store, tmp_path)
    enter(store, "transfers", datetime(2027, 3, 13, 9), **ROSTER)
    notification.set_aside(
        ActionContext(store, BY, datetime(2027, 3, 13, 10)), scope=YEAR, key=KIND, reason="電話で伝えた"
    )
    assert home(store, date(2027, 3, 13)) == []
    enter(store, "transfers", datetime(2027, 3, 14, 9), **ROSTER | {"name": "第7回 参加者名簿の写し"})
    assert home(store, date(2027, 3, 14))[0][0] == "返還・廃棄の指示を伝え直す"


def test_another_quantity_is_no_proof_and_two_rows_may_prove_one_thing(store):
    prove(store, ("アンケート回答用紙", "紙", "60枚"))
    (line,) = [one for one in order(store).holdings.remaining if one.item == "アンケート回答用紙"]
    assert line.difference == "記録 63枚、証明 60枚"
    prove(store, ("アンケート回答用紙", "紙", "3枚"))
    assert "アンケート回答用紙" not in left(store)


def test_what_was_handed_over_after_the_proof_of_an_earlier_copy_is_still_held(store):
    item, medium = ROSTER["name"], ROSTER["form"]
    enter(store, "transfers", **ROSTER)
    prove(store, (item, medium, "2部"), done="2026-12-20")
    assert item not in left(store)
    enter(store, "transfers", **ROSTER | {"at": "2027-01-15T09:00", "quantity": "1部"})
    (line,) = [one for one in order(store).holdings.remaining if one.item == item]
    assert (line.quantity, line.difference) == ("1部", ""), "the copy that was destroyed in December is not asked for"
    prove(store, (item, medium, "1部"), done="2027-01-20")
    assert item not in left(store)


def test_what_was_not_proven_in_full_is_not_proven_by_a_later_row_of_its_name(store):
    item, medium = ROSTER["name"], ROSTER["form"]
    enter(store, "transfers", **ROSTER)
    prove(store, (item, medium, "1部"), done="2026-12-20")
    enter(store, "transfers", **ROSTER | {"at": "2027-01-15T09:00", "quantity": "1部"})
    (line,) = [one for one in order(store).holdings.remaining if one.item == item]
    assert (line.quantity, line.difference) == ("2件", "記録 2部、証明 1部")


def test_a_row_of_other_words_is_a_stray_until_it_says_what_it_is(store):
    prove(store, ("アンケート用紙一式", "紙", "63枚"))
    (stray,) = order(store).holdings.unmatched_rows
    assert "アンケート回答用紙" in left(store)
    ledger_writing.correct_row(
        ActionContext(store, **WHO),
        key="disposals",
        fiscal_year=2026,
        row_key=stray.key,
        column="covers",
        value="アンケート回答用紙　紙",
        reason="",
    )
    assert order(store).holdings.unmatched_rows == ()
    assert "アンケート回答用紙" not in left(store)


def test_what_stays_says_why_and_until_when(store):
    row = {
        "done": "2027-03-12",
        "item": "派遣の聞き取りの記録",
        "medium": "紙・データ",
        "quantity": "2件",
        "way": "区が認めて残す",
        "who": "受託見本　さくら",
    }
    with pytest.raises(UserError, match="残す理由と期限"):
        enter(store, "disposals", **row)
    enter(store, "disposals", **row, tool="次年度の支援に使う。令和10年3月31日まで")
    assert "派遣の聞き取りの記録" not in left(store)


def test_a_device_that_is_proven_to_be_back_is_not_asked_for_again(store):
    after = date(2027, 4, 2)

    def open_doubts() -> int:
        return read_ledger(store, key="provided", fiscal_year=2026, today=after).book.count_open_doubts()

    assert open_doubts() == 1
    prove(store, ("参加者向け案内の原稿（共有フォルダーの閲覧）", "アクセス権限", "1件"), done="2026-05-01")
    assert open_doubts() == 1, "it was provided after that day, so an earlier one came back"
    prove(store, ("参加者向け案内の原稿（共有フォルダーの閲覧）", "アクセス権限", "1件"))
    assert open_doubts() == 0


def test_the_inspection_is_not_whole_before_it_is_proven(store):
    day = date(2027, 3, 25)

    def inspected():
        return read_completion(store, fiscal_year=2026, today=day)

    assert CERTIFIED in {one.kind for one in inspected().open_papers}, "it is waited for before its last day, too"
    assert any(words.startswith("返還・廃棄の証明がないものが9件") for words in open_words(inspected()))
    assert annex_facts(store, inspected(), day).disposal.startswith("9件のうち0件を証明　残り")
    received_services.receive_paper(
        ActionContext(store, BY, datetime(2027, 3, 24, 9)),
        kind=CERTIFIED,
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=date(2027, 3, 24), received_how="メール", original_place="文書管理システム"),
    )
    assert home(store, day) == [("証明書にない、残っているものを確かめる", "9件")]
    prove(store, *((one.item, one.medium, one.quantity) for one in order(store).holdings.remaining))
    assert home(store, day) == []
    assert not any("返還・廃棄" in words for words in open_words(inspected()))
    assert annex_facts(store, inspected(), day).disposal == "9件のうち9件を証明　残りなし"


def test_a_contract_that_ends_earlier_by_a_change_is_followed_to_its_new_end(store):
    base = read_programme(store, fiscal_year=2026).programme
    record_contract_change(
        ActionContext(store, BY, datetime(2026, 12, 1, 9)),
        programme_id=base.id,
        terms=replace(base, term_end=date(2027, 2, 26)),
        valid_from=date(2026, 12, 1),
        reason="第1号変更契約",
    )
    assert home(store, date(2027, 2, 1)) == [("返還・廃棄を受託者に指示する", "残っているもの 9件")]
    (row,) = order_follow_ups(store.database, date(2027, 2, 1))
    assert row.due == date(2027, 2, 12), "two weeks before the end that the change agreed"
    asked = [one for one in completion_follow_ups(store.database, date(2027, 3, 1)) if one.task == ASK]
    assert [one.due for one in asked] == [date(2027, 2, 27)], "the term is over without a 検査"
    books = read_books(store.database, base, date(2027, 3, 1), (PROVIDED_LEDGER,))
    doubts = [one.doubt.words for line in books["provided"][0].lines for one in line.doubts]
    assert doubts == ["回収・停止の記録がありません"]
