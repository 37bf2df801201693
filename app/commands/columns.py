"""The option ``--column``: what a column of a file is that no field took."""

from __future__ import annotations

import argparse


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--column`` to the ``parser`` of an import; it may be given for each column."""
    parser.add_argument(
        "--column",
        action="append",
        metavar="見出し=欄",
        help="列の行き先。欄の名前か、本人のことば・数だけ・使わない（同じ見出しは 見出し#2、列の記号は D=欄）",
    )
