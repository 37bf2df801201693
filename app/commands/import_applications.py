"""The command ``import-applications``: imports applications from a file into the roster of one event."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.actions.action_context import ActionContext
from app.commands import command_line, import_options, opening
from app.commands.import_options import columns_from_words
from app.events.applications.intake.application_fields import DROPPED
from app.events.applications.services import application_import
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.foreign_files.foreign_shape import row_words

if TYPE_CHECKING:
    from datetime import date

    from app.events.applications.services.application_preview import ApplicationPreview

HELP = "申込のファイルを実施回の名簿に取り込む"
DESCRIPTION = (
    "申込のファイルを実施回の名簿に取り込みます。「確認が必要」の行は、指定したときだけ印を付けて取り込みます。"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``import-applications`` to its ``parser``."""
    parser.add_argument("file", metavar="ファイル", type=Path, help="申込のCSVまたは.xlsx")
    opening.add_data_options(parser)
    parser.add_argument(
        "--event", type=int, required=True, metavar="番号", help="実施回の番号（events で確かめられます）"
    )
    parser.add_argument("--include-doubtful", action="store_true", help="「確認が必要」の行も、印を付けて取り込む")
    import_options.add_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="何も書き込まず、取り込みの結果だけを示す")


def run(arguments: argparse.Namespace) -> int:
    """Import the applications (with ``--dry-run`` nothing), and print the outcome of each row with counts."""
    preview, said, begins = _preview_file(arguments) if arguments.dry_run else _import_file(arguments)
    remarks = [*_remarks(preview), *import_options.remarks(preview.days_without_year, begins)]
    if arguments.json:
        remarks = [said, *remarks]
    command_line.print_to_stderr(*remarks)
    command_line.print_result(
        arguments,
        application_summary(preview),
        said,
        *[f"{row_words([row.line])}　{row.outcome}　{row.reason}　{row.note}".rstrip("　") for row in preview.all_rows],
    )
    return command_line.DONE


def _import_file(arguments: argparse.Namespace) -> tuple[ApplicationPreview, str, date | None]:
    """Import the file; return its preview, the message, and the first day for days without a year."""
    with opening.opened_store(arguments) as store:
        now = opening.now_for_store(store, arguments)
        begins = import_options.first_day(arguments, now.date())
        imported = application_import.import_applications(
            ActionContext(store, store.display_name, now),
            event_id=arguments.event,
            path=arguments.file,
            columns=_chosen_columns(arguments),
            include_doubtful=arguments.include_doubtful,
            year_from=begins,
        )
    return imported.preview, imported.message, begins


def _preview_file(arguments: argparse.Namespace) -> tuple[ApplicationPreview, str, date | None]:
    """Return what an import would do without writing: preview, message, first day for days without a year."""
    with opening.read_store(arguments) as store:
        store.check_unrestricted()  # what is said of each row may name who is known already
        today = opening.now_for_store(store, arguments).date()
        begins = import_options.first_day(arguments, today)
        preview = application_import.preview_applications(
            store,
            event_id=arguments.event,
            path=arguments.file,
            columns=_chosen_columns(arguments),
            include_doubtful=arguments.include_doubtful,
            year_from=begins,
            today=today,
        )
        application_import.check_importable(preview)
    return (
        preview,
        f"取り込むと、申込{len(preview.rows_to_import)}件が加わるか変わります。何も書き込んでいません。",
        begins,
    )


def _chosen_columns(arguments: argparse.Namespace) -> dict[int, str] | None:
    if not arguments.column:
        return None
    file = application_import.read_application_file(arguments.file)
    return columns_from_words(file, arguments.column, APPLICATIONS_TARGET.choices(APPLICATIONS_TARGET.fields))


def application_summary(preview: ApplicationPreview) -> dict[str, Any]:
    """Return the outcome of every row, and the counts of outcomes, as plain data."""
    return {
        "new": preview.count("新規"),
        "updated": preview.count("更新"),
        "duplicate": preview.count("重複"),
        "needs_check": preview.count("確認が必要"),
        "skipped": preview.count("取り込まない"),
        "rows": [{"row": row.row, "outcome": row.outcome, "reason": row.reason} for row in preview.rows],
    }


def _remarks(preview: ApplicationPreview) -> list[str]:
    """Return the remarks on the whole file: notices, and the columns that are not read."""
    remarks = [*preview.notices, *preview.readings]
    if dropped := preview.headings_of(DROPPED):
        remarks.append(f"この事業に要らない個人情報の列は読み込みません：{'、'.join(dropped)}")
    if unused := preview.headings_of(""):
        remarks.append(f"読み込まない列：{'、'.join(unused)}")
    return remarks
