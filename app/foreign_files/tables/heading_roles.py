"""The comparison key of a heading, and the role of its column: time, name, number, or question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from app.foreign_files.workbooks.sheet_stream import column_letters
from db.digits import one_width

_RUNNING = re.compile(r"no\.?|番号|連番|#|項番|id")
ColumnRole = Literal[
    "time",
    "question",
    "tick",
    "other_text",
    "mail",
    "badge",
    "name",
    "organisation",
    "personal",
    "number",
    "left_out",
    "unknown",
]
IDENTIFYING: frozenset[ColumnRole] = frozenset({"mail", "badge", "name", "organisation", "personal", "number"})
"""Roles of columns whose values are never stored with an answer; ``left_out`` were excluded by a person."""
_TIME = {
    "タイムスタンプ", "timestamp", "送信日時", "回答日時", "申込日時", "受付日時", "完了時刻", "登録日時", "提出日時",
    "回答日", "入力日時", "記入日時", "回答時刻", "入力時刻", "completiontime", "submittedat", "submitdate",
}  # fmt: skip
_SYSTEM = re.compile(
    r"開始時刻|開始日時|最終(?:更新|変更)(?:日時|時刻)|言語|所要時間|回答時間|合計点|スコア|starttime|lastmod"
    r"ifiedtime|language"
    r"|score|totalpoints|(?:クイズの?)?フィードバック|quizfeedback|(?:点数|フィードバック|points|feedback)-.*"
)
_SERIAL = {
    "受付番号",
    "申込番号",
    "整理番号",
    "整理no",
    "整理no.",
    "受付no",
    "受付no.",
    "回答番号",
    "回答id",
    "id",
    "no",
    "no.",
    "番号",
    "連番",
    "項番",
    "#",
}
_LEADING_NUMBER = re.compile(r"^(?:q|問|設問|質問)?\s*[0-9]+(?:-[0-9]+)?[.、:)\-]?(?=\D)")
_SURVEY_NUMBER = re.compile(r"^(?:q|問|設問|質問)[0-9]+")
_NOTE = re.compile(
    r"[(\[【〔](?:[^()\[\]【】〔〕]*(?:いくつでも|つまで|複数|すべて|任意|必須|自由記述|ひとつ|1つ|○は)[^()\["
    r"\]【】〔〕]*)[)\]】〕]"
    r"|[※*]+(?:必須|任意)?$"
)
_PARENTHESES = re.compile(r"\([^()]*\)")
_MAIL = re.compile(r"メール|e-?mail|ユーザー名|username")
_ENGLISH_NAME = re.compile(r"(?:your|full)?name")
_NAME = re.compile(
    r"氏名|名前|ふりがな|フリガナ|お名|(?:会長|代表者?|担当者?|参加者|申込者|責任者|役員)名|(?:会長|代表者|担"
    r"当者|申込者|参加者)$"
)
_PERSONAL = re.compile(r"電話|携帯|fax|住所|連絡先|生年月日|性別|郵便番号|ipアドレス|配慮(?:事項|が必要|の必要|の有無)")
_ORGANISATION = re.compile(r"自治会名|町会名|団体名|所属|支部|(?:町会・)?自治会$")
_MARK = r"(?:番号|記号|符号|マーク|no\.?|id|コード|文字|数字)"
_BADGE = re.compile(
    rf"(?:名札|受付|お渡し|参加者|配布|座席|席).*番号|(?:名札|胸札|ゼッケン|番号札|配布カード|受付票).{{0,6}}{_MARK}"
    rf"|{_MARK}.{{0,6}}(?:名札|お渡し)|番号札|^(?:名札|胸札|ゼッケン)$"
)
_PERSON_PATTERNS: tuple[tuple[re.Pattern[str], ColumnRole], ...] = (
    (_MAIL, "mail"),
    (_NAME, "name"),
    (_ORGANISATION, "organisation"),
    (_PERSONAL, "personal"),
)


def is_running_number(heading: str) -> bool:
    """Return whether by its heading a column only numbers the lines of a list (No., 番号, 連番)."""
    return bool(_RUNNING.fullmatch(fold_heading(heading)))


@lru_cache(maxsize=4_000)
def fold_heading(text: str) -> str:
    """Return the comparison key of a heading: half width, no spaces, one case; never shown."""
    return "".join(one_width(text.replace("\x00", "").replace("\ufeff", "")).split()).casefold()


def column_names(headings: Sequence[str]) -> tuple[str, ...]:
    """Return the name of each column: its heading in one line, of equal ones from the second with #2, else letters."""
    seen: Counter[str] = Counter()
    found = []
    for index, heading in enumerate(headings):
        plain = " ".join(heading.split())
        seen[plain] += 1
        found.append(column_letters(index) if not plain else plain if seen[plain] == 1 else f"{plain}#{seen[plain]}")
    return tuple(found)


def title_core(text: str) -> str:
    """Return the key of a question title without its number and notes such as （3つまで）."""
    folded = fold_heading(text)
    return _LEADING_NUMBER.sub("", _NOTE.sub("", folded))


@lru_cache(maxsize=4096)
def heading_role(heading: str) -> ColumnRole:
    """Return the role according to the heading alone; ``unknown`` for everything that may be a question."""
    folded = fold_heading(heading)
    if folded in _TIME:
        return "time"
    if folded in _SERIAL or _SYSTEM.fullmatch(folded):
        return "number"
    if _ENGLISH_NAME.fullmatch(folded):
        return "name"
    bare = _PARENTHESES.sub("", title_core(heading))
    if _BADGE.search(bare):
        return "badge"
    # A long sentence, above all a numbered one, asks about a thing and does not ask for a name.
    if len(bare) > (12 if _SURVEY_NUMBER.match(folded) else 24):
        return "unknown"
    return next((role for pattern, role in _PERSON_PATTERNS if pattern.search(bare)), "unknown")
