"""The command ``intake``: says what a received file is and what is doubtful in it; writes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.intake.file_report import FileReport, describe_file
from app.intake.refusal import IntakeRefusal
from app.intake.survey_source import SOURCE_WORDS

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Add ``intake`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "intake",
        help="届いたファイルが何かを調べる",
        description="届いたファイルを読み、何のファイルか、どこを確かめるべきかを示します。何も書き込みません。",
    )
    parser.add_argument("file", metavar="ファイル", type=Path, help="調べるファイル")
    parser.add_argument("--json", action="store_true", help="結果をJSONで出す")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what the file is; returns 0 (also with doubtful rows) or 1 when the file cannot be taken."""
    try:
        report = describe_file(arguments.file)
    except IntakeRefusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    if not report.rows:
        print("見出しだけで、データは0行です。", file=sys.stderr)  # noqa: T201
    text = json.dumps(_as_json(report), ensure_ascii=False, indent=2) if arguments.json else _as_text(report)
    print(text)  # noqa: T201
    return 0


def _as_json(report: FileReport) -> dict[str, object]:
    """The report for programs."""
    return {
        "source": report.source,
        "kind": report.kind,
        "encoding": report.encoding,
        "header_row": report.header_row,
        "columns": list(report.columns),
        "rows": report.rows,
        "problems": [
            {"row": problem.row, "column": problem.column, "reason": problem.reason} for problem in report.problems
        ],
        "lost_characters": report.lost_characters,
    }


def _as_text(report: FileReport) -> str:
    """The report for people."""
    lines = [
        f"{SOURCE_WORDS[report.source]}（{report.kind}）",
        f"  文字コード　{report.encoding}",
        f"  見出し　{report.header_row}行目、{len(report.columns)}列",
        f"  データ　{report.rows}行",
    ]
    if report.lost_characters:
        lines.append(f"  失われた文字の印　{report.lost_characters}か所")
    if report.problems:
        lines.append(f"  確かめること　{len(report.problems)}件")
        lines += [_problem_line(problem.row, problem.column, problem.reason) for problem in report.problems]
    else:
        lines.append("  確かめること　なし")
    return "\n".join(lines)


def _problem_line(row: int, column: str | None, reason: str) -> str:
    where = f"（{column.strip()}）" if column else ""
    return f"    データ{row}行目{where}　{reason}"
