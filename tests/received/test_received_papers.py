"""One received paper of any kind on a real store: received, looked through, sent back, received again, confirmed, taken
back."""

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.issued_copies import open_copy
from app.documents.services.notification import NotificationDetails
from app.event.services.tasks import deadlines
from app.history import services as history_services
from app.programme.intake import preset
from app.received import rules
from app.received import services as received_services
from app.received.services import RECEIVED_KINDS, IncomingFile, ReceiptScope, find_received_kind
from db.records.documents import Notification
from db.records.programme import TaskClosing
from db.records.submissions.received import Encryption, PointCheck, Receipt, ReceivedPaper
from db.rows import by_id, rows
from tests.support.years import BY, add_lecture, at

YEAR = ReceiptScope(programme_id=1)
CAME = date(2027, 3, 16)
POINTS = (
    "次年度のデジタル活用支援事業実施案", "団体支援方針", "課題の反映", "参加者の意見の反映", "実現可能性", "予算規模",
)  # fmt: skip


def receive(store, kind="提案書", *, data=b"%PDF-1.4 first", **noted):
    values = {"received_on": CAME, "received_from": "見本 花子", "original_place": "文書管理システム", **noted}
    return received_services.receive_paper(
        ActionContext(store, BY, at(CAME)),
        kind=kind,
        scope=YEAR,
        receipt=Receipt(**values),
        file=IncomingFile(data=data, name="届.pdf", pages=6) if data is not None else None,
    ).id


def judge(store, paper_id, point, result, **more):
    received_services.judge_point(
        ActionContext(store, BY, at(CAME)), paper_id=paper_id, point=point, result=result, **more
    )


def view(store, paper_id):
    return received_services.read_received(store, paper_id=paper_id)


def task(store, name):
    year = deadlines.read_year(store, CAME)
    return next(one for one in deadlines.year_tasks(store, year) if one.task == name)


def test_every_declared_kind_says_why_it_is_owed_and_what_is_looked_for():
    assert [one.kind for one in RECEIVED_KINDS] == [
        "管理責任者選任届", "従事者・配置表の届", "教育実施報告書", "作業場所届", "提案書", "業務完了届", "請求書",
        "廃棄・消去証明書", "その他の届", "変更届", "再委託の確認書", "事故等報告書", "許可・承認の申請",
        "訓練の記録",
        "資料", "実施報告書", "実施報告書の数字", "物品持込許可申請書",
    ]  # fmt: skip
    assert find_received_kind("提案書").points(None, YEAR) == POINTS
    assert find_received_kind("従事者・配置表の届").clause == "特7"
    with pytest.raises(UserError, match="提出物はありません"):
        find_received_kind("見積書", preset().programme)


def test_the_file_is_kept_encrypted_and_comes_back_as_it_came(store):
    paper_id = receive(store, received_time="14:05", keep_years=5, receipt_number="9練地協収第3号")
    found = view(store, paper_id)

    assert received_services.read_file_bytes(store, paper_id=paper_id) == b"%PDF-1.4 first"
    assert not any(
        b"%PDF-1.4 first" in path.read_bytes() for path in (store.folder / "files").rglob("*") if path.is_file()
    )
    assert (found.paper.received_time, found.paper.pages, found.paper.version) == ("14:05", 6, 1)
    assert found.retention_end == date(2032, 3, 31)
    assert "送信元の値とは違うことがあります" in found.hash_words
    assert (
        rules.hash_words(ReceivedPaper(kind="提案書", received_on=CAME, received_how="持参", sha256="a"))
        != found.hash_words
    )


def test_its_receipt_closes_the_date_that_waited_for_it_and_undo_opens_it_again(store):
    assert task(store, "業務完了届").is_open
    receive(store, "業務完了届", receipt_number="9練地協収第5号")
    closed = task(store, "業務完了届")
    assert closed.completed_on == CAME
    assert [one.reason for one in rows(store.database, TaskClosing)] == [
        "業務完了届（第1版）を受領　収受番号 9練地協収第5号"
    ]
    receive(store, "業務完了届", data=b"%PDF second")
    assert len(rows(store.database, TaskClosing)) == 1
    for _ in range(2):
        history_services.undo(store, by=BY, now=at(CAME))
    assert task(store, "業務完了届").is_open
    assert rows(store.database, ReceivedPaper) == []


def test_it_goes_back_with_what_was_not_found_and_comes_again(store):
    paper_id = receive(store)
    for point in POINTS:
        judge(store, paper_id, point, "○", page="2")
    judge(store, paper_id, POINTS[1], "要確認", page="4", note="見出しだけで、本文がありません")
    judge(store, paper_id, POINTS[5], "なし")
    found = view(store, paper_id)
    assert found.paper.points[POINTS[1]] == PointCheck(result="要確認", page="4", note="見出しだけで、本文がありません")
    assert (found.unchecked_points, found.doubtful_points) == ((), (POINTS[1], POINTS[5]))
    text = rules.correction_request_text(
        found.paper, POINTS, addressee="業務責任者　見本 花子", about="令和8年度", due_words="3月23日（火）"
    )
    assert "1　団体支援方針（4ページ）　見出しだけで、本文がありません。" in text
    assert "2　予算規模　記載が見あたりません。" in text
    told = NotificationDetails(told_on=date(2027, 3, 15), told_to="業務責任者　見本 花子", told_how="メール")
    received_services.ask_correction(
        ActionContext(store, BY, at(CAME)), paper_id=paper_id, due=date(2027, 3, 23), text=text, notified=told
    )
    asked = view(store, paper_id).paper
    act = rows(store.database, Notification, programme_id=1, key="修正の依頼:提案書")[0]
    assert (act.told_on, act.told_how, act.version, act.told_by) == (date(2027, 3, 15), "メール", 1, BY)
    assert open_copy(store, outgoing_id=act.outgoing_id).data.decode() == text
    assert (asked.status, asked.asked_on, asked.correction_due) == ("修正依頼", CAME, date(2027, 3, 23))

    second = receive(store, data=b"%PDF second")
    assert [one.version for one in received_services.versions_of(store, view(store, second).paper)] == [1, 2]
    assert "第2版を受領したため" in view(store, paper_id).closed_reason
    with pytest.raises(UserError, match="第2版を受領したため"):
        judge(store, paper_id, POINTS[0], None)


def test_it_is_confirmed_when_every_point_was_looked_at_and_taken_back_with_a_reason(store):
    paper_id = receive(store)
    confirm = {"paper_id": paper_id, "on": CAME}
    with pytest.raises(UserError, match="まだ済んでいない項目") as unchecked:
        received_services.confirm_paper(ActionContext(store, BY, at(CAME)), **confirm)
    assert unchecked.value.todo == "項目を確認してください。"
    for point in POINTS:
        judge(store, paper_id, point, "なし" if point == "予算規模" else "○")
    with pytest.raises(UserError, match="予算規模") as doubtful:
        received_services.confirm_paper(ActionContext(store, BY, at(CAME)), **confirm)
    assert doubtful.value.todo == "修正を依頼するか、このまま受ける理由を書いてください。"
    received_services.confirm_paper(ActionContext(store, BY, at(CAME)), **confirm, reason="別紙の見積で確かめた")
    done = view(store, paper_id).paper
    assert (done.status, done.checked_by, done.note) == ("確認済", BY, "予算規模：別紙の見積で確かめた")
    with pytest.raises(UserError, match="確認済の提案書は変更できません"):
        judge(store, paper_id, POINTS[0], "なし")
    # Where the original is can still be noted: 収受番号 comes days later.
    received_services.save_receipt_notes(
        ActionContext(store, BY, at(CAME)), paper_id=paper_id, notes={"receipt_number": "9-12"}
    )
    received_services.withdraw_confirmation(ActionContext(store, BY, at(CAME)), paper_id=paper_id, reason="日付の誤り")
    back = by_id(store.database, ReceivedPaper, paper_id)
    assert (back.status, back.checked_on, back.receipt_number) == ("区が確認中", None, "9-12")


def test_a_withdrawn_confirmation_takes_its_reason_out_of_the_remarks_and_leaves_the_others(store):
    paper_id = receive(store)
    for point in POINTS:
        judge(store, paper_id, point, "なし" if point in ("予算規模", POINTS[1]) else "○")
    confirm = {"paper_id": paper_id, "on": CAME}
    signed = ActionContext(store, BY, at(CAME))
    received_services.save_receipt_notes(signed, paper_id=paper_id, notes={"note": "別紙あり"})
    received_services.confirm_paper(signed, **confirm, reason="別紙の見積で\n確かめた")
    assert by_id(store.database, ReceivedPaper, paper_id).note == (
        f"別紙あり\n{POINTS[1]}、予算規模：別紙の見積で　確かめた"
    )
    received_services.withdraw_confirmation(signed, paper_id=paper_id, reason="日付の誤り")
    assert by_id(store.database, ReceivedPaper, paper_id).note == "別紙あり"
    judge(store, paper_id, POINTS[1], "○")
    received_services.confirm_paper(signed, **confirm, reason="口頭で確かめた")
    assert by_id(store.database, ReceivedPaper, paper_id).note == "別紙あり\n予算規模：口頭で確かめた"


@pytest.mark.parametrize(
    ("noted", "words"),
    [
        ({"received_on": date(2027, 3, 17)}, "本日より後"),
        ({"data": b""}, "ファイルが空"),
        ({"data": None, "original_place": ""}, "原本の場所"),
    ],
)
def test_what_cannot_have_come_is_refused_and_nothing_is_kept(store, noted, words):
    with pytest.raises(UserError) as refused:
        receive(store, **noted)
    assert words in refused.value.happened
    assert rows(store.database, ReceivedPaper) == []


def test_paper_alone_is_received_where_its_original_is_and_a_report_only_for_an_event(store):
    paper_id = receive(store, "その他の届", data=None, original_place="紙ファイル", received_how="持参")
    assert view(store, paper_id).hash_words == ""
    with pytest.raises(UserError, match="紙で受け取っています"):
        received_services.read_file_bytes(store, paper_id=paper_id)
    with pytest.raises(UserError, match="実施回ごとの書類"):
        receive(store, "実施報告書")
    event = ReceiptScope(event_id=add_lecture(store))
    with pytest.raises(UserError, match="年度ごとの書類"):
        received_services.receive_paper(
            ActionContext(store, BY, at(CAME)),
            kind="提案書",
            scope=event,
            receipt=Receipt(received_on=CAME),
            file=IncomingFile(data=b"x", name="x"),
        )


def test_what_came_in_the_clear_is_said(store):
    plain = receive(store, sensitive="あり", encrypted="平文")
    assert "暗号化されずに届いています" in view(store, plain).unprotected_text
    received_services.save_receipt_notes(
        ActionContext(store, BY, at(CAME)), paper_id=plain, notes={"encrypted": Encryption.ENCRYPTED}
    )
    assert view(store, plain).unprotected_text == ""
    assert "暗号化されていたか" in rules.unprotected_words(
        ReceivedPaper(kind="提案書", received_on=CAME, sensitive="あり")
    )
