"""The command ``self-check``: tests the real window on a sample year and reports each step."""

from __future__ import annotations

import argparse
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from app.actions.user_error import UserError
from app.commands import command_line
from app.data_folder.services.data_folder import close_data_folder
from app.documents.services.folder_check import check_document_folder
from app.sample.services.sample_folder import create_sample_folder
from db.files import filesystem
from db.files.storage_errors import to_storage_problem
from db.record import frozen

REPORT = "self-check.json"
LOGIN, NAME = "mihon", "見本　係員"


@frozen
class Trial:
    """The input of a trial of the window: a folder, a login, and the output folder for screenshots and documents."""

    folder: Path
    login_id: str
    password: str
    out: Path


@frozen
class TrialStep:
    """One step of a trial of the window: its name, whether it passed, and what was seen if not."""

    name: str
    held: bool
    seen: str = ""


@frozen
class TrialResult:
    """The result of a trial of the window: its steps up to the first failed one.

    ``screen`` is the window system, ``files`` the paths of what was written, ``said`` the warnings and errors of Qt,
    ``libraries`` those in use.
    """

    screen: str
    steps: tuple[TrialStep, ...]
    files: tuple[str, ...]
    said: tuple[str, ...]
    libraries: tuple[str, ...]


RunTrial = Callable[[Trial], TrialResult]

HELP = "このパソコンで画面が正しく動くかを、見本の年度で確かめる"
DESCRIPTION = (
    "見本の年度を一時的に作り、画面を開いて、ログイン、書類の見本、PDFの保存を実際に行います。"
    "実際のデータには触れません。画面の写しと結果を、指定したフォルダーに残します。"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``self-check`` to its ``parser``."""
    parser.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="結果を残す新しいフォルダー")
    command_line.add_output_options(parser)


def run(arguments: argparse.Namespace, *, run_trial: RunTrial | None = None) -> int:
    """Create the sample year, let ``run_trial`` use the window on it, and report; returns 0 when every step passed.

    The report is also written to ``--out``, which must be new or empty. ``run_trial`` is passed by a caller that may
    start the window; without it WrongUsage is raised. Returns 1 when a step failed.
    """
    if run_trial is None:
        raise command_line.WrongUsage("self-check は画面を開くため、デジ活デスクの起動用のファイルから行ってください。")
    check_document_folder(arguments.out, ())
    out = filesystem.absolute(arguments.out)
    _make_folder(out)
    now = command_line.requested_now(arguments)
    with filesystem.temporary_subfolder(out) as home:
        password = secrets.token_urlsafe(18)
        store, _key = create_sample_folder(home / "data", login_id=LOGIN, display_name=NAME, password=password, now=now)
        close_data_folder(store, now=now)
        found = run_trial(Trial(home, LOGIN, password, out))
    report = asdict(found)
    (out / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=2), encoding="utf-8")
    held = all(step.held for step in found.steps)
    lines = [f"{'○' if step.held else '×'} {step.name}{f'：{step.seen}' if step.seen else ''}" for step in found.steps]
    command_line.print_result(arguments, report, *lines, f"結果と画面の写し：{out}")
    return command_line.DONE if held else command_line.REFUSED


def _make_folder(out: Path) -> None:
    """Create the folder for the results; raises UserError if it exists and is not empty."""
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UserError(
                f"「{out.name}」は空のフォルダーではありません。",
                "新しいフォルダーの名前を指定してください。",
                "何も書き出していません。",
            )
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise to_storage_problem(error) or error from error
