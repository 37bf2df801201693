"""A list of 団体 as it would be taken in: every row with its outcome, the reason and what it changes; nothing written.

- ``preview_organisations(store, path, columns, sheet, as_of, fiscal_year, decisions) -> OrganisationPreview``
- ``past_imports(store) -> tuple[ForeignImport, ...]`` the lists taken in so far, newest first

The key of a row is (支部, 名称). A name with lost characters finds the registered one it can only be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from app.calendar.dates import DateProblem, fiscal_year_of, parse_date
from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.refusal import IntakeRefusal
from app.foreign_files.sources import SOURCE_WORDS
from app.refusal import Refusal
from app.subjects.register.intake.organisation_rows import (
    ORGANISATION_FIELDS,
    STAGE,
    propose_organisation_columns,
    read_organisations,
)
from app.subjects.register.services.organisation_differences import KnownRegister
from app.subjects.register.services.organisation_judging import OUTCOMES, IntakeRow, Outcome, RowDecision, RowJudge
from db.name_key import name_key
from db.records.applications import ForeignImport
from db.store import Store
from db.tables import applications

__all__ = ["OUTCOMES", "IntakeRow", "OrganisationPreview", "Outcome", "RowDecision", "preview_organisations"]

_ENCODINGS: Final = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16"}


@dataclass(frozen=True, kw_only=True)
class ColumnUse:
    """One column: number from 0, heading, our field ("" = not taken in) and its word, the first value in it."""

    index: int
    heading: str
    field: str
    label: str
    sample: str


@dataclass(frozen=True, kw_only=True)
class OrganisationPreview:
    """A list as it would be taken in; ``as_of`` is the day it is true for, ``fiscal_year`` that of its 補助金."""

    file_name: str
    sha256: str
    source_words: str
    source_key: str
    encoding: str
    encoding_words: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[ColumnUse, ...]
    remembered: bool
    tools: tuple[str, ...]
    as_of: date
    fiscal_year: int
    rows: tuple[IntakeRow, ...]
    notices: tuple[str, ...]
    left_out: tuple[str, ...]
    cells: Mapping[int, tuple[str, ...]] = field(repr=False)

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def taken(self) -> tuple[IntakeRow, ...]:
        """The rows of which something would be written."""
        return tuple(row for row in self.rows if row.taken)

    @property
    def doubtful(self) -> tuple[IntakeRow, ...]:
        """The rows somebody should look at: they go back as a workbook."""
        return tuple(row for row in self.rows if row.outcome in ("確認が必要", "取り込まない") or row.note or row.kept)


def preview_organisations(
    store: Store,
    *,
    path: Path,
    today: date,
    columns: Mapping[int, str] | None = None,
    sheet: str = "",
    as_of: date | None = None,
    fiscal_year: int | None = None,
    decisions: Mapping[int, RowDecision] | None = None,
) -> OrganisationPreview:
    """Read ``path`` and hold every row against the register.

    Args:
        columns: column number (from 0) to field, as set by hand; None = as remembered, else as proposed.
        as_of: the day the list is true for; None = the day it says itself, else ``today``.
        fiscal_year: of the 補助金; None = that of ``as_of``. decisions: what a clerk decided, by row number.

    Raises:
        Refusal: the file cannot be taken (the sentence says why), or no column holds the names.
    """
    file = _read(path, sheet)
    key = source_key(file)
    remembered = applications.column_map(store.database, "団体", key) if columns is None else None
    used = dict(columns) if columns is not None else (
        {int(number): name for number, name in remembered.columns.items()}
        if remembered
        else propose_organisation_columns(file.headings, file.groups)
    )  # fmt: skip
    fields = {index: name for index, name in used.items() if name}
    day = as_of or _day_said(file, today) or today
    year = fiscal_year or fiscal_year_of(day)
    table = read_organisations(file, fields)
    named = "name" in fields.values()
    judge = RowJudge(KnownRegister.read(store.database, year), table, day, decisions or {})
    return OrganisationPreview(
        file_name=path.name,
        sha256=file.sha256,
        source_words=SOURCE_WORDS.get(file.source, file.source),
        source_key=key,
        encoding=file.encoding or "",
        encoding_words=_ENCODINGS.get(file.encoding or "", file.encoding or "Excelブック"),
        header_row=file.header_row,
        sheet=file.sheet,
        sheets=file.sheets,
        headings=file.headings,
        columns=tuple(_column(file, index, used.get(index, "")) for index in range(len(file.headings))),
        remembered=remembered is not None,
        tools=table.tools,
        as_of=day,
        fiscal_year=year,
        rows=judge.rows() if named else (),
        notices=tuple(
            one.reason for one in (*file.problems, *file.notices, *table.problems, *table.notices) if one.row == 0
        ),
        left_out=tuple(f"{one.place}行目　{one.kind}" for one in file.left_out),
        cells={row.row: row.cells for row in file.rows},
    )


def past_imports(store: Store) -> tuple[ForeignImport, ...]:
    """Return the lists taken in so far, newest first."""
    return tuple(applications.imports_for(store.database, "団体"))


def source_key(file: ForeignFile) -> str:
    """What a list of this kind is known by the next time: its headings, each with the one above it."""
    groups = file.groups or ("",) * len(file.headings)
    return "|".join(name_key(f"{group}{heading}") for group, heading in zip(groups, file.headings, strict=False))


def column_choices(headings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The fields a column may be set to, with their words; a 段階 is offered under the column's own heading."""
    return (("", "取り込まない"), *ORGANISATION_FIELDS.items(), *((STAGE + one, f"段階　{one}") for one in headings))


def _read(path: Path, sheet: str) -> ForeignFile:
    try:
        return read_foreign(path, sheet=sheet)
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise Refusal(f"{happened}。", todo) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error


def _column(file: ForeignFile, index: int, name: str) -> ColumnUse:
    heading = " ".join(file.headings[index].split())
    label = (
        f"段階　{name.removeprefix(STAGE)}" if name.startswith(STAGE) else ORGANISATION_FIELDS.get(name, "取り込まない")
    )
    sample = next((row.cells[index].strip() for row in file.rows if row.cells[index].strip()), "")
    return ColumnUse(
        index=index, heading=heading or f"（{index + 1}列目）", field=name, label=label, sample=sample[:30]
    )


def _day_said(file: ForeignFile, today: date) -> date | None:
    """The day in a line such as 「令和8年4月1日現在」 above or below the table."""
    for cell in (*file.above, *(cell for one in file.left_out for cell in one.cells)):
        said, mark, _ = cell.strip().partition("現在")
        if mark:
            try:
                return parse_date(re.split(r"[（(\s]", said.strip())[-1], fiscal_year_of(today))
            except DateProblem:
                continue
    return None
