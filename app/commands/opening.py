"""How maintenance commands open a data folder: options, password file, opening and closing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.actions.user_error import NOTHING_CHANGED, UserError
from app.calendar.wareki import fiscal_year_words
from app.commands.command_line import WrongUsage, add_output_options, print_to_stderr, requested_now
from app.data_folder.services.clock import now_of
from app.data_folder.services.data_folder import close_data_folder, open_data_folder, this_pc
from app.data_folder.services.reading import open_for_reading
from app.programme.services import programmes
from db.accesses.sessions import begin_recording
from db.records.accounts import Access, AccessAct
from db.store import Store

SHORT_WAIT = 2.0
"""Seconds to wait for another writer if there is an alternative, or if the answer is only 使用中."""


def add_data_options(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add ``--data`` (``required`` or not), ``--user``, ``--password-file``, ``--today`` and ``--json``."""
    parser.add_argument("--data", metavar="フォルダー", type=Path, required=required, help="データフォルダー")
    add_login_options(parser)
    add_output_options(parser)


def add_login_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--user`` and ``--password-file``; a password is never given on the command line."""
    parser.add_argument("--user", metavar="ID", help="利用者のID")
    parser.add_argument(
        "--password-file",
        metavar="ファイル",
        type=Path,
        help="パスワードを書いたファイル（UTF-8、末尾の改行1つは無視）",
    )


def read_password(arguments: argparse.Namespace) -> str:
    """Return the password from ``--password-file`` without a final newline.

    Raises:
        WrongUsage: no ID or no file was given. UserError: the file cannot be read.
    """
    if not arguments.user or not arguments.password_file:
        raise WrongUsage("--user でIDを、--password-file でパスワードのファイルを指定してください。")
    try:
        text = Path(arguments.password_file).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(
            "パスワードのファイルを読めません。", "ファイルの場所と読み取りの権限をご確認ください。"
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("パスワードのファイルがUTF-8ではありません。", "UTF-8で保存し直してください。") from error
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    return text


def now_for_store(store: Store, arguments: argparse.Namespace) -> datetime:
    """Return the time that rules go by: ``--today`` if given, else the sample year's own, else the PC's clock."""
    now = requested_now(arguments)
    return now if arguments.today else now_of(store, now)


@contextmanager
def opened_store(arguments: argparse.Namespace) -> Iterator[Store]:
    """Open the data folder for a command that writes, and close it again (backup and published copy included).

    Raises:
        StorageProblem: it cannot be opened. WrongUsage: no ID or password file.
    """
    opened = open_data_folder(
        arguments.data, login_id=arguments.user or "", password=read_password(arguments), now=requested_now(arguments)
    )
    print_to_stderr(*opened.notes)
    try:
        _note_command(opened.store, arguments)
        yield opened.store
    finally:
        print_to_stderr(*close_data_folder(opened.store, now=requested_now(arguments)))


@contextmanager
def read_store(arguments: argparse.Namespace, *, for_check: bool = False) -> Iterator[Store]:
    """Open the data folder for a command that only reads: nothing is written but the record of its access.

    Raises:
        StorageProblem: it cannot be opened. WrongUsage: no ID or password file.
        RestrictedError: 点検, unless ``for_check``, or a temporary password.
    """
    password = read_password(arguments)
    now = requested_now(arguments)
    opened = open_for_reading(arguments.data, login_id=arguments.user, password=password, for_check=for_check)
    begin_recording(opened.store, pc=this_pc(), now=now)
    try:
        print_to_stderr(*opened.notes)
        _note_command(opened.store, arguments)
        yield opened.store
    finally:
        print_to_stderr(*close_data_folder(opened.store, now=requested_now(arguments)))


def _note_command(store: Store, arguments: argparse.Namespace) -> None:
    if store.accesses is not None:
        what = f"命令 {getattr(arguments, 'command', '')}"
        store.accesses.note(Access(at=requested_now(arguments), act=AccessAct.OPENING, what=what))


def check_year(store: Store, fiscal_year: int | None, *, lost: str = NOTHING_CHANGED) -> None:
    """Raise ``UserError`` when the data have no such year; None (no ``--year``) always passes.

    ``lost`` is its sentence about what was not lost.
    """
    if fiscal_year is not None and fiscal_year not in [one.fiscal_year for one in programmes(store)]:
        raise UserError(
            f"{fiscal_year_words(fiscal_year)}は、このデータにありません。", "年度を西暦で指定してください。", lost
        )
