"""The declared kinds say what the tables said before them."""

from __future__ import annotations

from app.subjects.events.services import closings
from app.subjects.events.services.task_kind import KIND_OF, KINDS
from app.subjects.events.services.year_task_kind import YEAR_KIND_OF

LABELS = {
    "人数連絡": "参加人数を連絡する",
    "資料確認": "資料の確認を終える",
    "実施報告書": "実施報告書の提出",
    "資料案の受領": "資料（案）の提出",
    "設問の決定": "設問を協議して決める",
    "当日資料一式": "当日資料一式を用意する",
    "アンケートの検算": "アンケートの検算をする",
    "報告書の内容確認": "届いた報告書の内容確認",
    "提案書": "提案書の提出",
    "業務完了届": "業務完了届の提出",
    "契約の満了": "契約の満了に備える",
    "検査": "検査を終える",
    "請求書": "請求書の提出",
    "支払": "支払を終える",
    "人数の変更連絡": "参加人数の変更を連絡する",
    "変わったことの連絡": "伝えたあとに変わったことを伝える",
    "作成したものの連絡": "作成したものを伝える",
    "資料確認結果の連絡": "資料の確認結果を通知する",
    "実施結果の記録": "実施結果を記録する",
    "日程の決定": "日程を決める",
    "資料の再提出": "修正した資料の提出",
    "報告書の修正版": "実施報告書の修正版の提出",
    "追加募集": "追加募集の対象団体を確かめる",
}
WAITING = {"実施報告書", "資料案の受領", "提案書", "資料の再提出", "報告書の修正版", "業務完了届", "請求書"}
ASKS = {
    "人数連絡": "人数を連絡する",
    "人数の変更連絡": "人数の変更を連絡する",
    "変わったことの連絡": "変わったことを伝える",
    "作成したものの連絡": "作成したものを伝える",
    "資料確認結果の連絡": "資料の確認結果を伝える",
    "追加募集": "追加募集の団体を確かめる",
    "資料確認": "資料を確認する",
    "資料案の受領": "資料の提出を求める",
    "資料の再提出": "資料の提出を求める",
    "設問の決定": "設問を協議する",
    "当日資料一式": "当日資料を作成する",
    "アンケートの検算": "検算をする",
    "実施結果の記録": "結果を記録する",
    "実施報告書": "報告書の提出を求める",
    "報告書の修正版": "報告書の提出を求める",
    "報告書の内容確認": "報告書を確認する",
    "日程の決定": "日程を決める",
}
CLOSINGS = {
    "人数連絡": closings.told_on,
    "資料確認": closings.materials_confirmed_on,
    "資料案の受領": closings.drafts_in_on,
    "実施報告書": closings.report_in_on,
    "報告書の内容確認": closings.reviewed_on,
    "設問の決定": closings.questions_settled_on,
    "アンケートの検算": closings.tally_checked_on,
    "当日資料一式": closings.day_set_ready_on,
}
DETAILS = {
    "人数連絡": closings.people_words,
    "資料確認": closings.confirmed_words,
    "資料案の受領": closings.received_words,
    "設問の決定": closings.question_words,
    "アンケートの検算": closings.sheet_words,
    "報告書の内容確認": closings.figure_words,
}


def test_the_declared_kinds_equal_the_tables():
    every = {**KIND_OF, **YEAR_KIND_OF}
    own_names = {"中間集計（次年度の見積）", "中間集計（査定資料）", "検査を終える", "支払を終える", "出納閉鎖"}

    assert {name: kind.label for name, kind in every.items()} == LABELS | {name: name for name in own_names}
    assert {name for name, kind in every.items() if kind.whose == "受託者"} == WAITING
    assert {kind.name: kind.asks for kind in KINDS} == ASKS
    assert {kind.name: kind.closed for kind in KINDS if kind.closed is not None} == CLOSINGS
    assert {kind.name: kind.detail for kind in KINDS if kind.detail.__module__ == closings.__name__} == DETAILS
    assert {name for name, kind in every.items() if kind.owner_words} == {"人数連絡", "人数の変更連絡"}
    assert {name for name, kind in every.items() if kind.self_managed} == {"アンケートの検算"}
    asks = {name: kind.asks for name, kind in YEAR_KIND_OF.items()}
    assert asks == {
        "中間集計（次年度の見積）": "中間集計をする", "中間集計（査定資料）": "中間集計をする",
        "提案書": "提出物を受領する", "業務完了届": "提出物を受領する", "請求書": "提出物を受領する",
        "検査を終える": "完了の手続きを進める", "検査": "完了の手続きを進める", "支払を終える": "完了の手続きを進める",
        "支払": "完了の手続きを進める", "契約の満了": "年度の期日を終える", "出納閉鎖": "年度の期日を終える",
    }  # fmt: skip
