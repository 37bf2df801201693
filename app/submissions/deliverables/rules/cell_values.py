"""Parse one cell of a returned form, or say why it is unusable and what to write; nothing is guessed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from db.digits import narrow_number, without_blanks
from db.record import record

_UNITS = "人|名|枚|件|部|台|団体|分|版|%"
_COUNT = re.compile(rf"^(?:第)?(\d{{1,6}})(?:\.0+)?(?:{_UNITS})?$")
_RATE = re.compile(r"^(\d{1,3}(?:\.\d+)?)%?$")
_DAY_CELL = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T.*)?$")
_KANJI = re.compile(r"^([〇零一二三四五六七八九十百]+)(?:人|名|枚|件|部|台|団体|分|版)?$")
_BELOW = re.compile(r"^[-−▲△]\d+$")
_BROKEN = re.compile(r"^\d+\.\d+$")
_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}


@record
class ParsedValue:
    """The parsed cell (``value``, "" = empty), or why not (``problem``) and what to write (``todo``).

    ``read_as`` says how a text was interpreted.
    """

    value: str = ""
    problem: str = ""
    todo: str = ""
    read_as: str = ""


def unreadable_cell(mark: str) -> ParsedValue | None:
    """Return why a cell is unusable for any kind: an error, or a formula without a saved result; else None.

    ``mark`` is the kind of cell as it was read: "e" = an error, "F" = such a formula; any other is usable.
    """
    if mark == "e":
        return ParsedValue(problem="計算の誤りが出ています", todo="値を記入してもらう")
    if mark == "F":
        return ParsedValue(problem="式の結果が保存されていません", todo="Excelで開いて保存し直すか、値を記入してもらう")
    return None


def parse_count(text: str) -> ParsedValue:
    """Parse a whole number; 「１６人」 is 16, 「十六人」 is a problem with the likely number."""
    plain = _plain(text)
    if not plain:
        return ParsedValue()
    if _DAY_CELL.match(plain):
        return ParsedValue(problem="日付になっています", todo="セルの表示形式を「標準」にして、数を記入してもらう")
    found = _COUNT.match(plain)
    if found:
        value = str(int(found[1]))
        return ParsedValue(value=value, read_as=value if value != text else "")
    return _count_problem(plain)


def _count_problem(plain: str) -> ParsedValue:
    """Return a problem that says why a text is no whole number, and how to write it."""
    kanji = _KANJI.match(plain)
    if kanji:
        return ParsedValue(problem="数字ではありません", todo=f"数字（{_parse_kanji(kanji[1])}）で記入してもらう")
    if _BELOW.match(plain):
        return ParsedValue(problem="0より小さい数です", todo="0以上の数を記入してもらう")
    if _BROKEN.match(plain):
        return ParsedValue(problem="小数です", todo="小数のない数を記入してもらう")
    return ParsedValue(problem="1つの数ではありません", todo="数だけを記入してもらう")


def parse_rate(text: str) -> ParsedValue:
    """Parse a percentage (「93.8」), rounded half up to one decimal.

    A share of one (0.938, 1, from a cell shown as ％) and a number above 100 are problems.
    """
    plain = _plain(text)
    if not plain:
        return ParsedValue()
    found = _RATE.match(plain)
    if found is None:
        return ParsedValue(problem="1つの数ではありません", todo="93.8 のように記入してもらう")
    number = Decimal(found[1])
    if 0 < number <= 1 and not plain.endswith("%"):
        return ParsedValue(problem="1以下の数です", todo=f"％の数（{_round_to_tenth(number * 100)}）で記入してもらう")
    if number > 100:
        return ParsedValue(problem="100より大きい数です", todo="回収数÷出席を確かめてもらう")
    return ParsedValue(value=_round_to_tenth(number) if number % 1 else str(int(number)))


def _round_to_tenth(number: Decimal) -> str:
    """Round half up to one decimal, as every percentage of the program (31.25 is 31.3)."""
    return str(number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def parse_choice(text: str, choices: tuple[str, ...]) -> ParsedValue:
    """Return the word of ``choices`` that a cell holds, whatever its width and spaces; another word is a problem."""
    plain = without_blanks(text)
    if not plain:
        return ParsedValue()
    found = next((one for one in choices if without_blanks(one) == plain), "")
    if found:
        return ParsedValue(value=found)
    return ParsedValue(problem="一覧にない言葉です", todo=f"「{'」「'.join(choices)}」から選んでもらう")


def parse_text(text: str) -> ParsedValue:
    """Return a text as typed, without surrounding blanks."""
    return ParsedValue(value=text.strip())


def _plain(text: str) -> str:
    """Return a text in half-width characters without spaces and the commas between thousands."""
    return "".join(narrow_number(text).split())


def _parse_kanji(text: str) -> int:
    """Return the number that kanji digits stand for."""
    if not any(sign in text for sign in "十百"):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = digit = 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
