"""The command ``backups``: lists the backups and says which are intact."""

from __future__ import annotations

import argparse

from app.commands import command_line, opening
from app.data_folder.services.backups import list_backups
from db.files import filesystem

HELP = "バックアップの世代を一覧する"
DESCRIPTION = "バックアップの世代を、新しい順に一覧します。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``backups`` to its ``parser``."""
    opening.add_data_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print a list of ``{path, made, generation, rows, verified}``; returns exit code 1 when something is damaged."""
    lines = list_backups(folder=arguments.data)
    result = [
        {
            "path": str(filesystem.absolute(line.path)),
            "made": line.created_at.isoformat(),
            "generation": line.generation,
            "rows": line.rows,
            "verified": line.is_verified,
        }
        for line in lines
    ]
    words = [
        f"第{line.generation}世代　{line.created_at:%Y-%m-%d %H:%M}　{line.reason}　{line.rows}行　{line.state}　"
        f"{line.path.name}"
        for line in lines
    ]
    command_line.print_result(arguments, result, *(words or ["バックアップはまだありません。"]))
    damaged = [line for line in lines if line.is_damaged]
    if damaged:
        named = "、".join(f"第{line.generation}世代" for line in damaged)
        command_line.print_to_stderr(
            f"作ったときと違うバックアップがあります（{named}）。何も書き換えていません。"
            "復元には、ほかの世代を使ってください。"
        )
    unlike = max((line.damaged_files for line in lines), default=0)
    if unlike:
        command_line.print_to_stderr(
            f"作ったときと違う保管ファイルがあります（{unlike}件）。データは復元できます。"
            "つぎにふつうに開いて閉じたときに、正しいものがあれば直します。"
        )
    return command_line.REFUSED if damaged or unlike else command_line.DONE
