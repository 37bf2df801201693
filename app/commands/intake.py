"""The command ``intake``: reports what a received file is and what is doubtful in it; writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.command_line import DONE, add_json_option, print_result, print_to_stderr
from app.foreign_files.foreign_shape import row_words
from app.foreign_files.source_detection import SOURCE_WORDS
from app.home.today.services.file_report import FileReport, describe_file

HELP = "届いたファイルが何かを調べる"
DESCRIPTION = "届いたファイルを読み、何のファイルか、どこを確かめるべきかを示します。何も書き込みません。"


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
