"""Checks that the start file of the packaged program and the folder ``_internal`` beside it are of one version."""

from __future__ import annotations

import sys
from importlib import import_module

from app.actions.user_error import UserError
from app.common.file_locations import version_lines


def check_one_version() -> None:
    """Raise ``UserError`` when the parts of the packaged program do not belong together.

    ``build_spec/desk.spec`` puts the lines of 版.txt into every start file. Whoever copies a new version over an old
    one may leave parts of it; then this code would work with the old ones. Started from source, there is nothing to
    compare.
    """
    if getattr(sys, "frozen", False) and version_lines() != import_module("start_file_edition").LINES:
        raise UserError(
            "プログラムのフォルダーに、違う版のファイルが混じっているため、開きませんでした。",
            "全員がこのアプリを閉じてから、「_internal」を消し、配られたフォルダーの中のものを、もう一度すべてコピーしてください（「data」はそのまま残します）。",
        )
