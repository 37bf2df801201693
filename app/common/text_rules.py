"""Checks of typed and imported texts: characters that a name may not hold, and the 個人番号.

A name goes onto documents for others. Emoji, control characters, direction marks, private characters and endless texts
cannot be printed there, so they are reported on input and never replaced. A 個人番号 (番号法2条5項) has no place in
this work; it is recognised by its twelve digits and their check digit (番号法施行規則5条) and shown masked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePath

from app.actions.user_error import UserError
from app.common.blank_characters import BLANK_CHARACTERS
from app.common.text_walk import CALLABLE_TYPES, TextWalk
from db.digits import is_digits, one_width

MAX_NAME_LENGTH = 100
"""In characters; the longest name of a 団体 in the ward has less than half of them."""

MASK = "＊" * 12
_TWELVE_DIGITS = re.compile(r"(?<![\d.\-+])\d{4}[\s\-]?\d{4}[\s\-]?\d{4}(?![\d\-])")
_TWELVE_DIGITS_ROUGH = re.compile(r"(?:\d\D?){11}\d")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_COMMON_CHARACTERS = re.compile("[\x20-\x7e\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9f]*")
"""Characters that most names consist of; they need no further check."""
_UNPRINTABLE_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_FIRST_EMOJI = 0x1F000
_EMOJI_SIGNS = frozenset("\ufe0f\u20e3")
_MAX_NAMED = 3


def name_problem(text: str) -> str:
    """Return why a name cannot be printed, as the end of a sentence (「絵文字がある」), or "".

    Kanji of every plane and their variation selectors are allowed; a line break or a tab between the parts is not
    reported.
    """
    if len(text) > MAX_NAME_LENGTH:
        return f"{len(text)}字ある（{MAX_NAME_LENGTH}字まで）"
    if _COMMON_CHARACTERS.fullmatch(text):
        return ""
    odd = [sign for sign in text if _is_unprintable(sign)]
    if not odd:
        return ""
    named = "・".join(f"U+{ord(sign):04X}" for sign in list(dict.fromkeys(odd))[:_MAX_NAMED])
    if any(ord(sign) >= _FIRST_EMOJI or sign in _EMOJI_SIGNS for sign in odd):
        return "絵文字がある"
    return f"目に見えない符号か、印刷できない字（{named}）がある"


def _is_unprintable(character: str) -> bool:
    """Return whether a character can't be printed: emoji, blank or invisible signs; line breaks and tabs can."""
    if character in "\n\r\t":
        return False
    code = ord(character)
    unseen = (
        character in _EMOJI_SIGNS
        or character in BLANK_CHARACTERS
        or unicodedata.category(character) in _UNPRINTABLE_CATEGORIES
    )
    return unseen or _FIRST_EMOJI <= code < 0x20000


def holds_personal_number(text: str) -> bool:
    """Return whether ``text`` holds twelve digits that fit the check digit of a 個人番号.

    They may be in groups of four or in full width.
    """
    return (
        len(text) >= 12
        and bool(_TWELVE_DIGITS_ROUGH.search(text))
        and any(_has_valid_check_digit(found.group()) for found in _TWELVE_DIGITS.finditer(_normalised(text)))
    )


def mask_personal_numbers(text: str) -> str:
    """Return ``text`` with every possible 個人番号 replaced by twelve ＊.

    A text with one is returned in its normalised form; any other unchanged.
    """
    if not holds_personal_number(text):
        return text
    return _TWELVE_DIGITS.sub(
        lambda found: MASK if _has_valid_check_digit(found.group()) else found.group(), _normalised(text)
    )


def _normalised(text: str) -> str:
    return text if text.isascii() else one_width(text).translate(_DASHES)


def _has_valid_check_digit(digits_text: str) -> bool:
    """Return whether the last of the twelve digits of a 個人番号 fits the others; False if all are equal."""
    digits = [int(sign) for sign in digits_text if is_digits(sign)]
    total = sum(digit * (place + 1 if place <= 6 else place - 5) for place, digit in enumerate(digits[10::-1], start=1))
    rest = total % 11
    return len(set(digits)) > 1 and digits[11] == (0 if rest <= 1 else 11 - rest)


def check_writable_texts(names: Mapping[str, str], texts: Mapping[str, str] | None = None) -> None:
    """Refuse typed values that cannot be printed or must not be kept.

    Args:
        names: names by their label, checked by ``name_problem`` and for a 個人番号.
        texts: other texts by their label, checked for a 個人番号 only.
    Raises:
        UserError: a name holds an emoji, an invisible character or too many letters, or any value holds a 個人番号.
    """
    for label, text in names.items():
        odd = name_problem(text)
        if odd:
            raise UserError(f"{label}に{odd}ため、保存できません。", "書類に印刷できる字で入力し直してください。")
    for label, text in {**names, **(texts or {})}.items():
        if holds_personal_number(text):
            raise PersonalNumberFound(f"{label}に、")


class PersonalNumberFound(UserError):
    """Error for a typed or pasted text that may hold a 個人番号; the number is not repeated."""

    def __init__(self, where: str = "入力した内容に、"):
        super().__init__(
            f"{where}個人番号（マイナンバー）らしい12桁の番号があります。",
            "この事業では個人番号を扱いません。番号を消してから保存してください。",
        )


def has_personal_number(arguments: Mapping[str, object]) -> bool:
    """Return whether any text that is about to be saved holds a 個人番号, whatever the field.

    ``arguments`` are the arguments of an action by name; texts, lists, mappings and our records are searched at any
    depth. Not searched are fields that cannot hold one: other numbers (受付番号, 承認番号), hashes, drawn numbers
    (抽選の数), passwords, paths. A file of others is checked at its import, where a row can be kept with a reason; a
    document is built from data that were already checked.
    """
    return any(map(holds_personal_number, _ACTION_TEXTS.texts(arguments)))


_UNCHECKED_NAMES = re.compile(r"(?:number|no|sha256|hash|draw|key|password|path|url|folder|file|data|login_id)s?$")


def _is_checked_name(name: object) -> bool:
    """Return whether the text rules apply to the field of this name, which is not one of those never checked."""
    return not (isinstance(name, str) and _UNCHECKED_NAMES.search(name))


def _checked_fields(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if _is_checked_name(one.name))


_ACTION_TEXTS = TextWalk(
    "個人番号",
    searched=(
        "app.home",
        "app.importing",
        "app.settings",
        "app.year_end",
        "app.submissions",
        "app.event_day",
        "app.surveys",
        "app.events",
        "app.year",
        "app.registers",
        "app.event",
        "db.records",
        "app.received",
        "app.programme",
        "app.ledgers",
        "app.documents.services",
    ),
    textless=(
        *CALLABLE_TYPES,
        PurePath,
        "functools.partial",
        "app.actions.action_context.ActionContext",
        "app.calendar",
        "app.foreign_files",
        "app.documents",
        "app.documents.services.documents.RenderedDocument",
        "app.sample",
        "db.store",
        "db.stale_check",
        "db.keys",
        "db.journal",
    ),
    fields_of=_checked_fields,
    key_filter=_is_checked_name,
)
