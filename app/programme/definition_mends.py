"""Says where a definition file has a slip, and how that line is written right.

``mend_toml`` is for a text that is no TOML, ``mend_value`` for a value that does not fit its key.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final, TypeAlias

from db.digits import one_width

Lines: TypeAlias = Mapping[tuple[str, str], int]
"""The numbers of lines by table and key, as ``("kinds2", "sign")``; the key of the head of a table is ""."""

LONG_NUMBER: Final = re.compile("[0-9A-Fa-f_]{1000}")
"""Digits that ``int`` or ``str`` refuse in English, without a place."""
_LINE: Final = re.compile(r"at line (\d+)")
_HEAD: Final = re.compile(r"\s*\[+\s*([\w.]+)\s*\]*\s*(?:#.*)?$")
_KEY: Final = re.compile(r'\s*"?([^\s"=#\[{,]+)"?\s*=')
_TWICE: Final = re.compile("Cannot|Duplicate")
_SINGLE: Final = re.compile(r"(?m)^\s*\[kinds\]")
_DAY: Final = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_ENGLISH: Final = dict(
    re.findall(
        r"(\S+)=(\S+)",
        "契約件名=title 件名=title 年度=fiscal_year 履行期間=term_end 終了日=term_end 支払=payment_period 自治体=ward "
        "部=department 課=section 係=unit 電話=phone 住所=address 所在地=address 形=form 名前=name 名称=name 記号=sign "
        "講師=lecturer 単位=unit 回数=planned 団体数=planned 実施期間=window 期間=window 日数=days 人数=people "
        "定員=people 時間=minutes 対象=audience 内容=content 資料=material 報告書=report アンケート=survey "
        "機材=ward_supplies 条項=clauses",
    )
)
_QUOTED: Final = '文字は " で囲みます。'
_SEPARATED: Final = "並びの中は「,」で区切ります。"
_USUAL: Final = '文字は " で囲み、日付は 2026-09-01 の形、はい・いいえは true か false で書きます。'
_SLIPS: Final = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r'""[^\s,\]}="#]', '文字の中に " は書けません。「」を使います。'),
        (r"^\[\[([^\[\]=]+)\]?$", "[[{0}]] と、かっこを閉じます。"),
        (r"^\[([^\[\]=]+)$", "[{0}] と、かっこを閉じます。"),
        (r'[=\[,{]\s*"[^"]*$', '文字の終わりの " がありません。'),
        (r'[^"\s=\[,{]"\s*[,\]}]?$', '文字のはじめの " がありません。'),
        ("[“”＂〝〟]", '全角の引用符（”）があります。半角の " で囲みます。'),
        (r"=\s*(?:はい|いいえ|有|無|あり|なし|する|しない)$", "はい・いいえは、true か false と書きます。"),
        (r"=\s*(?i:true|false)$", "はい・いいえは、小文字で true か false と書きます。"),
        (r"=\s*\[?\s*(?:令和|平成|R\d|\d+[年/.])", "日付は 2026-09-01 の形で、囲まずに書きます。"),
        (r"=\s*\[?\s*([０-９]+)", "数は半角で {0} と書きます。"),
        (r"[＝［］｛｝，、＃：]", '記号（= [ ] , "）は半角で書きます。'),
        (r"\[[^\]]*$", "かっこ（[ ]）が閉じていません。"),
        (r"\{[^}]*$", "かっこ（{{ }}）が閉じていません。1行の中で閉じます。"),
        (r'^""\s*=|^([^\x00-\x7f]+)\s*=', "項目の名前は英字で書きます。"),
        (r"^[\w.]+\s*:", "「:」ではなく、= を書きます。"),
        (r"^[^=]*$", "項目と値の間に = を書きます。"),
        (r"=\s*(\d+)\s*[^\s\d,.\-:_]+$", "単位を付けずに、数だけを {0} と書きます。"),
        (r"=\s*\d{1,3}(?:,\d{3})+$", "数は、桁の「,」を入れずに書きます。"),
        (r"=\s*[\d+(][\d() ]*-[\d\-() ]*$", _QUOTED),
        (r"=\s*0(\d+)$", f"数は、はじめの 0 を付けずに {{0}} と書きます。電話などの{_QUOTED}"),
        (r'""\s*""|[\d\]}]\s+["\d\[{]|""\s*[\[{]', _SEPARATED),
        (r"=$", "= のあとに値を書きます。"),
        (r"""=\s*[^\s"'\d\[{+-]""", _QUOTED),
    )
)
"""What is wrong with a line outside its quotes, and how it is written; the first that fits is said."""


def lines_of(text: str) -> dict[tuple[str, str], int]:
    """Return where each table begins and each key stands, the first time it does."""
    found: dict[tuple[str, str], int] = {}
    table, kinds = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if head := _HEAD.match(line):
            kinds += head[1] == "kinds"
            table = re.sub("^kinds", f"kinds{kinds}", head[1])
            found.setdefault(("", head[1].split(".")[0]), number)
            found.setdefault((table, ""), number)
        elif key := _KEY.match(line):
            found.setdefault((table, key[1]), number)
    return found


def english_key(written: str) -> str:
    """Return in a sentence what a key in Japanese is called in the file, "" where no word of ours is meant."""
    return f"「{written}」は {_ENGLISH[written]} です。" if written in _ENGLISH else ""


def mend_toml(text: str, problem: str) -> tuple[str, str]:
    """Return where a text stops being TOML, with the line as it stands, and what to write there."""
    lines = f"{text.rstrip()}\n".split("\n")
    found = _LINE.search(problem)
    number = int(found[1]) if found is not None else len(lines)
    if slip := LONG_NUMBER.search(text) or _SINGLE.search(text):
        number = text.count("\n", 0, slip.end()) + 1
        said = "[[kinds]] と、かっこを2つずつ書きます。" if "k" in slip[0] else "桁の多すぎる数があります。"
    else:
        number, said = _list_slip(lines, number) or (number, _advice(lines[number - 1], problem))
    plain = "".join(one for one in lines[number - 1].strip() if unicodedata.category(one) not in ("Cc", "Cs"))
    shown = f"「{plain[:40]}{'…' if len(plain) > 40 else ''}」" if plain else ""
    return f"（{number}行目{shown}）", f"{said}この行を直して、もう一度お試しください。"


def _bare(line: str) -> str:
    """Return a line without its comment, and with nothing between its quotes."""
    return re.sub("#.*", "", re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)).strip()


def _list_slip(lines: list[str], number: int) -> tuple[int, str] | None:
    """Return the line before ``number`` on which a list was begun that never ends, or lacks a comma; None = none."""
    above = "\n".join(map(_bare, lines[: number - 1])).rstrip()
    opened = re.search(r"\[[^\[\]]*\Z", above)
    if opened is None:
        return None
    here = "".join(lines[number - 1 : number])
    if not here.strip() or _KEY.match(here) or _HEAD.match(here):
        return above.count("\n", 0, opened.start()) + 1, "かっこ（[ ]）が閉じていません。"
    return None if above[-1] in ",[" else (above.count("\n") + 1, f"終わりに「,」がありません。{_SEPARATED}")


def _advice(line: str, problem: str) -> str:
    """Return how one line that TOML does not allow is written."""
    bare = _bare(line)
    key = _KEY.match(bare)
    if _TWICE.search(problem):
        return f"{f'「{key[1]}」が、この表に' if key else f'{bare} が'}2度書かれています。どちらか1つだけにします。"
    for day in _DAY.finditer(bare):
        written = "{}-{:0>2}-{:0>2}".format(*day.groups())
        try:
            date.fromisoformat(written)
        except ValueError:
            return f"{day[0]} という日はありません。"
        if written != day[0]:
            return f"月と日は2桁で、{written} と書きます。"
    for pattern, said in _SLIPS:
        if found := pattern.search(bare):
            groups = (one_width(one or "") for one in found.groups())
            return f"{english_key(key[1]) if key else ''}{said.format(*groups)}"
    return _USUAL


def mend_value(value: Any, is_fit: Callable[[Any], bool]) -> str:
    """Return how a value is written so that ``is_fit``, "" where no other way to write the same would."""
    plain = one_width(str(value)).strip()
    shown = plain
    if isinstance(value, str):
        shown = f'"{value}"'
        with suppress(ValueError, RecursionError):
            if is_fit(tomllib.loads(f"value = {plain}")["value"]):
                return f'" で囲まずに {plain} と書きます。'
    elif type(value) in (int, float, date) and is_fit(plain):
        return f'" で囲んで "{plain}" と書きます。'
    ways = (([value], f"[{shown}] と、[ ] で囲んで書きます。"), ([value] * 2, f"[{shown}, {shown}] と書きます。"))
    return next((said for other, said in ways if not isinstance(value, dict) and is_fit(other)), "")
