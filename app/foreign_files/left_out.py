"""Tells totals, section titles, notes and repeated headings inside a table from its data rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.foreign_files.foreign_shape import LeftOutKind
from app.foreign_files.heading_fold import fold_heading, is_running_number
from app.foreign_files.heading_search import heading_score, looks_like_heading

_TOTAL = re.compile(
    r"(?:(?:総合計|合計|総計|計|総数|延べ計|延合計)(?:人数|件数|世帯数?|団体数?|金額|台数|数|欄|\(人\)|（人）)?|(?:申込者?|参加者?)数?(?:合計|計))[:：]?"
)
_SUBTOTAL = re.compile(r".{0,14}(?:小計|支部計|累計|中計|頁計|ページ計|合計|計)")
_AMOUNT = re.compile(r"[-+]?[\d,.]+(?:%|[^\d\s]{1,3})?")
_COUNTED = re.compile(r"人数|世帯|戸数|金額|補助金|使用料|台数|件数")
_NOTE = re.compile(r"^[※＊*]|^[(（]?(?:注(?:意|記|[)）:：1-9])|内訳)|^以上$|^備考[:：]")
DECORATED = re.compile(r"^[―ー─━\-=＝■□◆◇●○▼▽★☆【〔［\[<＜〈《・…～~]+\s*\S")
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
    total = _total(filled, headings)
    if total or len(filled) > 1:
        return total
    return _lonely(*filled[0], headings, merged_wide=merged_wide, after_total=after_total)


def _total(filled: Sequence[tuple[int, str]], headings: Sequence[str]) -> LeftOutKind | None:
    """A word for a sum, with nothing but amounts beside it; or a bare number below a column of numbers."""
    label = "".join(filled[0][1].split())
    if len(filled) == 1 and _AMOUNT.fullmatch(label) and 0 < filled[0][0] < len(headings):
        return "合計" if _COUNTED.search(fold_heading(headings[filled[0][0]])) else None
    if not all(_AMOUNT.fullmatch(text) for _, text in filled[1:]):
        return None
    if _TOTAL.fullmatch(label):
        return "合計"
    return "小計" if len(filled) > 1 and _SUBTOTAL.fullmatch(label) and not _is_plain_name(label) else None


def _lonely(
    index: int, text: str, headings: Sequence[str], *, merged_wide: bool, after_total: bool
) -> LeftOutKind | None:
    """One filled cell alone: a note, a title of a section, or a remark below the total."""
    if _NOTE.search(text):
        return "注記"
    if merged_wide or DECORATED.search(text):
        return "区切り"
    if len(headings) < 3:
        return None
    if is_running_number(headings[index]) and text.isdecimal():
        return "番号だけ"
    if after_total:
        return "注記"
    numbered = bool(_SERIAL.fullmatch(fold_heading(headings[0])))
    titled = (numbered and not _CODE.fullmatch(text)) or _SECTION_WORD.fullmatch(text)
    return "区切り" if index == 0 and titled else None


def begins_other_table(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a line below a table is the row of headings of another one: four of five cells are usual headings."""
    filled = [cell for cell in cells if cell.strip()]
    strangers = len(filled) // 5
    for cell in filled:
        strangers -= not looks_like_heading(cell)
        if strangers < 0:
            return False
    return heading_score(cells) >= 3 and not _repeats([(i, cell) for i, cell in enumerate(cells) if cell], headings)


def _repeats(filled: Sequence[tuple[int, str]], headings: Sequence[str]) -> bool:
    """The headings once more (a long list repeats them on each page)."""
    return len(filled) >= 2 and all(
        index < len(headings) and fold_heading(text) == fold_heading(headings[index]) for index, text in filled
    )


def _is_plain_name(label: str) -> bool:
    """「時計」「会計」 are no totals."""
    return label.endswith(("会計", "時計", "設計", "統計", "家計")) and not label.endswith("合計")
