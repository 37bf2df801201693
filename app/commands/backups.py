"""The command ``backups``: lists the generations and says which are as they were made."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import common
from app.services.backups import list_backups

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Add ``backups`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "backups", help="バックアップの世代を一覧する", description="バックアップの世代を、新しい順に一覧します。"
    )
    common.add_data_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a list of ``{path, made, generation, rows, verified, state}``; exit 1 when one is damaged."""
    lines = list_backups(folder=arguments.data)
    result = [
        {
            "path": str(line.path.resolve()),
            "made": line.made.isoformat(),
            "generation": line.generation,
            "rows": line.rows,
            "verified": line.verified,
            "state": line.state,
        }
        for line in lines
    ]
    words = [
        f"第{line.generation}世代　{line.made:%Y-%m-%d %H:%M}　{line.reason}　{line.rows}行　{line.state}"
        for line in lines
    ]
    common.show(arguments, result, *(words or ["バックアップはまだありません。"]))
    return common.DONE
