"""Finds the row of headings among the first rows of a table, below titles and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.foreign_files.heading_fold import fold_heading

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
