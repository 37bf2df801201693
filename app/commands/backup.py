"""The command ``backup``: makes a verified backup, also by night and without a password."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import command_line, opening
from app.data_folder.services import backups, data_folder
from app.data_folder.services.place_checks import check_backup_place
from db.files import on_disk
from db.files.storage_errors import LeftOpen, Locked

HELP = "バックアップを作る"
DESCRIPTION = "確認済みのバックアップを作ります。IDとパスワードがなければ、閲覧用の写しから作ります。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``backup`` to its ``parser``."""
    opening.add_data_options(parser)
    parser.add_argument("--to", metavar="フォルダー", type=Path, help="バックアップを置く別のフォルダー")


def run(arguments: argparse.Namespace) -> int:
    """Make the backup; print ``{path, sha256, rows, verified}``; what is still to be checked is said in words."""
    if arguments.to is not None:
        check_backup_place(arguments.to)
    made = _with_password(arguments) if arguments.user or arguments.password_file else _without(arguments)
    if arguments.json:
        command_line.tell(made.said)
    result = {
        "path": str(on_disk.absolute(made.path)),
        "sha256": made.sha256,
        "rows": made.rows,
        "verified": True,
    }
    command_line.show(
        arguments, result, f"{made.said}\n場所：{on_disk.absolute(made.path)}\n目録の照合値：{made.sha256}"
    )
    return command_line.DONE


def _with_password(arguments: argparse.Namespace) -> backups.BackupMade:
    """Log in and back up the living data; while somebody works in it, the copy that was published."""
    now = command_line.now_given(arguments)
    password = opening.read_password(arguments)
    try:
        opened = data_folder.open_data_folder(
            arguments.data, login_id=arguments.user, password=password, now=now, wait=opening.SHORT_WAIT
        )
    except (Locked, LeftOpen) as problem:
        command_line.tell(problem.happened)
        return _without(arguments)
    command_line.tell(*opened.notes)
    try:
        return backups.make_backup(opened.store, now=now, to=arguments.to)
    finally:
        command_line.tell(*data_folder.close_data_folder(opened.store, now=now))


def _without(arguments: argparse.Namespace) -> backups.BackupMade:
    return backups.back_up_published(folder=arguments.data, now=command_line.now_given(arguments), to=arguments.to)
