"""Finds texts by what somebody types as he would say it: 「日付を変えたい」「申込用紙はどこ」「パスワードを忘れた」.

Particles, endings and okurigana say nothing of the subject and fall away; what is left (日付, 変; 申込用紙) is looked
for, also by the words that mean the same (``_SAME``, the one table for Ctrl+K and the manual).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log
from typing import TypeVar

from db.digits import is_digits, one_width

_Answer = TypeVar("_Answer")
_RUNS = re.compile(r"[一-龠々〆ヶ]+|[ァ-ヴー]+|[a-z0-9+]+|[ぁ-んー]+")
_KANA = re.compile(r"[ぁ-んー]+")
_SAME = tuple(
    frozenset(line.split())
    for line in """
変 変更 動 移 ずら 延期 順延 かえ かわ 日程変更 日付 ひづけ ひにち
交代 交替 代 替 変
直 修正 訂正 誤 間違 まちが なお
開催 かいさい
中止 ちゅうし 取止 取 やめ 台風 大雨 大雪 休止
消 消去 削除 廃棄 捨 けし けす すて シュレッダー
戻 取消 元 もど とりけ キャンセル
申込用紙 申込書 チラシ ちらし 用紙
紙 用紙 書類 帳票 文書 印刷物 文章 文面
印刷 いんさつ 刷 プリント 出力
送 通知 つうち 手紙 知 連絡 伝 案内 おく 郵送
届 とど 受領 受取 提出 もらっ もらい うけ
教材 資料 テキスト スライド 配布物 パワーポイント しりょう
申込 応募 希望 電話 fax ファックス ファクス もうしこみ もうし 申
参加者 申込者 名簿 めいぼ 出席者 申込 さんかしゃ リスト
人数 にんずう 何人 なんにん なんけん 件数 定員
超過 オーバー 満員 定員
支払 しはらい 請求 委託料 代金 お金 請求書 はらう はらっ 払
控 ひかえ 写 コピー 保管 過去 usb
usb ディスク 外付 別 メモリ
会場 かいじょう 部屋 へや 場所 予約 集会所 押
機材 備品 プロジェクター プロジェクタ スクリーン マイク 借
講師 こうし 先生 アドバイザー
名前 氏名 名 字 なまえ
団体 だんたい 町会 ちょうかい 自治会 町内会
代表者 会長 役員 支部長
アンケート 調査 感想 回答 設問 満足度
設問 質問 ひな形
当日 名札 なふだ 席札 席 準備 持物 持 受付
受付 うけつけ 受付中 当日受付 来場
欠席 けっせき 休 辞退 じたい やすみ やすむ キャンセル
追加 ついか 加 新 登録 増 ふや ふえ つくり つくる 作
報告 報告書 実施報告 結果 ほうこく
配慮 はいりょ 手話 通訳 車 障害 筆記 拡大
紛失 事故 落 なく なくし 盗 漏 失 誤送信 流出 もれ
引継 ひきつぎ 異動 後任 担当者変更
次年度 来年 来年度 翌年度 提案
新年度 つぎの年度 翌年度
前年 去年 前年度 昨年 昨年度 過去
文字 もじ 表示 大 小
写真 しゃしん 撮影 掲載 顔
決 決定 けってい 選 抽選 先着 落選
宛名 宛先 封筒 ラベル 発送
押印 決裁 けっさい 起案 きあん 承認 公文書 公印 印 はんこ 判子
一覧 リスト 表 excel エクセル 取込
閉庁日 祝日 休業 年末年始
予定 カレンダー 日程 スケジュール 予定表 outlook
期限 きげん 締切 期日 いつ いつまで しめきり
履歴 だれが 誰 変更
パスワード 暗証番号 ログイン 鍵
忘 回復
バックアップ 復元 壊 消
探 検索 さが みつか
手引 使方 操作 教 おしえ マニュアル ヘルプ
数 集計 件数 実績 統計
残 のこ のこり 予算
遅 超過 督促 催促 遅刻
契約 仕様書 契約書
個人情報 情報保護 管理簿 台帳
端末 タブレット 貸 貸出 返却
受託者 業者 委託先 先方 会社 ぎょうしゃ
確認 確 点検 チェック ok
今日 なにから まず ホーム
派遣 訪問 はけん
打合 協議 うちあわせ 相談
利用者 係員 職員 アカウント
照会 問合 質問 聞 議会
入力 打 記入 手書
""".strip().splitlines()
)
"""Words that mean the same to who looks for something, as they begin."""
_HIRAGANA = {one: one - 0x60 for one in range(ord("ァ"), ord("ヴ"))}
_SAID_AS = {said: one for group in _SAME for one in group if _KANA.fullmatch(said := one.translate(_HIRAGANA))}
_SPOKEN = re.compile("|".join(sorted(_SAID_AS, key=len, reverse=True)))
"""Words in hiragana that say something, also those that are written in katakana; of others nothing is known."""
_EMPTY = frozenset("人方時事言")
"""Signs that stand in any text and say nothing by themselves."""
_OWN, _SIGN, _LIKE = 1.0, 0.8, 0.7
_LIKELY, _POSSIBLE, _CHOICE = 0.4, 0.2, 3
"""From this rank on a text is offered as an answer; with fewer, so many that answer a part: one may be meant."""
_UNKNOWN, _STEM = 0.7, 2.0
"""Weight of a word that nothing holds, and of a verb: the nouns beside them say what it is about."""


_SAID = re.compile(r"[一-龠ァ-ヴーぁ-ん][ぁ-ん]+")


def is_said(text: str) -> bool:
    """Return whether a text has a word with its ending or a particle, as somebody says what he wants to do."""
    return bool(_SAID.search(text))


def may_be_said(text: str) -> bool:
    """Return whether a text may say what is wanted: several words without any ending are rather a name."""
    return is_said(text) or len(text.split()) == 1


def subject_words(text: str) -> tuple[str, ...]:
    """Return what a typed text is about: its words without particles, endings and okurigana."""
    found: list[str] = []
    for run in _RUNS.findall(one_width(text).casefold()):
        found += map(_SAID_AS.__getitem__, _SPOKEN.findall(run)) if _KANA.match(run) else [run]
    return tuple(one for one in dict.fromkeys(found) if one not in _EMPTY and not is_digits(one))


@lru_cache(maxsize=512)
def _alike(word: str) -> frozenset[str]:
    return frozenset().union(*(group for group in _SAME if word in group)) - {word}


def _parts(word: str, known: Sequence[str]) -> list[str]:
    """Return the words of which a long one is made (回中止 → 中止), longest first; itself where none is known.

    Single signs are its words only if they make up all of it: 小 says nothing in 小林.
    """
    found, rest = [], word
    while rest:
        begins = (rest[:size] for size in range(len(rest), 0, -1))
        part = next((one for one in begins if _alike(one) or (len(one) > 1 and any(one in said for said in known))), "")
        found += [part] if part else []
        rest = rest[len(part) or 1 :]
    return found if len("".join(found)) == len(word) or any(len(one) > 1 for one in found) else [word]


def _is_stem(word: str, text: str) -> bool:
    """Return whether a word is one sign with an ending (変える), not a noun with its particle (班を)."""
    return len(word) == 1 and re.search(f"{word}(?:[をがのは]|$)", text) is None


def _holds(word: str, text: str) -> float:
    """Return how well a text holds a word: the word itself, or one that means the same."""
    if word in text:
        return _OWN if len(word) > 1 else _SIGN
    return _LIKE if any(one in text for one in _alike(word)) else 0.0


def searched_words(text: str) -> tuple[str, ...]:
    """Return the words by which a text is looked for where it stands nowhere as it was typed."""
    words = [part for word in subject_words(text) for part in _parts(word, ())]
    return tuple(dict.fromkeys(one for word in words for one in (word, *sorted(_alike(word))) if len(one) > 1))


def likely_answers(text: str, listed: Sequence[tuple[_Answer, Mapping[str, float]]]) -> list[_Answer]:
    """Return what of this answers what was typed, best first.

    Args:
        listed: each with its texts and their weight (a heading 1.0, words below it less). A word that few of them hold
            counts for more.
    """
    ranked = sorted(zip(_ranks(text, [texts for _, texts in listed]), listed, strict=True), key=lambda one: -one[0])
    return [one for at, (rank, (one, _)) in enumerate(ranked) if rank >= (_POSSIBLE if at < _CHOICE else _LIKELY)]


def _ranks(text: str, listed: Sequence[Mapping[str, float]]) -> list[float]:
    plain = [{one_width(said).casefold(): weight for said, weight in each.items()} for each in listed]
    known = [said for each in plain for said in each]
    words = list(dict.fromkeys(part for word in subject_words(text) for part in _parts(word, known)))
    held = [
        [max((_holds(word, said) * weight for said, weight in each.items()), default=0.0) for word in words]
        for each in plain
    ]
    counts = [sum(one[at] > 0 for one in held) for at in range(len(words))]
    rare = [
        (_STEM if _is_stem(word, text) else log((len(listed) + 1) / count)) if count else _UNKNOWN
        for word, count in zip(words, counts, strict=True)
    ]
    whole = sum(rare) or 1.0
    return [sum(one * weight for one, weight in zip(each, rare, strict=True)) / whole for each in held]
