"""The command ``verify``: checks a whole data folder and says what is wrong; mends nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import command_line, opening
from app.data_folder.services.check_data import check_data_folder

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Add ``verify`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "verify",
        help="データを点検する",
        description="ページ、参照、履歴のつながり、変更の控え、保管ファイル、鍵ファイル、バックアップを点検します。",
    )
    opening.add_data_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print ``{ok, findings}``; exit 1 when something is wrong."""
    checked = check_data_folder(
        arguments.data,
        login_id=arguments.user,
        password=opening.read_password(arguments),
        wait=opening.SHORT_WAIT,
    )
    lines = checked.findings or (f"異常はありません（{checked.rows}行を点検しました）。",)
    command_line.show(arguments, {"ok": checked.ok, "findings": list(checked.findings)}, *lines)
    command_line.tell(*checked.notes)
    if not checked.ok:
        command_line.tell(
            f"点検で {len(checked.findings)}件 の異常が見つかりました。何も書き換えていません。"
            "データの異常のときは、バックアップから新しいフォルダーへ復元してください。"
        )
    return command_line.DONE if checked.ok else command_line.REFUSED
