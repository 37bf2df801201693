"""The command ``restore``: restores the newest good backup and the change log into a new folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import command_line, opening
from app.data_folder.services import backups
from db.files import filesystem, synced_folders

HELP = "バックアップから新しいフォルダーへ復元する"
DESCRIPTION = "バックアップと、そのあとの変更の控えから、新しいフォルダーへ復元します。いまのデータには書き込みません。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``restore`` to its ``parser``."""
    parser.add_argument(
        "backup", metavar="バックアップ", type=Path, help="世代のフォルダー、その親、またはデータフォルダー"
    )
    parser.add_argument("--to", metavar="フォルダー", type=Path, required=True, help="復元先（新しいフォルダー）")
    parser.add_argument(
        "--data", metavar="フォルダー", type=Path, help="変更の控えを使うデータフォルダー（バックアップが外にあるとき）"
    )
    parser.add_argument("--backup-only", action="store_true", help="変更の控えを使わず、バックアップの時点に戻す")
    opening.add_login_options(parser)
    command_line.add_output_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Restore a backup; print ``{data, rows, verified}``, the time of the data and what could not be restored."""
    command_line.print_to_stderr(*synced_folders.sync_warning(arguments.to))
    restored = backups.restore_backup(
        source=arguments.backup,
        target=arguments.to,
        secret=opening.read_password(arguments),
        login_id=arguments.user,
        now=command_line.requested_now(arguments),
        live_folder=arguments.data,
        replay=not arguments.backup_only,
    )
    words = backups.restore_messages(restored)
    if arguments.json:
        command_line.print_to_stderr(*words)
    place = filesystem.absolute(restored.folder)
    result = {"data": str(place), "rows": restored.rows, "verified": True}
    command_line.print_result(arguments, result, *words, f"復元先：{place}（{restored.rows}行）")
    return command_line.DONE
