"""What people write about themselves, read for comparing: names in one or two columns, furigana, telephone numbers,
amounts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.foreign_files.cells.suspicious_texts import without_invisible_characters
from db.fast_dataclass import fast_dataclass
from db.frozen_record import frozen_record
from db.name_key import without_radicals

_KANA = r"(?:ふりがな|フリガナ|カナ|かな|よみ|ヨミ)"
_FAMILY = re.compile(
    rf"(?P<stem>.*?)[(_:・]?(?:(?P<kana>せい|セイ)|(?:姓|苗字|名字|lastname|familyname))(?P<after>\(?{_KANA}\)?)?\)?"
)
_GIVEN = re.compile(
    rf"(?P<stem>.*?)[(_:・]?(?:(?P<kana>めい|メイ)|(?:名|firstname|givenname))(?P<after>\(?{_KANA}\)?)?\)?"
)
_KANA_HEADING = re.compile(_KANA)


@dataclass(frozen=True)
class NamePart:
    """Half of a name: ``field`` name or furigana, ``stem`` what both halves have before them, ``given`` the second
    half."""

    field: str
    stem: str
    is_given_name: bool


def name_parts(headings: list[str]) -> dict[int, NamePart]:
    """The columns that hold half of a name; a heading such as 参加人数（名） has no other half and is none."""
    families = {
        index: part
        for index, text in enumerate(headings)
        if (part := _name_part(text, is_given_name=False)) is not None
    }
    found: dict[int, NamePart] = {}
    for index, text in enumerate(headings):
        given = _name_part(text, is_given_name=True) if index not in families else None
        if given is None:
            continue
        other = [place for place, part in families.items() if (part.field, part.stem) == (given.field, given.stem)]
        near = next((place for place in sorted(other, reverse=True) if place < index and place not in found), None)
        if near is not None:
            found[near], found[index] = families[near], given
    return found


def _name_part(text: str, *, is_given_name: bool) -> NamePart | None:
    match = (_GIVEN if is_given_name else _FAMILY).fullmatch(text)
    if not match:
        return None
    of_kana = bool(match["kana"] or match["after"] or _KANA_HEADING.search(match["stem"]))
    return NamePart("furigana" if of_kana else "name", _KANA_HEADING.sub("", match["stem"]), is_given_name)


_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA_ONLY = re.compile("[\u3041-\u30ff・･ー\\s\uff61-\uff9f]+")
_EXTENSION_NUMBER = re.compile(r"(?:内線|内|ext\.?|#)\s*[:：]?\s*\d+", re.IGNORECASE)
_PHONE_SEPARATOR = re.compile(r"[/／、,，;；\n]|または|又は|もしくは")
_PHONE_GAP = re.compile(r"\s+|(?<=\))(?=\D*0\d)|(?=\()")
_USUAL_PHONE = re.compile(r"0(?:-?\d){9,10}", re.ASCII)
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER_AS_DECIMAL = re.compile(r"'?(\d{9,11})\.0+")
"""A telephone number that a program took for an amount: the nought behind the point is no digit of it."""
_UNSEEN = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Blanks without width and signs of direction, as web forms and copied texts leave them around a name."""
_KANJI_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PEOPLE = re.compile(
    r"'?(?:計|合計|全部で)?\s*(\d{1,4}(?=\.0+$)|\d{1,4}"
    r"|[一二三四五六七八九十])\s*(?:人|名|名様|人様|にん|めい)?(?:\.0+)?"
)
_AMOUNT = re.compile(r"'?[¥\\]?\s*(-?\d[\d,]{0,15})(?:\.0+)?\s*(?:円|世帯|戸|件|人|名|団体)?")

_DITTO_WORDS = frozenset(
    {
        "同上",
        "〃",
        "々",
        "″",
        '"',
        "''",
        "同",
        "上に同じ",
        "同じ",
        "仝",
        "仝上",
        "上同",
        "同左",
        "↓",
        "↑",
        "⇩",
        "⬇",
        "〻",
        "ゝ",
        "同前",
        "前に同じ",
    }
)
_DITTO_STARTS = frozenset({*(word[0] for word in _DITTO_WORDS), *"（([「＂［【"})
_DITTO_BRACKETS = re.compile(r"^[（(\[［「【]+|[）)\]］」】。．.]+$")
NO_VALUE_WORDS = frozenset(
    {"非公開", "不明", "なし", "無し", "無", "-", "ー", "―", "－", "公開不可", "未登録", "未定", "×"}
)


def clean(cell: str) -> str:
    """A cell as typed without the blanks around it, visible or not, and without signs that no text has (NUL)."""
    if cell.isprintable():  # none of the signs below is
        return cell.strip()
    text = without_invisible_characters(cell).strip()
    while text and (text[0] in _UNSEEN or text[-1] in _UNSEEN):
        text = text.strip(_UNSEEN).strip()
    return text


def is_ditto(text: str) -> bool:
    """Whether a cell says that it holds what stands above it: 同上, 〃　〃, 仝, ↓, （同上）."""
    if text[:1] not in _DITTO_STARTS or len(text) > _MAX_DITTO_LENGTH:
        return False
    bare = "".join(_DITTO_BRACKETS.sub("", text.strip()).split())
    return bare in _DITTO_WORDS or (len(bare) > 1 and len(set(bare)) == 1 and bare[0] in _DITTO_WORDS)


_MAX_DITTO_LENGTH = 12


def fold_name(text: str) -> str:
    """A key to see one person twice: width, blanks, case and radicals make no difference; kanji do. Never shown."""
    return "".join(unicodedata.normalize("NFKC", without_radicals(clean(text))).split()).casefold()


def has_kanji(text: str) -> bool:
    """Whether a text (furigana) holds kanji."""
    return bool(_KANJI.search(text))


def is_kana_only(text: str) -> bool:
    """Whether a name is written in kana alone (a name from abroad may be)."""
    return bool(text.strip()) and bool(_KANA_ONLY.fullmatch(text.strip()))


@fast_dataclass
@frozen_record
class PhoneReading:
    """Digits of a telephone number; empty when there is no whole number, then ``problem`` says why.

    ``restored`` says that the nought in front, lost in a sheet, was put back; ``several`` that more numbers follow.
    """

    digits: str = ""
    is_restored: bool = False
    has_several: bool = False
    problem: str = ""


def parse_phone(cell: str) -> PhoneReading:
    """Read a telephone number in any spelling; an empty cell gives an empty reading."""
    if _USUAL_PHONE.fullmatch(cell):
        return PhoneReading(digits=cell.replace("-", ""))
    text = _EXTENSION_NUMBER.sub("", unicodedata.normalize("NFKC", clean(cell)))
    return _parse_phone_text(text) if text else PhoneReading()


def _parse_phone_text(text: str) -> PhoneReading:
    if _EXPONENT.fullmatch(text):
        return PhoneReading(problem="電話番号が指数の形（○E+○）で、下の桁の数字が失われている")
    text = _NUMBER_AS_DECIMAL.sub(r"\1", text) if _NUMBER_AS_DECIMAL.fullmatch(text) else text
    parts = _numbers(text)
    several = len(parts) > 1
    digits = "".join(_DIGITS.findall(parts[0] if several else text))
    if digits.startswith("81") and "+" in text and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    restored = bool(digits) and not digits.startswith("0") and len(digits) in (9, 10)
    if restored:
        digits = "0" + digits
    if not digits:
        return PhoneReading(problem="電話番号の数字がない")
    if not 10 <= len(digits) <= 11:
        return PhoneReading(has_several=several, problem=f"電話番号の数字が{len(digits)}桁（ふつうは10桁か11桁）")
    if not digits.startswith("0"):
        return PhoneReading(has_several=several, problem="電話番号が0で始まらない（国外の番号か、打ち間違い）")
    return PhoneReading(digits=digits, is_restored=restored, has_several=several)


def _numbers(text: str) -> list[str]:
    """The whole numbers in a cell: parted by a sign, or by a blank where they are too long to be one."""
    parts = [part for part in _PHONE_SEPARATOR.split(text) if len("".join(_DIGITS.findall(part))) >= 9]
    if len(parts) < 2 and len("".join(_DIGITS.findall(text))) > 12:
        blank = [part for part in _PHONE_GAP.split(text) if len("".join(_DIGITS.findall(part))) >= 9]
        return blank if len(blank) > 1 else parts
    return parts


def format_phone(digits: str) -> str:
    """A telephone number with hyphens as usual in Tokyo (03-5555-1111, 090-1111-2222); others in their digits."""
    if len(digits) == 11:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if len(digits) == 10 and digits[:2] in {"03", "06"}:
        return f"{digits[:2]}-{digits[2:6]}-{digits[6:]}"
    return digits


def parse_people(cell: str) -> int | None:
    """The number of people in a cell (2, ２名, 三人), or None when it is not exactly one number."""
    match = _PEOPLE.fullmatch(unicodedata.normalize("NFKC", clean(cell)))
    if not match:
        return None
    found = match.group(1)
    return _KANJI_NUMBERS[found] if found in _KANJI_NUMBERS else int(found)


def parse_amount(cell: str) -> int | None:
    """A whole number with separators (1,997, ４３０, 30,000円), or None."""
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", clean(cell)))
    return int(match.group(1).replace(",", "")) if match else None
