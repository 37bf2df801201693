"""The command ``init``: makes a new data folder, with the year's numbers or with the fictitious year."""

from __future__ import annotations

import argparse
import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import common
from app.services import data_folder, programme
from app.services.refusal import Refusal
from app.services.store_counts import count_events
from db.storage_errors import as_problem

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Add ``init`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "init", help="新しいデータフォルダーを作る", description="新しいデータフォルダーを作ります。"
    )
    common.add_data_options(parser)
    parser.add_argument("--name", metavar="表示名", default="", help="履歴に残る表示名（なければID）")
    parser.add_argument("--preset", choices=("r8",), default="r8", help="年度の初期値（r8＝令和8年度）")
    parser.add_argument("--sample", action="store_true", help="見本年度（架空のデータ）を入れる")
    parser.add_argument(
        "--recovery-key-file", metavar="ファイル", type=Path, help="回復キーを書き出すファイル（データフォルダーの外）"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the folder; print ``{data, events}``."""
    password = common.read_password(arguments)
    now = common.now_given(arguments)
    key_file: Path | None = arguments.recovery_key_file
    if key_file is not None:
        _check_place(key_file, arguments.data)
    store, recovery_key = data_folder.create_data_folder(
        arguments.data,
        login_id=arguments.user,
        display_name=arguments.name,
        password=password,
        now=now,
        sample=arguments.sample,
        recovery=key_file is not None,
    )
    try:
        if not arguments.sample:
            preset = programme.preset(arguments.preset)
            programme.start_programme(
                store,
                programme=preset.programme,
                numbers=preset.numbers,
                office=preset.office,
                by=store.display_name,
                now=now,
            )
        events = count_events(store)
    finally:
        common.tell(*data_folder.close_data_folder(store, now=now))
    if key_file is not None:
        _write_key(key_file, recovery_key)
        common.tell(f"回復キーを {key_file} に書きました。印刷して保管し、このファイルは消してください。")
    else:
        common.tell("回復キーは、画面ではじめてログインしたときに発行します。")
    place = arguments.data.resolve()
    common.show(
        arguments, {"data": str(place), "events": events}, f"データフォルダーを作りました：{place}（事業 {events}件）"
    )
    return common.DONE


def _check_place(key_file: Path, data: Path) -> None:
    """Refuse a key beside the lock, and a file that is there already."""
    if key_file.resolve().is_relative_to(data.resolve()):
        raise Refusal(
            "回復キーは、データフォルダーの中には書けません。",
            "データと別の場所（USBメモリーなど）を指定してください。",
            "何も作っていません。",
        )
    if key_file.exists() or not key_file.parent.is_dir():
        raise Refusal(
            "回復キーのファイルを作れません（同じ名前のファイルがあるか、フォルダーがありません）。",
            "別の名前か、あるフォルダーを指定してください。",
            "何も作っていません。",
        )


def _write_key(path: Path, recovery_key: str) -> None:
    """Write the key for its owner's eyes alone (mode 600)."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with contextlib.closing(os.fdopen(handle, "w", encoding="utf-8")) as stream:
            stream.write(recovery_key + "\n")
    except OSError as error:
        raise as_problem(error) or error from error
