"""How large a table may be, and the sentences that refuse a larger one."""

from __future__ import annotations

from collections.abc import Sequence

from app.foreign_files.intake_refusal import IntakeRefusal

MAX_COLUMNS = 200
MAX_ROWS = 20_000
MAX_CELLS = 500_000
"""Filled or not; the longest list that is taken (20,000 rows) may have twenty-five columns."""

MAX_CELL_LENGTH = 32_767
"""Characters; no more fit into one Excel cell, so a longer one is not an answer."""


def strip_trailing_blanks(cells: Sequence[str]) -> Sequence[str]:
    """The cells of a record without the empty ones at its right end, where there are more than any list has columns."""
    if len(cells) <= MAX_COLUMNS:
        return cells
    last = next((index for index in range(len(cells) - 1, -1, -1) if cells[index].strip()), -1)
    return cells[: last + 1]


def check_record_size(cells: Sequence[str], line: int) -> None:
    """Refuse a record wider than every list, or with a cell longer than any answer."""
    if len(cells) > MAX_COLUMNS:
        raise too_many_columns_refusal(len(cells))
    if max(map(len, cells), default=0) > MAX_CELL_LENGTH:
        raise long_cell_refusal(line)


def too_many_columns_refusal(count: int) -> IntakeRefusal:
    """The refusal of a table wider than every list."""
    return IntakeRefusal(
        f"列が多すぎて（{count}列、上限{MAX_COLUMNS}列）、"
        "アンケートや申込の一覧ではないようですので、ファイルを確かめて選び直してください。"
    )


def too_many_rows_refusal() -> IntakeRefusal:
    """The refusal of a table longer than every list."""
    return IntakeRefusal(
        f"行が多すぎますので（上限{MAX_ROWS}行）、必要な行だけのファイルにしてから選び直してください。"
    )


def too_many_cells_refusal() -> IntakeRefusal:
    """The refusal of a table that is both long and wide."""
    return IntakeRefusal(
        f"行と列が多すぎますので（上限{MAX_CELLS}マス）、必要な行と列だけのファイルにしてから選び直してください。"
    )


def long_cell_refusal(line: int) -> IntakeRefusal:
    """The refusal of a cell longer than any answer; ``line`` is where its record starts."""
    return IntakeRefusal(
        f"{line}行目に長すぎるセルがあり（上限{MAX_CELL_LENGTH}字）、表の見出しや行として読めませんので、"
        "ファイルを確かめて、ダウンロードをやり直してください。"
    )


def quote_refusal(line: int) -> IntakeRefusal:
    """The refusal of a table whose quotes cannot be put right."""
    return IntakeRefusal(
        f'{line}行目の引用符（"）が正しく閉じておらず、後の行を飲み込むおそれがあるため読みませんでしたので、'
        "その行を直すか、ダウンロードをやり直してください。"
    )
