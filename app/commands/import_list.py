"""The command ``import-list``: imports a list of 団体, venues or bookings row by row, as in the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands import command_line, import_options, opening
from app.commands.import_options import columns_from_words
from app.foreign_files.foreign_shape import row_words
from app.importing.column_choices import refuse_open_columns
from app.importing.list_target import read_list
from app.importing.missing_years import YEAR_SETTING
from app.importing.row_target import ListPreview, RowByRowTarget, import_list, preview_list
from app.registers.register.services.organisation_intake import TAKE_NEW
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.venues.services import BOOKINGS, VENUES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LISTS: Mapping[str, RowByRowTarget[Any]] = {one.list_name: one for one in (ORGANISATIONS, VENUES, BOOKINGS)}

HELP = "団体や会場の一覧、会場の予約を取り込む"
DESCRIPTION = "一覧のファイルを取り込みます。「確認が必要」の行は取り込みません。画面で1行ずつ決めてください。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``import-list`` to its ``parser``."""
    parser.add_argument("file", metavar="ファイル", type=Path, help="一覧のCSVまたは.xlsx")
    parser.add_argument("--list", choices=tuple(_LISTS), required=True, dest="name", help="何の一覧か")
    parser.add_argument("--sheet", default="", metavar="シート", help="読むシート（省くと表のあるシートを探す）")
    import_options.add_options(parser)
    parser.add_argument(
        "--accept-new", action="store_true", help="登録と合わない行が多い団体の一覧でも、新しい団体として加える"
    )
    opening.add_data_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="何も書き込まず、取り込みの結果だけを示す")


def run(arguments: argparse.Namespace) -> int:
    """Import the list (with ``--dry-run`` nothing), and print the outcome of each row, as JSON with the counts."""
    preview, said = _preview_file(arguments) if arguments.dry_run else _import_file(arguments)
    asked = import_options.remarks(preview.days_without_year, preview.settings.get(YEAR_SETTING))
    unread = [
        " ".join(text.split())
        for at, text in enumerate(preview.file.headings)
        if text.strip() and not preview.columns.get(at)
    ]
    left = [f"読み込まない列：{'、'.join(unread)}"] if unread else []
    command_line.print_to_stderr(*([said] if arguments.json else []), *preview.notices, *left, *asked)
    command_line.print_result(
        arguments,
        _summary(preview),
        said,
        *[f"{row_words([one.spreadsheet_row])}　{one.outcome}　{one.words}".rstrip("　") for one in preview.rows],
    )
    return command_line.DONE


def _import_file(arguments: argparse.Namespace) -> tuple[ListPreview[Any], str]:
    """Import the list file; return its preview and the message. Raises UserError if a required column is missing."""
    with opening.opened_store(arguments) as store:
        now = opening.now_for_store(store, arguments)
        given = _import_options(arguments, now.date())
        _check_columns_assigned(preview_list(store, today=now.date(), **given), arguments.name)
        taken = import_list(ActionContext(store, store.display_name, now), **given)
    return taken.preview, taken.message


def _import_options(arguments: argparse.Namespace, today: date) -> dict[str, Any]:
    """Return the arguments of the import; without ``--days-year`` the settings are those the file suggests."""
    begins = import_options.first_day(arguments, today)
    target, chosen = _LISTS[arguments.name], None
    if arguments.column:
        file = read_list(arguments.file, target, sheet=arguments.sheet)
        chosen = columns_from_words(file, arguments.column, target.choices(target.labels(file)))
    return {
        "path": arguments.file, "target": target, "sheet": arguments.sheet, "columns": chosen,
        "settings": {TAKE_NEW: arguments.accept_new} | ({YEAR_SETTING: begins} if begins is not None else {}),
    }  # fmt: skip


def _preview_file(arguments: argparse.Namespace) -> tuple[ListPreview[Any], str]:
    """Return what an import would do without writing anything: the preview and a message."""
    target = _LISTS[arguments.name]
    with opening.read_store(arguments) as store:
        store.check_unrestricted()  # what is said of each row may name who is known already
        today = opening.now_for_store(store, arguments).date()
        preview = preview_list(store, today=today, **_import_options(arguments, today))
    _check_columns_assigned(preview, arguments.name)
    return (
        preview,
        f"取り込むと、{target.row_name}{len(preview.rows_to_write)}件が加わるか変わります。何も書き込んでいません。",
    )


def _check_columns_assigned(preview: ListPreview[Any], name: str) -> None:
    target = _LISTS[name]
    refuse_open_columns(preview.open_columns, target.choices(target.labels(preview.file)))
    if preview.missing_fields:
        words = "」「".join(preview.missing_fields)
        raise UserError(f"「{words}」の列がわかりません。", "画面の取り込みで、列の対応を決めてください。")


def _summary(preview: ListPreview[Any]) -> dict[str, Any]:
    """Return the outcome of every data row, and the counts of outcomes, as plain data; ``row`` counts data rows."""
    return {
        "new": preview.count("新規"),
        "updated": preview.count("更新"),
        "duplicate": preview.count("重複"),
        "needs_check": preview.count("確認が必要"),
        "skipped": preview.count("取り込まない"),
        "rows": [{"row": one.row, "outcome": one.outcome, "reason": one.reason} for one in preview.rows if one.row > 0],
    }
