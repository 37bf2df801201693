"""Parses names of people in cells: splits off what stands beside a name, and recognises what is no name.

様, ㊞, ①, （仮）, a reading or a role in brackets are split off; every other character of a name stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from app.foreign_files.cells.answer_headings import HeadingQuestion, names_need
from app.foreign_files.cells.answer_reading import No, Nothing, Text, Yes, parse_answer, parse_heading
from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.cells.spoken_answers import acts_in
from app.foreign_files.cells.suspicious_texts import looks_like_test
from db.digits import one_width


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name with what stood beside it.

    ``removed`` are those pieces as typed, ``meaningful`` the ones among them with a meaning (（仮）, 旧姓);
    ``reading`` and ``role`` are what they contained.
    """

    name: str
    removed: tuple[str, ...] = ()
    reading: str = ""
    role: str = ""
    meaningful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesInCell:
    """The ``names`` in a cell, and the parts to be asked about (``unclear``), as typed."""

    names: tuple[str, ...] = ()
    unclear: tuple[str, ...] = field(default=())


_ROLE_WORDS = (
    "会長|町会長|自治会長|町内会長|区会長|管理組合長|組合長|理事長|理事|代表理事|書記|会計|会計監査|監査|監事|役員|本部役員|"
    "部長|班長|組長|区長|支部長|ブロック長|地区長|総務|総務部長|広報部長|広報部|広報|防災部長|文化部長|婦人部長|女性部長|青年部長|福祉部長|交通部長|環境部長|"
    "顧問|相談役|参与|事務局|事務局長|代表|代表者|委員|委員長|幹事|幹事長|民生委員|世話人|会員|担当|担当者|連絡係|係|係長|"
    "防災担当|広報担当|デジタル担当|IT担当|ＩＴ担当|SNS担当|主事|書記長|議長|団長|館長|所長|室長|課長|主任|事務員|責任者|推進員|推進委員"
)
_ROLE = (
    r"(?:(?:副|前|元|新|現|名誉|筆頭|次期|第[一二三1-9]|町会|自治会|町内会|常任|専務|常務)*"
    rf"(?:{_ROLE_WORDS})(?:代行|代理|補佐|心得)?)"
)
_IS_ROLE = re.compile(_ROLE)
_KIN_WORDS = "妻|夫|家内|主人|父|母|息子|娘|長男|次男|長女|次女|孫|兄|弟|姉|妹|友人|知人"
_KIN = re.compile(
    r"(?:私の|本人の|申込者の|会長の)?[おご]?(?:妻|夫|家内|主人|奥さん|奥様|旦那|配偶者|父|母|父親|母親|両親|親|息子|娘|長男|次男|三男|長女|次女|三女|子|子供|子ども|こども|"
    r"ケアマネ(?:ー?ジャー)?|孫|兄|弟|姉|妹|兄弟|姉妹|祖父|祖母|義父|義母|嫁|家族|身内|親戚|友人|友達|知人|隣人|近所の人|近所の方|同僚|仲間|ヘルパー|介助者|介護者|付添人?|付き添い|"
    r"ひとり|ふたり|同じ|上記|職員|社員|スタッフ|通訳|手話通訳者?|会員|役員|役員さん|住民|町会員|有志|その他|関係者|本人|申込者|同上|代理人?|幼児|乳児|赤ちゃん|小学生|妻子|夫婦)"
    r"(?:ら|たち|達|さん|様|の方|など|等|他|同伴|と|も)?"
)
_MARKS = "○〇◯●◎☆★◇◆■・*＊•✓✔☑"
_LEADING = re.compile(rf"^(?:[{_MARKS}]+|[①-⑳]|[(（]?\d{{1,2}}[)）.．、:：]|[2-9２-９][人名]目[:：]?)\s*")
_TITLE = re.compile(r"^(?P<name>.*?)(?P<blank>\s*)(?P<parted>様|さま|サマ|さん|殿|氏|先生|御中)$", re.DOTALL)
_SEAL = re.compile(r"(?:\s*(?:㊞|🈺|[(（【\[［]印[)）】\]］])|\s+印)$")
_BRACKET_END = re.compile(r"\s*[(（\[［【〔〈<＜]([^()（）\[\]［］【】〔〕〈〉<>＜＞]{1,20})[)）\]］】〕〉>＞]$")
_BRACKET_FRONT = re.compile(r"^[(（\[［【〔〈<＜]([^()（）\[\]［］【】〔〕〈〉<>＜＞]{1,20})[)）\]］】〕〉>＞]\s*")
_ROLE_FRONT = re.compile(rf"^(?P<role>{_ROLE})(?P<blank>[\s:：/／・]*)(?P<name>[^\sの].*)$", re.DOTALL)
_ROLE_END = re.compile(rf"^(?P<name>.*?\S)(?P<blank>[\s/／]*)(?P<role>(?:兼\s*)?{_ROLE})$", re.DOTALL)
_KANJI_ONLY = re.compile("[一-龥々]+")
_KANJI_IN = re.compile("[一-龥々]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・･\s\uff61-\uff9fゝゞヽヾ]+")
_KATAKANA = re.compile("[ァ-ヺー]")
_SAID = re.compile(
    r"(?:旧姓|通称|本名|ペンネーム)(?:[:：\s].*)?|旧姓.{1,8}"
    r"|仮|予定|仮名|新任|新|再任|代理?|代理人|代理出席|代理参加|筆頭|男|女|男性|女性|敬称略"
)
_AGE = r"(?:満|年齢)?\d{1,3}\s*[歳才]|(?:小学?|中学?|高校?)\s*[1-6](?:年生?)?|\d0代|[幼園乳]児|(?:大|小|中|高校)?学?生"
_KIN_AND_AGE = re.compile(rf"(?:(?:{_KIN.pattern}|{_AGE})(?:[・、,，/／\s]+|$))+")
"""Kinship, an age or a school year in brackets after a name."""
_SIGNS_OF_A_NAME = re.compile(r"[^\W\d_]")
_OTHER_SIGNS = re.compile(r"[0-9?!。「」『』=@%#…()\[\]【】〈〉<>{}]")
_SENTENCE_ENDS = (
    "です", "ます", "ません", "しました", "りました", "ください", "下さい", "でした", "なし", "有り", "あり", "無し",
)  # fmt: skip
_ENDS_OF_A_CONDITION = ("だけ", "のみ", "まで", "から", "できず")
_CONDITION = re.compile(rf"(?<![ぁ-ゖ])(?:{'|'.join(_ENDS_OF_A_CONDITION)})$")
_NO_NAMES = (
    "と思|ので|ですが|ますが|について|一緒|いっしょ|別紙|別添|参照|添付|後日|連絡|未定|検討|不明|同行|同伴|"
    "もしかし|たぶん|多分|おそらく|かもしれ|あるいは|"
    "参加|出席|欠席|記入|該当|名簿|お願い|確認|申込|申し込|調整|決まり|決まっ|決定|予定|若干|複数|全員|匿名|"
    "の者|の方|選出|総会|改選|後任|引継|輪番|定め|誰か|だれか|どなたか|行けたら|行ければ|来れたら|来られたら|"
    "できれば|都合|昨年|前年|例年|同様|と同じ|または|又は|もしくは|非公開|人数"
)
_DIGITS_IN_KANJI = "一二三四五六七八九十数"
_NO_NAME = re.compile(rf"{_NO_NAMES}|[{_DIGITS_IN_KANJI}](?:名|人)(?:$|[^ァ-ヶ一-龥])")
_FIRST_OF_NO_NAME = re.compile(f"[{''.join(word[0] for word in _NO_NAMES.split('|'))}{_DIGITS_IN_KANJI}]")
"""What one of them begins with: in most names there is none."""


def _is_sentence(bare: str) -> bool:
    if bare.endswith(_SENTENCE_ENDS) or (bare.endswith(_ENDS_OF_A_CONDITION) and _CONDITION.search(bare)):
        return True
    return bool(_FIRST_OF_NO_NAME.search(bare)) and bool(_NO_NAME.search(bare))


_KIN_BESIDE = re.compile(
    r"(?:妻|夫|息子|娘|父|母|長男|次男|長女|次女|家内|主人|友人|知人|ヘルパー|介助者|付添人?|同行者|代理|本人|申込者)[\s:：(（]"
    r"|.*\s(?:妻|夫|母|父|長男|次男|長女|次女|息子|娘|家内|主人|友人|知人|ヘルパー|介助者|男|女)$"
    rf"|(?:{_ROLE}|妻|夫|母|父|娘|息子|孫|友人|知人|隣|近所)の|.*(?:夫妻|夫婦|家族|奥さ?ん?|旦那|主人|介助|家|一家|一同)$|.*\S{_ROLE}$"
    rf"|(?:{_KIN_WORDS})(?:さん|様)?[\s:：(（].*|.*[一-龥々](?:は|が|を|に)[一-龥々].*"
    rf"|(?:{_KIN_WORDS})(?:さん|様)?と.*|.*と(?:{_KIN_WORDS})(?:さん|様)?$|.*(?:先生|事業所|せんたー|センター)$|.*(?:町会|自治会|組合|協会|会社|学校|病院|事業所|保育園|幼稚園)の.*"
    r"|(?:車いす|車椅子|講師|通訳|tbd|ＴＢＤ|上に同じ|子連れ)$"
    r"|.*(?:せんたー|センター|ステーション|事業所|ホーム|病院|クリニック|会社|町会|自治会|協会|協議会|組合|法人|学校|区役所|課)\s"
    r"|[同〃仝]\s"
    # what somebody belongs to (ボランティアの…, 二階の…): hardly a name has two signs of kanji before の
    r"|.*(?:[ァ-ヺー]|[a-z]|[一-龥々]{2})の(?![里実香花羽]$)[^\sぁ-ん]|.*の[ァ-ヺ]"
)
_NO_PERSON = re.compile(r"(?:盲導|介助|聴導|補助|愛)犬|^(?:子?犬|猫|手?荷物|ペット)(?:の|[0-9一二三数]|匹|$)")
"""Who or what comes along and signs no list."""
_COUNTED = re.compile(
    r"\s*(?:[(（]?(?:ほか|他|外|以下|計|あと)\s*[0-9０-９一二三四五六七八九十数]*\s*[名人]?(?:様)?[)）]?)$"
)
_ARROW = re.compile(r"[→⇒➡]|->|=>|[(（\[［【].*[)）\]］】]")
_YES_BEFORE = re.compile(r"^(?:有り?|あり|はい|○|〇|◯|いる)[\s:：、,，・]+(?=\S)")
_PARTS = re.compile(
    r"[、，,;；/／＋+&＆\n]+|(?=[①-⑳])|\s*(?:及び|および|並びに)\s*"
    r"|(?<=[歳才年生代][)）])\s+"  # who stands behind an age in brackets is another one
)
_TOGETHER = re.compile(r"[一-龥々ぁ-ゖァ-ヺ]{2,}と[一-龥々]{2,}|[一-龥々]\s+と\s+[一-龥々]")
_LONGEST = 40
_COMPANIONS = parse_heading("companions", "")


def split_name(text: str) -> NameParts:
    """Split a name from what stands beside it; a text of which nothing would remain stays whole."""
    name, parted, kept, reading, role = text.strip(), [], [], "", ""
    changed = True
    while changed:
        changed = False
        for step in (_strip_sign, _strip_title, _strip_bracket, _strip_role):
            found = step(name)
            if found is None:
                continue
            rest, piece, what = found
            name, changed = rest, True
            parted.append(piece)
            reading = reading or (what[1] if what[0] == "reading" else "")
            role = role or (what[1] if what[0] == "role" else "")
            kept += [piece] if what[0] == "said" else []
    return NameParts(name, tuple(parted), reading, role, tuple(kept))


_Step = tuple[str, str, tuple[str, str]]
_SIGN = ("", "")


def _signs(text: str) -> int:
    return sum(sign.isalpha() for sign in text)


def _strip_sign(name: str) -> _Step | None:
    """Take a sign (○, ①, 1.) off the front or 印 off the end of a name; None where there is none."""
    for found, least in ((_LEADING.match(name), 2), (_SEAL.search(name), 1)):
        if found and _signs(rest := _without(name, found)) >= least:
            return rest, found.group().strip(), _SIGN
    return None


def _without(name: str, found: re.Match[str]) -> str:
    return (name[: found.start()] + name[found.end() :]).strip()


def _strip_title(name: str) -> _Step | None:
    """Take a title such as 様 off a name; return rest, title and kind, None where there is none.

    None, too, where too little remains: after 様 or さま two letters, after other titles three; after a blank one.
    """
    found = _TITLE.match(name)
    if found is None:
        return None
    rest = found["name"].strip()
    sure = found["parted"] in ("様", "さま") or (found["parted"] == "さん" and _KANJI_ONLY.fullmatch(rest))
    least = 1 if found["blank"] else 2 if sure else 3
    return (
        (rest, found["parted"], _SIGN) if _signs(rest) >= least and rest not in ("お母", "お父", "奥", "皆") else None
    )


def _strip_bracket(name: str) -> _Step | None:
    """Take brackets off the end or the front of a name; None where ``_bracketed`` knows none."""
    for found in filter(None, (_BRACKET_END.search(name), _BRACKET_FRONT.match(name))):
        if step := _bracketed(_without(name, found), found):
            return step
    return None


def _bracketed(rest: str, found: re.Match[str]) -> _Step | None:
    """Return rest, brackets and what they are (role, reading or remark).

    None where fewer than two letters remain, or they contain anything else.
    """
    if _signs(rest) < 2:
        return None
    inside = one_width(found[1]).strip()
    piece = found.group().strip()
    if _IS_ROLE.fullmatch(inside):
        return rest, piece, ("role", found[1].strip())
    if _SAID.fullmatch(inside) or _KIN_AND_AGE.fullmatch(inside):
        return rest, piece, ("said", "")
    if _is_reading(inside, rest):
        return rest, piece, ("reading", found[1].strip())
    return None


def _is_reading(kana: str, name: str) -> bool:
    """Return whether kana beside a name are how it is read: long enough, and no word (テスト, キャンセル, メール)."""
    least = max(2, min(len(_KANJI_IN.findall(one)) for one in name.split()))
    is_word = _KANJI_IN.search(name) and _OF_FOREIGN_WORDS.search(kana)
    return (
        is_plain("reading", kana)
        and _signs(kana) >= least
        and not (is_word or looks_like_test(kana) or _says_something(kana))
    )


_OF_FOREIGN_WORDS = re.compile("[ーァィゥェォヴぁぃぅぇぉ]|[ッっ][トド]")
"""Signs in loan words which no reading of a name in kanji has."""


@lru_cache(maxsize=4_000)
def _says_something(text: str) -> bool:
    return bool(acts_in(text)) or isinstance(parse_answer(text, HeadingQuestion(about="state")), Yes | No)


_PHRASE = re.compile(
    rf"？|(?:[ァ-ヺー]|[一-龥々]{{2}})の(?![里実香花羽]$)[^\sぁ-ん]|の(?:{_KIN_WORDS}|方|者|使い)(?:さん|様)?$"
    r"|[一-龥々](?:(?:で|も|は|を|に|へ|が|から)$|か[一-龥々]{2}|[はを][一-龥々])"
    # a word of a sentence changes between kana and kanji; of names only short ones do (美ち子)
    r"|(?=\S{5})[一-龥々]*[ぁ-ん]+[一-龥々]+[ぁ-ん]{2,}|[一-龥々][ぁ-ん]+\s*[一-龥々]{2,}\s+[一-龥々]"
)
"""What reads as more than a name, though no word of it is known."""
_TWO = re.compile(
    # Two names in katakana alone are one foreign name (ジョン・スミス).
    r"[一-龥々ぁ-ゖ].*?[・･]|[・･]\s*[一-龥々ぁ-ゖ]|[一-龥々ぁ-ゖ]\s*[,.|｜~～〜‐－-]\s*[一-龥々ぁ-ゖァ-ヺ]|[一-龥々]と[とァ-ヺ]"
    rf"|(?:夫妻|夫婦|ご?家族|一同|親子|[^\s本]家)$|.と\s*(?:{_KIN_WORDS})(?:さん|様)?$"
    rf"|{_COUNTED.pattern}"
)


def remark_at_name(name: str) -> str:
    """Return why a name without its harmless additions has to be asked about, "" where nothing stands beside it.

    That is so for numbers, brackets, ※, → and ×, for a word behind the name, and for two people.
    """
    if (
        not is_plain("name", name)
        or _PHRASE.search(name)
        or any(map(_says_something, filter(_NOT_SPELT.search, _DIGITS.sub("", name).split()[1:])))
    ):
        return "氏名の欄に、氏名のほかの言葉がある"
    return "氏名の欄に、2人以上が書かれているかもしれない" if _TWO.search(name) else ""


_DIGITS = re.compile(r"\d+")
"""A number says nothing by itself: with it every word would be another one."""
_NOT_SPELT = re.compile("[^ぁ-ゖァ-ヺー0-9]|[パピプペポァィゥェォャ]|[ァ-ヺ]{4}|^[やヤ][めメ]")
"""What a given name in kana (みつえ, ハル) has not, in which words of other matters stand by chance."""


def _strip_role(name: str) -> _Step | None:
    """Take a role off the front or the end of a name; return rest, role and kind, None where there is none.

    None, too, where fewer than two letters remain (four if no blank parts them), or only another role.
    """
    for found in filter(None, (_ROLE_FRONT.match(name), _ROLE_END.match(name))):
        rest = found["name"].strip()
        if _signs(rest) >= (2 if found["blank"] else 4) and not _IS_ROLE.fullmatch(rest):
            return rest, found["role"], ("role", found["role"])
    return None


@lru_cache(maxsize=4_000)
def can_be_name(text: str) -> bool:
    """Return whether a text can be the name of one person: no answer, number, role, kinship or sentence."""
    plain = one_width(text).strip()
    bare = "".join(plain.split())
    if not bare or len(bare) > _LONGEST or not _SIGNS_OF_A_NAME.search(bare):
        return False
    if _IS_ROLE.fullmatch(bare) or _KIN.fullmatch(bare) or _OTHER_SIGNS.search(bare) or _is_sentence(bare):
        return False
    if _KIN_BESIDE.match(plain.casefold()) or names_need(plain) or _NO_PERSON.search(bare) or _PHRASE.search(plain):
        return False
    if not is_plain("name", plain):
        return False
    return isinstance(parse_answer(text, _COMPANIONS), Text)


@lru_cache(maxsize=4_000)
def parse_names(text: str, heading: str = "") -> NamesInCell:
    """Return the names in a cell of companions; parts that are neither a name nor "nobody" are unclear.

    ``heading`` says what a bare mark means (お連れ様がいない方は○).
    """
    asked = parse_heading("companions", heading)
    whole = parse_answer(text, asked)
    if isinstance(whole, Nothing):
        return NamesInCell()
    if not isinstance(whole, Text):
        return NamesInCell(unclear=(text.strip(),))
    names: list[str] = []
    open_ones = []
    if _SOMEBODY_COMES.search(text):
        text = _SOMEBODY_COMES.sub("", text)
    # A mark at 「お連れ様がいない方は○」 is no yes before a name.
    plain = text.strip() if asked.yes_meaning else _YES_BEFORE.sub("", text.strip())
    for piece in _PARTS.split(_POLITE_END.sub("", plain)):
        if isinstance(parse_answer(piece, _COMPANIONS), Nothing):
            open_ones += [text.strip()] if _NOBODY.search(piece) else []
            continue
        for one in _split_dotted_names(piece.strip()):
            for name in _split_joined_names(one):
                _sort_piece(name, names.append, open_ones.append)
    if any(_NOBODY.search(one) for one in open_ones):
        return NamesInCell(unclear=(text.strip(),))  # nobody, and somebody
    return NamesInCell(tuple(names), tuple(open_ones))


_NOBODY = re.compile("な[いし]|ません|無し|いず")
_SOMEBODY_COMES = re.compile(
    r"が(?:ご?一緒に|いっしょに)?(?:同行|同伴|同道|付き?添い?|参加|出席|行き|参り|まいり|伺い|うかがい|来|同席)(?:を)?(?:いた)?(?:します|ます|する|予定です|予定)?[。.]?$"
)
_POLITE_END = re.compile(r"(?<=[^\s])(?:です|でございます|となります|になります)[。.]?$")
_KIN_BEFORE = re.compile(
    r"(?:私の|本人の)?(?:妻|夫|家内|主人|配偶者|父|母|息子|娘|長男|次男|三男|長女|次女|三女|孫|兄|弟|姉|妹|祖父|祖母|義父|義母|友人|友達|知人|"
    r"ヘルパー|介助者|介護者|付添人?|付き添い|同行者|家族)(?:さん|様)?(?P<joint>の|[\s:：・]+)(?P<name>\S.*)"
)
_TRADE = re.compile("(?:[士師員者生職官長家手係婦屋母父娘供孫妻弟妹兄姉校]|会社|友人|知人|本人|番人|保護)$")
"""Ending of a trade or kinship word, which no personal name has."""


def _without_kin(piece: str) -> str:
    """Return the name after a kinship word (妻　見本花子, 友人の見本花子さん); the piece if it may be no name."""
    found = _KIN_BEFORE.fullmatch(piece)
    if found is None:
        return piece
    name = split_name(found["name"]).name
    whole = len(name.split()) > 1 or _signs(name) >= (_WHOLE if found["joint"] != "の" else _WHOLE + 1)
    named = whole and bool(_KANJI_IN.match(name)) and not _TRADE.search(name)
    return found["name"] if named and can_be_name(name) else piece


def _split_joined_names(piece: str) -> list[str]:
    """Return the two names joined by と if no single name reads so, else the piece alone.

    That is so for two whole names of one family, or with 様 or さん beside one.
    """
    for found in re.finditer("と", piece):
        sides = [piece[: found.start()].strip(), piece[found.end() :].strip()]
        parted = [split_name(_without_kin(side)) for side in sides]
        names = [one.name for one in parted]
        if not all(_signs(name) >= _WHOLE and can_be_name(name) and _KANJI_IN.match(name) for name in names):
            continue
        titled = any(_TITLE.fullmatch(side) for side in sides)
        if not titled and _KANA.fullmatch(sides[0][-1:]) and not _KATAKANA.fullmatch(sides[0][-1:]):
            continue  # と may be the end of a given name
        kanji = all(_KANJI_ONLY.fullmatch(name) for name in names) and sum(map(len, names)) > 2 * _WHOLE
        if titled or kanji or _is_one_family(names):
            return [one for side in sides for one in _split_joined_names(side)]
    return [piece]


_FAMILY_AGAIN = re.compile(r"(?P<family>[一-龥々]{2,3})[^\s・].*(?P=family).")
"""A repeated family name, which shows that と joins two names (見本まこと見本まさと)."""


def _is_one_family(names: list[str]) -> bool:
    """Return whether all names begin with the same two characters and have three letters or more each."""
    return len({name[:2] for name in names}) == 1 and all(_signs(name) >= _WHOLE for name in names)


def _sort_piece(piece: str, name: Callable[[str], None], asked: Callable[[str], None]) -> None:
    """Call ``name`` with the name in a piece, or ``asked`` with a piece that a person must judge."""
    piece = _without_kin(piece)
    found = split_name(piece)
    counted = _COUNTED.search(found.name)
    if counted and _signs(found.name[: counted.start()]) > 1 and can_be_name(found.name[: counted.start()]):
        name(found.name[: counted.start()].strip())
        asked(piece)
    elif can_be_name(found.name) and not may_be_several(found.name) and not _is_reference_only(found):
        name(found.name)
    else:
        asked(piece)


_WHOLE = 3


def _is_reference_only(found: NameParts) -> bool:
    """Return whether a title follows a family name alone (伊藤会長, 高橋さん), which is no full name."""
    titled = any(_IS_TITLE.fullmatch(piece) for piece in found.removed)
    return _signs(found.name) < _WHOLE and len(found.name.split()) < 2 and (bool(found.role) or titled)


_IS_TITLE = re.compile("様|さま|サマ|さん|殿|氏|先生")


def _split_dotted_names(piece: str) -> list[str]:
    """Return the whole names joined by ・; a family and a given name joined so stay one piece."""
    parts = [part.strip() for part in re.split("[・･]", piece)]
    named = all(can_be_name(part) for part in parts)
    apart = all(len(part.split()) > 1 for part in parts)
    # Three names, or two of four signs each: no family and given name of one person.
    long = all(_KANJI_IN.search(part) and len(part) > (2 if len(parts) > 2 else 3) for part in parts)
    return parts if len(parts) > 1 and named and (apart or long or _is_one_family(parts)) else [piece]


def may_be_several(text: str) -> bool:
    """Return whether a text that may be one name may also be two."""
    plain = one_width(text).strip()
    parts = plain.split()
    japanese = not plain.isascii() and not re.search(r"[A-Za-z]", plain)
    return (
        "・" in plain
        or bool(_ARROW.search(plain))
        or bool(_TOGETHER.search(plain))
        or bool(_FAMILY_AGAIN.match(plain))
        or (japanese and (len(parts) > 3 or (len(parts) > 1 and all(len(part) > 3 for part in parts))))
    )


_SIGN_BESIDE = re.compile(rf"[(（\[［【〔〈<＜㊞🈺{_MARKS}①-⑳様殿氏印さサ先御]|^\s*[0-9０-９]".replace("・", ""))
"""What stands beside a name, a number only before it (1. 見本 太郎)."""
_FIRST_OF_A_ROLE = re.compile(f"[{''.join({word[0] for word in _ROLE_WORDS.split('|')})}]")
_NAMES_ROLE = re.compile(_ROLE_WORDS)


def may_need_splitting(text: str) -> bool:
    """Return whether a name has any character that requires splitting; most have none."""
    return bool(_SIGN_BESIDE.search(text)) or (bool(_FIRST_OF_A_ROLE.search(text)) and bool(_NAMES_ROLE.search(text)))


@lru_cache(maxsize=4_000)
def can_be_person(text: str) -> bool:
    """Return whether the text in the column of the applicant's name can be a person; True for an empty one.

    Lost characters and two names in one cell are reported elsewhere, so they do not count against it.
    """
    bare = "".join(one_width(text).strip().split())
    if not _SIGNS_OF_A_NAME.search(bare):
        return not bare or bool(_LOST.search(bare))
    if _IS_ROLE.fullmatch(bare) or _KIN.fullmatch(bare) or _is_sentence(bare):
        return False
    return isinstance(parse_answer(text, _COMPANIONS), Text)


_LOST = re.compile("[?〓\ufffd]")
