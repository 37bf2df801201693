"""Find actions of the window by words (「日付を変える」「延期」「受付」) and link to their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from app.actions.action_id import ActionId, ActionLink
from app.common.clauses import clause_of
from app.common.phrase_search import likely_answers
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


_ACTIONS: Sequence[tuple[bool, Mapping[ActionId, tuple[str, str]]]] = (
    (
        True,
        {
            "日付を変える": ("日付を変える", "日程変更 延期 実施日 順延"),
            "中止・変更の連絡": ("中止・変更の連絡を開く", "中止する 延期 台風 電話連絡"),
            "確認の電話": (
                "確認の電話を開く",
                ("電話をかける 参加の確認 前日 数日前 何日前 リマインダー メール BCC ショートメール SMS 留守 欠席"),
            ),
            "実施回": (
                "実施回の概要を開く",
                "講習会 意見交換会 派遣 題名 テーマ 内容 定員 進行 会場を変える 部屋 変わった 機材",
            ),
            "受付": (
                "受付を開く",
                "受付を始める 当日受付 代理の方を受け付ける 遅刻 出欠 飛び入り 今日の人数 来た人の確認",
            ),
            "参加者": (
                "電話の申込・申込を取り込む",
                (
                    "申込を入れる 申込書 申込フォーム 参加者 欠席連絡 代理 繰上げ 名簿 キャンセル 二重 重複 同じ人 "
                    "名前を直す 件数 写真に写らない 撮影"
                ),
            ),
            "参加者の決定": ("参加者を決める", "抽選 先着順 定員 応募が多い 落選 定員を超える キャンセル待ち"),
            "人数を連絡する": ("参加人数を連絡する", "人数連絡 変更連絡"),
            "資料": ("資料を開く", "資料を受領する 資料を確認する 資料確認 修正依頼 スライド テキスト"),
            "アンケート": (
                "アンケートを開く",
                "設問を決める 用紙 回答を入れる 集計を確定する 満足度 QR オンライン URL 紙",
            ),
            "当日資料を作成する": ("当日資料を作成する", "当日セット 受付名簿 名札 席札 印刷 進行表 持物 持っていく"),
            "事例発表": ("事例発表を開く", "事例 発表者 講師 依頼 承諾書 許諾 撮影"),
            "入場番号": ("入場番号を付ける", "決定通知 番号 受付番号 入場 地図"),
            "当日のしおり": ("しおりの文面を開く", "当日のしおり プログラム 参加者に配る紙 つぎの一歩 手順 目あて"),
            "班分け": ("班分けを開く", "班 グループ"),
            "討議の記録": (
                "討議の記録を開く",
                "話合い 付箋 模造紙 班の記録 まとめ ファシリテーター 出た話 出た意見 メモ",
            ),
            "貸与タブレット": ("貸与タブレットを開く", "端末 貸出"),
            "配慮の手配": ("配慮の手配を開く", "手話 要約筆記 拡大 断った"),
            "報告書": ("報告書を開く", "実施報告書 内容確認 写真"),
            "履歴": ("履歴を見る・元に戻す", "取り消す やり直す 前に戻す 間違えた"),
        },
    ),
    (
        False,
        {
            "提出物": (
                "資料・報告を開く",
                (
                    "資料確認 報告書 提出物 受託者の提出物 提出物と確認 区の対応待ち 受託者待ち 提出待ち 届出 受領 "
                    "遅れの一覧 供覧 回覧 収受番号"
                ),
            ),
            "変更": ("変更を見る", "きのう 昨日 今日 今週 だれが 変えた 履歴"),
            "実施回を加える": ("実施回を追加する", "講習会を加える 派遣 意見交換会 新しい回"),
            "年度の期日": (
                "年度の期日を開く",
                "提案書 出納閉鎖 満了 カレンダー 予定表 Outlook ics つぎの年度を始める 新年度",
            ),
            "完了の手続きを進める": (
                "完了・検査・支払を開く",
                "業務完了届 検査調書 請求書の点検 返戻 支出命令 検収 委託料",
            ),
            "年度まとめ": ("年度を開く", "年度まとめ 実績 延べ人数 実人数 満足計 前年比 議会 予算 年間実績総括"),
            "仕様との対照": ("仕様との対照を開く", "仕様書 回数 判定 理由 あと何回 残り"),
            "支部ごとの数": ("支部ごとの数を開く", "支部別 人数と団体 団体数"),
            "数を絵で": ("数を絵で見る", "グラフ 図 棒グラフ 折れ線"),
            "照会への回答": ("照会への回答を開く", "議会 予算 広報 回答 数"),
            "前年度の数": ("満足計・前年を開く", "前年 人数 前の年度 講習会の種類"),
            "応対メモを書く": ("応対メモを書く", "電話メモ 電話を受けた 問合せを受けた 伝言 折返し 苦情 相談"),
            "本人からの請求": (
                "本人からの請求を開く",
                "開示 訂正 利用停止 個人情報の請求 開示請求 審査請求 補正 写しの費用",
            ),
            "留守にする": ("留守にする", "休み 休暇 不在 出張 代わりの人 引き受ける 担当を替える"),
            "応対メモ": ("応対メモを開く", "まだ答えていない 回答待ち 電話があった"),
            "協議の記録": ("協議・打合せを開く", "協議記録 打合せ記録 宿題 なぜ 決定の理由 議事録"),
            "派遣の希望票": ("派遣の希望票を開く", "アドバイザー派遣 募集要項 選定 不採択 同意 連絡先"),
            "日程の比べ": ("日程の比較を開く", "日程の比べ 候補日 年間日程 案 重なり 日程調整"),
            "区の年中行事": ("区の年中行事を開く", "年間計画 会長改選 予算要求 補助金 会計締切 カレンダー 壁"),
            "中間集計をする": ("中間集計を開く", "査定 見積"),
        },
    ),
    (
        True,
        {
            "作成したものを伝える": (
                "書類（帳票）を開く",
                "印刷 保存 控え 印刷物 通知の記録 発送 差出 通数 返戻 戻ってきた 再送 宛所不明",
            ),
            "通知・募集": (
                "通知・募集の書類を開く",
                (
                    "通知 募集 開催通知 決定通知 落選通知 チラシ 申込書 宛先 文 文章 文面 "
                    "まだ出していない 参加の通知 会長あて 町会・自治会へ 公印 起案 決裁 施行 区報の原稿 ホームページ"
                ),
            ),
            "紙の名簿から出欠": ("紙の名簿から出欠を入力する", "出席 欠席 名簿 来なかった 休んだ"),
            "その日の状態": ("その日の状態を見る", "過去 さかのぼる 時点"),
            "数字の食い違い検査": ("数字の食い違い検査を開く", "突合 検査 数字"),
            "派遣のその後を聞く": (
                "支援のあゆみを開く",
                "派遣 訪問の結果 行った町会のその後 フォローアップ 定着 3か月後 6か月後 12か月後 相談",
            ),
            "目的を選んで出力": (
                "目的を選んで出力する",
                "名簿の出力 中止連絡用 情報保護 差し込み 差込印刷 Word 宛名 ラベル 封筒",
            ),
        },
    ),
    (
        False,
        {
            "ホーム": ("ホームを開く", "今日 今週 区がやること 締切 期限 なにから"),
            "事業の一覧": ("事業を開く", "事業・日程 実施回の一覧 講習会 派遣 意見交換会 カレンダー"),
            "団体の一覧": (
                "団体を開く",
                "団体・参加者 町会 自治会 人 名簿 会長が代わった 代表者の交代 住所 電話番号 一覧をExcelに出力",
            ),
            "団体の一覧を取り込む": ("団体の一覧を取り込む", "取込み 名簿 Excel"),
            "会場・予約": ("会場・予約を開く", "会場 予約 区民館 収容 何人まで入る 部屋が変わる"),
            "アンケートの一覧": ("アンケートの一覧を開く", "回収 集計"),
            "設問のひな形": ("設問のひな形を開く", "質問 用紙"),
            "年間で比べる": ("年間で比べる", "アンケート 比較 前の年度の集計"),
            "実績の一行": ("実績の一行を見る", "議会 照会 コピー"),
            "年度の帳票": ("年度の帳票・控えを開く", "帳票 書類 控え 出力の記録 契約台帳 年間計画"),
            "提案書の根拠": ("次年度提案書の根拠を開く", "提案 来年度"),
            "検討メモ": ("検討メモを開く", "予算要求 庁内"),
            "引継書": ("引継書を開く", "異動 後任 引き継ぐ"),
            "仕様書の読み比べ": ("仕様書の読み比べを開く", "つぎの年度の仕様書"),
            "契約の終わり": (
                "契約の終わりを開く",
                f"返還 廃棄 残っているもの 指示書 証明書 {clause_of('返還・処分と証明、外部委託の承認')}",
            ),
            "消す時期が来たもの": ("消す時期が来たものを開く", "消去 廃棄 個人情報 保存期間 名前を消す 氏名"),
            "事故の対応": (
                "事故の対応を開く",
                "紛失 漏れ アドレス 漏えい 誤送信 置忘れ 盗難 おそれ 速報 確報 本人通知 個人情報保護委員会",
            ),
            "情報保護": ("情報保護を開く", "管理簿 台帳 授受簿 確認票 個人情報"),
            "守ることの一覧": ("守ることの一覧を開く", "特記事項 特記事項の29条 条項 義務 仕様書 どこにある 監査"),
            "契約": ("設定を開く", "契約 契約番号 契約金額"),
            "契約の数": ("契約条件を開く", "設定 契約の数 仕様書の数 回数 人数"),
            "閉庁日": ("閉庁日を開く", "設定 日付と期限 休み"),
            "所属・担当者": ("所属・担当者を開く", "設定 受託者 講師 先生 業者に連絡 電話 文書記号 担当者の名前"),
            "帳票の宛先": ("帳票の宛先・発信者を開く", "設定 公文書 事務連絡 公印 区長"),
            "利用者": ("利用者を開く", "設定 利用者とこの版 パスワード 暗証番号 回復キー 版 異動した人 新しい係員"),
            "バックアップ": ("バックアップを開く", "設定 復元 点検 USB 控えをとる コピー"),
            "保護された保存先": ("保護された保存先を開く", "設定 パスワード 暗号化 ファイルサーバー 共有フォルダ"),
            "アクセスの記録": ("アクセスの記録を開く", "設定 ログ 閲覧 履歴 だれが見た 点検表 監査"),
            "2つ目の場所": ("2つ目の場所を開く", "設定 バックアップ 外付け ディスク"),
            "復元の点検": ("復元の点検を開く", "設定 バックアップ 戻す 試す"),
            "表示": ("表示を開く", "設定 文字の大きさ"),
            "使い方": ("使い方を開く", "ヘルプ F1 早見表 マニュアル 手引き キー 操作"),
        },
    ),
)
"""Words in the window and synonyms of each action, in the order in which they are offered; True = it concerns an event.
"""
_SYNONYM, _LABEL = 0.85, 0.45
_FIELDS: Mapping[ActionId, tuple[type, ...]] = {
    "契約": (Programme,),
    "契約の数": (EventKind,),
    "所属・担当者": (Office, Contractor),
    "会場・予約": (Venue,),
}
"""Pages that are found by the names of their fields."""
_PLANNED: Mapping[ActionId, bool] = {
    **dict.fromkeys(
        (
            "日付を変える", "中止・変更の連絡", "確認の電話", "参加者", "参加者の決定", "人数を連絡する", "資料",
            "当日資料を作成する", "入場番号", "当日のしおり", "班分け", "配慮の手配",
        ),
        True,
    ),
    "報告書": False,
    "派遣のその後を聞く": False,
}  # fmt: skip
"""What means an event to come, also when one was held today, and what means one that was held."""


def matching_actions(
    text: str,
    keys: Sequence[str],
    events: Sequence[Event],
    surveyed: Collection[int] = (),
    *,
    kinds: Sequence[EventKind] = (),
    without: Collection[ActionId] = (),
) -> tuple[FoundAction, ...]:
    """Return the actions whose words contain every key, screens of that very name first; if none does, what answers
    ``text`` as it is said (``phrase_search``), best first.

    ``events`` are those they may concern, the nearest first (of some acts those to come, or those held: ``_PLANNED``),
    ``surveyed`` the ids of those with a survey; without any that fits only actions of no event are found. ``kinds`` are
    those of the year, which name its visits; ``without`` are those that its contract does not ask for.
    """
    known = []
    for is_about_event, listed in _ACTIONS:
        for action, (words, synonyms) in listed.items():
            fitting = [one for one in events if is_about_event and _fits(action, one, surveyed)]
            meant = [one for one in fitting if one.status.is_planned is _PLANNED.get(action)]
            event = next(iter(meant or fitting), None)
            if action not in without and (event is not None or not is_about_event):
                found = FoundAction(
                    words=in_visit_words(words, kinds),
                    event_title=event.full_title if event is not None else "",
                    link=ActionLink(action, event_id=event.id if event is not None else None),
                    is_screen=False,
                )
                known.append((found, synonyms))
    exact = []
    for one, synonyms in known:
        own = name_key(one.words)
        all_words = name_key(f"{one.words} {synonyms} {in_visit_words(synonyms, kinds)}")
        if all(key in all_words for key in keys):
            place = one.link.event_id is None and own == name_key("".join(keys) + "を開く")
            exact.append((not place, not all(key in own for key in keys), replace(one, is_screen=place)))
    if exact:
        return tuple(one for *_, one in sorted(exact, key=lambda each: each[:2]))
    answers = [(one, {one.words: 1.0, said: _SYNONYM, _labels(one.link.action): _LABEL}) for one, said in known]
    return tuple(likely_answers(text, answers))


def _fits(action: ActionId, event: Event, surveyed: Collection[int]) -> bool:
    """Return whether an action concerns an event; ``surveyed`` are the ids of those with a survey."""
    if action == "アンケート":
        return event.id in surveyed
    return action != "派遣のその後を聞く" or event.form is EventForm.VISIT


@cache
def _labels(action: ActionId) -> str:
    """Return the names of the fields that a page of the settings holds."""
    return " ".join(one.spec.label for record_type in _FIELDS.get(action, ()) for one in specs(record_type).values())
