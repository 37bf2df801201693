"""The command ``init``: creates a data folder with the year's numbers or with the sample year."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands import command_line, opening
from app.data_folder.services import data_folder
from app.programme import services as programme_services
from app.programme.intake import find_definition
from db.backups import copies
from db.files import filesystem, owner_only_files, synced_folders
from db.store import Store


def count_events(store: Store) -> int:
    """Return the number of events of all kinds and states."""
    return copies.contents(store.database).counts["events"]


_NOTHING_MADE = "何も作っていません。"

HELP = "新しいデータフォルダーを作る"
DESCRIPTION = "新しいデータフォルダーを作ります。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``init`` to its ``parser``."""
    opening.add_data_options(parser)
    parser.add_argument("--name", metavar="表示名", default="", help="履歴に残る表示名（なければID）")
    parser.add_argument(
        "--preset", metavar="定義", default="r8", help="年度の定義（r8＝令和8年度、または定義ファイルの場所）"
    )
    parser.add_argument("--sample", action="store_true", help="見本年度（架空のデータ）を入れる")
    parser.add_argument(
        "--recovery-key-file", metavar="ファイル", type=Path, help="回復キーを書き出すファイル（データフォルダーの外）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Create the data folder, with a recovery key if a file for it is given; print ``{data, events}``."""
    password = opening.read_password(arguments)
    now = command_line.requested_now(arguments)
    key_file: Path | None = arguments.recovery_key_file
    if key_file is None:
        events, _ = _make_folder(arguments, password, now, recovery=False)
        command_line.print_to_stderr("回復キーは、画面ではじめてログインしたときに発行します。")
    else:
        with _key_file(key_file, arguments.data) as write:
            events, recovery_key = _make_folder(arguments, password, now, recovery=True)
            write(recovery_key + "\n")
        if not owner_only_files.is_owner_only(key_file):
            command_line.print_to_stderr(
                "この媒体では、ファイルを読める人を限れません。回復キーのファイルは、これを手にした人なら読めます。"
            )
        command_line.print_to_stderr(
            f"回復キーを {key_file} に書きました。印刷して保管し、このファイルは消してください。"
        )
    place = filesystem.absolute(arguments.data)
    command_line.print_result(
        arguments, {"data": str(place), "events": events}, f"データフォルダーを作りました：{place}（実施回 {events}件）"
    )
    return command_line.DONE


def _make_folder(arguments: argparse.Namespace, password: str, now: datetime, *, recovery: bool) -> tuple[int, str]:
    """Create the data folder and close it; return the number of its events, and the recovery key.

    The key is "" unless ``recovery``. Without ``--sample`` the year of the definition is started.
    """
    # Read first: a definition that can't be read leaves no folder behind.
    definition = find_definition(arguments.preset)
    command_line.print_to_stderr(*synced_folders.sync_warning(arguments.data))
    if arguments.sample:
        from app.sample.services.sample_folder import create_sample_folder
    create = create_sample_folder if arguments.sample else data_folder.create_data_folder
    store, recovery_key = create(
        arguments.data,
        login_id=arguments.user,
        display_name=arguments.name,
        password=password,
        now=now,
        recovery=recovery,
    )
    try:
        if not arguments.sample:
            programme_services.start_programme(
                ActionContext(store, store.display_name, now),
                programme=definition.programme,
                numbers=definition.kinds,
                office=definition.office,
            )
        return count_events(store), recovery_key
    finally:
        command_line.print_to_stderr(*data_folder.close_data_folder(store, now=now))


@contextmanager
def _key_file(path: Path, data: Path) -> Iterator[Callable[[str], int]]:
    """Open a private file for the key before the folder is created, and yield the function that writes to it.

    So no key is issued that can't be kept. The file is removed if the block ends with an error.

    Raises:
        UserError: it would lie in the data folder or on a file share, exists already, or cannot be created.
    """
    if filesystem.lies_within(path, data):
        raise UserError(
            "回復キーは、データフォルダーの中には書けません。",
            "データと別の場所（USBメモリーなど）を指定してください。",
            _NOTHING_MADE,
        )
    if filesystem.is_on_share(path) or filesystem.is_on_share(filesystem.resolve_path(path)):
        raise UserError(
            "回復キーは、共有フォルダーには書けません（ファイルを読める人を、ここからは限れません）。",
            "このPCのディスクか、USBメモリーを指定してください。"
            "指定しないときは、画面ではじめてログインしたときに発行します。",
            _NOTHING_MADE,
        )
    try:
        handle = owner_only_files.create(path)
    except OSError as error:
        raise UserError(
            "回復キーのファイルを作れません（同じ名前のファイルがあるか、フォルダーがないか、書き込めません）。",
            "別の名前か、書き込めるフォルダーを指定してください。",
            _NOTHING_MADE,
        ) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            yield stream.write
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        filesystem.remove(path, missing_ok=True)
        raise
