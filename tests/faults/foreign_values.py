"""One value in every way in which others write it, with what it says and whether a person has to look at it.

What a way says is fixed here and owes nothing to the product: a day is counted, digits are kept beside their spelling.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tests.faults.foreign_bytes import Cell

Doubt = Literal["never", "may", "said", "must", "unless shared"]
"""Whether a row with it has to wait for a person (or so unless most rows bear the same doubt and the file says it
once), may be taken in as long as something is said of it, may wait, or must not wait because there is nothing odd in
it."""

OWN_NUMBER = "123456789018"
_OWN_NUMBERS = (
    OWN_NUMBER, "1234 5678 9018", "1234-5678-9018", "１２３４５６７８９０１８", "１２３４－５６７８－９０１８",
    f"番号 {OWN_NUMBER}",
    f"個人番号：{OWN_NUMBER}です", "1234\u20105678\u20109018",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Value:
    """A cell, the way it is written in, what it says (None = nothing that could be said), and the doubt."""

    cell: Cell
    way: str
    says: object
    doubt: Doubt = "never"


Chance = random.Random


def plain(text: str, *, says: object = ..., way: str = "plain", doubt: Doubt = "never") -> Value:
    """A text that stands as it is; ``says`` defaults to it."""
    return Value(cell=Cell(text=text), way=way, says=text if says is ... else says, doubt=doubt)


def serial(day: date, hour: int = 0, minute: int = 0) -> float:
    """The number by which a sheet counts a moment from the end of 1899."""
    return (day - date(1899, 12, 30)).days + (hour * 60 + minute) / 1440


def day_value(
    chance: Chance, day: date, *, hour: int, minute: int, book: bool, doubts: bool = True, timed: bool = True
) -> Value:
    """A day, often with its time; it says a ``datetime``, or a ``date`` where none is written or asked
    for (``timed``)."""
    moment = datetime(day.year, day.month, day.day, hour, minute)
    at = moment if timed else day
    era, month, number = day.year - 2018, day.month, day.day
    half, clock = ("午前" if hour < 12 else "午後"), hour % 12
    texts: dict[str, tuple[str, object]] = {
        "slashes": (f"{day:%Y/%m/%d} {hour}:{minute:02d}", at),
        "no noughts": (f"{day.year}/{month}/{number} {hour}時{minute}分", at),
        "iso": (f"{day.isoformat()}T{hour:02d}:{minute:02d}:00", at),
        "iso blank": (f"{day.isoformat()} {hour:02d}:{minute:02d}:00.000", at),
        "half of day": (f"{day:%Y/%m/%d} {clock}:{minute:02d}:00 {half} GMT+9", at),
        "era words": (f"令和{era}年{month}月{number}日 {half}{clock}時{minute}分", at),
        "era letter": (f"R{era}.{month}.{number} {hour}:{minute:02d}", at),
        "era slashes": (f"R{era}/{month}/{number}", day),
        "era kanji": (f"令和{kanji(era)}年{kanji(month)}月{kanji(number)}日", day),
        "era square": (f"㋿{era}年{month}月{number}日", day),
        "era noughts": (f"令和{era:02d}年{month:02d}月{number:02d}日", day),
        "era short": (f"令{era}.{month}.{number}", day),
        "weekday": (f"{day.year}年{month}月{number}日({'月火水木金土日'[day.weekday()]}) {hour}:{minute:02d}", at),
        "weekday slashes": (f"{day.year}/{month}/{number}（{'月火水木金土日'[day.weekday()]}）", day),
        "wide": (wide(f"{day.year}/{month}/{number} {hour}:{minute:02d}"), at),
        "wide era": (wide(f"R{era}.{month}.{number}"), day),
        "dots": (f"{day.year}.{month}.{number}", day),
        "eight digits": (f"{day:%Y%m%d}", day),
        "english": (f"{day:%b} {number}, {day.year} {hour}:{minute:02d}", at),
        "english short": (f"{number}-{day:%b}-{day.year}", day),
        "serial text": (str(int(serial(day))), day),
        "quoted": (f"'{day.year}/{month}/{number}", day),
        "blanks": (f" 　{day.year}/{month}/{number} {hour}:{minute:02d}　", at),
        "half kanji": (f"令和{wide(str(era))}年{wide(str(month))}月{wide(str(number))}日", day),
        "era two digits": (f"R{era:02d}.{month:02d}.{number:02d}", day),
        "half before": (f"{day:%Y/%m/%d} {half} {clock}:{minute:02d}", at),
        "world time": (f"{datetime.fromtimestamp(moment.timestamp() - 9 * 3600):%Y-%m-%dT%H:%M:%S}Z", at),
        "with zone": (f"{day.isoformat()}T{hour:02d}:{minute:02d}:00+09:00", at),
        "wide colon": (f"{day.year}年{month}月{number}日　{hour}：{minute:02d}", at),
        "weekday word": (f"令和{era}年{month}月{number}日{'月火水木金土日'[day.weekday()]}曜日", day),
        "tab": (f"\t{day.year}/{month}/{number} {hour}:{minute:02d}", at),
    }
    if doubts and chance.random() < 0.06:
        text, way = chance.choice(
            ((f"{month}/{number}", "no year"), (f"{month}月{number}日", "no year in words"),
                (f"{day.year}/2/30", "no such day"),
             (f"{number:02d}月頃", "about"), ("05/06/2026", "either first"), ("#########", "too narrow"))
        )  # fmt: skip
        return Value(cell=Cell(text=text), way=f"day {way}", says=None, doubt="must")
    if book and chance.random() < 0.5:
        whole, exact = serial(day), serial(day, hour, minute)
        style, number_of, says = chance.choice(
            (
                ("day", whole, day),
                ("moment", exact, at),
                ("wareki", whole, day),
                ("number", whole, day),
                ("number", exact, at),
            )
        )
        if chance.random() < 0.1:
            cell = Cell(text=moment.isoformat() if at is moment else day.isoformat(), style="moment", kind="d")
            return Value(cell=cell, way="day cell iso", says=at)
        if chance.random() < 0.03 and doubts:
            return Value(cell=Cell(text="#N/A", kind="e"), way="day cell error", says=None, doubt="must")
        cell = Cell(text=day.isoformat(), number=number_of, style=str(style), serial=True)
        return Value(cell=cell, way=f"day cell {style}", says=says)
    way = chance.choice(list(texts))
    text, says = texts[way]
    return Value(cell=Cell(text=text), way=f"day {way}", says=says)


def name_value(chance: Chance, base: str, *, book: bool) -> Value:
    """The name of a person, in signs of every kind; ``base`` makes it a name of its own."""
    ways: dict[str, tuple[str, Doubt]] = {
        "wide blank": (f"見本　{base}", "never"), "blank": (f"見本 {base}", "never"),
        "no blank": (f"見本{base}", "never"),
        "two blanks": (f"見本  {base} ", "never"), "half kana": (f"ﾐﾎﾝ ｶﾞｸ{base}", "never"),
        "wide letters": (f"Ｍｉｈｏｎ　{base}", "never"), "middle dot": (f"ミホン・{base}", "never"),
        "line break": (f"見本\n{base}", "may"), "lost sign": (f"見?　{base}", "must"),
        "geta": (f"見〓　{base}", "must"),
        "trial": ("テスト送信です", "must") if chance.random() < 0.3 else (f"髙橋　{base}", "never"),
        "old kanji": (f"濵﨑　{base}", "never"), "formula": (f"=見本{base}", "may"),
        "variation": (f"葛\U000e0100城　{base}", "never"), "plane 2": (f"𠮷野　{base}", "never"),
        "combining": (f"か\u3099く　{base}", "never"), "hard blank": (f"見本\xa0{base}", "never"),
        "private": (f"見\ue000　{base}", "must"), "emoji": (f"見本😀{base}", "must"),
        "turned": (f"見本\u202e{base}", "must"), "no width": (f"見\u200b本　{base}", "must"),
        "far name": (f"Nguyễn Thị {base}", "never"), "compatible": (f"\ufa19田　{base}", "never"),
        "mark of order": (f"\ufeff見本　{base}", "may"), "lost": (f"見\ufffd　{base}", "must"),
    }  # fmt: skip
    rare = ("lost sign", "geta", "line break", "trial", "formula", "private", "emoji", "turned", "no width", "lost")
    way = chance.choice(list(ways)) if chance.random() < 0.5 else "wide blank"
    if way in rare and chance.random() < 0.5:
        way = "blank"
    if chance.random() < 0.02:
        return plain("見" * 3_000, way="name endless", doubt="must")
    if book and chance.random() < 0.02:
        cell = Cell(text=f"見本　{base}", formula="VLOOKUP(A1,B:C,2,0)", saved=False)
        return Value(cell=cell, way="name formula without value", says="", doubt="must")
    text, doubt = ways[way]
    formula = "PHONETIC(A1)" if book and chance.random() < 0.05 else ""
    return Value(cell=Cell(text=text, formula=formula), way=f"name {way}", says=text, doubt=doubt)


def phone_value(chance: Chance, number: int, *, book: bool) -> Value:
    """A telephone number; it says its digits."""
    mobile = chance.random() < 0.4
    one, two, three = ("090", "0000", f"{number:04d}") if mobile else ("03", "0000", f"{number:04d}")
    digits = one + two + three
    ways: dict[str, tuple[str, Doubt]] = {
        "hyphens": (f"{one}-{two}-{three}", "never"), "bare": (digits, "never"),
        "brackets": (f"{one}({two}){three}", "never"),
        "wide": (wide(f"{one}-{two}-{three}"), "never"), "wide bare": (wide(digits), "never"),
        "wide brackets": (wide(f"{one}({two}){three}"), "never"),
        "long sound": (f"{one}ー{two}ー{three}", "never"), "dots": (f"{one}.{two}.{three}", "never"),
        "blanks": (f"{one} {two} {three}", "never"), "country": (f"+81-{one[1:]}-{two}-{three}", "never"),
        "word": (f"TEL {one}-{two}-{three}", "never"), "remark": (f"{one}-{two}-{three}（自宅）", "never"),
        "no nought": (digits[1:], "never"), "quoted": (f"'{digits}", "never"), "mended": (f"{digits[1:]}.0", "may"),
        "short": (f"{one}-{two}-{three[:2]}", "must"), "exponent": (f"{digits[1:2]}.00E+09", "must"),
        "words": ("変更あり", "must"),
    }  # fmt: skip
    if book and chance.random() < 0.25:
        style = chance.choice(("number", "padded", "text"))
        # A format of ten noughts shows one for each digit that a number of ten digits needs.
        cell = Cell(
            text=digits, number=float(int(digits)), style=style if not mobile or style != "padded" else "number"
        )
        return Value(cell=cell, way=f"phone cell {style}", says=digits)
    way = chance.choice(list(ways)) if chance.random() < 0.6 else "hyphens"
    text, doubt = ways[way]
    return Value(cell=Cell(text=text), way=f"phone {way}", says=digits if doubt != "must" else None, doubt=doubt)


def count_value(chance: Chance, number: int, *, unit: str, book: bool, empty: bool = False) -> Value:
    """A number of people or households; it says a whole number."""
    ways: dict[str, tuple[str, object, Doubt]] = {
        "plain": (str(number), number, "never"), "wide": (wide(str(number)), number, "never"),
        "unit": (f"{number}{unit}", number, "never"), "wide unit": (wide(str(number)) + unit, number, "never"),
        "blanks": (f" {number}　", number, "never"), "range": (f"{number}～{number + 3}", None, "must"),
        "several": (f"数{unit}", None, "must"), "minus": (f"-{number}", None, "must"),
        "about": (f"約{number}", None, "must"), "half": (f"{number}.5", None, "must"),
        "nought behind": (f"{number}.0", number, "never"), "quoted": (f"'{number}", number, "may"),
        "error": ("#REF!", None, "must"), "wide blank": (f"{wide(str(number))} {unit}", number, "never"),
    }  # fmt: skip
    if number > 999:
        ways["thousands"] = (f"{number:,}", number, "never")
        ways["wide thousands"] = (wide(f"{number:,}"), number, "never")
    if book and chance.random() < 0.4:
        formula = chance.choice(("", "", f"1+{number - 1}"))
        return Value(cell=Cell(text=str(number), number=float(number), formula=formula), way="count cell", says=number)
    way = chance.choice(list(ways)) if chance.random() < 0.3 else chance.choice(("plain", "unit", "wide"))
    text, says, doubt = ways[way]
    return Value(cell=Cell(text=text), way=f"count {way}", says=says, doubt=doubt)


def note_value(chance: Chance, *, numbers: bool = True, cancels: bool = True) -> Value:
    """A remark; one that takes the row back and one with a 個人番号 have to wait."""
    fate = chance.random()
    if numbers and fate < 0.05:
        return plain(chance.choice(_OWN_NUMBERS), way="note own number", says="", doubt="must")
    if cancels and fate < 0.09:
        return plain(
            chance.choice(("取消", "電話でキャンセル", "辞退", "欠席の連絡あり")), way="note cancelled", doubt="must"
        )
    text = chance.choice(
        ("", "", "特になし", "駐車場はありますか", "一行目\n二行目", "=1+1", "@SUM(A1)", "+1", "-2",
            "カンマ,と\"引用符\"", "タブ\tあり",
         "セミコロン;あり", "筆談を希望", "キャンセル料はありますか", "受付 2026/9/1", "a" * 500)
    )  # fmt: skip
    # Where the other remarks of a column are needs, somebody may look at what is neither a word nor a need.
    return plain(text, way=f"note {text[:6]!r}", doubt="may" if text in ("=1+1", "@SUM(A1)", "+1", "-2") else "never")


def wide(text: str) -> str:
    """The text in full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def kanji(number: int) -> str:
    """A number up to 99 in kanji."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 1 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")
