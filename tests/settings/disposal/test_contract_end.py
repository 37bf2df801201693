"""契約の終わり: every line of both sides with where it comes from, and the step that comes next."""

from datetime import datetime
from types import SimpleNamespace as Facts

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.ledgers.services import ledger_writing
from app.programme.rules import CERTIFIED
from app.settings.disposal.services.contract_end import (
    _next_step,
    contract_end_words,
    read_contract_end,
    record_ended_items,
)
from tests.support.paper_lines import assert_says
from tests.support.sample import BY

DAY = datetime(2027, 4, 10, 9)
TODAY = DAY.date()
CUT = {"done": "2027-04-08", "way": "裁断", "who": "受託見本　さくら"}


def _place(link):
    return f"→{link.action}{link.ledger or link.event_id or ''}"


def lines(found):
    return [
        "｜".join((one.state, one.item, one.medium, one.quantity, one.source, one.state_text, _place(one.link)))
        + "！" * one.needs_attention
        for one in found.rows
    ]


@pytest.mark.sample_year
def test_the_page_says_what_both_hold_and_what_was_proven(store):
    context = ActionContext(store, BY, DAY)
    before = read_contract_end(store, today=TODAY)
    assert (before.fiscal_year, before.remaining_count, before.next_step, before.stray_rows) == (2026, 9, "指示", ())
    assert contract_end_words(store, programme_id=1, today=TODAY) == ("残っているもの 9件・つぎは指示", False)
    chosen = [one.id for one in before.rows[:3]]

    said = record_ended_items(context, fiscal_year=2026, lines=chosen[:1], cells=CUT)
    assert said.message == "返還・廃棄簿に1番を記入しました。"
    for again in (chosen[:1], [*chosen[1:], chosen[0]]):
        with pytest.raises(UserError, match="もう残っていないもの"):
            record_ended_items(context, fiscal_year=2026, lines=again, cells=CUT)
    said = record_ended_items(context, fiscal_year=2026, lines=chosen[1:], cells=CUT)
    assert said.message == "返還・廃棄簿に2・3番を記入しました。"
    done = store.database.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 2").fetchall()
    assert [action for (action,) in reversed(done)] == [
        "「アンケート回答用紙　紙」の裁断を返還・廃棄簿に記入",
        "「オンラインの回答　フォームサービス」ほか1件の裁断を返還・廃棄簿に記入",
    ]
    for item, medium, quantity in (("写真の元の画像", "データ", "3枚"), ("前の年の名簿", "紙", "1部")):
        cells = {**CUT, "item": item, "medium": medium, "quantity": quantity}
        ledger_writing.enter_row(context, key="disposals", fiscal_year=2026, cells=cells)

    found = read_contract_end(store, fiscal_year=2026, today=TODAY)
    assert (found.remaining_count, found.held_text, len(found.stray_rows)) == (6, "", 1)
    assert_says(
        lines(found),
        """
        left｜写真の元の画像｜データ｜4枚｜実施報告書の写真｜記録 4枚、証明 3枚｜→アンケートの一覧！
        left｜当日資料の印刷・帳合い｜再委託（見本印刷株式会社）｜一式｜許可・承認簿 3番｜証明なし｜→管理簿allowances
        left｜参加者向け案内の原稿（共有フォルダーの閲覧）｜アクセス権限｜1件｜提供物台帳 1番｜証明なし｜→管理簿provide
        　　d
        left｜貸与タブレットの設定資料｜資料｜1件｜提供物台帳 2番｜証明なし｜→管理簿provided
        left｜提出した報告書・資料の控え｜メール｜一式｜情報授受簿 1・2・3番ほか24件｜証明なし｜→管理簿transfers
        left｜区が伝えた書類・連絡（重要情報を含まないもの）｜メール｜一式｜情報授受簿 4・5・6番ほか25件｜証明なし｜→管
        　　理簿transfers
        stray｜前の年の名簿｜紙｜1部｜返還・廃棄簿 5番｜どれに当たるか未定｜→管理簿disposals！
        proven｜アンケート回答用紙｜紙｜63枚｜アンケートの記録｜4/8(木) 返還・廃棄簿 1番　裁断｜→アンケートの一覧
        proven｜オンラインの回答｜フォームサービス｜20件｜アンケートの記録｜4/8(木) 返還・廃棄簿 2番　裁断｜→アンケート
        　　の一覧
        proven｜派遣の聞き取りの記録｜紙・データ｜2件｜派遣の記録｜4/8(木) 返還・廃棄簿 3番　裁断｜→アンケートの一覧
        ward｜第5回 LINE講習会（2回目）　アンケート用紙｜紙｜12枚｜情報授受簿 56番｜受託者に返す｜→管理簿transfers！
        ward｜配慮の手配の一覧｜紙｜1部｜持出し管理簿 2番｜持出し中　返却予定 R8 12/1(火)｜→持出し管理簿6！
        ward｜派遣の希望票に署名した人の氏名｜データ｜6件｜派遣第1回 1・派遣第2回 1・派遣第3回 1｜3/31(水)　消す時期が来
        　　た｜→消す時期が来たもの！
        ward｜写真の元のデータ｜データ｜4枚｜講習会第2回 2・意見交換会第1回 2｜3/31(水)　消す時期が来た｜→消す時期が来
        　　たもの！
        ward｜申込者・参加者の連絡先｜データ｜120件｜講習会第5回 20・講習会第7回 20・意見交換会第1回 19 ほか9回｜4/30(金
        　　)　消す時期が来た｜→消す時期が来たもの！
        ward｜申込者・参加者の氏名、配慮・備考｜データ｜93人｜講習会第5回 20・講習会第7回 20・意見交換会第1回 19 ほか9回
        　　｜4/30(金)　消す時期が来た｜→消す時期が来たもの！
        ward｜事例発表者の氏名と連絡先｜データ｜2件｜意見交換会第2回 2｜4/30(金)　消す時期が来た｜→消す時期が来たもの！
        """,
    )


NONE, ONE = (), ("名簿",)


def holding(remaining, *, order=None, certificate=None, outdated=False):
    held = Facts(remaining=remaining)
    return Facts(holdings=held, notification=order, certificate=certificate, is_outdated=outdated)


@pytest.mark.parametrize(
    ("order", "checked", "passed", "step"),
    [
        (holding(ONE), None, None, "指示"),
        (holding(NONE, order="文書", outdated=True), TODAY, TODAY, "指示"),
        (holding(ONE, order="文書"), None, None, "証明書"),
        (holding(ONE, certificate="届いた"), TODAY, None, "証明書"),
        (holding(NONE, order="文書"), None, None, "証明書"),
        (holding(NONE, order="文書"), TODAY, None, "検査"),
        (holding(NONE), None, None, "検査"),
        (holding(NONE, order="文書"), TODAY, TODAY, ""),
        (holding(NONE), None, TODAY, ""),
    ],
)
def test_what_comes_next_is_the_instruction_then_the_proof_then_the_inspection(order, checked, passed, step):
    """Who destroyed all unasked owes no instruction; another paper that was checked proves nothing."""
    papers = (Facts(kind="業務完了届", checked_on=TODAY), Facts(kind=CERTIFIED, checked_on=checked))
    assert _next_step(order, Facts(papers=papers, passed_on=passed)) == step
