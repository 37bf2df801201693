"""Tells the headings of a table from its data rows, and from what is neither.

They are searched among the first rows, below titles and notes; a sheet may have two rows of them, with a group above.
Totals, section titles, notes and headings that come again inside a table are no rows of data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.foreign_files.foreign_shape import LeftOutKind
from app.foreign_files.heading_roles import fold_heading, is_running_number

LONGEST_HEADING = 120
_WORDS = re.compile(
    "タイムスタンプ|timestamp|日時|番号|氏名|名前|フリガナ|ふりがな|メール|電話|団体|町会|自治会|支部|年代|住所|役職"
    "|満足|理解|意見|感想|希望|受付日|申込日|受付月日|人数|備考|端末|配慮|会長|世帯|連絡先|補助金|代表者"
    "|施設|室場|部屋|会場|利用日|使用日|時間帯|開始|終了|使用料|状態|状況|利用目的"
    "|^(?:no\\.?|id|line|instagram|hp|fax|参加者|申込者|担当|担当者|経路|テーマ|キャッシュレス|(?:q|問|設問)[0-9]+.*)$",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\s*(?:\d{4}[/\-.]\d{1,2}[/\-.]\d{1,2}|\d{1,2}/\d{1,2}/\d{4})[T\s]+\d{1,2}:\d{2}")
_PLAIN_NUMBER = re.compile(r"[\d,./:\-年月日 ()（）０-９]+")
Merge = tuple[int, int, int, int]
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


def heading_score(cells: Sequence[str], known: frozenset[str] = frozenset()) -> int:
    """How much a row looks like headings: one for each cell with a usual word, three for a known heading.

    A row with a date and time of day is data and scores nothing.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or any(_STAMP.match(cell) for cell in filled):
        # Above a moment of sending stands its heading: such a row is data, whatever its answers are called.
        return 0
    return sum(3 if cell in known else 1 for cell in filled if cell in known or looks_like_heading(cell))


def looks_like_heading(cell: str) -> bool:
    """Whether a cell's text is usual as a heading (no sentence with a colon, no number)."""
    text = cell.strip()
    if text.isdigit() or len(text) > LONGEST_HEADING or "：" in text or "。" in text or _PLAIN_NUMBER.fullmatch(text):
        return False
    return bool(_WORDS.search(fold_heading(text)))


def heading_position(rows: Sequence[Sequence[str]], known: frozenset[str] = frozenset(), *, first: int = 15) -> int:
    """The place (from 0) of the row with the best score among the ``first`` rows, the first of equals; -1 for none.

    Where no row has a usual word, the first row of three or more short texts all different, with a row as wide
    below it, is taken: an unknown form, whose columns are mapped by hand.
    """
    best, best_score = -1, 0
    for position, cells in enumerate(rows[:first]):
        score = heading_score(cells, known)
        if score > best_score:
            best, best_score = position, score
    return best if best >= 0 else _unknown_headings(rows[:first])


def _unknown_headings(rows: Sequence[Sequence[str]]) -> int:
    for position, cells in enumerate(rows[:-1]):
        if any(_STAMP.match(cell) for cell in cells):
            continue
        filled = [cell.strip() for cell in cells if cell.strip()]
        below = [cell for cell in rows[position + 1] if cell.strip()]
        texts = all(len(cell) <= 40 and not _PLAIN_NUMBER.fullmatch(cell) for cell in filled)
        if len(filled) >= 3 and texts and len(set(filled)) == len(filled) and len(below) >= len(filled) - 1:
            return position
    return -1


@dataclass(frozen=True, kw_only=True)
class SheetHeadings:
    """The lowest row of the headings, the heading of every column and, where there is one, the group above it."""

    row: int
    texts: tuple[str, ...]
    groups: tuple[str, ...]

    def between(self, first: int, last: int) -> SheetHeadings:
        """The headings of the columns ``first`` to ``last``."""
        return replace(self, texts=self.texts[first : last + 1], groups=self.groups[first : last + 1])


def read_headings(
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]],
    position: int,
    merges: Sequence[Merge],
    width: int,
) -> SheetHeadings:
    """The headings around the row at ``position`` of ``rows``, which has the most usual words."""
    number = rows[position][0]
    here = _texts(rows, position, width)
    below = _texts(rows, position + 1, width) if _number(rows, position + 1) == number + 1 else ()
    above = _texts(rows, position - 1, width) if position and _number(rows, position - 1) == number - 1 else ()
    if below and (_spans(merges, number, number + 1) or _completes(here, below, rows, position, width)):
        groups = _spread(here, merges, number, below)
        return SheetHeadings(row=number + 1, texts=_lower_or_upper(below, here), groups=groups)
    if above and _is_group_row(above, merges, number - 1, here):
        groups = _spread(above, merges, number - 1, here)
        return SheetHeadings(row=number, texts=_lower_or_upper(here, above), groups=groups)
    # A cell merged downwards over rows that are otherwise empty: the data begin below it.
    lowest = max((bottom for top, _, bottom, _ in merges if top == number and bottom - top < 4), default=number)
    return SheetHeadings(row=lowest if not below else number, texts=here, groups=("",) * width)


def completes_headings(upper: Sequence[str], lower: Sequence[str], next_row: Sequence[str]) -> bool:
    """Whether ``lower`` fills just the gaps of ``upper``: two rows of headings without any merged cell to tell."""
    filled = [index for index, text in enumerate(lower) if text.strip()]
    gaps = [index for index, text in enumerate(upper) if not text.strip()]
    if len(filled) < 2 or not gaps or not next_row:
        return False
    allowed = {*gaps, *(index - 1 for index in gaps)}
    starts_blank = next(index for index, text in enumerate(upper) if text.strip()) not in filled
    return starts_blank and set(filled) <= allowed and bool(next_row[_first(upper)].strip())


def _completes(
    here: Sequence[str],
    below: Sequence[str],
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]],
    position: int,
    width: int,
) -> bool:
    return completes_headings(here, below, _texts(rows, position + 2, width))


def _first(texts: Sequence[str]) -> int:
    return next(index for index, text in enumerate(texts) if text.strip())


def _number(rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]], position: int) -> int:
    return rows[position][0] if position < len(rows) else -1


def _texts(
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]], position: int, width: int
) -> tuple[str, ...]:
    texts = [""] * width
    if position < len(rows):
        for column, text, _ in rows[position][2]:
            texts[column] = text
    return tuple(texts)


def _spans(merges: Sequence[Merge], upper: int, lower: int) -> bool:
    """Two or more cells merged over just these two rows."""
    return sum(top == upper and bottom == lower for top, _, bottom, _ in merges) >= 2


def _is_group_row(above: Sequence[str], merges: Sequence[Merge], number: int, here: Sequence[str]) -> bool:
    """A row of groups is merged sideways over some of the headings, or downwards into them; a title over all."""
    used = [index for index, text in enumerate(here) if text.strip()]
    sideways = [m for m in merges if m[0] == m[2] == number and m[3] > m[1] and m[3] - m[1] + 1 < len(used)]
    filled = [index for index, text in enumerate(above) if text.strip()]
    return _spans(merges, number, number + 1) or (bool(sideways) and len(filled) >= 2)


def _spread(upper: Sequence[str], merges: Sequence[Merge], number: int, lower: Sequence[str]) -> tuple[str, ...]:
    """The group above each column that has a heading of its own below."""
    groups = ["" if not lower[index].strip() else text.strip() for index, text in enumerate(upper)]
    for top, left, bottom, right in merges:
        if top == bottom == number and right > left and left < len(upper):
            for column in range(left, min(right + 1, len(groups))):
                groups[column] = upper[left].strip() if lower[column].strip() else ""
    last = ""
    for column, text in enumerate(upper):
        last = text.strip() or last
        if lower[column].strip() and not groups[column]:
            groups[column] = last
    return tuple(groups)


def _lower_or_upper(lower: Sequence[str], upper: Sequence[str]) -> tuple[str, ...]:
    return tuple(below if below.strip() else above for below, above in zip(lower, upper, strict=True))


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
