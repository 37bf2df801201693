"""The command ``import-survey``: online answers into an event, all rows kept, doubtful ones marked."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import common
from app.services import survey_import
from app.services.survey_import import ImportPreview

if TYPE_CHECKING:
    from typing import Any

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Add ``import-survey`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "import-survey",
        help="オンラインの回答を取り込む",
        description="アンケートの回答ファイルを、実施回に取り込みます。",
    )
    parser.add_argument("file", type=Path, metavar="ファイル", help="回答のファイル")
    common.add_data_options(parser)
    parser.add_argument(
        "--event", type=int, required=True, metavar="番号", help="実施回の番号（events で確かめられます）"
    )
    parser.add_argument("--reason", default="", metavar="理由", help="集計の確定後に加えるときの理由")
    parser.add_argument("--dry-run", action="store_true", help="何も書き込まず、取り込みの結果だけを示す")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Take the answers in and print ``{new, updated, duplicate, needs_check, skipped, rows}``."""
    with common.opened_store(arguments) as store:
        if arguments.dry_run:
            preview = survey_import.preview_import(store, event_id=arguments.event, path=arguments.file)
            said = "何も書き込んでいません。"
        else:
            imported = survey_import.import_survey(
                store, event_id=arguments.event, path=arguments.file, reason=arguments.reason, by=arguments.user,
                now=common.now_in(store, arguments),
            )  # fmt: skip
            preview, said = imported.preview, imported.said
    common.show(arguments, summary(preview), said, *_words(preview))
    return common.DONE


def summary(preview: ImportPreview) -> dict[str, Any]:
    """Return the outcome of every row as the command prints it."""
    return {
        "new": preview.count("新規"),
        # An answer is never overwritten: a re-submission is a new row that a person decides about.
        "updated": 0,
        "duplicate": preview.count("重複"),
        "needs_check": preview.count("確認が必要"),
        "skipped": preview.count("取り込まない"),
        "rows": [{"row": row.row, "outcome": row.outcome, "reason": row.reason} for row in preview.rows],
        "dropped_columns": list(preview.dropped_columns),
        "unknown_columns": list(preview.unknown_columns),
        "missing_questions": list(preview.missing_questions),
    }


def _words(preview: ImportPreview) -> list[str]:
    return [f"{row.row}行目　{row.outcome}　{row.reason}".rstrip("　") for row in preview.rows]
