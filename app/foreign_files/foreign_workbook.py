"""Reads a workbook into the shape of a foreign file: the sheet with the best table, or the one asked for."""

from __future__ import annotations

from collections.abc import Sequence

from app.foreign_files.file_kind import kind_of, service_of, workbook_source
from app.foreign_files.findings import Finding
from app.foreign_files.foreign_shape import ForeignFile, ForeignRow, Kind
from app.foreign_files.heading_fold import is_running_number
from app.foreign_files.lost_signs import count_lost_signs, name_columns
from app.foreign_files.refusal import IntakeRefusal
from app.foreign_files.sheet_table import SheetTable, SheetTableRow, shape_sheet
from app.foreign_files.silent_signs import silent_sign
from app.foreign_files.workbook_reading import Caps, WorkbookSheets, read_workbook

_NAMED = 5


def read_workbook_table(
    data: bytes,
    *,
    unpacked: int,
    sheet: str,
    known: frozenset[str],
    caps: Caps | None = None,
    wanted: Kind | None = None,
) -> ForeignFile:
    """Read the workbook ``data`` (``unpacked`` bytes when unpacked); ``wanted`` is what it is said to be.

    Raises IntakeRefusal.
    """
    book = read_workbook(data, unpacked=unpacked, sheet=sheet, caps=caps)
    if sheet and not book.sheets:
        raise IntakeRefusal(f"シート「{sheet}」が見つかりませんので、シートを選び直してください。")
    answers = wanted == "アンケート"
    tables = [table for found in book.sheets if (table := shape_sheet(found, known, answers=answers)) is not None]
    if not tables:
        raise IntakeRefusal(
            "見出しの行が見つかりませんので、「氏名」や「団体名」などの見出しが並ぶ表のあるブックを選んでください。"
        )
    table = max(tables, key=lambda one: (bool(one.rows), one.score, len(one.rows)))
    headings = table.headings.texts
    kind = wanted or kind_of(headings)
    rows = tuple(
        ForeignRow(row=number, place=found.place, cells=found.cells) for number, found in enumerate(table.rows, start=1)
    )
    service = service_of(headings, rows, kind, workbook=True)
    problems, notices = _judged(table)
    source = workbook_source(
        service,
        far=bool(table.far),
        formulas=any(notice.code == "formula_cell" for notice in notices),
        first_sheet=table.name == book.sheets[0].name,
        titled=table.headings.row > 1,
    )
    return ForeignFile(
        source=source,
        service=service,
        kind=kind,
        encoding=None,
        header_row=table.headings.row,
        headings=headings,
        groups=table.headings.groups,
        rows=rows,
        sha256="",
        sheet=table.name,
        sheets=tuple(one.name for one in tables if one.rows),
        problems=tuple(problems),
        notices=(*notices, *_whole(table, tables, book)),
        left_out=table.left_out,
        above=table.above,
        hidden_columns=table.hidden_columns,
        lost_characters=count_lost_signs(row.cells[index] for row in rows for index in name_columns(headings)),
    )


def _judged(table: SheetTable) -> tuple[list[Finding], list[Finding]]:
    problems: list[Finding] = []
    notices: list[Finding] = []
    for number, found in enumerate(table.rows, start=1):
        for index, reason, code in _cell_problems(found):
            if code == "formula_without_value" and is_running_number(table.headings.texts[index]):
                continue
            problems.append(_finding(table, number, index, reason, code))
        for index in found.carried:
            reason = "上の行と結合したセル。上の値を使う"
            notices.append(_finding(table, number, index, reason, "merged_cell_carried"))
        for index, mark in found.marks.items():
            if mark == "f":
                reason = "数式のセル。保存済みの値だけを使い、計算も通信もしない"
                notices.append(_finding(table, number, index, reason, "formula_cell"))
        if found.hidden:
            reason = "シートで隠れている行。ほかの行と同じに読む"
            notices.append(_finding(table, number, None, reason, "hidden_row"))
    return problems, notices


def _cell_problems(found: SheetTableRow) -> list[tuple[int, str, str]]:
    problems = []
    for index, mark in found.marks.items():
        if mark == "e":
            problems.append((index, f"セルがエラー値「{found.cells[index]}」になっている", "error_value"))
        elif mark == "F":
            problems.append((index, "数式の結果が保存されていないため、値が分からない", "formula_without_value"))
    for index, cell in enumerate(found.cells):
        silent = silent_sign(cell)
        if silent:
            problems.append((index, *silent))
    return problems


def _finding(table: SheetTable, row: int, index: int | None, reason: str, code: str) -> Finding:
    column = None if index is None else table.headings.texts[index]
    return Finding(row=row, index=index, column=column, reason=reason, code=code)


def _whole(table: SheetTable, tables: Sequence[SheetTable], book: WorkbookSheets) -> list[Finding]:
    """What concerns the file: parts of it that were not read are never passed over in silence."""
    said: list[tuple[str, str]] = []
    if table.far:
        cells = "、".join(table.far[:_NAMED]) + ("ほか" if len(table.far) > _NAMED else "")
        said.append((f"表から離れたセル（{cells}）に値があり、表の外として読んでいない", "far_cells"))
    others = [one.name for one in tables if one.name != table.name and one.rows]
    if others:
        said.append(
            (
                f"ほかのシートにも表がある（{'、'.join(others[:_NAMED])}）。読んだのは「{table.name}」だけ",
                "other_sheets",
            )
        )
    if book.hidden:
        said.append((f"隠れたシートは読んでいない（{'、'.join(book.hidden[:_NAMED])}）", "hidden_sheets"))
    if table.other_table is not None:
        said.append((f"{table.other_table}行目から別の表があり、読んでいない", "other_table"))
    if table.beside is not None:
        said.append(("同じシートの横に別の表があり、読んでいない", "table_beside"))
    if table.hidden_columns:
        names = "、".join(table.headings.texts[index].strip() or "見出しなし" for index in table.hidden_columns)
        said.append((f"シートで隠れている列がある（{names}）", "hidden_columns"))
    if book.macros:
        said.append(("マクロの入ったブック。マクロは動かさず、値だけを読んだ", "macros"))
    return [Finding(row=0, index=None, column=None, reason=reason, code=code) for reason, code in said]
