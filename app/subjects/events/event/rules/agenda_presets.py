"""The timetables to start from, per kind of event (仕様書4 カ), with setting up and clearing."""

from __future__ import annotations

from collections.abc import Iterable

from db.records.events import AgendaItem
from db.records.programme import Kind

_Row = tuple[int | None, str, str, str, str]

_LECTURE: tuple[_Row, ...] = (
    (5, "開会・本日の目標", "説明", "区", "マイク"),
    (20, "活用事例の紹介", "講義", "受託者", "プロジェクター"),
    (15, "比較、メリットおよびデメリットの説明", "講義", "受託者", "プロジェクター、資料"),
    (10, "運用上の注意点", "講義", "受託者", "プロジェクター、資料"),
    (45, "操作体験", "実習", "受託者", "タブレット端末、資料"),
    (20, "質問・個別相談", "相談", "受託者", ""),
    (5, "アンケート（配布・回収）、閉会", "", "受託者", "アンケート用紙"),
)
_DISPATCH: tuple[_Row, ...] = (
    (None, "ヒアリング（事前アンケート等）による課題把握", "事前", "受託者", ""),
    (None, "区との実施内容協議", "事前", "区・受託者", ""),
    (10, "オリエンテーション（目的・ゴールの確認）", "", "受託者", ""),
    (20, "初期設定の確認、セッティングの支援", "", "受託者", ""),
    (30, "実践操作（投稿・配信）", "", "受託者", ""),
    (20, "運用ルール構築支援", "", "受託者", ""),
    (30, "質疑応答", "", "受託者", ""),
    (None, "フォローアップ（メール・電話可）", "事後", "受託者", ""),
)
_EXCHANGE: tuple[_Row, ...] = (
    (5, "趣旨説明", "講義", "区", "マイク"),
    (10, "参加者自己紹介", "全体発表", "受託者", ""),
    (30, "デジタル活用の先進事例紹介", "講義", "受託者", "プロジェクター、資料"),
    (5, "課題抽出", "個人ワーク", "受託者", "付箋"),
    (20, "課題の分類、選定", "グループワーク", "受託者", "模造紙、付箋"),
    (20, "解決策の検討", "グループワーク", "受託者", "模造紙、マーカー"),
    (20, "発表", "全体発表", "受託者", "模造紙、マイク"),
    (5, "講師によるまとめ", "講義", "受託者", ""),
    (5, "アンケート（配布・回収）、閉会", "", "受託者", "アンケート用紙"),
)
_DEFAULTS: dict[Kind, tuple[_Row, ...]] = {"講習会": _LECTURE, "派遣": _DISPATCH, "意見交換会": _EXCHANGE}

_SETTING_UP: tuple[_Row, ...] = (
    (30, "集合、会場設営、機材の動作確認", "準備", "区・受託者", "機材チェック表"),
    (30, "受付（区）、資料の配布（受託者）", "準備", "区・受託者", "受付名簿、配布資料"),
)
_CLEARING: tuple[_Row, ...] = ((30, "撤収、忘れ物および数の確認", "撤収", "区・受託者", "機材チェック表"),)


def _items(rows: Iterable[_Row]) -> tuple[AgendaItem, ...]:
    """Agenda items that belong to no event yet (``event_id`` 0)."""
    return tuple(
        AgendaItem(event_id=0, position=position, minutes=minutes, title=title, form=form, owner=owner, uses=uses)
        for position, (minutes, title, form, owner, uses) in enumerate(rows)
    )


def default_agenda(kind: Kind) -> tuple[AgendaItem, ...]:
    """The timetable to start from (仕様書4 カ, the survey by 4(1)ケ and 4(3)ケ): 講習会 120 minutes, 派遣 110,
    意見交換会 120."""
    return _items(_DEFAULTS[kind])


def setting_up_items() -> tuple[AgendaItem, ...]:
    """What happens before the start on the day itself, last item ending at the start."""
    return _items(_SETTING_UP)


def clearing_items() -> tuple[AgendaItem, ...]:
    """What happens after the end on the day itself."""
    return _items(_CLEARING)
