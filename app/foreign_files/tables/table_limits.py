"""The size limits of a table, and the refusals of larger ones."""

from __future__ import annotations

from collections.abc import Sequence

from app.foreign_files.intake_refusal import IntakeRefusal

MAX_COLUMNS = 200
MAX_ROWS = 20_000
MAX_CELLS = 500_000
"""Limit of cells, filled or not: the longest list (20,000 rows) may have twenty-five columns."""

MAX_CELL_LENGTH = 32_767
"""Limit of characters in a cell, as in Excel."""


def strip_trailing_blanks(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of a record without empty ones at its end, if it is wider than any list."""
    if len(cells) <= MAX_COLUMNS:
        return cells
    last = next((index for index in range(len(cells) - 1, -1, -1) if cells[index].strip()), -1)
    return cells[: last + 1]


def check_record_size(cells: Sequence[str], line: int) -> None:
    """Raise IntakeRefusal for a record wider than any list, or with a cell longer than any answer."""
    if len(cells) > MAX_COLUMNS:
        raise too_many_columns_refusal(len(cells))
    if max(map(len, cells), default=0) > MAX_CELL_LENGTH:
        raise long_cell_refusal(line)


def too_many_columns_refusal(count: int) -> IntakeRefusal:
    """Return the refusal of a table wider than any list."""
    return IntakeRefusal(
        f"列が多すぎて（{count}列、上限{MAX_COLUMNS}列）、"
        "アンケートや申込の一覧ではないようですので、ファイルを確かめて選び直してください。"
    )


def too_many_rows_refusal() -> IntakeRefusal:
    """Return the refusal of a table longer than any list."""
    return IntakeRefusal(
        f"行が多すぎますので（上限{MAX_ROWS}行）、必要な行だけのファイルにしてから選び直してください。"
    )


def too_many_cells_refusal() -> IntakeRefusal:
    """Return the refusal of a table that is both long and wide."""
    return IntakeRefusal(
        f"行と列が多すぎますので（上限{MAX_CELLS}マス）、必要な行と列だけのファイルにしてから選び直してください。"
    )


def long_cell_refusal(line: int) -> IntakeRefusal:
    """Return the refusal of a cell longer than any answer; ``line`` is where its record starts."""
    return IntakeRefusal(
        f"{line}行目に長すぎるセルがあり（上限{MAX_CELL_LENGTH}字）、表の見出しや行として読めませんので、"
        "ファイルを確かめて、ダウンロードをやり直してください。"
    )


def quote_refusal(line: int) -> IntakeRefusal:
    """Return the refusal of a table whose quotes cannot be repaired."""
    return IntakeRefusal(
        f'{line}行目の引用符（"）が正しく閉じておらず、後の行を飲み込むおそれがあるため読みませんでしたので、'
        "その行を直すか、ダウンロードをやり直してください。"
    )
