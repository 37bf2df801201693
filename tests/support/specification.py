"""A short invented 仕様書 of a year and of the next one, with every kind of change between them."""

from typing import Any

from app.actions.action_context import ActionContext
from app.received.services import IncomingFile
from app.year_end.specification import services as specification_services
from db.records.year.specification import SpecificationYear

THIS_YEAR = """仕 様 書

1 件名
令和8年度 町会・自治会デジタル活用支援事業委託
3 履行期間
契約確定日の翌日から令和9年3月31日まで
4 委託内容
(1) デジタル活用講習会
講習会を開催すること。
ア 実施日
令和8年9月1日から令和8年12月25日までの期間で、日程を決定する。
イ 会場
区が指定する区立施設
ウ 実施回数
全7回程度
エ 参加人数
各回10人から20人程度。各講習会実施日の5日前までに、参加人数を受託者に連絡する。
オ 実施時間
各回2時間程度
- 1 -
コ 実施報告
各講習会終了後1か月以内に、実施報告書を提出すること。
5 支払
書面による請求に基づき、30日以内に委託料を一括で支払う。
7 その他
定めのない事項は、協議の上、決定する。
情報の保護および管理に関する特記事項
(管理体制等)
第6条 乙は、管理責任者を選任する。
第7条 乙は、従事者の氏名を記録し、書面で提出する。
(情報の管理)
第18条 乙は、つぎに掲げる事項を実施する。
"""
NEXT_YEAR = (
    THIS_YEAR.replace("令和9年3月31日", "令和10年3月31日")
    .replace("令和8年", "令和9年")
    .replace("全7回程度", "全８回")
    .replace("5日前", "1週間前")
    .replace("オ 実施時間\n各回2時間程度", "オ 周知\n受託者は、募集の案を作成する。\nカ 実施時間\n各回1時間30分程度")
    .replace("イ 会場\n区が指定する区立施設\nウ", "イ")
    .replace("エ 参加", "ウ 参加")
    .replace("オ 周知", "エ 周知")
    .replace("カ 実施時間", "オ 実施時間")
)


def file_of(text: str, name: str) -> IncomingFile:
    return IncomingFile(data=text.encode(), name=name, media_type="text/plain")


def put_texts(store: Any, **who: Any) -> None:
    """Keep both texts."""
    for side, text, name in (
        (SpecificationYear.THIS, THIS_YEAR, "仕様書（令和8年度）.txt"),
        (SpecificationYear.NEXT, NEXT_YEAR, "仕様書（令和9年度）案.txt"),
    ):
        specification_services.save_text(
            ActionContext(store, **who), fiscal_year=2026, side=side, file=file_of(text, name), text=text
        )
