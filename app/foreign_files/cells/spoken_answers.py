"""Recognises in free text what somebody says about taking part, pictures, a loan, needs or people who come along.

It only finds what a person has to read; what was said, the person who reads it decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from app.foreign_files.cells.answer_headings import About, HeadingQuestion
from app.foreign_files.cells.answer_reading import No, Yes, is_nothing, parse_answer
from app.foreign_files.tables.heading_roles import fold_heading
from db.digits import one_width, without_blanks

_NEED_WORDS = re.compile(
    "車いす|車椅子|車イス|杖|つえ|歩行|介助|介護|付き?添い|手話|要約筆記|筆談|口話|補聴器|聞こえ|聴覚|難聴|ろ"
    "う者|点字|弱視|視覚|見え(?:ない|にくい|づらい)"
    "|拡大(?:文字|資料)|大きな文字|ペースメーカー?|人工透析|酸素|オストメイト|多目的トイレ|バリアフリー|段差|"
    "スロープ|エレベーター?|補助犬|盲導犬|聴導犬"
    "|アレルギー|発作|妊娠|授乳|持病|通院|体調|てんかん|認知症|知的|発達障|障害|障がい|不自由|配慮|最前列|前"
    "の(?:方の)?席|通路側|(?:足|腰|膝|ひざ|目|耳)(?:が|の)?(?:悪|わる|痛|遠)|休憩(?:を|が|多)"
    "|(?:階段|坂|長(?:時間|く)|立って).{0,8}(?:つら|辛|きつ|苦|無理|大変|ません|ない|[えれ]ず)|トイレが近|日本語が(?:苦手|不得意|わから|分から)"
    "|[一-龥]病(?!院|気(?:を|の(?:予防|話)))"
)
_PICTURES = "撮影|写真|肖像|掲載|録画|録音|映り込み|写り込み|(?:写|映|撮)(?:っても|ること|られ)|(?:顔|姿).{0,4}[写映撮]"
_ASKED: Mapping[About, re.Pattern[str]] = {
    "state": re.compile(
        r"(?:参加|出席|受講|来場)(?:について|(?:の|に|を|は)?(?:(?:ご|お)?(?:可否|有無|意思|意向|意志|状況|予定|回答|確認|返事))"
        r"|(?:に|は|を)?(?:さ|し|でき|いただけ|頂け|なさ)?(?:れ|い)?(?:ます|る)(?:か|でしょうか|かどうか))?[?？。]?$"
        r"|出欠|欠席|都合|キャンセル|辞退|取り?消|取り?下げ"
    ),
    "consent": re.compile(rf"{_PICTURES}|同意(?!書)|承諾(?!書)|許諾"),
    "device": re.compile(r"貸し?出|貸与|借|レンタル|持参"),
    "need": re.compile(
        r"配慮|介助|知って(?:お|い)いて(?:ほし|いただ|もらい)|手話|車[いイ椅][すス子]|バリアフリー|(?:サポート|支援|手助け)が?必要|座席|託児|保育"
    ),
    "companions": re.compile(r"同行|同伴|連れ|付き?添|一緒に(?:参加|来|出席)"),
}
"""Headings that ask for one of the five; general words (連絡, こと, 有無) ask for none."""
_OTHER = re.compile(
    r"たことが|過去|これまで|以前|今まで|撮り方|使い方|操作|講座|経験|理由|きっかけ|ふりがな|フリガナ|カナ|電話|メール|役職|肩書|住所|年齢|連絡先|人数|何人|何名|日時$|番号"
)
"""What such a heading asks instead of an answer."""
_NAMED: Mapping[About, re.Pattern[str]] = {
    "state": re.compile(r"参加|出席|受講|行き|行け|伺|うかが|来られ|都合"),
    "consent": re.compile(r"撮影|写真|掲載|公開|撮[っら]|写[っさ]|載せ"),
    "device": re.compile(r"貸|借|レンタル|かり|持参"),
}
"""What a plain answer has to name besides yes or no."""
_NOT = (
    r"(?:ないで|不可|ng|困(?:る|り)|やめ|控え|遠慮|嫌|いや|たく(?:な|あり)|断[らりるっわ]|拒否|だめ|駄目|禁止|ほしくな|勘弁|容赦|伏せ|隠|ぼか"
    r"|ちょっと(?:$|[。、….]))"
)
_KIN = (
    r"(?:妻|嫁|婿|義|夫|家内|主人|旦那|娘|息子|孫|母|父|兄|姉|弟|妹|友人|友だち|友達|知人|家族|子ども|子供|会員|役員|ヘルパー|介助者"
    r"|もう(?:1|一)人|[2-5二三四五]人)"
)
_ACTS: Mapping[About, re.Pattern[str]] = {
    "state": re.compile(
        r"欠席|^欠$|^\(?(?:(?:記入|記載)?例|欠番|空き|[合小総]?計(?:\d+[人名件])?)\)?$|\(欠\)|不参加|キャンセル(?!料|待)|取り?消し?(?!線)|取り?下げ|辞退|(?:お|を)休み|(?:代わり|かわり|代理)(?:に|で|の|が|:|出席|参加)"
        r"|(?:行|参加|出席|受講|来場|出ら|来ら|伺|うかが)(?:か|き|け|かれ|え|え|れ|する(?:こと)?が?|が|は)?(?:でき|出来|し)?(?:なく|ません(?!か)|ない|かね|ず(?:$|[に\)、。]))"
        r"|(?:行け|伺え|来られ|出られ|つき|(?:参加|出席|受講)でき)そうに?も?(?:な|あり)|見合わせ|見送(?:[ろら]|り(?:ます|たい))"
        r"|パスし|パスで|(?:今回|参加|出席|受講)は?ご?遠慮|予定[がと](?:重な|かぶ|被|入)|(?:用事|仕事|急用)が(?:でき|入)|入院|入所|転居|引っ?越|死亡|逝去|他界|亡くな|^[亡故]$"
        r"|(?:回|日|講習会?|\d)(?:に|へ|と)?(?:変|替|振り?替|移)|日程?(?:の|を)変更|都合が(?:悪|わる|つか)"
        r"|(?:参加|出席|申込)者.{0,12}変更|代わって(?:もら|いただ|くれ|くださ)|交[代替](?:し|を|願)"
        r"|[無な]かったこと|白紙|取り?[や止]め|(?:申し?込み?|片方|一方|こちら|前の)(?:分|方|もの)?[をは].{0,4}(?:消|抹消|削除|破棄|撤回|忘れ)"
        r"|(?:間違|誤)(?:えて|って)申|二重に?(?:申|な)|先約が?(?:あ|ご|で)|当日.{0,4}(?:不在|留守(?!番))"
        r"|(?:行け|参加|出席|伺え|来られ).{0,6}(?:わから|わかり|分から|分かり|未定|微妙|迷)"
    ),
    "consent": re.compile(
        rf"(?:撮影|撮[らる]|写[さりる真]|映[さりる像]|動画|載[せり]|掲載|公開|顔|カメラ).{{0,12}}?{_NOT}"
        r"|(?:sns|ネット|インスタ|ホームページ|広報|区報|会報|名前|氏名).{0,8}(?:出さない|伏せ|隠)"
        r"|後ろ姿|(?:顔|姿)[がをはもの].{0,6}?(?:写|映|撮|載|出)|(?:写|映)(?:って(?:い)?ない|らな)"
    ),
    "device": re.compile(
        r"(?:(?:貸し?|かし)(?:て|出)|貸与|お?借り|借用|かりたい|レンタル)(?!.{0,8}(?:ません(?!か)|ない|不要|なし))"
        r"|(?:スマホ|スマートフォン|タブレット|端末|機器|機械|パソコン|ipad)"
        r"(?:[をがは](?:使わせ|用意)|[をがはも]?(?:持って(?:い|お)?(?:ませ|な|りませ)|な[いく](?:$|の|です|ので|ため|[。、])|ありません|無))"
    ),
    "companions": re.compile(
        rf"{_KIN}(?:さん|様)?(?:[(（][^)）]*[)）])?(?:と|も|が|を|の?分).{{0,12}}?(?:行|伺|うかが|参加|出席|来|連れ|参り|まいり|付き?添|同行|同伴|一緒|申)"
        r"|孫連れ|[2-9二三四五][名人]で.{0,4}(?:行|伺|参加|出席|来)|人数が増"
        r"|(?:さん|様)(?:と|も)(?:一緒|参加|行|出席)|(?<!犬を)連れて(?!いない)|(?:同行|同伴)(?!.{0,8}(?:なし|ません|ない))|(?:ほか|他)に?[1-9一二三四五][名人]"
    ),
}
_ENDS = re.compile(r"[。、,!！\s]|(?<=す)が|ので|ため")
_PLAIN: Mapping[About, HeadingQuestion] = {about: HeadingQuestion(about=about) for about in _NAMED}


def mentions_need(text: str) -> bool:
    """Return whether a remark mentions a need for taking part (筆談, 段差), unless it says that there is none."""
    return bool(text) and bool(_NEED_WORDS.search(one_width(text))) and not is_nothing(text)


def asked_by(heading: str) -> tuple[About, ...]:
    """Return which of the five a heading asks for; () for all other headings."""
    folded = fold_heading(heading)
    return () if _OTHER.search(folded) else tuple(about for about, asks in _ASKED.items() if asks.search(folded))


def asks_other_consent(heading: str) -> bool:
    """Return whether a heading asks for a consent to anything but pictures (個人情報の取扱いへの同意)."""
    return "consent" in asked_by(heading) and not re.search(_PICTURES, fold_heading(heading))


def asks_about_something_else(heading: str) -> bool:
    """Return whether a heading asks for taking part in anything but the event, or consent to anything but pictures."""
    return asks_other_consent(heading) or bool(_BESIDE_EVENT.search(heading))


_BESIDE_EVENT = re.compile("懇親|昼食|食事|弁当|二次会|打ち?上げ|後の")


@lru_cache(maxsize=4_000)
def acts_in(text: str) -> tuple[About, ...]:
    """Return about which of the five a free text says something that somebody has to act on."""
    folded = without_blanks(text).casefold()
    found = tuple(about for about, said in _ACTS.items() if said.search(folded))
    return (*found, "need") if mentions_need(text) else found


def rare_acts(heading: str, texts: Mapping[str, int]) -> dict[str, tuple[About, ...]]:
    """Return by text what the cells of a column which nobody uses say of the five, to be asked about row by row.

    ``texts`` says how often each comes.

    Needs are always found. Other matters count where the column is not about them: its heading does not ask for them,
    and not most of its filled cells speak of them; under a topic (困っていること) only taking part, under a reason not
    who comes along.
    """
    counts = Counter({text: count for text, count in texts.items() if text.strip()})
    said = acts_beside(counts)
    if not said:
        return {}
    folded = fold_heading(heading)
    total = Counter(about for text, acts in said.items() for about in acts for _ in range(counts[text]))
    asked = {about for about, asks in _ASKED.items() if about != "need" and asks.search(folded)}
    asked -= {"consent"} if asks_other_consent(heading) else set()
    asked |= {about for about, count in total.items() if about != "need" and count * 2 > counts.total()}
    if topic := _TOPIC.search(folded):
        asked |= {"companions"} if topic.group() in _REASONS else {"consent", "device", "companions"}
    return acts_beside(said, asked)


def acts_beside(texts: Iterable[str], but: Collection[About] = ()) -> dict[str, tuple[About, ...]]:
    """Return by text what cells that are kept as typed (会長（欠席）) say of the five besides; ``but`` is their own."""
    found = {}
    for text in texts:
        if text.isascii():
            continue
        acts = acts_in(text) or (("state",) if _WAITING.search(one_width(text)) else ())
        if left := tuple(about for about in acts if about not in but):
            found[text] = left
    return found


_WAITING = re.compile("補欠|(?:キャンセル|取消し?|空き)待")
_REASONS = ("きっかけ", "理由", "目的")
_TOPIC = re.compile(r"困|知り|学び|習い|覚え|不安|操作|使い方|質問|相談|テーマ|機種|きっかけ|理由|興味|目的")


def answered_by(text: str) -> tuple[About, ...]:
    """Return about which of the five a cell says yes or no, whatever its heading; a bare yes or no is about none."""
    last = [part for part in _ENDS.split(text.strip()) if part][-1:]
    plain = [
        about
        for about, named in _NAMED.items()
        if last and named.search(last[0]) and isinstance(parse_answer(last[0], _PLAIN[about]), Yes | No)
    ]
    return tuple(dict.fromkeys((*plain, *acts_in(text))))
