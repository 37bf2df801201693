"""The command ``definition``: writes the definition of a year as a file from which another folder can begin."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.command_line import DONE, print_result
from app.commands.opening import add_data_options, check_year, now_for_store, read_store
from app.documents.services.definition_saving import save_definition
from app.programme.services import written_definition
from db.files import filesystem

HELP = "年度の定義をファイルに書き出す"
DESCRIPTION = "契約・種類・条項などの年度の定義を、ファイルに書き出します。人の名前は入りません。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``definition`` to its ``parser``."""
    add_data_options(parser)
    parser.add_argument("--year", type=int, metavar="西暦", help="その年度（令和8年度は 2026。なければ一番新しい年度）")
    parser.add_argument("--out", type=Path, metavar="ファイル", required=True, help="書き出すファイル（.toml）")


def run(arguments: argparse.Namespace) -> int:
    """Write the definition of a year and its questionnaires to files and print ``{path}``; returns exit code 0.

    Without ``--year`` it is the newest year. The questionnaires lie beside the file at ``path``.
    """
    with read_store(arguments) as store:
        check_year(store, arguments.year)
        written = written_definition(store, fiscal_year=arguments.year, on=now_for_store(store, arguments).date())
    save_definition(arguments.out, written)
    place = filesystem.absolute(arguments.out)
    print_result(arguments, {"path": str(place)}, f"年度の定義を書き出しました：{place}")
    return DONE
