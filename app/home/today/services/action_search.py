"""Find actions of the window by words (「日付を変える」「延期」「受付」) and link to their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from app.actions.action_id import ActionId, ActionLink
from app.common.clauses import clause_of
from app.common.phrase_search import LIKELY, rank_texts
from app.programme.rules import in_visit_words
from db.fields import specs
from db.name_key import name_key
from db.record import record
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import Contractor, EventKind, Office, Programme
from db.records.venues import Venue


@record
class FoundAction:
    """One action found: the words of its button, its event ("" = none) and the link.

    ``is_screen``: the searched words are the whole name of a screen.
    """

    words: str
    event_title: str
    link: ActionLink
    is_screen: bool


@dataclass(frozen=True)
class _SearchableAction:
    """An action with its ``words`` in the window, ``synonyms`` and id.

    ``is_about_event`` = it concerns an event; ``form`` = only an event of that form; ``with_survey`` = only one
    that has a survey. ``needs`` = what the contract of the year must ask for.
    """

    words: str
    action: ActionId
    synonyms: str
    is_about_event: bool = False
    form: EventForm | None = None
    with_survey: bool = False
    needs: Literal["", "visits", "proposal"] = ""

    def fits(self, event: Event, surveyed: Collection[int]) -> bool:
        """Return whether the action concerns an event; ``surveyed`` are the ids of those with a survey."""
        return self.form in (None, event.form) and (not self.with_survey or event.id in surveyed)


_ACTIONS: Final = (
    _SearchableAction("日付を変える", "日付を変える", "日程変更 延期 実施日 順延", is_about_event=True),
    _SearchableAction("中止・変更の連絡を開く", "中止・変更の連絡", "中止する 延期 台風 電話連絡", is_about_event=True),
    _SearchableAction(
        "確認の電話を開く", "確認の電話", "電話をかける 参加の確認 前日 数日前 留守 欠席", is_about_event=True
    ),
    _SearchableAction(
        "実施回の概要を開く",
        "実施回",
        "講習会 意見交換会 派遣 題名 テーマ 内容 定員 進行 会場を変える 部屋 変わった",
        is_about_event=True,
    ),
    _SearchableAction(
        "受付を開く",
        "受付",
        "受付を始める 当日受付 代理の方を受け付ける 遅刻 出欠 飛び入り 今日の人数",
        is_about_event=True,
    ),
    _SearchableAction(
        "電話の申込・申込を取り込む",
        "参加者",
        "申込を入れる 申込書 参加者 欠席連絡 代理 繰上げ 名簿 キャンセル 二重 重複 同じ人 名前を直す 件数",
        is_about_event=True,
    ),
    _SearchableAction(
        "参加者を決める", "参加者の決定", "抽選 先着順 定員 落選 定員を超える キャンセル待ち", is_about_event=True
    ),
    _SearchableAction("参加人数を連絡する", "人数を連絡する", "人数連絡 変更連絡", is_about_event=True),
    _SearchableAction(
        "資料を開く", "資料", "資料を受領する 資料を確認する 資料確認 修正依頼 スライド テキスト", is_about_event=True
    ),
    _SearchableAction(
        "アンケートを開く",
        "アンケート",
        "設問を決める 用紙 回答を入れる 集計を確定する 満足度 QR オンライン URL 紙",
        with_survey=True,
        is_about_event=True,
    ),
    _SearchableAction(
        "当日資料を作成する",
        "当日資料を作成する",
        "当日セット 受付名簿 名札 席札 印刷 進行表 持物 持っていく",
        is_about_event=True,
    ),
    _SearchableAction("事例発表を開く", "事例発表", "事例 発表者 講師 依頼 承諾書 許諾 撮影", is_about_event=True),
    _SearchableAction("入場番号を付ける", "入場番号", "決定通知 番号 受付番号 入場 地図", is_about_event=True),
    _SearchableAction(
        "しおりの文面を開く",
        "当日のしおり",
        "当日のしおり プログラム 参加者に配る紙 つぎの一歩 手順 目あて",
        is_about_event=True,
    ),
    _SearchableAction("班分けを開く", "班分け", "班 グループ", is_about_event=True),
    _SearchableAction(
        "討議の記録を開く",
        "討議の記録",
        "話合い 付箋 模造紙 班の記録 まとめ ファシリテーター 出た話 出た意見 メモ",
        is_about_event=True,
    ),
    _SearchableAction("貸与タブレットを開く", "貸与タブレット", "端末 貸出", is_about_event=True),
    _SearchableAction("配慮の手配を開く", "配慮の手配", "手話 要約筆記 拡大", is_about_event=True),
    _SearchableAction("報告書を開く", "報告書", "実施報告書 内容確認 写真", is_about_event=True),
    _SearchableAction("履歴を見る・元に戻す", "履歴", "取り消す やり直す 前に戻す 間違えた", is_about_event=True),
    _SearchableAction(
        "資料・報告を開く",
        "提出物",
        "資料確認 報告書 提出物 受託者の提出物 提出物と確認 区の対応待ち 受託者待ち 提出待ち 届出 受領 "
        "遅れの一覧 供覧 収受番号",
    ),
    _SearchableAction("変更を見る", "変更", "きのう 昨日 今日 今週 だれが 変えた 履歴"),
    _SearchableAction("実施回を追加する", "実施回を加える", "講習会を加える 派遣 意見交換会 新しい回"),
    _SearchableAction(
        "年度の期日を開く", "年度の期日", "提案書 出納閉鎖 満了 カレンダー 予定表 Outlook ics つぎの年度を始める 新年度"
    ),
    _SearchableAction(
        "完了・検査・支払を開く",
        "完了の手続きを進める",
        "業務完了届 検査調書 請求書の点検 返戻 支出命令 検収 委託料",
    ),
    _SearchableAction(
        "年度を開く",
        "年度まとめ",
        "年度まとめ 実績 延べ人数 実人数 満足計 前年比 議会 予算 年間実績総括",
    ),
    _SearchableAction("仕様との対照を開く", "仕様との対照", "仕様書 回数 判定 理由 あと何回 残り"),
    _SearchableAction("支部ごとの数を開く", "支部ごとの数", "支部別 人数と団体 団体数"),
    _SearchableAction("数を絵で見る", "数を絵で", "グラフ 図 棒グラフ 折れ線"),
    _SearchableAction("照会への回答を開く", "照会への回答", "議会 予算 広報 回答 数"),
    _SearchableAction("満足計・前年を開く", "前年度の数", "前年 人数 前の年度 講習会の種類"),
    _SearchableAction("協議・打合せを開く", "協議の記録", "協議記録 打合せ記録 宿題 なぜ 決定の理由 議事録"),
    _SearchableAction(
        "派遣の希望票を開く",
        "派遣の希望票",
        "アドバイザー派遣 募集要項 選定 不採択 同意 連絡先",
        needs="visits",
    ),
    _SearchableAction("日程の比較を開く", "日程の比べ", "日程の比べ 候補日 年間日程 案 重なり 日程調整"),
    _SearchableAction(
        "区の年中行事を開く",
        "区の年中行事",
        "年間計画 会長改選 予算要求 補助金 会計締切 カレンダー 壁",
    ),
    _SearchableAction("中間集計を開く", "中間集計をする", "査定 見積"),
    _SearchableAction("書類（帳票）を開く", "作成したものを伝える", "印刷 保存 控え 印刷物", is_about_event=True),
    _SearchableAction(
        "通知・募集の書類を開く",
        "通知・募集",
        "通知 募集 開催通知 決定通知 落選通知 チラシ 申込書 宛先 文 文章 文面 "
        "まだ出していない 参加の通知 会長あて 町会・自治会へ 公印 起案 決裁 施行",
        is_about_event=True,
    ),
    _SearchableAction(
        "紙の名簿から出欠を入力する", "紙の名簿から出欠", "出席 欠席 名簿 来なかった 休んだ", is_about_event=True
    ),
    _SearchableAction("その日の状態を見る", "その日の状態", "過去 さかのぼる 時点", is_about_event=True),
    _SearchableAction("数字の食い違い検査を開く", "数字の食い違い検査", "突合 検査 数字", is_about_event=True),
    _SearchableAction(
        "支援のあゆみを開く",
        "派遣のその後を聞く",
        "派遣 フォローアップ 相談",
        form=EventForm.VISIT,
        is_about_event=True,
    ),
    _SearchableAction(
        "目的を選んで出力する", "目的を選んで出力", "名簿の出力 中止連絡用 情報保護", is_about_event=True
    ),
    _SearchableAction("ホームを開く", "ホーム", "今日 今週 区がやること 締切 期限 なにから"),
    _SearchableAction("事業を開く", "事業の一覧", "事業・日程 実施回の一覧 講習会 派遣 意見交換会 カレンダー"),
    _SearchableAction("団体を開く", "団体の一覧", "団体・参加者 町会 自治会 人 名簿"),
    _SearchableAction("団体の一覧を取り込む", "団体の一覧を取り込む", "取込み 名簿 Excel"),
    _SearchableAction("会場・予約を開く", "会場・予約", "会場 予約 区民館 収容 何人まで入る 部屋が変わる"),
    _SearchableAction("アンケートの一覧を開く", "アンケートの一覧", "回収 集計"),
    _SearchableAction("設問のひな形を開く", "設問のひな形", "質問 用紙"),
    _SearchableAction("年間で比べる", "年間で比べる", "アンケート 比較 前の年度の集計"),
    _SearchableAction("実績の一行を見る", "実績の一行", "議会 照会 コピー"),
    _SearchableAction("年度の帳票・控えを開く", "年度の帳票", "帳票 書類 控え 出力の記録 契約台帳 年間計画"),
    _SearchableAction("次年度提案書の根拠を開く", "提案書の根拠", "提案 来年度", needs="proposal"),
    _SearchableAction("検討メモを開く", "検討メモ", "予算 庁内"),
    _SearchableAction("引継書を開く", "引継書", "異動 後任 引き継ぐ"),
    _SearchableAction("仕様書の読み比べを開く", "仕様書の読み比べ", "つぎの年度の仕様書"),
    _SearchableAction(
        "契約の終わりを開く",
        "契約の終わり",
        f"返還 廃棄 残っているもの 指示書 証明書 {clause_of('返還・処分と証明、外部委託の承認')}",
    ),
    _SearchableAction("消す時期が来たものを開く", "消す時期が来たもの", "消去 廃棄 個人情報 保存期間 名前を消す 氏名"),
    _SearchableAction(
        "事故の対応を開く",
        "事故の対応",
        "事故が起きたとき 紛失 漏えい 誤送信 置き忘れ 盗難 おそれ",
    ),
    _SearchableAction("情報保護を開く", "情報保護", "管理簿 台帳 授受簿 確認票 個人情報"),
    _SearchableAction(
        "守ることの一覧を開く",
        "守ることの一覧",
        "特記事項 特記事項の29条 条項 義務 仕様書 どこにある 監査",
    ),
    _SearchableAction("設定を開く", "契約", "契約 契約番号 契約金額"),
    _SearchableAction("契約条件を開く", "契約の数", "設定 契約の数 仕様書の数 回数 人数"),
    _SearchableAction("閉庁日を開く", "閉庁日", "設定 日付と期限 休み"),
    _SearchableAction(
        "所属・担当者を開く", "所属・担当者", "設定 受託者 講師 先生 業者に連絡 電話 文書記号 担当者の名前"
    ),
    _SearchableAction("帳票の宛先・発信者を開く", "帳票の宛先", "設定 公文書 事務連絡 公印 区長"),
    _SearchableAction("利用者を開く", "利用者", "設定 利用者とこの版 パスワード 暗証番号 回復キー 版 異動した人"),
    _SearchableAction("バックアップを開く", "バックアップ", "設定 復元 点検 USB 控えをとる コピー"),
    _SearchableAction("保護された保存先を開く", "保護された保存先", "設定 パスワード 暗号化 ファイルサーバー"),
    _SearchableAction("2つ目の場所を開く", "2つ目の場所", "設定 バックアップ 外付け ディスク"),
    _SearchableAction("復元の点検を開く", "復元の点検", "設定 バックアップ 戻す 試す"),
    _SearchableAction("表示を開く", "表示", "設定 文字の大きさ"),
    _SearchableAction("使い方を開く", "使い方", "ヘルプ F1 早見表 マニュアル 手引き キー 操作"),
)


_SYNONYM, _LABEL = 0.85, 0.45
_FIELDS: Final[Mapping[ActionId, tuple[type, ...]]] = {
    "契約": (Programme,),
    "契約の数": (EventKind,),
    "所属・担当者": (Office, Contractor),
    "会場・予約": (Venue,),
}
"""Pages that are found by the names of their fields."""


def matching_actions(
    text: str,
    keys: Sequence[str],
    events: Sequence[Event],
    surveyed: Collection[int] = (),
    *,
    kinds: Sequence[EventKind] = (),
    without: Collection[str] = (),
) -> tuple[FoundAction, ...]:
    """Return the actions whose words contain every key, screens of that very name first; if none does, what answers
    ``text`` as it is said (``phrase_search``), best first.

    ``events`` are those they may concern, the nearest first, ``surveyed`` the ids of those with a survey; without any
    that fits only actions of no event are found. ``kinds`` are those of the year, which name its visits; ``without``
    says what its contract does not ask for (``_SearchableAction.needs``).
    """
    known = []
    for listed in _ACTIONS:
        action = replace(listed, words=in_visit_words(listed.words, kinds))
        event = next((one for one in events if action.fits(one, surveyed)), None) if action.is_about_event else None
        if action.needs not in without and (event is not None or not action.is_about_event):
            known.append((action, event))
    found = []
    for action, event in known:
        own, all_words = (
            name_key(action.words),
            name_key(f"{action.words} {action.synonyms} {in_visit_words(action.synonyms, kinds)}"),
        )
        if all(key in all_words for key in keys):
            place = not action.is_about_event and own == name_key("".join(keys) + "を開く")
            found.append((not place, not all(key in own for key in keys), _found(action, event, is_screen=place)))
    if found:
        return tuple(one for *_, one in sorted(found, key=lambda one: one[:2]))
    ranks = rank_texts(
        text,
        [{action.words: 1.0, action.synonyms: _SYNONYM, _labels(action.action): _LABEL} for action, _ in known],
    )
    ranked = sorted(zip(ranks, known, strict=True), key=lambda one: -one[0])
    return tuple(_found(action, event) for rank, (action, event) in ranked if rank >= LIKELY)


def _found(action: _SearchableAction, event: Event | None, *, is_screen: bool = False) -> FoundAction:
    return FoundAction(
        words=action.words,
        event_title=event.full_title if event is not None else "",
        link=ActionLink(action.action, event_id=event.id if event is not None else None),
        is_screen=is_screen,
    )


@cache
def _labels(action: ActionId) -> str:
    """Return the names of the fields that a page of the settings holds."""
    return " ".join(one.spec.label for record_type in _FIELDS.get(action, ()) for one in specs(record_type).values())
