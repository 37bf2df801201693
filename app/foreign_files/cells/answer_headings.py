"""Parses the heading of a column: what a bare yes means under it, and which needs it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from app.foreign_files.cells.answer_words import MATTERS, MEDIA, PICTURE_USES
from app.foreign_files.tables.heading_roles import fold_heading
from db.digits import one_width
from db.record import record

About = Literal["consent", "device", "state", "need", "companions", "chair"]
YesMeaning = Literal["", "turned", "asked turned", "unclear"]


@record
class HeadingQuestion:
    """What the heading of a column asks.

    ``yes_meaning`` is how a bare yes is meant: "" as it says, ``turned`` the negative pole is ticked (撮影不可),
    ``asked turned`` the same as a question (撮影不可ですか), ``unclear`` the heading gives a sign another meaning.
    ``cross_unclear``: a bare × may mean either, ``cross_denies``: it marks the negative pole. ``device`` is what a bare
    yes means in a column of devices. ``needs`` are the needs in the heading, as printed. ``consent_matters`` and
    ``picture_uses`` are what a consent is asked for, ``medium`` the only place that it is asked for (広報紙).
    ``asks_for_trouble``: the heading asks for objections (支障がありますか). ``names_both_poles``: it names both
    poles. ``asks_for_decision``: it asks for consent or participation (なし is a no then). ``is_office_status``: it is
    about the office's work (処理状況), where × excludes nobody. ``numbered_choices`` are its numbered choices
    (１．借りる ２．持参する), with their words. ``is_loan``: what is needed would be lent (車いすの貸出).
    ``explained_answers`` are the two answers that it explains, each with whether it denies; () unless it explains both.
    """

    about: About
    yes_meaning: YesMeaning = ""
    cross_unclear: bool = False
    device: Literal["", "lend", "bring", "both"] = ""
    needs: tuple[str, ...] = ()
    asks_for_decision: bool = False
    is_office_status: bool = False
    numbered_choices: tuple[tuple[str, str], ...] = ()
    is_loan: bool = False
    consent_matters: tuple[str, ...] = ()
    picture_uses: tuple[str, ...] = ()
    medium: str = ""
    cross_denies: bool = False
    asks_for_trouble: bool = False
    names_both_poles: bool = False
    explained_answers: tuple[tuple[str, bool], ...] = ()


_BRACKETS = re.compile(r"[（(［\[【〔〈<]([^（()）［\[\]］【】〔〕〈〉<>]*)[)）］\]】〕〉>]")
_STEM = (
    r"(?:(?:同意|承諾|許可|了承|希望|参加|出席|受講|掲載|撮影|公開|使用|利用|持参|所有|必要|提供|配信|録画|協力|貸出し?|貸与|"
    r"借用|手話通訳|配慮|要約筆記)[をはにがと]?)?"
)
_DENIED = re.compile(
    _STEM
    + r"(?:不可能?|不要|不用|不参加|不同意|不承諾|不許可|不希望|拒否|辞退|お?断り|(?:ご|御)?遠慮|非公開|非掲載|欠席|"
    r"取り?消し?|取り?下げ|キャンセル|ng(?![a-z])|cancel(?:led)?|困(?:る|り(?:ます|ませ))|迷惑|望まない|望まれない|嫌な|(?:し|でき|出来|され|せ|さ|ら|ま|か|わ|り|き|け|め|え)ない"
    r"|したくない|てほしくない|て欲しくない|たくない|いらない|要らない|必要ない|でない|持っていない|いない|"
    r"(?:し|でき|出来|され|いたし|致し|り|き|み|い)ません(?!か)|必要なし|希望なし|同意なし|"
    r"(?:問題|支障|差し?支え|差し障り|不都合|抵抗|異議|異存|異論)(?:が|の|は)?(?:ある|あり(?!ません|$)|ございます)|"
    r"控え|避け|や(?:め|めて)ほしい|見合わせ|反対|除外|外して|除いて|断わ|苦手)"
)
_BOTH = re.compile(
    r"可否|有無|出欠|要否|諾否|是非|賛否|適否|当否|要不要|諾不諾|するか(?:どう|否)か|可不可|必要不要|"
    r"(同意|承諾|許可|希望|賛同|承認|必要)不\1|(?:参加|出席)(?:欠席|不参加|不出席)|(?:欠席|不参加)(?:参加|出席)|同意不同意|するしない|のどちらか"
)
_AFFIRMED = re.compile(
    r"可(?!能性|否)|ok|はい|yes|同意(?!書)|承諾(?!書)|許可|了承|希望|要|必要|有り?|あり|出席|参加|する|します|賛成|公開"
)
_OR = r"(?:[・/／,、，|｜;：:\s□☐▢①-⑨]|\d[.．:：)）]?|又は|または|もしくは|or|か)"
_POLE = (
    r"(?:可能?|ok|はい|yes|同意|承諾|許可|了承|希望|必要|要|有り?|あり|出席|参加|賛成|公開|持参|する|します|できる|できます"
    r"|いる|よい|良い|可否)"
)
_ALTERNATE_BEFORE = re.compile(rf"{_POLE}(?:する|します|です|できる|できます)?[」』)）]?{_OR}[「『(（]?$")
_ALTERNATE_AFTER = re.compile(rf"^(?:です|する)?[」』)）]?{_OR}[「『(（]?{_STEM}{_POLE}")
_NEEDLESS = re.compile(
    r"不要|不用|不必要|不希望|必要(?:が|は|で|と|では)?(?:な[いし]|ありません(?!か)|ございません(?!か)|(?:し|され)(?:ない|ません(?!か)))"
    r"|(?:い|要)ら(?:ない|れない)|(?:い|要)りません(?!か)|要(?:し|さ)(?:ない|ません(?!か))|望ま(?:ない|れない|ず)|望みません(?!か)"
    r"|(?:希望|利用|使用|お?願い|申し?込み?)(?:を|は)?(?:し|され|なさら|いたし)(?:ない|ません(?!か))|(?:希望|必要|要望|該当)な[いし]"
    r"|(?:事項|希望|要望|必要|こと|もの|点)(?:が|の|は|も)(?:ない|なし|無い|ありません(?!か))|(?:特|とく)に(?:ない|なし|ありません(?!か))|辞退|お?断り|遠慮"
)
"""Denials in a heading of needs that mean no need; an inability there is the need itself."""
_ALONE = re.compile(
    r"[い居]ない|おら(?:ない|れない|ず)|(?:[い居]|おり)ません(?!か)|(?:が|の|は)ない|な[しい](?=$|の?方|の?場合|○|は)|無し|無い|単独|本人のみ|本人だけ"
    r"|お?(?:ひとり|一人|1人)(?:さま|様)?(?:で|の方|参加|のみ|だけ)|(?:同行|同伴)(?:し|され)ない"
)
"""Denials in a heading of companions that mean nobody comes along."""
_DENIED_POLES: Mapping[About, re.Pattern[str]] = {"need": _NEEDLESS, "companions": _ALONE}
_DENIAL = re.compile(r"(?<!少)(?<!危)ない|ません(?!か)|無し|なし|なく|ず(?:に|$)|除|以外|苦手|控え|避け")
_CAN = re.compile(
    r"(?:(?:でき|出来|歩け|聞こえ|聴こえ|聞き取れ|見え|読め|書け|座れ|すわれ|登れ|のぼれ|上れ|上がれ|立て|乗れ|話せ|使え|行け|食べられ|飲め|持て|"
    r"通え|動け)(?:ます|る(?:方|人|か))|可能(?:です|な(?:方|人))|大丈夫です|可否)"
)
_CAN_COME = re.compile(r"(?:来られ|こられ)(?:ます|る(?:方|人|か))")
_TICK = re.compile(r"○|丸|マル|チェック|✓|✔|☑|レ点")
_PRESENCE = re.compile(
    r"(?:取り?消し?|取り?下げ|取りやめ|キャンセル|欠席|辞退|不参加|拒否|反対|不同意|不承諾|不許可|不希望|不可|お?断り|非公開|非掲載|見合わせ)"
    r"(?:の?(?:届け?出?|申請|申し?出|申し?入れ|依頼|希望|連絡|意思|通知|手続き?|願い?|電話|メール|受付|提出|書類?))*"
    r"の?(?:有無|有り?(?:・|／|/)?無し?|あり(?:・|／|/)?なし|(?:は|が)?(?:あり|ござい)ま(?:す|した)(?:でしょう)?か)"
)
"""Headings that ask whether somebody withdraws: あり under 「キャンセルの有無」 or 「辞退届の有無」 means out."""
_MATTER = re.compile(r"問題|支障|差し?支え|差し障り|不都合|抵抗|異議|異存|異論|困|迷惑")
_OTHER_MATTER = {
    "consent": re.compile(
        r"受け?取|送付|購入|提出|持参|貸出|データ|枚数|モザイク|ぼか|加工|焼き増|見たい|撮り方|講座|講習会?の希望|教室|興味|"
        r"学びたい|撮影会|使い方|要望|質問|備考|注意"
    ),
    "device": re.compile(
        r"操作|利用歴|使用歴|経験|不安|困|使い方|使って|使えま|できること|アプリ|設定|頻度|目的|知りたい|学び|興味|質問|用途|"
        r"機能|契約|買"
    ),
}
"""Headings that mention a consent or a device but ask something else: a bare answer says nothing of it."""
_TROUBLE = re.compile(rf"{_MATTER.pattern}|不安|心配|不便|不自由")
_ASKING = re.compile(r"(?:か|かどうか|か否か)[?。]?$|\?$")
_POLITE_REQUEST = re.compile(r"(?:いただけ|頂け|もらえ|いただき|下さい|ください)ません(?:でしょう)?か")
_INVITED = re.compile(r"ませんか|ないですか|ないでしょうか|ませんでしょうか")
_TO_MARK = re.compile(r"○|〇|◯|丸|まる|マル|印|チェック|✓|✔|☑|レ点|記入|記載|選択|1を|「1」|はい|1[.．:：=＝)）]")
_CROSS = re.compile(r"×|✕|✗|バツ|ばつ")
_QUOTED = re.compile(r"[「『\"'”]([^「」『』\"'”]{1,12})[」』\"'”]")
_WRITTEN = re.compile(r"(?:と|を)?(?:ご)?(?:記入|記載|お書き|書いて|入力)")
_LEND = re.compile(r"貸|借|レンタル|要否|必要|用意")
_LEND_ALONE = re.compile(r"貸|借|レンタル")
_BRING = re.compile(r"持参|持って|お持ち|所有|所持|保有|有無|持込|持ち込|自分|ご自身|お手持ち")
_OF_CONSENT = re.compile(r"同意|承諾|許可|許諾|有無|了承")
_OF_STATE = re.compile(r"参加|出席|出欠|欠席|受講|来場|attend|取り?消|取り?下げ|キャンセル|辞退|cancel")
_OF_WORK = re.compile(r"処理|対応|確認|進捗|入力|返信|連絡|済")
_PLAIN_BRACKET = re.compile(r"など|等|例|必須|任意|複数|いくつでも|自由|ある方|ございましたら|場合")
_NEED = re.compile(
    r"手話(?:通訳)?|要約筆記|筆談|口話|電動車いす|車[いイ椅]す(?:席|スペース)?|車イス(?:席|スペース)?|車椅子(?:席|スペース)?|介助者?の?(?:同伴|同行)?|介護|付き?添い|点字(?:資料)?|補聴器|磁気ループ|"
    r"ヒアリングループ|補聴援助|拡大(?:文字(?:の?資料)?|資料|コピー|印刷)|大きな文字(?:の資料)?|(?:補助|盲導|聴導|介助)犬|ベビーカー|託児|一時保育|保育|駐車(?:場|スペース)"
    r"|エレベーター|多目的トイレ|多機能トイレ|バリアフリー|スロープ|段差|授乳室?|前(?:の|方の?)(?:方の)?(?:座)?席|最前列|優先席|音声(?:ガイド|案内)?|外国語(?:通訳)?|通訳"
    r"|ルビ(?:付き(?:の)?資料|ふり)?|ふりがな付き(?:の)?資料|送迎|アレルギー|食物アレルギー|筆記通訳|文字通訳|オストメイト|酸素(?:ボンベ)?|杖|歩行器|老眼鏡|休憩室?|椅子席|いす席"
)


def names_need(text: str) -> bool:
    """Return whether a text names a need that forms ask for (車いす利用者, ベビーカー)."""
    return bool(_NEED.search(one_width(text)))


_GENERAL = re.compile(
    r"配慮|サポート|支援|手伝|手助け|必要なこと|お困り|困りごと|困る(?:こと|点)|困って|要望|特記|備考|連絡|(?:こと|もの|点|事項|体調|からだ|健康状態)$"
)
_TO_FILL = re.compile(
    r"(?:な|の)?(?:(?:方|人)(?:は|のみ|だけ)?)?(?:[○〇◯✓✔☑レ丸マチ印(（].*|(?:ご)?(?:記入|記載|選択|お書き).*)?[。?？]?$"
)
"""Instructions in a heading on how to fill it in (の方は○をご記入ください)."""
_IS_THERE = re.compile(r"(?:は)(?:あり|ござい)ます(?:でしょう)?か[?？。]?$")
_THERE_IS = re.compile(r"が(?:あり|ござい)ます(?:でしょう)?か[?？。]?$")
_TAIL = re.compile(
    r"(?:の|を|は|が|で|に)?(?:ご)?(?:希望|必要|利用|使用|有無|要否|お使い|参加|来場|要|申込み?|要請|手配)?(?:の)?(?:有無|要否|可否|希望)?"
    r"(?:(?:され|し|なさい|でき|いたし)?ます(?:か)?|です(?:か)?|する|される|の方|方|ですか|について)?[?？。]?$"
)


_MEDIA = MEDIA.split()
_MATTERS = MATTERS.split()


TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@lru_cache(maxsize=2_000)
def parse_heading(about: About, heading: str) -> HeadingQuestion:
    """Return what a column with this heading asks; an empty heading asks only what the field is."""
    printed = " ".join(heading.split())
    folded = fold_heading(heading).replace("✕", "×").replace("✗", "×").replace("〇", "○").replace("◯", "○")
    brackets = _BRACKETS.findall(folded)
    main = _BRACKETS.sub("", folded)
    marked, cross = _yes_meaning(main, brackets, _DENIED_POLES.get(about, _DENIED))
    if about == "need" and not marked and _is_unclear_need(main, brackets):
        marked = "unclear"
    crossed = any(_CROSS.search(text) and _DENIED.search(text) for text in (main, *brackets))
    if crossed and marked == "turned":
        marked = "unclear"
    if about in _OTHER_MATTER and _OTHER_MATTER[about].search(main):
        marked = "unclear"
    named = [word for word in _MEDIA if word in folded.translate(TO_HIRAGANA)] if about == "consent" else []
    longest = [word for word in named if not any(word in other for other in named if other != word)]
    return HeadingQuestion(
        consent_matters=tuple(word for word in _MATTERS if word in folded) if about == "consent" else (),
        picture_uses=tuple(word for word in PICTURE_USES.split() if word in folded) if about == "consent" else (),
        medium=longest[0] if len(longest) == 1 else "",
        about=about,
        yes_meaning=marked,
        cross_unclear=cross or marked == "turned",
        cross_denies=crossed,
        names_both_poles=any(names_both_poles(text) for text in (main, *brackets)),
        asks_for_trouble=bool((_TROUBLE if about == "need" else _MATTER).search(main)),
        device=(_device(main) or _device(folded)) if about == "device" else "",
        needs=_needs(printed) if about == "need" else (),
        numbered_choices=_numbered_choices(printed),
        explained_answers=_explained_answers(printed, about),
        is_loan=about == "need" and bool(_LEND_ALONE.search(folded)),
        is_office_status=bool(_OF_WORK.search(folded)),
        asks_for_decision=bool((_OF_STATE if about == "state" else _OF_CONSENT).search(folded)),
    )


_SIGNED = re.compile(
    r"(?:(?<=[\s(\[【「、,・/。:：;])|^|(?<=\D))([0-9アイウエオA-Ea-e])\s*[.:)、．：=]\s*([^\s・/、,;。.:()\[\]【】「」=]+?)"
    r"(?=[\s・/、,;。()\[\]【】「」]|[0-9]\s*[.:)、=]|$)"
)
_SIGNS_IN_ORDER = ("123456789", "0123456789", "アイウエオ", "ABCDE", "abcde")


_EXPLAINED = re.compile(
    r"(?P<who>[^、,。「」『』()（）]{2,30}?)(?:方|人|場合|とき|時)は、?(?:[「『](?P<answer>[^「」『』]{1,6})[」』]|(?P<sign>[○×]))"
)
_LET = re.compile(r"(?:構|かま)わない|差し?支えない|問題(?:が)?ない|(?:て|で)も?(?:よい|良い|いい)|(?:ら|で)れてもよい")


_SAYS_YES: Mapping[About, re.Pattern[str]] = {
    "consent": re.compile("可|同意|承諾|許可|了承"),
    "state": re.compile("参加|出席|受講"),
    "need": re.compile("必要|希望"),
}


def _explained_answers(printed: str, about: About) -> tuple[tuple[str, bool], ...]:
    """Return the two answers that a heading explains, each with whether it denies; () unless it explains both."""
    if about not in ("consent", "state", "need"):
        return ()
    found = []
    for one in _EXPLAINED.finditer(printed.replace("〇", "○").replace("◯", "○")):
        who = fold_heading(_LET.sub("可", one["who"]))
        denied = bool(_DENIED_POLES.get(about, _DENIED).search(who))
        if not denied and not _SAYS_YES[about].search(who):
            return ()
        found.append((one["answer"] or one["sign"], denied))
    signs, poles = {sign for sign, _ in found}, {denied for _, denied in found}
    return tuple(found) if len(found) == len(signs) == len(poles) == 2 else ()


_PARTED_BY_BLANKS = re.compile(r"[(\[【「]\s*((?:[0-9]\s+[^\s\d()\[\]】」]+[\s、,・/]*){2,})[)\]】」]")
"""Numbered choices separated only by blanks (1 借りる 2 自分の物を使う), the number first."""


def _numbered_choices(printed: str) -> tuple[tuple[str, str], ...]:
    """Return the numbered choices in a heading in order, each as sign and words; () if there are fewer than two."""
    plain = re.sub("[①-⑨]", lambda found: f" {one_width(found.group())}.", printed)
    plain = one_width(plain)
    if blanks := _PARTED_BY_BLANKS.search(plain):
        plain = re.sub(r"([0-9])\s+", r" \1.", blanks[1])
    found = _SIGNED.findall(plain)
    for first in range(len(found) - 1):
        rest = found[first:]
        signs = "".join(sign for sign, _ in rest)
        if any(order.startswith(signs) for order in _SIGNS_IN_ORDER):
            return tuple(rest)
    return ()


def _is_unclear_need(main: str, brackets: list[str]) -> bool:
    """Return whether a mark under a heading of needs is ambiguous.

    The heading asks what somebody can do (歩けますか), or negates something beside a need (介助者がいない方は○).
    """
    if any(names_both_poles(text) for text in (main, *brackets)):
        return False
    named = bool(_NEED.search(main))
    asks = bool(_CAN.search(main)) or (not named and bool(_CAN_COME.search(main)))
    fine = bool(_MATTER.search(main) and _INVITED.search(main))
    denies = named and bool(_DENIAL.search(_INVITED.sub("", main)))
    return asks or fine or denies or any(_DENIAL.search(text) and _TICK.search(text) for text in brackets)


def _yes_meaning(main: str, brackets: list[str], denied: re.Pattern[str]) -> tuple[YesMeaning, bool]:
    """Return how a bare yes is meant, and whether a cross is unclear; ``denied`` matches the negative pole."""
    if presence := _PRESENCE.search(main):
        # 「参加・不参加の連絡の有無」: that somebody wrote, not what.
        return ("unclear", True) if _ALTERNATE_BEFORE.search(main[: presence.start()]) else ("asked turned", False)
    bare = _INVITED.sub("", _POLITE_REQUEST.sub("", main))
    invited = bare != _POLITE_REQUEST.sub("", main)
    if not any(names_both_poles(text, _ALONE if denied is _ALONE else _DENIED) for text in (main, *brackets)):
        if denied.search(bare):
            return _denied_pole(bare), False
        if invited:
            # 「差し支えありませんか」「希望しませんか」: a no answers either of two.
            return "", True
    signs = [_sign_meanings(text, denied) for text in (main, *brackets)]
    return ("unclear" if any(tick for tick, _ in signs) else "", invited or any(cross for _, cross in signs))


def _denied_pole(bare: str) -> YesMeaning:
    """Return how a yes is meant under a heading that names only the negative pole: turned, also if it asks.

    Unclear where the heading quotes a word that is to be written.
    """
    if (quoted := _QUOTED.search(bare)) and _WRITTEN.search(bare[quoted.end() :]):
        return "unclear"
    return "asked turned" if _ASKING.search(bare) else "turned"


def names_both_poles(text: str, denied: re.Pattern[str] = _DENIED) -> bool:
    """Return whether a text names both poles: 可・不可, 要否, する／しない."""
    if _BOTH.search(text):
        return True
    found = denied.search(text)
    if found is None:
        return False
    before, after = text[: found.start()], text[found.end() :]
    return bool(_ALTERNATE_BEFORE.search(before) or _ALTERNATE_AFTER.match(after))


def _sign_meanings(text: str, denial: re.Pattern[str]) -> tuple[bool, bool]:
    """Return whether brackets define a tick as the negative pole, and a cross as the positive one."""
    tick = cross = False
    for part in re.split(r"[、,;；。・/／]|\s|(?=\d[.．:：=＝)）])", text):
        denied = bool(denial.search(part))
        affirmed = bool(_AFFIRMED.search(denial.sub("", part)))
        if denied and _TO_MARK.search(part) and not _CROSS.search(part):
            tick = True
        if affirmed and not denied and _CROSS.search(part) and "○" not in part:
            cross = True
    return tick, cross


def _device(folded: str) -> Literal["", "lend", "bring", "both"]:
    """Return whether a heading asks for a loan ("lend"), an own device ("bring") or "both"; "" for neither."""
    lend, bring = bool(_LEND.search(folded)), bool(_BRING.search(folded))
    if lend and bring:
        # 「貸出の有無」 asks for the loan; 「持参・貸出」 names both.
        return "lend" if not re.search(r"持|自分|ご自身|所有|保有", folded) else "both"
    return "lend" if lend else "bring" if bring else ""


def _needs(printed: str) -> tuple[str, ...]:
    """Return the needs named in the heading, as printed; () for needs in general."""
    main = _BRACKETS.sub("", printed)
    found = tuple(dict.fromkeys(match.group() for match in _NEED.finditer(one_width(main))))
    if found:
        return found
    for text in _BRACKETS.findall(printed):
        inside = tuple(dict.fromkeys(match.group() for match in _NEED.finditer(one_width(text))))
        if inside and not _PLAIN_BRACKET.search(text):
            return inside
    plain = main.strip()
    if not plain or _GENERAL.search(plain) or _CAN.search(plain) or _CAN_COME.search(plain):
        return ()
    if needless := _NEEDLESS.search(plain):
        plain = plain[: needless.start()].rstrip("はがのをも ") or plain
    core = _TAIL.sub("", _IS_THERE.sub("", _THERE_IS.sub("がある", _TO_FILL.sub("", plain)))).strip()
    return () if _GENERAL.search(core) else (core or plain,)
