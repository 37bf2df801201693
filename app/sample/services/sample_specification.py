"""The sample year's two short, invented 仕様書, and numbers confirmed from next year's draft."""

from __future__ import annotations

from datetime import date, datetime, time

from app.documents.services.stored_files import keep_file
from app.programme.rules import value_key
from db.journal import Change
from db.records.year.specification import NextValue, SpecificationText, SpecificationYear
from db.store import Store

_THIS_YEAR_TEXT = """仕 様 書（見本）
1 件名
令和8年度 町会・自治会デジタル活用支援事業委託
3 履行期間
契約確定日の翌日から令和9年3月31日まで
4 委託内容
つぎの事業を実施する。
(1) デジタル活用講習会
町会・自治会の役員を対象に、講習会を開く。
ア 実施日
令和8年9月1日から令和8年12月25日までの期間で、日程を協議して決める。
イ 会場
区が指定する区立施設
ウ 実施回数
全7回程度
エ 参加人数
各回10人から20人程度。参加者は区が募り、実施日の5日前までに人数を受託者に知らせる。
オ 実施時間
各回2時間程度
(2) アドバイザー派遣
講習会に参加した団体を訪ねて支援する。
ア 実施日
令和8年9月1日から令和9年3月15日までのうち3日間程度
イ 会場
団体の活動場所
ウ 実施団体
3団体程度
(3) デジタル意見交換会
役員が集まり、活用の工夫を話し合う。
ア 実施日
令和8年9月1日から令和9年2月14日までのうち2日間
(4) 次年度の提案
すべての事業のあと2週間以内に、次年度の実施案と団体の支援方針を提案書にまとめる。
5 支払
履行を確かめたあと、書面の請求から30日以内に一括で支払う。
"""
_NEXT_YEAR_TEXT = (
    _THIS_YEAR_TEXT.replace("令和9年", "令和10年")
    .replace("令和8年", "令和9年")
    .replace("全7回程度", "全8回程度")
    .replace("実施日の5日前までに人数", "実施日の1週間前までに人数と団体数")
    .replace("各回2時間程度", "各回2時間程度。操作のある回は2時間30分とする。")
    .replace("イ 会場\n団体の活動場所\n", "イ 会場\n団体の活動場所または区が指定する区立施設\n")
    .replace("3団体程度", "4団体程度")
    .replace(
        "5 支払", "(5) 役員改選後の確認\n翌年度の4月および5月に、派遣した団体へ電話で活用の様子を確かめる。\n5 支払"
    )
)
_PLANNED_NUMBERS = (("講習会", "8", "仕4(1)ウ", "全8回程度"), ("派遣", "4", "仕4(2)ウ", "4団体程度"))


def fill_specification(store: Store, change: Change, *, programme_id: int, read_on: date, reader: str) -> None:
    """Store both texts as read on a day, and confirm two numbers of the next year."""
    now = datetime.combine(read_on, time(10, 0))
    for side, text, name in (
        (SpecificationYear.THIS, _THIS_YEAR_TEXT, "仕様書（見本）令和8年度.txt"),
        (SpecificationYear.NEXT, _NEXT_YEAR_TEXT, "仕様書（見本）令和9年度案.txt"),
    ):
        kept = keep_file(store, change, data=text.encode(), name=name, now=now, media_type="text/plain")
        change.insert(
            SpecificationText(
                programme_id=programme_id,
                side=side,
                file_id=kept.id,
                file_name=name,
                text=text,
                kept_on=read_on,
                kept_by=reader,
            )
        )
    for kind, value, clause, quote in _PLANNED_NUMBERS:
        change.insert(
            NextValue(
                programme_id=programme_id,
                key=value_key(kind, "planned"),
                value=value,
                clause=clause,
                quote=quote,
                confirmed_on=read_on,
                confirmed_by=reader,
            )
        )
