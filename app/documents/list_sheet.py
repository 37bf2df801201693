"""A list of the window as a worksheet: its name, its filters in words, its headings and rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from app.calendar.dates import stamp_words
from app.common.join_nonempty import join_nonempty
from app.common.own_file_marks import LIST_VERSION
from app.documents.blocks import Column, DocumentContent, Table, Title
from app.documents.excel.numbers import all_numbers
from app.documents.excel.text_measure import CELL_PADDING, INDENT, OTHER_FONT, text_width, text_widths
from db.records.programme import Programme

PERSONAL = "個人情報を含みます。取扱いに注意してください。"
_PORTRAIT, _LANDSCAPE = 165.0, 261.0
# A list with a column per question is wider than the page; on A4 it is then printed at 65 %.
_WIDEST_SHEET = 400.0
_LONGEST = 78.0
_NARROWEST = 12.0
_MM = 25.4 / 72
_TYPE, _HEAD_TYPE = 10.0, 9.0
# Room for the arrow of the filter beside the heading.
_ARROW = 14.0
_NUMBER = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*")


def list_sheet(
    programme: Programme,
    *,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    made_at: datetime,
    reference: str,
    subtitle: str = "",
    words: str = "",
    total: bool = False,
    personal: bool = False,
) -> DocumentContent:
    """Return the list as a document for Excel only: A4, landscape when its columns need it.

    Args:
        columns: the headings. rows: as many texts each as there are headings. A column that holds nothing but
            written-out numbers (「16」「3件」) becomes numbers; every other text stays as it is.
        words: how many rows of how many, and by what they were narrowed down (「6件（「LINE」で絞り込み）」).
        total: the last row is the sum of the others.
        personal: people are named or may be; the sheet says so at its foot.
    """
    wishes = _wanted_widths(columns, rows)
    wide = sum(wishes) > _PORTRAIT
    page = min(max(sum(wishes), _LANDSCAPE), _WIDEST_SHEET) if wide else _PORTRAIT
    told = join_nonempty(words, f"{stamp_words(made_at)}現在")
    table = fitted_table(title, columns, rows, page=page, total=total)
    return DocumentContent(
        kind=title,
        reference=reference,
        version=LIST_VERSION,
        look="roster" if wide else "form",
        blocks=(Title(title, subtitle=subtitle, lead=told), table),
        first_sheet=title,
        file_stem=list_stem(reference, made_at),
        header_left=programme.title,
        footer_left=PERSONAL if personal else "",
        footer_right=f"作成　{stamp_words(made_at)}",
        sample=programme.sample,
        personal=personal,
        sheet_width=page if wide else 0,
        properties={
            "title": join_nonempty(title, subtitle),
            "created": made_at.isoformat(),
        },
    )


def fitted_table(
    name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, page: float = _LANDSCAPE, total: bool = False
) -> Table:
    """Return a list as a table whose columns fit their content, within ``page`` mm.

    ``total`` = the last row is the sum of the others.
    """
    widths = _fit_widths(
        _wanted_widths(columns, rows), [_min_width([row[place] for row in rows]) for place in range(len(columns))], page
    )
    return Table(
        tuple(
            Column(heading, width=width, align="right" if all_numbers([row[place] for row in rows]) else "left")
            for place, (heading, width) in enumerate(zip(columns, widths, strict=True))
        ),
        tuple(tuple(row) for row in rows),
        name=name,
        total_row=total,
    )


def list_stem(reference: str, made_at: datetime) -> str:
    """Return the file name 「R8-実施回の一覧-20261201」, which differs for each day."""
    return f"{reference}-{made_at:%Y%m%d}"


def _wanted_widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Return how wide each column would be if the sheet had room."""
    return [_wanted_width(heading, [row[place] for row in rows]) for place, heading in enumerate(columns)]


def _wanted_width(heading: str, texts: Sequence[str]) -> float:
    """Return the width in mm at which a column wraps nothing, limited to a readable line length."""
    longest = max(text_widths(texts, _TYPE), default=0.0) / OTHER_FONT
    around = CELL_PADDING + INDENT + 2.0
    wished = max(min(longest, _LONGEST / _MM), text_width(heading, _HEAD_TYPE) + _ARROW) + around
    return max(wished * _MM, _NARROWEST)


def _min_width(texts: Sequence[str]) -> float:
    """Return the width in millimetres that the longest number of a column needs."""
    # One search for the whole column: no number goes over a line end.
    longest = max(text_widths(set(_NUMBER.findall("\n".join(texts))), _TYPE), default=0.0) / OTHER_FONT
    return (min(longest, _LONGEST / _MM) + CELL_PADDING) * _MM


def _fit_widths(wanted: Sequence[float], minimum: Sequence[float], page: float) -> list[float]:
    """Return widths that fit the page: the widest columns shrink first, keeping numbers and days whole if possible."""
    if sum(wanted) <= page:
        return list(wanted)
    least = [min(pair) for pair in zip(wanted, minimum, strict=True)]
    if sum(least) > page:
        least = [0.0] * len(wanted)

    def narrowed(most: float) -> list[float]:
        """Return the widths with none over ``most``, except where numbers or days need more."""
        return [max(min(wish, most), low) for wish, low in zip(wanted, least, strict=True)]

    low, high = 0.0, max(wanted)
    for _turn in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(narrowed(middle)) > page else (middle, high)
    return narrowed(low)
