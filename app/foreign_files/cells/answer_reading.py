"""Parses the answer in a cell of a form: yes, no, nothing, unclear, or a text.

A yes is believed only if the whole cell is a known phrase, a no if grammar negates the answer; an unknown word, two
answers, a condition or a double negation make it unclear, for a person to decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from app.foreign_files.cells import answer_words as words
from app.foreign_files.cells.answer_headings import TO_HIRAGANA, About, HeadingQuestion, names_both_poles, parse_heading
from db.digits import is_digits, one_width, whole_number, without_blanks

__all__ = [
    "CellAnswer",
    "HeadingQuestion",
    "No",
    "Nothing",
    "Text",
    "Unclear",
    "Yes",
    "answers_question",
    "fold_cell",
    "is_nothing",
    "is_plain_need",
    "is_unanswered",
    "may_deny",
    "parse_answer",
    "parse_heading",
    "parse_one_of",
    "parse_tick",
    "says_alone",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Yes:
    """The answer of a cell that says yes to what the heading asks."""


@dataclass(frozen=True, slots=True)
class No:
    """The answer of a cell that says no to what the heading asks."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The answer of a cell that is empty or says that there is nothing."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The answer of a cell that only a person can decide; ``words`` are what it says."""

    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """The answer of a cell that holds a text of its own (a need, a name)."""

    words: str


CellAnswer = Yes | No | Nothing | Unclear | Text

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_SPELT = (
    ("出来", "でき"), ("下さ", "くださ"), ("致し", "いたし"), ("致す", "いたす"), ("頂", "いただ"),
    ("戴", "いただ"), ("無い", "ない"), ("無し", "なし"), ("無く", "なく"), ("有り", "あり"), ("有る", "ある"),
    ("良", "よ"), ("宜し", "よろし"), ("御", "ご"), ("欲し", "ほし"), ("特に", "とくに"), ("要りま", "いりま"),
    ("要ら", "いら"), ("お願い", "おねがい"), ("お願", "おねがい"), ("頼", "たの"), ("居", "い"),
    ("有りま", "ありま"), ("為", "ため"), ("〜", "~"), ("～", "~"), ("けっこう", "結構"), ("断わり", "断り"),
    ("断わる", "断る"), ("駄目", "だめ"), ("持っ", "もっ"), ("載せ", "のせ"), ("載り", "のり"), ("撮ら", "とら"),
    ("撮っ", "とっ"), ("写さ", "うつさ"), ("写っ", "うつっ"), ("写り", "うつり"), ("映さ", "うつさ"),
    ("映っ", "うつっ"), ("映り", "うつり"), ("承ります", "承りました"), ("ゞ", "ず"),
    ("まへん", "ません"), ("まっせん", "ません"), ("あきません", "だめ"), ("あかん", "だめ"),
)  # fmt: skip
_SMILES = re.compile(r"[♪♡♥❤☺😊😄🙂🙇🙏✨]+|\((?:笑|わら|\^[_o]?\^|汗|涙|泣)\)|(?<=[ぁ-ん])(?:笑|w+)$|\^[_o]?\^")
"""Emoticons."""
_EDGE = re.compile(r"^[\s「『\"'“”（(\[［【<〈・*※]+|[\s」』\"'“”)）\]］】>〉。．.!！?？…、,*※]+$")
_STROKES = re.compile(r"[-‐‑–—―−ー~=_・.…/\\|⁻─━]+")
_OPTION = re.compile(r"^(?:\d{1,2}[.:)、](?=\D)|[①-⑨])")
"""The number of a choice before its words."""
_DAY = re.compile(r"(?:\d{2,4}[/.年-])?\d{1,2}[/.月-]\d{1,2}日?(?:\([月火水木金土日]\))?")
"""A day beside a state (7/1キャンセル), which says when, not what."""
_KANJI = re.compile("[\u4e00-\u9fff]")
_BOXES = frozenset("☐□▢◻")
_CROSSES = frozenset("×✕✖✗✘❌")
_LONGEST = 60
_MODEL = re.compile(
    r"(iphone|ipad|android|pixel|galaxy|xperia|aquos|arrows|digno|らくらくほん|あんどろいど|あいふぉん)[a-z0-9+.\-]*"
)
_DOUBTED = re.compile(r"[?？※]")


@lru_cache(maxsize=8_000)
def fold_cell(text: str) -> str:
    """Return a cell normalised for comparison, never for storing: width, kana, case, blanks and usual spellings."""
    plain = one_width(_UNSEEN.sub("", text)).casefold()
    plain = "".join(plain.split()).translate(TO_HIRAGANA)
    for written, usual in _SPELT:
        plain = plain.replace(written, usual)
    return plain


def is_unanswered(cell: str) -> bool:
    """Return whether a cell says that nobody answered: empty, dashes, 無回答, NA."""
    plain = fold_cell(cell)
    bare = _EDGE.sub("", plain)
    return (not bare and not _DOUBTED.search(plain)) or bool(_STROKES.fullmatch(plain)) or bare in words.UNANSWERED


def parse_tick(cell: str) -> bool | None:
    """Return whether a cell in a column of ticks is ticked (False if empty); None if it holds other text."""
    plain = fold_cell(cell)
    if plain in words.TICKED or plain in _words_of_kind("y"):
        return True
    if plain in words.UNTICKED or plain in _words_of_kind("o") or is_unanswered(cell):
        return False
    return None


def parse_one_of(cell: str, choices: words.Words, beside: str) -> str:
    """Return the key of the one choice that a cell names once; "" for none, for two, or with unknown words beside.

    Words of ``beside`` (separated by blanks) may stand around it.
    """
    bare = _EDGE.sub("", fold_cell(cell))
    kinds = _choice_words(tuple(choices.items()), beside).kinds(bare)
    named = "" if _DOUBTED.search(cell) else (kinds or "").replace(" ", "")
    # The same word twice may deny itself (取消の取消), and two words beside each other may be two answers.
    told = {parse_one_of(piece, choices, beside) for piece in cell.split()} - {""} if len(cell.split()) > 1 else ()
    return list(choices)[ord(named)] if len(named) == 1 and len(told) < 2 else ""


@cache
def _choice_words(choices: tuple[tuple[str, str], ...], beside: str) -> KnownWords:
    """Return the known words of an answer that chooses: each choice's with its place as kind, those of ``beside``."""
    found = {fold_cell(word): " " for word in beside.split()}
    for place, (_, listed) in enumerate(choices):
        found.update({fold_cell(word): chr(place) for word in listed.split()})
    return KnownWords(found)


def may_deny(text: str) -> bool:
    """Return whether a text that names something may not want it, or prefers another; then a person is asked."""
    plain = fold_cell(text)
    return bool(_COMPARED.search(plain)) or any(word in plain for word in _denial_words())


_COMPARED = re.compile(
    "のほか|の他|より(?!や)|なら(?!び)|じゃな|(?<![ぁ-ん])でな|(?:何|いつ|どれ|どこ)でも|どちら|または|又は|[→⇒➡]"
)
"""What stands between two things of which one is preferred, or replaced."""


@cache
def _denial_words() -> frozenset[str]:
    """Return the words by which an answer denies or excludes something, longer than one character."""
    listed = (words.COMMON["n"], words.COMMON["z"], words.STATE["n"], words.STATE["-"], words.NEEDS["-"], words.EXCEPT)
    return frozenset(word for each in listed for word in map(fold_cell, each.split()) if len(word) > 1)


_BOX = re.compile(r"([☑■✔✓☒●◉☐□▢○◯〇])\s*([^☑■✔✓☒●◉☐□▢○◯〇]+)")


def _ticked_text(cell: str, question: HeadingQuestion) -> str:
    """Return the ticked choice of a cell that holds all choices: 不可 for 「□可　☑不可」, 可 for 「◯可　不可」.

    Any other cell is returned unchanged.
    """
    boxes = _BOX.findall(cell)
    ticked = [text for box, text in boxes if box in "☑■✔✓☒●◉"]
    if len(boxes) > 1 and len(ticked) == 1 and cell.strip()[0] == boxes[0][0]:
        return str(ticked[0])
    if pole := _circled_pole(cell.strip(), question):
        return pole
    marked = _MARKED_CHOICE.match(cell.strip())
    if marked:
        front, behind = marked["front"], marked["behind"]
        bare = [re.sub(f"[{_CIRCLES}]", "", text) for text in (front, behind)]
        chosen = [text for text, plain in zip((front, behind), bare, strict=True) if text != plain]
        if (
            len(chosen) == 1
            and all(bare)
            and type(parse_answer(bare[0], question)) is not type(parse_answer(bare[1], question))
        ):
            return re.sub(f"[{_CIRCLES}]", "", chosen[0])
    named = _CIRCLED_IN_WORDS.fullmatch(cell.strip())
    return named[1] if named else cell


_POLE = r"[^\s○◯〇×✕、,・/／:：]{1,8}"
_POLES_WITH_SIGNS = (
    re.compile(
        rf"(?P<front>{_POLE})\s*[:：]?\s*(?P<sign>[○◯〇×✕])[\s、,・/／]*(?P<behind>{_POLE})\s*[:：]?\s*(?P<other>[○◯〇×✕])"
    ),
    re.compile(rf"(?P<sign>[○◯〇×✕])\s*(?P<front>{_POLE})[\s、,・/／]*(?P<other>[○◯〇×✕])\s*(?P<behind>{_POLE})"),
)
"""Both poles, each with its own sign: 「出席×　欠席○」, 「○可 ×不可」."""


def _circled_pole(cell: str, question: HeadingQuestion) -> str:
    """Return the pole marked ○ where the opposite one is marked ×; "" for any other cell."""
    found = next((one for shape in _POLES_WITH_SIGNS if (one := shape.fullmatch(cell))), None)
    if found is None or (found["sign"] in "×✕") == (found["other"] in "×✕"):
        return ""
    answers = {type(parse_answer(found[pole], question)) for pole in ("front", "behind")}
    return found["behind" if found["sign"] in "×✕" else "front"] if answers == {Yes, No} else ""


_CIRCLES = "○◯〇●◎☑✓✔レ"
_MARKED_CHOICE = re.compile(r"(?P<front>[^\s・/／|｜]{1,12})[\s・/／|｜]+(?P<behind>[^\s・/／|｜]{1,12})$")
_CIRCLED_IN_WORDS = re.compile(
    r"[「『]?([^「」『』○〇◯丸]{2,12}?)[」』]?(?:の?(?:方|ほう|欄|ところ))?に(?:○|〇|◯|丸|マル|まる|チェック|✓|印)(?:を?(?:しました|つけました|付けました|です|あり|します))?。?"
)


_SIGN_OF_A_CHOICE = re.compile(r"[(\[]?([0-9あいうえおa-e])(?:\.0)?(?:[)\].:、]|番)?")


def _choice_by_number(cell: str, numbered: tuple[tuple[str, str], ...]) -> str:
    """Return the words of the choice that a cell names by its number, the cell itself where it is no number.

    For a number that the heading does not give it is the cell with 「?」, so that the answer is unclear.
    """
    sign = _SIGN_OF_A_CHOICE.fullmatch(fold_cell(cell)) if numbered else None
    if sign is None:
        return cell
    # A sign that the heading does not give chooses nothing that anybody knows.
    return next((words_of for given, words_of in numbered if fold_cell(given) == sign[1]), f"{cell}?")


_BETWEEN_SIGNS = re.compile(r"[、,，・/／&＆と\s]+")
_CIRCLED_DIGIT = re.compile(r"(?<=[①-⑨])(?=[①-⑨])")


def _chosen_needs(cell: str, numbered: tuple[tuple[str, str], ...]) -> str:
    """Return the words of the needs named by number: 「手話通訳・筆談」 for １、３ of 「1.手話通訳 2.車いす席 3.筆談」.

    Any cell that is not several known numbers is as ``_choice_by_number`` returns it.
    """
    parts = [one for one in _BETWEEN_SIGNS.split(_CIRCLED_DIGIT.sub(",", cell.strip())) if one]
    found = [_choice_by_number(one, numbered) for one in parts]
    known = {words_of for _, words_of in numbered}
    return "・".join(found) if len(found) > 1 and known.issuperset(found) else _choice_by_number(cell, numbered)


def parse_answer(cell: str, question: HeadingQuestion) -> CellAnswer:
    """Return the answer of a cell to the question of its heading.

    Yes is 可 for a consent, 貸与 for a device, taking part for a state, the need of the heading for needs, somebody
    without a name for companions. Text is content of its own: a need, a name. For a chair No is a vacant seat.
    """
    if (found := _answer_at_once(cell, question)) is not None:
        return found
    ticked = _ticked_text(cell, question)
    chosen = (_chosen_needs if question.about == "need" else _choice_by_number)(ticked, question.numbered_choices)
    plain = fold_cell(chosen)
    plain = _SMILES.sub("", plain) or plain
    bare = _EDGE.sub("", plain)
    if not bare and _DOUBTED.search(plain):
        return Unclear(cell.strip())
    bare = _OPTION.sub("", bare)
    bare = _MODEL.sub(r"\1", bare) if question.about == "device" else bare
    bare = _DAY.sub("", bare) or bare if question.about == "state" else bare
    if not bare or bare in _BOXES or _STROKES.fullmatch(plain):
        return (
            (No() if question.device == "lend" and not question.yes_meaning else Nothing())
            if plain and bare not in _BOXES
            else Nothing()
        )
    if bare in _CROSSES and question.cross_denies and question.about != "need":
        return Nothing() if question.about == "companions" else No()
    if question.about == "state" and bare in _CROSSES and not question.yes_meaning:
        return Unclear(cell.strip()) if question.is_office_status or question.cross_unclear else No()
    if bare == "false":
        bare = "0"
    found = _number_answer(bare, question) if is_digits(bare) or _AMOUNT.fullmatch(bare) else None
    if found is None:
        found = Nothing() if _says_nothing(bare, question) else _parse_bare(bare, question)
    found = _second_look(found, chosen, plain, bare, question)
    kept = chosen if isinstance(found, Text) and chosen != ticked else cell.strip()
    return type(found)(kept) if isinstance(found, Text | Unclear) else found


def is_nothing(text: str) -> bool:
    """Return whether a text says that there is nothing to say."""
    return isinstance(parse_answer(text, parse_heading("need", "")), Nothing)


def says_alone(cell: str) -> bool:
    """Return whether a cell says that somebody comes alone (本人のみ, 私ひとり)."""
    said = _known_words("companions", ()).kinds(_EDGE.sub("", fold_cell(cell)))
    return said is not None and "S" in said and isinstance(parse_answer(cell, parse_heading("companions", "")), Nothing)


def answers_question(cell: str, question: HeadingQuestion) -> bool:
    """Return whether a cell answers the question of its heading, if only with a condition or undecided."""
    bare = _EDGE.sub("", fold_cell(cell))
    if not isinstance(parse_answer(cell, question), Unclear | Text) or _HEDGE.search(bare):
        return True
    return _known_words(question.about, ()).kinds(bare) is not None


def _answer_at_once(cell: str, question: HeadingQuestion) -> CellAnswer | None:
    """Return the answer of a name that cannot be an answer, or of an explained answer; None for other cells."""
    if question.about in ("companions", "chair") and not _known_words(question.about, ()).signs.issuperset(
        _KANJI.findall(cell)
    ):
        return Text(cell.strip())  # most names hold a sign that no answer holds
    for sign, denied in question.explained_answers:
        if _EDGE.sub("", fold_cell(cell)) == fold_cell(sign):
            return Yes() if not denied else Nothing() if question.about == "need" else No()
    return None


def _second_look(found: CellAnswer, chosen: str, plain: str, bare: str, question: HeadingQuestion) -> CellAnswer:
    """Return the answer found, corrected for a text without a need, a no with a remark, and a question mark."""
    if isinstance(found, Text) and question.about == "need" and _names_no_need(chosen, bare, question):
        found = Unclear(bare)
    if isinstance(found, Unclear) and question.about in _REMARKED:
        found = _no_with_remark(plain, question) or found
    doubted = _DOUBTED.search(plain) or _OF_A_TIME.search(bare)
    if doubted and isinstance(found, Yes | No | Nothing) and question.about != "chair":
        return Unclear(bare)
    unasked = _NONE_OF_WHAT.fullmatch(bare) and not question.asks_for_trouble
    return Unclear(bare) if unasked and question.about in ("consent", "state") and isinstance(found, No) else found


_OF_A_TIME = re.compile(
    "^(?:今は(?!とくに|な[いし]|ありません)|いまは|当日は|まだ|私は|わたしは|自分は|本人は)|(?:でした|のはず|以上|など|の予定|と思い?ます?)(?:です)?$|(?<!参加)(?<!出席)(?<!受講)[()]予定[()]?$"
    "|変更(?!な)|(?:席|加|講)(?:と|から|や|か|より)"
)
"""What ties an answer to a time or a person, or makes it doubtful: it may be otherwise for another."""
_NONE_OF_WHAT = re.compile(
    "(?:とくに|何も|別に)?(?:ありません|ございません|ないです)|(?:とくに|何も|別に)(?:なし|ない)|(?:不要|無用)(?:です)?"
)
"""Nothing of what: of a consent or its objections, of taking part or its news."""
_REMARKED = ("consent", "device", "state")
_MAIN_AND_REMARK = (
    re.compile(r"(?P<main>[^()\[\]。]{1,30})[(\[](?P<remark>[^()\[\]]{2,40})[)\]]。?"),
    re.compile(r"(?P<main>[^()\[\]。]{2,30})。(?P<remark>[^()\[\]]{2,40})"),
)
"""A no with an addition, in brackets or in a following sentence."""
_REASON = re.compile(r"ので、?|のため、?|ため、?|(?<=[いだたするん])から、?|につき、?")
_REASON_OF_A_STATE = re.compile(f"{_REASON.pattern}|で、|で(?=[一-龥])|て、|り、|し、|により、?|の為、?")
"""End of the reason before a no."""
_APOLOGY = re.compile(
    "(?:すみません|すいません|申し訳(?:あり|ござい)ません|恐れ入ります|恐縮です|勝手です|残念です|残念ながら|せっかくです|あいにくです)が?、?"
)
_WISH_OF_BEFORE = re.compile(
    "^(?:本当は|ぜひ|是非)?(?:(?:参加|出席|受講)?し|行き|いき|伺い|うかがい)たかった(?:の|ん)?(?:です|だ)?(?:が|けど|けれども?)、?"
    "|^(?:お?申し?込みを?し(?:まし)?た|お?申し?込(?:みました|んだ))(?:の|ん)?(?:です|だ)?(?:が|けど|けれども?)、?"
)
"""What somebody wished or did before the answer, which the answer takes back (参加したかったのですが、…欠席します)."""
_NEXT_TIME = re.compile(
    "(?<=。)(?:また)?(?:次回|次の機会|またの機会|別の機会|今度|来年)(?:は|も|に|には|にも)?"
    "(?:ぜひ|是非|よろしく|おねがいします|おねがいいたします|伺えれば幸いです|楽しみにしています|機会があれば|また|、)*[。!]?$"
)
_SHORT_MAIN = re.compile(r"(?![はもがをにのと]|ません|ない|ず)[^()\[\]]{1,30}")
_MEANINGFUL_REMARK = re.compile(
    r"なら|れば|たら|場合|とき|時は|もし|まで|以外|除|だけ|のみ|ただ|但|一部|片方|うち|半分|午前|午後|途中|どちら|\d(?:名|人|回|日目|台)|"
    r"(?:です|ます|ません|した|だ|い|た)が|けど|けれ|しかし|でも(?!でき)|ても|その後|のち|再|復活|戻|誤|間違|訂正|変更|→|可|ok|○|よい|いい|同意|承諾|許可|希望|"
    r"必要|要る|後日|別途|のちほど|後ほど|かも|たぶん|未定|検討|不明|わから|相談|確認|できれば|なるべく|次第|しだい|[?？△]|妻|夫|主人|家内|(?:娘|息子|孫)(?!の)|母|父|兄|姉|弟|妹|友|代理|代わり"
    "|繰?り?上|おんらいん|参加|出席|受講|来ます|行き|伺|うかが|撮|載|写|公開|借|貸|かり|かし|れんたる|用意|準備|壊|古く|持ってい?(?:ない|ません)"
)
_KNOWN_REASON = re.compile(
    "都合|体調|病|入院|通院|手術|検査|けが|怪我|骨折|腰|膝|足|風邪|かぜ|熱|高齢|仕事|急用|所用|用事|用が|私用|法事|法要|葬|不幸|旅行|出張|帰省|介護|看病|看護|付き?添|世話|"
    "子守|事情|一身上|先約|先に|予定が|重な|行事|総会|視|聞|耳|障|車いす|会議|授業|転居|引っ?越|雪|雨|台風|天候|遠|忙し|多忙|はずかし|恥|苦手|嫌|いや|ぷらいばしー|個人|顔|目立|家族|自分|自宅|持|使い慣|慣れ|"
    "職場|知られ|二重|重複|家の|すまほ|たぶれっと|あんどろいど|ipad|iphone|のーと|ぱそこん|windows|連絡|電話|届|申|受|[0-9]/[0-9]|月|日"
)
"""Words of a reason why somebody says no."""


def _no_with_remark(plain: str, question: HeadingQuestion) -> CellAnswer | None:
    """Return No for a no with a reason; None if the addition may be a condition or another answer.

    Only a no: a yes may have nothing unknown beside it.
    """
    plain = _APOLOGY.sub("", plain)
    if question.about == "state" and (decided := _NEXT_TIME.sub("", _WISH_OF_BEFORE.sub("", plain))) != plain:
        # What was wished for, and what is hoped of next time, are no answers: what stands between them is.
        return No() if isinstance(parse_answer(decided, question), No) else None
    pairs = [(found["main"], found["remark"]) for shape in _MAIN_AND_REMARK if (found := shape.fullmatch(plain))]
    ends = (_REASON_OF_A_STATE if question.about == "state" else _REASON).finditer(plain)
    pairs += [(plain[end.end() :], plain[: end.start()]) for end in ends if _SHORT_MAIN.fullmatch(plain[end.end() :])]
    denied = any(
        (_KNOWN_REASON.search(remark) or isinstance(parse_answer(remark, question), No))
        and not _MEANINGFUL_REMARK.search(remark)
        and isinstance(parse_answer(main, question), No)
        and not isinstance(parse_answer(remark, question), Yes)
        for main, remark in pairs
        if remark
    )
    return No() if denied else None


_AMOUNT = re.compile(
    r"(\d+)(?:\.0+)?(?:台|名|人|名様|人様|つ|席|脚|部|枚|個|冊|本|組|せっと|か所|箇所|(?:名|人|台|席)分)?"
)


def _number_answer(bare: str, question: HeadingQuestion) -> CellAnswer:
    """Return the answer that a number gives: 1 is a yes and 0 a no, more is unclear.

    Of companions 0 is Nothing; any other number of people, and a number with a unit (but 台 of a device), is unclear.
    """
    match = _AMOUNT.fullmatch(bare)
    number = whole_number(match.group(1)) if match else None
    if number is None:
        return Unclear(bare)
    if question.about in ("companions", "chair"):
        nobody = number == 0 and question.about == "companions" and question.yes_meaning != "turned"
        return Nothing() if nobody else Unclear(bare)
    unit = bare.lstrip("0123456789.")
    if number > 1 or (unit and not (question.about == "device" and unit == "台")):
        return Unclear(bare)
    if question.about == "device":
        return _unnamed_device_answer({"y" if number else "o"}, int(not number), question)
    return _bare_answer(question, "y" if number else "0")


def _says_nothing(bare: str, question: HeadingQuestion) -> bool:
    """Return whether a cell says that the question was not answered (未回答), or under devices names an old phone."""
    if question.about == "device" and bare in words.OLD_PHONES:
        return True
    return bare in words.UNANSWERED and bare not in {"未", "無"}


# the words of a question, and a cell as a row of kinds

_LISTS: Mapping[About, words.Words] = {
    "consent": words.CONSENT, "device": words.LENDING, "state": words.STATE, "need": words.NEEDS,
    "companions": words.COMPANIONS, "chair": words.CHAIR,
}  # fmt: skip
_PREFIXES = "不非未"


class KnownWords:
    """The known words in answers to one question, each with its kind."""

    def __init__(self, words_of: Mapping[str, str]):
        self._words = words_of
        self._longest = max(map(len, words_of))
        self.signs = frozenset("".join(words_of)) | _RESPELT
        self._seen: dict[str, str | None] = {}

    def kinds(self, bare: str) -> str | None:
        """Return the signs of the fewest known words that make up a cell (``answer_words``), None if a part is unknown.

        ``bare`` is the cell as ``fold_cell`` returns it; longer than 60 characters it is unknown.
        """
        if len(bare) > _LONGEST or not self.signs.issuperset(bare):
            return None
        if bare not in self._seen:
            if len(self._seen) > _MOST_KEPT:
                self._seen.clear()
            self._seen[bare] = self._fewest(bare)
        return self._seen[bare]

    def _fewest(self, bare: str) -> str | None:
        """Return the kinds of the fewest known words that make up a text, None where a part is unknown."""
        best = ["", *([None] * len(bare))]
        for end in range(1, len(bare) + 1):
            for start in range(max(0, end - self._longest), end):
                before, kind = best[start], self._words.get(bare[start:end])
                if before is None or kind is None:
                    continue
                held = best[end]
                if held is None or len(before) + 1 < len(held):
                    best[end] = before + kind
        return best[-1]


_MOST_KEPT = 8_000
_RESPELT = frozenset("".join(written for written, _ in _SPELT))


@cache
def _words_of_kind(kind: str) -> frozenset[str]:
    return frozenset(fold_cell(word) for word in words.COMMON[kind].split())


@cache
def _known_words(about: About, named: tuple[str, ...]) -> KnownWords:
    """Return every known word in answers to a question with its kind; the question's own words win."""
    found = {}
    for source in (words.COMMON, _LISTS[about]):
        for kind, listed in source.items():
            if kind == "n" and source is words.COMMON and about in ("need", "companions"):
                continue  # 「利用できません」 denies no need
            found.update({fold_cell(word): kind for word in listed.split()})
    if about == "device":
        named_ones = [word for word, kind in found.items() if kind == "d"]
        found = {spelt: "d" for word in named_ones for spelt in _other_spellings(word)} | found
    if about in ("consent", "state"):
        found = dict.fromkeys(_PREFIXES, "u") | found
    if about == "consent":
        found |= dict.fromkeys(map(fold_cell, words.MEDIA.split()), "X")
    found |= {fold_cell(name): "N" if about == "need" else "t" for name in named}
    found.pop("", None)
    return KnownWords(found)


def _other_spellings(word: str) -> set[str]:
    """Return other spellings of a loan word as people hear it: ト for ド, without ー, with large kana (アイパット)."""
    if not _HIRAGANA_WORD.fullmatch(word):
        return set()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word[-1]) if not unicodedata.combining(sign))
    found = {word, word[:-1] + plain}
    found |= {one.replace("ー", "") for one in found}
    return found | {one.translate(_LARGE) for one in found}


_HIRAGANA_WORD = re.compile("[ぁ-ゖー]{4,}")
_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょ", "あいうえおつやゆよ")


# what a row of kinds says

_DENIES = frozenset("nz-uo")
_SAYS = frozenset("yoh-nzaeqguLBdNS~Xwcv")
_ANSWERS = frozenset("yoh-nzaeguX")
_MATTERS = frozenset("mLBdN")
_NOT_OUT = re.compile("[tfp]*-p*z[pk]*")
"""「キャンセルなし」: negation of a withdrawal."""
_CONTENT = frozenset("tmh-oygLBdNSwcX")
_AFFIRMED_TAIL = re.compile("[mhLBdNwq].*[ae][pfk]*$")
"""A complete affirmation; what follows is another matter (同意しますが写真は不可)."""


def _parse_bare(bare: str, question: HeadingQuestion) -> CellAnswer:
    """Return the answer of a folded cell by the known words it is made of; other text is content or unclear."""
    named = question.needs if question.about == "need" else (question.medium,) if question.medium else ()
    kinds = _known_words(question.about, named).kinds(bare)
    if kinds is not None and names_both_poles(bare):
        return Unclear(bare)
    if kinds is None:
        open_text = question.about in ("companions", "chair") or (
            question.about == "need" and not _is_conditional(bare, question)
        )
        return Text(bare) if open_text else Unclear(bare)
    told = [one for part in _split_parts(kinds) if (one := _part_answer(part, question)) is not None]
    if not told:
        return _bare_mention_answer(bare, kinds, question)
    if isinstance(told[0], Yes) and _is_partial_answer(bare, question):
        return Unclear(bare)
    if _some_needs(bare, question) and all(one == told[0] for one in told):
        # What stands there is a need of its own; that one of several is not needed says nothing of the others.
        return Text(bare) if isinstance(told[0], Yes) else Unclear(bare)
    return told[0] if all(one == told[0] for one in told) else _combined_answer(told, bare, question)


def _is_partial_answer(bare: str, question: HeadingQuestion) -> bool:
    """Return whether an answer names only a part of what is asked: 「撮影は可」 of 撮影・掲載."""
    for several in (question.consent_matters, question.picture_uses):
        named = {word for word in several if word in bare}
        if named and named != set(several):
            return True
    return False


def _some_needs(bare: str, asked: HeadingQuestion) -> bool:
    """Return whether a cell names only some of the heading's needs: 「筆談」 under 「手話通訳・筆談」."""
    rest, named = bare, 0
    for need in sorted(map(fold_cell, asked.needs), key=len, reverse=True):
        if need in rest:
            rest, named = rest.replace(need, " "), named + 1
    return asked.about == "need" and 0 < named < len(asked.needs)


def _combined_answer(answers: list[CellAnswer], bare: str, question: HeadingQuestion) -> CellAnswer:
    """Return the answer of several parts: a no and nothing agree, all else is unclear."""
    if question.about == "device" or not all(isinstance(one, No | Nothing) for one in answers):
        return Unclear(bare)
    return Nothing() if question.about in ("need", "companions") else No()


_HEDGE = re.compile(
    "できれば|できましたら|可能なら|可能であれば|たぶん|多分|おそらく|かもしれ|かも|場合|しだい|次第|検討|未定|不明|わから|分から|要相談|相談|どちらでも|"
    "なら|ければ|による|のみ|だけ|以外|ただし|但し|迷って|考え|あれば|状況"
)
_OPEN = re.compile(
    "(?:まだ)?(?:(?:前回|昨年|いつも|前)?と?(?:同じ|同様)(?:で|よう)?|(?:前回|昨年|いつも|前年|例年)の?(?:どおり|通り)(?:で)?|同上|〃|別途相談|未定|検討中|不明|わかりません|分かりません|わからない|分からない|要相談|要確認|後日連絡|確認中|迷っています)(?:に)?"
    "(?:です|おねがいします|おねがいいたします|おねがいしたいです|してください|でよいです|でいいです)?"
    "|(?:詳細は|くわしくは|詳しくは)?(?:別紙|別添|別表|添付|資料|用紙)(?:の?(?:とおり|通り)|参照|を?(?:参照|ご覧)(?:ください)?|にあり|に記載|に記入)?(?:です|します|しました)?"
    "|(?:詳細は|詳しくは)?(?:後日|のちほど|後ほど|電話で|当日)(?:に)?(?:電話で)?(?:ご?連絡|ご?相談|お伝え|お話し?|お電話)(?:します|いたします)?"
)
_LEFT_OPEN = re.compile(
    "(?:しだい|次第|による|によります|によって|かもしれません|かもしれない|かも|わかりません|分かりません|未定|検討中|考え中|迷っています)"
    "(?:です|で決めます|で判断します|だと思います|と思います|決めます|判断します)?$"
)
_OF_HIS_OWN = re.compile("自分の|自前|持参|まい(?=車|くるま)|私物|ご?自身の")


def _is_conditional(bare: str, question: HeadingQuestion) -> bool:
    """Return whether the text for a need is a condition, undecided or a possible refusal: kept, and asked about."""
    if _OPEN.fullmatch(bare) or _LEFT_OPEN.search(bare):
        return True
    if question.is_loan and _OF_HIS_OWN.search(bare):
        return True
    return bool(question.needs) and len(bare) < _SHORT and bool(_HEDGE.search(bare))


_SHORT = 16
_KATAKANA = re.compile("[ァ-ヺ\uff66-\uff9d]{2}|[A-Za-z]{2}")
_ANSWER_FIRST = re.compile(
    "はい|ええ|うん|いいえ|いえ|yes|no(?![a-z])|ok|[○〇◯×✓]|な(?:い|く|けれ|し)|ある|あれ|あり|いる|いれ|いり|いら|おねがい|たの|ほし|"
    "希望|必要|不要|ぜひ|是非|どうしても|絶対|できれば"
)
"""What begins an answer, not a need."""
_COUNTERS = "名人台席分枚組"
_ENGLISH_ANSWER = re.compile(r"(?i:\s*(?:yes|no|ok)\b)|\s*(?:ハイ|イイエ|オネガイ|ﾊｲ|ｲｲｴ)")


_CANNOT = re.compile(
    "(?:[聞聴](?:こ|き取)え?れ?|きこえ|見え|みえ|読め|書け|歩け|立て|立って?い?られ|[座居]れ|すわれ|いられ|上[がれ]れ?|あがれ|登れ|のぼれ|[降下お]りられ|食べられ|飲め|使え|動かせ|動か|曲げられ|曲がら"
    "|持て|話せ|乗れ|通れ|入れ|でき|出来|曲がり|届か|届き|利か|効か|きか)(?:ません|ない|なく|ず|ぬ)(?!て|わけ|こと|とは)|なしでは|自信が?(?:ありません|ない)|[でて]も(?:構|かま)いません|段差の?(?:ない|無い)|(?:ない|無い)と(?=[困難不無大つ])"
)
"""An inability, which is a need however it is denied."""
_UNPLAIN_NEED = re.compile(
    "去年|昨年|前回|以前(?!から)|前は|当時|最近は|途中|来年|次回|まだ|でした|だった|大丈夫|平気|治り?|回復|よくな|ていた|もし|たぶん|多分|おそらく|かも|場合|次第|しだい"
    "|未定|検討|確認中|要確認|相談|迷|わから|分から|予定|はず|らしい|念のため|なるべく|ただし|但し|以外|条件|状況|(?<!ま)なら(?!び)|ない|なく|ません(?!か)|ず(?:[、。にと]|$)|不要|無用|結構|いら[ぬず]"
    "|なし|無し|無く|無い|じゃ|けど|けれど|しかし|ものの|のに|[→⇒➡×❌※*～~〃]|訂正|誤|(?<!機種)変更|取り?消|改め|または|又は|もしくは|妻|夫(?!婦で)|父|母|主人|家内|娘|息子|孫|代理|会長|本人は|友人|私は|同じ|同上|前行|左に"
    "|仮|保留|後日|聞いて|電話(?:で|くだ|下)|連絡(?:し|くだ|下)|^.?連絡|任せ|みつ$|秘密|非公開|別紙|記入例|あとで|昼まで|午前|午後|半分|ほか|など|程度|前後|以上|くらい|ぐらい|ずつ|約(?!筆)|だけ|のみ|旧|いまいち"
)
"""A time, a condition, a denial, a correction or somebody else in a text of needs."""


def is_plain_need(cell: str) -> bool:
    """Return whether a text is a need as it stands, without a time, a condition, a denial or somebody else."""
    return not _UNPLAIN_NEED.search(_CANNOT.sub("", without_blanks(cell)))


def _names_no_need(cell: str, bare: str, question: HeadingQuestion) -> bool:
    """Return whether a text for a need is only an answer in unknown words (「はい、お願いしす」)."""
    if len(bare) >= _SHORT or _KATAKANA.search(_ENGLISH_ANSWER.sub("", cell)):
        return False
    known = _known_words("need", ()).signs
    spoken = all(sign in known or sign in _COUNTERS for sign in _KANJI.findall(bare))
    return spoken and (bool(question.needs) or bool(_ANSWER_FIRST.match(bare)))


def _bare_mention_answer(bare: str, kinds: str, question: HeadingQuestion) -> CellAnswer:
    """Return the answer of a cell that only mentions the matter, or is only polite."""
    if "おねがい" in bare and set(kinds) <= {"k", "f", ",", *("tpd" if question.device == "lend" else "")}:
        return _bare_answer(question, "y") if question.about == "need" or question.device == "lend" else Unclear(bare)
    # 「別に」, 「本人は」: words that only lead to what somebody meant to say.
    return Text(bare) if question.about == "need" and not set(kinds) <= _EMPTY_WORDS else Unclear(bare)


_EMPTY_WORDS = frozenset("fpk,")


def _split_parts(kinds: str) -> list[str]:
    """Split the kinds of the words in a cell into one string for each answer in it."""
    parts = []
    for piece in kinds.split(","):
        part = ""
        for kind in piece:
            closed = any(one in _ANSWERS for one in part)
            alone = part.strip("pf") in ("y", "o") and part[-1] != "p"  # 「いいえではない」 is one answer
            ended = bool(_AFFIRMED_TAIL.search(part)) and kind in _CONTENT
            if part and (
                ended
                or (kind in _MATTERS and closed and part.strip("pf") != "h")
                or (alone and kind in _SAYS and kind not in "ae")
            ):
                parts.append(part)
                part = ""
            part += kind
        parts.append(part)
    return [part for part in parts if part.strip("pfk")]


def _part_answer(part: str, question: HeadingQuestion) -> CellAnswer | None:
    """Return the answer of one part, given as the signs of its words (``answer_words``); None if it only mentions."""
    if not any(kind in _SAYS for kind in part):
        return None
    if "X" in part:
        return Unclear("")
    denials = sum(kind in _DENIES for kind in part)
    found = _special_part_answer(part, denials, question)
    if found is not None:
        return found
    said = set(part) - set("pfkt")
    return _denied_answer(part, said, question) if denials else _affirmed_answer(part, said, question)


def _special_part_answer(part: str, denials: int, question: HeadingQuestion) -> CellAnswer | None:
    """Return the answer of a part that depends on the kind of question or on a special word, else None."""
    if question.about == "device":
        return _device_answer(part, denials, question)
    if "q" in part:
        return _trouble_answer(part, denials, question)
    if "g" in part:
        none = question.about == "need" and not question.needs and denials == 0 and "y" not in part
        return Nothing() if none else Unclear("")
    if question.about == "state" and _NOT_OUT.fullmatch(part):
        return Yes()
    if (
        denials > 1
        or (denials and "y" in part)
        or (question.about == "need" and "h-" in part)
        or ("w" in part and not {"n", "z", "o"}.isdisjoint(part))
        or re.search("u(?![hm])|op+[hye]", part)
    ):
        return Unclear("")
    return _people_answer(part, denials, question) if question.about in ("companions", "chair") else None


def _people_answer(part: str, denials: int, question: HeadingQuestion) -> CellAnswer:
    """Return the answer in place of a name, else Unclear.

    Of companions: Nothing = nobody comes. Of a chair: No = the seat is vacant, Nothing = it is not told (休会, 未届).
    """
    if question.about == "chair":
        vacant = "S" in part or (denials == 1 and "o" not in part)
        return Nothing() if "~" in part else No() if vacant else Unclear("")
    mark = part.strip("pfkt")
    if mark == "y" and question.yes_meaning == "turned":
        return Nothing()  # 「お連れ様がいない方は○」
    if mark == "o" and question.cross_unclear:
        return Unclear("")
    return Nothing() if ("S" in part) != bool(denials) else Unclear("")


def _denied_answer(part: str, said: set[str], question: HeadingQuestion) -> CellAnswer:
    """Return the answer of a part with one negation: mostly No, Nothing for needs.

    ``said`` are its signs (``answer_words``) without particles and filling words. A negation alone may be unclear.
    """
    if said == {"z"}:
        # What is denied behind a polite word is what that word says (よろしくない).
        return _bare_answer(question, "z", spoken_of="t" in part or "k" in part.partition("z")[0])
    if said == {"o"} and "t" not in part:
        return _bare_answer(question, "o")
    if question.about == "need":
        return Nothing()
    return Unclear("") if said == {"n"} and question.yes_meaning else No()


def _affirmed_answer(part: str, said: set[str], question: HeadingQuestion) -> CellAnswer | None:
    """Return the answer of a part without negation, None where it only mentions the matter."""
    if said == {"m"} or "c" in said:
        return None
    if said == {"e"} and question.about == "consent" and not question.asks_for_decision:
        return Unclear("")  # 「あり」 of what: a consent, or a wish about it
    if said == {"y"} or (said <= {"e", "a"} and "m" not in part):
        return _bare_answer(question, "y")
    # 「希望する」 under 「欠席」: whether the denied pole is wished for, nobody can tell.
    return Unclear("") if question.yes_meaning in ("turned", "asked turned") and "m" not in said else Yes()


def _trouble_answer(part: str, denials: int, question: HeadingQuestion) -> CellAnswer:
    """Return the answer of a phrase about trouble: 問題ありません is Yes to a consent and Nothing for needs.

    支障があります is No to a consent whose heading asks for objections. All else is unclear.
    """
    if question.about == "need":
        return Nothing() if denials == 1 and (not question.needs or question.asks_for_trouble) else Unclear("")
    if question.about == "consent" and denials == 1 and part.index("q") < max(map(part.find, "nz")):
        return (
            Yes()
            if not question.yes_meaning or question.asks_for_trouble or not {"m", "h"}.isdisjoint(part)
            else Unclear("")
        )
    return (
        No()
        if question.about == "consent" and question.asks_for_trouble and not denials and "e" in part
        else Unclear("")
    )


def _bare_answer(question: HeadingQuestion, said: str, *, spoken_of: bool = False) -> CellAnswer:
    """Return the answer of a bare yes (``y``), no (``o``), none (``z``) or zero (``0``), by the heading.

    ``spoken_of``: something is named beside it (「参加なし」), so none is a no, not Nothing.
    """
    if question.yes_meaning:
        return _bare_answer_to_negative_heading(question, said)
    if said == "y" or question.about == "need":
        answered: CellAnswer = Unclear("") if said == "o" and question.cross_unclear else Nothing()
        return Yes() if said == "y" else answered
    if question.cross_unclear or (question.about == "state" and not question.asks_for_decision):
        return Nothing() if said == "z" and question.about == "state" else Unclear("")
    if said == "z" and not (question.asks_for_decision or spoken_of):
        return Unclear("") if question.names_both_poles else Nothing()
    return No()


def _bare_answer_to_negative_heading(question: HeadingQuestion, said: str) -> CellAnswer:
    """Return the answer of a bare yes, no, none or zero under a heading that asks to mark the negative pole.

    A yes is No (Nothing for needs). A no is Yes only where the heading is a question (撮影不可ですか),
    else unclear; none and zero are Nothing, Yes or unclear, by what is asked. All are unclear where it is
    unclear which pole the heading asks to mark.
    """
    if question.yes_meaning == "unclear":
        return Unclear("")
    if said == "y":
        return Nothing() if question.about == "need" else No()
    if question.yes_meaning == "asked turned":
        none = said in ("0", "z") and (question.about == "state" or question.asks_for_trouble)
        return Yes() if said == "o" or none else Unclear("")
    return Nothing() if said in ("0", "z") and question.about in ("consent", "state") else Unclear("")


def _device_answer(part: str, denials: int, question: HeadingQuestion) -> CellAnswer:
    if "v" in part:
        # 「持参でなくてよい」 says not what comes instead; 「貸与でなくてよい」 does.
        spared = "L" in part or (question.device == "lend" and not question.yes_meaning)
        return No() if spared and not denials and {"B", "d", "X"}.isdisjoint(part) else Unclear("")
    if denials > 1 or ("L" in part and "B" in part) or not {"q", "g"}.isdisjoint(part):
        return Unclear("")
    lends: CellAnswer = No() if denials else Yes()
    brings: CellAnswer = Yes() if denials else No()
    if "L" in part or "B" in part:
        return lends if "L" in part else Unclear("") if "-" in part else brings
    said = set(part) - set("pfkt")
    return (
        _named_device_answer(said, lends, brings, question)
        if "d" in said
        else _unnamed_device_answer(said, denials, question)
    )


def _named_device_answer(
    said: set[str], lends: CellAnswer, brings: CellAnswer, question: HeadingQuestion
) -> CellAnswer:
    """Return the answer about a named device (スマホ): ``lends`` where it is asked for or refused, else ``brings``.

    Unclear for a bare no, and where the heading offers to lend one.
    """
    if said & set("h-"):
        return lends
    # 「スマホあり」 where a tablet is offered: it may be what is brought, or what is wished for.
    return Unclear("") if "o" in said or question.device == "lend" else brings


def _unnamed_device_answer(said: set[str], denials: int, question: HeadingQuestion) -> CellAnswer:
    """Return Yes for a borrowed device, No for one's own, where the cell names no device: the heading decides.

    Unclear where the heading does not tell which. ``said`` are the signs of its words (``answer_words``), ``denials``
    how many of them deny.
    """
    turned = question.yes_meaning in ("turned", "asked turned")
    if question.yes_meaning == "unclear" or (question.yes_meaning == "turned" and denials and not said & set("h-")):
        return Unclear("")
    if question.device in ("", "both"):
        return Yes() if said == {"z"} and not turned and not question.device else Unclear("")
    if said & set("h-"):
        if question.device == "bring" and "h" not in said:
            return Unclear("")
        yes = not denials
    else:
        yes = (not denials) != turned
    return Yes() if yes == (question.device == "lend") else No()
