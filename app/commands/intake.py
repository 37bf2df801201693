"""The command ``intake``: reports what a received file is and what is doubtful in it; writes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.commands.command_line import DONE, add_json_option, print_result, print_to_stderr
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.foreign_shape import Finding, ForeignFile, left_out_lines, row_words
from app.foreign_files.source_detection import SOURCE_WORDS
from db.record import record

HELP = "届いたファイルが何かを調べる"
DESCRIPTION = "届いたファイルを読み、何のファイルか、どこを確かめるべきかを示します。何も書き込みません。"


_THING = {"アンケート": "回答", "団体一覧": "団体", "会場予約": "予約", "申込": "申込"}
_NEEDS_OPTIONS = frozenset({"option_not_in_list", "not_a_number"})


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``intake`` to its ``parser``."""
    parser.add_argument("file", metavar="ファイル", type=Path, help="調べるファイル")
    parser.add_argument(
        "--sheet", metavar="シート", default="", help="Excelブックのシート（省くと表のあるシートを探す）"
    )
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what a file is and what is doubtful in it; raises IntakeRefusal when it cannot be read."""
    report = describe_file(arguments.file, sheet=arguments.sheet)
    print_to_stderr(*_remarks(report))
    print_result(arguments, _as_json(report), _as_text(report))
    return DONE


def _remarks(report: FileReport) -> list[str]:
    """Return the remarks on the whole file, above all the parts that were not read."""
    remarks = [f"{remark}。" for remark in report.remarks]
    if not report.file.rows:
        remarks.append("見出しだけで、データは0行です。")
    if report.dropped_columns and report.file.kind == "申込":
        remarks.append(f"事業に要らない個人の列は取り込みません：{'、'.join(report.dropped_columns)}")
    return remarks


def _as_json(report: FileReport) -> dict[str, object]:
    return {
        "source": report.file.source,
        "encoding": report.file.encoding,
        "header_row": report.file.header_row,
        "columns": list(report.file.headings),
        "rows": len(report.file.rows),
        "problems": [
            {"row": problem.row, "column": problem.column, "reason": problem.reason} for problem in report.problems
        ],
        "lost_characters": report.lost_characters,
    }


def _as_text(report: FileReport) -> str:
    lines = [
        f"{SOURCE_WORDS[report.file.source]}（{report.file.kind}）",
        f"  文字コード　{report.file.encoding}" if report.file.encoding else f"  シート　{report.file.sheet}",
        f"  見出し　{report.file.header_row}行目、{len(report.file.headings)}列",
        f"  データ　{len(report.file.rows)}行",
    ]
    if report.lost_characters:
        lines.append(f"  失われた文字の印　{report.lost_characters}か所")
    if report.problems:
        lines.append(f"  確かめること　{len(report.problems)}件")
        lines += [
            _problem_line(report.file.spreadsheet_rows.get(problem.row), problem.column, problem.reason)
            for problem in report.problems
        ]
    else:
        lines.append("  確かめること　なし")
    return "\n".join(lines)


def _problem_line(spreadsheet_row: int | None, column: str | None, reason: str) -> str:
    row = row_words([spreadsheet_row]) if spreadsheet_row else "ファイル"
    where = f"（{column.strip()}）" if column else ""
    return f"    {row}{where}　{reason}"


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
