"""The ledgers that are drawn from other records: 情報授受簿, 持出し管理簿, 貸与タブレット, 受領した報告書."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.event_day.checkouts import services as checkouts_services
from app.event_day.checkouts.services import CHECKOUTS
from app.ledgers.services import ledger_reading, ledger_writing
from app.ledgers.services.ledger import CONTRACTORS, LEDGERS, find_ledger
from app.settings.protection.services import TRANSFERS, VISITS
from db.records.documents import Notification
from db.records.ledgers import LedgerRow
from db.records.protection import Checkout
from db.records.roster import TabletLoan
from db.rows import rows
from tests.support.door_people import write
from tests.support.ledgers import emptied
from tests.support.paper_words import pages_of, said_by
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.stores import made_by
from tests.support.years import started_year

AT = {"fiscal_year": 2026}
store = made_by(lambda place: emptied(sample_store(place)))


def book(store, key):
    return ledger_reading.read_ledger(store, key=key, fiscal_year=2026, today=NOW.date()).book


def hire(store, name, begins="2026-04-10", role="業務責任者"):
    days = {"begins": begins, "ends": "2027-03-31", "told": "2026-04-10"}
    cells = days | {"name": name, "belongs": "見本企画", "role": role}
    ledger_writing.enter_row(ActionContext(store, BY, NOW), key="workers", cells=cells, **AT)


def correct(store, key, row_key, column, value, reason=""):
    wanted = {"key": key, "row_key": row_key, "column": column, "value": value, "reason": reason}
    ledger_writing.correct_row(ActionContext(store, BY, NOW), **wanted, **AT)


def take_out(store, at, due_back_at, **more):
    """Record that something was taken out, and return the number of the record."""
    asked = {"taken_by": BY, "approved_by": "見本　課長", "purpose": "受付", "destination": "見本区民館"}
    row = Checkout(taken_at=at, due_back_at=due_back_at, **asked, **more)
    return checkouts_services.record_checkout(ActionContext(store, BY, at), checkout=row).id


def pass_on(store, **more):
    cells = {
        "at": "2026-11-17T16:30", "direction": "会場→受託者", "name": "アンケート用紙", "sort": "重要情報",
        "form": "紙",
        "quantity": "16枚", "giver": BY, "receiver": "見本　髙志",
    }  # fmt: skip
    return (
        f"typed:{ledger_writing.enter_row(ActionContext(store, BY, NOW), key='transfers', cells=cells | more, **AT).id}"
    )


def test_every_ledger_of_the_program_can_be_read_and_printed_and_says_whose_it_is(store):
    shelf = ledger_reading.read_overview(store, fiscal_year=2026, today=NOW.date())
    assert {one.ledger.title for one in shelf} == {
        "従事者名簿", "情報授受簿", "持出し管理簿", "貸与タブレット貸出返却簿", "受領報告書一覧",
        "クラウドサービス確認票一覧", "問合せ・相談台帳",
        "物品持込許可簿", "提供物台帳", "教育・周知の記録", "返還・廃棄簿", "許可・承認簿", "外部サービス利用台帳",
        "調査・監査の記録", "クラウドサービスのリスク確認票一覧", "事故簿"}  # fmt: skip
    assert {one.ledger.title for one in shelf if one.ledger.keeper == CONTRACTORS} == {
        "従事者名簿", "受領報告書一覧", "クラウドサービス確認票一覧", "教育・周知の記録", "返還・廃棄簿",
        "外部サービス利用台帳", "クラウドサービスのリスク確認票一覧",
    }  # fmt: skip
    assert len({one.key for one in LEDGERS}) == len(shelf) == len({one.sign for one in LEDGERS})
    for one in shelf:
        content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=one.ledger.title, now=NOW)
        assert (one.ledger.printed_in or one.ledger.title) in pages_of(content)[0]
        assert len(book(store, one.id).lines) == one.total


def test_what_was_told_to_the_contractor_and_received_stands_in_the_ledger_by_itself(store):
    lines = book(store, "transfers").lines
    told = [line for line in lines if line.key.startswith("acts:")]
    assert len(told) == len([one for one in rows(store.database, Notification) if "受託者" in one.told_to])
    first = next(line for line in told if "参加人数連絡書" in line.cells["name"])
    assert (first.cells["direction"], first.cells["sort"], first.link.kind) == ("区→受託者", "情報", "参加人数連絡書")
    came = [line for line in lines if line.key.startswith(("reports:", "material_versions:"))]
    assert any("資料「講習資料『町会の活用事例』」" in line.cells["name"] for line in came)
    received = [line for line in lines if line.key.startswith("reports:")]
    assert {line.cells["direction"] for line in received} == {"受託者→区"}
    assert len(received) == len(book(store, "reports").lines)


def test_who_gave_and_took_what_was_received_is_asked_for_and_never_made_up(store):
    """The record of a receipt names nobody; the ledger said 「受託者」 gave it to 「区」."""
    came = [line for line in book(store, "transfers").lines if line.key.startswith(("reports:", "material_versions:"))]
    assert {(line.cells.get("giver"), line.cells.get("receiver")) for line in came} == {(None, None)}
    for column, value in (("giver", "受託見本　恵子"), ("receiver", "見本　係員")):
        correct(store, "transfers", came[0].key, column, value)
    line = book(store, "transfers").line(came[0].key)
    assert (line.cells["giver"], line.cells["receiver"], line.corrections) == ("受託見本　恵子", "見本　係員", ())
    content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="情報授受簿", now=NOW)
    assert said_by(content).splitlines().count("未記入") == 2 * (len(came) - 1)
    assert "引渡者・受領者の未記入" in "".join(pages_of(content))


def test_a_fax_without_its_number_is_asked_about_and_a_parcel_keeps_its_number(store):
    sent = pass_on(store, form="FAX", encryption="")
    (doubt,) = [one.doubt for one in book(store, "transfers").line(sent).doubts if one.doubt.rule == "FAX番号"]
    assert (doubt.words, doubt.column, doubt.basis) == ("FAX番号の記録がありません", "way", "特17(5)")
    known = pass_on(store, form="FAX", way="03-0000-0000")
    assert not [one for one in book(store, "transfers").line(known).doubts if one.doubt.rule == "FAX番号"]
    pass_on(store, form="媒体", way="特定記録 123-45-67890-1", encryption="AES-256")
    content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="情報授受簿", now=NOW)
    assert "追跡番号・FAX番号 特定記録 123-45-67890-1" in said_by(content)


def test_somebody_outside_the_list_or_its_period_is_asked_about_and_a_role_alone_is_not(store):
    stranger = pass_on(store)
    (_form,) = [line for line in book(store, "services").lines if line.doubts]
    assert ledger_reading.count_open_doubts(store, today=NOW.date()) == 1, "the form of the surveys alone"
    hire(store, "受託見本　恵子")
    hire(store, "見本　髙志", begins="2026-12-01", role="アドバイザー")
    lines = {line.key: line for line in book(store, "transfers").lines if line.doubts}
    assert list(lines) == [stranger]
    (doubt,) = lines[stranger].doubts
    assert (doubt.doubt.words, doubt.doubt.column) == ("名簿の期間の外の人です", "receiver")
    assert "見本　髙志さんが従事者の届にありません" in doubt.doubt.question
    known = pass_on(store, receiver="受託見本恵子（見本企画）")
    unknown = pass_on(store, receiver="別人　花子")
    assert not book(store, "transfers").line(known).doubts
    assert book(store, "transfers").line(unknown).doubts[0].doubt.words == "従事者名簿にない人です"
    correct(store, "transfers", stranger, "receiver", "受託見本　恵子", "受け取った人の書き違い")
    assert not book(store, "transfers").line(stranger).doubts


def test_a_row_without_a_name_or_a_day_is_asked_about_nobody(tmp_path):
    """As one may stand there that was stored before both had to be given."""
    store = started_year(tmp_path / "small")
    hire(store, "受託見本　恵子")
    whole = pass_on(store, at="2026-04-01T09:00")
    (kept,) = rows(store.database, LedgerRow, ledger="transfers")
    write(
        store,
        *(
            replace(kept, id=0, number=number, cells=kept.cells | lacking)
            for number, lacking in ((2, {"receiver": ""}), (3, {"at": ""}))
        ),
    )
    lines = book(store, "transfers").lines
    assert sorted(line.number for line in lines) == [1, 2, 3]
    assert [line.key for line in lines if line.doubts] == [whole]


def test_important_information_by_mail_needs_a_word_on_its_encryption_and_paper_does_not(store):
    by_mail = pass_on(store, form="メール")
    on_paper = pass_on(store)
    guarded = pass_on(store, form="メール", encryption="AES256-zip")
    found = book(store, "transfers")
    assert [one.doubt.rule for one in found.line(by_mail).doubts] == ["暗号化"]
    assert not found.line(on_paper).doubts
    assert not found.line(guarded).doubts
    said = said_by(documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="情報授受簿", now=NOW))
    assert "暗号化の方法 AES256-zip" in said


def test_takeouts_and_tablets_stand_in_their_ledgers_as_they_were_recorded(store):
    held = event_id(store, "講習会", 2)
    taken = datetime(2026, 11, 17, 11, 30)
    saved = take_out(store, taken, taken.replace(hour=17), event_id=held, contents="受付名簿")
    line = book(store, "takeouts").line(f"takeouts:{saved}")
    assert [one.doubt.words for one in line.doubts] == ["返却予定を過ぎています"]
    assert line.cells.get("part") is None
    for column, value in (("returned", "2026-11-17T16:00"), ("checked", "見本　係長")):
        with pytest.raises(UserError, match="持出し・返却の画面の「返却を記録」"):
            correct(store, "takeouts", line.key, column, value)
    checkouts_services.record_return(
        ActionContext(store, BY, NOW), checkout_id=saved, returned_at=taken.replace(hour=16), checked_by=BY
    )
    line = book(store, "takeouts").line(f"takeouts:{saved}")
    assert line.cells["returned"] == "2026-11-17T16:30"
    assert [one.doubt.words for one in line.doubts] == ["持ち出した者が返却も確かめています"]
    clause = ("格納情報", "持ち出し日時", "持ち出した者", "承認者", "用途", "持ち出し先", "返却日時", "返却確認者")
    said = said_by(documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="持出し管理簿", now=NOW))
    assert all(word in said for word in clause)
    checkouts_services.cancel_checkout(ActionContext(store, BY, NOW), checkout_id=saved, reason="二重に書いた")
    assert book(store, "takeouts").line(f"takeouts:{saved}").cancel_reason
    loans = [one for one in rows(store.database, TabletLoan) if one.out_at is not None]
    lent = book(store, "tablet_loans").lines
    assert all(
        column.recorded_elsewhere
        for key in ("takeouts", "tablet_loans", "reports", "cloud")
        for column in find_ledger(key).columns
        if column.filled_later
    )
    assert len(lent) == len(loans)
    assert all(line.cells["lent_to"].startswith(("名簿 ", "予備")) for line in lent)


def test_what_came_back_in_part_is_outside_in_the_ledger_and_on_paper_until_the_rest_is_back(store):
    taken = datetime(2026, 12, 1, 8)
    saved = take_out(store, taken, taken.replace(month=12, day=20), contents="申込一覧", copies=3)
    back = {"checkout_id": saved, "returned_at": taken.replace(hour=9), "checked_by": "見本　課長"}
    checkouts_services.record_return(ActionContext(store, BY, NOW), copies=1, reason="会場に忘れた", **back)

    def said():
        return said_by(
            documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="持出し管理簿", now=NOW)
        )

    line = book(store, "takeouts").line(f"takeouts:{saved}")
    assert [one.doubt.words for one in line.doubts] == ["一部未返却（1/3部）"]
    assert "不足2部：会場に忘れた" in line.doubts[0].doubt.explanation
    assert ["一部未返却（1/3部）" in said(), "不足2部：会場に忘れた" in said()] == [True, True]
    (outside,) = [one for one in CHECKOUTS.totals if one.label == "未返却"]
    assert outside.is_counted(line.cells)
    with pytest.raises(UserError, match="返却を記録"):
        correct(store, "takeouts", line.key, "part", "済", "書き違い")
    checkouts_services.record_return(ActionContext(store, BY, NOW), copies=3, **back)
    line = book(store, "takeouts").line(f"takeouts:{saved}")
    assert not line.doubts
    assert not outside.is_counted(line.cells)
    assert "一部未返却" not in said()


@pytest.mark.parametrize(
    ("key", "cells", "told"),
    [
        ("goods", {"brought": "2026-11-10", "place": "見本区民館", "goods": "延長コード", "quantity": "1",
                   "use": "講習", "computer": "無", "back": "2026-11-09"}, "搬出日が、持込日より前です"),
        ("provided", {"given": "2026-11-10", "what": "端末", "sort": "機器", "to": "見本　髙志", "use": "講習",
                      "back": "2026-11-09"}, "回収・停止日が、提供日より前です"),
        ("enquiries", {"at": "2026-11-10T09:00", "way": "電話", "sort": "問合せ", "about": "会場",
                       "done": "2026-11-09"}, "済んだ日が、日時より前です"),
        ("transfers", {"at": "2026-11-10T09:00", "direction": "区→受託者", "name": "案内", "sort": "情報", "form": "紙",
                       "quantity": "1枚", "giver": BY, "receiver": "見本　髙志", "back": "2026-11-09"},
         "返却予定が、授受日時より前です"),
    ],
)  # fmt: skip
def test_what_ends_before_it_began_is_refused_when_it_is_entered_and_when_it_is_filled_in(store, key, cells, told):
    with pytest.raises(UserError, match=told):
        ledger_writing.enter_row(ActionContext(store, BY, NOW), key=key, cells=cells, **AT)
    last = list(cells)[-1]
    row = f"typed:{ledger_writing.enter_row(ActionContext(store, BY, NOW), key=key, cells=cells | {last: ''}, **AT).id}"
    with pytest.raises(UserError, match=told):
        correct(store, key, row, last, "2026-11-09", "x")
    correct(store, key, row, last, "2026-11-10", "x")


GIVEN = {"direction": "区→受託者", "name": "名簿", "sort": "個人情報", "form": "紙", "quantity": "3枚"}
THEIRS, DAY = {"direction": "受託者→区"}, "2026-11-20"


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({}, ("名簿", "紙", "3枚", "", "受託者")), ({"form": "電話・口頭"}, None),
        ({"form": "媒体", "medium": "U-1", "returned": DAY}, ("名簿", "媒体（U-1）", "3枚", DAY, "受託者")),
        ({"sort": "情報", "returned": DAY},
         ("区が伝えた書類・連絡（重要情報を含まないもの）", "紙", "一式", DAY, "受託者")),
        ({"name": "アンケート用紙"}, ("アンケート用紙", "紙", "3枚", "", "受託者")),
        ({"direction": "会場→受託者", "name": "アンケート用紙"}, None),
        ({"direction": "会場→受託者"}, ("名簿", "紙", "3枚", "", "受託者")),
        (THEIRS, ("提出した報告書・資料の控え", "紙", "一式", "", "受託者")), (THEIRS | {"returned": DAY}, None),
        (THEIRS | {"form": "電話・口頭"}, None), (THEIRS | {"back": DAY}, ("名簿", "紙", "3枚", "", "区")),
        (THEIRS | {"back": DAY, "returned": DAY}, None),
    ],
)  # fmt: skip
def test_what_the_contractor_still_holds_of_what_was_passed_on(more, held):
    found = TRANSFERS.holding(GIVEN | more)
    assert held == (found and (found.item, found.medium, found.quantity, found.returned_on, found.holder))


def test_rows_are_counted_by_what_they_lack():
    def counted(**more):
        return "".join("01"[one.is_counted(GIVEN | more)] for one in TRANSFERS.totals)

    assert [counted(form=form, giver="甲", receiver="乙") for form in ("紙", "媒体", "メール")] == [
        "1100",
        "1100",
        "1000",
    ]
    assert [counted(received=DAY, **names) for names in ({"giver": "甲"}, {"receiver": "乙"})] == ["1010", "1010"]
    assert [counted(sort=sort, back=DAY) for sort in ("重要情報", "情報")] == ["1111", "0111"]
    assert counted(back=DAY, returned=DAY) == "1110"


def test_a_correction_is_waited_for_from_the_day_after_its_last():
    late = {"result": "改善を指示", "until": DAY, "found": "鍵"}

    def rules(cells, cancelled="", day=21):
        book = SimpleNamespace(lines=[SimpleNamespace(key="x", cells=cells, cancel_reason=cancelled)])
        return [one.rule for one in VISITS.doubt_rules[0](None, None, book, date(2026, 11, day))]

    assert (rules(late), rules(late, day=20), rules(late, "二重")) == ([f"改善:{DAY}"], [], [])
    assert [rules(late | one) for one in ({"result": "指摘なし"}, {"ended": DAY}, {"until": ""})] == [[], [], []]
