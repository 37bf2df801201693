"""Base class for reading one row of an imported list with its findings."""

from __future__ import annotations

from collections.abc import Mapping

from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow
from app.subjects.organisations.register.intake.person_values import clean


class OrganisationRowReader:
    """Reads one row and records findings about it; ``columns`` maps column numbers to fields."""

    def __init__(self, file: ForeignFile, columns: Mapping[int, str], row: ForeignRow) -> None:
        self._file = file
        self._row = row
        self._column_of_field = {field: index for index, field in sorted(columns.items(), reverse=True)}
        self._values = {field: clean(row.cells[i]) for field, i in self._column_of_field.items() if i < len(row.cells)}
        self._problems = [finding for finding in file.problems if finding.row == row.row]
        self._notices = [finding for finding in file.notices if finding.row == row.row]

    def _add_problem(self, field: str, reason: str, code: str) -> None:
        self._problems.append(self._finding(field, reason, code))

    def _add_notice(self, field: str, reason: str, code: str) -> None:
        self._notices.append(self._finding(field, reason, code))

    def _finding(self, field: str, reason: str, code: str) -> Finding:
        index = self._column_of_field.get(field)
        column = None if index is None else self._file.headings[index]
        return Finding(row=self._row.row, index=index, column=column, reason=reason, code=code)
