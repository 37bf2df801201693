"""The command ``import-survey``: imports online answers into an event, keeping all rows and marking doubtful ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.actions.action_context import ActionContext
from app.commands import command_line, opening
from app.foreign_files.foreign_shape import row_words
from app.surveys.answers.services import survey_import, survey_preview
from app.surveys.answers.services.survey_preview import ImportPreview

if TYPE_CHECKING:
    from typing import Any


HELP = "オンラインの回答を取り込む"
DESCRIPTION = "アンケートの回答ファイルを、実施回に取り込みます。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``import-survey`` to its ``parser``."""
    parser.add_argument("file", type=Path, metavar="ファイル", help="回答のファイル")
    opening.add_data_options(parser)
    parser.add_argument(
        "--event", type=int, required=True, metavar="番号", help="実施回の番号（events で確かめられます）"
    )
    parser.add_argument("--reason", default="", metavar="理由", help="集計の確定後に加えるときの理由")
    parser.add_argument(
        "--few-columns", action="store_true", help="設問の3分の1を超えて列がなくても、無回答として取り込む"
    )
    parser.add_argument("--dry-run", action="store_true", help="何も書き込まず、取り込みの結果だけを示す")


def run(arguments: argparse.Namespace) -> int:
    """Import the answers (with ``--dry-run`` nothing), and print the outcome of each row with counts."""
    preview, said = _preview_file(arguments) if arguments.dry_run else _import_file(arguments)
    remarks = _remarks(preview)
    if arguments.json:
        remarks = [said, *remarks]
    command_line.print_to_stderr(*remarks)
    command_line.print_result(arguments, response_summary(preview), said, *_words(preview))
    return command_line.DONE


def _import_file(arguments: argparse.Namespace) -> tuple[ImportPreview, str]:
    """Import the file of answers; return its preview and the message."""
    with opening.opened_store(arguments) as store:
        imported = survey_import.import_survey(
            ActionContext(store, store.display_name, opening.now_for_store(store, arguments)),
            event_id=arguments.event,
            path=arguments.file,
            reason=arguments.reason,
            few_columns=arguments.few_columns,
        )
    return imported.preview, imported.message


def _preview_file(arguments: argparse.Namespace) -> tuple[ImportPreview, str]:
    """Return what an import would do without writing (preview and message), with the same refusals as the import."""
    with opening.read_store(arguments) as store:
        store.check_unrestricted()  # what is said of each row may name who is known already
        preview = survey_preview.preview_import(store, event_id=arguments.event, path=arguments.file)
        survey_import.check_change_reason(preview.survey, reason=arguments.reason)
        if preview.has_too_few_columns and not arguments.few_columns:
            raise survey_import.few_columns_error(preview)
    return preview, f"取り込むと {len(preview.new_rows)}件 が加わります。何も書き込んでいません。"


def response_summary(preview: ImportPreview) -> dict[str, Any]:
    """Return the outcome of every row, and the counts of outcomes, as plain data."""
    return {
        "new": preview.count("新規"),
        # An answer is never overwritten: a re-submission is a new row that a person decides about.
        "updated": 0,
        "duplicate": preview.count("重複"),
        "needs_check": preview.count("確認が必要"),
        "skipped": preview.count("取り込まない"),
        "rows": [{"row": row.row, "outcome": row.outcome, "reason": row.reason} for row in preview.rows],
    }


def _remarks(preview: ImportPreview) -> list[str]:
    """Return the remarks on the whole file: dropped columns, and differences from the questions."""
    remarks = list(preview.notices)
    if preview.survey_file.dropped_columns:
        remarks.append(f"個人に関わる列は取り込みません：{'、'.join(preview.survey_file.dropped_columns)}")
    if preview.survey_file.unknown_columns:
        remarks.append(f"設問にない列は、文のまま残します：{'、'.join(preview.survey_file.unknown_columns)}")
    titles = [one.title for one in preview.survey.questions if one.code in preview.survey_file.missing_questions]
    if titles:
        remarks.append(f"ファイルに列がない設問は無回答になります：{'、'.join(titles)}")
    names = {question.code: question.title for question in preview.survey.questions}
    for column in preview.likely_columns:
        likely = next(one for one in column.suggestions if one.is_likely)
        remarks.append(
            f"列「{column.heading}」は設問「{names[likely.code]}」に似ています（画面の取り込みで、"
            f"列の対応を決められます）"
        )
    return remarks


def _words(preview: ImportPreview) -> list[str]:
    """Return every line of the file as shown in the window, including those that are no answers."""
    shown = sorted((*preview.rows, *preview.non_answer_lines), key=lambda row: row.spreadsheet_row)
    return [
        f"{row_words([row.spreadsheet_row])}　{row.outcome}　{row.reason}　{row.note}".rstrip("　") for row in shown
    ]
