"""Every name under which a paper could ever be asked for leads to what it says: by command, shelf, log, search."""

import tempfile
from pathlib import Path
from typing import Final

import pytest

from app.documents.services import documents
from app.documents.services.document_kind import DOCUMENTS, document_kind, host_document_of, kind_of
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import log_outgoing, open_copy
from app.home.today.services.global_search import search_everything
from app.main_window.action_routes import route_to
from db.records.documents import Outgoing
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW
from tests.support.world import World

NAMES: Final = {
    "年度": (
        "契約台帳", "従事者・配置表（様式）", "物品持込許可申請書（様式）", "管理責任者選任届（様式）",
        "提出物と遅れの一覧", "提出物の通知", "供覧票",
        "アドバイザー派遣募集要項", "アドバイザー派遣希望票", "起案資料（派遣の選定）", "アンケート中間集計",
        "年間実績総括", "照会への回答", "協議記録", "打合せ記録", "協議記録一覧", "業務完了届", "検査調書別紙",
        "請求書の点検票", "年間計画", "日程の比べ", "クラウドサービス確認票", "提案書の様式",
        "予算要求・次年度仕様書 検討メモ", "引継書", "仕様書の読み比べ", "受領報告書一覧", "物品持込許可簿",
        "提供物台帳", "従事者名簿", "情報授受簿", "クラウドサービス確認票一覧", "問合せ・相談台帳", "持出し管理簿",
        "貸与タブレット貸出返却簿", "検査調書", "検査結果通知", "契約変更の協議書", "教育実施報告書（様式）",
        "管理責任者・従事者変更届（様式）", "再委託先安全管理措置確認書（様式）", "返還・廃棄証明書（様式）",
        "事故等報告書（様式）", "事故対応訓練・手順確認記録（様式）", "教育・周知の記録", "返還・廃棄簿", "廃棄の記録",
        "返還・廃棄の指示", "データ返還一式", "アクセス記録点検表",
        "復元の点検記録",
        "許可・承認申請書（様式）", "許可・承認簿", "外部サービス利用台帳", "調査・監査の記録",
        "クラウドサービスのリスク確認票", "クラウドサービスのリスク確認票一覧", "事故簿", "事故等報告書（区）",
        "今週の予定", "この人についての記録", "個人情報ファイル簿の記載事項",
    ),
    "実施回": (
        "参加人数連絡書", "参加人数変更連絡書", "資料確認結果通知", "討議の記録", "実施報告書", "実施報告書確認票",
        "実施報告書の数字（様式）", "報告書の提出のお願い", "報告書の受領の通知", "報告書の修正の依頼",
        "募集チラシ", "参加申込書", "会長あて案内文", "支部長あて依頼文", "区報原稿", "ホームページ原稿",
        "起案資料", "決定通知", "落選通知", "開催通知", "宛名ラベル", "起案資料（中止・変更）", "中止通知",
        "封入・宛名の突合せ表",
        "変更通知", "中止・変更の取消通知", "派遣先の連絡先", "電話一覧", "確認の電話一覧", "参加者決定の記録",
        "追加募集の対象団体", "受付名簿",
        "当日進行表・機材チェック表", "実施確認票", "配布資料チェック表", "名札", "受講証", "席札", "班札",
        "アンケート用紙",
        "アンケート用紙（拡大版）", "アンケート集計表", "クロス集計表", "その日の状態", "事例発表の依頼",
        "事例発表の承諾書", "事例発表者の連絡先", "辞退受理通知", "決定取消通知", "会場使用・減免申請書",
        "当日のしおり", "当日のしおり（拡大版）", "配布資料の中身",
    ),
    "団体": (
        "派遣不採択通知", "団体の記録",
    ),
}  # fmt: skip
"""The kinds of paper of the program before its papers were brought together. Names are only added here."""
SAYS: Final = {
    "配布資料チェック表": ("当日進行表・機材チェック表", "帳合い"),
    "受領報告書一覧": ("提出物と遅れの一覧", "受領した実施報告書"),
    "ホームページ原稿": ("区報原稿", "ホームページ原稿"),
}
"""Names whose paper is part of another one: which, and the words by which it is found there."""
LISTS: Final = {
    "仕様書の読み比べ": "仕様書の読み比べ",
    "クラウドサービス確認票一覧": "管理簿",
    "クラウドサービスのリスク確認票一覧": "管理簿",
}
"""Lists that are printed where they stand, by the word that leads there."""


@pytest.fixture(scope="module")
def world():
    with tempfile.TemporaryDirectory() as place:
        made = World(Path(place))
        yield made
        made.store.database.conn.close()


def scope_of(world, about):
    """What papers of such a scope are about here."""
    return {
        "実施回": DocumentScope(event_id=world.events["L1"]),
        "年度": DocumentScope(fiscal_year=2026, as_of=NOW.date()),
        "団体": DocumentScope(organisation_id=1),
    }[about]


def test_every_name_leads_to_a_paper_that_is_listed_or_printed_where_it_stands():
    listed = {one.kind for one in DOCUMENTS if one.is_in_library}
    for about, names in NAMES.items():
        for name in names:
            assert document_kind(name).about == about
            assert host_document_of(name) in listed | LISTS.keys(), name
    known = {name for names in NAMES.values() for name in names}
    assert {one.kind for one in DOCUMENTS} - known == set(), "a new kind stands among the names: they only grow"
    assert {name for name in known if host_document_of(name) != name} == SAYS.keys()
    assert {one.kind for one in DOCUMENTS if not one.is_listed} == LISTS.keys()
    assert {document_kind(name).todo for name in LISTS} == set(LISTS.values())


@pytest.mark.parametrize("name", SAYS)
def test_a_name_of_a_paper_that_is_part_of_another_opens_that_one_and_it_says_the_same(world, name):
    sheet, words = SAYS[name]
    scope = scope_of(world, document_kind(name).about)
    content = documents.build_document(world.store, scope=scope, kind=name, now=NOW)
    assert (content.kind, host_document_of(name)) == (sheet, sheet)
    assert words in said_by(content)
    assert said_by(content) == said_by(documents.build_document(world.store, scope=scope, kind=sheet, now=NOW))
    shelf = read_library(world.store, scope=scope, today=NOW.date())
    assert shelf.row(name).kind == kind_of(name)
    assert [one.kind for one in shelf.listed_rows].count(sheet) == 1
    assert name not in [one.kind for one in shelf.listed_rows]


def test_what_was_issued_under_such_a_name_is_found_read_and_leads_to_the_paper(world):
    store, event_id = world.store, world.events["L1"]
    name = "配布資料チェック表"
    row = Outgoing(
        event_id=event_id,
        document_kind=name,
        reference="R8-講01-帳合い",
        version=1,
        format="txt",
        way="印刷",
        by=BY,
        at=NOW,
    )
    with store.change(action="見本", by=BY, now=NOW, event_id=event_id) as change:
        issued = log_outgoing(store, change, row, copy="帳合いの見本")
    shelf = read_library(store, event_id=event_id, today=NOW.date())
    assert shelf.row(name) is not None
    assert shelf.log[0].id == issued
    assert open_copy(store, outgoing_id=issued).data.decode() == "帳合いの見本"
    found = [hit for group in search_everything(store, text=name).groups for hit in group.items]
    way = route_to(next(hit.link for hit in found if hit.link is not None and hit.link.copy == issued))
    assert (way.screen_name, way.arguments["kind"], way.arguments["copy"]) == ("event", name, issued)
