"""The command ``backup``: makes a verified backup, also by night and without a password."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import command_line, opening
from app.data_folder.services import backups, data_folder
from app.data_folder.services.path_checks import check_backup_folder_path
from db.files import filesystem
from db.files.storage_errors import CheckerOnly, Locked

HELP = "バックアップを作る"
DESCRIPTION = "確認済みのバックアップを作ります。IDとパスワードがなければ、閲覧用の写しから作ります。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``backup`` to its ``parser``."""
    opening.add_data_options(parser)
    parser.add_argument("--to", metavar="フォルダー", type=Path, help="バックアップを置く別のフォルダー")


def run(arguments: argparse.Namespace) -> int:
    """Make the backup; print ``{path, sha256, rows, verified}`` and remarks on what is still unverified.

    With an ID or a password file the live data are backed up; without both, for 点検, or while the folder is open
    elsewhere, the published copy.
    """
    if arguments.to is not None:
        check_backup_folder_path(arguments.to)
    made = (
        _back_up_with_password(arguments)
        if arguments.user or arguments.password_file
        else _back_up_without_password(arguments)
    )
    if arguments.json:
        command_line.print_to_stderr(made.message)
    result = {
        "path": str(filesystem.absolute(made.path)),
        "sha256": made.sha256,
        "rows": made.rows,
        "verified": True,
    }
    command_line.print_result(
        arguments, result, f"{made.message}\n場所：{filesystem.absolute(made.path)}\n目録の照合値：{made.sha256}"
    )
    return command_line.DONE


def _back_up_with_password(arguments: argparse.Namespace) -> backups.BackupResult:
    """Log in and back up the live data; the published copy for 点検, or while the folder is open elsewhere."""
    now = command_line.requested_now(arguments)
    password = opening.read_password(arguments)
    try:
        opened = data_folder.open_data_folder(
            arguments.data, login_id=arguments.user, password=password, now=now, wait=opening.SHORT_WAIT
        )
    except CheckerOnly:
        return _back_up_without_password(arguments)
    except Locked as problem:
        command_line.print_to_stderr(problem.happened)
        return _back_up_without_password(arguments)
    command_line.print_to_stderr(*opened.notes)
    try:
        return backups.make_backup(opened.store, now=now, to=arguments.to)
    finally:
        command_line.print_to_stderr(*data_folder.close_data_folder(opened.store, now=now))


def _back_up_without_password(arguments: argparse.Namespace) -> backups.BackupResult:
    return backups.back_up_published(folder=arguments.data, now=command_line.requested_now(arguments), to=arguments.to)
