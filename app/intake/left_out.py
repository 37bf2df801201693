"""Tells totals, section titles, notes and repeated headings inside a table from its data rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.intake.foreign_shape import LeftOutKind
from app.intake.heading_fold import fold_heading
from app.intake.heading_search import heading_score

_TOTAL = re.compile(r"(?:総合計|合計|総計|計|総数|延べ計|延合計)")
_SUBTOTAL = re.compile(r".{0,14}(?:小計|支部計|累計|中計|頁計|ページ計|合計|計)")
_AMOUNT = re.compile(r"[-+]?[\d,.]+(?:%|[^\d\s]{1,3})?")
_NOTE = re.compile(r"^[※＊*]|^[(（]?注(?:意|記|[)）:：1-9])|^以上$|^備考[:：]")
_DECORATED = re.compile(r"^[―ー─━\-=＝■□◆◇●○▼▽★☆【〔［\[<＜〈《・…～~]+\s*\S")
_SERIAL = re.compile(r"no\.?|番号|連番|id|#|.*番号|項番|整理no\.?")
_CODE = re.compile(r"[A-Za-z]{0,4}[\-‐]?[\d\-]+")
_SECTION_WORD = re.compile(r".{1,12}(?:支部|地区|ブロック|受付分|追加分|分)|キャンセル待ち|取消|補欠")


def left_out_kind(
    cells: Sequence[str], headings: Sequence[str], *, merged_wide: bool = False, after_total: bool = False
) -> LeftOutKind | None:
    """What a line of a table is when it is no data row, else None.

    ``merged_wide`` says that one of its cells is merged over half of the table, ``after_total`` that a total
    came before.
    """
    filled = [(index, cell.strip()) for index, cell in enumerate(cells) if cell.strip()]
    if not filled:
        return None
    if _repeats(filled, headings):
        return "見出し"
    label = "".join(filled[0][1].split())
    if filled[0][0] <= 2 and all(_AMOUNT.fullmatch(text) for _, text in filled[1:]):
        if _TOTAL.fullmatch(label):
            return "合計"
        if len(filled) > 1 and _SUBTOTAL.fullmatch(label) and not _is_plain_name(label):
            return "小計"
    if len(filled) > 1:
        return None
    index, text = filled[0]
    if _NOTE.search(text):
        return "注記"
    if merged_wide or _DECORATED.search(text):
        return "区切り"
    return _lonely(index, text, headings, after_total=after_total)


def _lonely(index: int, text: str, headings: Sequence[str], *, after_total: bool) -> LeftOutKind | None:
    """One filled cell alone: a section title where a number should stand, or a remark below the total."""
    if len(headings) < 3:
        return None
    if after_total:
        return "注記"
    if index == 0 and _SERIAL.fullmatch(fold_heading(headings[0])) and not _CODE.fullmatch(text):
        return "区切り"
    if index == 0 and _SECTION_WORD.fullmatch(text):
        return "区切り"
    return None


def begins_other_table(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a line below a table is the row of headings of another one."""
    filled = [cell for cell in cells if cell.strip()]
    score = heading_score(cells)
    return score >= 3 and score * 10 >= len(filled) * 8 and not _repeats(list(enumerate(cells)), headings)


def _repeats(filled: Sequence[tuple[int, str]], headings: Sequence[str]) -> bool:
    """The headings once more (a long list repeats them on each page)."""
    pairs = [(text, headings[index]) for index, text in filled if index < len(headings) and text.strip()]
    return len(pairs) >= 2 and all(fold_heading(text) == fold_heading(heading) for text, heading in pairs)


def _is_plain_name(label: str) -> bool:
    """「時計」「会計」 are no totals."""
    return label.endswith(("会計", "時計", "設計", "統計", "家計")) and not label.endswith("合計")
