"""Compares the rows of a list of applications with each other and with the total that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.foreign_files.foreign_shape import Finding, ForeignFile
from app.subjects.applications.intake.application_shape import ApplicationDuplicate, ApplicationRow
from app.subjects.register.intake import person_values


def with_duplicates(
    rows: Sequence[ApplicationRow],
    duplicates: Sequence[ApplicationDuplicate],
    file: ForeignFile,
    columns: Mapping[int, str],
) -> tuple[ApplicationRow, ...]:
    """The rows, with every later one of a set saying so: a problem for one person, a notice for a namesake."""
    index = next((place for place, field in sorted(columns.items()) if field == "name"), None)
    column = None if index is None else file.headings[index]
    problems: dict[int, list[Finding]] = {}
    notices: dict[int, list[Finding]] = {}
    for duplicate in duplicates:
        first = duplicate.rows[0]
        for row in duplicate.rows[1:]:
            if duplicate.kind == "same_name_different_person":
                reason = f"データ{first}行目と同姓同名だが、電話も団体も違う。自動でまとめない"
                found = Finding(row=row, index=index, column=column, reason=reason, code="same_name_other_person")
                notices.setdefault(row, []).append(found)
            else:
                reason = f"データ{first}行目と電話番号・氏名が同じ（空白とカナの幅を除く）"
                found = Finding(row=row, index=index, column=column, reason=reason, code="duplicate_person")
                problems.setdefault(row, []).append(found)
    return tuple(
        replace(
            row,
            problems=(*row.problems, *problems.get(row.row, ())),
            notices=(*row.notices, *notices.get(row.row, ())),
        )
        if row.row in problems or row.row in notices
        else row
        for row in rows
    )


def total_differs(file: ForeignFile, columns: Mapping[int, str], rows: Sequence[ApplicationRow]) -> list[Finding]:
    """The total that a list shows against the sum of its rows, read as numbers."""
    index = next((place for place, field in columns.items() if field == "people"), None)
    total = next((line for line in file.left_out if line.kind == "合計"), None)
    if index is None or total is None or index >= len(total.cells):
        return []
    shown = person_values.read_amount(total.cells[index])
    counted = sum(row.people or 0 for row in rows)
    if shown is None or shown == counted:
        return []
    reason = f"合計行の {shown} と、各行を数として読んだ合計 {counted} が違う"
    return [Finding(row=0, index=index, column=file.headings[index], reason=reason, code="total_differs")]
