"""Reads CSV and tab text into the shape of a foreign file, with every damaged row named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.foreign_files.decode import DecodedText, decode_bytes
from app.foreign_files.file_kind import kind_of, service_of, text_source
from app.foreign_files.findings import Finding
from app.foreign_files.foreign_shape import ForeignFile, ForeignRow, Kind, LeftOutRow
from app.foreign_files.left_out import begins_other_table, left_out_kind
from app.foreign_files.lost_signs import count_lost_signs, name_columns
from app.foreign_files.sheet_headings import completes_headings
from app.foreign_files.silent_signs import silent_sign
from app.foreign_files.table import Table, TableRow, shape_table

BROKEN_CODES = frozenset({"column_count_mismatch", "decode_error"})
"""Damage after which the cells of a row cannot be trusted to be right and in their places."""


def read_text_table(
    data: bytes, *, path: Path, known: frozenset[str], zipped: bool = False, wanted: Kind | None = None
) -> ForeignFile:
    """Read ``data`` as delimited text; ``path`` gives the name only, ``wanted`` what the file is said to be.

    Raises IntakeRefusal.
    """
    decoded = decode_bytes(data)
    table = shape_table(decoded, known_headings=known)
    headings, groups, header_row, body = _headings(table)
    kind = wanted or kind_of(headings)
    rows: list[ForeignRow] = []
    left_out: list[LeftOutRow] = []
    problems: list[Finding] = []
    notices: list[Finding] = []
    for found in body:
        if kind != "アンケート" and found.code in {"", "column_count_mismatch"}:
            if begins_other_table(found.cells, headings):
                notices.append(_other_table(found.line))
                break
            after_total = any(line.kind == "合計" for line in left_out)
            word = left_out_kind(found.cells, headings, after_total=after_total)
            if word:
                left_out.append(LeftOutRow(place=found.line, kind=word, cells=found.cells))
                continue
        number = len(rows) + 1
        broken = found.problem if found.code in BROKEN_CODES else ""
        rows.append(ForeignRow(row=number, place=found.line, cells=found.cells, problem=broken))
        problems += _damage(number, found, headings)
    tabs = decoded.encoding.startswith("utf-16") and table.delimiter == "\t"
    service = service_of(headings, rows, kind, workbook=False, tabs=tabs)
    codes = {problem.code for problem in problems}
    return ForeignFile(
        source=text_source(service, rows, codes, path=path, zipped=zipped),
        service=service,
        kind=kind,
        encoding=decoded.encoding,
        header_row=header_row,
        headings=headings,
        groups=groups,
        rows=tuple(rows),
        sha256="",
        problems=tuple(problems),
        notices=(*notices, *_said(decoded)),
        left_out=tuple(left_out),
        above=tuple(
            cell.strip('" ')
            for line in decoded.text.splitlines()[: header_row - 1]
            for cell in line.split(table.delimiter)
            if cell.strip('" ')
        ),
        lost_characters=count_lost_signs(row.cells[index] for row in rows for index in name_columns(headings)),
    )


def _headings(table: Table) -> tuple[tuple[str, ...], tuple[str, ...], int, Sequence[TableRow]]:
    """Headings, the groups above them, their line, and the rows below: a sheet saved as text keeps two rows of them."""
    upper, rows = table.headings, table.rows
    if len(rows) > 1 and not rows[0].code and completes_headings(upper, rows[0].cells, rows[1].cells):
        lower = rows[0].cells
        texts = tuple(low if low.strip() else up for low, up in zip(lower, upper, strict=True))
        groups, last = [], ""
        for up, low in zip(upper, lower, strict=True):
            last = up.strip() or last
            groups.append(last if low.strip() else "")
        return texts, tuple(groups), rows[0].line, rows[1:]
    return upper, ("",) * len(upper), table.header_line, rows


def _damage(number: int, found: TableRow, headings: Sequence[str]) -> list[Finding]:
    damage = []
    if found.problem:
        column = headings[found.index] if found.index is not None else None
        damage.append(Finding(row=number, index=found.index, column=column, reason=found.problem, code=found.code))
    for index, cell in enumerate(found.cells[: len(headings)]):
        silent = silent_sign(cell)
        if silent:
            reason, code = silent
            damage.append(Finding(row=number, index=index, column=headings[index], reason=reason, code=code))
    return damage


def _other_table(line: int) -> Finding:
    reason = f"{line}行目から別の表があり、読んでいない"
    return Finding(row=0, index=None, column=None, reason=reason, code="other_table")


def _said(decoded: DecodedText) -> list[Finding]:
    if not decoded.foreign_lines:
        return []
    lines = "、".join(f"{line}行目" for line in sorted(decoded.foreign_lines)[:5])
    reason = f"文字コードが混ざっている（{lines}）"
    return [Finding(row=0, index=None, column=None, reason=reason, code="mixed_encoding")]
