"""Describe a foreign file and what is doubtful in it, before it is imported anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.foreign_shape import Finding, ForeignFile, left_out_lines, row_words
from db.record import record

_THING = {"アンケート": "回答", "団体一覧": "団体", "会場予約": "予約", "申込": "申込"}
_NEEDS_OPTIONS = frozenset({"option_not_in_list", "not_a_number"})


@record
class FileReport:
    """A file as it was read, and what is doubtful in it.

    ``problems`` count data rows, ``lost_characters`` replacement characters already in the file; ``remarks`` concern
    the whole file, ``dropped_columns`` are headings of personal columns that are never stored.
    """

    file: ForeignFile
    problems: tuple[Finding, ...]
    lost_characters: int
    remarks: tuple[str, ...]
    dropped_columns: tuple[str, ...]


def describe_file(path: Path, *, sheet: str = "") -> FileReport:
    """Read ``path`` (and nothing else) and describe it; ``sheet`` names the sheet of a workbook.

    Problems that need an event's options or the list of 団体 are not judged here.

    Raises:
        IntakeRefusal: the file is unusable.
    """
    file = read_foreign_file(path, sheet=sheet)
    problems, notices, lost, dropped = _judge_file(file)
    return FileReport(
        file=file,
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        lost_characters=lost,
        remarks=(
            *dict.fromkeys(notice.reason for notice in notices if not notice.row),
            *(
                f"{row_words([line.spreadsheet_row])}は、{words}"
                for line, words in left_out_lines(file, _THING[file.kind])
            ),
        ),
        dropped_columns=dropped,
    )


def _judge_file(file: ForeignFile) -> tuple[Sequence[Finding], tuple[Finding, ...], int, tuple[str, ...]]:
    """Return row problems, remarks, lost characters and dropped columns, by the kind of file."""
    # Each is imported for its own kind: most files that somebody asks about are refused before they have one.
    if file.kind == "アンケート":
        from app.surveys.answers.intake.survey_file import interpret_answers

        survey = interpret_answers(file, None)
        kept = [one for one in survey.problems if one.code not in _NEEDS_OPTIONS]
        return kept, file.notices, survey.lost_characters, survey.dropped_columns
    if file.kind == "団体一覧":
        from app.registers.register.intake import read_organisations

        organisations = read_organisations(file)
        return organisations.problems, organisations.notices, organisations.lost_characters, ()
    if file.kind == "会場予約":
        from app.registers.venues.intake import read_bookings

        bookings = read_bookings(file)
        return bookings.problems, bookings.notices, 0, ()
    from app.events.applications.intake.application_fields import dropped_columns, propose_columns
    from app.events.applications.intake.application_rows import read_applications

    columns = propose_columns(file.headings, file.service, file.groups)
    table = read_applications(file, columns)
    return table.problems, table.notices, table.lost_characters, dropped_columns(file.headings, columns)
