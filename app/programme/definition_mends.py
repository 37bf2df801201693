"""Says where a definition file has a slip, and how that line is written right.

``mend_toml`` is for a text that is no TOML, ``mend_value`` for a value that does not fit its key.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from db.digits import one_width

Lines: TypeAlias = Mapping[tuple[str, str], int]
"""The numbers of lines by table and key, as ``("kinds2", "sign")``; the key of the head of a table is ""."""

LONG_NUMBER = re.compile("[0-9A-Fa-f_]{1000}")
"""Digits that ``int`` or ``str`` refuse in English, without a place."""
_PLACE = re.compile(r"at line (\d+), column (\d+)")
_STATEMENT = re.compile(r'\s*(?:\[+\s*([\w.]+)[^=]*$|"?([^\s"=#\[{,]+)"?\s*=)')
"""The head of a table, or a key."""
_LISTS = ("kinds", "specification", "owed", "retention")
"""The tables of which a file may have several."""
_SINGLE = re.compile(rf"(?m)^\s*\[({'|'.join(_LISTS)})\]")
_ENGLISH = dict(
    re.findall(
        r"(\S+)=(\S+)",
        "契約件名=title 件名=title 年度=fiscal_year 履行期間=term_end 終了日=term_end 支払=payment_period 自治体=ward "
        "部=department 課=section 係=unit 電話=phone 住所=address 所在地=address 形=form 名前=name 名称=name 記号=sign "
        "講師=lecturer 単位=unit 回数=planned 団体数=planned 実施期間=window 期間=window 日数=days 人数=people "
        "定員=people 時間=minutes 対象=audience 内容=content 資料=material 報告書=report アンケート=survey "
        "機材=ward_supplies 条項=clauses",
    )
)
_QUOTED = '文字は " で囲みます。'
_SEPARATED = "並びの中は「,」で区切ります。"
_USUAL = '文字は " で囲み、日付は 2026-09-01 の形、はい・いいえは true か false で書きます。'
_SLIPS = {
    re.compile(pattern): said
    for pattern, said in {
        r'""[^\s,\]}="#]': '文字の中に " は書けません。「」を使います。',
        r"^\[\[([^\[\]=]+)\]?$": "[[{0}]] と、かっこを閉じます。",
        r"^\[([^\[\]=]+)$": "[{0}] と、かっこを閉じます。",
        r'[=\[,{]\s*"[^"]*$': '文字の終わりの " がありません。',
        r'[^"\s=\[,{]"\s*[,\]}]?$': '文字のはじめの " がありません。',
        "[“”＂〝〟]": '全角の引用符（”）があります。半角の " で囲みます。',
        r"=\s*(?:はい|いいえ|有|無|あり|なし|する|しない)$": "はい・いいえは、true か false と書きます。",
        r"=\s*(?i:true|false)$": "はい・いいえは、小文字で true か false と書きます。",
        r"=\s*\[?\s*(?:令和|平成|R\d|\d+[年/.])": "日付は 2026-09-01 の形で、囲まずに書きます。",
        r"(?<!\d)(\d{4})-(?=\d-|\d\d-\d(?!\d))(\d{1,2})-(\d{1,2})(?!\d)": (
            "月と日は2桁で、{0}-{1:0>2}-{2:0>2} と書きます。"
        ),
        r"=\s*\[?\s*([０-９]+)": "数は半角で {0} と書きます。",
        r"^[\w.]+\s*([:：])": "「{0}」ではなく、= を書きます。",
        r"[＝［］｛｝，、＃：]": '記号（= [ ] , "）は半角で書きます。',
        r"\[[^\]]*$": "かっこ（[ ]）が閉じていません。",
        r"\{[^}]*$": "かっこ（{{ }}）が閉じていません。1行の中で閉じます。",
        r'^""\s*=|^([^\x00-\x7f]+)\s*=': "項目の名前は英字で書きます。",
        r"^[^=]*$": "項目と値の間に = を書きます。",
        r"=\s*\d+\s*\D+(?:前|以内|まで)$": _QUOTED,
        r"=\s*(\d+)\s*[^\s\d,.\-:_]+$": "単位を付けずに、数だけを {0} と書きます。",
        r"=\s*\d+\s*[^\s\d,.\-:_\[\]\"]": "数は、単位を付けずに数だけを書きます。",
        r"=\s*\d{1,3}(?:,\d{3})+$": "数は、桁の「,」を入れずに書きます。",
        r"=\s*[\d+(][\d() ]*-[\d\-() ]*$": _QUOTED,
        r"=\s*0(\d+)$": f"数は、はじめの 0 を付けずに {{0}} と書きます。電話などの{_QUOTED}",
        r'""\s*""|[\d\]}]\s+["\d\[{]|""\s*[\[{]': _SEPARATED,
        r"=$": "= のあとに値を書きます。",
        r"""=\s*[^\s"'\d\[{+-]""": _QUOTED,
    }.items()
}
"""What is wrong with a line outside its quotes, and how it is written; the first that fits is said."""


def lines_of(text: str) -> Lines:
    """Return where each table begins and each key stands, the first time it does."""
    found: dict[tuple[str, str], int] = {}
    table, begun = "", dict.fromkeys(_LISTS, 0)
    for number, line in enumerate(text.split("\n"), start=1):
        head, key = statement.groups() if (statement := _STATEMENT.match(line)) else ("", "")
        if head:
            name, dot, rest = head.partition(".")
            if name in begun:
                begun[name] += not dot
                name = f"{name}{begun[name]}"
            table = f"{name}{dot}{rest}"
            found.setdefault(("", head.split(".")[0]), number)
        if head or key:
            found.setdefault((table, key or ""), number)
    return found


def english_key(written: str) -> str:
    """Return in a sentence what a key in Japanese is called in the file, "" where no word of ours is meant."""
    return f"「{written}」は {_ENGLISH[written]} です。" if written in _ENGLISH else ""


def mend_toml(text: str, problem: str) -> tuple[str, str]:
    """Return where a text stops being TOML, with the line as it stands, and what to write there.

    Of a list that never ends that is the line on which it begins, and of a comma left out the line that it should end.
    """
    lines = f"{text.rstrip()}\n".split("\n")
    place = _PLACE.search(problem)
    number, column = map(int, place.groups()) if place else (len(lines), 1)
    here, above = lines[number - 1], "\n".join(map(_bare, lines[: number - 1])).rstrip()
    opened = re.search(r"\[[^\[\]]*\Z", above)
    if slip := LONG_NUMBER.search(text) or _SINGLE.search(text):
        number = text.count("\n", 0, slip.end()) + 1
        said = f"[[{slip[1]}]] と、かっこを2つずつ書きます。" if slip.re is _SINGLE else "桁の多すぎる数があります。"
    elif opened and (not here.strip() or _STATEMENT.match(here)):
        number, said = above.count("\n", 0, opened.start()) + 1, "かっこ（[ ]）が閉じていません。"
    elif opened and above[-1] not in ",[":
        number, said = above.count("\n") + 1, f"終わりに「,」がありません。{_SEPARATED}"
    else:
        said = f"{here[column - 1 :][:10]} という日はありません。" if "date" in problem else _advice(here, problem)
    plain = "".join(one for one in lines[number - 1].strip() if unicodedata.category(one) not in ("Cc", "Cs"))
    shown = f"「{plain[:40]}{'…' if len(plain) > 40 else ''}」" if plain else ""
    return f"（{number}行目{shown}）", f"{said}この行を直して、もう一度お試しください。"


def _bare(line: str) -> str:
    """Return a line without its comment, and with nothing between its quotes."""
    return re.sub("#.*", "", re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)).strip()


def _advice(line: str, problem: str) -> str:
    """Return how one line that TOML does not allow is written."""
    bare = _bare(line)
    if re.search("Cannot|Duplicate", problem):
        return f"「{bare.split('=')[0].strip()}」が2度書かれています。どちらか1つだけにします。"
    for pattern, said in _SLIPS.items():
        if found := pattern.search(bare):
            return english_key(bare.split("=")[0].strip()) + said.format(*map(one_width, found.groups()))
    return _USUAL


def mend_value(value: Any, is_fit: Callable[[Any], bool]) -> str:
    """Return how a value is written so that ``is_fit``, "" where no other way to write the same would."""
    plain = one_width(str(value)).strip()
    digits = re.sub(r"\D+$", "", plain)
    ways = plain, digits, f'"{plain}"', f"[{plain}]", f"[{plain}, {plain}]", f'["{plain}"]'
    for way in () if isinstance(value, list | dict) else ways:
        with suppress(ValueError, RecursionError):
            if is_fit(tomllib.loads(f"value = {way}")["value"]):
                return f"{way} と書きます。"
    return ""
