"""Says what a foreign file is and what is doubtful in it, before anybody decides where it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.intake.application_judging import judge_applications
from app.intake.decode import read_text
from app.intake.survey_columns import Column, map_columns
from app.intake.survey_file import read_survey_file
from app.intake.survey_judging import RowProblem, judge_row, lost_signs
from app.intake.survey_rows import read_row
from app.intake.survey_source import ORGANISATION_LIST, fold_heading, recognise_source
from app.intake.table import Table, read_table

_SURVEY_HEADING = re.compile(r"^(?:q|問|設問)[0-9]+|満足|感想|役立|役に立|理解|わかりやす|年代")
_SURVEY_HEADINGS = 3
_NEEDS_OPTIONS = {"option_not_in_list", "not_a_number"}


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What a file is: source word, encoding, physical line of the headings, rows, and doubtful places.

    ``kind`` is 「アンケート」, 「申込」 or 「団体一覧」 by its headings. ``lost_characters`` counts the signs that stand for
    characters lost before the file came to us.
    """

    source: str
    kind: str
    encoding: str
    header_row: int
    columns: tuple[str, ...]
    rows: int
    problems: tuple[RowProblem, ...]
    lost_characters: int


def describe_file(path: Path) -> FileReport:
    """Read ``path`` (and nothing else) and describe it.

    Problems that need an event's options or the list of 団体 are not judged here. Raises IntakeRefusal when the
    file cannot be taken.
    """
    decoded = read_text(path)
    table = read_table(decoded.text)
    source = recognise_source(table, decoded.encoding)
    kind = _kind(source, table.headings)
    if kind == "アンケート":
        survey = read_survey_file(path, None)
        problems = tuple(problem for problem in survey.problems if problem.code not in _NEEDS_OPTIONS)
        lost = survey.lost_characters
    else:
        problems, lost = _plain_problems(table, map_columns(table.headings, ()))
        if kind == "申込":
            problems = tuple(sorted((*problems, *judge_applications(table)), key=lambda problem: problem.row))
    return FileReport(
        source=source,
        kind=kind,
        encoding=decoded.encoding,
        header_row=table.header_line,
        columns=table.headings,
        rows=len(table.rows),
        problems=problems,
        lost_characters=lost,
    )


def _kind(source: str, headings: Sequence[str]) -> str:
    if source == ORGANISATION_LIST:
        return "団体一覧"
    asked = sum(bool(_SURVEY_HEADING.search(fold_heading(heading))) for heading in headings)
    return "アンケート" if asked >= _SURVEY_HEADINGS else "申込"


def _plain_problems(table: Table, columns: Sequence[Column]) -> tuple[tuple[RowProblem, ...], int]:
    problems: list[RowProblem] = []
    lost = 0
    for table_row in table.rows:
        row = read_row(table_row, columns, {}, ",")
        problems += judge_row(row, table_row, columns, {})
        lost += lost_signs(row, columns)
    return tuple(problems), lost
