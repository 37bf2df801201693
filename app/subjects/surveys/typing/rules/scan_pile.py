"""Which scanned pages are one sheet: by the order in which they came and by what their squares say, and nothing else.

Nothing on a page says whose it is, so a page can't be brought together with its other side once the order is lost. Such
pages are named and left aside; none is ever put to another sheet by guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from app.papers.scan_code import PageCode

Outcome = Literal[
    "read", "blank", "coarse", "grain", "marks", "code", "unreadable", "other survey", "changed", "again", "doubled", "alone", "unpaired"
]


@dataclass(frozen=True, kw_only=True)
class PileRow:
    """One page of a scan: ``number`` from 1, what its squares say, the sign of its dots, and why it can't be read (or "")."""

    number: int
    code: PageCode | None = None
    sign: str = ""
    why: Outcome = "read"


@dataclass(kw_only=True)
class PileSheet:
    """The pages of one sheet by their printed number; ``missing`` are those that did not come."""

    large: bool
    pages: dict[int, PileRow] = field(default_factory=dict)
    missing: tuple[int, ...] = ()

    @property
    def scan(self) -> str:
        """The signs of its pages, in the order of the paper."""
        return " ".join(self.pages[page].sign for page in sorted(self.pages))


@dataclass(frozen=True, kw_only=True)
class Pile:
    """The sheets of a scan in order, and the pages that belong to none, with the reason."""

    sheets: tuple[PileSheet, ...]
    left: tuple[PileRow, ...]


def pile_of(rows: Sequence[PileRow], pages: dict[bool, int]) -> Pile:
    """Put the pages of a scan together to sheets.

    Args:
        rows: in the order of the scan, those that could not be read among them. pages: how many the usual (False) and the
            large sheet (True) have.
    """
    left = [row for row in rows if row.code is None]
    seen: set[str] = set()
    kept: list[_Coded] = []
    for row in rows:
        if row.code is not None and row.sign in seen:
            left.append(_put_aside(row, "again"))
        elif row.code is not None:
            seen.add(row.sign)
            kept.append((row, row.code))
    sheets: list[PileSheet] = []
    for block in _blocks(kept):
        if _sides_apart(block):
            left += [_put_aside(row, "unpaired") for row, _code in block]
            continue
        for row, code in block:
            last = sheets[-1] if sheets else None
            if code.page == 1:
                sheets.append(PileSheet(large=code.large, pages={1: row}))
            elif last is None or last.large != code.large or code.page < max(last.pages):
                left.append(_put_aside(row, "alone"))
            elif code.page in last.pages:
                left.append(_put_aside(row, "doubled"))
            else:
                last.pages[code.page] = row
    for sheet in sheets:
        sheet.missing = tuple(page for page in range(1, pages[sheet.large] + 1) if page not in sheet.pages)
    return Pile(sheets=tuple(sheets), left=tuple(sorted(left, key=lambda row: row.number)))


_Coded = tuple[PileRow, PageCode]


def _blocks(rows: Sequence[_Coded]) -> list[list[_Coded]]:
    """Cut the pages where first pages begin anew after others."""
    blocks: list[list[_Coded]] = []
    for row, code in rows:
        begins = code.page == 1 and (not blocks or blocks[-1][-1][1].page != 1 or blocks[-1][-1][1].large != code.large)
        if begins or not blocks:
            blocks.append([])
        blocks[-1].append((row, code))
    return blocks


def _sides_apart(block: Sequence[_Coded]) -> bool:
    """Say whether several fronts come before several backs: which belongs to which is lost then."""
    pages = [code.page for _row, code in block]
    return pages.count(1) > 1 and any(pages.count(page) > 1 for page in pages if page != 1)


def _put_aside(row: PileRow, why: Outcome) -> PileRow:
    return PileRow(number=row.number, code=row.code, sign=row.sign, why=why)


_SAID: Final[dict[str, str]] = {
    "blank": "何も印刷されていないページです。",
    "coarse": "読み取りが粗すぎます。コピー機で200dpiにして読み取り直してください。",
    "grain": "網点やざらつきが多く、読み取れません。コピー機でグレーにして読み取り直してください。",
    "marks": "四隅の印が見つかりません。この印のない用紙か、別の書類です。",
    "code": "四隅の印はありますが、上の符号が読めません。汚れや書き込みを確かめてください。",
    "unreadable": "このページは開けません。読み取り直してください。",
    "other survey": "別の実施回のアンケート用紙です。",
    "changed": "設問か用紙の体裁が、印刷したあとに変わっています。",
    "again": "前のページと同じ画像です。",
    "doubled": "同じ面が続けて2回あります。",
    "alone": "表の面がないため、どの用紙のものか分かりません。",
    "unpaired": "表の面と裏の面が別々に読み取られていて、組が分かりません。両面で読み取り直してください。",
}


def said_of(rows: Sequence[PileRow]) -> tuple[str, ...]:
    """Say why pages were left aside: one sentence a reason, each with its page numbers."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.why, []).append(row.number)
    return tuple(f"{_numbers(numbers)}ページ　{_SAID[why]}" for why, numbers in found.items())


def _numbers(numbers: Sequence[int]) -> str:
    """Return 「3、5～8」."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(f"{part[0]}" if len(part) == 1 else f"{part[0]}～{part[-1]}" for part in parts)
