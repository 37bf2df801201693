"""The command ``verify``: checks a whole data folder and reports what is wrong, without repairing."""

from __future__ import annotations

import argparse

from app.commands import command_line, opening
from app.data_folder.services.check_data import check_data_folder

HELP = "データを点検する"
DESCRIPTION = "ページ、参照、履歴のつながり、変更の控え、保管ファイル、鍵ファイル、バックアップを点検します。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``verify`` to its ``parser``."""
    opening.add_data_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check the data folder and print ``{ok, findings}``; returns exit code 1 when something is wrong."""
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
