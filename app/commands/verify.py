"""The command ``verify``: checks a whole data folder and reports what is wrong, without repairing."""

from __future__ import annotations

import argparse
from datetime import date

from app.actions.user_error import UserError
from app.commands import command_line, opening
from app.data_folder.services.check_data import check_data_folder
from db.mapping import to_columns

HELP = "データを点検する"
DESCRIPTION = "ページ、参照、履歴のつながり、変更の控え、保管ファイル、鍵ファイル、バックアップを点検します。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``verify`` to its ``parser``."""
    opening.add_data_options(parser)
    parser.add_argument(
        "--accesses", metavar="年-月", type=_month, help="点検せずに、その月（2026-11 など）のアクセスの記録を一覧する"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the data folder and print ``{ok, findings}``; returns exit code 1 when something is wrong.

    With ``--accesses`` print the accesses of that month by ids and counts instead, newest first.
    """
    if arguments.accesses is not None:
        return _list_accesses(arguments)
    checked = check_data_folder(
        arguments.data,
        login_id=arguments.user,
        password=opening.read_password(arguments),
        wait=opening.SHORT_WAIT,
    )
    lines = checked.findings or (f"異常はありません（{checked.rows}行を点検しました）。",)
    command_line.print_result(arguments, {"ok": checked.is_sound, "findings": list(checked.findings)}, *lines)
    command_line.print_to_stderr(*checked.notes)
    if not checked.is_sound:
        command_line.print_to_stderr(
            f"点検で {len(checked.findings)}件 の異常が見つかりました。何も書き換えていません。"
            "データの異常のときは、バックアップから新しいフォルダーへ復元してください。"
        )
    return command_line.DONE if checked.is_sound else command_line.REFUSED


def _list_accesses(arguments: argparse.Namespace) -> int:
    """Print the accesses of a month; raises ``UserError`` for who is neither a manager nor 点検."""
    from app.settings.access.services import read_month

    with opening.read_store(arguments, for_check=True) as store:
        found = read_month(store, month=arguments.accesses)
    if found.refusal:
        raise UserError(found.refusal, "その人に頼んでください。")
    rows = [
        {name: value for name, value in to_columns(line.access).items() if name != "token"} | {"result": line.result}
        for line in found.lines
    ]
    words = ("　".join(map(str, row.values())) for row in rows)
    command_line.print_result(arguments, rows, *words, f"{len(rows)}件")
    return command_line.DONE


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
