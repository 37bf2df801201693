"""Parses personal values for comparison: names in one or two columns, furigana, telephone numbers, amounts."""

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
    """One column that holds half of a name.

    ``field`` is name or furigana, ``stem`` the heading text both halves share, ``is_given_name`` marks the second half.
    """

    field: str
    stem: str
    is_given_name: bool


def name_parts(headings: list[str]) -> dict[int, NamePart]:
    """Return the columns that hold half of a name; 参加人数（名） has no other half and is left out."""
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
"""A telephone number that a spreadsheet turned into a decimal (0312345678.0); the ".0" is not part of it."""
_UNSEEN = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Zero-width blanks and direction marks, which web forms and copied texts leave around a name."""
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
    """Return a cell without surrounding blanks, visible or not, and without control characters (NUL)."""
    if cell.isprintable():  # none of the signs below is
        return cell.strip()
    text = without_invisible_characters(cell).strip()
    while text and (text[0] in _UNSEEN or text[-1] in _UNSEEN):
        text = text.strip(_UNSEEN).strip()
    return text


def is_ditto(text: str) -> bool:
    """Return whether a cell repeats the cell above it: 同上, 〃　〃, 仝, ↓, （同上）."""
    if text[:1] not in _DITTO_STARTS or len(text) > _MAX_DITTO_LENGTH:
        return False
    bare = "".join(_DITTO_BRACKETS.sub("", text.strip()).split())
    return bare in _DITTO_WORDS or (len(bare) > 1 and len(set(bare)) == 1 and bare[0] in _DITTO_WORDS)


_MAX_DITTO_LENGTH = 12


def fold_name(text: str) -> str:
    """Return a key that finds the same person twice; never shown.

    Width, blanks, case and radicals make no difference; kanji do.
    """
    return "".join(unicodedata.normalize("NFKC", without_radicals(clean(text))).split()).casefold()


def has_kanji(text: str) -> bool:
    """Return whether a text (furigana) holds kanji."""
    return bool(_KANJI.search(text))


def is_kana_only(text: str) -> bool:
    """Return whether a name is written in kana alone (a foreign name may be)."""
    return bool(text.strip()) and bool(_KANA_ONLY.fullmatch(text.strip()))


@fast_dataclass
@frozen_record
class PhoneReading:
    """Digits of a telephone number; empty when the cell holds no complete number, ``problem`` says why.

    ``is_restored``: the leading zero that a spreadsheet dropped was put back. ``has_several``: more numbers follow.
    """

    digits: str = ""
    is_restored: bool = False
    has_several: bool = False
    problem: str = ""


def parse_phone(cell: str) -> PhoneReading:
    """Parse a telephone number in any spelling; an empty cell gives an empty reading."""
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
    """Return the telephone numbers in a cell, split at separators, or at blanks when too long to be one number."""
    parts = [part for part in _PHONE_SEPARATOR.split(text) if len("".join(_DIGITS.findall(part))) >= 9]
    if len(parts) < 2 and len("".join(_DIGITS.findall(text))) > 12:
        blank = [part for part in _PHONE_GAP.split(text) if len("".join(_DIGITS.findall(part))) >= 9]
        return blank if len(blank) > 1 else parts
    return parts


def format_phone(digits: str) -> str:
    """Return a telephone number hyphenated as usual in Tokyo (03-5555-1111, 090-1111-2222); others as digits."""
    if len(digits) == 11:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if len(digits) == 10 and digits[:2] in {"03", "06"}:
        return f"{digits[:2]}-{digits[2:6]}-{digits[6:]}"
    return digits


def parse_people(cell: str) -> int | None:
    """Return the number of people in a cell (2, ２名, 三人), or None when it is not exactly one number."""
    match = _PEOPLE.fullmatch(unicodedata.normalize("NFKC", clean(cell)))
    if not match:
        return None
    found = match.group(1)
    return _KANJI_NUMBERS[found] if found in _KANJI_NUMBERS else int(found)


def parse_amount(cell: str) -> int | None:
    """Return a whole number written with separators (1,997, ４３０, 30,000円), or None."""
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", clean(cell)))
    return int(match.group(1).replace(",", "")) if match else None
