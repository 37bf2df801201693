"""Finds the headings of a table, and lines that are no data rows.

Headings are searched among the first rows, below titles and notes; a sheet may have two rows of them, with group
headings above. Totals, section titles, notes and repeated headings are no data rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from app.foreign_files.foreign_shape import LeftOutKind
from app.foreign_files.tables.heading_roles import fold_heading, is_running_number, title_core
from app.foreign_files.tables.heading_rows import (
    Merge,
    Rows,
    SheetHeadings,
    count_filled,
    is_merged_over,
    lower_or_upper,
    row_number,
    texts_of_row,
)
from db.digits import is_digits, without_blanks

LONGEST_HEADING = 120
_WORDS = re.compile(
    "タイムスタンプ|timestamp|日時|番号|氏名|名前|フリガナ|ふりがな|出欠|所属|席番|メール|電話|団体|町会|自治会|支部|年代|住所|役職"
    "|満足|理解|意見|感想|希望|受付日|申込日|受付月日|人数|備考|端末|配慮|会長|世帯|連絡先|補助金|代表者"
    "|施設|室場|部屋|会場|[利使]用(?:年月)?日|時間帯|開始|終了|使用料|状態|状況|利用目的"
    "|^(?:no\\.?|id|line|instagram|hp|fax|参加者|申込者|担当|担当者|経路|テーマ|キャッシュレス|(?:q|問|設問)[0-9]+.*)$",
    re.IGNORECASE,
)
_PLAIN_HEADING = re.compile(
    r"no\.?|id|番号|.{0,4}"
    r"(?:番号|日時|月日|年月日|日付?|名称?|氏名|人数|件数|金額|区分|種別|状態|状況|時間帯?|時刻)|支部|団体|町"
    r"会|自治会"
    r"|会長|代表者|担当者?|電話|連絡先|世帯数?|補助金|お?名前|ふりがな|フリガナ|住所|備考|メール(?:アドレス)?"
    r"|役職|年代|施設|室場|部屋|会場"
    r"|使用料|利用目的|出欠.{0,4}|所属.{0,4}|席番?号?|希望.{0,6}|経路|テーマ|端末|配慮.{0,4}"
    r"|参加者|申込者|line|instagram|hp|fax|キャッシュレス|タイムスタンプ|timestamp"
)
_STAMP = re.compile(r"\s*(?:\d{4}[/\-.]\d{1,2}[/\-.]\d{1,2}|\d{1,2}/\d{1,2}/\d{4})[T\s]+\d{1,2}:\d{2}")
_PLAIN_NUMBER = re.compile(r"(?=.*\d)[\d,./:\-年月日 ()（）０-９]+")
_NUMBER = re.compile(r"\d")
_OF_DATA = re.compile(r"(?m)^第?\d+支部$|\d(?:世帯|戸|円)|\d年\d+月|^\d[\d,./\-]*$|\d:\d\d")
"""What stands in rows of data and in no heading."""
_TOTAL = re.compile(
    r"(?:(?:総合計|合計|総計|計|総数|延べ計|延合計)(?:人数|件数|世帯数?|団体数?|金額|台数|数|欄|\(人\)|（人）"
    r")?|(?:申込者?|参加者?)数?(?:合計|計))[:：]?"
)
_SUBTOTAL = re.compile(r".{0,14}(?:小計|支部計|累計|中計|頁計|ページ計|合計|計)")
_AMOUNT = re.compile(r"[-+]?[\d,.]+(?:%|[^\d\s]{1,3})?")
_COUNT_WITH_UNIT = re.compile(r"人数|世帯|戸数|金額|補助金|使用料|台数|件数")
_COUNT = re.compile(
    r"(?:以上|全部?で?|総?合?計|小計|累計|(?:申込|参加|出席|受付|団体|回答)者?(?:の?合計|総?数|計)?)?[はが:："
    r"、]*[-+]?[\d,]+"
    r"(?:件|人|名|団体|組|世帯|枚|通|回答|台|円)(?:です|でした)?[。.]?"
)
"""A total in words (「22件」「計34人」「申込数：22件」)."""
_COUNT_PART = re.compile(r"以上|総?合計|総計|小計|累計|計|[-+]?[\d,]+")
_ONLY_LINES = re.compile(r"[―ー─━‐‑‒–—\-=＝_＿~～・*＊.…|｜]+")
_SECTION_START = re.compile(r"^(?:以下|以降|ここから|ここまで|これより|[↓↑▼▲]).{0,20}$")
_REMARK_COLUMN = re.compile(r"備考|摘要|メモ|特記|注記")
_NOTE = re.compile(r"^[※＊*]|^[(（]?(?:注(?:意|記|[)）:：1-9])|内訳)|^以上$|^備考[:：]")
DECORATED = re.compile(r"^[―ー─━\-=＝■□◆◇●○▼▽★☆【〔［\[<＜〈《・…～~]+\s*\S")
_SERIAL = re.compile(r"no\.?|番号|連番|id|#|.*番号|項番|整理no\.?")
_CODE = re.compile(r"[A-Za-z]{0,4}[\-‐]?[\d\-]+")
_SECTION_WORD = re.compile(r".{1,12}(?:支部|地区|ブロック|受付分|追加分|分)|キャンセル待ち|取消|補欠")


def heading_score(cells: Sequence[str], known: frozenset[str] = frozenset()) -> int:
    """Return how much a row looks like headings: one per cell with a usual word, three for a known heading.

    A row with a date and time of day is data and scores nothing, and so does one with fewer than two filled cells.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or any(_STAMP.match(cell) for cell in filled):
        # Above a moment of sending stands its heading: such a row is data, whatever its answers are called.
        return 0
    return sum(3 if cell in known else 1 for cell in filled if cell in known or looks_like_heading(cell))


def looks_like_heading(cell: str) -> bool:
    """Return whether a cell's text has a usual word of headings (氏名, 電話 …).

    False for a number, for a text with 「：」 or 「。」, and for one longer than ``LONGEST_HEADING``.
    """
    text = cell.strip()
    return not is_digits(text) and _holds_word_of_heading(text)


@lru_cache(maxsize=4_000)
def _holds_word_of_heading(text: str) -> bool:
    """Return whether the text has a word that headings have; False for a sentence, a number or a long text."""
    if len(text) > LONGEST_HEADING or "：" in text or "。" in text or _PLAIN_NUMBER.fullmatch(text):
        return False
    return bool(_WORDS.search(fold_heading(text)))


def heading_position(rows: Sequence[Sequence[str]], known: frozenset[str], *, first: int = 15) -> int:
    """Return the index of the row with the best score among the ``first`` rows, the first of equals; -1 for none.

    Where no row has a usual word, the first row of at least three short, different texts is taken if a row as wide
    follows: an unknown form, whose columns are mapped by hand. Of repeated headings the first counts, even where they
    were written in two rows then and in one later. Data rows contain heading words too (第3支部, みほん町会,
    車いすを希望): a row above them that holds only headings wins, whatever the scores.
    """
    best, best_score = -1, 0
    for position, cells in enumerate(rows[:first]):
        score = heading_score(cells, known)
        if score > best_score or (0 < score == best_score and count_filled(cells) > 2 * count_filled(rows[best])):
            # Of equals the first, but no letterhead of three cells above a list of seven columns.
            best, best_score = position, score
    if best < 0:
        return _unknown_headings(rows[:first])
    if known.isdisjoint(rows[best]):
        plain = _plain_headings(rows[best])
        # A letterhead or a small table above is narrower than the headings below it.
        wide = count_filled(rows[best])
        above = [
            (_plain_headings(cells), position)
            for position, cells in enumerate(rows[:best])
            if count_filled(cells) * 2 > wide
        ]
        count, position = max(above, key=lambda one: (one[0], -one[1]), default=(0, 0))
        fits = count > plain or (count == plain and count_filled(rows[position]) >= wide)
        best = position if count > 1 and fits else best
        if wide > 2 and _OF_DATA.search("\n".join(rows[best])):
            without = (at for at, cells in enumerate(rows[:best]) if not _NUMBER.search("".join(cells)))
            best = next((at for at in without if count_filled(rows[at]) >= wide), best)
    return next((position for position in range(best) if _partly_repeats(rows[position], rows[best])), best)


def _plain_headings(cells: Sequence[str]) -> int:
    """Return how many cells are plain headings; 0 for a row where they are less than a third."""
    filled = [cell for cell in cells if cell.strip()]
    plain = sum(bool(_PLAIN_HEADING.fullmatch(title_core(cell))) for cell in filled)
    return plain if plain * 3 >= len(filled) else 0


def _partly_repeats(earlier: Sequence[str], later: Sequence[str]) -> bool:
    """Return whether more than half of ``earlier``, at least two cells, are headings in the same places below."""
    filled = [(index, fold_heading(cell)) for index, cell in enumerate(earlier) if cell.strip()]
    same = [text for index, text in filled if index < len(later) and fold_heading(later[index]) == text]
    return len(same) > 1 and len(same) * 2 > len(filled) and heading_score(earlier) > 1


def other_table_above(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> int | None:
    """Return the index of the first of ``rows`` above a table that belongs to another table, or None.

    These are headings with rows below them (a line of words such as 担当 and 電話番号 alone is a letterhead), or at
    least two rows as full as those of a table: a title fills a cell or two.
    """
    width = sum(bool(text.strip()) for text in headings)
    full = [place for place, cells in enumerate(rows) if sum(bool(cell.strip()) for cell in cells) * 2 > width > 3]
    if len(full) > 1:
        return full[0]
    found = next((place for place, cells in enumerate(rows) if is_other_table_heading(cells, headings)), None)
    if found is None or found + 1 >= len(rows):
        return None
    wide = sum(bool(cell.strip()) for cell in rows[found])
    return found if any(sum(bool(cell.strip()) for cell in cells) * 2 > wide for cells in rows[found + 1 :]) else None


def _unknown_headings(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the heading row of an unknown form (three short texts above a row as wide), else -1."""
    for position, cells in enumerate(rows[:-1]):
        if any(_STAMP.match(cell) for cell in cells):
            continue
        filled = [cell.strip() for cell in cells if cell.strip()]
        below = [cell for cell in rows[position + 1] if cell.strip()]
        texts = all(len(cell) <= 40 and not _PLAIN_NUMBER.fullmatch(cell) for cell in filled)
        if len(filled) >= 3 and texts and len(set(filled)) == len(filled) and len(below) >= len(filled) - 1:
            return position
    return -1


IsGroupRow = Callable[[Sequence[str], Sequence[Merge], int, Sequence[str]], bool]
SpreadGroups = Callable[[Sequence[str], Sequence[Merge], int, Sequence[str]], tuple[str, ...]]


def _is_group_row(above: Sequence[str], merges: Sequence[Merge], number: int, here: Sequence[str]) -> bool:
    """Return whether a row holds group headings, merged sideways over some headings or down into them."""
    used = [index for index, text in enumerate(here) if text.strip()]
    sideways = [
        merge
        for merge in merges
        if merge[0] == merge[2] == number
        # A group lies over several headings, a title over all; one heading alone may be merged as its own cells are.
        and 1 < sum(merge[1] <= index <= merge[3] for index in used) < len(used)
    ]
    filled = [index for index, text in enumerate(above) if text.strip()]
    return is_merged_over(merges, number, number + 1) or (bool(sideways) and len(filled) >= 2)


def _spread_groups(upper: Sequence[str], merges: Sequence[Merge], number: int, lower: Sequence[str]) -> tuple[str, ...]:
    """Return the group heading above each column; "" where the column has no heading of its own in ``lower``.

    A group reaches as far as its merged cell, else to the next group. ``number`` is the sheet row of ``upper``.
    """
    ends = {left: right for top, left, bottom, right in merges if top == bottom == number and right > left}
    groups = []
    last, end = "", len(upper)
    for column, text in enumerate(upper):
        if text.strip():
            last, end = text.strip(), ends.get(column, len(upper))
        groups.append(last if column <= end and lower[column].strip() else "")
    return tuple(groups)


def read_headings(
    rows: Rows,
    position: int,
    merges: Sequence[Merge],
    width: int,
    *,
    is_group_row: IsGroupRow = _is_group_row,
    spread: SpreadGroups = _spread_groups,
) -> SheetHeadings:
    """Return the headings around the row at ``position`` of ``rows``, which has the most usual words.

    A second heading row below it is joined, or a row of groups above it. ``is_group_row`` and ``spread`` say which row
    holds groups and how far each reaches.
    """
    number = rows[position][0]
    here = texts_of_row(rows, position, width)
    below = texts_of_row(rows, position + 1, width) if row_number(rows, position + 1) == number + 1 else ()
    above = texts_of_row(rows, position - 1, width) if position and row_number(rows, position - 1) == number - 1 else ()
    if below and (
        is_merged_over(merges, number, number + 1)
        or completes_headings(here, below, texts_of_row(rows, position + 2, width))
    ):
        groups = spread(here, merges, number, below)
        return SheetHeadings(row=number + 1, texts=lower_or_upper(below, here), groups=groups)
    if above and is_group_row(above, merges, number - 1, here):
        groups = spread(above, merges, number - 1, here)
        return SheetHeadings(row=number, texts=lower_or_upper(here, above), groups=groups)
    # A cell merged downwards over rows that are otherwise empty: the data begin below it.
    lowest = max((bottom for top, _, bottom, _ in merges if top == number and bottom - top < 4), default=number)
    return SheetHeadings(row=lowest if not below else number, texts=here, groups=("",) * width)


def completes_headings(upper: Sequence[str], lower: Sequence[str], next_row: Sequence[str]) -> bool:
    """Return whether ``lower`` fills only gaps of ``upper`` or cells left of them: two rows of headings, not merged.

    It fills at least two, and the row below holds data in more than half of the columns.
    """
    filled = [index for index, text in enumerate(lower) if text.strip()]
    gaps = [index for index, text in enumerate(upper) if not text.strip()]
    if len(filled) < 2 or not gaps or not next_row:
        return False
    allowed = {*gaps, *(index - 1 for index in gaps)}
    starts_blank = next(index for index, text in enumerate(upper) if text.strip()) not in filled
    used = {*filled, *(index for index, text in enumerate(upper) if text.strip())}
    data = sum(bool(next_row[index].strip()) for index in used)
    return starts_blank and set(filled) <= allowed and data * 2 > len(used)


def left_out_kind(
    cells: Sequence[str], headings: Sequence[str], *, merged_wide: bool = False, after_total: bool
) -> LeftOutKind | None:
    """Return what a line is that is no data row (見出し, 区切り, 合計 …); None for a data row and for a blank line.

    ``merged_wide`` says that one of its cells is merged over half of the table, ``after_total`` that a total
    came before: a single cell is then a 注記.
    """
    last = next((index for index in range(len(cells) - 1, -1, -1) if cells[index].strip()), -1)
    if last < 0:
        return None
    # Of sums, rules and headings that come again the last cell is one too: of nearly every row it is none.
    if _ends_a_row(cells[last], headings[last] if last < len(headings) else "") and any(map(str.strip, cells[:last])):
        return None
    filled = [(index, cell.strip()) for index, cell in enumerate(cells) if cell.strip()]
    if _repeats_page_headings(filled, headings):
        return "見出し"
    if all(_ONLY_LINES.fullmatch(text) for _, text in filled):
        return "区切り" if len(filled) == 1 or len(filled) * 2 > len(headings) else None
    total = _total_kind(filled, headings) or _count_kind(filled, headings)
    if total or len(filled) > 1:
        return total
    return _single_cell_kind(*filled[0], headings, merged_wide=merged_wide, after_total=after_total)


@lru_cache(maxsize=4_000)
def _ends_a_row(cell: str, heading: str) -> bool:
    """Return whether a line is a data row by its last filled cell: no number, count, line or heading."""
    text = cell.strip()
    plain = without_blanks(text)
    return not (
        _ONLY_LINES.fullmatch(text)
        or _AMOUNT.fullmatch(text)
        or _COUNT.fullmatch(plain)
        or _COUNT_PART.fullmatch(plain)
        or fold_heading(text) == fold_heading(heading)
    )


def _total_kind(filled: Sequence[tuple[int, str]], headings: Sequence[str]) -> LeftOutKind | None:
    """Return 合計 or 小計 for a line with a word for a sum and only amounts beside it, else None.

    A bare number below a column of numbers is a 合計, too.
    """
    label = "".join(filled[0][1].split())
    if len(filled) == 1 and _AMOUNT.fullmatch(label) and 0 < filled[0][0] < len(headings):
        return "合計" if _COUNT_WITH_UNIT.search(fold_heading(headings[filled[0][0]])) else None
    if not all(_AMOUNT.fullmatch(text) for _, text in filled[1:]):
        return None
    if _TOTAL.fullmatch(label):
        return "合計"
    return (
        "小計"
        if len(filled) > 1
        and _SUBTOTAL.fullmatch(label)
        and not (label.endswith(("会計", "時計", "設計", "統計", "家計")) and not label.endswith("合計"))
        else None
    )


def _count_kind(filled: Sequence[tuple[int, str]], headings: Sequence[str]) -> LeftOutKind | None:
    """Return 合計 for a row of nothing but counts, at least one with its unit (計34人), else None.

    A bare number in a column of running numbers makes it a data row.
    """
    named = False
    # From the last cell: of nearly every row it, or the one before, is no sum, and all others need not be looked at.
    for index, text in reversed(filled):
        plain = without_blanks(text)
        counts = bool(_COUNT.fullmatch(plain))
        if not counts and not _COUNT_PART.fullmatch(plain):
            return None
        if is_digits(plain) and index < len(headings) and is_running_number(headings[index]):
            return None
        named = named or counts
    return "合計" if named else None


def _single_cell_kind(
    index: int, text: str, headings: Sequence[str], *, merged_wide: bool, after_total: bool
) -> LeftOutKind | None:
    """Return the kind of a line with one filled cell (note, section title, remark, bare number), else None."""
    if _NOTE.search(text):
        return "注記"
    if merged_wide or DECORATED.search(text) or _SECTION_START.search(text):
        return "区切り"
    if len(headings) < 3:
        return None
    if is_running_number(headings[index]) and is_digits(text):
        return "番号だけ"
    if after_total or _REMARK_COLUMN.search(fold_heading(headings[index] if index < len(headings) else "")):
        return "注記"
    numbered = bool(_SERIAL.fullmatch(fold_heading(headings[0])))
    titled = (numbered and not _CODE.fullmatch(text)) or _SECTION_WORD.fullmatch(text)
    return "区切り" if index == 0 and titled else None


def is_other_table_heading(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Return whether a line below a table is the heading row of another one: four of five cells are usual headings."""
    filled = list(filter(str.strip, cells))
    strangers = len(filled) // 5
    for cell in filled:
        strangers -= not looks_like_heading(cell)
        if strangers < 0:
            return False
    # A 団体 of a list has words of headings in its own name (第1支部, みほん町会): two cells must be nothing but
    # headings.
    if sum(bool(_PLAIN_HEADING.fullmatch(fold_heading(cell))) for cell in filled) < 2:
        return False
    return heading_score(cells) >= 3 and not _repeats_page_headings(
        [(i, cell) for i, cell in enumerate(cells) if cell], headings
    )


def repeats_headings(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Return whether a row repeats the headings of its table, each in its place."""
    return _repeats_page_headings([(index, cell.strip()) for index, cell in enumerate(cells) if cell.strip()], headings)


def repeats_headings_reordered(cells: Sequence[str], headings: Sequence[str], *, answers: bool) -> bool:
    """Return whether a row holds the table's headings in another order, as when files were joined.

    For ``answers`` more than half is enough; in a list, a heading of its own makes it another table.
    """
    if any(_STAMP.match(cell) for cell in cells):
        return False
    filled = {fold_heading(cell) for cell in cells if cell.strip()}
    known = {fold_heading(heading) for heading in headings if heading.strip()}
    return len(filled & known) > 1 and (len(filled & known) * 2 > len(filled) if answers else filled <= known)


def _repeats_page_headings(filled: Sequence[tuple[int, str]], headings: Sequence[str]) -> bool:
    """Return whether the filled cells repeat the headings in their places, as on each page of a long list."""
    return len(filled) >= 2 and all(
        index < len(headings) and fold_heading(text) == fold_heading(headings[index]) for index, text in filled
    )
